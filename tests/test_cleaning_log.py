"""The cleaning log: as many rows as it says, tables that exist, numbers that are in them."""

from collections import Counter
from statistics import mean

from digigov import tables
from digigov.claims import table_page
from digigov.data_checks import MISFITS
from digigov.egdi import PARTS, weights_of
from evidence import egdi_misses, members, miss, one, place, rows, scored_by_the_oecd

# What only the published files can show.
NOT_IN_OUR_TABLES = {
    "egdi-duplicates",
    "gtmi-not-economies",
    "gtmi-second-source",
    "country-names",
    "country-names-usage",
}
MATURITY = ("cgsi", "psdi", "dcei", "gtei")


def counted() -> dict[str, int]:
    """The number of rows of each entry that our own tables can show."""
    zeros = [row for row in rows("egdi") if row["egdi"] == 0 and row["rank"] is not None]
    by_zero = Counter("no-web" if row["edition"] not in (2008, 2010) else "hci" for row in zeros)
    assert all(row["osi"] == 0 for row in zeros if row["edition"] not in (2008, 2010))
    assert all(row["hci"] == 0 for row in zeros if row["edition"] in (2008, 2010))
    assert sum(row["osi"] > 0 for row in zeros if row["edition"] in (2008, 2010)) == 17
    weighted = [one_miss for edition in (2008, 2010) for one_miss in egdi_misses(edition, weights_of(edition))]
    four_decimals = [row for row in rows("egdi") if row["edition"] in (2008, 2018, 2020, 2022)]
    assert all(round(row["egdi"], 4) == row["egdi"] for row in four_decimals)
    ranked = rows("egdi", edition=2020)
    always, once = {"XKX", "PSE"}, {"AND", "ROU", "TLS", "COD"}
    gtmi = rows("gtmi")
    means = {id(row): sum(row[part] for part in MATURITY) / len(MATURITY) for row in gtmi}
    last_digit = [row for row in gtmi if round(means[id(row)] + 1e-9, 4) != row["gtmi"]]
    both_2021 = ("eligible-online-2021", "eligible-level4-2021-12")
    return {
        "egdi-zero-no-web": by_zero["no-web"],
        "egdi-zero-hci": by_zero["hci"],
        "egdi-not-ranked": sum(row["rank"] is None for row in rows("egdi")),
        "egdi-hci-above-one": sum(row["hci"] > 1 for row in rows("egdi")),
        "egdi-weights-2008-2010": sum(one_miss <= 1e-4 for one_miss in weighted),
        "egdi-weights-2008-misfits": sum(one_miss > 1e-4 for one_miss in weighted),
        "egdi-ranks-2020": sum(row["rank"] != place(row, "egdi", ranked) for row in ranked),
        "egdi-rounding": len(four_decimals),
        "gtmi-codes": sum(row["iso3"] in (always | once if row["year"] == 2020 else always) for row in gtmi),
        "gtmi-2025-coverage": len({row["iso3"] for row in gtmi} - {row["iso3"] for row in rows("gtmi", year=2025)}),
        "gtmi-rounding": len(last_digit),
        "oecd-no-data": len(members("oecd") - scored_by_the_oecd()),
        "dti-merged-province": len(rows("dti", id="dti-2024-da-nang-merged")),
        "dti-ranks": sum(row["rank"] is not None for row in rows("dti")),
        "papi-break-2019": len(rows("papi_parts", series="before-2020")),
        "papi-rounding": sum(row["year"] in (2019, 2020) for row in rows("papi_parts")),
        "online-services-yardstick": len(rows("online_services")),
        "online-services-2021": sum(row["id"] in both_2021 for row in rows("online_services")),
        "procedure-counts-scope": len(rows("procedure_counts", comparable=False)),
        "xroad-approximate": sum(
            row["qualifier"] != "exact" for row in rows("platform_evidence", platform_en="X-Road")
        ),
    }


def test_the_log_counts_the_rows_that_it_is_about() -> None:
    log = {row["id"]: row["rows"] for row in rows("cleaning_log")}
    computed = counted()
    assert log.keys() - computed.keys() == NOT_IN_OUR_TABLES
    assert {name: log[name] for name in computed} == computed


def test_the_log_names_tables_that_exist() -> None:
    assert {row["table"] for row in rows("cleaning_log")} <= set(tables.names())
    assert len(rows("egdi")) == 2316 and len(rows("gtmi")) == 598 - one("cleaning_log", id="gtmi-not-economies")["rows"]


def test_numbers_in_the_log_are_those_of_the_tables() -> None:
    scores = [row["egdi"] for row in rows("egdi", edition=2003)]
    above = [value for value in scores if value > 0]
    words = one("cleaning_log", id="egdi-zero-no-web")["reason_en"]
    assert f"{sum(scores) / 193:.3f}" in words and f"{mean(above):.3f}" in words
    misfits = {row["iso3"]: miss(row, PARTS, "egdi", weights_of(2008)) for row in rows("egdi", edition=2008)}
    words = one("cleaning_log", id="egdi-weights-2008-misfits")["fault_en"]
    assert {(2008, iso3) for iso3 in ("CMR", "KHM")} == MISFITS
    assert f"{misfits['CMR']:.4f}" in words and f"{misfits['KHM']:.4f}" in words
    words = one("cleaning_log", id="egdi-hci-above-one")["reason_en"]
    assert "0.52648, rank 42" in words and one("egdi", edition=2003, iso3="FSM")["egdi"] == 0.52648
    assert one("egdi", edition=2003, iso3="FSM")["rank"] == 42


def test_the_long_log_is_folded_after_its_first_rows_and_loses_none() -> None:
    page, short = table_page("cleaning_log").html, table_page("platform_evidence").html
    assert page.index("<details>") > page.index("</table>") and page.count("<tr>") == len(rows("cleaning_log")) + 2
    assert "<details>" not in short
