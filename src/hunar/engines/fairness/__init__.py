"""Comparing groups fairly: impact ratios, exact tests, strata, verdicts, small-cell suppression."""

from __future__ import annotations

from .counts import CONFIDENCE, Count, Interval, InvalidCounts
from .exact import FisherTest, OddsRatio, fisher, odds_ratio
from .impact import FOUR_FIFTHS, MINIMUM_SHARE, ImpactRatio, impact_ratios, katz, would_flip
from .means import MeanDifference, Sample, mean_difference, paired_difference
from .proportions import cohen_h, newcombe, pooled_z, wilson
from .strata import (
    CommonRatio,
    MantelHaenszel,
    Stratum,
    common_ratio,
    mantel_haenszel,
    standardised_difference,
    would_flip_within,
)
from .suppression import (
    INTERNAL,
    PUBLIC,
    Bounds,
    Cell,
    Publication,
    is_publishable,
    small_differences,
    suppress,
    suppress_row,
)
from .verdict import (
    LEVEL,
    Comparison,
    Ground,
    StratifiedComparison,
    Verdict,
    Word,
    compare,
    compare_strata,
)

__all__ = [
    "CONFIDENCE",
    "FOUR_FIFTHS",
    "INTERNAL",
    "LEVEL",
    "MINIMUM_SHARE",
    "PUBLIC",
    "Bounds",
    "Cell",
    "CommonRatio",
    "Comparison",
    "Count",
    "FisherTest",
    "Ground",
    "ImpactRatio",
    "Interval",
    "InvalidCounts",
    "MantelHaenszel",
    "MeanDifference",
    "OddsRatio",
    "Publication",
    "Sample",
    "StratifiedComparison",
    "Stratum",
    "Verdict",
    "Word",
    "cohen_h",
    "common_ratio",
    "compare",
    "compare_strata",
    "fisher",
    "impact_ratios",
    "is_publishable",
    "katz",
    "mantel_haenszel",
    "mean_difference",
    "newcombe",
    "odds_ratio",
    "paired_difference",
    "pooled_z",
    "small_differences",
    "standardised_difference",
    "suppress",
    "suppress_row",
    "wilson",
    "would_flip",
    "would_flip_within",
]
