"""A risk score: which establishment looks like those where violations were found. Logistic regression by classes.

Every establishment falls into one of `CELLS` classes of its five features, and two establishments of one class
cannot be told apart by a score. So a score is learned from counts by class (visited, violations found), which is
the same as learning from the rows one by one, and many scores are learned at once: arrays have a first axis of scores.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

LEVELS = 3  # of size, years in business, complaints and violations on record: the lowest, the middle, the highest
AREAS = 2  # city wards, remote communes
CELLS = AREAS * LEVELS**4
TOLERANCE = 1e-6  # largest last step of a linear predictor; what is left after it is of the order of its square
TIE = 1e-7  # scores closer than this are one: which of them is larger is no knowledge


def cell(area: ArrayLike, size: ArrayLike, years: ArrayLike, complaints: ArrayLike, record: ArrayLike) -> NDArray:
    """The class of each establishment, 0 to CELLS - 1. The record is counted last, so one more is the next class."""
    number = np.asarray(area)
    for feature in (size, years, complaints, record):
        number = number * LEVELS + np.asarray(feature)
    return number


def _design() -> Array:
    """One row a class: intercept, area, then two indicators (middle, highest) for each feature of three levels."""
    area, *features = np.unravel_index(np.arange(CELLS), (AREAS, *[LEVELS] * 4))
    columns = [np.ones(CELLS), area == 1]
    columns += [feature == level for feature in features for level in range(1, LEVELS)]
    return np.column_stack(columns).astype(float)


DESIGN = _design()
PRODUCTS = (DESIGN[:, :, np.newaxis] * DESIGN[:, np.newaxis, :]).reshape(CELLS, -1)  # of the columns, class by class


def fit(visits: ArrayLike, found: ArrayLike, start: Array | None = None, strength: float = 1.0) -> Array:
    """Coefficients (scores, columns of DESIGN) of logistic regressions with ridge penalty, intercept free.

    `visits` and `found` are counts (scores, CELLS). Minimises Σ log-loss + |coefficients|²/(2·strength): what
    scikit-learn's LogisticRegression(C=strength) does, which needs a call for each score. Newton's method from
    `start`, if given; each step is shortened by log(1 + d)/d, d the largest change of a linear predictor, which
    never raises the loss (Bach 2010, Self-concordant analysis for logistic regression, Electronic Journal of
    Statistics 4). Raises ValueError where nobody was visited.
    """
    visits, found = np.asarray(visits, dtype=float), np.asarray(found, dtype=float)
    total, hits = visits.sum(axis=1), found.sum(axis=1)
    if np.any(total <= 0) or np.any(found > visits) or np.any(found < 0):
        raise ValueError("visits")
    penalty = np.full(DESIGN.shape[1], 1 / strength)
    penalty[0] = 0
    if start is None:
        coefficients = np.zeros((len(visits), len(penalty)))
        coefficients[:, 0] = np.log((hits + 0.5) / (total - hits + 0.5))
    else:
        coefficients = start.copy()
    for _ in range(100):
        expected = probability(coefficients)
        slope = (found - visits * expected) @ DESIGN - penalty * coefficients
        weight = visits * expected * (1 - expected)
        curve = (weight @ PRODUCTS).reshape(len(visits), len(penalty), -1) + np.diag(penalty)
        # Nothing penalises the intercept, and where hardly anything was found nothing else holds it.
        curve[:, 0, 0] += 1e-9
        step = np.linalg.solve(curve, slope[..., np.newaxis])[..., 0]
        change = np.abs(step @ DESIGN.T).max(axis=1)
        coefficients += step * (np.log1p(change) / np.maximum(change, 1e-300))[:, np.newaxis]
        if change.max() < TOLERANCE:
            break
    return coefficients


def probability(coefficients: Array) -> Array:
    """Probability of a violation that each score gives each class: (scores, CELLS)."""
    return 1 / (1 + np.exp(-coefficients @ DESIGN.T))


def ranks(coefficients: Array) -> NDArray[np.int32]:
    """Place of each class, (scores, CELLS), the riskiest highest; classes with one and the same score share a place."""
    scores = coefficients @ DESIGN.T
    order = np.argsort(scores, axis=1, kind="stable")
    climbing = np.diff(np.take_along_axis(scores, order, axis=1), axis=1) > TIE
    places = np.zeros(scores.shape, dtype=np.int32)
    places[:, 1:] = np.cumsum(climbing, axis=1)
    found = np.empty_like(places)
    np.put_along_axis(found, order, places, axis=1)
    return found
