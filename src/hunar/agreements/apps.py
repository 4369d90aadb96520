from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "hunar.agreements"
    label = "agreements"
