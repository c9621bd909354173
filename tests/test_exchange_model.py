"""The exchange and the two older ways: who is answered, what goes out, and what each attack really needs."""

from dataclasses import replace
from itertools import product

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from digigov.labs.exchange_data import load
from digigov.models import attacks, ledger
from digigov.models.attacks import ATTACKS, FOUND, NO_LOG, ON_REQUESTS, ON_THE_LOG, SEEN, STOPPED, UNNOTICED, Door
from digigov.models.exchange import (
    FRESH_DAYS,
    REASONS,
    Gateway,
    Key,
    Policy,
    Purpose,
    handed_out,
    is_strange,
    public_key,
    verify,
)
from digigov.models.ledger import Guard
from digigov.models.older import Letter, Paper, PaperOffice, SharedDatabase, password, seal
from digigov.models.three_ways import WAYS, everywhere, on_paper, on_shared, ordinary_fields

DAY = 1000
ALL = frozenset("abcdef")
POLICY = Policy(
    {"population": ALL, "civil": frozenset("xyz")},
    {
        "birth": Purpose(frozenset({"commune"}), {"population": frozenset("abc"), "civil": frozenset("x")}),
        "relief": Purpose(frozenset({"tax"}), {"population": frozenset("a")}),
    },
    {
        "commune": Key(public_key("commune"), DAY + 100),
        "tax": Key(public_key("tax"), DAY + 100),
        "old": Key(public_key("old"), DAY - 1),
    },
)
SCENE = load().scene
DOORS = st.builds(Door, st.booleans(), st.booleans(), st.booleans())
GUARDS = st.builds(Guard, st.booleans(), st.booleans(), st.booleans(), st.integers(1, 12))
PLACES = st.integers(2, SCENE.places)
every_setting = settings(max_examples=40)


def asked(**changes: object):
    values = {"caller": "commune", "purpose": "birth", "register": "population", "subject": 1, "nonce": 1, "day": DAY}
    return POLICY.request(**{**values, **changes})


# -- requests and the door


def test_the_signature_is_one_that_the_library_itself_accepts() -> None:
    request = asked()
    Ed25519PublicKey.from_public_bytes(public_key("commune")).verify(request.signature, request.message)
    for change in ({"subject": 2}, {"purpose": "relief"}, {"fields": frozenset("ab")}, {"nonce": 2}, {"day": DAY + 1}):
        assert not verify(public_key("commune"), request.signature, replace(request, **change).message)


def test_a_request_without_fields_asks_for_the_minimum() -> None:
    assert asked().fields == frozenset("abc") and asked(register="civil").fields == frozenset("x")


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("caller", {"caller": "bank"}),
        ("purpose", {"purpose": "curiosity"}),
        ("register", {"register": "weather"}),
        ("fields", {"fields": "abq"}),
        ("fields", {"fields": ""}),
        ("fields", {"purpose": "relief", "register": "civil"}),  # it needs nothing there
    ],
)
def test_what_nobody_knows_is_named(name: str, changes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=f"^{name}$"):
        asked(**changes)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("agency", {"purposes": {"birth": Purpose(frozenset({"bank"}), {})}}),
        ("register", {"purposes": {"birth": Purpose(frozenset({"commune"}), {"weather": frozenset("a")})}}),
        ("fields", {"purposes": {"birth": Purpose(frozenset({"commune"}), {"civil": frozenset("a")})}}),
    ],
)
def test_a_policy_that_nobody_could_follow_is_refused(name: str, changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=name):
        replace(POLICY, **changes)


def test_the_door_refuses_for_every_reason_and_answers_the_rest() -> None:
    cases = {
        "": asked(),
        "caller": replace(asked(), caller="bank"),
        "expired": asked(caller="old"),
        "signature": asked(signer="outsider"),
        "stale": asked(day=DAY - FRESH_DAYS - 1),
        "purpose": asked(caller="tax"),
        "fields": asked(fields="abcd"),
    }
    for reason, request in cases.items():
        assert Gateway(POLICY).refusal(request, DAY) == reason
    assert {*cases, "replay"} - {""} == {*REASONS}
    assert Gateway(POLICY).refusal(asked(day=DAY + 1), DAY) == "stale"  # from a day that has not come
    assert Gateway(POLICY).refusal(asked(day=DAY - FRESH_DAYS), DAY) == ""


def test_a_request_is_answered_once() -> None:
    door = Gateway(POLICY)
    assert door.refusal(asked(), DAY) == ""
    assert door.refusal(asked(), DAY) == door.refusal(asked(subject=2), DAY + 1) == "replay"
    assert door.refusal(asked(nonce=2), DAY) == ""
    assert door.refusal(asked(caller="tax", purpose="relief"), DAY) == ""  # another caller's numbers are its own


