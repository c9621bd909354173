"""The cleaning lab's two panels: world means as found and after the learner's decisions. Drawn once, then moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log10

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text

from digigov.figures import DIGITAL, EGOV, INK, MUTED, Panel, styled
from digigov.language import number, say
from digigov.models.cleaning import RENAMED, Entry

GTMI_YEARS = (2020, 2022, 2025)
UN_YEARS = (2003, 2004, 2005, 2008, 2010, 2012, 2014, 2016, 2018)
FOUND = {
    "color": EGOV,
    "linestyle": (0, (5, 2)),
    "linewidth": 2.2,
    "marker": "s",
    "markersize": 10,
    "fillstyle": "none",
}
MINE = {"color": DIGITAL, "linewidth": 2.6, "marker": "o", "markersize": 7}


@dataclass(frozen=True)
class Figures:
    """Counts and means of the two files; a mean of nothing is None."""

    rows_gtmi: int
    economies: int
    gtmi: Sequence[float | None]  # by edition
    share_a: float | None
    rows_un: int
    egdi: Sequence[float | None]


@dataclass(frozen=True)
class Result:
    """The figures of both files as found and after the decisions, the log, and what the check says."""

    found: Figures
    mine: Figures
    log: tuple[Entry, ...]
    lost: int
    decisions: Mapping[str, str]
    refused: str  # what the check says first, or nothing


class CleaningPicture:
    """Two lines in each panel: as found, and mine."""

    @styled
    def __init__(self) -> None:
        self._gtmi, self._egdi = Panel(), Panel()
        self.panels = {"gtmi": self._gtmi, "egdi": self._egdi}
        self._draw_gtmi()
        self._draw_egdi()

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        """Move every mark to `result`; a star stands at the guess."""
        self._found.set_data(*_points(GTMI_YEARS, result.found.gtmi))
        years, means = _points(GTMI_YEARS, result.mine.gtmi)
        # No line over a break: the edition before it stands alone.
        alone = result.decisions["renamed"] == "mark" and RENAMED in years
        self._alone.set_visible(alone)
        self._alone.set_data(years[:1], means[:1])
        if alone:
            years, means = years[1:], means[1:]
        self._mine.set_visible(bool(years))
        self._mine.set_data(years, means)
        self._label(self._found_label, result.found.gtmi[-1])
        self._label(self._mine_label, result.mine.gtmi[-1])
        same = result.found.gtmi[-1] == result.mine.gtmi[-1]
        self._mine_label.set_visible(not same and result.mine.gtmi[-1] is not None)
        guess = guesses.get("naive_mean")
        for artist in (self._guess, self._guess_label):
            artist.set_visible(guess is not None)
        if guess is not None:
            self._guess.set_data([GTMI_YEARS[-1]], [_height(guess)])
            self._guess_label.set_position((GTMI_YEARS[-1] - 0.25, _height(guess) - 0.02))
        self._found_un.set_data(*_points(UN_YEARS, result.found.egdi))
        years, means = _points(UN_YEARS, result.mine.egdi)
        self._mine_un.set_visible(bool(years))
        self._mine_un.set_data(years, means)
        first = result.mine.egdi[0]
        self._first.set_visible(first is not None)
        self._first.set_text(number(first or 0, 3))
        self._first.set_position((UN_YEARS[0] - 0.35, (first or 0) - 0.004))
        self._nothing.set_visible(first is None)

    def _label(self, label: Text, value: float | None) -> None:
        value = value or 0.0
        label.set_text(number(value, 1 if value > 1 else 3))
        label.set_position((GTMI_YEARS[-1] + 0.2, _height(value) - 0.02))

    def _draw_gtmi(self) -> None:
        panel, axes = self._gtmi, self._gtmi.axes
        axes.set_title(say("cleaning.panel.gtmi"))
        axes.set_xlim(2019.4, 2026.4)
        axes.set_xticks(GTMI_YEARS, [str(year) for year in GTMI_YEARS])
        ticks = (0, 0.25, 0.5, 0.75, 1, 3, 10)
        axes.set_ylim(0, _height(14))
        axes.set_yticks([_height(tick) for tick in ticks], [number(tick) for tick in ticks])
        axes.grid(axis="x", visible=False)
        axes.axhspan(1, _height(14), facecolor=MUTED, alpha=0.14, linewidth=0)
        axes.text(2019.55, _height(4), say("cleaning.panel.impossible"), fontsize=9, color=MUTED, va="bottom")
        self._found = panel.move("found", axes.plot(GTMI_YEARS, [0.5] * 3, **FOUND)[0])
        self._mine = panel.move("mine", axes.plot(GTMI_YEARS, [0.5] * 3, **MINE)[0])
        look = {**MINE, "linestyle": "none"}
        self._alone = panel.move("alone", axes.plot([RENAMED], [0.5], **look)[0])
        texts = [axes.text(2025, 0.5, "x", fontsize=9.5, color=colour) for colour in (EGOV, DIGITAL)]
        self._found_label = panel.move("found-label", texts[0])
        self._mine_label = panel.move("mine-label", texts[1])
        star = axes.plot([2025], [0.5], "*", color=INK, markersize=12, fillstyle="none", linestyle="none", zorder=5)[0]
        self._guess = panel.move("guess", star)
        words = axes.text(2025, 0.5, say("cleaning.panel.guess"), fontsize=9, ha="right")
        self._guess_label = panel.move("guess-label", words)
        _legend(axes)

    def _draw_egdi(self) -> None:
        panel, axes = self._egdi, self._egdi.axes
        axes.set_title(say("cleaning.panel.egdi"))
        axes.set_xlim(2000.7, 2019.2)
        axes.set_xticks(UN_YEARS, ["" if year == 2004 else str(year) for year in UN_YEARS], fontsize=8.5)
        axes.set_ylim(0.3, 0.6)
        ticks = (0.3, 0.4, 0.5, 0.6)
        axes.set_yticks(ticks, [number(tick) for tick in ticks])
        axes.grid(axis="x", visible=False)
        self._found_un = panel.move("found", axes.plot(UN_YEARS, [0.5] * 9, **FOUND)[0])
        self._mine_un = panel.move("mine", axes.plot(UN_YEARS, [0.5] * 9, **MINE)[0])
        self._first = panel.move("first", axes.text(2003, 0.4, "x", fontsize=9.5, color=DIGITAL, ha="right"))
        words = axes.text(2010.5, 0.33, say("cleaning.panel.nothing"), fontsize=10, color=DIGITAL, ha="center")
        self._nothing = panel.move("nothing", words)
        _legend(axes)


def _height(value: float) -> float:
    """Where a mean stands: as it is up to 1, and above that, where no mean can be, by powers of ten."""
    return value if value <= 1 else 1 + 0.4 * log10(value)


def _points(years: Sequence[int], means: Sequence[float | None]) -> tuple[list[int], list[float]]:
    """Editions of which anything is left, each with its height."""
    left = [(year, _height(mean)) for year, mean in zip(years, means, strict=True) if mean is not None]
    return [year for year, _ in left], [height for _, height in left]


def _legend(axes: Axes) -> None:
    handles = [Line2D([], [], **FOUND), Line2D([], [], **MINE)]
    names = [say("cleaning.head.found"), say("cleaning.head.mine")]
    look = {"ncols": 2, "frameon": False, "fontsize": 9, "handlelength": 3.2}
    axes.figure.legend(handles, names, loc="outside lower left", **look)
