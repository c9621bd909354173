"""Every kind of widget is accessible by axe-core's rules and fits its page, in both themes, wide and narrow."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext

from digigov.language import say

from .jupyter import Jupyter
from .page import DARK, LIGHT, Notebook, opened

SHOWN = ["vi/00", "vi/01", "vi/02", "vi/05", "vi/99", "en/05", "en/99"]

# Whatever is wider than the room it has, and so cut off or laid over its neighbour.
TOO_WIDE = """() => [...document.querySelectorAll('.dg, .dg :is(table, th, td, label, button, output, legend, p, h3, h4, li, span)')]
    .filter(node => node.offsetParent && getComputedStyle(node).display !== 'inline')
    .filter(node => node.scrollWidth > node.clientWidth + 1)
    .map(node => `${node.tagName}.${node.className} ${node.scrollWidth} > ${node.clientWidth}: ${node.textContent.slice(0, 60)}`)"""
STICKING_OUT = """() => [...document.querySelectorAll('.dg')].flatMap(root => {
    const room = root.getBoundingClientRect();
    return [...root.querySelectorAll(':is(input, select, textarea, button, svg, table, img)')]
        .filter(node => node.offsetParent !== null || node.tagName === 'svg')
        .map(node => [node, node.getBoundingClientRect()])
        .filter(([, box]) => box.width && (box.right > room.right + 1 || box.left < room.left - 1))
        .map(([node, box]) => `${node.tagName}.${node.className} ends at ${box.right}, the page at ${room.right}`);
})"""
SMALL_CONTROLS = """() => [...document.querySelectorAll('.dg :is(select, textarea, input[type=text], input[type=range])')]
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
        box.top < room.top - 1 || box.bottom > room.bottom + 1).map(([text]) => `panel ${number}: «${text}» sticks out`);
    const over = texts.flatMap(([text, a], index) => texts.slice(index + 1)
        .filter(([, b]) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
            Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3)
        .map(([other]) => `panel ${number}: «${text}» over «${other}»`));
    return [...out, ...over];
})"""


@pytest.fixture(scope="module", params=SHOWN)
def shown(request: pytest.FixtureRequest, browser: BrowserContext, jupyter: Jupyter) -> Iterator[Notebook]:
    """A notebook that was run, with every card answered that a click answers, and everything opened."""
    jupyter.forget()
    with opened(browser, jupyter, request.param) as notebook:
        notebook.run_all()
        notebook.page.evaluate("document.querySelectorAll('.dg details').forEach(details => details.open = true)")
        for card in notebook.page.locator("form.dg-card").all():
            for choice in card.locator(".dg-choice input").all()[:1]:
                choice.click()
                card.locator("button.dg-main").click()
        for button in notebook.page.locator(".dg-cover button").all():
            button.click()
        notebook.page.wait_for_timeout(500)
        yield notebook


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_no_serious_violation_of_the_rules_of_accessibility(shown, theme):
    shown.theme(theme)
    found = Axe().run(shown.page, context=".dg")
    serious = [rule for rule in found.response["violations"] if rule["impact"] in ("serious", "critical")]
    assert not serious, "\n".join(found.generate_report(rule["id"]) for rule in serious)


@pytest.mark.parametrize("width", [1280, 800])
def test_all_text_and_controls_have_room(shown, width):
    shown.page.set_viewport_size({"width": width, "height": 900})
    shown.page.wait_for_timeout(300)
    for script in (TOO_WIDE, STICKING_OUT, SMALL_CONTROLS, BAD_TEXT):
        assert shown.page.evaluate(script) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_text_of_a_figure_has_room_at_every_preset(browser, jupyter, language, monkeypatch):
    monkeypatch.setenv("DIGIGOV_LANG", language)
    jupyter.forget()
    with opened(browser, jupyter, f"{language}/lab") as notebook:
        notebook.run_all()
        notebook.page.get_by_role("button", name=say("lab.uncover")).first.click()
        for preset in notebook.page.locator(".dg-presets").first.get_by_role("button").all():
            preset.click()
            notebook.page.wait_for_timeout(400)
            assert notebook.page.evaluate(BAD_TEXT) == [], preset.text_content()
