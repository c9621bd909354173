"""Whom to inspect: by rotation, by complaints, or by a risk score learned from earlier inspections.

4,000 synthetic food establishments in a province. Each has a lasting risk; every year it violates or not by that
risk. A part of the risk shows in the files (size, years in business, complaints), a part only in what inspections
have found. A score is learned again every year from what was found where inspectors went: so it learns where they
looked. A share of the visits is drawn by lot.
"""

from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from digigov.models import inspection_score as score
from digigov.models.inspection_score import AREAS, CELLS, LEVELS, Array

ESTABLISHMENTS = 4000
STRONGEST = 1.5  # standard deviation of the log-odds of a violation at signal 1
PAST_YEARS = 3  # of files from before the score
HISTORIES = 2  # possible courses of events, averaged
RANDOM_SHARES = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0)
KNOWN, REMOTE = range(AREAS)  # city wards, which inspectors know well; remote communes

Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Case:
    """A province and its inspectorate. Shares and rates from 0 to 1."""

    inspections: float = 400  # a year
    signal: float = 0.8  # how far establishments differ in lasting risk
    past_lean: float = 0.5  # share of earlier inspections kept for the city wards; the others went anywhere
    blank_is_clean: bool = False  # learn from all establishments, those not visited taken for clean
    base_rate: float = 0.2  # establishments that violate in a year
    remote_share: float = 0.4  # establishments in remote communes
    remote_risk: float = 1.0  # their rate of violation over that of the city wards
    remote_complaints: float = 0.5  # their complaints over those of the city wards
    hidden: float = 0.3  # part of the lasting risk that no file shows before an inspection
    memory: float = 1  # years of results that a score is learned from
    years: float = 8
    seed: float = 11

    def __post_init__(self) -> None:
        """Raise ValueError naming the parameter that has no meaning."""
        for parameter in fields(self):
            value = getattr(self, parameter.name)
            if not np.isfinite(value) or value < 0:
                raise ValueError(parameter.name)
        for name in ("signal", "past_lean", "hidden"):
            if getattr(self, name) > 1:
                raise ValueError(name)
        if not 0 < self.base_rate < 1:
            raise ValueError("base_rate")
        if not 0.01 <= self.remote_share <= 0.99:  # each area needs establishments that differ
            raise ValueError("remote_share")
        for name in ("inspections", "memory", "years"):
            if getattr(self, name) < 1:
                raise ValueError(name)
        if self.inspections > ESTABLISHMENTS:
            raise ValueError("inspections")
        if not 0 < min(self.rates) <= max(self.rates) < 1:
            raise ValueError("remote_risk")

    @property
    def rates(self) -> tuple[float, float]:
        """Rate of violation in city wards and in remote communes; together they make the base rate."""
        known = self.base_rate / (1 - self.remote_share + self.remote_risk * self.remote_share)
        return known, self.remote_risk * known


@dataclass(frozen=True)
class Province:
    """The establishments, one entry each: area, class without a record, complaints (0-2), chance of a violation."""

    area: Indices
    blank_cell: Indices
    complaints: Indices
    risk: Array


@dataclass(frozen=True)
class Outcome:
    """What a way of choosing leads to; the last axis of `innocent` and `belief` is the area."""

    found: Array  # expected violations a visit, by year: (years,) or (years, random shares)
    innocent: Array  # of 1 establishment without violation, visited in a year: (areas,) or (random shares, areas)
    belief: Array | None = None  # mean probability that the last score gives the establishments: (random shares, areas)


def province(case: Case) -> Province:
    """The establishments of a case; the same for every way of choosing."""
    return _province(
        *(case.signal, case.remote_share, *case.rates, case.remote_complaints, case.hidden, int(case.seed))
    )


