"""How many hours the same budget can save at each number of services online: what one scoreboard costs on another."""

from collections.abc import Iterator

import numpy as np

from digigov.models.portfolio import ACTIONS, COUNTED_ONLINE, ON_REGISTERS, Array, Portfolio

STEP = 0.05  # billion VND: money is counted in steps of this size


def frontier(portfolio: Portfolio, budget: float) -> Array:
    """Hours a year that can be saved with at least k services online, for k = 0, 1, … up to the most there can be.

    Exact where every cost is a multiple of `STEP`; other costs are rounded up, so that no more is promised than the
    budget (billion VND) pays. Raises ValueError("budget") for one below zero or no number.

    Dynamic programming over procedures for each set of registers that may be connected; sets share the procedures
    that do not tell them apart. The state is (money spent at most, services online), the value the hours saved.
    """
    if not np.isfinite(budget) or budget < 0:
        raise ValueError("budget")
    start = np.full((int(budget / STEP + 1e-6) + 1, portfolio.size + 1), -np.inf)
    start[:, 0] = 0.0
    exact = np.max([table[-1] for table in _tables(portfolio, start)], axis=0)
    at_least = np.maximum.accumulate(exact[::-1])[::-1]
    return at_least[np.isfinite(at_least)]


def _tables(portfolio: Portfolio, start: Array) -> Iterator[Array]:
    """The finished table of each set of registers that the budget can connect."""
    order = np.argsort(-portfolio.needs.sum(axis=0), kind="stable")
    needs = portfolio.needs[:, order]
    # A procedure can be decided once the last register that it needs is.
    decided_after = (needs * np.arange(1, needs.shape[1] + 1)).max(axis=1, initial=0)
    prices = _steps(portfolio.register_costs[order])

    def grow(table: Array, connected: tuple[bool, ...]) -> Iterator[Array]:
        level = len(connected)
        have = np.zeros(needs.shape[1], dtype=bool)
        have[:level] = connected
        for procedure in np.flatnonzero(decided_after == level):
            table = _with(portfolio, int(procedure), table, bool((have | ~needs[procedure]).all()))
        if level == len(order):
            yield table
            return
        yield from grow(table, (*connected, False))
        price = prices[level]
        if price < len(table):
            yield from grow(_shifted(table, int(price), 0, 0.0), (*connected, True))

    yield from grow(start, ())


def _with(portfolio: Portfolio, procedure: int, table: Array, registers_there: bool) -> Array:
    """The table after the best action for one more procedure."""
    best = table
    for action in range(1, len(ACTIONS)):
        if not portfolio.possible[procedure, action] or (action in ON_REGISTERS and not registers_there):
            continue
        price = int(_steps(portfolio.costs[procedure, action]))
        if price < len(table):
            online = int(action in COUNTED_ONLINE)
            best = np.maximum(best, _shifted(table, price, online, portfolio.saved[procedure, action]))
    return best


def _shifted(table: Array, price: int, online: int, gain: float) -> Array:
    moved = np.full_like(table, -np.inf)
    moved[price:, online:] = table[: len(table) - price, : table.shape[1] - online] + gain
    return moved


def _steps(money: Array | float) -> Array:
    return np.ceil(np.asarray(money) / STEP - 1e-6).astype(int)
