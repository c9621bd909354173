"""Nations lab: an index by hand. A country's score and place from the parts of the UN's index, under any weights."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import numpy as np

from digigov.egdi import PARTS, weights_of
from digigov.errors import CourseError
from digigov.figures import Panel
from digigov.labs.controls import Choice, Control, Preset, Search
from digigov.labs.frame import Lab, Measure, Values
from digigov.labs.nations_picture import NationsPicture
from digigov.labs.nations_result import Result, extreme_weights, result
from digigov.language import number, say
from digigov.models import indices as model
from digigov.nations_data import groups_and_countries, name_of, nations, rows_note, scored, years_as_text
from digigov.provenance import Used

EDITIONS = ("2003", "2004", "2005", "2008", "2010", "2012", "2014", "2016", "2018", "2020", "2022", "2024")
SOURCE = "un-survey-2024"
MOST_ROWS = 12  # of evidence under a lab
NONE = "–"


class NationsLab(Lab):
    """Where a country stands among nations, and how much of its place is a matter of weights."""

    name = "nations"
    head = ("nations.head.published", "nations.head.yours", "nations.head.compared")
    predictions = ("13-predict-india",)
    sources: ClassVar[tuple[str, ...]] = ("un-egov-survey", SOURCE)
    controls = (
        Search("country", "VNM", scored, source=SOURCE),
        Search("compare", "south_east_asia", groups_and_countries, source=SOURCE),
        Choice("edition", "2024", EDITIONS, "nations.edition", source=SOURCE),
        *(Control(part, 1, 0, 2, 0.01, "none", front=True, source="un-egov-survey") for part in PARTS),
    )
    presets = (
        Preset("article", {}),
        Preset("weights_2010", {"edition": "2010", "osi": 0.34, "hci": 0.33, "tii": 0.33}),
        Preset("osi_only", {"hci": 0, "tii": 0}),
        Preset("india", {"country": "IND", "compare": "VNM"}),
        Preset("denmark", {"country": "DNK", "compare": "eu"}),
        Preset("best", None),
        Preset("loses", None),
    )

    def __init__(self) -> None:
        self._picture = NationsPicture()

    @property
    def panels(self) -> tuple[tuple[str, Panel], ...]:
        return tuple((f"nations.alt.{name}", panel) for name, panel in self._picture.panels.items())

    def checked(self, values: Mapping[str, Any], base: Mapping[str, Any] | None = None) -> Values:
        return super().checked(years_as_text(values, "edition"), base)

    def preset(self, name: str, values: Mapping[str, Any]) -> Values:
        data = nations()
        edition, country = data.edition(values["edition"]), data.country(values["country"])
        return {**values, **extreme_weights(edition, country, best=name == "best")}

    def run(self, values: Mapping[str, Any]) -> Result:
        try:
            return result(values)
        except CourseError:
            raise
        except ValueError:
            raise CourseError(say("nations.error.weights")) from None

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        self._picture.draw(result, guesses)

    def outcomes(self, result: Result) -> dict[str, float]:
        data = result.data
        return {
            "india_rank": float(data.rank[result.edition, data.country("IND")]),
            "very_high": float(model.bands(data.egdi[result.edition])[0]),
        }

    def used(self, result: Result) -> Sequence[Used]:
        data = result.data
        rows = dict.fromkeys([result.country, result.best, *np.flatnonzero(result.compared()).tolist()])
        return [
            Used(
                "egdi",
                {"edition": data.editions[result.edition], "iso3": data.countries[place]},
                ("rank", "egdi", *PARTS),
            )
            for place in list(rows)[:MOST_ROWS]
        ]

    def used_note(self, result: Result) -> str:
        return rows_note("egdi", "edition", result.data.editions[result.edition])

    # -- from values to words

    def measures(self, result: Result) -> list[Measure]:
        data, edition, country = result.data, result.edition, result.country
        published, yours, compared = data.egdi[edition], result.scores[edition], result.compared()
        rows = [
            _row(
                "score", *(number(value, 4) for value in (published[country], yours[country], yours[compared].mean()))
            ),
            _row(
                "rank", number(data.rank[edition, country]), number(result.ranks[edition, country]), self._rank(result)
            ),
        ]
        places = [result.place_in_group(scores) for scores in (published, yours)]
        if places[0] and places[1]:
            told = [say("nations.of", place=number(place), all=number(size)) for place, size in filter(None, places)]
            rows.append(_row("in_group", *told, NONE, group=name_of(result.compare)))
        by_part, standing = model.ranks_by_part(data.parts[edition]), data.standing(edition)
        for part, name in enumerate(PARTS):
            value, rank = number(data.parts[edition, country, part], 4), number(by_part[country, part])
            # What adds up to the scores above: nothing where the UN gave no score.
            own, theirs = standing[country, part], standing[compared, part].mean()
            points = (_points(result, part, value) for value in (own, theirs))
            rows.append(_row(name, say("nations.value_rank", value=value, rank=rank), *points))
        group = yours[compared]
        share = say("nations.of", place=number(model.bands(group)[0]), all=number(len(group)))
        counts = (number(model.bands(scores)[0]) for scores in (published, yours))
        return [*rows, _row("very_high", *counts, share if result.is_group else NONE)]

    def _rank(self, result: Result) -> str:
        """The place of who is compared with; a group has the mean of its members' places."""
        ranks = result.ranks[result.edition, result.compared()]
        return say("nations.mean_rank", rank=number(ranks.mean(), 1)) if result.is_group else number(ranks[0])

    def sentence(self, result: Result) -> str:
        data, edition, country = result.data, result.edition, result.country
        year, name = data.editions[edition], name_of(data.countries[country])
        rank, yours = int(data.rank[edition, country]), int(result.ranks[edition, country])
        fit = result.fits[edition]
        parts = [
            say(
                "nations.sentence.published",
                country=name,
                edition=year,
                egdi=number(data.egdi[edition, country], 4),
                rank=number(rank),
                all=number(np.sum(data.rank[edition] > 0)),
            )
        ]
        if not data.egdi[edition, country]:
            zero = "osi" if not data.parts[edition, country, PARTS.index("osi")] else "other"
            parts.append(say(f"nations.sentence.zero_{zero}", country=name))
        else:
            where = "same" if yours == rank else "higher" if yours < rank else "lower"
            words = {} if yours == rank else {"by": number(abs(yours - rank))}
            if yours != rank and np.allclose(result.weights, model.normalised(weights_of(year))):
                where, words = "rounded", {}
            score = number(result.scores[edition, country], 4)
            parts.append(say(f"nations.sentence.{where}", score=score, rank=number(yours), **words))
        by_part = model.ranks_by_part(data.parts[edition])[country]
        parts.append(say("nations.sentence.parts", **{part: number(by_part[at]) for at, part in enumerate(PARTS)}))
        parts.append(
            say(
                f"nations.sentence.{'missed' if fit.missed else 'fits'}",
                edition=year,
                countries=number(fit.countries),
                **(
                    {"missed": number(fit.missed), "median": number(fit.median, 5), "largest": number(fit.largest, 5)}
                    if fit.missed
                    else {}
                ),
            )
        )
        return " ".join(parts)


def _row(name: str, *cells: str, **words: str) -> Measure:
    return Measure(say(f"nations.measure.{name}", **words), cells)


def _points(result: Result, part: int, value: float) -> str:
    """What a part brings to the score under the learner's weights."""
    return say("nations.points", points=number(float(value * result.weights[part]), 4))
