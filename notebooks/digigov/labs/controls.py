"""What a learner can turn in a lab, and how a value is checked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, ClassVar

from digigov.claims import ASSUMED
from digigov.errors import CourseError
from digigov.language import folded, number, percent, say

# Units whose word changes after 1.
COUNTED = ("services", "teams", "months", "years", "days", "minutes", "working_days", "calendar_days", "deviations")


@dataclass(frozen=True)
class Control:
    """One quantity: its limits, step and default, unit (a key under `unit.`), and where the number comes from.

    `stops` lists the values of a control that jumps, such as 10, 30, 100; `front` puts it in view, others wait
    under "assumptions". `scale` is what the model's value is multiplied by for show: 100 for a share in per cent.
    """

    kind: ClassVar[str] = "range"

    name: str
    default: float
    minimum: float
    maximum: float
    step: float
    unit: str
    front: bool = False
    stops: tuple[float, ...] = ()
    source: str = ASSUMED
    scale: float = 1.0

    def check(self, value: Any, label: str) -> float:
        """The value as a number. Raises CourseError naming the control, what was given and the limits."""
        if isinstance(value, bool) or not isinstance(value, int | float) or value != value:
            raise CourseError(say("lab.not_a_number", control=label, value=str(value)[:30]))
        if not self.minimum <= value <= self.maximum:
            limits = {"low": self.show(self.minimum), "high": self.show(self.maximum)}
            # Above 1e300 a whole number may be no float any more.
            shown = number(value * self.scale) if abs(value) < 1e300 else str(value)[:30]
            raise CourseError(say("lab.out_of_range", control=label, value=shown, **limits))
        return float(value)

    def show(self, value: float) -> str:
        """The value with its unit, the language's way."""
        shown = round(value * self.scale, 6)
        if self.unit == "percent":
            return percent(shown)
        unit = self._unit(one=shown == 1)
        return f"{number(shown)}{'' if unit.startswith('%') else ' '}{unit}".strip()

    def _unit(self, one: bool = False) -> str:
        """The unit's words; English says "1 month"."""
        return say(f"unit.{self.unit}.one" if one and self.unit in COUNTED else f"unit.{self.unit}")

    def spec(self) -> dict[str, Any]:
        """What the browser needs to draw it."""
        return {
            "unit": "%" if self.unit == "percent" else self._unit(),
            "unit_one": "%" if self.unit == "percent" else self._unit(one=True),
            "minimum": self.minimum,
            "maximum": self.maximum,
            "step": self.step,
            "stops": list(self.stops),
            "scale": self.scale,
        }


@dataclass(frozen=True)
class Switch:
    """Something that is on or off. All switches of a lab stand together."""

    kind: ClassVar[str] = "switch"

    name: str
    default: bool = False
    front: bool = True
    source: str = ASSUMED

    def check(self, value: Any, label: str) -> bool:
        """The value as true or false; 1 and 0 are understood. Raises CourseError for anything else."""
        if not isinstance(value, int | float) or value not in (0, 1):
            raise CourseError(say("lab.not_a_switch", control=label, value=str(value)[:30]))
        return bool(value)

    def show(self, value: bool) -> str:
        return say("lab.on" if value else "lab.off")

    def spec(self) -> dict[str, Any]:
        return {}


@dataclass(frozen=True)
class Choice:
    """One of several options; the words of an option stand under `<words>.<option>`."""

    kind: ClassVar[str] = "choice"

    name: str
    default: str
    options: tuple[str, ...]
    words: str
    front: bool = True
    source: str = ASSUMED

    def check(self, value: Any, label: str) -> str:
        """The value, if it is one of the options. Raises CourseError naming them otherwise."""
        if value not in self.options:
            options = ", ".join(self.options)
            raise CourseError(say("lab.not_an_option", control=label, value=str(value)[:30], options=options))
        return value

    def show(self, value: str) -> str:
        return say(f"{self.words}.{value}")

    def spec(self) -> dict[str, Any]:
        return {"options": [[option, self.show(option)] for option in self.options]}


@dataclass(frozen=True)
class Search:
    """One of many entries, typed by name and suggested while typing, such as a country.

    `entries` gives by key the name that is shown and the other names by which an entry is known. The value is a key.
    """

    kind: ClassVar[str] = "search"

    name: str
    default: str
    entries: Callable[[], Mapping[str, Sequence[str]]]
    front: bool = True
    source: str = ASSUMED

    def check(self, value: Any, label: str) -> str:
        """The key of what was named, in any letter case and without diacritics if need be.

        Raises CourseError with the nearest names when nothing has that name.
        """
        entries = self.entries()
        if isinstance(value, str):
            if value in entries:
                return value
            others = {folded(name): key for key, names in entries.items() for name in names[1:]}
            keys = (  # names go before keys in another case: "Nga" is Russia, NGA is Nigeria
                {folded(key): key for key in entries}
                | others
                | {folded(names[0]): key for key, names in entries.items()}
            )
            asked = folded(value)
            if asked in keys:
                return keys[asked]
            near = dict.fromkeys(keys[name] for name in get_close_matches(asked, keys, n=6, cutoff=0.6))
            if near:
                names = ", ".join(entries[key][0] for key in list(near)[:3])
                raise CourseError(say("lab.not_found_near", control=label, value=value[:30], near=names))
        raise CourseError(say("lab.not_found", control=label, value=str(value)[:30]))

    def show(self, value: str) -> str:
        return self.entries()[value][0]

    def spec(self) -> dict[str, Any]:
        return {"options": [[key, *names] for key, names in self.entries().items()]}


AnyControl = Control | Switch | Choice | Search


@dataclass(frozen=True)
class Preset:
    """Settings with a name (a key under `<lab>.preset.`): those that differ from the defaults.

    Without values the lab computes them from the settings of the moment (`Lab.preset`).
    """

    name: str
    values: Mapping[str, Any] | None


@dataclass(frozen=True)
class Column:
    """One fact about each row of a listing. `label` is shown as it is; numbers are written the language's way."""

    label: str
    values: Sequence[float | str]  # one a row
    digits: int = 0


@dataclass(frozen=True)
class Listing:
    """Choices that stand as the rows of one table, to be sorted and filtered, instead of one below the other.

    `rows` are names of `Choice` controls; `filters` the places of the columns of words by which rows can be picked;
    `largest_first` the place of the column of numbers by which they stand at first. `notes` may say for a row what
    stands behind each of its options, such as its price.
    """

    rows: Sequence[str]
    columns: Sequence[Column]
    filters: Sequence[int] = ()
    largest_first: int = 0
    notes: Mapping[str, Mapping[str, str]] | None = None
