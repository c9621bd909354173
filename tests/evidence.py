"""Rows of the evidence tables, and what follows from them by plain arithmetic."""

from collections.abc import Sequence

from digigov import tables
from digigov.egdi import PARTS
from digigov.tables import Row


def rows(name: str, **wanted: object) -> list[Row]:
    """Rows of a table in which these columns have these values."""
    return [row for row in tables.load(name).rows if all(row[column] == value for column, value in wanted.items())]


def one(name: str, **key: object) -> Row:
    """The row with this primary key."""
    return tables.load(name).find(**key)[1]


def miss(row: Row, parts: Sequence[str], total: str, weights: Sequence[float]) -> float:
    """How far a printed index is from the weighted mean of its printed parts."""
    made = sum(weight * row[part] for part, weight in zip(parts, weights, strict=True)) / sum(weights)
    return abs(made - row[total])


def egdi_misses(edition: int, weights: Sequence[float]) -> list[float]:
    """The same for each country of an edition whose score is above 0."""
    return [miss(row, PARTS, "egdi", weights) for row in rows("egdi", edition=edition) if row["egdi"] > 0]


def place(row: Row, column: str, among: Sequence[Row]) -> int:
    """1 + how many have more: who has the same shares the better place."""
    return 1 + sum(other[column] > row[column] for other in among)


def members(group: str) -> set[str]:
    """Countries of a group."""
    return {row["iso3"] for row in rows("country_groups", group=group)}


def scored_by_the_oecd() -> set[str]:
    """Countries of the OECD's table."""
    return {row["iso3"] for row in rows("oecd_dgi")}
