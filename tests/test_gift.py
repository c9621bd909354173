"""The bank as GIFT: read back, it is the same questions with the same right answers."""

from typing import Any

import pytest

import gift_reader
import samples
from digigov.kit import exchange
from digigov.kit.gift import gift
from digigov.language import LANGUAGES
from digigov.questions.bank import Item
from test_moodle import NASTY, TO, item


@pytest.fixture(params=LANGUAGES)
def whole_bank(request, language) -> tuple[list[Item], list[exchange.Question]]:
    language(request.param)
    items = exchange.bank()
    return items, exchange.exported(items)


def test_the_whole_bank_comes_back(whole_bank):
    _, questions = whole_bank
    read = gift_reader.read(gift(questions))
    assert len(read) == len(questions)
    for asked, got in zip(questions, read, strict=True):
        assert (got.kind, got.id, got.name) == (asked.kind, asked.id, asked.name)
        assert (got.text, got.feedback) == (asked.text, asked.feedback)
        assert got.tags == list(asked.tags) and got.pairs == list(asked.pairs)
        assert got.category.endswith(asked.category.replace("/", "//")) and got.category.startswith("$course$/top/")
        if asked.kind == "numerical":
            expected = [f"{exchange.plain(float(one.text))}:{exchange.plain(one.tolerance)}" for one in asked.answers]
        else:
            expected = [one.text for one in asked.answers]
        assert [text for text, _, _ in got.answers] == expected
        assert [told for _, _, told in got.answers] == [one.feedback for one in asked.answers]
        shares = [share for _, share, _ in got.answers]
        assert shares == pytest.approx([one.fraction for one in asked.answers], abs=1e-5)


@pytest.mark.parametrize("kind", [*TO, "opinion"])
def test_no_sign_means_anything_in_a_text(kind):
    def spoil(value: Any) -> Any:
        if isinstance(value, dict) and set(value) == {"vi", "en"} and isinstance(value["vi"], str):
            return {code: f"{words} {NASTY}" for code, words in value.items()}
        if isinstance(value, dict):
            return {name: part if name == "accept" else spoil(part) for name, part in value.items()}
        return [spoil(part) for part in value] if isinstance(value, list) else value

    questions = exchange.exported([Item("01", spoil(samples.fields(kind, "nasty")))])
    arrow = NASTY.replace("->", "→")  # two letters that part a pair, and cannot be escaped
    for asked, got in zip(questions, gift_reader.read(gift(questions)), strict=True):
        assert arrow in got.text and got.kind == asked.kind
        assert got.text == asked.text.replace("->", "→") and got.feedback == asked.feedback.replace("->", "→")
        if asked.kind != "numerical":
            assert [text for text, _, _ in got.answers] == [one.text.replace("->", "→") for one in asked.answers]
        assert [told for _, _, told in got.answers] == [one.feedback.replace("->", "→") for one in asked.answers]
        assert got.pairs == [(left.replace("->", "→"), right.replace("->", "→")) for left, right in asked.pairs]


def test_what_one_reads_as_a_person():
    text = gift(exchange.exported([item("single"), item("number"), item("true_false"), item("match"), item("text")]))
    assert "$CATEGORY: $course$/top/Chính phủ số, thực hành/01 · " in text
    assert "// [id:01-single] [tag:" in text
    assert "\n=RIGHT (vi)#WHY-right (vi)\n~B (vi)#WHY-b (vi)" in text
    assert "{#\n=%100%43.2:0.1#WHY (vi)\n=%0%97.3:0.1#TRAP (vi)\n####WHY (vi)}" in text
    assert "{FALSE#WHY-true (vi)#WHY-false (vi)}" in text
    assert "\n=La (vi) -> Ra (vi)" in text
    assert "{####" in text  # an open question has no answer between its braces


def test_any_choice_of_an_opinion_earns_the_mark_and_only_one_may_be_chosen():
    (one,) = gift_reader.read(gift(exchange.exported([item("opinion")])))
    assert one.single and {share for _, share, _ in one.answers} == {100}


@pytest.mark.parametrize(
    "text",
    ["::a::text {=b ~c", "::a::te{xt {=b ~c}", "text {=b ~c}", "::a::text {~%50%b ~%40%c ~d}", "::a::text {~b ~c =}#"],
)
def test_the_reader_refuses_what_moodle_would(text):
    with pytest.raises(ValueError):
        gift_reader.read(text)
