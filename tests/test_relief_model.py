"""Relief on the synthetic province: outcomes against SQL and counting written another way, and what always holds."""

import sqlite3
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digigov.labs.service_data import load
from digigov.models import population, relief, relief_claims
from digigov.models.eligibility import Rule
from digigov.models.relief import Case
from digigov.models.service import FACTS, Service

PALETTE = load()
RULES = (
    "damage >= 2",
    "damage >= 2 and poor == 1",
    "damage >= 2 and members > 0 and income / members < 2",
    "poor == 1",
)
ALWAYS = ("identity", "population", "sign", "photo", "bank")
FULL = ("identity", "population", "social", "photo", "sign", "bank", "post", "notice", "self_report")


def service(*names: str, rule: str = RULES[0]) -> Service:
    return Service(tuple(block for name, block in PALETTE.blocks.items() if name in names), Rule(rule))


@pytest.fixture(scope="module")
def province() -> sqlite3.Connection:
    return population.build()


@pytest.fixture(scope="module")
def small() -> sqlite3.Connection:
    return population.build(10_000, seed=7)


# -- the run, another way


def by_counting(one: Service, case: Case, database: sqlite3.Connection) -> dict[str, Any]:
    """The same outcome by numpy over all households, written from the words of the lab and not from its SQL."""
    cursor = database.execute("SELECT * FROM household")
    table = dict(zip([name for name, *_ in cursor.description], np.array(cursor.fetchall()).T, strict=True))
    c = {name: column.astype(float) for name, column in table.items()}
    living, bits = c["living"] == 1, c["group_bits"].astype(int)
    exists = living | (c["stale"] < case.register_error)
    old = c["stale"] < case.register_error

    def level(rank: np.ndarray) -> np.ndarray:
        cuts = np.array([relief.COLLAPSED, 1, relief.ANY]) * case.storm
        return (rank[:, np.newaxis] < cuts).sum(axis=1)

    true = {name: c[name] for name in FACTS if name != "damage"} | {"damage": level(c["damage"])}
    looked = np.where(old, level(c["old_damage"]), level(c["damage"]))
    if one.has("photo"):
        seen = np.where((looked >= 2) & (c["photo"] < case.photo_miss), 1, looked)
    else:
        missed = (looked >= 2) & (c["satellite"] < case.satellite_miss)
        seen = np.where(missed, 1, looked)
        seen = np.where((looked < 2) & (c["false_alarm"] < case.satellite_false), 2, seen)
    held = {name: np.where(old, c[f"old_{name}"], c[name]) for name in FACTS if name != "damage"} | {"damage": seen}

    def holds(facts: dict[str, np.ndarray]) -> np.ndarray:
        a_head = np.divide(facts["income"], facts["members"], out=np.full(len(bits), 9.0), where=facts["members"] > 0)
        heavy, poor = facts["damage"] >= 2, facts["poor"] == 1
        return dict(zip(RULES, (heavy, heavy & poor, heavy & (a_head < 2), poor), strict=True))[one.rule.text]

    entitled = living & holds(true)
    listed = exists & holds(held) & (c["migrant"] == 0) & one.has("population")
    banked = (c["account"] < case.accounts) & one.has("bank")
    told = (c["phone"] < case.phones) & one.has("notice")
    knows = np.where(told, 1, case.unheard)
    at_once = listed & (banked | (one.has("post") & ~old))
    asks = np.where(entitled, c["report"] < case.report_share * knows, c["false_report"] < case.false_report)
    reported = ~at_once & living & asks & one.has("self_report") & (banked | one.has("post"))
    appealed = ~at_once & ~reported & entitled & (c["appeal"] < case.appeal_share * knows) & one.has("appeal")
    paid = at_once | reported | appealed
    launch = one.launch_days(False)
    seen_on = relief.FIRST_SURVEY + c["access"] * case.photo_days if one.has("photo") else case.satellite_days
    ready = np.maximum(launch, seen_on)
    cash = case.cash_days + relief.SLOWEST_CASH * c["access"] + np.where(told, 0, relief.UNTOLD)
    money = np.where(banked, relief.BANK_DAYS, cash)
    day = np.where(at_once, ready + relief.SIGN_DAYS + money, 0)
    day = np.where(reported, launch + relief.SLOWEST_CLAIM * c["report"] + case.check_days + money, day)
    last = ready + relief.SIGN_DAYS + relief.SLOWEST_CLAIM * c["appeal"] + case.appeal_days + case.cash_days
    day = np.floor(np.where(appealed, last, day))
    groups = [np.ones(len(bits), dtype=bool), *((bits >> place & 1) == 1 for place in range(len(population.GROUPS)))]
    days = day[paid & entitled]
    return {
        "entitled": [int((entitled & group).sum()) for group in groups],
        "left_out": [int((entitled & ~paid & group).sum()) for group in groups],
        "wrongly_paid": int((paid & ~entitled).sum()),
        "paid": [(days <= limit).sum() for limit in range(relief.LAST_DAY + 1)],
        "by_way": [int((entitled & way).sum()) for way in (at_once, reported, appealed)],
    }


