"""Measuring with tests: classical item and test statistics, scores by objective."""

from __future__ import annotations

from .classical import (
    InvalidScores,
    ItemScore,
    ItemStatistics,
    ObjectiveScore,
    TestStatistics,
    analyse,
    kr20,
    objective_scores,
    rounded,
)

__all__ = [
    "InvalidScores",
    "ItemScore",
    "ItemStatistics",
    "ObjectiveScore",
    "TestStatistics",
    "analyse",
    "kr20",
    "objective_scores",
    "rounded",
]
