"""Self-assessments in the learner's record: taken elsewhere, of another version, on a full disk."""

import json
import sqlite3
import time
from pathlib import Path
from typing import Any

import pytest

from agency_view import FIRST, SECOND, tell
from digigov import assessment, record_assessments
from digigov.agency import findings
from digigov.agency.content import Assessment, Entry, read, written
from digigov.language import say
from digigov.record import record


def test_assessments_go_with_the_record_out_and_in_again() -> None:
    view = assessment()
    tell(view, "name", text="Xã A")
    early = record().export()
    tell(view, "level", item=FIRST, level=3)
    late = record().export()
    record().start_again()
    assert view.state["entries"] == {} and not view.state["kept"]
    assert record().load(late) == 1
    assert assessment().state["entries"][FIRST]["level"] == 3
    # An older state of the same round neither doubles it nor takes it back.
    record().load(early)
    assert len(record_assessments.rounds()) == 1 and assessment().state["entries"][FIRST]["level"] == 3


def test_rows_that_cannot_be_read_are_kept_and_told(record_file: Path) -> None:
    view = assessment()
    tell(view, "level", item=FIRST, level=3)
    newer = json.dumps({"version": 2, "begun": "x", "entries": {}, "moves": []})
    with sqlite3.connect(record_file) as database:
        for content in (newer, "{", "[]", json.dumps({"version": 1})):
            database.execute("INSERT INTO assessments (agency, content, at) VALUES ('?', ?, '2026')", (content,))
    database.close()
    again = assessment()
    assert again.notice == say("assessment.unreadable", count="4") and len(again.state["rounds"]) == 1
    tell(again, "level", item=FIRST, level=2)
    assert len(record().assessments()) == 5


def test_a_disk_that_takes_no_more_is_told_and_nothing_entered_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    view = assessment()
    tell(view, "level", item=FIRST, level=3)

    class Full:
        def __init__(self, real: sqlite3.Connection) -> None:
            self._real = real

        def __getattr__(self, name: str) -> Any:
            return getattr(self._real, name)

        def __enter__(self) -> Any:
            return self._real.__enter__()

        def __exit__(self, *problem: Any) -> Any:
            return self._real.__exit__(*problem)

        def executemany(self, *_: Any) -> None:
            raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(record(), "_database", Full(record()._database))
    tell(view, "level", item=SECOND, level=2)
    assert view.notice == record().notice == say("record.not_kept", file="record.sqlite")
    assert {name: entry["level"] for name, entry in view.state["entries"].items()} == {FIRST: 3, SECOND: 2}


def test_content_is_read_as_it_was_written() -> None:
    one = Assessment("A", "2026", "2027", {FIRST: Entry(3, "“có”\n"), SECOND: Entry(None, "x")}, ("own-accounts",))
    assert read("A", written(one), "2027") == one
    with pytest.raises(ValueError):
        read("A", written(one).replace("3", "7"), "2027")


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system cannot be moved to another place")
def test_a_day_is_that_of_the_learner_s_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    one = Assessment("A", "x", "2026-11-24T23:30:00.000000Z")
    try:
        for place, day in (("UTC0", "24/11/2026"), ("ICT-7", "25/11/2026")):
            monkeypatch.setenv("TZ", place)
            time.tzset()
            assert findings.day_of(one) == day
    finally:
        monkeypatch.undo()
        time.tzset()
