"""One working day of the pooling case, officer by officer: the same cases in each office's own line and in one line."""

from dataclasses import dataclass
from functools import lru_cache
from heapq import heapify, heapreplace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from digigov.models.pooling import DAY, Case, pooled_minutes, rates
from digigov.models.queues import HOUR, Array, erlang_c, load_of

IDLE, WORKING, LEARNING = 0, 1, 2
WEEK = 5 * DAY
LONGEST = 500  # cases in line at opening, at most: a line near its limit could begin with any number

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Trace:
    """What happened to each case. Minutes after opening; officers are numbered office by office.

    Cases that were in line at opening arrived at 0; those under way then began at 0.
    """

    office: Numbers
    arrived: Array
    begun: Array
    done: Array
    officer: Numbers
    learning: NDArray[np.bool_]

    def waiting(self, minutes: ArrayLike) -> Numbers:
        """Cases in line at each of `minutes`, over all offices."""
        arrived, begun = np.sort(self.arrived), np.sort(self.begun)
        return np.searchsorted(arrived, minutes, "right") - np.searchsorted(begun, minutes, "right")

    def waiting_by_office(self, minute: float, offices: int) -> Numbers:
        """Cases in line at one moment, by the office they came to, (offices,)."""
        here = (self.arrived <= minute) & (minute < self.begun)
        return np.bincount(self.office[here], minlength=offices)

    def officers_at(self, minute: float, officers: int) -> Numbers:
        """IDLE, WORKING or LEARNING for each officer at one moment, (officers,)."""
        now = (self.begun <= minute) & (minute < self.done)
        state = np.full(officers, IDLE)
        state[self.officer[now]] = np.where(self.learning[now], LEARNING, WORKING)
        return state


def day(case: Case, seed: int = 50) -> tuple[Trace, Trace]:
    """The same cases split and pooled: same arrivals, same work in each.

    Both begin as on any day, with work and lines left from the day before; a line that grows without end begins with
    what five such days leave behind. Of 600 seeds the default is one whose lines are near their averages at every
    preset of the lab: a day like others.
    """
    offices, staff = int(case.offices), int(case.staff)
    units = _units(seed)
    arrivals = np.cumsum(units.gaps[:offices], axis=1) * (HOUR / rates(case)[:, np.newaxis])
    today = arrivals < DAY * HOUR
    order = np.argsort(arrivals[today], kind="stable")
    office = np.nonzero(today)[0][order]
    arrived = arrivals[today][order]
    work = (units.services[:offices][today] * case.minutes)[order]
    extra = np.where(units.chances[:offices][today][order] < case.local, case.learning, 0.0)

    lines = []
    for place, rate in enumerate(rates(case)):
        mine = office == place
        opening = _at_opening(staff, rate, case.minutes, units.opening[place])
        come_to = np.full(len(opening[1]), place), office[mine]
        cases = come_to, arrived[mine], work[mine], np.zeros(len(opening[1]) + mine.sum())
        lines.append(_served(range(place * staff, (place + 1) * staff), staff, opening, *cases))
    split = Trace(*(np.concatenate(column) for column in zip(*lines, strict=True)))

    average = pooled_minutes(case)
    left, queue = _at_opening(case.officers, case.arrivals * case.offices, average, units.opening[-1])
    there = len(queue)
    come_to = np.arange(there) % offices, office
    extra = np.concatenate([np.where(units.left_over[:there] < case.local, case.learning, 0.0), extra])
    opening = left, queue * case.minutes / average  # what is to be found out comes on top
    return split, Trace(*_served(range(case.officers), staff, opening, come_to, arrived, work, extra))


@dataclass(frozen=True)
class _Units:
    """Random numbers with mean 1 or between 0 and 1, the same ones at every setting; a row for each office."""

    gaps: Array
    services: Array
    chances: Array
    opening: Array  # for each office and, last, the pool: the chance that decides how many there are, their work
    left_over: Array  # for cases in the pool's line at opening, as `chances`


@lru_cache(maxsize=2)
def _units(seed: int, offices: int = 20, cases: int = 400) -> _Units:
    draw = np.random.default_rng(seed)
    shape = offices, cases
    opening = np.column_stack([draw.random(offices + 1), draw.standard_exponential((offices + 1, LONGEST + 200))])
    return _Units(
        draw.standard_exponential(shape),
        draw.standard_exponential(shape),
        draw.random(shape),
        opening,
        draw.random(LONGEST),
    )


def _at_opening(officers: int, per_hour: float, minutes: float, units: Array) -> tuple[Array, Array]:
    """Minutes of work left for each busy officer, and work of each case in line: M/M/c in its steady state, if any."""
    load, chance, times = float(load_of(per_hour, minutes)), units[0], units[1:] * minutes
    if load >= officers:
        behind = int((per_hour - officers * HOUR / minutes) * WEEK)
        return times[:officers], times[officers : officers + min(behind, LONGEST)]
    delayed = float(erlang_c(officers, load))
    if chance < delayed:  # all are busy, and n cases in line with chance (1 - ρ)·ρ^n
        queue = min(int(np.log(chance / delayed) / np.log(load / officers)), LONGEST)
        return times[:officers], times[officers : officers + queue]
    weights = np.cumprod(np.concatenate([[1.0], load / np.arange(1, officers)]))
    busy = np.searchsorted(np.cumsum(weights) / weights.sum(), (chance - delayed) / (1 - delayed))
    return times[:busy], times[:0]


def _served(
    officers: range,
    staff: int,
    opening: tuple[Array, Array],
    office: tuple[Numbers, Numbers],
    arrived: Array,
    work: Array,
    extra: Array,
) -> tuple[NDArray, ...]:
    """The columns of a trace for one line: first come, first served, to the officer that has been free longest.

    `office` holds the offices of the cases in line at opening, then of those that arrive; `extra` the minutes that all
    of them take an officer of another office.
    """
    left, queue = opening
    free = [(left[place] if place < len(left) else 0.0, officer) for place, officer in enumerate(officers)]
    heapify(free)
    offices = np.concatenate(office)
    arrived = np.concatenate([np.zeros(len(queue)), arrived])
    begun, done, by, learned = [], [], [], []
    times = np.concatenate([queue, work]).tolist(), extra.tolist()
    for come_to, came, minutes, more in zip(offices.tolist(), arrived.tolist(), *times, strict=True):
        since, officer = free[0]
        start = max(since, came)
        foreign = more > 0 and officer // staff != come_to
        end = start + minutes + (more if foreign else 0.0)
        heapreplace(free, (end, officer))
        begun.append(start)
        done.append(end)
        by.append(officer)
        learned.append(foreign)
    under_way = len(left)
    return (
        np.concatenate([np.array(officers[:under_way], dtype=int) // staff, offices]),
        np.concatenate([np.zeros(under_way), arrived]),
        np.concatenate([np.zeros(under_way), begun]),
        np.concatenate([left, done]),
        np.concatenate([np.array(officers[:under_way], dtype=int), by]).astype(int),
        np.concatenate([np.zeros(under_way, dtype=bool), learned]).astype(bool),
    )
