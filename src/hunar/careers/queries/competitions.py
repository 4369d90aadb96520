from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hunar.audit.models import Entry
from hunar.audit.queries import entries_about
from hunar.careers import permissions, rules, wording
from hunar.careers.models import Candidacy, Competition, MeritList
from hunar.careers.queries.evidence import day_of, evidence_of
from hunar.catalogue.models import Course
from hunar.competencies import queries as competencies
from hunar.kernel.collation import search_key
from hunar.kernel.types import Words
from hunar.organisations.models import Organisation, Post
from hunar.people import queries as people
from hunar.people.enums import Permission
from hunar.people.models import Person

State = Competition.State
LIST_PUBLISHED = "careers.merit_list.published"
ORDERS = {
    "closes": "closes_at",
    "organisation": "post__organisation__sort_key",
    "grade": "post__grade",
}
PHASES: dict[str, tuple[Words, str]] = {
    "draft": (_("draft"), "warn"),
    "announced": (_("opens later"), "info"),
    "open": (_("open for applications"), "good"),
    "closed": (_("closed, list follows"), "info"),
    "ranked": (_("merit list published"), "neutral"),
}


def phase(competition: Competition, *, at: datetime) -> str:
    """Where the competition stands at that moment: a key of ``PHASES``."""
    if competition.state != State.PUBLISHED:
        return str(competition.state)
    if at < competition.opens_at:
        return "announced"
    return "open" if at <= competition.closes_at else "closed"


def in_phase(code: str, *, at: datetime) -> Q:
    """``phase`` as a condition."""
    published = Q(state=State.PUBLISHED)
    return {
        "draft": Q(state=State.DRAFT),
        "announced": published & Q(opens_at__gt=at),
        "open": published & Q(opens_at__lte=at, closes_at__gte=at),
        "closed": published & Q(closes_at__lt=at),
        "ranked": Q(state=State.RANKED),
    }.get(code, Q())


def competitions_visible_to(person: Person) -> QuerySet[Competition]:
    """What was published, for everybody; drafts for the officers of the organisation."""
    managed = people.organisations_where(person, Permission.MANAGE_COMPETITIONS)
    return Competition.objects.filter(
        ~Q(state=State.DRAFT) | Q(post__organisation__in=managed.values("pk"))
    ).select_related("post__organisation__region")


def competitions_managed_by(person: Person) -> QuerySet[Competition]:
    """All competitions of the organisations that she runs them for, with their applications."""
    managed = people.organisations_where(person, Permission.MANAGE_COMPETITIONS)
    return (
        Competition.objects.filter(post__organisation__in=managed.values("pk"))
        .select_related("post__organisation", "merit_list")
        .annotate(
            standing=Count("candidacies", filter=Q(candidacies__state=Candidacy.State.APPLIED))
        )
    )


def matching(
    competitions: QuerySet[Competition],
    *,
    at: datetime,
    wish: str = "",
    phase: str = "",
    order: str = "",
) -> QuerySet[Competition]:
    """Narrowed to words of post or organisation and a phase, in the wished order."""
    for word in search_key(wish).split():
        competitions = competitions.filter(
            Q(post__search_key__contains=word) | Q(post__organisation__search_key__contains=word)
        )
    if phase:
        competitions = competitions.filter(in_phase(phase, at=at))
    column = ORDERS.get(order.removeprefix("-"))
    if not column:
        return competitions.order_by("-closes_at", "-id")
    return competitions.order_by(f"-{column}" if order.startswith("-") else column, "-id")


@dataclass(frozen=True)
class Row:
    """A competition in a list."""

    competition: Competition
    code: str
    phase: Words
    tone: str


def rows(competitions: list[Competition], *, at: datetime) -> list[Row]:
    """Competitions with the words for where they stand."""
    codes = [(each, phase(each, at=at)) for each in competitions]
    return [Row(each, code, *PHASES[code]) for each, code in codes]


@dataclass(frozen=True)
class Preview:
    """What a person would bring, or has brought, into a competition."""

    score: rules.Score
    lines: list[wording.Line]

    @property
    def points(self) -> Decimal:
        return self.score.points


def preview(competition: Competition, person: Person, *, at: datetime) -> Preview:
    """Her own points by the formula, from the records that count at that moment."""
    moment = competition.moment_of_evidence(at)
    formula = competition.terms
    evidence = evidence_of([person.pk], formula=formula, at=moment)[person.pk]
    score = rules.score(formula, evidence, closed=day_of(moment))
    return Preview(score, wording.lines(score, evidence))


@dataclass(frozen=True)
class CompetitionView:
    """A competition as its page shows it to one person."""

    competition: Competition
    phase: Words
    tone: str
    code: str
    terms: list[wording.Line]
    tie_breaks: list[str]
    gaps: list[competencies.Gap]
    candidacy: Candidacy | None
    can_manage: bool
    can_apply: bool
    can_see_list: bool
    standing: int | None


def can_apply(competition: Competition, person: Person, *, at: datetime) -> bool:
    """Whether ``person`` may apply now: it is open, she does not run it and has not applied."""
    stands = Candidacy.objects.filter(
        competition=competition, person=person, state=Candidacy.State.APPLIED
    )
    return (
        phase(competition, at=at) == "open"
        and not permissions.can_manage(person, competition.post.organisation)
        and not stands.exists()
    )


