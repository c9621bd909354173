"""The rescaling lab's two panels: raw points, and the same countries between 0 and 1. Drawn once, then moved."""

from collections.abc import Mapping
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from digigov.figures import DIGITAL, EVIDENCE, INK, MUTED, Panel, styled
from digigov.language import number, say
from digigov.models import rescaling as model
from digigov.models.rescaling import Race

OTHERS = {"color": MUTED, "linestyle": (0, (5, 2)), "linewidth": 1.8, "marker": "o", "markersize": 5}
OWN = {"color": DIGITAL, "linewidth": 2.8, "marker": "o", "markersize": 8}
OLD = {"color": EVIDENCE, "linestyle": ":", "linewidth": 2, "marker": "s", "markersize": 6, "fillstyle": "none"}
SAME = 0.0005
TOP = 165.0  # points: what is taller is drawn smaller


class RescalingPicture:
    """Both panels have the same two moments on the x axis: before and after."""

    @styled
    def __init__(self) -> None:
        self._raw, self._scaled = Panel(), Panel()
        self.panels = {"raw": self._raw, "scaled": self._scaled}
        self._draw_raw()
        self._draw_scaled()

    def draw(self, race: Race, guesses: Mapping[str, float]) -> None:
        """Move every mark to `race`; a star stands at the guess."""
        low, high = zip(model.ruler(race.before), model.ruler(race.after), strict=True)
        top = max(*race.before, *race.after)
        # The panel's height stays; scores too tall for it are all drawn smaller, and their numbers say how tall.
        scale = min(1.0, TOP / top) if top else 1.0
        self._band.set_xy([(0, low[0] * scale), (1, low[1] * scale), (1, high[1] * scale), (0, high[0] * scale)])
        for name, place in (("own", 0), ("best", 1), ("worst", 2)):
            ends = race.before[place], race.after[place]
            self._lines[name].set_data([0, 1], [end * scale for end in ends])
            for label, x, end in zip(self._points[name], (0, 1), ends, strict=True):
                label.set_text(number(end, 0 if end == round(end) else 1))
                label.set_position((x - 0.04 if x == 0 else x + 0.04, end * scale - 3))
        _apart([self._points[name][1] for name in ("own", "best", "worst")], 13)
        _apart([self._points[name][0] for name in ("own", "best", "worst")], 13)
        before, after, old = model.index_before(race), model.index_after(race), model.on_the_old_ruler(race)
        self._own.set_data([0, 1], [before, after])
        shown = min(max(old, -0.3), 1.75)
        self._old.set_data([0, 1], [before, shown])
        for label, x, value, y in (
            (self._before, -0.04, before, before),
            (self._after, 1.04, after, after),
            (self._old_label, 1.04, old, shown),
        ):
            label.set_text(number(value, 3))
            label.set_position((x, y - 0.022))
        _apart([self._after, self._old_label], 0.1)
        self._old_label.set_visible(abs(old - after) > SAME)
        guess = guesses.get("index_after")
        for artist in (self._guess, self._guess_label):
            artist.set_visible(guess is not None)
        if guess is not None:
            self._guess.set_data([1], [guess])
            # On the side of the line that has room.
            self._guess_label.set_position((0.95, guess + (0.07 if guess > after or guess < 0.2 else -0.13)))

    def _draw_raw(self) -> None:
        panel, axes = self._raw, self._raw.axes
        _moments(axes, say("rescaling.panel.raw"))
        axes.set_ylim(-8, TOP + 8)
        axes.set_yticks([])
        axes.set_ylabel(say("rescaling.panel.points"))
        self._band = panel.move("band", axes.fill([0, 1, 1], [0, 0, 1], facecolor=MUTED, alpha=0.14, linewidth=0)[0])
        self._lines = {
            name: panel.move(name, axes.plot([0, 1], [1, 2], **look)[0])
            for name, look in (("best", OTHERS), ("worst", OTHERS), ("own", OWN))
        }
        self._points = {
            name: tuple(
                panel.move(f"{name}-{end}", axes.text(end, 1, "1", fontsize=9.5, color=colour, ha=side))
                for end, side in ((0, "right"), (1, "left"))
            )
            for name, colour in (("own", DIGITAL), ("best", INK), ("worst", INK))
        }
        _legend(axes, [("own", OWN), ("others", OTHERS)])

    def _draw_scaled(self) -> None:
        panel, axes = self._scaled, self._scaled.axes
        _moments(axes, say("rescaling.panel.scaled"))
        axes.set_ylim(-0.35, 1.85)
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1], [number(tick) for tick in (0, 0.25, 0.5, 0.75, 1)])
        axes.fill([0, 1, 1, 0], [0, 0, 1, 1], facecolor=MUTED, alpha=0.14, linewidth=0)
        for end in (0, 1):
            axes.plot([0, 1], [end, end], **OTHERS)
        self._old = panel.move("old", axes.plot([0, 1], [0, 1], **OLD)[0])
        self._own = panel.move("own", axes.plot([0, 1], [0, 1], **OWN)[0])
        self._before = panel.move("before", axes.text(0, 1, "1", fontsize=10, color=DIGITAL, ha="right", weight="bold"))
        self._after = panel.move("after", axes.text(1, 1, "1", fontsize=10, color=DIGITAL, ha="left", weight="bold"))
        self._old_label = panel.move("old-label", axes.text(1, 1, "1", fontsize=9.5, color=EVIDENCE, ha="left"))
        star = axes.plot([1], [1], "*", color=INK, markersize=12, fillstyle="none", linestyle="none", zorder=5)[0]
        self._guess = panel.move("guess", star)
        words = axes.text(1, 1, say("rescaling.panel.guess"), fontsize=9, ha="right")
        self._guess_label = panel.move("guess-label", words)
        _legend(axes, [("own", OWN), ("old", OLD)])


def _moments(axes: Axes, title: str) -> None:
    axes.set_title(title)
    axes.set_xlim(-0.22, 1.22)
    axes.set_xticks([0, 1], [say("rescaling.head.before"), say("rescaling.head.after")])
    axes.grid(axis="x", visible=False)


def _legend(axes: Axes, lines: list[tuple[str, dict[str, object]]]) -> None:
    handles = [Line2D([], [], **look) for _, look in lines]
    names = [say(f"rescaling.panel.line.{name}") for name, _ in lines]
    axes.figure.legend(handles, names, loc="outside lower left", ncols=2, frameon=False, fontsize=9, handlelength=3.2)


def _apart(labels: list, least: float) -> None:
    """Push labels that would lie on one another apart, the lowest staying."""
    ordered = sorted(labels, key=lambda label: label.get_position()[1])
    for below, above in pairwise(ordered):
        x, y = above.get_position()
        above.set_position((x, max(y, below.get_position()[1] + least)))
