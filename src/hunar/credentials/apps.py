from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class CredentialsConfig(AppConfig):
    name = "hunar.credentials"
    label = "credentials"
    verbose_name = _("Certificates")

    def ready(self) -> None:
        from hunar.credentials import queries, receivers, verification
        from hunar.kernel import home
        from hunar.ui import navigation

        receivers.connect()
        verification.register()
        home.register(queries.tasks_for)
        navigation.register(
            navigation.NavigationEntry(
                label=_("My certificates"),
                url_name="credentials:own",
                icon="certificate",
                group=navigation.PERSONAL,
                order=30,
            )
        )
        navigation.register(
            navigation.NavigationEntry(
                label=_("Register of certificates"),
                url_name="credentials:register",
                icon="list",
                group=_("Programme"),
                order=68,
                visible=_sees_register,
            )
        )
        navigation.register_footer_link(
            navigation.PlainLink(
                label=_("Check a certificate"), url_name="credentials:verify", order=20
            )
        )


def _sees_register(request: HttpRequest) -> bool:
    from hunar.credentials import queries

    return queries.can_see_register(getattr(request, "person", None))
