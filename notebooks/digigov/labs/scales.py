"""An axis that takes a new end when it must: the axes stand still, its numbers are moving words."""

from matplotlib.axes import Axes

from digigov.figures import Panel
from digigov.language import number

SHARES = (0, 0.25, 0.5, 0.75, 1)
# Ends whose quarters are round too.
ENDS = tuple(first * 10**power for power in range(6) for first in (4, 8, 12, 20))
ROOM = 7 * "\N{FIGURE SPACE}"  # as wide as 000.000, and nothing that would be read or marked


class Scale:
    """A moving axis from 0 to `end`; what is drawn is divided by `end`."""

    def __init__(self, panel: Panel, axes: Axes, name: str, on_x: bool = False) -> None:
        if on_x:
            axes.set_xlim(0, 1.09)
            axes.set_xticks(SHARES, [" "] * len(SHARES))
        else:
            axes.set_yticks(SHARES, [ROOM] * len(SHARES))  # keeps the room
        spot = axes.get_xaxis_transform() if on_x else axes.get_yaxis_transform()
        self._words = []
        for place, share in enumerate(SHARES):
            x, y = (share, -0.09) if on_x else (-0.02, share - 0.02)
            word = axes.text(x, y, "0", fontsize=9.5, ha="center" if on_x else "right", transform=spot)
            self._words.append(panel.move(f"{name}-tick-{place}", word))

    def end(self, most: float) -> float:
        """The first round number at or above `most`, which the axis now ends at."""
        end = float(next((end for end in ENDS if end >= most), most))
        for word, share in zip(self._words, SHARES, strict=True):
            word.set_text(number(share * end))
        return end
