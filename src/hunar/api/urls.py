from django.urls import path

from hunar.api.root import make_api

urlpatterns = [path("v1/", make_api().urls)]
