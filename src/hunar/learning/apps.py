from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "hunar.learning"
    label = "learning"
