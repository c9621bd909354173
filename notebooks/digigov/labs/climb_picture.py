"""The climb lab's four panels: drawn once, then moved. A part has the same colour and pattern in all of them."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from digigov.egdi import PARTS
from digigov.figures import DIGITAL, DIGITAL_LINE, EGOV, EGOV_LINE, EVIDENCE, GRID, INK, MUTED, Panel, styled
from digigov.labs.climb_result import Result
from digigov.language import number, percent, say

ROWS = (*PARTS, "all")
FILLS = (
    {"facecolor": DIGITAL, "linewidth": 0},
    {"facecolor": "none", "edgecolor": EVIDENCE, "hatch": "xxxx", "linewidth": 0.8},
    {"facecolor": "none", "edgecolor": EGOV, "hatch": "////", "linewidth": 0.8},
    {"facecolor": GRID, "edgecolor": MUTED, "linewidth": 0.8},
)
LINES = (
    DIGITAL_LINE,
    {"color": EVIDENCE, "linestyle": (0, (4, 1.5, 1, 1.5)), "linewidth": 2.2},
    EGOV_LINE,
    {"color": INK, "linewidth": 3.2},
)
COLOURS = (DIGITAL, EVIDENCE, EGOV, INK)
POINT_LIMITS = (0.02, 0.04, 0.1, 0.2, 0.4, 0.8)
PLACE_LIMITS = (10, 20, 40, 80, 160, 320)
FULL = 0.45  # how far a bar goes at the limit of its scale, where the axes end at 1: its label stands behind it
GAP = 12.5  # places that a label of the slopes takes up
LAST = 193.0
HEIGHT = 0.56
ASKED = ("VNM", 2022, 2024)  # what the predictions are about


def signed(value: float, digits: int) -> str:
    """A change with its sign: +0.0199, −0.0277."""
    sign = "+" if round(value, digits) > 0 else "−" if round(value, digits) < 0 else ""
    return sign + number(abs(value), digits)


def told_points(result: Result) -> list[str]:
    """What each part adds, with its share of the change where shares have a meaning."""
    points = [signed(value, 4) for value in result.points]
    if result.shares is None:
        return points
    shares = [percent(100 * share, 1).replace("-", "−") for share in result.shares]
    return [say("climb.points_share", points=p, share=share) for p, share in zip(points, shares, strict=True)]


class ClimbPicture:
    """Points that parts give, places that they are worth, places by part, and the country beside the world."""

    @styled
    def __init__(self) -> None:
        self._points, self._places, self._ranks, self._world = Panel(), Panel(), Panel(), Panel()
        self.panels = {
            "points": self._points,
            "places": self._places,
            "ranks": self._ranks,
            "world": self._world,
        }
        self._points_marks = _draw_bars(self._points, "points")
        self._places_marks = _draw_bars(self._places, "places")
        self._draw_ranks(self._ranks.axes)
        self._draw_world(self._world.axes)

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        """Move every mark to `result`, and a star to each of the learner's `guesses`, by outcome."""
        data = result.data
        editions = data.editions[result.start], data.editions[result.end]
        asked = (data.countries[result.country], *editions) == ASKED
        share = guesses.get("osi_share") if asked else None
        held = guesses.get("rank_if_hci_held") if asked and result.held == "place" else None
        points = [*result.points, result.change]
        scale = _move_bars(
            self._points_marks, points, POINT_LIMITS, [*told_points(result), signed(result.change, 4)], 2
        )
        _move_star(self._points_marks, 0, None if share is None else share / 100 * result.change * scale)
        labels = [
            say("climb.panel.rank", rank=number(rank), by=signed(by, 0))
            for rank, by in zip(result.rank_if_held, result.places, strict=True)
        ]
        scale = _move_bars(self._places_marks, result.places, PLACE_LIMITS, labels, 0)
        _move_star(self._places_marks, 1, None if held is None else (held - result.recomputed) * scale)
        self._move_ranks(result)
        self._move_world(result)

    def _move_ranks(self, result: Result) -> None:
        data, country = result.data, result.country
        ends = []
        for edition in (result.start, result.end):
            places = [int(np.sum(part > part[country])) + 1 for part in data.standing(edition).T]
            ends.append([*places, int(data.rank[edition, country])])
        for row, line in enumerate(self._slopes):
            line.set_data([0, 1], [ends[0][row], ends[1][row]])
        for side, places in enumerate(ends):
            for row, height in enumerate(_spread(places)):
                label = self._slope_labels[side][row]
                label.set_text(say(f"climb.panel.slope_{ROWS[row]}", rank=number(places[row])))
                label.set_y(height + 4)
            self._slope_years[side].set_text(str(data.editions[(result.start, result.end)[side]]))

    def _move_world(self, result: Result) -> None:
        data = result.data
        for row in range(len(ROWS)):
            values = data.egdi if ROWS[row] == "all" else data.parts[:, :, row]
            own = [values[edition, result.country] for edition in (result.start, result.end)]
            world = [means[row] for means in result.worlds]
            for artists, pair, height in ((self._own, own, row - 0.17), (self._everyone, world, row + 0.17)):
                line, start, end = artists[row]
                line.set_data(pair, [height] * 2)
                start.set_data(pair[:1], [height])
                end.set_data(pair[1:], [height])

    def _draw_ranks(self, axes: Axes) -> None:
        panel = self._ranks
        axes.set_title(say("climb.panel.ranks"))
        axes.set_xlim(-0.42, 1.42)
        axes.set_ylim(202, -8)
        axes.set_yticks((1, 50, 100, 150, 193))
        axes.set_xticks([])
        axes.set_xlabel(" ")
        for side in (0, 1):
            axes.axvline(side, color=MUTED, linewidth=0.8)
        self._slopes = [
            panel.move(f"slope-{name}", axes.plot([0, 1], [1, 2], marker="o", markersize=6, **look)[0])
            for name, look in zip(ROWS, LINES, strict=True)
        ]
        self._slope_labels = [
            [
                panel.move(
                    f"slope-label-{name}-{side}",
                    axes.text(side + (0.05 if side else -0.05), 1, " ", ha="left" if side else "right", color=colour),
                )
                for name, colour in zip(ROWS, COLOURS, strict=True)
            ]
            for side in (0, 1)
        ]
        self._slope_years = [
            panel.move(f"slope-year-{side}", axes.text(side, 213, "2003", ha="center", fontweight="bold"))
            for side in (0, 1)
        ]

    def _draw_world(self, axes: Axes) -> None:
        panel = self._world
        axes.set_title(say("climb.panel.world"))
        axes.set_xlim(-0.02, 1.04)
        axes.set_xticks(np.arange(0, 1.01, 0.25), [number(tick, 2) for tick in np.arange(0, 1.01, 0.25)])
        _rows(axes)
        own = {"color": INK, "linewidth": 2.4}
        everyone = {"color": MUTED, "linewidth": 2.0, "linestyle": (0, (3, 1.5))}
        self._own = [_dumbbell(panel, f"own-{row}", own) for row in ROWS]
        self._everyone = [_dumbbell(panel, f"world-{row}", everyone) for row in ROWS]
        start = Line2D([], [], marker="o", color=INK, fillstyle="none", linestyle="none", markersize=6)
        _legend(
            axes,
            {
                "climb.panel.own": Line2D([], [], **own),
                "climb.panel.everyone": Line2D([], [], **everyone),
                "climb.panel.start": start,
                "climb.panel.end": Line2D([], [], marker="o", color=INK, linestyle="none", markersize=6),
            },
        )


