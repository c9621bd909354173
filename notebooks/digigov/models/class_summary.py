"""Many assessments as one: the median and the middle half of each indicator, and from how many on they hide whose.

Counted over all classes (a test does it again): of three or four marks the three numbers give every one. Of five to
eight they give three at least, and whoever marked unlike all others may read what each of them marked. From nine on
two marks or more lie beyond each quartile, so that nobody can be sure of another's: at most one of them is their own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from digigov.models.assessment import LEVELS

FEWEST = 5  # of fewer every mark can be worked out
SAFE = 9  # of fewer, one who marked unlike all others can be sure of theirs


@dataclass(frozen=True)
class Spread:
    """Of one indicator: how many marked it, the median level and the ends of the middle half (levels, 1 to 4)."""

    n: int
    median: float
    low: float
    high: float


def summary(assessments: Sequence[Mapping[str, int]], indicators: Sequence[str]) -> dict[str, Spread | None]:
    """For each indicator its spread; None where fewer than FEWEST marked it, since every mark could be worked out.

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
