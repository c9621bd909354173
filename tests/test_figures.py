"""The live figure tells the truth: what moves stands where matplotlib would draw it anew."""

import re
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from matplotlib.lines import Line2D
from matplotlib.patches import Circle

from digigov import figures
from digigov.figures import DIGITAL_LINE, EGOV_LINE, VARIABLES, Panel
from digigov.labs.rollout import RolloutLab
from digigov.page import STYLE

SVG = "{http://www.w3.org/2000/svg}"
NEAR = 0.15  # units of the SVG, a point each; marks are rounded to a tenth


def groups(svg: str) -> dict[str, ElementTree.Element]:
    return {group.get("id", ""): group for group in ElementTree.fromstring(svg).iter(f"{SVG}g")}


def steps(d: str) -> list[tuple[str, list[float]]]:
    """A path as letters, each with its numbers."""
    found = re.findall(r"([MLQCz])([^MLQCz]*)", d)
    return [(letter, [float(number) for number in numbers.split()]) for letter, numbers in found]


def distance(points: np.ndarray, line: np.ndarray) -> np.ndarray:
    """Of each point to a polyline."""
    start, along = line[:-1], np.diff(line, axis=0)
    offset = points[:, None] - start
    share = np.clip((offset * along).sum(-1) / np.maximum((along**2).sum(-1), 1e-12), 0, 1)
    return np.linalg.norm(offset - share[..., None] * along, axis=-1).min(axis=1)


def assert_same_line(moved: str, drawn: str, size: tuple[float, float]) -> None:
    """Matplotlib leaves out what lies outside the picture, so compare the curves, not the vertices."""
    one, other = (np.array([numbers for _, numbers in steps(d)]) for d in (moved, drawn))
    for points, line in ((one, other), (other, one)):
        inside = points[np.all((points >= 0) & (points <= size), axis=1)]
        assert len(inside) and distance(inside, line).max() < NEAR


def assert_truth(panel: Panel) -> None:
    """Every mark of the panel equals what a picture drawn anew contains."""
    marks = panel.marks()
    with matplotlib.rc_context({"path.simplify": False}):  # or lines may be a tenth of a point off
        for artist in panel._moving.values():
            if isinstance(artist, Line2D):
                artist.recache(always=True)
        svg = panel.svg()
    size = tuple(float(number) for number in ElementTree.fromstring(svg).get("viewBox", "").split()[2:])
    drawn = groups(svg)
    for name, mark in marks.items():
        group = drawn[name]
        if "text" in mark:
            text = group.find(f"{SVG}text")
            assert text is not None and (text.text or "").strip() == mark["text"].strip()
            assert f"text-anchor: {mark['anchor']}" in text.get("style", "")
            assert [float(text.get(axis, "nan")) for axis in "xy"] == pytest.approx([mark["x"], mark["y"]], abs=NEAR)
        if "at" in mark:
            places = [[float(use.get(axis, "nan")) for axis in "xy"] for use in group.iter(f"{SVG}use")]
            assert np.array(places) == pytest.approx(np.array(mark["at"]), abs=NEAR)
        if "d" in mark:
            path = group.find(f"{SVG}path")
            assert path is not None
            anew = path.get("d", "")
            if "fill: none" in path.get("style", ""):
                assert_same_line(mark["d"], anew, size)
            else:
                for (letter, numbers), (same, near) in zip(steps(mark["d"]), steps(anew), strict=True):
                    assert letter == same and numbers == pytest.approx(near, abs=NEAR)


def panel_with_everything() -> tuple[Panel, dict]:
    panel = Panel()
    axes = panel.axes
    axes.set_xscale("log")
    axes.set_xlim(1, 1000)
    axes.set_ylim(0, 10)
    long = np.geomspace(1, 1000, 400)
    artists = {
        "line": axes.plot([1, 10, 1000], [0, 5, 10], **EGOV_LINE)[0],
        "long": axes.plot(long, long / 100, **DIGITAL_LINE)[0],
        "marker": axes.plot([10], [5], "o", linestyle="none")[0],
        "both": axes.plot([2, 20], [2, 8], "-s")[0],
        "area": axes.fill([1, 10, 100], [1, 5, 1], alpha=0.2)[0],
        "curve": axes.add_patch(Circle((100, 5), 2, facecolor=figures.EVIDENCE)),
        "label": axes.text(10, 5, "nhãn"),
        "right": axes.text(100, 5, "phải", ha="right", va="top"),
    }
    for name, artist in artists.items():
        panel.move(name, artist)
    return panel, artists


def test_marks_of_every_kind_stand_where_a_new_drawing_has_them() -> None:
    panel, artists = panel_with_everything()
    panel.svg()
    assert_truth(panel)
    wave = np.geomspace(1, 1000, 400)
    artists["line"].set_data([2, 50, 900], [10, 1, 3])
    artists["long"].set_data(wave, 5 + 7 * np.sin(wave / 80))  # leaves the axes and the picture
    artists["marker"].set_data([3, 30, 300], [9, 1, 4])
    artists["both"].set_data([5, 500], [1, 9])
    artists["area"].set_xy([[1, 0], [30, 9], [900, 3], [2, 1]])
    artists["curve"].set_radius(3)
    artists["label"].set_position((500, 1))
    artists["label"].set_text("điểm hòa vốn: 1.226")
    artists["right"].set_ha("center")
    assert_truth(panel)


