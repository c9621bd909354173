"""What the questions of the real bank say: rules of teaching that no schema can express."""

import re
from collections import Counter
from typing import Any

import pytest
import yaml

from digigov.claims import sources
from digigov.course import index, path_of
from digigov.errors import CourseError
from digigov.labs.catalogue import NAMES, outcome_of
from digigov.language import LANGUAGES
from digigov.questions.bank import QUESTIONS, Item, everything
from digigov.questions.card import public
from digigov.questions.marking import _plain, mark

BANK = everything()
CHOICES = [item for item in BANK if item.kind in ("single", "several")]
# Learners' notebooks that are there: each needs a full set of questions.
OTHERS = ("for_authors", "for_teachers")
COMPLETE = [one["id"] for one in index() if not any(map(one.get, OTHERS)) and path_of(one["id"], "vi")]


def by_id(items: list[Item]) -> Any:
    return pytest.mark.parametrize("item", items, ids=lambda item: item.id)


def texts(value: Any, path: str = "") -> dict[str, dict[str, str]]:
    """Every bilingual text of an item by its place."""
    if (
        isinstance(value, dict)
        and set(value) == set(LANGUAGES)
        and all(isinstance(side, str) for side in value.values())
    ):
        return {path: value}
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {place: text for name, part in inner for place, text in texts(part, f"{path}.{name}").items()}


# -- enough, and of every kind


@pytest.mark.parametrize("notebook", COMPLETE)
def test_a_notebook_has_at_least_eight_items_of_five_kinds_and_asks_before_it_tells(notebook):
    mine = [item for item in BANK if item.notebook == notebook]
    assert len([item for item in mine if item.part != "pretest"]) >= 8
    assert len({item.kind for item in mine}) >= 5
    assert any(item.part == "predict" for item in mine)


def test_the_template_shows_every_kind():
    kinds = Counter(item.kind for item in BANK if item.notebook == "99")
    assert set(kinds) == {
        "single",
        "several",
        "true_false",
        "number",
        "sort",
        "order",
        "match",
        "text",
        "predict",
        "opinion",
    }


def test_the_pretest_has_ten_items():
    assert len([item for item in BANK if item.part == "pretest"]) == 10


def test_no_field_stands_twice_in_an_item():
    """YAML readers silently keep the last of two."""
    for path in QUESTIONS.glob("*.yaml"):
        for node in walk(yaml.compose(path.read_text(encoding="utf8"), Loader=yaml.SafeLoader)):
            if isinstance(node, yaml.MappingNode):
                names = [key.value for key, _ in node.value]
                assert len(names) == len(set(names)), f"{path.name}:{node.start_mark.line + 1}"


def walk(node: yaml.Node) -> Any:
    yield node
    for child in node.value if not isinstance(node.value, str) else ():
        for part in child if isinstance(child, tuple) else (child,):
            yield from walk(part)


# -- words


@by_id(BANK)
def test_both_languages_say_it_and_neither_is_a_copy(item):
    for place, text in texts(item.fields).items():
        assert all(side.strip() == side and side for side in text.values()), place
        # Names, abbreviations, years and units are the same in both.
        if re.search(r"[a-zà-ỹ]{3}.* .*[a-zà-ỹ]{3}", text["vi"], re.IGNORECASE):
            assert text["vi"] != text["en"], place
        assert not re.search(r"[ăâđêôơưạ-ỹ]", without_names(text["en"]), re.IGNORECASE), place


def without_names(text: str) -> str:
    """English without what stays Vietnamese in it: names, quoted words and the numbers of laws."""
    text = re.sub(r"[“«\"(].*?[”»\")]", "", text)
    return re.sub(r"\b[A-ZĐÀ-Ỹ][\wÀ-ỹ/-]*(\s+[A-ZĐÀ-Ỹ][\wÀ-ỹ/-]*)*|\d\S*QĐ\S*", "", text)


