"""Merger lab: an index that jumps when a border moves. Đà Nẵng and Quảng Nam in the digital transformation index."""

from collections.abc import Mapping
from typing import Any, ClassVar

from digigov.figures import Panel
from digigov.labs.controls import Control, Preset
from digigov.labs.frame import Lab, Measure
from digigov.labs.merger_picture import MergerPicture, Result
from digigov.language import number, say, signed
from digigov.models import merger as model
from digigov.models.merger import Merger
from digigov.provenance import Used

SOURCE = "dti-2024-da-nang"
DA_NANG, QUANG_NAM, MERGED = 0.8335, 0.5803, 0.7069  # as published; a test compares them with dti.csv
ROWS = ("dti-2024-da-nang-before", "dti-2024-quang-nam-before", "dti-2024-da-nang-merged")


class MergerLab(Lab):
    """No office does anything else, and two scores jump."""

    name = "merger"
    head = ("merger.head.before", "merger.head.after", "merger.head.change")
    predictions = ("13-predict-merged",)
    sources: ClassVar[tuple[str, ...]] = (SOURCE,)
    controls = (
        Control("first", DA_NANG, 0.4, 1, 0.01, "none", front=True, source=SOURCE),
        Control("second", QUANG_NAM, 0.4, 1, 0.01, "none", front=True, source=SOURCE),
        Control("weight", 0.5, 0, 1, 0.05, "percent", front=True, scale=100),
        Control("real_change", 0, -0.1, 0.1, 0.01, "none", front=True),
    )
    presets = (
        Preset("article", {}),
        Preset("more_people", {"weight": 0.3}),
        Preset("alike", {"second": DA_NANG}),
        Preset("loses", {"real_change": 0.05}),
        Preset("worse", {"real_change": -0.05}),
    )

    def __init__(self) -> None:
        self._picture = MergerPicture()

    @property
    def panels(self) -> tuple[tuple[str, Panel], ...]:
        return tuple((f"merger.alt.{name}", panel) for name, panel in self._picture.panels.items())

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        self._picture.draw(result, guesses)

    def run(self, values: Mapping[str, Any]) -> Result:
        merger = Merger(**values)
        published = merger == Merger(DA_NANG, QUANG_NAM)
        return Result(merger, published)

    def outcomes(self, result: Result) -> dict[str, float]:
        return {"merged": model.merged(result.merger)}

    def measures(self, result: Result) -> list[Measure]:
        merger, end = result.merger, model.merged(result.merger)

        def row(name: str, before: float, after: float) -> Measure:
            cells = number(before, 4), number(after, 4), signed(after - before, 4)
            return Measure(say(f"merger.measure.{name}"), cells)

        real = model.offices(merger)
        rows = [row("first", merger.first, end), row("second", merger.second, end)]
        rows += [row("office_first", merger.first, real[0]), row("office_second", merger.second, real[1])]
        if result.published:
            places = [say(f"merger.place.{name}") for name in ("before", "after", "change")]
            rows.insert(2, Measure(say("merger.measure.place"), tuple(places)))
        gap = row("gap", abs(merger.first - merger.second), 0)
        return [*rows, gap]

    def sentence(self, result: Result) -> str:
        merger = result.merger
        up_first, up_second = model.jumps(merger)
        parts = [
            say(
                "merger.sentence.head",
                merged=number(model.merged(merger), 4),
                first=signed(up_first, 4),
                second=signed(up_second, 4),
            )
        ]
        if merger.real_change == 0:
            parts.append(say("merger.sentence.nothing" if up_first or up_second else "merger.sentence.alike"))
        else:
            parts.append(say("merger.sentence.real", change=signed(merger.real_change, 2)))
            # One of the two is told the opposite of what its offices did.
            for name, jump in (("first", up_first), ("second", up_second)):
                if jump * merger.real_change < 0:
                    parts.append(say(f"merger.sentence.opposite_{name}"))
        parts.append(say("merger.sentence.published" if result.published else "merger.sentence.assumed"))
        return " ".join(parts)

    def used(self, result: Result) -> list[Used]:
        return [Used("dti", {"id": key}, ("value", "rank", "of")) for key in ROWS]
