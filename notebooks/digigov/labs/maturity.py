"""Maturity lab: the World Bank's GovTech Maturity Index, and which part keeps an economy out of the next group."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from digigov import tables
from digigov.countries import country_names
from digigov.errors import CourseError
from digigov.figures import Panel
from digigov.labs.controls import Choice, Control, Preset, Search
from digigov.labs.frame import Lab, Measure, Values
from digigov.labs.maturity_picture import ROWS, MaturityPicture, Result
from digigov.language import number, say, signed
from digigov.models import maturity as model
from digigov.nations_data import rows_note, years_as_text
from digigov.provenance import Used

YEARS = ("2020", "2022", "2025")
NONE = "–"
COLUMNS = ("gtmi", *model.PARTS)


@dataclass(frozen=True)
class Edition:
    """One edition of the index: rows by economy, scores from the highest down."""

    rows: Mapping[str, Mapping[str, Any]]
    scores: tuple[float, ...]
    shares: Mapping[str, float]


class MaturityLab(Lab):
    """Country, edition, and one part lifted."""

    name = "maturity"
    head = ("maturity.head.before", "maturity.head.now", "maturity.head.lifted")
    predictions = ("13-predict-lift",)
    sources: ClassVar[tuple[str, ...]] = ("gtmi-2020", "gtmi-2022", "gtmi-2025")
    presets = (
        Preset("article", {}),
        Preset("needed", None),
        Preset("no_single", None),
        Preset("loses", {"year": "2022"}),
        Preset("best", {"country": "SGP"}),
    )
    controls = (
        Search("country", "VNM", country_names, source="gtmi-2025"),
        Choice("year", "2025", YEARS, "maturity.year"),
        Choice("part", "dcei", model.PARTS, "maturity.part"),
        Control("lift", 0, 0, 1, 0.01, "none", front=True),
    )

    def __init__(self) -> None:
        self._picture = MaturityPicture()

    @property
    def panels(self) -> tuple[tuple[str, Panel], ...]:
        return tuple((f"maturity.alt.{name}", panel) for name, panel in self._picture.panels.items())

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        self._picture.draw(result, guesses)

    def checked(self, values: Mapping[str, Any], base: Mapping[str, Any] | None = None) -> Values:
        return super().checked(years_as_text(values, "year"), base)

    # -- from values to results

    def run(self, values: Mapping[str, Any]) -> Result:
        iso3, year, part, lift = (values[name] for name in ("country", "year", "part", "lift"))
        edition = editions()[year]
        name = country_names()[iso3][0]
        if iso3 not in edition.rows:
            raise CourseError(say("maturity.not_there", country=name, year=year))
        row = edition.rows[iso3]
        place = YEARS.index(year)
        before = editions()[YEARS[place - 1]].rows.get(iso3) if place else None
        new_score, new_part = model.lifted(row["gtmi"], row, part, lift)
        return Result(
            iso3=iso3,
            name=name,
            year=int(year),
            part=part,
            lift=lift,
            score=row["gtmi"],
            parts=row,
            before=before,
            year_before=int(YEARS[place - 1]) if place else 0,
            new_score=new_score,
            new_part=new_part,
            scores=edition.scores,
            shares=edition.shares,
            ways=model.ways_up(row["gtmi"], row),
            highest_of_group=row["gtmi"] == max(r["gtmi"] for r in edition.rows.values() if r["group"] == row["group"]),
        )

    def preset(self, name: str, values: Mapping[str, Any]) -> Values:
        """The least lift of the weakest part that is enough; or the highest economy that no part alone lifts enough."""
        if name == "no_single":
            found = _no_single()
            return dict(values) | {"country": found["iso3"], "year": "2025", "part": model.weakest(found), "lift": 1.0}
        result = self.run(values)
        if not result.ways:
            raise CourseError(say("maturity.highest_group", country=result.name, year=str(result.year)))
        part = model.weakest(result.parts)
        way = next(way for way in result.ways if way.part == part)
        if not way.possible:
            raise CourseError(say("maturity.no_single", country=result.name, year=str(result.year)))
        return dict(values) | {"part": part, "lift": round(way.needed, 4)}

    def outcomes(self, result: Result) -> dict[str, float]:
        return {"needed_lift": round(result.ways[0].needed, 4) if result.ways else 0.0}

    # -- from results to words

    def measures(self, result: Result) -> list[Measure]:
        rows = []
        for name in ROWS:
            new = result.new_score if name == "gtmi" else result.new_part if name == result.part else result.parts[name]
            now = result.score if name == "gtmi" else result.parts[name]
            before = NONE if result.before is None else number(result.before[name], 4)
            rows.append(Measure(say(f"maturity.part.{name}"), (before, number(now, 4), number(new, 4))))
        old = NONE if result.before is None else result.before["group"]
        rows.append(
            Measure(say("maturity.measure.group"), (old, model.group(result.score), model.group(result.new_score)))
        )
        needed = number(result.ways[0].needed, 4) if result.ways else NONE
        left = model.ways_up(result.new_score, result.parts) if model.next_group(result.new_score) else ()
        still = number(left[0].needed, 4) if left else NONE
        rows.append(Measure(say("maturity.measure.needed"), (NONE, needed, still)))
        whole = number(len(result.scores))
        places = [
            say("maturity.measure.of", place=number(model.place(score, list(result.scores))), all=whole)
            for score in (result.score, result.new_score)
        ]
        rows.append(Measure(say("maturity.measure.place"), (NONE, *places)))
        return rows

    def sentence(self, result: Result) -> str:
        group = model.group(result.score)
        parts = [
            say(
                "maturity.sentence.head",
                country=result.name,
                year=str(result.year),
                score=number(result.score, 4),
                group=group,
            )
        ]
        if result.before is not None:
            parts.append(self._moved(result))
        if result.highest_of_group and group != "A":
            parts.append(say("maturity.sentence.highest", group=group))
        parts.append(self._way_up(result))
        if result.lift:
            parts.append(self._lifted(result))
        return " ".join(parts)

    def _moved(self, result: Result) -> str:
        """Which parts rose and which fell since the edition before."""
        before = result.before or {}
        changes = {part: result.parts[part] - before[part] for part in model.PARTS}
        words = {
            way: ", ".join(f"{part.upper()} {signed(change, 3)}" for part, change in changes.items() if fits(change))
            for way, fits in (("up", lambda change: change > 0), ("down", lambda change: change < 0))
        }
        kind = "both" if words["up"] and words["down"] else "up" if words["up"] else "down"
        if not any(words.values()):
            kind = "none"
        change = signed(result.score - before["gtmi"], 4)
        given = {way: words[way] for way in ("up", "down") if kind in (way, "both")}
        return say(f"maturity.sentence.moved_{kind}", year=str(result.year_before), change=change, **given)

    def _way_up(self, result: Result) -> str:
        if not result.ways:
            return say("maturity.sentence.group_a")
        above = model.next_group(result.score)
        weakest = model.weakest(result.parts)
        possible = [way.part.upper() for way in result.ways if way.possible]
        needed = number(result.ways[0].needed, 4)
        gap = number(model.FROM[above or "A"] - result.score, 4)
        if not possible:
            return say("maturity.sentence.no_single", group=above, needed=needed, gap=gap)
        return say(
            f"maturity.sentence.way_up_{'one' if len(possible) == 1 else 'any'}",
            group=above,
            needed=needed,
            gap=gap,
            weakest=weakest.upper(),
            value=number(result.parts[weakest], 4),
            parts=", ".join(possible),
        )

    def _lifted(self, result: Result) -> str:
        old, new = model.group(result.score), model.group(result.new_score)
        words = say(
            f"maturity.sentence.lifted_{'same' if old == new else 'up'}",
            part=result.part.upper(),
            lift=number(result.new_part - result.parts[result.part], 4),
            score=number(result.new_score, 4),
            group=new,
        )
        wasted = say("maturity.sentence.wasted") if result.wasted > model.NOISE else ""
        return f"{words} {wasted}".strip()

    def used(self, result: Result) -> list[Used]:
        years = [result.year] if result.before is None else [result.year_before, result.year]
        return [Used("gtmi", {"year": year, "iso3": result.iso3}, ("group", *COLUMNS)) for year in years]

    def used_note(self, result: Result) -> str:
        return rows_note("gtmi", "year", result.year)


@cache
def editions() -> dict[str, Edition]:
    """Every edition of the index, from the table."""
    rows = tables.load("gtmi").rows
    found = {}
    for year in YEARS:
        here = {row["iso3"]: row for row in rows if row["year"] == int(year)}
        scores = tuple(sorted((row["gtmi"] for row in here.values()), reverse=True))
        found[year] = Edition(here, scores, model.shares([row["group"] for row in here.values()]))
    return found


@cache
def _no_single() -> Mapping[str, Any]:
    """The economy with the highest score that no single part lifts into the next group."""
    stuck = [
        row
        for row in editions()["2025"].rows.values()
        if (ways := model.ways_up(row["gtmi"], row)) and not any(way.possible for way in ways)
    ]
    return max(stuck, key=lambda row: row["gtmi"])
