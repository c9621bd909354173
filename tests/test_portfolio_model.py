"""The portfolio model against sums by hand, search through every plan, and properties that must always hold."""

from dataclasses import replace
from itertools import product
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digigov.models import portfolio as model
from digigov.models.portfolio import ACTIONS, LEAVE, ONLINE, PROACTIVE, REDESIGN, REMOVE, Portfolio, score
from digigov.models.portfolio_best import GOALS, Goal, best, greedy, points
from digigov.models.portfolio_frontier import STEP, frontier

EVERY_GOAL: tuple[Goal, ...] = get_args(Goal)

# Two procedures that hang on one register, one that hangs on none and cannot be replaced.
BY_HAND = Portfolio(
    cases=np.array([1000.0, 200.0, 50.0]),
    hours=np.array([2.0, 10.0, 4.0]),
    cost=np.array([[0, 1, 2, np.inf, 4], [0, 1, 2, 3, np.inf], [0, 0.5, 1, 0.25, np.inf]]),
    left=np.array([[1, 0.5, 0.4, 1, 0.1], [1, 0.8, 0.5, 0.2, 1], [1, 0.5, 0.4, 0, 1]]),
    needs=np.array([[True], [True], [False]]),
    register_cost=np.array([3.0]),
    use=0.4,
)


@st.composite
def portfolios(draw: st.DrawFn) -> Portfolio:
    """Up to four procedures and two registers; costs in steps of the frontier's money."""
    procedures, registers = draw(st.integers(1, 4)), draw(st.integers(0, 2))

    def table(shape: tuple[int, ...], values: st.SearchStrategy[float]) -> model.Array:
        size = int(np.prod(shape))
        return np.array(draw(st.lists(values, min_size=size, max_size=size)), dtype=float).reshape(shape)

    money = st.integers(0, 40).map(lambda steps: steps * STEP)
    shape = (procedures, len(ACTIONS))
    cost = np.where(table(shape, st.integers(0, 4)) == 0, np.inf, table(shape, money))
    cost[:, LEAVE] = 0
    return Portfolio(
        cases=table((procedures,), st.integers(0, 500)),
        hours=table((procedures,), st.integers(1, 20)),
        cost=cost,
        left=table(shape, st.integers(0, 10).map(lambda tenths: tenths / 10)),
        needs=table((procedures, registers), st.integers(0, 1)).astype(bool),
        register_cost=table((registers,), money),
        use=draw(st.integers(0, 10)) / 10,
        rule_factor=draw(st.sampled_from([1.0, 2.0, 3.0])),
        register_factor=draw(st.sampled_from([0.0, 1.0, 2.0])),
    )


BUDGETS = st.integers(0, 160).map(lambda steps: steps * STEP)
some = settings(max_examples=40)


def every_plan(portfolio: Portfolio, budget: float) -> list[model.Score]:
    """The score of each plan that the budget can pay, by trying all of them."""
    options = [np.flatnonzero(possible).tolist() for possible in portfolio.possible]
    scores = (score(portfolio, np.array(plan)) for plan in product(*options))
    return [found for found in scores if found.spent <= budget + 1e-9]


def worth(found: model.Score, goal: Goal) -> tuple[float, float]:
    """What is compared: the points, and the hours where the points are equal."""
    return (getattr(found, goal), 0.0 if goal == "saved" else found.saved)


# -- what a plan reaches


def test_a_plan_by_hand() -> None:
    found = score(BY_HAND, np.array([PROACTIVE, REDESIGN, REMOVE]))
    assert (found.online, found.remaining, found.gone, found.new, found.count) == (1, 1, 2, 1, 3)
    assert found.saved == pytest.approx(2000 * 0.9 + 2000 * 0.5 + 200)
    assert found.money == pytest.approx((0, 0, 2, 0.25, 4)) and found.registers == 3
    assert found.spent == pytest.approx(9.25)
    assert found.online_share == pytest.approx(1 / 3) and found.online_share_of_remaining == 1
    assert found.use_share == pytest.approx(0.4)  # only the second is still applied for


def test_online_helps_only_those_who_apply_online_and_redesign_everybody() -> None:
    online, redesigned = (score(BY_HAND, np.array([action, LEAVE, LEAVE])) for action in (ONLINE, REDESIGN))
    assert online.saved == pytest.approx(0.4 * 0.5 * 2000) and redesigned.saved == pytest.approx(0.6 * 2000)
    assert online.registers == 0 and redesigned.registers == 3
    nobody = replace(BY_HAND, use=0.0)
    assert score(nobody, np.array([ONLINE, ONLINE, ONLINE])).saved == 0
    assert score(nobody, np.array([ONLINE, ONLINE, ONLINE])).online == 3


