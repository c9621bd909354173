"""What comes back and when: the right questions in the right order, the same from the same record."""

from datetime import datetime, timedelta
from itertools import pairwise
from math import comb

import pytest
from fsrs import Rating
from hypothesis import given
from hypothesis import strategies as st

from digigov.language import say
from digigov.questions import schedule
from digigov.questions.calibration import calibration, calibration_words, too_hesitant, too_sure
from digigov.questions.pool import pool
from digigov.questions.schedule import DUE, MISSED, OVERSURE, REST, forecast, looks, queue, rating, states
from learner import NOW, tried

BANK = pool()
REVIEWED = [item for item in BANK if schedule.reviewed(BANK[item])]
A, B, C, D = REVIEWED[:4]
DAY = timedelta(days=1)


def asked(*tries, now=NOW):
    return queue(states(tries, BANK), now)


# -- how a try is rated


@pytest.mark.parametrize(
    ("score", "sure", "word"),
    [
        (0, None, Rating.Again),
        (0, 1, Rating.Again),
        (0, 3, Rating.Again),
        (0.79, None, Rating.Again),
        (0.8, None, Rating.Hard),
        (0.99, 3, Rating.Hard),
        (1, 1, Rating.Hard),
        (1, 2, Rating.Good),
        (1, None, Rating.Good),
        (1, 3, Rating.Easy),
    ],
)
def test_score_and_sureness_give_the_rating(score, sure, word):
    assert rating(score, sure) == word


def test_a_better_rating_never_comes_back_sooner():
    days = [states([tried(A, score, sure=sure)], BANK)[A].due(NOW) for score, sure in ((0, 3), (1, 1), (1, 2), (1, 3))]
    assert days == sorted(days) and days[0] < days[-1]


def test_the_first_gaps_are_those_that_notebook_15_tells():
    days = [states([tried(A, score, sure=sure)], BANK)[A].card for score, sure in ((0, 3), (1, 1), (1, 2), (1, 3))]
    assert [(card.due - card.last_review).days for card in days] == [1, 1, 2, 8]


def test_a_miss_is_told_to_come_back_on_the_day_on_which_it_does():
    missed = tried(A, 0, timedelta(minutes=1))
    known = states([missed], BANK)
    assert known[A].due(NOW) == NOW.date() and forecast(known, NOW)["today"] == 1
    assert asked(missed) == [] and asked(missed, now=NOW + REST) == [(A, MISSED)]


@given(st.lists(st.sampled_from([1, 2, 3]), min_size=1, max_size=6), st.sampled_from([1, 2, 3]))
def test_remembering_on_the_day_makes_the_gap_longer_and_forgetting_shorter(before, sure):
    """Each try on the day on which the question comes back."""
    answers = [tried(A, 1, 3000 * DAY, sure=first) for first in before[:1]]

    def then(score: float, sure: int) -> timedelta:
        card = states([*answers, again(score, sure)], BANK)[A].card
        return card.due - card.last_review

    def again(score: float, sure: int):
        return tried(A, score, NOW - states(answers, BANK)[A].card.due, sure=sure)

    for next_ in before[1:]:
        answers.append(again(1, next_))
    card = states(answers, BANK)[A].card
    gap = card.due - card.last_review
    assert then(1, sure) > gap
    assert then(0, sure) <= gap


def test_a_try_right_after_the_reasons_does_not_count():
    tries = [tried(A, 0, ago) for ago in (timedelta(hours=2),)] + [tried(A, 1, timedelta(hours=2) - REST / 2)]
    counted, latest = looks(tries)
    assert [look.score for look in counted] == [0]
    assert latest == counted[0].at + REST / 2
    assert asked(*tries) == [(A, MISSED)], "what was read off the screen is still a miss"
    assert asked(*tries, tried(A, 1, timedelta(hours=1))) == []


# -- the queue


def test_misses_that_were_sure_come_first_then_misses_then_what_is_due():
    tries = [
        tried(A, 1, 30 * DAY),
        tried(B, 0, 2 * DAY),
        tried(C, 0.5, DAY, sure=3),
        tried(D, 1, DAY, sure=3),
    ]
    assert asked(*tries) == [(C, OVERSURE), (B, MISSED), (A, DUE)]


def test_what_is_least_likely_remembered_comes_first_of_its_kind():
    tries = [tried(item, 1, (20 + place) * DAY) for place, item in enumerate((A, B, C))]
    assert [item for item, _ in asked(*tries)] == [C, B, A]


def test_a_question_comes_back_on_its_day_whatever_the_hour():
    known = states([tried(A, 1, 5 * DAY)], BANK)[A]
    morning = datetime.combine(known.due(NOW), datetime.min.time(), NOW.tzinfo)
    assert known.why(morning) == DUE
    assert known.why(morning - timedelta(minutes=1)) is None


def test_a_miss_is_asked_again_but_not_while_its_reasons_are_fresh():
    known = states([tried(A, 0, timedelta(0), sure=3)], BANK)[A]
    assert known.why(NOW) is None
    assert known.why(NOW + REST) == OVERSURE


