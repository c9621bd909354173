"""What the nations lab computes from its settings, before any of it is drawn or said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from digigov.egdi import PARTS
from digigov.models import indices as model
from digigov.nations_data import GROUPS, WORLD, Nations, nations

GRID = model.grid()


@dataclass(frozen=True)
class Result:
    """`edition`, `country`, `best` are places in the arrays of `data`; scores, ranks: editions × countries."""

    data: Nations
    edition: int
    country: int
    compare: str  # a group or the code of another country
    weights: model.Array  # shares, in the order of PARTS
    scores: model.Array  # under these weights
    ranks: model.Counts
    fits: tuple[model.Fit, ...]  # of these weights, by edition

    @property
    def best(self) -> int:
        """Who stands first under these weights."""
        return int(np.argmax(self.scores[self.edition]))

    @property
    def is_group(self) -> bool:
        return self.compare in GROUPS

    def compared(self, edition: int | None = None) -> model.Flags:
        """The countries compared with that had a place in an edition, the chosen one if none is named."""
        had_place = self.data.rank[self.edition if edition is None else edition] > 0
        if self.is_group:
            return self.data.members[self.compare] & had_place
        return (np.arange(len(had_place)) == self.data.country(self.compare)) & had_place

    def place_in_group(self, scores: model.Array) -> tuple[int, int] | None:
        """The country's place in its group and the group's size; None if it stands in none, or in the whole world."""
        members = self.compared()
        if not self.is_group or self.compare == WORLD or not members[self.country]:
            return None
        return model.place_among(scores[self.country], scores[members]), int(members.sum())


def result(values: Mapping[str, Any]) -> Result:
    """Raises CourseError for a country without a place in the edition, ValueError("weights") for a sum of zero."""
    data = nations()
    edition, country = data.edition(values["edition"]), data.country(values["country"])
    data.require_place(edition, country)
    if values["compare"] not in GROUPS:
        data.require_place(edition, data.country(values["compare"]))
    weights = model.normalised([values[part] for part in PARTS])
    scores = data.scores(weights)
    return Result(
        data,
        edition,
        country,
        values["compare"],
        weights,
        scores,
        ranks=np.stack([model.ranks(row) for row in scores]),
        fits=tuple(model.compare(*edition, weights) for edition in zip(data.parts, data.egdi, strict=True)),
    )


def extreme_weights(edition: int, country: int, best: bool) -> dict[str, float]:
    """The weights in hundredths under which a country stands best, or worst; of several the most even ones."""
    data = nations()
    places = model.places_over(data.standing(edition), country, GRID)
    alike = GRID[places == (places.min() if best else places.max())]
    evenest = alike[np.argmin(np.sum((alike - 1 / 3) ** 2, axis=1))]
    return dict(zip(PARTS, evenest.round(2).tolist(), strict=True))
