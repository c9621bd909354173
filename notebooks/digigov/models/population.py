"""A synthetic province in SQLite: who lives where, and what the registers say of them. Nobody in it is real.

Everyone is drawn from a seed; totals are exact. Chances are held as ranks between 0 and 1, fixed once: a household has
a bank account when its `account` rank is below the coverage, so a higher coverage only adds accounts, and exactly that
share of households has one. Who is more likely to have, or to lack, something stands first in its ranking. All totals
and weights are assumed.
"""

import sqlite3
from functools import cache

import numpy as np
from numpy.typing import NDArray

PEOPLE = 100_000
GRAIN = 2_000  # people; any multiple of it can be built with the same proportions
SEED = 2026

# Of 100,000 people.
SIZES = {1: 2500, 2: 4350, 3: 5900, 4: 7800, 5: 4800, 6: 2650}  # households by members
HAMLETS = {"coast": 40, "plain": 70, "remote": 30}  # as many households in each; the same number in any province
POOR = 2250  # households on the poverty list
ELDERLY_ALONE = 1200  # people of 65 or more who live alone
DISABLED = 4000  # people
MIGRANTS = 1100  # households that rent and are not registered where they live
LEFT = 5600  # records of households that have moved away or died out, should every record be out of date
EMPTY = 560  # of these, records without any person left

GROUPS = ("elderly_alone", "disabled", "poor", "migrant", "remote")  # bits of the column `group_bits`, lowest first

Array = NDArray[np.float64]

TABLES = """
CREATE TABLE person (
    id INTEGER PRIMARY KEY, household INTEGER NOT NULL, age INTEGER NOT NULL, disabled INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('here', 'left', 'dead'))  -- the last two only stand in the register
);
CREATE TABLE dwelling (
    household INTEGER PRIMARY KEY, living INTEGER NOT NULL, {ranks},
    hamlet INTEGER NOT NULL, remote INTEGER NOT NULL, migrant INTEGER NOT NULL, poor INTEGER NOT NULL,
    income REAL NOT NULL, old_poor INTEGER NOT NULL, old_income REAL NOT NULL
);
"""
# Members as they are, and as a record that is out of date has them.
HOUSEHOLDS = """
CREATE TABLE household AS
SELECT dwelling.*,
    COALESCE(members, 0) AS members,
    COALESCE(old_members, 0) AS old_members,
    COALESCE(elderly_alone, 0) + 2 * COALESCE(disabled, 0) + 4 * poor + 8 * migrant + 16 * remote AS group_bits
FROM dwelling LEFT JOIN (
    SELECT household, SUM(state = 'here') AS members, COUNT(*) AS old_members,
        SUM(state = 'here') = 1 AND MAX(CASE WHEN state = 'here' THEN age END) >= 65 AS elderly_alone,
        MAX(disabled AND state = 'here') AS disabled
    FROM person GROUP BY household
) USING (household)
"""
RANKS = (  # those first that are asked of every household
    "damage",  # how badly the storm hit the dwelling, worst first
    "old_damage",  # the same of the dwelling where an old record places the household
    "stale",  # which records go out of date first
    "false_alarm",  # how easily a picture from above sees damage that is not there
    "false_report",
    "access",  # how late somebody from outside reaches the hamlet
    "account",
    "phone",
    "report",  # readiness to apply when nobody asks
    "appeal",
    "overlooked",  # by the hamlet's list
    "favoured",  # by the hamlet's list
    "photo",  # how easily a survey by photo misses damage
    "satellite",  # how easily a picture from above misses it
)


