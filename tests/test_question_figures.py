"""Every telling figure of the questions is the same in both languages and comes from somewhere.

A figure of a question is known when it is printed by a tie of the item in `data/figures/NN.yaml`, or is a cell of a row
whose source the item names, or a number that the item itself holds (answer, trap, range, the lab's outcome); in items
that are answered away from a lab also when a tie of the notebook's prose prints it.
"""

import re
from collections import Counter
from copy import deepcopy
from functools import cache

import pytest

from digigov import tables
from digigov.documents import read
from digigov.figure_ties import parts_of, ties
from digigov.labs.catalogue import outcome_of
from digigov.language import number, percent
from digigov.paths import DATA, NOTEBOOKS
from digigov.questions.bank import Item, everything, find
from figure_values import WORDS, bilingual_texts, dates, printed, prose, stands, telling

BANK = everything()
# A table of thousands of numbers would know almost any figure; what is quoted of it needs a tie.
FEW_ROWS = 60
YAML_DATA = sorted(path.stem for path in DATA.glob("*.yaml"))
# Numbers in names, which are written one way: codes of procedures, a resolution, a licence, a version.
NAMES = re.compile(r"\b\d\.\d{6}\b|66\.7/2025|CC BY 4\.0|Babel \d+\.\d+")
each_item = pytest.mark.parametrize("item", BANK, ids=lambda item: item.id)


def both_sides(value: object, alike: frozenset[str] = frozenset()) -> list[str]:
    """Texts whose telling numbers or dates differ between the languages; `alike` are printed the same in both."""
    faults = []
    for place, text in bilingual_texts(value):
        sides = {code: text[code] for code in text}
        for form in alike:
            sides = {code: side.replace(form, "") for code, side in sides.items()}
        sides = {code: NAMES.sub("", side) for code, side in sides.items()}
        vi, en = (telling(sides[code], code) for code in ("vi", "en"))
        if vi != en:
            faults.append(f"{place}: only vi {dict(vi - en)}, only en {dict(en - vi)}")
        days, others = (dates(sides[code], code) for code in ("vi", "en"))
        if days != others:
            faults.append(f"{place}: only vi {sorted(days - others)}, only en {sorted(others - days)}")
    return faults


def alike(item: Item) -> frozenset[str]:
    found = ties(item.notebook, "questions").get(item.id, [])
    return frozenset(entry["plain"] for entry in found if "plain" in entry)


@cache
def of_prose(notebook: str) -> frozenset[str]:
    return frozenset(form for entries in ties(notebook).values() for entry in entries for form in printed(entry, "en"))


def of_sources(names: list[str]) -> set[str]:
    """Numbers of the rows that rest on these sources."""
    rows = [row for name in tables.names() if len(tables.load(name).rows) <= FEW_ROWS for row in tables.load(name).rows]
    values = [value for row in rows if row.get("source") in names for value in row.values()]
    return {form for value in values if type(value) in (int, float) for form in (number(value), percent(value))}


def of_item(item: Item) -> set[str]:
    """Numbers that the item itself holds, as they may be rounded."""
    held = [item.get("answer"), item.get("tolerance"), *(item.get("range") or [])]
    held += [trap["value"] for trap in item.get("traps") or []]
    if item.kind == "predict":
        held.append(outcome_of(item))
    held = [value for value in held if type(value) in (int, float)]
    return {form for value in held for form in rounded(value)}


def rounded(value: float) -> set[str]:
    return {form(value, digits) for digits in (None, 0, 1, 2) for form in (number, percent)}


def given_away(item: Item, code: str) -> list[str]:
    """Forms of a prediction's outcome that stand in its topic: in digits, or in words before their unit."""
    outcome = outcome_of(item)
    unit = {"vi": "phần trăm", "en": "per cent"}[code] if item["unit"][code] == "%" else item["unit"][code]
    measured = unit if "{}" in unit else f"{{}} {unit}"
    words = [measured.format(word) for word in WORDS[code][round(outcome) : round(outcome) + 1]]
    return sorted(form for form in (*rounded(outcome), *words) if stands(form, item["topic"][code]))


