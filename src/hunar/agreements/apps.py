from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "hunar.agreements"
    label = "agreements"
    verbose_name = _("Agreements")

    def ready(self) -> None:
        from hunar.agreements import queries
        from hunar.kernel import home
        from hunar.ui import navigation

        navigation.register(
            navigation.NavigationEntry(
                label=_("Agreements"),
                url_name="agreements:agreements",
                icon="handshake",
                group=_("Programme"),
                order=60,
                visible=_sees_agreements,
            )
        )
        navigation.register(
            navigation.NavigationEntry(
                label=_("Advisory requests"),
                url_name="agreements:requests",
                icon="mail",
                group=_("Programme"),
                order=61,
                visible=_sees_requests,
            )
        )
        home.register(queries.tasks_for)


def _sees_agreements(request: HttpRequest) -> bool:
    from hunar.people import queries
    from hunar.people.enums import Permission

    person = getattr(request, "person", None)
    return _sees_requests(request) or queries.may(person, Permission.SEE_EVIDENCE)


def _sees_requests(request: HttpRequest) -> bool:
    from hunar.agreements import permissions

    return permissions.can_see_roster(getattr(request, "person", None))
