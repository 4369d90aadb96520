"""Applicant-proposing deferred acceptance with choice functions (Gale and Shapley 1962).

Everyone without a seat applies to the next cohort of her list; each cohort chooses among those it
holds and the newcomers, and the others apply further. All offers of a round are made at once, so
that the order of the applicants does not matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from .choice import ChoiceRule, Claim, choice_rules
from .description import describe
from .market import Market, Place, claim_key
from .result import Allocation

MAX_RECALLS = 1000
"""How often cohorts with overlapping rules may recall; a handful suffices, or none does."""


def allocate(market: Market) -> Allocation:
    """Fill the seats by the published rules.

    Unless a cohort has overlapping rules (a cap of the whole cohort and reserves), the result is
    the stable allocation which every applicant likes best, and nobody gains by stating another
    order than her true one. With overlapping rules, applicants who were refused too early are
    recalled; where that finds no stable allocation, the claims left over carry the reason
    ``cap-and-reserve-conflict``. Seats and caps always hold.
    """
    matching = _Matching(market)
    matching.propose(matching.lists)
    matching.recall(cohort.id for cohort in market.cohorts if cohort.has_overlapping_rules)
    return describe(market, matching.rules, matching.claims, matching.held)


class _Matching:
    """The state of the procedure."""

    def __init__(self, market: Market) -> None:
        keeping = {kept.applicant for kept in market.kept}
        self.rules: Mapping[str, ChoiceRule] = choice_rules(market)
        self.claims: dict[str, dict[str, Claim]] = {cohort.id: {} for cohort in market.cohorts}
        for person in market.applicants:
            for wish in person.applications:
                self.claims[wish.cohort][person.id] = Claim(
                    person.id, claim_key(person, wish), person.groups, person.institution
                )
        self.lists = {
            person.id: [wish.cohort for wish in person.applications]
            for person in market.applicants
            if person.id not in keeping
        }
        self.held: dict[str, dict[str, Place]] = {cohort.id: {} for cohort in market.cohorts}

    def propose(self, people: Iterable[str]) -> None:
        """Let these people apply from the top of their lists until everyone is settled."""
        position: defaultdict[str, int] = defaultdict(int)
        seatless = list(people)
        for held in self.held.values():
            for person in held:
                position[person] = self.lists[person].index(held[person].cohort) + 1
        while seatless:
            offers: defaultdict[str, list[str]] = defaultdict(list)
            for person in seatless:
                if position[person] < len(self.lists[person]):
                    offers[self.lists[person][position[person]]].append(person)
                    position[person] += 1
            seatless = []
            for cohort, newcomers in offers.items():
                seatless += self.choose(cohort, [*self.held[cohort], *newcomers])

    def choose(self, cohort: str, people: list[str]) -> list[str]:
        """Let a cohort choose its people among these and return the others."""
        claims = self.claims[cohort]
        self.held[cohort] = self.rules[cohort].choose(claims[person] for person in people)
        return [person for person in people if person not in self.held[cohort]]

    def recall(self, overlapping: Iterable[str]) -> None:
        """Give seats to people that a cohort with overlapping rules refused and now would take.

        The first such cohort, in the market's order, takes them; whoever loses a seat by it applies
        again from the top of her list.
        """
        cohorts = list(overlapping)
        for _ in range(MAX_RECALLS if cohorts else 0):
            wishing = self._wishing()
            for cohort in self.rules:
                recalled = self._wanted(cohort, wishing[cohort])
                if recalled:
                    break
            else:
                return
            for held in self.held.values():
                for person in recalled & held.keys():
                    del held[person]
            self.propose(self.choose(cohort, [*self.held[cohort], *sorted(recalled)]))

    def _wishing(self) -> dict[str, list[str]]:
        """Return who prefers each cohort to what she has."""
        places = {person: cohort for cohort, held in self.held.items() for person in held}
        wishing: dict[str, list[str]] = {cohort: [] for cohort in self.held}
        for person, ranked in self.lists.items():
            for cohort in ranked:
                if places.get(person) == cohort:
                    break
                wishing[cohort].append(person)
        return wishing

    def _wanted(self, cohort: str, people: list[str]) -> set[str]:
        """Return those of the people whom the cohort would take beside those it has."""
        claims, held = self.claims[cohort], self.held[cohort]
        return self.rules[cohort].choose(claims[one] for one in [*held, *people]).keys() - held
