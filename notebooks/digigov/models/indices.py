"""An index that is a weighted mean of parts, such as the UN's E-Government Development Index (EGDI).

Scores of countries from their parts, places, the weights behind published scores, and what moved a country between
two editions: in points, and in places. Parts stand in the last axis: `(…, countries, parts)`. EGDI = (OSI + HCI +
TII) / 3 since 2012 (UN DESA, E-Government Survey, methodology); earlier weights are what `fit` finds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

NOISE = 9  # decimals behind which two sums of the same numbers may differ
PRINTED = 1e-4  # scores have been printed with four or five decimals: a miss above this is no rounding

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
Counts = NDArray[np.int64]
Held = Literal["place", "score"]


@dataclass(frozen=True)
class Fit:
    """How well weights give the published scores of an edition: differences over all scored countries."""

    weights: Array
    largest: float
    median: float
    missed: int  # countries whose difference is more than rounding
    countries: int


def normalised(weights: ArrayLike) -> Array:
    """The weights as shares of their sum. Raises ValueError("weights") for a negative one and for a sum of zero."""
    given = np.asarray(weights, dtype=float)
    if not np.all(np.isfinite(given)) or np.any(given < 0) or given.sum() <= 0:
        raise ValueError("weights")
    return given / given.sum()


def score(parts: ArrayLike, weights: ArrayLike) -> Array:
    """The weighted mean of the last axis. Raises ValueError("weights"), also for too many or too few of them."""
    given, shares = np.asarray(parts, dtype=float), normalised(weights)
    if shares.shape != given.shape[-1:]:
        raise ValueError("weights")
    return given @ shares


def ranks(scores: ArrayLike) -> Counts:
    """Places from the highest score down, ties sharing the better one (1, 2, 2, 4). Raises ValueError("scores")."""
    given = _rounded(scores)
    if given.ndim != 1 or not np.all(np.isfinite(given)):
        raise ValueError("scores")
    return len(given) + 1 - np.searchsorted(np.sort(given), given, side="right")


def ranks_by_part(parts: ArrayLike) -> Counts:
    """Places by each part alone: countries × parts."""
    return np.stack([ranks(part) for part in np.asarray(parts, dtype=float).T], axis=-1)


def place_among(value: float, others: ArrayLike) -> int:
    """The place that `value` would have if it joined `others`."""
    return int(np.sum(_rounded(others) > round(float(value), NOISE))) + 1


def misses(parts: ArrayLike, published: ArrayLike, weights: ArrayLike) -> Array:
    """How far the weighted mean is from the published score, for the countries whose published score is above 0."""
    scores, told = score(parts, weights), np.asarray(published, dtype=float)
    return np.abs(scores - told)[told > 0]


def compare(parts: ArrayLike, published: ArrayLike, weights: ArrayLike) -> Fit:
    """How well these weights give the published scores. Raises ValueError("published") when no country is scored."""
    missed = misses(parts, published, weights)
    if not missed.size:
        raise ValueError("published")
    return Fit(
        normalised(weights),
        largest=float(missed.max()),
        median=float(np.median(missed)),
        missed=int(np.sum(missed > PRINTED)),
        countries=missed.size,
    )


def fit(parts: ArrayLike, published: ArrayLike) -> Fit:
    """The weights that give the published scores best, by least squares, as shares of their sum; none below 0.

    Raises ValueError("published") when no country is scored.
    """
    given, told = np.asarray(parts, dtype=float), np.asarray(published, dtype=float)
    if not np.any(told > 0):
        raise ValueError("published")
    weights = np.linalg.lstsq(given[told > 0], told[told > 0], rcond=None)[0]
    return compare(given, told, np.maximum(weights, 0.0))


def contributions(before: ArrayLike, after: ArrayLike, weights_before: ArrayLike, weights_after: ArrayLike) -> Array:
    """Points that each part adds to a country's change of score; their sum is the change itself."""
    return np.asarray(after, dtype=float) * normalised(weights_after) - np.asarray(before, dtype=float) * normalised(
        weights_before
    )


def held_value(before: ArrayLike, after: ArrayLike, country: int, part: int, held: Held) -> float:
    """What a country would have in the later edition if one of its parts had stayed.

    Held by `score`: the value of the earlier edition. Held by `place`: the value which in the later edition stands at
    the place that the country had in the earlier one. `before`, `after`: countries × parts.
    """
    then, now = np.asarray(before, dtype=float)[:, part], np.asarray(after, dtype=float)[:, part]
    if held == "score":
        return float(then[country])
    return float(np.sort(now)[len(now) - ranks(then)[country]])


def rank_if_held(
    before: ArrayLike, after: ArrayLike, country: int, parts: Sequence[int], held: Held, weights: ArrayLike
) -> int:
    """The country's place in the later edition if these of its parts had stayed, all others' values as they are."""
    now = np.asarray(after, dtype=float)
    own = now[country].copy()
    for part in parts:
        own[part] = held_value(before, after, country, part, held)
    return place_among(float(score(own, weights)), np.delete(score(now, weights), country))


def means(values: ArrayLike, members: Flags) -> Array:
    """Mean over the countries of a group: the countries stand in the first axis. Raises ValueError("members")."""
    if not np.any(members):
        raise ValueError("members")
    return np.asarray(values, dtype=float)[members].mean(axis=0)


def bands(scores: ArrayLike, limits: Sequence[float] = (0.75, 0.5, 0.25)) -> tuple[int, ...]:
    """How many countries stand above each limit but not above the one before it; at last those above none.

    Limits of the UN's groups: very high, high, middle, low.
    """
    above = [int(np.sum(_rounded(scores) > limit)) for limit in limits]
    return tuple(np.diff([0, *above, np.asarray(scores).size]).tolist())


def grid(steps: int = 100) -> Array:
    """All weights of three parts in whole steps that add up to 1."""
    first, second = np.meshgrid(np.arange(steps + 1), np.arange(steps + 1), indexing="ij")
    inside = first + second <= steps
    return np.stack([first[inside], second[inside], steps - first[inside] - second[inside]], axis=-1) / steps


def places_over(parts: ArrayLike, country: int, weights: Array) -> Counts:
    """The country's place under each row of `weights`."""
    scores = _rounded(np.asarray(parts, dtype=float) @ weights.T)
    return np.sum(scores > scores[country], axis=0) + 1


def _rounded(scores: ArrayLike) -> Array:
    return np.round(np.asarray(scores, dtype=float), NOISE)
