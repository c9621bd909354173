"""Marking: right is right, partly is partly, and no answer whatever breaks it."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import samples
from digigov.errors import CourseError
from digigov.language import say
from digigov.questions.bank import Item
from digigov.questions.marking import Mark, mark, quantity, read_number, unit_of


def marked(kind: str, answer: object) -> Mark:
    return mark(samples.item(kind), answer, samples.OUTCOME if kind == "predict" else None)


@pytest.mark.parametrize("kind", [kind for kind in samples.KINDS if kind != "opinion"])
def test_a_right_answer_scores_one_and_a_wrong_one_less(kind):
    right, wrong = marked(kind, samples.RIGHT[kind]), marked(kind, samples.WRONG[kind])
    words = say("card.prediction.right" if kind == "predict" else "card.verdict.right")
    assert (right.score, right.right, right.verdict) == (1, True, words)
    assert wrong.score < 1 and wrong.right is False and wrong.verdict != right.verdict
    assert all(note.words for note in (*right.notes, *wrong.notes))


def test_an_opinion_gets_no_verdict_and_both_sides():
    for answer in (samples.RIGHT["opinion"], samples.WRONG["opinion"]):
        told = marked("opinion", answer)
        assert (told.score, told.right) == (None, None)
        assert "✓" not in told.verdict and "✗" not in told.verdict
        assert told.notes[-1].words == "AFTER (vi)"
    free = samples.item("opinion")
    del free.fields["options"]
    assert mark(free, "viết tự do").score is None


def test_the_chosen_option_is_explained_first_and_all_others_after_it():
    told = marked("single", "b")
    assert [note.words for note in told.notes] == ["WHY-b (vi)", "WHY-right (vi)", "WHY-c (vi)"]
    assert [note.right for note in told.notes] == [False, True, False]
    assert marked("several", ["d"]).notes[0].words == "WHY-d (vi)"


@pytest.mark.parametrize(
    ("kind", "answer", "score"),
    [
        ("several", ["right"], 3 / 4),
        ("several", ["right", "c"], 2 / 4),
        ("several", ["right", "good", "c", "d"], 2 / 4),
        ("several", ["right", "good", "good"], 1),
        ("several", ["c", "d"], 0),
        (
            "sort",
            {"one": {"change": "channel", "material": "data"}, "two": {"change": "model", "material": "data"}},
            3 / 4,
        ),
        ("order", ["second", "first", "third"], 2 / 3),
        ("order", ["third", "second", "first"], 0),
        ("match", {"a": "a", "b": "c", "c": "b"}, 1 / 3),
        ("match", {"a": "a", "b": "a", "c": "a"}, 1 / 3),
        ("text", "chỉ cần mẫu số", 1 / 2),
    ],
)
def test_partial_credit_counts_what_is_right(kind, answer, score):
    assert marked(kind, answer).score == pytest.approx(score)


@given(options=st.lists(st.booleans(), min_size=2, max_size=7).filter(lambda rights: any(rights) and not all(rights)))
def test_ticking_everything_never_scores_one(options):
    item = samples.item("several")
    item.fields["options"] = [samples.option(f"o{place}", right) for place, right in enumerate(options)]
    assert mark(item, [f"o{place}" for place in range(len(options))]).score < 1


def test_a_known_wrong_number_is_explained_before_the_right_one():
    told = marked("number", "97,3")
    assert [note.words for note in told.notes] == ["TRAP (vi)", "WHY (vi)"]
    assert [note.about for note in told.notes] == ["97,3%", "43,2%"]
    assert len(marked("number", "50").notes) == 1


@pytest.mark.parametrize(
    ("answer", "right"), [("43,3", True), ("43,1", True), ("43,31", False), ("43", False), ("-43,2", False)]
)
def test_tolerance_reaches_its_own_edge_and_no_further(answer, right):
    assert marked("number", answer).right is right


@pytest.mark.parametrize(("answer", "right"), [("15", True), ("5", True), ("15,1", False)])
def test_a_prediction_is_held_against_the_lab(answer, right):
    told = marked("predict", answer)
    assert told.right is right
    assert "10%" in told.notes[0].about


def test_a_prediction_without_a_lab_is_only_kept():
    assert mark(samples.item("predict"), "20").score is None


@pytest.mark.parametrize(
    "answer",
    [
        "mau so va DINH NGHIA",
        "ĐỊNH NGHĨA; tổng-số",
        "  mẫu   số,\nđịnh nghĩa. ",
        "The denominator, and definitions",
        "mẫu số / định nghĩa",
    ],
)
def test_a_text_needs_neither_case_nor_diacritics_nor_the_language_of_the_page(answer):
    assert marked("text", answer).score == 1


@pytest.mark.parametrize("answer", ["Không biết", "subtotal redefinition", "?", "…"])
def test_a_text_with_no_keyword_at_the_start_of_a_word_scores_nothing(answer):
    assert marked("text", answer).score == 0


# -- numbers as the language writes them

NUMBERS = {
    "vi": {
        "1.226": 1226,
        "1226": 1226,
        "43,2": 43.2,
        "43.2": 43.2,
        "43,2 %": 43.2,
        "0.7709": 0.7709,
        "0,7709": 0.7709,
        "0.770": 0.77,
        "1.226,5": 1226.5,
        "1,226.5": 1226.5,
        "1,226": 1.226,
        "6.798.000": 6_798_000,
        "6,798,000": 6_798_000,
        "1 226": 1226,
        "1\u00a0226,5": 1226.5,
        "−440": -440,
        "+5": 5,
        ",5": 0.5,
        "5,": 5,
        "12,345": 12.345,
    },
    "en": {
        "1,226": 1226,
        "1.226": 1.226,
        "43.2": 43.2,
        "43,2": 43.2,
        "43.2%": 43.2,
        "0.7709": 0.7709,
        "0,7709": 0.7709,
        "0,770": 0.77,
        "1,226.5": 1226.5,
        "1.226,5": 1226.5,
        "6,798,000": 6_798_000,
        "6.798.000": 6_798_000,
        ".5": 0.5,
    },
}


@pytest.mark.parametrize(
    ("code", "text", "value"), [(code, *pair) for code, pairs in NUMBERS.items() for pair in pairs.items()]
)
def test_numbers_are_read_the_language_s_way(language, code, text, value):
    language(code)
    assert read_number(text) == value


NO_NUMBERS = [
    "",
    "-",
    ".",
    "abc",
    "inf",
    "-inf",
    "nan",
    "Infinity",
    "1e400",
    "1_000",
    "12.5.3",
    "1.22.6",
    "4,3,2",
    "0x10",
]


@pytest.mark.parametrize("code", ["vi", "en"])
@pytest.mark.parametrize(
    "text",
    [*NO_NUMBERS, "٤٣", "9" * 500, True, None, [1], {}, math.inf, -math.inf, math.nan, 10**400],
    ids=lambda x: str(x)[:12],
)
def test_what_is_no_number_is_asked_for_again_in_one_sentence(language, code, text):
    language(code)
    with pytest.raises(CourseError) as error:
        read_number(text)
    assert "\n" not in str(error.value) and len(str(error.value)) < 150


@given(value=st.integers(-(10**9), 10**9))
def test_a_number_that_the_course_wrote_is_read_back(value):
    from digigov.language import number

    assert read_number(number(value / 1000)) == value / 1000


# -- whatever comes from a browser

NAMES = st.sampled_from(
    ["right", "good", "b", "c", "d", "one", "two", "change", "material", "channel", "forms", "first", "a", "x"]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | NAMES
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("kind", samples.KINDS)
@settings(max_examples=150)
@given(answer=JSON)
def test_any_answer_is_marked_from_0_to_1_or_asked_for_again_in_a_sentence(kind, answer):
    try:
        told = marked(kind, answer)
    except CourseError as error:
        assert str(error).endswith(".") and "\n" not in str(error)
    else:
        assert told.score is None or 0 <= told.score <= 1
        assert told.verdict and told.notes


@pytest.mark.parametrize("kind", samples.KINDS)
@pytest.mark.parametrize("nothing", [None, "", "  \n", [], {}])
def test_an_empty_answer_is_asked_for_again_in_the_words_of_its_kind(kind, nothing):
    with pytest.raises(CourseError) as error:
        marked(kind, nothing)
    assert str(error.value) == say(f"card.ask.{kind}")


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("several", "right"),
        ("several", {"right": True}),
        ("several", [["right"]]),
        ("sort", {"one": "channel", "two": ["model"]}),
        ("sort", {"one": {"change": "channel"}, "two": {"change": "model", "material": "data"}}),
        ("sort", {"one": {"change": "data", "material": "data"}, "two": {"change": "model", "material": "data"}}),
        ("order", [1, 2, 3]),
        ("order", ["first", "first", "second"]),
        ("order", "first"),
        ("order", ["first", "second"]),
        ("match", {"a": "a", "b": "b", "c": "nowhere"}),
        ("match", {"a": ["a"], "b": "b", "c": "c"}),
        ("match", ["a", "b", "c"]),
        ("true_false", "true"),
        ("true_false", 1),
        ("text", 5),
        ("single", ["right"]),
        ("opinion", "neither"),
    ],
)
def test_an_answer_of_the_wrong_shape_or_with_a_part_missing_is_asked_for_again(kind, answer):
    with pytest.raises(CourseError) as error:
        marked(kind, answer)
    assert str(error.value) == say(f"card.ask.{kind}")


def test_sorting_says_for_each_axis_what_was_chosen_and_what_is_right():
    half = {**samples.RIGHT["sort"], "one": {"change": "channel", "material": "data"}}
    told = marked("sort", half)
    assert told.score == 0.75
    (partly,) = (note for note in told.notes if note.right is None)
    names = {c["id"]: c["text"]["vi"] for axis in samples.item("sort")["axes"] for c in axis["categories"]}
    assert say("card.sorted.right", right=names["channel"]) in partly.words
    assert say("card.sorted.wrong", chosen=names["data"], right=names["forms"]) in partly.words


@pytest.mark.parametrize(
    ("unit", "shown", "alone"), [("hạng {}", "hạng 77", "hạng"), ("%", "77%", "%"), ("năm", "77 năm", "năm")]
)
def test_a_unit_stands_where_the_language_puts_it(unit, shown, alone):
    item = Item("99", {"id": "99-x", "unit": {"vi": unit, "en": unit}})
    assert quantity(77, item) == shown and unit_of(item) == alone
