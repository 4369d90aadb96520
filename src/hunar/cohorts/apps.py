from django.apps import AppConfig


class CohortsConfig(AppConfig):
    name = "hunar.cohorts"
    label = "cohorts"
