"""The bank as Moodle XML: read back, it is the same questions with the same right answers."""

from collections import Counter
from typing import Any

import pytest
from moodle_xml_parser.parser import parse_string

import moodle_reader
import samples
from digigov.course import title_of
from digigov.kit import exchange
from digigov.kit.moodle import moodle
from digigov.labs.catalogue import outcome_of
from digigov.language import LANGUAGES
from digigov.questions.bank import Item

NASTY = "a~b=c#d{e}f:g\\h \"x\" 'y' <b>&amp; &</b> ]]> <![CDATA[ -> Đường ấy 43,2%\nsecond // line [html] $x$"
TO = {
    "single": "multichoice",
    "several": "multichoice",
    "true_false": "truefalse",
    "number": "numerical",
    "predict": "numerical",
    "sort": "match",
    "order": "match",
    "match": "match",
    "text": "essay",
}


def item(kind: str, name: str | None = None, **fields: Any) -> Item:
    return Item("01", samples.fields(kind, name or kind.replace("_", "-")) | fields)


def both_ways(*items: Item) -> tuple[list[exchange.Question], list[moodle_reader.Read]]:
    questions = exchange.exported(items)
    return questions, moodle_reader.read(moodle(questions))


@pytest.fixture(params=LANGUAGES)
def whole_bank(request, language) -> tuple[list[Item], list[exchange.Question], list[moodle_reader.Read]]:
    language(request.param)
    items = exchange.bank()
    return items, *both_ways(*items)


def test_the_whole_bank_comes_back(whole_bank):
    items, questions, read = whole_bank
    assert [one.id for one in read] == [one.id for one in questions]
    # An item that sorts along several axes is one question an axis; every other item is one question.
    assert len(read) == sum(len(one["axes"]) if one.kind == "sort" else 1 for one in items) >= len(items) >= 240
    origins = {one.id: one.origin for one in questions}
    for one in read:
        kinds = ("multichoice", "essay") if origins[one.id] == "opinion" else (TO[origins[one.id]],)
        assert one.kind in kinds, one.id
    assert {one.category.rsplit("/", 1)[1] for one in read} == {title_of(one.notebook) for one in items}
    assert all(one.category.startswith("$course$/top/") for one in read)


def test_words_answers_hints_and_tags_come_back(whole_bank):
    _, questions, read = whole_bank
    for asked, got in zip(questions, read, strict=True):
        assert got.text == asked.text and got.feedback == asked.feedback and got.name == asked.name
        assert got.hints == ([] if got.kind == "essay" else [asked.hint])
        assert asked.kind != "essay" or asked.hint in got.grader
        assert got.tags == list(asked.tags) and got.pairs == list(asked.pairs)
        assert got.grade == asked.marked
        assert [(text, told) for text, _, told, _ in got.answers] == [(one.text, one.feedback) for one in asked.answers]
        assert all(one.feedback for one in asked.answers)
        for (_, share, _, _), answer in zip(got.answers, asked.answers, strict=True):
            assert share == pytest.approx(answer.fraction, abs=1e-5)


def test_right_answers_are_those_of_the_bank(whole_bank):
    items, _, read = whole_bank
    by_id = {one.id: one for one in read}
    for one in items:
        if one.kind in ("single", "several"):
            right = [share > 0 for _, share, _, _ in by_id[one.id].answers]
            assert right == [option["right"] for option in one["options"]]
        if one.kind == "true_false":
            assert [share == 100 for _, share, _, _ in by_id[one.id].answers] == [one["right"], not one["right"]]
        if one.kind in ("number", "predict"):
            value = one["answer"] if one.kind == "number" else outcome_of(one)
            text, share, _, tolerance = by_id[one.id].answers[0]
            assert (float(text), share) == (pytest.approx(value, abs=1e-6), 100)
            assert float(tolerance) == one["tolerance"]


