"""The gate goes red: faults are planted in copies of notebooks, and the suite's own checks have to find each."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

import notebook_checks as checks
import samples
import test_prose_figures as prose
from digigov.paths import NOTEBOOKS, PROJECT
from digigov.questions.card import Quiz

Notebook = dict[str, Any]
Fault = Callable[[Notebook], object]
LAB, QUIZ = "lab", "check-quiz"


def notebook(code: str, name: str = "05") -> Notebook:
    (path,) = (NOTEBOOKS / code).glob(f"{name}-*.ipynb")
    return json.loads(path.read_text(encoding="utf8"))


def cell(copy: Notebook, name: str) -> Any:
    return next(cell for cell in copy["cells"] if cell["id"] == name)


def change(name: str, kind: str, find: str, into: Callable[[re.Match[str]], str], after: int = 0) -> Fault:
    """Change the first match of a pattern in a cell's stored output, looking only `after` so many characters."""

    def spoil(copy: Notebook) -> None:
        data = cell(copy, name)["outputs"][0]["data"]
        text = "".join(data[kind])
        changed = text[:after] + re.sub(find, into, text[after:], count=1)
        assert changed != text
        data[kind] = changed

    return spoil


def other_digit(match: re.Match[str]) -> str:
    return match[0][:-1] + str((int(match[0][-1]) + 1) % 10)


def add_letter(match: re.Match[str]) -> str:
    return match[0] + "x"


def call(name: str, code: str) -> Fault:
    return lambda copy: cell(copy, name).update(source=[code])


def strip(name: str) -> Fault:
    return lambda copy: cell(copy, name).update(outputs=[])


# -- what nbval has to find: the stored page is not what the course shows

