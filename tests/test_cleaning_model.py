"""The cleaning model: recorded counts and means, the two files as they were found, and what a check says of them."""

import csv
import json
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from frictionless import validate
from hypothesis import given
from hypothesis import strategies as st

from digigov import tables
from digigov.errors import CourseError
from digigov.labs.cleaning_data import COLUMNS, PRACTICE, gtmi_as_found, un_as_found
from digigov.models import cleaning as model
from digigov.models.cleaning import AS_FOUND, FAULTS, GTMI, RIGHT, UN, Cleaned

DECISIONS = st.fixed_dictionaries({fault.name: st.sampled_from(fault.decisions) for fault in FAULTS})
HEADER = ["year", "country_code", "country_name", "grp", "gtmi", "cgsi", "psdi", "dcei", "gtei"]

Language = Callable[[str], None]


def gtmi(floor: float = 0.0, **decisions: str) -> Cleaned:
    return model.clean(GTMI, gtmi_as_found(), AS_FOUND | decisions, floor)


def un(**decisions: str) -> Cleaned:
    return model.clean(UN, un_as_found(), AS_FOUND | decisions)


# -- what was recorded when the files were downloaded


def test_the_world_banks_file_has_598_rows_and_593_economies() -> None:
    assert len(gtmi_as_found()) == 598 and len(gtmi(tail="drop").records) == 593


def test_the_naive_mean_of_2025_is_7_and_the_clean_one_0_589() -> None:
    assert round(model.means(gtmi().records, "gtmi")[2025], 1) == 7.0
    assert round(model.means(gtmi(tail="drop").records, "gtmi")[2025], 3) == 0.589


def test_of_3474_rows_of_the_un_1737_are_repetitions() -> None:
    assert len(un_as_found()) == 3474 == 2 * 9 * 193
    assert len(model.repeated(un_as_found())) == 1737 == len(un(duplicates="drop").records)
    assert un(duplicates="drop").log[0].rows == 1737
    assert un(duplicates="drop_both").records == ()


def test_the_rebuilt_rows_say_what_they_are_and_hold_true_totals() -> None:
    rows = tables.load("gtmi_as_found", PRACTICE).rows
    tail, clean = [row for row in rows if row["country_name"].startswith("[rebuilt row]")], tables.load("gtmi").rows
    editions = [sum(row["year"] == year for row in clean) for year in (2020, 2022, 2025)]
    in_a_or_b = sum(row["year"] == 2022 and row["group"] in ("A", "B") for row in clean)
    assert tail == list(rows[-5:]) and [row["gtmi"] for row in tail] == [*editions, len(clean), in_a_or_b]
    for resource in json.loads((PRACTICE / "datapackage.json").read_text(encoding="utf8"))["resources"]:
        assert "DỰNG LẠI" in resource["description"] and "REBUILT" in resource["description_en"]


# -- the right decisions give the course's own tables


def test_the_right_decisions_on_the_practice_file_give_the_courses_table() -> None:
    cleaned = model.clean(GTMI, gtmi_as_found(), RIGHT)
    ours = {
        (row["year"], row["iso3"]): ({c: row[c] for c in COLUMNS[GTMI]}, row["group"])
        for row in tables.load("gtmi").rows
    }
    assert {record.key: (dict(record.values), record.group) for record in cleaned.records} == ours
    assert model.codes(gtmi().records) == 207 and model.codes(cleaned.records) == 198


def test_the_right_decisions_on_the_uns_file_give_the_courses_table() -> None:
    cleaned = model.clean(UN, un_as_found(), RIGHT)
    rows = [row for row in tables.load("egdi").rows if row["edition"] <= 2018]
    ours = {(row["edition"], row["iso3"]): {column: row[column] for column in COLUMNS[UN]} for row in rows}
    assert {record.key: dict(record.values) for record in cleaned.records} == ours


