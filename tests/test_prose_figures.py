"""Every figure in the notebooks' prose agrees with the table, the model or the part of the course it comes from."""

import json
import re
from collections import Counter
from functools import cache
from math import ceil
from pathlib import Path
from typing import Any

import pytest
import yaml

import notebook_checks as checks
from digigov import tables
from digigov.claims import claims
from digigov.documents import entries
from digigov.labs.catalogue import lab_class
from digigov.labs.rollout import Result
from digigov.language import LANGUAGES, number, percent
from digigov.models.rollout import platform_share, projects_share
from digigov.paths import NOTEBOOKS
from digigov.questions.bank import find, items

FIGURES = yaml.safe_load(Path(__file__).with_name("figures.yaml").read_text(encoding="utf8"))
WORDS = FIGURES.pop("words")
TIED = [
    (notebook, cell, entry)
    for notebook, by_cell in FIGURES.items()
    for cell, found in by_cell.items()
    for entry in found
]
# Numbers with a decimal mark or a thousands mark, and percentages: these do not stand in a text by accident.
TELLING = {
    "vi": re.compile(r"(?<![\d.,/])(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?%?|\d+,\d+%?|\d+%)(?!\d)"),
    "en": re.compile(r"(?<![\d.,/])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|\d+\.\d+%?|\d+%)(?!\d)"),
}


@cache
def prose(code: str, notebook: str) -> dict[str, str]:
    """The words of each markdown cell, without addresses and code."""
    (path,) = (NOTEBOOKS / code).glob(f"{notebook}-*.ipynb")
    return {
        cell["id"]: re.sub(r"\]\([^)]*\)|`[^`]*`", "", checks.source(cell))
        for cell in checks.cells(json.loads(path.read_text(encoding="utf8")), "markdown")
    }


# -- what a reference says


@cache
def lab_at(name: str, preset: str = "article", **values: Any) -> Any:
    """The result of any lab at a preset, with other values where they are named."""
    lab = lab_class(name)()
    chosen = next(one.values for one in lab.presets if one.name == preset)
    return lab.run({**lab.defaults(), **chosen, **values})


def at(preset: str = "article", **values: float) -> Result:
    """The rollout lab's result, as lab_at gives it."""
    return lab_at("rollout", preset, **values)


def modelled(expression: str) -> Any:
    names = {
        "at": at,
        "lab": lab_at,
        "ceil": ceil,
        "projects": lambda result, months: 100 * float(projects_share(result.plan, months)),
        "platform": lambda result, months: 100 * float(platform_share(result.plan, months)),
    }
    return eval(expression, {"__builtins__": {"round": round, "float": float}}, names)


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


def from_table(reference: str) -> str:
    name, row, column = reference.split(":")
    table = tables.load(name)
    found = table.row(row)
    field = next(field for field in table.resource["schema"]["fields"] if field["name"] == column)
    in_percent = field.get("unit") == "percent" or (column == "value" and found.get("unit") == "percent")
    return percent(found[column]) if in_percent else number(found[column])


def forms(value: int, code: str) -> list[str]:
    """A whole number in digits and, up to twenty, in words."""
    return [number(value), *WORDS[code][value : value + 1]]


def printed(entry: Any, code: str) -> list[str]:
    """The ways in which a figure may stand in a text of this language; one of them has to."""
    if isinstance(entry, str):
        shown = from_table(entry)
        return forms(int(shown), code) if shown.isdigit() else [shown]
    if "count" in entry:
        return [entry[code].replace("{}", form) for form in forms(counted(entry["count"]), code)]
    if "plain" in entry:
        return [entry["plain"]]
    value = modelled(entry["model"])
    if "holds" in entry:
        assert value is True, entry
        return [entry["holds"]]
    return [percent(value, entry["percent"]) if "percent" in entry else number(value, entry["number"])]


def stands(form: str, text: str) -> bool:
    return re.search(rf"(?<![\w.,]){re.escape(form)}(?![\w%]|[.,]\d)", text, flags=re.IGNORECASE) is not None


# -- both ways


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("notebook", "cell", "entry"), TIED, ids=[f"{n}-{c}-{e}" for n, c, e in TIED])
def test_a_figure_is_printed_as_its_source_gives_it(notebook, cell, entry, code, language):
    language(code)
    expected = printed(entry, code)
    assert any(stands(form, prose(code, notebook)[cell]) for form in expected), expected


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("notebook", sorted(path.name[:2] for path in (NOTEBOOKS / "vi").glob("*.ipynb")))
def test_no_figure_stands_in_the_prose_without_a_source(notebook, code, language):
    language(code)
    for cell, text in prose(code, notebook).items():
        known = [form for entry in FIGURES.get(notebook, {}).get(cell, []) for form in printed(entry, code)]
        told = set(TELLING[code].findall(text))
        assert told <= set(known), f"{cell}: {sorted(told - set(known))}"


def test_figures_without_a_source_say_why():
    assert all(len(entry["because"]) >= 8 for *_, entry in TIED if isinstance(entry, dict) and "plain" in entry)


@pytest.mark.parametrize(
    ("code", "text", "found"),
    [
        ("vi", "tăng 43,2%, còn 1.226 dịch vụ (15/6/2021) và 4 lần; 2.565,5 tỷ. C10", ["43,2%", "1.226", "2.565,5"]),
        ("en", "43.2%, of 1,226 services by 15 June 2021; 100%.", ["43.2%", "1,226", "100%"]),
        ("en", "In 2018, 2019 and 2020 the answer is 4.", []),
    ],
)
def test_figures_are_found_in_a_text(code, text, found):
    assert TELLING[code].findall(text) == found


def test_a_figure_is_found_only_as_a_whole():
    assert stands("96%", "là 96%.")
    assert not stands("6%", "là 96%") and not stands("97", "97,3%") and not stands("4", "4,85%")
