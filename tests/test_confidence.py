"""How sure a learner is: asked on some questions, free to say, kept with the answer."""

import pytest

import samples
from digigov.questions.bank import Item, everything
from digigov.questions.card import Quiz, encoded
from digigov.record import record
from learner import tell


def sure_item() -> Item:
    return Item("01", {**samples.item("single").fields, "confidence": True})


def test_how_sure_is_asked_where_the_bank_says_so_and_kept_with_the_answer():
    widget = Quiz("Quiz", [sure_item(), samples.item("number")])
    assert [question.get("confidence") for question in widget.questions] == [True, None]
    given = encoded(sure_item(), "b")
    tell(widget, do="answer", item="01-single", given=given, confidence=3)
    tell(widget, do="answer", item="01-number", given="43,2", confidence=3)
    assert widget.marks["01-single"]["confidence"] == 3
    assert [try_.confidence for try_ in record().answers()] == [3, None], "not asked, not kept"
    assert Quiz("Quiz", [sure_item()]).marks["01-single"]["confidence"] == 3


@pytest.mark.parametrize("nonsense", [None, 0, 4, "3", 2.5, [2], {}])
def test_saying_how_sure_is_free_and_nonsense_is_nothing(nonsense):
    widget = Quiz("Quiz", [sure_item()])
    tell(widget, do="answer", item="01-single", given=encoded(sure_item(), "b"), confidence=nonsense)
    assert widget.marks["01-single"]["confidence"] is None
    assert record().last("01-single").confidence is None


def test_the_page_without_a_kernel_has_the_question_how_sure_in_one_line(language):
    language("en")
    lines = Quiz("Quiz", [sure_item()]).page().text.splitlines()
    assert lines[-1] == "   How sure are you? (optional) Just a guess / Fairly sure / Very sure"


def test_about_thirty_questions_ask_how_sure_one_learner_is():
    asked = [item for item in everything() if item.get("confidence")]
    assert 30 <= len(asked) <= 60
    assert all(item.part == "check" and item.get("misconceptions") for item in asked)
