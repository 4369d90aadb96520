from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class CareersConfig(AppConfig):
    name = "hunar.careers"
    label = "careers"
    verbose_name = _("Careers")

    def ready(self) -> None:
        from hunar.careers import queries, verification
        from hunar.kernel import home
        from hunar.ui import navigation

        navigation.register(
            navigation.NavigationEntry(
                label=_("Competitions for posts"),
                url_name="careers:competitions",
                icon="podium",
                group=_("Selection"),
                order=50,
                visible=navigation.signed_in,
            )
        )
        navigation.register(
            navigation.NavigationEntry(
                label=_("Run competitions"),
                url_name="careers:manage",
                icon="settings",
                group=_("Selection"),
                order=52,
                visible=_runs_competitions,
            )
        )
        home.register(queries.tasks_for)
        verification.register()


def _runs_competitions(request: HttpRequest) -> bool:
    from hunar.careers import permissions

    return permissions.can_manage_somewhere(getattr(request, "person", None))
