"""The facilitator's kit: sheets made from the notebooks and the bank, and files that are nobody else's."""

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import Path
from string import ascii_lowercase

import pytest

import launch
from digigov import course
from digigov.kit import __main__ as command
from digigov.kit import prose, sheets
from digigov.kit.handout import handout
from digigov.kit.key import key
from digigov.kit.slides import slides
from digigov.language import LANGUAGES, pick, say
from digigov.questions.bank import items
from digigov.questions.card import decoded, public
from test_notebooks import secrets

NOTEBOOKS = [name for name in command.with_questions()]
both = pytest.mark.parametrize("code", LANGUAGES)


def words(html: str) -> str:
    """What is read of a page, its style left out."""
    body = re.sub(r"<(style|script)>.*?</\1>|<!--.*?-->", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def plain(text: str) -> str:
    return " ".join(text.split())


# -- handouts


@both
@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_a_handout_asks_every_question_and_tells_nothing(language, code, notebook):
    language(code)
    html = handout(notebook)
    shown = words(html)
    for item in items(notebook):
        assert plain(pick(item["stem"])) in shown, item.id
        for option in item.get("options", []):
            assert plain(pick(option["text"])) in shown, item.id
        for secret in secrets(item.fields):
            assert plain(secret[code]) not in shown, item.id
    numbers = [int(found) for found in re.findall(r'<p class="stem"><b>(\d+)\.</b>', html)]
    assert numbers == list(range(1, len(items(notebook)) + 1))
    assert "✓" not in html.partition("<body>")[2]
    assert ".ipynb" not in html  # paper leads nowhere


@both
def test_a_handout_has_room_for_every_kind(language, code):
    language(code)
    rooms = {
        "single": 'class="round"',
        "several": 'class="square"',
        "true_false": 'class="because"',
        "number": 'class="blank"',
        "sort": 'class="square"',
        "order": 'class="square wide"',
        "match": 'class="letter"',
        "text": 'class="line"',
        "predict": 'class="blank"',
        "opinion": 'class="',
    }
    found = {one.item.kind: sheets.question(one) for part in sheets.asked("99").values() for one in part}
    assert set(found) == set(rooms)
    for kind, room in rooms.items():
        assert room in found[kind], kind


def test_the_prediction_sheet_comes_first_and_asks_before_it_tells():
    html = handout("05")
    assert html.index("kind-predict") < html.index(say("kit.before_lab")) < html.index(say("quiz.title.check"))
    assert html.count(say("kit.ours")) == 3
    assert "10,2%" not in words(html).partition(say("kit.before_lab"))[0]  # what the lab shows


@both
def test_objectives_share_the_first_page_where_there_is_room(language, code):
    language(code)
    few, many = handout("01"), handout("05")
    assert few.index("<ul>") < few.index(say("kit.predictions"))
    assert many.index(say("kit.predictions")) < many.index("<ul>") < many.index(say("kit.before_lab"))


def test_the_questions_before_a_lab_are_those_of_the_notebook():
    text = prose.text_of(prose.notebook("05"), "explore")
    asked = prose.numbered(text)
    assert len(asked) == 5 and asked[0].startswith("Sau ba tháng, mỗi bên đạt bao nhiêu?")
    assert prose.numbered("1. one\n   goes on\n2. two\n\nend") == ["one\n   goes on", "two"]


# -- the key


@both
@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_the_key_has_every_reason_and_the_handout_s_numbers(language, code, notebook):
    language(code)
    html = key([notebook])
    shown = words(html)
    for item in items(notebook):
        for secret in secrets(item.fields):
            if item.kind != "true_false" or secret["vi"]:
                assert plain(secret[code]) in shown, item.id
    assert ".ipynb" not in html
    stems = re.findall(r'<p class="stem">.*?</p>', html)
    assert stems == re.findall(r'<p class="stem">.*?</p>', handout(notebook))


def test_the_key_s_letters_are_the_handout_s():
    for one in (one for part in sheets.asked("05").values() for one in part if one.item.kind == "single"):
        right = next(option for option in one.item["options"] if option["right"])
        letter = next(name for name, option in one.choices if option is right)
        assert f"{letter}) {pick(right['text'])}" in unescape(sheets.question(one))
    (match,) = [one for part in sheets.asked("05").values() for one in part if one.item.kind == "match"]
    right_side = public(match.item, sheets.SEED)["right"]
    for left, letter in zip(match.shown["left"], sheets.matched_letters(match), strict=True):
        assert decoded(match.item, right_side[ascii_lowercase.index(letter)]["id"]) == left["id"]


def test_a_sorted_row_is_ticked_where_the_bank_says():
    (sort,) = [one for one in sheets.asked("99")["check"] if one.item.kind == "sort"]
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', sheets.sort_table(sort, ticked=True))
    categories = [(axis["id"], part["id"]) for axis in sort.shown["axes"] for part in axis["categories"]]
    answers = {pick(row["text"]): row["answer"] for row in sort.item["rows"]}
    for text, cells in rows:
        ticked = [sheets.TICK in cell for cell in re.findall(r"<td>(.*?)</td>", cells)]
        assert ticked == [answers[unescape(text)][axis] == name for axis, name in categories]


# -- all of them


@both
@pytest.mark.parametrize("make", [handout, slides, lambda name: key([name]), lambda _: command.plans()])
def test_a_page_needs_no_network_and_no_other_file(language, code, make):
    language(code)
    html = make("05")
    assert html.startswith("<!doctype html>") and f'<html lang="{code}">' in html
    body = re.sub(r'src="data:image/png;base64,[^"]*"', "", html)
    assert not re.findall(r"""<link|@import|url\(|<script [^>]*src|<img [^>]*src|<iframe""", body)
    assert not re.findall(r'href="(?!https?://|#)[^"]*"', body)
    assert not re.search(r"/(?:home|root|work|tmp)/", re.sub(r"https?://\S*", "", body))


@both
def test_the_printed_plan_tells_what_goes_wrong(language, code):
    language(code)
    troubles = command.plans().partition('<section class="troubles">')[2]
    assert troubles.count("<tr>") > 8


# -- the command


@both
def test_a_key_is_linked_by_the_notebooks_it_is_of(language, code, tmp_path):
    language(code)
    for name in ("01-05", ""):
        (tmp_path / command.file_name(name, "key")).touch()
    shown = words(command.contents(tmp_path))
    assert say("kit.keys_of", notebooks="01, 05") in shown and say("kit.key_of_all") in shown


@both
def test_it_says_why_there_are_more_questions_than_items(language, code, tmp_path, capsys):
    language(code)
    assert command.main(["questions", "gift", "--to", str(tmp_path / "q.txt")]) == 0
    out = capsys.readouterr().out.splitlines()
    (items_, questions), (split, became) = (map(int, re.findall(r"(?<!\S)\d+(?=[ .])", line)) for line in out[:2])
    assert questions - items_ == became - split > 0


@both
def test_a_kit_is_made_and_what_is_not_there_is_one_sentence(language, code, tmp_path, capsys):
    language(code)
    folder = tmp_path / "bộ tài liệu"
    assert command.main(["kit", "77", "05", "05", "99", "--to", str(folder)]) == 1
    out, err = capsys.readouterr()
    assert [line.split()[2].strip(",.:;") for line in err.splitlines()] == ["77", "99"] or err.count("\n") == 2
    assert "77" in err and "99" in err and "05" in err
    names = {path.name for path in folder.iterdir()}
    kinds = ("handout", "slides", "key")
    assert names == {command.file_name("05", kind) for kind in kinds} | {
        command.file_name("", kind) for kind in ("plan", "contents")
    }
    assert out.splitlines()[-1].endswith(str(folder / command.file_name("", "contents")))
    linked = re.findall(r'href="([^"]*)"', (folder / command.file_name("", "contents")).read_text(encoding="utf8"))
    assert set(linked) == names - {command.file_name("", "contents")}
    assert command.main(["kit", "05", "--to", str(folder)]) == 0  # again, over its own files


def test_a_changed_handout_is_kept_and_the_rest_is_made(tmp_path, capsys):
    assert command.main(["kit", "05", "--to", str(tmp_path)]) == 0
    mine = tmp_path / command.file_name("05", "handout")
    mine.write_text("sửa tay", encoding="utf8")
    (tmp_path / command.file_name("05", "slides")).unlink()
    capsys.readouterr()
    assert command.main(["kit", "05", "--to", str(tmp_path)]) == 1
    assert mine.name in capsys.readouterr().err and mine.read_text(encoding="utf8") == "sửa tay"
    assert (tmp_path / command.file_name("05", "slides")).exists()


@both
def test_a_broken_notebook_is_named_and_the_others_are_made(language, code, tmp_path, monkeypatch, capsys):
    language(code)
    broken = tmp_path / "05-broken.ipynb"
    broken.write_text('{"cells": [', encoding="utf8")
    real = course.path_of
    monkeypatch.setattr(prose, "path_of", lambda name, lang: broken if name == "05" else real(name, lang))
    assert command.main(["kit", "05", "01", "--to", str(tmp_path / "kit")]) == 1
    assert "05-broken.ipynb" in capsys.readouterr().err
    assert (tmp_path / "kit" / command.file_name("01", "handout")).exists()
    assert not (tmp_path / "kit" / command.file_name("05", "handout")).exists()


def test_without_a_folder_it_goes_beside_the_readme_and_git_does_not_see_it():
    assert command.FOLDER.parent / "README.md" in command.FOLDER.parent.iterdir()
    assert "/kit/" in (command.FOLDER.parent / ".gitignore").read_text(encoding="utf8").split()


def test_the_real_command_runs_where_the_course_runs(tmp_path):
    environment = {**os.environ, "DIGIGOV_LANG": "en", "DIGIGOV_RECORD": ":memory:"}
    (tmp_path / "digigov.py").write_text("raise SystemExit('not the course')", encoding="utf8")
    run = [sys.executable, "-P", "-m", "digigov.kit", "questions", "report"]
    done = subprocess.run(run, env=environment, cwd=tmp_path, capture_output=True, text=True, encoding="utf8")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("The question bank:")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("questions", "Sau questions cần đúng một trong ba từ report, moodle, gift; không nhận “”."),
        ("questions aiken --lang en", "questions takes one of report, moodle, gift; not “aiken”."),
        ("questions moodle gift --lang en", "questions takes one of report, moodle, gift; not “moodle gift”."),
        ("kit --port 8888", "Không hiểu tham số “--port”; gõ python3 notebooks --help để xem cách dùng."),
        (
            "kit 05 --projector --lang en",
            "“--projector” was not understood; python3 notebooks --help shows what can be given.",
        ),
        ("open 05", "Không hiểu tham số “05”; gõ python3 notebooks --help để xem cách dùng."),
        ("lock --to x --lang en", "“--to” was not understood; python3 notebooks --help shows what can be given."),
        ("kit --lang fr", "--lang chỉ nhận vi hoặc en, không nhận “fr”."),
        ("kit --to", "Không hiểu tham số “kit --to”; gõ python3 notebooks --help để xem cách dùng."),
    ],
)
def test_a_mistake_in_the_command_is_one_sentence_before_anything_is_installed(given, sentence, monkeypatch, capsys):
    monkeypatch.setattr(launch.bootstrap, "python_with", lambda: pytest.fail("installed"))
    assert launch.main(given.split()) == 1
    assert capsys.readouterr() == ("", sentence + "\n")


def test_the_command_hands_over_what_it_was_given(monkeypatch):
    handed = {}

    def run(command: list[str], env: dict[str, str], check: bool) -> subprocess.CompletedProcess[str]:
        handed.update(command=command, env=env)
        return subprocess.CompletedProcess(command, 3)

    monkeypatch.setattr(launch.bootstrap, "python_with", lambda: Path("python"))
    monkeypatch.setattr(launch.subprocess, "run", run)
    assert launch.main(["kit", "05", "--lang", "en", "06", "--to", "my folder"]) == 3
    assert handed["command"][1:] == ["-P", "-m", "digigov.kit", "kit", "05", "06", "--to", "my folder"]
    assert handed["env"]["DIGIGOV_LANG"] == "en" and handed["env"]["DIGIGOV_RECORD"] == ":memory:"
