"""The scale of the self-assessment and the catalogue of moves, in the learner's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from digigov.board import HAVES
from digigov.documents import entries
from digigov.errors import CourseError
from digigov.language import pick, say
from digigov.models.assessment import LEVELS, Move

SCALE, CATALOGUE = "assessment.yaml", "moves.yaml"
INDICATOR_FIELDS = (
    "id", "have", "name", "question", "levels", "evidence", "framework", "notebook", "lab", "sources",
)  # fmt: skip
MOVE_FIELDS = (
    "id", "name", "raises", "at", "needs", "who", "weeks", "measure", "left_out", "lab", "notebook", "against",
)  # fmt: skip
MEASURES = ("supply", "use", "outcome")


@dataclass(frozen=True)
class Indicator:
    """One question of the scale with its four described levels; `number` such as 1b says which have and place."""

    id: str
    have: str
    number: str
    name: str
    question: str
    levels: tuple[str, ...]
    evidence: str
    framework: str
    notebook: str
    lab: str
    sources: tuple[str, ...]

    @property
    def title(self) -> str:
        return f"{self.number} {self.name}"


@dataclass(frozen=True)
class CourseMove:
    """A move of the catalogue; `rule` is what the model needs of it."""

    rule: Move
    name: str
    who: str
    weeks: tuple[str, ...]
    kind: str
    measure: str
    left_out: str
    lab: str
    notebook: str
    preset: str
    against: str

    @property
    def id(self) -> str:
        return self.rule.id


def scale() -> dict[str, Indicator]:
    """The indicators by id, in their order.

    Raises CourseError that names file and entry: a field missing, a have that does not exist, not four levels, an id
    that stands twice.
    """
    found: dict[str, Indicator] = {}
    for raw in entries(SCALE, *INDICATOR_FIELDS):
        place = sum(one.have == raw["have"] for one in found.values())
        if raw["have"] not in HAVES:
            raise _wrong(SCALE, raw, "have")
        if not isinstance(raw["levels"], list) or len(raw["levels"]) != len(LEVELS):
            raise _wrong(SCALE, raw, "levels")
        if raw["id"] in found:
            raise _wrong(SCALE, raw, "id")
        words = _words(SCALE, raw, "name", "question", "evidence", "framework")
        found[raw["id"]] = Indicator(
            id=raw["id"],
            have=raw["have"],
            number=f"{HAVES.index(raw['have']) + 1}{ascii_lowercase[place]}",
            levels=tuple(pick(level) for level in raw["levels"]),
            notebook=raw["notebook"],
            lab=raw["lab"],
            sources=tuple(raw["sources"]),
            **words,
        )
    return found


def catalogue() -> dict[str, CourseMove]:
    """The moves by id, in their order. Raises CourseError as `scale`, also for an indicator that does not exist."""
    known, found = scale(), {}
    for raw in entries(CATALOGUE, *MOVE_FIELDS):
        if raw["id"] in found:
            raise _wrong(CATALOGUE, raw, "id")
        for field in ("raises", "needs"):
            if (not raw[field] and field == "raises") or not set(raw[field]) <= known.keys():
                raise _wrong(CATALOGUE, raw, field)
        if not set(raw["at"]) <= set(LEVELS[:-1]) or not set(raw["needs"].values()) <= set(LEVELS):
            raise _wrong(CATALOGUE, raw, "at")
        if raw["measure"].get("kind") not in MEASURES:
            raise _wrong(CATALOGUE, raw, "measure")
        found[raw["id"]] = CourseMove(
            rule=Move(raw["id"], tuple(raw["raises"]), frozenset(raw["at"]), dict(raw["needs"])),
            weeks=tuple(pick(week) for week in raw["weeks"]),
            kind=raw["measure"]["kind"],
            measure=pick(raw["measure"]["words"]),
            lab=raw["lab"],
            notebook=raw["notebook"],
            preset=raw["against"].get("preset", ""),
            against=pick(raw["against"]["why"]),
            **_words(CATALOGUE, raw, "name", "who", "left_out"),
        )
    return found


def by_have(indicators: Mapping[str, Indicator]) -> dict[str, list[str]]:
    """Ids of the indicators of each have."""
    return {have: [name for name, one in indicators.items() if one.have == have] for have in HAVES}


def have_title(have: str) -> str:
    """Number and words of a have, such as “1 · Trực tuyến, an toàn”."""
    return f"{HAVES.index(have) + 1} · {say(f'assessment.have.{have}')}"


def _words(file: str, raw: Mapping[str, Any], *fields: str) -> dict[str, str]:
    words = {}
    for field in fields:
        try:
            words[field] = pick(raw[field])
        except (KeyError, TypeError):
            raise _wrong(file, raw, field) from None
    return words


def _wrong(file: str, raw: Mapping[str, Any], field: str) -> CourseError:
    return CourseError(say("data.missing_field", file=file, item=raw["id"], field=field))