def test_the_log_of_the_course_names_the_same_rows() -> None:
    log = {row["id"]: row["rows"] for row in tables.load("cleaning_log").rows}
    ours = {entry.fault: entry.rows for entry in (*gtmi().log, *un(duplicates="drop").log)}
    assert ours["tail"] == log["gtmi-not-economies"] and ours["codes"] == log["gtmi-codes"]
    assert ours["duplicates"] == log["egdi-duplicates"] and ours["above_one"] == log["egdi-hci-above-one"]
    assert ours["zeros"] == log["egdi-zero-no-web"] + log["egdi-zero-hci"] + log["egdi-not-ranked"] == 73


# -- decisions


def test_neither_what_was_found_nor_the_right_decisions_lose_anything() -> None:
    for decisions in (AS_FOUND, RIGHT):
        assert model.clean(GTMI, gtmi_as_found(), decisions).lost == 0
        assert model.clean(UN, un_as_found(), decisions).lost == 0


def test_real_zeros_and_real_low_scores_thrown_away_raise_the_mean() -> None:
    found, without = un(duplicates="drop").records, un(duplicates="drop", zeros="drop").records
    assert round(model.means(found, "egdi")[2003], 3) == 0.361 and round(model.means(without, "egdi")[2003], 3) == 0.402
    assert model.means(un(zeros="missing").records, "egdi") == pytest.approx(model.means(without, "egdi"))
    low = gtmi(floor=0.25, tail="drop")
    assert round(model.means(low.records, "gtmi")[2025], 3) > 0.6 and low.lost == low.log[-1].rows > 0


def test_duplicates_move_no_mean_and_yet_double_every_count() -> None:
    assert model.means(un().records, "egdi") == pytest.approx(model.means(un(duplicates="drop").records, "egdi"))


def test_a_capped_hci_no_longer_gives_the_published_egdi() -> None:
    def misses(cleaned: Cleaned) -> list[str]:
        wrong = []
        for record in cleaned.records:
            values = record.values
            if record.year == 2003 and values["egdi"]:
                mean = (values["osi"] + values["tii"] + values["hci"]) / 3
                wrong += [record.code] if abs(mean - values["egdi"]) > 0.0001 else []
        return wrong

    assert misses(un(duplicates="drop")) == [] and misses(un(duplicates="drop", above_one="correct")) == ["FSM"]


@given(DECISIONS, st.sampled_from([0.0, 0.1, 0.3]))
def test_cleaning_adds_no_row_and_counts_what_it_drops(decisions: dict[str, str], floor: float) -> None:
    for file, found in ((GTMI, gtmi_as_found()), (UN, un_as_found())):
        cleaned = model.clean(file, found, decisions, floor)
        dropped = sum(entry.rows for entry in cleaned.log if entry.decision in ("drop", "drop_both"))
        assert len(cleaned.records) == len(found) - dropped
        assert 0 <= cleaned.lost <= len({record.key for record in found})


@given(st.permutations(range(30)))
def test_doubling_and_dropping_doubles_undo_each_other(order: list[int]) -> None:
    records = tuple(un_as_found()[2 * place] for place in order)
    twice = model.doubled(records)
    cleaned = model.clean(UN, twice, AS_FOUND | {"duplicates": "drop"})
    assert [record.key for record in cleaned.records] == [record.key for record in records]
    assert [record.place for record in twice] == list(range(2, 62))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_decision_that_a_fault_does_not_allow_is_named(fault: model.Fault) -> None:
    found = gtmi_as_found() if fault.file == GTMI else un_as_found()
    with pytest.raises(ValueError, match=f"^{fault.name}$"):
        model.clean(fault.file, found, AS_FOUND | {fault.name: "pray"})


# -- the check


def test_the_practice_file_does_not_pass_as_clean(language: Language) -> None:
    for code, words in (
        ("vi", "Tệp gtmi_raw.csv, dòng 91, cột “country_code”"),
        ("en", "File gtmi_raw.csv, row 91, column “country_code”"),
    ):
        language(code)
        with pytest.raises(CourseError, match=words):
            tables.load("gtmi_raw", PRACTICE)
    report = validate(str(PRACTICE / "datapackage.json"))
    assert {task.name for task in report.tasks if not task.valid} == {"gtmi_raw"}


