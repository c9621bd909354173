"""A portfolio of administrative procedures: what a plan for them costs, and what each scoreboard says of it.

For every procedure one action is chosen. Online, the old procedure goes online as it is: it eases the burden of
those who apply online. Redesigned, it uses data that a register already holds, at the counter too. Removed, the rule
that asks for it is changed. Replaced by a new proactive service, the state acts without being asked, on the
registers' data. A register is connected once, however many procedures then use it.
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

ACTIONS = ("leave", "online", "redesign", "remove", "proactive")
LEAVE, ONLINE, REDESIGN, REMOVE, PROACTIVE = range(len(ACTIONS))
COUNTED_ONLINE = (ONLINE, REDESIGN)  # a redesigned procedure is offered online too
GONE = (REMOVE, PROACTIVE)  # nobody has to apply any more
ON_REGISTERS = (REDESIGN, PROACTIVE)

Array = NDArray[np.float64]
Plan = NDArray[np.intp]  # the number of the action for each procedure


@dataclass(frozen=True)
class Portfolio:
    """n procedures, r registers. Money in billion VND, burden in applicants' hours, shares from 0 to 1.

    `cost` is infinite where an action is not possible; leaving is free. `left` is the share of the burden that
    remains for whom the action reaches: online only the share `use` of applications, else everybody.
    """

    cases: Array  # (n,) a year
    hours: Array  # (n,) a case
    cost: Array  # (n, 5), once
    left: Array  # (n, 5)
    needs: NDArray[np.bool_]  # (n, r)
    register_cost: Array  # (r,), once
    use: float = 1.0
    rule_factor: float = 1.0  # multiplies the cost of changing a rule
    register_factor: float = 1.0  # multiplies the cost of connecting a register

    def __post_init__(self) -> None:
        """Raise ValueError naming the parameter that has no meaning."""
        shapes = {
            "cases": (self.size,),
            "hours": (self.size,),
            "cost": (self.size, len(ACTIONS)),
            "left": (self.size, len(ACTIONS)),
            "needs": (self.size, len(self.register_cost)),
        }
        for field in fields(self):
            value = np.asarray(getattr(self, field.name))
            if value.shape != shapes.get(field.name, value.shape) or np.isnan(value).any() or np.any(value < 0):
                raise ValueError(field.name)
        for name in ("left", "use"):
            if np.any(np.asarray(getattr(self, name)) > 1):
                raise ValueError(name)
        for name in ("cases", "hours", "register_cost", "rule_factor", "register_factor"):
            if not np.all(np.isfinite(getattr(self, name))):
                raise ValueError(name)
        if np.any(self.cost[:, LEAVE] != 0):
            raise ValueError("cost")

    @property
    def size(self) -> int:
        return len(self.cases)

    @property
    def burden(self) -> Array:
        """Hours a year of each procedure as it is: cases times hours a case."""
        return self.cases * self.hours

    @property
    def possible(self) -> NDArray[np.bool_]:
        """Which action can be chosen for which procedure, (n, 5)."""
        return np.isfinite(self.cost)

    @property
    def costs(self) -> Array:
        """Cost of each action at the present difficulty of changing rules, (n, 5), without registers."""
        factors = np.ones(len(ACTIONS))
        factors[REMOVE] = self.rule_factor
        return np.where(self.possible, np.where(self.possible, self.cost, 0) * factors, np.inf)

    @property
    def register_costs(self) -> Array:
        return self.register_cost * self.register_factor

    @property
    def saved(self) -> Array:
        """Hours a year that each action saves, (n, 5): burden · reach · (1 - left); 0 where it is not possible."""
        reach = np.ones(len(ACTIONS))
        reach[LEAVE], reach[ONLINE] = 0.0, self.use
        return np.where(self.possible, self.burden[:, None] * reach * (1 - self.left), 0.0)


@dataclass(frozen=True)
class Score:
    """What a plan reaches. Money in billion VND, hours a year, shares from 0 to 1."""

    plan: tuple[int, ...]
    online: int  # services offered online, redesigned ones included
    remaining: int  # procedures that still exist
    gone: int  # removed or replaced
    new: int  # proactive services
    saved: float
    use_share: float  # of all applications that still come in, those made online
    money: tuple[float, ...]  # by action, without registers
    registers: float

    @property
    def count(self) -> int:
        """The article's measure of digital government, read widely: procedures gone and new services."""
        return self.gone + self.new

    @property
    def count_by_data(self) -> int:
        """The same measure where only what data brought about counts: a new service and the procedure it replaced."""
        return 2 * self.new

    @property
    def spent(self) -> float:
        return sum(self.money) + self.registers

    @property
    def online_share(self) -> float:
        """Services online as a share of all procedures there were at the start."""
        return self.online / len(self.plan) if self.plan else 0.0

    @property
    def online_share_of_remaining(self) -> float:
        """Services online as a share of the procedures that are left: removing one raises it too."""
        return self.online / self.remaining if self.remaining else 0.0


def score(portfolio: Portfolio, plan: Plan) -> Score:
    """All measures of a plan. Raises ValueError("plan") for another length or an action that is not possible."""
    plan = np.asarray(plan, dtype=np.intp)
    rows = np.arange(portfolio.size)
    if plan.shape != (portfolio.size,) or np.any((plan < 0) | (plan >= len(ACTIONS))):
        raise ValueError("plan")
    if not portfolio.possible[rows, plan].all():
        raise ValueError("plan")
    online, gone = np.isin(plan, COUNTED_ONLINE), np.isin(plan, GONE)
    costs = portfolio.costs[rows, plan]
    connected = portfolio.needs[np.isin(plan, ON_REGISTERS)].any(axis=0)
    coming_in = float(portfolio.cases[~gone].sum())
    return Score(
        plan=tuple(plan.tolist()),
        online=int(online.sum()),
        remaining=int((~gone).sum()),
        gone=int(gone.sum()),
        new=int((plan == PROACTIVE).sum()),
        saved=float(portfolio.saved[rows, plan].sum()),
        use_share=portfolio.use * float(portfolio.cases[online].sum()) / coming_in if coming_in else 0.0,
        money=tuple(float(costs[plan == action].sum()) for action in range(len(ACTIONS))),
        registers=float(portfolio.register_costs[connected].sum()),
    )


def paper_cut(portfolio: Portfolio, share: float) -> Plan:
    """The plan that meets a target in the count of procedures and eases the fewest people.

    It removes those of the least burden that can be removed, until at least `share` of all procedures are gone or
    none is left to remove.
    """
    removable = np.flatnonzero(portfolio.possible[:, REMOVE])
    by_burden = removable[np.argsort(portfolio.saved[removable, REMOVE], kind="stable")]
    plan = np.full(portfolio.size, LEAVE, dtype=np.intp)
    plan[by_burden[: int(np.ceil(share * portfolio.size - 1e-9))]] = REMOVE
    return plan
