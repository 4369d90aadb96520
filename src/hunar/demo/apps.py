from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "hunar.demo"
    label = "demo"