def _rows(axes: Axes) -> None:
    axes.set_ylim(len(ROWS) - 0.45, -0.55)
    axes.set_yticks(range(len(ROWS)), [say(f"climb.panel.row_{row}") for row in ROWS])
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")


def _draw_bars(panel: Panel, kind: str) -> dict[str, Any]:
    """Bars from the middle to both sides; ticks that move, since the scale follows the size of the change."""
    axes = panel.axes
    axes.set_title(say(f"climb.panel.{kind}"))
    axes.set_xlim(-1, 1)
    axes.set_xticks(np.linspace(-FULL, FULL, 5), [" "] * 5)
    axes.axvline(0, color=MUTED, linewidth=1)
    _rows(axes)
    bars = axes.barh(range(len(ROWS)), [0.5] * len(ROWS), HEIGHT)
    for bar, fill in zip(bars, FILLS, strict=True):
        bar.set(**fill)
    axes.set_xlabel(say(f"climb.panel.{kind}_axis"), fontsize=9, loc="left")
    ticks = [
        axes.text(x, -0.075, "0", ha="center", transform=axes.get_xaxis_transform())
        for x in np.linspace(-FULL, FULL, 5)
    ]
    star = axes.plot([0], [0], "*", color=INK, markersize=12, fillstyle="none", linestyle="none", zorder=5)[0]
    guess = axes.text(0, 0, say("climb.panel.guess"), fontsize=9, ha="center")
    return {
        "bars": [panel.move(f"bar-{row}", bar) for row, bar in zip(ROWS, bars, strict=True)],
        "labels": [panel.move(f"label-{row}", axes.text(0, at, "0", fontsize=9.5)) for at, row in enumerate(ROWS)],
        "ticks": [panel.move(f"tick-{at}", tick) for at, tick in enumerate(ticks)],
        "star": panel.move("guess", star),
        "guess": panel.move("guess-label", guess),
    }


