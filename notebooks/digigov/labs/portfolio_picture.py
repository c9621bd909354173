"""The portfolio lab's three panels: the two measures against each other, the money, the burden of each procedure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Text

from digigov.figures import DIGITAL, EGOV, INK, MUTED, Panel, styled
from digigov.language import number, say
from digigov.models import portfolio as model
from digigov.models.portfolio_best import GOALS, Goal

MOST_SAVED, MOST_MONEY, SHOWN = 3700, 36, 12  # thousand hours, billion VND, procedures with a bar of their own
CENT = 1e-6  # billion VND: sums of costs are not exact
MARKS = {
    "online": {"color": EGOV, "marker": "s", "markersize": 9},
    "count": {"color": DIGITAL, "marker": "D", "markersize": 8, "fillstyle": "none", "markeredgewidth": 2},
    "saved": {"color": DIGITAL, "marker": "^", "markersize": 11},
}
MINE = {"color": INK, "marker": "o", "markersize": 14, "fillstyle": "none", "markeredgewidth": 1.8}
FILLS = {
    "online": {"facecolor": "none", "edgecolor": EGOV, "hatch": "///"},
    "redesign": {"facecolor": DIGITAL, "edgecolor": DIGITAL},
    "remove": {"facecolor": "none", "edgecolor": DIGITAL, "hatch": "xxx"},
    "proactive": {"facecolor": "none", "edgecolor": DIGITAL, "hatch": "..."},
    "registers": {"facecolor": MUTED, "edgecolor": MUTED},
}
# Keys of the words for each plan, in a legend and beside a bar, and for each part of its money.
PLANS = {
    "mine": ("portfolio.panel.mine", "portfolio.tick.mine"),
    "online": ("portfolio.panel.best.online", "portfolio.tick.online"),
    "count": ("portfolio.panel.best.count", "portfolio.tick.count"),
    "saved": ("portfolio.panel.best.saved", "portfolio.tick.saved"),
}
PARTS = {
    "online": "portfolio.action.online",
    "redesign": "portfolio.action.redesign",
    "remove": "portfolio.action.remove",
    "proactive": "portfolio.action.proactive",
    "registers": "portfolio.panel.registers",
}


@dataclass(frozen=True)
class Result:
    """Everything the lab shows. Money in billion VND, burden in hours a year."""

    mine: model.Score
    portfolio: model.Portfolio
    budget: float
    strict: bool  # digital government's count holds only what data replaced
    best: Mapping[Goal, model.Score]
    frontier: model.Array  # hours that can be saved with at least k services online


def thousands(hours: float) -> str:
    """Hours a year as the learner reads them: in thousands, to the tenth where they are few."""
    return f"{number(hours / 1000, 0 if hours >= 100_000 or not hours else 1)} {say('unit.thousand_hours')}"


class PortfolioPicture:
    """Drawn once for a list of procedures, then moved."""

    @styled
    def __init__(self, names: Sequence[str], portfolio: model.Portfolio) -> None:
        self._plane, self._money, self._burden = Panel(), Panel(), Panel(8.4, 4.4)
        self.panels = {"plane": self._plane, "money": self._money, "burden": self._burden}
        order = np.argsort(-portfolio.burden, kind="stable")
        self._rows = [order[i : i + 1] for i in range(SHOWN)] + [order[SHOWN:]]
        self._draw_plane(self._plane.axes, portfolio.size)
        self._draw_money(self._money.axes)
        self._draw_burden(self._burden.axes, names, portfolio)

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        """Move every mark to `result`, and a star to each of the learner's `guesses`, by outcome."""
        scores = {"mine": result.mine, **result.best}
        self._frontier.set_data(np.arange(len(result.frontier)), result.frontier / 1000)
        for name, score in scores.items():
            self._points[name].set_data([score.online], [min(score.saved / 1000, MOST_SAVED)])
        over = result.mine.spent > result.budget + CENT
        self._over.set_visible(over)
        _beside(self._over, result.mine.online, min(result.mine.saved / 1000, MOST_SAVED))
        online, most = result.best["online"], result.best["saved"]
        share, few = guesses.get("burden_share_of_best_online"), guesses.get("online_of_best_burden")
        _put(*self._guessed_share, online.online, share and share / 100 * most.saved / 1000)
        _put(*self._guessed_online, few, most.saved / 1000)
        for name, score in scores.items():
            self._stack(name, score)
        self._budget.set_data([result.budget] * 2, [-0.6, len(scores) - 0.4])
        remaining = {name: self._left(result.portfolio, score) for name, score in scores.items()}
        for bar, left in zip(self._bars, remaining["mine"], strict=True):
            bar.set_width(left)
        for goal in GOALS:
            self._lefts[goal].set_data(remaining[goal], np.arange(len(self._rows)) + self._offset(goal))

    def _stack(self, name: str, score: model.Score) -> None:
        parts = dict(zip(model.ACTIONS, score.money, strict=True)) | {"registers": score.registers}
        start = 0.0
        for part in FILLS:
            bar = self._stacks[name][part]
            bar.set_bounds(min(start, MOST_MONEY), bar.get_y(), max(min(parts[part], MOST_MONEY - start), 0), 0.6)
            bar.set_visible(parts[part] > 0)
            start += parts[part]

    def _left(self, portfolio: model.Portfolio, score: model.Score) -> list[float]:
        """Thousand hours that the plan leaves, for each bar."""
        left = portfolio.burden - portfolio.saved[np.arange(portfolio.size), list(score.plan)]
        return [float(left[rows].sum()) / 1000 for rows in self._rows]

    @staticmethod
    def _offset(goal: Goal) -> float:
        """Marks of the three best plans stand one below the other, so that none hides another."""
        return 0.25 * (GOALS.index(goal) - 1)

    def _draw_plane(self, axes: Axes, procedures: int) -> None:
        panel = self._plane
        axes.set_title(say("portfolio.panel.plane"))
        axes.set_xlim(-1.5, procedures + 1.5)
        axes.set_ylim(-100, MOST_SAVED + 100)
        _thousands(axes.yaxis, range(0, MOST_SAVED + 1, 500))
        axes.set_xlabel(say("portfolio.panel.online"))
        axes.set_ylabel(say("portfolio.panel.saved"))
        line = axes.plot([0, 1], [1, 0], color=MUTED, linewidth=1.6)[0]
        self._frontier = panel.move("frontier", line)
        self._points: dict[str, Line2D] = {}
        for name, look in {**MARKS, "mine": MINE}.items():
            point = axes.plot([0], [0], linestyle="none", zorder=4, clip_on=False, **look)[0]
            self._points[name] = panel.move(f"point-{name}", point)
        self._over = panel.move("over", axes.text(1, 1, say("portfolio.panel.over"), fontsize=9, fontweight="bold"))
        self._guessed_share = _star(panel, axes, "guess-share", say("portfolio.panel.guessed_hours"))
        self._guessed_online = _star(panel, axes, "guess-online", say("portfolio.panel.guessed_services"))
        handles = [*(self._points[name] for name in PLANS), line]
        labels = [*(say(legend) for legend, _ in PLANS.values()), say("portfolio.panel.frontier")]
        _legend(axes, handles, labels, 2)

    def _draw_money(self, axes: Axes) -> None:
        panel = self._money
        axes.set_title(say("portfolio.panel.money"))
        axes.set_xlim(0, MOST_MONEY)
        axes.set_ylim(len(PLANS) - 0.4, -0.6)
        axes.set_yticks(range(len(PLANS)), [say(tick) for _, tick in PLANS.values()])
        axes.grid(axis="y", visible=False)
        _thousands(axes.xaxis, range(0, MOST_MONEY + 1, 5))
        axes.set_xlabel(say("unit.billion"))
        self._stacks: dict[str, dict[str, Rectangle]] = {}
        for place, name in enumerate(PLANS):
            self._stacks[name] = {
                part: panel.move(f"{name}-{part}", axes.add_patch(Rectangle((0, place - 0.3), 1, 0.6, **look)))
                for part, look in FILLS.items()
            }
        self._budget = panel.move("budget", axes.plot([15, 15], [-0.6, 3.6], color=INK, linestyle=":", linewidth=2)[0])
        handles = [Patch(**look) for look in FILLS.values()]
        words = [*(say(PARTS[part]) for part in FILLS), say("portfolio.panel.budget")]
        _legend(axes, [*handles, self._budget], words, 3)

    def _draw_burden(self, axes: Axes, names: Sequence[str], portfolio: model.Portfolio) -> None:
        panel = self._burden
        axes.set_title(say("portfolio.panel.burden"))
        labels = [names[int(rows[0])] for rows in self._rows[:-1]]
        labels.append(say("portfolio.panel.others", number=number(len(self._rows[-1]))))
        before = [float(portfolio.burden[rows].sum()) / 1000 for rows in self._rows]
        axes.set_ylim(len(labels) - 0.4, -0.6)
        axes.set_yticks(range(len(labels)), labels, fontsize=9)
        axes.grid(axis="y", visible=False)
        axes.set_xlim(0, 1.04 * max(before))
        _thousands(axes.xaxis, range(0, int(max(before)), 200))
        axes.set_xlabel(say("portfolio.panel.hours"))
        whole = axes.barh(range(len(labels)), before, 0.78, facecolor="none", edgecolor=MUTED, linewidth=1)
        self._bars = [
            panel.move(
                f"left-{place}", axes.add_patch(Rectangle((0, place - 0.39), 1, 0.78, facecolor=MUTED, alpha=0.35))
            )
            for place in range(len(labels))
        ]
        self._lefts: dict[Goal, Line2D] = {}
        for goal in GOALS:
            look = {**MARKS[goal], "markersize": 0.6 * MARKS[goal]["markersize"]}
            mark = axes.plot(before, range(len(labels)), linestyle="none", zorder=4, **look)[0]
            self._lefts[goal] = panel.move(f"left-{goal}", mark)
        handles = [whole[0], self._bars[0], *self._lefts.values()]
        words = [say("portfolio.panel.before"), say("portfolio.panel.after")]
        _legend(axes, handles, [*words, *(say(PLANS[goal][0]) for goal in GOALS)], 3)


