"""The rollout lab: turned by mouse, keys, buttons and code; picture, words and controls always say the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from digigov.labs.rollout import RolloutLab
from digigov.language import number, say

from .jupyter import Jupyter
from .page import Notebook, opened

DEFAULT_TEAMS = f"{number(20)} {say('unit.teams')}"


class Lab:
    """One view of the lab."""

    def __init__(self, notebook: Notebook, cell: int) -> None:
        self.page = notebook.page
        self.node = notebook.output(cell).locator(".dg-live")
        self.sentence = self.node.locator(".dg-sentence")
        self.notice = self.node.locator(".dg-notice")
        self.code = self.node.locator(".dg-code code")  # comes with the picture's frame

    def slider(self, name: str) -> Locator:
        return self.node.locator(f"input[id$='-{name}']")

    def value(self, name: str) -> Locator:
        return self.node.locator(f"output[for$='-{name}']")

    def button(self, key: str) -> Locator:
        return self.node.get_by_role("button", name=say(key), exact=True)

    def preset(self, name: str) -> None:
        self.button(f"rollout.preset.{name}").click()

    def picture(self) -> list[str]:
        """Geometry of all that can move."""
        return self.node.locator(".dg-panel g[id] > path").evaluate_all(
            "paths => paths.map(path => path.getAttribute('d'))"
        )

    def rows(self) -> list[str]:
        return self.node.locator(".dg-measures tbody tr").all_text_contents()

    def reset(self) -> None:
        self.button("lab.reset").click()
        expect(self.code).to_have_text("rollout()")

    def settled(self, teams: str) -> None:
        """Wait until value and sentence both tell of so many teams."""
        expect(self.value("teams")).to_have_text(teams)
        expect(self.sentence).to_contain_text(f" {teams},")


@pytest.fixture(scope="module")
def notebook(browser: BrowserContext, jupyter: Jupyter) -> Iterator[Notebook]:
    jupyter.forget()
    with opened(browser, jupyter, "vi/lab") as notebook:
        notebook.run_all()
        yield notebook


@pytest.fixture
def lab(notebook: Notebook) -> Lab:
    """The lab at its defaults and uncovered."""
    lab = Lab(notebook, 1)
    if lab.button("lab.uncover").is_visible():
        lab.button("lab.uncover").click()
    lab.reset()
    return lab


def test_the_picture_waits_for_a_prediction_or_a_click(open_notebook):
    notebook = open_notebook("vi/lab")
    notebook.run_all()
    lab = Lab(notebook, 1)
    expect(lab.sentence).to_be_hidden()
    expect(lab.node.locator(".dg-panel").first).to_be_hidden()
    notebook.start_at(lab.slider("fit"))
    notebook.tab_to(lab.button("lab.uncover"))
    notebook.page.keyboard.press("Enter")
    expect(lab.sentence).to_be_visible()
    expect(lab.node.locator(".dg-panel").first).to_be_visible()
    assert notebook.focus_is_ours()


def test_arrow_keys_move_picture_sentence_and_table(lab, notebook):
    picture, sentence, rows = lab.picture(), lab.sentence.text_content(), lab.rows()
    lab.slider("teams").focus()
    cells = notebook.cells()
    notebook.page.keyboard.press("ArrowRight")
    lab.settled(f"{number(30)} {say('unit.teams')}")
    assert lab.picture() != picture
    assert lab.sentence.text_content() != sentence
    assert lab.rows() != rows
    assert lab.slider("teams").get_attribute("aria-valuetext") == f"{number(30)} {say('unit.teams')}"
    assert notebook.cells() == cells


def test_a_fast_drag_ends_at_the_last_value_and_never_jumps_back(lab):
    lab.value("build_months").evaluate(
        "node => { window.seen = []; new MutationObserver(() => window.seen.push(parseInt(node.textContent)))"
        ".observe(node, {childList: true}); }"
    )
    lab.slider("build_months").scroll_into_view_if_needed()
    box = lab.slider("build_months").bounding_box()
    mouse, middle = lab.page.mouse, box["y"] + box["height"] / 2
    start = box["x"] + 8 + (box["width"] - 16) / 60  # the thumb at 1 of 0 to 60
    mouse.move(start, middle)
    mouse.down()
    for step in range(1, 41):
        mouse.move(start + step * (box["width"] * 0.8) / 40, middle)
    mouse.up()
    expect(lab.sentence).to_contain_text("năm.", timeout=5000)
    lab.page.wait_for_timeout(700)  # frames that come late would be seen now
    seen = lab.page.evaluate("window.seen")
    assert len(set(seen)) > 20
    assert seen == sorted(seen)
    last = int(lab.slider("build_months").input_value())
    assert seen[-1] == last > 40
    dragged = lab.picture()
    lab.reset()
    lab.slider("build_months").evaluate(
        "(node, value) => { node.value = value; node.dispatchEvent(new Event('input')); }", last
    )
    expect(lab.code).to_have_text(f"rollout(build_months={last})")
    assert lab.picture() == dragged


def test_presets_and_reset(lab):
    picture = lab.picture()
    for preset in RolloutLab.presets[1:]:
        lab.preset(preset.name)
        for name, value in preset.values.items():
            expect(lab.code).to_contain_text(f"{name}={value:g}")
        assert lab.picture() != picture
    lab.reset()
    assert lab.picture() == picture


def test_replay_shows_before_and_after(lab):
    before = lab.picture()
    lab.preset("loses")
    lab.settled(f"{number(40)} {say('unit.teams')}")
    after = lab.picture()
    lab.button("lab.replay").click()
    assert lab.picture() == before
    lab.button("lab.replay.after").click()
    assert lab.picture() == after
    lab.button("lab.replay.before").click()
    assert lab.picture() == before


def test_the_table_comes_as_a_file(lab):
    with lab.page.expect_download() as coming:
        lab.button("lab.csv").click()
    assert coming.value.suggested_filename == "rollout.csv"
    text = Path(coming.value.path()).read_text(encoding="utf-8")
    assert text.startswith("\ufeff")
    assert f'"{say("rollout.control.teams")}";"{DEFAULT_TEAMS}"' in text
    for row in lab.node.locator(".dg-measures tbody tr").all():
        assert ";".join(f'"{cell}"' for cell in row.locator("th, td").all_text_contents()) in text


def test_the_line_to_share_is_copied(lab):
    lab.slider("teams").focus()
    lab.page.keyboard.press("ArrowLeft")
    expect(lab.code).to_have_text("rollout(teams=15)")
    lab.button("lab.copy").click()
    expect(lab.button("lab.copied")).to_be_visible()
    assert lab.page.evaluate("navigator.clipboard.readText()") == "rollout(teams=15)"


def test_assumptions_open_with_unit_and_source(lab):
    lab.node.get_by_text(say("lab.assumptions")).click()
    shown = lab.node.locator(".dg-assumption")
    assert shown.count() == sum(not control.front for control in RolloutLab.controls)
    for row in shown.all():
        assert row.locator(".dg-source").text_content()
        assert row.locator("output").text_content()
    rows = lab.rows()
    lab.slider("team_cost").focus()
    lab.page.keyboard.press("End")
    expect(lab.code).to_have_text("rollout(team_cost=1)")
    assert lab.rows() != rows
    lab.node.get_by_text(say("lab.assumptions")).click()


def test_nonsense_from_code_is_a_sentence_and_the_lab_goes_on(lab, notebook):
    picture = lab.picture()
    notebook.execute("lab.set(teams=-3)")
    expect(lab.notice).to_contain_text(say("rollout.control.teams"))
    lab.settled(DEFAULT_TEAMS)
    assert lab.picture() == picture
    notebook.execute("lab.set(teams=60)")
    lab.settled(f"{number(60)} {say('unit.teams')}")
    expect(lab.notice).to_be_hidden()


def test_two_views_of_one_lab_agree_and_another_lab_is_left_alone(lab, notebook):
    twin, other = Lab(notebook, 2), Lab(notebook, 3)
    alone = other.value("teams").text_content()
    for view, teams in ((lab, 30), (twin, 40), (lab, 60)):
        view.slider("teams").focus()
        view.page.keyboard.press("ArrowRight")
        for either in (lab, twin):
            either.settled(f"{number(teams)} {say('unit.teams')}")
    assert lab.picture() == twin.picture()
    assert other.value("teams").text_content() == alone == DEFAULT_TEAMS
