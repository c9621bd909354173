"""Marking: an item and an answer give a score, a verdict and the reasons. No widgets here."""

import re
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations
from math import isfinite
from typing import Any

from digigov.errors import CourseError
from digigov.language import current, number, pick, say
from digigov.questions.bank import Item

# Minus signs and blanks that a keyboard or a spreadsheet may give.
_SAME_SIGN = str.maketrans({"−": "-", "–": "-", "\u00a0": " ", "\u202f": " "})


@dataclass(frozen=True)
class Note:
    """One reason: what it is about, whether that was right (None: neither), and why."""

    about: str
    right: bool | None
    words: str


@dataclass(frozen=True)
class Mark:
    """Score from 0 to 1 (None where there is no verdict) and the reasons, the learner's own first."""

    score: float | None
    notes: tuple[Note, ...]
    verdicts: str = "card.verdict"  # family of the words for it: a prediction is near or off, not right or wrong

    @property
    def right(self) -> bool | None:
        return None if self.score is None else self.score >= 1

    @property
    def verdict(self) -> str:
        """The verdict in words, since colour alone says nothing."""
        if self.score is None:
            return say("card.verdict.kept")
        if self.score >= 1:
            return say(f"{self.verdicts}.right")
        if self.score <= 0:
            return say(f"{self.verdicts}.wrong")
        return say("card.verdict.partly", share=number(round(100 * self.score)))


def mark(item: Item, answer: Any, outcome: float | None = None) -> Mark:
    """Mark `answer`, whatever JSON it is; `outcome` is the lab's own result, for a prediction.

    Raises CourseError with what is missing when the answer is not complete or not of the item's kind.
    """
    if answer is None or answer == [] or answer == {} or (isinstance(answer, str) and not answer.strip()):
        raise _ask(item)
    if item.kind == "predict":
        return _prediction(item, answer, outcome)
    return _MARKERS[item.kind](item, answer)


def read_number(text: Any) -> float:
    """A number as the learner's language writes it; the decimal mark of the other language is understood too.

    A mark followed by exactly three digits separates thousands where the language writes them so: 1.226 is
    one thousand and more in Vietnamese, a little over one in English. Raises CourseError when it is not a number.
    """
    if isinstance(text, int | float) and not isinstance(text, bool):
        with suppress(OverflowError):
            if isfinite(text):
                return float(text)
        raise CourseError(say("card.not_a_number", text=str(text)[:30]))
    written = str(text).translate(_SAME_SIGN)
    compact = "".join(written.split()).removesuffix("%")
    own, other = (".", ",") if current() == "vi" else (",", ".")
    # Thousands the learner's way, thousands the other way where nothing else is possible, no thousands at all.
    for form, thousands in (
        (rf"[1-9]\d{{0,2}}(\{own}\d{{3}})+(\{other}\d+)?", own),
        (rf"[1-9]\d{{0,2}}(\{other}\d{{3}}){{2,}}|[1-9]\d{{0,2}}(\{other}\d{{3}})+\{own}\d+", other),
        (r"\d+([.,]\d*)?|[.,]\d+", ""),
    ):
        if len(compact) <= 40 and re.fullmatch(f"[+-]?({form})", compact, re.ASCII):
            return float(compact.replace(thousands, "").replace(",", "."))
    raise CourseError(say("card.not_a_number", text=str(text)[:30]))


def _single(item: Item, answer: Any) -> Mark:
    chosen = _option(item, answer)
    rest = [option for option in item["options"] if option is not chosen]
    notes = [Note(pick(option["text"]), option["right"], pick(option["why"])) for option in [chosen, *rest]]
    return Mark(1.0 if chosen["right"] else 0.0, tuple(notes))


def _several(item: Item, answer: Any) -> Mark:
    if not isinstance(answer, list):
        raise _ask(item)
    chosen = {_option(item, name)["id"] for name in answer}
    agree = [(option["id"] in chosen) == option["right"] for option in item["options"]]
    order = sorted(item["options"], key=lambda option: option["id"] not in chosen)
    notes = [Note(pick(option["text"]), option["right"], pick(option["why"])) for option in order]
    return Mark(sum(agree) / len(agree), tuple(notes))


def _true_false(item: Item, answer: Any) -> Mark:
    if not isinstance(answer, bool):
        raise _ask(item)
    side = "true" if answer else "false"
    note = Note(say(f"card.{side}"), answer == item["right"], pick(item["why"][side]))
    return Mark(float(answer == item["right"]), (note,))


def _number(item: Item, answer: Any) -> Mark:
    value = read_number(answer)
    # Half a unit in the last place of floating point must not decide over an answer at the edge.
    right = abs(value - item["answer"]) <= item["tolerance"] * (1 + 1e-9) + 1e-12
    about = quantity(value, item)
    trap = next((trap for trap in item.get("traps", []) if abs(value - trap["value"]) <= item["tolerance"]), None)
    notes = [Note(about, False, pick(trap["why"]))] if trap and not right else []
    notes.append(Note(about if right else quantity(item["answer"], item), True, pick(item["why"])))
    return Mark(float(right), tuple(notes))


