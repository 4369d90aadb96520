"""Published tables and worked examples, to the printed digits."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from hunar.engines import fairness as f
from hunar.engines.fairness import Count, Stratum

REFDATA = Path(__file__).parents[5].parent / "shared" / "refdata"
needs_refdata = pytest.mark.skipif(not REFDATA.exists(), reason=f"needs {REFDATA}")


def printed(value: float, digits: int = 8) -> object:
    return pytest.approx(value, abs=0.5 * 10.0**-digits + 1e-15)


def both(interval: f.Interval | None, low: float, high: float, digits: int) -> bool:
    assert interval is not None
    return interval.lower == printed(low, digits) and interval.upper == printed(high, digits)


# R datasets::UCBAdmissions (Bickel, Hammel and O'Connell 1975): women and men by department,
# admitted and rejected.
BERKELEY = [
    Stratum(Count(89, 89 + 19), Count(512, 512 + 313)),
    Stratum(Count(17, 17 + 8), Count(353, 353 + 207)),
    Stratum(Count(202, 202 + 391), Count(120, 120 + 205)),
    Stratum(Count(131, 131 + 244), Count(138, 138 + 279)),
    Stratum(Count(94, 94 + 299), Count(53, 53 + 138)),
    Stratum(Count(24, 24 + 317), Count(22, 22 + 351)),
]


def test_t1_hiring_rates_of_the_ugesp_questions_of_1979() -> None:
    groups = {
        "a": Count(60, 100),
        "b": Count(45, 100),
        "c": Count(48, 100),
        "d": Count(51, 100),
    }
    ratios = f.impact_ratios(groups)
    assert [each.ratio for each in ratios] == [1, Fraction(3, 4), Fraction(4, 5), Fraction(17, 20)]
    assert [each.group for each in ratios if each.is_below_four_fifths] == ["b"]
    assert {each.highest for each in ratios} == {"a"}


def test_t2_twelve_of_forty_against_forty_eight_of_eighty() -> None:
    """The numbers of the EEOC's example; R's fisher.test for the exact values."""
    focal, reference = Count(12, 40), Count(48, 80)
    comparison = f.compare(focal, reference)
    assert comparison.ratio == Fraction(1, 2)
    assert comparison.test.two_sided == printed(0.0034092218, 10)
    assert comparison.test.less == printed(0.0017046109, 10)
    assert comparison.test.mid_p == printed(0.0021422401, 10)
    assert both(comparison.ratio_interval, 0.30143294, 0.82937186, 8)
    assert f.pooled_z(focal, reference) == printed(-3.09838668)
    assert both(comparison.difference_interval, -0.45587630, -0.11076805, 8)
    assert comparison.effect == printed(-0.61287477)
    assert comparison.verdict.word is f.Word.INDICATION
    # R's root finder stops at a tolerance of 1.2e-4.
    assert comparison.odds_ratio is not None
    assert comparison.odds_ratio.estimate == pytest.approx(0.28885841, abs=1.2e-4)
    assert comparison.odds_ratio.interval.lower == pytest.approx(0.11562892, abs=1.2e-4)
    assert comparison.odds_ratio.interval.upper == pytest.approx(0.68689193, abs=1.2e-4)


def test_t3_ugesp_question_21_is_too_few_to_judge() -> None:
    comparison = f.compare(Count(1, 10), Count(3, 20))
    assert comparison.ratio is not None
    assert float(comparison.ratio) == printed(0.6667, 4)
    assert comparison.test.two_sided == 1
    assert comparison.ratio_interval is not None
    assert comparison.ratio_interval.lower == printed(0.079, 3)
    assert comparison.ratio_interval.upper == printed(5.62, 2)
    assert comparison.verdict.word is f.Word.INCONCLUSIVE
    assert comparison.verdict.is_too_few


def test_t4_berkeley_admissions_of_bickel_et_al_1975() -> None:
    comparison = f.compare_strata(BERKELEY)
    assert comparison.pooled.focal == Count(557, 1835)
    assert comparison.pooled.reference == Count(1198, 2691)
    assert comparison.pooled.ratio is not None
    assert float(comparison.pooled.ratio) == printed(0.68182984)
    assert comparison.pooled.verdict.word is f.Word.INDICATION
    odds = comparison.odds
    assert odds is not None
    assert odds.interval is not None
    # R prints the odds of men over those of women.
    assert 1 / odds.odds_ratio == printed(0.9046968, 7)
    assert 1 / odds.interval.upper == printed(0.7719074, 7)
    assert 1 / odds.interval.lower == printed(1.0603298, 7)
    assert odds.chi_square_corrected == printed(1.4269462, 7)
    assert odds.chi_square == printed(1.5246067, 7)
    assert odds.p_corrected == printed(0.2322635, 7)
    assert odds.variance == printed(0.0065592035, 10)
    assert comparison.verdict.word is f.Word.NO_EVIDENCE


def test_t5_fisher_tasting_tea() -> None:
    """R help of fisher.test, after Agresti 1990."""
    test = f.fisher(Count(3, 4), Count(1, 4))
    assert test.greater == printed(0.2428571, 7)
    assert test.two_sided == printed(0.4857143, 7)


def test_t6_convictions_of_twins() -> None:
    """R help of fisher.test, after Fisher 1962."""
    dizygotic, monozygotic = Count(2, 17), Count(10, 13)
    test = f.fisher(dizygotic, monozygotic)
    assert test.two_sided == printed(0.0005367241, 10)
    assert test.less == printed(0.0004651809, 10)
    odds = f.odds_ratio(dizygotic, monozygotic)
    assert odds is not None
    # R's root finder stops at a tolerance of 1.2e-4.
    assert odds.estimate == pytest.approx(0.04693661, abs=1.2e-4)
    assert odds.interval.lower == pytest.approx(0.003325764, abs=1.2e-4)
    assert odds.interval.upper == pytest.approx(0.3631823, abs=1.2e-4)


@pytest.mark.parametrize(
    ("selected", "total", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_t7_wilson_intervals_of_newcombe_1998a_table_1(
    selected: int, total: int, low: float, high: float
) -> None:
    assert both(f.wilson(Count(selected, total)), low, high, 4)


@pytest.mark.parametrize(
    ("focal", "reference", "low", "high"),
    [
        (Count(56, 70), Count(48, 80), 0.0524, 0.3339),
        (Count(9, 10), Count(3, 10), 0.1705, 0.8090),
        (Count(6, 7), Count(2, 7), 0.0582, 0.8062),
        (Count(5, 56), Count(0, 29), -0.0381, 0.1926),
        (Count(0, 10), Count(0, 20), -0.1611, 0.2775),
        (Count(10, 10), Count(0, 10), 0.6075, 1.0),
    ],
)
def test_t8_differences_of_newcombe_1998b_table_2_method_10(
    focal: Count, reference: Count, low: float, high: float
) -> None:
    assert both(f.newcombe(focal, reference), low, high, 4)


def test_t9_independent_groups_of_borenstein_et_al_2009_chapter_4() -> None:
    effect = f.mean_difference(f.Sample(103, 5.5, 50), f.Sample(100, 4.5, 50))
    assert effect.deviation == printed(5.0249, 4)
    assert effect.d == printed(0.5970, 4)
    assert effect.variance == printed(0.0418, 4)
    assert effect.correction == printed(0.9923, 4)
    assert effect.g == printed(0.5924, 4)
    assert effect.variance_of_g == printed(0.0411, 4)


def test_t10_matched_groups_of_borenstein_et_al_2009_chapter_4() -> None:
    effect = f.paired_difference(3, 5.5, 0.7, 50)
    assert effect.deviation == printed(7.1005, 4)
    assert effect.d == printed(0.4225, 4)
    assert effect.variance == printed(0.0131, 4)
    assert effect.correction == printed(0.9846, 4)
    assert effect.g == printed(0.4160, 4)
    assert effect.variance_of_g == printed(0.0127, 4)


def test_t13_three_score_bands_by_hand() -> None:
    """Sum of AD/T is 25, of BC/T is 10; the focal group's expected successes are 75, it has 60."""
    strata = [
        Stratum(Count(10, 50), Count(20, 50)),
        Stratum(Count(20, 50), Count(30, 50)),
        Stratum(Count(30, 50), Count(40, 50)),
    ]
    odds = f.mantel_haenszel(strata)
    assert odds is not None
    assert 1 / odds.odds_ratio == printed(2.5, 12)
    assert odds.variance == printed(0.064, 12)
    assert odds.chi_square_corrected == printed(12.4267164, 7)
    assert odds.chi_square == printed(13.2985075, 7)
    assert odds.delta == printed(-2.1532832, 7)
    assert odds.delta_error == printed(0.5945082, 7)
    assert odds.delta_error is not None
    assert (abs(odds.delta) - 1) / odds.delta_error == printed(1.93989, 5)
    assert odds.ets_class == "C-"
    assert f.standardised_difference(strata) == printed(-0.20, 12)


