"""The rescaling model: the trap of M16 in closed form, and what no change of units may do."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digigov import tables
from digigov.models import rescaling as model
from digigov.models.rescaling import Race

FACTORS = st.integers(5, 50).map(lambda step: step / 10)
RACES = st.builds(
    lambda worst, own, best, growths: Race(worst + own, worst + own + best, worst, *growths),
    st.integers(1, 30),
    st.integers(0, 30),
    st.integers(1, 40),
    st.tuples(FACTORS, FACTORS, FACTORS),
).filter(lambda race: len(set(race.after)) > 1)


def test_a_country_that_doubles_while_all_others_triple_falls() -> None:
    race = Race()
    assert race.after == (60, 150, 15)
    assert model.index_before(race) == pytest.approx(25 / 45)
    assert model.index_after(race) == pytest.approx(45 / 135) == pytest.approx(1 / 3)


@pytest.mark.parametrize("growth", [0.5, 1, 3, 5])
def test_when_everybody_grows_alike_nothing_moves(growth: float) -> None:
    race = Race(own_growth=growth, best_growth=growth, worst_growth=growth)
    assert model.index_after(race) == pytest.approx(model.index_before(race))
    assert model.growth_to_stay(race) == pytest.approx(growth)


def test_while_the_others_stand_still_the_index_tells_the_countrys_own_change() -> None:
    race = Race(own_growth=1.5, best_growth=1, worst_growth=1)
    assert model.others_part(race) == pytest.approx(0)
    assert model.index_after(race) == pytest.approx(40 / 45)


def test_the_last_catching_up_is_enough_to_lower_who_keeps_pace_with_the_best() -> None:
    race = Race(own_growth=2, best_growth=2, worst_growth=5)
    assert race.own_growth == race.best_growth
    assert model.index_after(race) == pytest.approx(35 / 75)
    assert model.index_after(race) < model.index_before(race)


def test_a_raw_score_may_fall_and_its_index_rise() -> None:
    race = Race(own_growth=0.9, best_growth=0.6, worst_growth=0.6)
    assert race.after[0] < race.own and model.index_after(race) > model.index_before(race)
    assert model.index_after(race) == pytest.approx(24 / 27)


def test_who_overtakes_the_best_becomes_the_end_of_the_ruler() -> None:
    assert model.index_after(Race(own_growth=5, best_growth=1, worst_growth=1)) == 1
    assert model.index_after(Race(own_growth=0.5, best_growth=1, worst_growth=5)) == 0


@given(RACES)
def test_the_index_stays_between_0_and_1_and_its_parts_add_up(race: Race) -> None:
    assert 0 <= model.index_before(race) <= 1 and 0 <= model.index_after(race) <= 1
    change = model.index_after(race) - model.index_before(race)
    assert model.own_part(race) + model.others_part(race) == pytest.approx(change, abs=1e-9)


@given(RACES, st.integers(1, 9))
def test_other_units_change_no_index(race: Race, unit: int) -> None:
    other = replace(race, own=race.own * unit, best=race.best * unit, worst=race.worst * unit)
    assert model.index_before(other) == pytest.approx(model.index_before(race))
    assert model.index_after(other) == pytest.approx(model.index_after(race))


@given(st.integers(-50, 50), st.integers(0, 20), st.integers(21, 60), st.integers(-99, 99), st.integers(1, 9))
def test_the_scale_is_blind_to_where_points_start_and_how_large_they_are(
    score: int, low: int, high: int, shift: int, unit: int
) -> None:
    there = [unit * value + shift for value in (score, low, high)]
    assert model.scaled(*there) == pytest.approx(model.scaled(score, low, high))


@given(RACES)
def test_growing_as_much_as_is_needed_keeps_the_index(race: Race) -> None:
    if race.after[1] > race.after[2]:
        kept = replace(race, own_growth=model.growth_to_stay(race))
        assert model.index_after(kept) == pytest.approx(model.index_before(race), abs=1e-9)


def test_every_part_of_the_egdi_runs_exactly_from_0_to_1_since_2012() -> None:
    rows = tables.load("egdi").rows
    for edition in (2012, 2014, 2016, 2018, 2020, 2022, 2024):
        for part in ("osi", "hci", "tii"):
            values = [row[part] for row in rows if row["edition"] == edition]
            assert (min(values), max(values)) == (0, 1), (edition, part)


@pytest.mark.parametrize("name", ["own", "best", "worst", "own_growth", "best_growth", "worst_growth"])
@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
def test_a_race_without_meaning_names_its_parameter(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"^{name}$"):
        Race(**{name: value})


def test_without_anybody_ahead_there_is_no_ruler() -> None:
    for race in ({"own": 5, "best": 5, "worst": 5}, {"own": 10, "best": 10, "worst": 10, "own_growth": 3}):
        with pytest.raises(ValueError, match=r"^best$"):
            Race(**race)
