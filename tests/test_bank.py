"""The question bank: whatever is wrong with an item is told in one sentence that names file, item and field."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

import samples
from digigov.errors import CourseError
from digigov.questions import bank

Spoil = Callable[[dict[str, Any]], object]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write items as a bank file; returns the folder."""

    def written(*entries: Any, name: str = "01.yaml") -> Path:
        folder = tmp_path / "questions"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(yaml.safe_dump(list(entries), allow_unicode=True), encoding="utf8")
        return folder

    return written


def sentence_about(load: Callable[[], object]) -> str:
    with pytest.raises(CourseError) as error:
        load()
    words = str(error.value)
    assert words.endswith(".")
    assert "\n" not in words and "{" not in words.replace("{}", "")
    return words


def test_the_bank_of_the_course_is_sound_in_both_languages(language):
    assert len(bank.everything()) >= 60
    language("en")
    assert {item.id for item in bank.everything()} >= {bank.find("01-sort-cases").id}


@pytest.mark.parametrize("kind", samples.KINDS)
def test_a_sound_item_of_every_kind_is_read_as_it_stands(write, kind):
    (item,) = bank.items("01", folder=write(samples.fields(kind)))
    assert (item.id, item.kind, item.part) == (samples.fields(kind)["id"], kind, "check")


def pop(*path: Any) -> Spoil:
    def spoil(entry: dict[str, Any]) -> None:
        for step in path[:-1]:
            entry = entry[step]
        entry.pop(path[-1])

    return spoil


def put(*path: Any) -> Spoil:
    """Set the value at the end of `path`."""

    def spoil(entry: dict[str, Any]) -> None:
        for step in path[:-2]:
            entry = entry[step]
        entry[path[-2]] = path[-1]

    return spoil


def all_options(right: bool) -> Spoil:
    return lambda entry: [option.update(right=right) for option in entry["options"]]


FAULTS: list[tuple[str, Spoil, str]] = [  # kind, what spoils it, the field that must be named
    ("single", pop("stem", "en"), "stem.en"),
    ("single", pop("options", 1, "why", "vi"), "options.1.why.vi"),
    ("single", put("hint", "vi", ""), "hint.vi"),
    ("single", pop("hint"), "hint"),
    ("single", pop("kind"), "kind"),
    ("single", pop("options", 0, "why"), "options.0.why"),
    ("single", put("kind", "riddle"), "kind"),
    ("single", put("difficulty", 4), "difficulty"),
    ("single", put("difficulty", "easy"), "difficulty"),
    ("single", put("part", "exam"), "part"),
    ("single", put("claims", ["C13"]), "claims"),
    ("single", put("claims", []), "claims"),
    ("single", put("options", 0, "right", "yes"), "options.0.right"),
    ("single", put("options", "none"), "options"),
    ("single", put("stem", 5), "stem"),
    ("single", put("stem", "en", ["list"]), "stem.en"),
    ("single", put("stem", "fr", "texte"), "stem.fr"),
    ("single", put("answr", 1), "answr"),
    ("single", put(1, "a number for a name"), "1"),
    ("single", put(True, "a truth for a name"), "True"),
    ("single", lambda entry: entry["options"].pop(), "options"),
    ("single", all_options(False), "options"),
    ("single", all_options(True), "options"),
    ("single", put("options", 1, "id", "right"), "options"),
    ("single", put("options", 1, "id", "Not This"), "options.1.id"),
    ("several", all_options(False), "options"),
    ("several", all_options(True), "options"),
    ("true_false", put("right", "true"), "right"),
    ("true_false", pop("why", "true"), "why.true"),
    ("true_false", lambda entry: entry["why"].update({True: entry["why"].pop("true")}), "why"),
    ("number", put("answer", "43,2"), "answer"),
    ("number", put("answer", math.nan), "answer"),
    ("number", put("tolerance", math.inf), "tolerance"),
    ("number", put("tolerance", -1), "tolerance"),
    ("number", pop("traps", 0, "why"), "traps.0.why"),
    ("sort", put("rows", 0, "answer", "change", "nowhere"), "rows.one.answer.change"),
    ("sort", pop("rows", 1, "answer", "material"), "rows.two.answer.material"),
    ("sort", put("rows", 0, "answer", "colour", "forms"), "rows.one.answer.colour"),
    ("sort", put("rows", 1, "id", "one"), "rows"),
    ("sort", put("axes", 1, "id", "change"), "axes"),
    ("sort", put("axes", 0, "categories", 1, "id", "channel"), "axes.change.categories"),
    ("order", put("steps", 1, "id", "first"), "steps"),
    ("order", lambda entry: entry["steps"].pop(), "steps"),
    ("match", put("pairs", 1, "id", "a"), "pairs"),
    ("match", pop("pairs", 2, "left", "en"), "pairs.2.left.en"),
    ("text", put("accept", "vi", []), "accept.vi"),
    ("text", put("accept", "en", 0, []), "accept.en.0"),
    ("text", put("accept", "en", 0, [""]), "accept.en.0.0"),
    ("text", put("accept", "vi", 0, 0, 5), "accept.vi.0.0"),
    ("text", pop("accept", "en"), "accept.en"),
    ("predict", pop("topic"), "topic"),
    ("predict", pop("topic", "en"), "topic.en"),
    ("single", put("topic", {"vi": "Một", "en": "One"}), "topic"),
    ("predict", put("range", [100, 0, 1]), "range"),
    ("predict", put("range", [0, 100, 0]), "range"),
    ("predict", put("range", [0, 100, 101]), "range"),
    ("predict", put("range", [0, 100]), "range"),
    ("opinion", pop("after"), "after"),
    ("opinion", put("options", 0, "right", True), "options.0.right"),
]


