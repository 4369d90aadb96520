from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "hunar.organisations"
    label = "organisations"
