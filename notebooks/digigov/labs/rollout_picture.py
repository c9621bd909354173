"""The rollout lab's three panels: drawn once, then moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text

from digigov import tables
from digigov.figures import DIGITAL, DIGITAL_LINE, EGOV, EGOV_LINE, EVIDENCE, INK, MUTED, Panel, styled
from digigov.language import current, number, partial_date, percent, say
from digigov.models import rollout as model

MONTHS = np.concatenate([[0.0], np.geomspace(0.5, 480, 150)])
SERVICES = np.geomspace(5, 7000, 60)
TICKS = (1, 3, 12, 36, 120, 360)
TEN_YEARS = 120.0
DAYS_A_MONTH = 30.44
START_OF_SERIES = date(2010, 1, 1)  # the article's ten years end with the strategy; the sourced points begin in 2010


@dataclass(frozen=True)
class Result:
    """Everything the lab shows, from one set of values; months in a row, shares from 0 to 1, money in billion VND."""

    plan: model.Plan
    projects_band: tuple[model.Array, model.Array]
    platform_band: tuple[model.Array, model.Array]
    projects_full: float
    platform_full: float
    lifetime: tuple[float, float]
    break_even: float


class RolloutPicture:
    """Share online over time, spending to date, and lifetime cost by number of services."""

    @styled
    def __init__(self) -> None:
        self._share, self._spending, self._lifetime = Panel(), Panel(), Panel()
        self.panels = {"share": self._share, "spending": self._spending, "lifetime": self._lifetime}
        self._draw_share(self._share.axes)
        self._draw_spending(self._spending.axes)
        self._draw_lifetime(self._lifetime.axes)

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        """Move every mark to `result`, and a star to each of the learner's `guesses`, by outcome."""
        plan, time = result.plan, MONTHS[1:]
        for band, artist in ((result.projects_band, self._projects_band), (result.platform_band, self._platform_band)):
            low, high = 100 * band[0][1:], 100 * band[1][1:]
            artist.set_xy(np.column_stack([np.concatenate([time, time[::-1]]), np.concatenate([low, high[::-1]])]))
        self._projects.set_data(time, 100 * model.projects_share(plan, time))
        self._platform.set_data(time, 100 * model.platform_share(plan, time))
        _put(self._guessed_share, self._guessed_share_label, TEN_YEARS, guesses.get("projects_share_10y"), on_x=False)
        _put(self._guessed_months, self._guessed_months_label, 100.0, guesses.get("platform_months_full"), on_x=True)
        self._projects_spent.set_data(time, np.maximum(model.projects_spending(plan, time), 0.1))
        self._platform_spent.set_data(time, np.maximum(model.platform_spending(plan, time), 0.1))
        projects, platform = model.lifetime_costs(plan, SERVICES)
        self._projects_cost.set_data(SERVICES, np.maximum(projects, 0.1))
        self._platform_cost.set_data(SERVICES, np.maximum(platform, 0.1))
        self._here.set_data([plan.services] * 2, np.maximum(result.lifetime, 0.1))
        _put(self._guessed_services, self._guessed_services_label, 0.16, guesses.get("break_even_services"), on_x=True)
        inside = bool(SERVICES[0] <= result.break_even <= SERVICES[-1])
        for artist in (self._even, self._even_label):
            artist.set_visible(inside)
        if inside:
            self._even.set_data([result.break_even] * 2, self._lifetime.axes.get_ylim())
            # The label stands on the side of the line that has room.
            room_left = result.break_even > np.sqrt(SERVICES[0] * SERVICES[-1])
            self._even_label.set_ha("right" if room_left else "left")
            self._even_label.set_position((result.break_even * (0.93 if room_left else 1.07), 0.35))
            self._even_label.set_text(say("rollout.panel.break_even", number=number(np.ceil(result.break_even))))

    def _draw_share(self, axes: Axes) -> None:
        panel = self._share
        _time_axis(axes, say("rollout.panel.share"))
        axes.set_ylim(0, 112)
        axes.set_yticks(range(0, 101, 20), [percent(value) for value in range(0, 101, 20)])
        corners = [(1, 0), (2, 10), (3, 0)]
        self._projects_band = panel.move(
            "projects-band", axes.fill(*zip(*corners, strict=True), facecolor=EGOV, alpha=0.18, linewidth=0)[0]
        )
        self._platform_band = panel.move(
            "platform-band", axes.fill(*zip(*corners, strict=True), facecolor=DIGITAL, alpha=0.18, linewidth=0)[0]
        )
        self._projects = panel.move("projects", axes.plot([1, 2], [0, 1], **EGOV_LINE)[0])
        self._platform = panel.move("platform", axes.plot([1, 2], [0, 1], **DIGITAL_LINE)[0])
        label = say("rollout.panel.evidence")
        for months, share, name in _published():
            axes.plot([months], [share], "D", color=EVIDENCE, markersize=6, fillstyle="none", label=label)
            above = share < 50 or share == 100  # there is room above 100%, and below the points near it
            axes.text(months, share + (4 if above else -9), name, color=EVIDENCE, fontsize=8.5, ha="center")
            label = None
        _legend(axes)
        self._guessed_share, self._guessed_share_label = _guess(panel, axes, "guess-share")
        self._guessed_months, self._guessed_months_label = _guess(panel, axes, "guess-months")

    def _draw_spending(self, axes: Axes) -> None:
        _time_axis(axes, say("rollout.panel.spending"))
        _money_axis(axes)
        self._projects_spent = self._spending.move("projects", axes.plot([1, 2], [1, 2], **EGOV_LINE)[0])
        self._platform_spent = self._spending.move("platform", axes.plot([1, 2], [1, 2], **DIGITAL_LINE)[0])
        _legend(axes)

    def _draw_lifetime(self, axes: Axes) -> None:
        panel = self._lifetime
        axes.set_title(say("rollout.panel.lifetime"))
        axes.set_xscale("log")
        axes.set_xlim(SERVICES[0], SERVICES[-1])
        ticks = (5, 10, 30, 100, 300, 1000, 3000)
        axes.set_xticks(ticks, [number(tick) for tick in ticks])
        axes.set_xticks([], minor=True)
        axes.set_xlabel(say("rollout.panel.services"))
        _money_axis(axes)
        self._projects_cost = panel.move("projects", axes.plot([5, 10], [1, 2], **EGOV_LINE)[0])
        self._platform_cost = panel.move("platform", axes.plot([5, 10], [1, 2], **DIGITAL_LINE)[0])
        self._here = panel.move("here", axes.plot([10, 10], [1, 2], "o", color=INK, markersize=7, linestyle="none")[0])
        self._even = panel.move("even", axes.plot([10, 10], [1, 2], color=MUTED, linestyle=":", linewidth=1.5)[0])
        self._even_label = panel.move("even-label", axes.text(10, 1, " ", fontsize=9))
        self._guessed_services, self._guessed_services_label = _guess(panel, axes, "guess-services")
        axes.plot([], [], "o", color=INK, markersize=7, label=say("rollout.panel.here"))
        _legend(axes)


