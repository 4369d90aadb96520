from django.urls import path

from hunar.kernel.converters import register_paper_id
from hunar.organisations import views

register_paper_id("ORG", "PST")
app_name = "organisations"
urlpatterns = [
    path("", views.organisations, name="organisations"),
    path("export/", views.export, name="export"),
    path("new/", views.new_organisation, name="new"),
    path("regions/", views.regions, name="regions"),
    path("<ORG:pk>/", views.organisation, name="organisation"),
    path("<ORG:pk>/rename/", views.rename, name="rename"),
    path("<ORG:pk>/close/", views.close, name="close"),
    path("<ORG:pk>/units/new/", views.new_unit, name="unit_new"),
    path("<ORG:pk>/posts/new/", views.new_post, name="post_new"),
    path("posts/<PST:pk>/", views.change_post, name="post"),
]
