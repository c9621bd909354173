"""The exchange lab's log as a picture: its lines in a chain, checkpoints, the place attacked, what each check says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from digigov.figures import DIGITAL, EVIDENCE, GRID, INK, MUTED, POINTS_PER_INCH, Panel
from digigov.labs.exchange_data import Case
from digigov.language import number, pick, say
from digigov.models.attacks import ATTACKS, CHECKS, FOUND, ON_REQUESTS, STOPPED, Outcome, Trial
from digigov.models.ledger import Fault

WIDTH = 9.6  # inches
A_ROW, BLOCK, STEP, TALL = 12, 49.0, 56.5, 46.0  # blocks of the log, in points
TOPS = (212.0, 124.0)  # upper edges of its two rows
GONE = ("drop", "collude", "collude_both", "truncate")  # attacks after which the entry is not there


@dataclass(frozen=True)
class Result:
    """Everything the lab shows, from one set of values."""

    trial: Trial
    attack: str
    switched: Mapping[str, bool]  # the defences
    outcomes: Mapping[tuple[str, str], Outcome]  # by attack and way
    ordinary: Mapping[str, int]  # fields that ordinary requests bring out, by way
    needed: int
    signatures: int  # made and checked
    unguarded: int

    def caught(self, way: str) -> int:
        """How many of all attacks are stopped or found."""
        return sum(self.outcomes[attack, way].state in (STOPPED, FOUND) for attack in ATTACKS)

    def exposed(self, way: str) -> int:
        """Fields that the attack brings out: people times fields of each."""
        outcome = self.outcomes[self.attack, way]
        return outcome.people * outcome.fields


class LogPicture:
    """The panel of the log. Sizes in points."""

    def __init__(self, case: Case) -> None:
        self._short = {name: pick(words) for name, words in case.short.items()}
        self.panel = Panel(WIDTH, 4.4)
        self._draw()

    def _draw(self) -> None:
        panel, axes = self.panel, sheet(self.panel, say("exchange.panel.log"), -40, 258)
        self._hatched = [
            panel.move(
                f"touched-{n}",
                axes.add_patch(
                    box(0, 0, facecolor="none", edgecolor=INK, linewidth=1.8, hatch="////", hatchcolor=GRID)
                ),
            )
            for n in range(2)
        ]
        self._blocks, self._names, self._states, self._hashes = [], [], [], []
        for n in range(2 * A_ROW):
            x, top = _corner(n)
            block = box(x, top - TALL, facecolor="none", edgecolor=MUTED, linewidth=1.2)
            self._blocks.append(panel.move(f"block-{n}", axes.add_patch(block)))
            middle = {"ha": "center", "fontsize": 8}
            axes.text(x + BLOCK / 2, top + 7, number(n + 1), fontsize=8, color=MUTED, ha="center")
            for kind, pool, y, look in (
                ("name", self._names, 12, {}),
                ("state", self._states, 25, {"color": MUTED}),
                ("hash", self._hashes, 39, {"family": "DejaVu Sans Mono", "color": MUTED}),
            ):
                text = axes.text(x + BLOCK / 2, top - y, "x", **{**middle, **look})
                pool.append(panel.move(f"{kind}-{n}", text))
        self._links = panel.move("links", axes.plot([0, 1], [0, 0], color=MUTED, linewidth=1.6)[0])
        self._cut = panel.move("cut", axes.plot([0, 0], [0, 1], color=INK, linewidth=4)[0])
        diamond = {"linestyle": "none", "marker": "D", "markersize": 6, "color": DIGITAL}
        self._checkpoints = panel.move("checkpoints", axes.plot([0], [0], **diamond)[0])
        self._copies = panel.move("copies", axes.plot([0], [0], **diamond, fillstyle="none")[0])
        self._found = [
            panel.move(
                f"found-{n}", axes.add_patch(box(0, 0, facecolor="none", edgecolor=EVIDENCE, linewidth=2.4, zorder=4))
            )
            for n in range(2)
        ]
        self._checks = [
            panel.move(f"check-{n}", axes.text(4, 31 - 13.5 * (n - 1), "x", fontsize=9.5))
            for n in range(len(CHECKS) + 2)
        ]
        axes.text(4, 246, say("exchange.panel.log_key"), fontsize=8.5, color=MUTED)

    def draw(self, result: Result) -> None:
        """Move every mark to `result`. What is hidden goes back to where it began: equal settings look equal."""
        trial = result.trial
        entries, chained = trial.log.entries, result.switched["chain"]
        answers = {True: say("exchange.panel.answered"), False: say("exchange.panel.refused")}
        for n in range(2 * A_ROW):
            words = ["x", "x", "x"]
            if n < len(entries):
                entry = entries[n]
                words = [self._short[entry.request.caller], answers[not entry.reason], entry.hash.hex()[:4] or "x"]
            self._blocks[n].set_visible(n < len(entries))
            for text, shown in zip((self._names[n], self._states[n], self._hashes[n]), words, strict=True):
                text.set_text(shown)
                text.set_visible(n < len(entries) and (chained or text is not self._hashes[n]))
        _show_line(self._links, self._links_between(trial) if chained else [])
        for artist, checkpoints, y in (
            (self._checkpoints, trial.log.checkpoints, 7),
            (self._copies, trial.log.copies, 17),
        ):
            corners = [_corner(checkpoint.count - 1) for checkpoint in checkpoints]
            _show_line(artist, [(x + BLOCK / 2, top - TALL - y) for x, top in corners])
        self._show_touched(trial, result.attack)
        fault = trial.outcome.fault
        for row, artist in enumerate(self._found):
            first = max(fault.first - 1, row * A_ROW) if fault else 1
            last = min(fault.last - 1, row * A_ROW + A_ROW - 1) if fault else 0
            _show_box(artist, first, last, margin=3)
        for text, words in zip(self._checks, self.said(result), strict=True):
            text.set_text(words)

    def _links_between(self, trial: Trial) -> list[tuple[float, float]]:
        """A line from each entry to the next, if the next one really carries its hash."""
        entries, points = trial.log.entries, []
        for n in range(1, len(entries)):
            if entries[n].previous != entries[n - 1].hash:
                continue
            (x, top), (before, above) = _corner(n), _corner(n - 1)
            y = top - TALL / 2
            if n % A_ROW:
                points += [(before + BLOCK, y), (x, y), (np.nan, np.nan)]
            else:
                points += [(before + BLOCK, above - TALL / 2), (before + BLOCK + 7, above - TALL / 2), (np.nan, np.nan)]
                points += [(x - 7, y), (x, y), (np.nan, np.nan)]
        return points

    def _show_touched(self, trial: Trial, attack: str) -> None:
        n, length = trial.place - 1, len(trial.log.entries)
        x, top = _corner(n)
        _show_line(self._cut, [(x - 5, top + 2), (x - 5, top - TALL - 2)] if attack in GONE else [])
        other = n + 1 if n + 1 < length else n - 1
        _show_box(self._hatched[0], n, -1 if attack in GONE else n)
        _show_box(self._hatched[1], other, other if attack == "reorder" else -1)

    def said(self, result: Result) -> list[str]:
        """What the door, each check of the log, and the citizen say of this attack, a line each."""
        trial, switched = result.trial, result.switched
        if trial.reason:
            lines = ["■ " + say(f"exchange.sentence.refused.{trial.reason}", place=number(trial.place))]
        else:
            lines = [
                "– " + say("exchange.panel.door_passed" if result.attack in ON_REQUESTS else "exchange.panel.door")
            ]
        for name in CHECKS:
            check = say(f"exchange.measure.check.{name}")
            if name not in trial.faults:
                off = "exchange.panel.nothing" if name == "second" and switched["second"] else "exchange.panel.off"
                lines.append(f"– {check}: {say(off)}")
            elif fault := trial.faults[name]:
                lines.append(f"◉ {check}: {said_of(fault)}")
            else:
                lines.append(f"✓ {check}: {say('exchange.panel.fine')}")
        strange = say(
            "exchange.panel.strange" if trial.strange else "exchange.panel.not_strange", people=number(trial.strange)
        )
        return [*lines, f"{'◐' if trial.strange else '✓'} {strange}"]


def said_of(fault: Fault) -> str:
    """A fault in words."""
    return say(f"exchange.sentence.fault.{fault.kind}", first=number(fault.first), last=number(fault.last))


def _show_line(artist: Line2D, points: Sequence[tuple[float, float]]) -> None:
    """The line or marks through these points; hidden if there are none."""
    artist.set_visible(bool(points))
    artist.set_data(*zip(*(points or [(0, 0), (1, 0)]), strict=True))


def _show_box(artist: Rectangle, first: int, last: int, margin: float = 0) -> None:
    """The box around the blocks `first` to `last`, which stand in one row; hidden if there are none."""
    artist.set_visible(first <= last)
    (x, top), (end, _) = (_corner(first), _corner(last)) if first <= last else (_corner(0), _corner(0))
    artist.set_bounds(x - margin, top - TALL - margin, end - x + BLOCK + 2 * margin, TALL + 2 * margin)


def sheet(panel: Panel, title: str, low: float, high: float) -> Axes:
    """Axes without lines, measured in points, from `low` to `high`."""
    axes = panel.axes
    axes.set_title(title)
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH * POINTS_PER_INCH)
    axes.set_ylim(low, high)
    return axes


def box(x: float, y: float, width: float = BLOCK, height: float = TALL, **look: object) -> Rectangle:
    return Rectangle((x, y), width, height, **look)


def _corner(n: int) -> tuple[float, float]:
    """Left and upper edge of the block of the entry with index `n`."""
    return 8 + STEP * (n % A_ROW), TOPS[n // A_ROW]
