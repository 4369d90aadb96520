"""What happens when people accept, decline or leave: the next round of the same decision."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from .deferred_acceptance import allocate
from .errors import InvalidAnswers
from .market import Applicant, KeptPlace, Market, Place
from .result import Allocation


@dataclass(frozen=True, slots=True)
class Answers:
    """What became of the offers of a round. Who is in none of the sets has not answered yet."""

    accepted: frozenset[str] = frozenset()
    """Keep their place for good and leave the waiting lists."""
    declined: frozenset[str] = frozenset()
    """Give their place back and wait only for the cohorts they rank higher."""
    withdrawn: frozenset[str] = frozenset()
    """Leave altogether."""


def market_after(market: Market, allocation: Allocation, answers: Answers) -> Market:
    """Return the market of the next round: accepted places kept, the other seats free again.

    :raises InvalidAnswers: if somebody answers twice, is unknown, or answers without an offer.
    """
    places = allocation.places()
    _check_answers(market, places, answers)
    keeping = {kept.applicant for kept in market.kept} | answers.accepted
    return Market(
        cohorts=market.cohorts,
        applicants=tuple(
            _above(person, places[person.id].cohort) if person.id in answers.declined else person
            for person in market.applicants
            if person.id not in answers.withdrawn
        ),
        kept=tuple(
            KeptPlace(person, places[person]) for person in sorted(keeping - answers.withdrawn)
        ),
    )


def reallocate(market: Market, allocation: Allocation, answers: Answers) -> Allocation:
    """Fill the seats that became free, by the same rules as the first time.

    Accepted places stay. Everybody else is decided again among the seats that are left, so that a
    freed seat may move several people up, each by the published order. Whoever holds a place and
    has not answered keeps it or gets one that she ranks higher (unless rules overlap, see the
    README). Store :func:`market_after` with the result: it is what the result is a function of.

    :raises InvalidAnswers: if somebody answers twice, is unknown, or answers without an offer.
    """
    return allocate(market_after(market, allocation, answers))


def _check_answers(market: Market, places: Mapping[str, Place], answers: Answers) -> None:
    known = {person.id for person in market.applicants}
    kept = {each.applicant for each in market.kept}
    given = Counter([*answers.accepted, *answers.declined, *answers.withdrawn])
    for person, count in sorted(given.items()):
        if person not in known:
            raise InvalidAnswers(f"{person} is not an applicant.", code="unknown-applicant")
        if count > 1:
            raise InvalidAnswers(f"{person} has answered twice.", code="answered-twice")
    for person in sorted(answers.accepted | answers.declined):
        if person not in places:
            raise InvalidAnswers(f"{person} has no offer to answer.", code="no-offer")
    for person in sorted(answers.declined & kept):
        raise InvalidAnswers(
            f"{person} has accepted before. Record a withdrawal.", code="already-accepted"
        )


def _above(person: Applicant, cohort: str) -> Applicant:
    """Return the applicant with only the cohorts that she ranks above this one."""
    ranked = [wish.cohort for wish in person.applications]
    return replace(person, applications=person.applications[: ranked.index(cohort)])
