"""Years-saved lab: Estonia's years of work saved, rebuilt, by another divisor and less what the sum leaves out."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import numpy as np

from digigov import tables
from digigov.errors import CourseError
from digigov.figures import Panel
from digigov.labs.controls import Choice, Control, Preset
from digigov.labs.frame import Lab, Measure, Values
from digigov.labs.years_saved_picture import Result, YearsSavedPicture
from digigov.language import current, number, percent, say
from digigov.models import years_saved as model
from digigov.models.percentages import CALENDAR_YEAR, requests_behind
from digigov.provenance import Used

COLUMNS = ("calendar", "working")
ROWS = (
    "xroad-requests-2019",
    "xroad-people-2019",
    "xroad-minutes-2019",
    "xroad-years-2019",
    "xroad-people-2018",
    "xroad-years-2018",
)


class YearsSavedLab(Lab):
    """A number of years is a number of requests, a share, a guess of minutes, and a divisor."""

    name = "years_saved"
    head = ("years_saved.head.calendar", "years_saved.head.working")
    predictions = ("12-predict-years",)
    sources: ClassVar[tuple[str, ...]] = ("e-estonia-1100", "e-estonia-820")
    controls = (
        Choice("divisor", "calendar", ("calendar", "full_time", "working"), "years_saved.divisor"),
        Control("requests", 1300, 10, 3000, 1, "million_requests", front=True, source="e-estonia-1100"),
        Control("people", 0.03, 0, 0.5, 0.01, "percent", front=True, scale=100, source="e-estonia-1100"),
        Control("minutes", 15, 0, 30, 1, "minutes", front=True, source="e-estonia-1100"),
        Control("needed", 1, 0, 1, 0.05, "percent", scale=100),
        Control("idle", 0, 0, 1, 0.05, "percent", scale=100),
        Control("staff", 0, 0, 1000, 10, "people"),
    )
    presets = (
        Preset("article", {}),
        Preset("working", {"divisor": "working"}),
        Preset("page_820", None),
        Preset("loses", {"divisor": "working", "minutes": 3, "needed": 0.4, "idle": 0.5, "staff": 300}),
    )

    def __init__(self) -> None:
        self._picture = YearsSavedPicture()

    @property
    def panels(self) -> tuple[tuple[str, Panel], ...]:
        return tuple((f"years_saved.alt.{name}", panel) for name, panel in self._picture.panels.items())

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        self._picture.draw(result, guesses)

    def run(self, values: Mapping[str, Any]) -> Result:
        settings = dict(values)
        divisor = settings.pop("divisor")
        try:
            exchange = model.Exchange(**settings)
        except ValueError as error:
            raise CourseError(say("lab.no_sense", control=say(f"years_saved.control.{error}"))) from None
        return Result(exchange, model.saved(exchange), divisor)

    def preset(self, name: str, values: Mapping[str, Any]) -> Values:
        """The other page: its share, and the number of requests with which its 820 years come out."""
        table = tables.load("platform_evidence")
        share = table.row("xroad-people-2018")["value"] / 100
        if not values["minutes"]:
            raise CourseError(say("lab.no_sense", control=say("years_saved.control.minutes")))
        requests = (
            requests_behind(table.row("xroad-years-2018")["value"], share, values["minutes"], CALENDAR_YEAR) / 1e6
        )
        limits = next(control for control in self.controls if control.name == "requests")
        if requests > limits.maximum:
            raise CourseError(say("lab.no_sense", control=say("years_saved.control.minutes")))
        return {**values, "divisor": "calendar", "people": share, "requests": round(requests, 1)}

    def outcomes(self, result: Result) -> dict[str, float]:
        # Whole years, as the lab prints them: else the feedback shows 5,539.77 beside a sentence that says 5,540.
        return {"working_years": float(round(model.in_years(result.saved.told, "working")))}

    def measures(self, result: Result) -> list[Measure]:
        exchange, saved = result.exchange, result.saved

        def row(name: str, hours: float, digits: int = 0, **words: str) -> Measure:
            years = (number(model.in_years(hours, kind), digits).replace("-", "−") for kind in COLUMNS)
            cells = (f"{told} {say('unit.years')}" for told in years)
            return Measure(say(f"years_saved.measure.{name}", **words), tuple(cells))

        def both(name: str, words: str) -> Measure:
            return Measure(say(f"years_saved.measure.{name}"), (words, words))

        people = exchange.requests * exchange.people
        even = model.break_even_minutes(exchange)
        minutes = say("years_saved.nothing") if np.isinf(even) else f"{number(even, 1)} {say('unit.minutes')}"
        return [
            both("people", f"{number(people, 1)} {say('unit.million_requests')}"),
            both("hours", f"{number(saved.told, 2)} {say('unit.million_hours')}"),
            row("told", saved.told),
            row("minute", people / 60, 1),
            row("gained", saved.gained),
            row("spent", saved.spent),
            row("net", saved.net),
            both("even", minutes),
        ]

    def sentence(self, result: Result) -> str:
        exchange, saved = result.exchange, result.saved
        parts = [
            say(
                "years_saved.sentence.sum",
                people=number(exchange.requests * exchange.people, 1),
                minutes=number(exchange.minutes, 1 if exchange.minutes % 1 else 0),
                hours=number(saved.told, 2),
                calendar=number(model.in_years(saved.told, "calendar"), 0),
                working=number(model.in_years(saved.told, "working"), 0),
            ),
            say("years_saved.sentence.minute", years=number(result.years(exchange.requests * exchange.people / 60), 0)),
        ]
        if saved.net < -1e-9:
            parts.append(say("years_saved.sentence.loses", years=number(-result.years(saved.net), 0)))
        elif saved.net < saved.told - 1e-9:
            left = percent(100 * saved.net / saved.told, 0)
            parts.append(say("years_saved.sentence.left", years=number(result.years(saved.net), 0), share=left))
        else:
            parts.append(say("years_saved.sentence.unmeasured"))
        return " ".join(parts)

    def used(self, result: Result) -> Sequence[Used]:
        columns = (f"indicator_{current()}", "value")
        return [Used("platform_evidence", {"id": key}, columns) for key in ROWS]
