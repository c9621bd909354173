"""Life events as data: sourced numbers, both languages, and every fault told in one sentence."""

import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml

from digigov import documents, life_events
from digigov.claims import sources
from digigov.errors import CourseError
from digigov.labs.birth import BirthLab
from digigov.language import LANGUAGES, pick
from digigov.life_events import EVENTS, life_event, registers
from digigov.models.journey import COLLECT, FORM, NOTICE
from digigov.paths import DATA

# The writer in C is ten times faster, where PyYAML was built with it.
Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

Language = Callable[[str], None]
BIRTH, REGISTERS = "life_events/birth.yaml", "registers.yaml"


# -- the files as they are


@pytest.mark.parametrize("name", EVENTS)
def test_an_event_is_whole_and_named_in_both_languages(name: str, language: Language) -> None:
    event = life_event(name)
    assert set(event.steps) == {step.name for step in event.journey.steps}
    for code in LANGUAGES:
        language(code)
        names = [pick(text) for text in (event.name, *event.procedures.values(), *event.steps.values())]
        assert all(names)
    for procedure in event.procedures:
        kinds = [step.kind for step in event.journey.steps if step.procedure == procedure]
        assert kinds[0] == FORM and kinds[-1] == COLLECT and kinds.count(FORM) == 1


def test_time_limits_are_those_that_were_published() -> None:
    """The queue of a procedure is its time limit; the sources stand in the files."""
    limits = {
        "birth": {"birth": 1, "residence": 7, "card": 10},
        "death": {"death": 1, "residence": 5, "funeral": 5},
        "business": {"register": 3, "tax": 3, "food": 3, "invoice": 1},
    }
    for name, expected in limits.items():
        steps = life_event(name).journey.steps
        for procedure, days in expected.items():
            assert sum(step.waiting for step in steps if step.procedure == procedure) == pytest.approx(days)


def test_only_what_the_state_learns_of_by_itself_has_a_notice() -> None:
    starts = {name: [s.name for s in life_event(name).journey.steps if s.kind == NOTICE] for name in EVENTS}
    assert starts == {"birth": [NOTICE], "death": [NOTICE], "business": []}


def test_nothing_stands_in_the_registers_that_no_form_asks_for() -> None:
    known = registers()
    asked = {
        name for event in EVENTS for step in life_event(event).journey.steps for name in step.fields | step.documents
    }
    assert asked == set(known.names)
    held = {life_event(event).journey.held[name] for event in EVENTS for name in life_event(event).journey.held}
    assert held <= known.records


def test_the_lab_credits_every_source_of_its_data() -> None:
    named = {source for event in EVENTS for source in life_event(event).rests_on} | set(registers().rests_on)
    assert named - {"assumed"} == set(BirthLab.sources)
    assert named - {"assumed"} <= sources().keys()


# -- faults, planted in copies