@lru_cache(maxsize=64)
def _province(
    signal: float, remote_share: float, known: float, remote: float, complaining: float, hidden: float, seed: int
) -> Province:
    random = np.random.default_rng([seed, 1])
    area = (np.arange(ESTABLISHMENTS) < round(remote_share * ESTABLISHMENTS)).astype(int)
    size = np.searchsorted([0.5, 0.85], random.random(ESTABLISHMENTS))  # small, middling, large
    years = np.searchsorted([0.3, 0.65], random.random(ESTABLISHMENTS))  # new, some years, long
    mean = np.where(area == REMOTE, 0.6 * complaining, 0.6)
    draw = random.random(ESTABLISHMENTS)
    complaints = (draw > np.exp(-mean)).astype(int) + (draw > np.exp(-mean) * (1 + mean))  # none, one, more: Poisson
    shown = 0.6 * size - 0.8 * years + 0.5 * complaints
    unseen = random.standard_normal(ESTABLISHMENTS)
    risk = np.empty(ESTABLISHMENTS)
    for number, rate in ((KNOWN, known), (REMOTE, remote)):
        here = area == number
        lasting = np.sqrt(1 - hidden) * _standard(shown[here]) + np.sqrt(hidden) * unseen[here]
        risk[here] = _with_mean(STRONGEST * signal * lasting, rate)
    return Province(area, score.cell(area, size, years, complaints, 0), complaints, risk)


def _standard(values: Array) -> Array:
    return (values - values.mean()) / values.std()


def _with_mean(log_odds: Array, rate: float) -> Array:
    """Probabilities with these differences of log-odds and this mean."""
    from scipy.optimize import brentq  # not needed before the first case is run

    def at(level: float) -> Array:
        return 1 / (1 + np.exp(-level - log_odds))

    return at(brentq(lambda level: at(level).mean() - rate, -60, 60, xtol=1e-10))


@lru_cache(maxsize=4)
def _draws(years: int, seed: int) -> tuple[NDArray[np.int32], Array]:
    """For each year and history a drawn order of all establishments, and one number each that decides who violates."""
    random = np.random.default_rng([seed, 2])
    shape = (PAST_YEARS + years, HISTORIES, ESTABLISHMENTS)
    lots = np.tile(np.arange(ESTABLISHMENTS, dtype=np.int32), (*shape[:2], 1))
    return random.permuted(lots, axis=2), random.random(shape)


def by_rotation(case: Case) -> Outcome:
    """Everybody in turn, in a drawn order; who was last visited longest ago comes first."""
    lots, _ = _draws(int(case.years), int(case.seed))
    order = np.argsort(lots[0], axis=1)
    visits = round(case.inspections)
    turns = (np.arange(int(case.years) * visits) % ESTABLISHMENTS).reshape(int(case.years), 1, visits)
    return _fixed(case, order[np.arange(HISTORIES)[:, np.newaxis], turns])


def by_complaints(case: Case) -> Outcome:
    """Where most people complain; among equals by lot."""
    lots, _ = _draws(int(case.years), int(case.seed))
    key = province(case).complaints * ESTABLISHMENTS + lots[PAST_YEARS:]
    return _fixed(case, _highest(key, round(case.inspections)))


def upper_bound(case: Case) -> float:
    """Violations a visit for whoever knew the risk of every establishment: nobody can expect more."""
    risk = np.sort(province(case).risk)
    return float(risk[-round(case.inspections) :].mean())


@lru_cache(maxsize=256)
def by_score(case: Case, shares: tuple[float, ...] = RANDOM_SHARES) -> Outcome:
    """Where the score is highest, but for a share drawn by lot: one column for each of `shares`.

    Every year the score is learned from the last `memory` years, then visits are made, then results are added to
    the files. All shares have the same lots and the same violations, so that only the choosing differs.
    Raises ValueError for a share that is none.
    """
    if not all(0 <= share <= 1 for share in shares):
        raise ValueError("random_share")
    place, years, visits = province(case), int(case.years), round(case.inspections)
    lots, chance = _draws(years, int(case.seed))
    history = np.tile(np.arange(HISTORIES), len(shares))
    drawn = np.repeat([round(share * visits) for share in shares], HISTORIES)[:, np.newaxis]
    files = _Files(place, len(history), case.blank_is_clean, int(case.memory))
    for year in range(PAST_YEARS):
        files.add(_as_ever(case, place, lots[year])[history], chance[year, history])
    found, innocent = np.empty((years, len(history))), np.zeros((len(history), AREAS))
    for year in range(years):
        scores = files.learn()
        order = lots[PAST_YEARS + year, history]
        # The lot decides among equals. Who is drawn comes before all others.
        key = np.take_along_axis(score.ranks(scores), files.cells, axis=1) * ESTABLISHMENTS + order
        key += (order < drawn) * np.int32(CELLS * ESTABLISHMENTS)
        visited = _highest(key, visits)
        found[year] = place.risk[visited].mean(axis=1)
        innocent += _innocent(place, visited) / years
        if year + 1 < years:
            files.add(visited, chance[PAST_YEARS + year, history])
    thought = np.take_along_axis(score.probability(scores), files.cells, axis=1)
    belief = np.column_stack([thought[:, place.area == area].mean(axis=1) for area in range(AREAS)])
    runs = (len(shares), HISTORIES)
    return Outcome(
        found.reshape(years, *runs).mean(axis=2),
        innocent.reshape(*runs, AREAS).mean(axis=1),
        belief.reshape(*runs, AREAS).mean(axis=1),
    )


