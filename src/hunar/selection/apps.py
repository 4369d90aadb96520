from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class SelectionConfig(AppConfig):
    name = "hunar.selection"
    label = "selection"

    def ready(self) -> None:
        from hunar.kernel import home
        from hunar.selection import receivers, verification
        from hunar.selection.queries.home import tasks_for

        receivers.connect()
        verification.register()
        home.register(tasks_for)
        _register_navigation()


def _register_navigation() -> None:
    from hunar.selection import permissions
    from hunar.ui.navigation import PERSONAL, NavigationEntry, register, signed_in

    def marks(request: HttpRequest) -> bool:
        return permissions.can_mark(getattr(request, "person", None))

    def decides_appeals(request: HttpRequest) -> bool:
        return permissions.can_decide_appeals(getattr(request, "person", None))

    group = _("Selection")
    register(
        NavigationEntry(
            label=_("Calls"), url_name="selection:calls", icon="podium", order=40, group=group
        )
    )
    register(
        NavigationEntry(
            label=_("My nominations"),
            url_name="selection:own_nominations",
            icon="user",
            order=42,
            group=PERSONAL,
            visible=signed_in,
        )
    )
    register(
        NavigationEntry(
            label=_("Marking"),
            url_name="selection:marking",
            icon="edit",
            order=44,
            group=group,
            visible=marks,
        )
    )
    register(
        NavigationEntry(
            label=_("Appeals"),
            url_name="selection:appeals",
            icon="mail",
            order=46,
            group=group,
            visible=decides_appeals,
        )
    )
