"""Portfolio lab: what you measure is what you get. One budget, 40 procedures, two scoreboards (claim C4)."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np

from digigov import tables
from digigov.errors import CourseError
from digigov.figures import Panel
from digigov.labs.controls import AnyControl, Choice, Column, Control, Listing, Preset, Switch
from digigov.labs.frame import Lab, Measure, Values
from digigov.labs.portfolio_picture import CENT, PortfolioPicture, Result, thousands
from digigov.language import current, number, percent, say
from digigov.models import portfolio as model
from digigov.models.portfolio_best import GOALS, Goal, best
from digigov.models.portfolio_frontier import frontier

TARGET = 0.2  # Decision 942: at least 20% fewer procedures by 2025
REGISTERS = {"population": 2.5, "civil_status": 1.5, "land": 5.0, "business": 1.0, "insurance": 2.0}  # billion VND
LOSING = {"use": 0.9, "rule_factor": 2.0, "register_factor": 3.0}
COMPUTED: dict[str, Goal] = {"best_online": "online", "best_count": "count", "best_saved": "saved"}
REGISTER_WORDS = {
    "population": "portfolio.register.population",
    "civil_status": "portfolio.register.civil_status",
    "land": "portfolio.register.land",
    "business": "portfolio.register.business",
    "insurance": "portfolio.register.insurance",
    "none": "portfolio.register.none",
}
SETTINGS = (
    Control("budget", 15, 1, 30, 1, "billion", front=True, stops=(1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30)),
    Control(
        "use",
        0.432,
        0,
        1,
        0.001,
        "percent",
        front=True,
        stops=(0, 0.1, 0.2, 0.3, 0.432, 0.5, 0.6, 0.7, 0.8, 0.9, 1),
        source="vns-2022-11",
        scale=100,
    ),
    Control("rule_factor", 1, 1, 5, 1, "none", front=True, stops=(1, 2, 3, 5)),
    Control("register_factor", 1, 0, 3, 1, "none", front=True, stops=(0, 1, 2, 3)),
    *(Control(f"connect_{name}", cost, 0, 20, 0.5, "billion") for name, cost in REGISTERS.items()),
)
STRICT = Switch("strict")  # the article's words "thanks to digital technology and data", taken at their word


class PortfolioLab(Lab):
    """Leave, put online, redesign, remove or replace: the learner's plan beside the best one for each measure."""

    name = "portfolio"
    controls = (*SETTINGS, STRICT)  # and, once the table is read, a choice for each procedure
    head = ("portfolio.head.mine", "portfolio.head.online", "portfolio.head.count", "portfolio.head.saved")
    predictions = ("04-predict-burden-of-best-online", "04-predict-online-of-best-burden")
    sources: ClassVar[tuple[str, ...]] = ("decision-942-targets", "gartner-2016")
    presets = (
        Preset("article", {}),
        *(Preset(name, None) for name in COMPUTED),
        Preset("paper_cut", None),
        Preset("loses", None),
    )

    def __init__(self) -> None:
        rows = tables.load("procedures").rows
        self._names = {row["id"]: row[f"name_{current()}"] for row in rows}
        self.controls = (*SETTINGS, STRICT, *map(_choice, rows))
        self._picture = PortfolioPicture(list(self._names.values()), _portfolio(*(c.default for c in SETTINGS[1:])))

    @property
    def panels(self) -> tuple[tuple[str, Panel], ...]:
        return tuple((f"portfolio.alt.{name}", panel) for name, panel in self._picture.panels.items())

    @property
    def listing(self) -> Listing:
        rows = tables.load("procedures").rows
        columns = (
            Column(say("portfolio.column.field"), [row[f"field_{current()}"] for row in rows]),
            Column(say("portfolio.column.cases"), [row["cases"] for row in rows]),
            Column(say("portfolio.column.hours"), [row["hours"] for row in rows], 1),
            Column(say("portfolio.column.burden"), [row["cases"] * row["hours"] / 1000 for row in rows], 1),
            Column(say("portfolio.column.registers"), [_registers(row) for row in rows]),
        )
        return Listing(
            tuple(self._names), columns, filters=(0, 4), largest_first=3, notes={row["id"]: _notes(row) for row in rows}
        )

    def label(self, control: AnyControl) -> str:
        return self._names.get(control.name) or super().label(control)

    def checked(self, values: Mapping[str, Any], base: Mapping[str, Any] | None = None) -> Values:
        if type(values.get("budget")) in (int, float) and values["budget"] == 0:
            raise CourseError(say("portfolio.no_budget"))
        return super().checked(values, base)

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        self._picture.draw(result, guesses)

    # -- from values to results

    def run(self, values: Mapping[str, Any]) -> Result:
        plan = [model.ACTIONS.index(values[name]) for name in self._names]
        try:
            return Result(
                mine=model.score(_portfolio(*_factors(values)), plan), **_solved(values["strict"], *_settings(values))
            )
        except ValueError as error:
            raise CourseError(say("lab.no_sense", control=say(f"portfolio.control.{error}"))) from None

    def preset(self, name: str, values: Mapping[str, Any]) -> Values:
        """Everything as it is set, and the plan that the preset is about; `loses` sets the rest too."""
        if name == "loses":
            values, name = self.defaults() | LOSING, "best_count"
        if name == "paper_cut":
            plan = model.paper_cut(_portfolio(*_factors(values)), TARGET)
        else:
            plan = _solved(values["strict"], *_settings(values))["best"][COMPUTED[name]].plan
        return dict(values) | {key: model.ACTIONS[action] for key, action in zip(self._names, plan, strict=True)}

    def outcomes(self, result: Result) -> dict[str, float]:
        most = result.best["saved"]
        reached = result.best["online"].saved / most.saved if most.saved else 1.0
        return {"burden_share_of_best_online": 100 * reached, "online_of_best_burden": float(most.online)}

    # -- from results to words

    def measures(self, result: Result) -> list[Measure]:
        scores = (result.mine, *(result.best[goal] for goal in GOALS))
        burden = float(result.portfolio.burden.sum())
        spent = [_money(score.spent) for score in scores]
        if result.mine.spent > result.budget + CENT:
            spent[0] = say("portfolio.measure.over", spent=spent[0], over=number(result.mine.spent - result.budget, 1))

        def row(name: str, cells: list[str]) -> Measure:
            return Measure(say(f"portfolio.measure.{name}", total=number(result.portfolio.size)), tuple(cells))

        return [
            row("online", [number(score.online) for score in scores]),
            row("share", [percent(100 * score.online_share, 1) for score in scores]),
            row("share_remaining", [percent(100 * score.online_share_of_remaining, 1) for score in scores]),
            row("use", [percent(100 * score.use_share, 1) for score in scores]),
            row("gone", [number(score.gone) for score in scores]),
            row("new", [number(score.new) for score in scores]),
            row("saved", [thousands(score.saved) for score in scores]),
            row("saved_share", [percent(100 * score.saved / burden, 1) for score in scores]),
            row("spent", spent),
            row("registers", [_money(score.registers) for score in scores]),
        ]

    def sentence(self, result: Result) -> str:
        return " ".join([self._about_mine(result), *_about_best(result)])

    def brief(self, result: Result) -> str:
        mine = result.mine
        words = say(
            "portfolio.sentence.brief",
            spent=_money(mine.spent),
            budget=_money(result.budget, 0),
            online=number(mine.online),
            gone=number(mine.gone),
            new=number(mine.new),
            saved=thousands(mine.saved),
        )
        return f"{words} · {self._over(result)}" if self._over(result) else words

    def _over(self, result: Result) -> str:
        over = result.mine.spent - result.budget
        return say("portfolio.sentence.over", over=_money(over, 2)) if over > CENT else ""

    def _about_mine(self, result: Result) -> str:
        mine, most = result.mine, result.best["saved"].saved
        if not any(mine.plan):
            return say("portfolio.sentence.nothing", total=number(len(mine.plan)), budget=_money(result.budget, 0))
        words = say(
            "portfolio.sentence.mine",
            online=number(mine.online),
            gone=number(mine.gone),
            new=number(mine.new),
            saved=thousands(mine.saved),
            share=percent(100 * mine.saved / most if most else 0, 1),
            spent=_money(mine.spent),
            budget=_money(result.budget, 0),
        )
        return f"{self._over(result)} {words}".strip()


