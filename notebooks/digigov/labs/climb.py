"""Climb lab: why did a country rise or fall? In points, and in places: two right answers that may name two parts."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from digigov.egdi import PARTS
from digigov.errors import CourseError
from digigov.figures import Panel
from digigov.labs.climb_picture import ClimbPicture, signed, told_points
from digigov.labs.climb_result import Result, fell_though_it_rose, lent_by, result
from digigov.labs.controls import Choice, Preset, Search
from digigov.labs.frame import Lab, Measure, Values
from digigov.labs.nations import EDITIONS, SOURCE
from digigov.language import number, percent, say
from digigov.models import indices as model
from digigov.nations_data import name_of, nations, rows_note, scored, years_as_text
from digigov.provenance import Used


class ClimbLab(Lab):
    """What moved a country between two editions, part by part."""

    name = "climb"
    head = ("climb.head.change", "climb.head.points", "climb.head.places", "climb.head.world")
    predictions = ("13-predict-osi-share", "13-predict-hci-held")
    sources: ClassVar[tuple[str, ...]] = ("un-egov-survey", "un-survey-2022", SOURCE)
    controls = (
        Search("country", "VNM", scored, source=SOURCE),
        Choice("start", "2022", EDITIONS, "nations.edition", source=SOURCE),
        Choice("end", "2024", EDITIONS, "nations.edition", source=SOURCE),
        Choice("held", "place", ("place", "score"), "climb.held"),
    )
    presets = (
        Preset("article", {}),
        Preset("score_held", {"held": "score"}),
        Preset("strategy", {"start": "2018"}),
        Preset("loses", {"start": "2018", "end": "2020"}),
        Preset("fell", None),
    )

    def __init__(self) -> None:
        self._picture = ClimbPicture()

    @property
    def panels(self) -> tuple[tuple[str, Panel], ...]:
        return tuple((f"climb.alt.{name}", panel) for name, panel in self._picture.panels.items())

    def checked(self, values: Mapping[str, Any], base: Mapping[str, Any] | None = None) -> Values:
        return super().checked(years_as_text(values, "start", "end"), base)

    def preset(self, name: str, values: Mapping[str, Any]) -> Values:
        data = nations()
        start, end = sorted(data.edition(values[key]) for key in ("start", "end"))
        country = fell_though_it_rose(start, end)
        if country is None:
            raise CourseError(say("climb.error.nobody", start=data.editions[start], end=data.editions[end]))
        return {**values, "country": country}

    def run(self, values: Mapping[str, Any]) -> Result:
        return result(values)

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        self._picture.draw(result, guesses)

    def outcomes(self, result: Result) -> dict[str, float]:
        shares = result.shares
        found = {f"rank_if_{part}_held": float(rank) for part, rank in zip(PARTS, result.rank_if_held, strict=False)}
        if shares is not None:
            found |= {f"{part}_share": 100 * float(share) for part, share in zip(PARTS, shares, strict=True)}
        return found

    def used(self, result: Result) -> Sequence[Used]:
        data = result.data
        end = data.editions[result.end]
        own = data.countries[result.country]
        rows = [
            Used("egdi", {"edition": data.editions[edition], "iso3": own}, ("rank", "egdi", *PARTS))
            for edition in (result.start, result.end)
        ]
        if result.held == "score":
            return rows
        lent = [(data.countries[lent_by(result, part)], name) for part, name in enumerate(PARTS)]
        return rows + [Used("egdi", {"edition": end, "iso3": iso3}, (name,)) for iso3, name in lent if iso3 != own]

    def used_note(self, result: Result) -> str:
        return rows_note("egdi", "edition", *(result.data.editions[edition] for edition in (result.start, result.end)))

    # -- from values to words

    def measures(self, result: Result) -> list[Measure]:
        data, country, points = result.data, result.country, told_points(result)

        def change(before: float, after: float) -> str:
            return say("climb.change", before=number(before, 4), after=number(after, 4))

        rows = []
        for part, name in enumerate(PARTS):
            before, after = (data.parts[edition, country, part] for edition in (result.start, result.end))
            cells = change(before, after), points[part], self._held(result, part), signed(result.world[part], 3)
            rows.append(Measure(say(f"climb.measure.{name}"), cells))
        before, after = (data.egdi[edition, country] for edition in (result.start, result.end))
        world = result.world_score
        cells = change(before, after), signed(result.change, 4), self._held(result, -1), signed(world, 3)
        return [*rows, Measure(say("climb.measure.all"), cells)]

    def _held(self, result: Result, held: int) -> str:
        """The place without a part's change, what that would cost, and the score it would have had."""
        places = result.places[held]
        way = "none" if not places else "lost" if places > 0 else "won"
        words = {"number": number(abs(places))} if places else {}
        told = say(f"climb.places.{way}", rank=number(result.rank_if_held[held]), **words)
        return say("climb.places.at", places=told, score=number(result.score_if_held[held], 4))

    def sentence(self, result: Result) -> str:
        data = result.data
        start, end = (data.editions[edition] for edition in (result.start, result.end))
        parts = [say("climb.sentence.turned")] if result.turned else []
        then, now = result.ranks
        rose = "rose" if result.change > 0 else "fell"
        moved = "same" if now == then else "up" if now < then else "down"
        parts.append(
            say(
                f"climb.sentence.{rose}_{moved}",
                country=name_of(data.countries[result.country]),
                start=start,
                end=end,
                by=number(abs(result.change), 4),
                then=number(then),
                now=number(now),
            )
        )
        parts += [self._told_points(result), self._told_places(result), self._told_verdict(result)]
        return " ".join(filter(None, parts))

    def _told_points(self, result: Result) -> str:
        osi = result.points[PARTS.index("osi")]
        if result.shares is None:
            points = {part: signed(value, 4) for part, value in zip(PARTS, result.points, strict=True)}
            return say("climb.sentence.points_none", **points)
        shares = {
            part: percent(100 * share, 1).replace("-", "−") for part, share in zip(PARTS, result.shares, strict=True)
        }
        told = say(f"climb.sentence.points_{'rise' if result.change > 0 else 'fall'}", **shares)
        return told + " " + say("climb.sentence.osi_took") if osi < 0 < result.change else told

    def _told_places(self, result: Result) -> str:
        ranks = {part: number(rank) for part, rank in zip(PARTS, result.rank_if_held, strict=False)}
        name = name_of(result.data.countries[result.country])
        return say(f"climb.sentence.held_{result.held}", **ranks, all=number(result.rank_if_held[-1]), country=name)

    def _told_verdict(self, result: Result) -> str:
        """Whether points and places name the same part: the one that gave most, or in a fall took most."""
        then, now = result.ranks
        rose, up = result.change > 0, now < then or (now == then and result.change > 0)
        by_points = leading(result.points if rose else -result.points)
        by_places = leading([places if up else -places for places in result.places[: len(PARTS)]])
        if by_points is None or by_places is None:
            return say("climb.sentence.no_one")
        points, places = PARTS[by_points].upper(), PARTS[by_places].upper()
        if rose == up and points == places:
            return say("climb.sentence.agree", part=points)
        way = f"{'rise' if rose else 'fall'}_{'up' if up else 'down'}"
        return say(f"climb.sentence.differ_{way}", points=points, places=places)


def leading(values: Sequence[float] | model.Array) -> int | None:
    """The place of the largest value; None when it is not above 0, or stands twice."""
    most = max(values)
    first = [place for place, value in enumerate(values) if value == most]
    return first[0] if most > 0 and len(first) == 1 else None
