"""Rescaling lab: an index that runs from the worst to the best says where a country stands, not what it did (M16)."""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from digigov import tables
from digigov.errors import CourseError
from digigov.figures import Panel
from digigov.labs.controls import Control, Preset
from digigov.labs.frame import Lab, Measure
from digigov.labs.rescaling_picture import RescalingPicture
from digigov.language import number, say, signed
from digigov.models import rescaling as model
from digigov.models.rescaling import Race
from digigov.provenance import Used

EDITION = 2024
STILL = 0.0005  # a change that three decimals do not show


class RescalingLab(Lab):
    """A country doubles its raw score, everyone else triples: its index falls."""

    name = "rescaling"
    head = ("rescaling.head.before", "rescaling.head.after", "rescaling.head.change")
    predictions = ("13-predict-rescaled",)
    sources: ClassVar[tuple[str, ...]] = ("un-survey-2024",)
    controls = (
        Control("own_growth", 2, 0.5, 5, 0.1, "times", front=True),
        Control("best_growth", 3, 0.5, 5, 0.1, "times", front=True),
        Control("worst_growth", 3, 0.5, 5, 0.1, "times", front=True),
        Control("own", 30, 0, 100, 1, "raw_points"),
        Control("best", 50, 0, 100, 1, "raw_points"),
        Control("worst", 5, 0, 100, 1, "raw_points"),
    )
    presets = (
        Preset("article", {}),
        Preset("alike", {"own_growth": 3}),
        Preset("best_still", {"own_growth": 1.5, "best_growth": 1, "worst_growth": 1}),
        Preset("loses", {"best_growth": 2, "worst_growth": 5}),
        Preset("worse", {"own_growth": 0.9, "best_growth": 0.6, "worst_growth": 0.6}),
    )

    def __init__(self) -> None:
        self._picture = RescalingPicture()

    @property
    def panels(self) -> tuple[tuple[str, Panel], ...]:
        return tuple((f"rescaling.alt.{name}", panel) for name, panel in self._picture.panels.items())

    def draw(self, result: Race, guesses: Mapping[str, float]) -> None:
        self._picture.draw(result, guesses)

    def run(self, values: Mapping[str, Any]) -> Race:
        try:
            return Race(**values)
        except ValueError:
            raise CourseError(say("rescaling.no_ruler")) from None

    def outcomes(self, result: Race) -> dict[str, float]:
        return {"index_after": model.index_after(result)}

    def measures(self, result: Race) -> list[Measure]:
        def row(name: str, before: float, after: float, digits: int = 3) -> Measure:
            cells = number(before, digits), number(after, digits), signed(after - before, digits)
            return Measure(say(f"rescaling.measure.{name}"), cells)

        index, fixed = model.index_before(result), model.on_the_old_ruler(result)
        return [
            row("own", result.before[0], result.after[0], 1),
            row("best", result.before[1], result.after[1], 1),
            row("worst", result.before[2], result.after[2], 1),
            row("fixed", index, fixed),
            row("shown", index, model.index_after(result)),
        ]

    def sentence(self, result: Race) -> str:
        index, after = model.index_before(result), model.index_after(result)
        raw = result.after[0] - result.before[0]
        shown = after - index
        way = "same" if abs(shown) < STILL else "up" if shown > 0 else "down"
        moved = "same" if raw == 0 else "up" if raw > 0 else "down"
        parts = [
            say(
                f"rescaling.sentence.raw_{moved}",
                before=number(result.before[0], 1),
                after=number(result.after[0], 1),
            ),
            say(f"rescaling.sentence.index_{way}", before=number(index, 3), after=number(after, 3)),
            say(
                "rescaling.sentence.parts",
                own=signed(model.own_part(result), 3),
                others=signed(model.others_part(result), 3),
            ),
        ]
        needed = model.growth_to_stay(result)
        if way != "same" and needed < float("inf") and abs(model.others_part(result)) > STILL:
            parts.append(say("rescaling.sentence.needed", times=number(needed, 2)))
        return " ".join(parts)

    def used(self, result: Race) -> list[Used]:
        """The two ends of the ruler of the online service index in the newest edition."""
        return [Used("egdi", {"edition": EDITION, "iso3": iso3}, ("osi",)) for iso3 in _ends()]


@cache
def _ends() -> tuple[str, str]:
    """Who had the best and the worst online service index: exactly 1 and 0."""
    rows = [row for row in tables.load("egdi").rows if row["edition"] == EDITION]
    ordered = sorted(rows, key=lambda row: row["osi"])
    return ordered[-1]["iso3"], ordered[0]["iso3"]