def _move_bars(
    marks: dict[str, Any], values: Sequence[float], limits: Sequence[float], labels: Sequence[str], digits: int
) -> float:
    """Returns what a value is multiplied by to stand on the axis."""
    limit = next((limit for limit in limits if limit >= max(map(abs, values))), limits[-1])
    scale = FULL / limit
    for row, (bar, label, value) in enumerate(zip(marks["bars"], marks["labels"], values, strict=True)):
        bar.set_width(value * scale)
        label.set_text(labels[row])
        label.set_ha("right" if value < 0 else "left")
        label.set_position((value * scale + (-0.03 if value < 0 else 0.03), row + 0.07))
    for tick, share in zip(marks["ticks"], (-1, -0.5, 0, 0.5, 1), strict=True):
        tick.set_text(signed(share * limit, digits))
    return scale


def _move_star(marks: dict[str, Any], row: int, at: float | None) -> None:
    """A prediction at its bar's lower edge, its words below; at the axis' end when it lies beyond."""
    for name in ("star", "guess"):
        marks[name].set_visible(at is not None)
    if at is not None:
        inside = min(max(at, -0.97), 0.97)
        marks["star"].set_data([inside], [row + HEIGHT / 2])
        marks["guess"].set_ha("right" if inside > 0.6 else "left")
        marks["guess"].set_position((inside + (-0.05 if inside > 0.6 else 0.05), row + HEIGHT / 2 + 0.14))


def _spread(places: Sequence[int]) -> list[float]:
    """Heights of labels as near to these places as can be with none standing on another."""
    order = np.argsort(places, kind="stable")
    heaps: list[list[float]] = []  # labels that push each other, by where the first of them would like to stand
    for at, place in enumerate(np.array(places)[order]):
        heaps.append([place - GAP * at])
        while len(heaps) > 1 and np.mean(heaps[-1]) <= np.mean(heaps[-2]):
            last = heaps.pop()
            heaps[-1] += last
    heights = np.concatenate([[np.mean(heap)] * len(heap) for heap in heaps]) + GAP * np.arange(len(places))
    heights -= max(0.0, heights[-1] - LAST)
    spread = np.empty(len(places))
    spread[order] = heights
    return spread.tolist()


def _dumbbell(panel: Panel, name: str, look: dict[str, Any]) -> tuple[Line2D, Line2D, Line2D]:
    axes, dot = panel.axes, {"marker": "o", "markersize": 6, "color": look["color"], "linestyle": "none"}
    return (
        panel.move(name, axes.plot([0, 1], [0, 1], **look)[0]),
        panel.move(f"{name}-start", axes.plot([0], [0], **dot, markerfacecolor="none")[0]),
        panel.move(f"{name}-end", axes.plot([1], [0], **dot)[0]),
    )


def _legend(axes: Axes, handles: dict[str, Line2D | Patch]) -> None:
    axes.figure.legend(
        handles.values(), map(say, handles), loc="outside lower left", ncols=2, frameon=False, fontsize=9
    )
