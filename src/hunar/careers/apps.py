from django.apps import AppConfig


class CareersConfig(AppConfig):
    name = "hunar.careers"
    label = "careers"
