from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    name = "hunar.credentials"
    label = "credentials"