def test_a_forger_cannot_use_up_the_numbers_of_an_agency() -> None:
    door = Gateway(POLICY)
    assert door.refusal(asked(signer="outsider"), DAY) == "signature"
    assert door.refusal(asked(), DAY) == ""


@given(st.frozensets(st.sampled_from(sorted(ALL)), min_size=1))
def test_fields_are_answered_if_and_only_if_the_purpose_needs_them_all(fields: frozenset[str]) -> None:
    answered = Gateway(POLICY).refusal(asked(fields=fields), DAY) == ""
    assert answered == (not fields - frozenset("abc"))
    assert Gateway(POLICY, purpose=False).refusal(asked(fields=fields), DAY) == ""
    assert handed_out([(asked(fields=fields), ""), (asked(fields=fields), "fields")]) == len(fields)


def test_a_door_without_checks_lets_everything_in_that_the_register_has() -> None:
    open_door = Gateway(POLICY, signature=False, fresh=False, purpose=False)
    request = replace(asked(fields=ALL), caller="nobody", signature=b"")
    assert open_door.refusal(request, DAY) == open_door.refusal(request, DAY + 99) == ""
    assert open_door.refusal(replace(request, fields=ALL | {"q"}), DAY) == "fields"


def test_a_person_finds_strange_what_is_no_matter_of_theirs_or_more_than_its_minimum() -> None:
    dealings = {1: frozenset({("commune", "birth")})}
    assert not is_strange(POLICY, dealings, asked())
    assert is_strange(POLICY, dealings, asked(fields="abcd"))
    assert is_strange(POLICY, dealings, asked(caller="tax", purpose="relief"))
    assert is_strange(POLICY, dealings, asked(subject=2))


# -- the older ways are working objects too


def test_a_database_answers_any_account_with_the_whole_row() -> None:
    database = SharedDatabase.of(POLICY)
    assert database.read("tax", password("tax"), 7, DAY) == ALL | frozenset("xyz")
    assert database.read("tax", "a guess", 7, DAY) is None and database.read("bank", "", 7, DAY) is None
    assert len(database.log) == 1 and database.audit() is None
    database.log[0] = replace(database.log[0], account="bank")
    assert database.audit() == 1


@pytest.mark.parametrize("attack", ON_THE_LOG)
def test_an_administrator_leaves_a_log_in_good_form_but_another_one(attack: str) -> None:
    database = SharedDatabase.of(POLICY)
    for number, account in enumerate(("commune", "tax", "old")):
        database.read(account, password(account), number, DAY + number)
    before = list(database.log)
    database.tampered(attack, 2, "commune")
    assert database.log != before and database.audit() is None


def test_paper_shows_all_that_is_on_it_and_an_office_has_a_day() -> None:
    papers = {
        "card": Paper("population", frozenset("abcd")),
        "slip": Paper("population", frozenset("ef")),
        "deed": Paper("civil", frozenset("xy")),
    }
    office = PaperOffice(papers, 2)
    assert office.papers_for("population", frozenset("ab")) == {"card"}
    assert office.papers_for("population", frozenset("ae")) == {"card", "slip"} == office.of_register("population")
    assert office.papers_for("civil", frozenset("z")) == frozenset()  # on no paper
    assert office.answer(Letter("bank", "population", 1, frozenset({"card"}), b"no seal")) is None
    assert office.ask(asked()) == frozenset("abcd")
    assert office.answer(Letter("old", "civil", 1, frozenset({"deed"}), seal("old"))) == frozenset("xy")
    assert office.ask(asked()) is None  # the day is over


# -- the load


def test_ordinary_requests_bring_out_what_set_arithmetic_says() -> None:
    least = [len(SCENE.policy.least(r.purpose, r.register)) for r in SCENE.ordinary]
    right = [len(r.fields) <= n for r, n in zip(SCENE.ordinary, least, strict=True)]
    fields = ordinary_fields(SCENE, Door())
    assert fields["exchange"] == sum(n for n, fine in zip(least, right, strict=True) if fine) == SCENE.needed
    assert fields["shared"] == len(SCENE.ordinary) * sum(map(len, SCENE.policy.registers.values()))
    assert fields["exchange"] < fields["paper"] < fields["shared"]
    assert ordinary_fields(SCENE, Door(purpose=False))["exchange"] == sum(len(r.fields) for r in SCENE.ordinary)


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
            POLICY,
        ).tampered("forge", 2, "tax")
