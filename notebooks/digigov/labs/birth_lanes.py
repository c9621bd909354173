"""Where the steps of a journey stand in swim lanes: plain geometry, no drawing.

Across, 0 to 1 is the time axis; down, 0 to 1 are the lanes from the first to the last.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from digigov.models.journey import SYSTEM, Journey, Step

ROWS = 2  # bars that run at the same time stand in rows of a lane
FILLED = 0.8  # part of a row that its bar fills
THICK = 0.75  # the most of a lane that one row takes
SLIVER = 0.006  # narrower pieces are not drawn
INSET = 0.005  # lines begin and end inside a bar's corners


@dataclass(frozen=True)
class Bar:
    """One step, or all steps that the system does at one moment, as a box from its left upper corner."""

    steps: tuple[Step, ...]
    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    def beside(self, other: "Bar", lanes: int) -> bool:
        """Whether both stand in the same of so many lanes."""
        return int(self.middle * lanes) == int(other.middle * lanes)


def bars(
    journey: Journey,
    times: Mapping[str, tuple[float, float]],
    lanes: Sequence[str],
    days: float,
    least: Callable[[tuple[Step, ...]], float],
) -> list[Bar]:
    """A bar for each step, none narrower than `least` says; what starts together in a lane is pushed apart."""
    waiting: dict[str, list[tuple[float, float, tuple[Step, ...]]]] = defaultdict(list)
    for step in journey.order:
        start, end = (time / days for time in times[step.name])
        waiting[step.actor].append((start, end, (step,)))
    waiting[SYSTEM] = _together(waiting[SYSTEM], least(()))
    done = max((end for _, end in times.values()), default=0.0) / days
    found = []
    for lane, actor in enumerate(lanes):
        ends = [0.0] * ROWS
        rows = []
        for start, end, steps in sorted(waiting[actor], key=lambda one: (one[0], one[1])):
            narrow = least(steps)
            # The first row that is free, or becomes free within the width of a bar; otherwise the emptiest.
            row = next((row for row in range(ROWS) if ends[row] <= start + narrow), ends.index(min(ends)))
            x = max(start, ends[row])
            width = end - x
            if width < narrow:  # nothing is drawn after the end of all, if there is room before
                x, width = max(min(x, done - narrow), ends[row]), narrow
            ends[row] = x + width
            rows.append((row, x, width, steps))
        used = max((row for row, *_ in rows), default=0) + 1
        height = 1 / len(lanes) / used
        for row, x, width, steps in rows:
            thick = min(height, THICK / len(lanes)) * FILLED
            middle = lane / len(lanes) + (row + 0.5) * height
            found.append(Bar(steps, x, middle - thick / 2, width, thick))
    return found


def left_over(gone: Sequence[Bar], standing: Sequence[Bar], lanes: int) -> list[Bar]:
    """The parts of bars that no other bar of the same lane stands on."""
    pieces = []
    for bar in gone:
        free = [(bar.x, bar.x + bar.width)]
        for other in standing:
            if bar.beside(other, lanes):
                cut = other.x, other.x + other.width
                free = [
                    (low, high)
                    for start, end in free
                    for low, high in ((start, min(end, cut[0])), (max(start, cut[1]), end))
                    if high > low
                ]
        pieces += [Bar(bar.steps, low, bar.y, high - low, bar.height) for low, high in free if high - low > SLIVER]
    return pieces


def link(one: Bar, other: Bar) -> tuple[tuple[float, float], tuple[float, float]]:
    """A line from the end of a bar to the beginning of another, from edge to edge."""
    if abs(one.middle - other.middle) < one.height / 2:
        return (one.x + one.width, one.middle), (max(other.x, one.x + one.width), other.middle)
    down = other.middle > one.middle
    start = one.x + one.width - INSET, one.y + one.height if down else one.y
    return start, (other.x + INSET, other.y if down else other.y + other.height)


def _together(
    system: list[tuple[float, float, tuple[Step, ...]]], least: float
) -> list[tuple[float, float, tuple[Step, ...]]]:
    """Steps of the system that follow each other within the width of a bar, as one."""
    grouped: list[tuple[float, float, tuple[Step, ...]]] = []
    for start, end, steps in sorted(system, key=lambda one: one[0]):
        if grouped and start - grouped[-1][0] < least:
            first, _, before = grouped.pop()
            grouped.append((first, end, (*before, *steps)))
        else:
            grouped.append((start, end, steps))
    return grouped


def edges(journey: Journey) -> list[tuple[str, str]]:
    """Pairs of steps, one right after the other: what is waited for only through another step is left out."""
    behind: dict[str, frozenset[str]] = {}  # every step before
    pairs = []
    for step in journey.order:
        before = journey.before(step)
        through = frozenset().union(*(behind[name] for name in before))
        pairs += [(name, step.name) for name in sorted(before - through)]
        behind[step.name] = before | through
    return pairs
