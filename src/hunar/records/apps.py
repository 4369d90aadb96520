from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "hunar.records"
    label = "records"
    verbose_name = _("Learning records")

    def ready(self) -> None:
        from hunar.ui import navigation

        navigation.register(
            navigation.NavigationEntry(
                label=_("My learning record"),
                url_name="records:mine",
                icon="list",
                group=navigation.PERSONAL,
                order=36,
            )
        )
