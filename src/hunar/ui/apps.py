from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "hunar.ui"
    label = "ui"

    def ready(self) -> None:
        from hunar.ui import checks  # noqa: F401  (registers the check)
