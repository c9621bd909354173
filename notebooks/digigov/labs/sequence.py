"""Sequence lab: everything online first, two tracks, or redesign at once (claims C6, C8, C12)."""

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np

from digigov.errors import CourseError
from digigov.figures import Panel
from digigov.labs.controls import Control, Preset
from digigov.labs.frame import Lab, Measure
from digigov.labs.sequence_picture import AXIS, REWORK, Result, SequencePicture
from digigov.language import number, percent, say
from digigov.models import sequence as model

SAME = 0.0005  # a difference in benefit below this share would be shown as 0.0%


class SequenceLab(Lab):
    """Is e-government to be finished before digital government begins? What decides it, either way."""

    name = "sequence"
    head = ("sequence.head.ladder", "sequence.head.tracks", "sequence.head.once")
    predictions = ("06-predict-finish", "06-predict-break-even")
    sources: ClassVar[tuple[str, ...]] = ("straits-times-singapore", "rooks-2017", "coursey-norris-2008")
    controls = (
        Control("rework", 0.6, 0, 1, 0.05, "percent", front=True, scale=100),
        Control("specialists", 30, 2, 60, 1, "people", front=True),
        Control("learning", 0.2, 0, 0.8, 0.05, "percent", front=True, scale=100),
        Control("overhead", 0.15, 0, 0.5, 0.05, "percent", front=True, scale=100),
        Control("law", 0, 0, 60, 1, "months"),
        Control("paper", 0, 0, 1, 0.1, "percent", scale=100),
        Control("legacy", 0, 0, 1, 0.1, "percent", scale=100),
        Control("split", 0.5, 0.1, 0.9, 0.05, "percent", scale=100),
        Control("sharing", 0.5, 0, 1, 0.1, "percent", scale=100),
        Control("services", 200, 10, 1000, 10, "services"),
        Control("developers", 40, 5, 200, 1, "people"),
        Control("online_work", 8, 1, 24, 0.5, "person_months"),
        Control("build_work", 4, 1, 24, 0.5, "person_months"),
        Control("design_work", 4, 0, 24, 0.5, "person_months"),
        Control("online_benefit", 100, 0, 1000, 10, "hours_month"),
        Control("redesign_benefit", 300, 10, 2000, 10, "hours_month"),
        Control("horizon", 96, 12, AXIS, 12, "months"),
    )
    presets = (
        Preset("article", {}),
        Preset("singapore", {"rework": 0.9, "legacy": 0.3}),
        Preset("dutch", {"rework": 0.1, "learning": 0.6}),
        Preset("loses", {"rework": 0, "overhead": 0.3, "law": 18}),
    )

    def __init__(self) -> None:
        self._picture = SequencePicture()

    @property
    def panels(self) -> tuple[tuple[str, Panel], ...]:
        return tuple((f"sequence.alt.{name}", panel) for name, panel in self._picture.panels.items())

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        self._picture.draw(result, guesses)

    # -- from values to words

    def run(self, values: Mapping[str, Any]) -> Result:
        try:
            plan = model.Programme(**values)
        except ValueError as error:
            raise CourseError(say("lab.no_sense", control=say(f"sequence.control.{error}"))) from None
        openings = model.open_ladder(plan), model.open_two_tracks(plan), model.open_at_once(plan)
        ladder, tracks, once = (model.total_benefit(plan, opening, REWORK) for opening in openings)
        totals = tuple(float(model.total_benefit(plan, opening, plan.rework)) for opening in openings)
        orders = (model.close(plan, opening) for opening in openings)
        return Result(
            plan,
            *orders,
            totals=totals,
            ahead_by_rework=_ahead(ladder, tracks),
            ahead=float(_ahead(totals[0], totals[1])),
            once_by_rework=_ahead(ladder, once),
            once_ahead=float(_ahead(totals[0], totals[2])),
            break_even=model.break_even(plan),
        )

    def outcomes(self, result: Result) -> dict[str, float]:
        return {
            "ladder_full_months": result.ladder.all_redesigned,
            "break_even_rework": 100 * result.break_even,
        }

    def measures(self, result: Result) -> list[Measure]:
        orders = result.ladder, result.tracks, result.once

        def row(name: str, values: tuple[float, ...], unit: str, digits: int = 0, **words: str) -> Measure:
            cells = tuple(f"{number(value, digits)} {say(unit)}" for value in values)
            return Measure(say(f"sequence.measure.{name}", **words), cells)

        def of(name: str) -> tuple[float, ...]:
            return tuple(getattr(order, name) for order in orders)

        hours, work = tuple(total / 1000 for total in result.totals), "unit.person_months"
        return [
            row("all_online", of("all_online"), "unit.months", 1),
            row("all_redesigned", of("all_redesigned"), "unit.months", 1),
            row("benefit", hours, "unit.thousand_hours", months=number(result.plan.horizon)),
            row("thrown_away", of("thrown_away"), work),
            row("switching", of("switching"), work),
            row("waiting", of("waiting"), work),
        ]

    def sentence(self, result: Result) -> str:
        months, even = number(result.plan.horizon), result.break_even
        done = say(
            "sequence.sentence.done",
            ladder=number(result.ladder.all_redesigned, 1),
            tracks=number(result.tracks.all_redesigned, 1),
            once=number(result.once.all_redesigned, 1),
        )
        benefit = _told("tracks", result.ahead, months=months)
        once = _told("once", result.once_ahead)
        if 0 < even < np.inf:
            crossing = say("sequence.sentence.even_at", rework=percent(100 * even, 1))
        else:
            crossing = say(f"sequence.sentence.even_{'never' if even else 'always'}")
        return " ".join([done, benefit, once, crossing])


def _ahead(ladder: Any, other: Any) -> model.Array:
    """By what share of the ladder's benefit the other is ahead: infinite if only the ladder has brought nothing."""
    ladder = np.asarray(ladder)
    without = np.where(np.asarray(other) > 0, np.inf, 0.0)
    return np.divide(other - ladder, ladder, out=without, where=ladder > 0)


def _told(order: str, ahead: float, **words: str) -> str:
    """How far an order is ahead of the ladder, in words."""
    if np.isinf(ahead):
        return say(f"sequence.sentence.{order}_only", **words)
    if abs(ahead) < SAME:
        return say(f"sequence.sentence.{order}_same", **words)
    where = "ahead" if ahead > 0 else "behind"
    return say(f"sequence.sentence.{order}_{where}", ahead=percent(100 * abs(ahead), 1), **words)