@cache
def build(people: int = PEOPLE, seed: int = SEED) -> sqlite3.Connection:
    """The province in memory: tables `person` and `household`, for reading.

    ValueError("people") unless it is a positive multiple of GRAIN.
    """
    if people <= 0 or people % GRAIN:
        raise ValueError("people")
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.execute("PRAGMA temp_store = MEMORY")  # what is worked out on the way needs no file
    dwellings, persons = _drawn(people / PEOPLE, np.random.default_rng(seed))
    database.executescript(TABLES.format(ranks=", ".join(f"{name} REAL NOT NULL" for name in RANKS)))
    marks = ", ".join("?" * len(dwellings))
    columns = (column.tolist() for column in dwellings.values())
    names = ", ".join(dwellings)
    database.executemany(f"INSERT INTO dwelling ({names}) VALUES ({marks})", zip(*columns, strict=True))
    rows = zip(*(column.tolist() for column in persons.values()), strict=True)
    database.executemany("INSERT INTO person (household, age, disabled, state) VALUES (?, ?, ?, ?)", rows)
    database.executescript(HOUSEHOLDS + "; DROP TABLE dwelling;")
    database.commit()
    return database


def _drawn(scale: float, random: np.random.Generator) -> tuple[dict[str, NDArray], dict[str, NDArray]]:
    """Columns of dwellings and of persons; households that live there first, then records of those that left."""
    size = np.repeat(list(SIZES), [round(count * scale) for count in SIZES.values()])
    living, left = len(size), round(LEFT * scale)
    zones = np.repeat(np.arange(3), list(HAMLETS.values()))
    hamlet = random.permutation(np.arange(living) % len(zones))
    zone = zones[hamlet]
    remote, coast = zone == 2, zone == 0

    alone = _some(random, round(ELDERLY_ALONE * scale), np.where(size == 1, 1.0, 0))
    # Who has come to work rents in the plain or on the coast, and is not old.
    migrant = _some(random, round(MIGRANTS * scale), np.where(~remote & ~alone, 1.0, 0))
    poor = _some(random, round(POOR * scale), np.where(remote, 4.0, 1) * np.where(alone, 2.0, 1))
    household, age = _ages(random, size, alone)
    disabled = _some(random, round(DISABLED * scale), np.where(age >= 65, 4.0, 1) * np.where(age < 15, 0.5, 1))
    with_disabled = np.bincount(household, weights=disabled, minlength=living) > 0
    a_head = np.where(poor, 1.1, 3.2) * np.exp(0.35 * random.standard_normal(living))
    old_poor = np.where(random.random(living) < 0.5, poor, random.permutation(poor))

    def ranked(*weights: tuple[NDArray[np.bool_], float]) -> Array:
        """Ranks of the households living there, those with a higher weight nearer to 0 than by chance."""
        weight = np.ones(living)
        for some, factor in weights:
            weight[some] *= factor
        return _ranks(random, weight)

    access = np.clip(random.permutation(len(zones)) / len(zones) * 0.5 + 0.5 * (zones == 2), 0, 1)
    exposed = ((coast, 3.0), (remote, 2.5), (poor, 1.5))
    ranks = {
        "damage": ranked(*exposed),
        "old_damage": random.permutation(ranked()),
        "stale": ranked((migrant, 1.0)),
        "access": access[hamlet],
        "account": ranked((alone, 0.25), (with_disabled, 0.6), (poor, 0.5), (remote, 0.4)),
        "phone": ranked((alone, 0.3), (with_disabled, 0.8), (poor, 0.6), (remote, 0.5)),
        "report": ranked((alone, 0.4), (with_disabled, 0.7), (remote, 0.5), (migrant, 0.8)),
        "appeal": ranked((alone, 0.5), (with_disabled, 0.8), (remote, 0.6), (migrant, 0.8)),
        "overlooked": ranked((migrant, 6.0), (remote, 1.5), (alone, 0.5), (poor, 0.8)),
        "favoured": ranked((migrant, 0.1), (poor, 0.8)),
        "false_report": ranked(),
        "photo": ranked((remote, 2.0)),
        "satellite": ranked((remote, 1.5)),
        "false_alarm": ranked(),
    }
    gone = {name: np.ones(left) for name in RANKS} | {
        "damage": random.random(left),
        "old_damage": random.random(left),
        "stale": _ranks(random, np.ones(left)),
        "account": random.random(left),
        "photo": random.random(left),
        "satellite": random.random(left),
        "false_alarm": random.random(left),
    }
    gone_hamlet = random.permutation(np.arange(left) % len(zones))
    gone["access"] = access[gone_hamlet]
    gone_poor = random.random(left) < POOR / living * scale
    gone_income = 3.2 * random.integers(1, 5, left)
    listed = np.where(np.arange(left) < round(EMPTY * scale), 0, random.integers(1, 5, left))

    def both(here: NDArray, there: NDArray) -> NDArray:
        return np.concatenate([here, there])

    dwellings = {
        "household": np.arange(living + left),
        "hamlet": both(hamlet, gone_hamlet),
        "remote": both(remote, zones[gone_hamlet] == 2).astype(int),
        "migrant": both(migrant, np.zeros(left)).astype(int),
        "living": both(np.ones(living), np.zeros(left)).astype(int),
        "poor": both(poor, gone_poor).astype(int),
        "income": np.round(both(a_head * size, gone_income), 1),
        "old_poor": both(old_poor, gone_poor).astype(int),
        "old_income": np.round(both(a_head * size * np.exp(0.4 * random.standard_normal(living)), gone_income), 1),
        **{name: both(ranks[name], gone[name]) for name in RANKS},
    }
    return dwellings, _persons(random, household, age, disabled, living, listed, scale)


