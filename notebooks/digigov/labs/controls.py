"""What a learner can turn in a lab, and how a value is checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from digigov.errors import CourseError
from digigov.language import number, percent, say

ASSUMED = "assumed"
COUNTED = ("services", "teams", "months", "years", "days")  # units whose word changes after 1


@dataclass(frozen=True)
class Control:
    """One quantity: its limits, step and default, unit (a key under `unit.`), and where the number comes from.

    `stops` lists the values of a control that jumps, such as 10, 30, 100; `front` puts it in view, others wait
    under "assumptions". `scale` is what the model's value is multiplied by for show: 100 for a share in per cent.
    """

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

    def check(self, value: Any, lab: str) -> float:
        """The value as a number. Raises CourseError naming the control, what was given and the limits."""
        label = say(f"{lab}.control.{self.name}")
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

    def spec(self, lab: str) -> dict[str, Any]:
        """What the browser needs to draw it."""
        return {
            "name": self.name,
            "label": say(f"{lab}.control.{self.name}"),
            "unit": "%" if self.unit == "percent" else self._unit(),
            "unit_one": "%" if self.unit == "percent" else self._unit(one=True),
            "minimum": self.minimum,
            "maximum": self.maximum,
            "step": self.step,
            "stops": list(self.stops),
            "scale": self.scale,
            "front": self.front,
            "source": self.source,
        }


@dataclass(frozen=True)
class Preset:
    """Settings with a name (a key under `<lab>.preset.`): those that differ from the defaults."""

    name: str
    values: Mapping[str, float]


def checked(controls: tuple[Control, ...], values: Mapping[str, Any], lab: str) -> dict[str, float]:
    """A full set of values: the given ones checked, the rest default. Raises CourseError for an unknown control."""
    known = {control.name: control for control in controls}
    for name in values:
        if name not in known:
            raise CourseError(say("lab.no_such_control", control=name, controls=", ".join(known)))
    return {
        name: control.check(values[name], lab) if name in values else control.default for name, control in known.items()
    }
