from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "hunar.records"
    label = "records"
