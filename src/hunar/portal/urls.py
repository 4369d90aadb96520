"""The portal's addresses have no namespace: settings name ``home`` and ``front``."""

from django.urls import path

from hunar.portal import views

urlpatterns = [
    path("", views.front, name="front"),
    path("home/", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("demo/", views.demo, name="demo"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/did.json", views.did_document, name="did"),
]
