"""Self-assessments in the learner's record: every change is kept at once, as a new row in the place of the last.

A round's newest row counts. So a copy of the record that is brought in from another computer neither doubles a round
nor takes it back to what it was.
"""

from dataclasses import replace

from digigov.agency.content import Assessment, OtherVersion, read, written
from digigov.record import Record, now, record

CHANGED = "assessment"  # what listeners of the record are told instead of an item's id
INSERT = "INSERT INTO assessments (agency, content, at) VALUES (?, ?, ?)"
DELETE = "DELETE FROM assessments WHERE agency = ? AND at = ?"


def rounds() -> list[Assessment]:
    """The newest state of every round, oldest round first."""
    newest: dict[str, Assessment] = {}
    for one in _readable()[0]:
        if one.begun not in newest or newest[one.begun].at <= one.at:
            newest[one.begun] = one
    return sorted(newest.values(), key=lambda one: (one.begun, one.agency))


def unreadable() -> int:
    """How many rows a later version of the course wrote, or nobody knows; they stay where they are."""
    return _readable()[1]


def find(begun: str) -> Assessment | None:
    """The newest state of a round, or None."""
    return next((one for one in rounds() if one.begun == begun), None)


def begin(agency: str = "", like: Assessment | None = None) -> Assessment:
    """A new round, empty or starting from another one's marks. It is kept with its first change."""
    moment = now()
    if like is not None:
        return replace(like, begun=moment, at=moment, moves=())
    return Assessment(agency, moment, moment)


def keep(one: Assessment) -> Assessment:
    """Keep a state of a round in the place of the one before; returns it with the time of the change.

    On a full or read-only disk it is kept in memory, and the record's notice says so.
    """
    kept = replace(one, at=now())
    older = [(row.agency, row.at) for row in _readable()[0] if row.begun == one.begun]
    record().change([(INSERT, [(kept.agency, written(kept), kept.at)]), (DELETE, older)])
    record().tell(CHANGED)
    return kept


def rename(begun: str, agency: str) -> None:
    """Give an agency another name: that of the round, and of every round that had the same."""
    one = find(begun)
    if one is None or one.agency == agency:
        return
    for other in rounds():
        if other.begun == begun or (one.agency and other.agency == one.agency):
            keep(replace(other, agency=agency))


def forget(begun: str) -> None:
    """Take a round out of the record."""
    record().change([(DELETE, [(row.agency, row.at) for row in _readable()[0] if row.begun == begun])])
    record().tell(CHANGED)


def _readable() -> tuple[list[Assessment], int]:
    found, strange = [], 0
    kept: Record = record()
    for row in kept.assessments():
        try:
            found.append(read(row.agency, row.content, row.at))
        except (OtherVersion, ValueError):
            strange += 1
    return found, strange