@pytest.mark.parametrize("code", ["vi", "en"])
@pytest.mark.parametrize(("kind", "spoil", "field"), FAULTS, ids=[f"{kind}-{field}" for kind, _, field in FAULTS])
def test_a_fault_is_told_with_file_item_and_field(write, language, code, kind, spoil, field):
    language(code)
    entry = samples.fields(kind)
    spoil(entry)
    words = sentence_about(lambda: bank.items("01", folder=write(samples.fields("single", "sound"), entry)))
    assert "01.yaml" in words
    assert entry["id"] in words
    assert f"“{field}" in words or f"“{field}" in words


def test_an_item_without_an_id_is_told_by_its_place(write, language):
    entry = samples.fields("single")
    del entry["id"]
    words = sentence_about(lambda: bank.items("01", folder=write(samples.fields("several"), entry)))
    assert "01.yaml" in words and " 2" in words and "“id”" in words


@pytest.mark.parametrize("entry", ["a sentence", 7, None, ["a", "list"]])
def test_an_entry_that_is_no_item_is_told_by_its_place(write, entry):
    words = sentence_about(lambda: bank.items("01", folder=write(samples.fields("single"), entry)))
    assert "01.yaml" in words and " 2" in words


def test_an_id_of_another_notebook_would_never_be_found(write):
    entry = samples.fields("single") | {"id": "02-single"}
    assert "02-single" in sentence_about(lambda: bank.items("01", folder=write(entry)))


def test_a_doubled_id_is_told_within_a_file_and_across_files(write, monkeypatch):
    twice = samples.fields("single", "same")
    words = sentence_about(lambda: bank.items("01", folder=write(twice, twice)))
    assert "01.yaml" in words and "01-same" in words
    # An id begins with its file's number, so two files can share one only if that rule is broken too.
    monkeypatch.setattr(bank, "notebooks", lambda folder: ["01", "01"])
    words = sentence_about(lambda: bank.everything(write(twice)))
    assert "01-same" in words


@pytest.mark.parametrize("code", ["vi", "en"])
@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"- id: [unclosed\n", "01.yaml"),
        (b"- id: 01-a\n\tkind: single\n", " 2"),
        (b"\xff\xfe\x00", "01.yaml"),
        (b"id: 01-a\n", "01.yaml"),
        (b"", "01.yaml"),
        (b"- !!python/object:os.system {}\n", "01.yaml"),
    ],
)
def test_a_file_that_is_no_list_in_yaml_is_told(tmp_path, language, code, content, named):
    language(code)
    (tmp_path / "01.yaml").write_bytes(content)
    words = sentence_about(lambda: bank.items("01", folder=tmp_path))
    assert "01.yaml" in words and named in words


def test_a_missing_file_part_or_item_is_told(tmp_path, language):
    language("en")
    assert "77.yaml" in sentence_about(lambda: bank.items("77", folder=tmp_path))
    (tmp_path / "01.yaml").mkdir()
    assert "01.yaml" in sentence_about(lambda: bank.items("01", folder=tmp_path))
    assert "“pretest”" in sentence_about(lambda: bank.items("01", "pretest"))
    assert "01-nothing" in sentence_about(lambda: bank.find("01-nothing"))


def test_an_edited_file_is_read_again(write):
    folder = write(samples.fields("single"))
    assert [item.kind for item in bank.items("01", folder=folder)] == ["single"]
    write(samples.fields("number"), samples.fields("text"))
    assert [item.kind for item in bank.items("01", folder=folder)] == ["number", "text"]


def test_a_part_comes_in_the_order_of_the_bank():
    check = [item.id for item in bank.items("01") if item.part == "check"]
    assert [item.id for item in bank.items("01", "check")] == check != []
