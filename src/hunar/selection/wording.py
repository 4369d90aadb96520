"""The words for the codes that rules and engine use."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from hunar.kernel.types import Words
from hunar.selection.rules import LOTTERY, MONTHS_IN_POST, Precedence, ReserveGroup, Source

SOURCES: dict[str, Words] = {
    Source.COMPETENCY_GAP: _("computed: competency gap that the course can close"),
    Source.ROLE_RELEVANCE: _("computed: relevance of the role group"),
    Source.GRADE: _("computed: grade"),
    Source.MONTHS_IN_SERVICE: _("computed: months in service"),
    Source.MARKED: _("marked blind by the panel"),
}
RESERVE_GROUPS: dict[str, Words] = {
    ReserveGroup.OUTSIDE_CAPITAL: _("staff from outside the capital"),
    ReserveGroup.WOMEN_LEADING: _("women in leading posts"),
}
SLOTS: dict[str, Words] = {"open": _("open seat"), **RESERVE_GROUPS}
PRECEDENCES: dict[str, Words] = {
    Precedence.RESERVES_FIRST: _("reserved seats first, then open seats"),
    Precedence.OPEN_FIRST: _("open seats first, then reserved seats"),
}
TIE_BREAKS: dict[str, Words] = {
    MONTHS_IN_POST: _("months in post"),
    LOTTERY: _("lottery with the committed seed"),
}
ELIGIBILITY: dict[str, Words] = {
    "months-in-post": _("months in post"),
    "role-group": _("role group"),
    "grade": _("grade"),
    "prerequisite": _("course taken before"),
    "consent": _("consent of the supervisor"),
    "not-trained-before": _("not trained in this course before"),
}
REFUSALS: dict[str, Words] = {
    "months-in-post": _("Months in post: %(evidence)s; at least %(required)s are required."),
    "role-group": _("The course is not meant for this role group."),
    "grade": _("Grade: %(evidence)s; at least %(required)s is required."),
    "prerequisite": _("The course %(required)s, on which this course builds, was not taken."),
    "consent": _("The consent of the supervisor is missing."),
    "not-trained-before": _("The course %(required)s was taken before."),
}
REASONS: dict[str, Words] = {
    "below-cut-off": _("The points did not suffice for one of the seats."),
    "institution-cap": _("The institution has reached the most seats that one may have."),
    "cap-and-reserve-conflict": _(
        "The limit per institution and the reserved seats together left no seat."
    ),
    "placed-higher": _("A seat in a cohort wished for more was offered."),
    "kept-accepted-place": _("Another place was accepted."),
    "no-seats": _("The cohort has no seats."),
}
RULE_PROBLEMS: dict[str, Words] = {
    "no-cohorts": _("the call fills no cohort"),
    "too-few-markers": _("marked criteria need at least two markers"),
    "deadline-below-one-day": _("every period is at least one day"),
    "weights-not-100": _("the weights do not add up to 100 %%"),
    "criterion-twice": _("criterion %(part)s occurs twice"),
    "criterion-not-positive": _("criterion %(part)s needs a weight and a maximum above zero"),
    "criterion-title-missing": _("criterion %(part)s needs a title in three languages"),
    "rubric-missing": _("criterion %(part)s needs a rubric for the markers"),
    "scale-missing": _("criterion %(part)s needs a value for each role group"),
    "tie-break-unknown": _("the tie-break %(part)s is no criterion of the call"),
    "no-seats": _("cohort %(part)s has no seats"),
    "cap-below-one": _("the limit per institution in cohort %(part)s is below one"),
    "too-many-reserved": _("cohort %(part)s reserves more seats than it has"),
    "reserve-twice": _("cohort %(part)s reserves seats twice for the same group"),
    "reserve-without-ground": _(
        "a reserve of cohort %(part)s lacks its purpose or its legal basis"
    ),
    "reserve-ended": _("a reserve of cohort %(part)s ends before the call closes"),
}
ROW_PROBLEMS: dict[str, Words] = {
    "personnel-number-missing": _("The personnel number is missing."),
    "personnel-number-unknown": _("Nobody has this personnel number."),
    "row-duplicate": _("The same person stands in line %(value)s already."),
    "nomination-foreign-person": _(
        "This person does not work in an institution for which you may nominate."
    ),
    "nomination-exists": _("This person is already nominated in this call."),
    "family-name-differs": _("The personnel number belongs to a person of another family name."),
    "birth-date-unreadable": _("The date of birth cannot be read. Write it as 31.12.1990."),
    "birth-date-differs": _("The date of birth is not the one in the register."),
    "preference-missing": _("No cohort is wished for."),
    "preference-unknown": _("%(value)s is not a cohort of this call."),
    "preference-twice": _("The cohort %(value)s is wished for twice."),
    "motivation-missing": _("The motivation is missing."),
    "consent-unreadable": _("Write yes or no for the consent of the supervisor."),
}
COLUMNS: dict[str, Words] = {
    "personnel_number": _("Personnel number"),
    "family": _("Family name"),
    "birth_date": _("Date of birth"),
    "preferences": _("Cohorts in the order of preference"),
    "consent": _("Consent of the supervisor"),
    "motivation": _("Motivation"),
}
ACTS: dict[str, Words] = {
    "selection.list.uploaded": _("List uploaded"),
    "selection.list.confirmed": _("List taken over"),
    "selection.call.drafted": _("Call drafted"),
    "selection.call.revised": _("Draft of the call changed"),
    "selection.call.published": _("Call published, rules frozen"),
    "selection.call.closed": _("Call closed, list of nominations fixed"),
    "selection.call.decided": _("Call decided, protocol signed"),
    "selection.nomination.submitted": _("Nomination submitted"),
    "selection.nomination.withdrawn": _("Nomination withdrawn"),
    "selection.nomination.marked": _("File marked without a name"),
    "selection.nomination.opened": _("File opened"),
    "selection.place.offered": _("Place offered"),
    "selection.place.promoted": _("Place offered from the waiting list"),
    "selection.place.accepted": _("Place accepted"),
    "selection.place.declined": _("Place declined"),
    "selection.place.lapsed": _("Offer lapsed"),
    "selection.place.vacated": _("Place given back"),
    "selection.place.replaced": _("Offer replaced by a cohort wished for more"),
    "selection.appeal.filed": _("Appeal received"),
    "selection.appeal.upheld": _("Appeal upheld"),
    "selection.appeal.dismissed": _("Appeal dismissed"),
}
HEADINGS: dict[str, Sequence[str]] = {
    "personnel_number": ("Personnel number", "Işgär belgisi", "Табельный номер"),
    "family": ("Family name", "Familiýasy", "Фамилия"),
    "birth_date": ("Date of birth", "Doglan senesi", "Дата рождения"),
    "preferences": ("Cohorts", "Okuw toparlary", "Учебные группы"),
    "consent": ("Consent of the supervisor", "Ýolbaşçynyň razylygy", "Согласие руководителя"),
    "motivation": ("Motivation", "Esaslandyrma", "Обоснование"),
}
"""Headings of uploaded lists in the order of the languages en, tk, ru."""
