from django.urls import path

from hunar.kernel.converters import register_paper_id
from hunar.records import views

register_paper_id("PER")

app_name = "records"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("export/", views.export, name="export"),
    path("people/<PER:pk>/", views.person, name="person"),
]
