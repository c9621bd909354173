"""Every notebook keeps to the course's form, in both languages, and carries outputs that a reader can use."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import notebook_checks as checks
from digigov import pairs
from digigov.course import index
from digigov.language import LANGUAGES
from digigov.paths import NOTEBOOKS
from digigov.questions.bank import everything, notebooks

PATHS = {
    language: {path.name[:2]: path for path in sorted((NOTEBOOKS / language).glob("[0-9][0-9]-*.ipynb"))}
    for language in LANGUAGES
}
IDS = sorted(PATHS["vi"])
TEACHERS = {entry["id"] for entry in index() if entry.get("for_teachers")}
ALL = [(language, path) for language in LANGUAGES for path in PATHS[language].values()]
each = pytest.mark.parametrize(("code", "path"), ALL, ids=[f"{code}/{path.name}" for code, path in ALL])


@cache
def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf8"))


def test_both_languages_have_the_same_notebooks_with_plain_names():
    assert set(PATHS["vi"]) == set(PATHS["en"]) >= {"00", "01", "02", "05", "99"}
    for _, path in ALL:
        assert re.fullmatch(r"\d\d(-[a-z0-9]+)+\.ipynb", path.name)
    assert len(ALL) == 2 * len(IDS) == len(list(NOTEBOOKS.glob("*/*.ipynb")))


def test_notebooks_and_questions_belong_together():
    assert set(notebooks()) == set(IDS) - TEACHERS


@each
def test_the_skeleton_stands(code, path):
    form = checks.FOR_TEACHERS if path.name[:2] in TEACHERS else checks.SKELETON
    assert list(checks.skeleton(load(path), code, form)) == []


@each
def test_code_cells_are_one_import_or_one_call_and_folded(code, path):
    assert [*checks.code_is_one_call(load(path)), *checks.size(load(path))] == []


@each
def test_stored_outputs_are_complete_and_clean(code, path):
    assert list(checks.stored_outputs(load(path))) == []


@each
def test_pictures_are_described_and_links_say_where_they_go(code, path):
    assert list(checks.pictures_and_links(load(path), path.parent)) == []


@each
def test_nothing_of_somebody_s_machine_is_stored(code, path):
    assert list(checks.no_machine(load(path))) == []


@pytest.mark.parametrize("notebook", IDS)
def test_both_languages_are_in_step(notebook):
    assert list(checks.parity(load(PATHS["vi"][notebook]), load(PATHS["en"][notebook]))) == []


@pytest.mark.parametrize("notebook", IDS)
def test_every_question_of_a_notebook_is_asked_in_it_and_none_that_is_not_there(notebook):
    code = " ".join(checks.source(cell) for cell in checks.cells(load(PATHS["vi"][notebook]), "code"))
    called = {(name, part or "check") for name, part in re.findall(r'quiz\("(\d\d)"(?:, "(\w+)")?\)', code)}
    assert called == {(item.notebook, item.part) for item in everything() if item.notebook == notebook}


@pytest.mark.parametrize("notebook", IDS)
def test_what_is_imported_is_what_is_used(notebook):
    first, *rest = (checks.source(cell) for cell in checks.cells(load(PATHS["vi"][notebook]), "code"))
    imported = first.removeprefix("from digigov import ").replace(",", " ").split()
    assert imported == sorted(imported)
    assert set(imported) == {call.partition("(")[0] for call in rest}


@pytest.mark.parametrize("notebook", [entry["id"] for entry in index() if entry["id"] in IDS])
def test_the_minutes_are_those_of_the_index(notebook):
    (expected,) = [entry["minutes"] for entry in index() if entry["id"] == notebook]
    for code in LANGUAGES:
        assert checks.minutes(load(PATHS[code][notebook]), code)["next"] == expected


@each
def test_no_reason_hint_or_model_answer_is_in_the_file(code, path):
    shown = " ".join(
        [checks.source(cell) for cell in load(path)["cells"]]
        + [str(cell.get("outputs", "")).replace("\\n", "\n") for cell in load(path)["cells"]]
    )
    for item in everything():
        for words in secrets(item.fields):
            assert words[code] not in shown, item.id


def secrets(value: Any, name: str = "") -> list[dict[str, str]]:
    """Every bilingual text that comes only after an answer, or when it is asked for."""
    if name in ("why", "hint", "after", "model_answer") and "vi" in value:
        return [value]
    if isinstance(value, list):
        return [text for part in value for text in secrets(part, name)]
    if isinstance(value, dict):
        kept = name if name in ("why", "hint", "after", "model_answer") else ""
        return [text for key, part in value.items() for text in secrets(part, kept or key)]
    return []


@each
def test_the_file_is_written_the_one_way(code, path):
    text = path.read_text(encoding="utf8")
    assert text == json.dumps(load(path), ensure_ascii=False, indent=1) + "\n"
    assert load(path)["nbformat"] == 4
    assert set(load(path)["metadata"]) == {"kernelspec", "language_info"}


# -- the stamp that keeps the languages in step


def pair() -> tuple[Any, Any]:
    vi, en = (
        {"cells": [{"id": "a", "cell_type": "markdown", "metadata": {}, "source": [text]}]}
        for text in ("số", "digital")
    )
    return vi, en


def test_a_text_without_a_stamp_is_found_and_a_stamp_settles_it():
    vi, en = pair()
    assert pairs.unstamped(vi, en) == ["a"]
    pairs.stamp(vi, en)
    assert pairs.unstamped(vi, en) == pairs.drift(vi, en) == []


@pytest.mark.parametrize("side", [0, 1])
def test_a_change_of_one_side_is_drift_and_of_both_sides_is_not(side):
    both = pair()
    pairs.stamp(*both)
    both[side]["cells"][0]["source"] = ["changed"]
    assert pairs.drift(*both) == ["a"]
    both[1 - side]["cells"][0]["source"] = ["changed too"]
    assert pairs.drift(*both) == []
    assert pairs.unstamped(*both) == ["a"]


def test_a_stamp_leaves_out_what_it_is_told_to():
    vi, en = pair()
    pairs.stamp(vi, en, except_for=["a"])
    assert pairs.unstamped(vi, en) == ["a"]
