"""What every lab says of itself: controls, a model's run, a picture, words. `labs/view.py` shows any of them."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from digigov.errors import CourseError
from digigov.figures import Panel
from digigov.labs.controls import AnyControl, Listing, Preset
from digigov.language import say
from digigov.provenance import Used

Values = dict[str, Any]  # a lab's settings by control: numbers, true or false, options


@dataclass(frozen=True)
class Measure:
    """One line of the table below the figure: a name, and a shown value for each column of the lab's `head`."""

    name: str
    cells: tuple[str, ...]


class Lab(ABC):
    """One comparison. `name` is also the prefix of its words; results come from a model, never from here."""

    name: ClassVar[str]
    controls: ClassVar[tuple[AnyControl, ...]]
    presets: ClassVar[tuple[Preset, ...]]
    head: ClassVar[tuple[str, ...]] = ("lab.egov", "lab.digital")  # keys of the columns of results
    predictions: ClassVar[tuple[str, ...]] = ()  # ids of the bank's predict items that ask about this lab
    sources: ClassVar[tuple[str, ...]] = ()

    @property
    @abstractmethod
    def panels(self) -> Sequence[tuple[str, Panel]]:
        """Panels in reading order, each with the key of the words that describe it to who cannot see it."""

    @abstractmethod
    def run(self, values: Mapping[str, Any]) -> Any:
        """The model's result at these values. Raises CourseError or ValueError for values without meaning."""

    @abstractmethod
    def draw(self, result: Any, guesses: Mapping[str, float]) -> None:
        """Move the artists to the result; `guesses` are predictions by outcome."""

    @abstractmethod
    def measures(self, result: Any) -> list[Measure]:
        """The table below the figure."""

    @abstractmethod
    def sentence(self, result: Any) -> str:
        """In words what the figure shows."""

    def brief(self, result: Any) -> str:
        """The result in one line above a listing, whose rows leave no room for the picture beside them."""
        return ""

    @abstractmethod
    def outcomes(self, result: Any) -> dict[str, float]:
        """What can be predicted, by id, in the unit of the question."""

    def used(self, result: Any) -> Sequence[Used]:
        """The rows of evidence behind the result, a dozen at most, to follow each number to its source."""
        return ()

    def used_note(self, result: Any) -> str:
        """What else the numbers come from, where they are made of more rows than `used` shows."""
        return ""

    @property
    def listing(self) -> Listing | None:
        """The choices that are shown as one table, if the lab has many."""
        return None

    def preset(self, name: str, values: Mapping[str, Any]) -> Values:
        """Settings of a preset that is computed from the settings of the moment. CourseError if it cannot be."""
        raise NotImplementedError(name)

    def label(self, control: AnyControl) -> str:
        """What the learner knows a control as."""
        return say(f"{self.name}.control.{control.name}")

    def defaults(self) -> Values:
        return {control.name: control.default for control in self.controls}

    def checked(self, values: Mapping[str, Any], base: Mapping[str, Any] | None = None) -> Values:
        """A full set of values: the given ones checked, the rest from `base` or default.

        Raises CourseError for an unknown control and for a value without meaning.
        """
        known = {control.name: control for control in self.controls}
        for name in values:
            if name not in known:
                raise CourseError(say("lab.no_such_control", control=name, controls=", ".join(known)))
        given = {name: known[name].check(value, self.label(known[name])) for name, value in values.items()}
        return self.defaults() | dict(base or {}) | given
