"""The nations lab's wide panel: every country in its place, one marked."""

from collections.abc import Mapping

import numpy as np

from digigov.figures import DIGITAL, EGOV, INK, MUTED, Panel, styled
from digigov.labs.nations_result import Result
from digigov.language import number, say
from digigov.models import indices as model
from digigov.nations_data import WORLD, name_of, nations

LIMITS = (0.75, 0.5, 0.25)
BANDS = ("very_high", "high", "middle", "low")
LABEL = 48  # places that a country's name may take up
ASKED = 2024  # the edition that the prediction is about
STAR = 0.06  # height of a prediction, where no country stands


class StripPanel:
    """Scores under the learner's weights by place, the UN's groups, who is compared with, and the country."""

    @styled
    def __init__(self) -> None:
        self.panel = Panel(9.6, 3.3)
        panel, axes = self.panel, self.panel.axes
        self._size = len(nations().countries)
        axes.set_title(say("nations.panel.strip"))
        axes.set_xlim(-2, self._size + 3)
        axes.set_ylim(0, 1.16)
        axes.set_yticks((0, *LIMITS[::-1], 1), [number(tick, 2) for tick in (0, *LIMITS[::-1], 1)])
        axes.set_xticks((1, 25, 50, 75, 100, 125, 150, 175, self._size))
        axes.set_xlabel(say("nations.panel.place"))
        everyone = np.arange(1, self._size + 1)
        small = {"linestyle": "none", "clip_on": False}
        self._all = panel.move("all", axes.plot(everyone, everyone / 200, "o", color=MUTED, markersize=2.6, **small)[0])
        self._compared = panel.move(
            "compared",
            axes.plot(everyone, everyone / 200, "D", color=EGOV, markersize=6, fillstyle="none", **small)[0],
        )
        self._own = panel.move("own", axes.plot([1], [0.5], "o", color=DIGITAL, markersize=9, **small)[0])
        self._label = panel.move("own-label", axes.text(1, 0.5, " ", color=DIGITAL, fontweight="bold", fontsize=10))
        longest = max((say(f"nations.panel.{band}", number=number(self._size)) for band in BANDS), key=len)
        self._bands = [
            panel.move(f"band-{band}", axes.text(self._size + 5, height - 0.02, longest, fontsize=9, color=MUTED))
            for band, height in zip(BANDS, (0.88, 0.63, 0.38, 0.13), strict=True)
        ]
        self._guess = panel.move(
            "guess-india", axes.plot([10], [STAR], "*", color=INK, markersize=12, fillstyle="none", **small)[0]
        )
        self._guess_label = panel.move("guess-india-label", axes.text(10, STAR, say("nations.panel.guess"), fontsize=9))
        axes.plot([], [], "D", color=EGOV, markersize=6, fillstyle="none", label=say("nations.panel.members"))
        axes.plot([], [], "o", color=MUTED, markersize=2.6, label=say("nations.panel.all"))
        axes.figure.legend(loc="outside lower left", ncols=3, frameon=False, fontsize=9)

    def draw(self, result: Result, guesses: Mapping[str, float]) -> None:
        """Move the marks to `result`; a star to what was guessed of India."""
        scores, ranks = result.scores[result.edition], result.ranks[result.edition]
        order = np.sort(scores)[::-1]
        self._all.set_data(np.arange(1, self._size + 1), order)
        shown = result.compared() if result.compare != WORLD else np.zeros(self._size, dtype=bool)
        self._compared.set_data(ranks[shown], scores[shown])
        place, value = int(ranks[result.country]), float(scores[result.country])
        self._own.set_data([place], [value])
        # Countries before it stand higher: a name that runs to the left has to clear them.
        left = place > self._size - LABEL
        self._label.set_ha("right" if left else "left")
        height = order[max(place - 1 - LABEL, 0)] if left else value
        self._label.set_position((place + (-1 if left else 1.5), max(height, value) + 0.05))
        name = name_of(result.data.countries[result.country])
        self._label.set_text(say("nations.panel.own_place", country=name, place=number(place)))
        for text, band, count in zip(self._bands, BANDS, model.bands(scores, LIMITS), strict=True):
            text.set_text(say(f"nations.panel.{band}", number=number(count)))
        asked = result.data.editions[result.edition] == ASKED
        guess = guesses.get("india_rank") if asked else None
        for artist in (self._guess, self._guess_label):
            artist.set_visible(guess is not None)
        if guess is not None:
            self._guess.set_data([guess], [STAR])
            left = guess > self._size / 2
            self._guess_label.set_ha("right" if left else "left")
            self._guess_label.set_position((guess + (-2.5 if left else 2.5), STAR - 0.03))