@needs_refdata
def test_the_mantel_haenszel_examples_of_base_r() -> None:
    known = json.loads((REFDATA / "dif" / "mantelhaen_base_R.json").read_text())
    odds = f.mantel_haenszel(BERKELEY)
    assert odds is not None
    assert odds.chi_square_corrected == pytest.approx(
        known["UCBAdmissions"]["statistic"]["Mantel-Haenszel X-squared"], abs=1e-11
    )
    assert odds.p_corrected == pytest.approx(known["UCBAdmissions"]["p"], abs=1e-11)
    assert 1 / odds.odds_ratio == pytest.approx(known["UCBAdmissions"]["estimate"], abs=1e-12)
    assert odds.p == pytest.approx(known["UCB_no_cc"]["p"], abs=1e-11)
    # Agresti's rabbits: penicillin at once or after 1.5 hours, at five doses.
    rabbits = known["Rabbits_agresti"]["asymptotic"]
    (soon_cured, soon_died), (late_cured, late_died) = known["Rabbits_agresti"]["table"]
    odds = f.mantel_haenszel(
        [
            Stratum(
                Count(soon_cured[n], soon_cured[n] + soon_died[n]),
                Count(late_cured[n], late_cured[n] + late_died[n]),
            )
            for n in range(5)
        ]
    )
    assert odds is not None
    assert odds.interval is not None
    assert odds.odds_ratio == pytest.approx(rabbits["estimate"], abs=1e-12)
    assert odds.p_corrected == pytest.approx(rabbits["p"], abs=1e-11)
    assert list(odds.interval) == pytest.approx(rabbits["ci"], abs=1e-10)


def test_sizes_where_rule_and_test_disagree() -> None:
    """The rule alone flags 6/10 against 3/8; the test alone flags .92 of 10,000."""
    few = f.compare(Count(3, 8), Count(6, 10))
    many = f.compare(Count(4600, 10_000), Count(5000, 10_000))
    assert few.ratio == Fraction(5, 8)
    assert many.ratio == Fraction(23, 25)
    assert f.Ground.BELOW_FOUR_FIFTHS in few.verdict.grounds
    assert f.Ground.NOT_SIGNIFICANT in few.verdict.grounds
    assert f.Ground.NOT_BELOW_FOUR_FIFTHS in many.verdict.grounds
    assert f.Ground.SIGNIFICANT in many.verdict.grounds
    assert few.verdict.word is many.verdict.word is f.Word.INCONCLUSIVE
