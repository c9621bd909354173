"""What ties the figures of the texts to tables, models and sources; `data/figures/README.md` says how it is written."""

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from digigov import tables
from digigov.documents import read, stamp
from digigov.errors import CourseError
from digigov.language import number, percent, pick, say
from digigov.paths import DATA

FIGURES = DATA / "figures"
Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its table, the number of its row as a spreadsheet shows it, the row and the column."""

    table: tables.Table
    place: int
    row: Mapping[str, Any]
    column: str

    @property
    def value(self) -> Any:
        return self.row[self.column]

    @property
    def in_percent(self) -> bool:
        """Whether the value is a percentage, by its column's unit or its row's."""
        field = next(field for field in self.table.resource["schema"]["fields"] if field["name"] == self.column)
        return field.get("unit") == "percent" or (self.column == "value" and self.row.get("unit") == "percent")


@dataclass(frozen=True)
class Run:
    """A lab at a preset, with the settings that differ from it."""

    lab: str
    preset: str
    settings: tuple[tuple[str, Any], ...]


def ties(notebook: str, part: str = "prose", folder: Path = FIGURES) -> dict[str, list[Entry]]:
    """The entries of a notebook's cells (`prose`) or items (`questions`) by id; none for a notebook without a file."""
    path = folder / f"{notebook}.yaml"
    if not path.exists():
        return {}
    found = read(path).get(part) or {}
    return {
        place: [{"cell": entry} if isinstance(entry, str) else entry for entry in entries]
        for place, entries in found.items()
    }


def values_of(notebook: str, folder: Path = FIGURES) -> dict[str, float]:
    """The value of every expression of a notebook, as it was last computed; none for a notebook without a file."""
    return _computed_of(notebook, folder)["values"]


def settings_of(notebook: str, folder: Path = FIGURES) -> dict[str, dict[str, Any]]:
    """How the controls that expressions name show their values: `lab.control` -> unit and scale, or prefix of words."""
    return _computed_of(notebook, folder)["settings"]


def _computed_of(notebook: str, folder: Path) -> dict[str, Any]:
    path = folder / f"{notebook}.json"
    return _read(path, stamp(path)) if path.exists() else {"values": {}, "settings": {}}


@cache
def _read(path: Path, stamp: int) -> dict[str, Any]:  # the stamp makes an edited file be read again
    return json.loads(path.read_text(encoding="utf8"))


def cell(reference: str) -> Cell:
    """The cell that `table:row:column` names. Raises CourseError for one that is not there."""
    try:
        name, key, column = reference.split(":")
        table = tables.load(name)
        columns = tables.primary_key(table.resource["schema"])
        types = {field["name"]: field["type"] for field in table.resource["schema"]["fields"]}
        values = [
            int(part) if types[one] in ("integer", "year") else part
            for one, part in zip(columns, key.split("/"), strict=True)
        ]
        place, row = table.find(**dict(zip(columns, values, strict=True)))
        row[column]
    except CourseError:  # of the table itself
        raise
    except (KeyError, ValueError):
        raise CourseError(say("origins.no_cell", reference=reference)) from None
    return Cell(table, place, row, column)


def because(entry: Entry) -> str:
    """What a given figure is, in the learner's language; empty for a figure that says nothing."""
    reason = entry.get("because", "")
    return pick(read(FIGURES / "reasons.yaml")[reason] if reason and isinstance(reason, str) else reason)


def formatted(entry: Entry, value: float) -> str:
    """A value the way its entry and the learner's language print it."""
    return percent(value, entry["percent"]) if "percent" in entry else number(value, entry["number"])


def shown(entry: Entry, values: Mapping[str, float]) -> str | None:
    """An entry as the text prints it; None for a count, and for an expression that `values` does not hold."""
    if "holds" in entry:
        return str(entry["holds"])
    if "plain" in entry:
        return entry["plain"]
    if "value" in entry:
        return formatted(entry, entry["value"])
    if "cell" in entry:
        found = cell(entry["cell"])
        if "percent" in entry or "number" in entry:
            return formatted(entry, found.value)
        return percent(found.value) if found.in_percent else number(found.value)
    value = values.get(entry.get("model", ""))
    return None if value is None else formatted(entry, value)


def parts_of(expression: str) -> tuple[list[Run], list[str], list[str], list[str]]:
    """Runs of labs, references of cells, whole tables and modules of models that an expression names, each once."""
    runs, cells, whole, modules = [], [], [], []
    for node in ast.walk(ast.parse(expression, mode="eval")):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "models":
            modules.append(node.attr)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in ("lab", "at"):
                runs.append(_run(node))
            elif node.func.id in ("cell", "rows") and isinstance(node.args[0], ast.Constant):
                (cells if node.func.id == "cell" else whole).append(node.args[0].value)
    return tuple(list(dict.fromkeys(found)) for found in (runs, cells, whole, modules))  # type: ignore[return-value]


def _run(call: ast.Call) -> Run:
    named = [_plain(argument) for argument in call.args]
    lab, *rest = named if call.func.id == "lab" else ["rollout", *named]  # type: ignore[attr-defined]
    settings = tuple(sorted((keyword.arg or "", _plain(keyword.value)) for keyword in call.keywords))
    return Run(lab, rest[0] if rest else "article", settings)


def _plain(node: ast.expr) -> Any:
    """What stands in the expression: a value, or a sum as it is written."""
    return node.value if isinstance(node, ast.Constant) else ast.unparse(node)


def every_notebook(folder: Path = FIGURES) -> Iterator[str]:
    """Ids of the notebooks with ties, in order."""
    return (path.stem for path in sorted(folder.glob("[0-9][0-9].yaml")))
