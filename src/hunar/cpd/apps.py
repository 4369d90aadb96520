from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class CpdConfig(AppConfig):
    name = "hunar.cpd"
    label = "cpd"
    verbose_name = _("Continuing education")

    def ready(self) -> None:
        from hunar.cpd import permissions, queries, receivers, verification
        from hunar.kernel import home
        from hunar.ui.navigation import PERSONAL, NavigationEntry, register, signed_in

        def verifies(request: HttpRequest) -> bool:
            return permissions.can_verify(getattr(request, "person", None))

        def sees_staff(request: HttpRequest) -> bool:
            return permissions.can_see_staff(getattr(request, "person", None))

        receivers.connect()
        verification.register_checks()
        home.register(queries.tasks_for)
        register(
            NavigationEntry(
                label=_("My continuing education"),
                url_name="cpd:mine",
                icon="ledger",
                group=PERSONAL,
                order=34,
                visible=signed_in,
            )
        )
        register(
            NavigationEntry(
                label=_("Staff balances"),
                url_name="cpd:staff",
                icon="ledger",
                group=_("Programme"),
                order=74,
                visible=sees_staff,
            )
        )
        register(
            NavigationEntry(
                label=_("CPD claims"),
                url_name="cpd:claims",
                icon="check",
                group=_("Programme"),
                order=73,
                visible=verifies,
            )
        )
