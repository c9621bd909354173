"""Years of work that an exchange of data is said to save: the published sum, and what it leaves out."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from digigov.models.percentages import CALENDAR_YEAR, FULL_TIME_YEAR, WORKING_YEAR, years_saved

DIVISORS = {"calendar": CALENDAR_YEAR, "full_time": FULL_TIME_YEAR, "working": WORKING_YEAR}  # hours a year


@dataclass(frozen=True)
class Exchange:
    """Requests of a year. Shares from 0 to 1."""

    requests: float = 1300  # millions
    people: float = 0.03  # of the requests, made by a person
    minutes: float = 15  # saved by each of these
    needed: float = 1.0  # of these, that somebody would have asked for without the exchange
    idle: float = 0.0  # of the minutes saved, in which the person waits all the same
    staff: float = 0  # people who keep the exchange running, each a working year

    def __post_init__(self) -> None:
        """Raise ValueError naming the parameter that has no meaning."""
        for parameter in fields(self):
            value = getattr(self, parameter.name)
            if not np.isfinite(value) or value < 0:
                raise ValueError(parameter.name)
            if parameter.name in ("people", "needed", "idle") and value > 1:
                raise ValueError(parameter.name)


@dataclass(frozen=True)
class Saved:
    """Hours of a year, in millions."""

    told: float  # as the publisher counts
    gained: float  # without requests that nobody needed and minutes that nobody could use
    spent: float  # by the people who keep the exchange running

    @property
    def net(self) -> float:
        """What is left; below 0 when the exchange takes more than it saves."""
        return self.gained - self.spent


def saved(exchange: Exchange) -> Saved:
    """The hours of the year."""
    told = years_saved(exchange.requests, exchange.people, exchange.minutes, 1.0)
    return Saved(told, told * exchange.needed * (1 - exchange.idle), exchange.staff * WORKING_YEAR / 1e6)


def net_by_minutes(exchange: Exchange, minutes: ArrayLike) -> NDArray[np.float64]:
    """Net hours (millions) at each number of minutes saved by a request."""
    each = exchange.requests * exchange.people / 60 * exchange.needed * (1 - exchange.idle)
    return each * np.asarray(minutes, dtype=float) - exchange.staff * WORKING_YEAR / 1e6


def break_even_minutes(exchange: Exchange) -> float:
    """Minutes a request must save for the exchange to bring as much as it takes; infinite when nothing can."""
    each = exchange.requests * exchange.people / 60 * exchange.needed * (1 - exchange.idle)
    spent = exchange.staff * WORKING_YEAR / 1e6
    if not spent:
        return 0.0
    return spent / each if each else np.inf


def in_years(million_hours: float, divisor: str) -> float:
    """Millions of hours as years of this kind. KeyError for another kind."""
    return million_hours * 1e6 / DIVISORS[divisor]
