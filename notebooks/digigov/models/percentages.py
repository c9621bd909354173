"""Percentages taken apart: what is counted, out of what, by which yardstick, when and who says so; and sums on them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

PARTS = ("numerator", "denominator", "date", "source")  # what names a percentage
ASPECTS = ("numerator", "denominator", "yardstick", "date", "source")  # in what two can differ
KIND = ("numerator", "denominator", "yardstick")  # what must be the same before one is taken from the other
# How far a figure is from the one that is wanted: another thing counted is worse than another day or publisher.
WEIGHTS = {"numerator": 4, "denominator": 2, "date": 1, "source": 1}

CALENDAR_YEAR = 24 * 365.0  # hours
WORKING_YEAR = 220 * 8.0
FULL_TIME_YEAR = 52 * 40.0


@dataclass(frozen=True)
class Figure:
    """A published percentage. The parts are ids; `date` is as exact as it is known: 2021, 2021-12, 2021-12-15.

    `unsaid` are those of KIND that the source leaves open: the id then stands for its words alone.
    """

    id: str
    axis: str  # supply, use or outcome
    value: float  # per cent
    numerator: str
    denominator: str
    yardstick: str
    date: str
    source: str
    unsaid: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Raise ValueError("value") for what is no percentage, ValueError("unsaid") for what is not of KIND."""
        if not 0 <= self.value <= 100:
            raise ValueError("value")
        if not self.unsaid <= set(KIND):
            raise ValueError("unsaid")


def overlap(one: str, other: str) -> bool:
    """Whether two dates of different exactness can mean the same time: 2021 and 2021-12 can."""
    return one.startswith(other) or other.startswith(one)


def differences(one: Figure, other: Figure) -> tuple[str, ...]:
    """In which of ASPECTS two figures differ; dates that overlap do not."""
    found = [aspect for aspect in ASPECTS if getattr(one, aspect) != getattr(other, aspect)]
    return tuple(aspect for aspect in found if aspect != "date" or not overlap(one.date, other.date))


def compared(one: Figure, other: Figure) -> dict[str, str]:
    """For each of ASPECTS: same, differs, overlaps (dates of different exactness), or unsaid: the words are the same,
    but what they stand for is not told, so that two figures may have been counted in two ways.
    """
    apart, open_ones = differences(one, other), one.unsaid & other.unsaid if one.id != other.id else frozenset()

    def state(aspect: str) -> str:
        if aspect in apart:
            return "differs"
        if getattr(one, aspect) != getattr(other, aspect):
            return "overlaps"
        return "unsaid" if aspect in open_ones else "same"

    return {aspect: state(aspect) for aspect in ASPECTS}


def comparable(one: Figure, other: Figure) -> bool:
    """Whether one may be taken from the other: by the words, the same thing out of the same whole by one yardstick."""
    return not set(KIND) & set(differences(one, other))


def matching(figures: Iterable[Figure], picked: Mapping[str, str]) -> list[Figure]:
    """The figures that have every part that is picked."""
    return [figure for figure in figures if all(getattr(figure, part) == value for part, value in picked.items())]


def offered(figures: Iterable[Figure], picked: Mapping[str, str], part: str) -> set[str]:
    """Values of `part` with which a figure exists, given the other parts that are picked."""
    others = {name: value for name, value in picked.items() if name != part}
    return {getattr(figure, part) for figure in matching(figures, others)}


def nearest(figures: Sequence[Figure], wanted: Mapping[str, str]) -> list[tuple[Figure, tuple[str, ...]]]:
    """Every figure with the parts in which it is not the wanted one, nearest first; at equal distance by time apart."""

    def lacking(figure: Figure) -> tuple[str, ...]:
        return tuple(part for part in PARTS if part in wanted and getattr(figure, part) != wanted[part])

    def distance(figure: Figure) -> tuple[float, float]:
        apart = abs(years(figure.date) - years(wanted["date"])) if "date" in wanted else 0.0
        return sum(WEIGHTS[part] for part in lacking(figure)), apart

    return [(figure, lacking(figure)) for figure in sorted(figures, key=distance)]


def years(date: str) -> float:
    """A date of a table as a number of years, the middle of what it leaves open."""
    year, *rest = (int(part) for part in date.split("-"))
    month = rest[0] - 1 if rest else 6
    day = (rest[1] - 1) / 31 if len(rest) > 1 else (0.5 if rest else 0.0)
    return year + (month + day) / 12


def joined(figures: Iterable[Figure], within: float = 1.25) -> list[tuple[Figure, Figure]]:
    """Neighbours in time that a line may join: one kind, one source, at most `within` years apart."""
    ordered = sorted(figures, key=lambda figure: years(figure.date))
    pairs = []
    for place, first in enumerate(ordered):
        later = [figure for figure in ordered[place + 1 :] if comparable(first, figure) and first.axis == figure.axis]
        if later and years(later[0].date) - years(first.date) <= within:
            pairs.append((first, later[0]))
    return pairs


# -- sums on published figures


def years_saved(requests: float, share: float, minutes: float, hours_a_year: float) -> float:
    """Years that are saved when of `requests` a `share` (0 to 1) saves `minutes` each, in years of `hours_a_year`.

    Raises ValueError naming what has no meaning.
    """
    for name, value in (("requests", requests), ("share", share), ("minutes", minutes)):
        if not np.isfinite(value) or value < 0 or (name == "share" and value > 1):
            raise ValueError(name)
    if not np.isfinite(hours_a_year) or hours_a_year <= 0:
        raise ValueError("hours_a_year")
    return requests * share * minutes / 60 / hours_a_year


def requests_behind(years_told: float, share: float, minutes: float, hours_a_year: float) -> float:
    """The number of requests with which `years_saved` gives `years_told`. ValueError as there, and for a share of 0."""
    each = years_saved(1, share, minutes, hours_a_year)
    if each <= 0:
        raise ValueError("share" if not share else "minutes")
    return years_told / each


def change(before: float, after: float) -> tuple[float, float]:
    """Difference, and difference in per cent of `before`. Raises ValueError("before") unless that is above 0."""
    if not before > 0:
        raise ValueError("before")
    return after - before, 100 * (after - before) / before


def implied_before(now: float, times: float) -> float:
    """The earlier value when `now` is said to be so many `times` as much. Raises ValueError("times") unless above 0."""
    if not times > 0:
        raise ValueError("times")
    return now / times
