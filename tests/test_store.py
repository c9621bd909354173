"""The command that makes the stored outputs: complete, the same every time, and loud about what fails."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

import notebook_checks as checks
from digigov import pairs, store
from digigov.language import LANGUAGES
from digigov.paths import NOTEBOOKS


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of one short notebook in both languages: title, imports and one quiz, not yet run."""
    for code in LANGUAGES:
        (path,) = (NOTEBOOKS / code).glob("99-*.ipynb")
        copy = json.loads(path.read_text(encoding="utf8"))
        copy["cells"] = [cell for cell in copy["cells"] if cell["id"] in ("title", "imports", "check-quiz")]
        for cell in copy["cells"]:
            cell["metadata"] = {"trusted": True, "jupyter": {"outputs_hidden": True}}
            if cell["cell_type"] == "code":
                cell |= {"outputs": [], "execution_count": None}
        (tmp_path / code).mkdir()
        write(tmp_path / code / path.name, copy)
    monkeypatch.setattr(store, "NOTEBOOKS", tmp_path)
    # `main` sets these; the language has to come from the folder.
    for name in ("DIGIGOV_RECORD", "DIGIGOV_PICTURES"):
        monkeypatch.setenv(name, os.environ.get(name, ""))
    monkeypatch.delenv("DIGIGOV_LANG")
    return tmp_path


def path_of(course: Path, code: str) -> Path:
    return next((course / code).glob("*.ipynb"))


def read(course: Path, code: str) -> Any:
    return json.loads(path_of(course, code).read_text(encoding="utf8"))


def write(path: Path, notebook: Any) -> None:
    path.write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf8")


def change(course: Path, code: str, cell: int, source: str) -> None:
    notebook = read(course, code)
    notebook["cells"][cell]["source"] = [source]
    write(path_of(course, code), notebook)


def test_outputs_are_stored_clean_in_both_languages_and_the_same_every_time(course):
    assert store.main([]) == 0
    first = path_of(course, "vi").read_bytes()
    vi, en = (read(course, code) for code in LANGUAGES)
    for notebook in (vi, en):
        assert list(checks.stored_outputs(notebook)) == list(checks.code_is_one_call(notebook)) == []
        assert set(notebook["metadata"]) == {"kernelspec", "language_info"}
    assert list(checks.parity(vi, en)) == []
    assert vi["cells"][2]["outputs"] != en["cells"][2]["outputs"]
    store.store(path_of(course, "vi"))
    assert path_of(course, "vi").read_bytes() == first


def test_a_text_changed_in_one_language_is_reported_until_it_is_said_to_be_the_same(course, capsys, monkeypatch):
    monkeypatch.setattr(store, "store", lambda path: None)
    assert store.main([]) == 0
    change(course, "vi", 0, "# 99 · Mẫu khác")
    assert store.main([]) == 1
    assert "99: cell title changed in one language only" in capsys.readouterr().err
    assert pairs.drift(read(course, "vi"), read(course, "en")) == ["title"]
    assert store.main(["--same"]) == 0
    assert pairs.drift(read(course, "vi"), read(course, "en")) == []


def test_a_cell_that_fails_is_reported_and_the_file_left_as_it_was(course, capsys):
    change(course, "en", 2, "quiz(1, 2, 3)")
    before = path_of(course, "en").read_bytes()
    assert store.main([]) == 1
    assert "TypeError" in capsys.readouterr().err
    assert read(course, "vi")["cells"][2]["execution_count"] == 2
    assert path_of(course, "en").read_bytes() == before


def test_a_sentence_about_something_wrong_is_reported_and_never_stored(course, capsys):
    change(course, "en", 2, 'quiz("99", "no-such-part")')
    before = path_of(course, "en").read_bytes()
    assert store.main([]) == 1
    assert "no-such-part" in capsys.readouterr().err
    assert path_of(course, "en").read_bytes() == before


def test_only_the_notebooks_asked_for_are_run(course, monkeypatch):
    run: list[str] = []
    monkeypatch.setattr(store, "store", lambda path: run.append(path.name[:2]))
    assert store.main(["05"]) == 0
    assert run == []
    assert store.main(["99"]) == 0
    assert run == ["99", "99"]