def known(item: Item) -> set[str]:
    """Every form in which a figure of this item may stand, in English."""
    tied = {form for entry in ties(item.notebook, "questions").get(item.id, []) for form in printed(entry, "en")}
    away = frozenset() if item.part in ("predict", "activity") else of_prose(item.notebook)
    return tied | away | of_sources(item.get("sources") or []) | of_item(item)


def unknown(item: Item) -> dict[str, str]:
    """Telling figures of an item that come from nowhere, with where they stand."""
    found = known(item) | alike(item)
    return {
        figure: place
        for place, text in bilingual_texts(item.fields)
        for figure in telling(text["en"], "en")
        if figure not in found
    }


@each_item
def test_figures_are_the_same_in_both_languages(item):
    assert both_sides(item.fields, alike(item)) == []


@each_item
def test_no_figure_of_a_question_comes_from_nowhere(item, language):
    language("en")
    assert unknown(item) == {}


@pytest.mark.parametrize("code", ("vi", "en"))
@pytest.mark.parametrize("item", [item for item in BANK if item.kind == "predict"], ids=lambda item: item.id)
def test_the_topic_of_a_prediction_does_not_hold_its_outcome(item, code, language):
    language(code)
    assert given_away(item, code) == []


def tied_items() -> list[tuple[Item, dict]]:
    return [(item, entry) for item in BANK for entry in ties(item.notebook, "questions").get(item.id, [])]


@pytest.mark.parametrize(("item", "entry"), tied_items(), ids=[f"{i.id}-{e}" for i, e in tied_items()])
@pytest.mark.parametrize("code", ("vi", "en"))
def test_a_tie_of_a_question_prints_a_figure_that_stands_in_it(item, entry, code, language):
    language(code)
    texts = [text[code] for _, text in bilingual_texts(item.fields)] + [number(item.get("answer") or 0)]
    texts += [percent(item.get("answer") or 0)] + [number(trap["value"]) for trap in item.get("traps") or []]
    assert any(stands(form, text) for form in printed(entry, code) for text in texts), printed(entry, code)


def lab_answers() -> list[Item]:
    return [item for item in BANK if item.kind == "number" and item.part == "activity"]


@pytest.mark.parametrize("item", lab_answers(), ids=lambda item: item.id)
def test_an_answer_that_is_read_off_a_lab_is_the_lab_s(item, language):
    language("en")
    forms = {number(item["answer"]), percent(item["answer"])}
    found = ties(item.notebook, "questions").get(item.id, [])
    runs = [entry for entry in found if "model" in entry and parts_of(entry["model"])[0]]
    assert any(forms & set(printed(entry, "en")) for entry in runs), forms


@pytest.mark.parametrize("name", YAML_DATA)
def test_figures_of_the_data_are_the_same_in_both_languages(name):
    assert both_sides(read(DATA / f"{name}.yaml")) == []


@pytest.mark.parametrize("notebook", sorted(path.name[:2] for path in (NOTEBOOKS / "vi").glob("*.ipynb")))
def test_dates_of_the_prose_are_the_same_in_both_languages(notebook):
    vi, en = prose("vi", notebook), prose("en", notebook)
    assert {cell: dates(vi[cell], "vi") for cell in vi} == {cell: dates(en[cell], "en") for cell in en}


# -- none of this could pass whatever the questions said


def spoilt(item_id: str, place: str, code: str, old: str, new: str) -> Item:
    """A copy of an item with a figure changed on one side of a text."""
    fields = deepcopy(find(item_id).fields)
    text = fields
    for part in place.split("."):
        text = text[part] if isinstance(text, dict) else next(one for one in text if one["id"] == part)
    assert old in text[code]
    text[code] = text[code].replace(old, new, 1)
    return Item(item_id[:2], fields)


