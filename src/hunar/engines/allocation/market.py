"""What an allocation is decided from: cohorts with their seats, applicants with their lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .errors import InvalidMarket

OPEN = "open"
"""The slot code of a seat for everybody in order of merit."""

Key = tuple[Decimal, tuple[Decimal, ...], str]
"""Sorts claims to a cohort: the smaller key has the higher priority."""


@dataclass(frozen=True, slots=True)
class Block:
    """Seats of one kind, filled one after the other."""

    slot: str
    """``open``, or the group for which the seats are reserved."""
    seats: int
    institution_cap: int | None = None
    """The most people that one institution may have on the seats of this block."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """An intake. Its blocks are filled in the order in which they stand: the precedence order."""

    id: str
    blocks: tuple[Block, ...]
    institution_cap: int | None = None
    """The most people that one institution may have in this cohort.

    Together with reserves this costs guarantees (see the README); caps on the blocks do not."""

    @property
    def seats(self) -> int:
        return sum(block.seats for block in self.blocks)

    @property
    def has_caps(self) -> bool:
        return self.institution_cap is not None or any(
            block.institution_cap is not None for block in self.blocks
        )

    @property
    def has_overlapping_rules(self) -> bool:
        """Whether one cap spans seats which are filled by different priorities."""
        slots = {block.slot for block in self.blocks if block.seats}
        return self.institution_cap is not None and len(slots) > 1

    def has_seat(self, place: Place) -> bool:
        """Whether a place of this form exists in the cohort."""
        return (
            place.cohort == self.id
            and 0 <= place.block < len(self.blocks)
            and self.blocks[place.block].slot == place.slot
        )

    @classmethod
    def open_only(cls, id: str, seats: int, *, institution_cap: int | None = None) -> Cohort:
        """Return a cohort without reserved seats."""
        return cls(id, (Block(OPEN, seats),), institution_cap)

    @classmethod
    def reserves_first(
        cls,
        id: str,
        seats: int,
        reserves: Sequence[Block],
        *,
        institution_cap: int | None = None,
    ) -> Cohort:
        """Return a cohort of ``seats`` in all, which fills its reserves before the open seats.

        Members of a group with the best results then count towards the reserve.

        :raises InvalidMarket: if more seats are reserved than there are.
        """
        return cls(id, (*reserves, _open_block(id, seats, reserves)), institution_cap)

    @classmethod
    def open_first(
        cls,
        id: str,
        seats: int,
        reserves: Sequence[Block],
        *,
        institution_cap: int | None = None,
    ) -> Cohort:
        """Return a cohort of ``seats`` in all, which fills its open seats before the reserves.

        Members of a group with the best results then sit on open seats, and the reserve comes on
        top of them.

        :raises InvalidMarket: if more seats are reserved than there are.
        """
        return cls(id, (_open_block(id, seats, reserves), *reserves), institution_cap)


@dataclass(frozen=True, slots=True)
class Application:
    """A wish for a seat in a cohort, and the results it counts on there."""

    cohort: str
    score: Decimal
    """Higher is better. Trailing zeros are dropped: 2.50 and 2.5 are one record."""
    tie_breaks: tuple[Decimal, ...] = ()
    """Compared in this order between equal scores; higher is better."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "score", _plain(self.score))
        object.__setattr__(self, "tie_breaks", tuple(_plain(value) for value in self.tie_breaks))


@dataclass(frozen=True, slots=True)
class Applicant:
    """A person and her applications, the most wanted first."""

    id: str
    applications: tuple[Application, ...]
    ticket: str
    """The lottery ticket, the same in every cohort; the lower one wins the last tie."""
    groups: frozenset[str] = frozenset()
    """The reserved groups she belongs to."""
    institution: str | None = None
    """What the caps count; nobody is capped without one."""

    def ranks(self, cohort: str) -> bool:
        """Whether she applied for the cohort."""
        return any(wish.cohort == cohort for wish in self.applications)


@dataclass(frozen=True, slots=True)
class Place:
    """A seat given to somebody."""

    cohort: str
    block: int
    """The position of the seat's block in the cohort's precedence order, from 0."""
    slot: str
    """``open``, or the group of the reserve."""
    released: bool
    """A reserved seat that no member of its group was left to take."""


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """A place of an earlier round that was accepted and is not decided again."""

    applicant: str
    place: Place


