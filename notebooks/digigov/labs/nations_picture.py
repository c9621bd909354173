"""The nations lab's panels of twelve editions and of the parts: drawn once, then moved."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from digigov.egdi import PARTS
from digigov.figures import DIGITAL, DIGITAL_LINE, EGOV, EGOV_LINE, EVIDENCE, INK, MUTED, Panel, styled
from digigov.labs.nations_result import Result
from digigov.labs.nations_strip import StripPanel
from digigov.language import number, say
from digigov.models import indices as model
from digigov.nations_data import name_of, nations

YOURS_LINE = {"color": EVIDENCE, "linestyle": (0, (4, 1.5, 1, 1.5)), "linewidth": 2.2}
BAND = {"facecolor": EGOV, "alpha": 0.14, "linewidth": 0}
EDITION_LINE = {"color": MUTED, "linestyle": ":", "linewidth": 1.5, "zorder": 1.5}
DOT = {"marker": "o", "markersize": 7, "color": INK, "linestyle": "none", "zorder": 5}
OUTLINE = {"facecolor": "none", "edgecolor": MUTED, "linewidth": 0.8}
# Country, compared with, first of all: a fill each, told apart without colour too.
FILLS = (
    {"facecolor": DIGITAL, "linewidth": 0},
    {"facecolor": "none", "edgecolor": EGOV, "hatch": "////", "linewidth": 0},
    {"facecolor": MUTED, "linewidth": 0},
)
WIDTH = 0.26  # of a bar, where the parts stand 1 apart


class NationsPicture:
    """Scores and places over twelve editions, the weighted parts, the fit of the weights, and all countries."""

    @styled
    def __init__(self) -> None:
        self._scores, self._ranks, self._parts, self._fit = Panel(), Panel(), Panel(), Panel()
        self._strip = StripPanel()
        self.panels = {
            "scores": self._scores,
            "ranks": self._ranks,
            "parts": self._parts,
            "fit": self._fit,
            "strip": self._strip.panel,
        }
        data = nations()
        self._years = np.array(data.editions, dtype=float)
        self._draw_history(self._scores, "scores")
        self._draw_history(self._ranks, "ranks")
        self._draw_parts(self._parts.axes)
        self._draw_fit(self._fit.axes)

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        """Move every mark to `result`, and a star to each of the learner's `guesses`, by outcome."""
        data = result.data
        had_place = data.rank[:, result.country] > 0
        for kind, published, yours in (("scores", data.egdi, result.scores), ("ranks", data.rank, result.ranks)):
            marks = self._history[kind]
            own = published[:, result.country]
            marks["own"].set_data(self._years[had_place], own[had_place])
            marks["yours"].set_data(self._years[had_place], yours[had_place, result.country])
            self._move_compared(marks, result, published)
            marks["edition"].set_data([self._years[result.edition]] * 2, [0, 1])
            marks["dot"].set_data([self._years[result.edition]], [own[result.edition]])
            marks["label"].set_text(number(own[result.edition], 4 if kind == "scores" else 0))
            left = result.edition > len(self._years) // 2
            marks["label"].set_ha("right" if left else "left")
            marks["label"].set_x(self._years[result.edition] + (-0.4 if left else 0.4))
        self._move_parts(result)
        self._move_fit(result)
        self._strip.draw(result, guesses)

    def _move_compared(self, marks: dict[str, Any], result: Result, published: model.Array | model.Counts) -> None:
        """The line of another country, or the mean of a group with the band from its first to its last member."""
        compared = [result.compared(edition) for edition in range(len(self._years))]
        there = [edition for edition, members in enumerate(compared) if members.any()]
        years = self._years[there]
        values = [published[edition, compared[edition]] for edition in there]
        marks["compared"].set_data(years, [value.mean() for value in values])
        marks["band"].set_visible(result.is_group)
        low, high = [value.min() for value in values], [value.max() for value in values]
        marks["band"].set_xy(np.column_stack([[*years, *years[::-1]], [*low, *high[::-1]]]))

    def _move_parts(self, result: Result) -> None:
        data, edition = result.data, result.edition
        own, best = data.parts[edition, result.country], data.parts[edition, result.best]
        theirs = data.parts[edition, result.compared()].mean(axis=0)
        # Nothing is added where the UN gave no score.
        scored = result.weights * data.standing(edition)[result.country]
        adds = scored, result.weights * data.standing(edition)[result.compared()].mean(axis=0), result.weights * best
        for who, (values, added) in enumerate(zip((own, theirs, best), adds, strict=True)):
            for part, value in enumerate(values):
                outline, bar, label = self._bars[who][part]
                outline.set_height(value)
                bar.set_height(added[part])
                label.set_text(number(value, 2))
                label.set_y(value + 0.02)
        for part, label in enumerate(self._weight_labels):
            label.set_text(say("nations.panel.weight", weight=number(result.weights[part], 3)))
        for label, name in zip(
            self._who_labels,
            (data.countries[result.country], result.compare, data.countries[result.best]),
            strict=True,
        ):
            label.set_text(name_of(name))

    def _move_fit(self, result: Result) -> None:
        for edition, (bar, label, fit) in enumerate(zip(self._fit_bars, self._fit_labels, result.fits, strict=True)):
            bar.set_height(fit.missed)
            label.set_text(number(fit.missed))
            label.set_position((edition, fit.missed + 4))
        self._fit_edition.set_data([result.edition], [218])

    def _draw_history(self, panel: Panel, kind: str) -> None:
        axes = panel.axes
        axes.set_title(say(f"nations.panel.{kind}"))
        axes.set_xlim(self._years[0] - 0.6, self._years[-1] + 0.6)
        # 2004 has no room between its neighbours.
        axes.set_xticks(self._years, ["" if year == 2004 else str(int(year)) for year in self._years], fontsize=8.5)
        if kind == "scores":
            axes.set_ylim(0, 1.16)
            axes.set_yticks(np.arange(0, 1.01, 0.25), [number(tick, 2) for tick in np.arange(0, 1.01, 0.25)])
        else:
            axes.set_ylim(198, -30)
            axes.set_yticks((1, 50, 100, 150, 193))
        top = 1.08 if kind == "scores" else -15  # above every line, where the value can be read
        corners = ([2003, 2004, 2005], [0, 1, 0])
        full_height = axes.get_xaxis_transform()
        marks = {
            "band": panel.move("band", axes.fill(*corners, **BAND)[0]),
            "edition": panel.move("edition", Line2D([2003, 2003], [0, 1], transform=full_height, **EDITION_LINE)),
            "yours": panel.move("yours", axes.plot([2003, 2004], [0, 1], **YOURS_LINE)[0]),
            "compared": panel.move("compared", axes.plot([2003, 2004], [0, 1], **EGOV_LINE)[0]),
            "own": panel.move("own", axes.plot([2003, 2004], [0, 1], **DIGITAL_LINE)[0]),
            "dot": panel.move("dot", axes.plot([2003], [0], **DOT)[0]),
            "label": panel.move("label", axes.text(2003, top, "0", fontsize=10, fontweight="bold")),
        }
        axes.add_line(marks["edition"])
        self._history = getattr(self, "_history", {}) | {kind: marks}
        _legend(
            axes,
            {
                "nations.panel.own": marks["own"],
                "nations.panel.compared": marks["compared"],
                "nations.panel.yours": marks["yours"],
                f"nations.panel.band_{kind}": Patch(**BAND),
            },
            columns=2,
        )

    def _draw_parts(self, axes: Axes) -> None:
        panel = self._parts
        axes.set_title(say("nations.panel.parts"))
        axes.set_xlim(-0.5, 2.5)
        axes.set_ylim(0, 1.12)
        axes.set_yticks(np.arange(0, 1.01, 0.25), [number(tick, 2) for tick in np.arange(0, 1.01, 0.25)])
        axes.set_xticks(range(3), [say(f"nations.part.{part}") for part in PARTS])
        axes.tick_params(axis="x", length=0, pad=18)
        axes.grid(visible=False, axis="x")
        self._bars = []
        for who, fill in enumerate(FILLS):
            at = [part + (who - 1) * (WIDTH + 0.03) for part in range(3)]
            outlines = axes.bar(at, [1] * 3, WIDTH, **OUTLINE)
            bars = axes.bar(at, [1] * 3, WIDTH, **fill)
            labels = [axes.text(x, 1, "0", ha="center", fontsize=8.5) for x in at]
            self._bars.append(
                [
                    (
                        panel.move(f"outline-{who}-{part}", outlines[part]),
                        panel.move(f"bar-{who}-{part}", bars[part]),
                        panel.move(f"value-{who}-{part}", labels[part]),
                    )
                    for part in range(3)
                ]
            )
        self._weight_labels = [
            panel.move(f"weight-{part}", axes.text(part, -0.065, " ", ha="center", fontsize=8.5, color=MUTED))
            for part in range(3)
        ]
        self._draw_who(panel)

    def _draw_who(self, panel: Panel) -> None:
        """Whose bars these are, below the axes: names that move, so a legend of its own."""
        figure = panel.figure
        panel.axes.set_xlabel(" \n ", fontsize=12)  # room for it
        self._who_labels = []
        for who, (x, fill) in enumerate(zip((0.03, 0.37, 0.70), FILLS, strict=True)):
            swatch = Patch(**fill)
            figure.legend([swatch], [" "], loc="lower left", bbox_to_anchor=(x - 0.02, 0.0), frameon=False, fontsize=9)
            label = figure.text(x + 0.075, 0.032, " ", fontsize=9)
            self._who_labels.append(panel.move(f"who-{who}", label))

    def _draw_fit(self, axes: Axes) -> None:
        panel, editions = self._fit, len(self._years)
        axes.set_title(say("nations.panel.fit"))
        axes.set_xlim(-0.6, editions - 0.4)
        axes.set_ylim(0, 226)
        axes.set_yticks((0, 50, 100, 150, 193))
        axes.set_xticks(range(editions), [str(int(year)) for year in self._years], fontsize=8.5)
        axes.grid(visible=False, axis="x")
        bars = axes.bar(range(editions), [1] * editions, 0.62, color=EVIDENCE, alpha=0.75)
        self._fit_bars = [panel.move(f"missed-{edition}", bar) for edition, bar in enumerate(bars)]
        self._fit_labels = [
            panel.move(f"missed-label-{edition}", axes.text(edition, 1, "0", ha="center", fontsize=8.5))
            for edition in range(editions)
        ]
        # A dot at the top: a line would run through the numbers.
        self._fit_edition = panel.move("edition", axes.plot([0], [218], **DOT | {"marker": "v"})[0])
        axes.set_xlabel(say("nations.panel.fit_axis"), fontsize=9, loc="left")


def _legend(axes: Axes, handles: dict[str, Line2D | Patch], columns: int) -> None:
    """Names, by key, of lines and areas, below the axes where no line can run through them."""
    axes.figure.legend(
        handles.values(), map(say, handles), loc="outside lower left", ncols=columns, frameon=False, fontsize=9
    )
