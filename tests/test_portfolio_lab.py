"""What is special to the portfolio lab: a plan of 40 choices beside the best plans, one budget, computed presets."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from digigov import tables
from digigov.errors import CourseError
from digigov.labs import portfolio as lab_file
from digigov.labs.portfolio import COMPUTED, LOSING, REGISTERS, TARGET, PortfolioLab
from digigov.labs.portfolio_picture import MOST_SAVED, Result
from digigov.labs.view import LabView
from digigov.language import LANGUAGES
from digigov.models.portfolio import ACTIONS, ONLINE, score
from digigov.models.portfolio_best import GOALS, best
from digigov.models.portfolio_frontier import STEP

ROWS = tables.load("procedures").rows
NAMES = [row["id"] for row in ROWS]

Language = Callable[[str], None]


@pytest.fixture(scope="module")
def lab() -> PortfolioLab:
    return PortfolioLab()


def at(lab: PortfolioLab, preset: str = "", **values: Any) -> Result:
    settings = lab.checked(values)
    return lab.run(lab.checked(lab.preset(preset, settings)) if preset else settings)


def plan_of(values: dict[str, Any]) -> list[int]:
    return [ACTIONS.index(values[name]) for name in NAMES]


# -- the province


def test_the_province_has_forty_procedures_with_options_that_can_be_chosen() -> None:
    assert len(ROWS) == 40
    for row in ROWS:
        assert set((row["registers"] or "").split()) <= REGISTERS.keys(), row["id"]
        offered = [action for action in ACTIONS[1:] if row[f"cost_{action}"] is not None]
        assert len(offered) >= 1, row["id"]
        for action in ACTIONS[1:]:
            left = row[f"left_{action}_pct"]
            assert (left is None) == (row[f"cost_{action}"] is None), f"{row['id']}: {action}"


def test_every_register_is_used_and_a_proactive_service_knows_of_whom() -> None:
    assert {name for row in ROWS for name in (row["registers"] or "").split()} == REGISTERS.keys()
    assert all(row["registers"] for row in ROWS if row["cost_proactive"] is not None)


def test_redesign_leaves_less_than_putting_online_and_costs_more() -> None:
    for row in ROWS:
        if row["cost_online"] is not None:
            assert row["left_redesign_pct"] < row["left_online_pct"], row["id"]
            assert row["cost_redesign"] > row["cost_online"], row["id"]


def test_money_comes_in_the_steps_of_the_frontier_so_that_it_is_exact() -> None:
    money = [row[f"cost_{action}"] for row in ROWS for action in ACTIONS[1:]] + list(REGISTERS.values())
    steps = np.array([cost for cost in money if cost is not None]) / STEP
    assert steps == pytest.approx(steps.round())


def test_every_figure_is_said_to_be_assumed() -> None:
    table = tables.load("procedures")
    assert {row["source"] for row in ROWS} == {"assumed"}
    assert "giả định" in table.resource["description"] and "assumption" in table.resource["description_en"]


# -- the best plans


def test_what_is_counted_is_what_one_gets(lab: PortfolioLab) -> None:
    found = at(lab).best
    online, count, saved = (found[goal] for goal in GOALS)
    assert online.online > 3 * saved.online and count.online == 0
    assert count.count > 3 * saved.count and online.count == 0
    assert online.saved < count.saved < 0.5 * saved.saved
    assert all(one.spent <= 15 + 1e-6 for one in found.values())


@pytest.mark.parametrize("values", [{}, LOSING, {"budget": 30, "register_factor": 0}, {"budget": 1, "use": 0}])
def test_the_frontier_runs_through_the_best_plans(lab: PortfolioLab, values: dict[str, float]) -> None:
    result = at(lab, **values)
    online, count, saved = (result.best[goal] for goal in GOALS)
    assert result.frontier[0] == pytest.approx(saved.saved) == pytest.approx(result.frontier[saved.online])
    assert result.frontier[-1] == pytest.approx(online.saved) and len(result.frontier) == online.online + 1
    assert count.saved <= result.frontier[count.online] + 1e-6
    middle = (saved.online + online.online) // 2
    plan = best(result.portfolio, "saved", result.budget, at_least_online=middle)
    assert score(result.portfolio, plan).saved == pytest.approx(result.frontier[middle])


def test_where_the_state_counts_more_money_and_lower_costs_can_serve_people_worse(lab: PortfolioLab) -> None:
    assert at(lab, budget=12).best["count"].saved < at(lab, budget=10).best["count"].saved
    assert at(lab, rule_factor=2).best["count"].saved > at(lab).best["count"].saved
    assert at(lab, register_factor=2).best["count"].saved > at(lab).best["count"].saved
    # Where hours are what counts it cannot happen.
    assert at(lab, budget=12).best["saved"].saved > at(lab, budget=10).best["saved"].saved
    for dearer in ({"rule_factor": 2}, {"register_factor": 2}):
        assert at(lab, **dearer).best["saved"].saved <= at(lab).best["saved"].saved


def test_digital_governments_measure_loses_where_about_half_apply_online(lab: PortfolioLab) -> None:
    few, many = at(lab, use=0.49).best, at(lab, use=0.51).best
    assert few["count"].saved > few["online"].saved and many["count"].saved < many["online"].saved


def test_read_strictly_digital_governments_measure_does_better_and_still_falls_short(lab: PortfolioLab) -> None:
    wide, strict = at(lab).best, at(lab, strict=True).best
    assert (strict["online"], strict["saved"]) == (wide["online"], wide["saved"])
    assert strict["count"].count_by_data > wide["count"].count_by_data
    assert wide["count"].saved < strict["count"].saved < 0.7 * strict["saved"].saved
    licence = NAMES.index("driving_licence")
    assert ACTIONS[strict["count"].plan[licence]] == "proactive" and ACTIONS[wide["count"].plan[licence]] == "leave"
    # It loses later, and where registers alone are dear not at all; at the losing preset it loses on either reading.
    few, many = (at(lab, strict=True, use=use).best for use in (0.7, 0.71))
    assert few["count"].saved > few["online"].saved and many["count"].saved < many["online"].saved
    dear = at(lab, strict=True, register_factor=3).best
    assert dear["count"].saved > dear["online"].saved
    losing = at(lab, strict=True, **LOSING).best
    assert losing["count"].saved < losing["online"].saved


@pytest.mark.parametrize(("code", "words"), [("vi", "Đang đọc chặt"), ("en", "The strict reading is on")])
def test_the_strict_reading_is_told_and_the_presets_follow_it(code: str, words: str, language: Language) -> None:
    language(code)
    lab = PortfolioLab()
    strict = at(lab, "best_count", strict=True)
    assert strict.mine == strict.best["count"] and words in lab.sentence(strict)
    assert words not in lab.sentence(at(lab, "best_count"))


def test_that_heavy_procedures_are_dear_to_put_online_decides_which_count_leads(lab: PortfolioLab) -> None:
    result = at(lab)
    cost = result.portfolio.cost.copy()
    offered = np.isfinite(cost[:, ONLINE])
    cost[offered, ONLINE] = cost[offered, ONLINE].mean()
    flat = replace(result.portfolio, cost=cost)
    online, count = (score(flat, best(flat, goal, 15.0)).saved / 1000 for goal in ("online", "count"))
    assert (round(online), round(count)) == (779, 722)  # as printed in notebook 04


# -- presets


@pytest.mark.parametrize("name", COMPUTED)
def test_a_computed_preset_is_the_best_plan_at_the_settings_of_the_moment(lab: PortfolioLab, name: str) -> None:
    settings = lab.checked({"budget": 8, "use": 0.6, "birth": "online"})
    values = lab.preset(name, settings)
    assert values["budget"] == 8 and values["use"] == 0.6
    result = lab.run(lab.checked(values))
    assert result.mine == result.best[COMPUTED[name]]
    assert plan_of(values) == list(result.mine.plan)


def test_a_cut_on_paper_meets_the_target_and_eases_almost_nobody(lab: PortfolioLab) -> None:
    mine = at(lab, "paper_cut").mine
    assert mine.gone == np.ceil(TARGET * 40) == 8 and mine.new == 0
    assert mine.saved < 0.01 * at(lab).portfolio.burden.sum()
    assert mine.spent < 15


def test_digital_government_loses_at_the_preset_that_says_so(lab: PortfolioLab) -> None:
    result = at(lab, "loses")
    online, count, saved = (result.best[goal] for goal in GOALS)
    assert result.mine == count
    assert count.saved < 0.5 * online.saved
    assert set(saved.plan) == {0, ONLINE}  # the most hours are saved by plainly putting things online
    assert "chính phủ số thua" in lab.sentence(result)


def test_removing_raises_the_share_of_what_remains_on_screen_too(lab: PortfolioLab) -> None:
    cells = {measure.name: measure.cells for measure in lab.measures(at(lab, "best_saved"))}
    assert cells["Tỷ lệ trực tuyến trên 40 thủ tục ban đầu"][0] == "20,0%"
    assert cells["Tỷ lệ trực tuyến trên số thủ tục còn lại"][0] == "21,1%"


# -- choices and the budget


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_plan_over_the_budget_is_allowed_and_told_loudly(code: str, language: Language) -> None:
    language(code)
    view = LabView(PortfolioLab(), {"budget": 1})
    assert over_label(view)["hidden"]
    view.set(certified_copy="redesign")
    assert view.notice == "" and view.values["certified_copy"] == "redesign"
    assert view.frame["sentence"].startswith({"vi": "VƯỢT NGÂN SÁCH 5,50 tỷ", "en": "OVER BUDGET by 5.50"}[code])
    assert "6,5 tỷ" in view.frame["rows"][8][1] or "6.5 bn" in view.frame["rows"][8][1]
    assert not over_label(view)["hidden"]
    view.set(budget=8)
    assert over_label(view)["hidden"] and "5,50" not in view.frame["sentence"]


def over_label(view: LabView) -> dict[str, Any]:
    return view.frame["marks"][0]["over"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_budget_of_zero_is_told_in_a_sentence_that_says_what_to_do(code: str, language: Language) -> None:
    language(code)
    view = LabView(PortfolioLab(), {"birth": "online"})
    before = view.frame
    view.set(budget=0)
    assert (
        view.notice
        == {
            "vi": "Ngân sách bằng 0 thì chỉ có thể để nguyên mọi thủ tục; hãy đặt từ 1 tỷ đồng trở lên, "
            "thiết lập được giữ nguyên.",
            "en": "With a budget of 0 every procedure can only stay as it is; set 1 bn VND or more, "
            "the settings are kept.",
        }[code]
    )
    assert view.values["budget"] == 15 and view.frame["rows"] == before["rows"]


@pytest.mark.parametrize(("code", "name"), [("vi", "Cấp, đổi thẻ căn cước"), ("en", "identity card")])
def test_an_action_that_a_procedure_does_not_have_is_told_by_its_name(code: str, name: str, language: Language) -> None:
    language(code)
    view = LabView(PortfolioLab())
    view.set(identity_card="online")
    assert name in view.notice and "redesign" in view.notice
    assert view.values["identity_card"] == "leave"


def test_values_without_meaning_to_the_model_name_their_control(lab: PortfolioLab) -> None:
    with pytest.raises(CourseError, match="Ngân sách"):
        lab.run({**lab.defaults(), "budget": -1.0})
    with pytest.raises(CourseError, match="Tỷ lệ hồ sơ nộp trực tuyến"):
        lab.run({**lab.defaults(), "use": 1.5})


def test_a_choice_changes_nothing_but_the_learners_own_plan(lab: PortfolioLab, monkeypatch: pytest.MonkeyPatch) -> None:
    before = at(lab)
    monkeypatch.setattr(lab_file, "best", None)  # nothing is solved anew
    after = at(lab, birth="proactive", karaoke="online")
    assert after.best is before.best and after.frontier is before.frontier
    assert (after.mine.online, after.mine.gone, after.mine.new) == (1, 1, 1)
    assert after.mine.spent == pytest.approx(2 + 0.2 + 2.5 + 1.5)


def test_the_line_to_share_names_only_what_was_chosen() -> None:
    view = LabView(PortfolioLab())
    view.set(birth="proactive", budget=20)
    assert view.frame["code"] == "portfolio(budget=20, birth='proactive')"


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_list_shows_each_procedure_with_what_stands_behind_its_options(code: str, language: Language) -> None:
    language(code)
    lab = PortfolioLab()
    listing = lab.listing
    assert list(listing.rows) == NAMES
    assert all(len(column.values) == 40 for column in listing.columns)
    for place in listing.filters:
        assert all(isinstance(value, str) and value for value in listing.columns[place].values)
    choices = {control.name: control for control in lab.controls if control.name in NAMES}
    for row in ROWS:
        assert lab.label(choices[row["id"]]) == row[f"name_{code}"]
        assert {"leave", *listing.notes[row["id"]]} == set(choices[row["id"]].options)


# -- the picture


def test_predictions_are_drawn_where_they_were_made(lab: PortfolioLab) -> None:
    result = at(lab)
    lab.draw(result, {"burden_share_of_best_online": 80.0, "online_of_best_burden": 25.0})
    plane = dict(lab.panels)["portfolio.alt.plane"]
    shown = plane.marks()
    assert not any(shown[name]["hidden"] for name in ("guess-share", "guess-online"))
    # The guess on hours stands above the plan that it is about, the other beside the best plan's height.
    assert shown["guess-share"]["at"][0][0] == shown["point-online"]["at"][0][0]
    assert shown["guess-share"]["at"][0][1] < shown["point-online"]["at"][0][1]
    assert shown["guess-online"]["at"][0][1] == shown["point-saved"]["at"][0][1]
    lab.draw(result, {})
    assert all(plane.marks()[name]["hidden"] for name in ("guess-share", "guess-online", "guess-share-label"))


def test_every_mark_stays_within_the_axes_at_the_extremes(lab: PortfolioLab) -> None:
    everything = {control.name: control.options[-1] for control in lab.controls if control.kind == "choice"}
    result = at(lab, **everything, budget=30, use=1, register_factor=0)
    assert result.mine.spent > 50
    assert max(score.saved for score in (result.mine, *result.best.values())) / 1000 <= MOST_SAVED
    lab.draw(result, {"burden_share_of_best_online": 100.0, "online_of_best_burden": 40.0})
    for key, panel in lab.panels:
        height = panel.figure.get_figheight() * 72
        for name, mark in panel.marks().items():
            for _, y in mark.get("at", []):
                assert 0 <= y <= height, f"{key}: {name}"
