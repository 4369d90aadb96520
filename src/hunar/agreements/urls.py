from django.urls import path

from hunar.agreements import views
from hunar.kernel.converters import register_paper_id

register_paper_id("AGR", "OBL", "ADV")

app_name = "agreements"
urlpatterns = [
    path("", views.agreement_list, name="agreements"),
    path("new/", views.new_agreement, name="new"),
    path("experts/", views.roster, name="experts"),
    path("experts/new/", views.new_expert, name="new_expert"),
    path("experts/<int:pk>/", views.edit_expert, name="expert"),
    path("requests/", views.request_list, name="requests"),
    path("requests/export/", views.export_requests, name="export_requests"),
    path("requests/<ADV:pk>/", views.request_detail, name="request"),
    path("requests/<ADV:pk>/assign/", views.assign, name="assign"),
    path("requests/<ADV:pk>/answer/", views.answer, name="answer"),
    path("requests/<ADV:pk>/close/", views.close, name="close"),
    path("<AGR:pk>/", views.agreement, name="agreement"),
    path("<AGR:pk>/edit/", views.edit_agreement, name="edit"),
    path("<AGR:pk>/sign/", views.sign, name="sign"),
    path("<AGR:pk>/end/", views.end, name="end"),
    path("<AGR:pk>/ask/", views.ask, name="ask"),
    path("<AGR:pk>/obligations/new/", views.new_obligation, name="new_obligation"),
    path("<AGR:pk>/obligations/<OBL:obligation>/", views.obligation, name="obligation"),
    path(
        "<AGR:pk>/obligations/<OBL:obligation>/remove/",
        views.remove_obligation,
        name="remove_obligation",
    ),
]
