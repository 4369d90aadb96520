from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class ExamsConfig(AppConfig):
    name = "hunar.exams"
    label = "exams"

    def ready(self) -> None:
        from hunar.cohorts.apps import CohortTab, CourseCard, register_course_card, register_tab
        from hunar.exams import queries, verification
        from hunar.exams.views.tabs import works_with_exams
        from hunar.kernel import home

        verification.register()
        home.register(queries.tasks_for)
        register_tab(
            CohortTab(
                label=_("Exams"),
                url_name="exams:cohort",
                order=60,
                visible=lambda person, cohort: works_with_exams(person),
            )
        )
        register_course_card(
            CourseCard(
                label=_("Exam"),
                text=_("Rules, start, receipt and result."),
                url_name="exams:course",
                icon="exam",
                order=40,
            )
        )
        _register_navigation()


def _register_navigation() -> None:
    from hunar.exams.views.tabs import works_with_exams
    from hunar.ui.navigation import PERSONAL, NavigationEntry, register

    def visible(request: HttpRequest) -> bool:
        return works_with_exams(getattr(request, "person", None))

    register(
        NavigationEntry(
            label=_("My exams"), url_name="exams:own", icon="exam", group=PERSONAL, order=16
        )
    )
    register(
        NavigationEntry(
            label=_("Exams and sittings"),
            url_name="exams:sittings",
            icon="exam",
            group=_("Learning"),
            order=30,
            visible=visible,
        )
    )
