"""The sequence lab: its words, its picture and its measures agree with its model, at presets and at extremes."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from digigov.errors import CourseError
from digigov.figures import EVIDENCE
from digigov.labs.controls import ASSUMED
from digigov.labs.sequence import SequenceLab
from digigov.labs.sequence_picture import Result
from digigov.labs.view import LabView
from digigov.language import LANGUAGES, say
from digigov.models import sequence as model

PRESETS = {preset.name: preset.values for preset in SequenceLab.presets}
OPENINGS = (model.open_ladder, model.open_two_tracks, model.open_at_once)

Language = Callable[[str], None]


@pytest.fixture
def lab() -> SequenceLab:
    return SequenceLab()


def ran(lab: SequenceLab, **values: Any) -> Result:
    return lab.run(lab.checked(values))


def marks(lab: SequenceLab, result: Result, **guesses: float) -> list[dict[str, dict[str, Any]]]:
    """What the browser is sent for each panel."""
    lab.draw(result, guesses)
    return [panel.marks() for _, panel in lab.panels]


def point(lab: SequenceLab, panel: int, x: float, y: float) -> list[float]:
    """Where a point of the axes lies on the panel."""
    drawn = lab.panels[panel][1]
    return list(drawn._point(drawn.axes.transData.transform((x, y))))


# -- words


@pytest.mark.parametrize(
    ("preset", "words"),
    [
        ("article", "hai đường hơn bậc thang 6,1%. Thiết kế lại ngay hơn bậc thang 35,1%"),
        ("singapore", "ngay cả khi không phải làm lại gì"),
        ("dutch", "hai đường kém bậc thang 3,0%"),
        ("loses", "hai đường kém bậc thang 19,7%. Thiết kế lại ngay kém bậc thang 12,4%"),
    ],
)
def test_each_preset_tells_its_story(lab: SequenceLab, preset: str, words: str) -> None:
    assert words in lab.sentence(ran(lab, **PRESETS[preset]))


def test_the_sentence_knows_a_draw_and_a_ladder_without_benefit(lab: SequenceLab) -> None:
    level = lab.sentence(replace(ran(lab), ahead=0.0003, once_ahead=-0.0003))
    assert say("sequence.sentence.tracks_same", months="96") in level and say("sequence.sentence.once_same") in level
    early = ran(lab, online_benefit=0, horizon=36)
    assert early.totals[0] == 0 < early.totals[1] and early.ahead == np.inf
    assert say("sequence.sentence.tracks_only", months="36") in lab.sentence(early)
    assert say("sequence.sentence.once_only") in lab.sentence(early)
    assert marks(lab, early)
    nothing = ran(lab, online_benefit=0, horizon=36, law=60)
    assert nothing.totals == (0, 0, 0) and nothing.ahead == nothing.once_ahead == 0
    assert marks(lab, nothing)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_number_is_assumed_and_the_first_sentence_says_so(code: str, language: Language) -> None:
    language(code)
    assert {control.source for control in SequenceLab.controls} == {ASSUMED}
    assert {"vi": "giả định", "en": "assumed"}[code] in say("sequence.reading")


def test_measures_name_three_orders_and_the_ladder_loses_nothing_to_a_second_track(lab: SequenceLab) -> None:
    rows = {measure.name: measure.cells for measure in lab.measures(ran(lab))}
    assert [say(key) for key in lab.head] == ["Bậc thang", "Hai đường", "Thiết kế lại ngay"]
    assert rows[say("sequence.measure.all_redesigned")] == ("80,0 tháng", "79,4 tháng", "58,0 tháng")
    assert rows[say("sequence.measure.benefit", months="96")] == (
        "2.960 nghìn giờ",
        "3.142 nghìn giờ",
        "4.000 nghìn giờ",
    )
    assert rows[say("sequence.measure.thrown_away")] == ("960 tháng công", "568 tháng công", "0 tháng công")
    assert rows[say("sequence.measure.switching")][0] == "0 tháng công"


def test_values_without_meaning_to_the_model_name_their_control(lab: SequenceLab) -> None:
    with pytest.raises(CourseError, match=say("sequence.control.redesign_benefit")):
        ran(lab, online_benefit=400)
    view = LabView(SequenceLab())
    before = view.frame
    view.set(online_benefit=400)
    assert say("sequence.control.redesign_benefit") in view.notice
    assert view.frame == before | {"turn": 0}


def test_a_prediction_is_about_the_defaults_and_has_its_unit(lab: SequenceLab) -> None:
    outcomes = lab.outcomes(ran(lab))
    assert outcomes["ladder_full_months"] == pytest.approx(80)
    assert outcomes["break_even_rework"] == pytest.approx(25, abs=0.5)


# -- picture


@pytest.mark.parametrize("preset", PRESETS)
def test_the_shaded_areas_are_the_difference_of_the_totals(lab: SequenceLab, preset: str) -> None:
    result = ran(lab, **PRESETS[preset])
    lab.draw(result, {})
    areas = {}
    for patch in lab.panels[1][1].axes.patches:
        x, y = patch.get_xy().T
        areas[patch.get_gid()] = abs(float(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]))) / 2
    full = result.plan.services * result.plan.redesign_benefit / 100
    shown = full * (areas["tracks-ahead"] - areas["ladder-ahead"])
    assert shown == pytest.approx(result.totals[1] - result.totals[0], rel=0.02, abs=0.002 * result.totals[0])


def test_lines_bend_where_the_model_says(lab: SequenceLab) -> None:
    result = ran(lab)
    lab.draw(result, {})
    lines = {line.get_gid(): line.get_data() for line in lab.panels[0][1].axes.lines if line.get_gid()}
    for name, order in (("ladder", result.ladder), ("tracks", result.tracks)):
        for part, done in (("online", order.all_online), ("redesigned", order.all_redesigned)):
            months, share = lines[f"{name}-{part}"]
            assert np.interp(done, months, share) == pytest.approx(100)
            assert np.interp(done - 0.5, months, share) < 99.9
    assert np.interp(result.ladder.all_online, *lines["ladder-redesigned"]) == pytest.approx(0)
    assert np.interp(58, *lines["once"]) == pytest.approx(100) and np.interp(57.5, *lines["once"]) < 99.9


def test_the_third_order_stands_still_until_the_law_allows_it(lab: SequenceLab) -> None:
    lab.draw(ran(lab, law=17), {})
    for _, panel in lab.panels[:2]:
        (once,) = (line for line in panel.axes.lines if line.get_gid() == "once")
        months, share = once.get_data()
        assert np.interp(17, months, share) == 0 < np.interp(17.5, months, share)
        assert once.get_color() == EVIDENCE and once.get_linestyle() != "-"


@pytest.mark.parametrize(
    ("values", "shown", "anchor"),
    [
        ({}, True, "start"),
        ({"split": 0.3}, True, "end"),
        (PRESETS["loses"], False, ""),
        (PRESETS["singapore"], False, ""),
    ],
)
def test_the_break_even_is_drawn_where_there_is_one(
    lab: SequenceLab, values: dict[str, float], shown: bool, anchor: str
) -> None:
    result = ran(lab, **values)
    drawn = marks(lab, result)[2]
    assert drawn["even"]["hidden"] is drawn["even-label"]["hidden"] is not shown
    if shown:
        assert drawn["even-label"]["anchor"] == anchor
        assert drawn["even"]["d"].startswith(f"M{point(lab, 2, 100 * result.break_even, 0)[0]:.1f}")


def test_guesses_stay_where_they_were_made_and_out_of_the_line(lab: SequenceLab) -> None:
    names = ("guess-months", "guess-rework")
    drawn = marks(lab, ran(lab))
    assert drawn[0][names[0]]["hidden"] and drawn[2][names[1]]["hidden"]
    for values in PRESETS.values():
        result = ran(lab, **values)
        months, _, rework = marks(lab, result, ladder_full_months=96, break_even_rework=40)
        assert months[names[0]]["at"] == [point(lab, 0, 96, 100)] and not months[names[0]]["hidden"]
        x, y = rework[names[1]]["at"][0]
        assert x == point(lab, 2, 40, 0)[0] and not rework[names[1]]["hidden"]
        for line in (result.ahead_by_rework[20], result.once_by_rework[20]):
            assert abs(y - point(lab, 2, 40, 100 * line)[1]) > 40


def test_at_every_corner_of_the_front_controls_all_marks_stay_inside(lab: SequenceLab) -> None:
    front = [control for control in lab.controls if control.front]
    for corner in itertools.product(*((control.minimum, control.maximum) for control in front)):
        result = ran(lab, **dict(zip([control.name for control in front], corner, strict=True)))
        assert np.isfinite([*result.totals, result.ladder.all_redesigned, result.tracks.all_redesigned]).all()
        lab.draw(result, {"ladder_full_months": 0, "break_even_rework": 100})
        for _, panel in lab.panels:
            (left, right), (low, high) = panel.axes.get_xlim(), panel.axes.get_ylim()
            for line in panel.axes.lines:
                if line.get_gid():
                    x, y = np.asarray(line.get_data())
                    assert x.min() >= left and x.max() <= right and y.min() >= low and y.max() <= high + 1e-9


def test_the_curve_over_rework_passes_through_this_setting(lab: SequenceLab) -> None:
    for values in PRESETS.values():
        result = ran(lab, **values)
        there = np.interp(result.plan.rework, np.linspace(0, 1, 51), result.ahead_by_rework)
        assert there == pytest.approx(result.ahead, abs=1e-9)
        once = np.interp(result.plan.rework, np.linspace(0, 1, 51), result.once_by_rework)
        assert once == pytest.approx(result.once_ahead, abs=1e-9)
        assert (result.plan.rework > result.break_even) == (result.ahead > 0)
        totals = [model.total_benefit(result.plan, opening(result.plan), result.plan.rework) for opening in OPENINGS]
        assert result.totals == pytest.approx(totals)
