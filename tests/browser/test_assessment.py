"""The self-assessment as a learner uses it: by keyboard alone, found again after a reload, taken away as files."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, expect

from digigov.agency.scale import catalogue, scale
from digigov.language import say

from .page import DARK, LIGHT, Notebook
from .test_looks import BAD_TEXT, SMALL_CONTROLS, STICKING_OUT, TOO_WIDE, serious_violations

EVIDENCE = "412/655 hồ sơ, d d x a b tháng 7/2026"  # in JupyterLab's command mode these letters delete and add cells


class Form:
    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self.node = notebook.output(1).locator(".dg-live")
        self.name = self.node.locator("input[id$='-name']")
        self.sentence = self.node.locator(".dg-sentence")

    def button(self, key: str) -> Locator:
        return self.node.get_by_role("button", name=say(f"assessment.{key}"), exact=True)

    def card(self, name: str) -> Locator:
        return self.node.locator(f"[data-indicator={name}]")

    def step(self, name: str) -> Locator:
        return self.node.locator("nav button").nth(list(scale()).index(name))

    def radio(self, name: str, level: int) -> Locator:
        return self.card(name).locator("input[type=radio]").nth(level - 1)

    def move(self, name: str) -> Locator:
        return self.node.locator(f"[data-move={name}] input[type=checkbox]")

    def saved(self) -> None:
        expect(self.node.locator(".dg-saved")).to_have_text(f"✓ {say('assessment.saved')}")

    def mark(self, name: str, level: int) -> None:
        self.step(name).click()
        self.radio(name, level).check()

    def fetch(self, key: str) -> Download:
        with self.notebook.page.expect_download() as found:
            self.button(key).click()
        return found.value


def shown(notebook: Notebook) -> Form:
    notebook.run_all()
    notebook.paint_all()
    return Form(notebook)


@pytest.fixture
def form(open_notebook) -> Form:
    return shown(open_notebook("vi/assessment"))


def test_it_is_filled_by_keyboard_alone_and_found_again(form: Form) -> None:
    first, second, *_ = scale()
    keys = form.notebook.page.keyboard
    form.notebook.start_at(form.name)
    cells = form.notebook.cells()
    keys.type("UBND xã Phím")
    form.notebook.tab_to(form.radio(first, 1))
    keys.press("Space")
    keys.press("ArrowDown")
    keys.press("ArrowDown")
    expect(form.radio(first, 3)).to_be_checked()
    form.notebook.tab_to(form.card(first).locator("textarea"))
    keys.type(EVIDENCE)
    following = form.card(first).locator("button.dg-main")
    form.notebook.tab_to(following)
    keys.press("Enter")
    expect(form.card(second).locator("h4")).to_be_focused()
    expect(form.card(first)).to_be_hidden()
    form.notebook.tab_to(form.radio(second, 1))
    keys.press("Space")
    form.saved()
    expect(form.sentence).to_contain_text("2 trên 16")
    expect(form.step(first)).to_have_text("1a · 3 ✓")
    chosen = form.node.locator("[data-move]").filter(visible=True).first.get_attribute("data-move") or ""
    form.notebook.tab_to(form.move(chosen))
    keys.press("Space")
    expect(form.move(chosen)).to_be_checked()
    expect(form.move(chosen)).to_be_focused()
    form.saved()
    assert form.notebook.cells() == cells

    form.notebook.leave()
    form.notebook.open("vi/assessment")
    again = shown(form.notebook)
    expect(again.name).to_have_value("UBND xã Phím")
    expect(again.radio(first, 3)).to_be_checked()
    expect(again.card(first).locator("textarea")).to_have_value(EVIDENCE)
    expect(again.move(chosen)).to_be_checked()
    expect(again.step(second)).to_have_text("1b · 1")


def test_what_is_half_typed_goes_with_the_round_that_it_belongs_to(form: Form) -> None:
    first = next(iter(scale()))
    form.mark(first, 2)
    form.card(first).locator("textarea").fill("dở dang")
    form.button("another").click()  # at once, before the half second after which typing is kept
    expect(form.card(first).locator("textarea")).to_have_value("")
    expect(form.radio(first, 2)).not_to_be_checked()
    form.node.locator("select[id$='-round']").select_option(index=1)
    expect(form.card(first).locator("textarea")).to_have_value("dở dang")
    expect(form.radio(first, 2)).to_be_checked()


def test_a_fourth_move_is_refused_where_it_stands(form: Form) -> None:
    for name in scale():
        form.mark(name, 2)
    form.node.evaluate("node => node.querySelectorAll('details').forEach(one => one.open = true)")
    names = list(catalogue())
    for name in names[:3]:
        form.move(name).check()
        form.saved()
    form.move(names[3]).click()
    expect(form.node.locator(".dg-notice")).to_have_text(say("assessment.too_many", most="3"))
    expect(form.move(names[3])).not_to_be_checked()
    expect(form.move(names[0])).to_be_checked()


def test_a_second_round_shows_two_outlines(form: Form) -> None:
    first = next(iter(scale()))
    panels = form.node.locator(".dg-panel")
    expect(panels.nth(1)).to_be_hidden()
    form.mark(first, 2)
    form.saved()
    form.button("again").click()
    expect(panels.nth(1)).to_be_visible()
    form.mark(first, 4)
    expect(form.node.locator("[aria-label='Trước và sau'] table")).to_contain_text("▲ +2")
    outlines = [
        panels.nth(1).locator(f"g[id$='-outline-{name}'] path").first.get_attribute("d") for name in ("before", "after")
    ]
    assert outlines[0] != outlines[1]


def test_files_come_with_one_click_and_need_nothing_else(form: Form, tmp_path: Path) -> None:
    first = next(iter(scale()))
    form.name.fill("UBND xã Tải Về")
    form.mark(first, 3)
    form.card(first).locator("textarea").fill("<b>5/9</b> tháng 7/2026")
    form.saved()
    for key, ending in (("report.html", ".html"), ("report.md", ".md"), ("report.json", ".json")):
        found = form.fetch(key)
        assert found.suggested_filename.endswith(ending)
        found.save_as(tmp_path / f"file{ending}")
    page = form.notebook.page.context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "file.html").as_uri())
    expect(page.locator("h1")).to_have_text(say("assessment.report.title"))
    expect(page.locator(".agency")).to_have_text("UBND xã Tải Về")
    expect(page.locator("body")).to_contain_text("<b>5/9</b> tháng 7/2026")
    assert len(asked) == 1 and page.locator("svg").count() == 1
    page.pdf(path=tmp_path / "file.pdf", prefer_css_page_size=True)
    assert (tmp_path / "file.pdf").read_bytes().startswith(b"%PDF")
    page.close()
    assert f"# {say('assessment.report.title')}" in (tmp_path / "file.md").read_text(encoding="utf8")
    small = (tmp_path / "file.json").read_text(encoding="utf8")
    assert json.loads(small)["levels"] == {first: 3} and "Tải Về" not in small and "5/9" not in small


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("name", ["vi/assessment", "en/assessment", "vi/class"])
def test_it_is_accessible_and_fits_wide_and_narrow(open_notebook, name: str, theme: str) -> None:
    form = shown(open_notebook(name))
    if name.endswith("assessment"):
        for place, button in enumerate(form.node.locator("nav button").all()):
            button.click()
            form.node.locator(".dg-indicator").nth(place).locator("input[type=radio]").nth(place % 4).check()
        form.node.locator(".dg-actions button").nth(1).click()
        expect(form.node.locator(".dg-panel").nth(1)).to_be_visible()
    form.node.evaluate("node => node.querySelectorAll('details').forEach(one => one.open = true)")
    assert serious_violations(form.notebook, theme) == []
    for width in (1280, 800):
        form.notebook.page.set_viewport_size({"width": width, "height": 900})
        form.notebook.page.wait_for_timeout(300)
        for script in (TOO_WIDE, STICKING_OUT, SMALL_CONTROLS, BAD_TEXT):
            assert form.notebook.page.evaluate(script) == [], (width, script[:60])
