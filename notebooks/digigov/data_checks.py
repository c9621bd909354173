"""What the evidence tables must hold beyond their schema: indices are made of their parts, ranks follow from scores."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from digigov import tables
from digigov.claims import ASSUMED, sources
from digigov.egdi import PARTS, weights_of
from digigov.errors import CourseError
from digigov.language import number, say
from digigov.models import maturity
from digigov.paths import DATA
from digigov.tables import Row, Table

PRINTED = 1e-4  # all indices are printed with four decimals or more
# Published scores that their published parts do not give; the cleaning log names them.
MISFITS = {(2008, "CMR"), (2008, "KHM")}
LAST_ZERO = 2012  # until this edition a score of 0 was given whatever the parts
TOTAL, PAPI_PARTS, ROUNDED = "total", 3, 0.0051  # total and parts were rounded one by one
DIMENSIONS = (
    "digital_by_design",
    "data_driven",
    "government_as_platform",
    "open_by_default",
    "user_driven",
    "proactive",
)


def check_tables(folder: Path = DATA) -> None:
    """Everything below, in the tables of `folder`. Raises CourseError that names file, row and column."""
    _check_sources(folder)
    _check_countries(folder)
    egdi, gtmi, oecd = (tables.load(name, folder) for name in ("egdi", "gtmi", "oecd_dgi"))
    for table, year, prefix in ((egdi, "edition", "un-survey"), (gtmi, "year", "gtmi")):
        _check_own_source(table, year, prefix)
    _check_editions(egdi)
    _check_egdi(egdi)
    _check_ranks(egdi)
    _check_gtmi(gtmi)
    for place, row in _numbered(oecd):
        _check_mean(oecd, place, "dgi", row, DIMENSIONS, [1.0] * len(DIMENSIONS))
    _check_shares(tables.load("platform_evidence", folder))
    _check_totals(tables.load("papi_parts", folder))


def _numbered(table: Table) -> Iterator[tuple[int, Row]]:
    return enumerate(table.rows, start=2)


def _wrong(key: str, table: Table, place: int, column: str, value: object, **values: object) -> CourseError:
    told = {"file": table.resource["path"], "row": place, "column": column, "value": value, **values}
    return CourseError(say(key, **told))


def _check_sources(folder: Path) -> None:
    known = {ASSUMED, *sources()}
    for name in tables.names(folder):
        table = tables.load(name, folder)
        if any(field["name"] == "source" for field in table.resource["schema"]["fields"]):
            for place, row in _numbered(table):
                if row["source"] is not None and row["source"] not in known:
                    raise _wrong("data.no_such_source", table, place, "source", row["source"])


def _check_own_source(table: Table, year: str, prefix: str) -> None:
    """An edition's rows name that edition's publication: editions that changed places agree with everything else."""
    for place, row in _numbered(table):
        expected = f"{prefix}-{row[year]}"
        if row["source"] != expected:
            raise _wrong("data.other_source", table, place, "source", row["source"], year=row[year], expected=expected)


def _check_shares(table: Table) -> None:
    """The unit stands in the row here, so that the schema's limits of the column cannot know a percentage."""
    for place, row in _numbered(table):
        if row["unit"] == "percent" and row["value"] > 100:
            raise _wrong("data.maximum", table, place, "value", number(row["value"]), limit=100)


def _check_totals(papi: Table) -> None:
    """In a year that has all three parts they make up the total."""
    parts: dict[tuple[int, str], dict[str, float]] = defaultdict(dict)
    for row in papi.rows:
        parts[row["year"], row["series"]][row["part"]] = row["value"]
    for place, row in _numbered(papi):
        others = {part: value for part, value in parts[row["year"], row["series"]].items() if part != TOTAL}
        if row["part"] == TOTAL and len(others) == PAPI_PARTS and abs(sum(others.values()) - row["value"]) > ROUNDED:
            told = {"parts": ", ".join(others), "computed": number(sum(others.values()), 3)}
            raise _wrong("data.not_the_sum", papi, place, "value", number(row["value"]), **told)


def _check_countries(folder: Path) -> None:
    known = {row["iso3"] for row in tables.load("countries", folder).rows}
    for name in tables.names(folder):
        table = tables.load(name, folder)
        if any(field["name"] == "iso3" for field in table.resource["schema"]["fields"]):
            for place, row in _numbered(table):
                if row["iso3"] not in known:
                    raise _wrong("data.no_such_country", table, place, "iso3", row["iso3"])


def _check_editions(egdi: Table) -> None:
    """Every edition has the same countries: those that most editions have."""
    editions: dict[int, set[str]] = defaultdict(set)
    for row in egdi.rows:
        editions[row["edition"]].add(row["iso3"])
    usual = set(Counter(map(frozenset, editions.values())).most_common(1)[0][0])
    for place, row in _numbered(egdi):
        edition, iso3 = row["edition"], row["iso3"]
        told = {"edition": edition, "count": len(usual)}
        if iso3 not in usual:
            raise _wrong("data.strange_country", egdi, place, "iso3", iso3, **told)
        lacking = usual - editions[edition]
        if lacking and len(editions[edition]) < len(usual):
            raise _wrong("data.lacking_country", egdi, place, "iso3", min(lacking), **told)


def _check_egdi(egdi: Table) -> None:
    for place, row in _numbered(egdi):
        edition = row["edition"]
        exempt = row["egdi"] == 0 and edition <= LAST_ZERO
        if not exempt and (edition, row["iso3"]) not in MISFITS:
            _check_mean(egdi, place, "egdi", row, PARTS, weights_of(edition))


def _check_mean(
    table: Table, place: int, column: str, row: Row, parts: tuple[str, ...], weights: tuple[float, ...] | list[float]
) -> None:
    computed = sum(weight * row[part] for part, weight in zip(parts, weights, strict=True)) / sum(weights)
    if abs(computed - row[column]) > PRINTED:
        told = {"parts": ", ".join(parts), "computed": number(computed, 4)}
        raise _wrong("data.not_the_mean", table, place, column, number(row[column]), **told)


def _check_ranks(egdi: Table) -> None:
    """A rank is one more than the number of higher scores; who shares a score may stand anywhere among the equals."""
    scores: dict[int, list[float]] = defaultdict(list)
    for place, row in _numbered(egdi):
        if row["rank"] is not None:
            scores[row["edition"]].append(row["egdi"])
        elif row["egdi"] > 0:
            raise _wrong("data.missing_rank", egdi, place, "rank", "", score=number(row["egdi"]))
    for values in scores.values():
        values.sort()
    for place, row in _numbered(egdi):
        if row["rank"] is None:
            continue
        ranked = scores[row["edition"]]
        best = len(ranked) - bisect_right(ranked, row["egdi"]) + 1
        worst = len(ranked) - bisect_left(ranked, row["egdi"])
        if not best <= row["rank"] <= worst:
            raise _wrong("data.wrong_rank", egdi, place, "rank", row["rank"], computed=best)


def _check_gtmi(gtmi: Table) -> None:
    for place, row in _numbered(gtmi):
        _check_mean(gtmi, place, "gtmi", row, maturity.PARTS, [1.0] * len(maturity.PARTS))
        group = maturity.group(row["gtmi"])
        if row["group"] != group:
            told = {"score": number(row["gtmi"]), "computed": group}
            raise _wrong("data.wrong_group", gtmi, place, "group", row["group"], **told)
