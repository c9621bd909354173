"""From a number on the screen to the row it stands in and the page it was read on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from digigov import tables
from digigov.claims import ASSUMED, credit
from digigov.language import current, number, percent, say
from digigov.page import Page, table


@dataclass(frozen=True)
class Used:
    """A row of evidence: the table, the columns that pick the row with their values, and the columns that were used."""

    table: str
    key: Mapping[str, Any]
    columns: tuple[str, ...]


def used_rows(used: Sequence[Used]) -> Page:
    """The rows as a table: file, row as a spreadsheet counts it, values, and the source as a link. Empty for none.

    Raises KeyError for a row that is not there.
    """
    if not used:
        return Page("", "")
    head = [say(f"used.{name}") for name in ("file", "row", "values", "source")]
    return table(head, [row_cells(one) for one in used])


def row_cells(used: Used) -> list[str]:
    """File, row, values and source of one row, as HTML. Raises KeyError for a row that is not there."""
    found = tables.load(used.table)
    place, row = found.find(**used.key)
    # What picks the row says what the values are of; an id says nothing to who reads.
    picked = [str(value) for name, value in used.key.items() if name != "id"]
    values = [f"{_title(found, name)} {_shown(found, name, row)}" for name in used.columns]
    source = credit([row["source"]]).html if row.get("source", ASSUMED) != ASSUMED else escape(say("lab.assumed"))
    return [escape(found.resource["path"]), number(place), escape("; ".join([*picked, *values])), source]


def _field(found: tables.Table, name: str) -> Mapping[str, Any]:
    return next(field for field in found.resource["schema"]["fields"] if field["name"] == name)


def _title(found: tables.Table, name: str) -> str:
    return _field(found, name)["title" if current() == "vi" else "title_en"]


def _shown(found: tables.Table, name: str, row: Mapping[str, Any]) -> str:
    field, value = _field(found, name), row[name]
    if value is None or isinstance(value, str):
        return f"“{value}”" if value else "–"
    if field.get("unit") == "percent" or row.get("unit") == "percent":
        return percent(value)
    return str(value) if field["type"] == "year" else number(value)