@by_id(CHOICES)
def test_no_option_means_all_or_none_of_the_others(item):
    for text in (option["text"] for option in item["options"]):
        assert not re.search(
            r"(tất cả|mọi|không có) (các )?(phương án|đáp án|ý|câu) ?(trên|nào)", text["vi"], re.IGNORECASE
        )
        assert not re.search(r"\b(all|none|both) of (the above|these|them)\b", text["en"], re.IGNORECASE)


@pytest.mark.parametrize("language_code", LANGUAGES)
@by_id(CHOICES)
def test_length_does_not_give_the_right_option_away(item, language_code):
    right = [len(option["text"][language_code]) for option in item["options"] if option["right"]]
    wrong = [len(option["text"][language_code]) for option in item["options"] if not option["right"]]
    assert max(right) <= max(wrong)
    assert max(right + wrong) <= 1.6 * min(right + wrong)


@by_id(BANK)
def test_every_reason_says_more_than_right_or_wrong(item):
    for place, text in texts(item.fields).items():
        if ".why" in place or ".after" in place:
            assert all(len(side) >= 20 for side in text.values()), place


@by_id([item for item in BANK if item.get("options")])
def test_the_options_and_their_reasons_all_differ(item):
    for code in LANGUAGES:
        for field in ("text", "why"):
            said = [option[field][code] for option in item["options"]]
            assert len(set(said)) == len(said)


@by_id(BANK)
def test_the_hint_does_not_give_the_answer(item):
    for code in LANGUAGES:
        hint = _plain(item["hint"][code])
        if item.kind in ("single", "several"):
            assert not [
                option for option in item["options"] if option["right"] and _plain(option["text"][code]) in hint
            ]
        if item.kind == "number":
            assert str(item["answer"]).replace(".", " ") not in hint.split()
        if item.kind == "text":
            assert _plain(item["model_answer"][code]) not in hint
        assert hint != _plain(item["stem"][code])


# -- ids, sources, purposes


@by_id(BANK)
def test_ids_are_of_a_stable_form_and_sources_exist(item):
    assert re.fullmatch(rf"{item.notebook}-[a-z]+(-[a-z0-9]+)*", item.id)
    assert set(item.get("sources", [])) <= set(sources())


# -- answers


def right_answer(item: Item, code: str) -> Any:
    if item.kind == "single":
        return next(option["id"] for option in item["options"] if option["right"])
    if item.kind == "several":
        return [option["id"] for option in item["options"] if option["right"]]
    if item.kind == "sort":
        return {row["id"]: row["answer"] for row in item["rows"]}
    if item.kind == "order":
        return [step["id"] for step in item["steps"]]
    if item.kind == "match":
        return {pair["id"]: pair["id"] for pair in item["pairs"]}
    return {
        "true_false": lambda: item["right"],
        "number": lambda: item["answer"],
        "text": lambda: item["model_answer"][code],
        "predict": lambda: outcome_of(item),
    }[item.kind]()


def wrong_answer(item: Item) -> Any:
    if item.kind == "single":
        return next(option["id"] for option in item["options"] if not option["right"])
    if item.kind == "several":
        return [option["id"] for option in item["options"]]
    if item.kind == "sort":
        axes = {axis["id"]: [category["id"] for category in axis["categories"]] for axis in item["axes"]}
        return {
            row["id"]: {
                axis: next(name for name in names if name != row["answer"][axis]) for axis, names in axes.items()
            }
            for row in item["rows"]
        }
    if item.kind == "order":
        return [step["id"] for step in item["steps"]][::-1]
    if item.kind == "match":
        ids = [pair["id"] for pair in item["pairs"]]
        return dict(zip(ids, ids[1:] + ids[:1], strict=True))
    return {
        "true_false": lambda: not item["right"],
        "number": lambda: item["answer"] + 2 * item["tolerance"] + 1,
        "text": lambda: {"vi": "Không biết", "en": "I do not know"}["vi"],
        "predict": lambda: outcome_of(item) + 2 * item["tolerance"] + 1,
    }[item.kind]()


