from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "hunar.audit"
    label = "audit"
