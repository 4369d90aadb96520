from django.apps import AppConfig
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "hunar.portal"
    label = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from hunar.ui import navigation

        navigation.register(
            navigation.NavigationEntry(label=_("Home"), url_name="home", icon="home", order=1)
        )
        navigation.register(
            navigation.NavigationEntry(label=_("Search"), url_name="search", icon="search", order=2)
        )
        navigation.register_footer_link(
            navigation.PlainLink(
                label=_("Demo: sign in by role"), url_name="demo", order=90, visible=_in_the_demo
            )
        )


def _in_the_demo(request: HttpRequest) -> bool:
    return bool(settings.DEMO)
