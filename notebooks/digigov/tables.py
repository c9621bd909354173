"""Evidence tables: CSV files read through their Frictionless schema (`data/datapackage.json`)."""

import csv
import json
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from digigov.errors import CourseError
from digigov.language import current, say
from digigov.paths import DATA

Row = dict[str, Any]
_BOOLEANS = {"true": True, "false": False}


def _plain_number(read: Callable[[str], Any], form: str) -> Callable[[str], Any]:
    """Python also takes nan, 1_000 and digits of other scripts for numbers; a table may not hold them."""

    def checked(text: str) -> Any:
        if not re.fullmatch(form, text, re.ASCII):
            raise ValueError(text)
        return read(text)

    return checked


_READERS: dict[str, Callable[[str], Any]] = {
    "string": str,
    "integer": _plain_number(int, r"[+-]?\d+"),
    "number": _plain_number(float, r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?"),
    "boolean": lambda text: _BOOLEANS[text.lower()],
    "date": date.fromisoformat,
    "year": _plain_number(int, r"\d{4}"),
    "any": str,
}


@dataclass(frozen=True)
class Table:
    """Typed rows in file order, and the resource description they were checked against."""

    resource: dict[str, Any]
    rows: tuple[Row, ...]

    @property
    def title(self) -> str:
        """The table's title in the learner's language."""
        return self.resource["title" if current() == "vi" else "title_en"]

    def row(self, key: str) -> Row:
        """The row whose primary key is `key`. Raises KeyError when there is none."""
        name = primary_key(self.resource["schema"])[0]
        return next(row for row in self.rows if row[name] == key)


def primary_key(schema: dict[str, Any]) -> list[str]:
    """Columns that name a row; Frictionless lets one stand without a list."""
    key = schema.get("primaryKey", [])
    return [key] if isinstance(key, str) else key


def names(folder: Path = DATA) -> list[str]:
    """Names of all tables of the data package."""
    return [resource["name"] for resource in _package(folder)["resources"]]


def load(name: str, folder: Path = DATA) -> Table:
    """The table called `name`, every cell typed and checked.

    Raises CourseError that names file, row and column: a column missing, a value of the wrong type or outside
    its limits, a key that stands twice. Rows count from 2, as a spreadsheet shows them.
    """
    return _loaded(name, folder)


@cache
def _package(folder: Path) -> dict[str, Any]:
    path = folder / "datapackage.json"
    try:
        return json.loads(path.read_text(encoding="utf8"))
    except OSError:
        raise CourseError(say("data.missing_file", file=path.name)) from None
    except ValueError as error:
        raise CourseError(say("data.not_json", file=path.name, line=getattr(error, "lineno", 1))) from None


@cache
def _loaded(name: str, folder: Path) -> Table:
    resource = next((found for found in _package(folder)["resources"] if found["name"] == name), None)
    if resource is None:
        raise CourseError(say("data.no_such_table", name=name, names=", ".join(names(folder))))
    path = folder / resource["path"]
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
    except OSError:
        raise CourseError(say("data.missing_file", file=path.name)) from None
    except (UnicodeDecodeError, csv.Error):
        raise CourseError(say("data.not_csv", file=path.name)) from None
    return Table(resource, _checked(path.name, resource["schema"], lines))


def _checked(file: str, schema: dict[str, Any], lines: list[list[str]]) -> tuple[Row, ...]:
    header = lines[0] if lines else []
    for field in schema["fields"]:
        if field["name"] not in header:
            raise CourseError(say("data.missing_column", file=file, column=field["name"]))
    missing = schema.get("missingValues", [""])
    key = primary_key(schema)
    seen: dict[tuple[Any, ...], int] = {}
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(header):
            raise CourseError(say("data.wrong_width", file=file, row=number, found=len(line), expected=len(header)))
        text = dict(zip(header, line, strict=True))
        row = {field["name"]: _value(file, number, field, text[field["name"]], missing) for field in schema["fields"]}
        identity = tuple(row[name] for name in key)
        if key and identity in seen:
            raise CourseError(
                say("data.doubled_key", file=file, row=number, first=seen[identity], column=", ".join(key))
            )
        seen[identity] = number
        rows.append(row)
    return tuple(rows)


def _value(file: str, row: int, field: dict[str, Any], text: str, missing: list[str]) -> Any:
    def wrong(key: str, **values: object) -> CourseError:
        return CourseError(say(key, file=file, row=row, column=field["name"], value=text, **values))

    limits = field.get("constraints", {})
    if text in missing:
        if limits.get("required"):
            raise wrong("data.empty_cell")
        return None
    reader = _READERS[field.get("type", "string")]
    try:
        value = reader(text)
    except (ValueError, KeyError):
        raise wrong("data.wrong_type", type=say(f"data.type.{field.get('type', 'string')}")) from None
    if "enum" in limits and value not in limits["enum"]:
        raise wrong("data.not_allowed", allowed=", ".join(map(str, limits["enum"])))
    if "pattern" in limits and not re.fullmatch(limits["pattern"], text):
        raise wrong("data.wrong_form")
    for name, outside in (("minimum", operator.lt), ("maximum", operator.gt)):
        if name in limits and outside(value, reader(str(limits[name]))):
            raise wrong(f"data.{name}", limit=limits[name])
    return value
