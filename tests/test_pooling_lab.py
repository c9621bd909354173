"""The pooling lab: messages in, frames out, without a browser. What holds for every lab is in test_every_lab."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from digigov.errors import CourseError
from digigov.labs.pooling import PoolingLab, _result
from digigov.labs.view import LabView
from digigov.language import LANGUAGES, say
from digigov.models.pooling_day import IDLE, LEARNING
from digigov.record import record
from talk import told

PRESETS = {preset.name: preset.values for preset in PoolingLab.presets}
WAIT, OFFICERS, SERVERS = PoolingLab.predictions
STRIP, WAITS, NEEDED, CLOUD = range(4)

Language = Callable[[str], None]


def at(view: LabView, **values: Any) -> dict[str, Any]:
    """The frame at the defaults but for these values."""
    return told(view, "set", values=view.lab.defaults() | values)


@pytest.fixture
def view() -> LabView:
    return LabView(PoolingLab())


# -- what is shown


def test_the_default_is_what_the_formulas_say(view: LabView) -> None:
    rows = [row[1:] for row in view.frame["rows"]]
    assert rows[0] == ["28,5 phút", "1,3 phút"]
    assert rows[3] == ["48,5 phút", "21,3 phút"]
    assert rows[5] == ["76,7%", "76,7%"]
    assert rows[6] == ["24", "14"]
    assert rows[7] == ["100%", "45,6%"]


def test_the_simulation_stands_beside_the_formula_and_holds_it_at_every_preset() -> None:
    lab = PoolingLab()
    for values in PRESETS.values():
        result = lab.run(lab.defaults() | values)
        for wait, estimate in zip(result.waits, result.simulated, strict=True):
            assert (estimate is None) == np.isinf(wait)
            assert estimate is None or estimate.low <= wait <= estimate.high


def test_the_moment_moves_the_strip_and_nothing_else(view: LabView) -> None:
    before = at(view, moment=4)
    after = at(view, moment=5)
    assert after["marks"][STRIP] != before["marks"][STRIP]
    assert after["marks"][1:] == before["marks"][1:] and after["rows"] == before["rows"]
    still = ("egov-line", "digital-line")
    assert [after["marks"][STRIP][name] for name in still] == [before["marks"][STRIP][name] for name in still]


def test_what_does_not_change_is_not_computed_again(view: LabView) -> None:
    at(view, moment=1)
    missed = _result.cache_info().misses
    for moment in (2, 3.5, 8):
        at(view, moment=moment)
    assert _result.cache_info().misses == missed


@pytest.mark.parametrize("values", [{}, PRESETS["overloaded"], PRESETS["loses"], {"offices": 20, "staff": 6}])
@pytest.mark.parametrize("moment", [0, 2.5, 8])
def test_each_officer_and_each_case_in_line_is_a_mark(view: LabView, values: dict[str, Any], moment: float) -> None:
    strip = at(view, **values, moment=moment)["marks"][STRIP]
    result = view.lab.run(view.values)

    def marks(name: str) -> int:
        return 0 if strip[name]["hidden"] else len(strip[name]["at"])

    for place, (side, trace) in enumerate(zip(("egov", "digital"), result.day, strict=True)):
        states = trace.officers_at(result.minute, result.case.officers)
        for state in (IDLE, 1, LEARNING):
            assert marks(f"{side}-officers-{state}") == (states == state).sum()
        named = [mark for name, mark in strip.items() if name.startswith("more")] if side == "egov" else []
        more = sum(int(mark["text"].replace(".", "")) for mark in named if not mark["hidden"])
        assert marks(f"{side}-waiting") + more == result.in_line[place]
        assert str(result.in_line[place]) in strip[f"{side}-counts"]["text"].replace(".", "")


def test_officers_at_work_on_another_office_s_way_are_seen_only_in_the_pool(view: LabView) -> None:
    assert at(view)["marks"][STRIP][f"digital-officers-{LEARNING}"]["hidden"]
    strip = at(view, local=1)["marks"][STRIP]
    assert not strip[f"digital-officers-{LEARNING}"]["hidden"] and strip[f"egov-officers-{LEARNING}"]["hidden"]


def test_numbers_beside_an_axis_follow_what_it_must_hold(view: LabView) -> None:
    small = at(view)["marks"][NEEDED]
    large = at(view, staff=6, arrivals=15)["marks"][NEEDED]
    ends = [int(marks["officers-tick-2"]["text"]) for marks in (small, large)]
    assert ends[0] < ends[1] and ends[0] >= 60
    assert small["officers-tick-0"]["text"] == large["officers-tick-0"]["text"] == "0"


# -- what is said


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_load_above_capacity_is_said_in_one_sentence_and_the_lab_stays_usable(
    view: LabView, code: str, language: Language
) -> None:
    language(code)
    view = LabView(PoolingLab())
    said = {"vi": "không có trạng thái ổn định", "en": "no steady state"}[code]
    for values, words in (
        ({"arrivals": 8}, "endless_endless"),
        (PRESETS["overloaded"], "endless_finite"),
        ({"local": 0.6}, "finite_endless"),
    ):
        frame = at(view, **values)
        assert frame["sentence"].count(said) == 1 and view.notice == "", words
        start = say(f"pooling.sentence.{words}").split("{")[0]
        assert start in frame["sentence"]
        assert say("pooling.endless") in [cell for row in frame["rows"] for cell in row]
        assert not any(word in str(frame["rows"]) for word in ("inf", "nan", "∞"))
    assert said not in at(view)["sentence"]


def test_the_sentence_says_who_is_slower_and_why(view: LabView) -> None:
    slower = say("pooling.sentence.slower").split("{")[0]
    assert slower not in view.frame["sentence"]
    for name in ("own_ways", "loses"):
        sentence = at(view, **PRESETS[name])["sentence"]
        assert slower in sentence and "35%" in sentence and "15 phút" in sentence


def test_the_sentence_says_when_shared_servers_save_nothing(view: LabView) -> None:
    nothing = say("pooling.sentence.not_shared", share="100%")
    assert nothing not in view.frame["sentence"]
    for name in ("together", "loses"):
        assert nothing in at(view, **PRESETS[name])["sentence"]


def test_the_sentence_names_officers_that_rest_while_cases_wait_elsewhere(view: LabView) -> None:
    result = view.lab.run(view.values)
    assert result.idle[0] and result.in_line[0]
    assert f"{result.idle[0]} trong 16 cán bộ đang rảnh" in view.frame["sentence"]
    assert "đang rảnh" not in at(view, arrivals=15)["sentence"]


def test_where_digital_government_loses_it_loses_by_every_measure_of_officers() -> None:
    lab = PoolingLab()
    result = lab.run(lab.defaults() | PRESETS["loses"])
    assert result.waits[1] > result.waits[0] and result.officers[1] > result.officers[0] and result.shared == 1


def test_values_without_meaning_to_the_model_name_their_control(language: Language) -> None:
    lab = PoolingLab()
    for code, words in (("vi", "Hồ sơ đến mỗi xã"), ("en", "Cases that reach an office")):
        language(code)
        with pytest.raises(CourseError, match=words):
            lab.run({**lab.defaults(), "arrivals": 0})


def test_nonsense_is_told_with_the_limits(view: LabView, language: Language) -> None:
    told(view, "set", values={"offices": 1})
    assert all(words in view.notice for words in ("Số xã", "2", "20"))
    language("en")
    told(view, "set", values={"local": 1.2})
    assert all(words in view.notice for words in ("own way", "0%", "100%", "120"))


# -- predictions


def test_predictions_are_drawn_where_they_were_made_and_stay_there(view: LabView) -> None:
    def stars() -> dict[str, Any]:
        return {name: mark for panel in view.frame["marks"] for name, mark in panel.items() if name.startswith("guess")}

    assert len(stars()) == 6 and all(mark["hidden"] for mark in stars().values())
    record().add(WAIT, 20, 0.0)
    assert [name for name, mark in stars().items() if not mark["hidden"]] == ["guess-wait", "guess-wait-label"]
    record().add(OFFICERS, 20, 0.0)
    record().add(SERVERS, 80, 0.0)
    drawn = stars()
    assert not any(mark["hidden"] for mark in drawn.values())
    for name, index, point in (("guess-wait", WAITS, (8, 20)), ("guess-servers", CLOUD, (0.6, 80))):
        panel = view.lab.panels[index][1]
        assert drawn[name]["at"] == [list(panel._point(panel.axes.transData.transform(point)))]
    at(view, offices=9)
    assert {name: mark for name, mark in stars().items()} == drawn


def test_each_prediction_gets_a_verdict_against_the_default_settings(view: LabView) -> None:
    at(view, **PRESETS["loses"])
    record().add(WAIT, 14, 0.0)
    record().add(OFFICERS, 14, 1.0)
    record().add(SERVERS, 50, 1.0)
    verdicts = view.frame["verdicts"]
    assert [verdict for verdict, _, _ in verdicts] == [
        say("card.prediction.wrong"),
        say("card.prediction.right"),
        say("card.prediction.right"),
    ]
    assert "1,26" in verdicts[0][1] and "45,56" in verdicts[2][1]


# -- where numbers come from


def test_a_source_stands_behind_its_own_number_only() -> None:
    default, other = LabView(PoolingLab()).page().text, LabView(PoolingLab(), {"arrivals": 5}).page().text
    assert "4,6 hồ sơ/giờ | " + say("lab.assumed") not in default and "VietnamNet" in default
    assert "5 hồ sơ/giờ | " + say("lab.assumed") in other
