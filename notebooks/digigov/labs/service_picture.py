"""The service builder's three panels: the strip of blocks, money by day, who is left out. Drawn once, then moved."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from digigov.figures import DIGITAL, DIGITAL_LINE, EGOV, EGOV_LINE, GRID, INK, MUTED, Panel, styled
from digigov.labs.service_data import Palette
from digigov.language import number, percent, pick, say
from digigov.models import population, relief
from digigov.models.service import Service

TICKS = (1, 3, 7, 14, 30, 60, 120, 365)
DAYS = np.arange(1.0, relief.LAST_DAY + 1)
PAPER_BAR = {"facecolor": "none", "edgecolor": EGOV, "hatch": "////"}
BLOCKS_BAR = {"facecolor": DIGITAL, "edgecolor": DIGITAL}
ROWS = ("all", *population.GROUPS, "wrong")  # of the panel of who is left out
ALONE = 1 + population.GROUPS.index("elderly_alone")
WIDTH = 96.0  # of the strip, in hundredths of its panel's width


@dataclass(frozen=True, eq=False)
class Result:
    """Everything the lab shows."""

    case: relief.Case
    service: Service
    built: bool
    paper: relief.Outcome
    blocks: relief.Outcome


class ServicePicture:
    """What the service is put together of, how fast money comes, and who is left out or paid without a right."""

    @styled
    def __init__(self, palette: Palette) -> None:
        self._palette = palette
        self.panels = {"strip": Panel(9.6, 4.6), "paid": Panel(5.6, 4.7), "left": Panel(5.6, 4.7)}
        self._draw_strip(self.panels["strip"])
        self._draw_paid(self.panels["paid"])
        self._draw_left(self.panels["left"])

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        """Move every mark to `result`, and a star to each of the learner's `guesses`, by outcome."""
        self._move_strip(result)
        for line, one in zip(self._paid, (result.paper, result.blocks), strict=True):
            share = 100 * one.paid[1:] / one.entitled[0]
            turns = (np.diff(share, prepend=-1) != 0) | (
                np.diff(share, append=-1) != 0
            )  # a level line needs but its ends
            line.set_data(DAYS[turns], share[turns])
        for one, bars, labels in zip((result.paper, result.blocks), self._bars, self._labels, strict=True):
            shares = np.append(one.left_share, one.wrongly_paid / max(one.wrongly_paid + one.paid[-1], 1))
            for bar, label, share in zip(bars, labels, 100 * shares, strict=True):
                known = not np.isnan(share)
                bar.set_width(share if known else 0.0)
                label.set_x((share if known else 0.0) + 1.5)
                label.set_text(percent(share, 1) if known else say("service.panel.nobody"))
        _put(self._guessed_days, guesses.get("half_days"), 50.0, on_days=True)
        _put(self._guessed_left, guesses.get("left_out"), 0.5)
        _put(self._guessed_alone, guesses.get("left_out_alone"), ALONE + 0.5)

    # -- the strip

    def _move_strip(self, result: Result) -> None:
        scale = result.case.paper_days / sum(stage for _, stage in self._palette.stages)
        for word, (_, stage) in zip(self._stages, self._palette.stages, strict=True):
            word.set_text(_days(stage * scale))
        near, far = result.case.paper_days, result.case.paper_days + result.case.paper_spread
        self._paper_sum.set_text(say("service.panel.paper_sum", near=number(near), far=number(far)))
        for name, block in self._palette.blocks.items():
            used = result.service.has(name)
            self._filled[name].set_visible(used)
            spent = block.days + (block.build_days if result.built else 0)
            self._spent[name].set_text(_days(spent) if used else say("service.panel.unused"))
        launch, count = number(result.blocks.launch), number(len(result.service.blocks))
        if result.built:
            self._blocks_sum.set_text(say("service.panel.built_sum", launch=launch, count=count))
        else:
            self._blocks_sum.set_text(say("service.panel.ready_sum", launch=launch, count=count))

    def _draw_strip(self, panel: Panel) -> None:
        axes, move = panel.axes, panel.move
        axes.set_axis_off()
        axes.set_xlim(-0.3, 100.3)
        axes.set_ylim(0, 1)
        stages = self._palette.stages
        axes.text(0, 0.95, say("service.head.paper"), color=EGOV, fontsize=11, fontweight="bold")
        self._paper_sum = move("paper-sum", axes.text(WIDTH + 4, 0.95, " ", fontsize=10, ha="right"))
        self._stages = []
        for place, (name, _) in enumerate(stages):
            _, middle = self._box(axes, place, len(stages), 0.76, 0.14, EGOV, linestyle="--")
            axes.text(middle, 0.83, pick(name), fontsize=10, ha="center", va="center")
            self._stages.append(move(f"stage-{place}", axes.text(middle, 0.69, " ", fontsize=10, ha="center")))
        axes.text(0, 0.56, say("service.head.blocks"), color=DIGITAL, fontsize=11, fontweight="bold")
        self._blocks_sum = move("blocks-sum", axes.text(WIDTH + 4, 0.56, " ", fontsize=10, ha="right"))
        self._filled, self._spent = {}, {}
        count = len(self._palette.blocks)
        for place, (name, block) in enumerate(self._palette.blocks.items()):
            left, middle = self._box(axes, place, count, 0.36, 0.15, MUTED, linestyle=":")
            width = (WIDTH + 4) / count - 1
            filled = Rectangle((left, 0.36), width, 0.15, facecolor=DIGITAL, edgecolor=DIGITAL, alpha=0.2)
            self._filled[name] = move(f"block-{name}", axes.add_patch(filled))
            axes.text(middle, 0.435, pick(self._palette.short[name]), fontsize=9.5, ha="center", va="center", zorder=4)
            self._spent[name] = move(f"days-{name}", axes.text(middle, 0.3, " ", fontsize=9.5, ha="center"))
            fields = [pick(self._palette.fields[field]) for field in self._palette.fields if field in block.supplies]
            for row, field in enumerate(fields):
                axes.text(middle, 0.22 - 0.05 * row, field, fontsize=9, ha="center", va="baseline", color=MUTED)
        axes.text(0, 0.0, say("service.panel.supplies"), fontsize=9, color=MUTED, va="baseline")

    def _box(
        self, axes: Axes, place: int, count: int, bottom: float, height: float, colour: str, **look: str
    ) -> tuple[float, float]:
        """One of `count` boxes side by side; returns its left end and its middle."""
        step = (WIDTH + 4) / count
        axes.add_patch(Rectangle((step * place, bottom), step - 1, height, facecolor="none", edgecolor=colour, **look))
        return step * place, step * place + (step - 1) / 2

    # -- money and people

    def _draw_paid(self, panel: Panel) -> None:
        axes = panel.axes
        axes.set_title(say("service.panel.paid"))
        axes.set_xscale("log")
        axes.set_xlim(1, relief.LAST_DAY)
        axes.set_xticks(TICKS, [number(tick) for tick in TICKS])
        axes.set_xticks([], minor=True)
        axes.set_xlabel(say("service.panel.days"))
        axes.set_ylim(0, 104)
        axes.set_yticks(range(0, 101, 20), [percent(value) for value in range(0, 101, 20)])
        looks = (("paper", EGOV_LINE), ("blocks", DIGITAL_LINE))
        self._paid = [panel.move(name, axes.plot([1, 2], [1, 2], **look)[0]) for name, look in looks]
        self._guessed_days = _guess(panel, "guess-days")
        _legend(axes, *(Line2D([], [], **look) for _, look in looks))

    def _draw_left(self, panel: Panel) -> None:
        axes = panel.axes
        axes.set_title(say("service.panel.left"))
        axes.set_xlim(0, 118)
        axes.set_xticks(range(0, 101, 20), [percent(value) for value in range(0, 101, 20)])
        axes.set_ylim(len(ROWS) - 0.3, -0.5)
        names = [say(f"service.measure.group_{name}") for name in population.GROUPS]
        places = [*range(len(ROWS) - 1), len(ROWS) - 0.8]
        axes.set_yticks(places, [say("service.panel.all"), *names, say("service.panel.wrong")], fontsize=9)
        axes.tick_params(axis="y", length=0)
        axes.grid(False, axis="y")
        axes.axhline(len(ROWS) - 1.4, color=GRID, linewidth=1)
        self._bars, self._labels = [], []
        for name, look, shift in (("paper", PAPER_BAR, -0.17), ("blocks", BLOCKS_BAR, 0.17)):
            bars = axes.barh([place + shift for place in places], [1] * len(ROWS), height=0.28, **look)
            self._bars.append([panel.move(f"{name}-{row}", bar) for row, bar in zip(ROWS, bars, strict=True)])
            labels = [axes.text(1, place + shift + 0.1, " ", fontsize=8.5) for place in places]
            self._labels.append(
                [panel.move(f"{name}-{row}-label", label) for row, label in zip(ROWS, labels, strict=True)]
            )
        self._guessed_left = _guess(panel, "guess-left")
        self._guessed_alone = _guess(panel, "guess-alone")
        _legend(axes, Rectangle((0, 0), 1, 1, **PAPER_BAR), Rectangle((0, 0), 1, 1, **BLOCKS_BAR))