def best_share(case: Case) -> float:
    """The share of RANDOM_SHARES with which a score finds most; nan where they find the same, to 1 in 1,000 visits."""
    found = by_score(case).found.mean(axis=0).round(3)
    return float("nan") if np.ptp(found) < 0.001 else RANDOM_SHARES[int(np.argmax(found))]


class _Files:
    """What is written about the establishments, in several courses of events: (courses, establishments)."""

    def __init__(self, place: Province, courses: int, blank_is_clean: bool, memory: int) -> None:
        self.cells = np.tile(place.blank_cell, (courses, 1))
        self._risk, self._blank_is_clean, self._memory = place.risk, blank_is_clean, memory
        self._course = np.arange(courses)[:, np.newaxis]
        self._visits: list[Array] = []
        self._found: list[Array] = []
        self._coefficients: Array | None = None

    def add(self, visited: Indices, chance: Array) -> None:
        """Write down a year: `visited` (courses, visits); `chance` (courses, establishments) decides who violates."""
        found = np.take_along_axis(chance, visited, axis=1) < self._risk[visited]
        before = np.take_along_axis(self.cells, visited, axis=1)
        # Taking a blank for clean, every establishment is a row, and one that was not visited is one without violation.
        self._visits.append(self._count(self.cells if self._blank_is_clean else before))
        self._found.append(self._count(before, found))
        worse = found & (before % LEVELS < LEVELS - 1)
        np.put_along_axis(self.cells, visited, before + worse, axis=1)

    def learn(self) -> Array:
        """Coefficients of the scores from the last years."""
        visits, found = sum(self._visits[-self._memory :]), sum(self._found[-self._memory :])
        self._coefficients = score.fit(visits, found, self._coefficients)
        return self._coefficients

    def _count(self, cells: Indices, weights: NDArray | None = None) -> Array:
        flat = (cells + CELLS * self._course).ravel()
        counts = np.bincount(flat, None if weights is None else weights.ravel(), minlength=CELLS * len(self._course))
        return counts.reshape(-1, CELLS).astype(float)


def _as_ever(case: Case, place: Province, lots: NDArray[np.int32]) -> Indices:
    """Visits of a year before the score: a share in the city wards only, the others anywhere; (histories, visits)."""
    visits = round(case.inspections)
    known = place.area == KNOWN
    kept = min(round(case.past_lean * visits), int(known.sum()))
    # First the wards' own part, then whoever comes next in another order.
    wards = _highest(np.where(known, lots, lots - ESTABLISHMENTS), kept)
    key = ESTABLISHMENTS - 1 - lots
    np.put_along_axis(key, wards, ESTABLISHMENTS + np.arange(kept, dtype=key.dtype), axis=1)
    return _highest(key, visits)


def _highest(key: NDArray, count: int) -> Indices:
    """Places of the `count` highest keys along the last axis, in rising order. No two keys of a row are equal."""
    if count == 0:
        return np.empty((*key.shape[:-1], 0), dtype=int)
    lowest = np.partition(key, -count, axis=-1)[..., -count, np.newaxis]
    return np.nonzero(key >= lowest)[-1].reshape(*key.shape[:-1], count)


def _fixed(case: Case, visited: Indices) -> Outcome:
    """Outcome of visits (years, histories, visits) that nothing is learned from."""
    place = province(case)
    innocent = _innocent(place, visited)
    return Outcome(place.risk[visited].mean(axis=(1, 2)), innocent.reshape(-1, AREAS).mean(axis=0))


def _innocent(place: Province, visited: Indices) -> Array:
    """Share of the establishments without violation that are visited, by area in a new last axis; expected."""
    without = 1 - place.risk
    seen, area = without[visited], place.area[visited]
    return np.stack(
        [(seen * (area == number)).sum(axis=-1) / without[place.area == number].sum() for number in range(AREAS)],
        axis=-1,
    )
