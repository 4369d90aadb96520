from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class CompetenciesConfig(AppConfig):
    name = "hunar.competencies"
    label = "competencies"
    verbose_name = _("Competencies")

    def ready(self) -> None:
        from hunar.ui import navigation

        entry = navigation.NavigationEntry
        learning, programme = _("Learning"), _("Programme")
        navigation.register(
            entry(
                label=_("Competencies"),
                url_name="competencies:framework",
                icon="star",
                group=learning,
                order=13,
                visible=navigation.everyone,
            )
        )
        navigation.register(
            entry(
                label=_("My competencies"),
                url_name="competencies:mine",
                icon="target",
                group=navigation.PERSONAL,
                order=32,
            )
        )
        navigation.register(
            entry(
                label=_("Competency gaps"),
                url_name="competencies:gaps",
                icon="chart",
                group=programme,
                order=72,
                visible=_sees_staff,
            )
        )
        navigation.register(
            entry(
                label=_("Profiles of posts"),
                url_name="competencies:profiles",
                icon="list",
                group=programme,
                order=73,
                visible=_manages_organisations,
            )
        )


def _sees_staff(request: HttpRequest) -> bool:
    from hunar.competencies import permissions

    return permissions.can_see_gaps(getattr(request, "person", None))


def _manages_organisations(request: HttpRequest) -> bool:
    from hunar.people import queries
    from hunar.people.enums import Permission

    return queries.may(getattr(request, "person", None), Permission.MANAGE_ORGANISATIONS)
