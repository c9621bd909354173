"""A quiz as a widget: questions without their answers go to the browser, marks come back when one is given."""

import hashlib
import random
from collections.abc import Callable, Iterable
from contextlib import suppress
from html import escape
from typing import Any

import traitlets

from digigov.errors import CourseError
from digigov.face import HERE, Face, front_end
from digigov.language import pick, say
from digigov.page import Page
from digigov.questions.bank import Item
from digigov.questions.marking import Mark, mark, read_number, unit_of
from digigov.record import record
from digigov.record_copy import SURENESS, Answer

CARDS = (HERE / "questions" / "fields.js", HERE / "questions" / "card.js")


class Quiz(Face):
    """Questions as cards. `outcome` gives the result of a lab for a prediction, by the item."""

    _esm = front_end(*CARDS, HERE / "questions" / "quiz.js")
    catalogue = "card"

    title = traitlets.Unicode().tag(sync=True)
    questions = traitlets.List().tag(sync=True)
    marks = traitlets.Dict().tag(sync=True)  # item id -> the mark of the latest answer, once it is given
    hints = traitlets.Dict().tag(sync=True)  # item id -> the hint, once it is asked for
    asks = traitlets.Dict().tag(sync=True)  # item id -> what an incomplete answer lacks
    hinting = traitlets.Bool(True).tag(sync=True)  # whether hints are offered
    closed = traitlets.Bool(False).tag(sync=True)  # no more answers are taken

    def __init__(self, title: str, items: Iterable[Item], outcome: Callable[[Item], float] | None = None) -> None:
        self._items = {item.id: item for item in items}
        self._compared: set[str] = set()  # predictions of which the learner has asked to see the outcome
        self._outcome = outcome
        super().__init__(title=title)
        seed = record().seed()
        self.questions = [public(item, seed) for item in self._items.values()]
        self.marks = self._restored(self._items.values())
        self.notice = record().notice
        record().listen(self._answered)

    # -- what the browser asks for

    def do_answer(self, item: str, given: Any, confidence: Any = None) -> None:
        """Mark an answer and keep it, which shows the verdict; an incomplete one is asked for again.

        `confidence` is how sure the learner says to be, where that is asked; anything but one of SURENESS is nothing.
        """
        found = self._items[item]
        given = decoded(found, given)
        try:
            marked = self._mark(found, given)
            if found.kind in ("number", "predict"):
                given = read_number(given)  # as a number: "1.226" would be another one in the other language
        except CourseError as error:
            self.asks = {**self.asks, item: str(error)}
            return
        self.asks = {name: words for name, words in self.asks.items() if name != item}
        self._keep(found, given, marked, confidence if confidence in SURENESS and found.get("confidence") else None)
        self.notice = record().notice

    def do_hint(self, item: str) -> None:
        self.hints = {**self.hints, item: pick(self._items[item]["hint"])}

    def do_again(self, item: str) -> None:
        """Take the verdict away so that the learner can try again; the earlier try stays in the record."""
        self._compared.discard(item)
        self.marks = {name: told for name, told in self.marks.items() if name != item}

    def do_compare(self, item: str) -> None:
        """Hold a prediction against the outcome: what is foretold is not told before the learner has explored."""
        self._compared.add(item)
        self.marks = {**self.marks, **self._restored([self._items[item]])}

    def page(self) -> Page:
        """The questions without their answers."""
        html, lines = [f"<h3>{escape(self.title)}</h3>"], [self.title]
        for place, item in enumerate(self._items.values(), start=1):
            shown = public(item, "")
            choices = _choices(shown)
            html.append(f"<p><strong>{place}.</strong> {escape(shown['stem'])}</p>")
            html.append(f"<ul>{''.join(f'<li>{escape(choice)}</li>' for choice in choices)}</ul>" if choices else "")
            lines += [f"{place}. [{item.kind}] {shown['stem']}", *(f"   - {choice}" for choice in choices)]
            if item.get("confidence"):
                sure = " / ".join(say(f"card.sure.{level}") for level in ("guess", "fairly", "very"))
                html.append(f"<p>{escape(say('card.sure'))} {escape(sure)}</p>")
                lines.append(f"   {say('card.sure')} {sure}")
        return Page("".join(html) + f"<p><em>{escape(say('card.not_running'))}</em></p>", "\n".join(lines))

    # -- inside

    def _keep(self, item: Item, given: Any, marked: Mark, confidence: int | None) -> None:
        """Keep an answer that is complete; the record tells every quiz that shows its question."""
        record().add(item.id, given, marked.score, confidence)

    def _mark(self, item: Item, given: Any) -> Mark:
        return mark(item, given, self._outcome(item) if self._outcome and item.kind == "predict" else None)

    def _restored(self, items: Iterable[Item]) -> dict[str, dict[str, Any]]:
        """The mark of the latest answer to each item that has one."""
        marks = {}
        for item in items:
            last = record().last(item.id)
            # An answer that no longer fits is no answer: the question has changed since and is open again.
            with suppress(CourseError):
                if last is not None:
                    marked = self._mark(item, last.given)
                    held = item.part == "predict" and item.id not in self._compared
                    marks[item.id] = _held(item, last) if held else told(item, last, marked)
        return marks

    def _answered(self, item: str) -> None:
        """One was answered, here or in another quiz; or ("") the record was emptied or something imported."""
        if item in self._items:
            self.marks = {**self.marks, **self._restored([self._items[item]])}
        elif item == "":
            self.marks = self._restored(self._items.values())


