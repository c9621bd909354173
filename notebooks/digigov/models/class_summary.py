"""Many assessments as one: medians and the middle half, so that no single one can be read from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from digigov.models.assessment import LEVELS

FEWEST = 3  # of two, each can subtract their own mark and has the other's


@dataclass(frozen=True)
class Spread:
    """Of one indicator: how many marked it, the median level and the ends of the middle half (levels, 1 to 4)."""

    n: int
    median: float
    low: float
    high: float


def summary(assessments: Sequence[Mapping[str, int]], indicators: Sequence[str]) -> dict[str, Spread | None]:
    """For each indicator its spread; None where fewer than FEWEST marked it, who would not be anonymous.

    Quartiles by linear interpolation between ordered marks. Raises ValueError("level") for a level that is none, and
    ValueError("assessments") for fewer than FEWEST of them.
    """
    if len(assessments) < FEWEST:
        raise ValueError("assessments")
    return {name: _spread([one[name] for one in assessments if name in one]) for name in indicators}


def weakest_of(spreads: Mapping[str, Spread | None]) -> list[tuple[float, tuple[str, ...]]]:
    """Indicators by median, lowest first; those of one median are tied, in the order given."""
    medians = {name: spread.median for name, spread in spreads.items() if spread}
    return [
        (median, tuple(name for name in medians if medians[name] == median)) for median in sorted({*medians.values()})
    ]


def _spread(levels: Sequence[int]) -> Spread | None:
    if any(level not in LEVELS for level in levels):
        raise ValueError("level")
    if len(levels) < FEWEST:
        return None
    low, median, high = np.percentile(levels, [25, 50, 75])
    return Spread(len(levels), float(median), float(low), float(high))
