"""The exchange lab: messages in, frames out, and its case from data. What holds for every lab is in test_every_lab."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from digigov.errors import CourseError
from digigov.labs import exchange_data
from digigov.labs.exchange import DOOR, LOG, ExchangeLab
from digigov.labs.view import LabView
from digigov.language import LANGUAGES, say
from digigov.models.attacks import ATTACKS, CHECKS, VICTIM
from digigov.record import record

OFF = dict.fromkeys((*DOOR, *LOG), False)
STATE, BY, PEOPLE, FIELDS, CAUGHT, ORDINARY, SEES, UNGUARDED, SIGNATURES = range(9)

Language = Callable[[str], None]


def told(view: LabView, **values: Any) -> dict[str, Any]:
    """Set controls as the browser does; returns the frame."""
    view._hear(view, {"do": "set", "values": values}, [])
    assert view.notice == ""
    return view.frame


@pytest.fixture
def view() -> LabView:
    return LabView(ExchangeLab())


def shown(view: LabView, panel: int = 0, prefix: str = "") -> dict[str, dict[str, Any]]:
    """Marks of a panel that are in view, by name."""
    marks = view.frame["marks"][panel].items()
    return {name: mark for name, mark in marks if not mark["hidden"] and name.startswith(prefix)}


def checks(view: LabView) -> list[str]:
    return [mark["text"] for mark in shown(view, 0, "check-").values()]


# -- the log


def test_the_picture_shows_the_log_as_it_lies_there(view: LabView) -> None:
    log = view.lab.run(view.values).trial.log
    hashes = [mark["text"] for mark in shown(view, 0, "hash-").values()]
    assert hashes == [entry.hash.hex()[:4] for entry in log.entries] and len(hashes) == 24
    assert len(shown(view, 0, "checkpoints")["checkpoints"]["at"]) == len(shown(view, 0, "copies")["copies"]["at"]) == 4
    told(view, chain=False, second=False)
    assert not shown(view, 0, "hash-") and not shown(view, 0, "links") and not shown(view, 0, "copies")
    told(view, checkpoints=False)
    assert not shown(view, 0, "checkpoints")


def test_a_chain_computed_anew_has_other_hashes_from_the_place_on(view: LabView) -> None:
    before = [mark["text"] for mark in shown(view, 0, "hash-").values()]
    told(view, attack="rebuild")
    now = [mark["text"] for mark in shown(view, 0, "hash-").values()]
    changed = [place for place, pair in enumerate(zip(before, now, strict=True), start=1) if pair[0] != pair[1]]
    assert changed == list(range(9, 25))


def test_a_line_that_is_gone_leaves_a_bar_and_a_changed_one_its_hatch(view: LabView) -> None:
    assert shown(view, 0, "touched-").keys() == {"touched-0"} and not shown(view, 0, "cut")
    told(view, attack="drop")
    assert len(shown(view, 0, "block-")) == 23 and shown(view, 0, "cut") and not shown(view, 0, "touched-")
    told(view, attack="truncate", place=15)
    assert len(shown(view, 0, "block-")) == 14
    told(view, attack="reorder", place=24)
    assert shown(view, 0, "touched-").keys() == {"touched-0", "touched-1"}


def test_a_stretch_that_runs_over_both_rows_is_framed_in_both(view: LabView) -> None:
    told(view, attack="collude", interval=8, place=9)  # lines 9 to 16
    assert shown(view, 0, "found-").keys() == {"found-0", "found-1"}
    told(view, attack="collude_both")
    assert not shown(view, 0, "found-")


def test_each_check_says_what_it_found_or_that_it_is_off(view: LabView) -> None:
    told(view, attack="rebuild")
    door, signatures, chain, checkpoints, second, citizen = checks(view)
    assert door.startswith("– ") and signatures.startswith("✓ ") and chain.startswith("✓ ")
    assert "6–10" in checkpoints and checkpoints[0] == second[0] == "◉"
    assert citizen.startswith("✓ ")
    told(view, **OFF)
    assert all(line.endswith("đang tắt") for line in checks(view)[1 : 1 + len(CHECKS)])
    told(view, second=True)  # without checkpoints it has nothing to hold
    assert checks(view)[4].endswith("không có mốc nào để giữ")


@pytest.mark.parametrize(
    ("attack", "words"),
    [
        ("forge", "chữ ký không phải"),
        ("replay", "đã được gửi một lần"),
        ("overread", "nhiều trường hơn"),
        ("expired", "khóa đã hết hạn"),
    ],
)
def test_the_door_says_why_it_refuses(view: LabView, attack: str, words: str) -> None:
    told(view, attack=attack, place=14)
    assert words in checks(view)[0] and "dòng 14" in checks(view)[0] and checks(view)[0].startswith("■ ")
    told(view, **OFF)
    assert checks(view)[0].startswith("– ") and words not in checks(view)[0]


# -- all attacks, and the citizen


def test_every_cell_of_the_matrix_says_how_that_attack_ends(view: LabView) -> None:
    cells = {name: mark["text"] for name, mark in shown(view, 1, "cell-").items()}
    assert len(cells) == 3 * len(ATTACKS)
    for row, attack in enumerate(ATTACKS):
        rows = told(view, attack=attack)["rows"]
        assert [cells[f"cell-{row}-{column}"] for column in range(3)] == rows[STATE][1:]
    assert view.frame["rows"][CAUGHT][1:] == ["0", "1", "11"]


def test_the_citizen_sees_her_own_requests_and_no_others(view: LabView) -> None:
    result = view.lab.run(view.values)
    mine = [entry for entry in result.trial.log.entries if entry.request.subject == VICTIM]
    assert len(shown(view, 2, "look-")) == 5 * len(mine) == 25
    told(view, attack="drop")
    assert len(shown(view, 2, "look-")) == 20
    told(view, attack="false_purpose")
    assert [m["text"][0] for name, m in shown(view, 2, "look-").items() if name.endswith("-date")].count("◐") == 1
    assert view.frame["rows"][SEES][3] == "5 lượt hỏi, 1 lượt lạ"


def test_no_attack_brings_more_looks_at_one_person_than_the_picture_has_lines(view: LabView) -> None:
    for attack in ATTACKS:
        for values in ({}, OFF):
            result = view.lab.run(view.lab.checked({"attack": attack, **values}))
            assert sum(entry.request.subject == VICTIM for entry in result.trial.log.entries) <= 5
            assert len(result.trial.log.entries) <= 24


# -- measures and words


def test_the_measures_follow_the_switches(view: LabView) -> None:
    rows = told(view, attack="overread")["rows"]
    assert [rows[n][3] for n in (PEOPLE, FIELDS, ORDINARY, UNGUARDED, SIGNATURES)] == ["0", "0", "72", "4", "52"]
    rows = told(view, purpose=False, second=False, signature=False)["rows"]
    assert [rows[n][3] for n in (PEOPLE, FIELDS, ORDINARY, UNGUARDED, SIGNATURES)] == ["50", "650", "79", "24", "4"]


def test_where_digital_government_loses_it_lets_most_out(view: LabView) -> None:
    frame = told(view, **view.spec["presets"][-1]["values"])
    assert frame["rows"][FIELDS][1:] == ["200", "0", "2.600"] and frame["rows"][CAUGHT][1:] == ["0", "1", "0"]
    assert "không phải cách kín nhất" in frame["sentence"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_attack_has_its_sentence_with_and_without_defences(code: str, language: Language) -> None:
    language(code)
    view = LabView(ExchangeLab())
    sentences = [
        told(view, attack=attack, **values)["sentence"]
        for attack in ATTACKS
        for values in (dict.fromkeys((*DOOR, *LOG), True), OFF)
    ]
    assert len(set(sentences)) == len(sentences)
    assert not [words for words in sentences if "{" in words or "  " in words or "exchange." in words]


def test_predictions_stand_under_their_columns_and_on_their_bar(view: LabView) -> None:
    exchange, shared, fields = ExchangeLab.predictions
    record().add(exchange, 9, 0.0)
    record().add(shared, 4, 0.0)
    record().add(fields, 200, 0.0)
    assert [mark["text"] for mark in shown(view, 1, "guess-").values()] == ["★ bạn đoán 4", "★ bạn đoán 9"]
    panel = view.lab.panels[3][1]
    assert shown(view, 3, "guess")["guess"]["at"] == [list(panel._point(panel.axes.transData.transform((200, -2))))]


# -- the case


@pytest.fixture
def spoiled(tmp_path: Path) -> Iterator[Callable[[str, str], Path]]:
    """The case's file with one text replaced."""

    def write(old: str, new: str) -> Path:
        text = exchange_data.FILE.read_text(encoding="utf8")
        assert old in text
        path = tmp_path / "exchange.yaml"
        path.write_text(text.replace(old, new, 1), encoding="utf8")
        return path

    yield write
    exchange_data._loaded.cache_clear()


