"""Which laws, classes of service, targets, institutions and platforms Viet Nam had on a given day, 2011-2026.

The first and the last day of an entry may be known only to the month or the year. So each of them is a stretch of days:
between its ends it is not known whether the entry held already, or still.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from digigov.claims import GRADES, sources
from digigov.documents import entries
from digigov.errors import CourseError
from digigov.language import date as shown
from digigov.language import pick, say

FILE = "timeline.yaml"
FIRST, LAST = date(2011, 1, 1), date(2026, 12, 31)
KINDS = ("classes", "target", "institution", "platform", "law")
FIELDS = ("id", "kind", "name", "what", "from", "until", "grade", "sources")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Edge:
    """The first or the last day of an entry: some day from `earliest` to `latest`, both included. None: unknown."""

    earliest: date | None
    latest: date | None

    @property
    def exact(self) -> bool:
        return self.earliest is not None and self.earliest == self.latest


@dataclass(frozen=True)
class Entry:
    """One line of the timeline, words in the learner's language; `note` and `contrast` may be empty."""

    id: str
    kind: str
    name: str
    what: str
    begins: Edge
    ends: Edge
    grade: str
    ends_grade: str
    sources: tuple[str, ...]
    note: str
    contrast: str
    telling: bool

    def holds(self, day: date) -> bool:
        """Whether the entry held on the day, or may have."""
        return (self.begins.earliest or date.min) <= day <= (self.ends.latest or date.max)

    def surely_holds(self, day: date) -> bool:
        """Whether the entry held on the day, however its first and last day are read."""
        return (self.begins.latest or date.min) <= day <= (self.ends.earliest or date.max)

    @property
    def gone(self) -> date | None:
        """The first day on which it surely held no more; None when no last day is known."""
        return self.ends.latest + DAY if self.ends.latest else None


def timeline_entries() -> list[Entry]:
    """All entries in the order of the file.

    Raises CourseError that names file and entry: a field missing, a kind, grade, source or date that does not exist,
    a last day before the first, an id that stands twice.
    """
    known, found = sources(), {}
    for raw in entries(FILE, *FIELDS):
        if raw["id"] in found:
            raise CourseError(say("timeline.wrong.doubled", file=FILE, item=raw["id"]))
        found[raw["id"]] = _entry(raw, known)
    return list(found.values())


def day_of(given: object) -> date:
    """The day of a date, or of a text such as 2022-08-15 or 15/8/2022. Raises CourseError for anything else,
    and for a day outside the timeline."""
    day = _read(given)
    if day is None:
        raise CourseError(say("timeline.no_date", value=given))
    if not FIRST <= day <= LAST:
        raise CourseError(say("timeline.outside", day=shown(day), first=shown(FIRST), last=shown(LAST)))
    return day


def in_force(day: object) -> dict[str, list[Entry]]:
    """The entries that held on the day, or may have, by kind; every kind is there. CourseError as `day_of`."""
    when = day_of(day)
    found = timeline_entries()
    return {kind: [entry for entry in found if entry.kind == kind and entry.holds(when)] for kind in KINDS}


def year_before(day: date) -> date:
    """The same day a year earlier; 28 February for the 29th."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


def changes(day: object) -> tuple[list[Entry], list[Entry]]:
    """What began and what ended in the twelve months up to the day, which counts as the last of them.

    An entry counts as begun on the earliest day on which it may have, and as ended on the first day without it.
    """
    when = day_of(day)
    before, found = year_before(when), timeline_entries()
    begun = [entry for entry in found if entry.begins.earliest and before < entry.begins.earliest <= when]
    ended = [entry for entry in found if entry.gone and before < entry.gone <= when]
    return begun, ended


def _read(given: object) -> date | None:
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    if not isinstance(given, str):
        return None
    parts = given.strip().split("/")[::-1] if "/" in given else given.strip().split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    try:
        return date(*(int(part) for part in parts))
    except (ValueError, OverflowError):
        return None


def _stretch(text: str) -> tuple[date, date]:
    """First and last day of a day, a month, a year, or of a stretch "A/B". Raises ValueError for anything else."""
    first, _, last = text.partition("/")
    if last:
        start, end = _stretch(first)[0], _stretch(last)[1]
        if end < start:
            raise ValueError(text)
        return start, end
    parts = first.split("-")
    if [len(part) for part in parts] != [4, 2, 2][: len(parts)] or not all(part.isdigit() for part in parts):
        raise ValueError(text)
    year, *rest = (int(part) for part in parts)
    if len(rest) == 2:
        return date(year, *rest), date(year, *rest)
    start = date(year, *(rest or [1]), 1)
    month = rest[0] if rest else 12
    after = date(year + month // 12, month % 12 + 1, 1)
    return start, after - DAY


def _entry(raw: Mapping[str, Any], known: Mapping[str, Any]) -> Entry:
    def edge(field: str) -> Edge:
        if raw[field] is None:
            return Edge(None, None)
        try:
            return Edge(*_stretch(str(raw[field])))
        except ValueError:
            raise _wrong("timeline.wrong.date", raw, field=field, value=raw[field]) from None

    until_grade = raw.get("until_grade", raw["grade"])
    for field, value, allowed in (
        ("kind", raw["kind"], KINDS),
        ("grade", raw["grade"], GRADES),
        ("until_grade", until_grade, GRADES),
    ):
        if value not in allowed:
            raise _wrong("timeline.wrong.value", raw, field=field, value=value, allowed=", ".join(allowed))
    if not isinstance(raw["sources"], list) or not raw["sources"]:
        raise _wrong("data.missing_field", raw, field="sources")
    for source in raw["sources"]:
        if source not in known:
            raise _wrong("timeline.wrong.source", raw, source=source)
    begins, ends = edge("from"), edge("until")
    if begins.latest and ends.earliest and ends.earliest < begins.latest:
        raise _wrong("timeline.wrong.order", raw)
    words = {}
    for field in ("name", "what", "note", "contrast"):
        try:
            words[field] = pick(raw.get(field) or "")
        except (KeyError, TypeError):
            raise _wrong("data.missing_field", raw, field=field) from None
    return Entry(
        id=str(raw["id"]),
        kind=raw["kind"],
        begins=begins,
        ends=ends,
        grade=raw["grade"],
        ends_grade=until_grade,
        sources=tuple(raw["sources"]),
        telling=bool(raw.get("telling")) and begins.exact,
        **words,
    )


def _wrong(key: str, raw: Mapping[str, Any], **values: object) -> CourseError:
    return CourseError(say(key, file=FILE, item=raw["id"], **values))
