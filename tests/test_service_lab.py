"""The service builder: messages in, frames out. What holds for every lab is in test_every_lab."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from digigov.errors import CourseError
from digigov.labs.service import ServiceLab
from digigov.labs.service_data import FILE, load
from digigov.labs.view import LabView
from digigov.language import LANGUAGES, say
from digigov.models import population
from digigov.record import record
from talk import told

PRESETS = {preset.name: preset.values for preset in ServiceLab.presets}
STRIP, PAID, LEFT = range(3)

Language = Callable[[str], None]


def at(view: LabView, **values: Any) -> dict[str, Any]:
    """The frame at the defaults but for these values."""
    return told(view, "set", values=view.lab.defaults() | values)


def cells(frame: dict[str, Any], measure: str, **words: str) -> list[str]:
    name = say(f"service.measure.{measure}", **words)
    return next(row[1:] for row in frame["rows"] if row[0] == name)


@pytest.fixture
def view() -> LabView:
    return LabView(ServiceLab())


# -- what is shown


def test_the_people_are_said_to_be_synthetic(view: LabView, language: Language) -> None:
    assert "nhân tạo" in view.spec["reading"] and "100.000" in view.spec["reading"]
    language("en")
    reading = LabView(ServiceLab()).spec["reading"]
    assert "synthetic" in reading and "none of them real" in reading


def test_as_the_article_says_it_is_faster_and_each_group_is_told_apart(view: LabView) -> None:
    assert cells(view.frame, "half") == ["20 ngày", "7 ngày"]
    assert cells(view.frame, "left", entitled="3.360") == ["7,5% (252)", "5,9% (198)"]
    assert cells(view.frame, "group_elderly_alone") == ["3,5% (5)", "10,5% (15)"]
    assert say("service.sentence.sooner_fewer") in view.frame["sentence"]
    assert len(view.frame["rows"]) == 6 + len(population.GROUPS)


def test_bank_only_leaves_out_who_has_no_account(view: LabView) -> None:
    frame = at(view, **PRESETS["bank_only"])
    assert say("service.sentence.sooner_more") in frame["sentence"]
    assert say("service.sentence.not_reached", count="678", left="928") in frame["sentence"]
    assert "Cao tuổi, sống một mình" in frame["sentence"]


def test_digital_government_loses_where_the_register_is_old_and_nobody_can_object(view: LabView) -> None:
    frame = at(view, **PRESETS["loses"])
    assert say("service.sentence.later_more") in frame["sentence"]
    assert "không bao giờ đủ một nửa" in frame["sentence"]
    assert cells(frame, "group_migrant")[1].startswith("100,0%")
    repaired = at(view, **PRESETS["loses"] | {"self_report": True})
    assert float(cells(repaired, "left", entitled="3.360")[1][:4].replace(",", ".")) < 56


def test_a_platform_that_must_be_built_comes_too_late(view: LabView) -> None:
    frame = at(view, **PRESETS["from_scratch"])
    assert cells(frame, "launch")[1] == "185 ngày"
    assert say("service.sentence.later_fewer") in frame["sentence"]
    assert "xây 9 khối" in frame["marks"][STRIP]["blocks-sum"]["text"]


def test_a_block_that_is_switched_is_seen_in_the_strip_with_its_days(view: LabView) -> None:
    strip = view.frame["marks"][STRIP]
    assert strip["block-appeal"]["hidden"] and strip["days-appeal"]["text"] == "–"
    strip = at(view, appeal=True)["marks"][STRIP]
    assert not strip["block-appeal"]["hidden"] and strip["days-appeal"]["text"] == "1 ngày"
    assert at(view, damage="satellite")["marks"][STRIP]["block-photo"]["hidden"]
    assert strip["paper-sum"]["text"] == say("service.panel.paper_sum", near="17", far="24")


def test_the_stages_on_paper_take_the_time_of_the_default() -> None:
    control = next(control for control in ServiceLab.controls if control.name == "paper_days")
    assert sum(days for _, days in load().stages) == control.default


def test_controls_choose_blocks_and_rules_that_the_palette_has() -> None:
    palette = load()
    rule, damage, payout = ServiceLab.controls[:3]
    assert list(palette.rules) == list(rule.options)
    switches = {control.name for control in ServiceLab.controls if control.kind == "switch" and control.front}
    chosen = switches | {*damage.options, *payout.options, "sign"}
    assert set(palette.blocks) == chosen - {"none", "bank_post"}


def test_a_group_without_anybody_entitled_is_told_in_words(view: LabView) -> None:
    frame = at(view, rule="damaged_poor", storm=0.02)
    nobody = [row for row in frame["rows"] if say("service.none") in row[1:]]
    for row in nobody:
        assert row[1:] == [say("service.none")] * 2
    assert view.notice == "" and "nan" not in str(frame["marks"]) + str(frame["rows"])


# -- what is refused

REFUSED = [
    ({"damage": "none"}, ("rule.damaged", "damage", "photo", "satellite")),
    ({"rule": "damaged_poor", "social": False}, ("rule.damaged_poor", "poor", "social")),
    ({"rule": "per_head_safe", "social": False}, ("rule.per_head_safe", "income", "social")),
    (
        {"rule": "per_head_safe", "population": False, "self_report": False},
        ("rule.per_head_safe", "members", "population", "self_report"),
    ),
    ({"identity": False}, ("bank", "person", "identity")),
    ({"identity": False, "payout": "post"}, ("post", "person", "identity")),
    ({"social": False, "self_report": False}, ("notice", "phone", "social", "self_report")),
    ({"population": False, "self_report": False}, ("photo", "address", "population", "self_report")),
]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("values", "named"), REFUSED, ids=lambda part: str(part)[:40])
def test_a_missing_field_is_refused_with_the_reason_and_nothing_is_lost(
    values: dict[str, Any], named: tuple[str, ...], code: str, language: Language
) -> None:
    language(code)
    view, palette = LabView(ServiceLab()), load()
    before = at(view, accounts=0.7)
    told(view, "set", values=values, turn=3)
    assert view.frame == {**before, "turn": 3} and view.values["accounts"] == 0.7
    what, field, *blocks = named
    first = say(f"service.{what}") if what.startswith("rule") else palette.names[what][code]
    for words in (first, palette.fields[field][code], *(palette.names[block][code] for block in blocks)):
        assert f"“{words}”" in view.notice
    assert view.notice.count(".") == 1 and view.notice.endswith(".") and "{" not in view.notice
    told(view, "set", values={"appeal": True})
    assert view.notice == "" and view.values["appeal"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_division_by_zero_is_refused_with_the_number_of_records(code: str, language: Language) -> None:
    language(code)
    view = LabView(ServiceLab())
    before = view.frame
    told(view, "set", values={"rule": "per_head"})
    empty = population.build().execute("SELECT COUNT(*) FROM household WHERE stale < 0.1 AND NOT old_members")
    assert str(empty.fetchone()[0]) in view.notice and say("service.rule.per_head") in view.notice
    assert view.frame == before
    told(view, "set", values={"rule": "per_head", "register_error": 0})
    assert view.notice == ""
    told(view, "set", values={"register_error": 0.1})  # the same refusal, by the other way
    assert say("service.rule.per_head") in view.notice and view.values["register_error"] == 0


@pytest.mark.parametrize("code", LANGUAGES)
def test_nobody_entitled_and_a_share_above_one_are_told(code: str, language: Language) -> None:
    language(code)
    view = LabView(ServiceLab())
    before = view.frame
    told(view, "set", values={"storm": 0})
    assert view.notice == say("service.nobody") and view.frame == before
    told(view, "set", values={"accounts": 1.2})
    assert say("service.control.accounts") in view.notice and "120" in view.notice and view.frame == before
    lab = ServiceLab()
    with pytest.raises(CourseError, match=say("service.control.accounts")):
        lab.run(lab.defaults() | {"accounts": 1.2})


def test_a_call_with_a_service_that_cannot_be_opens_at_the_defaults_and_says_why() -> None:
    view = LabView(ServiceLab(), {"damage": "none"})
    assert view.values == view.lab.defaults() and say("service.rule.damaged") in view.notice


# -- predictions


def test_predictions_are_stars_where_they_were_made(view: LabView) -> None:
    def stars() -> dict[str, dict[str, Any]]:
        return {name: mark for panel in view.frame["marks"] for name, mark in panel.items() if name.startswith("guess")}

    assert all(mark["hidden"] for mark in stars().values()) and len(stars()) == 6
    record().add("08-predict-days", 12, 0.0)
    record().add("08-predict-left-out", 15, 0.0)
    record().add("08-predict-alone", 4, 0.0)
    assert not any(mark["hidden"] for mark in stars().values())
    axes = view.lab.panels[PAID][1]
    point = axes._point(axes.axes.transData.transform((12, 50)))
    assert stars()["guess-days"]["at"] == [list(point)]
    kept = stars()
    at(view, **PRESETS["loses"])
    assert stars() == kept


# -- the palette's file


@pytest.fixture
def spoilt(tmp_path: Path) -> Callable[..., Path]:
    def write(change: Callable[[dict[str, Any]], Any]) -> Path:
        content = yaml.safe_load(FILE.read_text(encoding="utf8"))
        change(content)
        path = tmp_path / "services.yaml"
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf8")
        return path

    return write


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda file: file["blocks"][0].pop("days"), ("identity", "days")),
        (lambda file: file["blocks"][3].update(each=-1), ("photo", "each")),
        (lambda file: file["blocks"][3].update(cost="nhiều"), ("photo", "cost")),
        (lambda file: file["blocks"][1]["supplies"].append("faith"), ("population", "supplies")),
        (lambda file: file["rules"][0].update(text="damage >="), ("damaged", "text")),
        (lambda file: file["rules"][0].update(text="faith > 1"), ("damaged", "faith")),
        (lambda file: file.pop("paper"), ("services.yaml", "paper")),
        (lambda file: file["rules"].append("x"), ("5", "id")),
    ],
)
def test_a_spoilt_file_is_told_with_entry_and_field(
    spoilt: Callable[..., Path], change: Callable[[Any], Any], words: tuple[str, ...], code: str, language: Language
) -> None:
    language(code)
    with pytest.raises(CourseError) as told:
        load(spoilt(change))
    sentence = str(told.value)
    assert all(word in sentence for word in ("services.yaml", *words)) and sentence.endswith(".")


def test_a_rule_of_a_teacher_that_asks_what_cannot_be_asked_is_told(
    spoilt: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = spoilt(lambda file: file["rules"][0].update(text="phone == 1"))
    lab = ServiceLab()
    monkeypatch.setattr("digigov.labs.service.load", lambda: load(path))
    with pytest.raises(CourseError, match="điện thoại"):
        lab.run(lab.defaults())
