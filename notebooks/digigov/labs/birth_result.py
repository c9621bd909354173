"""What the birth lab shows, from one set of values."""

from dataclasses import dataclass

from digigov.life_events import LifeEvent
from digigov.models.journey import NOTICE, Journey, Measures

BILLION = 1e9


@dataclass(frozen=True)
class Government:
    """One government's journey, when each step runs (working days), its measures if every record is right (`right`)
    and on average (`mean`)."""

    journey: Journey
    times: dict[str, tuple[float, float]]
    right: Measures
    mean: Measures


@dataclass(frozen=True)
class Money:
    """`once` in billion VND for all rules, `saved` in VND a case, break-even and `cases` a year, over `years`."""

    once: float
    saved: float
    years: float
    cases: float
    break_even: float

    @property
    def net(self) -> float:
        """Billion VND won (or lost, below zero) over the years."""
        return self.saved * self.cases * self.years / BILLION - self.once


@dataclass(frozen=True)
class Result:
    """Three governments on one event. `chance` is that of a case to fall out of the redesigned journey (0-1),
    `stuck` what such a case needs; `by_people`: whether people finish it, once repaired, and not the machines."""

    event: LifeEvent
    rules: tuple[str, ...]
    paper: Government
    egov: Government
    digital: Government
    chance: float
    stuck: Measures
    by_people: bool
    money: Money

    @property
    def waits(self) -> bool:
        """Whether some cases fall out and are done later than the others."""
        return self.chance > 0 and self.stuck.days > self.digital.right.days

    @property
    def has_notice(self) -> bool:
        """Whether the state learns of the event by itself."""
        return any(step.kind == NOTICE for step in self.event.journey.steps)
