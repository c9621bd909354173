"""The pooling lab's panels: who works and who waits, and what waiting, officers and servers cost. Drawn once, moved."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text

from digigov.figures import DIGITAL, DIGITAL_LINE, EGOV, EGOV_LINE, GRID, INK, MUTED, Panel, styled
from digigov.labs.pooling_strip import MOST_OFFICES, Strip
from digigov.labs.scales import HALVES, WHOLE_ENDS, Scale
from digigov.language import number, percent, say
from digigov.models.pooling import CLOCK, DAY, Case
from digigov.models.pooling_day import IDLE, Trace
from digigov.models.queues import Array, Estimate

LOADS = np.linspace(0.02, 1.2, 119)  # share of the officers' time that cases take
OFFICES = np.arange(1, MOST_OFFICES + 1)
LONGEST_WAIT = 90.0  # minutes, end of the axis
DEFAULT_OFFICES = 8.0  # what the predictions were made about


@dataclass(frozen=True)
class Result:
    """Everything the lab shows; pairs are e-government, digital government. Waits in minutes."""

    case: Case
    curves: tuple[Array, Array]  # waits at LOADS
    waits: tuple[float, float]
    busy: tuple[Array, float]  # share of the officers' time, at each office and in the pool
    simulated: tuple[Estimate | None, Estimate | None]
    needed: tuple[Array, Array]  # officers, at OFFICES
    officers: tuple[int, int]
    demand: (
        Array  # of each office's server at CLOCK, (offices, hours); shares of what separate ones must carry together
    )
    shared: float  # what shared servers must carry, alike
    day: tuple[Trace, Trace]
    minute: float  # of the day, that is looked at

    @property
    def load(self) -> float:
        """Share of the officers' time that cases take, without finding anything out."""
        return self.case.arrivals * self.case.minutes / 60 / self.case.staff

    @property
    def idle(self) -> tuple[int, ...]:
        """Officers that are free at the moment."""
        return tuple(int((trace.officers_at(self.minute, self.case.officers) == IDLE).sum()) for trace in self.day)

    @property
    def in_line(self) -> tuple[int, ...]:
        """Cases that wait at the moment."""
        return tuple(int(trace.waiting(self.minute)) for trace in self.day)


def in_minutes(wait: float) -> str:
    """A wait as the learner would say it."""
    if not np.isfinite(wait):
        return say("pooling.endless")
    return say("pooling.minutes", number=number(wait, 1 if wait < 100 else 0))


