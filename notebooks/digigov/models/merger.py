"""Two provinces become one: what the published score does, and what the offices do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Merger:
    """Two scores from 0 to 1, the weight of the first in the merged one, and what really changed in every office.

    Raises ValueError with a parameter's name.
    """

    first: float
    second: float
    weight: float = 0.5
    real_change: float = 0.0

    def __post_init__(self) -> None:
        for name in ("first", "second", "weight"):
            if not 0 <= getattr(self, name) <= 1:
                raise ValueError(name)
        if not -1 <= self.real_change <= 1:
            raise ValueError("real_change")

    @property
    def scores(self) -> tuple[float, float]:
        """Published before the merger."""
        return self.first, self.second


def offices(merger: Merger) -> tuple[float, float]:
    """What the offices of each former province would score by themselves after the merger; 0 and 1 are the ends."""
    first, second = (min(max(score + merger.real_change, 0.0), 1.0) for score in merger.scores)
    return first, second


def merged(merger: Merger) -> float:
    """The score of the new unit: the weighted mean of what its offices do."""
    first, second = offices(merger)
    return merger.weight * first + (1 - merger.weight) * second


def jumps(merger: Merger) -> tuple[float, float]:
    """By how much the score over each former province's people changes."""
    return merged(merger) - merger.first, merged(merger) - merger.second
