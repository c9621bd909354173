"""Where the published percentages stand: three lanes over one axis of time, with what is missing drawn as missing."""

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Any

import numpy as np

from digigov.language import percent, say
from digigov.models.percentages import joined, years
from digigov.percentages import AXES, Published

# The axis is squeezed where there is nearly nothing: year, and its place from 0 to 1.
ANCHORS = ((2010.0, 0.02), (2018.0, 0.17), (2026.0, 0.93), (2031.0, 1.0))
TICKS = (2010, 2018, 2019, 2020, 2021, 2022, 2023, 2024, 2025, 2030)
# Years without a figure of one kind for each: axis, from, until, key of the words.
GAPS = (
    ("supply", 2011.0, 2018.0, "percentages.gap.before"),
    ("supply", 2018.0, 2021.0, "percentages.gap.level4"),
    ("outcome", 2018.0, 2027.0, "percentages.gap.outcome"),
)
# Reference sizes in pixels, at the narrowest page, for labels that must not run into each other.
WIDTH, HEIGHT, TEXT, LINE, MARK = 555.0, 150.0, 7.0, 13.0, 8.0
EDGE = 8.0  # free to the right of the lanes: the last label may reach into it
# The words of a band: a letter's width and a line's height, and what is left free at either side.
BAND_TEXT, BAND_LINE, BAND_EDGE = 6.3, 14.0, 9.0
SIDES = ("right", "left", "above", "below")
LOW = ("right", "above", "below", "left")  # small values stand in a row


def place(year: float) -> float:
    """Where a year stands on the axis, from 0 to 1."""
    return float(np.interp(year, *zip(*ANCHORS, strict=True)))


def tick_places() -> list[list[Any]]:
    """Years written below the lanes, with their places."""
    return [[str(year), round(place(year), 4)] for year in TICKS]


def lanes(figures: Sequence[Published]) -> list[dict[str, Any]]:
    """Each axis with its points, the lines that may join two of them, and the bands where nothing was found."""
    return [_lane(axis, [one for one in figures if one.figure.axis == axis]) for axis in AXES]


def _lane(axis: str, figures: Sequence[Published]) -> dict[str, Any]:
    spots = {one.figure.id: (place(years(one.figure.date)), one.figure.value / 100) for one in figures}
    lines = joined([one.figure for one in figures if one.status == "reported"])
    started = {first.id for first, _ in lines}  # a line leaves to the right, where the label would stand
    gaps = [(place(a), place(b), say(key)) for name, a, b, key in GAPS if name == axis]
    marks = {one.figure.id: (*spots[one.figure.id], percent(one.figure.value)) for one in figures}
    sides = _sides(marks, started, (_band_words(*gap) for gap in gaps))
    return {
        "axis": axis,
        "points": [
            {
                "id": one.figure.id,
                "x": round(spots[one.figure.id][0], 4),
                "y": spots[one.figure.id][1],
                "status": one.status,
                "label": percent(one.figure.value),
                "side": sides[one.figure.id],
            }
            for one in sorted(figures, key=lambda one: years(one.figure.date))
        ],
        "lines": [[*spots[first.id], *spots[second.id]] for first, second in lines],
        "gaps": [[round(a, 4), round(b, 4), words] for a, b, words in gaps],
    }


def _sides(
    spots: dict[str, tuple[float, float, str]], started: set[str], words: Iterable[Sequence[float]] = ()
) -> dict[str, str]:
    """On which side of its point each label finds room beside the points, the words of the bands and the labels before
    it, points first in time first; "none" when no side has room.
    """
    taken = [*(_box(x, y, "", "mark") for x, y, _ in spots.values()), *words]
    found = {}
    for name, (x, y, label) in sorted(spots.items(), key=lambda item: (item[1][0], -item[1][1])):
        order = LOW if y < 0.2 else SIDES
        order = order[1:] if name in started else order
        boxes = {side: _box(x, y, label, side) for side in order}
        free = [side for side, box in boxes.items() if not any(_meet(box, other) for other in taken)]
        inside = [side for side in free if boxes[side][0] >= 0 and boxes[side][2] <= WIDTH + EDGE]
        found[name] = inside[0] if inside else "none"
        if inside:
            taken.append(boxes[found[name]])
    return found


def _box(x: float, y: float, label: str, side: str) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of a label, or of the point itself."""
    middle, centre, wide = x * WIDTH, (1 - y) * HEIGHT, TEXT * len(label)
    if side == "mark":
        return middle - MARK / 2, centre - MARK / 2, middle + MARK / 2, centre + MARK / 2
    if side in ("right", "left"):
        start = middle + MARK if side == "right" else middle - MARK - wide
        return start, centre - LINE / 2, start + wide, centre + LINE / 2
    top = centre - MARK - LINE if side == "above" else centre + MARK
    return middle - wide / 2, top, middle + wide / 2, top + LINE


def _band_words(start: float, end: float, words: str) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of a band's words, which stand in its middle."""
    left, right = start * WIDTH + BAND_EDGE, end * WIDTH - BAND_EDGE
    lines = wrap(words, max(int((right - left) / BAND_TEXT), 1))
    half = max(len(lines), 1) * BAND_LINE / 2
    return left, HEIGHT / 2 - half, right, HEIGHT / 2 + half


def _meet(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
