"""What holds for all counts, and what other definitions and software say."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from hunar.engines import fairness as f
from hunar.engines.fairness import Count, Stratum


@st.composite
def counts(draw: st.DrawFn, most: int = 40) -> Count:
    total = draw(st.integers(1, most))
    return Count(draw(st.integers(0, total)), total)


pairs = st.tuples(counts(), counts())
strata_lists = st.lists(st.builds(Stratum, counts(), counts()), min_size=1, max_size=4)


def tail_probabilities(
    one: Count, two: Count, odds: Fraction
) -> tuple[Fraction, Fraction, Fraction]:
    """The mean and both tails of the noncentral hypergeometric distribution, exactly."""
    selected = one.selected + two.selected
    weights = {
        n: math.comb(one.total, n) * math.comb(two.total, selected - n) * odds**n
        for n in range(max(0, selected - two.total), min(one.total, selected) + 1)
    }
    total = sum(weights.values())
    return (
        Fraction(sum(n * weight for n, weight in weights.items())) / total,
        Fraction(sum(weight for n, weight in weights.items() if n <= one.selected)) / total,
        Fraction(sum(weight for n, weight in weights.items() if n >= one.selected)) / total,
    )


@given(pairs)
def test_fisher_agrees_with_scipy(pair: tuple[Count, Count]) -> None:
    one, two = pair
    table = np.array([[one.selected, one.refused], [two.selected, two.refused]])
    test = f.fisher(one, two)
    theirs = [
        stats.fisher_exact(table, "two-sided").pvalue,
        stats.fisher_exact(table, "less").pvalue,
        stats.fisher_exact(table, "greater").pvalue,
    ]
    assert [test.two_sided, test.less, test.greater] == pytest.approx(theirs, abs=1e-9)


@given(pairs)
def test_exact_probabilities_hang_together(pair: tuple[Count, Count]) -> None:
    test = f.fisher(*pair)
    swapped = f.fisher(pair[1], pair[0])
    observed = test.less + test.greater - 1
    assert 0 < test.mid_p < test.two_sided <= 1
    assert test.least_attainable <= test.two_sided
    assert test.mid_p <= test.two_sided - observed / 2 + 1e-12
    assert (test.two_sided, test.less) == (swapped.two_sided, swapped.greater)


@settings(max_examples=50, deadline=None)
@given(st.tuples(counts(15), counts(15)))
def test_the_conditional_odds_ratio_solves_its_equations_exactly(pair: tuple[Count, Count]) -> None:
    one, two = pair
    odds = f.odds_ratio(one, two)
    if odds is None:
        assert one.selected + two.selected in {0, one.total + two.total}
        return
    tail = pytest.approx(0.025, abs=1e-9)
    if 0 < odds.estimate < math.inf:
        mean = tail_probabilities(one, two, Fraction(odds.estimate))[0]
        assert float(mean) == pytest.approx(one.selected, abs=1e-9)
    if odds.interval.lower > 0:
        assert float(tail_probabilities(one, two, Fraction(odds.interval.lower))[2]) == tail
    if odds.interval.upper < math.inf:
        assert float(tail_probabilities(one, two, Fraction(odds.interval.upper))[1]) == tail
    assert odds.interval.lower <= odds.estimate <= odds.interval.upper


@given(counts())
def test_a_wilson_interval_holds_the_rate_and_mirrors(count: Count) -> None:
    low, high = f.wilson(count)
    assert 0 <= low <= count.rate <= high <= 1
    mirrored = f.wilson(Count(count.refused, count.total))
    assert (1 - high, 1 - low) == pytest.approx(tuple(mirrored))
    theirs = stats.binomtest(count.selected, count.total).proportion_ci(method="wilson")
    assert (low, high) == pytest.approx((float(theirs.low), float(theirs.high)), abs=1e-9)


@given(pairs)
def test_newcombe_intervals_hold_the_difference_and_mirror(pair: tuple[Count, Count]) -> None:
    one, two = pair
    low, high = f.newcombe(one, two)
    assert -1 - 1e-12 <= low <= one.rate - two.rate <= high <= 1 + 1e-12
    mirrored = f.newcombe(two, one)
    assert (-high, -low) == pytest.approx(tuple(mirrored))


@given(pairs)
def test_katz_intervals_turn_round_with_the_groups(pair: tuple[Count, Count]) -> None:
    interval, turned = f.katz(*pair), f.katz(pair[1], pair[0])
    if interval is None or turned is None:
        assert interval is turned is None
        assert 0 in {pair[0].selected, pair[1].selected}
    else:
        assert (1 / turned.upper, 1 / turned.lower) == pytest.approx(tuple(interval))


@given(pairs)
def test_one_stratum_gives_the_unstratified_figures(pair: tuple[Count, Count]) -> None:
    stratum = [Stratum(*pair)]
    common, katz = f.common_ratio(stratum), f.katz(*pair)
    if common is not None:
        assert katz is not None
        assert common.ratio == pytest.approx(float(pair[0].rate / pair[1].rate))
        assert tuple(common.interval) == pytest.approx(tuple(katz))
    assert f.standardised_difference(stratum) == pytest.approx(float(pair[0].rate - pair[1].rate))
    assert f.would_flip_within(stratum) == f.would_flip(*pair)


@given(strata_lists)
def test_strata_mirror_when_the_groups_are_swapped(strata: list[Stratum]) -> None:
    swapped = [Stratum(each.reference, each.focal) for each in strata]
    odds, turned = f.mantel_haenszel(strata), f.mantel_haenszel(swapped)
    if odds is None or turned is None:
        assert odds is turned is None
        return
    assert turned.p_corrected == pytest.approx(odds.p_corrected)
    assert odds.p <= odds.p_corrected
    assert odds.ets_class.translate(str.maketrans("+-", "-+")) == turned.ets_class
    if 0 < odds.odds_ratio < math.inf:
        assert turned.odds_ratio == pytest.approx(1 / odds.odds_ratio)
        assert turned.variance == pytest.approx(odds.variance)
    assert f.would_flip_within(strata) == f.would_flip_within(swapped)


@given(pairs)
def test_an_indication_needs_rule_test_and_robustness(pair: tuple[Count, Count]) -> None:
    comparison = f.compare(*pair)
    below = comparison.ratio is not None and comparison.ratio < Fraction(4, 5)
    significant = comparison.test.two_sided <= 0.05
    strong = below and significant and not f.would_flip(*pair)
    assert (comparison.verdict.word is f.Word.INDICATION) == strong
    if comparison.verdict.word is f.Word.NO_EVIDENCE:
        assert not below
        assert not significant


@given(pairs)
def test_a_verdict_does_not_depend_on_which_group_is_named_first(pair: tuple[Count, Count]) -> None:
    assert f.compare(*pair).verdict == f.compare(pair[1], pair[0]).verdict


@given(strata_lists)
def test_strata_give_a_verdict_for_all_counts(strata: list[Stratum]) -> None:
    comparison = f.compare_strata(strata)
    assert comparison.verdict.grounds
    assert comparison.pooled.focal.total == sum(each.focal.total for each in strata)


def test_nobody_selected_is_inconclusive() -> None:
    verdict = f.compare(Count(0, 40), Count(0, 40)).verdict
    assert verdict == f.Verdict(f.Word.INCONCLUSIVE, (f.Ground.NOBODY_SELECTED,))


def test_two_people_are_too_few_whatever_the_outcome() -> None:
    verdict = f.compare(Count(1, 1), Count(1, 2)).verdict
    assert f.Ground.NO_OUTCOME_COULD_BE_SIGNIFICANT in verdict.grounds
    assert verdict.is_too_few
    assert verdict.word is f.Word.INCONCLUSIVE


def test_equal_rates_of_a_cohort_of_eighty_show_no_evidence() -> None:
    verdict = f.compare(Count(20, 40), Count(20, 40)).verdict
    assert verdict.word is f.Word.NO_EVIDENCE


def test_complete_separation_in_a_stratum_is_still_tested() -> None:
    comparison = f.compare_strata([Stratum(Count(0, 20), Count(20, 20))])
    assert comparison.odds is not None
    assert (comparison.odds.odds_ratio, comparison.odds.interval) == (0, None)
    assert comparison.odds.ets_class == "C-"
    assert comparison.verdict.word is f.Word.INDICATION


def test_groups_below_two_percent_of_the_pool_are_not_judged() -> None:
    groups = {"large": Count(50, 99), "tiny": Count(1, 1)}
    large, tiny = f.impact_ratios(groups)
    assert (large.highest, large.ratio, large.is_judged) == ("large", Fraction(1), True)
    assert (tiny.is_judged, tiny.is_below_four_fifths) == (False, False)


@given(st.floats(-50, 50), st.floats(0.1, 20), st.integers(2, 200))
def test_equal_means_have_no_effect_and_g_is_smaller_than_d(
    mean: float, deviation: float, size: int
) -> None:
    sample = f.Sample(mean, deviation, size)
    assert f.mean_difference(sample, sample).d == 0
    effect = f.mean_difference(f.Sample(mean + 1, deviation, size), sample)
    assume(effect.d > 0)
    assert 0 < effect.g < effect.d


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Count(1, 0),
        lambda: Count(-1, 4),
        lambda: Count(5, 4),
        lambda: f.impact_ratios({}),
        lambda: f.wilson(Count(1, 2), 1.0),
        lambda: f.odds_ratio(Count(1, 2), Count(1, 2), 0.0),
        lambda: f.standardised_difference([]),
        lambda: f.compare_strata([]),
        lambda: f.mean_difference(f.Sample(1, 1, 1), f.Sample(1, 1, 9)),
        lambda: f.mean_difference(f.Sample(1, 0, 9), f.Sample(1, 0, 9)),
        lambda: f.paired_difference(1, 1, 1.0, 9),
    ],
)
def test_impossible_numbers_are_refused(wrong: object) -> None:
    assert callable(wrong)
    with pytest.raises(f.InvalidCounts) as refused:
        wrong()
    assert refused.value.code == "invalid-counts"