def _days(spent: float) -> str:
    return say("service.day" if spent == 1 else "service.days", number=number(round(spent, 1)))


def _legend(axes: Axes, *handles: Line2D | Rectangle) -> None:
    names = [say("service.head.paper"), say("service.head.blocks")]
    axes.figure.legend(handles, names, loc="outside lower left", ncols=2, frameon=False, fontsize=9, handlelength=2.6)


def _guess(panel: Panel, name: str) -> tuple[Line2D, Text]:
    axes = panel.axes
    mark = axes.plot([1], [1], "*", color=INK, markersize=12, fillstyle="none", linestyle="none", zorder=5)[0]
    return panel.move(name, mark), panel.move(f"{name}-label", axes.text(1, 1, say("service.panel.guess"), fontsize=9))


def _put(guessed: tuple[Line2D, Text], x: float | None, y: float, on_days: bool = False) -> None:
    """Show a prediction as a star at `x`, with its words beside it."""
    mark, label = guessed
    for artist in guessed:
        artist.set_visible(x is not None)
    if x is not None:
        x = float(np.clip(x, *mark.axes.get_xlim()))
        mark.set_data([x], [y])
        label.set_ha("right" if on_days and x > 3 else "left")
        label.set_position((x * (0.87 if x > 3 else 1.15), y - 1.5) if on_days else (x + 3, y + 0.1))
