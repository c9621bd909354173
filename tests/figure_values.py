"""What the ties in `data/figures` come to: expressions computed, figures as a text prints them."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from math import ceil
from typing import Any

import numpy as np

import notebook_checks as checks
from digigov import tables
from digigov.claims import claims
from digigov.documents import entries
from digigov.figure_ties import cell, formatted, shown
from digigov.labs.catalogue import lab_class
from digigov.labs.rollout import Result
from digigov.language import number
from digigov.models.rollout import platform_share, projects_share
from digigov.paths import NOTEBOOKS
from digigov.questions.bank import find, items

# Numbers with a decimal mark or a thousands mark, and percentages: these do not stand in a text by accident.
TELLING = {
    "vi": re.compile(r"(?<![\d.,/])(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?%?|\d+,\d+%?|\d+%)(?!\d)"),
    "en": re.compile(r"(?<![\d.,/])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|\d+\.\d+%?|\d+%)(?!\d)"),
}
# Whole numbers as they are written out, from nought to twenty.
WORDS = {
    "vi": [
        *("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"),
        *(f"mười {one}" for one in ("một", "hai", "ba", "bốn", "lăm", "sáu", "bảy", "tám", "chín")),
        "hai mươi",
    ],
    "en": [
        *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
        *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        "twenty",
    ],
}


@cache
def prose(code: str, notebook: str) -> dict[str, str]:
    """The words of each markdown cell, without addresses and code."""
    (path,) = (NOTEBOOKS / code).glob(f"{notebook}-*.ipynb")
    return {
        cell["id"]: re.sub(r"\]\([^)]*\)|`[^`]*`", "", checks.source(cell))
        for cell in checks.cells(json.loads(path.read_text(encoding="utf8")), "markdown")
    }


# -- dates

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DATES = {
    "vi": re.compile(r"(?<![\d/.])(?:([1-9]|[12]\d|3[01])/)?([1-9]|1[0-2])/((?:19|20)\d\d)(?!\d)"),
    "en": re.compile(rf"(?:\b(\d{{1,2}}) )?\b({'|'.join(_MONTHS)})[a-z]* ((?:19|20)\d\d)\b"),
}
_YEAR = re.compile(r"(?<![\d/.,])((?:19|20)\d\d)(?![.,/]?\d)")


def dates(text: str, code: str) -> set[tuple[int, int, int]]:
    """Days (day, month, year), months (0, month, year) and years (0, 0, year) that a text names."""
    found = set()

    def note(match: re.Match[str]) -> str:
        day, month, year = match.groups()
        number = int(month) if code == "vi" else _MONTHS.index(month) + 1
        found.add((int(day or 0), number, int(year)))
        return " "

    text = re.sub(r"\b(quý) [1-4]/", r"\1 ", text, flags=re.IGNORECASE)  # a quarter is no month
    rest = DATES[code].sub(note, text)
    rest = re.sub(r"\b(20)(\d\d)[-–](\d\d)\b", r"\1\2 \1\3", rest)  # 2019-20
    return found | {(0, 0, int(year)) for year in _YEAR.findall(rest)}


# -- expressions


@cache
def lab_at(name: str, preset: str = "article", **values: Any) -> Any:
    """The result of any lab at a preset, with other values where they are named."""
    lab = lab_class(name)()
    chosen = next(one.values for one in lab.presets if one.name == preset)
    return lab.run({**lab.defaults(), **chosen, **values})


def at(preset: str = "article", **values: float) -> Result:
    """The rollout lab's result, as lab_at gives it."""
    return lab_at("rollout", preset, **values)


class _Models:
    """`models.indices` is the module digigov/models/indices.py."""

    def __getattr__(self, name: str) -> Any:
        return import_module(f"digigov.models.{name}")


NAMES = {
    "at": at,
    "lab": lab_at,
    "projects": lambda result, months: 100 * float(projects_share(result.plan, months)),
    "platform": lambda result, months: 100 * float(platform_share(result.plan, months)),
    "cell": lambda reference: cell(reference).value,
    "rows": lambda name: tables.load(name).rows,
    "models": _Models(),
    "np": np,
    "ceil": ceil,
}
BUILTINS = {
    one.__name__: one
    for one in (round, float, int, abs, sum, min, max, len, sorted, list, dict, zip, range, set, tuple, bool, any, all)
}


@cache
def modelled(expression: str) -> Any:
    return eval(expression, {"__builtins__": BUILTINS, **NAMES})


def counted(what: str) -> int:
    name, *rest = what.split(":")
    if name == "claims":
        return len(claims())
    if name == "rows":
        return len(find(rest[0])["rows"])
    if name == "definition":
        return len([entry for entry in entries("definition.yaml", "haves") if entry["haves"] or not rest])
    if name == "comparison":
        return len([entry for entry in entries("comparison.yaml", "grade") if not rest or entry["grade"] == rest[0]])
    kinds = Counter(item.kind for item in items(*rest[:2]))
    return {
        "": kinds.total(),
        "kinds": len(kinds),
        "opinion": kinds["opinion"],
        "answered": kinds.total() - kinds["opinion"],
    }[rest[2] if len(rest) > 2 else ""]


# -- as a text prints them


def forms(value: int, code: str) -> list[str]:
    """A whole number in digits and, up to twenty, in words."""
    return [number(value), *WORDS[code][value : value + 1]]


def printed(entry: Any, code: str) -> list[str]:
    """The ways in which a figure may stand in a text of this language; one of them has to."""
    if "count" in entry:
        return [entry[code].replace("{}", form) for form in forms(counted(entry["count"]), code)]
    if "holds" in entry:
        true = modelled(entry["model"])
        assert isinstance(true, bool | np.bool_) and true, entry
    if "model" in entry and "holds" not in entry:
        return [formatted(entry, float(modelled(entry["model"])))]
    form = shown(entry, {})
    assert form is not None, entry
    return forms(int(form), code) if "cell" in entry and form.isdigit() else [form]


def stands(form: str, text: str) -> bool:
    """Whether `form` is in the text as a whole number or phrase."""
    return re.search(rf"(?<![\w.,]){re.escape(form)}(?![\w%]|[.,]\d)", text, flags=re.IGNORECASE) is not None


# -- bilingual data


def bilingual_texts(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Every text of a file of the course that stands in both languages, with the path to it."""
    if isinstance(value, dict):
        if set(value) == {"vi", "en"} and all(isinstance(side, str) for side in value.values()):
            yield path, value
        else:
            for name, part in value.items():
                yield from bilingual_texts(part, f"{path}.{name}")
    elif isinstance(value, list):
        for place, part in enumerate(value):
            label = part.get("id", place) if isinstance(part, dict) else place
            yield from bilingual_texts(part, f"{path}.{label}")


def telling(text: str, code: str) -> Counter[str]:
    """The telling numbers of a text, written the English way, with how often each stands there."""
    swap = str.maketrans(",.", ".,") if code == "vi" else {}
    return Counter(found.translate(swap) for found in TELLING[code].findall(text))
