"""Spaced review: the right questions a few at a time, none twice, and no answer before it is given."""

from datetime import UTC, timedelta

import pytest

from digigov import review
from digigov.errors import CourseError
from digigov.language import say
from digigov.questions.card import encoded
from digigov.questions.review import Review, day_words
from digigov.questions.schedule import SESSION, states
from digigov.questions.sitting import here_and_now
from digigov.record import record
from learner import NOW, one_sentence, remembers, sent, tell, tried
from test_card import reasons
from test_question_content import right_answer, wrong_answer
from test_schedule import BANK, DAY, REVIEWED, A, B


def shown(now=NOW) -> Review:
    return Review(lambda: now)


def answer(widget: Review, item: str, right: bool, **more) -> None:
    found = BANK[item]
    given_ = right_answer(found, "vi") if right else wrong_answer(found)
    tell(widget, do="answer", item=item, given=encoded(found, given_), **more)


@pytest.mark.parametrize("code", ["vi", "en"])
def test_with_nothing_to_review_it_says_what_to_do(code, language):
    language(code)
    widget = shown()
    assert widget.questions == [] and widget.buttons == []
    assert widget.lines == [say("review.empty"), say("review.few", count=0)]
    remembers([tried(A, 1, timedelta(hours=1), sure=3)])
    assert shown().questions == []
    assert shown().lines[1] == say("review.few", count=1)
    assert all(one_sentence(words) for words in widget.lines[:1] + shown().lines[:1])


def test_a_session_has_at_most_ten_cards_and_says_where_they_come_from_and_why(language):
    remembers([tried(item, 0, (2 + place) * DAY, sure=3) for place, item in enumerate(REVIEWED[:15])])
    widget = shown()
    assert len(widget.questions) == SESSION
    assert say("review.waiting", count=5) in widget.lines
    first = widget.questions[0]["origin"]
    assert first["title"].startswith(widget.questions[0]["id"][:2]) and first["href"].endswith(".ipynb")
    assert first["note"] == say("review.why.oversure")


def test_an_earlier_answer_is_not_shown_and_a_new_one_is_with_its_day(clock):
    remembers([tried(A, 0), tried(B, 0)])
    widget = shown()
    assert widget.marks == {}
    answer(widget, A, right=True, confidence=3)
    assert set(widget.marks) == {A}
    day = states(record().answers(), BANK)[A].due(NOW)
    assert widget.marks[A]["later"] == say("review.later", when=day_words(day, NOW.date()))
    assert shown().marks == {}, "another session begins afresh"
    assert [question["id"] for question in shown().questions] == [B]


def test_sessions_follow_each_other_without_repeating(clock):
    remembers([tried(item, 0, (2 + place) * DAY) for place, item in enumerate(REVIEWED[:25])])
    widget, seen = shown(), []
    for size in (10, 10, 5):
        mine = [question["id"] for question in widget.questions]
        assert len(mine) == size
        seen += mine
        assert widget.buttons == []
        for item in mine:
            answer(widget, item, right=False)
        assert widget.lines[0] == say("review.over")
        tell(widget, do="next")
    assert len(set(seen)) == len(seen) == 25
    assert widget.questions == []


def test_what_is_answered_elsewhere_is_not_this_session_s_business(clock):
    remembers([tried(A, 0), tried(B, 0)])
    widget = shown()
    record().add(A, right_answer(BANK[A], "vi"), 1)
    assert widget.marks == {}


def test_starting_again_empties_the_session():
    remembers([tried(A, 0)])
    widget = shown()
    assert len(widget.questions) == 1
    record().start_again()
    assert widget.questions == [] and widget.lines[0] == say("review.empty")


@pytest.mark.parametrize("code", ["vi", "en"])
def test_answers_to_questions_that_are_gone_are_kept_and_said(code, language):
    language(code)
    remembers([tried("01-gone", 0), tried("77-gone", 1), tried(A, 0)])
    widget = shown()
    assert [question["id"] for question in widget.questions] == [A]
    assert widget.lines[-1] == say("review.gone", count=2) and one_sentence(widget.lines[-1])
    assert {one.item for one in record().answers()} == {"01-gone", "77-gone", A}


@pytest.mark.parametrize("code", ["vi", "en"])
def test_a_damaged_record_is_said_and_review_goes_on(code, language, record_file):
    language(code)
    record_file.write_text("Biên bản họp\n" * 200, encoding="utf8")
    widget = shown()
    assert widget.notice == record().notice and one_sentence(widget.notice)
    (aside,) = record_file.parent.glob("record-*.sqlite")
    assert aside.read_text(encoding="utf8").startswith("Biên bản họp")


@pytest.mark.parametrize("code", ["vi", "en"])
def test_a_broken_bank_is_one_sentence(code, language, monkeypatch):
    def broken():
        raise CourseError(say("data.not_a_list", file="05.yaml"))

    language(code)
    monkeypatch.setattr("digigov.questions.review.pool", broken)
    assert one_sentence(review().text)


def test_no_answer_goes_out_before_it_is_given():
    remembers([tried(item, 0, (2 + place) * DAY) for place, item in enumerate(REVIEWED[:10])])
    before = sent(shown())
    for item in REVIEWED[:10]:
        for words in (BANK[item]["hint"]["vi"], *reasons(BANK[item].fields)):
            assert words not in before


def test_the_page_without_a_kernel_is_the_same_for_everybody():
    before = shown().page()
    remembers([tried(A, 0)])
    assert shown(NOW + 100 * DAY).page() == before
    assert "2026" not in before.text


def test_days_are_said_in_words(language):
    today = NOW.date()
    assert day_words(today, today) == "hôm nay"
    assert day_words(today + DAY, today) == "ngày mai, 25/11/2026"
    assert day_words(today + 7 * DAY, today) == "sau 7 ngày, vào ngày 1/12/2026"
    language("en")
    assert day_words(today + 7 * DAY, today) == "in 7 days, on 1 December 2026"


def test_the_learner_s_own_clock_has_a_time_zone():
    assert here_and_now().tzinfo is not None
    assert here_and_now().astimezone(UTC).tzinfo is UTC
