from django.apps import AppConfig


class SelectionConfig(AppConfig):
    name = "hunar.selection"
    label = "selection"
