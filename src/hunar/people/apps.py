from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "hunar.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from hunar.kernel import access
        from hunar.people import permissions, receivers
        from hunar.ui import navigation

        receivers.connect()
        access.answer_with(permissions.judge)
        navigation.register(
            navigation.NavigationEntry(
                label=_("People"),
                url_name="people:staff",
                icon="people",
                group=_("Programme"),
                order=76,
                visible=_sees_staff,
            )
        )
        navigation.register(
            navigation.NavigationEntry(
                label=_("Roles"),
                url_name="people:assignments",
                icon="shield",
                group=_("Programme"),
                order=78,
                visible=_manages_people,
            )
        )
        navigation.register_account_link(
            navigation.PlainLink(
                label=_("My data"),
                url_name="people:me",
                icon="user",
                order=10,
                visible=navigation.signed_in,
            )
        )
        navigation.register_account_link(
            navigation.PlainLink(
                label=_("My account"),
                url_name="people:my_account",
                icon="settings",
                order=20,
                visible=navigation.signed_in,
            )
        )


def _sees_staff(request: HttpRequest) -> bool:
    from hunar.people import queries
    from hunar.people.enums import Permission

    return queries.may(getattr(request, "person", None), Permission.SEE_STAFF)


def _manages_people(request: HttpRequest) -> bool:
    from hunar.people import queries
    from hunar.people.enums import Permission

    return queries.may(getattr(request, "person", None), Permission.MANAGE_PEOPLE)
