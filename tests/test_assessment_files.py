"""The files of a class: what leaves the computer, and every way in which one among thirty can be bad."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from digigov import class_picture
from digigov.agency import scale
from digigov.agency.class_file import Folder, parsed, read_file, read_folder
from digigov.agency.class_picture import class_picture as merged
from digigov.agency.class_picture import invented
from digigov.agency.content import VERSION, Assessment, Entry, for_class
from digigov.errors import CourseError
from digigov.language import number, say
from digigov.models.class_summary import FEWEST, SAFE

Language = Callable[[str], None]
NAMES = list(scale.scale())


def one(seed: int = 0, level: int = 2, at: str = "2026-11-24T08:00:00.000000Z", **changes: Any) -> str:
    """The text of a file as the widget sends it, with fields changed."""
    entries = {name: Entry(level, "Xã Bí Mật, 3/4 hồ sơ") for name in NAMES}
    kept = Assessment("UBND xã Bí Mật", f"begun-{seed}", at, entries, ("own-accounts",))
    return json.dumps({**json.loads(for_class(kept, "salt")), **changes})


def classroom(folder: Path, count: int, **named: str) -> Path:
    """A folder with `count` good files and the named others (`bad=text` writes bad.json)."""
    for seed in range(count):
        (folder / f"hoc-vien-{seed:02}.json").write_text(one(seed, 1 + seed % 4), encoding="utf8")
    for name, text in named.items():
        (folder / f"{name}.json").write_text(text, encoding="utf8")
    return folder


def told(call: Callable[[], Any], language: Language) -> list[str]:
    """The sentence that `call` is refused with, in Vietnamese and in English."""
    sentences = []
    for code in ("vi", "en"):
        language(code)
        with pytest.raises(CourseError) as error:
            call()
        sentences.append(str(error.value))
    assert sentences[0] != sentences[1] and not any("{" in words for words in sentences)
    return sentences


# -- what leaves the computer


def test_a_file_holds_neither_the_name_nor_a_word() -> None:
    text = one()
    assert "Bí Mật" not in text and "hồ sơ" not in text and "begun" not in text
    assert set(json.loads(text)) == {"course", "kind", "version", "id", "at", "levels", "evidenced", "moves"}
    assert parsed(text, "x").levels == dict.fromkeys(NAMES, 2)


def test_one_round_has_one_id_and_another_learner_another() -> None:
    kept = Assessment("A", "2026", "2027", {NAMES[0]: Entry(2)})
    ids = [json.loads(for_class(kept, seed))["id"] for seed in ("salt", "salt", "pepper")]
    assert ids[0] == ids[1] != ids[2]


# -- one bad file

BAD: dict[str, tuple[str, tuple[str, ...]]] = {
    "half written": (one()[:60], ()),
    "empty": ("", ()),
    "another version": (one(version=VERSION + 1), (number(VERSION + 1),)),
    "no version": (one(version="x"), ()),
    "another course": (one(course="other"), ()),
    "a record": (json.dumps({"course": "digigov", "version": 2, "answers": []}), ()),
    "a list": ("[]", ()),
    "no levels": (one(levels=None), ()),
    "a level of five": (one(levels={NAMES[0]: 5}), ("5",)),
    "a level of none": (one(levels={NAMES[0]: 0}), ("0",)),
    "half a level": (one(levels={NAMES[0]: 2.5}), ("2.5",)),
    "a level in words": (one(levels={NAMES[0]: "ba"}), ("ba",)),
    "true for a level": (one(levels={NAMES[0]: True}), ("true",)),
    "an unknown indicator": (one(levels={"h9-none": 2}), ("h9-none",)),
    "no mark": (one(levels={}), ()),
    "no id": (one(id=None), ()),
    "a strange id": (one(id="../x"), ()),
    "a number for a time": (one(at=5), ()),
    "nested without end": ("[" * 100_000, ()),
    "too large": (one(note="x" * 200_000), ()),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_file_is_named_in_one_sentence(fault: str, tmp_path: Path, language: Language) -> None:
    text, parts = BAD[fault]
    path = tmp_path / "hoc-vien-07.json"
    path.write_text(text, encoding="utf8")
    for sentence in told(lambda: read_file(path), language):
        assert "hoc-vien-07.json" in sentence and all(part in sentence for part in parts)
        assert sentence.count(". ") == 0 and sentence.endswith(".")


@pytest.mark.parametrize("fault", BAD)
def test_one_bad_file_among_thirty_leaves_twenty_nine(fault: str, tmp_path: Path) -> None:
    found = read_folder(classroom(tmp_path, 29, bad=BAD[fault][0]))
    assert len(found.files) == 29 and len(found.faults) == 1 and "bad.json" in found.faults[0]
    page = merged(tmp_path).page()
    assert say("class.count", count="29") in page.text.replace("\\", "")
    assert "bad.json" in page.text and say("class.left_out", count="1") in page.text


def test_files_that_are_no_text_or_no_files_are_named(tmp_path: Path) -> None:
    classroom(tmp_path, 3)
    (tmp_path / "nhi-phan.json").write_bytes(b"\xff\xfe\x00\x81")
    (tmp_path / "thu-muc.json").mkdir()
    found = read_folder(tmp_path)
    assert len(found.files) == 3
    assert [name in fault for name, fault in zip(("nhi-phan", "thu-muc"), found.faults, strict=True)] == [True, True]


def test_what_systems_add_to_a_file_or_folder_does_no_harm(tmp_path: Path) -> None:
    classroom(tmp_path, 2)
    (tmp_path / "BOM.JSON").write_text("\ufeff" + one(7), encoding="utf8")
    (tmp_path / "._hoc-vien-00.json").write_bytes(b"\x00\x05\x16\x07")
    (tmp_path / "ghi-chu.txt").write_text("x", encoding="utf8")
    found = read_folder(tmp_path)
    assert len(found.files) == 3 and found.faults == ()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="only where rights are kept from this user")
def test_a_file_without_the_right_to_read_is_named(tmp_path: Path) -> None:
    classroom(tmp_path, 3, locked=one(9))
    (tmp_path / "locked.json").chmod(0)
    assert "locked.json" in read_folder(tmp_path).faults[0]


def test_a_round_that_stands_twice_counts_once_with_its_newest_state(tmp_path: Path) -> None:
    classroom(tmp_path, 3)
    (tmp_path / "a-cu.json").write_text(one(0, 4, at="2026-11-23T08:00:00.000000Z"), encoding="utf8")
    (tmp_path / "z-moi.json").write_text(one(1, 4, at="2026-11-25T08:00:00.000000Z"), encoding="utf8")
    found = read_folder(tmp_path)
    assert len(found.files) == 3 and len(found.faults) == 2
    assert found.faults == (
        say("class.twice", file="a-cu.json", other="hoc-vien-00.json"),
        say("class.twice", file="hoc-vien-01.json", other="z-moi.json"),
    )
    assert [set(content.levels.values()) for content in found.files] == [{1}, {4}, {3}]


# -- the folder


def test_a_folder_that_is_none_is_told(tmp_path: Path, language: Language) -> None:
    (tmp_path / "tep.json").write_text(one(), encoding="utf8")
    (tmp_path / "rong").mkdir()
    for name, key in (("khong-co", "no_folder"), ("tep.json", "not_a_folder"), ("rong", "empty_folder")):
        folder = tmp_path / name
        told_in_both = told(lambda folder=folder: read_folder(folder), language)
        assert told_in_both[1] == say(f"class.{key}", folder=folder)
    told(lambda: read_folder("\0"), language)


def test_the_call_tells_it_in_place_of_the_picture(tmp_path: Path) -> None:
    page = class_picture(str(tmp_path / "khong-co"))
    assert page.text == say("class.no_folder", folder=str(tmp_path / "khong-co")) and 'role="alert"' in page.html


def test_too_few_are_refused_with_the_reason(tmp_path: Path, language: Language) -> None:
    classroom(tmp_path, FEWEST - 1, bad="{")
    for sentence in told(lambda: merged(tmp_path), language):
        assert "bad.json" in sentence and number(FEWEST - 1) in sentence and number(FEWEST) in sentence


def test_a_small_class_is_shown_with_a_warning(tmp_path: Path) -> None:
    warning = say("class.small", safe=number(SAFE))
    assert warning in merged(classroom(tmp_path, FEWEST)).page().text
    assert warning in merged(classroom(tmp_path, SAFE - 1)).page().text
    assert warning not in merged(classroom(tmp_path, SAFE)).page().text
    (tmp_path / "hoc-vien-00.json").write_text(one(levels=dict.fromkeys(NAMES[1:], 2)), encoding="utf8")
    assert warning in merged(tmp_path).page().text  # one indicator has one mark less


# -- the picture


@pytest.mark.parametrize("code", ["vi", "en"])
def test_the_picture_has_medians_and_no_learner(code: str, tmp_path: Path, language: Language) -> None:
    language(code)
    page = merged(classroom(tmp_path, 30)).page()
    # Levels 1 to 4 in turn over thirty files: 8, 8, 7, 7. The lower quartile lies a quarter of the
    # way from the 8th to the 9th.
    row = next(line for line in page.text.splitlines() if scale.scale()[NAMES[0]].title in line and "| 30 |" in line)
    assert f"| {number(2)} | {say('class.middle', low=number(1.25), high=number(3))} | 30 |" in row
    for text in (page.html, page.text):
        assert "hoc-vien" not in text and "Bí Mật" not in text and "evidenc" not in text.lower().replace("evidence", "")


def test_an_indicator_that_few_have_marked_is_not_shown(tmp_path: Path) -> None:
    classroom(tmp_path, 5)
    for seed in range(3):
        levels = dict.fromkeys(NAMES[1:], 2)
        (tmp_path / f"hoc-vien-0{seed}.json").write_text(one(seed, levels=levels), encoding="utf8")
    text = merged(tmp_path).page().text
    row = next(line for line in text.splitlines() if scale.scale()[NAMES[0]].title in line)
    assert say("class.few", fewest=number(FEWEST)) in row


def test_moves_are_named_when_enough_picked_them(tmp_path: Path) -> None:
    classroom(tmp_path, FEWEST + 2)
    for seed in range(FEWEST):
        moves = ["own-accounts", "one-handbook", "no-such-move", 7]
        text = one(seed, moves=moves if seed else [*moves, "free-hours"])
        (tmp_path / f"hoc-vien-0{seed}.json").write_text(text, encoding="utf8")
    text, names = merged(tmp_path).page().text, scale.catalogue()
    assert say("class.picked", move=names["own-accounts"].name, count=number(FEWEST + 2)) in text
    assert say("class.picked", move=names["one-handbook"].name, count=number(FEWEST)) in text
    assert names["free-hours"].name not in text and "no-such-move" not in text


def test_the_made_up_class_is_said_to_be_and_is_the_same_every_time() -> None:
    shown = merged()
    assert say("class.invented").split(",")[0] in shown.page().text and shown.page() == merged().page()
    assert isinstance(invented(), Folder) and len(invented().files) == 12
    assert [("svg" in piece) for piece in shown.pieces] == [False, True, False]
