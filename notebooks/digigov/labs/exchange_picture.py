"""The exchange lab's pictures: the log with what each check says, all attacks on all ways, the citizen's own view, and
how many fields go out. Drawn once, then moved."""

from collections.abc import Mapping
from datetime import date as Date

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from digigov.figures import DIGITAL, EGOV, EVIDENCE, GRID, INK, MUTED, Panel, styled
from digigov.labs.exchange_data import Case
from digigov.labs.exchange_log_picture import WIDTH, LogPicture, Result, box, sheet
from digigov.language import date, number, pick, say
from digigov.models.attacks import ATTACKS, FOUND, STOPPED, UNNOTICED, VICTIM, Outcome
from digigov.models.exchange import is_strange
from digigov.models.three_ways import WAYS

SYMBOLS = {"stopped": "■", "found": "◉", "seen": "◐", "unnoticed": "✗", "no_log": "–"}
COLOURS = {"paper": MUTED, "shared": EGOV, "exchange": DIGITAL}
HATCHES = {"paper": "", "shared": "///", "exchange": ""}
LOOKS = 5  # lines of the citizen's view


class ExchangePicture:
    """The log, the matrix, the citizen's view, the fields."""

    @styled
    def __init__(self, case: Case) -> None:
        self._case = case
        self._log, self._matrix = LogPicture(case), Panel(WIDTH, 4.7)
        self._citizen, self._fields = Panel(WIDTH, 2.0), Panel(WIDTH, 2.9)
        self.panels = {"log": self._log.panel, "matrix": self._matrix, "citizen": self._citizen, "fields": self._fields}
        self._draw_matrix()
        self._draw_citizen()
        self._draw_fields(self._fields.axes)
        for panel in (self._log.panel, self._matrix, self._citizen):
            for text in panel.axes.texts:
                text.set_in_layout(False)  # or a long sentence would make the sheet narrower

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        """Move every mark to `result`; the learner's `guesses` stand under their columns and on their bar."""
        self._log.draw(result)
        self._show_matrix(result, guesses)
        self._show_citizen(result)
        self._show_fields(result, guesses)

    # -- the matrix

    def _draw_matrix(self) -> None:
        panel, axes = self._matrix, sheet(self._matrix, say("exchange.panel.matrix"), -14, 296)
        # Purple is what a check found, as in the log; grey is what went through. Blue and brown are the governments'.
        self._good, self._bad = (
            panel.move(name, axes.add_patch(PathPatch(_cells([(0, 0)]), linewidth=0, **look)))
            for name, look in (("good", {"facecolor": EVIDENCE, "alpha": 0.17}), ("bad", {"facecolor": GRID}))
        )
        for row, attack in enumerate(ATTACKS):
            axes.text(6, _row(row) + 5, say(f"exchange.attack.{attack}"), fontsize=9.5, color=INK)
        self._cells = {}
        for column, way in enumerate(WAYS):
            axes.text(
                _column(column) + 6, 280, say(f"exchange.way.{way}"), fontsize=10, color=COLOURS[way], weight="bold"
            )
            for row, attack in enumerate(ATTACKS):
                text = axes.text(_column(column) + 6, _row(row) + 5, "x", fontsize=9.5)
                self._cells[attack, way] = panel.move(f"cell-{row}-{column}", text)
        axes.text(6, _row(len(ATTACKS)) + 3, say("exchange.panel.caught"), fontsize=9.5, weight="bold")
        self._caught, self._guessed = {}, {}
        for column, way in enumerate(WAYS):
            text = axes.text(_column(column) + 6, _row(len(ATTACKS)) + 3, "x", fontsize=9.5, weight="bold")
            self._caught[way] = panel.move(f"caught-{column}", text)
        for column, way in ((1, "shared"), (2, "exchange")):
            text = axes.text(_column(column) + 62, _row(len(ATTACKS)) + 3, "x", fontsize=9)
            self._guessed[way] = panel.move(f"guess-{column}", text)
        frame = box(1, 0, width=688, height=19, facecolor="none", edgecolor=INK, linewidth=1.6)
        self._here = panel.move("here", axes.add_patch(frame))

    def _show_matrix(self, result: Result, guesses: Mapping[str, float]) -> None:
        good, bad, words = [], [], {}
        for (attack, way), text in self._cells.items():
            outcome = result.outcomes[attack, way]
            same = (outcome.state, outcome.fault)
            if same not in words:
                words[same] = shown_state(outcome)
            text.set_text(words[same])
            cell = (ATTACKS.index(attack), WAYS.index(way))
            if outcome.state in (STOPPED, FOUND):
                good.append(cell)
            elif outcome.state == UNNOTICED:
                bad.append(cell)
        for artist, cells in ((self._good, good), (self._bad, bad)):
            artist.set_visible(bool(cells))
            artist.set_path(_cells(cells or [(0, 0)]))
        self._here.set_y(_row(ATTACKS.index(result.attack)))
        for way, text in self._caught.items():
            text.set_text(say("exchange.panel.of", number=number(result.caught(way)), all=number(len(ATTACKS))))
        for way, text in self._guessed.items():
            guess = guesses.get(f"caught_{way}")
            text.set_visible(guess is not None)
            text.set_text(say("exchange.panel.guess", number=number(guess or 0)))

    # -- the citizen

    def _draw_citizen(self) -> None:
        panel = self._citizen
        axes = sheet(panel, say("exchange.panel.citizen", citizen=pick(self._case.citizen)), 14, 122)
        columns = ((4, "date"), (94, "who"), (216, "purpose"), (386, "what"), (604, "answer"))
        for x, name in columns:
            axes.text(x, 108, say(f"exchange.measure.column.{name}"), fontsize=9, color=MUTED)
        self._looks = [
            [panel.move(f"look-{n}-{name}", axes.text(x, 91 - 16 * n, "x", fontsize=9)) for x, name in columns]
            for n in range(LOOKS)
        ]

    def _show_citizen(self, result: Result) -> None:
        scene = self._case.scene
        mine = [entry for entry in result.trial.log.entries if entry.request.subject == VICTIM]
        for n, texts in enumerate(self._looks):
            for text in texts:
                text.set_visible(n < len(mine))
                text.set_text("x")
            if n >= len(mine):
                continue
            request, reason = mine[n].request, mine[n].reason
            strange = not reason and is_strange(scene.policy, scene.dealings, request)
            names = [pick(self._case.fields[name]) for name in self._case.fields if name in request.fields][:2]
            words = (
                ("◐ " if strange else "") + date(Date.fromordinal(mine[n].day)),
                pick(self._case.agencies[request.caller]),
                pick(self._case.purposes[request.purpose]),
                say("exchange.panel.fields_of", number=number(len(request.fields)), names=", ".join(names)),
                say("exchange.panel.refused" if reason else "exchange.panel.answered"),
            )
            for text, shown in zip(texts, words, strict=True):
                text.set_text(shown)

    # -- fields that go out

    def _draw_fields(self, axes: Axes) -> None:
        panel = self._fields
        axes.set_title(say("exchange.panel.fields"))
        axes.set_xscale("symlog", linthresh=10, linscale=1.0)
        axes.set_xlim(0, 40_000)
        ticks = (0, 10, 100, 1000, 10_000)
        axes.set_xticks(ticks, [number(tick) for tick in ticks])
        axes.set_xticks([], minor=True)
        axes.grid(axis="y", visible=False)
        self._bars, self._values, labels = {}, {}, []
        for group, load in enumerate(("ordinary", "attack")):
            for row, way in enumerate(WAYS):
                y = -(4 * group + row)
                bar = axes.barh(y, 5, 0.7, facecolor=COLOURS[way], edgecolor="white", hatch=HATCHES[way])[0]
                self._bars[load, way] = panel.move(f"bar-{group}-{row}", bar)
                self._values[load, way] = panel.move(f"value-{group}-{row}", axes.text(1, y - 0.25, "x", fontsize=9))
                labels.append((y, say(f"exchange.way.{way}")))
            axes.text(
                0.5, -4 * group + 0.55, say(f"exchange.measure.load.{load}"), fontsize=9, color=INK, va="baseline"
            )
        axes.set_yticks([y for y, _ in labels], [name for _, name in labels], fontsize=9)
        axes.set_ylim(-6.6, 1.3)
        self._need = panel.move("need", axes.plot([1, 1], [0.45, -2.45], color=INK, linestyle=":", linewidth=1.6)[0])
        star = axes.plot([1], [-2], "*", color=INK, markersize=12, fillstyle="none", linestyle="none", zorder=5)[0]
        self._star = panel.move("guess", star)
        self._star_label = panel.move("guess-label", axes.text(1, -2.25, "x", fontsize=9))

    def _show_fields(self, result: Result, guesses: Mapping[str, float]) -> None:
        for load, way in self._bars:
            value = result.ordinary[way] if load == "ordinary" else result.exposed(way)
            self._bars[load, way].set_width(value)
            text = self._values[load, way]
            text.set_x(max(value * 1.05, 0.25))
            outcome = result.outcomes[result.attack, way]
            product = say("exchange.panel.product", people=number(outcome.people), fields=number(outcome.fields))
            text.set_text(number(value) + (f" = {product}" if load == "attack" and value else ""))
        self._need.set_xdata([result.needed] * 2)
        guess = guesses.get("fields_exchange")
        for artist in (self._star, self._star_label):
            artist.set_visible(guess is not None)
        guess = guess or 0.0
        self._star.set_xdata([guess])
        # Beside the bar's own number, whatever was guessed.
        self._star_label.set_x(max(guess, result.ordinary["exchange"]) * 1.6)
        self._star_label.set_text(say("exchange.panel.guess", number=number(guess)))


def shown_state(outcome: Outcome) -> str:
    """A symbol and a word, and the place if one was found."""
    words = f"{SYMBOLS[outcome.state]} {say(f'exchange.measure.state.{outcome.state}')}"
    return f"{words}: {where(outcome)}" if outcome.fault else words


def where(outcome: Outcome) -> str:
    """The place or the stretch of the log that a check points to."""
    fault = outcome.fault
    if fault.first == fault.last:
        return say("exchange.place.one", place=number(fault.first))
    return say("exchange.place.stretch", first=number(fault.first), last=number(fault.last))


def _row(row: int) -> float:
    return 256 - 20.5 * row


def _column(column: int) -> float:
    return 236 + 152 * column


def _cells(cells: list[tuple[int, int]]) -> Path:
    """One path around all these cells of the matrix."""
    corners = np.array([(0, 0), (150, 0), (150, 19), (0, 19), (0, 0)])
    boxes = [corners + np.array((_column(column), _row(row))) for row, column in cells]
    codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    return Path(np.concatenate(boxes), codes * len(cells))
