"""The learner's record: nothing is lost, and nothing that is wrong with the file stops a lesson."""

import json
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from digigov.errors import CourseError
from digigov.record import Answer, Record, _opened, place, record
from learner import one_sentence

LONE_HALF = "\ud83d"  # half of a character, as a browser may send it


def test_an_answer_is_there_when_the_record_is_opened_again(record_file: Path):
    Record(record_file).add("01-a", {"x": ["số", 1.5, None]}, 0.5)
    last = Record(record_file).last("01-a")
    assert (last.given, last.score, last.language) == ({"x": ["số", 1.5, None]}, 0.5, "vi")
    assert Record(record_file).last("01-b") is None


def test_every_try_is_kept_and_the_latest_counts(record_file: Path):
    kept = Record(record_file)
    for given in ("first", "second"):
        kept.add("01-a", given, 0)
    assert [answer.given for answer in kept.answers()] == ["first", "second"]
    assert kept.last("01-a").given == "second"


def test_a_row_that_somebody_else_wrote_is_passed_over_and_kept(record_file: Path):
    kept = Record(record_file)
    kept.add("01-a", "mine", 1)
    row = ("01-b", "not JSON", 1, "vi", "2026-11-24T06:00:00.000000Z", 3)
    kept.change(
        [("INSERT INTO answers (item, given, score, language, at, confidence) VALUES (?, ?, ?, ?, ?, ?)", [row])]
    )
    assert [answer.item for answer in kept.answers()] == ["01-a"]
    assert kept.last("01-b") is None and len(json.loads(kept.export())["answers"]) == 1
    with sqlite3.connect(record_file) as database:
        assert database.execute("SELECT count(*) FROM answers").fetchone() == (2,)
    database.close()


def test_half_a_character_neither_stops_an_answer_nor_an_export(record_file: Path):
    kept = Record(record_file)
    kept.add("01-a", LONE_HALF, None)
    assert kept.notice == ""
    assert len(json.loads(kept.export().encode())["answers"]) == 1


def test_listeners_hear_the_item_and_when_all_has_changed(record_file: Path):
    kept, heard = Record(record_file), []
    kept.listen(heard.append)
    kept.add("01-a", 1, 1)
    kept.start_again()
    assert heard == ["01-a", ""]


def test_the_shuffle_seed_stays_when_the_learner_starts_again(record_file: Path):
    kept = Record(record_file)
    seed = kept.seed()
    kept.add("01-a", 1, 1)
    kept.start_again()
    assert kept.seed() == Record(record_file).seed() == seed
    assert Record(record_file.with_name("other.sqlite")).seed() != seed


def test_the_record_lives_where_the_environment_says_or_in_the_user_s_folder(monkeypatch, record_file):
    assert place() == record_file
    monkeypatch.setenv("DIGIGOV_RECORD", ":memory:")
    assert place() == ":memory:"
    monkeypatch.delenv("DIGIGOV_RECORD")
    assert Path(place()).name == "record.sqlite"
    assert "digigov" in str(place())


# -- starting again


def test_starting_again_keeps_a_copy_that_can_be_imported(record_file: Path):
    kept = Record(record_file)
    kept.add("01-a", "mine", 1)
    copy = kept.start_again()
    assert copy.parent == record_file.parent
    assert kept.answers() == []
    assert kept.load(copy.read_text(encoding="utf8")) == 1


def test_two_starts_in_one_second_keep_two_copies(record_file: Path):
    kept, copies = Record(record_file), set()
    for given in ("first", "second"):
        kept.add("01-a", given, 1)
        copies.add(kept.start_again())
    assert len(copies) == 2
    assert {json.loads(path.read_text(encoding="utf8"))["answers"][0]["given"] for path in copies} == {
        "first",
        "second",
    }


def test_starting_again_with_nothing_to_keep_writes_no_file(record_file: Path):
    assert Record(record_file).start_again() is None
    assert list(record_file.parent.glob("*.json")) == []


def test_without_room_for_the_copy_the_record_stays_as_it_is(record_file: Path, monkeypatch, language):
    kept = Record(record_file)
    kept.add("01-a", "mine", 1)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    for code in ("vi", "en"):
        language(code)
        with pytest.raises(CourseError) as error:
            kept.start_again()
        assert one_sentence(str(error.value))
    assert len(kept.answers()) == 1


# -- several notebooks at once

WRITER = """
import sys
from digigov.record import Record
kept = Record(sys.argv[1])
assert not kept.notice, kept.notice
for number in range(200):
    kept.add(f"01-{sys.argv[2]}", number, 1)
assert not kept.notice, kept.notice
"""


def test_two_notebooks_that_answer_at_once_lose_nothing(record_file: Path):
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(record_file), name]) for name in ("a", "b")]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    answers = Record(record_file).answers()
    for name in ("a", "b"):
        assert [answer.given for answer in answers if answer.item == f"01-{name}"] == list(range(200))


def test_notebooks_that_create_the_record_at_once_all_use_it(record_file: Path):
    gate, records = threading.Barrier(8), []

    def open_it() -> None:
        gate.wait()
        records.append(Record(record_file))

    threads = [threading.Thread(target=open_it) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [kept.notice for kept in records] == [""] * 8
    assert len({kept.seed() for kept in records}) == 1
    for kept in records:
        kept._database.close()


def test_an_answer_that_comes_while_another_notebook_starts_again_is_not_lost(record_file: Path, monkeypatch):
    mine, other = Record(record_file), Record(record_file)
    mine.add("01-a", 1, 1)
    export = Record.export

    def slow(self: Record) -> str:
        text = export(self)
        other.add("01-b", 2, 1)
        return text

    monkeypatch.setattr(Record, "export", slow)
    mine.start_again()
    assert [answer.item for answer in other.answers()] == ["01-b"]


def test_one_kernel_has_one_record(record_file: Path):
    assert record() is record()
    assert isinstance(record(), Record)
    assert _opened.cache_info().currsize == 1
    assert Answer.__match_args__ == ("item", "given", "score", "language", "at", "confidence")
    with sqlite3.connect(record_file) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    database.close()
