"""A radar of the sixteen indicators: one spoke each, the centre is "not marked", the rim is level 4.

The outlines differ in line, not in colour alone; the same is always shown as a table and in a sentence.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.patches import Polygon

from digigov.agency.scale import Indicator, by_have, have_title
from digigov.figures import DIGITAL, EGOV, EVIDENCE, GRID, INK, MUTED, Panel, styled
from digigov.language import number, say
from digigov.models.assessment import HIGHEST, LEVELS

# Name of an outline -> how it is drawn.
LINES: dict[str, dict[str, Any]] = {
    "claimed": {"color": EGOV, "linestyle": (0, (5, 2)), "linewidth": 2.2, "marker": "o", "markersize": 4},
    "evidenced": {"color": DIGITAL, "linewidth": 2.4, "marker": "s", "markersize": 4.5},
    "before": {"color": MUTED, "linestyle": (0, (1, 1.6)), "linewidth": 2.4, "marker": "^", "markersize": 4.5},
    "after": {"color": DIGITAL, "linewidth": 2.4, "marker": "s", "markersize": 4.5},
    "low": {"color": EVIDENCE, "linewidth": 0.8},
    "high": {"color": EVIDENCE, "linewidth": 0.8},
    "median": {"color": EVIDENCE, "linewidth": 2.6, "marker": "D", "markersize": 4.5},
}
FILLED = "evidenced"
BAND = ("low", "high")  # the edges of one filled band with one name in the legend


class Radar:
    """A panel of 9.6 by 6.2 inches with the named outlines of LINES."""

    @styled
    def __init__(self, indicators: Mapping[str, Indicator], outlines: Sequence[str]) -> None:
        self.panel = Panel(9.6, 6.2)
        self._names = list(indicators)
        # Half a step off the vertical, so that no name stands on the axis and collides with another.
        turn = 2 * np.pi / len(self._names)
        self._angles = np.pi / 2 - (np.arange(len(self._names)) + 0.5) * turn
        axes = self.panel.axes
        axes.set_aspect("equal")
        axes.set_axis_off()
        axes.set_xlim(-9.4, 9.4)
        axes.set_ylim(-6.1, 5.4)
        self._grid(indicators)
        self._outlines = {}
        if FILLED in outlines:
            area = axes.add_patch(Polygon([(0, 0)] * 3, closed=True, facecolor=DIGITAL, alpha=0.13, edgecolor="none"))
            self._area = self.panel.move("area", area)
        if set(BAND) <= set(outlines):
            band = Polygon([(0, 0)] * 3, closed=True, facecolor=EVIDENCE, alpha=0.22, edgecolor="none")
            band.set_label(say("assessment.outline.middle"))
            self._band = self.panel.move("band", axes.add_patch(band))
        for name in outlines:
            label = None if name in BAND else say(f"assessment.outline.{name}")
            (line,) = axes.plot([0], [0], label=label, **LINES[name])
            self._outlines[name] = self.panel.move(f"outline-{name}", line)
        axes.legend(
            loc="lower center", bbox_to_anchor=(0.5, -0.01), ncols=len(outlines), frameon=False, handlelength=3.2
        )

    def draw(self, values: Mapping[str, Mapping[str, float]]) -> None:
        """Show the outlines by name, each a level (1 to 4) by indicator; an outline not given is hidden."""
        for name, line in self._outlines.items():
            line.set_visible(name in values)
            points = self._points(values.get(name, {}))
            line.set_data(*np.vstack([points, points[:1]]).T)
            if name == FILLED:
                self._area.set_xy(points)
                self._area.set_visible(name in values)
        if set(BAND) <= values.keys():
            inner, outer = (self._points(values[name]) for name in BAND)
            # Out along one edge and back along the other: what lies within the inner one stays empty.
            self._band.set_xy(np.vstack([outer, outer[:1], inner[:1], inner[::-1]]))

    def _points(self, levels: Mapping[str, float]) -> np.ndarray:
        radius = np.array([levels.get(name, 0.0) for name in self._names])
        return np.column_stack([radius * np.cos(self._angles), radius * np.sin(self._angles)])

    def _grid(self, indicators: Mapping[str, Indicator]) -> None:
        axes = self.panel.axes
        around = np.linspace(0, 2 * np.pi, 121)
        for level in LEVELS:
            axes.plot(level * np.cos(around), level * np.sin(around), color=GRID, linewidth=0.9, zorder=1)
            axes.text(0.14, level - 0.3, number(level), color=MUTED, fontsize=9, va="baseline", zorder=5)
        for angle, indicator in zip(self._angles, indicators.values(), strict=True):
            x, y = np.cos(angle), np.sin(angle)
            axes.plot([0, HIGHEST * x], [0, HIGHEST * y], color=GRID, linewidth=0.9, zorder=1)
            side = "left" if x > 0 else "right"
            axes.text(4.25 * x, 4.25 * y - 0.13, indicator.title, ha=side, va="baseline", color=INK, fontsize=10)
        # The haves part the circle into quarters, clockwise from the top.
        for place, have in enumerate(by_have(indicators)):
            right, top = place in (0, 1), place in (0, 3)
            border = np.pi / 2 * (1 - place)
            axes.plot([0, 4.1 * np.cos(border)], [0, 4.1 * np.sin(border)], color=MUTED, linewidth=0.7)
            axes.text(
                9.3 if right else -9.3,
                5.0 if top else -4.95,
                have_title(have),
                ha="right" if right else "left",
                va="baseline",
                color=INK,
                fontsize=10.5,
                fontweight="bold",
            )
