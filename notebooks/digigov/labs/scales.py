"""An axis that takes a new end when it must: the axes stand still, its numbers are moving words."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from digigov.figures import Panel
from digigov.language import number

QUARTERS = (0, 0.25, 0.5, 0.75, 1)
HALVES = (0, 0.5, 1)
# Ends whose quarters are round too.
ENDS = tuple(first * 10**power for power in range(6) for first in (4, 8, 12, 20))
# Ends for what is counted whole, whose halves are whole too.
WHOLE_ENDS = (2, 4, 6, 8, *(first * 10**power for power in range(4) for first in (10, 12, 16, 20, 30, 40, 60, 80)))
ROOM = 7 * "\N{FIGURE SPACE}"  # as wide as 000.000, and nothing that would be read or marked


class Scale:
    """A moving axis from 0 to `end`, with numbers at `shares` of it; what is drawn is divided by `end`."""

    def __init__(
        self,
        panel: Panel,
        axes: Axes,
        name: str,
        on_x: bool = False,
        shares: Sequence[float] = QUARTERS,
        ends: Sequence[float] = ENDS,
    ) -> None:
        self._shares, self._ends = shares, ends
        if on_x:
            axes.set_xlim(0, 1.09)
            axes.set_xticks(shares, [" "] * len(shares))
        else:
            axes.set_yticks(shares, [ROOM] * len(shares))  # keeps the room
        spot = axes.get_xaxis_transform() if on_x else axes.get_yaxis_transform()
        self._words = []
        for place, share in enumerate(shares):
            x, y = (share, -0.09) if on_x else (-0.02, share - 0.02)
            word = axes.text(x, y, "0", fontsize=9.5, ha="center" if on_x else "right", transform=spot)
            self._words.append(panel.move(f"{name}-tick-{place}", word))

    def end(self, most: float) -> float:
        """The first round number at or above `most`, which the axis now ends at."""
        end = float(next((end for end in self._ends if end >= most), most))
        for word, share in zip(self._words, self._shares, strict=True):
            word.set_text(number(share * end))
        return end
