"""The merger lab's two panels on one scale: what is published, and what the offices do. Drawn once, then moved."""

from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from digigov.figures import DIGITAL, EGOV, INK, MUTED, Panel, styled
from digigov.language import number, say
from digigov.models import merger as model
from digigov.models.merger import Merger

# The two provinces also differ in line and mark, as the two governments do in other labs.
LOOKS = (
    {"color": DIGITAL, "linewidth": 2.6, "marker": "o", "markersize": 8},
    {"color": EGOV, "linewidth": 2.6, "marker": "s", "markersize": 8, "linestyle": (0, (5, 2))},
)
LOW, HIGH = 0.25, 1.05
ROOM = 0.042  # of the scale, between two labels


@dataclass(frozen=True)
class Result:
    """The merger, and whether it is the published one, whose places are known."""

    merger: Merger
    published: bool


class MergerPicture:
    """Left two lines meet in one point; right they run on as they did."""

    @styled
    def __init__(self) -> None:
        self._published, self._offices = Panel(), Panel()
        self.panels = {"published": self._published, "offices": self._offices}
        self._score = self._draw(self._published, "published")
        self._real = self._draw(self._offices, "offices")
        axes = self._published.axes
        self._places = {}
        for name in ("first", "second", "merged"):
            side = "left" if name == "merged" else "right"
            text = axes.text(0, 0.5, say(f"merger.panel.place.{name}"), fontsize=9, color=MUTED, ha=side)
            self._places[name] = self._published.move(f"place-{name}", text)
        star = axes.plot([1], [1], "*", color=INK, markersize=12, fillstyle="none", linestyle="none", zorder=5)[0]
        self._guess = self._published.move("guess", star)
        words = axes.text(1, 1, say("merger.panel.guess"), fontsize=9, ha="right")
        self._guess_label = self._published.move("guess-label", words)

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        """Move every mark to `result`; a star stands at the guess."""
        merger = result.merger
        end = model.merged(merger)
        _show(self._score, merger.scores, (end, end), one_end=True)
        _show(self._real, merger.scores, model.offices(merger), one_end=False)
        # Places are known of what was published only.
        for name, score in (("first", merger.first), ("second", merger.second), ("merged", end)):
            self._places[name].set_visible(result.published)
            self._places[name].set_position((1.07 if name == "merged" else -0.07, _inside(score) - 0.009 - ROOM))
        guess = guesses.get("merged")
        for artist in (self._guess, self._guess_label):
            artist.set_visible(guess is not None)
        if guess is not None:
            self._guess.set_data([1], [guess])
            self._guess_label.set_position((0.93, guess - 0.009))

    def _draw(self, panel: Panel, name: str) -> tuple[list, list, list]:
        axes = panel.axes
        axes.set_title(say(f"merger.panel.{name}"))
        axes.set_xlim(-0.5, 1.5)
        axes.set_ylim(LOW, HIGH)
        axes.set_xticks([0, 1], [say("merger.head.before"), say("merger.head.after")])
        axes.set_yticks([0.4, 0.6, 0.8, 1], [number(tick, 1) for tick in (0.4, 0.6, 0.8, 1)])
        axes.grid(axis="x", visible=False)
        lines, befores, afters = [], [], []
        for place, look in enumerate(LOOKS):
            lines.append(panel.move(f"line-{place}", axes.plot([0, 1], [0.5, 0.6], **look)[0]))
            for x, labels, side in ((0, befores, "right"), (1, afters, "left")):
                text = axes.text(x, 0.5, "x", fontsize=9.5, color=look["color"], ha=side)
                labels.append(panel.move(f"{side}-{place}", text))
        _legend(axes)
        return lines, befores, afters


def _show(
    artists: tuple[list, list, list], before: tuple[float, float], after: tuple[float, float], one_end: bool
) -> None:
    """Lines from before to after, and the numbers at their ends: one number if both end in one point."""
    lines, befores, afters = artists
    for place, (line, left, right) in enumerate(zip(lines, befores, afters, strict=True)):
        line.set_data([0, 1], [_inside(before[place]), _inside(after[place])])
        left.set_text(number(before[place], 4))
        left.set_position((-0.07, _inside(before[place]) - 0.009))
        right.set_text(number(after[place], 4))
        right.set_position((1.07, _inside(after[place]) - 0.009))
        right.set_visible(True)
    if one_end:
        afters[1].set_visible(False)  # both end in one point: one number
    for labels in (befores,) if one_end else (befores, afters):
        if abs(labels[0].get_position()[1] - labels[1].get_position()[1]) < ROOM:
            upper = labels[0] if before[0] >= before[1] else labels[1]
            x, y = upper.get_position()
            upper.set_position((x, y + ROOM))


def _inside(score: float) -> float:
    """Where a score stands in the picture, which begins at its lower end."""
    return max(score, LOW)


def _legend(axes: Axes) -> None:
    handles = [Line2D([], [], **look) for look in LOOKS]
    names = [say("merger.panel.first"), say("merger.panel.second")]
    axes.figure.legend(handles, names, loc="outside lower left", ncols=2, frameon=False, fontsize=9, handlelength=3.2)
