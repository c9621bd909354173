"""The final test: every outcome, unseen questions first, nothing told before it is handed in, nothing lost after."""

import pytest

from digigov.completion import completed
from digigov.language import say
from digigov.questions import exam
from digigov.questions.card import Quiz
from digigov.questions.exam import LOG, OUTCOMES, PER_OUTCOME
from digigov.questions.review import Review
from digigov.record import record
from examination import answer, handed_in, names, shown, started
from learner import NOW, one_sentence, remembers, sent, tell, tried
from test_card import reasons
from test_final_draw import BANK, DAY, FITTING
from test_question_content import right_answer

# -- taking it


def test_before_the_start_there_is_a_button_and_nothing_else():
    widget = shown()
    assert widget.questions == [] and widget.lines == [say("exam.intro")]
    assert [button["name"] for button in widget.buttons] == ["start"]
    assert record().answers() == []


def test_an_answer_is_kept_and_not_marked_and_nothing_tells_what_is_right():
    widget = started()
    before = sent(widget)
    for place, name in enumerate(names(widget)):
        answer(widget, name, right=place % 2 == 0, confidence=3)
    after = sent(widget)
    for name in names(widget):
        item = BANK[name]
        for words in (item["hint"]["vi"], *reasons(item.fields)):
            assert words not in before + after
        assert widget.marks[name]["score"] is widget.marks[name]["right"] is None
        assert widget.marks[name]["notes"] == [] and widget.marks[name]["verdict"] == say("exam.kept")
    kept = record().answers()
    assert {one.item for one in kept} == {LOG} and {one.score for one in kept} == {None}
    told = {mark["verdict"] for mark in widget.marks.values()}
    assert len(told) == 1


def test_right_and_wrong_answers_leave_the_same_traces():
    """Whatever the widget and the record say of an answer is the same but for the answer itself."""
    traces = []
    for right in (True, False):
        record().start_again()
        widget = started()
        name = next(name for name in names(widget) if BANK[name].kind in ("single", "true_false"))
        answer(widget, name, right)
        mark = {**widget.marks[name], "given": None}
        logged = [{**one.given, "given": None, "test": None} for one in record().answers()]
        traces.append((mark, logged, widget.lines, widget.buttons, widget.result))
    assert traces[0] == traces[1]


def test_hints_and_comparisons_are_not_given():
    widget = started()
    for name in names(widget):
        tell(widget, do="hint", item=name)
        tell(widget, do="compare", item=name)
    assert widget.hints == {} and widget.marks == {} and widget.hinting is False


def test_an_incomplete_answer_is_asked_for_and_a_complete_one_can_be_changed():
    widget = started()
    name = names(widget)[0]
    tell(widget, do="answer", item=name, given=None)
    assert set(widget.asks) == {name} and widget.marks == {}
    answer(widget, name, right=False)
    assert widget.asks == {} and set(widget.marks) == {name}
    tell(widget, do="again", item=name)
    assert widget.marks == {}
    answer(widget, name, right=True)
    tell(widget, do="hand_in")
    assert widget.marks[name]["right"] is True


def test_it_is_resumed_where_it_was_left():
    first = started()
    asked = names(first)
    for name in asked[:3]:
        answer(first, name, right=False)
    again = shown()
    assert names(again) == asked and again.marks == first.marks and set(again.marks) == set(asked[:3])
    tell(again, do="start")
    assert names(again) == asked, "an open test is not replaced"
    assert shown().buttons == again.buttons == first.buttons
    assert say("exam.sure_open", count=len(asked) - 3) == again.buttons[0]["sure"]


def test_what_is_answered_in_one_shows_in_the_other_without_dealing_again():
    one, two = started(), shown()
    before = two.questions
    answer(one, names(one)[0], right=True)
    assert two.questions is before and set(two.marks) == {names(one)[0]}


def test_a_question_of_the_test_that_is_answered_elsewhere_stays_open_here():
    widget = started()
    name = next(name for name in names(widget) if BANK[name].kind == "single")
    record().add(name, right_answer(BANK[name], "vi"), 1)
    assert widget.marks == {}
    assert Quiz("Quiz", [BANK[name]]).marks[name]["right"] is True


# -- handing it in


def test_after_handing_in_everything_is_told():
    widget = handed_in(wrong=2, left=1)
    asked = names(widget)
    assert widget.closed
    assert asked[0] not in widget.marks and widget.asks == {asked[0]: say("exam.unanswered")}
    assert [widget.marks[name]["right"] for name in asked[1:]] == [False, False] + [True] * (len(asked) - 3)
    assert all(widget.marks[name]["notes"] for name in asked[1:])
    assert f"{len(asked) - 3}/{len(asked)}" in widget.lines[0] and "24/11/2026" in widget.lines[0]
    for outcome in OUTCOMES:
        mine = [name for name in asked if outcome in BANK[name].get("outcomes", ())]
        if mine:
            assert say(f"outcome.{outcome}") in widget.result
    again = {BANK[name].notebook for name in asked[:3]}
    for notebook in again:
        assert f'href="{notebook}-' in widget.result
    assert [button["name"] for button in widget.buttons] == ["start"]
    reopened = shown()
    assert (reopened.marks, reopened.result, reopened.lines) == (widget.marks, widget.result, widget.lines)


