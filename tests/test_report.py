"""The report on the question bank finds what it says it looks for."""

from typing import Any

import pytest

import samples
from digigov.kit import report
from digigov.kit.exchange import bank
from digigov.language import LANGUAGES, say
from digigov.questions.bank import Item


def item(kind: str = "single", name: str = "x", **fields: Any) -> Item:
    return Item("01", samples.fields(kind, name) | fields)


def asks(text: str, **fields: Any) -> Item:
    return item(stem={"vi": text, "en": text}, **fields)


def test_coverage_counts_every_purpose_and_names_what_is_lacking():
    items = [item(claims=["C1", "C2"], outcomes=["L1"], misconceptions=[]), item(claims=["C1"], misconceptions=["M16"])]
    counted = report.coverage(items, "claims")
    assert (counted["C1"], counted["C2"], counted["C12"]) == (2, 1, 0) and len(counted) == 12
    lacking = report.missing(items * 2, "claims")
    assert "C1" not in lacking and lacking["C2"] == 1 and lacking["C12"] == 3
    assert "M16" not in report.missing(items * 2, "misconceptions")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Năm 2021, 96% dịch vụ", True),
        ("96 % of services", True),
        ("1.226 dịch vụ", True),
        ("1,226 services", True),
        ("điểm 0,653", True),
        ("Từ ngày 15/8/2022", False),
        ("năm 2021, bài 05, mức độ 4", False),
        ("Nghị định 42/2022", False),
    ],
)
def test_a_figure_without_a_source_is_found(text, found):
    assert bool(report.without_source([asks(text, sources=[])])) is found
    assert not report.without_source([asks(text, sources=["papi-2022"])])
    assert not report.without_source([asks(text, sources=[], part="activity")])  # read from the lab


def test_a_right_answer_that_stands_out_by_its_length_is_found():
    options = [samples.option("right", True), samples.option("b", False), samples.option("c", False)]
    options[0]["text"] = {"vi": "a much longer answer", "en": "short"}
    options[1]["text"] = {"vi": "b", "en": "a wrong one"}
    long = item(options=options)
    assert report.longest_is_right([long]) == [long]


def test_lengths_are_those_of_the_language(language):
    language("en")
    options = [samples.option("right", True), samples.option("b", False), samples.option("c", False)]
    options[0]["text"] = {"vi": "a much longer answer", "en": "short"}
    options[1]["text"] = {"vi": "b", "en": "a wrong one"}
    assert report.longest_is_right([item(options=options)]) == []


def test_places_of_the_right_answer_are_counted_by_the_number_of_options():
    second = [samples.option("b", False), samples.option("right", True), samples.option("c", False)]
    assert report.positions([item(), item(), item(options=second), item("several")]) == {3: {1: 2, 2: 1}}


def test_questions_nearly_the_same_are_found_and_others_are_not():
    one = asks("Tháng 8 năm 2022, bao nhiêu phần trăm dịch vụ đủ điều kiện đã ở mức độ bốn?", name="a")
    other = asks("Tháng 8 năm 2022, bao nhiêu phần trăm dịch vụ đủ điều kiện đã ở mức độ ba?", name="b")
    third = asks("Vì sao nền tảng dùng chung có thể đắt hơn làm riêng?", name="c")
    found = report.doubles([one, other, third])
    assert [(a.id, b.id) for _, a, b in found] == [(one.id, other.id)] and found[0][0] >= report.ALIKE


def test_sentences_end_where_a_reader_ends_them():
    text = "Năm 2021 có 1.226 dịch vụ. “Bao nhiêu?” Ghi 43,2% v.v. nếu cần.\nDòng hai"
    assert report.sentences(text) == ["Năm 2021 có 1.226 dịch vụ.", "“Bao nhiêu?” Ghi 43,2% v.v. nếu cần.", "Dòng hai"]
    found = report.reading([asks("Một hai ba. Bốn năm."), asks("Một")])
    assert (found.average, found.longest) == (2.0, 3)
    long = asks(" ".join(["từ"] * 40))
    assert report.long_sentences([long, asks("ngắn")]) == [(long, 40)]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_report_on_the_real_bank_says_all_of_it(language, code):
    language(code)
    text = report.report(bank())
    lines = text.splitlines()
    assert str(len(bank())) in lines[0] and "130" in lines[0]
    for name in (*report.CLAIMS, *report.MISCONCEPTIONS, *report.OUTCOMES):
        assert f"{name} " in text
    total = next(line for line in lines if line.startswith(("Cả bộ", "All")))
    assert total.split()[-1] == str(len(bank()))
    assert say("kit.report.purpose") in lines and say("kit.kind.true_false") in text and "true_false" not in text
    assert "{" not in text and "None" not in text and "\n\n\n" not in text