def _thousands(axis: object, ticks: range) -> None:
    axis.set_ticks(list(ticks), [number(tick) for tick in ticks])


def _legend(axes: Axes, handles: Sequence[object], labels: Sequence[str], columns: int) -> None:
    axes.figure.legend(handles, labels, loc="outside lower left", ncols=columns, frameon=False, fontsize=9)


def _star(panel: Panel, axes: Axes, name: str, words: str) -> tuple[Line2D, Text]:
    mark = axes.plot([0], [0], "*", color=INK, markersize=12, fillstyle="none", linestyle="none", zorder=5)[0]
    return panel.move(name, mark), panel.move(f"{name}-label", axes.text(0, 0, words, fontsize=9))


def _put(mark: Line2D, label: Text, x: float | None, y: float | None) -> None:
    """Show a prediction as a star, or hide it where none was made."""
    made = x is not None and y is not None
    for artist in (mark, label):
        artist.set_visible(made)
    if made:
        y = min(y, MOST_SAVED)
        mark.set_data([x], [y])
        _beside(label, x, y)


def _beside(label: Text, x: float, y: float) -> None:
    """On the side of a mark that has room, and below it where the axes end."""
    right = x > 20
    label.set_ha("right" if right else "left")
    label.set_position((x - 1.2 if right else x + 1.2, y - 250 if y > MOST_SAVED - 300 else y + 80))