def test_handing_in_makes_ordinary_tries_with_score_and_sureness_once():
    widget = handed_in(wrong=1, left=1)
    asked = names(widget)
    tries = [one for one in record().answers() if one.item != LOG]
    assert {one.item for one in tries} == set(asked[1:]) and len(tries) == len(asked) - 1
    assert [one.score < 1 for one in tries] == [True] + [False] * (len(tries) - 1)
    sure = {one.item: one.confidence for one in tries}
    assert all(sure[name] == (2 if BANK[name].get("confidence") else None) for name in sure)
    tell(widget, do="hand_in")
    assert len([one for one in record().answers() if one.item != LOG]) == len(tries)


def test_a_blank_joins_review_and_is_no_answer_in_the_record(monkeypatch, clock):
    widget = handed_in(wrong=1, left=2)
    blank, missed = names(widget)[:2], names(widget)[2]
    assert not {one.item for one in record().answers()} & set(blank)
    monkeypatch.setattr("digigov.questions.review.SESSION", 99)
    reviewed = Review(lambda: NOW + DAY / 2)
    asked = {question["id"]: question["origin"]["note"] for question in reviewed.questions}
    assert asked == dict.fromkeys([*blank, missed], say("review.why.missed"))
    found = completed(record().answers(), NOW, lambda item: 0)
    assert sum(share.answered for share in found.notebooks.values()) == len(names(widget)) - 2
    assert sum(found.forecast.values()) == len(names(widget))


@pytest.mark.parametrize("code", ["vi", "en"])
def test_notebooks_that_were_not_worked_on_are_named(code, language, clock):
    language(code)
    there = {item.notebook: name for name, item in BANK.items()}
    remembers([tried(there[notebook], None, DAY) for notebook in ("01", "02", "03", "04", "05", "06")])
    widget = started()
    strange = list(dict.fromkeys(BANK[name].notebook for name in names(widget) if BANK[name].notebook > "06"))
    words = say("exam.strange", notebooks=", ".join(strange))
    assert strange and words in widget.lines and one_sentence(words)
    tell(widget, do="hand_in")
    assert words in widget.lines, "what the test asked does not make them studied"
    remembers([tried(name, 1, 2 * DAY) for name in there.values()])
    assert not [line for line in widget.lines + shown().lines if line.startswith(words[:25])]


def test_after_handing_in_nothing_can_be_changed():
    widget = handed_in()
    before, kept = widget.marks, len(record().answers())
    name = names(widget)[-1]
    tell(widget, do="again", item=name)
    answer(widget, name, right=False)
    assert widget.marks == before and len(record().answers()) == kept


def test_another_test_has_other_questions_while_there_are_any():
    widget = handed_in()
    first = names(widget)
    tell(widget, do="start")
    second = names(widget)
    assert widget.marks == {} and widget.asks == {} and widget.result == "" and not widget.closed
    common = set(first) & set(second)
    for name in common:  # only where an outcome has no more of them
        assert any(len(FITTING[outcome]) < 2 * PER_OUTCOME + 2 for outcome in BANK[name]["outcomes"])
    assert len(common) < len(first) / 2
    if common:
        assert any(words.startswith(say("exam.repeated", outcomes="")[:20]) for words in widget.lines)


@pytest.mark.parametrize("code", ["vi", "en"])
def test_what_is_special_about_a_test_is_said_in_a_sentence_each(code, language, monkeypatch):
    language(code)
    remembers([tried(name, 1, DAY) for name in FITTING["L8"]])
    few = {name: item for name, item in BANK.items() if name not in FITTING["L3"][1:]}
    monkeypatch.setattr("digigov.questions.final.pool", lambda: few)
    widget = started()
    (lacking,) = [words for words in widget.lines if words.startswith(say("exam.lacking", outcomes="")[:15])]
    (repeated,) = [words for words in widget.lines if words.startswith(say("exam.repeated", outcomes="")[:15])]
    assert "L3" in lacking and "L8" in repeated
    assert all(map(one_sentence, (lacking, repeated)))


@pytest.mark.parametrize("code", ["vi", "en"])
def test_questions_that_are_gone_are_left_out_and_the_rest_stands(code, language, monkeypatch):
    language(code)
    widget = started()
    asked = names(widget)
    for name in asked[:4]:
        answer(widget, name, right=True)
    fewer = {name: item for name, item in BANK.items() if name not in asked[:2]}
    monkeypatch.setattr("digigov.questions.final.pool", lambda: fewer)
    later = shown()
    assert names(later) == asked[2:] and set(later.marks) == set(asked[2:4])
    assert say("exam.dropped", count=2) in later.lines and one_sentence(say("exam.dropped", count=2))
    tell(later, do="hand_in")
    assert f"2/{len(asked) - 2}" in later.result or f"2/{len(asked) - 2}" in later.lines[0].replace(" of ", "/")
    monkeypatch.undo()


def test_an_answer_that_no_longer_fits_its_question_is_open_again(monkeypatch):
    widget = started()
    name = next(name for name in names(widget) if BANK[name].kind == "single")
    key = exam.tests(record().answers())[-1].key
    record().add(LOG, exam.answering(key, name, "an option that is gone", 2), None)
    assert name not in shown().marks
    tell(widget, do="hand_in")
    assert name in widget.asks
