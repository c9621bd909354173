"""Re-scaling from 0 to 1 between the worst and the best: what it does to one country that improves (misconception M16).

Raw scores are points of any kind; only their order and distances count.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Race:
    """Raw scores before, and what each is multiplied by. Raises ValueError with a parameter's name if there is no
    ruler to measure with: nobody ahead of anybody."""

    own: float = 30
    best: float = 50
    worst: float = 5
    own_growth: float = 2
    best_growth: float = 3
    worst_growth: float = 3

    def __post_init__(self) -> None:
        for name in ("own", "best", "worst", "own_growth", "best_growth", "worst_growth"):
            if not 0 <= getattr(self, name) < float("inf"):
                raise ValueError(name)
        for low, high in (ruler(self.before), ruler(self.after)):
            if low == high:
                raise ValueError("best")

    @property
    def before(self) -> tuple[float, float, float]:
        """Raw scores of the country, the best and the worst."""
        return self.own, self.best, self.worst

    @property
    def after(self) -> tuple[float, float, float]:
        return self.own * self.own_growth, self.best * self.best_growth, self.worst * self.worst_growth


def ruler(scores: tuple[float, ...]) -> tuple[float, float]:
    """Where 0 and 1 lie: the lowest and the highest raw score, whoever has it."""
    return min(scores), max(scores)


def scaled(score: float, low: float, high: float) -> float:
    """A raw score on the ruler from `low` (0) to `high` (1)."""
    return (score - low) / (high - low)


def index_before(race: Race) -> float:
    return scaled(race.own, *ruler(race.before))


def index_after(race: Race) -> float:
    return scaled(race.after[0], *ruler(race.after))


def on_the_old_ruler(race: Race) -> float:
    """The new raw score measured with the ruler of before: the country's own part. May lie above 1 or below 0."""
    return scaled(race.after[0], *ruler(race.before))


def own_part(race: Race) -> float:
    """What the country's own raw score did to its index."""
    return on_the_old_ruler(race) - index_before(race)


def others_part(race: Race) -> float:
    """What moving the ends of the ruler did to it."""
    return index_after(race) - on_the_old_ruler(race)


def growth_to_stay(race: Race) -> float:
    """By how much the raw score must grow for the index to stay as it was, the others moving as they do.

    Infinite for a country without points. Exact as long as the country stays between the two others.
    """
    low, high = ruler(race.after[1:])
    needed = low + index_before(race) * (high - low)
    return needed / race.own if race.own else float("inf")
