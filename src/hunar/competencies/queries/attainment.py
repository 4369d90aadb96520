from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet

from hunar.competencies.models import Competency, Evidence, Requirement
from hunar.competencies.rules import missing_levels
from hunar.kernel.calendar import end_of_day
from hunar.organisations.models import Post
from hunar.people.models import Employment, Person


@dataclass(frozen=True)
class Gap:
    """A competency of a post's profile beside what the person has.

    ``claimed`` is her latest self-assessment; it never raises ``attained``.
    """

    competency: Competency
    required: int
    attained: int
    is_critical: bool = False
    claimed: int | None = None

    @property
    def missing(self) -> int:
        return max(self.required - self.attained, 0)

    @property
    def is_closed(self) -> bool:
        return self.missing == 0


def counting_evidence(on: date) -> QuerySet[Evidence]:
    """Evidence that counts on that day: the rule ``rules.Proof.counts_on`` as a query."""
    return Evidence.objects.filter(
        Q(expires_date__isnull=True) | Q(expires_date__gte=on),
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gt=end_of_day(on)),
        date__lte=on,
    ).exclude(kind=Evidence.Kind.SELF)


def attainments(person_ids: Collection[int], *, on: date) -> dict[int, dict[int, int]]:
    """Per person the highest level per competency for which evidence counts on ``on``.

    Everybody asked for is in the answer; one query.
    """
    attained: dict[int, dict[int, int]] = {person_id: {} for person_id in person_ids}
    rows = (
        counting_evidence(on)
        .filter(person_id__in=attained)
        .order_by()
        .values_list("person_id", "competency_id")
        .annotate(highest=Max("level"))
    )
    for person_id, competency_id, highest in rows:
        attained[person_id][competency_id] = highest
    return attained


def claims(person: Person, *, on: date) -> dict[int, int]:
    """What she last said of herself, by competency."""
    rows = Evidence.objects.filter(person=person, kind=Evidence.Kind.SELF, date__lte=on)
    return dict(rows.order_by("date", "id").values_list("competency_id", "level"))


def profile_of(post: Post) -> QuerySet[Requirement]:
    """What the post asks for, in the order of the spine."""
    return (
        Requirement.objects.filter(post=post)
        .select_related("competency")
        .order_by("competency__order")
    )


def gap(person: Person, post: Post, *, on: date) -> list[Gap]:
    """The profile of ``post`` beside what ``person`` has on that day; three queries."""
    requirements = list(profile_of(post))
    attained = attainments([person.pk], on=on)[person.pk]
    claimed = claims(person, on=on) if requirements else {}
    return [
        Gap(
            competency=row.competency,
            required=row.level,
            attained=attained.get(row.competency_id, 0),
            is_critical=row.is_critical,
            claimed=claimed.get(row.competency_id),
        )
        for row in requirements
    ]


def gaps(employments: Iterable[Employment], *, on: date) -> dict[int, int]:
    """Per person the sum of the levels missing against the post she holds; two queries."""
    held = {employment.person_id: employment.post_id for employment in employments}
    required: dict[int, dict[int, int]] = {}
    rows = Requirement.objects.filter(post_id__in=set(held.values()))
    for post_id, competency_id, level in rows.values_list("post_id", "competency_id", "level"):
        required.setdefault(post_id, {})[competency_id] = level
    attained = attainments(held, on=on)
    return {
        person_id: missing_levels(required.get(post_id, {}), attained[person_id])
        for person_id, post_id in held.items()
    }


def evidence_of(person: Person) -> QuerySet[Evidence]:
    """All evidence about her, newest first, withdrawn and expired included."""
    return (
        Evidence.objects.filter(person=person)
        .select_related("competency")
        .order_by("-date", "competency__order")
    )
