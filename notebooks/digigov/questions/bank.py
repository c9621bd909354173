"""The question bank: data checked by schema and by the rules that a schema cannot say."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Any

import fastjsonschema

from digigov.documents import read, stamp
from digigov.errors import CourseError
from digigov.language import say
from digigov.paths import DATA

QUESTIONS = DATA / "questions"


@dataclass(frozen=True)
class Item:
    """One question, as it stands in the bank."""

    notebook: str
    fields: dict[str, Any]

    @property
    def id(self) -> str:
        return self.fields["id"]

    @property
    def kind(self) -> str:
        return self.fields["kind"]

    @property
    def part(self) -> str:
        return self.fields["part"]

    def __getitem__(self, field: str) -> Any:
        return self.fields[field]

    def get(self, field: str, default: Any = None) -> Any:
        return self.fields.get(field, default)


def items(notebook: str, part: str | None = None, folder: Path = QUESTIONS) -> list[Item]:
    """Questions of a notebook in bank order, of one part if named.

    Raises CourseError naming file, item and field for anything that breaks the schema or the rules.
    """
    path = folder / f"{notebook}.yaml"
    found = list(_items(path, stamp(path)))
    if part is not None:
        found = [item for item in found if item.part == part]
        if not found:
            raise CourseError(say("bank.no_part", file=path.name, part=part))
    return found


def notebooks(folder: Path = QUESTIONS) -> list[str]:
    """Ids of the notebooks that have questions."""
    return sorted(path.stem for path in folder.glob("[0-9][0-9].yaml"))


def everything(folder: Path = QUESTIONS) -> list[Item]:
    """The whole bank. Raises CourseError also for an id that stands in two files."""
    bank = [item for notebook in notebooks(folder) for item in items(notebook, folder=folder)]
    _unique(f"{folder.name}/", (item.id for item in bank))
    return bank


def find(item_id: str) -> Item:
    """The item with this id. Raises CourseError when there is none."""
    notebook = item_id[:2]
    for item in items(notebook):
        if item.id == item_id:
            return item
    raise CourseError(say("bank.no_item", file=f"{notebook}.yaml", item=item_id))


@cache
def _validator() -> Callable[[Any], Any]:
    # Not the package jsonschema: it takes a second to import, in every kernel of every learner.
    return fastjsonschema.compile(json.loads((QUESTIONS / "schema.json").read_text(encoding="utf8")))


@cache
def _items(path: Path, stamp: int) -> tuple[Item, ...]:  # the stamp makes an edited file be checked again
    content = read(path)
    if not isinstance(content, list):
        raise CourseError(say("data.not_a_list", file=path.name))
    for place, entry in enumerate(content, start=1):
        label = str(entry.get("id", place)) if isinstance(entry, dict) else str(place)
        try:
            _validator()([entry])
        except fastjsonschema.JsonSchemaValueException as error:
            raise CourseError(_words(path.name, label, error)) from None
        if not label.startswith(f"{path.stem}-"):
            raise CourseError(say("bank.wrong_value", file=path.name, item=label, field="id", value=label))
        for key, field, *value in _broken_rules(entry):
            values = {"value": value[0]} if value else {}
            raise CourseError(say(key, file=path.name, item=label, field=field, **values))
    _unique(path.name, (entry["id"] for entry in content))
    return tuple(Item(path.stem, entry) for entry in content)


def _unique(file: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise CourseError(say("bank.doubled_id", file=file, item=name))
        seen.add(name)


def _words(file: str, item: str, error: fastjsonschema.JsonSchemaValueException) -> str:
    """A schema error as one sentence with file, item and field."""
    place = error.path[2:]  # after the name of the whole and the item's number
    if error.rule == "required":
        missing = next(name for name in error.rule_definition if name not in error.value)
        key = "bank.missing_language" if missing in ("vi", "en") else "bank.missing_field"
        return say(key, file=file, item=item, field=".".join([*place, missing]))
    if error.rule == "additionalProperties":
        allowed = error.definition.get("properties", {})
        place.append(str(next((name for name in error.value if name not in allowed), "")))
        return say("bank.unknown_field", file=file, item=item, field=".".join(place))
    key = "bank.wrong_type" if error.rule == "type" else "bank.wrong_value"
    value = "…" if isinstance(error.value, dict | list) else str(error.value)[:40]
    return say(key, file=file, item=item, field=".".join(place) or "-", value=value)


def _broken_rules(entry: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """Message key, field and, if the message shows it, value of each rule broken that the schema cannot express."""
    kind = entry["kind"]
    if not any(entry.get(field) for field in ("claims", "misconceptions", "outcomes")):
        yield "bank.no_purpose", "claims"
    for field, parts in _parts(entry):
        ids = [part["id"] for part in parts]
        if len(ids) != len(set(ids)):
            yield "bank.doubled_part", field
    if kind in ("single", "several"):
        right = sum(option["right"] for option in entry["options"])
        if right == 0:
            yield "bank.none_right", "options"
        elif kind == "single" and right > 1:
            yield "bank.many_right", "options"
        elif kind == "several" and right == len(entry["options"]):
            yield "bank.all_right", "options"
    if kind == "sort":
        categories = {axis["id"]: [category["id"] for category in axis["categories"]] for axis in entry["axes"]}
        for row in entry["rows"]:
            for axis in categories | row["answer"]:
                field = f"rows.{row['id']}.answer.{axis}"
                if axis not in categories:
                    yield "bank.unknown_field", field
                elif row["answer"].get(axis) not in categories[axis]:
                    yield "bank.no_category", field
    if kind == "predict":
        low, high, step = entry["range"]
        if not low < high:
            yield "bank.wrong_range", "range"
        elif not 0 < step <= high - low:
            yield "bank.wrong_value", "range", str(step)
    for field in ("answer", "tolerance"):
        if kind in ("number", "predict") and not isfinite(entry.get(field, 0)):
            yield "bank.wrong_value", field, str(entry[field])


def _parts(entry: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Every list of an item whose members have ids, by the field's name."""
    for field in ("options", "rows", "steps", "pairs", "axes"):
        yield field, entry.get(field, [])
    for axis in entry.get("axes", []):
        yield f"axes.{axis['id']}.categories", axis["categories"]
