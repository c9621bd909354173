"""The maturity model against the World Bank's own groups and scores, in every row of the table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digigov import tables
from digigov.models import maturity as model

SCORES = st.integers(0, 10_000).map(lambda step: step / 10_000)
PARTS = st.fixed_dictionaries(dict.fromkeys(model.PARTS, SCORES))


def rows(year: int) -> list[dict]:
    return [row for row in tables.load("gtmi").rows if row["year"] == year]


def vietnam(year: int) -> dict:
    return next(row for row in rows(year) if row["iso3"] == "VNM")


def test_every_published_score_is_the_mean_of_its_parts_and_every_group_follows_from_it() -> None:
    found = tables.load("gtmi").rows
    assert len(found) == 593
    for row in found:
        assert model.mean(row) == pytest.approx(row["gtmi"], abs=0.0001), row
        assert model.group(row["gtmi"]) == row["group"], row


def test_viet_nam_needs_0_0556_on_one_part_for_group_a() -> None:
    row = vietnam(2025)
    ways = model.ways_up(row["gtmi"], row)
    assert row["gtmi"] == 0.7361 and row["group"] == "B" and model.weakest(row) == "dcei"
    assert {round(way.needed, 4) for way in ways} == {0.0556} == {round(4 * (0.75 - 0.7361), 4)}
    assert all(way.possible for way in ways)  # any part would do; this one has most room
    assert model.group(model.lifted(row["gtmi"], row, "dcei", 0.0556)[0]) == "A"
    assert model.group(model.lifted(row["gtmi"], row, "dcei", 0.0555)[0]) == "B"


def test_viet_nam_has_the_highest_score_of_group_b_and_is_81st_of_197() -> None:
    here = rows(2025)
    assert max(row["gtmi"] for row in here if row["group"] == "B") == vietnam(2025)["gtmi"]
    assert len(here) == 197 and model.place(0.7361, [row["gtmi"] for row in here]) == 81


def test_shares_of_the_groups_in_2025_are_the_published_ones() -> None:
    shares = model.shares([row["group"] for row in rows(2025)])
    assert {name: round(100 * share, 1) for name, share in shares.items()} == {
        "A": 40.6,
        "B": 21.3,
        "C": 23.9,
        "D": 14.2,
    }


def test_in_2022_two_parts_rose_two_fell_and_citizen_engagement_fell_most() -> None:
    before, now = vietnam(2020), vietnam(2022)
    change = {part: now[part] - before[part] for part in model.PARTS}
    assert {part for part, by in change.items() if by > 0} == {"cgsi", "psdi"}
    assert min(change, key=lambda part: change[part]) == "dcei" and now["gtmi"] < before["gtmi"]
    assert [way.part for way in model.ways_up(now["gtmi"], now) if way.possible] == ["dcei"]


@given(PARTS)
def test_a_way_up_is_exact_a_hair_less_is_not_enough(parts: dict[str, float]) -> None:
    score = model.mean(parts)
    for way in model.ways_up(score, parts):
        if way.possible:
            assert model.group(model.lifted(score, parts, way.part, way.needed)[0]) == model.next_group(score)
            assert model.group(model.lifted(score, parts, way.part, way.needed - 1e-4)[0]) == model.group(score)
        else:
            assert model.group(model.lifted(score, parts, way.part, 1)[0]) == model.group(score)


@given(PARTS, st.sampled_from(model.PARTS), SCORES)
def test_a_part_never_goes_beyond_1_and_a_quarter_of_its_lift_arrives(
    parts: dict[str, float], part: str, lift: float
) -> None:
    score = model.mean(parts)
    new, value = model.lifted(score, parts, part, lift)
    assert parts[part] <= value <= 1
    assert new == pytest.approx(model.mean({**parts, part: value}))


@given(PARTS)
def test_the_weakest_part_has_most_room(parts: dict[str, float]) -> None:
    score = model.mean(parts)
    ways = {way.part: way for way in model.ways_up(score, parts)}
    if any(way.possible for way in ways.values()):
        assert ways[model.weakest(parts)].possible


def test_groups_begin_where_they_say() -> None:
    assert [model.group(score) for score in (0, 0.2499, 0.25, 0.5, 0.7499, 0.75, 1)] == list("DDCBBAA")
    assert model.next_group(0.9) is None and model.ways_up(0.9, dict.fromkeys(model.PARTS, 0.9)) == ()


@pytest.mark.parametrize("score", [-0.1, 1.1, float("nan")])
def test_a_score_outside_the_scale_is_named(score: float) -> None:
    with pytest.raises(ValueError, match=r"^score$"):
        model.group(score)