class PoolingPicture:
    """The moment and the day; waiting by load; officers by number of offices; servers through the day."""

    @styled
    def __init__(self) -> None:
        self._strip = Strip()
        self._wait, self._needed, self._servers = Panel(), Panel(), Panel()
        self.panels = {"strip": self._strip.panel, "wait": self._wait, "needed": self._needed, "servers": self._servers}
        self._draw_wait(self._wait.axes)
        self._draw_needed(self._needed.axes)
        self._draw_servers(self._servers.axes)

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        """Move every mark to `result`, and a star to each of the learner's `guesses`, by outcome."""
        self._strip.draw(result.case, result.day, result.minute)
        for number_of, curve in zip(self._curves, result.curves, strict=True):
            number_of.set_data(100 * LOADS, np.minimum(curve, 10 * LONGEST_WAIT))
        for place, (wait, estimate) in enumerate(zip(result.waits, result.simulated, strict=True)):
            self._put_wait(place, 100 * result.load, wait, estimate)
        self._guess_wait.put(8, guesses.get("pooled_wait"))

        guessed = guesses.get("officers_pooled")
        end = self._scale.end(max(int(result.needed[0].max()), int(result.needed[1].max()), guessed or 0))
        for curve, dot, counts in zip(self._counts, self._dots, result.needed, strict=True):
            curve.set_data(OFFICES, counts / end)
            dot.set_data([result.case.offices], [counts[int(result.case.offices) - 1] / end])
        self._guess_needed.put(DEFAULT_OFFICES, None if guessed is None else guessed / end)

        layers = 100 * np.cumsum(result.demand, axis=0)
        demand = layers[-1]
        self._demand.set_data(CLOCK, demand)
        # One artist for all offices: what is no number lifts the pen.
        ends = np.column_stack([layers[:-1, ::2], np.full(len(layers) - 1, np.nan)])
        self._layers.set_data(np.tile(np.append(CLOCK[::2], np.nan), len(ends)), ends.ravel())
        self._area.set_xy(np.column_stack([np.r_[0, CLOCK, DAY], np.r_[0, demand, 0]]))
        shared = 100 * result.shared
        self._cloud.set_data([0, DAY], [shared, shared])
        self._cloud_label.set_text(percent(round(shared, 1)))
        self._cloud_label.set_position((DAY * 0.99, shared + 2 if shared < 90 else shared - 7))
        self._guess_servers.put(0.6, guesses.get("shared_servers"))

    def _put_wait(self, place: int, load: float, wait: float, estimate: Estimate | None) -> None:
        dot, bar, label = self._waits[place]
        dot.set_visible(wait <= LONGEST_WAIT)
        dot.set_data([load], [min(wait, LONGEST_WAIT)])
        ends = [estimate.low, estimate.high] if estimate else [LONGEST_WAIT] * 2
        bar.set_visible(ends[0] < LONGEST_WAIT)
        bar.set_data([load + 1.6] * 2, np.minimum(ends, LONGEST_WAIT))
        label.set_text(in_minutes(wait))

    def _draw_wait(self, axes: Axes) -> None:
        panel = self._wait
        axes.set_title(say("pooling.panel.wait"))
        axes.set_xlim(0, 130)
        axes.set_xticks(range(0, 121, 20), [percent(share) for share in range(0, 121, 20)])
        axes.set_xlabel(say("pooling.panel.load"))
        axes.set_ylim(0, LONGEST_WAIT)
        axes.axvline(100, color=MUTED, linewidth=1, linestyle=":")
        axes.text(102, 0.5 * LONGEST_WAIT, say("pooling.panel.no_end"), fontsize=8.5, color=MUTED)
        styles = (("egov", EGOV, EGOV_LINE), ("digital", DIGITAL, DIGITAL_LINE))
        self._curves = [panel.move(side, axes.plot([0, 1], [0, 1], **style)[0]) for side, _, style in styles]
        self._waits = [
            (
                panel.move(f"{side}-here", axes.plot([1], [1], "o", color=colour, markersize=8)[0]),
                panel.move(
                    f"{side}-simulated", axes.plot([1, 1], [1, 2], "_-", color=colour, markersize=9, linewidth=1.6)[0]
                ),
                panel.move(f"{side}-label", axes.text(102, height, "1", color=colour, fontsize=10)),
            )
            for (side, colour, _), height in zip(styles, (82, 73), strict=True)  # where no line can come
        ]
        self._guess_wait = Guess(panel, axes, "guess-wait")
        axes.plot([], [], "o", color=INK, markersize=7, label=say("pooling.panel.here"))
        axes.plot([], [], "_-", color=INK, markersize=9, linewidth=1.6, label=say("pooling.panel.simulated"))
        _legend(axes)

    def _draw_needed(self, axes: Axes) -> None:
        panel = self._needed
        axes.set_title(say("pooling.panel.needed"))
        axes.set_xlim(0.5, MOST_OFFICES + 0.5)
        axes.set_xticks([1, 4, 8, 12, 16, 20], [number(count) for count in (1, 4, 8, 12, 16, 20)])
        axes.set_xlabel(say("pooling.panel.offices"))
        axes.set_ylim(0, 1.08)
        self._scale = Scale(panel, axes, "officers", shares=HALVES, ends=WHOLE_ENDS)
        styles = (("egov", EGOV, EGOV_LINE), ("digital", DIGITAL, DIGITAL_LINE))
        self._counts = [panel.move(side, axes.plot([1, 2], [0, 1], **style)[0]) for side, _, style in styles]
        self._dots = [
            panel.move(f"{side}-here", axes.plot([1], [0], "o", color=colour, markersize=8)[0])
            for side, colour, _ in styles
        ]
        self._guess_needed = Guess(panel, axes, "guess-needed")
        axes.plot([], [], "o", color=INK, markersize=7, label=say("pooling.panel.here"))
        _legend(axes)

    def _draw_servers(self, axes: Axes) -> None:
        panel = self._servers
        axes.set_title(say("pooling.panel.servers"))
        axes.set_xlim(0, DAY)
        axes.set_xticks(range(int(DAY) + 1), [number(hour) for hour in range(int(DAY) + 1)])
        axes.set_xlabel(say("pooling.panel.hours"))
        axes.set_ylim(0, 112)
        axes.set_yticks(range(0, 101, 20), [percent(share) for share in range(0, 101, 20)])
        area = axes.fill([0, 1, 2], [0, 1, 0], facecolor=GRID, alpha=0.6, linewidth=0)[0]
        self._area = panel.move("area", area)
        label = say("pooling.panel.layers")
        self._layers = panel.move("layers", axes.plot([0, 1], [0, 1], color=MUTED, linewidth=0.5, label=label)[0])
        label = say("pooling.panel.demand")
        self._demand = panel.move("demand", axes.plot([0, 1], [0, 1], color=INK, linewidth=1.4, label=label)[0])
        axes.plot([0, DAY], [100, 100], **EGOV_LINE, zorder=3)  # dashes over the solid line: both are seen
        self._cloud = panel.move("cloud", axes.plot([0, DAY], [50, 50], **DIGITAL_LINE)[0])
        self._cloud_label = panel.move("cloud-label", axes.text(7, 50, "50%", color=DIGITAL, fontsize=10, ha="right"))
        self._guess_servers = Guess(panel, axes, "guess-servers")
        _legend(axes)


class Guess:
    """A learner's prediction: a star with a word beside it."""

    def __init__(self, panel: Panel, axes: Axes, name: str) -> None:
        star = axes.plot([1], [1], "*", color=INK, markersize=12, fillstyle="none", linestyle="none", zorder=5)[0]
        self._star: Line2D = panel.move(name, star)
        self._word: Text = panel.move(f"{name}-label", axes.text(1, 1, say("pooling.panel.guess"), fontsize=9))
        self._right = 0.03 * (axes.get_xlim()[1] - axes.get_xlim()[0])
        self._up = -0.012 * (axes.get_ylim()[1] - axes.get_ylim()[0])

    def put(self, x: float, y: float | None) -> None:
        """Show it at a point, or not at all."""
        for artist in (self._star, self._word):
            artist.set_visible(y is not None)
        y = 0.0 if y is None else y
        self._star.set_data([x], [y])
        self._word.set_position((x + self._right, y + self._up))


def _legend(axes: Axes) -> None:
    """Names of the lines below the axes, where no line can run through them."""
    handles, labels = axes.get_legend_handles_labels()
    lines = [Line2D([], [], **EGOV_LINE), Line2D([], [], **DIGITAL_LINE)]
    names = [say("pooling.panel.split"), say("pooling.panel.pooled")]
    axes.figure.legend(
        [*lines, *handles], [*names, *labels], loc="outside lower left", ncols=2, frameon=False, fontsize=9
    )
