"""The scale and the catalogue of moves: complete, in both languages, and tied to what the course has."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from digigov import documents
from digigov.agency import scale
from digigov.board import HAVES
from digigov.claims import sources
from digigov.course import index
from digigov.errors import CourseError
from digigov.labs.catalogue import NAMES, lab_class
from digigov.language import pick

Language = Callable[[str], None]


def test_the_scale_has_four_indicators_to_each_have_and_four_levels_to_each(language: Language) -> None:
    raw = documents.entries("assessment.yaml", *scale.INDICATOR_FIELDS)
    assert [entry["have"] for entry in raw] == [have for have in HAVES for _ in range(4)]
    notebooks = {entry["id"] for entry in index()}
    for code, longest in (("vi", 34), ("en", 34)):
        language(code)
        for one in scale.scale().values():
            assert one.question.endswith("?") and len(one.name) <= longest, one.id
            assert len(one.levels) == len(set(one.levels)) == 4 and all(len(words) >= 20 for words in one.levels)
            assert one.notebook in notebooks and one.lab in NAMES and set(one.sources) <= sources().keys(), one.id
    assert [one.number for one in scale.scale().values()] == [f"{have}{place}" for have in "1234" for place in "abcd"]


def test_the_highest_level_is_never_more_technology() -> None:
    words = " ".join(pick(entry["levels"][3]).lower() for entry in documents.entries("assessment.yaml", "levels"))
    assert not re.search(r"trí tuệ nhân tạo|chuỗi khối|dữ liệu lớn|điện toán đám mây|\bai\b", words.replace("ai ", ""))


def test_every_indicator_has_a_move_from_every_level_below_the_highest() -> None:
    moves = scale.catalogue()
    assert 22 <= len(moves) <= 26
    for name in scale.scale():
        for level in (1, 2, 3):
            assert [one for one in moves.values() if name in one.rule.raises and level in one.rule.at], (name, level)


def test_a_move_says_who_is_left_out_and_names_a_preset_that_the_lab_has(language: Language) -> None:
    for code in ("vi", "en"):
        language(code)
        for move in scale.catalogue().values():
            assert len(move.weeks) == 3 and all(move.weeks), move.id
            assert all(len(words) >= 40 for words in (move.left_out, move.measure, move.against)), move.id
            presets = {preset.name for preset in lab_class(move.lab).presets}
            assert move.preset in presets | {""}, move.id
            assert ("/" in move.measure) or re.search(r"mỗi|trên|per |before|trước", move.measure), move.id


def test_needs_can_be_met_by_other_moves() -> None:
    moves = scale.catalogue().values()
    for move in moves:
        for name, level in move.rule.needs.items():
            lifting = [one for one in moves if name in one.rule.raises and level - 1 in one.rule.at]
            assert any(name not in one.rule.needs or one.rule.needs[name] < level for one in lifting), move.id


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("assessment.yaml", {"have": "H9"}),
        ("assessment.yaml", {"levels": []}),
        ("assessment.yaml", {"name": {"vi": "Một"}}),
        ("assessment.yaml", {"id": "h1-internal"}),
        ("moves.yaml", {"raises": ["h9-none"]}),
        ("moves.yaml", {"raises": []}),
        ("moves.yaml", {"needs": {"h9-none": 2}}),
        ("moves.yaml", {"at": [4]}),
        ("moves.yaml", {"measure": {"kind": "hope", "words": "?"}}),
        ("moves.yaml", {"who": None}),
    ],
)
def test_a_broken_entry_is_told_with_file_and_entry(file, change, monkeypatch, language: Language) -> None:
    original = documents.entries

    def spoilt(name: str, *fields: str) -> list[dict[str, Any]]:
        found = original(name, *fields)
        return [{**found[0], **change}, *found[1:]] if name == file else found

    monkeypatch.setattr(scale, "entries", spoilt)
    language("en")
    with pytest.raises(CourseError, match=file.replace(".", r"\.")):
        scale.catalogue()
