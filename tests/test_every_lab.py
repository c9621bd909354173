"""What holds for every lab, without a browser: messages in, frames out.

The words of every preset are compared with the files in tests/expected. After a change that is meant:

    DIGIGOV_REWRITE=1 python3 tests tests/test_every_lab.py

and read what git says has changed.
"""

import csv
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import digigov
from digigov.labs.catalogue import labs, outcome_of
from digigov.labs.view import LabView
from digigov.language import LANGUAGES, say
from digigov.questions.bank import everything, find
from digigov.record import record
from talk import told

LABS = labs()
EXPECTED = Path(__file__).parent / "expected"
PRESETS = [(name, preset.name) for name, lab in LABS.items() for preset in lab.presets]

Language = Callable[[str], None]


def at_preset(view: LabView, name: str) -> dict[str, Any]:
    """The lab at its defaults, then at a preset, as its button does it. Returns the frame."""
    told(view, "set", values=view.spec["defaults"])
    preset = next(preset for preset in view.spec["presets"] if preset["name"] == name)
    if preset["values"] is None:
        return told(view, "preset", name=name)
    return told(view, "set", values=preset["values"])


@pytest.fixture(params=LABS)
def view(request: pytest.FixtureRequest) -> LabView:
    return LabView(LABS[request.param]())


# -- settings


def test_every_control_has_words_a_default_that_is_allowed_and_says_where_its_number_comes_from(view: LabView) -> None:
    for control, source in zip(view.spec["controls"], view.spec["sources"], strict=True):
        default = view.spec["defaults"][control["name"]]
        assert control["label"] and source
        assert control["source"] != "assumed" or source == say("lab.assumed")
        if control["kind"] == "range":
            assert control["minimum"] <= default <= control["maximum"] and control["step"] > 0
            assert control["stops"] == sorted(control["stops"])
            assert not control["stops"] or default in control["stops"]
        if control["kind"] == "choice":
            options = [option for option, _ in control["options"]]
            assert default in options and len(options) == len(set(options)) > 1
            assert len({label for _, label in control["options"]}) == len(options)


def test_few_controls_stand_in_view(view: LabView) -> None:
    listed = view.lab.listing.rows if view.lab.listing else ()
    front = [control for control in view.lab.controls if control.front and control.name not in listed]
    # A search says whom a lab is about; it is typed, not turned.
    assert 1 <= sum(control.kind not in ("switch", "search") for control in front) <= 4
    assert sum(control.kind == "switch" for control in front) <= 6


def nonsense(view: LabView) -> dict[str, dict[str, Any]]:
    cases: dict[str, dict[str, Any]] = {"unknown": {"speed_of_light": 3}}
    alike = set(view.lab.listing.rows[1:]) if view.lab.listing else set()
    for control in view.lab.controls:
        if control.name in alike:
            continue
        for name, value in {
            "text": "nhiều",
            "no value": None,
            "not a number": float("nan"),
            "endless": float("inf"),
            "too much to write down": 10**400,
            "a list": [1],
        }.items():
            cases[f"{control.name}: {name}"] = {control.name: value}
        if control.kind == "range":
            cases[f"{control.name}: a truth value"] = {control.name: True}
            cases[f"{control.name}: too much"] = {control.name: control.maximum * 2 + 1}
            cases[f"{control.name}: too little"] = {control.name: control.minimum - 1}
    return cases


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", LABS)
def test_nonsense_is_told_in_a_sentence_and_changes_nothing(name: str, code: str, language: Language) -> None:
    language(code)
    view = LabView(LABS[name]())
    values = dict(view.values)
    for case, given in nonsense(view).items():
        before = {**view.frame, "turn": 5}
        assert told(view, "set", values=given, turn=5) == before, case
        assert view.values == values, case
        assert view.notice.endswith(".") and ". " not in view.notice and "{" not in view.notice, case
        told(view, "set", values={})
        assert view.notice == "", case


def test_a_lab_opened_with_nonsense_opens_at_its_defaults_and_says_so(view: LabView) -> None:
    for values in list(nonsense(view).values())[:3]:
        opened = LabView(type(view.lab)(), values)
        assert opened.values == opened.lab.defaults() and opened.notice


def test_a_message_that_is_not_known_is_not_heard(view: LabView) -> None:
    before = view.frame
    assert told(view, "explode") == before and view.notice == ""


# -- presets


def test_the_first_preset_is_the_defaults_and_one_is_where_digital_government_loses(view: LabView) -> None:
    shown = view.spec["presets"]
    assert shown[0]["name"] == "article" and shown[0]["values"] == view.spec["defaults"]
    assert "loses" in [preset["name"] for preset in shown]
    assert len({preset["label"] for preset in shown}) == len(shown)
    frames = [at_preset(view, preset["name"]) for preset in shown]
    assert view.notice == ""
    assert len({str(frame["values"]) for frame in frames}) == len({frame["sentence"] for frame in frames}) == len(shown)


