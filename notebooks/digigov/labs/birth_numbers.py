"""The birth lab's small panels: each measure against paper, and what the redesign costs and saves."""

from collections.abc import Mapping
from dataclasses import asdict

import numpy as np

from digigov.figures import DIGITAL, DIGITAL_LINE, EGOV, INK, MUTED, Panel
from digigov.labs.birth_result import BILLION, Money, Result
from digigov.language import number, percent, say

SHOWN = ("fields", "documents", "forms", "visits", "handoffs", "days", "first_result", "citizen_minutes",
         "officer_minutes")  # fmt: skip
MOST = 200  # per cent of paper; more is drawn at the edge
CASES = np.geomspace(100, 1_400_000, 2)
LEAST, TOP = 0.1, 10_000  # billion VND on the axis


class MeasuresPanel:
    """Every measure as a share of what it is on paper."""

    def __init__(self) -> None:
        self.panel = Panel()
        axes = self.panel.axes
        axes.set_title(say("birth.panel.measures"))
        axes.set_xlim(-4, MOST + 4)
        axes.set_xticks(range(0, MOST + 1, 50), [percent(value) for value in range(0, MOST + 1, 50)])
        axes.set_ylim(len(SHOWN) - 0.4, -0.6)
        axes.set_yticks(range(len(SHOWN)), [say(f"birth.measure.{name}") for name in SHOWN], fontsize=9)
        axes.axvline(100, color=MUTED, linewidth=1.4)
        rows = list(range(len(SHOWN)))
        move = self.panel.move
        self._joins = move("joins", axes.plot([0, 1], [0, 0], color=MUTED, linewidth=0.8)[0])
        self._egov = move(
            "egov", axes.plot(rows, rows, "s", color=EGOV, markersize=8, fillstyle="none", markeredgewidth=1.8)[0]
        )
        self._digital = move("digital", axes.plot(rows, rows, "o", color=DIGITAL, markersize=6.5)[0])
        # A share beyond the axis is written at its end.
        self._beyond = [
            move(f"beyond-{row}", axes.text(MOST - 5, row - 0.16, "0", ha="right", fontsize=8)) for row in rows
        ]
        self._stars = {
            outcome: move(f"guess-{name}", axes.plot([0], [0], "*", color=INK, markersize=12, fillstyle="none")[0])
            for outcome, name in (("redesigned_fields", "fields"), ("redesigned_visits", "visits"))
        }
        handles = [*axes.get_lines()[2:4], axes.get_lines()[4]]
        handles[0].set_label(say("lab.egov"))
        handles[1].set_label(say("lab.digital"))
        handles[2].set_label(say("birth.panel.guess"))
        self.panel.figure.legend(handles=handles, loc="outside lower left", ncols=3, frameon=False, fontsize=9)

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        """Points by measure; what paper does not ask for at all stands at 0."""
        paper, egov, digital = (asdict(each.mean) for each in (result.paper, result.egov, result.digital))

        def shares(found: Mapping[str, float]) -> list[float]:
            return [min(100 * found[name] / paper[name], MOST) if paper[name] else 0.0 for name in SHOWN]

        rows = list(range(len(SHOWN)))
        self._egov.set_data(shares(egov), rows)
        self._digital.set_data(shares(digital), rows)
        pieces = [
            value for one, other in zip(shares(egov), shares(digital), strict=True) for value in (one, other, np.nan)
        ]
        for name, text in zip(SHOWN, self._beyond, strict=True):
            most = max(egov[name], digital[name]) / paper[name] * 100 if paper[name] else 0
            text.set_visible(most > MOST)
            text.set_text(percent(round(most)))
        self._joins.set_data(pieces, np.repeat(rows, 3))
        for outcome, star in self._stars.items():
            guess, name = guesses.get(outcome), outcome.removeprefix("redesigned_")
            star.set_visible(guess is not None)
            share = 100 * (guess or 0) / paper[name] if paper[name] else 0.0
            star.set_data([min(share, MOST)], [SHOWN.index(name) - 0.05])


class MoneyPanel:
    """What the rules cost once, and what they save over the years, by cases a year."""

    def __init__(self) -> None:
        self.panel = Panel()
        axes = self.panel.axes
        axes.set_title(say("birth.panel.money"))
        axes.set_xscale("log")
        axes.set_yscale("log")
        axes.set_xlim(*CASES)
        axes.set_ylim(LEAST, TOP)
        ticks = (100, 1000, 10_000, 100_000, 1_000_000)
        axes.set_xticks(ticks, [number(tick) for tick in ticks])
        axes.set_yticks((0.1, 1, 10, 100, 1000, 10_000), [number(tick) for tick in (0.1, 1, 10, 100, 1000, 10_000)])
        axes.set_xticks([], minor=True)
        axes.set_yticks([], minor=True)
        axes.set_xlabel(say("birth.panel.cases"))
        move = self.panel.move
        self._once = move(
            "once",
            axes.plot(CASES, [1, 1], color=INK, linestyle=(0, (1, 1.5)), linewidth=2, label=say("birth.panel.once"))[0],
        )
        self._saved = move("saved", axes.plot(CASES, [1, 10], **DIGITAL_LINE, label=say("birth.panel.saved"))[0])
        self._here = move(
            "here",
            axes.plot([1000], [1], "o", color=DIGITAL, markersize=7, linestyle="none", label=say("birth.panel.here"))[
                0
            ],
        )
        self._even = move("even", axes.plot([1000, 1000], [LEAST, TOP], color=MUTED, linestyle=":", linewidth=1.5)[0])
        self._even_label = move("even-label", axes.text(1000, 0.2, "0", fontsize=9))
        self._nothing = move("nothing", axes.text(10_000, 30, say("birth.panel.nothing"), ha="center", fontsize=9))
        self.panel.figure.legend(loc="outside lower left", ncols=3, frameon=False, fontsize=9)

    def draw(self, money: Money) -> None:
        def saved(cases: float) -> float:
            return float(np.clip(money.saved * cases * money.years / BILLION, LEAST / 10, TOP * 10))

        self._once.set_visible(money.once > 0)
        self._nothing.set_visible(money.once <= 0 and money.saved <= 0)
        self._once.set_data(CASES, [max(money.once, LEAST)] * 2)
        # A straight line on these axes as long as something is saved; below the axes otherwise.
        self._saved.set_data(CASES, [saved(cases) for cases in CASES])
        self._here.set_visible(saved(money.cases) >= LEAST)
        self._here.set_data([money.cases], [saved(money.cases)])
        inside = bool(CASES[0] <= money.break_even <= CASES[-1])
        even = money.break_even if inside else CASES[0]
        right = bool(even < np.sqrt(CASES[0] * CASES[-1]))
        self._even.set_data([even] * 2, [LEAST, TOP])
        self._even_label.set_ha("left" if right else "right")
        self._even_label.set_position((even * (1.1 if right else 0.9), 0.18))
        self._even_label.set_text(say("birth.panel.even"))
        for artist in (self._even, self._even_label):
            artist.set_visible(inside)
