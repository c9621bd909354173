"""Checks of the tables go red: each with a fault planted in a copy, told in one sentence in both languages."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from digigov import course, data_checks
from digigov.data_checks import check_tables
from digigov.errors import CourseError
from digigov.paths import DATA

Language = Callable[[str], None]


def copied(folder: Path) -> Path:
    """All tables in a folder of their own."""
    shutil.copy(DATA / "datapackage.json", folder)
    for resource in json.loads((DATA / "datapackage.json").read_text(encoding="utf8"))["resources"]:
        shutil.copy(DATA / resource["path"], folder)
    return folder


def edited(folder: Path, file: str, change: Callable[[list[list[str]]], object]) -> Path:
    with (DATA / file).open(encoding="utf8", newline="") as source:
        lines = list(csv.reader(source))
    change(lines)
    with (copied(folder) / file).open("w", encoding="utf8", newline="") as target:
        csv.writer(target).writerows(lines)
    return folder


def cell(lines: list[list[str]], start: tuple[str, ...], column: str, value: str) -> None:
    """Put a value into the row that begins with `start`."""
    next(line for line in lines if tuple(line[: len(start)]) == start)[lines[0].index(column)] = value


def row_of(file: str, start: tuple[str, ...]) -> int:
    with (DATA / file).open(encoding="utf8", newline="") as source:
        return next(number for number, line in enumerate(csv.reader(source), 1) if tuple(line[: len(start)]) == start)


def sentences(folder: Path, language: Language) -> list[str]:
    told = []
    for code in ("vi", "en"):
        language(code)
        with pytest.raises(CourseError) as error:
            check_tables(folder)
        told.append(str(error.value))
    return told


def test_the_tables_as_they_are_and_an_unharmed_copy_pass(tmp_path: Path) -> None:
    check_tables()
    check_tables(copied(tmp_path))


# file, row, column that is changed, value, column that is named
FAULTS = {
    "a part": ("egdi.csv", ("2024", "VNM"), "osi", "0.75", "egdi"),
    "a part in a year with other weights": ("egdi.csv", ("2010", "VNM"), "osi", "0.32", "egdi"),
    "a score of 0 after 2012": ("egdi.csv", ("2024", "VNM"), "egdi", "0", "egdi"),
    "a rank": ("egdi.csv", ("2024", "VNM"), "rank", "72", "rank"),
    "no rank": ("egdi.csv", ("2024", "VNM"), "rank", "", "rank"),
    "a country that does not exist": ("egdi.csv", ("2024", "VNM"), "iso3", "VNN", "iso3"),
    "a country of another table": ("egdi.csv", ("2024", "VNM"), "iso3", "HKG", "iso3"),
    "a code of the World Bank's": ("gtmi.csv", ("2020", "ROU"), "iso3", "ROM", "iso3"),
    "a country in a group": ("country_groups.csv", ("eu", "EST"), "iso3", "ETS", "iso3"),
    "a part of maturity": ("gtmi.csv", ("2025", "VNM"), "dcei", "0.4950", "gtmi"),
    "a group": ("gtmi.csv", ("2025", "VNM"), "group", "A", "group"),
    "a dimension": ("oecd_dgi.csv", ("KOR",), "proactive", "0.9", "dgi"),
    "a row of another edition": ("egdi.csv", ("2024", "VNM"), "source", "un-survey-2022", "source"),
    "a row of another update": ("gtmi.csv", ("2025", "VNM"), "source", "gtmi-2022", "source"),
    "a source that nobody knows": ("dti.csv", ("dti-2024-viet-nam",), "source", "dti-2042", "source"),
    "a share above 100%": ("platform_evidence.csv", ("xroad-people-2019",), "value", "101", "value"),
    "a total that is no sum": ("papi_parts.csv", ("papi-total-2024",), "value", "3.45", "value"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_told_with_file_row_and_column(fault: str, tmp_path: Path, language: Language) -> None:
    file, start, column, value, named = FAULTS[fault]
    vi, en = sentences(edited(tmp_path, file, lambda lines: cell(lines, start, column, value)), language)
    number = row_of(file, start)
    assert vi.startswith(f"Tệp {file}, dòng {number}, cột “{named}”: ") and vi.endswith(".")
    assert en.startswith(f"File {file}, row {number}, column “{named}”: ") and en.endswith(".")
    assert "{" not in vi + en


def test_a_missing_row_is_told(tmp_path: Path, language: Language) -> None:
    def without(lines: list[list[str]]) -> None:
        lines.remove(next(line for line in lines if line[:2] == ["2012", "VNM"]))

    vi, en = sentences(edited(tmp_path, "egdi.csv", without), language)
    number = row_of("egdi.csv", ("2012",))
    assert vi.startswith(f"Tệp egdi.csv, dòng {number}, cột “iso3”: kỳ 2012") and "“VNM”" in vi
    assert en.startswith(f"File egdi.csv, row {number}, column “iso3”: edition 2012") and "“VNM”" in en


def test_editions_that_changed_places_are_told(tmp_path: Path, language: Language) -> None:
    def exchange(lines: list[list[str]]) -> None:
        for line in lines:
            line[0] = {"2022": "2024", "2024": "2022"}.get(line[0], line[0])

    vi, en = sentences(edited(tmp_path, "egdi.csv", exchange), language)
    number = row_of("egdi.csv", ("2022",))
    assert vi.startswith(f"Tệp egdi.csv, dòng {number}, cột “source”: ") and "un-survey-2024" in vi
    assert en.startswith(f"File egdi.csv, row {number}, column “source”: ") and "un-survey-2024" in en


@pytest.mark.parametrize("file", ["egdi.csv", "gtmi.csv", "countries.csv", "dti.csv"])
def test_a_table_with_nothing_but_its_header_is_told(file: str, tmp_path: Path, language: Language) -> None:
    def empty(lines: list[list[str]]) -> None:
        del lines[1:]

    vi, en = sentences(edited(tmp_path, file, empty), language)
    assert vi.startswith(f"Tệp {file}, dòng 2: ") and en.startswith(f"File {file}, row 2: ")


def test_what_is_excused_would_be_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(data_checks, "MISFITS", set())
        with pytest.raises(CourseError, match=rf"dòng {row_of('egdi.csv', ('2008', 'CMR'))}, cột “egdi”"):
            check_tables()
    monkeypatch.setattr(data_checks, "LAST_ZERO", 2010)
    with pytest.raises(CourseError, match=rf"dòng {row_of('egdi.csv', ('2012', 'CAF'))}, cột “egdi”"):
        check_tables()


def test_the_set_up_check_runs_these_checks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = edited(tmp_path, "gtmi.csv", lambda lines: cell(lines, ("2025", "VNM"), "group", "A"))
    monkeypatch.setattr(course, "check_tables", lambda: check_tables(folder))
    assert "gtmi.csv" in course._broken()


# -- bad input


def header(lines: list[list[str]], change: Callable[[list[str]], None]) -> None:
    for line in lines:
        change(line)


def set_first(lines: list[list[str]], column: str, value: str) -> None:
    lines[1][lines[0].index(column)] = value


BAD = {
    "a missing column": ("egdi.csv", lambda lines: header(lines, lambda line: line.pop()), 1, "source"),
    "an extra column": ("egdi.csv", lambda lines: [line.append("note") for line in lines], 1, "note"),
    "a column that stands twice": ("egdi.csv", lambda lines: [line.append(line[3]) for line in lines], 1, "egdi"),
    "a wrong type": ("egdi.csv", lambda lines: set_first(lines, "egdi", "cao"), 2, "egdi"),
    "a score above 1": ("egdi.csv", lambda lines: set_first(lines, "egdi", "1.2"), 2, "egdi"),
    "a key that stands twice": ("egdi.csv", lambda lines: lines.insert(2, list(lines[1])), 3, "edition, iso3"),
    "a percentage above 100": ("citizen_use.csv", lambda lines: set_first(lines, "value_pct", "104"), 2, "value_pct"),
    "a name of two countries": (
        "countries.csv",
        lambda lines: set_first(lines, "name_vi", "Albania"),
        4,
        "name_vi",
    ),
    "a country that does not exist": ("oecd_dgi.csv", lambda lines: set_first(lines, "iso3", "ZZZ"), 2, "iso3"),
}


@pytest.mark.parametrize("fault", BAD)
def test_bad_input_is_one_sentence_with_file_row_and_column(fault: str, tmp_path: Path, language: Language) -> None:
    file, change, number, column = BAD[fault]
    vi, en = sentences(edited(tmp_path, file, change), language)
    assert f"Tệp {file}, dòng {number}" in vi and f"“{column}”" in vi
    assert f"File {file}, row {number}" in en and f"“{column}”" in en
    assert vi.count("\n") == 0 and "{" not in vi + en
