"""The sequence lab's three panels: drawn once, then moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from digigov.figures import DIGITAL, DIGITAL_LINE, EGOV, EGOV_LINE, EVIDENCE, INK, MUTED, Panel, styled
from digigov.language import number, percent, say
from digigov.models import sequence as model

AXIS = 120.0  # months
MONTHS = np.linspace(0, AXIS, 61)
REWORK = np.linspace(0, 1, 51)
MOST = 0.6  # the third panel shows differences up to this share of the ladder's benefit
EGOV_THIN, DIGITAL_THIN = EGOV_LINE | {"linewidth": 1.1}, DIGITAL_LINE | {"linewidth": 1.1}
ONCE_LINE = {"color": EVIDENCE, "linestyle": (0, (4, 1.5, 1, 1.5)), "linewidth": 2.2}
TRACKS_AHEAD = {"facecolor": DIGITAL, "alpha": 0.22, "linewidth": 0}
LADDER_AHEAD = {"facecolor": "none", "edgecolor": EGOV, "hatch": "////", "linewidth": 0}
AHEAD_BAND = {"facecolor": DIGITAL, "alpha": 0.12, "linewidth": 0}  # plain, as words stand on them
DOTTED = {"color": MUTED, "linestyle": ":", "linewidth": 1.5, "zorder": 1.5}
HERE = {"marker": "o", "color": INK, "markersize": 8, "linestyle": "none"}
BEHIND_BAND = {"facecolor": EGOV, "alpha": 0.12, "linewidth": 0}


@dataclass(frozen=True)
class Result:
    """Everything the lab shows, from one set of values; `totals` in hours, in the order of the head; shares 0 to 1."""

    plan: model.Programme
    ladder: model.Order
    tracks: model.Order
    once: model.Order
    totals: tuple[float, ...]
    ahead_by_rework: model.Array  # how far two tracks are ahead, as a share of the ladder's benefit, over REWORK
    ahead: float
    once_by_rework: model.Array  # the same for redesign at once
    once_ahead: float
    break_even: float


class SequencePicture:
    """Services online and redesigned over time, benefit over time, and who is ahead at which rework rate."""

    @styled
    def __init__(self) -> None:
        self._share, self._benefit, self._rework = Panel(), Panel(), Panel()
        self.panels = {"share": self._share, "benefit": self._benefit, "rework": self._rework}
        self._draw_share(self._share.axes)
        self._draw_benefit(self._benefit.axes)
        self._draw_rework(self._rework.axes)

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        """Move every mark to `result`, and a star to each of the learner's `guesses`, by outcome."""
        plan, ladder, tracks, once = result.plan, result.ladder, result.tracks, result.once
        # Whole steps and every corner of each order, so that lines bend where the model does.
        corners = [month for order in (ladder, tracks, once) for month in (order.all_online, order.all_redesigned)]
        months = np.unique(np.clip([*MONTHS, *corners, plan.law, plan.horizon], 0, AXIS))
        for order, online, redesigned in (
            (ladder, self._ladder_online, self._ladder_redesigned),
            (tracks, self._tracks_online, self._tracks_redesigned),
        ):
            share = 100 / plan.services
            reached = np.interp(months, order.months, order.redesigned)
            online.set_data(months, share * (reached + np.interp(months, order.months, order.online)))
            redesigned.set_data(months, share * reached)
        self._once.set_data(months, 100 / plan.services * np.interp(months, once.months, once.redesigned))
        self._move_benefit(result, months)
        for line, by_rework in ((self._ahead, result.ahead_by_rework), (self._once_ahead, result.once_by_rework)):
            line.set_data(100 * REWORK, 100 * np.clip(by_rework, -MOST, MOST))
        here = 100 * np.clip([result.ahead, result.once_ahead], -MOST, MOST)
        self._here.set_data([100 * plan.rework] * 2, here)
        self._move_break_even(result.break_even)
        self._move_guesses(result, guesses)

    def _move_benefit(self, result: Result, months: model.Array) -> None:
        plan = result.plan
        full = 100 / (plan.services * plan.redesign_benefit)
        ladder = full * model.benefit(plan, result.ladder, months)
        tracks = full * model.benefit(plan, result.tracks, months)
        self._ladder_benefit.set_data(months, ladder)
        self._tracks_benefit.set_data(months, tracks)
        self._once_benefit.set_data(months, full * model.benefit(plan, result.once, months))
        counted = months <= plan.horizon
        months, ladder, tracks = months[counted], ladder[counted], tracks[counted]
        higher = np.maximum(ladder, tracks)
        there_and_back = np.concatenate([months, months[::-1]])
        for lower, patch in ((ladder, self._tracks_ahead), (tracks, self._ladder_ahead)):
            patch.set_xy(np.column_stack([there_and_back, np.concatenate([lower, higher[::-1]])]))
        self._horizon.set_data([plan.horizon] * 2, [0, 100])

    def _move_break_even(self, rework: float) -> None:
        inside = bool(0 < rework <= 1)
        for artist in (self._even, self._even_label):
            artist.set_visible(inside)
        place = 100 * min(rework, 1.0)  # hidden marks have a place too: the same settings give the same marks
        self._even.set_data([place] * 2, [-100 * MOST, 100 * MOST])
        # The line is below zero on the left of the break-even and above it on the right: these corners are free.
        left = place > 50
        self._even_label.set_ha("right" if left else "left")
        self._even_label.set_position((place + (-2 if left else 2), 52 if left else -57))
        self._even_label.set_text(say("sequence.panel.break_even", rework=percent(place, 1)))

    def _move_guesses(self, result: Result, guesses: Mapping[str, float]) -> None:
        months, rework = guesses.get("ladder_full_months"), guesses.get("break_even_rework")
        _put(self._guessed_months, months, 100.0, 105.0, to_left=months is not None and months > 0.6 * AXIS)
        if rework is None:
            _put(self._guessed_rework, None)
            return
        # Far from both lines, its label away from the break-even where there is room.
        lines = [np.interp(rework / 100, REWORK, line) for line in (result.ahead_by_rework, result.once_by_rework)]
        height = max((-40.0, 40.0), key=lambda place: min(abs(place - 100 * np.clip(lines, -MOST, MOST))))
        away = rework < 100 * result.break_even < 100 and rework > 14
        _put(self._guessed_rework, rework, height, height - 1.5, to_left=away or rework > 84)

    def _draw_share(self, axes: Axes) -> None:
        panel = self._share
        _time_axis(axes, say("sequence.panel.share"))
        axes.set_ylim(0, 114)
        self._ladder_online = _line(panel, "ladder-online", EGOV_THIN)
        self._ladder_redesigned = _line(panel, "ladder-redesigned", EGOV_LINE)
        self._tracks_online = _line(panel, "tracks-online", DIGITAL_THIN)
        self._tracks_redesigned = _line(panel, "tracks-redesigned", DIGITAL_LINE)
        self._once = _line(panel, "once", ONCE_LINE)
        _legend(
            axes,
            {
                "sequence.panel.ladder_online": self._ladder_online,
                "sequence.panel.ladder_redesigned": self._ladder_redesigned,
                "sequence.panel.tracks_online": self._tracks_online,
                "sequence.panel.tracks_redesigned": self._tracks_redesigned,
                "sequence.panel.once_both": self._once,
            },
            columns=2,
        )
        self._guessed_months = _guess(panel, axes, "guess-months")

    def _draw_benefit(self, axes: Axes) -> None:
        panel = self._benefit
        _time_axis(axes, say("sequence.panel.benefit"))
        axes.set_ylim(0, 104)
        corners = ([1, 2, 3], [0, 1, 0])
        self._tracks_ahead = panel.move("tracks-ahead", axes.fill(*corners, **TRACKS_AHEAD)[0])
        self._ladder_ahead = panel.move("ladder-ahead", axes.fill(*corners, **LADDER_AHEAD)[0])
        self._horizon = _line(panel, "horizon", DOTTED)
        self._ladder_benefit = _line(panel, "ladder", EGOV_LINE)
        self._tracks_benefit = _line(panel, "tracks", DIGITAL_LINE)
        self._once_benefit = _line(panel, "once", ONCE_LINE)
        _legend(
            axes,
            {
                "sequence.panel.ladder": self._ladder_benefit,
                "sequence.panel.tracks": self._tracks_benefit,
                "sequence.panel.once": self._once_benefit,
                "sequence.panel.ladder_ahead": Patch(**LADDER_AHEAD),
                "sequence.panel.tracks_ahead": Patch(**TRACKS_AHEAD),
                "sequence.panel.horizon": self._horizon,
            },
        )

    def _draw_rework(self, axes: Axes) -> None:
        panel, most = self._rework, 100 * MOST
        axes.set_title(say("sequence.panel.rework"))
        axes.set_xlim(0, 100)
        axes.set_xticks(range(0, 101, 20), [percent(value) for value in range(0, 101, 20)])
        axes.set_xlabel(say("sequence.control.rework"))
        axes.set_ylim(-most, most)
        ticks = range(-60, 61, 20)
        axes.set_yticks(ticks, [("+" if tick > 0 else "") + percent(tick) for tick in ticks])
        axes.axhspan(0, most, **AHEAD_BAND)
        axes.axhspan(-most, 0, **BEHIND_BAND)
        axes.axhline(0, color=MUTED, linewidth=1)
        self._even = _line(panel, "even", DOTTED)
        self._once_ahead = _line(panel, "once-ahead", ONCE_LINE)
        self._ahead = _line(panel, "ahead", DIGITAL_LINE)
        self._here = _line(panel, "here", HERE | {"clip_on": False})
        self._even_label = panel.move("even-label", axes.text(10, 1, " ", fontsize=9))
        self._guessed_rework = _guess(panel, axes, "guess-rework")
        _legend(
            axes,
            {
                "sequence.panel.tracks": self._ahead,
                "sequence.panel.once": self._once_ahead,
                "sequence.panel.ahead": Patch(**AHEAD_BAND),
                "sequence.panel.behind": Patch(**BEHIND_BAND),
                "sequence.panel.here": Line2D([], [], **HERE),
            },
        )


