"""The same commune offices, officers and cases: every office for itself, or one line and one cloud for all.

E-government: a case waits for an officer of its own office, and each office has its own server. Digital
government: all cases stand in one line and go to whoever is free, and all offices share their servers. What an
officer does not know costs time: a share of the cases is done each office's own way, and an officer of another
office has to find that out first.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike

from digigov.models.queues import (
    Array,
    Estimate,
    load_of,
    mean_wait,
    servers_needed,
    simulated_wait,
    squared_variation,
)

DAY = 8.0  # working hours
NOON = DAY / 2
APART = 3.0  # hours from the middle of the day to the first and the last peak
WIDTH = 0.75  # hours, standard deviation of a peak
CLOCK = np.linspace(0, DAY, 161)


@dataclass(frozen=True)
class Case:
    """Offices and their work. Times in minutes unless named."""

    offices: float = 8
    staff: float = 2  # officers of each office
    arrivals: float = 4.6  # cases an hour at an office, on average over the offices
    minutes: float = 20  # that a case takes, exponential
    local: float = 0.0  # share of cases that each office does its own way
    learning: float = 15  # more for such a case when an officer of another office takes it
    imbalance: float = 0.0  # the busiest office has this share more than the average, the quietest this share less
    target: float = 15  # average wait that is wanted
    peak: float = 4.0  # load of an office's server in its peak, in multiples of an ordinary hour
    together: float = 0.0  # 0: the offices' peaks are spread over the day; 1: all at the same hour

    def __post_init__(self) -> None:
        """Raise ValueError naming the parameter that has no meaning."""
        for parameter in fields(self):
            value = getattr(self, parameter.name)
            if not np.isfinite(value) or value < 0:
                raise ValueError(parameter.name)
        for name in ("offices", "staff"):
            if getattr(self, name) < 1 or getattr(self, name) % 1:
                raise ValueError(name)
        for name in ("arrivals", "minutes", "target"):
            if getattr(self, name) <= 0:
                raise ValueError(name)
        for name in ("local", "together"):
            if getattr(self, name) > 1:
                raise ValueError(name)
        if self.imbalance >= 1:
            raise ValueError("imbalance")
        if self.peak < 1:
            raise ValueError("peak")

    @property
    def officers(self) -> int:
        return int(self.offices * self.staff)


# -- officers


def spread(offices: int) -> Array:
    """Where each office stands between -1 and 1, in even steps; a single one in the middle."""
    return np.linspace(-1, 1, offices) if offices > 1 else np.zeros(1)


def rates(case: Case, offices: int | None = None) -> Array:
    """Cases an hour at each office, (offices,), the quietest first."""
    return case.arrivals * (1 + case.imbalance * spread(int(offices or case.offices)))


def learning_share(case: Case, offices: ArrayLike | None = None) -> Array:
    """Share of the shared line's cases that an officer has to find out about first.

    Who is free does not depend on where a case comes from, so of those done each office's own way all but 1/n
    meet an officer of another office.
    """
    return case.local * (1 - 1 / np.asarray(case.offices if offices is None else offices, dtype=float))


def pooled_minutes(case: Case) -> float:
    """Minutes that a case takes an officer on average when the line is shared."""
    return case.minutes + float(learning_share(case)) * case.learning


def office_waits(case: Case) -> Array:
    """Average minutes that a case waits at each office when every office works for itself, (offices,)."""
    return mean_wait(int(case.staff), rates(case), case.minutes)


def split_wait(case: Case, arrivals: ArrayLike | None = None) -> Array:
    """The same over all cases, for each average rate in `arrivals` (any shape; the case's own if none is given)."""
    arrivals = np.asarray(case.arrivals if arrivals is None else arrivals, dtype=float)
    shares = rates(case) / case.arrivals
    return (mean_wait(int(case.staff), arrivals[..., np.newaxis] * shares, case.minutes) * shares).mean(axis=-1)


def pooled_wait(case: Case, arrivals: ArrayLike | None = None) -> Array:
    """Average minutes in the one line of all offices, for each average rate at an office."""
    arrivals = np.asarray(case.arrivals if arrivals is None else arrivals, dtype=float)
    variation = squared_variation(case.minutes, float(learning_share(case)), case.learning)
    return mean_wait(case.officers, arrivals * case.offices, pooled_minutes(case), variation)


def busy_shares(case: Case) -> tuple[Array, float]:
    """Share of the officers' time that work takes: at each office, and in the pool. From 1 on the line never ends."""
    pooled = load_of(case.arrivals * case.offices, pooled_minutes(case)) / case.officers
    return load_of(rates(case), case.minutes) / case.staff, float(pooled)


def simulated(case: Case) -> tuple[Estimate | None, Estimate | None]:
    """Both waits as 600 simulated stretches of work have them; None where there is no steady state."""
    split, pooled = busy_shares(case)
    return (
        simulated_wait(int(case.staff), rates(case), case.minutes) if split.max() < 1 else None,
        simulated_wait(
            case.officers,
            case.arrivals * case.offices,
            case.minutes,
            extra_share=float(learning_share(case)),
            extra_minutes=case.learning,
        )
        if pooled < 1
        else None,
    )


def officers_needed(case: Case, offices: ArrayLike) -> tuple[Array, Array]:
    """Officers with whom cases wait `target` minutes at most on average, for each number of offices: split, pooled.

    Split, every office must reach the target by itself.
    """
    offices = np.asarray(offices, dtype=int)
    every = [rates(case, count) for count in offices]
    alone = servers_needed(np.concatenate(every), case.minutes, case.target)
    ends = np.cumsum([len(some) for some in every])
    split = np.array([part.sum() for part in np.split(alone, ends[:-1])])
    share = learning_share(case, offices)
    minutes = case.minutes + share * case.learning
    variation = squared_variation(case.minutes, share, case.learning)
    return split, servers_needed(case.arrivals * offices, minutes, case.target, variation)


# -- servers


def demand(case: Case) -> Array:
    """Load of each office's server at CLOCK, (offices, hours); 1 is an ordinary hour of an average office."""
    places = spread(int(case.offices))[:, np.newaxis]
    peaks = NOON + (1 - case.together) * APART * places
    shape = 1 + (case.peak - 1) * np.exp(-((CLOCK - peaks) ** 2) / (2 * WIDTH**2))
    return (1 + case.imbalance * places) * shape


def capacities(case: Case) -> tuple[float, float]:
    """What servers must carry: the sum of the offices' peaks when each has its own, the peak of the sum when shared."""
    return float(case.offices * case.peak), float(demand(case).sum(axis=0).max())
