from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "hunar.kernel"
    label = "kernel"
