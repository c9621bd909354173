"""Every kind of widget is accessible by axe-core's rules and fits its page, in both themes, wide and narrow.

The labs are looked at one by one in test_every_lab.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from .jupyter import Jupyter
from .page import DARK, LIGHT, Notebook, opened

SHOWN = ["vi/00", "vi/01", "vi/02", "vi/06", "vi/99", "en/05"]

# Whatever is wider than the room it has, and so cut off or laid over its neighbour.
TOO_WIDE = """() => [...document.querySelectorAll('.dg, .dg *:not(svg *, select, option, textarea, input)')]
    .filter(node => node.offsetParent && getComputedStyle(node).display !== 'inline')
    .filter(node => node.scrollWidth > node.clientWidth + 1)
    .map(node => `${node.tagName}.${node.className} by ${node.scrollWidth - node.clientWidth}: ${node.textContent}`)"""
STICKING_OUT = """() => [...document.querySelectorAll('.dg')].flatMap(root => {
    const room = root.getBoundingClientRect();
    return [...root.querySelectorAll('input, select, textarea, button, svg, img, table')]
        .filter(node => node.offsetParent !== null || node.tagName === 'svg')
        .map(node => [node, node.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.right > room.right + 1 || box.left < room.left - 1))
        .map(([node, box]) => `${node.tagName} ${node.id} ends at ${box.right}, the page at ${room.right}`);
})"""
SMALL_CONTROLS = """() => [...document.querySelectorAll('.dg :is(select, textarea, [type=text], [type=range])')]
    .filter(node => node.offsetParent && node.getBoundingClientRect().width < 90)
    .map(node => `${node.tagName} ${node.id} ${node.getBoundingClientRect().width}`)"""
# Text of a figure, as boxes: out of the picture, or over another text.
BAD_TEXT = """() => [...document.querySelectorAll('.dg-panel svg')].flatMap((svg, number) => {
    const room = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')]
        .filter(text => text.textContent.trim())
        .map(text => [text.textContent, text.getBoundingClientRect()])
        .filter(([, box]) => box.width);
    const out = texts.filter(([, box]) => box.left < room.left - 1 || box.right > room.right + 1 ||
        box.top < room.top - 1 || box.bottom > room.bottom + 1)
        .map(([text]) => `panel ${number}: «${text}» sticks out`);
    const over = texts.flatMap(([text, a], index) => texts.slice(index + 1)
        .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
            Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3)
        .map(([other]) => `panel ${number}: «${text}» over «${other}»`));
    return [...out, ...over];
})"""

ANSWER_AND_UNCOVER = """() => {
    for (const card of document.querySelectorAll('form.dg-card')) {
        card.querySelector('.dg-choice input')?.click();
        if (card.querySelector('.dg-choice input')) card.querySelector('button.dg-main').click();
    }
    document.querySelectorAll('.dg-cover button').forEach(button => button.click());
}"""
LIFT = """() => {
    window.homes = [...document.querySelectorAll('.dg')].map(node => [node, node.parentNode]);
    const stage = document.createElement('main');
    stage.id = 'stage';
    for (const [node] of window.homes) {
        const room = document.createElement('div');
        room.className = 'jp-OutputArea-output jp-RenderedHTMLCommon';
        room.style.background = 'var(--jp-layout-color0)';
        room.append(node);
        stage.append(room);
    }
    document.body.append(stage);
    document.getElementById('main').style.visibility = 'hidden';
    document.body.style = 'overflow: visible; height: auto';
}"""
LOWER = """() => {
    window.homes.forEach(([node, home]) => home.append(node));
    document.getElementById('stage').remove();
    document.getElementById('main').style.visibility = '';
    document.body.style = '';
}"""


@pytest.fixture(scope="module", params=SHOWN)
def shown(request: pytest.FixtureRequest, browser: BrowserContext, jupyter: Jupyter) -> Iterator[Notebook]:
    """A notebook that was run, with every card answered that a click answers, and everything opened."""
    jupyter.forget()
    with opened(browser, jupyter, request.param) as notebook:
        notebook.run_all()
        notebook.page.evaluate("document.querySelectorAll('.dg details').forEach(details => details.open = true)")
        notebook.page.evaluate(ANSWER_AND_UNCOVER)
        notebook.paint_all()
        yield notebook


@contextmanager
def lifted(page: Page) -> Iterator[None]:
    """Our output alone on the page: in JupyterLab's body, which has no height, axe takes all text for invisible."""
    page.evaluate(LIFT)
    yield
    page.evaluate(LOWER)


def serious_violations(notebook: Notebook, theme: str) -> list[str]:
    """What axe-core finds serious in our output, as reports."""
    notebook.theme(theme)
    with lifted(notebook.page):
        found = Axe().run(notebook.page, context=".dg")
    rules = [rule["id"] for rule in found.response["violations"] if rule["impact"] in ("serious", "critical")]
    return [found.generate_report(rule) for rule in rules]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_no_serious_violation_of_the_rules_of_accessibility(shown, theme):
    assert serious_violations(shown, theme) == []


def test_the_rules_of_accessibility_bite(open_notebook):
    notebook = open_notebook("vi/lab")
    notebook.run_all()
    notebook.paint_all()
    with lifted(notebook.page):
        notebook.page.add_style_tag(content=".dg p { color: #999 !important; background: #aaa !important }")
        found = Axe().run(notebook.page, context=".dg").response["violations"]
    paragraphs = notebook.page.locator(".dg p").filter(visible=True).count()
    assert [len(rule["nodes"]) > paragraphs / 2 for rule in found if rule["id"] == "color-contrast"] == [True]


@pytest.mark.parametrize("width", [1280, 800])
def test_all_text_and_controls_have_room(shown, width):
    shown.page.set_viewport_size({"width": width, "height": 900})
    shown.page.wait_for_timeout(300)
    for script in (TOO_WIDE, STICKING_OUT, SMALL_CONTROLS, BAD_TEXT):
        assert shown.page.evaluate(script) == []
