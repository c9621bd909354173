"""The learner's view of the record: counted right, taken elsewhere, emptied; wrong files in one sentence."""

import json
from typing import Any

import pytest

from digigov.language import say
from digigov.questions import bank
from digigov.record import record
from digigov.record_panel import RecordPanel


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the panel sends to the browser."""
    messages: list[dict[str, Any]] = []
    monkeypatch.setattr(RecordPanel, "send", lambda self, content, buffers=None: messages.append(content))
    return messages


def tell(panel: RecordPanel, **message: Any) -> None:
    panel._handle_custom_msg(message, [])


def test_answers_are_counted_by_notebook_with_the_latest_try_deciding():
    panel = RecordPanel()
    assert panel.rows == []
    record().add("00-grades", "x", 1)
    record().add("00-grades", "x", 0.5)
    record().add("00-answers-sent", True, 1)
    record().add("00-my-procedure", "x", None)
    record().add("05-predict-share", 10, 1)
    all_00, all_05 = len(bank.items("00")), len(bank.items("05"))
    assert [row[1:] for row in panel.rows] == [[f"3/{all_00}", "1", "4"], [f"1/{all_05}", "1", "1"]]
    assert panel.rows[0][0].startswith("00 · ")
    assert RecordPanel().rows == panel.rows


def test_the_panel_says_where_the_file_is_or_that_there_is_none(record_file, monkeypatch):
    assert str(record_file) in RecordPanel().where
    monkeypatch.setenv("DIGIGOV_RECORD", ":memory:")
    assert say("record.memory") in RecordPanel().where


def test_a_record_that_cannot_be_kept_is_said_at_once(record_file):
    record_file.mkdir()
    assert RecordPanel().notice == record().notice != ""


def test_export_start_again_and_import_bring_everything_back(sent, record_file):
    panel = RecordPanel()
    record().add("00-grades", "x", 1)
    before = panel.rows
    tell(panel, do="export")
    assert sent[0]["file"].endswith(".json")
    tell(panel, do="start_again")
    (copy,) = record_file.parent.glob("*.json")
    assert copy.name in panel.notice
    assert panel.rows == []
    tell(panel, do="import", text=sent[0]["text"])
    assert panel.notice == say("record.imported", count=1)
    assert panel.rows == before


def test_starting_again_with_nothing_says_so():
    panel = RecordPanel()
    tell(panel, do="start_again")
    assert panel.notice == say("record.emptied_nothing")


@pytest.mark.parametrize(
    "text", ["", "Biên bản", "{}", json.dumps({"course": "digigov", "version": 1, "answers": [1]}), None]
)
def test_a_wrong_file_is_told_in_the_panel_and_changes_nothing(text):
    panel = RecordPanel()
    record().add("00-grades", "x", 1)
    tell(panel, do="import", text=text)
    assert panel.notice == say("record.import_foreign")
    assert len(record().answers()) == 1


def test_answers_to_questions_that_are_no_longer_there_do_no_harm():
    record().add("00-gone", "x", 1)
    record().add("77-gone", "x", 1)
    assert [row[0][:2] for row in RecordPanel().rows] == ["00"]


def test_the_page_without_a_kernel_tells_nothing_of_the_learner(record_file):
    before = RecordPanel().page()
    record().add("00-grades", "x", 1)
    assert RecordPanel().page() == before
    assert str(record_file) not in before.html + before.text
