"""The evidence: tables against their schema, claims against sources, both languages everywhere."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from frictionless import validate

from digigov import documents, tables
from digigov.claim_pages import all_claims
from digigov.claims import GRADES, SHAPES, claims, credit, source_list, table_page
from digigov.claims import sources as all_sources
from digigov.course import index
from digigov.errors import CourseError
from digigov.figure_ties import every_notebook, ties
from digigov.labs.controls import ASSUMED
from digigov.paths import DATA, INDEX, NOTEBOOKS
from digigov.questions.bank import everything

YAML_FILES = [*sorted(DATA.glob("*.yaml")), *sorted(DATA.glob("questions/*.yaml")), INDEX]
# Sources that wait for a notebook, and for what.
AWAITED = {
    "decree-63-2024-death": "linking the procedures after a death; its part on time limits was not read",
    "household-business-volume": "how often a household business is started, for a lab that asks for yearly cases",
    "licences-2024": "how often a driving licence is renewed, for the table of procedures",
}
READ = {"seen", "seen-two", "seen-secondary", "derived"}
REGISTRIES = re.compile(
    r"pypi|pythonhosted|anaconda|conda-forge|npmjs|yarnpkg|crates\.io|rubygems|proxy\.golang|maven|nuget|debian\.org"
)
VIETNAMESE = re.compile("[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]", re.IGNORECASE)

Language = Callable[[str], None]


def content(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf8"))


def bilingual(node: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping that has a side in a language, with the path to it."""
    if isinstance(node, dict):
        if node.keys() & {"vi", "en"}:
            yield place, node
        for key, value in node.items():
            yield from bilingual(value, f"{place}.{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from bilingual(value, f"{place}.{value.get('id', number) if isinstance(value, dict) else number}")


# -- tables


@pytest.mark.parametrize("name", tables.names())
def test_a_table_loads_and_can_be_shown_in_both_languages(name: str, language: Language) -> None:
    assert tables.load(name).rows
    for code, other_mark in (("vi", r"\."), ("en", ",")):
        language(code)
        page = table_page(name)
        assert page.text.startswith(tables.load(name).title)
        assert not re.search(r"\b(None|True|False|nan)\b|value\.|_vi|_en", page.text)
        assert not re.search(rf"\d{other_mark}\d\d?%", page.text)


def test_the_data_package_is_valid_for_another_reader() -> None:
    report = validate(str(DATA / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])


FAULTS = {
    "text in a number": ("value", "nhiều", "type-error"),
    "a number that is none": ("value", "nan", None),
    "a number with a separator of Python's": ("value", "43_000", None),
    "below the minimum": ("value", "-1", "constraint-error"),
    "an empty cell": ("indicator_vi", "", "constraint-error"),
    "a value that is not listed": ("qualifier", "almost", "constraint-error"),
    "a date in another form": ("as_of", "6/2023", "constraint-error"),
    "a key that stands twice": ("id", "xroad-requests-2003-01", "unique-error"),
}


def planted(folder: Path, change: Callable[[list[list[str]]], None]) -> Path:
    """A data package of one table with a fault in it."""
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf8"))
    package["resources"] = [one for one in package["resources"] if one["name"] == "platform_evidence"]
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf8")
    rows = list(csv.reader((DATA / "platform_evidence.csv").read_text(encoding="utf8").splitlines()))
    change(rows)
    with (folder / "platform_evidence.csv").open("w", encoding="utf8", newline="") as file:
        csv.writer(file).writerows(rows)
    return folder


def told(folder: Path, language: Language) -> list[str]:
    """What our reader says of the planted table, in Vietnamese and in English."""
    sentences = []
    for code in ("vi", "en"):
        language(code)
        with pytest.raises(CourseError) as error:
            tables.load("platform_evidence", folder)
        sentences.append(str(error.value))
    return sentences


def found_by_frictionless(folder: Path) -> list[list[Any]]:
    return validate(str(folder / "datapackage.json")).flatten(["rowNumber", "fieldName", "type"])


def test_an_unharmed_copy_is_read_by_both(tmp_path: Path) -> None:
    planted(tmp_path, lambda rows: None)
    assert tables.load("platform_evidence", tmp_path).rows == tables.load("platform_evidence").rows
    assert found_by_frictionless(tmp_path) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_told_with_file_row_and_column(fault: str, tmp_path: Path, language: Language) -> None:
    column, value, kind = FAULTS[fault]

    def change(rows: list[list[str]]) -> None:
        rows[3][rows[0].index(column)] = value  # the fourth line of the file

    vi, en = told(planted(tmp_path, change), language)
    assert vi.startswith("Tệp platform_evidence.csv, dòng 4, cột “" + column)
    assert en.startswith(f"File platform_evidence.csv, row 4, column “{column}")
    if kind:  # to the other reader what Python's Decimal takes is a number
        assert [4, column, kind] in found_by_frictionless(tmp_path)


def test_a_missing_column_is_told_by_both_readers(tmp_path: Path, language: Language) -> None:
    def drop_last(rows: list[list[str]]) -> None:
        for row in rows:
            row.pop()

    for sentence in told(planted(tmp_path, drop_last), language):
        assert "platform_evidence.csv" in sentence and "source" in sentence
    assert [None, "source", "missing-label"] in found_by_frictionless(tmp_path)


def test_a_row_of_another_width_is_told_by_both_readers(tmp_path: Path, language: Language) -> None:
    vi, en = told(planted(tmp_path, lambda rows: rows[2].append("?")), language)
    assert "dòng 3" in vi and "row 3" in en
    assert [3, "extra-cell"] in [[row, kind] for row, _, kind in found_by_frictionless(tmp_path)]


@pytest.mark.parametrize(
    ("name", "text"),
    [("platform_evidence.csv", b"\xff\xfe\x00"), ("datapackage.json", b"{"), ("platform_evidence.csv", None)],
)
def test_a_broken_or_missing_file_is_named(name: str, text: bytes | None, tmp_path: Path, language: Language) -> None:
    path = planted(tmp_path, lambda rows: None) / name
    path.unlink() if text is None else path.write_bytes(text)
    assert all(name in sentence for sentence in told(tmp_path, language))


def test_limits_of_dates_are_kept_too(language: Language) -> None:
    schema = {"fields": [{"name": "day", "type": "date", "constraints": {"minimum": "2021-01-01"}}]}
    assert tables._checked("t.csv", schema, [["day"], ["2021-01-01"]]) == ({"day": date(2021, 1, 1)},)
    with pytest.raises(CourseError, match=r"t\.csv, dòng 2, cột “day”"):
        tables._checked("t.csv", schema, [["day"], ["2020-12-31"]])


def test_rows_of_one_series_share_their_denominator() -> None:
    kinds: dict[str, set[tuple[str, ...]]] = {}
    for row in tables.load("online_services").rows:
        kinds.setdefault(row["series"], set()).add((row["denominator_vi"], row["measures"], row["level"]))
    assert all(len(found) == 1 for found in kinds.values()), kinds


@pytest.mark.parametrize("name", tables.names())
def test_a_table_credits_the_sources_of_its_rows(name: str) -> None:
    table = tables.load(name)
    assert [source["id"] for source in table.resource["sources"]] == list(
        dict.fromkeys(row["source"] for row in table.rows)
    )
    assert table.resource["licenses"][0]["name"]
    for row in table.rows:
        if "status" in row:
            assert (row["status"] == "derived") == (all_sources()[row["source"]]["read"] == "derived"), row["id"]


# -- sources and claims


def used_sources() -> set[str]:
    used = {row["source"] for name in tables.names() for row in tables.load(name).rows} - {ASSUMED}
    for name in ("claims", "definition", "comparison", "timeline"):
        used |= {source for entry in content(DATA / f"{name}.yaml") for source in entry["sources"]}
    used |= {source for item in everything() for source in item.get("sources") or []}
    used |= {source for entry in index() for source in entry.get("sources", [])}
    used |= figure_sources()
    code = (NOTEBOOKS / "digigov" / "labs").glob("*.py")
    words = {word for path in code for word in re.findall(r'"([a-z0-9-]+)\\?"', path.read_text(encoding="utf8"))}
    return used | (words & all_sources().keys())


def figure_sources() -> set[str]:
    """Sources at which figures of texts and questions were read."""
    entries = [
        entry
        for notebook in every_notebook()
        for part in ("prose", "questions")
        for found in ties(notebook, part).values()
        for entry in found
    ]
    return {entry["source"] for entry in entries if "source" in entry}


def test_every_source_that_is_named_is_listed() -> None:
    assert used_sources() <= all_sources().keys()


def test_every_source_that_is_listed_is_used() -> None:
    assert all_sources().keys() - used_sources() == AWAITED.keys()
    assert all(len(reason.split()) >= 5 for reason in AWAITED.values())


def test_a_source_is_listed_once_and_says_how_it_was_read() -> None:
    text = (DATA / "sources.yaml").read_text(encoding="utf8")
    ids = re.findall(r"^([\w-]+):", text, re.MULTILINE)
    assert len(ids) == len(set(ids)) and set(ids) == all_sources().keys()
    for name, source in all_sources().items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
        assert source["title"] and source["publisher"] and source["read"] in READ, name
        assert re.fullmatch(r"(\d{4}(-\d{2}){0,2}(/\d{4}(-\d{2}){0,2})?)?", source["published"]), name
        assert source.get("url") or source.get("note"), f"{name}: neither an address nor a word on where it was read"
        assert source["read"] != "derived" or re.search(r"\d", source["note"]["en"]), f"{name}: show the sum"


def test_no_address_is_that_of_a_package_registry() -> None:
    for path in [*YAML_FILES, *DATA.glob("*.csv"), DATA / "datapackage.json"]:
        for url in re.findall(r"https?://[^\s\"'<>)\]}]+", path.read_text(encoding="utf8")):
            assert not REGISTRIES.search(urlsplit(url).netloc), f"{path.name}: {url}"


def test_all_twelve_claims_are_graded_and_taught() -> None:
    assert [claim["id"] for claim in claims()] == [f"C{number}" for number in range(1, 13)]
    index = {entry["id"]: entry["claims"] for entry in content(INDEX)}
    for claim in claims():
        assert claim["grade"] in GRADES and claim["sources"] and isinstance(claim["checked"], date)
        # 15 reviews them all.
        assert claim["taught"] == [name for name, taught in index.items() if claim["id"] in taught and name != "15"]
    assert set(SHAPES) == set(GRADES) and len(set(SHAPES.values())) == len(GRADES)


def test_definition_and_comparison_point_at_what_exists() -> None:
    notebooks = {entry["id"] for entry in content(INDEX)}
    definition, comparison = content(DATA / "definition.yaml"), content(DATA / "comparison.yaml")
    assert len({entry["id"] for entry in definition}) == len(definition) == 10
    assert {have for entry in definition for have in entry["haves"]} == {"H1", "H2", "H3", "H4"}
    assert {entry["notebook"] for entry in definition} <= notebooks
    assert len({entry["id"] for entry in comparison}) == len(comparison) == 11
    known = {claim["id"] for claim in claims()}
    assert all(entry["grade"] in GRADES and set(entry["claims"]) <= known for entry in comparison)


def test_cards_of_claims_and_sources_can_be_shown_in_both_languages(language: Language) -> None:
    for code, checked in (("vi", r"2[34]/11/2026"), ("en", r"2[34] November 2026")):
        language(code)
        text = all_claims().text + source_list(all_sources()).text + credit(all_sources()).text
        assert len(re.findall(checked, text)) >= 12
        assert not re.search(r"\bNone\b|[{}]", text)


def test_an_unknown_claim_or_source_is_named_in_a_sentence(language: Language) -> None:
    for code in ("vi", "en"):
        language(code)
        for ask in (lambda: claims(["C99"]), lambda: source_list(["C99"]), lambda: credit(["C99"])):
            with pytest.raises(CourseError, match="C99"):
                ask()


def test_a_claim_with_a_grade_that_does_not_exist_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (DATA / "claims.yaml").read_text(encoding="utf8").replace("grade: confirmed", "grade: proven", 1)
    (tmp_path / "claims.yaml").write_text(text, encoding="utf8")
    monkeypatch.setattr(documents, "DATA", tmp_path)
    with pytest.raises(CourseError, match=r"claims\.yaml.*C1.*grade"):
        claims()


@pytest.mark.parametrize("path", YAML_FILES, ids=lambda path: path.name)
def test_every_text_stands_in_both_languages(path: Path) -> None:
    for place, text in bilingual(content(path)):
        assert text.keys() == {"vi", "en"} and text["vi"] and text["en"], f"{path.name}: {place}"
        if isinstance(text["vi"], str) and len(text["vi"].split()) >= 8:
            assert VIETNAMESE.search(text["vi"]), f"{path.name}: {place} is not Vietnamese"
