"""The years-saved lab's panels: one sum by three divisors, how the minutes move it, what is left. Drawn once, moved."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from digigov import tables
from digigov.figures import DIGITAL, DIGITAL_LINE, EVIDENCE, INK, MUTED, Panel, styled
from digigov.labs.scales import Scale
from digigov.language import number, say
from digigov.models import years_saved as model

MINUTES = np.linspace(0, 30, 61)
PUBLISHED = ("xroad-years-2018", "xroad-years-2019")
PARTS = ("told", "gained", "spent", "net")
HALF = 0.3  # of a bar's height


@dataclass(frozen=True)
class Result:
    """An exchange, its hours (millions), and the divisor that was chosen."""

    exchange: model.Exchange
    saved: model.Saved
    divisor: str

    def years(self, hours: float) -> float:
        """Millions of hours as years of the chosen kind."""
        return model.in_years(hours, self.divisor)


class YearsSavedPicture:
    """Bars for each divisor with the published figures; years by minutes; from told to net."""

    @styled
    def __init__(self) -> None:
        self._bars, self._line, self._parts = Panel(), Panel(), Panel()
        self.panels = {"bars": self._bars, "line": self._line, "parts": self._parts}
        self._draw_bars(self._bars.axes)
        self._draw_line(self._line.axes)
        self._draw_parts(self._parts.axes)

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        """Move every mark to `result`, and a star to the learner's guess of the working years."""
        years = {name: model.in_years(result.saved.told, name) for name in model.DIVISORS}
        guess = guesses.get("working_years")
        end = self._bar_scale.end(max([*years.values(), guess or 0, *(value for value, _ in self._published)]) * 1.15)
        for name, value in years.items():
            bar, label = self._divisors[name]
            chosen = name == result.divisor
            bar.set_xy(_box(value / end, self._rows[name]))
            label.set_text(("▶ " if chosen else "") + number(value, 0))
            label.set_position((value / end + 0.012, self._rows[name] - 0.08))
        for value, artist in self._published:
            artist.set_data([value / end], [self._rows["calendar"] - HALF - 0.16])
        star, word = self._guess
        for artist in (star, word):
            artist.set_visible(guess is not None)
        star.set_data([(guess or 0) / end], [self._rows["working"] + HALF + 0.1])
        word.set_position(((guess or 0) / end + 0.025, self._rows["working"] + HALF + 0.03))

        hours = result.years(1.0)  # years in a million hours
        net = model.net_by_minutes(result.exchange, MINUTES) * hours
        told = result.saved.told * hours
        self._draw_scaled(result, net, told)
        self._draw_steps(result)

    def _draw_scaled(self, result: Result, net: np.ndarray, told: float) -> None:
        each = result.exchange.requests * result.exchange.people / 60 * result.years(1.0)
        top = self._line_scale.end(max(each * MINUTES[-1], 1))
        self._told.set_data(MINUTES, each * MINUTES / top)
        self._net.set_data(MINUTES, np.maximum(net / top, -0.25))
        minutes = result.exchange.minutes
        dot, label = self._here
        dot.set_visible(minutes <= MINUTES[-1])
        label.set_visible(minutes <= MINUTES[-1])
        dot.set_data([minutes], [told / top])
        label.set_text(number(told, 0))
        low = minutes < 6  # no room on the left
        label.set_ha("left" if low else "right")
        label.set_position((minutes + 0.9, told / top - 0.05) if low else (minutes - 0.8, told / top + 0.03))

    def _draw_steps(self, result: Result) -> None:
        saved = result.saved
        hours = {"told": saved.told, "gained": saved.gained, "spent": saved.spent, "net": saved.net}
        years = {name: result.years(value) for name, value in hours.items()}
        end = max(1.2 * max(years.values()), -3.2 * years["net"], 1)
        for name, value in years.items():
            bar, label = self._steps[name]
            bar.set_xy(_box(value / end, self._places[name]))
            label.set_text(number(round(value), 0))
            label.set_position((max(value / end, 0) + 0.012, self._places[name] - 0.1))

    def _draw_bars(self, axes: Axes) -> None:
        panel = self._bars
        axes.set_title(say("years_saved.panel.bars"))
        names = list(model.DIVISORS)
        self._rows = {name: float(len(names) - 1 - place) for place, name in enumerate(names)}
        axes.set_ylim(-0.6, len(names) - 0.3)
        axes.set_yticks(list(self._rows.values()), [say(f"years_saved.bar.{name}") for name in names])
        axes.grid(visible=False, axis="y")
        axes.tick_params(axis="y", length=0)
        self._bar_scale = Scale(panel, axes, "bars", on_x=True)
        self._divisors = {}
        for name, row in self._rows.items():
            bar = panel.move(f"bar-{name}", axes.fill(*_box(0.5, row).T, facecolor=DIGITAL, linewidth=0)[0])
            label = panel.move(f"bar-{name}-label", axes.text(0.5, row, "1", fontsize=9.5, color=INK))
            self._divisors[name] = (bar, label)
        self._published = []
        for key, fill in zip(PUBLISHED, ("none", "full"), strict=True):
            row = tables.load("platform_evidence").row(key)
            style = {"color": EVIDENCE, "markersize": 7, "fillstyle": fill, "linestyle": "none"}
            mark = panel.move(key, axes.plot([0.5], [1], "D", **style, zorder=5)[0])
            label = say("years_saved.panel.published", years=number(row["value"]))
            axes.plot([], [], "D", **style, label=label)
            self._published.append((row["value"], mark))
        star = axes.plot([1], [1], "*", color=INK, markersize=12, fillstyle="none", linestyle="none", zorder=6)[0]
        word = axes.text(1, 1, say("years_saved.panel.guess"), fontsize=9)
        self._guess = panel.move("guess", star), panel.move("guess-label", word)
        _legend(axes)

    def _draw_line(self, axes: Axes) -> None:
        panel = self._line
        axes.set_title(say("years_saved.panel.line"))
        axes.set_xlim(0, MINUTES[-1] + 1)
        axes.set_xticks(range(0, 31, 5), [number(minutes) for minutes in range(0, 31, 5)])
        axes.set_xlabel(say("years_saved.panel.minutes"))
        axes.set_ylim(-0.2, 1.05)
        axes.axhline(0, color=MUTED, linewidth=1)
        self._line_scale = Scale(panel, axes, "line")
        label = say("years_saved.panel.told")
        style = {"color": EVIDENCE, "linewidth": 3, "linestyle": (0, (1, 2.2)), "zorder": 4}
        self._told = panel.move("told", axes.plot([0, 1], [0, 1], **style, label=label)[0])
        label = say("years_saved.panel.net")
        self._net = panel.move("net", axes.plot([0, 1], [0, 1], **DIGITAL_LINE, label=label)[0])
        dot = axes.plot([15], [0.5], "o", color=EVIDENCE, markersize=8, linestyle="none", zorder=5)[0]
        text = axes.text(15, 0.5, "1", fontsize=10, color=EVIDENCE, ha="right")
        self._here = panel.move("here", dot), panel.move("here-label", text)
        _legend(axes)

    def _draw_parts(self, axes: Axes) -> None:
        panel = self._parts
        axes.set_title(say("years_saved.panel.parts"))
        self._places = {name: float(len(PARTS) - 1 - place) for place, name in enumerate(PARTS)}
        axes.set_ylim(-0.6, len(PARTS) - 0.4)
        axes.set_yticks(list(self._places.values()), [say(f"years_saved.step.{name}") for name in PARTS])
        axes.set_xlim(-0.33, 1.12)
        axes.set_xticks([])
        axes.grid(visible=False)
        axes.tick_params(axis="y", length=0)
        axes.axvline(0, color=MUTED, linewidth=1)
        self._steps = {}
        faces = {
            "told": {"facecolor": EVIDENCE},
            "gained": {"facecolor": DIGITAL},
            "spent": {"facecolor": "none", "edgecolor": MUTED, "hatch": "///"},
            "net": {"facecolor": DIGITAL},
        }
        for name, row in self._places.items():
            bar = panel.move(f"step-{name}", axes.fill(*_box(0.5, row).T, linewidth=1, **faces[name])[0])
            label = panel.move(f"step-{name}-label", axes.text(0.5, row, "1", fontsize=9.5, color=INK))
            self._steps[name] = (bar, label)


def _box(value: float, middle: float) -> np.ndarray:
    """Corners of a bar from 0 to `value`."""
    value = value if abs(value) > 1e-4 else 1e-4
    low, high = middle - HALF, middle + HALF
    return np.array([[0, low], [value, low], [value, high], [0, high]])


def _legend(axes: Axes) -> None:
    """Names of the marks below the axes, where nothing can run through them."""
    handles, labels = axes.get_legend_handles_labels()
    axes.figure.legend(handles, labels, loc="outside lower left", ncols=1, frameon=False, fontsize=9)
