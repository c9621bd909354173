"""The page of the article's claims: all twelve, graded, and the way to it from every notebook."""

import re
from collections.abc import Callable

import pytest

from digigov import claim_pages, claims, sources
from digigov.claim_pages import CELL, HOME, all_claims, claim_cards, link_to_all
from digigov.claims import GRADES, SHAPES
from digigov.claims import claims as found_claims
from digigov.claims import sources as all_sources
from digigov.course import index, path_of, title_of
from digigov.errors import CourseError
from digigov.figure_origins import origins
from digigov.figure_ties import cell, every_notebook, ties
from digigov.language import LANGUAGES, number, say
from digigov.paths import DATA
from notebook_checks import cells, source
from test_notebooks import PATHS, load

Language = Callable[[str], None]
both = pytest.mark.parametrize("code", LANGUAGES)
SUPPORTED = {"vi": ("Có bằng chứng: ", "Chưa có bằng chứng: "), "en": ("Supported: ", "Not supported: ")}
LINK = re.compile(r'<a href="([^"#]+)#cell-id=([\w-]+)">')


@both
def test_the_page_has_one_row_a_claim_with_its_grade_first(code: str, language: Language) -> None:
    language(code)
    lines = all_claims().text.splitlines()
    rows = [line.split(" | ") for line in lines[2:14]]
    assert [row[1] for row in rows] == [f"C{place}" for place in range(1, 13)]
    for row, claim in zip(rows, found_claims(), strict=True):
        assert row[0] == SHAPES[claim["grade"]] + " " + say(f"grade.{claim['grade']}")
        assert row[2] == claim["short"][code] and len(row[2]) <= 130
        assert row[3] == ", ".join(claim["taught"])


@both
def test_each_claim_is_there_in_full_and_folded(code: str, language: Language) -> None:
    language(code)
    page = all_claims()
    assert page.html.count('<details class="dg-claim">') == 12
    for claim in found_claims():
        assert claim["words"][code] in page.text and claim["reason"][code] in page.text
        assert say(f"grade.{claim['grade']}") in page.text
    assert {claim["grade"] for claim in found_claims()} == set(GRADES)  # the words below the table explain all four


@both
def test_where_a_claim_is_taught_is_a_link_to_each_notebook_that_is_there(code: str, language: Language) -> None:
    language(code)
    for claim in found_claims():
        html = claim_cards([claim["id"]]).html
        for name in claim["taught"]:
            path = path_of(name, code)
            assert path is None or f'href="{path.name}"' in html, name
            assert path is not None or title_of(name) in html


@both
def test_what_is_partly_confirmed_says_which_part(code: str) -> None:
    supported, not_supported = SUPPORTED[code]
    for claim in found_claims():
        reason = claim["reason"][code]
        named = reason.startswith(supported) and not_supported in reason
        assert named == (claim["grade"] == "partly"), claim["id"]


@both
@pytest.mark.parametrize("notebook", [entry["id"] for entry in index() if entry["id"] != HOME])
def test_every_notebook_has_the_way_to_the_page(code: str, notebook: str, language: Language) -> None:
    language(code)
    expected = (path_of(HOME, code).name, CELL)
    assert LINK.findall(sources(notebook).html) == [expected]
    assert LINK.findall(claims("C7").html) == [expected]


@both
def test_the_page_itself_has_no_link_to_itself(code: str, language: Language) -> None:
    language(code)
    assert not LINK.search(sources(HOME).html) and not LINK.search(claims().html)


@both
def test_the_cell_that_the_link_names_shows_the_page(code: str, language: Language) -> None:
    (found,) = [one for one in cells(load(PATHS[code][HOME]), "code") if one["id"] == CELL]
    assert source(found) == "claims()"
    before = load(PATHS[code][HOME])["cells"][[one["id"] for one in load(PATHS[code][HOME])["cells"]].index(CELL) - 1]
    language(code)
    assert re.search("“(.+)”", link_to_all().text)[1] == source(before).splitlines()[0].removeprefix("### ")
    calls = [source(one) for one in cells(load(PATHS[code][HOME]), "code")]
    assert not any(call.startswith('claims("') for call in calls)  # cards would link to the page that they stand on


def test_without_notebook_01_there_is_no_link(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claim_pages, "path_of", lambda *_: None)
    assert link_to_all().html == ""


def test_a_claim_that_does_not_exist_is_told(language: Language) -> None:
    with pytest.raises(CourseError, match="C99"):
        claim_cards(["C99"])


# -- where the figures come from


@both
@pytest.mark.parametrize("notebook", [name for name in every_notebook() if ties(name)])
def test_a_figure_of_a_table_stands_beside_its_row_and_source(code: str, notebook: str, language: Language) -> None:
    language(code)
    page = origins(notebook)
    lines = page.text.splitlines()
    for entry in (entry for entries in ties(notebook).values() for entry in entries if "cell" in entry):
        one = cell(entry["cell"])
        where = say("origins.place", file=one.table.resource["path"], row=number(one.place))
        assert any(line.split(" | ")[1].endswith(where) for line in lines if line.count(" | ") == 3), where
        address = all_sources()[one.row["source"]].get("url")
        assert address is None or address.replace("&", "&amp;") in page.html
    assert (
        page.html.startswith("<details") and page.html.count("<details") == 1
    )  # the first click; a link is the second


def test_a_row_is_the_one_in_the_file(language: Language) -> None:
    language("en")
    one = cell("egdi:2024/VNM:egdi")
    lines = (DATA / one.table.resource["path"]).read_text(encoding="utf8").splitlines()
    assert lines[one.place - 1].startswith("2024,VNM,71,0.77092")
    for wrong in ("egdi:2024/VNX:egdi", "egdi:2024:egdi", "egdi:new/VNM:egdi"):
        with pytest.raises(CourseError, match=wrong):
            cell(wrong)


def test_a_model_s_figure_names_the_lab_the_preset_and_what_was_changed(language: Language) -> None:
    language("en")
    text = origins("05").text
    assert "Lab: ten years or three months?, “Digital government loses”" in text
    assert "“As the article says”, changed: " in text
    language("vi")
    assert "đổi: Tỷ lệ dịch vụ hợp với nền tảng: 90%" in origins("05").text


def test_no_list_where_no_figure_is_tied() -> None:
    assert origins("98").html == ""
