"""Life events as data: files of procedures and steps, each number with its source, made into journeys.

Whatever is wrong in a file is told in one sentence with the file, the step and the value.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from math import isclose
from typing import Any

from digigov.claims import ASSUMED, sources
from digigov.documents import read
from digigov.errors import CourseError
from digigov.language import LANGUAGES, number, say
from digigov.models.journey import KINDS, NOTICE, Journey, Step, cycle, may_need
from digigov.paths import DATA

EVENTS = ("birth", "business", "death")
REGISTERS = "registers.yaml"

SETTINGS = {"name", "source", "notice", "produced", "procedures"}
NEEDED = {"id", "name", "actor", "kind"}
KNOWN = NEEDED | {"minutes", "share", "waiting", "needs", "after", "discretion", "visit", "asks", "reads"}
Text = Mapping[str, str]


@dataclass(frozen=True)
class LifeEvent:
    """An event's names in both languages (its own, by procedure, by step) and its journey on paper.

    `rests_on` are the ids of all sources that its numbers name, in the order of the file.
    """

    name: Text
    procedures: dict[str, Text]
    steps: dict[str, Text]
    journey: Journey
    rests_on: tuple[str, ...]


@dataclass(frozen=True)
class Registers:
    """Names of those who take part, in the order of the lanes; names of all that is asked for; who holds it."""

    actors: dict[str, Text]
    names: dict[str, Text]
    held: dict[str, str]
    records: frozenset[str]
    rests_on: tuple[str, ...]


def registers() -> Registers:
    """`data/registers.yaml`, checked. Raises CourseError."""
    reader = _Reader(REGISTERS)
    content = reader.content("actors", "registers", "subjects", "fields", "documents")
    parts = {part: reader.mapping(content[part], "–", part) for part in content if part != "source"}
    for name, register in parts["registers"].items():
        reader.text(register, name)
        for source in reader.listing(register.get("sources"), name, "sources"):
            reader.source(source, name)
    for part in ("actors", "subjects"):
        for name, text in parts[part].items():
            reader.text({"name": text}, name)
    records = {f"{register}.{subject}" for register in parts["registers"] for subject in parts["subjects"]}
    asked = {**parts["fields"], **parts["documents"]}
    for name, entry in asked.items():
        reader.text(entry, name)
        reader.source(entry.get("source", ASSUMED), name)
        if "held" in entry and str(entry["held"]) not in records:
            raise reader.wrong("unknown", name, field="held", value=entry["held"])
    return Registers(
        actors=parts["actors"],
        names={name: entry["name"] for name, entry in asked.items()},
        held={name: entry["held"] for name, entry in asked.items() if "held" in entry},
        records=frozenset(records),
        rests_on=tuple(reader.sources),
    )


def life_event(name: str) -> LifeEvent:
    """The event in `data/life_events/<name>.yaml`, checked. Raises CourseError with file, step and value."""
    return _EventReader(f"life_events/{name}.yaml", registers()).event()


class _Reader:
    """What every entry of a file must hold. Remembers the sources that were named."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sources: dict[str, None] = {}

    def content(self, *required: str) -> dict[str, Any]:
        found = read(DATA / self.file)
        if not isinstance(found, dict):
            raise CourseError(say("data.not_a_list", file=self.file))
        for field in required:
            if not found.get(field):
                raise self.missing("–", field)
        return found

    def missing(self, item: str, field: str) -> CourseError:
        return CourseError(say("data.missing_field", file=self.file, item=item, field=field))

    def mapping(self, value: Any, item: str, field: str) -> dict[str, Any]:
        """The value, an empty mapping if there is none."""
        if not isinstance(value or {}, dict):
            raise self.missing(item, field)
        return value or {}

    def listing(self, value: Any, item: str, field: str) -> list[Any]:
        """The value as a list of names or of entries, empty if there is none."""
        if not isinstance(value or [], list) or not all(isinstance(one, str | dict) for one in value or []):
            raise self.missing(item, field)
        return value or []

    def wrong(self, key: str, item: str, **values: object) -> CourseError:
        return CourseError(say(f"birth.file.{key}", file=self.file, item=item, **values))

    def text(self, entry: Any, item: str) -> Text:
        """The entry's name, in both languages."""
        text = entry.get("name") if isinstance(entry, dict) else None
        if not isinstance(text, dict) or not all(isinstance(text.get(code), str) for code in LANGUAGES):
            raise self.wrong("language", item)
        if not all(text[code].strip() for code in LANGUAGES):
            raise self.wrong("language", item)
        return text

    def source(self, source: Any, item: str) -> None:
        if not isinstance(source, str) or (source != ASSUMED and source not in sources()):
            raise self.wrong("source", item, value=source)
        self.sources[source] = None

    def number(self, value: Any, item: str, field: str) -> float:
        """A number that is not negative, alone or as {value, source}."""
        if isinstance(value, dict):
            self.source(value.get("source"), item)
            value = value.get("value")
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
            raise self.wrong("number", item, field=field, value=value)
        return float(value)


