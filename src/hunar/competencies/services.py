from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from hunar.audit import services as audit
from hunar.competencies import permissions, spine
from hunar.competencies.errors import CompetencyTwice, ExpiresBeforeStart
from hunar.competencies.models import Competency, Evidence, Framework, Level, Requirement
from hunar.competencies.rules import check_level
from hunar.kernel.calendar import ASHGABAT
from hunar.organisations.models import Post
from hunar.people.models import Person


@dataclass(frozen=True)
class Required:
    """One line of a post's profile."""

    competency: Competency
    level: int
    is_critical: bool = False


@dataclass(frozen=True, kw_only=True)
class Found:
    """A piece of evidence before it is written down."""

    person: Person
    competency: Competency
    level: int
    kind: str
    date: datetime.date
    expires_date: datetime.date | None
    source_ref: str


@transaction.atomic
def load_spine(*, by: Person | None, at: datetime.datetime) -> Framework:
    """Put the spine of ``spine.toml`` into the database; what is there stays as it is.

    Returns the framework. A second call changes nothing: an adopted version is final.
    """
    source = spine.read()
    framework, is_new = Framework.objects.get_or_create(
        code=source.code,
        version=source.version,
        defaults={
            "title": source.title,
            "licence": source.licence,
            "adopted_date": source.adopted_date,
        },
    )
    if not is_new:
        return framework
    Level.objects.bulk_create(
        Level(
            framework=framework,
            ordinal=level.ordinal,
            title=level.title,
            descriptor=level.descriptor,
        )
        for level in source.levels
    )
    Competency.objects.bulk_create(
        Competency(
            framework=framework,
            code=row.code,
            area=row.area,
            title=row.title,
            description=row.description,
            anchors=row.anchors,
            order=order,
        )
        for order, row in enumerate(source.competencies, start=1)
    )
    details = {"version": framework.version, "competencies": len(source.competencies)}
    audit.record("competencies.framework.adopted", subject=framework, by=by, at=at, details=details)
    return framework


@transaction.atomic
def set_profile(
    post: Post, *, requirements: Sequence[Required], by: Person, at: datetime.datetime
) -> list[Requirement]:
    """Replace what the post asks for; returns the new lines. The log keeps both profiles.

    :raises NotPermitted: if ``by`` does not manage the organisation of the post.
    :raises LevelOutOfScale, CompetencyTwice: if a line cannot stand so.
    """
    permissions.check_can_edit_profile(by, post)
    seen: set[int] = set()
    for line in requirements:
        check_level(line.level)
        if line.competency.pk in seen:
            raise CompetencyTwice(competency=line.competency.code)
        seen.add(line.competency.pk)
    before = _in_codes(Requirement.objects.filter(post=post).select_related("competency"))
    Requirement.objects.filter(post=post).delete()
    rows = Requirement.objects.bulk_create(
        Requirement(
            post=post,
            competency=line.competency,
            level=line.level,
            is_critical=line.is_critical,
        )
        for line in requirements
    )
    details = {"before": before, "after": _in_codes(rows)}
    audit.record("competencies.profile.set", subject=post, by=by, at=at, details=details)
    return rows


def _in_codes(rows: Iterable[Requirement]) -> dict[str, str]:
    return {row.competency.code: f"{row.level}{'!' if row.is_critical else ''}" for row in rows}


def record_evidence(
    person: Person,
    *,
    competency: Competency,
    level: int,
    kind: str,
    date: datetime.date,
    expires_date: datetime.date | None,
    source_ref: str,
    by: Person | None,
    at: datetime.datetime,
) -> Evidence:
    """Write down a reason to hold ``person`` competent.

    A source counts once per person and competency: a second record of the same source
    changes nothing and returns the first.

    :raises LevelOutOfScale, ExpiresBeforeStart: if the evidence cannot stand so.
    """
    found = Found(
        person=person,
        competency=competency,
        level=level,
        kind=kind,
        date=date,
        expires_date=expires_date,
        source_ref=source_ref,
    )
    record_many([found], by=by, at=at)
    return Evidence.objects.get(person=person, competency=competency, source_ref=source_ref)


@transaction.atomic
def record_many(evidence: Iterable[Found], *, by: Person | None, at: datetime.datetime) -> int:
    """Write down many pieces of evidence; returns how many were new.

    The log gets one record per person and source. See ``record_evidence``.
    """
    wanted = {(row.person.pk, row.competency.pk, row.source_ref): row for row in evidence}
    for row in wanted.values():
        check_level(row.level)
        if row.expires_date and row.expires_date < row.date:
            raise ExpiresBeforeStart
    sources = {row.source_ref for row in wanted.values()}
    known = set(
        Evidence.objects.filter(source_ref__in=sources).values_list(
            "person_id", "competency_id", "source_ref"
        )
    )
    new = [row for place, row in wanted.items() if place not in known]
    # Conflicts: somebody else recorded the same source a moment ago.
    Evidence.objects.bulk_create(
        [Evidence(**row.__dict__) for row in new], ignore_conflicts=True, batch_size=500
    )
    _log_found(new, by=by, at=at)
    return len(new)


def _log_found(new: Sequence[Found], *, by: Person | None, at: datetime.datetime) -> None:
    grouped: dict[tuple[int, str], list[Found]] = {}
    for row in new:
        grouped.setdefault((row.person.pk, row.source_ref), []).append(row)
    for (_person, source_ref), rows in grouped.items():
        details = {
            "source": source_ref,
            "kind": rows[0].kind,
            "levels": {row.competency.code: row.level for row in rows},
        }
        audit.record(
            "competencies.evidence.recorded",
            subject=rows[0].person,
            by=by,
            at=at,
            details=details,
        )


@transaction.atomic
def withdraw_evidence(*, source_ref: str, by: Person | None, at: datetime.datetime) -> int:
    """Let the evidence from a source count no longer; returns how many pieces.

    The rows stay. A source without evidence, or withdrawn before, is no error.
    """
    rows = Evidence.objects.filter(source_ref=source_ref, withdrawn_at__isnull=True)
    people = Person.objects.filter(pk__in=rows.values("person_id"))
    concerned = list(people)
    count = rows.update(withdrawn_at=at)
    for person in concerned:
        audit.record(
            "competencies.evidence.withdrawn",
            subject=person,
            by=by,
            at=at,
            details={"source": source_ref},
        )
    return count


@transaction.atomic
def assess_self(
    person: Person, *, levels: Mapping[Competency, int], at: datetime.datetime
) -> list[Evidence]:
    """Keep what ``person`` says of herself, beside what is proved; it raises nothing.

    A second assessment on the same day replaces the first.

    :raises LevelOutOfScale: if a level is not on the scale.
    """
    day = at.astimezone(ASHGABAT).date()
    for level in levels.values():
        check_level(level)
    rows = []
    for competency, level in levels.items():
        row, _ = Evidence.objects.update_or_create(
            person=person,
            competency=competency,
            source_ref=f"SELF-{day.isoformat()}",
            defaults={"level": level, "kind": Evidence.Kind.SELF, "date": day},
        )
        rows.append(row)
    details = {"competencies": len(rows)}
    audit.record(
        "competencies.self_assessment.made", subject=person, by=person, at=at, details=details
    )
    return rows
