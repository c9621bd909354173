"""The inspection lab: messages in, frames out. What holds for every lab is in test_every_lab."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from digigov.errors import CourseError
from digigov.labs.inspection import InspectionLab
from digigov.labs.view import LabView
from digigov.language import say
from digigov.models import inspection as model
from digigov.record import record
from talk import told

PRESETS = {preset.name: preset.values for preset in InspectionLab.presets}
YIELD, SHARE = InspectionLab.predictions

Language = Callable[[str], None]


@pytest.fixture
def view() -> LabView:
    return LabView(InspectionLab())


def cells(frame: dict[str, Any], measure: str, **words: str) -> list[str]:
    name = say(f"inspection.measure.{measure}", **words)
    return next(row[1:] for row in frame["rows"] if row[0] == name)


# -- what the presets say


def test_as_the_article_says_the_score_finds_most(view: LabView) -> None:
    assert cells(view.frame, "found") == ["20,1", "32,4", "46,5"]
    assert say("inspection.sentence.wins") in view.frame["sentence"]
    assert "4.000" in view.spec["reading"] and "nhân tạo" in view.spec["reading"]


def test_the_same_technology_in_the_old_model_changes_nothing(view: LabView) -> None:
    frame = told(view, "set", values=PRESETS["same_technology"])
    for measure in ("found", "share", "innocent_known", "innocent_remote"):
        plan, _, digital = cells(frame, measure)
        assert plan == digital
    assert say("inspection.sentence.not_deciding", could="46,5") in frame["sentence"]
    shares = told(view, "set", values={"random_share": 0.5})
    assert shares["rows"] == frame["rows"]  # the plan decides, so the score's own lot does not matter
    assert told(view, "set", values={"score_decides": True})["rows"] != frame["rows"]


def test_a_score_that_blames_one_area_is_shown_to_do_so(view: LabView) -> None:
    frame = told(view, "set", values=PRESETS["blames"])
    known, remote = cells(frame, "innocent_known")[2], cells(frame, "innocent_remote")[2]
    assert say("inspection.sentence.one_sided_known", known=known, remote=remote) in frame["sentence"]
    belief = cells(frame, "belief_remote", truth="20,0%")[2]
    assert say("inspection.sentence.belief", belief=belief, truth="20,0%") in frame["sentence"]
    assert say("inspection.sentence.wins") in frame["sentence"]  # it finds most, and is unfair


def test_it_loses_to_everybody_in_turn_by_computation(view: LabView) -> None:
    values = view.lab.checked(PRESETS["loses"])
    plan, complaints, score = view.lab.run(values).mean_found
    assert score < complaints < plan
    assert say("inspection.sentence.loses") in told(view, "set", values=PRESETS["loses"])["sentence"]
    learned_rightly = view.lab.run({**values, "blank_is_clean": False}).mean_found
    assert learned_rightly[2] > learned_rightly[0]


def test_with_nothing_to_learn_no_random_share_is_best(view: LabView) -> None:
    frame = told(view, "set", values=PRESETS["no_signal"])
    assert cells(frame, "best_share")[2] == say("inspection.none")
    assert say("inspection.sentence.no_better") in frame["sentence"]
    assert frame["marks"][2]["best"]["hidden"] and frame["marks"][2]["best-label"]["hidden"]


def test_other_settings_have_their_own_sentences(view: LabView) -> None:
    frame = told(view, "set", values={"inspections": 100, "signal": 0.3, "random_share": 0.5, "hidden": 0.1})
    plan, complaints, score = view.lab.run(view.values).mean_found
    assert plan + 0.005 < score < complaints
    assert say("inspection.sentence.complaints") in frame["sentence"]
    frame = told(view, "set", values={**view.lab.defaults(), "blank_is_clean": True, "remote_risk": 2, "past_lean": 0})
    known, remote = cells(frame, "innocent_known")[2], cells(frame, "innocent_remote")[2]
    assert say("inspection.sentence.one_sided_remote", known=known, remote=remote) in frame["sentence"]
    assert say("inspection.sentence.best_none") in told(view, "set", values={"memory": 8})["sentence"]


# -- what is given


def test_a_random_share_between_the_stops_is_computed(view: LabView) -> None:
    opened = LabView(InspectionLab(), {"random_share": 0.15})
    between = float(cells(opened.frame, "found")[2].replace(",", "."))
    low, high = (
        float(cells(told(view, "set", values={"random_share": share}), "found")[2].replace(",", "."))
        for share in (0.2, 0.1)
    )
    assert opened.notice == "" and low - 1 < between < high + 1


@pytest.mark.parametrize(
    ("code", "words"), [("vi", "Cơ sở có vi phạm"), ("en", "Establishments in violation in a year")]
)
def test_values_without_meaning_to_the_model_name_their_control(code: str, words: str, language: Language) -> None:
    language(code)
    lab = InspectionLab()
    with pytest.raises(CourseError, match=words):
        lab.run({**lab.defaults(), "base_rate": 0})


def test_switches_that_are_none_are_told_in_a_sentence(view: LabView, language: Language) -> None:
    told(view, "set", values={"score_decides": "có"})
    assert "Điểm rủi ro quyết định nơi đến" in view.notice and view.values == view.lab.defaults()
    language("en")
    told(view, "set", values={"blank_is_clean": 3})
    assert "Not inspected counts as clean" in view.notice


# -- predictions


def test_predictions_are_drawn_on_the_axis_they_were_made_about(view: LabView) -> None:
    record().add(YIELD, 30, 0.0)
    record().add(SHARE, 40, 0.0)
    found, _, lots = view.frame["marks"]
    x, y = 4.5, 30
    panel = view.lab.panels[0][1]
    assert found["guess-found"]["at"] == [list(panel._point(panel.axes.transData.transform((x, y))))]
    panel = view.lab.panels[2][1]
    place = model.RANDOM_SHARES.index(0.3) + 0.5  # halfway between the stops 30% and 50%
    assert lots["guess-share"]["at"] == [list(panel._point(panel.axes.transData.transform((place, 84))))]


def test_each_prediction_gets_a_verdict_against_the_default_settings(view: LabView) -> None:
    told(view, "set", values=PRESETS["loses"])
    record().add(YIELD, 20, 0.0)
    record().add(SHARE, 5, 1.0)
    verdicts = view.frame["verdicts"]
    assert [verdict for verdict, _, _ in verdicts] == [
        say("card.prediction.wrong"),
        say("card.prediction.right"),
    ]
    assert "46" in verdicts[0][1] and "5%" in verdicts[1][1]


# -- what a learner does not wait for


def test_importing_the_course_does_not_import_scikit_learn() -> None:
    code = "import sys, digigov; sys.exit('sklearn' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
