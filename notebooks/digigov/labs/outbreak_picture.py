"""The outbreak lab's four panels: drawn once, then moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf, isfinite

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text

from digigov.figures import DIGITAL, DIGITAL_LINE, EGOV, EGOV_LINE, INK, MUTED, Panel, styled
from digigov.language import number, percent, say
from digigov.models import outbreak_alarm as alarm
from digigov.models import outbreak_case as model

LAST_DAY = 240  # on the axes of time
LOWEST, HIGHEST = 0.2, 3.0  # of the reported sums, in usual sums; higher ones are drawn at the edge
THRESHOLDS = np.arange(0.5, 5.01, 0.5)
NOTHING_LINE = {"color": MUTED, "linestyle": (0, (1, 1.5)), "linewidth": 2.0}
LIMITS = {"linewidth": 1.2, "alpha": 0.8}
SIDES = (("forms", EGOV, EGOV_LINE, "s"), ("entries", DIGITAL, DIGITAL_LINE, "o"))
TOP_ROW, LOW_ROW = 3.34, 3.12  # where the words of the two alarms stand, above the sums
ROOM = 60  # days that these words take on the axis
GUESS_ROWS = {"forms_alarm_day": 0.64, "days_earlier": 0.36}


@dataclass(frozen=True)
class Result:
    """Everything the lab shows; the guesses are drawn against `at_start`, the comparison at the default settings."""

    now: model.Comparison
    at_start: model.Comparison

    def sides(self) -> tuple[tuple[str, model.Side], ...]:
        return ("forms", self.now.forms), ("entries", self.now.entries)


class OutbreakPicture:
    """What happens, what the decision maker sees, what a late start costs, what the threshold does."""

    @styled
    def __init__(self) -> None:
        self.panels = {name: Panel() for name in ("truth", "reports", "start", "threshold")}
        self._draw_truth(self.panels["truth"])
        self._draw_reports(self.panels["reports"])
        self._draw_start(self.panels["start"])
        self._draw_threshold(self.panels["threshold"])

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        """Move every mark to `result`, and a star to each of the learner's `guesses`, by outcome."""
        now, case = result.now, result.now.case
        self._nothing.set_data(*_share(now.free, LAST_DAY))
        days = np.arange(LAST_DAY + 1)
        self._curve.set_data(days, 100 * now.by_start[days] / case.people)
        for name, side in result.sides():
            self._truth[name].set_data(*_share(side.path, LAST_DAY))
            _place_at(self._called[name], side.watch.alarm, side.path, LAST_DAY)
            _place_at(self._acting[name], side.start, side.path, LAST_DAY)
            self._draw_seen(name, side, case)
            share = 100 * side.infected / case.people
            self._draw_point(name, side.start, share)
            curve = model.infected_by_threshold(case, side, THRESHOLDS)
            self._by_threshold[name].set_data(THRESHOLDS, 100 * curve / case.people)
            self._settings[name].set_data([side.reporting.threshold], [share])
        self._draw_alarms(result.sides())
        self._draw_guesses(result.at_start, guesses)

    def _draw_seen(self, name: str, side: model.Side, case: model.Case) -> None:
        seen, usual = side.watch, side.watch.usual or 1.0
        days, sums = alarm.typical_reports(seen, side.reporting, case.patients(side.path), case.background)
        shown = (days >= 0) & (days <= LAST_DAY)
        self._seen[name].set_data(days[shown], np.clip(sums[shown] / usual, LOWEST, HIGHEST))
        self._limit[name].set_data([0, LAST_DAY], [seen.limit / usual] * 2)

    def _draw_point(self, name: str, start: float, share: float) -> None:
        """The outcome of one way of reporting, on the curve, or in words where the axis does not reach."""
        point, words = self._points[name]
        point.set_visible(start <= LAST_DAY)
        words.set_visible(start > LAST_DAY)
        if start <= LAST_DAY:
            point.set_data([start], [share])
            return
        told = {"name": say(f"outbreak.panel.{name}"), "share": percent(share, 1)}
        if start == inf:
            words.set_text(say("outbreak.panel.no_start", **told))
        else:
            words.set_text(say("outbreak.panel.late_start", day=number(start), **told))

    def _draw_alarms(self, sides: tuple[tuple[str, model.Side], ...]) -> None:
        """A line with words for each alarm, so that neither line runs through the words of the other."""
        (first, earlier), (second, later) = sorted(sides, key=lambda side: side[1].watch.alarm)
        at_the_end = LAST_DAY - ROOM < later.watch.alarm <= LAST_DAY
        rows = {first: LOW_ROW, second: TOP_ROW} if at_the_end else {first: TOP_ROW, second: LOW_ROW}
        left = at_the_end or earlier.watch.alarm > LAST_DAY - ROOM
        for name, side in sides:
            day, (line, label) = side.watch.alarm, self._alarm[name]
            for artist in (line, label):
                artist.set_visible(day <= LAST_DAY)
            if day <= LAST_DAY:
                line.set_data([day] * 2, [side.watch.limit / (side.watch.usual or 1.0), rows[name] + 0.05])
                label.set_ha("right" if left else "left")
                label.set_position((day + (-3 if left else 3), rows[name]))
                label.set_text(say("outbreak.panel.alarm", day=number(day)))

    def _draw_guesses(self, start: model.Comparison, guesses: Mapping[str, float]) -> None:
        day, earlier = guesses.get("forms_alarm_day"), guesses.get("days_earlier")
        _put(self._guessed["forms_alarm_day"], day, GUESS_ROWS["forms_alarm_day"])
        _put(
            self._guessed["days_earlier"],
            None if earlier is None else start.forms.watch.alarm - earlier,
            GUESS_ROWS["days_earlier"],
        )
        avoided = guesses.get("week_earlier")
        share = 100 * start.forms.infected / start.case.people
        left = None if avoided is None else share * (1 - avoided / 100)
        _put(self._guessed["week_earlier"], start.forms.start - model.WEEK, left)

    # -- once

    def _draw_truth(self, panel: Panel) -> None:
        axes = panel.axes
        axes.set_title(say("outbreak.panel.truth"))
        _day_axis(axes, say("outbreak.panel.day"))
        _share_axis(axes)
        self._nothing = panel.move("nothing", axes.plot([0, 1], [0, 1], **NOTHING_LINE)[0])
        self._truth, self._called, self._acting = {}, {}, {}
        for name, colour, line, marker in SIDES:
            self._truth[name] = panel.move(name, axes.plot([0, 1], [0, 1], **line)[0])
            hollow = {"marker": marker, "color": colour, "markersize": 8, "linestyle": "none", "fillstyle": "none"}
            self._called[name] = panel.move(f"{name}-alarm", axes.plot([0], [0], markeredgewidth=1.6, **hollow)[0])
            full = {**hollow, "fillstyle": "full"}
            self._acting[name] = panel.move(f"{name}-start", axes.plot([0], [0], **full)[0])
        plain = {"color": INK, "markersize": 8, "linestyle": "none", "marker": "o"}
        _legend(
            axes,
            (Line2D([], [], **NOTHING_LINE), say("outbreak.panel.nothing")),
            (Line2D([], [], fillstyle="none", **plain), say("outbreak.panel.called")),
            (Line2D([], [], **plain), say("outbreak.panel.acting")),
        )

    def _draw_reports(self, panel: Panel) -> None:
        axes = panel.axes
        axes.set_title(say("outbreak.panel.reports"))
        _day_axis(axes, say("outbreak.panel.arrival"))
        axes.set_ylim(LOWEST, TOP_ROW + 0.2)
        ticks = (0.5, 1.0, 1.5, 2.0, 2.5, HIGHEST)
        axes.set_yticks(ticks, [*(percent(100 * tick) for tick in ticks[:-1]), f"{percent(100 * HIGHEST)}+"])
        self._seen, self._limit, self._alarm = {}, {}, {}
        for name, colour, line, _ in SIDES:
            dashes = line.get("linestyle", "-")
            look = {**line, "linewidth": 1.7}
            if name == "forms":
                look |= {"marker": "s", "markersize": 3.5}
            self._seen[name] = panel.move(name, axes.plot([0, 1], [1, 1], **look)[0])
            limit = axes.plot([0, 1], [1, 1], color=colour, linestyle=dashes, **LIMITS)[0]
            self._limit[name] = panel.move(f"{name}-limit", limit)
            mark = axes.plot([1, 1], [1, 2], color=colour, linestyle=dashes, linewidth=1.4)[0]
            words = axes.text(1, 1, " ", fontsize=9, color=colour)
            self._alarm[name] = panel.move(f"{name}-alarm", mark), panel.move(f"{name}-alarm-label", words)
        self._guessed = {name: _guess(panel, name, say(f"outbreak.panel.guess_{name}")) for name in GUESS_ROWS}
        _legend(axes, (Line2D([], [], color=INK, **LIMITS), say("outbreak.panel.limit")))

    def _draw_start(self, panel: Panel) -> None:
        axes = panel.axes
        axes.set_title(say("outbreak.panel.start"))
        _day_axis(axes, say("outbreak.panel.start_day"))
        _share_axis(axes)
        look = {"color": INK, "linewidth": 2.0}
        self._curve = panel.move("curve", axes.plot([0, 1], [0, 1], **look)[0])
        self._points = {
            name: (
                panel.move(name, axes.plot([0], [0], color=colour, **_point(marker))[0]),
                panel.move(f"{name}-off", axes.text(5, 94 - 8 * row, " ", fontsize=9, color=colour)),
            )
            for row, (name, colour, _, marker) in enumerate(SIDES)
        }
        self._guessed["week_earlier"] = _guess(panel, "week_earlier", say("outbreak.panel.guess_week"))
        _legend(axes, (Line2D([], [], **look), say("outbreak.panel.curve")), points=True)

    def _draw_threshold(self, panel: Panel) -> None:
        axes = panel.axes
        axes.set_title(say("outbreak.panel.threshold"))
        axes.set_xlim(0.25, THRESHOLDS[-1] + 0.25)
        axes.set_xticks(range(1, 6), [number(value) for value in range(1, 6)])
        axes.set_xlabel(say("outbreak.panel.deviations"))
        _share_axis(axes)
        self._by_threshold = {
            name: panel.move(name, axes.plot([1, 2], [0, 1], **line)[0]) for name, _, line, _ in SIDES
        }
        self._settings = {
            name: panel.move(f"{name}-here", axes.plot([1], [0], color=colour, **_point(marker))[0])
            for name, colour, _, marker in SIDES
        }
        here = Line2D([], [], color=INK, **_point("o"))
        _legend(axes, (here, say("outbreak.panel.here")))


