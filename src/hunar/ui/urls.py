from django.urls import path
from django.views.i18n import set_language

from hunar.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("pages/<slug:name>/", views.sample_page, name="sample"),
    path("language/", set_language, name="language"),
    path("theme/", views.choose_theme, name="theme"),
]
