"""The synthetic province: its totals are the declared ones, its ranks are even, and a seed gives one province."""

import sqlite3

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digigov.models import population as model

SMALL = model.GRAIN


@pytest.fixture(scope="module")
def province() -> sqlite3.Connection:
    return model.build()


def one(database: sqlite3.Connection, query: str) -> int:
    return database.execute(query).fetchone()[0]


def column(database: sqlite3.Connection, name: str, where: str = "living") -> np.ndarray:
    return np.array(database.execute(f"SELECT {name} FROM household WHERE {where} ORDER BY household").fetchall())[:, 0]


# -- totals


def test_totals_are_exactly_the_declared_ones(province: sqlite3.Connection) -> None:
    assert one(province, "SELECT COUNT(*) FROM person WHERE state = 'here'") == model.PEOPLE
    assert one(province, "SELECT COUNT(*) FROM household WHERE living") == sum(model.SIZES.values())
    assert sum(size * count for size, count in model.SIZES.items()) == model.PEOPLE
    sizes = dict(province.execute("SELECT members, COUNT(*) FROM household WHERE living GROUP BY 1"))
    assert sizes == model.SIZES
    for query, declared in {
        "SELECT COUNT(*) FROM household WHERE living AND poor": model.POOR,
        "SELECT COUNT(*) FROM household WHERE migrant": model.MIGRANTS,
        "SELECT COUNT(*) FROM person WHERE disabled AND state = 'here'": model.DISABLED,
        "SELECT COUNT(*) FROM household WHERE NOT living": model.LEFT,
        "SELECT COUNT(*) FROM household WHERE old_members = 0": model.EMPTY,
        "SELECT COUNT(DISTINCT hamlet) FROM household": sum(model.HAMLETS.values()),
    }.items():
        assert one(province, query) == declared, query
    a_hamlet = province.execute("SELECT COUNT(*) FROM household WHERE living GROUP BY hamlet").fetchall()
    assert set(a_hamlet) == {(sum(model.SIZES.values()) // sum(model.HAMLETS.values()),)}


def test_elderly_people_alone_are_counted_from_the_persons(province: sqlite3.Connection) -> None:
    alone = one(
        province,
        "SELECT COUNT(*) FROM (SELECT household FROM person WHERE state = 'here' GROUP BY household "
        "HAVING COUNT(*) = 1 AND MIN(age) >= 65)",
    )
    assert alone == model.ELDERLY_ALONE == one(province, "SELECT SUM(group_bits & 1) FROM household")


def test_groups_say_what_the_tables_say(province: sqlite3.Connection) -> None:
    bits = column(province, "group_bits", "1")
    for place, name in enumerate(model.GROUPS):
        held = (bits >> place & 1).astype(bool)
        if name in ("poor", "migrant", "remote"):
            assert np.array_equal(held, column(province, name, "1").astype(bool))
    with_disabled = {
        row[0] for row in province.execute("SELECT household FROM person WHERE disabled AND state = 'here'")
    }
    held = {row[0] for row in province.execute("SELECT household FROM household WHERE group_bits & 2")}
    assert held == with_disabled


def test_the_register_differs_from_the_province_where_it_says_so(province: sqlite3.Connection) -> None:
    assert one(province, "SELECT COUNT(*) FROM household WHERE living AND old_members < members") == 0
    more = one(province, "SELECT SUM(old_members - members) FROM household WHERE living")
    assert more == one(province, "SELECT COUNT(*) FROM person WHERE state = 'dead'") > 0
    assert one(province, "SELECT COUNT(*) FROM household WHERE members = 0") == model.LEFT
    assert one(province, "SELECT COUNT(*) FROM household WHERE migrant AND (remote OR NOT living)") == 0
    assert one(province, "SELECT COUNT(*) FROM person WHERE age < 0 OR age > 110") == 0


# -- ranks


@pytest.mark.parametrize("name", [name for name in model.RANKS if name != "access"])
def test_a_share_of_the_ranks_is_a_share_of_the_households(province: sqlite3.Connection, name: str) -> None:
    ranks = np.sort(column(province, name))
    assert ranks == pytest.approx((np.arange(len(ranks)) + 0.5) / len(ranks), abs=1e-12)


def test_who_is_said_to_lack_something_lacks_it_more_often(province: sqlite3.Connection) -> None:
    def share(rank: str, below: float, where: str) -> float:
        return float((column(province, rank, f"living AND {where}") < below).mean())

    for rank in ("account", "phone", "report", "appeal"):
        assert share(rank, 0.8, "group_bits & 1") < share(rank, 0.8, "1") - 0.05, rank
        assert share(rank, 0.8, "remote") < share(rank, 0.8, "NOT remote"), rank
    assert share("overlooked", 0.08, "migrant") > 3 * share("overlooked", 0.08, "NOT migrant")
    assert share("overlooked", 0.08, "group_bits & 1") < share("overlooked", 0.08, "1")
    assert share("damage", 0.12, "remote") > share("damage", 0.12, "1")


# -- building it


def test_the_same_seed_gives_the_same_province_and_another_seed_another() -> None:
    def everything(database: sqlite3.Connection) -> list[tuple[object, ...]]:
        return database.execute("SELECT * FROM household ORDER BY household").fetchall()

    first = everything(model.build(SMALL, seed=5))
    model.build.cache_clear()
    assert everything(model.build(SMALL, seed=5)) == first
    assert everything(model.build(SMALL, seed=6)) != first


def test_it_is_built_once() -> None:
    assert model.build(SMALL) is model.build(SMALL)


@given(st.integers(1, 5), st.integers(1, 1000))
@settings(max_examples=8, deadline=None)
def test_a_smaller_province_has_the_same_proportions(grains: int, seed: int) -> None:
    people = grains * model.GRAIN
    database = model.build.__wrapped__(people, seed)
    assert one(database, "SELECT COUNT(*) FROM person WHERE state = 'here'") == people
    scale = people / model.PEOPLE
    assert one(database, "SELECT SUM(migrant) FROM household") == round(model.MIGRANTS * scale)
    assert one(database, "SELECT SUM(poor) FROM household WHERE living") == round(model.POOR * scale)
    assert one(database, "SELECT SUM(group_bits & 1) FROM household") == round(model.ELDERLY_ALONE * scale)


@pytest.mark.parametrize("people", [0, -model.GRAIN, model.GRAIN + 1, 1])
def test_no_province_without_people(people: int) -> None:
    with pytest.raises(ValueError, match=r"^people$"):
        model.build(people)
