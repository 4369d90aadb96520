from django.apps import AppConfig


class ExamsConfig(AppConfig):
    name = "hunar.exams"
    label = "exams"
