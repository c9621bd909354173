"""The service builder's palette from data/services.yaml: blocks and rules for the model, words for the learner."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from digigov.documents import read, stamp
from digigov.errors import CourseError
from digigov.language import say
from digigov.models.eligibility import Rule
from digigov.models.service import Block
from digigov.paths import DATA

FILE = DATA / "services.yaml"
NUMBERS = ("days", "build_days", "cost", "build_cost")
SECTIONS = {
    "blocks": ("id", "name", "short", "supplies", "needs", *NUMBERS),
    "paper": ("id", "name", "days"),
    "rules": ("id", "text"),
}


@dataclass(frozen=True, eq=False)
class Palette:
    """Blocks and rules by id in the order of the file; words in both languages; days of the stages on paper."""

    blocks: Mapping[str, Block]
    rules: Mapping[str, Rule]
    fields: Mapping[str, Any]
    names: Mapping[str, Any]
    short: Mapping[str, Any]
    stages: tuple[tuple[Any, float], ...]


def load(path: Path = FILE) -> Palette:
    """The palette. Raises CourseError naming file, entry and field: something missing, a field that `fields` does not
    name, a number below 0, a rule that cannot be read."""
    return _loaded(path, stamp(path))


@cache
def _loaded(path: Path, stamp: int) -> Palette:
    content, file = read(path), path.name
    _complete(file, content)
    for entry in content["blocks"]:
        for side in ("supplies", "needs"):
            if not isinstance(entry[side], list) or not set(entry[side]) <= set(content["fields"]):
                raise _wrong(file, entry["id"], side)
    rules = {}
    for entry in content["rules"]:
        rules[entry["id"]] = Rule(str(entry["text"]))
        try:
            needs = rules[entry["id"]].needs
        except ValueError as error:
            raise _wrong(file, entry["id"], str(error)) from None
        unknown = [field for field in needs if field not in content["fields"]]
        if unknown:
            raise CourseError(say("service.rule_unknown", file=file, item=entry["id"], field=unknown[0]))
    return Palette(
        {entry["id"]: _block(file, entry) for entry in content["blocks"]},
        rules,
        content["fields"],
        {entry["id"]: entry["name"] for entry in content["blocks"]},
        {entry["id"]: entry["short"] for entry in content["blocks"]},
        tuple((entry["name"], _number(file, entry, "days")) for entry in content["paper"]),
    )


def _block(file: str, entry: Mapping[str, Any]) -> Block:
    numbers = {name: _number(file, entry, name) for name in NUMBERS}
    each = _number(file, entry, "each") if "each" in entry else 0.0
    return Block(entry["id"], frozenset(entry["supplies"]), tuple(entry["needs"]), **numbers, each=each)


def _number(file: str, entry: Mapping[str, Any], field: str) -> float:
    value = entry[field]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise _wrong(file, entry["id"], field)
    return float(value)


def _complete(file: str, content: Any) -> None:
    if not isinstance(content, dict):
        raise CourseError(say("data.not_a_list", file=file))
    for section in ("fields", *SECTIONS):
        if not content.get(section):
            raise _wrong(file, file, section)
    for section, required in SECTIONS.items():
        for place, entry in enumerate(content[section], start=1):
            for field in required:
                if not isinstance(entry, dict) or field not in entry:
                    raise _wrong(file, entry.get("id", place) if isinstance(entry, dict) else place, field)


def _wrong(file: str, item: str | int, field: str) -> CourseError:
    return CourseError(say("data.missing_field", file=file, item=item, field=field))
