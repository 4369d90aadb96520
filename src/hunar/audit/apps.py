from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "hunar.audit"
    label = "audit"
    verbose_name = _("Audit")

    def ready(self) -> None:
        from hunar.ui import navigation

        navigation.register(
            navigation.NavigationEntry(
                label=_("Audit records"),
                url_name="audit:records",
                icon="eye",
                group=_("Evidence"),
                order=96,
                visible=_sees_records,
            )
        )
        navigation.register_footer_link(
            navigation.PlainLink(label=_("Transparency log"), url_name="audit:log", order=40)
        )


def _sees_records(request: HttpRequest) -> bool:
    from hunar.audit import permissions
    from hunar.kernel.access import person_asking

    return permissions.can_see_log(person_asking(request))
