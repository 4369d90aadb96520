from django.apps import AppConfig


class CpdConfig(AppConfig):
    name = "hunar.cpd"
    label = "cpd"
