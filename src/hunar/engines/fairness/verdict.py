"""What two groups' numbers allow one to say, in three words, never a bare red flag.

The four-fifths rule and the exact test err in opposite ways: with equal chances the rule fires by
accident in 31 to 61 % of cohorts of 80, and the test misses rates of .50 against .30 in about two
of three. An *indication* therefore needs both, and numbers that one person would not turn round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .counts import CONFIDENCE, Count, Interval
from .exact import FisherTest, OddsRatio, fisher, odds_ratio
from .impact import FOUR_FIFTHS, katz, would_flip
from .proportions import cohen_h, newcombe
from .strata import (
    CommonRatio,
    MantelHaenszel,
    Stratum,
    common_ratio,
    mantel_haenszel,
    standardised_difference,
    would_flip_within,
)

LEVEL = 0.05
"""A probability up to this counts as significant."""


class Word(StrEnum):
    """What may be said."""

    NO_EVIDENCE = "no-evidence"
    INCONCLUSIVE = "inconclusive"
    INDICATION = "indication"


class Ground(StrEnum):
    """Why it may be said."""

    BELOW_FOUR_FIFTHS = "below-four-fifths"
    NOT_BELOW_FOUR_FIFTHS = "not-below-four-fifths"
    SIGNIFICANT = "significant"
    NOT_SIGNIFICANT = "not-significant"
    ONE_PERSON_WOULD_REVERSE = "one-person-would-reverse"
    """One selection more or less turns the difference round: too few to judge."""
    NO_OUTCOME_COULD_BE_SIGNIFICANT = "no-outcome-could-be-significant"
    """The groups are too small for any outcome to be significant: too few to judge."""
    NOBODY_SELECTED = "nobody-selected"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A word and its grounds."""

    word: Word
    grounds: tuple[Ground, ...]

    @property
    def is_too_few(self) -> bool:
        """Whether the numbers are too few to judge."""
        few = {Ground.ONE_PERSON_WOULD_REVERSE, Ground.NO_OUTCOME_COULD_BE_SIGNIFICANT}
        return bool(few & set(self.grounds))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups in one call. Show the counts and the interval beside the verdict."""

    focal: Count
    reference: Count
    ratio: Fraction | None
    """The lower over the higher rate; nothing if nobody was selected."""
    ratio_interval: Interval | None
    """Katz interval of focal over reference rate."""
    difference_interval: Interval
    """Newcombe interval of focal minus reference rate."""
    effect: float
    """Cohen's h, focal minus reference."""
    test: FisherTest
    odds_ratio: OddsRatio | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class StratifiedComparison:
    """Two groups over several calls or stages."""

    strata: tuple[Stratum, ...]
    pooled: Comparison
    """The same people as if there were one call: it can mislead."""
    ratio: CommonRatio | None
    odds: MantelHaenszel | None
    difference: float
    """The mean difference of rates, weighted by the focal group."""
    verdict: Verdict


def compare(focal: Count, reference: Count, confidence: float = CONFIDENCE) -> Comparison:
    """Compare two groups of one call."""
    low, high = sorted((focal.rate, reference.rate))
    ratio = low / high if high else None
    test = fisher(focal, reference)
    return Comparison(
        focal=focal,
        reference=reference,
        ratio=ratio,
        ratio_interval=katz(focal, reference, confidence),
        difference_interval=newcombe(focal, reference, confidence),
        effect=cohen_h(focal, reference),
        test=test,
        odds_ratio=odds_ratio(focal, reference, confidence),
        verdict=_judge(
            is_below=None if ratio is None else ratio < FOUR_FIFTHS,
            is_significant=test.two_sided <= LEVEL,
            is_nearly=test.mid_p <= LEVEL,
            would_reverse=would_flip(focal, reference),
            is_hopeless=test.least_attainable > LEVEL,
        ),
    )


def compare_strata(
    strata: Sequence[Stratum], confidence: float = CONFIDENCE
) -> StratifiedComparison:
    """Compare two groups over several calls, each call on its own terms.

    The verdict is on the common ratio of rates and the corrected Mantel-Haenszel test.

    :raises InvalidCounts: if there are no strata.
    """
    difference = standardised_difference(strata)
    focal = Count(sum(s.focal.selected for s in strata), sum(s.focal.total for s in strata))
    reference = Count(
        sum(s.reference.selected for s in strata), sum(s.reference.total for s in strata)
    )
    pooled = compare(focal, reference, confidence)
    ratio = common_ratio(strata, confidence)
    odds = mantel_haenszel(strata, confidence)
    return StratifiedComparison(
        strata=tuple(strata),
        pooled=pooled,
        ratio=ratio,
        odds=odds,
        difference=difference,
        verdict=_judge(
            is_below=_is_below(ratio, pooled),
            is_significant=odds is not None and odds.p_corrected <= LEVEL,
            is_nearly=odds is not None and odds.p <= LEVEL,
            would_reverse=would_flip_within(strata),
            is_hopeless=odds is None,
        ),
    )


def _is_below(ratio: CommonRatio | None, pooled: Comparison) -> bool | None:
    if ratio is None:
        return None if pooled.ratio is None else pooled.ratio < FOUR_FIFTHS
    return min(ratio.ratio, 1 / ratio.ratio) < FOUR_FIFTHS


def _judge(
    *,
    is_below: bool | None,
    is_significant: bool,
    is_nearly: bool,
    would_reverse: bool,
    is_hopeless: bool,
) -> Verdict:
    if is_below is None:
        return Verdict(Word.INCONCLUSIVE, (Ground.NOBODY_SELECTED,))
    grounds = [Ground.BELOW_FOUR_FIFTHS if is_below else Ground.NOT_BELOW_FOUR_FIFTHS]
    grounds.append(Ground.SIGNIFICANT if is_significant else Ground.NOT_SIGNIFICANT)
    if would_reverse and is_below:
        grounds.append(Ground.ONE_PERSON_WOULD_REVERSE)
    if is_hopeless:
        grounds.append(Ground.NO_OUTCOME_COULD_BE_SIGNIFICANT)
    if is_below and is_significant and not would_reverse:
        word = Word.INDICATION
    elif is_below or is_significant or is_nearly or is_hopeless:
        word = Word.INCONCLUSIVE
    else:
        word = Word.NO_EVIDENCE
    return Verdict(word, tuple(grounds))
