"""Outbreak lab: a weekly form against entries every day, the same outbreak and the same rule (claims C1, C2)."""

from collections.abc import Mapping
from math import isfinite
from typing import Any, ClassVar

from digigov.errors import CourseError
from digigov.figures import Panel
from digigov.labs.controls import Control, Preset
from digigov.labs.frame import Lab, Measure
from digigov.labs.outbreak_picture import OutbreakPicture, Result
from digigov.language import number, percent, say
from digigov.models import outbreak_case as model

CLOSE = 0.01  # shares of people that differ by less are told as the same
DROWNED = 0.5  # a share infected from which one cannot speak of an outbreak that was stopped


class OutbreakLab(Lab):
    """What a week of delay costs; and entries that are missing, alarms that are false, decisions that are slow."""

    name = "outbreak"
    predictions = ("10-predict-alarm", "10-predict-earlier", "10-predict-week")
    sources: ClassVar[tuple[str, ...]] = (
        "dong-nai-hfmd-2018",
        "vinh-long-ecds-2022",
        "ninh-binh-ecds-2024",
        "swaan-2018",
        "guerra-2017",
        "measles-times",
    )
    controls = (
        Control("digital_delay", 1, 0, 21, 1, "calendar_days", front=True),
        Control("digital_complete", 0.84, 0.1, 1, 0.02, "percent", front=True, scale=100, source="dong-nai-hfmd-2018"),
        Control("digital_threshold", 3, 0.5, 5, 0.5, "deviations", front=True),
        Control("reaction_days", 14, 0, 90, 1, "calendar_days", front=True),
        Control("spread", 2.5, 0.5, 6, 0.25, "none"),
        Control("form_delay", 5, 0, 28, 1, "calendar_days"),
        Control("form_complete", 0.95, 0.1, 1, 0.05, "percent", scale=100),
        Control("form_threshold", 3, 0.5, 5, 0.5, "deviations"),
        Control("window_days", 7, 1, 28, 1, "calendar_days"),
        Control("background", 40, 2, 200, 2, "patients_day"),
        Control("seen_share", 0.1, 0.01, 1, 0.01, "percent", scale=100),
        Control("confirm", 5, 0, 50, 5, "patients"),
        Control("fatigue", 2, 0, 10, 0.5, "calendar_days"),
        Control("effect", 0.75, 0, 1, 0.05, "percent", scale=100),
        Control("people", 50_000, 5_000, 1_000_000, 5_000, "people"),
        Control("first", 10, 2, 1000, 2, "people"),
        Control("latent_days", 10, 2, 20, 1, "calendar_days", source="measles-times"),
        Control("infectious_days", 8, 2, 20, 1, "calendar_days", source="measles-times"),
        Control("hospital_share", 0.1, 0, 1, 0.05, "percent", scale=100),
        Control("stay_days", 6, 1, 30, 1, "calendar_days"),
        Control("illness_cost", 3, 0, 50, 0.5, "million_case"),
        Control("day_cost", 0.15, 0, 5, 0.05, "billion_day"),
        Control("false_cost", 0.5, 0, 10, 0.1, "billion"),
        Control("form_cost", 0.5, 0, 20, 0.5, "billion_year"),
        Control("digital_cost", 2, 0, 20, 0.5, "billion_year"),
    )
    presets = (
        Preset("article", {}),
        Preset("by_post", {"form_delay": 12}),
        Preset("half_entered", {"digital_complete": 0.42}),
        Preset("loses", {"digital_complete": 0.42, "digital_threshold": 1}),
        Preset("slow_decision", {"reaction_days": 60}),
    )

    def __init__(self) -> None:
        self._picture = OutbreakPicture()

    @property
    def panels(self) -> tuple[tuple[str, Panel], ...]:
        return tuple((f"outbreak.alt.{name}", panel) for name, panel in self._picture.panels.items())

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        self._picture.draw(result, guesses)

    # -- from values to words

    def run(self, values: Mapping[str, Any]) -> Result:
        try:
            case = model.Case(**values)
        except ValueError as error:
            raise CourseError(say("lab.no_sense", control=say(f"outbreak.control.{error}"))) from None
        return Result(model.compare(case), model.compare(model.Case(**self.defaults())))

    def outcomes(self, result: Result) -> dict[str, float]:
        now = result.now
        return {
            "forms_alarm_day": now.forms.watch.alarm,
            "days_earlier": now.forms.watch.alarm - now.entries.watch.alarm,
            "week_earlier": 100 * now.week_earlier,
        }

    def measures(self, result: Result) -> list[Measure]:
        now = result.now
        sides = now.forms, now.entries
        people = now.case.people

        def row(name: str, shown: Any) -> Measure:
            return Measure(say(f"outbreak.measure.{name}"), tuple(shown(side) for side in sides))

        def money(part: str) -> Any:
            return lambda side: _billion(side.costs[part])

        return [
            row("alarm", lambda side: _day(side.watch.alarm)),
            row("range", _range),
            row("start", lambda side: _day(side.start)),
            row("infected", lambda side: f"{number(side.infected, 0)} ({percent(100 * side.infected / people, 1)})"),
            row("averted", lambda side: number(max(now.nothing - side.infected, 0), 0)),
            row("beds", lambda side: number(side.beds, 0)),
            row("days", lambda side: number(side.measure_days, 0)),
            row("false", lambda side: number(side.false_alarms, 1)),
            row("measures", money("measures")),
            row("false_cost", money("false")),
            row("reporting", money("reporting")),
            row("illness", money("illness")),
            row("total", lambda side: _billion(side.cost)),
        ]

    def sentence(self, result: Result) -> str:
        now = result.now
        forms, entries, people = now.forms, now.entries, now.case.people
        if not isfinite(forms.watch.alarm) and not isfinite(entries.watch.alarm):
            return say("outbreak.sentence.no_alarm", nothing=percent(100 * now.nothing / people, 1))
        parts = [
            say(
                "outbreak.sentence.head",
                forms=_day(forms.watch.alarm),
                entries=_day(entries.watch.alarm),
                forms_share=percent(100 * forms.infected / people, 1),
                entries_share=percent(100 * entries.infected / people, 1),
                nothing=percent(100 * now.nothing / people, 1),
            )
        ]
        if min(forms.infected, entries.infected) / people > DROWNED:
            parts.append(say("outbreak.sentence.too_late"))
        elif entries.infected > forms.infected + CLOSE * people:
            earlier = entries.watch.alarm < forms.watch.alarm
            parts.append(
                say("outbreak.sentence.cried_too_often", false=number(entries.false_alarms, 1))
                if earlier
                else say("outbreak.sentence.more")
            )
        elif entries.infected < forms.infected - CLOSE * people:
            fewer = percent(100 * (1 - entries.infected / forms.infected), 0)
            parts.append(say("outbreak.sentence.fewer", fewer=fewer))
        else:
            parts.append(say("outbreak.sentence.same"))
        cheaper = "cheaper" if entries.cost < forms.cost else "dearer"
        parts.append(say(f"outbreak.sentence.{cheaper}", forms=_billion(forms.cost), entries=_billion(entries.cost)))
        return " ".join(parts)


def _day(day: float) -> str:
    """A day since the first infection, or never."""
    return say("outbreak.day", day=number(day, 0)) if isfinite(day) else say("outbreak.never")


def _range(side: model.Side) -> str:
    """The days between which eight in ten simulated outbreaks have their alarm."""
    early, late = side.watch.early, side.watch.late
    if not isfinite(early):
        return say("outbreak.after_a_year")
    if not isfinite(late):
        return say("outbreak.from_day", early=number(early))
    return say("outbreak.range", early=number(early), late=number(late))


def _billion(money: float) -> str:
    return f"{number(money, 1)} {say('unit.billion')}"