def public(item: Item, seed: str) -> dict[str, Any]:
    """What may be seen before an answer is given: no right answer, no reason, no telling id.

    Parts are shuffled by learner and item.
    """
    shuffle = random.Random(f"{seed}/{item.id}").shuffle

    def shuffled(parts: Iterable[dict[str, str]]) -> list[dict[str, str]]:
        mixed = list(parts)
        shuffle(mixed)
        return mixed

    def named(parts: Iterable[dict[str, Any]], field: str = "text") -> list[dict[str, str]]:
        return [{"id": part["id"], "text": pick(part[field])} for part in parts]

    def veiled(parts: Iterable[dict[str, str]]) -> list[dict[str, str]]:
        named_apart = [{**part, "id": _veil(item, part["id"])} for part in parts]
        return named_apart if item.get("ordered") else shuffled(named_apart)

    shown: dict[str, Any] = {"id": item.id, "kind": item.kind, "stem": pick(item["stem"])}
    if item.get("confidence"):
        shown["confidence"] = True
    if item.get("options"):
        shown["options"] = veiled(named(item["options"]))
    if item.kind in ("number", "predict"):
        shown["unit"] = unit_of(item)
    if item.kind == "predict":
        shown["range"] = item["range"]
    if item.kind == "sort":
        shown["rows"] = shuffled(named(item["rows"]))
        shown["axes"] = [
            {"id": axis["id"], "title": pick(axis["title"]), "categories": named(axis["categories"])}
            for axis in item["axes"]
        ]
    if item.kind == "order":
        shown["steps"] = veiled(named(item["steps"]))
    if item.kind == "match":
        shown["left"] = named(item["pairs"], "left")
        shown["right"] = veiled(named(item["pairs"], "right"))
    return shown


def _veil(item: Item, part: str) -> str:
    """An id that says nothing: authors call right options "right", and a pair has one id for both its sides."""
    return hashlib.blake2s(f"{item.id}/{part}".encode(), digest_size=6).hexdigest()


def decoded(item: Item, given: Any) -> Any:
    """An answer of the browser in the bank's own ids."""
    return _replaced(given, {_veil(item, part): part for part in _veiled_parts(item)})


def encoded(item: Item, given: Any) -> Any:
    """An answer of the record in the browser's ids."""
    return _replaced(given, {part: _veil(item, part) for part in _veiled_parts(item)})


def _veiled_parts(item: Item) -> list[str]:
    return [part["id"] for field in ("options", "steps", "pairs") for part in item.get(field, [])]


def _replaced(given: Any, names: dict[str, str]) -> Any:
    if isinstance(given, dict):
        return {key: _replaced(value, names) for key, value in given.items()}
    if isinstance(given, list):
        return [_replaced(value, names) for value in given]
    return names.get(given, given) if isinstance(given, str) else given


def _choices(shown: dict[str, Any]) -> list[str]:
    """The parts of a question as lines of text."""
    if shown["kind"] == "true_false":
        return [say("card.true"), say("card.false")]
    lines = [part["text"] for part in shown.get("options", shown.get("steps", shown.get("rows", [])))]
    for axis in shown.get("axes", []):
        lines.append(f"{axis['title']}: {' / '.join(category['text'] for category in axis['categories'])}")
    if shown["kind"] == "match":
        lines += [part["text"] for part in shown["left"]] + [f"→ {part['text']}" for part in shown["right"]]
    return lines


def told(item: Item, answer: Answer, marked: Mark) -> dict[str, Any]:
    """A mark as the browser shows it. Options keep the learner's own first."""
    notes = [{"about": note.about, "right": note.right, "words": note.words} for note in marked.notes]
    return {**kept(item, answer, marked.verdict), "right": marked.right, "score": marked.score, "notes": notes}


def kept(item: Item, answer: Answer, verdict: str, held: bool = False) -> dict[str, Any]:
    """An answer as the browser shows it, with no mark but the words `verdict`."""
    shown = {"given": encoded(item, answer.given), "confidence": answer.confidence, "verdict": verdict}
    return {**shown, "right": None, "score": None, "notes": [], "held": held}


def _held(item: Item, answer: Answer) -> dict[str, Any]:
    """A prediction that is kept and not yet compared."""
    return kept(item, answer, say("card.verdict.held", compare=say("card.compare")), held=True)
