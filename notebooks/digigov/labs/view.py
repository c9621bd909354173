"""The one widget that shows any lab: the same places for question, controls, picture and words."""

import os
from collections.abc import Mapping
from contextlib import suppress
from html import escape
from typing import Any

import traitlets

from digigov.claims import ASSUMED, credit
from digigov.errors import CourseError
from digigov.face import HERE, Face, front_end
from digigov.labs.controls import AnyControl, Listing
from digigov.labs.frame import Lab
from digigov.language import number, say
from digigov.page import Page, table
from digigov.provenance import used_rows
from digigov.questions.bank import find
from digigov.questions.marking import mark, read_number
from digigov.record import record


class LabView(Face):
    """The widget: any lab, drawn with native controls, answering each change with the new marks and words."""

    _esm = front_end(*(HERE / "labs" / file for file in ("inputs.js", "listing.js", "lab.js")))
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
            self.values = lab.checked(values or {})
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
            merged = self.lab.checked(values, self.values)
            result = self.lab.run(merged)
        except CourseError:
            self.frame = {**self.frame, "turn": turn}
            raise
        self.values, self.notice = merged, ""
        self._show(result, turn)

    def do_preset(self, name: str, turn: int = 0) -> None:
        """Take the values of a preset that must be computed first."""
        try:
            values = self.lab.preset(name, self.values)
        except CourseError:
            self.frame = {**self.frame, "turn": turn}
            raise
        self.do_set(values, turn)

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
        rows = [[self.lab.label(control), control.show(self.values[control.name])] for control in self.lab.controls]
        rows += [self._head(), *([measure.name, *measure.cells] for measure in self.lab.measures(result))]
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
        measures = table(self._head(), [[escape(m.name), *m.cells] for m in lab.measures(result)])
        used = self._used(result)
        rows = f"<details><summary>{escape(say('lab.used'))}</summary>{used.html}</details>" if used.html else ""
        refused = f'<p role="alert"><strong>{escape(self._refused)}</strong></p>' if self._refused else ""
        html = (
            f"<h3>{escape(title)}</h3>{refused}<p><em>{escape(say('lab.not_running'))}</em></p>"
            f'<p>{escape(sentence)}</p><div class="dg-pictures">{pictures}</div>{measures.html}{rows}'
            f"<details><summary>{escape(say('lab.assumptions'))}</summary>{settings.html}</details>"
        )
        texts = title, self._refused, settings.text, sentence, measures.text, used.text
        return Page(html, "\n\n".join(filter(None, texts)))

    # -- inside

    def _used(self, result: Any) -> Page:
        """The rows of evidence, and what else the numbers come from."""
        rows, note = used_rows(self.lab.used(result)), self.lab.used_note(result)
        return rows + Page(f"<p>{escape(note)}</p>", note) if note else rows

    def _show(self, result: Any, turn: int = 0) -> None:
        guesses = self._guesses()
        self.lab.draw(result, guesses)
        self.frame = {
            "turn": turn,
            "values": self.values,
            "marks": [panel.marks() for _, panel in self.lab.panels],
            "sentence": self.lab.sentence(result),
            "brief": self.lab.brief(result),
            "rows": [[measure.name, *measure.cells] for measure in self.lab.measures(result)],
            "verdicts": self._verdicts(guesses),
            "covered": not (self._uncovered or guesses),
            "code": self._code(),
            "used": self._used(result).html,
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
            "switches": say(f"{lab.name}.switches") if any(c.kind == "switch" for c in lab.controls) else "",
            "controls": [self._control(control) for control in lab.controls],
            "listing": self._listing(lab.listing) if lab.listing else None,
            "sources": [row[2] for row in self._settings(lab.defaults())],
            "presets": [
                {
                    "name": preset.name,
                    "label": say(f"{lab.name}.preset.{preset.name}"),
                    "values": None if preset.values is None else {**lab.defaults(), **preset.values},
                }
                for preset in lab.presets
            ],
            "defaults": lab.defaults(),
            "wide": [panel.wide for _, panel in lab.panels],
            "alts": [say(key) for key, _ in lab.panels],
            "head": self._head(),
            "credit": credit(lab.sources).html if lab.sources else "",
            "credits": len(lab.sources),
        }

    def _control(self, control: AnyControl) -> dict[str, Any]:
        about = {"name": control.name, "kind": control.kind, "front": control.front, "source": control.source}
        return {**about, "label": self.lab.label(control), **control.spec()}

    def _listing(self, listing: Listing) -> dict[str, Any]:
        """Columns with the values to sort by and the words to show, each row's options with what stands behind them."""
        return {
            "rows": list(listing.rows),
            "notes": dict(listing.notes or {}),
            "filters": list(listing.filters),
            "largest_first": listing.largest_first,
            "columns": [
                {
                    "label": column.label,
                    "values": list(column.values),
                    "shown": [v if isinstance(v, str) else number(v, column.digits) for v in column.values],
                }
                for column in listing.columns
            ],
        }

    def _settings(self, values: Mapping[str, Any]) -> list[list[str]]:
        rows = []
        for control in self.lab.controls:
            value, label = values[control.name], escape(self.lab.label(control))
            # A source stands behind the default only.
            sourced = control.source != ASSUMED and value == control.default
            source = credit([control.source]).html if sourced else say("lab.assumed")
            rows.append([label, control.show(value), source])
        return rows

    def _head(self) -> list[str]:
        return [say("lab.measure"), *map(say, self.lab.head)]

    def _code(self) -> str:
        changed = {c.name: self.values[c.name] for c in self.lab.controls if self.values[c.name] != c.default}
        written = (f"{name}={value!r}".removesuffix(".0") for name, value in changed.items())
        return f"{self.lab.name}({', '.join(written)})"
