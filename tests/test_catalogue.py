"""The message catalogue: the same in both languages, nothing missing and nothing left over."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from digigov import tables
from digigov.board import HAVES
from digigov.claims import GRADES, sources
from digigov.documents import entries
from digigov.labs.catalogue import labs
from digigov.labs.controls import COUNTED
from digigov.language import CATALOGUES, LANGUAGES, catalogue
from digigov.questions.bank import QUESTIONS, everything, notebooks
from digigov.questions.exam import OUTCOMES
from digigov.questions.schedule import WHY
from digigov.timeline import KINDS as TIMELINE_KINDS

PACKAGE = CATALOGUES.parent
PYTHON = [path for path in sorted(PACKAGE.rglob("*.py")) if path.name != "language.py"]
# Which prefix the words of each front end have; `Face.catalogue` hands them over.
FRONT_ENDS = {
    "face.js": "face",
    "questions/card.js": "card",
    "questions/fields.js": "card",
    "completion_panel.js": "completion",
    "labs/lab.js": "lab",
    "labs/listing.js": "lab",
    "board.js": "board",
    "record_panel.js": "record",
    "projector.js": "projector",
    "timeline.js": "timeline",
    "agency/cards.js": "assessment",
    "agency/moves.js": "assessment",
    "agency/form.js": "assessment",
    "percentages_board.js": "percentages",
}
CHECKS = ("python", "packages", "language", "data", "record")
PARTS = ("pretest", "predict", "activity", "check", "apply")
KINDS = ("single", "several", "true_false", "number", "sort", "order", "match", "text", "predict", "opinion")


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def calls_of_say(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say" and node.args:
            yield node


def literal_strings(node: ast.AST) -> Iterator[str]:
    """Strings written out in full in `node`; a formatted string counts only by what stands between its braces."""
    if isinstance(node, ast.JoinedStr):
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from literal_strings(part)
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        yield from literal_strings(child)


def in_python() -> set[str]:
    return {text for path in PYTHON for text in literal_strings(ast.parse(path.read_text(encoding="utf8")))}


def formatted_keys() -> set[str]:
    """Patterns of the keys that code puts together behind a prefix of its own, such as `birth.file.{key}`."""
    patterns = set()
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            first = node.values[0] if isinstance(node, ast.JoinedStr) else None
            if isinstance(first, ast.Constant) and re.match(r"[a-z_]+\.[a-z_.]*", str(first.value)):
                parts = (re.escape(v.value) if isinstance(v, ast.Constant) else ".+" for v in node.values)
                patterns.add("".join(parts))
    return patterns


def in_browser(file: str) -> set[str]:
    return set(re.findall(r'"([^"\n]*)"', (PACKAGE / file).read_text(encoding="utf8")))


def families() -> dict[str, set[str]]:
    """Keys that code puts together at run time, from the data or code that decides which there are."""
    found = {
        "card.ask": {*KINDS},
        "quiz.title": {*PARTS},
        "grade": {*GRADES},
        "read": {source["read"] for source in sources().values()},
        "board.have": {*HAVES},
        "data.type": {*tables._READERS},
        "setup": {
            f"{name}.{way}"
            for name in ("python", "packages", "language", "data", "record")
            for way in ("fine", "wrong")
        },
        "data": {"minimum", "maximum"},
        "timeline.kind": {*TIMELINE_KINDS},
        "timeline": {"begun", "ended"},
        "timeline.from": {"day", "between", "open"},
        "timeline.until": {"day", "between", "open"},
        "timeline.column": {"name", "kind", "span", "grade", "sources"},
        "value": {
            str(value)
            for name in tables.names()
            for field in tables.load(name).resource["schema"]["fields"]
            if field["type"] == "string" and "enum" in field.get("constraints", {}) and not field.get("internal")
            for value in field["constraints"]["enum"]
        },
    }
    found["value"] |= {
        row["qualifier"] for name in tables.names() for row in tables.load(name).rows if "qualifier" in row
    }
    found["value"] -= {"exact"}
    for board in ("definition", "comparison"):
        found[f"board.{board}"] = {"title", "intro", "ticks", "count", "column.first", "column.second"}
    found["card"] = {"true", "false"}
    found |= {family: {"right", "wrong"} for family in ("card.verdict", "card.prediction")}
    found |= {family: {"title", "about"} for family in ("review", "exam")}
    found |= {"outcome": {*OUTCOMES}, "review.why": {*WHY}, "review.part": {*WHY}}
    found["unit"] = {f"{unit}.one" for unit in COUNTED}
    for name, lab in labs().items():
        shown = lab()
        found["unit"] |= {
            control.unit for control in shown.controls if control.kind == "range" and control.unit != "percent"
        }
        listed = set(shown.listing.rows) if shown.listing else set()  # named by their data
        found[f"{name}.control"] = {control.name for control in shown.controls} - listed
        for control in shown.controls:
            if control.kind == "choice":
                found.setdefault(control.words, set()).update(control.options)
        found[f"{name}.preset"] = {preset.name for preset in lab.presets}
        found[name] = {"title", "reading", *(key.removeprefix(f"{name}.") for key, _ in shown.panels)}
        if any(control.kind == "switch" for control in shown.controls):
            found[name].add("switches")
    return found


@pytest.fixture(scope="module")
def keys() -> set[str]:
    return set(catalogue("vi"))


def test_both_languages_have_the_same_keys():
    assert set(catalogue("vi")) == set(catalogue("en"))


def test_no_key_stands_twice_and_none_is_fuzzy_or_untranslated():
    for language in LANGUAGES:
        seen: set[str] = set()
        for path in sorted((CATALOGUES / language).glob("*.po")):
            text = path.read_text(encoding="utf8")
            ids = re.findall(r'^msgid "(.+)"$', text, flags=re.M)
            assert len(ids) == len(set(ids)), path
            assert not seen & set(ids), path
            seen |= set(ids)
            with path.open("rb") as file:
                assert not [message.id for message in read_po(file, locale=language) if message.id and message.fuzzy]
        empty = {key for key, words in catalogue(language).items() if not words.strip()}
        assert empty <= {"unit.none"}, language


def test_both_languages_have_the_same_placeholders():
    vi, en = catalogue("vi"), catalogue("en")
    assert {key for key in vi if placeholders(vi[key]) != placeholders(en[key])} == set()


def test_both_languages_say_it_in_their_own_words():
    vi, en = catalogue("vi"), catalogue("en")
    same = {key for key in vi if vi[key] == en[key] and re.search(r"[a-z]{3}", re.sub(r"\{\w+\}", "", vi[key]))}
    assert same == set()


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: path.name)
def test_every_key_that_python_says_exists_and_gets_its_values(path, keys):
    words = catalogue("vi")
    for call in calls_of_say(path):
        given = {keyword.arg for keyword in call.keywords}
        if isinstance(call.args[0], ast.Constant):
            key = call.args[0].value
            assert key in keys, f"{path.name}:{call.lineno}"
            if None not in given:
                assert placeholders(words[key]) == given, f"{path.name}:{call.lineno} {key}"
        elif isinstance(call.args[0], ast.JoinedStr):
            parts = [re.escape(part.value) if isinstance(part, ast.Constant) else r".+" for part in call.args[0].values]
            assert any(re.fullmatch("".join(parts), key) for key in keys), f"{path.name}:{call.lineno}"


@pytest.mark.parametrize(("file", "prefix"), FRONT_ENDS.items())
def test_every_key_that_a_front_end_says_exists(file, prefix, keys):
    text = (PACKAGE / file).read_text(encoding="utf8")
    said = {
        word for call in re.findall(r"\bsay\(([^()]*)", text) for word in re.findall(r'"([^"]+)"', call.split("{")[0])
    }
    assert said
    assert {f"{prefix}.{word}" for word in said if " " not in word} - keys <= {f"{prefix}.{kind}" for kind in KINDS}


def test_every_key_of_a_family_exists(keys):
    missing = {f"{prefix}.{name}" for prefix, names in families().items() for name in names} - keys
    assert missing == set()


def test_no_key_is_left_over(keys):
    used = in_python()
    used |= {f"{prefix}.{word}" for file, prefix in FRONT_ENDS.items() for word in in_browser(file)}
    used |= {f"{prefix}.{name}" for prefix, names in families().items() for name in names}
    # Put together from a state that only the code of the lab knows.
    patterns = formatted_keys()
    used |= {key for key in keys if any(re.fullmatch(pattern, key) for pattern in patterns)}
    assert keys - used == set()


def test_the_families_above_are_those_of_the_data():
    assert {item.kind for item in everything()} <= {*KINDS}
    assert {item.part for item in everything()} <= {*PARTS}
    assert notebooks() == sorted(path.stem for path in QUESTIONS.glob("*.yaml"))
    assert {entry["grade"] for entry in entries("comparison.yaml", "grade")} <= {*GRADES}