FAULTS = {
    "an agency nobody knows": ("callers: [tax]", "callers: [bank]", ["tax_dependant", "bank", "commune"]),
    "a field the register has not": (
        "civil_status: [spouse, children]",
        "civil_status: [salary]",
        ["salary", "spouse"],
    ),
    "a register nobody knows": ("needs: {civil_status:", "needs: {weather:", ["weather", "population"]),
    "a paper of no register": (
        "register: civil_status\n    fields: [spouse",
        "register: sky\n    fields: [spouse",
        ["sky"],
    ),
    "a field on no register's paper": (
        "fields: [spouse, children]",
        "fields: [salary]",
        ["birth_certificates", "salary"],
    ),
    "a purpose that is missing": ("id: school_enrolment", "id: school", ["school_enrolment", "birth_registration"]),
    "a key that has ended": (
        'name: {vi: "Cơ quan thuế", en: "Tax office"}, short: {vi: "Thuế", en: "Tax"}, key_until: 2027',
        'name: {vi: "Cơ quan thuế", en: "Tax office"}, short: {vi: "Thuế", en: "Tax"}, key_until: 2024',
        ["tax", "2024"],
    ),
    "nothing to attack": (
        "needs: {population: [full_name, personal_id], civil_status: [children]}",
        "needs: {civil_status: [children]}",
        ["tax_dependant", "population"],
    ),
    "no key that has ended": ("key_until: 2025-06-30", "key_until: 2027-06-30", ["2026"]),
    "a day that is none": ("key_until: 2025-06-30", "key_until: soon", ["district", "key_until", "soon"]),
    "a name that is missing": ('{id: tax, name: {vi: "Cơ quan thuế", en: "Tax office"},', "{id: tax,", ["tax", "name"]),
    "a section that is missing": ("papers:", "letters:", ["papers"]),
}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_wrong_with_the_case_is_told_in_a_sentence(
    fault: str, code: str, language: Language, spoiled: Callable[[str, str], Path]
) -> None:
    language(code)
    old, new, named = FAULTS[fault]
    with pytest.raises(CourseError) as error:
        exchange_data.load(spoiled(old, new))
    words = str(error.value)
    assert words.endswith(".") and "exchange.yaml" in words and "{" not in words and "\n" not in words
    assert all(re.search(rf"\b{name}\b", words) for name in named), words


def test_a_case_that_is_no_case_is_told(tmp_path: Path) -> None:
    for text in ("", "- a\n", "agencies: {"):
        path = tmp_path / f"exchange{len(text)}.yaml"
        path.write_text(text, encoding="utf8")
        with pytest.raises(CourseError, match=path.name):
            exchange_data.load(path)


def test_the_case_is_what_the_birth_form_asks(view: LabView) -> None:
    content = yaml.safe_load(exchange_data.FILE.read_text(encoding="utf8"))
    needs = next(purpose["needs"] for purpose in content["purposes"] if purpose["id"] == "birth_registration")
    assert [len(fields) for fields in needs.values()] == [6, 4]  # a parent's part and the marriage's, source form-birth
    assert "form-birth" in view.lab.sources
    assert say("exchange.way.exchange") == view.spec["head"][3]
