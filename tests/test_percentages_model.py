"""Percentages taken apart: the published figures, what may be compared, and the sums a learner must reproduce."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digigov import tables
from digigov.models import percentages as model
from digigov.models.percentages import ASPECTS, KIND, PARTS, Figure
from digigov.percentages import published

FIGURES = [one.figure for one in published()]
BY_ID = {figure.id: figure for figure in FIGURES}
PICKED = st.dictionaries(st.sampled_from(PARTS), st.integers(0, len(FIGURES) - 1)).map(
    lambda chosen: {part: getattr(FIGURES[place], part) for part, place in chosen.items()}
)


def value(table: str, row: str, column: str = "value") -> float:
    return tables.load(table).row(row)[column]


# -- sums on published figures


def test_years_saved_are_the_published_ones_by_the_calendar_and_five_times_as_many_by_work() -> None:
    requests, minutes = (
        value("platform_evidence", "xroad-requests-2019"),
        value("platform_evidence", "xroad-minutes-2019"),
    )
    share = value("platform_evidence", "xroad-people-2019") / 100
    calendar = model.years_saved(requests, share, minutes, model.CALENDAR_YEAR)
    working = model.years_saved(requests, share, minutes, model.WORKING_YEAR)
    assert (round(calendar), round(working)) == (1113, 5540)
    assert calendar > value("platform_evidence", "xroad-years-2019") == 1100
    assert requests * share * minutes / 60 == 9_750_000
    assert working / calendar == pytest.approx(8760 / 1760)


def test_the_other_page_needs_575_million_requests() -> None:
    share = value("platform_evidence", "xroad-people-2018") / 100
    told = value("platform_evidence", "xroad-years-2018")
    requests = model.requests_behind(told, share, 15, model.CALENDAR_YEAR)
    assert requests == pytest.approx(574_656_000)
    assert model.years_saved(requests, share, 15, model.CALENDAR_YEAR) == pytest.approx(told)


def test_procedures_fell_by_440_which_is_six_and_a_half_per_cent() -> None:
    before, after = (value("procedure_counts", row, "count") for row in ("all-2022-05", "all-2025-05"))
    difference, share = model.change(before, after)
    assert (difference, round(share, 1)) == (-440, -6.5)


def test_the_share_of_2019_that_five_times_implies_is_about_eleven() -> None:
    assert model.implied_before(55, 5) == value("online_services", "level4-2019", "value_pct") == 11
    assert round(model.implied_before(value("online_services", "procedures-wholly-2024-06", "value_pct"), 5)) == 11
    assert round(model.implied_before(42, 2.5), 1) == value("online_services", "dossiers-wholly-2023-12", "value_pct")


@given(st.floats(0, 1e12), st.floats(0, 1), st.floats(0, 600), st.floats(1, 9000), st.floats(1, 10))
def test_years_saved_grow_in_proportion_to_each_part(
    requests: float, share: float, minutes: float, hours: float, times: float
) -> None:
    years = model.years_saved(requests, share, minutes, hours)
    assert model.years_saved(requests * times, share, minutes, hours) == pytest.approx(years * times)
    assert model.years_saved(requests, share, minutes * times, hours) == pytest.approx(years * times)
    assert model.years_saved(requests, share, minutes, hours * times) == pytest.approx(years / times)


@given(st.floats(0.1, 1e6), st.floats(0, 1e6))
def test_a_change_leads_back(before: float, after: float) -> None:
    difference, share = model.change(before, after)
    assert before + difference == pytest.approx(after, rel=1e-9, abs=1e-9 * before)
    assert before * (1 + share / 100) == pytest.approx(after, rel=1e-9, abs=1e-9 * before)


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        (lambda: model.years_saved(-1, 0.1, 15, 8760), "requests"),
        (lambda: model.years_saved(1, 1.1, 15, 8760), "share"),
        (lambda: model.years_saved(1, 0.1, float("nan"), 8760), "minutes"),
        (lambda: model.years_saved(1, 0.1, 15, 0), "hours_a_year"),
        (lambda: model.requests_behind(820, 0, 15, 8760), "share"),
        (lambda: model.requests_behind(820, 0.1, 0, 8760), "minutes"),
        (lambda: model.change(0, 1), "before"),
        (lambda: model.implied_before(55, 0), "times"),
        (lambda: Figure("x", "supply", 101, "a", "b", "c", "2021", "s"), "value"),
        (lambda: Figure("x", "supply", 1, "a", "b", "c", "2021", "s", frozenset({"date"})), "unsaid"),
    ],
)
def test_what_makes_no_sense_is_named(wrong, name) -> None:
    with pytest.raises(ValueError, match=name):
        wrong()


# -- figures


def test_every_share_of_the_tables_is_there_but_what_is_no_share_of_services_files_or_people_served() -> None:
    rows = {(one.table, one.figure.id) for one in published()}
    for table in ("online_services", "outcome_shares"):
        assert {(table, row["id"]) for row in tables.load(table).rows} <= rows
    left_out = {row["id"] for row in tables.load("citizen_use").rows} - {row for _, row in rows}
    assert left_out == {"internet-home-2016", "internet-home-2022"}


def test_axes_agree_with_the_tables_and_parts_name_one_figure() -> None:
    for one in published():
        assert one.row.get("measures", one.figure.axis) == one.figure.axis
        assert one.figure.value == one.row[one.value_column]
    names = [tuple(getattr(figure, part) for part in PARTS) for figure in FIGURES]
    assert len(set(names)) == len(names)


def test_figures_are_of_one_kind_exactly_if_the_table_puts_them_into_one_series() -> None:
    rows = [one for one in published() if one.table == "online_services"]
    for one, other in product(rows, rows):
        assert model.comparable(one.figure, other.figure) == (one.row["series"] == other.row["series"]), one.figure.id
    surveys = [one for one in published() if one.table == "citizen_use"]
    for one, other in product(surveys, surveys):
        assert model.comparable(one.figure, other.figure) == (one.row["indicator"] == other.row["indicator"])


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("eligible-level4-2021-12", "eligible-online-2021", ("numerator", "yardstick", "source")),
        ("eligible-level4-2022-08", "services-with-dossier-2022-08", KIND),
        ("services-with-dossier-2022-08", "dossiers-online-2022-08", KIND),
        ("dossiers-online-2022-08", "portal-used-2022", (*KIND, "source")),
        ("eligible-level4-2021-12", "eligible-level4-2022-08", ("date", "source")),
        ("eligible-online-2021", "eligible-online-2024-08", ("date",)),
        ("eligible-wholly-2024-07", "eligible-online-2024-08", (*KIND, "date", "source")),
    ],
)
def test_two_figures_differ_in(one: str, other: str, apart: tuple[str, ...]) -> None:
    assert model.differences(BY_ID[one], BY_ID[other]) == apart
    assert model.differences(BY_ID[other], BY_ID[one]) == apart
    assert model.comparable(BY_ID[one], BY_ID[other]) == (not set(apart) & set(KIND))


@pytest.mark.parametrize(
    ("one", "other", "yardstick"),
    [
        ("eligible-level4-2021-12", "eligible-level4-2022-08", "same"),
        ("dossiers-wholly-2023-12", "dossiers-wholly-2024-06", "same"),
        ("eligible-online-2021", "eligible-online-2024-08", "unsaid"),
        ("dossiers-online-2021-12", "dossiers-online-2022-08", "unsaid"),
        ("eligible-online-2021", "eligible-online-2021", "same"),  # the same figure, however it was counted
        ("eligible-level4-2021-12", "eligible-online-2021", "differs"),
    ],
)
def test_a_yardstick_that_no_source_tells_is_not_the_same(one: str, other: str, yardstick: str) -> None:
    assert model.compared(BY_ID[one], BY_ID[other])["yardstick"] == yardstick


@given(st.sampled_from(FIGURES), st.sampled_from(FIGURES))
def test_what_differs_is_told_so_both_ways(one: Figure, other: Figure) -> None:
    found = model.compared(one, other)
    assert tuple(found) == ASPECTS and found == model.compared(other, one)
    assert tuple(aspect for aspect, state in found.items() if state == "differs") == model.differences(one, other)
    assert {aspect for aspect, state in found.items() if state == "unsaid"} <= one.unsaid & other.unsaid
    assert {state for aspect, state in found.items() if state == "overlaps" and aspect != "date"} == set()


@given(st.sampled_from(FIGURES), st.sampled_from(FIGURES))
def test_differences_are_none_from_itself_and_the_same_both_ways(one: Figure, other: Figure) -> None:
    assert model.differences(one, one) == ()
    assert model.differences(one, other) == model.differences(other, one)
    assert set(model.differences(one, other)) <= set(ASPECTS)


@given(PICKED)
def test_what_is_offered_leads_to_a_figure_and_what_is_not_does_not(picked: dict[str, str]) -> None:
    for part in PARTS:
        offered = model.offered(FIGURES, picked, part)
        for wanted in {getattr(figure, part) for figure in FIGURES}:
            assert bool(model.matching(FIGURES, {**picked, part: wanted})) == (wanted in offered)


@given(PICKED)
def test_the_nearest_figure_is_the_wanted_one_when_it_was_published(picked: dict[str, str]) -> None:
    found = model.nearest(FIGURES, picked)
    hits = model.matching(FIGURES, picked)
    assert {figure.id for figure, _ in found} == set(BY_ID)
    assert (found[0][1] == ()) == bool(hits)
    weights = [sum(model.WEIGHTS[part] for part in lacking) for _, lacking in found]
    assert weights == sorted(weights)


def test_level_4_out_of_all_services_in_2021_was_not_published_and_96_per_cent_is_nearest() -> None:
    wanted = {"numerator": "at-level4", "denominator": "services-all", "date": "2021-12", "source": "mic-2021-12"}
    assert model.matching(FIGURES, wanted) == []
    assert [(figure.id, lacking) for figure, lacking in model.nearest(FIGURES, wanted)][:2] == [
        ("eligible-level4-2021-12", ("denominator",)),
        ("level4-2019", ("date", "source")),
    ]


def test_no_line_is_drawn_across_a_gap_or_between_kinds() -> None:
    pairs = model.joined(FIGURES)
    assert ("eligible-level4-2021-12", "eligible-level4-2022-08") in {(a.id, b.id) for a, b in pairs}
    for first, second in pairs:
        assert model.comparable(first, second) and first.axis == second.axis
        assert 0 < model.years(second.date) - model.years(first.date) <= 1.25
    assert not any({a.id, b.id} >= {"eligible-online-2021", "eligible-online-2024-08"} for a, b in pairs)
    assert all(model.years(b.date) < 2018 or model.years(a.date) >= 2020 for a, b in pairs)


def test_dates_of_different_exactness() -> None:
    assert model.overlap("2021", "2021-12") and model.overlap("2021-12-15", "2021-12")
    assert not model.overlap("2021", "2022") and not model.overlap("2021-12", "2021-11")
    assert model.years("2021") == 2021.5
    assert 2021.9 < model.years("2021-12") < 2022 > model.years("2021-12-31") > model.years("2021-12-01")


def test_the_third_axis_is_nearly_empty() -> None:
    rows = [one for one in published() if one.figure.axis == "outcome"]
    assert {one.row["place_en"] for one in rows if one.status == "reported"} == {"Denmark", "Estonia"}
    assert all(one.status == "target" for one in rows if one.row["place_en"] == "Viet Nam")
