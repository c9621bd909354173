"""Waiting lines with several servers: Erlang's formulas, and the same lines simulated, many at once.

Cases arrive at random (Poisson), take a random time (exponential unless named) and wait in one line, first come,
first served: M/M/c in Kendall's notation. Rates are cases an hour, times minutes, load is in erlangs: the number
of servers that the work would keep busy.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

HOUR = 60.0
NORMAL_95 = 1.959964  # standard errors on either side of a mean, for a 95 % interval

Array = NDArray[np.float64]


def load_of(per_hour: ArrayLike, minutes: ArrayLike) -> Array:
    """Erlangs: λ·s."""
    return np.asarray(per_hour, dtype=float) * minutes / HOUR


def erlang_b(servers: int, load: ArrayLike) -> Array:
    """Share of cases that find all servers busy where none can wait (Erlang 1917), shape of `load`.

    B(0) = 1, B(c) = a·B(c-1) / (c + a·B(c-1)): the form that does not overflow.
    """
    load = np.asarray(load, dtype=float)
    blocked = np.ones_like(load)
    for count in range(1, servers + 1):
        blocked = load * blocked / (count + load * blocked)
    return blocked


def erlang_c(servers: int, load: ArrayLike) -> Array:
    """Share of cases that have to wait, shape of `load`: C = c·B / (c - a·(1 - B)); 1 where the load is too much."""
    load = np.asarray(load, dtype=float)
    return _delayed(servers, load, erlang_b(servers, load))


def mean_wait(servers: int, per_hour: ArrayLike, minutes: ArrayLike, variation: ArrayLike = 1.0) -> Array:
    """Minutes that a case waits on average before it is taken up; inf where the load is not below the servers.

    W = C·s / (c - a). `variation` is the squared coefficient of variation of the time a case takes: 1 is
    exponential, and then the formula is exact. For others W is multiplied by (1 + variation) / 2, which is exact for
    one server (Pollaczek-Khinchine) and close for several (Lee and Longton 1959).
    """
    load = load_of(per_hour, minutes)
    return _wait(servers, load, erlang_b(servers, load), minutes, variation)


def servers_needed(per_hour: ArrayLike, minutes: ArrayLike, target: float, variation: ArrayLike = 1.0) -> NDArray:
    """Fewest servers with an average wait of at most `target` minutes, for each arrival rate.

    Raises ValueError("target") unless the target is above zero: no number of servers is enough for none.
    """
    if not target > 0:
        raise ValueError("target")
    load = load_of(per_hour, minutes)
    needed = np.zeros(load.shape, dtype=int)
    blocked, servers = np.ones((1, *load.shape)), np.arange(1)
    while not needed.all():
        # A hundred numbers of servers at a time: the recursion needs one after the other, the waits do not.
        servers = servers[-1] + np.arange(1, 101)
        last, blocked = blocked[-1], np.empty((servers.size, *load.shape))
        for place, count in enumerate(servers):
            above = load * last
            last = blocked[place] = above / (count + above)
        counts = servers.reshape(-1, *[1] * load.ndim)
        enough = _wait(counts, load, blocked, minutes, variation) <= target
        needed = np.where((needed == 0) & enough.any(axis=0), servers[enough.argmax(axis=0)], needed)
    return needed


def _delayed(servers: int | NDArray, load: Array, blocked: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        delayed = servers * blocked / (servers - load * (1 - blocked))
    return np.where(load < servers, delayed, 1.0)


def _wait(servers: int | NDArray, load: Array, blocked: Array, minutes: ArrayLike, variation: ArrayLike) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        wait = _delayed(servers, load, blocked) * minutes / (servers - load) * (1 + np.asarray(variation)) / 2
    return np.where(load < servers, wait, np.inf)


# -- simulation


@dataclass(frozen=True)
class Estimate:
    """A mean and its 95 % interval, in minutes."""

    mean: float
    low: float
    high: float


def serve(gaps: Array, services: Array, free: Array) -> Array:
    """Minutes that each case waits: (cases, lines), exactly, by the recursion of Kiefer and Wolfowitz (1955).

    `gaps` (cases, lines): minutes since the case before; `services` alike: what each case takes; `free` (lines,
    servers): minutes from the start until each server is free. A case goes to the server that is free first. All
    lines take a step at once, so a thousand lines cost little more than one.
    """
    cases, lines = gaps.shape
    arrivals = np.cumsum(gaps, axis=0)
    free = np.array(free, dtype=float, order="C")
    flat = free.reshape(-1)  # a view: one index for line and server
    first = np.arange(lines) * free.shape[1]
    waits = np.empty_like(arrivals)
    for case in range(cases):
        server = free.argmin(axis=1) + first
        start = np.maximum(flat[server], arrivals[case])
        np.subtract(start, arrivals[case], out=waits[case])
        flat[server] = start + services[case]
    return waits


def simulated_wait(
    servers: int,
    per_hour: ArrayLike,
    minutes: float,
    extra_share: float = 0.0,
    extra_minutes: float = 0.0,
    lines: int = 600,
    cases: int = 40,
    seed: int = 1917,
) -> Estimate:
    """Average wait over `lines` simulated stretches of `cases` cases each, in equal parts for each rate of `per_hour`.

    A case takes an exponential time with mean `minutes`; a share of them at random takes `extra_minutes` more. Each
    stretch begins with a case that arrives to the line as it is on any day, so nothing has to be thrown away. Cases of
    several lines count by how many there are. Raises ValueError("load") where there is no steady state.
    """
    rates = np.atleast_1d(np.asarray(per_hour, dtype=float))
    average = minutes + extra_share * extra_minutes
    load = load_of(rates, average)
    if np.any(load >= servers) or np.any(rates <= 0):
        raise ValueError("load")
    each = max(lines // rates.size, 2)
    units = _units(seed, cases, each * rates.size, servers)
    gaps = units.gaps * (HOUR / np.tile(rates, each))
    gaps[0] = 0  # arrivals see the steady state; the first one after some other moment would see shorter lines
    services = units.services * minutes
    if extra_share > 0:
        services = services + extra_minutes * (units.chances < extra_share)
    variation = squared_variation(minutes, extra_share, extra_minutes)
    left = _work_left(minutes, extra_share, extra_minutes, units)
    ahead = average / (servers - load) * (1 + variation) / 2
    free = _steady_start(servers, load, left, ahead, units)
    means = serve(gaps, services, free).mean(axis=0).reshape(each, rates.size)
    weights = rates / rates.sum()
    mean = float(weights @ means.mean(axis=0))
    error = float(np.sqrt(np.sum(weights**2 * means.var(axis=0, ddof=1) / each)))
    return Estimate(mean, max(mean - NORMAL_95 * error, 0.0), mean + NORMAL_95 * error)


def squared_variation(minutes: float, extra_share: float, extra_minutes: float) -> float:
    """Variance of the time a case takes over its mean squared: exponential, with a share that takes a fixed more."""
    variance = minutes**2 + extra_share * (1 - extra_share) * extra_minutes**2
    return variance / (minutes + extra_share * extra_minutes) ** 2


@dataclass(frozen=True)
class _Units:
    """Random numbers with mean 1 or between 0 and 1: the same ones at every setting, scaled to it."""

    gaps: Array  # (cases, lines), as the next two
    services: Array
    chances: Array
    left: Array  # (lines, servers), as the next one
    place: Array
    busy: Array  # (lines,), as the next two
    queued: Array
    queue: Array


@lru_cache(maxsize=8)
def _units(seed: int, cases: int, lines: int, servers: int) -> _Units:
    draw = np.random.default_rng(seed)
    return _Units(
        gaps=draw.standard_exponential((cases, lines)),
        services=draw.standard_exponential((cases, lines)),
        chances=draw.random((cases, lines)),
        busy=draw.random(lines),
        queued=draw.random(lines),
        queue=draw.standard_exponential(lines),
        left=draw.standard_exponential((lines, servers)),
        place=draw.random((lines, servers)),
    )


def _work_left(minutes: float, extra_share: float, extra_minutes: float, units: _Units) -> Array:
    """Minutes of a case that are left at a random moment of its handling, (lines, servers).

    Its density is the chance that a case takes longer, over the mean: an exponential part, one that comes after the
    extra minutes, and one within them.
    """
    left = units.left * minutes
    if extra_share * extra_minutes == 0:
        return left
    place = units.place * (minutes + extra_share * extra_minutes)
    within = (place - minutes) / extra_share
    return np.where(place > minutes, within, left + extra_minutes * (place < extra_share * minutes))


def _steady_start(servers: int, load: Array, left: Array, ahead: Array, units: _Units) -> Array:
    """Minutes until each server is free, (lines, servers), in the steady state; exact for exponential times.

    `load` and `ahead` belong to the rates, (rates,), which lines take in turns; `left` is (lines, servers). With n < c
    cases in the system n servers are busy, each with the `left` of its case. Otherwise all are, and those already in
    line come first: they take 0 with chance 1 - a/c and otherwise an exponential time with mean `ahead`.
    """
    some_free = 1 - erlang_c(servers, load)
    weights = np.cumprod(np.vstack([np.ones_like(load), load / np.arange(1, servers)[:, np.newaxis]]), axis=0)
    chances = np.cumsum(weights / weights.sum(axis=0), axis=0) * some_free  # of at most 0, 1, ... c-1 busy servers
    each = units.busy.size // load.size
    busy = (units.busy.reshape(each, 1, -1) > chances).sum(axis=1).reshape(-1)
    free = np.where(np.arange(servers) < busy[:, np.newaxis], left, 0.0)
    in_line = (busy == servers) & (units.queued < np.tile(load / servers, each))
    return free + np.where(in_line, units.queue * np.tile(ahead, each), 0.0)[:, np.newaxis]
