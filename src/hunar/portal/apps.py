from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "hunar.portal"
    label = "portal"