FOUND_BY_NBVAL: dict[str, tuple[str, Fault]] = {
    "a figure in the lab's digest": (LAB, change(LAB, "text/plain", r"\d+,\d", other_digit)),
    "a figure in the lab's page": (LAB, change(LAB, "text/html", r"\d+,\d(?=%)", other_digit)),
    "a picture's description": (LAB, change(LAB, "text/html", r'alt="\w+', add_letter)),
    "another setting than the stored one": (LAB, call(LAB, "rollout(teams=21)")),
    "a call that raises": (LAB, call(LAB, "rollout(1)")),
    "outputs stripped": (LAB, strip(LAB)),
    "an option far beyond where ipywidgets cuts its text": (
        QUIZ,
        change(QUIZ, "text/plain", r"(?<=   - )\w+", add_letter, after=1500),
    ),
    "an option in the quiz's page": (QUIZ, change(QUIZ, "text/html", r"(?<=<li>)\w+", add_letter, after=3000)),
    "a sentence about something wrong in place of the content": (QUIZ, call(QUIZ, 'quiz("05", "pretest")')),
}
UNTOUCHED = ["imports", LAB, QUIZ]


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What nbval says of every cell of one notebook: three as they are stored, then one for each fault."""
    spoilt = notebook("vi")
    spoilt["cells"] = [cell(spoilt, name) for name in UNTOUCHED]
    for name, spoil in FOUND_BY_NBVAL.values():
        copy = notebook("vi")
        spoil(copy)
        spoilt["cells"].append(cell(copy, name))
    for place, one in enumerate(spoilt["cells"]):
        one["id"] = f"cell-{place}"
    folder = tmp_path_factory.mktemp("gate") / "vi"
    folder.mkdir()
    (folder / "spoilt.ipynb").write_text(json.dumps(spoilt), encoding="utf8")
    pytest_here = [sys.executable, "-m", "pytest", "-c", str(PROJECT / "pyproject.toml"), f"--rootdir={folder}"]
    sanitized = f"--nbval-sanitize-with={PROJECT / 'tests' / 'sanitize.cfg'}"
    done = subprocess.run(
        [*pytest_here, "-p", "no:cacheprovider", "-q", "-rA", "--nbval", "--nbval-current-env", sanitized, str(folder)],
        env={**os.environ, "DIGIGOV_RECORD": ":memory:", "DIGIGOV_LANG": "", "PYTHONPATH": str(NOTEBOOKS)},
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=300,
    )
    lines = re.findall(r"^(PASSED|FAILED|ERROR) \S+::Cell (\d+)", done.stdout, flags=re.MULTILINE)
    found = {int(place): outcome for outcome, place in lines}
    assert len(found) == len(spoilt["cells"]), done.stdout[-3000:] + done.stderr[-2000:]
    return [found[place] for place in sorted(found)]


def test_nbval_passes_untouched_cells_pictures_included(verdicts):
    assert "data:image/png;base64," in "".join(cell(notebook("vi"), LAB)["outputs"][0]["data"]["text/html"])
    assert verdicts[: len(UNTOUCHED)] == ["PASSED"] * len(UNTOUCHED)


@pytest.mark.parametrize("fault", FOUND_BY_NBVAL)
def test_nbval_finds(verdicts, fault):
    assert verdicts[len(UNTOUCHED) + list(FOUND_BY_NBVAL).index(fault)] == "FAILED"


# -- what the checks of a notebook's form have to find


def append(name: str, text: str) -> Fault:
    return lambda copy: cell(copy, name).update(source=[checks.source(cell(copy, name)) + text])


def output(**stored: Any) -> Fault:
    return lambda copy: cell(copy, LAB).update(outputs=[stored])


def alert(copy: Notebook) -> None:
    cell(copy, QUIZ)["outputs"][0]["data"] = {"text/plain": "x", "text/html": '<p role="alert">Tệp 05.yaml…</p>'}


def swap(copy: Notebook) -> None:
    copy["cells"][4], copy["cells"][6] = copy["cells"][6], copy["cells"][4]


FOUND_BY_CHECKS: dict[str, tuple[Callable[[Notebook], Any], Fault]] = {
    "an unexecuted cell": (checks.stored_outputs, lambda copy: cell(copy, LAB).update(execution_count=None)),
    "a wrong count": (checks.stored_outputs, lambda copy: cell(copy, LAB).update(execution_count=9)),
    "outputs stripped": (checks.stored_outputs, lambda copy: cell(copy, QUIZ).update(outputs=[])),
    "a stored warning": (checks.stored_outputs, output(output_type="stream", name="stderr", text="warning")),
    "a stored error": (checks.stored_outputs, output(output_type="error", ename="E", evalue="", traceback=[])),
    "a stored sentence about something wrong": (checks.stored_outputs, alert),
    "a widget view without its state": (
        checks.stored_outputs,
        lambda copy: cell(copy, LAB)["outputs"][0]["data"].update({checks.VIEW: {}}),
    ),
    "a computation in a cell": (checks.code_is_one_call, append(LAB, "\nx = 1")),
    "two calls in a cell": (checks.code_is_one_call, append(LAB, "; rollout()")),
    "code in sight": (checks.code_is_one_call, lambda copy: cell(copy, LAB).update(metadata={})),
    "a cell that nbval skips": (
        checks.code_is_one_call,
        lambda copy: cell(copy, LAB)["metadata"].update(tags=["nbval-skip"]),
    ),
    "a section out of order": (lambda copy: checks.skeleton(copy, "vi"), swap),
    "another heading": (lambda copy: checks.skeleton(copy, "vi"), append("recap", "\n\n## Thêm")),
    "a skipped level": (lambda copy: checks.skeleton(copy, "vi"), append("recap", "\n\n#### Thêm")),
    "a second title": (lambda copy: checks.skeleton(copy, "vi"), append("recap", "\n\n# Thêm")),
    "no elapsed time": (
        lambda copy: checks.skeleton(copy, "vi"),
        lambda copy: cell(copy, "check").update(source=["## Tự kiểm tra\n", "\n", "Mười bốn câu."]),
    ),
    "a link to nowhere": (
        links := lambda copy: checks.pictures_and_links(copy, NOTEBOOKS / "vi"),
        append("next", "[bài 77](77-x.ipynb)"),
    ),
    "a vague link": (links, append("next", "[ở đây](00-bat-dau.ipynb)")),
    "a picture without words": (links, change(LAB, "text/html", 'alt="[^"]*"', lambda _: 'alt=""')),
    "a picture that is not there": (links, change(LAB, "text/html", 'src="data[^"]*"', lambda _: 'src=""')),
    "a path of somebody's machine": (checks.no_machine, append("next", "\n\nXem /home/lan/khoa-hoc.")),
    "a doubled cell": (checks.size, lambda copy: copy["cells"].append(copy["cells"][-1])),
    "too many cells": (
        checks.size,
        lambda copy: copy["cells"].extend({**copy["cells"][0], "id": f"x{place}"} for place in range(25)),
    ),
}


@pytest.mark.parametrize(("check", "spoil"), FOUND_BY_CHECKS.values(), ids=list(FOUND_BY_CHECKS))
def test_the_checks_find(check, spoil):
    copy = notebook("vi")
    assert list(check(deepcopy(copy))) == []
    spoil(copy)
    assert list(check(copy)) != []


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize(
    "spoil",
    [append("explain", " Thêm một câu."), append(LAB, " "), lambda copy: copy["cells"].pop(), swap],
    ids=["text", "code", "cell", "order"],
)
def test_a_change_in_one_language_is_found(side, spoil):
    both = [notebook("vi"), notebook("en")]
    assert list(checks.parity(*both)) == []
    spoil(both[side])
    assert list(checks.parity(*both)) != []


# -- what the checks of the prose and of the widgets have to find


@pytest.mark.parametrize(
    ("cell_id", "find", "into"),
    [("shares", "97,3%", "97,4%"), ("title", "1.226", "1.262"), ("extremes", "105,2", "105,3")],
)
def test_a_changed_figure_in_the_prose_is_found_on_both_ways(monkeypatch, cell_id, find, into):
    texts = prose.prose("vi", "05")
    spoilt = {**texts, cell_id: texts[cell_id].replace(find, into)}
    assert spoilt != texts
    monkeypatch.setattr(prose, "prose", lambda *_: spoilt)
    with pytest.raises(AssertionError):
        prose.test_no_figure_stands_in_the_prose_without_a_source("05", "vi", lambda _: None)
    tied = [entry for entry in prose.ties("05")[cell_id] if find in prose.printed(entry, "vi")]
    assert tied
    with pytest.raises(AssertionError):
        prose.test_a_figure_is_printed_as_its_source_gives_it("05", cell_id, tied[0], "vi", lambda _: None)


def test_an_error_in_a_widget_s_callback_fails_a_test(monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("in the callback")

    monkeypatch.setattr(Quiz, "do_answer", broken)
    with pytest.raises(AssertionError):
        Quiz("Quiz", [samples.item("single")])._handle_custom_msg(
            {"do": "answer", "item": "01-single", "given": None}, []
        )
