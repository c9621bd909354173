"""Evidence tables: CSV files read through their Frictionless schema (`data/datapackage.json`)."""

import csv
import json
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from digigov.errors import CourseError
from digigov.language import current, say
from digigov.paths import DATA

Row = dict[str, Any]
_BOOLEANS = {"true": True, "false": False}


def _plain_number(read: Callable[[str], Any], form: str) -> Callable[[str], Any]:
    """Python also takes nan, 1_000 and digits of other scripts for numbers; a table may not hold them."""

    fits = re.compile(form, re.ASCII).fullmatch

    def checked(text: str) -> Any:
        if not fits(text):
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

    def find(self, **key: Any) -> tuple[int, Row]:
        """The row whose primary key has these values, and its number as a spreadsheet shows it.

        Raises KeyError when there is none.
        """
        place = self._places[tuple(key[name] for name in primary_key(self.resource["schema"]))]
        return place + 2, self.rows[place]

    @cached_property
    def _places(self) -> dict[tuple[Any, ...], int]:
        key = primary_key(self.resource["schema"])
        return {tuple(row[name] for name in key): place for place, row in enumerate(self.rows)}


def primary_key(schema: dict[str, Any]) -> list[str]:
    """Columns that name a row; Frictionless lets one stand without a list."""
    key = schema.get("primaryKey", [])
    return [key] if isinstance(key, str) else key


def names(folder: Path = DATA) -> list[str]:
    """Names of all tables of the data package."""
    return [resource["name"] for resource in _package(folder)["resources"]]


def load(name: str, folder: Path = DATA) -> Table:
    """The table called `name`, every cell typed and checked.

    Raises CourseError that names file, row and column: a column missing, unknown or there twice, a value of the
    wrong type or outside its limits, a key that stands twice. Rows count from 2, as a spreadsheet shows them.
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
    rows = _checked(path.name, resource["schema"], lines)
    if not rows:
        raise CourseError(say("data.no_rows", file=path.name))
    return Table(resource, rows)


def _checked(file: str, schema: dict[str, Any], lines: list[list[str]]) -> tuple[Row, ...]:
    header = lines[0] if lines else []
    _check_header(file, schema, header)
    missing = schema.get("missingValues", [""])
    columns = [
        (field["name"], header.index(field["name"]), _column_reader(field, missing)) for field in schema["fields"]
    ]
    # Each key with the rows it was seen in: the primary key, and every column that may not repeat itself.
    singles = [[field["name"]] for field in schema["fields"] if field.get("constraints", {}).get("unique")]
    keys = [key for key in (primary_key(schema), *singles) if key]
    seen: list[dict[tuple[Any, ...], int]] = [{} for _ in keys]
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(header):
            raise CourseError(say("data.wrong_width", file=file, row=number, found=len(line), expected=len(header)))
        row = {}
        for name, place, read in columns:
            try:
                row[name] = read(line[place])
            except _Fault as fault:
                told = {"file": file, "row": number, "column": name, "value": line[place], **fault.values}
                raise CourseError(say(fault.key, **told)) from None
        for key, known in zip(keys, seen, strict=True):
            identity = tuple(row[name] for name in key)
            first = known.setdefault(identity, number)
            if first != number:
                raise CourseError(say("data.doubled_key", file=file, row=number, first=first, column=", ".join(key)))
        rows.append(row)
    return tuple(rows)


def _check_header(file: str, schema: dict[str, Any], header: list[str]) -> None:
    known = [field["name"] for field in schema["fields"]]
    for name in known:
        if name not in header:
            raise CourseError(say("data.missing_column", file=file, column=name))
    for place, name in enumerate(header):
        if name not in known:
            raise CourseError(say("data.unknown_column", file=file, column=name, columns=", ".join(known)))
        if name in header[:place]:
            raise CourseError(say("data.doubled_column", file=file, column=name))


class _Fault(Exception):
    """What is wrong with one cell: the key of a sentence, and the values of it that only the column knows."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


def _column_reader(field: dict[str, Any], missing: list[str]) -> Callable[[str], Any]:
    """What reads and checks the cells of a column; its limits are worked out once, a table has thousands of cells."""
    kind, limits = field.get("type", "string"), field.get("constraints", {})
    typed, listed = _READERS[kind], limits.get("enum")
    form = re.compile(limits["pattern"]).fullmatch if "pattern" in limits else None
    bounds = [
        (name, outside, typed(str(limits[name])))
        for name, outside in (("minimum", operator.lt), ("maximum", operator.gt))
        if name in limits
    ]

    def read(text: str) -> Any:
        if text in missing:
            if limits.get("required"):
                raise _Fault("data.empty_cell")
            return None
        try:
            value = typed(text)
        except (ValueError, KeyError):
            raise _Fault("data.wrong_type", type=say(f"data.type.{kind}")) from None
        if listed is not None and value not in listed:
            raise _Fault("data.not_allowed", allowed=", ".join(map(str, listed)))
        if form and not form(text):
            raise _Fault("data.wrong_form")
        for name, outside, limit in bounds:
            if outside(value, limit):
                raise _Fault(f"data.{name}", limit=limits[name])
        return value

    return read
