"""The kit in a browser: slides moved by the keyboard, sheets printed on A4; nothing is cut and no page is empty."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from digigov.kit import __main__ as command
from digigov.kit.handout import handout
from digigov.kit.key import key
from digigov.kit.slides import slides
from digigov.language import LANGUAGES

A4 = {"width": 794, "height": 1123}  # at 96 dots an inch
both = pytest.mark.parametrize("code", LANGUAGES)
NOTEBOOKS = ("01", "02", "05", "06")  # long tables, a board, a lab, a timeline


@pytest.fixture
def page(browser: BrowserContext) -> Iterator[Page]:
    opened = browser.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("request", lambda request: complaints.append(request.url) if request.url.startswith("http") else None)
    yield opened
    opened.close()
    assert not complaints


def show(page: Page, html: str, folder: Path) -> None:
    path = folder / "page.html"
    path.write_text(html, encoding="utf8")
    page.goto(path.as_uri())


def pages(page: Page) -> int:
    """How many sheets of paper the page takes, as the browser prints it."""
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    return max(int(found) for found in re.findall(rb"/Count (\d+)", pdf))


def place(page: Page) -> int:
    return int(page.locator("#place").text_content().split()[0])


@both
@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_no_slide_is_cut(page, language, tmp_path, code, notebook):
    language(code)
    page.set_viewport_size({"width": 1280, "height": 720})
    show(page, slides(notebook), tmp_path)
    cut = page.evaluate(
        """() => slides.map((slide, place) => [place + 1, slide.querySelector('.body')])
             .filter(([, body]) => body.scrollHeight > body.clientHeight + 1 || body.scrollWidth > body.clientWidth + 1)
             .map(([place]) => place)"""
    )
    assert cut == []
    # Readable from the back: a fortieth of the height for the largest tables, more for everything else.
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll('.slide .body :is(p, li, td, th)')]
             .filter(node => node.textContent.trim()).map(node => parseFloat(getComputedStyle(node).fontSize)))"""
    )
    assert smallest >= 720 / 40
    empty = page.evaluate("() => slides.filter(slide => !slide.querySelector('.body').innerHTML.trim()).length")
    assert empty == 0


def test_slides_move_by_keyboard_and_a_question_is_answered_on_the_second_press(page, tmp_path):
    page.set_viewport_size({"width": 1280, "height": 720})
    show(page, slides("05"), tmp_path)
    total = page.evaluate("slides.length")
    assert place(page) == 1
    for key_name in ("ArrowRight", "Space", "PageDown"):
        page.keyboard.press(key_name)
    assert place(page) == 4
    page.keyboard.press("ArrowLeft")
    assert place(page) == 3
    page.keyboard.press("End")
    assert place(page) == total
    page.keyboard.press("ArrowRight")
    assert place(page) == total
    page.keyboard.press("Home")
    assert place(page) == 1
    at = page.evaluate("slides.findIndex(slide => slide.querySelector('.reveal')) + 1")
    page.evaluate(f"show({at - 1})")
    hidden = page.locator(".slide.now .reveal").first
    assert not hidden.is_visible()
    page.keyboard.press("ArrowRight")
    assert place(page) == at and hidden.is_visible()
    page.keyboard.press("ArrowRight")
    assert place(page) == at + 1
    page.keyboard.press("o")
    page.locator("#contents li button").nth(1).press("Enter")
    assert place(page) == 2
    page.keyboard.press("b")
    assert not page.locator(".slide.now h2").is_visible()
    page.keyboard.press("b")
    assert page.locator(".slide.now h2").is_visible()
    page.reload()
    assert place(page) == 2  # the address holds the place


