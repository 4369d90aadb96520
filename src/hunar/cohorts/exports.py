"""Lists of the room as workbooks."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from django.utils.translation import gettext as _

from hunar.cohorts.models import Enrolment
from hunar.cohorts.queries import Register
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.tables import write_xlsx
from hunar.kernel.text import in_language


def enrolments_xlsx(enrolments: Iterable[Enrolment], shares: dict[int, Fraction]) -> bytes:
    """People of a cohort, or of an institution, in the order of the page."""
    headings = [
        _("Cohort"),
        _("Family name"),
        _("Given name"),
        _("Patronymic"),
        _("Name in Cyrillic"),
        _("Personnel number"),
        _("Institution"),
        _("Region"),
        _("Post"),
        _("Role group"),
        _("Sex"),
        _("Age"),
        _("State"),
        _("Enrolled"),
        _("On the ground of"),
        _("Attendance, %"),
    ]
    return write_xlsx(headings, (_row(row, shares.get(row.pk)) for row in enrolments))


def _row(row: Enrolment, share: Fraction | None) -> list[object]:
    person = row.person
    return [
        row.cohort.code,
        person.family,
        person.given,
        person.patronymic,
        person.name_cyrillic.full,
        person.personnel_number,
        str(row.organisation),
        str(row.region or ""),
        str(row.post or ""),
        str(row.get_role_group_display()),
        str(row.get_sex_display()),
        row.age,
        str(row.get_state_display()),
        row.enrolled_at.astimezone(ASHGABAT).date(),
        row.source_ref,
        None if share is None else round(float(share * 100), 1),
    ]


def register_xlsx(register: Register) -> bytes:
    """Attendance in minutes: sessions across, people down."""
    headings = [_("Name"), _("Institution")]
    headings += [
        f"{row.starts_at.astimezone(ASHGABAT):%d.%m.%Y %H:%M} {in_language(row.title)}"
        for row in register.sessions
    ]
    headings += [_("Minutes"), _("Attendance, %")]
    return write_xlsx(
        headings,
        (
            [
                row.enrolment.person.name.full,
                str(row.enrolment.organisation),
                *[cell.minutes if cell else None for cell in row.cells],
                sum(cell.minutes for cell in row.cells if cell),
                round(float(row.share * 100), 1),
            ]
            for row in register.rows
        ),
    )
