"""What is kept of one self-assessment, as versioned text, and what of it leaves the computer for a class."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from digigov import record_copy
from digigov.models.assessment import LEVELS, Mark

VERSION = 1
MOST_MOVES = 3
LONGEST = 4000  # characters of one text that a learner types


class OtherVersion(Exception):
    """The text was written by a later version of the course."""


@dataclass(frozen=True)
class Entry:
    """What was entered for one indicator; either half may be missing."""

    level: int | None = None
    evidence: str = ""


@dataclass(frozen=True)
class Assessment:
    """One round of an agency's self-assessment; `begun` (UTC, ISO 8601) names the round, `at` is its last change."""

    agency: str
    begun: str
    at: str
    entries: Mapping[str, Entry] = field(default_factory=dict)
    moves: tuple[str, ...] = ()

    @property
    def marks(self) -> dict[str, Mark]:
        """The levels for the model."""
        return {
            name: Mark(one.level, bool(one.evidence.strip()))
            for name, one in self.entries.items()
            if one.level is not None
        }

    @property
    def day(self) -> str:
        """Day of the last change where the learner is, such as 2026-11-24."""
        moment = record_copy.moment(self.at)  # in UTC, where a morning in Hà Nội is still the day before
        return moment.astimezone().date().isoformat() if moment else self.at[:10]

    def with_entry(self, name: str, **changes: Any) -> "Assessment":
        """The same with one indicator's level or evidence changed. Raises ValueError("level") for none of 1 to 4."""
        entry = replace(self.entries.get(name, Entry()), **changes)
        if entry.level is not None and (type(entry.level) is not int or entry.level not in LEVELS):
            raise ValueError("level")
        return replace(self, entries={**self.entries, name: replace(entry, evidence=whole(entry.evidence))})


def whole(text: str) -> str:
    """A text that a file can hold: a browser may send half of a character, or a whole book."""
    return text.encode("utf8", "replace").decode("utf8")[:LONGEST]


def written(one: Assessment) -> str:
    """The content of an assessment as the record keeps it."""
    entries = {name: {"level": entry.level, "evidence": entry.evidence} for name, entry in one.entries.items()}
    content = {"version": VERSION, "begun": one.begun, "entries": entries, "moves": list(one.moves)}
    return json.dumps(content, ensure_ascii=False)


def read(agency: str, text: str, at: str) -> Assessment:
    """The assessment that `written` wrote. Raises OtherVersion for a later version, ValueError for what is none."""
    try:
        content = json.loads(text)
        if content["version"] > VERSION:
            raise OtherVersion
        entries = {str(name): Entry(one["level"], str(one["evidence"])) for name, one in content["entries"].items()}
        if not all(one.level is None or (type(one.level) is int and one.level in LEVELS) for one in entries.values()):
            raise ValueError
        moves = tuple(str(move) for move in content["moves"][:MOST_MOVES])
        return Assessment(agency, str(content["begun"]), at, entries, moves)
    except (KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError(text) from None


def for_class(one: Assessment, seed: str) -> str:
    """The small file for a class: levels, which have evidence, moves. Neither the agency's name nor a word typed.

    `id` tells two files of one round from those of two agencies, and says nothing to whoever has not the seed.
    """
    secret = hashlib.blake2s(f"{seed}/{one.begun}".encode(), digest_size=8).hexdigest()
    content = {
        "course": "digigov",
        "kind": "assessment",
        "version": VERSION,
        "id": secret,
        "at": one.at,
        "levels": {name: mark.level for name, mark in one.marks.items()},
        "evidenced": [name for name, mark in one.marks.items() if mark.evidence],
        "moves": list(one.moves),
    }
    return json.dumps(content, ensure_ascii=False, indent=1)