@pytest.mark.parametrize("size", [(1280, 720), (1024, 768), (1920, 1080), (800, 600)])
def test_slides_fit_any_window(page, tmp_path, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    show(page, slides("05"), tmp_path)
    box = page.locator("#deck").bounding_box()
    assert box["width"] <= size[0] + 1 and box["height"] <= size[1] + 1
    assert abs(box["width"] / box["height"] - 16 / 9) < 0.01
    overflowing = (
        "slides.filter(s => s.querySelector('.body').scrollHeight > s.querySelector('.body').clientHeight + 2)"
    )
    assert page.evaluate(f"{overflowing}.length") == 0


def test_slides_print_one_to_a_page(page, tmp_path):
    page.set_viewport_size({"width": 1280, "height": 720})
    show(page, slides("05"), tmp_path)
    assert pages(page) == page.evaluate("slides.length")


@both
@pytest.mark.parametrize("notebook", NOTEBOOKS)
def test_a_handout_fits_a_few_sheets_and_nothing_runs_over_the_edge(page, language, tmp_path, code, notebook):
    language(code)
    page.set_viewport_size(A4)
    page.emulate_media(media="print")
    show(page, handout(notebook), tmp_path)
    assert 4 <= pages(page) <= 9
    assert page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    # One question, however long, is at most a page unless it says that it may be longer.
    tall = page.evaluate(
        """() => [...document.querySelectorAll('.question:not(.long)')]
             .filter(node => node.getBoundingClientRect().height > 990).length"""
    )
    assert tall == 0


@both
def test_the_key_and_the_plan_print(page, language, tmp_path, code):
    language(code)
    page.set_viewport_size(A4)
    show(page, key(["05"]), tmp_path)
    assert 5 <= pages(page) <= 14
    show(page, command.plans(), tmp_path)
    assert pages(page) == 5  # a plan a page, and the questions


# -- large type in JupyterLab


def test_large_type_is_switched_in_a_page_and_followed_by_other_pages(open_notebook):
    other = open_notebook("vi/99", width=1280, height=720)
    other.run_all()
    guide = open_notebook("vi/90", width=1280, height=720)
    guide.run_all()
    guide.paint_all()
    large = guide.page.locator(".dg-live button[aria-pressed]").nth(1)
    size = "() => parseFloat(getComputedStyle(document.querySelector('.dg-live')).fontSize)"
    text = "() => parseFloat(getComputedStyle(document.querySelector('.jp-RenderedMarkdown p')).fontSize)"
    before = guide.page.evaluate(size), guide.page.evaluate(text)
    large.click()
    assert large.get_attribute("aria-pressed") == "true"
    assert guide.page.evaluate(size) == 22 > before[0] and guide.page.evaluate(text) == 22 > before[1]
    other.page.wait_for_function("() => document.body.classList.contains('dg-projector')")
    guide.page.locator(".dg-live button[aria-pressed]").first.click()
    other.page.wait_for_function("() => !document.body.classList.contains('dg-projector')")
    assert (guide.page.evaluate(size), guide.page.evaluate(text)) == before


@pytest.mark.parametrize("name", ["birth", "rollout", "exchange"])
def test_a_lab_in_large_type_is_seen_whole(open_notebook, name):
    notebook = open_notebook(f"vi/only-{name}", width=1280, height=720)
    # Another start than the one in which somebody chose the usual type: what was chosen then is forgotten.
    notebook.execute("import os\nos.environ |= {'DIGIGOV_PROJECTOR': '1', 'DIGIGOV_START': 'another'}")
    notebook.run_all()
    cover = notebook.page.locator(".dg-cover button")
    if cover.count() and cover.first.is_visible():
        cover.first.click()
    lab = notebook.page.locator(".dg-live").first
    lab.locator(".dg-panel svg").first.wait_for()
    assert notebook.page.evaluate("document.body.classList.contains('dg-projector')")
    over_the_edge, tallest = lab.evaluate(
        """lab => {
             const right = lab.getBoundingClientRect().right + 2;
             const boxes = selector => [...lab.querySelectorAll(selector)].map(node => node.getBoundingClientRect());
             const heights = boxes('.dg-panel:not([data-wide=true]) svg').map(box => box.height);
             return [boxes('*').filter(box => box.right > right).length, Math.max(0, ...heights)];
           }"""
    )
    assert over_the_edge == 0 and tallest <= 720
    words = lab.evaluate("lab => parseFloat(getComputedStyle(lab.querySelector('table td')).fontSize)")
    assert words >= 18
