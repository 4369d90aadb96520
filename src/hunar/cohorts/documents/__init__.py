"""What stands on the papers of a cohort, worded in every language at once.

A paper's content is data that is registered and printed unchanged for ever. Its form:

- ``title``, ``subtitle``: texts;
- ``paragraphs``: texts above the tables;
- ``facts``: pairs of texts;
- ``tables``: each with ``caption`` (a text), ``columns`` (widths of Typst), ``head`` (texts),
  ``rows`` (lists of cells) and ``tall`` (rows high enough for a signature);
- ``signatures``: pairs of a text and a name;
- ``flipped``: whether the paper lies on its side;
- ``page``: the address, below the academy's own, that the QR code opens (empty: the
  paper's own page).

A text is one wording for all languages, or one per language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from hunar.cohorts import queries
from hunar.cohorts.models import Cohort, Enrolment, OfficialDocument, Session
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.dates import official_dates, official_period
from hunar.kernel.queries import setting
from hunar.kernel.text import LANGUAGES, in_all_languages
from hunar.people.models import Person

Text = str | Mapping[str, str]
Kind = OfficialDocument.Kind
UPRIGHT_SESSIONS = 4
"""So many places for signatures stand side by side on an upright page."""


def table(
    *,
    head: Sequence[Text],
    rows: Sequence[Sequence[Text]],
    columns: Sequence[str],
    caption: Text = "",
    tall: bool = False,
) -> dict[str, Any]:
    """One table of a paper."""
    return {
        "caption": caption,
        "columns": list(columns),
        "head": list(head),
        "rows": [list(row) for row in rows],
        "tall": tall,
    }


def paper(
    *,
    title: Text,
    tables: Sequence[Mapping[str, Any]],
    subtitle: Text = "",
    paragraphs: Sequence[Text] = (),
    facts: Sequence[tuple[Text, Text]] = (),
    signatures: Sequence[tuple[Text, str]] | None = None,
    flipped: bool = False,
    page: str = "",
) -> dict[str, Any]:
    """The content of a paper; without ``signatures`` the head of the academy signs."""
    return {
        "title": title,
        "subtitle": subtitle,
        "paragraphs": list(paragraphs),
        "facts": [list(fact) for fact in facts],
        "tables": [dict(each) for each in tables],
        "signatures": [list(one) for one in (signatures or [_head_of_the_academy()])],
        "flipped": flipped,
        "page": page,
    }


def group_list(cohort: Cohort, *, at: datetime) -> dict[str, Any]:
    """Who is in the group: name, institution, post."""
    return paper(
        title=_title(Kind.GROUP_LIST),
        subtitle=cohort.version.title,
        facts=cohort_facts(cohort),
        tables=[_people_table(_on_the_list(cohort))],
    )


def enrolment_order(cohort: Cohort, *, at: datetime) -> dict[str, Any]:
    """The order by which the people of the group are enrolled, with its grounds."""
    enrolments = _on_the_list(cohort)
    first, last = official_dates(cohort.starts_date), official_dates(cohort.ends_date)
    order = {
        language: _order_sentence(
            cohort, len(enrolments), first=first[language], last=last[language], language=language
        )
        for language in LANGUAGES
    }
    return paper(
        title=_title(Kind.ENROLMENT_ORDER),
        subtitle=cohort.version.title,
        paragraphs=[order],
        facts=_grounds(enrolments),
        tables=[_people_table(enrolments)],
    )


def _order_sentence(cohort: Cohort, count: int, *, first: str, last: str, language: str) -> str:
    with override(language):
        sentence = ngettext(
            "To organise the course, %(count)d person shall be enrolled in cohort %(code)s from "
            "%(first)s to %(last)s:",
            "To organise the course, %(count)d people shall be enrolled in cohort %(code)s from "
            "%(first)s to %(last)s:",
            count,
        )
        return sentence % {"count": count, "code": cohort.code, "first": first, "last": last}


def attendance_sheet(cohort: Cohort, *, at: datetime) -> dict[str, Any]:
    """A table for each day, with a place for each learner's signature per session."""
    enrolments = _on_the_list(cohort)
    names = [(str(place), _name(row.person)) for place, row in enumerate(enrolments, start=1)]
    days = queries.days_of(queries.sessions_of(cohort))
    return paper(
        title=_title(Kind.ATTENDANCE_SHEET),
        subtitle=cohort.version.title,
        facts=cohort_facts(cohort),
        tables=[_signature_table(day, names) for day in days],
        signatures=[(in_all_languages(_("Trainer")), "")],
        flipped=any(len(day.sessions) > UPRIGHT_SESSIONS for day in days),
        page=reverse("cohorts:attendance", args=[cohort.pk]),
    )


