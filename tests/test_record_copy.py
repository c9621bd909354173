"""The record taken elsewhere as JSON: whole, once, from older versions too; a wrong file changes nothing."""

import json
from pathlib import Path

import pytest

from digigov.errors import CourseError
from digigov.record import INSERT_ASSESSMENT, Record
from digigov.record_file import MIGRATIONS
from learner import one_sentence

LONE_HALF = "\ud83d"  # half of a character, as a browser may send it


def test_an_export_comes_back_whole_and_only_once(record_file: Path):
    here, there = Record(record_file), Record(record_file.with_name("there.sqlite"))
    here.add("01-a", {"số": [1]}, 0.25)
    here.add("01-b", "chữ", None)
    assert there.load(here.export()) == 2
    assert there.answers() == here.answers()
    assert there.load(here.export()) == 0
    assert (
        there.load(json.dumps({**json.loads(here.export()), "answers": json.loads(here.export())["answers"] * 2})) == 0
    )


def assess(kept: Record, agency: str, at: str, content: str = "{}") -> None:
    kept.change([(INSERT_ASSESSMENT, [(agency, content, at)])])


def test_how_sure_the_learner_was_is_kept_with_the_answer_and_travels(record_file: Path):
    here, there = Record(record_file), Record(record_file.with_name("there.sqlite"))
    here.add("01-a", "x", 1, 3)
    here.add("01-b", "x", 0)
    assert [answer.confidence for answer in here.answers()] == [3, None]
    there.load(here.export())
    assert there.answers() == here.answers()


def test_several_tries_are_kept_together_and_each_is_told(record_file: Path):
    kept, heard = Record(record_file), []
    kept.listen(heard.append)
    kept.add_all([("01-a", 1, 1.0, None), ("01-b", 2, None, 2)])
    assert heard == ["01-a", "01-b"]
    assert [(answer.item, answer.confidence) for answer in kept.answers()] == [("01-a", None), ("01-b", 2)]


def test_assessments_travel_with_the_answers_and_only_once(record_file: Path):
    here, there = Record(record_file), Record(record_file.with_name("there.sqlite"))
    here.add("01-a", 1, 1)
    assess(here, "UBND xã A", "2026-11-24T06:00:00.000000Z", '{"số": 1}')
    assess(here, "UBND xã B", "2026-11-24T07:00:00.000000Z")
    assert there.load(here.export()) == 3
    assert there.assessments() == here.assessments()
    assert [one.agency for one in there.assessments()] == ["UBND xã A", "UBND xã B"]
    assert there.load(here.export()) == 0


def test_an_export_of_version_1_is_read(record_file: Path):
    old = {"course": "digigov", "version": 1, "answers": [GOOD, {**GOOD, "item": "01-b", "score": None}]}
    kept = Record(record_file)
    assert kept.load(json.dumps(old)) == 2
    assert [(answer.item, answer.confidence) for answer in kept.answers()] == [("01-a", None), ("01-b", None)]


def test_starting_again_keeps_assessments_in_the_copy_too(record_file: Path):
    kept = Record(record_file)
    assess(kept, "UBND xã A", "2026-11-24T06:00:00.000000Z")
    copy = kept.start_again()
    assert kept.assessments() == [] and copy is not None
    assert kept.load(copy.read_text(encoding="utf8")) == 1
    assert [one.agency for one in kept.assessments()] == ["UBND xã A"]


def test_an_older_answer_that_is_imported_later_is_not_the_latest(record_file: Path):
    old, new = Record(record_file), Record(record_file.with_name("new.sqlite"))
    old.add("01-a", "before", 0)
    new.add("01-a", "after", 1)
    new.load(old.export())
    assert new.last("01-a").given == "after"
    assert [answer.given for answer in new.answers()] == ["before", "after"]


GOOD = {"item": "01-a", "given": 1, "score": 1, "language": "vi", "at": "2026-11-24T06:00:00.000000Z"}
MINE = {"agency": "UBND xã A", "content": "{}", "at": "2026-11-24T06:00:00.000000Z"}
NONSENSE = [
    "",
    "not JSON",
    "[]",
    "null",
    "3",
    "{}",
    "[" * 100_000,
    json.dumps({"course": "another", "version": 1, "answers": []}),
    json.dumps({"course": "digigov", "version": "1", "answers": []}),
    json.dumps({"course": "digigov", "version": 1}),
    json.dumps({"course": "digigov", "version": 1, "answers": [GOOD, 7]}),
    json.dumps({"course": "digigov", "version": 2, "answers": [GOOD], "assessments": 7}),
    json.dumps({"course": "digigov", "version": 2, "answers": [GOOD], "assessments": [["x"]]}),
    *(
        json.dumps({"course": "digigov", "version": 2, "answers": [], "assessments": [{**MINE, **bad}]})
        for bad in ({"agency": None}, {"content": {}}, {"content": LONE_HALF}, {"at": "today"}, {"at": None})
    ),
    *(
        json.dumps(
            {"course": "digigov", "version": 1, "answers": [GOOD, {**GOOD, "at": "2026-11-24T07:00:00.000000Z", **bad}]}
        )
        for bad in (
            {"item": 5},
            {"item": "../../x"},
            {"item": LONE_HALF},
            {"score": "1"},
            {"score": True},
            {"score": 10**400},
            {"score": float("nan")},
            {"score": -1},
            {"at": "yesterday"},
            {"at": "2026-13-41T07:00:00.000000Z"},
            {"language": "xx"},
            {"language": ["vi"]},
            {"confidence": 0},
            {"confidence": 4},
            {"confidence": "3"},
            {"confidence": True},
            {"confidence": 2.0},
        )
    ),
]


@pytest.mark.parametrize("text", NONSENSE, ids=lambda text: text[:10] + text[-60:])
def test_importing_nonsense_says_so_in_one_sentence_and_changes_nothing(record_file: Path, text, language):
    kept = Record(record_file)
    kept.add("01-a", "mine", 1)
    for code in ("vi", "en"):
        language(code)
        with pytest.raises(CourseError) as error:
            kept.load(text)
        assert one_sentence(str(error.value))
    assert [answer.given for answer in kept.answers()] == ["mine"]
    assert kept.assessments() == []


def test_an_export_of_a_newer_course_is_named_as_such(record_file: Path, language):
    language("en")
    text = json.dumps({"course": "digigov", "version": len(MIGRATIONS) + 1, "answers": [{"new": "fields"}]})
    with pytest.raises(CourseError, match="newer version"):
        Record(record_file).load(text)
