"""The inspection lab's three panels: drawn once, then moved."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Text

from digigov.figures import DIGITAL, DIGITAL_LINE, EGOV, EGOV_LINE, INK, MUTED, Panel, styled
from digigov.language import number, percent, say
from digigov.models import inspection as model

YEARS = 8  # on the axis
COMPLAINTS_LINE = {"color": EGOV, "linestyle": (0, (1, 1.2)), "linewidth": 2.4}
BOUND_LINE = {"color": MUTED, "linestyle": (0, (1, 2)), "linewidth": 1.5}
# How each way of choosing looks as a bar, in the order of the table.
BARS = (
    ("plan", {"facecolor": "none", "edgecolor": EGOV, "hatch": "////"}),
    ("complaints", {"facecolor": "none", "edgecolor": EGOV, "hatch": "||||"}),
    ("score", {"facecolor": DIGITAL, "edgecolor": DIGITAL}),
)
WIDEST = 40  # per cent on the axis of the bars
LOTS = np.arange(len(model.RANDOM_SHARES), dtype=float)  # random shares stand side by side, since small ones matter


@dataclass(frozen=True)
class Result:
    """Everything the lab shows. Rates are from 0 to 1; ways in the order plan, complaints, score."""

    case: model.Case
    random_share: float
    score_decides: bool
    found: tuple[model.Array, model.Array, model.Array]  # violations a visit, by year
    innocent: model.Array  # (ways, areas)
    belief: model.Array  # of the score, by area
    bound: float
    could: float  # what the score would find a visit, if it decided
    by_share: model.Array  # violations a visit, by random share
    best_share: float  # nan where there is none

    @property
    def mean_found(self) -> tuple[float, float, float]:
        """Violations a visit over all years, for each way."""
        plan, complaints, score = (float(found.mean()) for found in self.found)
        return plan, complaints, score


class InspectionPicture:
    """Yield over the years, who is visited without reason, and what the random share does."""

    @styled
    def __init__(self) -> None:
        self.panels = {"found": Panel(), "innocent": Panel(), "lots": Panel()}
        self._draw_found(self.panels["found"])
        self._draw_innocent(self.panels["innocent"])
        self._draw_lots(self.panels["lots"])

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        """Move every mark to `result`, and a star to each of the learner's `guesses`, by outcome."""
        years = np.arange(1, len(result.found[0]) + 1)
        for line, found in zip(self._found, result.found, strict=True):
            line.set_data(years, 100 * found)
        self._bound.set_data(years, np.full(len(years), 100 * result.bound))
        for bars, labels, innocent in zip(self._bars, self._labels, 100 * result.innocent, strict=True):
            for bar, label, value in zip(bars, labels, innocent, strict=True):
                bar.set_width(min(value, WIDEST))
                label.set_x(min(value, WIDEST) + 0.7)
                label.set_text(percent(value, 1))
        plan, complaints, score = (100 * found for found in result.mean_found)
        curve = 100 * result.by_share
        self._by_share.set_data(LOTS, curve)
        self._plan_level.set_data(LOTS[[0, -1]], [plan, plan])
        self._complaints_level.set_data(LOTS[[0, -1]], [complaints, complaints])
        # Where the plan decides, everything is as if drawn by lot.
        here = result.random_share if result.score_decides else 1.0
        self._here.set_data([_place(here)], [score])
        self._draw_best(result.best_share)
        _put(self._guessed_found, (YEARS + 1) / 2, guesses.get("score_found"))
        share = guesses.get("best_random_share")
        _put(self._guessed_share, None if share is None else _place(share / 100), 84)

    def _draw_best(self, share: float) -> None:
        """A line where the score finds most, named at its top; nothing where no share is best."""
        for artist in (self._best, self._best_label):
            artist.set_visible(not np.isnan(share))
        place = 0.0 if np.isnan(share) else _place(share)
        left = place > LOTS[-1] / 2
        self._best.set_data([place, place], [0, 100])
        self._best_label.set_text(say("inspection.panel.best", share=percent(100 * np.nan_to_num(share))))
        self._best_label.set_ha("right" if left else "left")
        self._best_label.set_position((place + (-0.12 if left else 0.12), 95))

    def _draw_found(self, panel: Panel) -> None:
        axes = panel.axes
        axes.set_title(say("inspection.panel.found"))
        axes.set_xlim(0.7, YEARS + 0.3)
        axes.set_xticks(range(1, YEARS + 1))
        axes.set_xlabel(say("inspection.panel.year"))
        _found_axis(axes)
        # The dashes lie on top: where the plan decides, the score's line is the same.
        looks = (("plan", {**EGOV_LINE, "zorder": 4}), ("complaints", COMPLAINTS_LINE), ("score", DIGITAL_LINE))
        self._found = [panel.move(name, axes.plot([1, 2], [1, 2], **look)[0]) for name, look in looks]
        self._bound = panel.move("bound", axes.plot([1, 2], [1, 2], **BOUND_LINE)[0])
        self._guessed_found = _guess(panel, "guess-found")
        _legend(axes, *(Line2D([], [], **look) for _, look in looks), Line2D([], [], **BOUND_LINE), last="bound")

    def _draw_innocent(self, panel: Panel) -> None:
        axes = panel.axes
        axes.set_title(say("inspection.panel.innocent"))
        axes.set_xlim(0, WIDEST + 7)
        axes.set_xticks(range(0, WIDEST + 1, 10), [percent(value) for value in range(0, WIDEST + 1, 10)])
        axes.set_xlabel(say("inspection.panel.innocent_share"))
        axes.set_ylim(model.AREAS - 0.5, -0.5)
        axes.set_yticks(range(model.AREAS), [say("inspection.panel.known"), say("inspection.panel.remote")])
        axes.tick_params(axis="y", length=0)
        axes.grid(False, axis="y")
        self._bars: list[list[Patch]] = []
        self._labels: list[list[Text]] = []
        for way, (name, look) in enumerate(BARS):
            middles = [area + 0.27 * (way - 1) for area in range(model.AREAS)]
            bars = axes.barh(middles, [1] * model.AREAS, height=0.22, **look)
            self._bars.append([panel.move(f"{name}-{area}", bar) for area, bar in enumerate(bars)])
            self._labels.append(
                [
                    panel.move(f"{name}-{area}-label", axes.text(1, middle + 0.045, " ", fontsize=9))
                    for area, middle in enumerate(middles)
                ]
            )
        _legend(axes, *(Rectangle((0, 0), 1, 1, **look) for _, look in BARS))

    def _draw_lots(self, panel: Panel) -> None:
        axes = panel.axes
        axes.set_title(say("inspection.panel.lots"))
        axes.set_xlim(-0.3, LOTS[-1] + 0.3)
        axes.set_xticks(LOTS, [percent(100 * share) for share in model.RANDOM_SHARES])
        axes.set_xlabel(say("inspection.panel.random_share"))
        _found_axis(axes)
        self._plan_level = panel.move("plan-level", axes.plot([0, 1], [1, 1], **EGOV_LINE)[0])
        self._complaints_level = panel.move("complaints-level", axes.plot([0, 1], [1, 1], **COMPLAINTS_LINE)[0])
        self._by_share = panel.move("by-share", axes.plot([0, 1], [1, 2], marker="o", markersize=4, **DIGITAL_LINE)[0])
        here = {"marker": "o", "color": INK, "markersize": 8, "linestyle": "none"}
        self._here = panel.move("here", axes.plot([0], [1], **here)[0])
        self._best = panel.move("best", axes.plot([0, 0], [0, 1], color=MUTED, linestyle=":", linewidth=1.5)[0])
        self._best_label = panel.move("best-label", axes.text(1, 1, " ", fontsize=9))
        self._guessed_share = _guess(panel, "guess-share")
        looks = (EGOV_LINE, COMPLAINTS_LINE, DIGITAL_LINE)
        _legend(axes, *(Line2D([], [], **look) for look in looks), Line2D([], [], **here), last="here")


