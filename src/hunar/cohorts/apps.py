from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hunar.cohorts.tabs import CohortTab, CourseCard, register_course_card, register_tab

__all__ = ["CohortTab", "CohortsConfig", "CourseCard", "register_course_card", "register_tab"]


class CohortsConfig(AppConfig):
    name = "hunar.cohorts"
    label = "cohorts"

    def ready(self) -> None:
        from hunar.cohorts import queries
        from hunar.kernel import home

        home.register(queries.tasks_for)
        _register_tabs()
        _register_navigation()


def _register_tabs() -> None:
    from hunar.cohorts import permissions

    def managed(person: object, cohort: object) -> bool:
        return permissions.can_manage(person)  # type: ignore[arg-type]

    for order, label, url_name in (
        (10, _("Overview"), "cohorts:cohort"),
        (20, _("Timetable"), "cohorts:timetable"),
        (30, _("Learners"), "cohorts:learners"),
        (40, _("Attendance"), "cohorts:attendance"),
        (90, _("Documents"), "cohorts:documents"),
    ):
        register_tab(CohortTab(label=label, url_name=url_name, order=order))
    register_tab(
        CohortTab(label=_("Trainers"), url_name="cohorts:trainers", order=25, visible=managed)
    )


def _register_navigation() -> None:
    from hunar.people import queries as people
    from hunar.people.enums import Permission, Role
    from hunar.ui.navigation import PERSONAL, NavigationEntry, register, signed_in

    def sees_cohorts(request: HttpRequest) -> bool:
        person = getattr(request, "person", None)
        return people.has_role(person, Role.TRAINER) or any(
            people.may(person, permission)
            for permission in (
                Permission.MANAGE_COHORTS,
                Permission.SEE_EVIDENCE,
                Permission.MANAGE_EXAMS,
            )
        )

    def has_staff(request: HttpRequest) -> bool:
        person = getattr(request, "person", None)
        return people.has_role(person, Role.HR_OFFICER, Role.ORGANISATION_ADMIN)

    own = {"cohorts:courses", "cohorts:week"}
    for label, url_name, icon, order, visible in (
        (_("My courses"), "cohorts:courses", "book", 10, signed_in),
        (_("My week"), "cohorts:week", "calendar", 12, signed_in),
        (_("Cohorts"), "cohorts:cohorts", "people", 20, sees_cohorts),
        (_("Staff in courses"), "cohorts:staff", "people", 24, has_staff),
    ):
        register(
            NavigationEntry(
                label=label,
                url_name=url_name,
                icon=icon,
                group=PERSONAL if url_name in own else _("Learning"),
                order=order,
                visible=visible,
            )
        )
