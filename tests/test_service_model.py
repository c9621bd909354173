"""The composed service: what a rule may say, and what is refused before anything runs."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digigov.labs.service_data import load
from digigov.models import population, relief
from digigov.models.eligibility import Rule
from digigov.models.relief import Case
from digigov.models.service import FACTS, Block, Fault, Service, faults

PALETTE = load()
RULES = (
    "damage >= 2",
    "damage >= 2 and poor == 1",
    "damage >= 2 and members > 0 and income / members < 2",
    "poor == 1",
)
FULL = ("identity", "population", "social", "photo", "sign", "bank", "post", "notice", "self_report")


def service(*names: str, rule: str = RULES[0]) -> Service:
    return Service(tuple(block for name, block in PALETTE.blocks.items() if name in names), Rule(rule))


@pytest.fixture(scope="module")
def province() -> sqlite3.Connection:
    return population.build()


# -- the rule


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        ("damage >= 2", ("damage",)),
        ("income / members < 2 and damage >= 2 and income > 0", ("income", "members", "damage")),
        ("not (poor == 0) or -damage < -1", ("poor", "damage")),
    ],
)
def test_a_rule_names_what_it_needs(text: str, needs: tuple[str, ...]) -> None:
    assert Rule(text).needs == needs


@given(
    st.recursive(
        st.sampled_from(["damage", "poor", "income", "members", "1", "2.5"]),
        lambda inner: (
            st.builds(
                "({} {} {})".format, inner, st.sampled_from(["+", "-", "*", "<", ">=", "==", "!=", "and", "or"]), inner
            )
            | inner.map("(not {})".format)
        ),
        max_leaves=8,
    ),
    st.tuples(*[st.integers(0, 4)] * len(FACTS)),
)
@settings(max_examples=150, deadline=None)
def test_sql_says_of_a_rule_what_python_says(text: str, facts: tuple[int, ...]) -> None:
    known = dict(zip(FACTS, facts, strict=True))
    query = Rule(text).sql({name: f":{name}" for name in FACTS})
    found = sqlite3.connect(":memory:").execute(f"SELECT ({query}) <> 0", known).fetchone()[0]
    assert bool(found) == bool(eval(text, {}, known))


@pytest.mark.parametrize(
    "text", ["", "damage >=", "1 < damage < 3", "__import__('os')", "damage; poor", "damage[0]", "'x' == poor",
             "members.real", "lambda: 1", "damage >= 1e400", "DAMAGE > 1", "poor == True", "damage ** 9", "(" * 300]
)  # fmt: skip
def test_what_is_no_rule_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^text$"):
        _ = Rule(text).needs


def test_a_guard_before_a_division_counts() -> None:
    def guards(text: str) -> list[str]:
        return [division.reached for division in Rule(text).divisions({})]

    assert guards("income / members < 2") == ["1"]
    assert guards("members > 0 and income / members < 2") == ["(members > 0)"]
    assert guards("members == 0 or income / members < 2") == ["(NOT (members = 0))"]
    assert guards("income / members < 2 and members > 0") == ["1"]
    assert guards("damage / (1 / poor) > 1") == ["1", "1"]


def test_least_is_only_what_every_case_must_have() -> None:
    assert Rule("damage >= 2").least("damage") == Rule("poor == 1 and damage >= 2").least("damage") == 2
    for text in ("damage >= 2 or poor == 1", "not (damage >= 2)", "damage > 2", "poor >= 2"):
        assert Rule(text).least("damage") == float("-inf")


# -- the check


def test_the_palette_puts_together_without_a_fault() -> None:
    assert faults(service(*PALETTE.blocks), PALETTE.blocks) == []
    assert faults(service(*FULL), PALETTE.blocks) == []


@pytest.mark.parametrize(
    ("left_out", "rule", "fault"),
    [
        ("identity", RULES[0], Fault("block", "bank", "person", ("identity",))),
        ("photo", RULES[0], Fault("rule", "rule", "damage", ("photo", "satellite"))),
        ("social", RULES[1], Fault("rule", "rule", "poor", ("social",))),
        ("social", RULES[2], Fault("rule", "rule", "income", ("social",))),
        ("population self_report", RULES[0], Fault("block", "photo", "address", ("population", "self_report"))),
        ("population self_report", RULES[2], Fault("rule", "rule", "members", ("population", "self_report"))),
        ("social self_report", RULES[0], Fault("block", "notice", "phone", ("social", "self_report"))),
        ("sign", RULES[0], Fault("block", "bank", "decision", ("sign",))),
        ("", "damage >= 2 and faith == 1", Fault("unknown", "rule", "faith")),
        ("", "phone == 1", Fault("unknown", "rule", "phone")),
    ],
)
def test_a_field_that_nobody_supplies_is_named_with_who_would(left_out: str, rule: str, fault: Fault) -> None:
    found = faults(service(*(set(FULL) - set(left_out.split())), rule=rule), PALETTE.blocks)
    assert found[0] == fault


@given(st.sets(st.sampled_from(sorted(PALETTE.blocks))))
def test_there_is_a_fault_exactly_when_a_field_is_missing_and_adding_who_supplies_it_mends_it(names: set[str]) -> None:
    one = service(*names, rule=RULES[2])
    supplied = {field for block in one.blocks for field in block.supplies}
    needed = {"damage", "members", "income"} | {field for block in one.blocks for field in block.needs}
    found = faults(one, PALETTE.blocks)
    assert {fault.field for fault in found} == needed - supplied
    for fault in found:
        assert fault.by and not set(fault.by) & names
        mended = faults(service(*names, fault.by[0], rule=RULES[2]), PALETTE.blocks)
        assert (fault.kind, fault.what, fault.field) not in {(f.kind, f.what, f.field) for f in mended}


def test_division_by_zero_is_found_with_the_number_of_records(province: sqlite3.Connection) -> None:
    careless = service(*FULL, rule="income / members < 2")
    for error in (0.1, 0.3):
        case = Case(register_error=error)
        empty = province.execute(
            "SELECT COUNT(*) FROM household WHERE stale < ? AND old_members = 0", [error]
        ).fetchone()[0]
        assert relief.zero_divisions(careless, case, province) == [Fault("zero", "rule", "members", count=empty)]
    assert empty > 0
    assert relief.zero_divisions(careless, Case(register_error=0), province) == []
    assert relief.zero_divisions(service(*FULL, rule=RULES[2]), Case(), province) == []
    without_register = service(*(set(FULL) - {"population"}), rule="income / members < 2")
    assert relief.zero_divisions(without_register, Case(), province) == []
    always = relief.zero_divisions(service(*FULL, rule="damage / 0 > 1"), Case(), province)
    assert always[0].kind == "zero" and always[0].field == "0"


def test_days_and_costs_are_sums_over_the_blocks() -> None:
    blocks = (Block("a", frozenset(), (), 1, 30, 10, 1000), Block("b", frozenset(), (), 2, 50, 20, 500))
    one = Service(blocks, Rule("damage >= 2"))
    assert (one.launch_days(built=False), one.launch_days(built=True)) == (3, 53)
    assert (one.set_up_cost(built=False), one.set_up_cost(built=True)) == (30, 1530)
    with pytest.raises(ValueError, match=r"^days$"):
        Block("a", frozenset(), (), -1, 0, 0, 0)
