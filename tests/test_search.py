"""A field in which one of many entries is named: any spelling that people use finds it, and nothing else does."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digigov.errors import CourseError
from digigov.labs.controls import Search
from digigov.language import LANGUAGES, folded

Language = Callable[[str], None]
ENTRIES = {
    "VNM": ("Việt Nam", "Viet Nam", "Vietnam"),
    "KOR": ("Hàn Quốc", "Korea"),
    "CIV": ("Bờ Biển Ngà", "Côte d’Ivoire"),
}
SEARCH = Search("country", "VNM", lambda: ENTRIES)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("VNM", "VNM"),
        ("vnm", "VNM"),
        ("Việt Nam", "VNM"),
        ("  VIET   NAM ", "VNM"),
        ("vietnam", "VNM"),
        ("Han quoc", "KOR"),
        ("korea", "KOR"),
        ("cote d'ivoire", "CIV"),
        ("Bo Bien Nga", "CIV"),
    ],
)
def test_a_name_is_known_in_any_spelling(typed: str, key: str) -> None:
    assert SEARCH.check(typed, "Quốc gia") == key


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_slip_is_answered_with_the_nearest_names(code: str, language: Language) -> None:
    language(code)
    with pytest.raises(CourseError, match=r"Han quok.*Hàn Quốc\.$"):
        SEARCH.check("Han quok", "Quốc gia")


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("typed", ["", "   ", "Atlantis", "qqqqqqqq", None, 3, ["VNM"], True, "x" * 5000])
def test_what_nothing_has_for_a_name_is_refused_in_a_sentence(typed: object, code: str, language: Language) -> None:
    language(code)
    with pytest.raises(CourseError) as refused:
        SEARCH.check(typed, "Quốc gia")
    words = str(refused.value)
    assert words.startswith("“Quốc gia”") and words.endswith(".") and len(words) < 160


def test_a_key_goes_before_a_name_and_a_shown_name_before_the_others() -> None:
    shared = Search("x", "A", lambda: {"A": ("Một", "B"), "B": ("Hai", "Một")})
    assert shared.check("B", "x") == "B" and shared.check("một", "x") == "A"


def test_it_shows_the_name_and_hands_the_browser_every_entry() -> None:
    assert SEARCH.show("KOR") == "Hàn Quốc"
    assert SEARCH.spec()["options"][0] == ["VNM", "Việt Nam", "Viet Nam", "Vietnam"]


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