def _about_best(result: Result) -> list[str]:
    online, count, saved = (result.best[goal] for goal in GOALS)
    share = 100 * online.saved / saved.saved if saved.saved else 100
    parts = [
        say(
            "portfolio.sentence.best",
            budget=_money(result.budget, 0),
            online=number(online.online),
            saved=thousands(online.saved),
            share=percent(share, 1),
            most=thousands(saved.saved),
            few=number(saved.online),
        )
    ]
    found = "more" if count.saved > online.saved else "fewer" if count.saved < online.saved else "equal"
    points = count.count_by_data if result.strict else count.count
    parts.append(say(f"portfolio.sentence.{found}", count=number(points), saved=thousands(count.saved)))
    return [*parts, say("portfolio.sentence.strict")] if result.strict else parts


# -- the province


def _choice(row: Mapping[str, Any]) -> Choice:
    possible = [action for action in model.ACTIONS[1:] if row[f"cost_{action}"] is not None]
    return Choice(
        row["id"], model.ACTIONS[model.LEAVE], (model.ACTIONS[model.LEAVE], *possible), "portfolio.action", False
    )


def _registers(row: Mapping[str, Any]) -> str:
    return " + ".join(say(REGISTER_WORDS[name]) for name in (row["registers"] or "none").split())


def _notes(row: Mapping[str, Any]) -> dict[str, str]:
    """For each action its price and what it leaves of the burden."""
    return {
        action: say("portfolio.note", cost=number(row[f"cost_{action}"]), left=percent(row[f"left_{action}_pct"]))
        for action in model.ACTIONS[1:]
        if row[f"cost_{action}"] is not None
    }