def test_a_register_is_paid_once_however_many_hang_on_it() -> None:
    one, two = (score(BY_HAND, np.array(plan)) for plan in ([REDESIGN, LEAVE, LEAVE], [REDESIGN, REDESIGN, LEAVE]))
    assert (one.registers, two.registers) == (3, 3)
    assert two.spent - one.spent == pytest.approx(2)
    assert score(replace(BY_HAND, register_factor=2.0), np.array(two.plan)).registers == 6


def test_the_difficulty_of_rules_touches_only_removing() -> None:
    harder = replace(BY_HAND, rule_factor=3.0)
    assert harder.costs[:, REMOVE].tolist() == [np.inf, 9, 0.75]
    others = [LEAVE, ONLINE, REDESIGN, PROACTIVE]
    assert np.array_equal(harder.costs[:, others], BY_HAND.costs[:, others])


def test_leaving_everything_costs_and_changes_nothing() -> None:
    nothing = score(BY_HAND, np.zeros(3))
    assert (nothing.spent, nothing.saved, nothing.online, nothing.count, nothing.remaining) == (0, 0, 0, 0, 3)


def test_removing_raises_the_share_of_what_remains_without_one_service_more() -> None:
    before, after = (score(BY_HAND, np.array(plan)) for plan in ([ONLINE, LEAVE, LEAVE], [ONLINE, LEAVE, REMOVE]))
    assert before.online == after.online == 1
    assert before.online_share == after.online_share
    assert after.online_share_of_remaining > before.online_share_of_remaining


def test_a_cut_on_paper_takes_the_lightest_that_can_be_removed() -> None:
    assert model.paper_cut(BY_HAND, 0.2).tolist() == [LEAVE, LEAVE, REMOVE]
    assert model.paper_cut(BY_HAND, 0.34).tolist() == [LEAVE, REMOVE, REMOVE]
    assert model.paper_cut(BY_HAND, 1.0).tolist() == [LEAVE, REMOVE, REMOVE]  # no more can be removed
    assert model.paper_cut(BY_HAND, 0.0).tolist() == [LEAVE] * 3


NONSENSE = {
    "cases": {"cases": np.array([-1.0, 1, 1])},
    "hours": {"hours": np.array([np.inf, 1, 1])},
    "cost": {"cost": BY_HAND.cost + 1},
    "left": {"left": BY_HAND.left + 0.1},
    "needs": {"needs": np.ones((2, 1), dtype=bool)},
    "register_cost": {"register_cost": np.array([np.nan])},
    "use": {"use": 1.1},
    "rule_factor": {"rule_factor": -1.0},
    "register_factor": {"register_factor": np.inf},
}


@pytest.mark.parametrize("name", NONSENSE)
def test_a_senseless_province_names_the_parameter(name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}$"):
        replace(BY_HAND, **NONSENSE[name])


@pytest.mark.parametrize("plan", [[0, 0], [5, 0, 0], [-1, 0, 0], [REMOVE, 0, 0]])
def test_a_plan_that_cannot_be_is_told(plan: list[int]) -> None:
    with pytest.raises(ValueError, match="plan"):
        score(BY_HAND, np.array(plan))


# -- the best plan


def test_only_what_data_replaced_is_a_point_of_the_strict_count() -> None:
    found = score(BY_HAND, np.array([PROACTIVE, LEAVE, REMOVE]))
    assert (found.count, found.count_by_data) == (3, 2)
    wide, strict = (points(BY_HAND, goal) for goal in ("count", "count_by_data"))
    assert wide[:, REMOVE].tolist() == [0, 1, 1] and not strict[:, REMOVE].any()
    others = [LEAVE, ONLINE, REDESIGN, PROACTIVE]
    assert np.array_equal(wide[:, others], strict[:, others])


@pytest.mark.parametrize("goal", EVERY_GOAL)
@given(portfolio=portfolios(), budget=BUDGETS)
@some
def test_the_best_plan_is_what_search_through_all_plans_finds(goal: Goal, portfolio: Portfolio, budget: float) -> None:
    found = score(portfolio, best(portfolio, goal, budget))
    assert found.spent <= budget + 1e-6
    assert worth(found, goal) == pytest.approx(max(worth(other, goal) for other in every_plan(portfolio, budget)))


