"""Large type for a room: asked for at the start or in a page, for JupyterLab's own text and for ours."""

import re

import pytest

import launch
from digigov import birth, projector, quiz
from digigov.face import HERE, large_type
from digigov.language import LANGUAGES, say
from digigov.projector import Projector

SMALLEST = 18  # px, a fortieth of a screen that is 720 pixels high


def started(tmp_path, **options: bool) -> tuple[str, str, dict[str, str]]:
    command, environment = launch.jupyter_command("python", tmp_path, "vi", 8901, "sesame", tmp_path, **options)
    style = (tmp_path / "vi" / "custom" / "custom.css").read_text(encoding="utf-8")
    return style, next(word for word in command if "custom_css" in word), environment


def test_the_course_starts_in_large_type_only_if_asked(tmp_path):
    style, flag, environment = started(tmp_path)
    assert (style, flag, environment["DIGIGOV_PROJECTOR"]) == ("", "--LabApp.custom_css=False", "")
    style, flag, other = started(tmp_path, projector=True)
    assert all(f"--jp-{name}: {size};" in style for name, size in launch.PROJECTOR_FONTS.items())
    assert (flag, other["DIGIGOV_PROJECTOR"]) == ("--LabApp.custom_css=True", "1")
    assert environment["DIGIGOV_START"] != other["DIGIGOV_START"] != ""
    assert started(tmp_path)[0] == ""  # the next start without it is in the usual type


def test_the_command_line_hands_it_on(monkeypatch):
    asked = []
    monkeypatch.setattr(launch, "open_course", lambda *given: asked.append(given))
    assert launch.main(["--projector", "--no-browser"]) == 0 and launch.main([]) == 0
    assert asked == [("vi", None, False, True), ("vi", None, True, False)]


def test_every_widget_knows_how_the_course_was_started(monkeypatch):
    monkeypatch.delenv("DIGIGOV_PROJECTOR", raising=False)
    monkeypatch.setenv("DIGIGOV_START", "a1")
    assert quiz("99").projector == {"on": False, "start": "a1"} == large_type()
    monkeypatch.setenv("DIGIGOV_PROJECTOR", "1")
    assert birth().projector == {"on": True, "start": "a1"}
    monkeypatch.delenv("DIGIGOV_START")
    assert projector().projector == {"on": True, "start": ""}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_switch_can_be_read_without_a_kernel(language, code):
    language(code)
    page = Projector().page()
    assert say("projector.title") in page.text and "python3 notebooks --projector" in page.html


def test_no_letter_of_ours_is_smaller_than_a_fortieth_of_the_screen():
    css = (HERE / "style.css").read_text(encoding="utf8")
    large = css[css.index("/* projector:") :]
    sizes = {
        selector.strip(): float(size) for selector, size in re.findall(r"([^{}]+)\{[^}]*font-size: ([\d.]+)px", large)
    }
    assert sizes
    small = {selector for selector, size in sizes.items() if size < SMALLEST}
    # Years and names along the timeline, whose places are fixed by the days.
    assert small <= {".dg-projector .dg-years span", ".dg-projector .dg-bar-name"}
    assert all(float(size.removesuffix("px")) >= 17 for size in launch.PROJECTOR_FONTS.values())


def test_nothing_unseen_lies_over_an_output_whose_prompt_is_taken_away():
    css = (HERE / "style.css").read_text(encoding="utf8")
    (hidden,) = re.findall(r"body\.dg-projector :is\(([^)]*)\) \{ display: none; \}", css)
    assert {".jp-OutputPrompt", ".jp-OutputArea-promptOverlay"} <= set(hidden.split(", "))


def test_what_the_start_enlarges_the_switch_enlarges_too():
    css = (HERE / "style.css").read_text(encoding="utf8")
    for name, size in launch.PROJECTOR_FONTS.items():
        assert f"--jp-{name}: {size};" in css
