"""The outbreak lab: what is special to it. What holds for every lab is in test_every_lab."""

from collections.abc import Callable
from typing import Any

import pytest

from digigov.errors import CourseError
from digigov.labs.outbreak import OutbreakLab
from digigov.labs.outbreak_picture import LAST_DAY
from digigov.labs.view import LabView
from digigov.language import LANGUAGES, say
from digigov.questions.bank import find
from digigov.record import record

PRESETS = {preset.name: preset.values for preset in OutbreakLab.presets}
ALARM, EARLIER, WEEK = OutbreakLab.predictions
STARS = {ALARM: "guess-forms_alarm_day", EARLIER: "guess-days_earlier", WEEK: "guess-week_earlier"}

Language = Callable[[str], None]


@pytest.fixture
def view() -> LabView:
    return LabView(OutbreakLab())


def marks(view: LabView) -> dict[str, dict[str, Any]]:
    """Marks of all panels, by panel and name."""
    names = [key.rpartition(".")[2] for key, _ in view.lab.panels]
    return {
        f"{panel}/{name}": mark
        for panel, found in zip(names, view.frame["marks"], strict=True)
        for name, mark in found.items()
    }


def result_of(**values: Any) -> Any:
    lab = OutbreakLab()
    return lab.run(lab.checked(values)).now


# -- the claim, and where it fails


def test_in_the_first_preset_daily_entries_are_earlier_fewer_and_cheaper() -> None:
    now = result_of()
    assert now.entries.watch.alarm < now.forms.watch.alarm
    assert now.entries.infected < 0.8 * now.forms.infected and now.entries.cost < now.forms.cost


def test_digital_government_loses_by_computation() -> None:
    now = result_of(**PRESETS["loses"])
    assert now.entries.infected > now.forms.infected and now.entries.cost > now.forms.cost
    assert now.entries.beds > now.forms.beds and now.entries.false_alarms > 10 * now.forms.false_alarms
    assert now.entries.watch.alarm < now.forms.watch.alarm  # and yet it knew first


def test_sending_the_same_form_by_mail_saves_the_post_and_no_more() -> None:
    mailed, posted = result_of(), result_of(**PRESETS["by_post"])
    assert posted.forms.watch.alarm - mailed.forms.watch.alarm == 7
    assert mailed.entries.infected < mailed.forms.infected < posted.forms.infected


def test_gaps_eat_most_of_what_speed_gains() -> None:
    full, half = result_of(), result_of(**PRESETS["half_entered"])
    gain = full.forms.infected - full.entries.infected
    assert 0 < half.forms.infected - half.entries.infected < 0.4 * gain


def test_where_nobody_decides_a_week_is_worth_little() -> None:
    quick, slow = result_of(), result_of(**PRESETS["slow_decision"])
    assert slow.week_earlier < 0.3 * quick.week_earlier
    assert slow.entries.infected > 0.9 * slow.forms.infected > 0.9 * 0.7 * slow.case.people


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({}, "fewer"),
        (PRESETS["loses"], "cried_too_often"),
        (PRESETS["slow_decision"], "too_late"),
        ({"digital_delay": 21}, "more"),
        ({"digital_complete": 0.34}, "same"),
        ({"spread": 0.5}, "no_alarm"),
    ],
)
def test_the_sentence_says_which_case_it_is(
    view: LabView, values: dict[str, Any], kind: str, code: str, language: Language
) -> None:
    language(code)
    view.set(**values)
    assert view.notice == ""
    fixed = max(say(f"outbreak.sentence.{kind}").replace("{", "}").split("}")[::2], key=len)
    assert fixed in view.frame["sentence"]


# -- the picture


@pytest.mark.parametrize("values", [*PRESETS.values(), {"spread": 6}, {"spread": 1.25}, {"background": 2}])
def test_marks_stand_where_the_axes_reach_or_are_told_in_words(view: LabView, values: dict[str, Any]) -> None:
    view.set(**values)
    now, drawn = view.lab.run(view.values).now, marks(view)
    for name, side in (("forms", now.forms), ("entries", now.entries)):
        assert drawn[f"truth/{name}-alarm"]["hidden"] == (side.watch.alarm > LAST_DAY)
        assert drawn[f"reports/{name}-alarm-label"]["hidden"] == (side.watch.alarm > LAST_DAY)
        assert drawn[f"start/{name}"]["hidden"] != drawn[f"start/{name}-off"]["hidden"]
        assert drawn[f"start/{name}-off"]["hidden"] == (side.start <= LAST_DAY)


def test_the_words_of_the_two_alarms_do_not_stand_in_one_row(view: LabView) -> None:
    for values in (*PRESETS.values(), {"spread": 1.5}, {"digital_delay": 21, "spread": 1.5}):
        view.set(**values)
        drawn = marks(view)
        rows = [drawn[f"reports/{name}-alarm-label"]["y"] for name in ("forms", "entries")]
        assert abs(rows[0] - rows[1]) > 9


def test_each_prediction_has_its_star_and_keeps_it(view: LabView) -> None:
    for item, star in STARS.items():
        record().add(item, find(item)["range"][1] / 4, 0.0)
        shown = [name.partition("/")[2] for name, mark in marks(view).items() if not mark["hidden"]]
        assert star in shown and f"{star}-label" in shown
    drawn = {name: mark for name, mark in marks(view).items() if "guess" in name}
    view.set(**PRESETS["loses"])
    assert {name: mark for name, mark in marks(view).items() if "guess" in name} == drawn


# -- the words


def test_defaults_with_a_source_say_so(view: LabView) -> None:
    sourced = {c.name: c.source for c in OutbreakLab.controls if c.source != "assumed"}
    assert set(sourced) == {"digital_complete", "latent_days", "infectious_days"}
    assert "Đồng Nai năm 2018" in view.page().text
    view = LabView(OutbreakLab(), {"digital_complete": 0.42})
    assert "Đồng Nai năm 2018" not in view.page().text


@pytest.mark.parametrize("code", LANGUAGES)
def test_values_without_meaning_to_the_model_name_their_control(code: str, language: Language) -> None:
    language(code)
    lab = OutbreakLab()
    with pytest.raises(CourseError) as told:
        lab.run({**lab.defaults(), "people": 0})
    assert say("outbreak.control.people") in str(told.value)


def test_english_says_one_day(view: LabView, language: Language) -> None:
    language("en")
    delay = next(control for control in OutbreakLab.controls if control.name == "digital_delay")
    assert (delay.show(1), delay.show(2)) == ("1 day", "2 days")
    threshold = next(control for control in OutbreakLab.controls if control.name == "digital_threshold")
    assert (threshold.show(1), threshold.show(1.5)) == ("1 standard deviation", "1.5 standard deviations")


def test_turning_one_control_runs_one_side_again(view: LabView) -> None:
    """What a change does not touch is not computed again: this keeps the lab within a painted frame."""
    before = view.lab.run(view.values).now
    after = view.lab.run({**view.values, "digital_complete": 0.5}).now
    assert after.forms.watch is before.forms.watch and after.forms.path is before.forms.path
    assert after.entries.watch is not before.entries.watch and after.by_start is before.by_start