def test_marks_asked_for_before_the_picture_are_those_of_the_picture() -> None:
    asked_first, drawn_first = panel_with_everything()[0], panel_with_everything()[0]
    drawn_first.svg()
    assert asked_first.marks() == drawn_first.marks()
    assert asked_first.svg() == drawn_first.svg()


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"services": 30, "teams": 40, "build_months": 24, "fit": 0.6},
        {"services": 6798, "teams": 1, "fit": 0, "upkeep": 0.1},
        {"team_cost": 0.01, "system_cost": 0, "platform_cost": 1000, "project_months": 1},  # never breaks even
        {"services": 10, "teams": 200, "platform_cost": 0, "running_cost": 0, "build_months": 0},
    ],
)
def test_panels_of_the_rollout_lab_tell_the_truth_after_any_change(changed: dict[str, float]) -> None:
    lab = RolloutLab()
    lab.draw(lab.run(lab.defaults()), {})
    for _, panel in lab.panels:
        panel.svg()
    guesses = {"projects_share_10y": 55.0, "platform_months_full": 18.0, "break_even_services": 400.0}
    lab.draw(lab.run({**lab.defaults(), **changed}), guesses if changed else {})
    for _, panel in lab.panels:
        assert_truth(panel)


def test_a_hidden_artist_is_in_the_picture_but_marked_hidden() -> None:
    panel, artists = panel_with_everything()
    artists["label"].set_visible(False)
    svg = panel.svg()
    assert "nhãn" in svg
    assert not artists["label"].get_visible()
    assert [name for name, mark in panel.marks().items() if mark["hidden"]] == ["label"]


def test_moving_leaves_the_axes_where_they_are() -> None:
    panel, artists = panel_with_everything()
    panel.svg()
    before = panel.axes.get_position().bounds
    artists["label"].set_text("một nhãn dài hơn nhiều, vượt ra ngoài khung hình")
    panel.svg()
    assert panel.axes.get_position().bounds == before


def test_an_artist_whose_geometry_is_not_known_may_not_move() -> None:
    panel = Panel()
    with pytest.raises(TypeError, match="PathCollection cannot move"):
        panel.move("cloud", panel.axes.scatter([1], [1]))


def lab_pictures() -> list[str]:
    lab = RolloutLab()
    lab.draw(lab.run(lab.defaults()), {})
    return [panel.svg() for _, panel in lab.panels]


def test_a_picture_is_the_same_every_time() -> None:
    assert lab_pictures() == lab_pictures()


def test_colours_follow_the_theme() -> None:
    for svg in lab_pictures():
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b(?=[;\"])", re.sub(r'(href="|url\()#\w+', "", svg))
        assert "var(--dg-egov)" in svg and "var(--dg-digital)" in svg


def test_a_picture_in_a_page_changes_nothing_outside_itself() -> None:
    for svg in lab_pictures():
        assert "<style" not in svg
        assert svg.startswith("<svg ") and "<?xml" not in svg and "<metadata" not in svg
        head = svg[: svg.index(">")]
        assert "viewBox" in head and " width=" not in head and "stroke-linejoin" in head


def test_words_are_text_that_can_be_read_and_searched() -> None:
    share, _, lifetime = (" ".join(ElementTree.fromstring(svg).itertext()) for svg in lab_pictures())
    assert "Tỷ lệ dịch vụ đạt mức độ 4" in share
    assert "hòa vốn" in lifetime and "1.000" in lifetime


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    channels = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ [0.2126, 0.7152, 0.0722])


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def style_colours(selector: str) -> dict[str, str]:
    block = STYLE.split(selector + " {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--dg-(\w+):.*?(#[0-9a-f]{6})", block))


def test_every_colour_that_carries_meaning_can_be_read_in_both_themes() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    light, dark = style_colours("\n.dg"), style_colours('body[data-jp-theme-light="false"] .dg')
    meaning = {"muted", "egov", "digital", "evidence", "good", "bad"}
    assert meaning <= light.keys() and meaning <= dark.keys()
    for name in meaning:
        assert contrast(light[name], "#ffffff") >= 4.5, name
        assert contrast(dark[name], "#111111") >= 4.5, name
    assert contrast(figures.INK, "#ffffff") >= 4.5


def test_the_picture_and_the_page_have_one_palette() -> None:
    light = style_colours("\n.dg")
    for colour, name in VARIABLES.items():
        assert light[name] == colour


def test_the_two_governments_differ_without_colour() -> None:
    lab = RolloutLab()
    for _, panel in lab.panels:
        lines = {name: panel._moving[name] for name in ("projects", "platform")}
        assert lines["projects"].is_dashed() and not lines["platform"].is_dashed()
    assert EGOV_LINE["linestyle"] != DIGITAL_LINE.get("linestyle", "-")
