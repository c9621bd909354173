"""The denominators lab's panels: six shares of one country, how applications spread, hours saved. Drawn once, moved."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text

from digigov import tables
from digigov.figures import DIGITAL, DIGITAL_LINE, EGOV, EGOV_LINE, EVIDENCE, INK, MUTED, Panel, styled
from digigov.labs.scales import Scale
from digigov.language import number, percent, say
from digigov.models import denominators as model

# Each share: its name in the model, the decimals it is shown with, and published figures of it as (table, row).
SHARES: dict[str, tuple[int, tuple[tuple[str, str], ...]]] = {
    "eligible_level4": (
        1,
        (("online_services", "eligible-level4-2021-12"), ("online_services", "eligible-level4-2022-08")),
    ),
    "all_level4": (1, ()),
    "eligible_wholly": (1, (("online_services", "eligible-online-2021"),)),
    "with_file": (1, (("online_services", "services-with-dossier-2022-08"),)),
    "files_online": (
        1,
        (("online_services", "dossiers-online-2021-12"), ("online_services", "dossiers-online-2022-08")),
    ),
    "adults_portal": (2, (("citizen_use", "portal-used-2021"), ("citizen_use", "portal-used-2022"))),
}
GUESSED = {"files_online": "files_online", "adults_portal": "adults_portal"}  # outcome: share
SUPPLY = np.linspace(0, 1, 101)
RANKS = np.unique(np.concatenate([[0.0], np.geomspace(0.002, 1, 60), 1 - np.geomspace(0.002, 1, 60)]))
HALF = 0.15  # of a bar's height
MIDDLES = {"egov": 0.08, "digital": -0.24}  # of the bars of a row
TOLD = 0.4  # where a row's published points stand, above its bars


@dataclass(frozen=True)
class Result:
    """One country under two governments, and the hours people save at every supply (millions)."""

    country: model.Country
    egov: model.Counted
    digital: model.Counted
    curves: tuple[model.Array, model.Array]  # hours at SUPPLY
    break_even: float  # times the work of level 4


def published(share: str) -> list[tuple[float, int]]:
    """Published values of a share with their year."""
    found = []
    for name, key in SHARES[share][1]:
        row = tables.load(name).row(key)
        found.append((row["value_pct"], row["year"] if "year" in row else row["date"].year))
    return found


class DenominatorsPicture:
    """Six bars for each government with published points; the spread of applications; hours by supply."""

    @styled
    def __init__(self) -> None:
        self._bars, self._spread, self._hours = Panel(9.6, 5.6), Panel(), Panel()
        self.panels = {"bars": self._bars, "spread": self._spread, "hours": self._hours}
        self._draw_bars(self._bars.axes)
        self._draw_spread(self._spread.axes)
        self._draw_hours(self._hours.axes)

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        """Move every mark to `result`, and a star to each of the learner's `guesses`, by outcome."""
        for name, sides in self._shares.items():
            for side, counted in (("egov", result.egov), ("digital", result.digital)):
                value, middle = 100 * getattr(counted, name), self._rows[name] + MIDDLES[side]
                bar, label = sides[side]
                bar.set_xy(_box(value, middle))
                label.set_text(percent(value, SHARES[name][0]))
                label.set_position((value + 0.8, middle - 0.07))
        for outcome, (star, word) in self._guesses.items():
            guess, row = guesses.get(outcome), self._rows[GUESSED[outcome]] + TOLD
            for artist in (star, word):
                artist.set_visible(guess is not None)
            star.set_data([guess or 0], [row])
            told = [value for value, _ in published(GUESSED[outcome])]
            right = guess is None or guess < 12 or not any(0 < value - guess < 12 for value in told)
            word.set_ha("left" if right else "right")
            word.set_position(((guess or 0) + (1.4 if right else -1.4), row - 0.06))
        country = result.country
        drawn = 100 * model.drawn_by(RANKS, country.busiest)
        self._busiest.set_data(100 * RANKS, drawn)
        self._order.set_data(100 * RANKS, 100 * model.drawn_at_level4(country, RANKS))
        redesigned = country.supply / country.redesign_cost
        spots = (
            (self._covered, country.supply, model.covered(country)),
            (self._redesigned, redesigned, float(model.drawn_by(redesigned, country.busiest))),
        )
        for (dot, label), share, of_files in spots:
            dot.set_data([100 * share], [100 * of_files])
            label.set_text(percent(100 * of_files, 0))
        (_, below), (_, above) = self._covered, self._redesigned
        x, y = 100 * country.supply, 100 * model.covered(country)
        below.set_position((min(x + 1.5, 97), y - 9) if y > 15 else (max(x - 11, 1), y + 5))
        x, y = 100 * redesigned, 100 * float(model.drawn_by(redesigned, country.busiest))
        above.set_position((x + 2.5, y - 5) if x < 60 else (x - 9, y + 3))
        self._draw_here(result)

    def _draw_here(self, result: Result) -> None:
        """The hours of both governments on their curves, the higher label above its point and the lower below."""
        totals = result.egov.hours, result.digital.hours
        x, end = 100 * result.country.supply, self._scale.end(max(float(hours.max()) for hours in result.curves))
        for place, (line, (dot, label)) in enumerate(zip(self._curves, self._heres, strict=True)):
            mine, other = totals[place] / end, totals[1 - place] / end
            line.set_data(100 * SUPPLY, result.curves[place] / end)
            dot.set_data([x], [mine])
            label.set_text(number(totals[place], 1))
            above = mine > other or (mine == other and place == 1) or (mine < 0.12 and other - mine > 0.16)
            label.set_ha("right" if above else "left")
            label.set_position((max(x - 1, 8), mine + 0.035) if above else (x + 1, mine - 0.075))

    def _draw_bars(self, axes: Axes) -> None:
        panel = self._bars
        names = list(SHARES)
        self._rows = {name: len(names) - 1.0 - place for place, name in enumerate(names)}
        axes.set_xlim(0, 118)
        axes.set_xticks(range(0, 101, 20), [percent(share) for share in range(0, 101, 20)])
        axes.set_ylim(-0.5, len(names) - 0.4)
        axes.set_yticks(list(self._rows.values()), [say(f"denominators.bar.{name}") for name in names])
        axes.grid(visible=False, axis="y")
        axes.tick_params(axis="y", length=0)
        axes.axhline(2.56, color=MUTED, linewidth=1, linestyle=":")  # between supply and use
        for middle, name in ((4, "supply"), (1, "use")):
            words = say(f"denominators.group.{name}")
            axes.text(116, middle, words, rotation=90, ha="center", va="center", fontsize=10.5, color=MUTED)
        faces = {
            "egov": {"facecolor": "none", "edgecolor": EGOV, "hatch": "///"},
            "digital": {"facecolor": DIGITAL, "edgecolor": DIGITAL},
        }
        self._shares = {}
        for name, row in self._rows.items():
            sides = {}
            for side, face in faces.items():
                middle = row + MIDDLES[side]
                bar = panel.move(f"{name}-{side}", axes.fill(*_box(50, middle).T, linewidth=1, **face)[0])
                text = axes.text(50, middle, "50%", fontsize=10, color=face["edgecolor"])
                sides[side] = bar, panel.move(f"{name}-{side}-label", text)
            self._shares[name] = sides
            for value, year in published(name):
                style = {"fillstyle": "none"} if year == 2021 else {}
                axes.plot([value], [row + TOLD], "D", color=EVIDENCE, markersize=6, zorder=4, **style)
        self._guesses = {outcome: _guess(panel, axes, f"guess-{outcome}") for outcome in GUESSED}
        handles = [
            axes.fill([], [], label=say(f"denominators.panel.{side}"), **face)[0] for side, face in faces.items()
        ]
        for year, style in (("2021", {"fillstyle": "none"}), ("2022", {})):
            label = say("denominators.panel.published", year=year)
            mark = {"color": EVIDENCE, "markersize": 6, "linestyle": "none", **style}
            handles += axes.plot([], [], "D", label=label, **mark)
        labels = [handle.get_label() for handle in handles]
        axes.figure.legend(handles, labels, loc="outside lower left", ncols=2, frameon=False, fontsize=10.5)

    def _draw_spread(self, axes: Axes) -> None:
        panel = self._spread
        axes.set_title(say("denominators.panel.spread"))
        axes.set_xlim(0, 108)
        axes.set_ylim(0, 108)
        marks = range(0, 101, 20)
        axes.set_xticks(marks, [percent(share) for share in marks])
        axes.set_yticks(marks, [percent(share) for share in marks])
        axes.set_xlabel(say("denominators.panel.services"))
        label = say("denominators.panel.order")
        self._order = panel.move("order", axes.plot([0, 100], [0, 100], **EGOV_LINE, zorder=3, label=label)[0])
        label = say("denominators.panel.busiest")
        self._busiest = panel.move("busiest", axes.plot([0, 100], [0, 100], **DIGITAL_LINE, label=label)[0])
        self._covered = _spot(panel, axes, "covered", "s", EGOV)
        self._redesigned = _spot(panel, axes, "redesigned", "o", DIGITAL)
        _legend(axes)

    def _draw_hours(self, axes: Axes) -> None:
        panel = self._hours
        axes.set_title(say("denominators.panel.hours"))
        axes.set_xlim(0, 112)
        axes.set_xticks(range(0, 101, 20), [percent(share) for share in range(0, 101, 20)])
        axes.set_xlabel(say("denominators.panel.supply"))
        axes.set_ylim(0, 1.1)
        self._scale = Scale(panel, axes, "hours")
        styles = (("egov", EGOV, EGOV_LINE), ("digital", DIGITAL, DIGITAL_LINE))
        self._curves = [
            panel.move(f"{side}-hours", axes.plot([0, 1], [0, 1], **style, label=say(f"denominators.panel.{side}"))[0])
            for side, _, style in styles
        ]
        self._heres = [
            _spot(panel, axes, f"{side}-here", mark, colour)
            for (side, colour, _), mark in zip(styles, ("s", "o"), strict=True)
        ]
        _legend(axes)


def _box(value: float, middle: float) -> model.Array:
    """Corners of a bar from 0 to `value`."""
    low, high = middle - HALF, middle + HALF
    return np.array([[0, low], [max(value, 0.01), low], [max(value, 0.01), high], [0, high]])


def _spot(panel: Panel, axes: Axes, name: str, mark: str, colour: str) -> tuple[Line2D, Text]:
    dot = axes.plot([50], [50], mark, color=colour, markersize=8, linestyle="none", zorder=5)[0]
    return panel.move(name, dot), panel.move(f"{name}-label", axes.text(50, 50, "50%", fontsize=9.5, color=colour))


def _guess(panel: Panel, axes: Axes, name: str) -> tuple[Line2D, Text]:
    star = axes.plot([1], [1], "*", color=INK, markersize=12, fillstyle="none", linestyle="none", zorder=6)[0]
    word = axes.text(1, 1, say("denominators.panel.guess"), fontsize=9)
    return panel.move(name, star), panel.move(f"{name}-label", word)


def _legend(axes: Axes) -> None:
    """Names of the lines below the axes, where no line can run through them."""
    handles, labels = axes.get_legend_handles_labels()
    axes.figure.legend(handles, labels, loc="outside lower left", ncols=1, frameon=False, fontsize=9)
