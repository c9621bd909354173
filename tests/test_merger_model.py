"""The merger model: the published score of the merged city, and what no merger can do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digigov import tables
from digigov.labs.merger import DA_NANG, MERGED, QUANG_NAM, ROWS
from digigov.models import merger as model
from digigov.models.merger import Merger

SHARES = st.integers(0, 100).map(lambda step: step / 100)
MERGERS = st.builds(Merger, SHARES, SHARES, SHARES, st.integers(-10, 10).map(lambda step: step / 100))


def test_the_published_score_is_the_plain_mean_of_the_two_former_ones() -> None:
    merger = Merger(DA_NANG, QUANG_NAM)
    assert round(model.merged(merger), 4) == MERGED == 0.7069
    assert [round(jump, 4) for jump in model.jumps(merger)] == [-0.1266, 0.1266]


def test_scores_and_places_are_those_of_the_table() -> None:
    rows = [tables.load("dti").row(key) for key in ROWS]
    assert [row["value"] for row in rows] == [DA_NANG, QUANG_NAM, MERGED]
    assert [(row["rank"], row["of"]) for row in rows] == [(2, 63), (57, 63), (17, 34)]


@given(MERGERS)
def test_the_merged_score_lies_between_what_the_offices_do(merger: Merger) -> None:
    low, high = sorted(model.offices(merger))
    assert low - 1e-12 <= model.merged(merger) <= high + 1e-12


@given(MERGERS)
def test_turning_the_two_round_changes_nothing(merger: Merger) -> None:
    other = Merger(merger.second, merger.first, 1 - merger.weight, merger.real_change)
    assert model.merged(other) == pytest.approx(model.merged(merger))
    assert model.jumps(other) == pytest.approx(model.jumps(merger)[::-1])


@given(SHARES, SHARES, SHARES)
def test_what_one_side_loses_by_weight_the_other_wins(first: float, second: float, weight: float) -> None:
    """A merger creates nothing: weighted with the shares, the two jumps add up to nothing."""
    up_first, up_second = model.jumps(Merger(first, second, weight))
    assert weight * up_first + (1 - weight) * up_second == pytest.approx(0)


def test_better_service_everywhere_and_a_lower_score_and_the_other_way_round() -> None:
    better, worse = (Merger(DA_NANG, QUANG_NAM, real_change=change) for change in (0.05, -0.05))
    assert min(model.offices(better)[0] - DA_NANG, model.offices(better)[1] - QUANG_NAM) == pytest.approx(0.05)
    assert model.jumps(better)[0] == pytest.approx(-0.0766) and model.jumps(worse)[1] == pytest.approx(0.0766)


def test_no_office_goes_beyond_the_ends_of_the_scale() -> None:
    assert model.offices(Merger(0.98, 0.02, real_change=0.1)) == (1.0, pytest.approx(0.12))
    assert model.offices(Merger(0.98, 0.02, real_change=-0.1)) == (pytest.approx(0.88), 0.0)


@pytest.mark.parametrize(
    ("name", "value"),
    [(name, value) for name in ("first", "second", "weight") for value in (-0.1, 1.1, float("nan"))]
    + [("real_change", 2), ("real_change", float("nan"))],
)
def test_a_merger_without_meaning_names_its_parameter(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"^{name}$"):
        Merger(**{"first": 0.5, "second": 0.5, name: value})
