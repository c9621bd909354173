"""Language: the folder decides it, numbers and dates follow it."""

import os
from datetime import date
from pathlib import Path

import pytest

from digigov import language as words


@pytest.mark.parametrize(
    ("value", "digits", "vi", "en"),
    [
        (1226, None, "1.226", "1,226"),
        (0.7709, None, "0,7709", "0.7709"),
        (0.1 + 0.2, None, "0,3", "0.3"),
        (43.2, None, "43,2", "43.2"),
        (-440, None, "-440", "-440"),
        (6_798_000, None, "6.798.000", "6,798,000"),
        (12, 1, "12,0", "12.0"),
        (1226.4, 0, "1.226", "1,226"),
    ],
)
def test_numbers_are_written_the_language_s_way(language, value, digits, vi, en):
    assert words.number(value, digits) == vi
    language("en")
    assert words.number(value, digits) == en


@pytest.mark.parametrize(
    ("value", "digits", "vi", "en"),
    [
        (43.2, None, "43,2%", "43.2%"),
        (96, None, "96%", "96%"),
        (0.004, None, "0,004%", "0.004%"),
        (100, 1, "100,0%", "100.0%"),
        (1234.5, None, "1.234,5%", "1,234.5%"),
    ],
)
def test_percentages_have_no_space_and_only_the_decimals_they_came_with(language, value, digits, vi, en):
    assert words.percent(value, digits) == vi
    language("en")
    assert words.percent(value, digits) == en


def test_dates_are_as_exact_as_they_are_known(language):
    known = ("2021-06-15", "2021-12", "2021")
    assert words.date(date(2021, 6, 15)) == "15/6/2021"
    assert [words.partial_date(text) for text in known] == ["15/6/2021", "12/2021", "2021"]
    language("en")
    assert words.date(date(2021, 6, 15)) == "15 June 2021"
    assert [words.partial_date(text) for text in known] == ["15 June 2021", "December 2021", "2021"]


@pytest.fixture
def asked_by_folder(monkeypatch):
    monkeypatch.delenv("DIGIGOV_LANG")


def test_the_folder_decides_the_language_and_the_nearest_one_wins(asked_by_folder, tmp_path, monkeypatch):
    for folder, expected in (("vi", "vi"), ("en", "en"), ("vi/courses/en", "en"), ("en/vi/old", "vi")):
        place = tmp_path / folder
        place.mkdir(parents=True, exist_ok=True)
        monkeypatch.chdir(place)
        assert words.current() == expected, folder
        assert words.folder_is_known()


def test_the_server_s_name_of_the_notebook_comes_before_the_working_folder(asked_by_folder, tmp_path, monkeypatch):
    folder = tmp_path / "vi"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "en" / "01-what-is-digital-government.ipynb"))
    assert words.current() == "en"


def test_a_notebook_in_an_unknown_folder_speaks_vietnamese_and_knows_that_it_guesses(asked_by_folder, monkeypatch):
    monkeypatch.chdir(Path(os.path.abspath(os.sep)))
    assert words.current() == "vi"
    assert not words.folder_is_known()


def test_an_unknown_language_in_the_environment_is_ignored(monkeypatch):
    monkeypatch.chdir(Path(os.path.abspath(os.sep)))
    monkeypatch.setenv("DIGIGOV_LANG", "xx")
    assert words.current() == "vi"


def test_a_bilingual_text_shows_the_learner_s_side_and_a_plain_text_itself(language):
    assert words.pick({"vi": "số", "en": "digital"}) == "số"
    language("en")
    assert words.pick({"vi": "số", "en": "digital"}) == "digital"
    assert words.pick("X-Road") == "X-Road"


def test_words_take_values_and_leave_placeholders_for_the_browser_without_them():
    assert "{answered}" in words.say("card.total")
    assert words.say("course.minutes", minutes=20).startswith("20")
    with pytest.raises(KeyError):
        words.say("no.such.key")


def test_a_front_end_gets_only_the_words_of_its_prefix():
    handed = words.words_of("card")
    assert handed["verdict.right"] == words.say("card.verdict.right")
    assert not any(key.startswith("card.") for key in handed)