def _settings(values: Mapping[str, Any]) -> tuple[float, ...]:
    return tuple(values[control.name] for control in SETTINGS)


def _factors(values: Mapping[str, Any]) -> tuple[float, ...]:
    """All settings but the budget, in the order that `_portfolio` takes them."""
    return _settings(values)[1:]


@lru_cache(maxsize=64)
def _portfolio(use: float, rule_factor: float, register_factor: float, *register_cost: float) -> model.Portfolio:
    rows = tables.load("procedures").rows
    needs = [[name in (row["registers"] or "").split() for name in REGISTERS] for row in rows]

    def actions(column: str, leave: float, impossible: float) -> model.Array:
        cells = [[row[column.format(action)] for action in model.ACTIONS[1:]] for row in rows]
        return np.array([[leave, *(impossible if cell is None else cell for cell in row)] for row in cells])

    return model.Portfolio(
        cases=np.array([row["cases"] for row in rows], dtype=float),
        hours=np.array([row["hours"] for row in rows]),
        cost=actions("cost_{}", 0.0, np.inf),
        left=actions("left_{}_pct", 100.0, 100.0) / 100,
        needs=np.array(needs),
        register_cost=np.array(register_cost),
        use=use,
        rule_factor=rule_factor,
        register_factor=register_factor,
    )


@lru_cache(maxsize=256)
def _solved(strict: bool, budget: float, *factors: float) -> dict[str, Any]:
    """What does not change with the learner's choices: the province, its best plans and the frontier."""
    portfolio = _portfolio(*factors)
    goals: dict[Goal, Goal] = {goal: goal for goal in GOALS} | ({"count": "count_by_data"} if strict else {})
    return {
        "portfolio": portfolio,
        "budget": budget,
        "best": {column: model.score(portfolio, best(portfolio, goal, budget)) for column, goal in goals.items()},
        "strict": strict,
        "frontier": frontier(portfolio, budget),
    }


def _money(billion: float, digits: int = 1) -> str:
    return f"{number(billion, digits)} {say('unit.billion')}"
