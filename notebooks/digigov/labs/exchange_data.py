"""The exchange lab's case from data/exchange.yaml: names for the learner, objects for the model."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from digigov.documents import read, stamp
from digigov.errors import CourseError
from digigov.language import date as said
from digigov.language import say
from digigov.models.attacks import REGISTER, VICTIM, Scene
from digigov.models.exchange import Key, Policy, Purpose, public_key
from digigov.models.older import Paper
from digigov.paths import DATA

FILE = DATA / "exchange.yaml"
PARTNER = 1
INSIDER = "tax_dependant"  # the purpose that an officer only pretends
# (purpose, register, person, a field too many): one commune's ordinary day, people by number; two clerks ask for too
# much by mistake. The first is the mother's, so that there is something to send again.
ORDINARY = (
    ("birth_registration", "population", VICTIM, ""),
    ("birth_registration", "civil_status", VICTIM, ""),
    ("birth_registration", "population", PARTNER, ""),
    ("school_enrolment", "population", 2, ""),
    ("tax_dependant", "population", 3, ""),
    ("health_insurance", "population", VICTIM, ""),
    ("birth_registration", "population", 4, ""),
    ("birth_registration", "civil_status", 4, ""),
    ("school_enrolment", "population", 5, "phone"),
    ("tax_dependant", "civil_status", 3, ""),
    ("residence_registration", "civil_status", VICTIM, ""),
    ("health_insurance", "population", 4, ""),
    ("birth_registration", "population", 6, ""),
    ("school_enrolment", "population", 7, ""),
    ("birth_registration", "civil_status", 6, ""),
    ("residence_registration", "civil_status", 4, ""),
    ("tax_dependant", "population", 8, "household_members"),
    ("tax_dependant", "population", 8, ""),
    ("school_enrolment", "population", 5, ""),
    ("health_insurance", "population", 6, ""),
    ("residence_registration", "civil_status", 6, ""),
    ("school_enrolment", "population", 9, ""),
    ("tax_dependant", "civil_status", 8, ""),
)
SECTIONS = {
    "registers": ("id", "name", "fields"),
    "agencies": ("id", "name", "short", "key_until"),
    "purposes": ("id", "name", "callers", "needs"),
    "papers": ("id", "register", "fields"),
}


@dataclass(frozen=True, eq=False)
class Case:
    """The scene for the model, and the words of everything in it by id, in both languages."""

    scene: Scene
    agencies: Mapping[str, Any]
    short: Mapping[str, Any]
    purposes: Mapping[str, Any]
    fields: Mapping[str, Any]
    citizen: Any


def load(path: Path = FILE) -> Case:
    """The case. Raises CourseError naming file, entry and what is wrong: something missing, an agency, register or
    field that nobody knows, a date that is none, a key that has ended."""
    return _loaded(path, stamp(path))


@cache
def _loaded(path: Path, stamp: int) -> Case:
    content, file = read(path), path.name
    _complete(file, content)
    named = {section: {entry["id"]: entry for entry in content[section]} for section in SECTIONS}
    registers = {name: frozenset(one["id"] for one in entry["fields"]) for name, entry in named["registers"].items()}
    keys = {name: Key(public_key(name), _day(file, name, entry)) for name, entry in named["agencies"].items()}
    for name, entry in named["purposes"].items():
        for caller in entry["callers"]:
            _known(file, name, "caller", caller, keys)
        for register, fields in entry["needs"].items():
            _known(file, name, "register", register, registers)
            for one in fields:
                _known(file, name, "fields", one, registers[register])
    for name, entry in named["papers"].items():
        _known(file, name, "register", entry["register"], registers)
        for one in entry["fields"]:
            _known(file, name, "fields", one, registers[entry["register"]])
    purposes = {
        name: Purpose(
            frozenset(entry["callers"]), {register: frozenset(some) for register, some in entry["needs"].items()}
        )
        for name, entry in named["purposes"].items()
    }
    papers = {name: Paper(entry["register"], frozenset(entry["fields"])) for name, entry in named["papers"].items()}
    return Case(
        _scene(file, Policy(registers, purposes, keys), papers, _day(file, "first_day", content, "first_day")),
        {name: entry["name"] for name, entry in named["agencies"].items()},
        {name: entry["short"] for name, entry in named["agencies"].items()},
        {name: entry["name"] for name, entry in named["purposes"].items()},
        {one["id"]: one["name"] for entry in named["registers"].values() for one in entry["fields"]},
        content["citizen"],
    )


def _scene(file: str, policy: Policy, papers: Mapping[str, Paper], first_day: int) -> Scene:
    """The ordinary requests, each by the first agency that may ask for its purpose with a key that counts."""

    def caller(purpose: str) -> str:
        _known(file, "purposes", "purpose", purpose, policy.purposes)
        callers = sorted(policy.purposes[purpose].callers)
        in_time = [name for name in callers if policy.keys[name].until >= first_day]
        if not in_time:
            until = date.fromordinal(max(policy.keys[name].until for name in callers))
            raise CourseError(say("exchange.expired", file=file, item=callers[0], until=said(until), purpose=purpose))
        return in_time[0]

    requests, dealings = [], {}
    for number, (purpose, register, subject, extra) in enumerate(ORDINARY, start=1):
        asking, wanted = caller(purpose), set(policy.least(purpose, register))
        if extra:
            _known(file, register, "fields", extra, policy.registers[register])
            wanted.add(extra)
        if not wanted:  # the purpose needs nothing of this register
            continue
        day = first_day + (number - 1) // 2
        requests.append(policy.request(asking, purpose, register, subject, number, day, wanted))
        dealings[subject] = dealings.get(subject, frozenset()) | {(asking, purpose)}
    for purpose in (ORDINARY[0][0], INSIDER):
        if not policy.least(purpose, REGISTER):
            raise CourseError(say("data.missing_field", file=file, item=purpose, field=REGISTER))
    former = [name for name, key in sorted(policy.keys.items()) if key.until < first_day]
    if not former:
        raise CourseError(say("exchange.no_ended_key", file=file, first=said(date.fromordinal(first_day))))
    insider = (caller(INSIDER), INSIDER)
    return Scene(policy, papers, tuple(requests), dealings, first_day, insider, caller(ORDINARY[0][0]), former[0])


def _complete(file: str, content: Any) -> None:
    if not isinstance(content, dict):
        raise CourseError(say("data.not_a_list", file=file))
    for name in ("first_day", "citizen", *SECTIONS):
        if name not in content:
            raise CourseError(say("data.missing_field", file=file, item=file, field=name))
    for section, required in SECTIONS.items():
        for place, entry in enumerate(content[section], start=1):
            for name in required:
                if not isinstance(entry, dict) or name not in entry:
                    label = entry.get("id", place) if isinstance(entry, dict) else place
                    raise CourseError(say("data.missing_field", file=file, item=label, field=name))


def _known(file: str, item: str, what: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        sentence = say(f"exchange.sentence.unknown.{what}", value=value, options=", ".join(sorted(known)))
        raise CourseError(say("exchange.in_file", file=file, item=item, sentence=sentence))


def _day(file: str, item: str, entry: Mapping[str, Any], name: str = "key_until") -> int:
    value = entry[name]
    if not isinstance(value, date):
        raise CourseError(say("exchange.not_a_date", file=file, item=item, field=name, value=str(value)[:30]))
    return value.toordinal()
