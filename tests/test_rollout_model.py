"""The rollout model against closed forms, a published rule and properties that must hold for every plan."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digigov.models import rollout as model
from digigov.models.rollout import Plan

WIDE = np.concatenate([[0.0], np.geomspace(0.01, 2000, 400)])
LOSES = Plan(services=30, teams=40, build_months=24, fit=0.6)


def between(low: float, high: float) -> st.SearchStrategy[float]:
    """A thousand steps from `low` to `high`: as fine as any control, and quick to shrink."""
    return st.integers(0, 1000).map(lambda step: low + (high - low) * step / 1000)


PLANS = st.builds(
    Plan,
    services=st.integers(1, 200) | st.integers(1, 7000),
    teams=st.integers(1, 200),
    build_months=st.just(0.0) | between(0.01, 60),
    fit=st.sampled_from([0.0, 1.0]) | between(0, 1),
    project_months=between(0.5, 36),
    learning_rate=st.just(1.0) | between(0.6, 1),
    upkeep=st.just(0.0) | between(0.001, 0.1),
    configure_days=st.just(0.0) | between(0.01, 20),
    team_cost=between(0.01, 1),
    system_cost=between(0, 5),
    platform_cost=between(0, 1000),
    running_cost=between(0, 20),
    years=between(0, 20),
    spread=between(0, 1),
)
every_plan = settings(max_examples=60)


# -- project by project


def test_without_learning_and_upkeep_the_share_grows_in_a_straight_line() -> None:
    plan = Plan(services=1000, teams=20, project_months=24, learning_rate=1, upkeep=0)
    months = np.linspace(0, 1500, 77)  # done after d·N/T = 1200 months
    assert model.projects_share(plan, months) == pytest.approx(np.minimum(20 * months / (24 * 1000), 1))
    assert model.months_by_projects(plan, 1000) == pytest.approx(1200)


@pytest.mark.parametrize("upkeep", [0.005, 0.01, 0.1])
def test_with_upkeep_and_no_learning_a_team_has_built_what_the_exponential_says(upkeep: float) -> None:
    plan = Plan(services=5000, teams=20, project_months=22, learning_rate=1, upkeep=upkeep)
    whole = np.arange(1, np.ceil(1 / upkeep) - 1)
    months = -22 / upkeep * np.log(1 - upkeep * whole)  # when k(t) = (1 - exp(-m·t/d)) / m is a whole number
    assert model.built_by_projects(plan, 5000, months) == pytest.approx(20 * whole)
    assert 20 / upkeep * -np.expm1(-upkeep * months / 22) == pytest.approx(20 * whole)


def test_with_learning_and_no_upkeep_months_add_up_by_wrights_law() -> None:
    plan = Plan(services=400, teams=20, project_months=22, learning_rate=0.85, upkeep=0)
    built, calendar = model.team_calendar(plan, 20)
    b = -np.log(0.85) / np.log(2)
    assert built.tolist() == list(range(21))
    assert calendar == pytest.approx([22 * sum(n**-b for n in range(1, count + 1)) for count in range(21)])
    assert model.months_by_projects(plan, 400) == pytest.approx(calendar[-1])


def test_a_ninety_per_cent_curve_has_the_published_unit_times() -> None:
    """T. P. Wright (1936): each doubling of the number built takes the unit time to 90%: 1, 0.9, 0.81, 0.729."""
    _, calendar = model.team_calendar(Plan(project_months=1, learning_rate=0.9, upkeep=0), 8)
    unit = np.diff(calendar)
    assert unit[[0, 1, 3, 7]] == pytest.approx([1, 0.9, 0.81, 0.729])


def test_upkeep_of_the_whole_team_means_never() -> None:
    plan = Plan(services=300, teams=1, upkeep=0.01)
    assert model.months_by_projects(plan, 100) == np.inf  # the hundredth system takes the last per cent
    assert np.isfinite(model.months_by_projects(plan, 99))
    assert model.projects_share(plan, 1e9) == pytest.approx(99 / 300)
    assert model.platform_months(replace(plan, fit=0.5)) == np.inf


@every_plan
@given(PLANS)
def test_nobody_finishes_a_project_in_less_than_its_own_time(plan: Plan) -> None:
    """More teams than services do not help: a project is one team's."""
    assert model.months_by_projects(plan, plan.services) >= plan.project_months
    if plan.services < plan.teams:
        alone = replace(plan, teams=plan.services)
        assert model.months_by_projects(plan, plan.services) == model.months_by_projects(alone, plan.services)