def test_only_questions_with_a_verdict_about_the_matter_are_asked():
    kinds = {BANK[item].kind for item in REVIEWED}
    assert not kinds & {"opinion", "predict"}
    assert not [item for item in REVIEWED if BANK[item].part == "predict" or BANK[item].notebook == "99"]
    assert {BANK[item].part for item in REVIEWED if BANK[item].notebook == "00"} == {"pretest"}


tries = st.builds(
    tried,
    st.sampled_from(REVIEWED[:25]),
    st.sampled_from([0.0, 0.5, 0.9, 1.0]),
    st.integers(0, 60 * 24 * 40).map(lambda minutes: timedelta(minutes=minutes)),
    st.sampled_from([None, 1, 2, 3]),
)


@given(st.lists(tries, max_size=60), st.randoms())
def test_the_queue_is_a_function_of_the_record_alone(answers, chance):
    mixed = list(answers)
    chance.shuffle(mixed)
    # The order of two tries in one microsecond is the record's.
    unique = {(one.item, one.at): one for one in answers}.values()
    again = {(one.item, one.at): one for one in answers}
    shuffled = [again[one.item, one.at] for one in {(one.item, one.at): one for one in mixed}.values()]
    assert asked(*unique) == asked(*shuffled)


@given(st.lists(tries, max_size=60))
def test_no_question_stands_twice_and_the_reasons_stand_in_their_order(answers):
    found = asked(*answers)
    assert len({item for item, _ in found}) == len(found)
    assert all(schedule.WHY.index(one) <= schedule.WHY.index(other) for (_, one), (_, other) in pairwise(found))
    known = states(answers, BANK)
    for item, why in found:
        assert (known[item].looks[-1].rating == Rating.Again) == (why != DUE)


@given(st.lists(tries, max_size=60))
def test_every_question_is_in_the_forecast_once(answers):
    known = states(answers, BANK)
    assert sum(forecast(known, NOW).values()) == len(known)


def test_times_that_are_none_are_passed_over():
    bad = tried(A, 0)
    for time in ("yesterday", "2026-99-99T99:99:99.000000Z", ""):
        object.__setattr__(bad, "at", time)
        assert asked(bad) == []


# -- how sure, how right


def test_calibration_counts_by_how_sure_the_learner_was():
    known = states(
        [tried(A, 1, sure=3), tried(B, 0, sure=3), tried(C, 1, sure=1), tried(D, 1, sure=None)], BANK
    ).values()
    assert calibration(known) == {3: (1, 2), 1: (1, 1)}
    assert calibration_words({}) == say("review.calibration.none")


def test_a_question_counts_once_as_it_was_when_first_met():
    again = [tried(A, 0, 9 * DAY), tried(A, 0, 5 * DAY, sure=3), tried(A, 1, 2 * DAY, sure=3), tried(A, 1, DAY, sure=1)]
    assert calibration(states(again, BANK).values()) == {3: (0, 1)}


VERDICTS = ("oversure", "fair", "hesitant", "few")


@pytest.mark.parametrize("code", ["vi", "en"])
@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({3: (0, 9), 2: (0, 20), 1: (9, 9)}, ["few"]),
        ({3: (6, 10)}, ["oversure"]),
        ({3: (7, 10)}, ["fair"]),
        ({3: (10, 10), 1: (8, 10)}, ["fair"]),
        ({1: (9, 10)}, ["hesitant"]),
        ({1: (8, 10)}, []),
        ({3: (14, 20), 1: (15, 20)}, ["oversure", "hesitant"]),
    ],
    ids=str,
)
def test_too_sure_and_too_hesitant_are_said_once_there_are_enough_answers(code, counts, said, language):
    language(code)
    words = calibration_words(counts)
    assert [name for name in VERDICTS if say(f"review.calibration.{name}", count=10) in words] == said
    assert all(f"{right}/{of}" in words for right, of in counts.values())


def flagged_of(flags, chance: float, of: int) -> float:
    """How often somebody is flagged who is right with this chance, exactly."""
    return sum(
        comb(of, right) * chance**right * (1 - chance) ** (of - right) for right in range(of + 1) if flags(right, of)
    )


def flagged_ever(flags, chance: float, most: int) -> float:
    """The same of somebody who looks after each of `most` answers."""
    ways, ever = {0: 1.0}, 0.0
    for of in range(1, most + 1):
        after: dict[int, float] = {}
        for right, weight in ways.items():
            after[right] = after.get(right, 0) + weight * (1 - chance)
            after[right + 1] = after.get(right + 1, 0) + weight * chance
        ever += sum(weight for right, weight in after.items() if flags(right, of))
        ways = {right: weight for right, weight in after.items() if not flags(right, of)}
    return ever


@pytest.mark.parametrize(
    ("flags", "honest", "off"), [(too_sure, (0.9, 0.95, 1), 0.5), (too_hesitant, (0.5, 0.35, 0.25), 0.9)]
)
def test_false_alarms_are_rare_and_real_ones_are_not(flags, honest, off):
    for chance in honest:
        assert max(flagged_of(flags, chance, of) for of in range(61)) < 1 / 40
        assert flagged_ever(flags, chance, 40) < 0.07
    assert max(flagged_of(flags, chance, of) for of in range(10) for chance in (0, 0.5, 1)) == 0
    assert flagged_of(flags, off, 10) > 0.7
    assert flagged_of(flags, off, 20) > 0.95
