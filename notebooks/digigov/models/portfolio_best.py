"""The best plan for a scoreboard within a budget, by integer programming; and an office's plan without a solver."""

from typing import Any, Literal

import numpy as np

from digigov.models.portfolio import (
    ACTIONS,
    COUNTED_ONLINE,
    GONE,
    LEAVE,
    ON_REGISTERS,
    PROACTIVE,
    REMOVE,
    Array,
    Plan,
    Portfolio,
)

Goal = Literal["online", "count", "count_by_data", "saved"]
GOALS: tuple[Goal, ...] = ("online", "count", "saved")  # one best plan each; `count_by_data` is a narrower `count`


def points(portfolio: Portfolio, goal: Goal) -> Array:
    """What one choice adds to a scoreboard, (n, 5).

    online: 1 for a service online. count: 1 for a procedure gone and 1 more for a new service. count_by_data: the
    same, but nothing where only a rule is changed. saved: hours a year.
    """
    if goal == "saved":
        return portfolio.saved
    worth = np.zeros(len(ACTIONS))
    if goal == "online":
        worth[list(COUNTED_ONLINE)] = 1
    else:
        worth[list(GONE)] = 1
        worth[PROACTIVE] += 1
    if goal == "count_by_data":
        worth[REMOVE] = 0
    return np.where(portfolio.possible, worth, 0.0)


def best(portfolio: Portfolio, goal: Goal, budget: float, at_least_online: int = 0) -> Plan:
    """A plan with the most points for `goal` that the budget (billion VND) can pay.

    Of plans with equally many points on a count it is one that saves the most hours. With `at_least_online` only
    plans with that many services online are admitted. Raises ValueError("budget") for a budget below zero or one
    that is no number, ValueError("at_least_online") where no plan has so many.

    Binary x[i, a] (one action for each procedure) and y[j] (register j connected); maximise Σ points · x subject to
    Σ_a x[i, a] = 1, Σ cost · x + Σ register_cost · y ≤ budget, and x[i, redesign] + x[i, proactive] ≤ y[j] for each
    j that i needs.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # half a second, that only this lab needs

    if not np.isfinite(budget) or budget < 0:
        raise ValueError("budget")
    worth = _worth(portfolio, goal)
    registers = len(portfolio.register_cost)
    possible = np.concatenate([portfolio.possible.ravel(), np.ones(registers)]).astype(float)
    found = milp(
        np.concatenate([-worth.ravel(), np.zeros(registers)]),
        integrality=np.ones(possible.size),
        bounds=Bounds(0, possible),
        constraints=LinearConstraint(*_constraints(portfolio, budget, at_least_online)),
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        raise ValueError("at_least_online")
    plan = np.argmax(found.x[: worth.size].reshape(worth.shape), axis=1)
    useless = worth[np.arange(portfolio.size), plan] <= 0  # putting online what nobody would use: money for nothing
    return plan if at_least_online else np.where(useless, LEAVE, plan)


def _constraints(portfolio: Portfolio, budget: float, at_least_online: int) -> tuple[Any, list[float], list[float]]:
    """Sparse matrix over all x, row by row, then all y; the lower and upper bound of each of its lines."""
    from scipy.sparse import csr_array

    n, actions = portfolio.size, len(ACTIONS)
    costs = np.where(portfolio.possible, portfolio.costs, 0).ravel()
    lines: list[tuple[dict[int, float], float, float]] = [
        ({i * actions + action: 1.0 for action in range(actions)}, 1.0, 1.0) for i in range(n)
    ]
    lines.append((dict(enumerate([*costs, *portfolio.register_costs])), 0.0, budget))
    for i, j in np.argwhere(portfolio.needs):
        on_register = {i * actions + action: 1.0 for action in ON_REGISTERS}
        lines.append((on_register | {n * actions + j: -1.0}, -1.0, 0.0))
    if at_least_online:
        online = {i * actions + action: 1.0 for i in range(n) for action in COUNTED_ONLINE}
        lines.append((online, float(at_least_online), float(n)))
    rows = np.repeat(np.arange(len(lines)), [len(line) for line, _, _ in lines])
    columns = [column for line, _, _ in lines for column in line]
    values = [value for line, _, _ in lines for value in line.values()]
    matrix = csr_array((values, (rows, columns)), shape=(len(lines), n * actions + len(portfolio.register_cost)))
    return matrix, [low for _, low, _ in lines], [high for _, _, high in lines]


def _worth(portfolio: Portfolio, goal: Goal) -> Array:
    """Points at a scale at which the solver's tolerance is far below one hour.

    On a count all hours together weigh less than one point.
    """
    everything = float(portfolio.saved.max(axis=1).sum()) or 1.0
    hours = portfolio.saved / everything
    return 1000 * (hours if goal == "saved" else points(portfolio, goal) + 0.5 * hours)


def greedy(portfolio: Portfolio, goal: Goal, budget: float) -> Plan:
    """What a careful office does without a solver: again and again the affordable step with most points for its money.

    A step gives one procedure another action; registers that it needs and that are not connected yet are paid with it.
    Raises ValueError("budget") as `best` does.
    """
    if not np.isfinite(budget) or budget < 0:
        raise ValueError("budget")
    worth = _worth(portfolio, goal)
    plan = np.full(portfolio.size, LEAVE, dtype=np.intp)
    rows = np.arange(portfolio.size)
    left, connected = budget, np.zeros(len(portfolio.register_cost), dtype=bool)
    while True:
        gain = worth - worth[rows, plan][:, None]
        missing = (portfolio.needs & ~connected) @ portfolio.register_costs
        price = portfolio.costs - portfolio.costs[rows, plan][:, None]
        price[:, list(ON_REGISTERS)] += missing[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            rate = np.where((gain > 0) & (price <= left), gain / np.maximum(price, 1e-9), -np.inf)
        procedure, action = np.unravel_index(np.argmax(rate), rate.shape)
        if not np.isfinite(rate[procedure, action]):
            return plan
        left -= price[procedure, action]
        plan[procedure] = action
        if action in ON_REGISTERS:
            connected |= portfolio.needs[procedure]
