"""The rollout lab: messages in, frames out, without a browser. What holds for every lab is in test_every_lab."""

from collections.abc import Callable
from typing import Any

import pytest

from digigov.errors import CourseError
from digigov.labs.rollout import RolloutLab
from digigov.labs.view import LabView
from digigov.language import say
from digigov.record import record
from talk import told

PRESETS = {preset.name: preset.values for preset in RolloutLab.presets}
SHARE, MONTHS, BREAK_EVEN = RolloutLab.predictions

Language = Callable[[str], None]


@pytest.fixture
def view() -> LabView:
    return LabView(RolloutLab())


# -- a change


def test_a_change_is_answered_with_marks_rows_and_a_sentence(view: LabView) -> None:
    before = view.frame
    frame = told(view, "set", values={"services": 30, "teams": 40}, turn=7)
    assert frame["turn"] == 7 and view.notice == ""
    assert frame["values"] == {**view.lab.defaults(), "services": 30, "teams": 40}
    assert frame["marks"] == [panel.marks() for _, panel in view.lab.panels]
    assert all(now != then for now, then in zip(frame["marks"], before["marks"], strict=True))
    assert frame["sentence"].startswith("Với 30 dịch vụ và 40 đội") and frame["sentence"] != before["sentence"]
    assert [len(row) for row in frame["rows"]] == [3] * 6
    assert frame["rows"][2] == ["Thời gian để đạt 100%", "22,1 tháng", "1,0 tháng"]


def test_a_change_from_code_is_the_same_change(view: LabView) -> None:
    view.set(services=30, teams=40)
    other = LabView(RolloutLab(), {"services": 30, "teams": 40})
    assert view.frame == other.frame


def test_the_sentence_on_nonsense_names_the_setting_and_its_limits(view: LabView, language: Language) -> None:
    told(view, "set", values={"fit": 1.5})
    assert all(words in view.notice for words in ("Tỷ lệ dịch vụ hợp với nền tảng", "0%", "100%", "150"))
    language("en")
    told(view, "set", values={"speed": 1})
    assert "speed" in view.notice and "services" in view.notice


def test_values_without_meaning_to_the_model_name_their_control() -> None:
    lab = RolloutLab()
    with pytest.raises(CourseError, match="Số dịch vụ công"):
        lab.run({**lab.defaults(), "services": 0})


# -- controls and presets


def test_presets_are_whole_settings_and_the_first_is_the_article(view: LabView) -> None:
    shown = view.spec["presets"]
    assert shown[0]["values"] == view.spec["defaults"]
    assert len({preset["label"] for preset in shown}) == len(shown) == 4
    sentences = [told(view, "set", values=preset["values"])["sentence"] for preset in shown]
    assert view.notice == "" and len(set(sentences)) == 4
    assert "Nền tảng xong trước" in sentences[0] and "rẻ hơn" in sentences[0]
    assert "Làm từng dự án xong trước" in sentences[3] and "đắt hơn" in sentences[3]


def test_the_sentence_says_never_where_upkeep_stops_the_teams(view: LabView) -> None:
    frame = told(view, "set", values={"upkeep": 0.1, "fit": 0.5})
    assert "không bao giờ" in frame["sentence"]
    assert frame["rows"][2][1:] == ["không bao giờ", "không bao giờ"]


# -- predictions


def test_the_cover_can_be_taken_off_without_a_prediction(view: LabView) -> None:
    assert not told(view, "uncover")["covered"]
    assert not told(view, "set", values={"teams": 30})["covered"]
    assert view.frame["verdicts"] == []


def guesses(view: LabView) -> dict[str, dict[str, Any]]:
    return {name: mark for panel in view.frame["marks"] for name, mark in panel.items() if name.startswith("guess")}


def test_predictions_are_drawn_where_they_were_made_and_stay_there(view: LabView) -> None:
    assert all(mark["hidden"] for mark in guesses(view).values()) and len(guesses(view)) == 6
    record().add(SHARE, 60, 0.0)
    assert [name for name, mark in guesses(view).items() if not mark["hidden"]] == ["guess-share", "guess-share-label"]
    record().add(MONTHS, 12, 0.0)
    record().add(BREAK_EVEN, 300, 0.0)
    drawn = guesses(view)
    assert not any(mark["hidden"] for mark in drawn.values())
    for name, index, point in (
        ("guess-share", 0, (120, 60)),
        ("guess-months", 0, (12, 100)),
        ("guess-services", 2, (300, 0.16)),
    ):
        panel = view.lab.panels[index][1]
        assert drawn[name]["at"] == [list(panel._point(panel.axes.transData.transform(point)))]
    told(view, "set", values=PRESETS["loses"])
    assert guesses(view) == drawn


def test_each_prediction_gets_a_verdict_against_the_default_settings(view: LabView) -> None:
    told(view, "set", values=PRESETS["loses"])  # a verdict does not follow the controls
    record().add(SHARE, 60, 0.0)
    record().add(MONTHS, 3, 1.0)
    record().add(BREAK_EVEN, 64, 1.0)
    verdicts = view.frame["verdicts"]
    assert [verdict for verdict, _, _ in verdicts] == [
        say("card.prediction.wrong"),
        say("card.prediction.right"),
        say("card.prediction.right"),
    ]
    assert "60%" in verdicts[0][1] and "10,2%" in verdicts[0][1]
    assert "3,04" in verdicts[1][1] and "64 dịch vụ" in verdicts[2][1]
    assert all(len(why) > 40 for _, _, why in verdicts)


def test_a_lab_opened_later_knows_what_was_predicted() -> None:
    record().add(MONTHS, 24, 0.0)
    view = LabView(RolloutLab())
    assert not view.frame["covered"] and len(view.frame["verdicts"]) == 1


def test_a_prediction_that_is_no_number_is_as_good_as_none() -> None:
    record().add(SHARE, "nhiều lắm", 0.0)  # as an imported record may hold
    view = LabView(RolloutLab())
    assert view.frame["covered"] and view.frame["verdicts"] == []
    record().add(MONTHS, 3, 1.0)
    assert len(view.frame["verdicts"]) == 1


# -- what is taken away


def test_a_source_stands_behind_its_own_number_only() -> None:
    default, other = LabView(RolloutLab()).page().text, LabView(RolloutLab(), {"services": 30}).page().text
    assert "1.226 dịch vụ | VCCI News" in default
    assert f"30 dịch vụ | {say('lab.assumed')}" in other and "VCCI" not in other