@pytest.mark.parametrize("goal", EVERY_GOAL)
@given(portfolio=portfolios(), budgets=st.lists(BUDGETS, min_size=2, max_size=4))
@some
def test_more_money_is_never_worse_by_the_measure_that_rules(
    goal: Goal, portfolio: Portfolio, budgets: list[float]
) -> None:
    reached = [worth(score(portfolio, best(portfolio, goal, budget)), goal) for budget in sorted(budgets)]
    assert [points for points, _ in reached] == sorted(points for points, _ in reached)


@pytest.mark.parametrize("goal", EVERY_GOAL)
@given(portfolio=portfolios())
@some
def test_with_money_for_everything_each_procedure_gets_its_best_action(goal: Goal, portfolio: Portfolio) -> None:
    found = score(portfolio, best(portfolio, goal, 1000.0))
    assert getattr(found, goal) == pytest.approx(points(portfolio, goal).max(axis=1).sum())


@pytest.mark.parametrize("goal", EVERY_GOAL)
@given(portfolio=portfolios(), budget=BUDGETS)
@some
def test_a_careful_office_stays_within_the_budget_and_never_beats_the_best_plan(
    goal: Goal, portfolio: Portfolio, budget: float
) -> None:
    careful = score(portfolio, greedy(portfolio, goal, budget))
    assert careful.spent <= budget + 1e-6
    assert getattr(careful, goal) <= getattr(score(portfolio, best(portfolio, goal, budget)), goal) + 1e-6


@given(portfolio=portfolios(), budget=BUDGETS)
@some
def test_no_plan_for_a_count_saves_more_hours_than_the_plan_for_hours(portfolio: Portfolio, budget: float) -> None:
    online, count, saved = (score(portfolio, best(portfolio, goal, budget)) for goal in GOALS)
    assert max(online.saved, count.saved) <= saved.saved + 1e-6
    assert online.online >= max(count.online, saved.online) and count.count >= max(online.count, saved.count)


@pytest.mark.parametrize("goal", EVERY_GOAL)
def test_without_money_nothing_is_done(goal: Goal) -> None:
    assert best(BY_HAND, goal, 0.0).tolist() == greedy(BY_HAND, goal, 0.0).tolist() == [LEAVE] * 3


@pytest.mark.parametrize("budget", [-1.0, float("nan"), float("inf")])
def test_a_budget_without_meaning_is_told(budget: float) -> None:
    for ask in (
        lambda: best(BY_HAND, "saved", budget),
        lambda: greedy(BY_HAND, "saved", budget),
        lambda: frontier(BY_HAND, budget),
    ):
        with pytest.raises(ValueError, match="budget"):
            ask()


def test_more_services_online_than_the_budget_pays_is_told() -> None:
    assert score(BY_HAND, best(BY_HAND, "saved", 2.5, at_least_online=3)).online == 3
    with pytest.raises(ValueError, match="at_least_online"):
        best(BY_HAND, "saved", 2.0, at_least_online=3)


# -- one measure against the other


@given(portfolio=portfolios(), budget=BUDGETS)
@some
def test_the_frontier_is_what_search_through_all_plans_finds(portfolio: Portfolio, budget: float) -> None:
    scores, found = every_plan(portfolio, budget), frontier(portfolio, budget)
    assert len(found) == 1 + max(one.online for one in scores)
    for least, hours in enumerate(found):
        assert hours == pytest.approx(max(one.saved for one in scores if one.online >= least))


@given(portfolio=portfolios(), budget=BUDGETS, data=st.data())
@some
def test_dynamic_and_integer_programming_agree(portfolio: Portfolio, budget: float, data: st.DataObject) -> None:
    found = frontier(portfolio, budget)
    least = data.draw(st.integers(0, len(found) - 1))
    assert score(portfolio, best(portfolio, "saved", budget, least)).saved == pytest.approx(found[least])
    assert found[0] == pytest.approx(score(portfolio, best(portfolio, "saved", budget)).saved)
    assert found[-1] == pytest.approx(score(portfolio, best(portfolio, "online", budget)).saved)
    assert np.all(np.diff(found) <= 0)


@given(portfolio=portfolios(), budget=BUDGETS)
@some
def test_costs_between_the_steps_promise_no_more_than_the_budget_pays(portfolio: Portfolio, budget: float) -> None:
    dearer = replace(portfolio, rule_factor=1.03, register_factor=1.07)
    assert frontier(dearer, budget)[0] <= score(dearer, best(dearer, "saved", budget)).saved + 1e-6
