"""The recorded evidence of candidates, as it stood at a moment. Nobody types a mark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Q

from hunar.careers import rules
from hunar.competencies import queries as competencies
from hunar.cpd.models import Policy, Record
from hunar.credentials.models import Credential
from hunar.exams.models import Attempt, Sitting
from hunar.kernel.calendar import ASHGABAT
from hunar.kernel.signing import instant
from hunar.organisations.models import Post, valid_on
from hunar.people.models import Employment

Row = TypeVar("Row")


def day_of(at: datetime) -> date:
    """The date in Ashgabat."""
    return at.astimezone(ASHGABAT).date()


def evidence_of(
    people: Collection[int], *, formula: rules.Formula, at: datetime
) -> dict[int, rules.Evidence]:
    """What counts for each person (by primary key) at that moment; at most five queries."""
    day = day_of(at)
    attained = _by_person(_attained(people, formula, day))
    exams = _by_person(_exams(people, formula, at))
    certificates = _by_person(_certificates(people, formula, at))
    credits = _by_person(_credits(people, formula, at))
    service = _by_person(_service(people, day))
    return {
        person: rules.Evidence(
            competencies=tuple(attained[person]),
            exams=tuple(exams[person]),
            certificates=tuple(certificates[person]),
            cpd=tuple(credits[person]),
            years=tuple(service[person]),
        )
        for person in people
    }


def _by_person(rows: Iterable[tuple[int, Row]]) -> defaultdict[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for person, row in rows:
        found[person].append(row)
    return found


def _attained(
    people: Collection[int], formula: rules.Formula, day: date
) -> list[tuple[int, rules.Attained]]:
    codes = [line.competency for line in formula.profile]
    rows = (
        competencies.counting_evidence(day)
        .filter(person_id__in=people, competency__code__in=codes)
        .order_by("competency__order", "-level", "date", "id")
        .values_list("person_id", "competency__code", "level", "date", "expires_date", "source_ref")
    )
    return [
        (
            person,
            rules.Attained(
                code, level, since.isoformat(), until.isoformat() if until else "", source
            ),
        )
        for person, code, level, since, until, source in rows
    ]


def _exams(
    people: Collection[int], formula: rules.Formula, at: datetime
) -> list[tuple[int, rules.ExamResult]]:
    attempts = (
        Attempt.objects.filter(
            enrolment__person_id__in=people,
            sitting__state=Sitting.State.RELEASED,
            sitting__released_at__lte=at,
            marks__isnull=False,
            marks_max__gt=0,
            sitting__form__exam__version__course__code__in=formula.courses,
        )
        .select_related("enrolment", "sitting__form__exam__version__course")
        .order_by("id")
    )
    return [
        (
            attempt.enrolment.person_id,
            rules.ExamResult(
                course=attempt.sitting.form.exam.version.course.code,
                attempt=attempt.ref,
                marks=attempt.marks or 0,
                marks_max=attempt.marks_max or 1,
                released=_day(attempt.sitting.released_at),
            ),
        )
        for attempt in attempts
    ]


def _certificates(
    people: Collection[int], formula: rules.Formula, at: datetime
) -> list[tuple[int, rules.Certificate]]:
    rows = (
        Credential.objects.filter(
            Q(revoked_at__isnull=True) | Q(revoked_at__gt=at),
            Q(valid_until__isnull=True) | Q(valid_until__gte=at),
            person_id__in=people,
            kind=Credential.Kind.ACHIEVEMENT,
            issued_at__lte=at,
            enrolment__cohort__version__course__code__in=formula.courses,
        )
        .select_related("enrolment__cohort__version__course")
        .order_by("id")
    )
    return [
        (
            row.person_id,
            rules.Certificate(
                course=row.enrolment.cohort.version.course.code,
                credential=row.ref,
                issued=_day(row.issued_at),
                valid_until=_day(row.valid_until),
            ),
        )
        for row in rows
    ]


def _credits(
    people: Collection[int], formula: rules.Formula, at: datetime
) -> list[tuple[int, rules.CpdCredit]]:
    if formula.cpd is None:
        return []
    day = day_of(at)
    rows = Record.objects.filter(
        Q(verified_at__isnull=True) | Q(verified_at__lte=at),
        person_id__in=people,
        state=Record.State.VERIFIED,
        recorded_at__lte=at,
        ended_date__gt=formula.cpd.since(day),
        ended_date__lte=day,
    ).order_by("ended_date", "id")
    return [
        (
            row.person_id,
            rules.CpdCredit(row.ref, row.category, row.minutes, row.ended_date.isoformat()),
        )
        for row in rows
    ]


def _service(people: Collection[int], day: date) -> list[tuple[int, rules.Service]]:
    rows = (
        Employment.objects.filter(person_id__in=people, started_date__lte=day)
        .order_by("started_date", "id")
        .values_list("person_id", "post__grade", "started_date", "ended_date")
    )
    return [
        (
            person,
            rules.Service(
                grade, since.isoformat(), until.isoformat() if until and until <= day else ""
            ),
        )
        for person, grade, since, until in rows
    ]


def _day(at: datetime | None) -> str:
    return day_of(at).isoformat() if at else ""


def formula_of(post: Post, *, chosen: rules.Formula, on: date) -> rules.Formula:
    """``chosen`` with the post's profile and the CPD policy of its grade, as they are ``on``."""
    profile = tuple(
        rules.Required(row.competency.code, row.level, row.is_critical)
        for row in competencies.profile_of(post)
    )
    policy = policy_of(post, on=on)
    cpd = (
        rules.CpdRule(
            policy.code, policy.total_minutes, policy.cycle_years, dict(policy.category_caps)
        )
        if policy
        else None
    )
    return replace(chosen, profile=profile, cpd=cpd)


def policy_of(post: Post, *, on: date) -> Policy | None:
    """The CPD policy that a holder of ``post`` is under."""
    rows = Policy.objects.filter(
        valid_on(on), grade_from__lte=post.grade, grade_to__gte=post.grade
    ).order_by("-valid_from", "code")
    return next((row for row in rows if not row.families or post.family in row.families), None)


def moment(at: datetime) -> dict[str, Any]:
    """A closing as it stands in a signed list."""
    return {"at": instant(at), "date": day_of(at).isoformat()}