def parts(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every place of a document as (container, key)."""
    for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
        yield node, key
        if isinstance(value, dict | list):
            yield from parts(value)


@pytest.fixture
def plant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Callable[[Any], None]], None]:
    """Change a copy of a file, which is read from then on."""
    shutil.copytree(DATA / "life_events", tmp_path / "life_events")
    shutil.copy(DATA / REGISTERS, tmp_path / REGISTERS)
    monkeypatch.setattr(life_events, "DATA", tmp_path)

    def planted(file: str, change: Callable[[Any], None]) -> None:
        content = deepcopy(documents.read(DATA / file))
        change(content)
        (tmp_path / file).write_text(yaml.dump(content, Dumper=Dumper, allow_unicode=True), encoding="utf8")

    return planted


def step(content: Any, procedure: int, name: str) -> dict[str, Any]:
    return next(one for one in content["procedures"][procedure]["steps"] if one["id"] == name)


def set_step(which: str, /, **values: Any) -> Callable[[Any], None]:
    return lambda content: step(content, 0, which).update(values)


FAULTS: dict[str, tuple[str, Callable[[Any], None], tuple[str, ...]]] = {
    "negative minutes": (BIRTH, set_step("check", minutes=-20), ("birth.check", "minutes", "-20")),
    "minutes in words": (BIRTH, set_step("check", minutes="hai mươi"), ("birth.check", "hai mươi")),
    "endless minutes": (BIRTH, set_step("check", minutes=float("inf")), ("birth.check", "inf")),
    "nobody does it": (BIRTH, set_step("check", actor=None), ("birth.check", "actor")),
    "somebody unknown does it": (BIRTH, set_step("check", actor="district"), ("birth.check", "district")),
    "a circle": (BIRTH, set_step("check", after=["issue"]), ("birth.check", "birth.issue", "birth.record", "→")),
    "a circle over a document": (
        BIRTH,
        lambda content: step(content, 0, "form")["asks"]["documents"]["list"].append("birth_certificate"),
        ("birth.form", "birth.collect", "→"),
    ),
    "an unknown step": (BIRTH, set_step("check", needs=["stamp"]), ("birth.check", "needs", "birth.stamp")),
    "an unknown field": (
        BIRTH,
        lambda content: step(content, 0, "form")["asks"]["fields"].append("shoe_size"),
        ("birth.form", "fields", "shoe_size"),
    ),
    "an unknown document": (BIRTH, lambda content: content["produced"].update(diploma="birth.issue"), ("diploma",)),
    "an unknown giver": (BIRTH, lambda content: content["produced"].update(birth_certificate="x.y"), ("x.y",)),
    "an unknown record": (BIRTH, set_step("check", reads=["weather.child"]), ("birth.check", "weather.child")),
    "an unknown kind": (BIRTH, set_step("check", kind="dance"), ("birth.check", "dance")),
    "an unknown setting": (BIRTH, set_step("check", minuts=3), ("birth.check", "minuts")),
    "an unknown source": (
        BIRTH,
        set_step("check", minutes={"value": 3, "source": "hearsay"}),
        ("birth.check", "hearsay"),
    ),
    "no source": (BIRTH, set_step("check", minutes={"value": 3}), ("birth.check", "None")),
    "one language": (BIRTH, set_step("check", name={"vi": "Đối chiếu"}), ("birth.check", "en")),
    "an empty language": (BIRTH, set_step("check", name={"vi": "Đối chiếu", "en": " "}), ("birth.check", "en")),
    "shares of another sum": (BIRTH, set_step("check", share=0.5), ("birth", "share", "1")),
    "two of one name": (BIRTH, set_step("check", id="receive"), ("birth.receive",)),
    "a form that needs another procedure": (
        BIRTH,
        lambda content: step(content, 1, "form").update(needs=["birth.record"]),
        ("residence.form", "birth.record"),
    ),
    "a step that needs a result handed out": (
        BIRTH,
        lambda content: step(content, 1, "check").update(needs=["birth.collect"]),
        ("residence.check", "birth.collect"),
    ),
    "judgement at the counter": (BIRTH, set_step("receive", discretion=True), ("birth.receive", "kind")),
    "a notice called habit": (BIRTH, set_step("check", after=["notice"]), ("birth.check", "notice")),
    "no procedures": (BIRTH, lambda content: content.update(procedures=[]), ("procedures",)),
    "an unknown register": (
        REGISTERS,
        lambda content: content["fields"]["child_name"].update(held="weather.child"),
        ("child_name", "weather.child"),
    ),
    "a register in one language": (
        REGISTERS,
        lambda content: content["registers"]["population"]["name"].pop("vi"),
        ("population", "vi"),
    ),
    "a lane in one language": (REGISTERS, lambda content: content["actors"]["police"].pop("en"), ("police", "en")),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_fault_is_told_with_file_step_and_value(code: str, fault: str, plant: Any, language: Language) -> None:
    file, change, words = FAULTS[fault]
    language(code)
    plant(file, change)
    with pytest.raises(CourseError) as error:
        life_event("birth")
    sentence = str(error.value)
    assert sentence.startswith({"vi": "Tệp ", "en": "File "}[code] + file)
    assert all(word in sentence for word in words), sentence
    assert sentence.endswith(".") and ". " not in sentence and "{" not in sentence


def test_a_missing_file_is_named(language: Language) -> None:
    for code in LANGUAGES:
        language(code)
        with pytest.raises(CourseError, match=r"wedding\.yaml"):
            life_event("wedding")


def test_a_fault_in_one_event_leaves_the_others(plant: Any) -> None:
    plant(BIRTH, set_step("check", actor=None))
    assert life_event("death").journey == life_event("death").journey
    with pytest.raises(CourseError):
        life_event("birth")


JUNK = (None, -1, "", "?", [], {}, [1], {"a": 1}, True, float("nan"))


@pytest.mark.parametrize("file", [BIRTH, REGISTERS])
def test_whatever_stands_in_a_file_is_read_or_told(file: str, plant: Any) -> None:
    random = Random(2026)
    told = 0
    for _ in range(100):

        def spoil(content: Any) -> None:
            container, key = random.choice(list(parts(content)))
            container[key] = random.choice(JUNK)

        plant(file, spoil)
        try:
            life_event("birth")
        except CourseError as error:
            told += 1
            assert str(error).startswith("Tệp ")
    assert told > 50