# -- both ways


@every_plan
@given(PLANS)
def test_shares_stay_between_nothing_and_all_and_never_fall(plan: Plan) -> None:
    for share in (model.projects_share(plan, WIDE), model.platform_share(plan, WIDE)):
        assert share.min() >= 0 and share.max() <= 1
        assert np.diff(share).min() >= -1e-12


@every_plan
@given(PLANS, st.integers(1, 100))
def test_more_teams_are_never_slower(plan: Plan, more: int) -> None:
    larger = replace(plan, teams=plan.teams + more)
    assert np.all(model.projects_share(larger, WIDE) >= model.projects_share(plan, WIDE) - 1e-9)
    assert model.platform_months(larger) <= model.platform_months(plan) * (1 + 1e-9)


@every_plan
@given(PLANS)
def test_a_platform_that_fits_nothing_is_projects_begun_after_it_was_built(plan: Plan) -> None:
    nothing = replace(plan, fit=0)
    later = model.projects_share(plan, np.clip(WIDE - plan.build_months, 0, None))
    assert model.platform_share(nothing, WIDE) == pytest.approx(later)
    assert model.platform_months(nothing) >= plan.build_months + model.months_by_projects(plan, plan.services)


@every_plan
@given(PLANS)
def test_share_is_whole_at_the_month_named_and_not_before(plan: Plan) -> None:
    for share, done in (
        (model.projects_share, model.months_by_projects(plan, plan.services)),
        (model.platform_share, model.platform_months(plan)),
    ):
        if np.isfinite(done):
            assert share(plan, done * (1 + 1e-9) + 1e-9) == pytest.approx(1, abs=1e-6)
            assert done == 0 or share(plan, done * 0.99 - 1e-9) < 1


# -- the course's own settings


def test_defaults_give_ten_per_cent_in_ten_years_and_all_in_three_months() -> None:
    plan = Plan()
    assert model.projects_share(plan, 120) == pytest.approx(0.10, abs=0.01)
    assert model.platform_share(plan, 3.1) == 1
    assert model.platform_share(plan, 2.5) < 1
    assert model.platform_months(plan) == pytest.approx(1 + 1226 * 0.7 / (21 * 20))


def test_the_losing_preset_loses_in_time_and_in_money() -> None:
    projects, platform = model.lifetime_costs(LOSES, LOSES.services)
    assert model.platform_months(LOSES) > model.months_by_projects(LOSES, LOSES.services)
    assert np.all(model.platform_share(LOSES, WIDE) <= model.projects_share(LOSES, WIDE))
    assert platform > projects
    assert model.break_even(LOSES) > LOSES.services


@pytest.mark.parametrize("changed", [{}, {"configure_days": 1.1}, {"build_months": 24, "platform_cost": 200}])
def test_the_other_presets_win_in_time_and_in_money(changed: dict[str, float]) -> None:
    plan = Plan(**changed)
    projects, platform = model.lifetime_costs(plan, plan.services)
    assert model.platform_months(plan) < model.months_by_projects(plan, plan.services)
    assert platform < projects
    assert model.break_even(plan) < plan.services


# -- money


@every_plan
@given(PLANS)
def test_money_never_falls_over_time(plan: Plan) -> None:
    for spending in (model.projects_spending(plan, WIDE), model.platform_spending(plan, WIDE)):
        assert spending[0] >= 0
        assert np.all(np.diff(spending) >= -1e-9 * spending[-1])


