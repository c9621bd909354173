"""The maturity lab's two panels: the four parts and their mean, and all economies by score. Drawn once, then moved."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from digigov.figures import DIGITAL, EVIDENCE, INK, MUTED, Panel, styled
from digigov.language import number, say
from digigov.models import maturity as model

ROWS = (*model.PARTS, "gtmi")
HEIGHT = 0.58
CUTS = (0.25, 0.5, 0.75)


@dataclass(frozen=True)
class Result:
    """One economy in one edition, and with one part lifted."""

    iso3: str
    name: str
    year: int
    part: str
    lift: float  # what is asked for; what arrives may be less
    score: float
    parts: Mapping[str, float]
    before: Mapping[str, float] | None  # score and parts of the edition before
    year_before: int
    new_score: float
    new_part: float
    scores: tuple[float, ...]  # of all economies of the edition, from the highest down
    shares: Mapping[str, float]
    ways: tuple[model.Way, ...]
    highest_of_group: bool

    @property
    def place(self) -> int:
        return model.place(self.score, list(self.scores))

    @property
    def wasted(self) -> float:
        """What of the lift would go beyond 1."""
        return self.parts[self.part] + self.lift - self.new_part


class MaturityPicture:
    """Bars of the parts; a curve of all economies with the groups beside it."""

    @styled
    def __init__(self) -> None:
        self._parts, self._all = Panel(), Panel()
        self.panels = {"parts": self._parts, "all": self._all}
        self._draw_parts()
        self._draw_all()

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        """Move every mark to `result`; the guess stands at the bar that it was made about."""
        for row in ROWS:
            now = result.score if row == "gtmi" else result.parts[row]
            new = result.new_score if row == "gtmi" else result.new_part if row == result.part else now
            self._bars[row].set_width(now)
            self._lifts[row].set_x(now)
            self._lifts[row].set_width(max(new - now, 0))
            self._lifts[row].set_visible(new > now)
            self._values[row].set_text(number(new, 3))
            self._values[row].set_position((1.03, ROWS.index(row) + 0.13))
            self._olds[row].set_visible(result.before is not None)
            self._olds[row].set_data([result.before[row] if result.before else 0], [ROWS.index(row) + 0.42])
        # The guess is a lift of the citizen engagement part to reach group A, in hundredths.
        guess = guesses.get("needed_lift")
        for artist in (self._guess, self._guess_label):
            artist.set_visible(guess is not None)
        if guess is not None:
            where = result.parts["dcei"] + guess
            self._guess.set_data([where], [ROWS.index("dcei") + 0.44])
            self._guess_label.set_position((where + 0.03, ROWS.index("dcei") + 0.52))
        places = np.arange(1, len(result.scores) + 1) / len(result.scores)
        self._curve.set_data(100 * places, result.scores)
        here = result.place / len(result.scores) * 100
        there = model.place(result.new_score, list(result.scores)) / len(result.scores) * 100
        self._here.set_data([here], [result.score])
        self._there.set_data([there], [result.new_score])
        self._there.set_visible(result.new_score > result.score)
        right = here > 55
        self._name.set_ha("right" if right else "left")
        height = result.score + (-0.06 if right else 0.04)
        for cut in CUTS:  # not over a border
            if cut - 0.05 < height < cut + 0.015:
                height = cut - 0.065 if right else cut + 0.02
        # Inside the panel, and there beside the dot.
        inside = min(max(height, 0.025), 0.95)
        away = 4 if inside != height else 3
        self._name.set_position((here + (-away if right else away), inside))
        self._name.set_text(result.name if len(result.name) < 24 else result.name[:22] + "…")
        for name, label in self._shares.items():
            label.set_text(say("maturity.panel.share", group=name, share=number(100 * result.shares[name], 1) + "%"))

    def _draw_parts(self) -> None:
        panel, axes = self._parts, self._parts.axes
        axes.set_title(say("maturity.panel.parts"))
        axes.set_xlim(0, 1.17)
        axes.set_ylim(len(ROWS) - 0.45, -0.62)
        axes.set_yticks(range(len(ROWS)), [say(f"maturity.part.{row}") for row in ROWS], fontsize=9)
        axes.tick_params(axis="y", length=0)
        axes.set_xticks([0, *CUTS, 1], [number(tick) for tick in (0, *CUTS, 1)])
        axes.grid(axis="y", visible=False)
        self._bars, self._lifts, self._values, self._olds = {}, {}, {}, {}
        for place, row in enumerate(ROWS):
            colour = INK if row == "gtmi" else DIGITAL
            bottom = place - HEIGHT / 2
            bar = Rectangle((0, bottom), 0.5, HEIGHT, facecolor=colour, alpha=0.8 if row == "gtmi" else 0.55)
            look = {"facecolor": "none", "edgecolor": EVIDENCE, "hatch": "////", "linewidth": 1.2}
            lift = Rectangle((0.5, bottom), 0.1, HEIGHT, **look)
            self._bars[row] = panel.move(f"bar-{row}", axes.add_patch(bar))
            self._lifts[row] = panel.move(f"lift-{row}", axes.add_patch(lift))
            self._values[row] = panel.move(f"value-{row}", axes.text(0.5, place, "x", fontsize=9.5))
            (old,) = axes.plot([0.5], [place], "^", color=MUTED, markersize=7, fillstyle="none", linestyle="none")
            self._olds[row] = panel.move(f"old-{row}", old)
        self._cuts(axes, vertical=True)
        star = axes.plot([0.5], [2], "*", color=INK, markersize=12, fillstyle="none", linestyle="none", zorder=5)[0]
        self._guess = panel.move("guess", star)
        self._guess_label = panel.move("guess-label", axes.text(0.5, 2, say("maturity.panel.guess"), fontsize=9))
        handles = [
            Rectangle((0, 0), 1, 1, **look),
            Line2D([], [], marker="^", color=MUTED, fillstyle="none", linestyle="none", markersize=7),
        ]
        names = [say("maturity.panel.lift"), say("maturity.panel.before")]
        axes.figure.legend(handles, names, loc="outside lower left", ncols=2, frameon=False, fontsize=9)

    def _draw_all(self) -> None:
        panel, axes = self._all, self._all.axes
        axes.set_title(say("maturity.panel.all"))
        axes.set_xlim(0, 128)
        axes.set_ylim(0, 1.02)
        axes.set_xticks([0, 25, 50, 75, 100], [f"{tick}%" for tick in (0, 25, 50, 75, 100)])
        axes.set_xlabel(say("maturity.panel.places"))
        axes.set_yticks([0, *CUTS, 1], [number(tick) for tick in (0, *CUTS, 1)])
        axes.grid(axis="x", visible=False)
        self._cuts(axes, vertical=False)
        self._curve = panel.move("curve", axes.plot([0, 100], [1, 0], color=MUTED, linewidth=2.2)[0])
        (here,) = axes.plot([50], [0.5], "o", color=DIGITAL, markersize=10, linestyle="none")
        (there,) = axes.plot([50], [0.5], "o", color=EVIDENCE, markersize=10, fillstyle="none", linestyle="none")
        self._here, self._there = panel.move("here", here), panel.move("there", there)
        self._name = panel.move("name", axes.text(50, 0.5, "x", fontsize=10, color=DIGITAL, weight="bold"))
        self._shares = {
            name: panel.move(f"share-{name}", axes.text(102, model.FROM[name] + 0.1, "x", fontsize=9.5))
            for name in model.GROUPS
        }

    def _cuts(self, axes: Axes, vertical: bool) -> None:
        for cut in CUTS:
            (axes.axvline if vertical else axes.axhline)(cut, color=INK, linewidth=1, linestyle=(0, (4, 3)))
        if vertical:
            for name in model.GROUPS:
                axes.text(model.FROM[name] + 0.125, -0.4, name, fontsize=10, color=INK, weight="bold", ha="center")