WRITERS: dict[str, Callable[..., dict[str, Any]]] = {
    Kind.GROUP_LIST: group_list,
    Kind.ENROLMENT_ORDER: enrolment_order,
    Kind.ATTENDANCE_SHEET: attendance_sheet,
}
"""The papers that this room writes; the register of certificates comes from above."""


def cohort_facts(cohort: Cohort) -> list[tuple[Text, Text]]:
    """Code, dates, place and trainers of a cohort, for the head of a paper."""
    facts: list[tuple[Text, Text]] = [
        (in_all_languages(_("Cohort")), cohort.code),
        (in_all_languages(_("Dates")), official_period(cohort.starts_date, cohort.ends_date)),
    ]
    if cohort.room:
        facts.append((in_all_languages(_("Place")), cohort.room.title))
    trainers = [row.person for row in queries.trainers_of(cohort)]
    if trainers:
        shown = {
            language: ", ".join(person.name_in(language).short for person in trainers)
            for language in LANGUAGES
        }
        facts.append((in_all_languages(_("Trainers")), shown))
    return facts


def _on_the_list(cohort: Cohort) -> list[Enrolment]:
    return list(queries.enrolments_of(cohort).filter(queries.ON_THE_LIST))


def _people_table(enrolments: Sequence[Enrolment]) -> dict[str, Any]:
    return table(
        head=["№", *(in_all_languages(word) for word in (_("Name"), _("Institution"), _("Post")))],
        columns=["8mm", "1fr", "1.2fr", "1fr"],
        rows=[
            [
                str(place),
                _name(row.person),
                row.organisation.title,
                row.post.title if row.post else "",
            ]
            for place, row in enumerate(enrolments, start=1)
        ],
    )


def _signature_table(day: queries.Day, names: Sequence[tuple[str, Text]]) -> dict[str, Any]:
    return table(
        caption=official_dates(day.date),
        head=["№", in_all_languages(_("Name")), *(_hours(row) for row in day.sessions)],
        columns=["8mm", "60mm", *["1fr"] * len(day.sessions)],
        rows=[[place, name, *[""] * len(day.sessions)] for place, name in names],
        tall=True,
    )


def _hours(session: Session) -> str:
    starts, ends = session.starts_at.astimezone(ASHGABAT), session.ends_at.astimezone(ASHGABAT)
    return f"{starts:%H:%M}–{ends:%H:%M}"


def _grounds(enrolments: Sequence[Enrolment]) -> list[tuple[Text, Text]]:
    grounds = sorted({row.source_ref for row in enrolments if row.source_ref})
    if not grounds:
        return []
    shown = ", ".join(grounds[:3]) + (f" … {grounds[-1]} ({len(grounds)})" if grounds[3:] else "")
    return [(in_all_languages(_("Ground")), shown)]


def _title(kind: OfficialDocument.Kind) -> dict[str, str]:
    return {language: capfirst(words) for language, words in in_all_languages(kind.label).items()}


def _name(person: Person) -> dict[str, str]:
    return {language: person.name_in(language).full for language in LANGUAGES}


def _head_of_the_academy() -> tuple[Text, str]:
    return in_all_languages(_("Rector of the academy")), str(setting("academy.head", ""))