@dataclass(frozen=True, slots=True)
class Market:
    """Everything that a decision depends on.

    :raises InvalidMarket: if the parts contradict each other; ``code`` says how.
    """

    cohorts: tuple[Cohort, ...]
    applicants: tuple[Applicant, ...]
    kept: tuple[KeptPlace, ...] = ()

    def __post_init__(self) -> None:
        cohorts = {cohort.id: cohort for cohort in self.cohorts}
        _check_unique((cohort.id for cohort in self.cohorts), "cohort", "duplicate-cohort")
        _check_unique((person.id for person in self.applicants), "applicant", "duplicate-applicant")
        _check_unique((person.ticket for person in self.applicants), "ticket", "duplicate-ticket")
        _check_unique((kept.applicant for kept in self.kept), "kept place", "duplicate-kept-place")
        for cohort in self.cohorts:
            _check_cohort(cohort)
        for applicant in self.applicants:
            _check_applicant(applicant, cohorts)
        _check_tie_breaks(self.applicants)
        _check_kept(self, cohorts)


def claim_key(applicant: Applicant, application: Application) -> Key:
    """Return the priority of an application: score, then tie-breaks, then the lottery ticket."""
    return (
        application.score.copy_negate(),
        tuple(value.copy_negate() for value in application.tie_breaks),
        applicant.ticket,
    )


def _open_block(id: str, seats: int, reserves: Iterable[Block]) -> Block:
    left = seats - sum(block.seats for block in reserves)
    if left < 0:
        raise InvalidMarket(
            f"Cohort {id} reserves more seats than it has. Reserve fewer.", code="too-many-reserved"
        )
    return Block(OPEN, left)


def _plain(value: Decimal) -> Decimal:
    """Return the same number without exponent and trailing zeros; never rounds."""
    if not value.is_finite():
        raise InvalidMarket("A score or tie-break is a finite number.", code="score-not-finite")
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Decimal("0" if text in {"-0", ""} else text)


def _check_unique(values: Iterable[str], noun: str, code: str) -> None:
    for value, count in Counter(values).items():
        if count > 1:
            raise InvalidMarket(f"The {noun} {value} occurs {count} times.", code=code)


def _check_cohort(cohort: Cohort) -> None:
    if any(block.seats < 0 for block in cohort.blocks):
        raise InvalidMarket(f"Cohort {cohort.id} has negative seats.", code="negative-seats")
    caps = (cohort.institution_cap, *(block.institution_cap for block in cohort.blocks))
    if any(cap is not None and cap < 1 for cap in caps):
        raise InvalidMarket(f"A cap of cohort {cohort.id} is below 1.", code="cap-below-one")


def _check_applicant(applicant: Applicant, cohorts: dict[str, Cohort]) -> None:
    if OPEN in applicant.groups:
        raise InvalidMarket(f"No group may be called {OPEN}.", code="group-named-open")
    ranked = [application.cohort for application in applicant.applications]
    if len(set(ranked)) < len(ranked):
        raise InvalidMarket(f"{applicant.id} ranks a cohort twice.", code="ranked-twice")
    for cohort in ranked:
        if cohort not in cohorts:
            raise InvalidMarket(
                f"{applicant.id} ranks the unknown cohort {cohort}.", code="unknown-cohort"
            )


def _check_tie_breaks(applicants: Iterable[Applicant]) -> None:
    lengths: dict[str, int] = {}
    for applicant in applicants:
        for application in applicant.applications:
            count = len(application.tie_breaks)
            if lengths.setdefault(application.cohort, count) != count:
                raise InvalidMarket(
                    f"The applications to {application.cohort} have unequal tie-breaks.",
                    code="unequal-tie-breaks",
                )


def _check_kept(market: Market, cohorts: dict[str, Cohort]) -> None:
    people = {person.id: person for person in market.applicants}
    for kept in market.kept:
        person, cohort = people.get(kept.applicant), cohorts.get(kept.place.cohort)
        if person is None or cohort is None or not person.ranks(cohort.id):
            raise InvalidMarket(
                f"{kept.applicant} keeps a place she has not applied for.", code="kept-not-ranked"
            )
        if not cohort.has_seat(kept.place):
            raise InvalidMarket(
                f"{kept.applicant} keeps a seat that {cohort.id} does not have.",
                code="kept-no-such-seat",
            )
    _check_kept_counts(market, cohorts)


def _check_kept_counts(market: Market, cohorts: dict[str, Cohort]) -> None:
    institutions = {person.id: person.institution for person in market.applicants}
    for cohort in cohorts.values():
        kept = [each for each in market.kept if each.place.cohort == cohort.id]
        seated = Counter(each.place.block for each in kept)
        if any(seated[number] > block.seats for number, block in enumerate(cohort.blocks)):
            raise InvalidMarket(
                f"More people keep seats of {cohort.id} than there are.", code="kept-too-many"
            )
        counted = Counter(institutions[each.applicant] for each in kept)
        del counted[None]
        if cohort.institution_cap is not None and any(
            count > cohort.institution_cap for count in counted.values()
        ):
            raise InvalidMarket(
                f"The places kept in {cohort.id} exceed its cap.", code="kept-over-cap"
            )
