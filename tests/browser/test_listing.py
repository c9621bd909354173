"""Forty choices in one table: sorted, filtered and made by keyboard, on a narrow page too."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from digigov.labs.portfolio import PortfolioLab
from digigov.language import number, say

from .page import Notebook, opened

ROWS = len(PortfolioLab().listing.rows)


class Table:
    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.lab = notebook.output(1).locator(".dg-live")
        self.node = self.lab.locator(".dg-listing")
        self.rows = self.node.locator("tbody tr:not([hidden])")
        self.search = self.node.locator("input[type=text]")
        self.brief = self.node.locator(".dg-brief")

    def head(self, label: str) -> Locator:
        return self.node.locator("thead th").filter(has_text=label)

    def column(self, label: str) -> list[str]:
        return self.rows.locator(f'td[data-label="{label}"]').all_text_contents()

    def names(self) -> list[str]:
        return self.rows.locator("th").all_text_contents()

    def counts(self, shown: int) -> None:
        expect(self.node.locator(".dg-count")).to_have_text(
            say("lab.listing.count", shown=number(shown), all=number(ROWS))
        )


@pytest.fixture(scope="module", params=[1280, 800])
def opened_table(request, browser, jupyter) -> Iterator[Table]:
    jupyter.forget()
    with opened(browser, jupyter, "vi/only-portfolio", width=request.param) as notebook:
        notebook.run_all()
        notebook.paint_all()
        notebook.page.get_by_role("button", name=say("lab.uncover")).click()
        yield Table(notebook)


@pytest.fixture
def table(opened_table: Table) -> Table:
    """The list as it stands at first."""
    opened_table.lab.get_by_role("button", name=say("lab.reset")).click()
    opened_table.node.get_by_role("button", name=say("lab.listing.all")).click()
    burden = opened_table.head(say("portfolio.column.burden"))
    while burden.get_attribute("aria-sort") != "descending":
        burden.locator("button").click()
    return opened_table


def test_rows_stand_by_burden_and_are_sorted_by_their_heads(table: Table) -> None:
    burden = say("portfolio.column.burden")
    read = [float(cell.replace(".", "").replace(",", ".")) for cell in table.column(burden)]
    assert read == sorted(read, reverse=True) and len(read) == ROWS
    table.notebook.start_at(table.head(burden).locator("button"))
    table.notebook.page.keyboard.press("Enter")
    expect(table.head(burden)).to_have_attribute("aria-sort", "ascending")
    read = [float(cell.replace(".", "").replace(",", ".")) for cell in table.column(burden)]
    assert read == sorted(read)
    names = table.head(say("lab.listing.name")).locator("button")
    names.focus()
    table.notebook.page.keyboard.press("Enter")
    expect(table.head(say("lab.listing.name"))).to_have_attribute("aria-sort", "ascending")
    assert table.head(burden).get_attribute("aria-sort") is None
    assert table.notebook.focus_is_ours()


def test_a_word_without_its_marks_finds_its_rows_and_all_come_back(table: Table) -> None:
    table.search.fill("khai sinh")
    found = table.names()
    assert 0 < len(found) < 5 and all("khai sinh" in name.lower() for name in found)
    table.counts(len(found))
    table.search.fill("KHAI SINH")
    assert table.names() == found
    table.search.fill("dat dai")
    assert table.names() and table.names() != found
    table.search.fill("không có thủ tục nào tên như thế")
    assert table.names() == []
    table.counts(0)
    table.node.get_by_role("button", name=say("lab.listing.all")).click()
    table.counts(ROWS)


def test_a_choice_moves_the_scoreboard_beside_it_and_can_be_filtered(table: Table) -> None:
    before, picture = table.brief.text_content(), table.lab.locator(".dg-sentence").text_content()
    cells = table.notebook.cells()
    first = table.rows.first.locator("select")
    name = table.names()[0]
    table.notebook.start_at(first)
    table.notebook.page.keyboard.press("ArrowDown")
    expect(table.brief).not_to_have_text(before or "")
    expect(table.lab.locator(".dg-sentence")).not_to_have_text(picture or "")
    assert table.names()[0] == name, "the row must stay under the learner's hand"
    chosen = first.input_value()
    assert chosen != "leave"
    pick = table.node.locator(".dg-filter").filter(has_text=say("lab.listing.choice")).locator("select")
    pick.select_option(chosen)
    assert table.names() == [name]
    table.counts(1)
    assert table.notebook.cells() == cells
    table.lab.get_by_role("button", name=say("lab.reset")).click()
    expect(table.brief).to_have_text(before or "")


def test_a_preset_sorts_and_filters_the_list_anew(table: Table) -> None:
    pick = table.node.locator(".dg-filter").filter(has_text=say("lab.listing.choice")).locator("select")
    pick.select_option("online")
    table.counts(0)
    table.lab.get_by_role("button", name=say("portfolio.preset.best_online"), exact=True).click()
    expect(table.rows.first).to_be_visible()
    assert {row.locator("td select").input_value() for row in table.rows.all()} == {"online"}
    table.lab.get_by_role("button", name=say("lab.reset")).click()
    table.counts(0)


def test_a_register_is_found_among_others(table: Table) -> None:
    label = say("portfolio.column.registers")
    pick = table.node.locator(".dg-filter").filter(has_text=label).locator("select")
    words = say("portfolio.register.population")
    pick.select_option(words)
    held = table.column(label)
    assert any(" + " in cell for cell in held) and all(words in cell.split(" + ") for cell in held)