def test_reset_brings_back_the_first_frame(view: LabView) -> None:
    first = view.frame
    for preset in view.spec["presets"][1:]:
        assert at_preset(view, preset["name"])["values"] != first["values"]
        assert told(view, "set", values=view.spec["defaults"]) == first


def test_each_frame_has_a_cell_for_each_head(view: LabView) -> None:
    for preset in view.spec["presets"]:
        frame = at_preset(view, preset["name"])
        assert frame["rows"] and all(len(row) == len(view.spec["head"]) for row in frame["rows"])
        assert all(cell.strip() for row in frame["rows"] for cell in row)


# -- predictions


def test_predictions_are_marked_by_the_lab_itself_and_can_be_made(view: LabView) -> None:
    outcomes = view.lab.outcomes(view.lab.run(view.lab.defaults()))
    asked = {item.id for item in everything() if item.kind == "predict" and item["lab"] == view.lab.name}
    assert asked >= set(view.lab.predictions) != set()
    for name in view.lab.predictions:
        item = find(name)
        assert outcome_of(item) == outcomes[item["outcome"]]
        low, high, _ = item["range"]
        assert low <= outcome_of(item) <= high


def test_the_figure_is_covered_until_something_was_predicted(view: LabView) -> None:
    assert view.frame["covered"] and view.frame["verdicts"] == []
    for name in view.lab.predictions:
        hidden = [mark["hidden"] for panel in view.frame["marks"] for mark in panel.values()]
        record().add(name, find(name)["range"][0], 0.0)
        shown = [mark["hidden"] for panel in view.frame["marks"] for mark in panel.values()]
        assert not view.frame["covered"]
        assert sum(hidden) > sum(shown), f"{name} is drawn nowhere"
    assert len(view.frame["verdicts"]) == len(view.lab.predictions)
    assert all(len(why) > 40 for _, _, why in view.frame["verdicts"])
    record().start_again()
    assert view.frame["covered"]


# -- what is taken away


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("name", "preset"), PRESETS)
def test_the_digest_is_the_stored_one(name: str, preset: str, code: str, language: Language) -> None:
    language(code)
    view = LabView(LABS[name]())
    at_preset(view, preset)
    digest = LabView(LABS[name](), view.values).page().text + "\n"
    path = EXPECTED / f"{name}-{preset}.{code}.txt"
    if os.environ.get("DIGIGOV_REWRITE"):
        path.write_text(digest, encoding="utf8")
    assert digest == path.read_text(encoding="utf8")


def test_every_stored_digest_is_of_a_lab() -> None:
    known = {f"{name}-{preset}.{code}.txt" for name, preset in PRESETS for code in LANGUAGES}
    assert {path.name for path in EXPECTED.glob("*.txt")} == known


def test_the_page_has_pictures_with_words_for_who_cannot_see_them(
    view: LabView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGIGOV_PICTURES", "1")
    html = view._repr_mimebundle_()[0]["text/html"]
    assert html.count('src="data:image/png;base64,iVBOR') == len(view.spec["alts"]) > 0
    assert all(f'alt="{alt}"' in html for alt in view.spec["alts"]) and all(view.spec["alts"])


def test_the_page_shows_the_settings_it_was_called_with(view: LabView) -> None:
    page, marks = view.page().text, view.frame["marks"]
    at_preset(view, "loses")
    assert view.page().text == page
    told(view, "set", values=view.spec["defaults"])
    assert view.frame["marks"] == marks


@pytest.mark.parametrize(("code", "separator"), [("vi", ";"), ("en", ",")])
@pytest.mark.parametrize("name", LABS)
def test_csv_holds_settings_and_measures(name: str, code: str, separator: str, language: Language) -> None:
    language(code)
    view = LabView(LABS[name]())
    at_preset(view, "loses")
    text = view.csv()
    assert text.startswith("\ufeff")  # or a spreadsheet takes it for another encoding
    rows = list(csv.reader(text.lstrip("\ufeff").splitlines(), delimiter=separator))
    settings = len(view.lab.controls)
    assert [label for label, _ in rows[:settings]] == [view.lab.label(control) for control in view.lab.controls]
    assert rows[settings:] == [view.spec["head"], *view.frame["rows"]]


@pytest.mark.parametrize(("name", "preset"), PRESETS)
def test_the_line_to_share_gives_the_same_settings(name: str, preset: str) -> None:
    view = LabView(LABS[name]())
    frame = at_preset(view, preset)
    again = eval(frame["code"], {name: getattr(digigov, name)})
    assert again.values == view.values
    assert again.frame == {**frame, "covered": True}
