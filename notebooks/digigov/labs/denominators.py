"""Denominators lab: one country and its percentages, all true at once (claim C7)."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import numpy as np

from digigov import tables
from digigov.errors import CourseError
from digigov.figures import Panel
from digigov.labs.controls import Control, Preset, Switch
from digigov.labs.denominators_picture import SHARES, SUPPLY, DenominatorsPicture, Result, published
from digigov.labs.frame import Lab, Measure, Values
from digigov.language import current, number, percent, say
from digigov.models import denominators as model
from digigov.models.denominators import Country
from digigov.provenance import Used

FITTED = 0.0006  # how far a fitted share may be from the published one: what rounding the settings can do
# What each fitted preset takes from the tables, by the share it is of.
YEARS = {
    "in_2021": {
        "eligible_level4": ("online_services", "eligible-level4-2021-12"),
        "eligible_wholly": ("online_services", "eligible-online-2021"),
        "files_online": ("online_services", "dossiers-online-2021-12"),
        "adults_portal": ("citizen_use", "portal-used-2021"),
    },
    "in_2022": {
        "eligible_level4": ("online_services", "eligible-level4-2022-08"),
        "with_file": ("online_services", "services-with-dossier-2022-08"),
        "files_online": ("online_services", "dossiers-online-2022-08"),
        "adults_portal": ("citizen_use", "portal-used-2022"),
    },
}


class DenominatorsLab(Lab):
    """Which percentages move when the state offers more, and which only when people gain something."""

    name = "denominators"
    head = ("lab.egov", "lab.digital", "denominators.head.published")
    predictions = ("12-predict-files", "12-predict-adults")
    sources: ClassVar[tuple[str, ...]] = (
        "mic-2021-12",
        "vgp-2024-08",
        "vietnam-insider-2022-11",
        "vns-2022-11",
        "papi-2022",
        "vgp-2023-06-derived",
    )
    controls = (
        Control("supply", 1.0, 0, 1, 0.001, "percent", front=True, scale=100),
        Control("wholly", 0.29, 0, 1, 0.001, "percent", front=True, scale=100),
        Control("sent", 0.555, 0, 1, 0.001, "percent", front=True, scale=100),
        Control("redesign_cost", 10, 1, 100, 1, "times", front=True),
        Switch("easy_first"),
        Switch("busy_first"),
        Control("busiest", 0.82, 0.1, 0.98, 0.01, "percent", scale=100),
        Control("eligible", 0.8, 0.05, 1, 0.01, "percent", scale=100),
        Control("services", 6798, 100, 10_000, 1, "services", source="vgp-2023-06-derived"),
        Control("files", 45, 0.1, 500, 0.1, "million_files"),
        Control("adults", 75, 1, 100, 1, "million_people"),
        Control("filers", 0.25, 0.05, 1, 0.01, "percent", scale=100),
        Control("own", 0.297, 0, 1, 0.0001, "percent", scale=100),
        Control("helped", 0.3, 0, 1, 0.01, "percent", scale=100),
        Control("sent_redesigned", 0.8, 0, 1, 0.01, "percent", scale=100),
        Control("minutes", 60, 0, 240, 5, "minutes"),
        Control("partial", 0.4, 0, 1, 0.05, "percent", scale=100),
    )
    presets = (
        Preset("article", {}),
        Preset("in_2021", None),
        Preset("in_2022", None),
        Preset("easy", {"supply": 0.85, "easy_first": True}),
        Preset("loses", {"redesign_cost": 40}),
    )

    def __init__(self) -> None:
        self._picture = DenominatorsPicture()

    @property
    def panels(self) -> tuple[tuple[str, Panel], ...]:
        return tuple((f"denominators.alt.{name}", panel) for name, panel in self._picture.panels.items())

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        self._picture.draw(result, guesses)

    def run(self, values: Mapping[str, Any]) -> Result:
        try:
            country = Country(**values)
        except ValueError as error:
            if str(error) == "order":
                raise CourseError(say("denominators.two_orders")) from None
            raise CourseError(say("lab.no_sense", control=say(f"denominators.control.{error}"))) from None
        return Result(
            country,
            egov=model.by_egov(country),
            digital=model.by_digital(country),
            curves=model.hours_by_supply(country, SUPPLY),
            break_even=model.break_even_cost(country),
        )

    def preset(self, name: str, values: Mapping[str, Any]) -> Values:
        """The country of a year: settings with which the model gives what was published. CourseError if none do."""
        wanted = _wanted(name)
        fitted = dict(values) | {"supply": wanted["eligible_level4"]}
        if "eligible_wholly" in wanted:
            fitted["wholly"] = round(wanted["eligible_wholly"] / wanted["eligible_level4"], 3)
        fitted["sent"] = round(model.sent_for(Country(**fitted), wanted["files_online"]), 3)
        if "with_file" in wanted:
            fitted["files"] = round(model.files_for(Country(**fitted), wanted["with_file"]), 1)
        fitted["own"] = round(model.own_for(Country(**fitted), wanted["adults_portal"]), 4)
        limits = next(control for control in self.controls if control.name == "files")
        within = limits.minimum <= fitted["files"] <= limits.maximum
        if within and _fits(model.by_egov(Country(**fitted)), name):
            return fitted
        raise CourseError(say("denominators.no_fit"))

    def outcomes(self, result: Result) -> dict[str, float]:
        return {
            "files_online": 100 * result.egov.files_online,
            "adults_portal": 100 * result.egov.adults_portal,
        }

    def measures(self, result: Result) -> list[Measure]:
        country = result.country
        sides = result.egov, result.digital
        rows = []
        for name, (digits, _) in SHARES.items():
            cells = [self._cell(country, counted, name, digits) for counted in sides]
            told = "; ".join(f"{percent(value)} ({year})" for value, year in published(name))
            rows.append(Measure(say(f"denominators.measure.{name}"), (*cells, told or say("denominators.unpublished"))))
        hours = tuple(f"{number(counted.hours, 1)} {say('unit.million_hours')}" for counted in sides)
        rows.append(Measure(say("denominators.measure.hours"), (*hours, say("denominators.unpublished"))))
        return rows

    def _cell(self, country: Country, counted: model.Counted, name: str, digits: int) -> str:
        """A share with its numerator and its denominator."""
        share = getattr(counted, name)
        wholes = {
            "eligible_level4": country.services * country.eligible,
            "all_level4": country.services,
            "eligible_wholly": country.services * country.eligible,
            "with_file": counted.services,
            "files_online": country.files,
            "adults_portal": country.adults,
        }
        decimals = 1 if name in ("files_online", "adults_portal") else 0
        part, whole = number(share * wholes[name], decimals), number(wholes[name], decimals)
        return say(f"denominators.cell.{decimals}", share=percent(100 * share, digits), part=part, whole=whole)

    def sentence(self, result: Result) -> str:
        egov, digital = result.egov, result.digital
        parts = [
            say(
                "denominators.sentence.shares",
                supply=percent(100 * egov.eligible_level4, 1),
                wholly=percent(100 * egov.eligible_wholly, 1),
                files=percent(100 * egov.files_online, 1),
                adults=percent(100 * egov.adults_portal, 2),
            )
        ]
        # As many settings are moved as there are figures: whatever else is assumed, they can be met.
        parts += [say("denominators.sentence.fitted", year=_year(name)) for name in YEARS if _fits(egov, name)]
        ahead = digital.hours - egov.hours
        which = "same" if abs(ahead) < 0.05 else "wins" if ahead > 0 else "loses"
        parts.append(
            say(
                f"denominators.sentence.{which}",
                services=number(digital.services, 0),
                egov=number(egov.hours, 1),
                digital=number(digital.hours, 1),
            )
        )
        even = result.break_even
        if np.isinf(even):
            parts.append(say("denominators.sentence.always"))
        elif even < 1:
            parts.append(say("denominators.sentence.never"))
        else:
            parts.append(say("denominators.sentence.even", times=number(even, 1 if even < 100 else 0)))
        return " ".join(parts)

    def used(self, result: Result) -> Sequence[Used]:
        columns = (f"indicator_{current()}", "value_pct")
        rows = [Used(table, _key(key), columns) for _, found in SHARES.values() for table, key in found]
        return [*rows, Used("procedure_counts", _key("all-2022-05"), (f"scope_{current()}", "count"))]


def _wanted(name: str) -> dict[str, float]:
    """The published shares of a fitted preset's year, from 0 to 1."""
    return {share: tables.load(table).row(key)["value_pct"] / 100 for share, (table, key) in YEARS[name].items()}


def _fits(counted: model.Counted, name: str) -> bool:
    return all(abs(getattr(counted, share) - value) <= FITTED for share, value in _wanted(name).items())


def _year(name: str) -> str:
    return name.removeprefix("in_")


def _key(row: str) -> dict[str, str]:
    return {"id": row}
