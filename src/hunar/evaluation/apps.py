from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class EvaluationConfig(AppConfig):
    name = "hunar.evaluation"
    label = "evaluation"
    verbose_name = _("Evidence")

    def ready(self) -> None:
        from hunar.evaluation import verification
        from hunar.ui import navigation

        for label, url_name, icon, order in (
            (_("Indicators"), "evaluation:programmes", "chart", 80),
            (_("Donor reports"), "evaluation:reports", "document", 82),
        ):
            navigation.register(
                navigation.NavigationEntry(
                    label=label,
                    url_name=url_name,
                    icon=icon,
                    group=_("Evidence"),
                    order=order,
                    visible=_sees_evidence,
                )
            )
        navigation.register_footer_link(
            navigation.PlainLink(label=_("Published figures"), url_name="evaluation:public_list")
        )
        verification.register()


def _sees_evidence(request: HttpRequest) -> bool:
    from hunar.evaluation import permissions

    return permissions.can_see(getattr(request, "person", None))
