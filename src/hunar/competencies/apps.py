from django.apps import AppConfig


class CompetenciesConfig(AppConfig):
    name = "hunar.competencies"
    label = "competencies"
