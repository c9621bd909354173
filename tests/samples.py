"""One small item of every kind, sound, for tests that spoil or answer it."""

from copy import deepcopy
from typing import Any

from digigov.questions.bank import Item


def both(words: str) -> dict[str, str]:
    return {"vi": f"{words} (vi)", "en": f"{words} (en)"}


def part(name: str, **fields: Any) -> dict[str, Any]:
    return {"id": name, "text": both(name.upper()), **fields}


def option(name: str, right: bool) -> dict[str, Any]:
    return part(name, right=right, why=both(f"WHY-{name}"))


KINDS: dict[str, dict[str, Any]] = {
    "single": {"options": [option("right", True), option("b", False), option("c", False)]},
    "several": {"options": [option("right", True), option("good", True), option("c", False), option("d", False)]},
    "true_false": {"right": False, "why": {"true": both("WHY-true"), "false": both("WHY-false")}},
    "number": {
        "answer": 43.2,
        "tolerance": 0.1,
        "unit": {"vi": "%", "en": "%"},
        "why": both("WHY"),
        "traps": [{"value": 97.3, "why": both("TRAP")}],
    },
    "sort": {
        "axes": [
            {"id": "change", "title": both("Change"), "categories": [part("channel"), part("model")]},
            {"id": "material", "title": both("Material"), "categories": [part("forms"), part("data")]},
        ],
        "rows": [
            part("one", answer={"change": "channel", "material": "forms"}, why=both("WHY-one")),
            part("two", answer={"change": "model", "material": "data"}, why=both("WHY-two")),
        ],
    },
    "order": {"steps": [part("first"), part("second"), part("third")], "why": both("WHY")},
    "match": {
        "pairs": [
            {"id": name, "left": both(f"L{name}"), "right": both(f"R{name}"), "why": both(f"WHY-{name}")}
            for name in ("a", "b", "c")
        ]
    },
    "text": {
        "accept": {"vi": [["mẫu số", "tổng số"], ["định nghĩa"]], "en": [["denominator", "total"], ["definition"]]},
        "model_answer": {"vi": "Mẫu số và định nghĩa.", "en": "The denominator and the definition."},
        "why": both("WHY"),
    },
    "predict": {
        "topic": both("TOPIC"),
        "lab": "rollout",
        "outcome": "projects_share_10y",
        "unit": {"vi": "%", "en": "%"},
        "range": [0, 100, 1],
        "tolerance": 5,
        "why": both("WHY"),
    },
    "opinion": {
        "options": [part("for", why=both("WHY-for")), part("against", why=both("WHY-no"))],
        "after": both("AFTER"),
    },
}
# Answers that are wholly right and wrong, in the bank's own ids; an opinion has neither.
RIGHT: dict[str, Any] = {
    "single": "right",
    "several": ["right", "good"],
    "true_false": False,
    "number": "43,2",
    "sort": {"one": {"change": "channel", "material": "forms"}, "two": {"change": "model", "material": "data"}},
    "order": ["first", "second", "third"],
    "match": {"a": "a", "b": "b", "c": "c"},
    "text": "Cần biết mẫu số, và định nghĩa nữa",
    "predict": "10",
    "opinion": "for",
}
WRONG: dict[str, Any] = {
    "single": "b",
    "several": ["c", "d"],
    "true_false": True,
    "number": "97,3",
    "sort": {"one": {"change": "model", "material": "data"}, "two": {"change": "channel", "material": "forms"}},
    "order": ["third", "second", "first"],
    "match": {"a": "b", "b": "c", "c": "a"},
    "text": "Không biết",
    "predict": "90",
    "opinion": "against",
}
OUTCOME = 10.0  # what the lab of the predict item is said to give


def fields(kind: str, name: str = "") -> dict[str, Any]:
    """The fields of a sound item, as they stand in a bank file."""
    common = {
        "id": f"01-{name or kind.replace('_', '-')}",
        "kind": kind,
        "part": "check",
        "claims": ["C1"],
        "difficulty": 1,
        "stem": both("STEM"),
        "hint": both("HINT"),
    }
    return {**common, **deepcopy(KINDS[kind])}


def item(kind: str) -> Item:
    return Item("01", fields(kind))