def _time_axis(axes: Axes, title: str) -> None:
    axes.set_title(title)
    axes.set_xlim(0, AXIS)
    axes.set_xticks(range(0, 121, 24), [number(month) for month in range(0, 121, 24)])
    axes.set_xlabel(say("sequence.panel.time"))
    axes.set_yticks(range(0, 101, 20), [percent(value) for value in range(0, 101, 20)])


def _line(panel: Panel, name: str, look: dict[str, Any]) -> Line2D:
    return panel.move(name, panel.axes.plot([0, 1], [0, 1], **look)[0])


def _legend(axes: Axes, handles: dict[str, Line2D | Patch], columns: int = 3) -> None:
    """Names, by key, of lines and areas, below the axes where no line can run through them."""
    axes.figure.legend(
        handles.values(),
        map(say, handles),
        loc="outside lower left",
        ncols=columns,
        frameon=False,
        fontsize=9,
    )


def _guess(panel: Panel, axes: Axes, name: str) -> tuple[Line2D, Text]:
    mark = axes.plot([10], [10], "*", color=INK, markersize=12, fillstyle="none", linestyle="none", zorder=5)[0]
    label = axes.text(10, 10, say("sequence.panel.guess"), fontsize=9)
    return panel.move(name, mark), panel.move(f"{name}-label", label)


def _put(
    artists: tuple[Line2D, Text], guess: float | None, height: float = 0, label_height: float = 0, to_left: bool = False
) -> None:
    """Show a prediction about the horizontal axis as a star at `height`, with its label on one side."""
    for artist in artists:
        artist.set_visible(guess is not None)
    if guess is not None:
        mark, label = artists
        mark.set_data([guess], [height])
        label.set_ha("right" if to_left else "left")
        label.set_position((guess + (-2.2 if to_left else 2.2), label_height))
