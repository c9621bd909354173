"""An outbreak of a disease that passes from person to person, and measures that begin on a day.

The SEIR model: people can be infected (S), have caught it but infect nobody yet (E), infect others (I), are
immune (R). Measures take away a share of transmission from the day they start until the outbreak is over,
which is when fewer than one person is ill or about to be. Nobody is born, dies or moves in or out.
"""

from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from math import ceil, inf, isfinite

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import lambertw

DAYS = 540  # that an outbreak without measures is followed
LONGEST = 1500  # days after which measures are taken to end in any case

Array = NDArray[np.float64]
State = tuple[float, float, float]  # susceptible, exposed, infectious people


@dataclass(frozen=True)
class Outbreak:
    """The disease and the people it meets. Times in days."""

    people: float = 50_000  # without immunity when it begins
    first: float = 10  # infected on day 0, all of them exposed
    spread: float = 2.5  # people whom one person infects while nobody is immune yet and nothing is done
    latent_days: float = 10  # from infection to infecting others
    infectious_days: float = 8
    effect: float = 0.75  # share of transmission that measures take away

    def __post_init__(self) -> None:
        """Raise ValueError naming the parameter that has no meaning."""
        for parameter in fields(self):
            value = getattr(self, parameter.name)
            if not np.isfinite(value) or value < 0:
                raise ValueError(parameter.name)
        for name in ("people", "latent_days", "infectious_days"):
            if getattr(self, name) <= 0:
                raise ValueError(name)
        if self.first > self.people:
            raise ValueError("first")
        if self.effect > 1:
            raise ValueError("effect")

    @property
    def growth(self) -> float:
        """Growth a day while nearly everybody is susceptible: the larger root of (1 + rL)(1 + rI) = R.

        Wallinga & Lipsitch 2007, for exponentially distributed latent and infectious periods.
        """
        latent, infectious = self.latent_days, self.infectious_days
        middle = latent + infectious
        root = np.sqrt(middle**2 + 4 * latent * infectious * (self.spread - 1))
        return float((root - middle) / (2 * latent * infectious))

    @cached_property
    def _rates(self) -> tuple[float, float, float]:
        """Rates a day: of infection for each susceptible and infectious person, of E to I, of I to R."""
        return self.spread / (self.infectious_days * self.people), 1 / self.latent_days, 1 / self.infectious_days


@dataclass(frozen=True)
class Path:
    """People in each state at the end of day 0, 1, 2 … after `begin`, and the day on which it was over (or inf)."""

    begin: int
    susceptible: Array
    exposed: Array
    infectious: Array
    people: float
    over: float

    @cached_property
    def infected(self) -> Array:
        """People infected to date."""
        return self.people - self.susceptible

    @cached_property
    def fallen_ill(self) -> Array:
        """People who have begun to infect others to date, which is when they may be seen by a health station."""
        return self.infected - self.exposed


def free_path(outbreak: Outbreak) -> Path:
    """The outbreak for `DAYS` days with nothing done."""
    return _free_path(outbreak)


@lru_cache(maxsize=16)
def _free_path(outbreak: Outbreak) -> Path:
    start = (outbreak.people - outbreak.first, outbreak.first, 0.0)
    return _follow(outbreak, start, 0, 1.0, DAYS, stop=False)


def held_path(outbreak: Outbreak, start: float) -> Path:
    """The outbreak from day 0 with measures from day `start` (a whole number up to `DAYS`, or inf) until it is over."""
    free = free_path(outbreak)
    if not isfinite(start) or start >= free.over:
        return free
    day = int(start)
    state = (float(free.susceptible[day]), float(free.exposed[day]), float(free.infectious[day]))
    held = _follow(outbreak, state, day, 1 - outbreak.effect, LONGEST, stop=True)
    return Path(
        0,
        np.concatenate([free.susceptible[:day], held.susceptible]),
        np.concatenate([free.exposed[:day], held.exposed]),
        np.concatenate([free.infectious[:day], held.infectious]),
        outbreak.people,
        held.over,
    )


def _follow(outbreak: Outbreak, state: State, begin: int, left: float, days: int, stop: bool) -> Path:
    """Integrate by the classical Runge-Kutta method of order four, in steps of a day or less.

    `left` is the share of transmission that measures leave; `stop` ends the path on the day when it is over.
    """
    contact, out_of_latent, out_of_infectious = outbreak._rates
    contact *= left
    parts = ceil(4 / min(outbreak.latent_days, outbreak.infectious_days))
    step = 1 / parts
    half, sixth = step / 2, step / 6
    s, e, i = state
    rows, over = [state], inf if e + i >= 1 else float(begin)
    for day in range(begin + 1, begin + days + 1):
        for _ in range(parts):
            new1, ill1, well1 = contact * s * i, out_of_latent * e, out_of_infectious * i
            s2, e2, i2 = s - half * new1, e + half * (new1 - ill1), i + half * (ill1 - well1)
            new2, ill2, well2 = contact * s2 * i2, out_of_latent * e2, out_of_infectious * i2
            s3, e3, i3 = s - half * new2, e + half * (new2 - ill2), i + half * (ill2 - well2)
            new3, ill3, well3 = contact * s3 * i3, out_of_latent * e3, out_of_infectious * i3
            s4, e4, i4 = s - step * new3, e + step * (new3 - ill3), i + step * (ill3 - well3)
            new4, ill4, well4 = contact * s4 * i4, out_of_latent * e4, out_of_infectious * i4
            new = sixth * (new1 + 2 * new2 + 2 * new3 + new4)
            ill = sixth * (ill1 + 2 * ill2 + 2 * ill3 + ill4)
            well = sixth * (well1 + 2 * well2 + 2 * well3 + well4)
            s, e, i = s - new, e + new - ill, i + ill - well
        rows.append((s, e, i))
        if over == inf and e + i < 1:
            over = float(day)
            if stop:
                break
    table = np.array(rows)
    return Path(begin, table[:, 0], table[:, 1], table[:, 2], outbreak.people, over)


def final_infected(outbreak: Outbreak, start: ArrayLike) -> Array:
    """People infected in the end, for measures from day `start` (whole numbers up to `DAYS`, or inf, any shape).

    From any state, ln(S/S_end) = R (S + E + I - S_end) / N (Kermack & McKendrick 1927), solved by Lambert's W.
    With measures from the first day that reads z = 1 - exp(-R z), when few are infected then.
    """
    free = free_path(outbreak)
    start = np.asarray(start, dtype=float)
    never = ~np.isfinite(start)
    day = np.where(never, 0, start).astype(int)
    susceptible = free.susceptible[day]
    active = susceptible + free.exposed[day] + free.infectious[day]
    ratio = np.where(never, outbreak.spread, outbreak.spread * (1 - outbreak.effect)) / outbreak.people
    with np.errstate(divide="ignore", invalid="ignore"):
        end = -lambertw(-ratio * susceptible * np.exp(-ratio * active)).real / ratio
    return outbreak.people - np.where(ratio > 0, end, susceptible)


def peak_beds(path: Path, hospital_share: float, stay_days: float) -> float:
    """Most hospital beds taken on one day, if that share of those who fall ill stays so many days."""
    ill = path.fallen_ill
    stay = max(round(stay_days), 0)
    before = np.concatenate([np.zeros(min(stay, len(ill))), ill[: max(len(ill) - stay, 0)]])
    return hospital_share * float((ill - before).max())
