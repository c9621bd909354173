"""Sequence lab: a ladder or two tracks? Everything online first, or both at once (claims C6, C8, C12)."""

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
    head = ("sequence.head.ladder", "sequence.head.tracks")
    predictions = ("06-predict-finish", "06-predict-break-even")
    sources: ClassVar[tuple[str, ...]] = ("straits-times-singapore", "rooks-2017", "coursey-norris-2008")
    controls = (
        Control("rework", 0.6, 0, 1, 0.05, "percent", front=True, scale=100),
        Control("specialists", 30, 2, 60, 1, "people", front=True),
        Control("learning", 0.2, 0, 0.8, 0.05, "percent", front=True, scale=100),
        Control("overhead", 0.15, 0, 0.5, 0.05, "percent", front=True, scale=100),
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
        Preset("loses", {"rework": 0, "overhead": 0.3}),
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
        first, both = model.open_ladder(plan), model.open_two_tracks(plan)
        by_rework = model.total_benefit(plan, first, REWORK), model.total_benefit(plan, both, REWORK)
        totals = tuple(float(model.total_benefit(plan, opening, plan.rework)) for opening in (first, both))
        return Result(
            plan=plan,
            ladder=model.close(plan, first),
            tracks=model.close(plan, both),
            totals=(totals[0], totals[1]),
            ahead_by_rework=_ahead(*by_rework),
            ahead=float(_ahead(*totals)),
            break_even=model.break_even(plan),
        )

    def outcomes(self, result: Result) -> dict[str, float]:
        return {
            "ladder_full_months": result.ladder.all_redesigned,
            "break_even_rework": 100 * result.break_even,
        }

    def measures(self, result: Result) -> list[Measure]:
        orders = result.ladder, result.tracks

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
        months, ahead, even = number(result.plan.horizon), result.ahead, result.break_even
        done = say(
            "sequence.sentence.done",
            ladder=number(result.ladder.all_redesigned, 1),
            tracks=number(result.tracks.all_redesigned, 1),
        )
        if np.isinf(ahead):
            benefit = say("sequence.sentence.only", months=months)
        elif abs(ahead) < SAME:
            benefit = say("sequence.sentence.same", months=months)
        else:
            better = "tracks" if ahead > 0 else "ladder"
            benefit = say(f"sequence.sentence.{better}", months=months, ahead=percent(100 * abs(ahead), 1))
        if 0 < even < np.inf:
            crossing = say("sequence.sentence.even_at", rework=percent(100 * even, 1))
        else:
            crossing = say(f"sequence.sentence.even_{'never' if even else 'always'}")
        return " ".join([done, benefit, crossing])


def _ahead(ladder: Any, tracks: Any) -> model.Array:
    """By what share of the ladder's benefit two tracks are ahead; infinite while the ladder has brought nothing."""
    ladder = np.asarray(ladder)
    return np.divide(tracks - ladder, ladder, out=np.full(ladder.shape, np.inf), where=ladder > 0)
