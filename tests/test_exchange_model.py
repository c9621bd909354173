"""The exchange and the two older ways: who is answered, what goes out, and what each attack really needs."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st

from digigov.labs.exchange_data import load
from digigov.models.attacks import ON_THE_LOG, Door
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
from digigov.models.three_ways import ordinary_fields

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