def _published() -> list[tuple[float, float, str]]:
    """Published shares only, as (months since the start, per cent, name): the nation's, provinces' campaigns."""
    points = []
    for row in (tables.load("online_services").row(key) for key in ("level4-2019", "eligible-level4-2021-12")):
        points.append(
            ((row["date"] - START_OF_SERIES).days / DAYS_A_MONTH, row["value_pct"], partial_date(row["as_of"]))
        )
    for row in tables.load("province_campaigns").rows:
        if row["scope"] == "province" and row["share_pct"] is not None:
            place = row["place_vi" if current() == "vi" else "place_en"]
            points.append((row["days"] / DAYS_A_MONTH, row["share_pct"], place))
    return points


def _time_axis(axes: Axes, title: str) -> None:
    axes.set_title(title)
    axes.set_xscale("log")
    axes.set_xlim(0.5, MONTHS[-1])
    labels = [
        say("rollout.tick.years", number=number(tick // 12))
        if tick >= 12
        else say("rollout.tick.months", number=number(tick))
        for tick in TICKS
    ]
    axes.set_xticks(TICKS, labels)
    axes.set_xticks([], minor=True)
    axes.set_xlabel(say("rollout.panel.time"))


def _money_axis(axes: Axes) -> None:
    axes.set_yscale("log")
    axes.set_ylim(0.1, 50_000)
    ticks = (0.1, 1, 10, 100, 1000, 10_000)
    axes.set_yticks(ticks, [number(tick) for tick in ticks])
    axes.set_yticks([], minor=True)


def _legend(axes: Axes) -> None:
    """Names of the lines below the axes, where no line can run through them."""
    handles, labels = axes.get_legend_handles_labels()
    lines = [Line2D([], [], **EGOV_LINE), Line2D([], [], **DIGITAL_LINE)]
    names = [say("rollout.panel.projects"), say("rollout.panel.platform")]
    axes.figure.legend(
        [*lines, *handles], [*names, *labels], loc="outside lower left", ncols=3, frameon=False, fontsize=9
    )


def _guess(panel: Panel, axes: Axes, name: str) -> tuple[Line2D, Text]:
    mark = axes.plot([10], [10], "*", color=INK, markersize=12, fillstyle="none", linestyle="none", zorder=5)[0]
    label = axes.text(10, 10, say("rollout.panel.guess"), fontsize=9)
    return panel.move(name, mark), panel.move(f"{name}-label", label)


def _put(mark: Line2D, label: Text, fixed: float, guess: float | None, on_x: bool) -> None:
    """Show a prediction as a star: on the axis it was made about, at `fixed` on the other."""
    for artist in (mark, label):
        artist.set_visible(guess is not None)
    if guess is not None:
        x, y = (max(guess, 0.5), fixed) if on_x else (fixed, guess)
        mark.set_data([x], [y])
        label.set_position((x * 1.12, y * 0.92 if on_x else y + 2))
