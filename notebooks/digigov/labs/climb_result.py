"""What the climb lab computes from its settings, before any of it is drawn or said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from digigov.egdi import PARTS, weights_of
from digigov.errors import CourseError
from digigov.language import say
from digigov.models import indices as model
from digigov.nations_data import WORLD, Nations, name_of, nations

TOGETHER = (*((part,) for part in range(len(PARTS))), tuple(range(len(PARTS))))  # each part held alone, then all
MOST = 2.0  # parts that add more than so many times the change nearly cancel out: shares of it would say nothing


@dataclass(frozen=True)
class Result:
    """`start`, `end`, `country` are places in the arrays of `data`; parts in the order of PARTS."""

    data: Nations
    country: int
    start: int
    end: int
    turned: bool  # the editions were given the other way round
    held: model.Held
    points: model.Array  # what each part adds to the change of score
    rank_if_held: tuple[int, ...]  # in the later edition, by TOGETHER
    score_if_held: tuple[float, ...]  # by TOGETHER: of the part held, or of the index when all are
    worlds: tuple[model.Array, model.Array]  # means of all who had a place, at the start and at the end: parts, index

    @property
    def world(self) -> model.Array:
        """Change of the world's mean, by part."""
        return (self.worlds[1] - self.worlds[0])[: len(PARTS)]

    @property
    def world_score(self) -> float:
        """Change of the world's mean of the index."""
        return float((self.worlds[1] - self.worlds[0])[-1])

    @property
    def change(self) -> float:
        """Points that the score rose: the sum of what the parts add."""
        return float(self.points.sum())

    @property
    def shares(self) -> model.Array | None:
        """What each part adds as a share of the change; None when the parts nearly cancel out."""
        cancel = np.abs(self.points).max() > MOST * abs(self.change) or not self.change
        return None if cancel else self.points / self.change

    @property
    def ranks(self) -> tuple[int, int]:
        """Published places at the start and at the end."""
        return int(self.data.rank[self.start, self.country]), int(self.data.rank[self.end, self.country])

    @property
    def recomputed(self) -> int:
        """The place at the end from the parts as they are: what the places above are compared with."""
        return rank_if(self.data, self.country, self.start, self.end, (), self.held)

    @property
    def places(self) -> tuple[int, ...]:
        """Places lost if parts had stayed, by TOGETHER; negative where their change has cost places."""
        return tuple(rank - self.recomputed for rank in self.rank_if_held)


def rank_if(data: Nations, country: int, start: int, end: int, parts: Sequence[int], held: model.Held) -> int:
    """The country's place in the edition `end` if these of its parts had stayed as in `start`."""
    weights = weights_of(data.editions[end])
    return model.rank_if_held(data.standing(start), data.standing(end), country, parts, held, weights)


def score_if(data: Nations, country: int, start: int, end: int, held: model.Held) -> tuple[float, ...]:
    """What each part would be in the edition `end` if it had stayed as in `start`, and the index if all had."""
    before, after = data.standing(start), data.standing(end)
    parts = [model.held_value(before, after, country, part, held) for part in range(len(PARTS))]
    return (*parts, float(model.score(parts, weights_of(data.editions[end]))))


def world(data: Nations, edition: int) -> model.Array:
    """Means of the parts and of the index over all countries that had a place in an edition."""
    everyone = data.members[WORLD] & (data.rank[edition] > 0)
    return model.means(np.column_stack([data.parts[edition], data.egdi[edition]]), everyone)


def result(values: Mapping[str, Any]) -> Result:
    """Raises CourseError for one edition twice, and for a country without a place or a score in either."""
    data = nations()
    country, name = data.country(values["country"]), name_of(values["country"])
    start, end = (data.edition(values[key]) for key in ("start", "end"))
    if start == end:
        raise CourseError(say("climb.error.one_edition", edition=values["end"]))
    turned = start > end
    start, end = min(start, end), max(start, end)
    for edition in (start, end):
        data.require_place(edition, country)
        if not data.egdi[edition, country]:
            raise CourseError(say("climb.error.zero", country=name, edition=data.editions[edition]))
    before, after = data.parts[start], data.parts[end]
    weights = [weights_of(data.editions[edition]) for edition in (start, end)]
    return Result(
        data,
        country,
        start,
        end,
        turned,
        values["held"],
        points=model.contributions(before[country], after[country], *weights),
        rank_if_held=tuple(rank_if(data, country, start, end, parts, values["held"]) for parts in TOGETHER),
        score_if_held=score_if(data, country, start, end, values["held"]),
        worlds=(world(data, start), world(data, end)),
    )


def fell_though_it_rose(start: int, end: int) -> str | None:
    """The country that lost most places between two editions while its score rose; None if none did."""
    data = nations()
    lost = data.rank[end] - data.rank[start]
    counted = (data.rank[start] > 0) & (data.egdi[start] > 0) & (data.egdi[end] > data.egdi[start]) & (lost > 0)
    return data.countries[int(np.argmax(np.where(counted, lost, 0)))] if counted.any() else None


def lent_by(result: Result, part: int) -> int:
    """The country whose value a part would have if it had kept its place."""
    before, after = result.data.standing(result.start), result.data.standing(result.end)
    value = model.held_value(before, after, result.country, part, "place")
    return int(np.argmax(after[:, part] == value))