@pytest.mark.parametrize("code", LANGUAGES)
@by_id([item for item in BANK if item.kind != "opinion"])
def test_the_right_answer_scores_one_and_a_wrong_one_less(item, code, language):
    language(code)
    outcome = outcome_of(item) if item.kind == "predict" else None
    assert mark(item, right_answer(item, code), outcome).score == 1
    assert mark(item, wrong_answer(item), outcome).score < 1


@by_id([item for item in BANK if item.kind == "several"])
def test_ticking_everything_is_never_right(item):
    assert mark(item, [option["id"] for option in item["options"]]).score < 1


@by_id([item for item in BANK if item.kind == "number"])
def test_a_trap_lies_apart_from_the_answer_and_from_other_traps(item):
    values = [item["answer"], *(trap["value"] for trap in item.get("traps", []))]
    apart = 2 * item["tolerance"]
    assert all(abs(one - other) > apart for place, one in enumerate(values) for other in values[:place])
    assert len(values) > 1


@by_id([item for item in BANK if item.kind == "text"])
def test_a_text_is_not_marked_right_by_its_own_question_or_hint(item):
    for code in LANGUAGES:
        for words in (item["stem"][code], item["hint"][code], "không biết", "I do not know"):
            assert mark(item, words).score < 1, words
        keywords = [keyword for group in item["accept"][code] for keyword in group]
        assert all(len(_plain(keyword)) >= 2 for keyword in keywords)


@by_id([item for item in BANK if item.kind == "predict"])
def test_a_prediction_asks_for_what_a_lab_computes_within_its_range(item):
    low, high, _ = item["range"]
    assert item["lab"] in NAMES
    assert low <= outcome_of(item) <= high
    assert item["tolerance"] < (high - low) / 4


@by_id([item for item in BANK if item.kind == "predict"])
def test_the_topic_of_a_prediction_is_a_short_phrase_of_its_own(item):
    # Vietnamese writes a word in one or two syllables, each by itself.
    for code, most in (("vi", 17), ("en", 12)):
        topic = item["topic"][code]
        assert len(topic.split()) <= most, topic
        assert topic[0].isupper() and not re.search(r"[.?!:;]", topic), topic
        assert [other.id for other in BANK if other.get("topic", {}).get(code) == topic] == [item.id]


def test_a_prediction_of_what_no_lab_computes_is_told():
    item = next(item for item in BANK if item.kind == "predict")
    for wrong in ({"lab": "nowhere"}, {"outcome": "nothing"}):
        with pytest.raises(CourseError, match=item.id):
            outcome_of(Item(item.notebook, item.fields | wrong))


# -- where the right option stands

LEARNERS = [f"learner-{number}" for number in range(400)]


@by_id(CHOICES)
def test_the_right_option_stands_anywhere_and_where_it_stands_is_the_learner_s_own(item):
    right = {option["text"]["vi"] for option in item["options"] if option["right"]}
    count = len(item["options"])
    seen = Counter(
        place
        for learner in LEARNERS
        for place, option in enumerate(public(item, learner)["options"])
        if option["text"] in right
    )
    # 400 draws with chance r/n: five standard deviations, so that a fair shuffle fails less than once in a million.
    chance = len(right) / count
    slack = 5 * (len(LEARNERS) * chance * (1 - chance)) ** 0.5
    for place in range(count):
        assert abs(seen[place] - len(LEARNERS) * chance) <= slack
    assert public(item, "one") == public(item, "one")


def test_a_learner_who_always_takes_one_place_gets_no_more_than_chance():
    single = [item for item in CHOICES if item.kind == "single"]
    for seed in ("", *LEARNERS[:5]):
        hits: Counter[int] = Counter()
        for item in single:
            right = next(option["text"]["vi"] for option in item["options"] if option["right"])
            hits[[option["text"] for option in public(item, seed)["options"]].index(right)] += 1
        assert max(hits.values()) <= len(single) / 2
