"""The published percentages with their parts: data/percentages.yaml joined to the rows of the tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from digigov import tables
from digigov.documents import read, stamp
from digigov.errors import CourseError
from digigov.language import pick, say
from digigov.models.percentages import Figure
from digigov.paths import DATA

FILE = "percentages.yaml"
WORDS = {"numerator": "numerators", "denominator": "denominators", "yardstick": "yardsticks"}
VALUE = {"province_campaigns": "share_pct"}
DATE = {"province_campaigns": "end", "citizen_use": "year"}
AXES = ("supply", "use", "outcome")


@dataclass(frozen=True)
class Published:
    """A figure and the row of the table it stands in."""

    figure: Figure
    table: str
    row: Mapping[str, Any]

    @property
    def value_column(self) -> str:
        return VALUE.get(self.table, "value_pct")

    @property
    def status(self) -> str:
        """reported, derived or target; a survey's share is reported."""
        return self.row.get("status", "reported")


def published() -> tuple[Published, ...]:
    """Every figure in file order. Raises CourseError naming file and entry for a part or a row that is not there."""
    return _published(stamp(DATA / FILE))


def words_of_part(part: str, value: str) -> str:
    """What a numerator, a denominator or a yardstick is called."""
    return pick(read(DATA / FILE)[WORDS[part]][value])


@cache
def _published(_stamp: int) -> tuple[Published, ...]:  # the stamp makes an edited file be read again
    content = read(DATA / FILE)
    if not isinstance(content, dict):
        raise CourseError(say("data.not_a_list", file=FILE))
    for section in (*WORDS.values(), "unsaid", "figures"):
        if not content.get(section):
            raise CourseError(say("data.missing_field", file=FILE, item=FILE, field=section))
    return tuple(_joined(content, entry) for entry in content["figures"])


def _joined(content: Mapping[str, Any], entry: Mapping[str, Any]) -> Published:
    item = entry.get("row", "?")
    for field in ("table", "row", "axis", *WORDS):
        if field not in entry:
            raise CourseError(say("data.missing_field", file=FILE, item=item, field=field))

    def wrong(field: str) -> CourseError:
        return CourseError(say("bank.wrong_value", file=FILE, item=item, field=field, value=entry[field]))

    for part, section in WORDS.items():
        if entry[part] not in content[section]:
            raise wrong(part)
    if entry["axis"] not in AXES:
        raise wrong("axis")
    if entry["table"] not in tables.names():
        raise wrong("table")
    try:
        row = tables.load(entry["table"]).row(item)
    except (KeyError, StopIteration):
        raise wrong("row") from None
    figure = Figure(
        id=item,
        axis=entry["axis"],
        value=row[VALUE.get(entry["table"], "value_pct")],
        date=str(row[DATE.get(entry["table"], "as_of")]),
        source=row["source"],
        unsaid=frozenset(part for part in WORDS if entry[part] in content["unsaid"]),
        **{part: entry[part] for part in WORDS},
    )
    return Published(figure, entry["table"], row)
