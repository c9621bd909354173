"""One government as swim lanes: drawn once, then moved."""

from collections.abc import Sequence

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, PathPatch
from matplotlib.path import Path
from matplotlib.text import Text

from digigov.figures import GRID, INK, MUTED, Panel
from digigov.labs.birth_lanes import Bar, bars, edges, left_over, link
from digigov.labs.birth_result import Government, Result
from digigov.language import number, pick, say
from digigov.models.journey import NOTICE, Step

WIDTH, POINTS = 9.6, 72
LEFT, RIGHT = 0.155, 0.985  # of the panel's width
BELOW, HIGH, TITLE, ROW = 56, 186, 20, 13  # points: axis and keys, lanes, title, a row of words over the lanes
TICKS = 5
LABELS, LANES = 34, 9  # texts kept ready
ACROSS = WIDTH * POINTS * (RIGHT - LEFT)  # points of the time axis
NARROW, LETTER = 12 / ACROSS, 5.0 / ACROSS  # the least width of a bar, the width of a letter in it
DASHED = {"facecolor": "none", "edgecolor": MUTED, "linestyle": (0, (3, 2))}
NOTICED = "●"
JUDGED = 2.6  # points: edge of a step that needs judgement


class LanesPanel:
    """A lane for each who takes part, a bar for each step, a line from each step to the next.

    The redesigned government's panel (`redesigned`) also shows what is gone, repair, and the learner's guess.
    """

    def __init__(self, title: str, colour: str, redesigned: bool = False) -> None:
        rows = 3 if redesigned else 1
        height = BELOW + HIGH + rows * ROW + TITLE
        self.panel = Panel(WIDTH, height / POINTS)
        self.panel.figure.set_layout_engine(None)
        self._colour = colour
        axes = self._axes = self.panel.axes
        axes.set_position((LEFT, BELOW / height, RIGHT - LEFT, HIGH / height))
        axes.set_title(title, pad=rows * ROW + 5)
        axes.set_xlim(0, 1)
        axes.set_ylim(1, 0)
        axes.set_yticks([])
        axes.set_xticks(np.arange(TICKS + 1) / TICKS, [""] * (TICKS + 1))
        axes.tick_params(length=0)
        axes.spines["left"].set_visible(False)
        self._still(1, -30, say("birth.panel.time"), "right")
        self._ticks = [self._text(f"tick-{at}", at / TICKS, _below(14), "center") for at in range(TICKS + 1)]
        self._names = [self._text(f"lane-{at}", -0.008, 0.5, "right") for at in range(LANES)]
        self._key = self._text("key", 0, _below(30))
        self._rules = self._line("lanes", color=GRID, linewidth=0.8, zorder=0.5)
        if redesigned:
            self._ghosts = self._boxes("ghosts", zorder=0.7, **DASHED)
        self._lines = self._line("lines", color=MUTED, linewidth=0.9, zorder=0.8)
        self._plain = self._boxes("steps", facecolor=colour, alpha=0.22, linewidth=0)
        self._edges = self._boxes("step-edges", facecolor="none", edgecolor=colour, linewidth=0.9)
        self._judged = self._boxes("judged", facecolor="none", edgecolor=colour, linewidth=JUDGED)
        self._labels = [self._text(f"label-{at}", 0.5, 0.5, "center", size=8) for at in range(LABELS)]
        self._end = self._line("end", color=colour, linewidth=1.6, zorder=0.9)
        self._end_label = self._text("end-label", 0.5, 0)
        if redesigned:
            self._repair = self._line("repair", color=INK, linestyle=":", linewidth=1.4)
            self._repair_label = self._text("repair-label", 0.5, 0)
            look = {"color": INK, "markersize": 11, "fillstyle": "none", "linestyle": "none", "clip_on": False}
            self._star = self.panel.move("guess-days", axes.plot([0.5], [0], "*", **look)[0])
            self._star_label = self._text("guess-days-label", 0.5, 0)
        self._legend(redesigned)

    def set_lanes(self, names: Sequence[str], days: float) -> None:
        """Names of the lanes, and the days on the axis."""
        for at, tick in enumerate(self._ticks):
            tick.set_text(number(days * at / TICKS))
        for at, text in enumerate(self._names):
            shown = at < len(names)
            _put(text, names[at] if shown else "", -0.008, (at + 0.5) / len(names) + 3 / HIGH if shown else 0)
        between = np.arange(1, len(names)) / len(names)
        self._rules.set_data(*_broken([((0, y), (1, y)) for y in between]))

    def set_steps(self, result: Result, government: Government, lanes: Sequence[str], days: float) -> None:
        """Bars with their labels, lines from step to step, and the day on which all is done."""
        drawn = self._bars(result, government, lanes, days)
        self._plain.set_path(_outline(drawn))
        self._edges.set_path(_outline(drawn))
        self._judged.set_path(_outline([bar for bar in drawn if any(step.discretion for step in bar.steps)]))
        for label, bar in zip(self._labels, [*drawn, *[None] * LABELS], strict=False):
            if bar is None:
                _put(label, "", 0, 0)
            else:
                _put(label, _label(result, bar), bar.x + bar.width / 2, bar.middle + 3 / HIGH)
        place = {step.name: bar for bar in drawn for step in bar.steps}
        pairs = {(place[one], place[other]): None for one, other in edges(government.journey)}
        # Within a lane a line between its rows would run through the boxes.
        shown = [
            (one, other) for one, other in pairs if one.middle == other.middle or not one.beside(other, len(lanes))
        ]
        self._lines.set_data(*_broken([link(one, other) for one, other in shown if one != other]))
        done = government.right.days
        self._end.set_data([done / days] * 2, [1, _above(0)])
        _beside(self._end_label, done / days, _above(2), say("birth.panel.done", days=number(done, 1)))
        names = [f"{at} {pick(name)}" for at, name in enumerate(result.event.procedures.values(), start=1)]
        self._key.set_text(" · ".join([say("birth.panel.notice")] * result.has_notice + names))

    def set_gone(self, result: Result, lanes: Sequence[str], days: float) -> None:
        """Hollow boxes where e-government had a step that people no longer do, or that another step covers."""
        still = {step.name: step.actor for step in result.digital.journey.steps if len(step.covers) == 1}
        before = self._bars(result, result.egov, lanes, days)
        gone = [bar for bar in before if any(still.get(step.name) != step.actor for step in bar.steps)]
        standing = self._bars(result, result.digital, lanes, days)
        self._ghosts.set_path(_outline(left_over(gone, standing, len(lanes))))

    def set_repair(self, result: Result, days: float) -> None:
        """Where a case ends that fell out."""
        end = result.stuck.days
        self._repair.set_data([end / days] * 2, [1, _above(ROW)])
        words = say("birth.panel.repair", share=number(round(100 * result.chance)), days=number(end, 1))
        _beside(self._repair_label, end / days, _above(ROW + 2), words)
        for artist in (self._repair, self._repair_label):
            artist.set_visible(result.waits)

    def set_guess(self, guess: float | None, days: float) -> None:
        """The learner's guess of the days; one beyond the axis stands at its end."""
        x = min((guess or 0) / days, 1)
        self._star.set_data([x], [_above(2 * ROW + 5)])
        words = say("birth.panel.guess_days", days=number(guess or 0))
        _beside(self._star_label, x, _above(2 * ROW + 2), words, gap=0.014)
        for artist in (self._star, self._star_label):
            artist.set_visible(guess is not None)

    # -- inside

    def _bars(self, result: Result, government: Government, lanes: Sequence[str], days: float) -> list[Bar]:
        def least(steps: tuple[Step, ...]) -> float:
            return max(NARROW, len(_number(result, steps)) * LETTER + 4 / ACROSS) if steps else NARROW

        return bars(government.journey, government.times, lanes, days, least)

    def _text(self, name: str, x: float, y: float, side: str = "left", size: float = 9) -> Text:
        return self.panel.move(name, self._axes.text(x, y, "0", ha=side, fontsize=size))

    def _still(self, x: float, points: float, words: str, side: str) -> None:
        self._axes.text(x, _below(-points), words, ha=side, va="baseline", fontsize=9)

    def _line(self, name: str, **look: object) -> Line2D:
        return self.panel.move(name, self._axes.plot([0, 1], [0, 1], clip_on=False, **look)[0])

    def _boxes(self, name: str, **look: object) -> PathPatch:
        patch = PathPatch(_outline([Bar((), 0.1, 0.1, 0.1, 0.1)]), **look)
        return self.panel.move(name, self._axes.add_patch(patch))

    def _legend(self, redesigned: bool) -> None:
        colour = self._colour
        handles = [
            Patch(facecolor=colour, alpha=0.22, edgecolor=colour, label=say("birth.panel.step")),
            Patch(facecolor="none", edgecolor=colour, linewidth=JUDGED, label=say("birth.panel.judged")),
        ]
        if redesigned:
            handles.append(Patch(**DASHED, label=say("birth.panel.ghost")))
            handles.append(Line2D([], [], color=INK, linestyle=":", linewidth=1.4, label=say("birth.panel.repaired")))
        self.panel.figure.legend(
            handles=handles, loc="lower left", bbox_to_anchor=(0, -0.015), ncols=4, frameon=False, fontsize=9,
            borderaxespad=0.3, columnspacing=1.4,
        )  # fmt: skip


