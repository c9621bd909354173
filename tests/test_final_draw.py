"""What the final test draws, and what its log in the record says when it makes no sense."""

import json
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digigov.questions import exam
from digigov.questions.bank import everything
from digigov.questions.exam import LEFT_OUT, LOG, OUTCOMES, PER_OUTCOME, draw, may_be_drawn
from digigov.questions.pool import pool
from digigov.record_copy import Answer
from learner import NOW, at, tried

BANK = pool()
FITTING = {
    outcome: [name for name, item in BANK.items() if may_be_drawn(item) and outcome in item.get("outcomes", ())]
    for outcome in OUTCOMES
}
DAY = timedelta(days=1)


def count(items, outcome) -> int:
    return sum(outcome in BANK[name].get("outcomes", ()) for name in items)


def enough(items) -> bool:
    return all(count(items, outcome) >= min(PER_OUTCOME, len(FITTING[outcome])) for outcome in OUTCOMES)


# -- what is drawn


@pytest.mark.parametrize("seed", ["", "one", "two", "three"])
def test_every_outcome_has_two_questions_where_the_bank_has_them(seed):
    drawn = draw(BANK, {}, seed)
    assert enough(drawn.items)
    assert len(set(drawn.items)) == len(drawn.items) <= PER_OUTCOME * len(OUTCOMES)
    assert drawn.repeated == ()
    assert drawn.lacking == tuple(outcome for outcome in OUTCOMES if len(FITTING[outcome]) < PER_OUTCOME)


def test_only_questions_with_a_verdict_are_drawn():
    for number in range(20):
        for name in draw(BANK, {}, str(number)).items:
            item = BANK[name]
            assert item.kind not in ("opinion", "predict") and item.part in ("check", "apply", "activity")
            assert item.notebook not in (*LEFT_OUT, "99")


def test_a_learner_s_draw_is_their_own_and_stable():
    draws = [draw(BANK, {}, f"learner-{number}").items for number in range(5)]
    assert len(set(draws)) > 1
    assert draws == [draw(BANK, {}, f"learner-{number}").items for number in range(5)]


NOTEBOOKS = sorted({item.notebook for item in BANK.values() if may_be_drawn(item)})


def studied(outcome, opened) -> list[str]:
    return [name for name in FITTING[outcome] if BANK[name].notebook in opened]


@given(st.sets(st.sampled_from(sorted(BANK))), st.sampled_from([(), NOTEBOOKS]), st.text(max_size=5))
def test_unseen_questions_come_before_seen_ones(known, opened, seed):
    times = {name: f"2026-{place % 12 + 1:02}" for place, name in enumerate(sorted(known))}
    drawn = draw(BANK, times, seed, opened)
    assert enough(drawn.items)
    for name in drawn.items:
        if name in known:
            # It stands here for an outcome that had fewer than two unseen ones left.
            mine = [outcome for outcome in drawn.repeated if outcome in BANK[name].get("outcomes", ())]
            assert any(len([one for one in FITTING[outcome] if one not in known]) < PER_OUTCOME for outcome in mine)
    for outcome in drawn.repeated:
        assert len([one for one in FITTING[outcome] if one not in known]) < PER_OUTCOME


@given(st.sets(st.sampled_from(sorted(BANK))), st.sets(st.sampled_from(NOTEBOOKS)), st.text(max_size=5))
def test_notebooks_that_were_worked_on_come_before_others(known, opened, seed):
    drawn = draw(BANK, dict.fromkeys(known, "2026-01"), seed, opened)
    assert enough(drawn.items)
    mine = [name for name in drawn.items if BANK[name].notebook in opened]
    for outcome in OUTCOMES:
        assert count(mine, outcome) >= min(PER_OUTCOME, len(studied(outcome, opened)))
    for name in set(drawn.items) - set(mine):  # it fills an outcome that has too few of what was studied
        outcomes = [outcome for outcome in OUTCOMES if outcome in BANK[name].get("outcomes", ())]
        assert any(len(studied(outcome, opened)) < PER_OUTCOME for outcome in outcomes)


def test_who_has_done_one_to_six_gets_few_questions_of_other_notebooks():
    opened = NOTEBOOKS[: NOTEBOOKS.index("06") + 1]
    able = [outcome for outcome in OUTCOMES if len(studied(outcome, opened)) >= PER_OUTCOME]
    most = PER_OUTCOME * (len(OUTCOMES) - len(able))
    known = {name: "2026-01" for name in BANK if BANK[name].notebook in opened}
    for seen_ in ({}, known):
        for number in range(50):
            items = draw(BANK, seen_, str(number), opened).items
            assert sum(BANK[name].notebook not in opened for name in items) <= most <= 6


