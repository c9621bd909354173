"""The quiz widget, clicked without a browser: what goes out before and after an answer, and what is kept."""

import json
from typing import Any

import pytest

import samples
from digigov import quiz
from digigov.errors import CourseError
from digigov.language import say
from digigov.questions.bank import Item, everything
from digigov.questions.card import Quiz, decoded, encoded, public
from digigov.record import record

KINDS = list(samples.KINDS)


def card(*kinds: str) -> Quiz:
    return Quiz("Quiz", [samples.item(kind) for kind in kinds], lambda item: samples.OUTCOME)


def tell(widget: Quiz, **message: Any) -> None:
    """Send what the browser would send."""
    widget._handle_custom_msg(json.loads(json.dumps(message)), [])


def answer(widget: Quiz, kind: str, given: Any) -> None:
    item = samples.item(kind)
    tell(widget, do="answer", item=item.id, given=encoded(item, given))


def sent(widget: Quiz) -> str:
    """All of the widget's state that says something, as the browser gets it."""
    state = {name: value for name, value in widget.get_state().items() if name not in ("_esm", "_css", "words")}
    return json.dumps(state, ensure_ascii=False)


SECRETS = (
    "WHY",
    "AFTER",
    "HINT",
    "TRAP",
    "43.2",
    "43,2",
    "97.3",
    "Mẫu số và định nghĩa",
    "mẫu số",
    "accept",
    "tolerance",
)


@pytest.mark.parametrize("kind", KINDS)
def test_before_an_answer_nothing_tells_it(kind):
    before = sent(card(kind))
    assert not [secret for secret in SECRETS if secret in before]
    assert '"answer"' not in before and '"why"' not in before and '"hint"' not in before
    if kind in ("single", "several", "order"):
        # Authors call the right option "right" and number steps; these ids never reach the browser.
        assert '"right"' not in before and '"first"' not in before


@pytest.mark.parametrize("item", everything(), ids=lambda item: item.id)
def test_no_item_of_the_bank_sends_a_reason_a_hint_or_an_answer_before_it_is_asked_for(item):
    widget = Quiz("Quiz", [item])
    before, page = sent(widget), widget.page()
    hidden = [item["hint"]["vi"], *reasons(item.fields)]
    if item.kind == "text":
        hidden.append(item["model_answer"]["vi"])
    for words in hidden:
        assert words not in before
        assert words not in page.html + page.text
    (question,) = widget.questions
    parts = {"options", "unit", "range", "rows", "axes", "steps", "left", "right"}
    assert set(question) <= {"id", "kind", "stem", "confidence", *parts}
    for name in ("options", "steps", "rows", "left", "right"):
        if isinstance(question.get(name), list):
            assert all(set(part) == {"id", "text"} for part in question[name])


def reasons(value: Any) -> list[str]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    found = [words for part in inner for words in reasons(part)]
    if isinstance(value, dict):
        for name in ("why", "after"):
            text = value.get(name, {})
            found += [text["vi"]] if "vi" in text else [side["vi"] for side in text.values()]
    return found


def test_a_pair_s_two_sides_have_different_ids():
    question = public(samples.item("match"), "")
    assert not {part["id"] for part in question["left"]} & {part["id"] for part in question["right"]}


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_is_marked_shown_and_kept(kind):
    widget = card(kind)
    answer(widget, kind, samples.RIGHT[kind])
    item = samples.item(kind)
    told = widget.marks[item.id]
    score = None if kind == "opinion" else 1
    assert (told["score"], told["right"]) == (score, None if kind == "opinion" else True)
    assert told["verdict"] and told["notes"]
    assert record().last(item.id).score == score
    assert widget.asks == {}


