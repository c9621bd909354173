"""Review, final test and report in the browser: by keyboard, after a reload, in both themes, wide and narrow."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from digigov.language import pick, say
from digigov.questions.bank import Item, everything
from digigov.record import Record
from digigov.record_copy import Answer, written

from .jupyter import Jupyter
from .page import DARK, LIGHT, Notebook, opened
from .test_looks import SMALL_CONTROLS, STICKING_OUT, TOO_WIDE, serious_violations

# Questions that ask how sure one is, and have radio buttons.
ASKED = [item for item in everything() if item.get("confidence") and item.kind in ("single", "true_false")][:3]
# Long ago: these are misses whatever the clock of the test's machine says.
LONG_AGO = datetime(2022, 3, 1, tzinfo=UTC)
REVIEW, TEST, REPORT = 1, 2, 3  # cells of the scratch notebook


def missed(jupyter: Jupyter, items: list[Item], sure: int = 3) -> None:
    """Fill the record of the next kernel with misses."""
    at = [LONG_AGO.replace(minute=minute).strftime("%Y-%m-%dT%H:%M:%S.%fZ") for minute in range(len(items))]
    tries = [Answer(item.id, "x", 0.0, "vi", moment, sure) for item, moment in zip(items, at, strict=True)]
    Record(jupyter.record).load(written(tries, []))


def right(item: Item) -> str:
    if item.kind == "true_false":
        return say(f"card.{str(item['right']).lower()}")
    return next(pick(option["text"]) for option in item["options"] if option["right"])


def radios_of(node: Locator) -> Locator:
    return node.locator(".dg-sure input")


def test_a_session_is_reviewed_by_keyboard_alone(open_notebook, jupyter):
    missed(jupyter, ASKED)
    notebook = open_notebook("vi/review")
    notebook.run_all()
    widget = notebook.output(REVIEW)
    expect(widget.locator(".dg-lines p").first).to_contain_text(say("review.part.oversure", count=3))
    cards = widget.locator("form.dg-card")
    expect(cards).to_have_count(3)
    notebook.start_at(cards.first.locator(".dg-choice input").first)
    before = notebook.cells()
    for item in ASKED:
        card = notebook.card(item.id)
        notebook.tab_to(card.node.locator(".dg-choice input").first)
        notebook.page.keyboard.press("Space")
        for _ in range(4):
            if not card.choice(right(item)).is_checked():
                notebook.page.keyboard.press("ArrowDown")
        sure = radios_of(card.node)
        notebook.tab_to(sure.first)
        notebook.page.keyboard.press("Space")
        notebook.page.keyboard.press("ArrowDown")
        expect(sure.nth(1)).to_be_checked()
        notebook.tab_to(card.main)
        notebook.page.keyboard.press("Enter")
        card.wait("right")
        expect(card.main).to_be_focused()
        expect(sure.nth(1)).to_be_disabled()
        expect(card.node.locator(".dg-feedback > p").last).to_contain_text(say("review.later", when="").strip(" ."))
        assert notebook.cells() == before
    expect(widget.locator(".dg-lines p").first).to_have_text(say("review.over"))
    assert [Record(jupyter.record).last(item.id).confidence for item in ASKED] == [2, 2, 2]


def test_the_link_of_a_card_opens_its_notebook_beside(open_notebook, jupyter, browser):
    missed(jupyter, ASKED[:1])
    notebook = open_notebook("vi/review")
    notebook.run_all()
    link = notebook.output(REVIEW).locator(".dg-origin a").first
    with browser.expect_page() as opening:
        link.click()
    beside = opening.value
    beside.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60000)
    assert f"/vi/{ASKED[0].notebook}-" in beside.url
    beside.close()


def test_the_test_is_begun_resumed_and_handed_in_by_keyboard(open_notebook, jupyter):
    notebook = open_notebook("vi/review")
    notebook.run_all()
    widget = notebook.output(TEST)
    start = widget.get_by_role("button", name=say("exam.start"))
    notebook.start_at(start)
    notebook.page.keyboard.press("Enter")
    expect(widget.locator("h3")).to_be_focused()
    cards = widget.locator("form.dg-card")
    asked = [card.get_attribute("data-item") for card in cards.all()]
    card = widget.locator("form.dg-card:has(.dg-choice input[type=radio])").first
    name = card.get_attribute("data-item")
    notebook.tab_to(card.locator(".dg-choice input").first)
    notebook.page.keyboard.press("Space")
    notebook.tab_to(card.locator("button[type=submit]"))
    notebook.page.keyboard.press("Enter")
    expect(card).to_have_attribute("data-state", "kept")
    expect(card.locator(".dg-verdict")).to_have_text(say("exam.kept"))
    expect(card.locator(".dg-feedback li")).to_have_count(0)
    expect(widget.get_by_role("button", name=say("card.hint"))).to_have_count(0)

    notebook.leave()
    notebook.open("vi/review")
    notebook.run_all()
    assert [one.get_attribute("data-item") for one in cards.all()] == asked
    again = widget.locator(f'form[data-item="{name}"]')
    expect(again).to_have_attribute("data-state", "kept")
    expect(again.locator(".dg-choice input").first).to_be_checked()

    hand_in = widget.locator(".dg-actions > button").last
    notebook.start_at(hand_in)
    notebook.page.keyboard.press("Enter")
    expect(hand_in).to_have_text(say("exam.sure_open", count=len(asked) - 1))
    notebook.page.keyboard.press("Enter")
    expect(widget.locator("caption")).to_have_text(say("exam.by_outcome"))
    expect(widget.locator("h3")).to_be_focused()
    assert again.get_attribute("data-state") in ("right", "wrong")
    expect(again.locator("button[type=submit]")).to_be_hidden()
    assert Record(jupyter.record).last(name).score is not None


def test_the_report_is_one_file_with_the_name_that_was_typed(open_notebook, jupyter, tmp_path):
    missed(jupyter, ASKED)
    notebook = open_notebook("vi/review")
    notebook.run_all()
    widget = notebook.output(REPORT)
    widget.locator("input").fill("Nguyễn Thị Mai")
    with notebook.page.expect_download() as download:
        widget.get_by_role("button", name=say("completion.download")).click()
    path = Path(download.value.path())
    text = path.read_text(encoding="utf8")
    assert download.value.suggested_filename.endswith(".html") and text.startswith("<!doctype html>")
    assert say("completion.of", name="Nguyễn Thị Mai") in text
    widget.get_by_role("button", name=say("completion.show")).click()
    report = widget.locator(".dg-report")
    expect(report.locator("h4")).to_have_count(6)
    expect(report).to_be_focused()
    assert "Nguyễn" not in (report.text_content() or "")


# -- looks


@pytest.fixture(scope="module")
def shown(browser: BrowserContext, jupyter: Jupyter) -> Iterator[Notebook]:
    """A session with an answer, a test that was handed in, and the report."""
    jupyter.forget()
    missed(jupyter, ASKED)
    with opened(browser, jupyter, "vi/review") as notebook:
        notebook.run_all()
        card = notebook.output(REVIEW).locator("form.dg-card").first
        card.locator(".dg-choice input").first.click()
        card.locator("button[type=submit]").click()
        test = notebook.output(TEST)
        test.get_by_role("button", name=say("exam.start")).click()
        cards = test.locator("form.dg-card:has(.dg-choice input[type=radio])")
        for place in range(3):
            cards.nth(place).locator(".dg-choice input").first.click()
            cards.nth(place).locator("button[type=submit]").click()
            expect(cards.nth(place)).to_have_attribute("data-state", "kept")
        hand_in = test.locator(".dg-actions > button").last
        hand_in.click()
        hand_in.click()
        expect(test.locator("caption")).to_be_visible()
        notebook.output(REPORT).get_by_role("button", name=say("completion.show")).click()
        expect(notebook.output(REPORT).locator("h4")).to_have_count(6)
        notebook.paint_all()
        yield notebook


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_no_serious_violation_of_the_rules_of_accessibility(shown, theme):
    assert serious_violations(shown, theme) == []


@pytest.mark.parametrize("width", [1280, 800])
def test_all_text_and_controls_have_room(shown, width):
    shown.page.set_viewport_size({"width": width, "height": 900})
    shown.page.wait_for_timeout(300)
    for script in (TOO_WIDE, STICKING_OUT, SMALL_CONTROLS):
        assert shown.page.evaluate(script) == []
