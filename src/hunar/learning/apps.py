from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LearningConfig(AppConfig):
    name = "hunar.learning"
    label = "learning"
    verbose_name = _("Learning")

    def ready(self) -> None:
        from hunar.cohorts.apps import CohortTab, CourseCard, register_course_card, register_tab
        from hunar.kernel import home
        from hunar.learning import queries
        from hunar.ui.navigation import PERSONAL, NavigationEntry, register, signed_in

        home.register(queries.tasks_for)
        register_tab(CohortTab(label=_("Reading"), url_name="learning:cohort", order=50))
        register_course_card(
            CourseCard(
                label=_("Lessons"),
                text=_("Read the lessons of the course, or take a day along."),
                url_name="learning:course",
                icon="book",
                order=10,
                visible=lambda person, enrolment: enrolment.state in queries.LEARNING,
            )
        )
        register(
            NavigationEntry(
                label=_("Lessons"),
                url_name="learning:courses",
                icon="book",
                group=PERSONAL,
                order=12,
                visible=signed_in,
            )
        )
