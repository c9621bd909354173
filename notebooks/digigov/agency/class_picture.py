"""A class as one anonymous picture: the median and the middle half of every indicator, no single file."""

from collections import Counter
from pathlib import Path

import numpy as np

from digigov.agency.blocks import grid, heading, joined, listing, paragraph
from digigov.agency.class_file import ClassFile, Folder, read_folder
from digigov.agency.example import example
from digigov.agency.picture import Drawing, Picture
from digigov.agency.radar import Radar
from digigov.agency.scale import catalogue, scale
from digigov.errors import CourseError
from digigov.language import number, say
from digigov.models.assessment import HIGHEST, LOWEST, Mark, suggested
from digigov.models.class_summary import FEWEST, SAFE, Spread, summary, weakest_of
from digigov.page import Page

SHOWN = 3  # weakest groups named


def class_picture(folder: str | Path | None = None) -> Picture:
    """The picture of the files in `folder`; of a made-up class when none is named.

    Raises CourseError as `read_folder`, and when fewer than FEWEST files can be used, since every mark could be worked
    out from the picture. With fewer than SAFE marks of an indicator it says what can still be found out.
    """
    found = invented() if folder is None else read_folder(folder)
    if len(found.files) < FEWEST:
        told = " ".join([say("class.too_few", count=number(len(found.files)), fewest=number(FEWEST)), *found.faults])
        raise CourseError(told)
    indicators = scale()
    spreads = summary([one.levels for one in found.files], list(indicators))
    radar = Radar(indicators, ("low", "median", "high"))
    measured = {name: spread for name, spread in spreads.items() if spread}
    radar.draw({side: {n: getattr(s, side) for n, s in measured.items()} for side in ("low", "median", "high")})
    before = [heading(say("class.title"), 3), paragraph(say("class.invented" if folder is None else "class.about"))]
    before.append(paragraph(say("class.count", count=number(len(found.files)))))
    if any(spread.n < SAFE for spread in measured.values()):
        before.append(paragraph(say("class.small", safe=number(SAFE)), "dg-notice"))
    if found.faults:
        before += [paragraph(say("class.left_out", count=number(len(found.faults)))), listing(found.faults)]
    after = [_weakest(spreads), *_picked(found), _table(spreads)]
    return Picture(joined(before), Drawing(say("assessment.alt.class"), radar.panel), joined(after))


def _weakest(spreads: dict[str, Spread | None]) -> Page:
    indicators = scale()
    lines = [
        say("class.weakest", median=number(median), names="; ".join(indicators[name].title for name in names))
        for median, names in weakest_of(spreads)[:SHOWN]
    ]
    return joined([heading(say("assessment.part.weakest"), 4), listing(lines, ordered=True)])


def _picked(found: Folder) -> list[Page]:
    """The moves that the class picked most; what few picked could tell who did."""
    counts = Counter(move for one in found.files for move in one.moves)
    often = [(name, count) for name, count in counts.most_common() if count >= FEWEST]
    if not often:
        return []
    moves = catalogue()
    lines = [say("class.picked", move=moves[name].name, count=number(count)) for name, count in often]
    return [heading(say("class.moves"), 4), listing(lines)]


def _table(spreads: dict[str, Spread | None]) -> Page:
    few = say("class.few", fewest=number(FEWEST))
    rows = [
        [
            scale()[name].title,
            number(spread.median) if spread else "–",
            say("class.middle", low=number(spread.low), high=number(spread.high)) if spread else few,
            number(spread.n) if spread else "–",
        ]
        for name, spread in spreads.items()
    ]
    head = [say(f"assessment.column.{name}") for name in ("indicator", "median", "middle", "count")]
    return grid(head, rows, say("assessment.table.class"))


def invented(count: int = 12, seed: int = 14) -> Folder:
    """A class that does not exist, around the made-up commune of the notebook: the same every time."""
    draw = np.random.default_rng(seed)
    levels = {name: mark.level for name, mark in example()[0].marks.items()}
    files = []
    for place in range(count):
        moved = {n: int(np.clip(level + draw.integers(-1, 2), LOWEST, HIGHEST)) for n, level in levels.items()}
        marks = {name: Mark(level) for name, level in moved.items()}
        moves = tuple(one.move for one in suggested(marks, [move.rule for move in catalogue().values()]))
        files.append(ClassFile(f"{place:016x}", "2026-11-24T00:00:00Z", moved, moves))
    return Folder(tuple(files), ())
