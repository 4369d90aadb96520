from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "hunar.learning"
    label = "learning"
    verbose_name = _("Learning")

    def ready(self) -> None:
        from hunar.kernel import home
        from hunar.learning import queries
        from hunar.ui.navigation import NavigationEntry, register, signed_in

        home.register(queries.tasks_for)
        register(
            NavigationEntry(
                label=_("Lessons"),
                url_name="learning:courses",
                icon="book",
                group=_("Learning"),
                order=12,
                visible=signed_in,
            )
        )
