"""The frame of every lab: the same places for question, controls, picture and words.

A lab describes itself by subclassing `Lab`; `LabView` is the one widget that shows any of them.
"""

import os
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from typing import Any, ClassVar

import traitlets

from digigov.claims import credit
from digigov.errors import CourseError
from digigov.face import HERE, Face, front_end
from digigov.figures import Panel
from digigov.labs.controls import ASSUMED, Control, Preset, checked
from digigov.language import say
from digigov.page import Page, table
from digigov.questions.bank import find
from digigov.questions.marking import mark, read_number
from digigov.record import record


@dataclass(frozen=True)
class Measure:
    """One line of the table below the figure: a name, both governments' values as shown, and what was predicted.

    `outcome` is the number a prediction is held against, if the measure has one.
    """

    name: str
    egov: str
    digital: str
    outcome: float | None = None


class Lab(ABC):
    """One comparison. `name` is also the prefix of its words; results come from a model, never from here."""

    name: ClassVar[str]
    controls: ClassVar[tuple[Control, ...]]
    presets: ClassVar[tuple[Preset, ...]]
    predictions: ClassVar[tuple[str, ...]] = ()  # ids of the bank's predict items that ask about this lab
    sources: ClassVar[tuple[str, ...]] = ()

    @property
    @abstractmethod
    def panels(self) -> Sequence[tuple[str, Panel]]:
        """Panels in reading order, each with the key of the words that describe it to who cannot see it."""

    @abstractmethod
    def run(self, values: Mapping[str, float]) -> Any:
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

    @abstractmethod
    def outcomes(self, result: Any) -> dict[str, float]:
        """What can be predicted, by id, in the unit of the question."""

    def defaults(self) -> dict[str, float]:
        return {control.name: control.default for control in self.controls}