def test_a_library_reads_the_choices_and_their_shares(whole_bank, capsys):
    _, questions, _ = whole_bank
    read = parse_string(moodle(questions).removeprefix('<?xml version="1.0" encoding="UTF-8"?>'))["multichoice"]
    choices = [one for one in questions if one.kind == "multichoice"]
    assert capsys.readouterr().out == ""  # it prints what it cannot read
    assert [one.name for one in read] == [one.name for one in choices]
    for got, asked in zip(read, choices, strict=True):
        assert (got.single, got.shuffle_answers) == (asked.single, asked.shuffle)
        total = sum(option.score_fraction for option in got.options if option.score_fraction > 0)
        assert total == pytest.approx(100 * (len(got.options) if not asked.marked else 1), abs=0.01)


def test_ticking_everything_earns_nothing():
    _, (several,) = both_ways(item("several"))
    assert [share for _, share, _, _ in several.answers] == [50, 50, -50, -50]
    assert sum(share for _, share, _, _ in several.answers) == 0


@pytest.mark.parametrize("kind", [*TO, "opinion"])
def test_no_sign_means_anything_in_a_text(kind):
    spoilt = samples.fields(kind, "nasty")

    def spoil(value: Any) -> Any:
        if isinstance(value, dict) and set(value) == {"vi", "en"} and isinstance(value["vi"], str):
            return {code: f"{words} {NASTY}" for code, words in value.items()}
        if isinstance(value, dict):
            return {name: part if name == "accept" else spoil(part) for name, part in value.items()}
        return [spoil(part) for part in value] if isinstance(value, list) else value

    questions, read = both_ways(Item("01", spoil(spoilt)))
    for asked, got in zip(questions, read, strict=True):
        assert NASTY in got.text and got.text == asked.text and got.feedback == asked.feedback
        assert [text for text, *_ in got.answers] == [one.text for one in asked.answers]
        assert [told for _, _, told, _ in got.answers] == [one.feedback for one in asked.answers]
        assert got.pairs == list(asked.pairs)


def test_an_item_of_two_axes_is_two_questions_and_an_empty_category_is_still_a_choice():
    one = item("sort")
    one.fields["axes"][0]["categories"].append(samples.part("never"))
    _, read = both_ways(one)
    assert [got.id for got in read] == ["01-sort-change", "01-sort-material"]
    assert ("", "NEVER (vi)") in read[0].pairs and all(left for left, _ in read[1].pairs)


def test_a_slash_in_a_name_makes_no_category():
    question = exchange.Question("01-a", "essay", "text", "01 · a/b", "t", "h", "f", ())
    assert moodle_reader.read(moodle([question]))[0].category.endswith("/01 · a//b")


def test_what_became_another_kind_is_counted():
    items = [item(kind) for kind in (*TO, "opinion")] + [item("order", "again")]
    assert exchange.changed(exchange.exported(items)) == Counter(
        {
            ("sort", "match"): 2,
            ("order", "match"): 2,
            ("text", "essay"): 1,
            ("predict", "numerical"): 1,
            ("opinion", "multichoice"): 1,
        }
    )


def test_numbers_are_written_for_every_program():
    assert [exchange.plain(value) for value in (43.2, 1226, 0.1, 1e-7, -0.0, 1234567.5)] == [
        "43.2",
        "1226",
        "0.1",
        "0.0000001",
        "0",
        "1234567.5",
    ]
    assert [exchange.share(value) for value in (100, 100 / 3, -50.0, 0.0, 100 / 6)] == [
        "100",
        "33.33333",
        "-50",
        "0",
        "16.66667",
    ]


# -- the reader itself refuses what Moodle would


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('fraction="50"', 'fraction="40"'),
        ('fraction="50"', 'fraction="51.5"'),
        ("<quiz>", "<quizz>"),
        ('type="multichoice"', 'type="sort"'),
        ("<idnumber>01-several</idnumber>", "<idnumber></idnumber>"),
        ("<text>01-several", "<text></text><x>01-several"),
    ],
)
def test_the_reader_refuses_what_moodle_would(right, wrong):
    document = moodle(exchange.exported([item("several")]))
    assert right in document
    with pytest.raises((ValueError, SyntaxError)):
        moodle_reader.read(document.replace(right, wrong))
