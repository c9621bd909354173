"""Attacks on the exchange and on the two older ways: what each really needs, and what each brings out."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digigov.labs.exchange_data import load
from digigov.models import attacks, ledger
from digigov.models.attacks import ATTACKS, FOUND, NO_LOG, ON_REQUESTS, ON_THE_LOG, SEEN, STOPPED, UNNOTICED, Door
from digigov.models.ledger import Guard
from digigov.models.older import SharedDatabase
from digigov.models.three_ways import WAYS, everywhere, on_paper, on_shared

SCENE = load().scene
DOORS = st.builds(Door, st.booleans(), st.booleans(), st.booleans())
GUARDS = st.builds(Guard, st.booleans(), st.booleans(), st.booleans(), st.integers(1, 12))
PLACES = st.integers(2, SCENE.places)
every_setting = settings(max_examples=40)


# -- attacks

# Which defences an attack at place 9, checkpoints every 5 lines, runs into: without all of them it is neither stopped
# nor found, and each of them alone is enough.
NEEDED = {
    "forge": {"signature"},
    "replay": {"fresh"},
    "overread": {"purpose"},
    "expired": {"signature"},
    "false_purpose": set(),
    "edit": {"chain", "checkpoints"},
    "drop": {"chain", "checkpoints"},
    "reorder": {"chain", "checkpoints"},
    "insert": {"signature", "chain", "checkpoints"},
    "rebuild": {"checkpoints"},
    "truncate": {"second"},
    "collude": {"second"},
    "collude_both": set(),
}
SWITCHES = ("signature", "fresh", "purpose", "chain", "checkpoints", "second")


def caught(attack: str, on: set[str], place: int = 9, interval: int = 5) -> bool:
    door = Door(*(name in on for name in SWITCHES[:3]))
    guard = Guard(*(name in on for name in SWITCHES[3:]), interval=interval)
    return attacks.trial(SCENE, attack, door, guard, place, 1).outcome.state in (STOPPED, FOUND)


@pytest.mark.parametrize("attack", ATTACKS)
def test_each_attack_is_caught_by_the_defences_that_it_runs_into_and_by_no_other(attack: str) -> None:
    for chosen in product((False, True), repeat=len(SWITCHES)):
        on = {name for name, there in zip(SWITCHES, chosen, strict=True) if there}
        useful = on - ({"second"} if "checkpoints" not in on else set())  # it has nothing to hold
        assert caught(attack, on) == bool(NEEDED[attack] & useful), on


@pytest.mark.parametrize("attack", ["truncate", "collude"])
def test_what_the_second_keeper_has_not_yet_is_not_safe(attack: str) -> None:
    for interval in range(1, 13):
        safe = SCENE.places // interval * interval
        for place in range(2, SCENE.places + 1):
            assert caught(attack, {*SWITCHES}, place, interval) == (place <= safe)


@every_setting
@given(DOORS, GUARDS, PLACES, st.sampled_from(ATTACKS))
def test_a_found_place_is_the_place_or_a_stretch_around_it(door: Door, guard: Guard, place: int, attack: str) -> None:
    done = attacks.trial(SCENE, attack, door, guard, place, 1)
    if done.outcome.state == FOUND:
        first, last = done.outcome.fault.first, done.outcome.fault.last
        swapped_back = attack == "reorder" and place == SCENE.places  # the last line has only its neighbour above
        assert first <= place - swapped_back <= last
        assert first == last or done.outcome.by in ("checkpoints", "second")
    assert (done.outcome.state == STOPPED) == bool(done.reason)
    assert ledger.chain_fault(ledger.linked(done.honest.entries)) is None
    assert attacks.audit(done.honest, SCENE.policy, door).keys() == done.faults.keys()


@every_setting
@given(DOORS, GUARDS, PLACES, st.sampled_from(ON_REQUESTS))
def test_an_honest_log_of_an_attack_through_the_door_is_sound(
    door: Door, guard: Guard, place: int, attack: str
) -> None:
    done = attacks.trial(SCENE, attack, door, guard, place, 1)
    assert set(done.faults.values()) <= {None}
    assert len(done.log.entries) == SCENE.places  # refused or not, it is written down
    assert done.log.entries[place - 1].request == attacks.attacker_request(SCENE, attack, door, 0, place)


def test_an_insider_is_seen_by_the_people_who_have_no_such_matter() -> None:
    done = attacks.trial(SCENE, "false_purpose", Door(), Guard(), 9, 50)
    known = sum(("tax", "tax_dependant") in SCENE.dealings.get(person, ()) for person in range(50))
    assert (done.outcome.state, done.strange) == (SEEN, 50 - known) and known == 2


def test_who_collects_many_answers_is_seen_where_one_would_blend_in() -> None:
    door = Door(signature=False)
    one = attacks.trial(SCENE, "forge", door, Guard(), 9, 1)
    many = attacks.trial(SCENE, "forge", door, Guard(), 9, 50)
    assert (one.outcome.state, many.outcome.state) == (UNNOTICED, SEEN)
    assert (one.outcome.people, many.outcome.people) == (1, 50)


def test_the_three_ways_at_the_defaults() -> None:
    states = {key: outcome.state for key, outcome in everywhere(SCENE, Door(), Guard(), 9, 50, 20).items()}
    assert set(states) == {(attack, way) for attack in ATTACKS for way in WAYS}
    assert [attack for attack in ATTACKS if states[attack, "exchange"] not in (STOPPED, FOUND)] == [
        "false_purpose",
        "collude_both",
    ]
    assert [attack for attack in ATTACKS if states[attack, "shared"] != UNNOTICED] == ["forge"]
    assert {states[attack, "paper"] for attack in ON_REQUESTS} == {UNNOTICED}
    assert {states[attack, "paper"] for attack in ON_THE_LOG} == {NO_LOG}


def test_what_goes_out_is_people_times_fields() -> None:
    row, population = sum(map(len, SCENE.policy.registers.values())), len(SCENE.policy.registers["population"])
    assert (on_paper(SCENE, "overread", 50, 20).people, on_paper(SCENE, "overread", 5, 20).people) == (20, 5)
    shared = on_shared(SCENE, "overread", 9, 50)
    assert (shared.people, shared.fields) == (50, row)
    assert attacks.harvest(SCENE, "overread", Door(purpose=False), 50) == (50, population, 50)
    assert attacks.harvest(SCENE, "overread", Door(), 50) == (0, 0, 0)
    assert attacks.harvest(SCENE, "replay", Door(fresh=False), 50)[0] == on_paper(SCENE, "replay", 50, 20).people == 1


@pytest.mark.parametrize(
    ("name", "attack", "place", "reach"),
    [
        ("attack", "hope", 9, 1),
        ("place", "edit", 1, 1),
        ("place", "edit", SCENE.places + 1, 1),
        ("reach", "edit", 9, 0),
    ],
)
def test_values_without_meaning_are_named(name: str, attack: str, place: int, reach: int) -> None:
    with pytest.raises(ValueError, match=f"^{name}$"):
        attacks.trial(SCENE, attack, Door(), Guard(), place, reach)


def test_only_the_log_is_tampered_with_as_a_log() -> None:
    log = ledger.kept(attacks.entries(SCENE, Door(), "", 2), Guard())
    with pytest.raises(ValueError, match="attack"):
        attacks.tampered(log, "forge", 2, SCENE.ordinary[0])
    with pytest.raises(ValueError, match="attack"):
        SharedDatabase.of(
            SCENE.policy,
        ).tampered("forge", 2, "tax")