def _sort(item: Item, answer: Any) -> Mark:
    notes, hits, asked = [], 0, 0
    for row in item["rows"]:
        given = _part(answer, row["id"])
        agree, told = [], []
        for axis in item["axes"]:
            texts = {category["id"]: pick(category["text"]) for category in axis["categories"]}
            chosen = _part(given, axis["id"])
            if not isinstance(chosen, str) or chosen not in texts:
                raise _ask(item)
            right = row["answer"][axis["id"]]
            agree.append(chosen == right)
            key = "card.sorted.right" if chosen == right else "card.sorted.wrong"
            told.append(say(key, right=texts[right], chosen=texts[chosen]))
        hits, asked = hits + sum(agree), asked + len(agree)
        sign = all(agree) if any(agree) == all(agree) else None  # partly right: each axis says its own
        notes.append(Note(pick(row["text"]), sign, f"{' '.join(told)} {pick(row['why'])}"))
    return Mark(hits / asked, tuple(sorted(notes, key=lambda note: note.right is True)))


def _order(item: Item, answer: Any) -> Mark:
    right = [step["id"] for step in item["steps"]]
    given = [str(name) for name in answer] if isinstance(answer, list) else []
    if sorted(given) != sorted(right):
        raise _ask(item)
    place = {name: at for at, name in enumerate(given)}
    pairs = [place[first] < place[second] for first, second in combinations(right, 2)]
    words = " → ".join(pick(step["text"]) for step in item["steps"])
    return Mark(sum(pairs) / len(pairs), (Note(words, True, pick(item["why"])),))


def _match(item: Item, answer: Any) -> Mark:
    known = [pair["id"] for pair in item["pairs"]]
    notes = []
    for pair in item["pairs"]:
        given = _part(answer, pair["id"])
        if given not in known:
            raise _ask(item)
        notes.append(Note(f"{pick(pair['left'])} → {pick(pair['right'])}", given == pair["id"], pick(pair["why"])))
    score = sum(note.right is True for note in notes) / len(notes)
    return Mark(score, tuple(sorted(notes, key=lambda note: note.right is True)))


def _text(item: Item, answer: Any) -> Mark:
    if not isinstance(answer, str):
        raise _ask(item)
    words = f" {_plain(answer)}"
    # In either language: a learner who answers in the other one, or changes over later, is not wrong for it.
    score = max(
        sum(any(f" {_plain(keyword)}" in words for keyword in group) for group in groups) / len(groups)
        for groups in item["accept"].values()
    )
    note = Note(say("card.model_answer", answer=pick(item["model_answer"])), None, pick(item["why"]))
    return Mark(score, (note,))


def _opinion(item: Item, answer: Any) -> Mark:
    notes = []
    if item.get("options"):
        chosen = _option(item, answer)
        order = [chosen, *(option for option in item["options"] if option is not chosen)]
        notes = [Note(pick(option["text"]), None, pick(option["why"])) for option in order]
    elif not isinstance(answer, str):
        raise _ask(item)
    return Mark(None, (*notes, Note(say("card.both_sides"), None, pick(item["after"]))))


def _prediction(item: Item, answer: Any, outcome: float | None) -> Mark:
    value = read_number(answer)
    if outcome is None:
        return Mark(None, (Note(quantity(value, item), None, say("card.prediction_kept")),))
    near = abs(value - outcome) <= item["tolerance"]
    about = say("card.prediction_against", guess=quantity(value, item), outcome=quantity(round(outcome, 2), item))
    return Mark(float(near), (Note(about, None, pick(item["why"])),), "card.prediction")


def _option(item: Item, name: Any) -> dict[str, Any]:
    for option in item["options"]:
        if option["id"] == name:
            return option
    raise _ask(item)


def _part(answer: Any, name: str) -> Any:
    """What was answered for one part, or None."""
    return answer.get(name) if isinstance(answer, dict) else None


def _ask(item: Item) -> CourseError:
    return CourseError(say(f"card.ask.{item.kind}"))


def quantity(value: float, item: Item) -> str:
    """A number with the item's unit, as the learner's language writes it."""
    words = number(value)
    unit = pick(item["unit"])
    if "{}" in unit:  # a rank's word stands before its number
        return unit.replace("{}", words)
    return words + unit if unit == "%" else f"{words} {unit}".strip()


def unit_of(item: Item) -> str:
    """The unit alone, as it stands beside an empty field."""
    return pick(item["unit"]).replace("{}", "").strip()


def _plain(text: str) -> str:
    """Words in lower case without diacritics (a keyboard without Vietnamese is no obstacle), a space between two."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join(re.findall(r"\w+", "".join(sign for sign in decomposed if not unicodedata.combining(sign))))


_MARKERS: dict[str, Callable[[Item, Any], Mark]] = {
    "single": _single,
    "several": _several,
    "true_false": _true_false,
    "number": _number,
    "sort": _sort,
    "order": _order,
    "match": _match,
    "text": _text,
    "opinion": _opinion,
}