class LabView(Face):
    """The widget: any lab, drawn with native controls, answering each change with the new marks and words."""

    _esm = front_end(HERE / "labs" / "lab.js")
    catalogue = "lab"

    spec = traitlets.Dict().tag(sync=True)
    panels = traitlets.List().tag(sync=True)
    frame = traitlets.Dict().tag(sync=True)

    def __init__(self, lab: Lab, values: Mapping[str, Any] | None = None) -> None:
        self.lab = lab
        self._uncovered = not lab.predictions
        self._refused = ""  # why the values of the call could not be used
        super().__init__()
        try:
            self.values = checked(lab.controls, values or {}, lab.name)
            result = lab.run(self.values)
        except CourseError as error:
            self.notice = self._refused = str(error)
            self.values = lab.defaults()
            result = lab.run(self.values)
        self._at_start = dict(self.values)
        lab.draw(result, {})
        self.panels = [panel.svg() for _, panel in lab.panels]
        self.spec = self._spec()
        self._show(result)
        record().listen(self._answered)

    # -- what the browser asks for

    def do_set(self, values: Mapping[str, Any], turn: int = 0) -> None:
        """Take new values; `turn` comes back with the frame, so that the browser knows which change it shows."""
        try:
            merged = checked(self.lab.controls, {**self.values, **values}, self.lab.name)
            result = self.lab.run(merged)
        except CourseError:
            self.frame = {**self.frame, "turn": turn}
            raise
        self.values, self.notice = merged, ""
        self._show(result, turn)

    def do_uncover(self) -> None:
        """Show the figure although nothing was predicted."""
        self._uncovered = True
        self._show(self.lab.run(self.values))

    def do_csv(self) -> None:
        """Send the table as CSV, for a spreadsheet."""
        self.send({"csv": self.csv(), "file": f"{self.lab.name}.csv"})

    # -- the same from Python

    def set(self, **values: Any) -> None:
        """Turn controls from code; a value without meaning is told in the lab and changes nothing."""
        self._hear(self, {"do": "set", "values": values}, [])

    def csv(self) -> str:
        """Settings and measures, semicolon-separated where the decimal mark is a comma, with a byte order mark."""
        separator = say("lab.csv_separator")
        result = self.lab.run(self.values)
        rows = [[say(f"{self.lab.name}.control.{c.name}"), c.show(self.values[c.name])] for c in self.lab.controls]
        rows += [self._head(), *([m.name, m.egov, m.digital] for m in self.lab.measures(result))]
        quoted = (separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
        return "\ufeff" + "\r\n".join(quoted) + "\r\n"

    def page(self) -> Page:
        """The lab as it was called, in words and, when pages are made, in pictures."""
        lab, values = self.lab, self._at_start
        result = lab.run(values)
        lab.draw(result, {})
        pictures = "".join(
            f'<img alt="{escape(say(key))}" src="{panel.png() if os.environ.get("DIGIGOV_PICTURES") else ""}">'
            for key, panel in lab.panels
        )
        lab.draw(lab.run(self.values), self._guesses())
        title, sentence = say(f"{lab.name}.title"), lab.sentence(result)
        settings = table([say("lab.control"), say("lab.value"), say("lab.source")], self._settings(values))
        measures = table(self._head(), [[escape(m.name), m.egov, m.digital] for m in lab.measures(result)])
        refused = f'<p role="alert"><strong>{escape(self._refused)}</strong></p>' if self._refused else ""
        html = (
            f"<h3>{escape(title)}</h3>{refused}<p><em>{escape(say('lab.not_running'))}</em></p>"
            f'<p>{escape(sentence)}</p><div class="dg-pictures">{pictures}</div>{measures.html}'
            f"<details><summary>{escape(say('lab.assumptions'))}</summary>{settings.html}</details>"
        )
        return Page(html, "\n\n".join(filter(None, [title, self._refused, settings.text, sentence, measures.text])))

    # -- inside

    def _show(self, result: Any, turn: int = 0) -> None:
        guesses = self._guesses()
        self.lab.draw(result, guesses)
        self.frame = {
            "turn": turn,
            "values": self.values,
            "marks": [panel.marks() for _, panel in self.lab.panels],
            "sentence": self.lab.sentence(result),
            "rows": [[m.name, m.egov, m.digital] for m in self.lab.measures(result)],
            "verdicts": self._verdicts(guesses),
            "covered": not (self._uncovered or guesses),
            "code": self._code(),
        }

    def _guesses(self) -> dict[str, float]:
        found = {}
        for item_id in self.lab.predictions:
            answer = record().last(item_id)
            with suppress(CourseError):  # what is no number, as an imported record may hold, is no prediction
                if answer is not None:
                    found[find(item_id)["outcome"]] = read_number(answer.given)
        return found

    def _verdicts(self, guesses: Mapping[str, float]) -> list[list[str]]:
        """For each prediction: guess against outcome at the default settings, and why."""
        if not guesses:
            return []
        outcomes = self.lab.outcomes(self.lab.run(self.lab.defaults()))
        verdicts = []
        for item in map(find, self.lab.predictions):
            if item["outcome"] in guesses:
                marked = mark(item, guesses[item["outcome"]], outcomes[item["outcome"]])
                verdicts.append([marked.verdict, marked.notes[0].about, marked.notes[0].words])
        return verdicts

    def _answered(self, item_id: str) -> None:
        if item_id in ("", *self.lab.predictions):
            self._show(self.lab.run(self.values))

    def _spec(self) -> dict[str, Any]:
        lab = self.lab
        return {
            "name": lab.name,
            "title": say(f"{lab.name}.title"),
            "reading": say(f"{lab.name}.reading"),
            "controls": [control.spec(lab.name) for control in lab.controls],
            "sources": [row[2] for row in self._settings(lab.defaults())],
            "presets": [
                {"label": say(f"{lab.name}.preset.{preset.name}"), "values": {**lab.defaults(), **preset.values}}
                for preset in lab.presets
            ],
            "defaults": lab.defaults(),
            "alts": [say(key) for key, _ in lab.panels],
            "head": self._head(),
            "credit": credit(lab.sources).html if lab.sources else "",
        }

    def _settings(self, values: Mapping[str, float]) -> list[list[str]]:
        rows = []
        for control in self.lab.controls:
            value, label = values[control.name], escape(say(f"{self.lab.name}.control.{control.name}"))
            # A source stands behind the default only.
            sourced = control.source != ASSUMED and value == control.default
            source = credit([control.source]).html if sourced else say("lab.assumed")
            rows.append([label, control.show(value), source])
        return rows

    def _head(self) -> list[str]:
        return [say("lab.measure"), say("lab.egov"), say("lab.digital")]

    def _code(self) -> str:
        changed = {c.name: self.values[c.name] for c in self.lab.controls if self.values[c.name] != c.default}
        written = (f"{name}={value!r}".removesuffix(".0") for name, value in changed.items())
        return f"{self.lab.name}({', '.join(written)})"