def written(folder: Path, rows: list[list[str]]) -> Path:
    """A practice folder that holds these rows instead."""
    package = json.loads((PRACTICE / "datapackage.json").read_text(encoding="utf8"))
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf8")
    with (folder / "gtmi_raw.csv").open("w", encoding="utf8", newline="") as file:
        csv.writer(file).writerows(rows)
    return folder


def as_rows(cleaned: Cleaned) -> list[list[str]]:
    """What came out, as a file in the form of the practice file."""
    rows = [
        [
            str(r.year),
            r.code,
            "name",
            r.group,
            *("" if r.values[c] is None else str(r.values[c]) for c in COLUMNS[GTMI]),
        ]
        for r in cleaned.records
    ]
    return [HEADER, *rows]


@pytest.mark.parametrize(("tail", "codes"), list(product(("keep", "drop", "missing"), ("keep", "correct", "drop"))))
def test_our_check_stops_at_the_row_and_column_where_the_schemas_does(tail: str, codes: str, tmp_path: Path) -> None:
    cleaned = gtmi(tail=tail, codes=codes)
    folder, found = written(tmp_path, as_rows(cleaned)), model.refused(cleaned.records, COLUMNS[GTMI])
    if found is None:
        assert len(tables.load("gtmi_raw", folder).rows) == len(cleaned.records)
        return
    record, column, wrong, _ = found
    place = cleaned.records.index(record) + 2
    assert (column, wrong) == ("code", "code")
    with pytest.raises(CourseError, match=f"dòng {place}, cột “country_code”"):
        tables.load("gtmi_raw", folder)


def test_our_check_finds_doubles_and_what_is_above_1() -> None:
    assert model.refused(un(above_one="mark").records, COLUMNS[UN])[1:] == ("code", "doubled", 2)
    record, *rest = model.refused(un(duplicates="drop").records, COLUMNS[UN])
    assert record.code == "FSM" and rest == ["hci", "maximum", 0]
    assert model.refused(un(duplicates="drop", above_one="mark").records, COLUMNS[UN]) is None


PLANTED = {
    "a missing column": (None, None, "dòng 1", "row 1", "gtei"),
    "a wrong type": ("psdi", "nhiều", "dòng 3", "row 3", "psdi"),
    "a double key": ("country_code", "ARG", "dòng 3", "row 3", "year, country_code"),
    "a percentage above 100": ("gtmi", "103", "dòng 3", "row 3", "gtmi"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_fault_in_a_file_of_ones_own_is_one_sentence_with_file_row_and_column(
    fault: str, tmp_path: Path, language: Language
) -> None:
    column, value, vi, en, named = PLANTED[fault]
    rows = as_rows(model.clean(GTMI, gtmi_as_found(), RIGHT))
    assert rows[1][1] == "ARG"
    if column is None:
        rows = [row[:-1] for row in rows]
    else:
        rows[2][HEADER.index(column)] = value
    folder = written(tmp_path, rows)
    for code, row in (("vi", vi), ("en", en)):
        language(code)
        with pytest.raises(CourseError) as error:
            tables.load("gtmi_raw", folder)
        said = str(error.value)
        assert all(words in said for words in ("gtmi_raw.csv", row, f"“{named}”")), said
        assert said.endswith(".") and ". " not in said


@pytest.mark.parametrize("fault", ["a missing column", "a wrong type"])
def test_a_practice_file_that_cannot_be_read_is_told_too(fault: str, tmp_path: Path) -> None:
    column, value, vi, _, named = PLANTED[fault]
    rows = [row[:-1] if column is None else row for row in as_rows(gtmi())]
    if column:
        rows[2][HEADER.index(column)] = value
    with pytest.raises(CourseError, match=f"gtmi_raw.csv, {vi}.*{named}"):
        tables.load("gtmi_as_found", written(tmp_path, rows))
