"""From patients to an alarm: reports that come late, in batches, incomplete and among other illnesses alike.

Every day health stations see patients of the outbreak and of other illnesses that look like it, Poisson numbers
of both. A part of them gets into reports. The decision maker adds up the last days of reports and raises an alarm
when the sum is more than the usual one and so many standard deviations.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import floor, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, pdtr, pdtrc, pdtrik

RUNS = 300  # simulated outbreaks, which differ by the luck of the day and the weekday on which they begin
WATCHED = 365  # days from the first infection within which an alarm is looked for
BEFORE = 28  # days of reports before the first infection
YEAR = 365
SURE = 6.0  # standard deviations that leave no doubt
HIGHEST = 5.0  # threshold that is worth a look

Array = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Reporting:
    """How reports come. Times in days, `threshold` in standard deviations of the usual sum."""

    every: int  # days between two reports
    window: int  # days of reports that are added up
    delay: int  # from the end of the day, or of the week, until the decision maker has it
    complete: float  # share of patients that gets into reports
    threshold: float


@dataclass(frozen=True)
class Signal:
    """What there is to be reported, if nobody forgot anything."""

    ill: Array  # patients of the outbreak, by day from day 1
    background: float  # patients of other illnesses, a day
    confirm: float  # expected patients of the outbreak in the window, without which an alarm is taken for a false one


@dataclass(frozen=True)
class Watch:
    """What `RUNS` simulated outbreaks give. Days count from the first infection; inf is never."""

    usual: float  # sum of a window in quiet times
    limit: int  # the sum that raises the alarm
    alarm: float  # the median day
    early: float  # by this day one in ten has had its alarm,
    late: float  # and by this one nine in ten
    highest: Counts  # the largest sum seen by the end of each day, in the median outbreak
    typical: int  # a run that has its alarm on the median day
    phase: int  # of that run: reports are made up at the end of days with this remainder


def usual_sum(background: float, reporting: Reporting) -> float:
    """Patients reported in a window when there is no outbreak."""
    return background * reporting.complete * reporting.window


def limit(usual: float, threshold: float) -> int:
    """The smallest whole number above `usual` and `threshold` standard deviations of a Poisson number."""
    return floor(usual + threshold * sqrt(usual)) + 1


@lru_cache(maxsize=256)
def false_alarms(background: float, reporting: Reporting) -> float:
    """Expected alarms a year without any outbreak: looks above the limit that follow one below it.

    Two looks share the days in which their windows overlap. Given what these hold, the rest of either is Poisson.
    """
    usual = usual_sum(background, reporting)
    if usual <= 0:
        return 0.0
    reached = limit(usual, reporting.threshold)
    shared = max(reporting.window - reporting.every, 0) / reporting.window
    inside = np.arange(reached + ceil_of_tail(usual))
    both = np.diff(pdtr(inside, shared * usual), prepend=0.0)
    # P(X >= n) is P(X > n - 1), and certain for n = 0 or less.
    rest = np.where(inside < reached, pdtrc(np.maximum(reached - inside - 1, 0), (1 - shared) * usual), 1.0)
    return YEAR / reporting.every * float((both * rest * (1 - rest)).sum())


def ceil_of_tail(rate: float) -> int:
    """Far enough above a Poisson rate for what lies beyond to be nothing."""
    return int(rate + 10 * sqrt(rate) + 20)


def watch(signal: Signal, reporting: Reporting) -> Watch:
    """Simulate the reports until every run has its alarm, or a year has gone; seeded, so always the same."""
    usual = usual_sum(signal.background, reporting)
    reached = limit(usual, reporting.threshold)
    rates = expected(signal.ill, signal.background, reporting.complete)
    sums = _window_sums(rates, reporting.window)
    days = _days_needed(sums, usual, reporting)
    counted = _window_sums(counts(rates[: BEFORE + days]), reporting.window)[BEFORE:]
    day = np.arange(1, days + 1)[:, None]
    looked_at = (day - phases(reporting.every)) % reporting.every == 0
    real = (sums - reporting.complete * signal.background * reporting.window)[BEFORE : BEFORE + days, None]
    counted = np.where(looked_at & (real >= signal.confirm), counted, -1)
    so_far = np.maximum.accumulate(counted, axis=0)
    # Half of the runs have reached a sum when the largest but RUNS/2 has.
    places = [RUNS - RUNS // 10, RUNS - RUNS // 2, RUNS // 10]
    ranked = np.partition(so_far, places, axis=1)[:, places]
    early, alarm, late = (_reached(highest, reached, reporting.delay) for highest in ranked.T)
    own = np.where(so_far[-1] >= reached, (so_far >= reached).argmax(axis=0) + 1 + reporting.delay, np.inf)
    typical = int((own == alarm).argmax()) if (own == alarm).any() else int(np.abs(own - alarm).argmin())
    return Watch(usual, reached, alarm, early, late, ranked[:, 1], typical, int(phases(reporting.every)[typical]))


def alarm_by_threshold(seen: Watch, reporting: Reporting, thresholds: Array) -> Array:
    """The median day of alarm at each threshold, from the same simulated outbreaks."""
    return np.array([_reached(seen.highest, limit(seen.usual, threshold), reporting.delay) for threshold in thresholds])


def typical_reports(seen: Watch, reporting: Reporting, ill: Array, background: float) -> tuple[Array, Counts]:
    """What the decision maker of the typical run sees: days on which reports arrive, and sums of the window.

    `ill` may be another course of the outbreak, such as the one with measures; while it is the same, so are the sums.
    """
    rates = expected(ill, background, reporting.complete)
    sums = _window_sums(counts(rates, seen.typical)[:, None], reporting.window)[BEFORE:, 0]
    day = np.arange(1, len(sums) + 1)
    looks = (day - seen.phase) % reporting.every == 0
    return (day + reporting.delay)[looks].astype(float), sums[looks]


def expected(ill: Array, background: float, complete: float) -> Array:
    """Patients expected in the reports of each day, from `BEFORE` days before the first infection."""
    return complete * (background + np.concatenate([np.zeros(BEFORE), ill]))


def phases(every: int) -> Counts:
    """The remainder of the days on which each run makes up its reports: an outbreak may begin on any weekday."""
    return np.arange(RUNS) % every


def counts(rates: Array, run: int | None = None) -> Counts:
    """Poisson numbers for each day (rows) and run, or for one run, from the same luck at any rates.

    The quantile of the Poisson distribution at fixed random numbers: where a rate is higher, no number is lower.
    """
    luck, places = _luck()
    if run is not None:
        return _quantile(luck[np.arange(len(rates)), places[: len(rates), run]], rates)
    size = ceil_of_tail(float(rates.max()))
    number = np.arange(size)
    with np.errstate(divide="ignore", invalid="ignore"):
        powers = np.where(number > 0, number * np.log(rates)[:, None], 0.0)
    table = np.minimum(np.cumsum(np.exp(powers - rates[:, None] - gammaln(number + 1)), axis=1), 1.0)
    # One search for all days: each day's table stands in its own unit interval, and the luck of a day is sorted.
    day = np.arange(len(rates))[:, None]
    found = np.searchsorted((table + day).ravel(), (luck[: len(rates)] + day).ravel())
    sorted_counts = found.reshape(len(rates), RUNS) - day * size
    return np.take_along_axis(sorted_counts, places[: len(rates)], axis=1)


def _quantile(chance: Array, rates: Array) -> Counts:
    """The smallest whole number that a Poisson number does not exceed with that chance."""
    upper = np.ceil(pdtrik(chance, rates))
    lower = np.maximum(upper - 1, 0)
    return np.where(pdtr(lower, rates) >= chance, lower, upper).astype(np.int64)


@lru_cache(maxsize=1)
def _luck() -> tuple[Array, Counts]:
    """Random numbers from 0 to 1 of each day, sorted, and at which place each run has its own."""
    random = np.random.default_rng(10)
    drawn = random.random((BEFORE + WATCHED, RUNS))
    order = drawn.argsort(axis=1)
    return np.take_along_axis(drawn, order, axis=1), order.argsort(axis=1)


def _window_sums(daily: NDArray, window: int) -> NDArray:
    """Sums of the last `window` days along the first axis; of fewer where there are fewer."""
    total = np.cumsum(daily, axis=0)
    total[window:] -= total[:-window].copy()
    return total


def _days_needed(sums: Array, usual: float, reporting: Reporting) -> int:
    """Days after which no run can be without its alarm, at any threshold that is worth a look."""
    certain = sums - SURE * np.sqrt(sums) > usual + max(HIGHEST, reporting.threshold) * sqrt(usual) + SURE
    if not certain.any():
        return min(len(sums) - BEFORE, WATCHED)
    return int(min(certain.argmax() - BEFORE + reporting.every + 1, len(sums) - BEFORE, WATCHED))


def _reached(highest: Counts, sum_: int, delay: int) -> float:
    """The day on which the decision maker sees a sum that reaches `sum_`; inf if it never does."""
    place = int(np.searchsorted(highest, sum_))
    return place + 1.0 + delay if place < len(highest) else np.inf
