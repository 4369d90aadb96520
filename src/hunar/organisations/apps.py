from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "hunar.organisations"
    label = "organisations"
    verbose_name = _("Organisations")

    def ready(self) -> None:
        from hunar.ui import navigation

        navigation.register(
            navigation.NavigationEntry(
                label=_("Organisations"),
                url_name="organisations:organisations",
                icon="building",
                group=_("Programme"),
                order=74,
            )
        )