def _ages(random: np.random.Generator, size: NDArray, alone: NDArray) -> tuple[NDArray, NDArray]:
    """Household and age of each person: the first is grown up; of those who live alone only `alone` are 65 or more."""
    household = np.repeat(np.arange(len(size)), size)
    place = np.arange(len(household)) - np.repeat(np.cumsum(size) - size, size)
    age = random.choice(np.arange(90), len(household), p=_pyramid())
    first = place == 0
    age[first] = random.integers(22, 75, first.sum())
    single = size[household] == 1
    age[single] = np.where(
        alone[household[single]], random.integers(65, 92, single.sum()), random.integers(20, 65, single.sum())
    )
    return household, age


def _pyramid() -> Array:
    shares = np.interp(np.arange(90), [0, 15, 40, 60, 75, 89], [1.5, 1.4, 1.5, 1.0, 0.4, 0.05])
    return shares / shares.sum()


def _persons(
    random: np.random.Generator,
    household: NDArray,
    age: NDArray,
    disabled: NDArray,
    living: int,
    listed: NDArray,
    scale: float,
) -> dict[str, NDArray]:
    """Everyone who lives there, then those who only stand in the register: the dead of a household, and who left."""
    dead = random.choice(living, round(1500 * scale), replace=False)
    left = living + np.repeat(np.arange(len(listed)), listed)
    gone = np.concatenate([dead, left])
    return {
        "household": np.concatenate([household, gone]),
        "age": np.concatenate([age, np.full(len(dead), 80), random.integers(1, 80, len(left))]),
        "disabled": np.concatenate([disabled, np.zeros(len(gone))]).astype(int),
        "state": np.concatenate([np.full(len(age), "here"), np.full(len(dead), "dead"), np.full(len(left), "left")]),
    }


def _ranks(random: np.random.Generator, weight: Array) -> Array:
    """Evenly spaced ranks in (0, 1). Whoever has twice the weight comes next twice as likely: a race of exponential
    waiting times."""
    order = np.argsort(random.exponential(1 / weight))
    ranks = np.empty(len(weight))
    ranks[order] = (np.arange(len(weight)) + 0.5) / len(weight)
    return ranks


def _some(random: np.random.Generator, count: int, weight: Array) -> NDArray[np.bool_]:
    """`count` drawn without replacement by weight; who has none is never drawn."""
    chosen = np.zeros(len(weight), dtype=bool)
    with np.errstate(divide="ignore"):
        chosen[np.argsort(random.exponential(1, len(weight)) / weight)[:count]] = True
    return chosen