@pytest.mark.parametrize("kind", KINDS)
def test_reopening_shows_the_answer_as_it_was_given_and_marked(kind):
    first = card(kind)
    answer(first, kind, samples.WRONG[kind])
    again = card(kind)
    assert again.marks == first.marks
    given = again.marks[samples.item(kind).id]["given"]
    if kind not in ("number", "predict", "text", "true_false"):
        assert decoded(samples.item(kind), given) == samples.WRONG[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_an_incomplete_answer_is_asked_for_and_not_kept(kind):
    widget = card(kind)
    tell(widget, do="answer", item=samples.item(kind).id, given=None)
    assert widget.asks == {samples.item(kind).id: say(f"card.ask.{kind}")}
    assert widget.marks == {} and record().answers() == []
    answer(widget, kind, samples.RIGHT[kind])
    assert widget.asks == {} and widget.marks


def test_trying_again_opens_the_question_and_keeps_both_tries():
    widget = card("single")
    answer(widget, "single", "b")
    tell(widget, do="again", item="01-single")
    assert widget.marks == {}
    answer(widget, "single", "right")
    assert widget.marks["01-single"]["right"] is True
    assert [try_.given for try_ in record().answers()] == ["b", "right"]


def test_a_hint_comes_when_it_is_asked_for():
    widget = card("single", "number")
    tell(widget, do="hint", item="01-single")
    assert widget.hints == {"01-single": "HINT (vi)"}


def test_two_quizzes_with_one_question_follow_each_other_and_only_in_that_question():
    one, two = card("single", "number"), card("single", "number")
    answer(two, "number", "43,2")
    tell(two, do="again", item="01-number")
    answer(one, "single", "b")
    assert two.marks == {"01-single": one.marks["01-single"]}
    tell(one, do="again", item="01-single")
    answer(one, "single", "right")
    assert two.marks["01-single"]["right"] is True
    assert "01-number" not in two.marks


def test_starting_again_empties_every_card():
    widget = card("single")
    answer(widget, "single", "right")
    record().start_again()
    assert widget.marks == {}


def test_an_import_shows_in_the_cards_that_are_open():
    widget = card("single")
    answer(widget, "single", "right")
    copy = record().export()
    record().start_again()
    record().load(copy)
    assert widget.marks["01-single"]["right"] is True


def test_a_number_stays_the_same_number_when_the_language_changes(language):
    item = samples.item("number")
    item.fields["answer"] = 1226
    widget = Quiz("Quiz", [item])
    tell(widget, do="answer", item=item.id, given="1.226")
    assert widget.marks[item.id]["right"] is True
    language("en")
    again = Quiz("Quiz", [item])
    assert again.marks[item.id]["right"] is True
    assert again.marks[item.id]["given"] == 1226


def test_a_text_stays_right_when_the_language_changes(language):
    answer(card("text"), "text", samples.RIGHT["text"])
    language("en")
    assert card("text").marks["01-text"]["right"] is True


def test_an_answer_to_a_question_that_has_changed_since_leaves_it_open():
    record().add("01-single", "gone", 1)
    record().add("01-sort", ["old", "form"], 1)
    assert card("single", "sort").marks == {}


def test_options_are_shuffled_by_learner_and_stay_for_the_learner(monkeypatch):
    orders = []
    for learner in ("one", "two", "three", "four", "five"):
        monkeypatch.setattr(type(record()), "seed", lambda self, learner=learner: learner)
        first, again = (card("several").questions[0]["options"] for _ in range(2))
        assert first == again
        orders.append(tuple(option["text"] for option in first))
    assert len(set(orders)) > 1


def test_options_with_an_order_of_their_own_keep_it(monkeypatch):
    item = Item("01", {**samples.item("several").fields, "ordered": True})
    for learner in ("one", "two", "three", "four", "five"):
        monkeypatch.setattr(type(record()), "seed", lambda self, learner=learner: learner)
        shown = Quiz("Quiz", [item]).questions[0]["options"]
        assert [option["text"] for option in shown] == [option["text"]["vi"] for option in item["options"]]


def test_a_prediction_is_kept_and_compared_only_when_the_learner_asks():
    item = Item("01", {**samples.item("predict").fields, "part": "predict"})
    widget = Quiz("Quiz", [item], lambda _item: 42.0)
    tell(widget, do="answer", item=item.id, given="5")
    assert widget.marks[item.id]["held"] and "42" not in str(widget.marks)
    assert record().last(item.id).score == 0  # the record knows; the page does not tell
    assert Quiz("Quiz", [item], lambda _item: 42.0).marks[item.id]["held"], "also when it is opened again"
    tell(widget, do="compare", item=item.id)
    assert widget.marks[item.id]["right"] is False and "42" in widget.marks[item.id]["notes"][0]["about"]
    tell(widget, do="again", item=item.id)
    tell(widget, do="answer", item=item.id, given="42")
    assert widget.marks[item.id]["held"], "a new prediction is held back again"


def test_the_page_without_a_kernel_shows_the_questions_and_how_to_answer(language):
    page = card(*KINDS).page()
    assert page.text.count("STEM (vi)") == len(KINDS)
    assert say("card.not_running") in page.html
    language("en")
    assert card("single").page().text.startswith("Quiz\n1. [single] STEM (en)\n   - ")


def test_the_page_is_the_same_for_every_learner_and_whatever_was_answered():
    before = card("single", "match").page()
    answer(card("single"), "single", "right")
    record()._database.execute("UPDATE settings SET value = 'another'")
    assert card("single", "match").page() == before


def test_words_are_safe_inside_html():
    item = samples.item("single")
    item.fields["stem"] = {"vi": "<script>alert(1)</script>", "en": "x"}
    item.fields["options"][0]["text"] = {"vi": "<b>", "en": "x"}
    html = Quiz("<i>", [item]).page().html
    assert "<script>" not in html and "<b>" not in html and "<i>" not in html


def test_a_record_that_is_not_kept_is_said_in_the_quiz(record_file):
    record_file.mkdir()
    widget = card("single")
    assert widget.notice == record().notice != ""
    answer(widget, "single", "right")
    assert widget.marks["01-single"]["right"] is True


def test_a_disk_that_fills_up_is_said_after_the_answer(record_file):
    widget = card("text")
    database = record()._database
    database.execute(f"PRAGMA max_page_count = {database.execute('PRAGMA page_count').fetchone()[0]}")
    answer(widget, "text", "mẫu số " * 3000)
    assert widget.notice == record().notice != ""
    assert widget.marks["01-text"]["score"] == 0.5


def test_the_learner_s_call_shows_the_part_or_says_what_is_wrong():
    assert [question["id"][:2] for question in quiz("00", "check").questions] == ["00"] * 9
    for wrong in (("77", "check"), ("00", "exam")):
        told = quiz(*wrong)
        assert not isinstance(told, Quiz) and told.text.endswith(".")


def test_a_message_that_means_nothing_is_ignored():
    widget = card("single")
    tell(widget, do="dance", item="01-single")
    tell(widget)
    assert widget.marks == {} and widget.notice == ""


def test_a_lab_that_fails_is_said_in_the_card():
    def broken(_: Item) -> float:
        raise CourseError("Không có kết quả.")

    widget = Quiz("Quiz", [samples.item("predict")], broken)
    tell(widget, do="answer", item="01-predict", given="5")
    assert widget.asks == {"01-predict": "Không có kết quả."}
