"""From a number to its row and source: the row that is named is the one in the file."""

import csv
from collections.abc import Callable

import pytest

from digigov.claims import sources
from digigov.language import LANGUAGES
from digigov.paths import DATA
from digigov.provenance import Used, used_rows

Language = Callable[[str], None]
ONE = Used("online_services", {"id": "eligible-level4-2021-12"}, ("value_pct",))


@pytest.mark.parametrize("code", LANGUAGES)
def test_file_row_value_and_source_are_named(code: str, language: Language) -> None:
    language(code)
    page = used_rows([ONE])
    (line,) = page.text.splitlines()[1:]
    file, row, values, _ = line.split(" | ")
    with (DATA / file).open(encoding="utf-8-sig", newline="") as opened:
        lines = list(csv.reader(opened))
    found = dict(zip(lines[0], lines[int(row) - 1], strict=True))
    assert found["id"] == "eligible-level4-2021-12" and found["value_pct"] in ("96", "96.0")
    assert "96%" in values
    assert sources()[found["source"]]["url"] in page.html


def test_a_key_that_says_something_stands_before_the_values(language: Language) -> None:
    language("en")
    used = Used("egdi", {"edition": 2024, "iso3": "VNM"}, ("egdi", "rank"))
    assert "2024; VNM; " in used_rows([used]).text and "0.77" in used_rows([used]).text


def test_nothing_used_is_nothing_shown() -> None:
    assert used_rows([]).html == used_rows([]).text == ""


@pytest.mark.parametrize("key", [{"edition": 2023, "iso3": "VNM"}, {"id": "x"}])
def test_a_row_that_is_not_there_is_an_error(key: dict[str, object]) -> None:
    with pytest.raises(KeyError):
        used_rows([Used("egdi", key, ("egdi",))])
