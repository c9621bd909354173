"""The two files of the cleaning lab as they were found: one on disk, one rebuilt from the clean table."""

from functools import cache

from digigov import tables
from digigov.models.cleaning import GTMI, LAST_DOUBLED, UN, Record, Records, doubled
from digigov.paths import DATA

PRACTICE = DATA / "practice"
FILES = {GTMI: "gtmi_raw.csv", UN: "EGOV_DATA.csv"}
COLUMNS = {GTMI: ("gtmi", "cgsi", "psdi", "dcei", "gtei"), UN: ("egdi", "osi", "tii", "hci")}
CODE = {GTMI: "country_code", UN: "iso3"}


@cache
def gtmi_as_found() -> Records:
    """The World Bank's file with its faults. Only columns and types are checked: the faults are what it is for."""
    return tuple(
        Record(
            file=GTMI,
            place=place,
            year=row["year"],
            code=row["country_code"],
            values={column: row[column] for column in COLUMNS[GTMI]},
            group=row["grp"] or "",
            real=bool(row["grp"]),  # a summary row is in no group
        )
        for place, row in enumerate(tables.load("gtmi_as_found", PRACTICE).rows, start=2)
    )


@cache
def un_as_found() -> Records:
    """The UN's file, in which each row of 2003 to 2018 stood twice: rebuilt from the clean table."""
    return doubled(
        Record(UN, 0, row["edition"], row["iso3"], {column: row[column] for column in COLUMNS[UN]})
        for row in tables.load("egdi").rows
        if row["edition"] <= LAST_DOUBLED
    )