def _share(path: model.Path, last: int) -> tuple[model.Array, model.Array]:
    """Days up to `last`, and per cent infected to date; what is over stays as it is."""
    infected = 100 * path.infected / path.people
    shown = infected[: last + 1]
    return np.arange(last + 1), np.pad(shown, (0, last + 1 - len(shown)), mode="edge")


def _place_at(mark: Line2D, day: float, path: model.Path, last: int) -> None:
    """Put a mark on the course of the outbreak, or hide it where the axis does not reach."""
    mark.set_visible(isfinite(day) and day <= last)
    if mark.get_visible():
        mark.set_data([day], [_share(path, last)[1][int(day)]])


def _point(marker: str) -> dict[str, object]:
    return {"marker": marker, "markersize": 9, "linestyle": "none"}


def _day_axis(axes: Axes, label: str) -> None:
    axes.set_xlim(0, LAST_DAY)
    axes.set_xticks(range(0, LAST_DAY + 1, 30), [number(day) for day in range(0, LAST_DAY + 1, 30)])
    axes.set_xlabel(label)


def _share_axis(axes: Axes) -> None:
    axes.set_ylim(0, 102)
    axes.set_yticks(range(0, 101, 20), [percent(value) for value in range(0, 101, 20)])


def _legend(axes: Axes, *more: tuple[Line2D, str], points: bool = False) -> None:
    """Names below the axes, where no line can run through them."""
    looks = [
        Line2D([], [], color=colour, **_point(marker)) if points else Line2D([], [], **line)
        for _, colour, line, marker in SIDES
    ]
    names = [say("outbreak.panel.forms"), say("outbreak.panel.entries")]
    handles, labels = zip(*more, strict=True)
    axes.figure.legend(
        [*looks, *handles], [*names, *labels], loc="outside lower left", ncols=2, frameon=False, fontsize=9
    )


def _guess(panel: Panel, name: str, label: str) -> tuple[Line2D, Text]:
    axes = panel.axes
    mark = axes.plot([1], [1], "*", color=INK, markersize=12, fillstyle="none", linestyle="none", zorder=5)[0]
    words = panel.move(f"guess-{name}-label", axes.text(1, 1, label, fontsize=9))
    return panel.move(f"guess-{name}", mark), words


def _put(guessed: tuple[Line2D, Text], x: float | None, y: float | None) -> None:
    """Show a prediction as a star, where both places are known."""
    mark, label = guessed
    shown = x is not None and y is not None and isfinite(x)
    for artist in guessed:
        artist.set_visible(shown)
    if not shown:
        return
    mark.set_data([x], [y])
    low, high = mark.axes.get_xlim()
    left = x > low + 0.6 * (high - low)
    label.set_ha("right" if left else "left")
    shift = 0.025 * (high - low)
    label.set_position((x - shift if left else x + shift, y - 0.015 * np.ptp(mark.axes.get_ylim())))