def test_a_figure_changed_in_one_language_is_found():
    item = spoilt("05-predict-share", "why", "vi", "10,2%", "10,3%")
    assert both_sides(item.fields) == [".why: only vi {'10.3%': 1}, only en {'10.2%': 1}"]


@pytest.mark.parametrize(
    ("item_id", "code", "old", "new", "form"),
    [
        ("05-predict-share", "vi", "Tỷ lệ", "Chỉ 10,2%", "10,2%"),
        ("05-predict-share", "en", "Share", "Only 10%", "10%"),
        ("05-predict-months", "vi", "Số tháng", "Ba tháng", "ba tháng"),
        ("05-predict-months", "en", "Months", "Three months", "three months"),
        ("13-predict-india", "en", "rank", "rank 97", "97"),
        ("13-predict-rescaled", "vi", "Chỉ số", "Chỉ số 0,33", "0,33"),
    ],
)
def test_an_outcome_in_a_topic_is_found(item_id, code, old, new, form, language):
    language(code)
    assert given_away(spoilt(item_id, "topic", code, old, new), code) == [form]


@pytest.mark.parametrize(
    ("item_id", "place", "old", "new"),
    [
        ("05-predict-share", "why", "10.2%", "10.3%"),  # the lab's outcome
        ("05-activity-one-change", "why", "10.1 years", "10.2 years"),  # tied to the lab
        ("05-check-single-change", "pairs.fit.why", "10.1 years", "10.2 years"),  # the prose's
        ("08-check-gift-cash", "options.cash.why", "99.83%", "99.38%"),  # read at a source
        ("09-activity-order", "why", "91.8%", "81.8%"),
    ],
)
def test_a_figure_that_comes_from_nowhere_is_found(item_id, place, old, new, language):
    language("en")
    item = spoilt(item_id, place, "en", old, new)
    assert list(unknown(item).values()) == [f".{place}"]


def test_a_stale_tie_and_a_stale_answer_are_found(language):
    language("en")
    assert printed({"model": "lab('pooling', local=0.35).waits[1]", "number": 1}, "en") == ["17.5"]
    item = find("11-activity-luck")
    moved = Item(item.notebook, {**item.fields, "answer": 18.7})
    with pytest.raises(AssertionError):
        test_an_answer_that_is_read_off_a_lab_is_the_lab_s(moved, language)


def test_a_date_changed_in_one_language_is_found():
    (claim,) = [claim for claim in read(DATA / "claims.yaml") if claim["id"] == "C7"]
    moved = {"reason": {**claim["reason"], "vi": claim["reason"]["vi"].replace("12/2021", "11/2021")}}
    assert both_sides(claim) == []
    assert both_sides(moved) == [".reason: only vi [(0, 11, 2021)], only en [(0, 12, 2021)]"]


@pytest.mark.parametrize(
    ("vi", "en", "found"),
    [
        ("Ngày 15/6/2021, rồi tháng 8/2022", "On 15 June 2021, then in August 2022", {(15, 6, 2021), (0, 8, 2022)}),
        ("từ 12/2025 đến 5/2026", "Dec 2025-May 2026", {(0, 12, 2025), (0, 5, 2026)}),
        ("quý 2/2026", "second quarter of 2026", {(0, 0, 2026)}),
        ("khoảng 2019-2020", "about 2019-20", {(0, 0, 2019), (0, 0, 2020)}),
        ("Nghị định 42/2022, Thông tư 05/2015; 2.019", "Decree 42/2022, Circular 05/2015; 2,019", set()),
    ],
)
def test_dates_of_both_languages_are_read_alike(vi, en, found):
    assert dates(vi, "vi") == dates(en, "en") == found


def test_numbers_of_both_languages_are_read_alike():
    assert telling("1.226 dịch vụ, 43,2%, 100%", "vi") == telling("1,226 services, 43.2%, 100%", "en")
    assert telling("43,2%", "vi") == Counter({"43.2%": 1}) and len(WORDS["vi"]) == len(WORDS["en"]) == 21
