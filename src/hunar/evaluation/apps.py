from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "hunar.evaluation"
    label = "evaluation"