@every_plan
@given(PLANS)
def test_spending_at_completion_is_the_sum_of_its_parts(plan: Plan) -> None:
    done = model.months_by_projects(plan, plan.services)
    if np.isfinite(done):
        working = plan.team_cost * min(plan.teams, plan.services)
        paid = working * done + plan.system_cost * plan.services
        assert model.projects_spending(plan, done) == pytest.approx(paid)
        later = paid + plan.team_cost * plan.upkeep * plan.services * 12
        assert model.projects_spending(plan, done + 12) == pytest.approx(later)
    whole = replace(plan, fit=1)
    configuring = 1.0 * plan.services * plan.configure_days / 21 / plan.teams
    paid = plan.platform_cost + configuring * (plan.running_cost + plan.team_cost * plan.teams)
    assert model.platform_spending(whole, model.platform_months(whole)) == pytest.approx(paid)
    assert model.platform_spending(whole, model.platform_months(whole) + 12) == pytest.approx(
        paid + 12 * plan.running_cost
    )


@every_plan
@given(PLANS)
def test_break_even_without_learning_equals_its_closed_form(plan: Plan) -> None:
    """N = (B + 12·Y·r) / (fit·(c·d + h + 12·Y·c·m - c·s)), s in months."""
    plan = replace(plan, learning_rate=1)
    c, months = plan.team_cost, 12 * plan.years
    each = c * plan.project_months + plan.system_cost + months * c * plan.upkeep - c * plan.configure_days / 21
    saved, fixed = plan.fit * each, plan.platform_cost + months * plan.running_cost
    exact = fixed / saved if saved > 0 else np.inf
    if exact < 0.999:
        assert model.break_even(plan) == 1
    elif 1.001 < exact < 99_000 and saved > 1e-6:
        assert model.break_even(plan) == pytest.approx(exact, rel=1e-5)
    elif exact > 101_000 and fixed > 0:
        assert model.break_even(plan) == np.inf


@every_plan
@given(PLANS)
def test_break_even_with_learning_is_the_first_place_where_the_curves_cross(plan: Plan) -> None:
    number = model.break_even(plan)
    below = np.geomspace(1, min(number, 100_000), 300)[:-1] * 0.9999
    projects, platform = model.lifetime_costs(plan, below[below >= 1])
    assert np.all(projects < platform)
    if 1 < number < np.inf:
        projects, platform = model.lifetime_costs(plan, number)
        assert projects == pytest.approx(platform, rel=1e-5)


# -- chance


@every_plan
@given(PLANS)
def test_without_spread_every_run_equals_the_deterministic_one(plan: Plan) -> None:
    plan = replace(plan, spread=0)
    projects, platform = model.simulate(plan, WIDE, runs=3)
    assert np.array_equal(projects, np.tile(model.projects_share(plan, WIDE), (3, 1)))
    assert np.array_equal(platform, np.tile(model.platform_share(plan, WIDE), (3, 1)))


def test_a_simulation_is_reproduced_by_its_seed() -> None:
    first, again, other = (model.simulate(Plan(), WIDE, seed=seed) for seed in (7, 7, 8))
    assert first[0].shape == first[1].shape == (200, WIDE.size)
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("plan", [Plan(), LOSES, Plan(fit=0.9), Plan(build_months=24)])
def test_the_band_of_eight_in_ten_runs_holds_the_run_without_chance(plan: Plan) -> None:
    shares = model.projects_share(plan, WIDE), model.platform_share(plan, WIDE)
    for runs, certain in zip(model.simulate(plan, WIDE), shares, strict=True):
        low, high = np.quantile(runs, [0.1, 0.9], axis=0)
        assert np.all(low <= certain + 1e-12) and np.all(certain <= high + 1e-12)
        assert np.any(low < high)


# -- plans without meaning


@pytest.mark.parametrize("name", [field.name for field in fields(Plan)])
@pytest.mark.parametrize("value", [-0.1, float("nan"), float("inf")])
def test_a_plan_without_meaning_names_its_parameter(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"^{name}$"):
        Plan(**{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, 0) for name in ("services", "teams", "project_months", "learning_rate")]
    + [(name, 1.01) for name in ("fit", "learning_rate", "upkeep")],
)
def test_a_limit_that_is_crossed_names_its_parameter(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"^{name}$"):
        Plan(**{name: value})