def _place(share: float) -> float:
    """Where a random share stands on the axis of random shares."""
    return float(np.interp(share, model.RANDOM_SHARES, LOTS))


def _found_axis(axes: Axes) -> None:
    axes.set_ylim(0, 104)
    axes.set_yticks(range(0, 101, 20), [number(value) for value in range(0, 101, 20)])


def _legend(axes: Axes, *handles: Line2D | Rectangle, last: str = "") -> None:
    """Names below the axes, where no line can run through them: the three ways, then what `last` names."""
    names = [say("inspection.panel.plan"), say("inspection.panel.complaints"), say("inspection.panel.score")]
    names += [say(f"inspection.panel.{last}")] if last else []
    axes.figure.legend(handles, names, loc="outside lower left", ncols=2, frameon=False, fontsize=9, handlelength=2.6)


def _guess(panel: Panel, name: str) -> tuple[Line2D, Text]:
    axes = panel.axes
    mark = axes.plot([1], [1], "*", color=INK, markersize=12, fillstyle="none", linestyle="none", zorder=5)[0]
    return panel.move(name, mark), panel.move(
        f"{name}-label", axes.text(1, 1, say("inspection.panel.guess"), fontsize=9)
    )


def _put(guessed: tuple[Line2D, Text], x: float | None, y: float | None) -> None:
    """Show a prediction as a star, one of `x` and `y` being what was predicted."""
    mark, label = guessed
    for artist in guessed:
        artist.set_visible(x is not None and y is not None)
    if x is None or y is None:
        return
    mark.set_data([x], [y])
    # To the left of a star near the right end of the axis.
    near_end = x > mark.axes.get_xlim()[1] - 2
    label.set_ha("right" if near_end else "left")
    label.set_position((x - 0.2 if near_end else x + 0.2, y - 1))
