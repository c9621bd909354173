"""Cleaning two files fault by fault: what each decision does to the rows, and what it throws away.

Two files as they were found: one of an index with rows that are none of its subject, one in which every row stands
twice. A record is a row of either; a decision changes the records its fault touches and no others.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

GTMI, UN = "gtmi", "un"
WORLD_BANK_CODES = {"ADO": "AND", "KSV": "XKX", "ROM": "ROU", "TMP": "TLS", "WBG": "PSE", "ZAR": "COD"}
RENAMED = 2020  # the edition whose column was called otherwise
LAST_DOUBLED = 2018  # the newest edition in the file whose rows stand twice


@dataclass(frozen=True)
class Record:
    """One row: `place` as a spreadsheet counts it, values by column (None = missing), `real` if it is of an economy."""

    file: str
    place: int
    year: int
    code: str
    values: Mapping[str, float | None]
    group: str = ""
    real: bool = True
    marked: bool = False

    @property
    def key(self) -> tuple[int, str]:
        return self.year, self.code


Records = tuple[Record, ...]


@dataclass(frozen=True)
class Fault:
    """One kind of fault: the file, the decisions it allows, the right one, and which records it touches."""

    name: str
    file: str
    decisions: tuple[str, ...]
    right: str
    touches: Callable[[Record], bool]


@dataclass(frozen=True)
class Entry:
    """A line of the log: a fault, what was decided, and how many rows that touched."""

    fault: str
    decision: str
    rows: int


@dataclass(frozen=True)
class Cleaned:
    """What came out of one file, the log, and how many published records are gone or were changed."""

    records: Records
    log: tuple[Entry, ...]
    lost: int


# The order matters for what the log counts: first what is no record at all, then what stands twice.
FAULTS = (
    Fault("tail", GTMI, ("keep", "drop", "missing"), "drop", lambda record: not record.real),
    Fault("codes", GTMI, ("keep", "correct", "drop"), "correct", lambda record: record.code in WORLD_BANK_CODES),
    Fault("renamed", GTMI, ("keep", "mark", "drop"), "mark", lambda record: record.year == RENAMED),
    Fault("duplicates", UN, ("keep", "drop", "drop_both"), "drop", lambda record: True),
    Fault("zeros", UN, ("keep", "missing", "drop"), "keep", lambda record: record.values["egdi"] == 0),
    Fault("above_one", UN, ("keep", "mark", "correct", "missing"), "mark", lambda record: above(record, "hci")),
)
AS_FOUND = {fault.name: "keep" for fault in FAULTS}
RIGHT = {fault.name: fault.right for fault in FAULTS}


def above(record: Record, column: str) -> bool:
    """Whether a value is larger than an index can be."""
    value = record.values[column]
    return value is not None and value > 1


def doubled(records: Iterable[Record]) -> Records:
    """The file of the UN as it was found, from one that is clean: every row twice, one after the other."""
    found = [record for record in records for _ in range(2)]
    return tuple(replace(record, place=place) for place, record in enumerate(found, start=2))


def repeated(records: Sequence[Record]) -> Records:
    """The records whose key stood before."""
    seen: set[tuple[int, str]] = set()
    return tuple(record for record in records if record.key in seen or seen.add(record.key))


def clean(file: str, found: Records, decisions: Mapping[str, str], floor: float = 0.0) -> Cleaned:
    """Apply the decisions on a file, fault by fault; then throw away GTMI scores below `floor` as if they were wrong.

    Raises ValueError with a fault's name for a decision that it does not allow.
    """
    records, log = found, []
    for fault in FAULTS:
        if fault.file == file:
            decision = decisions[fault.name]
            if decision not in fault.decisions:
                raise ValueError(fault.name)
            records, rows = _apply(fault, decision, records)
            log.append(Entry(fault.name, decision, rows))
    if floor > 0 and file == GTMI:
        kept = tuple(record for record in records if not _below(record, floor))
        log.append(Entry("floor", "drop", len(records) - len(kept)))
        records = kept
    return Cleaned(records, tuple(log), lost_records(found, records))


def _below(record: Record, floor: float) -> bool:
    score = record.values["gtmi"]
    return score is not None and score < floor


def _apply(fault: Fault, decision: str, records: Records) -> tuple[Records, int]:
    """The records after one decision, and how many it touched."""
    if fault.name == "duplicates":
        return _without_doubles(decision, records)
    touched = sum(map(fault.touches, records))
    if decision == "keep":
        return records, touched
    if decision == "drop":
        return tuple(record for record in records if not fault.touches(record)), touched
    change = {"correct": _corrected, "missing": _blanked, "mark": _marked}[decision]
    return tuple(change(fault, record) if fault.touches(record) else record for record in records), touched


def _without_doubles(decision: str, records: Records) -> tuple[Records, int]:
    second = {id(record) for record in repeated(records)}
    if decision == "keep":
        return records, len(second)
    if decision == "drop":
        return tuple(record for record in records if id(record) not in second), len(second)
    keys = {record.key for record in records if id(record) in second}
    kept = tuple(record for record in records if record.key not in keys)
    return kept, len(records) - len(kept)


def _corrected(fault: Fault, record: Record) -> Record:
    if fault.name == "codes":
        return replace(record, code=WORLD_BANK_CODES[record.code])
    return replace(record, values={**record.values, "hci": 1.0})


def _blanked(fault: Fault, record: Record) -> Record:
    column = {"tail": "gtmi", "zeros": "egdi", "above_one": "hci"}[fault.name]
    return replace(record, values={**record.values, column: None})


def _marked(_: Fault, record: Record) -> Record:
    return replace(record, marked=True)


def lost_records(found: Records, kept: Records) -> int:
    """How many published records are gone or no longer say what was published. A corrected code loses nothing."""
    iso = WORLD_BANK_CODES.get
    published = {(record.year, iso(record.code, record.code)): record.values for record in found if record.real}
    left = {(record.year, iso(record.code, record.code)): record.values for record in kept if record.real}
    # A record that nothing touched still has the very same values.
    return sum((now := left.get(key)) is not values and now != values for key, values in published.items())


def means(records: Iterable[Record], column: str) -> dict[int, float]:
    """The plain mean of a column in each edition, over what is not missing."""
    by_year: dict[int, list[float]] = {}
    for record in records:
        value = record.values[column]
        if value is not None:
            by_year.setdefault(record.year, []).append(value)
    return {year: sum(values) / len(values) for year, values in by_year.items()}


def codes(records: Iterable[Record]) -> int:
    """How many different codes there are: what a count of countries would give."""
    return len({record.code for record in records})


def share_of_group(records: Iterable[Record], group: str, year: int) -> float | None:
    """The share of a group among the rows of an edition, from 0 to 1."""
    rows = [record for record in records if record.year == year]
    return sum(record.group == group for record in rows) / len(rows) if rows else None


def refused(records: Iterable[Record], limited: Sequence[str]) -> tuple[Record, str, str, int] | None:
    """The first record that a clean table may not hold: the record, its column, what is wrong, and the row it doubles.

    What is wrong: `code` (none of ISO's), `maximum` (a score above 1) or `doubled`. A value above 1 in a marked row has
    been noted and may stay.
    """
    seen: dict[tuple[int, str], int] = {}
    for record in records:
        if record.code in WORLD_BANK_CODES or len(record.code) != 3:
            return record, "code", "code", 0
        if not record.marked:
            for column in limited:
                value = record.values[column]
                if value is not None and value > 1:
                    return record, column, "maximum", 0
        key = (record.year, record.code)
        if key in seen:
            return record, "code", "doubled", seen[key]
        seen[key] = record.place
    return None