def check(one: Service, case: Case, database: sqlite3.Connection) -> None:
    outcome, counted = relief.run(one, case, database), by_counting(one, case, database)
    for name, value in counted.items():
        assert np.array_equal(getattr(outcome, name), value), name
    assert outcome.by_reason.sum() == outcome.left_out[0]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("source", ["photo", "satellite"])
def test_the_outcome_is_what_counting_gives(province: sqlite3.Connection, rule: str, source: str) -> None:
    names = {*FULL, "appeal", source} - ({"photo"} if source == "satellite" else set())
    check(service(*names, rule=rule), Case(), province)
    check(service("identity", "population", "sign", "bank", source, rule=rule), Case(register_error=0.3), province)


def share(low: float, high: float) -> st.SearchStrategy[float]:
    return st.integers(0, 20).map(lambda step: low + (high - low) * step / 20)


CASES = st.builds(
    Case,
    storm=share(0.04, 0.3),
    register_error=share(0, 1),
    accounts=share(0, 1),
    phones=share(0, 1),
    photo_miss=share(0, 0.5),
    satellite_miss=share(0, 1),
    satellite_false=share(0, 0.2),
    report_share=share(0, 1),
    appeal_share=share(0, 1),
    unheard=share(0, 1),
    false_report=share(0, 0.1),
    photo_days=st.integers(0, 20),
)
COMPOSED = st.builds(
    lambda extra, seen, rule: service("identity", "sign", "population", "bank", seen, *extra, rule=rule),
    st.sets(st.sampled_from(["post", "social", "notice", "self_report", "appeal"])),
    st.sampled_from(["photo", "satellite"]),
    st.sampled_from(RULES),
)
every_case = settings(max_examples=40, deadline=None)


@given(COMPOSED, CASES)
@every_case
def test_any_service_in_any_case_is_what_counting_gives(one: Service, case: Case) -> None:
    check(one, case, population.build(10_000, seed=7))


def test_a_query_written_by_hand_finds_the_same_people(province: sqlite3.Connection) -> None:
    """Register, photo, bank, nothing else: who is left out, in one plain query from the persons up."""
    case = Case()
    outcome = relief.run(service(*ALWAYS), case, province)
    entitled, left_out = province.execute(
        """
        WITH home AS (SELECT household FROM person WHERE state = 'here' GROUP BY household)
        SELECT COUNT(*), SUM(NOT (migrant = 0 AND account < 0.8 AND photo >= 0.03
            AND CASE WHEN stale < 0.1 THEN old_damage ELSE damage END < 0.12))
        FROM home JOIN household USING (household) WHERE damage < 0.12
        """
    ).fetchone()
    assert (outcome.entitled[0], outcome.left_out[0]) == (entitled, left_out)
    wrongly = province.execute(
        """
        SELECT COUNT(*) FROM household WHERE stale < 0.1 AND old_damage < 0.12 AND photo >= 0.03 AND account < 0.8
            AND migrant = 0 AND (living = 0 OR damage >= 0.12)
        """
    ).fetchone()[0]
    assert outcome.wrongly_paid == wrongly


