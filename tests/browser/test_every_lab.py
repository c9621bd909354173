"""Every lab in the browser: presets, switches, choices and sliders say the same there as in Python, and all fits."""

from collections.abc import Iterator
from typing import Any, ClassVar

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from digigov.errors import CourseError
from digigov.labs.catalogue import NAMES, lab_class
from digigov.labs.controls import AnyControl
from digigov.labs.frame import Lab, Values
from digigov.language import folded, say

from .jupyter import Jupyter
from .page import DARK, LIGHT, Notebook, opened
from .test_looks import BAD_TEXT, SMALL_CONTROLS, STICKING_OUT, TOO_WIDE, serious_violations


class Shown:
    """One lab on the page, and the same lab in Python to hold it against."""

    def __init__(self, notebook: Notebook, name: str, language: str) -> None:
        self.notebook = notebook
        self.language = language
        self.lab: Lab = lab_class(name)()
        self.node = notebook.output(1).locator(".dg-live")
        self.code = self.node.locator(".dg-code code")

    def button(self, key: str) -> Locator:
        return self.node.get_by_role("button", name=say(key), exact=True)

    def input(self, control: AnyControl) -> Locator:
        return self.node.locator(f":is(input, select)[id$='-{control.name}']")

    def front(self, kind: str) -> list[AnyControl]:
        listed = self.lab.listing.rows if self.lab.listing else ()
        return [c for c in self.lab.controls if c.kind == kind and c.front and c.name not in listed]

    def agrees_with(self, values: Values) -> None:
        """Sentence and table on the page are those that Python finds at these values."""
        result = self.lab.run(values)
        expect(self.node.locator(".dg-sentence")).to_have_text(self.lab.sentence(result))
        rows = [[measure.name, *measure.cells] for measure in self.lab.measures(result)]
        shown = self.node.locator(".dg-measures tbody tr").all()
        assert [row.locator("th, td").all_text_contents() for row in shown] == rows

    def after(self, values: Values, turned: Values) -> Values:
        """The settings after a turn, checked: a lab that has no result for them says why and keeps the old ones."""
        try:
            self.lab.run(values | turned)
        except CourseError as error:
            expect(self.node.locator(".dg-notice")).to_have_text(str(error))
            return values
        self.agrees_with(values | turned)
        return values | turned

    def reset(self) -> None:
        self.button("lab.reset").click()
        expect(self.code).to_have_text(f"{self.lab.name}()")


@pytest.fixture(scope="class", params=NAMES)
def page(request: pytest.FixtureRequest, browser: BrowserContext, jupyter: Jupyter) -> Iterator[Shown]:
    language, name = request.cls.language, request.param
    jupyter.forget()
    with pytest.MonkeyPatch.context() as patch, opened(browser, jupyter, f"{language}/only-{name}") as notebook:
        patch.setenv("DIGIGOV_LANG", language)
        notebook.run_all()
        notebook.paint_all()
        shown = Shown(notebook, name, language)
        if shown.lab.predictions:
            shown.button("lab.uncover").click()
        yield shown


@pytest.fixture
def lab(page: Shown, monkeypatch: pytest.MonkeyPatch) -> Shown:
    monkeypatch.setenv("DIGIGOV_LANG", page.language)
    page.reset()
    return page


class Checks:
    """What is checked in each language. Classes, since each can run in a process of its own."""

    language: ClassVar[str]

    @pytest.mark.parametrize("theme", [DARK, LIGHT])
    def test_no_serious_violation_of_the_rules_of_accessibility(self, lab: Shown, theme: str) -> None:
        assert serious_violations(lab.notebook, theme) == []

    def test_nothing_stands_where_there_is_nothing_to_show(self, lab: Shown) -> None:
        assert not lab.node.get_by_text("null", exact=True).or_(lab.node.get_by_text("undefined")).count()

    def test_every_preset_shows_what_python_finds_and_its_words_have_room(self, lab: Shown) -> None:
        for preset in lab.lab.presets:
            lab.reset()
            lab.button(f"{lab.lab.name}.preset.{preset.name}").click()
            values: dict[str, Any] = dict(
                lab.lab.preset(preset.name, lab.lab.defaults()) if preset.values is None else preset.values
            )
            lab.agrees_with(lab.lab.checked(values))
            for width in (1280, 800):
                lab.notebook.page.set_viewport_size({"width": width, "height": 900})
                lab.notebook.page.wait_for_timeout(200)
                for script in (TOO_WIDE, STICKING_OUT, SMALL_CONTROLS, BAD_TEXT):
                    assert lab.notebook.page.evaluate(script) == [], f"{preset.name} at {width}"

    def test_every_front_control_is_turned_by_the_keyboard(self, lab: Shown) -> None:
        values = lab.lab.defaults()
        cells = lab.notebook.cells()
        keyboard = lab.notebook.page.keyboard
        for control in lab.front("switch"):
            lab.input(control).focus()
            keyboard.press("Space")
            values = lab.after(values, {control.name: not values[control.name]})
            expect(lab.input(control)).to_be_checked(checked=values[control.name])
        for control in lab.front("choice"):
            for key, option in (("Home", control.options[0]), ("ArrowDown", control.options[1])):
                lab.input(control).focus()
                keyboard.press(key)
                values = lab.after(values, {control.name: option})
                expect(lab.input(control)).to_have_value(values[control.name])
                if values[control.name] != option:
                    break  # refused: the next key starts from elsewhere
        for control in lab.front("search"):
            key, names = list(control.entries().items())[1]
            for typed in (folded(names[-1]), "???"):  # a name nobody has is answered, and the last one stays
                lab.input(control).focus()
                keyboard.type(typed)  # over the name that stands there, which is selected
                keyboard.press("Enter")
                if typed == "???":
                    expect(lab.node.locator(".dg-notice")).to_contain_text(typed)
                else:
                    values = lab.after(values, {control.name: key})
                expect(lab.input(control)).to_have_value(control.show(values[control.name]))
        for control in lab.front("range"):
            slider = lab.input(control)
            for key in ("End", "Home"):
                slider.focus()
                keyboard.press(key)
                place = float(slider.input_value())
                values = lab.after(values, {control.name: control.stops[int(place)] if control.stops else place})
                assert slider.get_attribute("aria-valuetext")
        assert lab.notebook.cells() == cells


class TestVietnamese(Checks):
    language = "vi"


class TestEnglish(Checks):
    language = "en"
