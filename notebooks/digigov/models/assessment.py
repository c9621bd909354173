"""Self-assessment of an agency: scores, what is weakest, what has changed, and which moves come next.

All rules are the course's own. Levels are whole numbers 1 to 4; a level above 1 for which no evidence was written
counts as 1 in the evidenced score, since a claim that nobody can check shows no more than nothing does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

LOWEST, HIGHEST = 1, 4
LEVELS = range(LOWEST, HIGHEST + 1)


@dataclass(frozen=True)
class Mark:
    """One indicator's level, 1 to 4, and whether evidence was written for it. Raises ValueError for another level."""

    level: int
    evidence: bool = False

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ValueError("level")

    @property
    def bare(self) -> bool:
        """Whether the level is claimed and nothing shows it; level 1 claims nothing."""
        return self.level > LOWEST and not self.evidence

    @property
    def shown(self) -> int:
        """The level that the evidence bears out."""
        return LOWEST if self.bare else self.level


Marks = Mapping[str, Mark]


@dataclass(frozen=True)
class Score:
    """Of some indicators: how many there are, are marked, and are marked without evidence; mean levels of the marked
    ones (None: none is marked), as claimed and as the evidence bears out."""

    of: int
    marked: int
    bare: int
    claimed: float | None
    evidenced: float | None


def score(marks: Marks, indicators: Sequence[str]) -> Score:
    """The score over `indicators`; those that are not marked do not count in the means."""
    found = [marks[name] for name in indicators if name in marks]
    if not found:
        return Score(len(indicators), 0, 0, None, None)
    return Score(
        of=len(indicators),
        marked=len(found),
        bare=sum(mark.bare for mark in found),
        claimed=sum(mark.level for mark in found) / len(found),
        evidenced=sum(mark.shown for mark in found) / len(found),
    )


def weakest(marks: Marks, indicators: Sequence[str]) -> list[tuple[int, tuple[str, ...]]]:
    """Marked indicators by claimed level, lowest first. Those of one level are tied, in the order of `indicators`."""
    found = sorted((name for name in indicators if name in marks), key=lambda name: marks[name].level)
    return [(level, tuple(names)) for level, names in groupby(found, key=lambda name: marks[name].level)]


@dataclass(frozen=True)
class Change:
    """An indicator's level before and after; None where it was not marked."""

    indicator: str
    before: int | None
    after: int | None

    @property
    def step(self) -> int:
        """Levels up (or down, below 0); 0 unless both were marked."""
        return self.after - self.before if self.before is not None and self.after is not None else 0


def changes(before: Marks, after: Marks, indicators: Sequence[str]) -> list[Change]:
    """What became of each indicator that was marked at either time."""

    def level(marks: Marks, name: str) -> int | None:
        return marks[name].level if name in marks else None

    pairs = [Change(name, level(before, name), level(after, name)) for name in indicators]
    return [change for change in pairs if change.before is not None or change.after is not None]


@dataclass(frozen=True)
class Move:
    """Raises indicators by one level from the levels in `at`, once those in `needs` have reached a level."""

    id: str
    raises: tuple[str, ...]
    at: frozenset[int]
    needs: Mapping[str, int]


@dataclass(frozen=True)
class Suggestion:
    """A move that can be made now: the indicators it lifts, and the moves for which it makes the way free."""

    move: str
    lifts: tuple[str, ...]
    opens: tuple[str, ...]


@dataclass(frozen=True)
class Blocked:
    """A move that would lift indicators, but needs others to reach a level first."""

    move: str
    lifts: tuple[str, ...]
    missing: Mapping[str, int]


def lifted(marks: Marks, move: Move) -> tuple[str, ...]:
    """The marked indicators that the move lifts from where they are."""
    return tuple(name for name in move.raises if name in marks and marks[name].level in move.at)


def missing(marks: Marks, move: Move) -> dict[str, int]:
    """The levels that the move needs and that are not reached, or not marked."""
    return {name: level for name, level in move.needs.items() if name not in marks or marks[name].level < level}


def blocked(marks: Marks, moves: Sequence[Move]) -> list[Blocked]:
    """The moves that would lift something and cannot be made yet."""
    fitting = [(move, lifted(marks, move), missing(marks, move)) for move in moves]
    return [Blocked(move.id, lifts, lacks) for move, lifts, lacks in fitting if lifts and lacks]


def suggested(marks: Marks, moves: Sequence[Move], count: int = 3) -> list[Suggestion]:
    """At most `count` moves that can be made now, each chosen in turn.

    First comes the move with the most levels left to gain (4 less the level, over the indicators that it lifts and no
    move before it did), then the one that starts from the lowest level, then the one that opens most, then the one
    that stands first in `moves`. Raises ValueError when `count` is below 0.
    """
    if count < 0:
        raise ValueError("count")
    waiting = blocked(marks, moves)
    free = [(move.id, lifts) for move in moves if (lifts := lifted(marks, move)) and not missing(marks, move)]
    chosen: list[Suggestion] = []
    covered: set[str] = set()
    while free and len(chosen) < count:
        rest = [(name, tuple(one for one in lifts if one not in covered), lifts) for name, lifts in free]

        def worth(candidate: tuple[str, tuple[str, ...], tuple[str, ...]]) -> tuple[int, int, int]:
            fresh = [marks[one].level for one in candidate[1]]
            gain = sum(HIGHEST - level for level in fresh)
            return gain, -min(fresh, default=HIGHEST), len(_opened(marks, candidate[2], waiting))

        name, fresh, lifts = max(rest, key=worth)
        if not fresh:
            break  # all that can be lifted is being lifted
        chosen.append(Suggestion(name, lifts, _opened(marks, lifts, waiting)))
        covered.update(lifts)
        free = [one for one in free if one[0] != name]
    return chosen


def _opened(marks: Marks, lifts: Sequence[str], waiting: Sequence[Blocked]) -> tuple[str, ...]:
    """The blocked moves that lack nothing more once each of `lifts` is one level higher."""

    def reached(name: str, level: int) -> bool:
        return name in lifts and marks[name].level + 1 >= level

    return tuple(one.move for one in waiting if all(reached(name, level) for name, level in one.missing.items()))