def _below(points: float) -> float:
    """A place under the lanes, on the axis that runs down them from 0 to 1."""
    return 1 + points / HIGH


def _above(points: float) -> float:
    return -points / HIGH


def _outline(drawn: Sequence[Bar]) -> Path:
    """All boxes as one path."""
    vertices = []
    for bar in drawn:
        right, low = bar.x + bar.width, bar.y + bar.height
        vertices += [(bar.x, bar.y), (right, bar.y), (right, low), (bar.x, low), (bar.x, bar.y)]
    codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY] * len(drawn)
    return Path(vertices or [(0, 0)] * 2, codes or [Path.MOVETO, Path.LINETO])


def _broken(pieces: Sequence[tuple[tuple[float, float], tuple[float, float]]]) -> tuple[list[float], list[float]]:
    """Pieces of a line as one, with gaps between."""
    points = [point for one, other in pieces for point in (one, other, (np.nan, np.nan))] or [(0, 0)]
    return [x for x, _ in points], [y for _, y in points]


def _number(result: Result, steps: tuple[Step, ...]) -> str:
    """The procedures that a bar belongs to, by number; for the system how many steps it does at once."""
    if len(steps) > 1:
        return f"×{len(steps)}"
    if steps[0].kind == NOTICE:
        return NOTICED
    order = list(result.event.procedures)
    numbers = sorted({order.index(name.split(".")[0]) + 1 for name in steps[0].covers})
    return f"{numbers[0]}–{numbers[-1]}" if len(numbers) == len(order) > 2 else "+".join(map(str, numbers))


def _label(result: Result, bar: Bar) -> str:
    """The number, and the step's name where there is room."""
    short = _number(result, bar.steps)
    name = result.event.steps.get(bar.steps[0].name) if len(bar.steps) == 1 else None
    long = f"{short} {pick(name)}" if name else short
    return long if len(long) * LETTER < bar.width * 0.96 else short


def _put(text: Text, words: str, x: float, y: float) -> None:
    """Words at a place; without words the text is hidden, and always the same, so that a reset is a reset."""
    text.set_visible(bool(words))
    text.set_text(words or "0")
    text.set_position((x, y))


def _beside(text: Text, x: float, y: float, words: str, gap: float = 0.006) -> None:
    """Words to the right of x, or to its left where there is no room."""
    text.set_text(words)
    right = x + gap + len(words) * LETTER * 1.15 < 1
    text.set_ha("left" if right else "right")
    text.set_position((x + gap if right else x - gap, y))
