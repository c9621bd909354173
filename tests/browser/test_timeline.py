"""The timeline: a day picked by typing, slider, button or bar shows what Python says was in force."""

from datetime import date

import pytest
from playwright.sync_api import Locator, expect

from digigov.language import date as shown
from digigov.language import say
from digigov.timeline import FIRST, LAST, in_force
from digigov.timeline_view import DEFAULT, _sentence

from .page import Notebook


class Strip:
    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.node = notebook.output(1).locator(".dg-live")
        self.day = self.node.locator("input[type=date]")
        self.month = self.node.locator("input[type=range]")

    def trouble(self) -> Locator:
        return self.node.locator(".dg-notice").filter(visible=True)

    def shows(self, day: date) -> None:
        expect(self.node.locator(".dg-count")).to_have_text(_sentence(day))
        held = {entry.id for entries in in_force(day).values() for entry in entries}
        seen = self.node.locator("[data-entry]").filter(visible=True)
        assert {node.get_attribute("data-entry") for node in seen.all()} == held


@pytest.fixture
def strip(open_notebook) -> Strip:
    notebook = open_notebook("vi/timeline")
    notebook.run_all()
    notebook.paint_all()
    return Strip(notebook)


def test_a_day_is_picked_in_four_ways(strip: Strip) -> None:
    strip.shows(DEFAULT)
    strip.day.fill("2022-08-14")
    strip.day.blur()
    strip.shows(date(2022, 8, 14))
    strip.node.get_by_role("button", name=shown(date(2022, 8, 15)), exact=True).first.click()
    strip.shows(date(2022, 8, 15))
    cells = strip.notebook.cells()
    strip.month.focus()
    strip.notebook.page.keyboard.press("End")
    strip.shows(date(2026, 12, 1))
    strip.notebook.page.keyboard.press("Home")
    strip.shows(FIRST)
    bar = strip.node.locator("input[type=radio]").first
    bar.focus()
    strip.notebook.page.keyboard.press("Space")
    strip.notebook.page.keyboard.press("ArrowDown")
    assert strip.notebook.focus_is_ours() and strip.notebook.cells() == cells


def test_a_day_outside_is_told_and_the_last_one_stays(strip: Strip) -> None:
    strip.day.fill("2031-01-01")
    strip.day.blur()
    expect(strip.trouble()).to_have_text(
        say("timeline.outside", day=shown(date(2031, 1, 1)), first=shown(FIRST), last=shown(LAST))
    )
    strip.shows(DEFAULT)
    strip.day.fill("2026-06-30")
    strip.day.blur()
    expect(strip.trouble()).to_have_count(0)
    strip.shows(date(2026, 6, 30))