class _EventReader(_Reader):
    def __init__(self, file: str, known: Registers) -> None:
        super().__init__(file)
        self.known = known
        self.names: dict[str, Text] = {}

    def event(self) -> LifeEvent:
        content = self.content("name", "source", "procedures")
        self.only(content, SETTINGS, "–")
        self.source(content["source"], "–")
        notice = self.mapping(content.get("notice"), NOTICE, "notice")
        steps = [self.step({**notice, "id": NOTICE, "kind": NOTICE}, "", 0)] if notice else []
        procedures: dict[str, Text] = {}
        for procedure in self.listing(content["procedures"], "–", "procedures"):
            name = procedure.get("id") if isinstance(procedure, dict) else None
            if not isinstance(name, str):
                raise self.missing("–", "procedures")
            procedures[name] = self.text(procedure, name)
            steps += self.procedure(procedure)
        produced = self.mapping(content.get("produced"), "–", "produced")
        self.listed(list(produced), self.known.names, "–", "produced")
        held = {name: record for name, record in self.known.held.items() if name not in produced}
        journey = self.journey(tuple(steps), held, produced)
        return LifeEvent(self.text(content, "–"), procedures, self.names, journey, tuple(self.sources))

    def procedure(self, procedure: dict[str, Any]) -> Iterator[Step]:
        name = procedure["id"]
        steps = self.listing(procedure.get("steps"), name, "steps")
        if not all(isinstance(step, dict) for step in steps):
            raise self.missing(name, "steps")
        limit = self.number(procedure.get("limit"), name, "limit")
        shares = sum(self.number(step.get("share", 0), f"{name}.{step.get('id')}", "share") for step in steps)
        if limit and not isclose(shares, 1):
            raise self.wrong("shares", name, value=number(shares, 2))
        for step in steps:
            yield self.step(step, name, limit)

    def step(self, entry: dict[str, Any], procedure: str, limit: float) -> Step:
        """One step; `share` is its part of the procedure's time limit."""
        item = ".".join(filter(None, (procedure, str(entry.get("id", "?")))))
        if not isinstance(entry.get("actor"), str) or entry["actor"] not in self.known.actors:
            raise self.wrong("nobody", item, value=entry.get("actor") or "")
        for field in NEEDED:
            if not entry.get(field):
                raise self.missing(item, field)
        self.only(entry, KNOWN, item)
        self.listed([str(entry["kind"])], KINDS, item, "kind")
        self.names[item] = self.text(entry, item)
        asks = self.mapping(entry.get("asks"), item, "asks")
        self.source(asks.get("source", ASSUMED), item)
        documents = asks.get("documents")
        if isinstance(documents, dict):
            self.source(documents.get("source"), item)
            documents = documents.get("list")
        share = limit * self.number(entry.get("share", 0), item, "share")
        values = {
            "minutes": self.number(entry.get("minutes", 0), item, "minutes"),
            "waiting": self.number(entry.get("waiting", 0), item, "waiting") + share,
            "needs": self.waits(entry, "needs", procedure, item),
            "after": self.waits(entry, "after", procedure, item),
            "fields": self.listed(asks.get("fields"), self.known.names, item, "fields"),
            "documents": self.listed(documents, self.known.names, item, "documents"),
            "reads": self.listed(entry.get("reads"), self.known.records, item, "reads"),
            "discretion": entry.get("discretion") is True,
            "visit": entry.get("visit") is True,
        }
        try:
            return Step(item, procedure or NOTICE, entry["actor"], entry["kind"], **values)
        except ValueError as error:
            raise self.wrong("no_sense", item, field=str(error), value=entry.get(str(error), "")) from None

    def journey(self, steps: tuple[Step, ...], held: dict[str, str], produced: dict[str, str]) -> Journey:
        names = [step.name for step in steps]
        for name in names:
            if names.count(name) > 1:
                raise self.wrong("doubled", name)
        for step in steps:
            for field in ("needs", "after"):
                self.listed(sorted(getattr(step, field)), names, step.name, field)
        self.listed(list(produced.values()), names, "–", "produced")
        asked = {step.name: step.fields | step.documents for step in steps}
        waits = {
            step.name: step.needs | step.after | {produced[name] for name in asked[step.name] if name in produced}
            for step in steps
        }
        if circle := cycle(waits):
            raise self.wrong("cycle", circle[0], steps=" → ".join([*circle, circle[0]]))
        by_name = {step.name: step for step in steps}
        for step in steps:
            for name in sorted(step.needs):
                if not may_need(step, by_name[name]):
                    raise self.wrong("backward", step.name, value=name)
            if NOTICE in step.after:
                raise self.wrong("no_sense", step.name, field="after", value=NOTICE)
        return Journey(steps, held, produced)

    def only(self, entry: dict[str, Any], known: set[str], item: str) -> None:
        for field in entry:
            if field not in known:
                raise self.wrong("setting", item, value=field)

    def listed(self, names: Any, known: Container[str], item: str, field: str) -> frozenset[str]:
        """The names, each of which must be known."""
        for name in self.listing(names, item, field):
            if not isinstance(name, str) or name not in known:
                raise self.wrong("unknown", item, field=field, value=name)
        return frozenset(names or [])

    def waits(self, entry: dict[str, Any], field: str, procedure: str, item: str) -> frozenset[str]:
        """Names of steps as procedure.step, for those too that are named within their own procedure."""
        names = self.listing(entry.get(field), item, field)
        return frozenset(str(n) if "." in str(n) or n == NOTICE else f"{procedure}.{n}" for n in names)