def view_of(competition: Competition, *, seen_by: Person, at: datetime) -> CompetitionView:
    """The published terms beside what the reader has; officers see how many stand."""
    code = phase(competition, at=at)
    words, tone = PHASES[code]
    can_manage = permissions.can_manage(seen_by, competition.post.organisation)
    mine = Candidacy.objects.filter(competition=competition, person=seen_by).order_by("-id")
    candidacy = mine.filter(state=Candidacy.State.APPLIED).first() or mine.first()
    formula = competition.terms
    return CompetitionView(
        competition=competition,
        phase=words,
        tone=tone,
        code=code,
        terms=wording.terms(formula),
        tie_breaks=[wording.title_of(each) for each in formula.tie_breaks],
        gaps=competencies.gap(seen_by, competition.post, on=day_of(at)),
        candidacy=candidacy,
        can_manage=can_manage,
        can_apply=code == "open" and not can_manage and not _stands(candidacy),
        can_see_list=competition.is_ranked and (can_manage or _stands(candidacy)),
        standing=_standing(competition) if can_manage else None,
    )


def _stands(candidacy: Candidacy | None) -> bool:
    return candidacy is not None and not candidacy.is_withdrawn


def _standing(competition: Competition) -> int:
    return Candidacy.objects.filter(competition=competition, state=Candidacy.State.APPLIED).count()


def own_candidacies(person: Person) -> QuerySet[Candidacy]:
    """Her own applications, newest first."""
    return (
        Candidacy.objects.filter(person=person)
        .select_related("competition__post__organisation", "competition__merit_list")
        .order_by("-applied_at", "-id")
    )


def lists_visible_to(person: Person) -> QuerySet[MeritList]:
    """The merit lists on which she stands, and those of the organisations that she serves."""
    managed = people.organisations_where(person, Permission.MANAGE_COMPETITIONS)
    standing = Candidacy.objects.filter(person=person, state=Candidacy.State.APPLIED)
    return MeritList.objects.filter(
        Q(competition__post__organisation__in=managed.values("pk"))
        | Q(competition__in=standing.values("competition_id"))
    ).select_related("competition__post__organisation")


@dataclass(frozen=True)
class Standing:
    """A line of the merit list as one reader sees it: ``name`` only for the officer."""

    ref: str
    rank: int
    points: str
    components: list[str]
    name: str
    is_own: bool
    tie: str


@dataclass(frozen=True)
class ListView:
    """The merit list for one reader."""

    merit_list: MeritList
    titles: list[str]
    standings: list[Standing]
    shows_names: bool
    own_ref: str


def list_view(merit_list: MeritList, *, seen_by: Person) -> ListView:
    """Refs for those who took part; names as well for the officers of the organisation."""
    competition = merit_list.competition
    shows_names = permissions.can_manage(seen_by, competition.post.organisation)
    candidacies = {
        row.ref: row
        for row in Candidacy.objects.filter(competition=competition).select_related("person")
    }
    used = competition.terms.used
    own = next((ref for ref, row in candidacies.items() if row.person_id == seen_by.pk), "")
    return ListView(
        merit_list=merit_list,
        titles=[str(wording.SHORT[code]) for code in used],
        standings=[
            Standing(
                ref=each["ref"],
                rank=each["rank"],
                points=each["points"],
                components=[each["components"][code]["points"] for code in used],
                name=str(candidacies[each["ref"]].person) if shows_names else "",
                is_own=each["ref"] == own,
                tie=tie_words(each["tie"]),
            )
            for each in merit_list.document["results"]
        ],
        shows_names=shows_names,
        own_ref=own,
    )


def tie_words(tie: Mapping[str, Any] | None) -> str:
    """How equal points were told apart, or that they were not."""
    if not tie:
        return ""
    if tie["shares_rank_with"]:
        return str(_("equal in everything that is published: the rank is shared"))
    return str(_("equal points, ordered by: %(component)s")) % {
        "component": wording.title_of(tie["decided_by"])
    }


@dataclass(frozen=True)
class Result:
    """What the signed list says of one candidacy."""

    rank: int
    of: int
    points: str
    lines: list[wording.Line]
    tie: str


def result_of(candidacy: Candidacy) -> Result | None:
    """Rank, points and evidence out of the signed list; None before it is published."""
    merit_list = MeritList.objects.filter(competition=candidacy.competition_id).first()
    if merit_list is None:
        return None
    document = merit_list.document
    placed = {row["ref"]: row for row in document["results"]}.get(candidacy.ref)
    if placed is None:
        return None
    inputs = next(row for row in document["candidates"] if row["ref"] == candidacy.ref)
    evidence = rules.Evidence.from_json(inputs["evidence"])
    formula = rules.Formula.from_json(document["formula"])
    score = rules.score(formula, evidence, closed=day_of(candidacy.competition.closes_at))
    return Result(
        rank=placed["rank"],
        of=len(document["results"]),
        points=placed["points"],
        lines=wording.lines(score, evidence),
        tie=tie_words(placed["tie"]),
    )


def list_entry(merit_list: MeritList) -> Entry | None:
    """The record of the publication in the log."""
    return entries_about(merit_list.ref).filter(act=LIST_PUBLISHED).first()


def posts_managed_by(person: Person) -> QuerySet[Post]:
    """The posts for which she can draft a competition."""
    managed: QuerySet[Organisation] = people.organisations_where(
        person, Permission.MANAGE_COMPETITIONS
    )
    return (
        Post.objects.filter(organisation__in=managed.values("pk"))
        .select_related("organisation")
        .order_by("organisation__sort_key", "-grade", "code")
    )


def course_choices() -> list[tuple[str, str]]:
    """Codes of the courses that a formula can name, with the title of the newest version."""
    rows = Course.objects.order_by("code").prefetch_related("versions")
    return [
        (
            row.code,
            f"{row.code} {versions[-1]}"
            if (versions := sorted(row.versions.all(), key=lambda version: version.number))
            else row.code,
        )
        for row in rows
    ]
