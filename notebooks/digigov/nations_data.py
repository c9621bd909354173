"""The UN's index as arrays: twelve editions, every country, and the groups that countries are compared with."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from digigov import tables
from digigov.countries import country_names
from digigov.egdi import PARTS
from digigov.errors import CourseError
from digigov.language import number, say
from digigov.models import indices as model

WORLD = "world"
GROUPS = (WORLD, "south_east_asia", "eu", "g20", "oecd")


@dataclass(frozen=True)
class Nations:
    """`parts`: editions × countries × parts; the rest editions × countries. Rank 0: no place, as no state yet."""

    editions: tuple[int, ...]
    countries: tuple[str, ...]
    parts: model.Array
    egdi: model.Array
    rank: model.Counts
    members: Mapping[str, model.Flags]

    def edition(self, year: int | str) -> int:
        """The place of an edition in the arrays."""
        return self.editions.index(int(year))

    def country(self, iso3: str) -> int:
        """The place of a country in the arrays."""
        return self.countries.index(iso3)

    def scores(self, weights: Any) -> model.Array:
        """Every edition's scores under these weights: editions × countries.

        Who was not scored stays at 0, as the UN left them. Raises ValueError("weights").
        """
        return np.stack([model.score(self.standing(edition), weights) for edition in range(len(self.editions))])

    def standing(self, edition: int) -> model.Array:
        """An edition's parts, with 0 for who was not scored and so stands behind everybody: countries × parts."""
        return np.where(self.egdi[edition][:, None] > 0, self.parts[edition], 0.0)

    def require_place(self, edition: int, country: int) -> None:
        """Raises CourseError when the country was no state at the time of the edition."""
        if not self.rank[edition, country]:
            first = self.editions[int(np.flatnonzero(self.rank[:, country])[0])]
            raise CourseError(
                say(
                    "nations.error.no_place",
                    country=name_of(self.countries[country]),
                    edition=self.editions[edition],
                    first=first,
                )
            )


@cache
def nations() -> Nations:
    """`data/egdi.csv` and `data/country_groups.csv`, read once. Raises CourseError for what is wrong in them."""
    rows = tables.load("egdi").rows
    editions = tuple(sorted({row["edition"] for row in rows}))
    countries = tuple(sorted({row["iso3"] for row in rows}))
    shape = len(editions), len(countries)
    parts, egdi, rank = np.zeros((*shape, len(PARTS))), np.zeros(shape), np.zeros(shape, dtype=np.int64)
    where = {iso3: place for place, iso3 in enumerate(countries)}
    for row in rows:
        place = editions.index(row["edition"]), where[row["iso3"]]
        parts[place] = [row[part] for part in PARTS]
        egdi[place], rank[place] = row["egdi"], row["rank"] or 0
    of = {
        group: {row["iso3"] for row in tables.load("country_groups").rows if row["group"] == group} for group in GROUPS
    }
    members = {
        group: np.array([group == WORLD or iso3 in of[group] for iso3 in countries], dtype=np.bool_) for group in GROUPS
    }
    return Nations(editions, countries, parts, egdi, rank, members)


def scored() -> dict[str, tuple[str, ...]]:
    """The countries of the index with their names."""
    known = set(nations().countries)
    return {iso3: names for iso3, names in country_names().items() if iso3 in known}


def groups_and_countries() -> dict[str, tuple[str, ...]]:
    """What a country can be compared with: a group, or another country."""
    return {group: (say(f"nations.group.{group}"),) for group in GROUPS} | scored()


def name_of(key: str) -> str:
    """The name of a country or of a group in the learner's language."""
    return say(f"nations.group.{key}") if key in GROUPS else country_names()[key][0]


def rows_note(table: str, column: str, *years: int) -> str:
    """Says in which rows of a table all the economies of these editions stand."""
    found = tables.load(table)
    told = []
    for year in years:
        places = [place for place, row in enumerate(found.rows, start=2) if row[column] == year]
        told.append(say("nations.rows", year=year, first=number(places[0]), last=number(places[-1])))
    return say("nations.all_rows", file=found.resource["path"], rows=", ".join(told))


def years_as_text(values: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Settings with years that were given as numbers: 2024 is as good as "2024"."""
    return {
        name: str(value) if name in names and isinstance(value, int) and 0 <= value <= 9999 else value
        for name, value in values.items()
    }
