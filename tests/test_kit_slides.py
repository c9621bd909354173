"""The kit's slides: what a notebook becomes for a room, and that no answer is told too early."""

import re
from html import escape

import pytest

from digigov.kit import __main__ as command
from digigov.kit import prose, sheets
from digigov.kit.slides import caption, deck, narrowed, planned, question, slides
from digigov.language import LANGUAGES, say
from digigov.questions.bank import items
from test_kit import plain, words

NOTEBOOKS = command.with_questions()
both = pytest.mark.parametrize("code", LANGUAGES)


@both
@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_slides_hold_the_headings_the_pictures_and_the_questions(language, code, notebook):
    language(code)
    html = slides(notebook)
    book = prose.notebook(notebook)
    for cell in book["cells"]:
        if cell["cell_type"] == "markdown" and cell["id"] not in ("needs", "next"):
            for heading in re.findall(r"^##+ (.+)$", prose.source(cell), flags=re.MULTILINE):
                assert plain(heading.replace("*", "")) in words(html), heading
    stored = "".join(str(cell.get("outputs", "")) for cell in book["cells"]).count("data:image/png")
    assert html.count("data:image/png") == stored
    assert html.count('<section class="slide question') == len(items(notebook))
    assert "Error displaying" not in html and "model_id" not in html
    assert ".ipynb" not in html  # not even to the page of all claims


@both
def test_slides_say_how_they_are_moved_and_no_minutes(language, code):
    language(code)
    html = slides("01")
    assert escape(say("kit.keys")) in html and "built-in" not in html
    lone = {"vi": "Đến đây: khoảng", "en": "So far: about"}[code]
    assert lone not in html


@both
def test_what_points_around_a_picture_is_left_out_of_its_slide(language, code):
    language(code)
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", slides("05"))
    assert len(captions) == 3 and not [one for one in captions if re.search(say("kit.elsewhere"), one)]
    assert all(one.endswith(".") for one in captions)
    assert caption("A; the line above 1 is bold.") == "A; the line above 1 is bold."


@both
def test_a_wide_table_loses_its_remarks_and_no_figure(language, code):
    language(code)
    heads = ("Đo cái gì", "Ghi chú") if code == "vi" else ("Measures", "Note")
    call, row = 'table("online_services")', "".join(f"<td>{place}</td>" for place in range(2, 8))
    ends = [f'<th scope="col">{name}</th>' for name in ("a", "b", "c", "d", "e", *heads)]
    shown = narrowed(f"<table><tr>{''.join(ends)}</tr><tr><th>1</th>{row}</tr></table>", call)
    assert heads[0] in shown and heads[1] not in shown and "<td>6</td>" in shown and "<td>7</td>" not in shown
    narrow = f"<table><tr>{''.join(ends[1:])}</tr></table>"
    assert narrowed(narrow, call) == narrow


@both
def test_slides_of_the_half_day_plan_are_marked(language, code):
    language(code)
    assert planned("05") == {"predict-quiz", "lab", "extremes"} and planned("12") == set()
    assert slides("12").count(' used">') == 0 < slides("05").count(' used">')


def test_a_number_is_answered_on_its_slide():
    (number, *_) = [one for one in sheets.asked("01")["predict"] if one.item.kind == "number"]
    assert 'class="blank"' in question(number)


def test_before_the_answer_every_cell_of_a_sorting_has_its_box():
    (sort,) = [one for one in sheets.asked("01")["activity"] if one.item.kind == "sort"]
    before = re.sub(r'<span class="tick reveal">.*?</span>', "", question(sort))
    table = re.search(r"<tbody>.*</tbody>", before, flags=re.DOTALL)[0]
    boxes = [cell.count('class="square"') for cell in re.findall(r"<td>(.*?)</td>", table)]
    assert boxes and set(boxes) == {1}


def test_every_second_and_third_heading_begins_a_slide():
    made = deck(prose.notebook("05"), sheets.asked("05"))
    texts = [cell.source for cell in made.cells if cell.cell_type == "markdown"]
    assert all(len(re.findall(r"^##+ ", text, flags=re.MULTILINE)) <= 1 for text in texts)
    assert made.cells[0].metadata["slide"] == {"kind": "title", "running": "", "used": False}
    assert {"title", "words", "divider", "question", "output"} == {
        cell.metadata["slide"]["kind"] for cell in made.cells
    }


def test_a_prediction_tells_nothing_before_the_lab():
    html = slides("05").partition('<main id="deck"')[2]
    predicted = re.findall(r'<section class="slide question[ "].*?</section>', html, flags=re.DOTALL)[:3]
    assert not [slide for slide in predicted if "reveal" in slide]
    for slide in re.findall(r'<section class="slide question[ "].*?</section>', slides("02"), flags=re.DOTALL)[:2]:
        assert 'class="reveal' not in slide  # a number to guess, though no lab marks it