@pytest.mark.parametrize("rule", RULES)
def test_paper_lists_are_what_a_query_by_hand_gives(province: sqlite3.Connection, rule: str) -> None:
    outcome = relief.on_paper(Rule(rule), Case(), province)
    meets = {
        RULES[0]: "damage < 0.12",
        RULES[1]: "damage < 0.12 AND poor",
        RULES[2]: "damage < 0.12 AND income < 2 * members",
        RULES[3]: "poor",
    }[rule]
    for query, found in {
        f"SELECT COUNT(*) FROM household WHERE living AND {meets}": outcome.entitled[0],
        f"SELECT COUNT(*) FROM household WHERE living AND {meets} AND overlooked < 0.08": outcome.left_out[0],
        f"SELECT COUNT(*) FROM household WHERE living AND migrant AND {meets}": outcome.entitled[4],
        f"SELECT COUNT(*) FROM household WHERE living AND NOT ({meets}) AND favoured < 0.01": outcome.wrongly_paid,
    }.items():
        assert province.execute(query).fetchone()[0] == found, query
    fastest = int(np.flatnonzero(outcome.paid)[0])
    assert fastest == Case().paper_days and outcome.day(1.0) == float("inf")


# -- properties


@given(COMPOSED, CASES)
@every_case
def test_an_appeal_desk_or_self_report_never_leaves_out_more(one: Service, case: Case) -> None:
    database = population.build(10_000, seed=7)
    bare = replace(one, blocks=tuple(b for b in one.blocks if b.name not in ("appeal", "self_report")))
    before = relief.run(bare, case, database)
    for added in (("appeal",), ("self_report",), ("appeal", "self_report")):
        after = relief.run(
            replace(bare, blocks=(*bare.blocks, *(PALETTE.blocks[name] for name in added))), case, database
        )
        assert (after.left_out <= before.left_out).all()
        assert np.array_equal(after.entitled, before.entitled)
        if "self_report" not in added:
            assert after.wrongly_paid == before.wrongly_paid


@given(COMPOSED, CASES, share(0, 0.5))
@every_case
def test_more_accounts_never_leave_out_more(one: Service, case: Case, more: float) -> None:
    database = population.build(10_000, seed=7)
    richer = replace(case, accounts=min(1, case.accounts + more))
    assert relief.run(one, richer, database).left_out[0] <= relief.run(one, case, database).left_out[0]


@given(COMPOSED, CASES)
@every_case
def test_counts_are_whole_and_hold_together(one: Service, case: Case) -> None:
    outcome = relief.run(one, case, population.build(10_000, seed=7))
    assert (np.diff(outcome.paid) >= 0).all() and outcome.paid[0] >= 0
    assert outcome.by_way.sum() == outcome.entitled[0] - outcome.left_out[0] >= outcome.paid[-1]
    assert (outcome.left_out <= outcome.entitled).all() and outcome.cost > 0
    assert outcome.day(0.0) == 0 <= outcome.day(0.5)


def test_perfect_registers_leave_out_only_who_is_not_in_them(province: sqlite3.Connection) -> None:
    perfect = Case(register_error=0, accounts=1, photo_miss=0, false_report=0)
    outcome = relief.run(service(*ALWAYS), perfect, province)
    assert outcome.wrongly_paid == 0 and outcome.left_out[0] == outcome.entitled[4] == outcome.left_out[4]


def test_the_same_question_has_the_same_answer_also_after_many_others(small: sqlite3.Connection) -> None:
    one = service(*FULL)
    first = relief.run(one, Case(), small)
    for step in range(2 * relief_claims.KEPT):
        relief.run(one, Case(register_error=step / 100), small)
    again = relief.run(one, Case(), small)
    assert np.array_equal(first.paid, again.paid) and first.cost == again.cost
    tables = small.execute("SELECT COUNT(*) FROM sqlite_temp_master WHERE type = 'table'").fetchone()[0]
    assert tables <= relief_claims.KEPT


# -- senseless input


@pytest.mark.parametrize("name", ["storm", "register_error", "accounts", "phones", "report_share", "paper_miss"])
@pytest.mark.parametrize("value", [1.01, -0.01, float("nan"), float("inf")])
def test_a_probability_above_one_names_its_parameter(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"^{name}$"):
        Case(**{name: value})


@pytest.mark.parametrize("name", ["photo_days", "paper_days", "paper_spread", "paper_cost"])
def test_days_and_costs_below_zero_name_their_parameter(name: str) -> None:
    with pytest.raises(ValueError, match=f"^{name}$"):
        Case(**{name: -1})
    assert getattr(Case(**{name: 40}), name) == 40


def test_nobody_entitled_is_said(small: sqlite3.Connection) -> None:
    for call in (
        lambda: relief.run(service(*FULL), Case(storm=0), small),
        lambda: relief.on_paper(Rule("damage >= 2"), Case(storm=0), small),
    ):
        with pytest.raises(ValueError, match=r"^entitled$"):
            call()