def test_a_notebook_is_worked_on_by_an_answer_that_no_test_had_asked_for():
    def worked_on(*answers):
        return exam.worked_on(answers, exam.tests(answers), BANK)

    def event(made, ago):
        return tried(LOG, None, ago, given=json.loads(json.dumps(made)))

    drawn = draw(BANK, {}, "seed")
    name = drawn.items[-1]
    notebook = BANK[name].notebook
    other = next(one for one in BANK if BANK[one].notebook == notebook and one not in drawn.items)
    test = event(exam.drawing("key", drawn), 3 * DAY)
    assert worked_on(test) == worked_on(test, tried("77-gone", 1)) == set()
    assert worked_on(test, tried(name, 1, 2 * DAY)) == set(), "handed in with the test, or reviewed after it"
    assert worked_on(tried(name, 1, 4 * DAY), test) == {notebook}
    assert worked_on(test, tried(other, None, 2 * DAY)) == {notebook}


def test_blanks_of_a_test_that_was_handed_in_are_tries_that_were_not_right():
    drawn = draw(BANK, {}, "seed")
    first, *others = drawn.items
    events = [exam.drawing("key", drawn), exam.answering("key", first, "x", 3)]
    log = [Answer(LOG, json.loads(json.dumps(event)), None, "vi", at(NOW)) for event in events]
    assert exam.with_blanks(log) == log
    log.append(Answer(LOG, exam.handing_in("key"), None, "vi", at(NOW + DAY)))
    blanks = exam.with_blanks(log)[len(log) :]
    assert [one.item for one in blanks] == others
    assert {(one.score, one.confidence, one.at) for one in blanks} == {(0.0, None, at(NOW + DAY))}


def test_where_all_was_seen_the_longest_ago_comes_back():
    times = dict.fromkeys(BANK, "2026-02")
    old = FITTING["L8"][-2:]
    times |= dict.fromkeys(old, "2026-01")
    drawn = draw(BANK, times, "seed")
    assert set(old) & set(drawn.items)
    assert "L8" in drawn.repeated


def test_a_bank_without_an_outcome_is_named():
    few = {name: item for name, item in BANK.items() if name not in FITTING["L3"][1:]}
    assert "L3" in draw(few, {}, "").lacking


def test_the_log_is_no_question():
    assert LOG not in {item.id for item in everything()}


# -- the log


EVENTS = [
    None,
    "x",
    5,
    [],
    {},
    {"test": 1, "items": ["01-check-fewer"]},
    {"test": "a", "items": [1, 2]},
    {"test": "a", "items": []},
    {"test": "a", "items": "01-check-fewer"},
    {"test": "a", "item": "01-check-fewer", "given": "x"},
    {"test": "a", "done": True},
]


@pytest.mark.parametrize("event", EVENTS, ids=str)
def test_events_that_make_no_sense_are_passed_over(event):
    assert exam.tests([Answer(LOG, event, None, "vi", at(NOW))]) == []


BAD = [{"item": 5}, {"item": ["x"]}, {"item": {}}, {"done": "yes"}, {"item": "01-gone"}, {"items": ["01-gone"]}]


@pytest.mark.parametrize("event", BAD, ids=str)
def test_an_event_that_makes_no_sense_leaves_its_test_as_it_was(event):
    drawn = draw(BANK, {}, "seed")
    first = Answer(LOG, json.loads(json.dumps(exam.drawing("key", drawn))), None, "vi", at(NOW))
    (before,) = exam.tests([first])
    assert before.drawn == drawn and before.given == {} and before.handed_in is None
    assert exam.tests([first, Answer(LOG, {"test": "key", **event}, None, "vi", at(NOW + DAY))]) == [before]


def test_a_sureness_that_is_none_is_left_out():
    drawn = draw(BANK, {}, "seed")
    events = [exam.drawing("key", drawn), exam.answering("key", drawn.items[0], "x", 7)]
    (test,) = exam.tests([Answer(LOG, json.loads(json.dumps(event)), None, "vi", at(NOW)) for event in events])
    assert test.given[drawn.items[0]].confidence is None
