"""Who works, who is free and what waits at one moment of a working day, both governments side by side."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.path import Path
from numpy.typing import NDArray

from digigov.figures import DIGITAL, DIGITAL_LINE, EGOV, EGOV_LINE, INK, MUTED, Panel
from digigov.labs.scales import HALVES, WHOLE_ENDS, Scale
from digigov.language import number, say
from digigov.models.pooling import DAY, Case
from digigov.models.pooling_day import IDLE, LEARNING, WORKING, Trace

MOST_OFFICES = 20
BESIDE_ROW = 21  # cases in line that are drawn beside an office, the rest is a number
BESIDE_POOL = 25, 13  # columns and rows of cases in the one line
MINUTES = np.linspace(0, 60 * DAY, 97)
SIZE = {"markersize": 6.5, "linestyle": "none"}
# A square whose right half is a hole, wound the other way: matplotlib's own half-filled square is two shapes, and only
# marks of one shape can move.
HALF = Path(
    [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1), (0, -1), (0, 1), (1, 1), (1, -1), (0, -1)],
    [Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY, Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY],
)
SQUARES = {
    IDLE: {"marker": "s", "fillstyle": "none"},
    WORKING: {"marker": "s"},
    LEARNING: {"marker": HALF},
}


class Strip:
    """The wide panel: above, officers and cases at the moment; below, cases in line through the day."""

    def __init__(self) -> None:
        self.panel = panel = Panel(9.6, 5.4)
        panel.figure.clear()
        above, below = panel.figure.subplots(2, 1, height_ratios=[2.7, 1])
        panel.axes = above
        self._draw_moment(above)
        self._draw_day(below)
        shapes = [
            *(Line2D([], [], color=INK, **SQUARES[state], **SIZE) for state in (WORKING, LEARNING, IDLE)),
            Line2D([], [], color=INK, marker="o", markersize=4.5, linestyle="none"),
        ]
        names = [
            say("pooling.panel.working"),
            say("pooling.panel.learning"),
            say("pooling.panel.idle"),
            say("pooling.panel.case"),
        ]
        panel.figure.legend(shapes, names, loc="outside lower left", ncols=4, frameon=False, fontsize=10.5)

    def draw(self, case: Case, day: tuple[Trace, Trace], minute: float) -> None:
        """Move every mark to the `minute` of the day."""
        offices, staff = int(case.offices), int(case.staff)
        rows = 0.84 - (np.arange(offices) + 0.5) * min(0.84 / offices, 0.13)
        seats = np.array([(7.5 + 1.55 * seat, row) for row in rows for seat in range(staff)])
        beside = 8.5 + 1.55 * staff
        for side, trace, shift in zip(("egov", "digital"), day, (0, 46), strict=True):
            state = trace.officers_at(minute, offices * staff)
            for kind in (IDLE, WORKING, LEARNING):
                put(self._officers[side][kind], seats[state == kind] + (shift, 0))
            words = {"waiting": number(trace.waiting(minute)), "idle": number(int((state == IDLE).sum()))}
            self._counts[side].set_text(say("pooling.panel.counts", **words))
        self._draw_rows(day[0].waiting_by_office(minute, offices), rows, beside)
        self._draw_line(int(day[1].waiting(minute)), 46 + beside)
        lines = [trace.waiting(MINUTES) for trace in day]
        end = self._scale.end(max(int(line.max()) for line in lines))
        for artist, line in zip(self._lines, lines, strict=True):
            artist.set_data(np.repeat(MINUTES / 60, 2)[1:], np.repeat(line / end, 2)[:-1])
        self._now.set_data([minute / 60] * 2, [0, 1.08])

    def _draw_rows(self, waiting: NDArray[np.int64], rows: NDArray[np.float64], beside: float) -> None:
        shown = [
            (beside + 1.25 * place, row)
            for count, row in zip(waiting, rows, strict=True)
            for place in range(min(count, BESIDE_ROW))
        ]
        put(self._waiting["egov"], np.array(shown).reshape(-1, 2))
        for office, (name, more) in enumerate(zip(self._names, self._more, strict=True)):
            inside = office < len(rows)
            row, left_out = (rows[office], waiting[office] - BESIDE_ROW) if inside else (0, 0)
            name.set_visible(inside)
            name.set_position((6, row - 0.015))
            more.set_visible(left_out > 0)
            more.set_position((beside + 1.25 * BESIDE_ROW, row - 0.015))
            more.set_text(f"+{number(max(left_out, 0))}")

    def _draw_line(self, waiting: int, beside: float) -> None:
        columns, lines = BESIDE_POOL
        shown = min(waiting, columns * lines)
        places = np.arange(shown)
        at = np.column_stack([beside + 1.25 * (places % columns), 0.78 - 0.055 * (places // columns)])
        put(self._waiting["digital"], at)
        self._more_in_line.set_visible(waiting > shown)
        self._more_in_line.set_position((beside, 0.0))
        self._more_in_line.set_text(f"+{number(waiting - shown)}")

    def _draw_moment(self, axes: Axes) -> None:
        move = self.panel.move
        axes.set_axis_off()
        axes.set_xlim(0, 100)
        axes.set_ylim(0, 1.02)
        self._officers: dict[str, dict[int, Line2D]] = {}
        self._waiting: dict[str, Line2D] = {}
        self._counts = {}
        heads = say("pooling.panel.egov"), say("pooling.panel.digital")
        for side, head, colour, left in zip(("egov", "digital"), heads, (EGOV, DIGITAL), (0, 52), strict=True):
            axes.text(left, 0.955, head, color=colour, fontsize=12, fontweight="bold")
            self._counts[side] = move(f"{side}-counts", axes.text(left, 0.88, "0", fontsize=11))
            self._officers[side] = {
                kind: move(f"{side}-officers-{kind}", axes.plot([left], [0], color=colour, **square, **SIZE)[0])
                for kind, square in SQUARES.items()
            }
            dots = axes.plot([left], [0], "o", color=colour, markersize=4.5, linestyle="none")[0]
            self._waiting[side] = move(f"{side}-waiting", dots)
        axes.axvline(49.5, color=MUTED, linewidth=0.6)
        self._names = [
            move(
                f"office-{place}",
                axes.text(6, 0, say("pooling.panel.office", number=number(place + 1)), fontsize=9.2, ha="right"),
            )
            for place in range(MOST_OFFICES)
        ]
        self._more = [move(f"more-{place}", axes.text(46, 0, "+1", fontsize=9.2)) for place in range(MOST_OFFICES)]
        self._more_in_line = move("more", axes.text(66, 0.02, "+1", fontsize=9.2))

    def _draw_day(self, axes: Axes) -> None:
        move = self.panel.move
        axes.set_title(say("pooling.panel.day"))
        axes.set_xlim(0, DAY)
        axes.set_xticks(range(int(DAY) + 1), [number(hour) for hour in range(int(DAY) + 1)])
        axes.set_xlabel(say("pooling.panel.hours"))
        axes.set_ylim(0, 1.08)
        self._scale = Scale(self.panel, axes, "line", shares=HALVES, ends=WHOLE_ENDS)
        self._lines = [
            move(f"{side}-line", axes.plot([0, 1], [0, 1], **{**style, "linewidth": 1.8})[0])
            for side, style in (("egov", EGOV_LINE), ("digital", DIGITAL_LINE))
        ]
        self._now = move("now", axes.plot([1, 1], [0, 1], color=INK, linewidth=1.2, linestyle=":")[0])


def put(artist: Line2D, points: NDArray[np.float64]) -> None:
    """Markers at `points` (n, 2); none at all hides the artist, since a picture cannot hold an empty one."""
    artist.set_visible(len(points) > 0)
    artist.set_data(*(points.T if len(points) else ([0], [0])))
