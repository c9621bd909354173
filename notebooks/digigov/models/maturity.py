"""The World Bank's GovTech Maturity Index (GTMI): a mean of four parts, and four groups cut at fixed scores."""

from collections.abc import Mapping
from dataclasses import dataclass

PARTS = ("cgsi", "psdi", "dcei", "gtei")
GROUPS = ("A", "B", "C", "D")
FROM = {"A": 0.75, "B": 0.5, "C": 0.25, "D": 0.0}  # the score from which a group begins
NOISE = 1e-9  # what adding decimals may leave over


@dataclass(frozen=True)
class Way:
    """What lifting one part alone would take to reach a score, and the room that the part has below 1."""

    part: str
    needed: float
    room: float

    @property
    def possible(self) -> bool:
        return self.needed <= self.room + NOISE


def mean(parts: Mapping[str, float]) -> float:
    """The index: every part counts a quarter."""
    return sum(parts[part] for part in PARTS) / len(PARTS)


def group(score: float) -> str:
    """A, B, C or D. Raises ValueError("score") outside 0 to 1."""
    if not -NOISE <= score <= 1 + NOISE:
        raise ValueError("score")
    return next(name for name in GROUPS if score >= FROM[name] - NOISE)


def next_group(score: float) -> str | None:
    """The group above, or None for A."""
    place = GROUPS.index(group(score))
    return GROUPS[place - 1] if place else None


def ways_up(score: float, parts: Mapping[str, float]) -> tuple[Way, ...]:
    """For each part: what lifting it alone would take to reach the next group. Empty for group A.

    A quarter of a lift arrives in the index, so that four times the gap is needed, whichever part is lifted.
    """
    above = next_group(score)
    if above is None:
        return ()
    needed = len(PARTS) * (FROM[above] - score)
    return tuple(Way(part, needed, 1 - parts[part]) for part in PARTS)


def weakest(parts: Mapping[str, float]) -> str:
    """The lowest part: the one with most room, which keeps the index down most."""
    return min(PARTS, key=lambda part: parts[part])


def lifted(score: float, parts: Mapping[str, float], part: str, lift: float) -> tuple[float, float]:
    """The index and the part after a lift; what would go beyond 1 is lost. `score` is the published index."""
    new = min(parts[part] + lift, 1.0)
    return score + (new - parts[part]) / len(PARTS), new


def shares(groups: list[str]) -> dict[str, float]:
    """The share of each group, from 0 to 1."""
    return {name: groups.count(name) / len(groups) for name in GROUPS}


def place(score: float, others: list[float]) -> int:
    """1 + how many have a higher score. The World Bank groups and does not rank: for orientation only."""
    return 1 + sum(other > score + NOISE for other in others)
