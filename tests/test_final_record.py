"""The final test in the record: it travels with it, and nothing in it that makes no sense stops a test."""

import json

import pytest

from digigov import final_test
from digigov.errors import CourseError
from digigov.language import say
from digigov.questions import exam
from digigov.questions.bank import everything
from digigov.questions.exam import LOG
from digigov.record import record
from digigov.record_panel import RecordPanel
from examination import answer, handed_in, names, shown, started
from learner import one_sentence, tell
from test_final_draw import EVENTS, enough


def test_a_test_travels_with_the_record_and_goes_with_it():
    widget = started()
    for name in names(widget)[:5]:
        answer(widget, name, right=False)
    before, copy = (names(widget), widget.marks), record().export()
    record().start_again()
    assert widget.questions == [] and widget.buttons[0]["name"] == "start"
    record().load(copy)
    assert (names(widget), widget.marks) == before


@pytest.mark.parametrize("event", EVENTS, ids=str)
def test_a_record_with_events_that_make_no_sense_still_takes_a_test(event):
    record().add(LOG, event, None)
    assert enough(names(started()))


def test_an_event_after_handing_in_changes_nothing():
    widget = handed_in()
    key = exam.tests(record().answers())[-1].key
    before = shown().marks
    record().add(LOG, exam.answering(key, names(widget)[0], "x", None), None)
    assert shown().marks == before


@pytest.mark.parametrize("code", ["vi", "en"])
def test_a_record_that_cannot_be_kept_is_said_and_the_test_goes_on(code, language, record_file):
    language(code)
    record_file.mkdir()
    widget = started()
    assert widget.notice == record().notice and one_sentence(widget.notice)
    answer(widget, names(widget)[0], right=True)
    tell(widget, do="hand_in")
    assert widget.closed


@pytest.mark.parametrize("code", ["vi", "en"])
def test_a_broken_bank_is_one_sentence(code, language, monkeypatch):
    def broken():
        raise CourseError(say("data.not_a_list", file="05.yaml"))

    language(code)
    monkeypatch.setattr("digigov.questions.final.pool", broken)
    assert one_sentence(final_test().text)


def test_the_page_without_a_kernel_is_the_same_for_everybody():
    before = shown().page()
    handed_in()
    assert shown().page() == before
    assert not [question for question in everything() if question["stem"]["vi"] in before.html]


def test_the_log_is_not_counted_as_an_answer():
    started()
    assert RecordPanel().rows == []
    assert json.loads(record().export())["answers"]
