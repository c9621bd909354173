"""One outbreak, reported in two ways: a weekly form and daily entries in a shared system. Money in billion VND."""

from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache
from math import inf, isfinite

import numpy as np
from numpy.typing import NDArray

from digigov.models import outbreak as epidemic
from digigov.models import outbreak_alarm as alarm
from digigov.models.outbreak import Outbreak, Path
from digigov.models.outbreak_alarm import Reporting, Signal, Watch

WEEK = 7
MILLIONS = 1000  # in a billion
OF_PEOPLE = ("people", "first", "spread", "latent_days", "infectious_days", "effect")
SHARES = ("digital_complete", "form_complete", "seen_share", "hospital_share")

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """The outbreak, the two ways of reporting, what follows an alarm, and what things cost."""

    digital_delay: float = 1
    digital_complete: float = 0.84  # share of patients seen whose record is entered
    digital_threshold: float = 3  # standard deviations above the usual number
    reaction_days: float = 14  # from the alarm until measures work
    spread: float = 2.5
    form_delay: float = 5  # from the end of the week until the sum of all forms is there
    form_complete: float = 0.95
    form_threshold: float = 3
    window_days: float = 7
    people: float = 50_000
    first: float = 10
    latent_days: float = 10
    infectious_days: float = 8
    effect: float = 0.75
    seen_share: float = 0.1  # of the infected, at a health station that can report
    background: float = 40  # patients a day with other illnesses that look the same
    confirm: float = 5
    fatigue: float = 2  # days that each false alarm a year adds to the reaction
    hospital_share: float = 0.1
    stay_days: float = 6
    illness_cost: float = 3  # million VND for each infected
    day_cost: float = 0.15  # measures, a day
    false_cost: float = 0.5  # an alarm that proves false
    form_cost: float = 0.5  # reporting, a year
    digital_cost: float = 2

    def __post_init__(self) -> None:
        """Raise ValueError naming the parameter that has no meaning."""
        for parameter in fields(self):
            value = getattr(self, parameter.name)
            if not np.isfinite(value) or value < 0:
                raise ValueError(parameter.name)
        for name in SHARES:
            if getattr(self, name) > 1:
                raise ValueError(name)
        if not 1 <= self.window_days <= alarm.BEFORE:
            raise ValueError("window_days")
        _ = self.outbreak  # raises for what has no meaning to the outbreak

    @cached_property
    def outbreak(self) -> Outbreak:
        return Outbreak(**{name: getattr(self, name) for name in OF_PEOPLE})

    @property
    def forms(self) -> Reporting:
        """A form a week, on paper or by e-mail: the sum of that week."""
        return Reporting(WEEK, WEEK, int(self.form_delay), self.form_complete, self.form_threshold)

    @property
    def entries(self) -> Reporting:
        """Entries every day: the sum of the last days, looked at daily."""
        return Reporting(
            1, int(self.window_days), int(self.digital_delay), self.digital_complete, self.digital_threshold
        )

    def patients(self, path: Path) -> Array:
        """Patients of the outbreak that health stations see each day, for as long as reports are watched."""
        return _patients(path, self.seen_share)

    def reaction(self, false_alarms: float) -> float:
        """Days from the alarm until measures work; who was called out for nothing comes later the next time."""
        return self.reaction_days + self.fatigue * false_alarms


@dataclass(frozen=True)
class Side:
    """What one way of reporting leads to, in the run whose alarm comes on the median day."""

    reporting: Reporting
    watch: Watch
    start: float  # the day from which measures work; inf where there is no alarm
    path: Path
    infected: float  # in the end
    beds: float
    measure_days: float
    false_alarms: float  # a year
    costs: dict[str, float]  # illness, measures, false alarms, reporting

    @property
    def cost(self) -> float:
        """All costs of a year in which the outbreak happens."""
        return sum(self.costs.values())


@dataclass(frozen=True)
class Comparison:
    """Both ways, and the same outbreak with nothing done."""

    case: Case
    forms: Side
    entries: Side
    nothing: float  # infected in the end without measures
    free: Path
    by_start: Array  # infected in the end, by the day from which measures work

    @property
    def week_earlier(self) -> float:
        """Share of infections under weekly forms that measures a week earlier would have avoided."""
        if not isfinite(self.forms.start):
            return 0.0
        earlier = float(self.by_start[int(max(self.forms.start - WEEK, 0))])
        return 1 - earlier / self.forms.infected if self.forms.infected > 0 else 0.0


def compare(case: Case) -> Comparison:
    """The same outbreak, reported in both ways."""
    forms, entries = _side(case, case.forms, case.form_cost), _side(case, case.entries, case.digital_cost)
    by_start, nothing = _in_the_end(case.outbreak)
    return Comparison(case, forms, entries, nothing, epidemic.free_path(case.outbreak), by_start)


def infected_by_threshold(case: Case, side: Side, thresholds: Array) -> Array:
    """People infected in the end at each threshold, all else as it is."""
    by_start, nothing = _in_the_end(case.outbreak)
    infected = []
    for threshold, day in zip(
        thresholds, alarm.alarm_by_threshold(side.watch, side.reporting, thresholds), strict=True
    ):
        false = alarm.false_alarms(case.background, replace(side.reporting, threshold=float(threshold)))
        start = _start(case, day, false)
        infected.append(by_start[int(start)] if isfinite(start) else nothing)
    return np.array(infected)


def _side(case: Case, reporting: Reporting, yearly: float) -> Side:
    seen = _watched(case.outbreak, case.seen_share, case.background, case.confirm, reporting)
    false = alarm.false_alarms(case.background, reporting)
    start = _start(case, seen.alarm, false)
    path = _held(case.outbreak, start)
    by_start, nothing = _in_the_end(case.outbreak)
    infected = float(by_start[int(start)]) if isfinite(start) else nothing
    days = max(min(path.over, start + epidemic.LONGEST) - start, 0.0) if isfinite(start) else 0.0
    costs = {
        "illness": infected * case.illness_cost / MILLIONS,
        "measures": days * case.day_cost,
        "false": false * case.false_cost,
        "reporting": yearly,
    }
    beds = epidemic.peak_beds(path, case.hospital_share, case.stay_days)
    return Side(reporting, seen, start, path, infected, beds, days, false, costs)


def _start(case: Case, day: float, false_alarms: float) -> float:
    """The day from which measures work, a whole number; inf if there is no alarm, or none in time to matter."""
    start = day + case.reaction(false_alarms)
    return float(round(start)) if start <= epidemic.DAYS else inf


def _patients(path: Path, seen_share: float) -> Array:
    seen = seen_share * np.diff(path.fallen_ill)[: alarm.WATCHED]
    return np.pad(seen, (0, alarm.WATCHED - len(seen)))


# Of the parts of a comparison, most stay the same when one setting changes.


@lru_cache(maxsize=64)
def _watched(outbreak: Outbreak, seen_share: float, background: float, confirm: float, reporting: Reporting) -> Watch:
    """Reports while nothing is done: before an alarm they do not depend on what will be."""
    ill = _patients(epidemic.free_path(outbreak), seen_share)
    return alarm.watch(Signal(ill, background, confirm), reporting)


@lru_cache(maxsize=16)
def _held(outbreak: Outbreak, start: float) -> Path:
    return epidemic.held_path(outbreak, start)


@lru_cache(maxsize=16)
def _in_the_end(outbreak: Outbreak) -> tuple[Array, float]:
    """People infected in the end by the day from which measures work, and without any."""
    by_start = epidemic.final_infected(outbreak, np.arange(epidemic.DAYS + 1))
    return by_start, float(epidemic.final_infected(outbreak, inf))
