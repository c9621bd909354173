"""The log against its definition, published signatures, and every single change at every place."""

import hashlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from digigov.models import exchange, ledger
from digigov.models.exchange import Request
from digigov.models.ledger import Checkpoint, Entry, Fault, Guard, Log

FIELDS = ("full_name", "residence", "children")
REQUESTS = st.builds(
    Request,
    caller=st.sampled_from(["commune", "tax"]),
    purpose=st.sampled_from(["birth", "relief"]),
    register=st.just("population"),
    subject=st.integers(0, 3),
    fields=st.frozensets(st.sampled_from(FIELDS), min_size=1),
    nonce=st.integers(0, 3),  # the same request may well come again
    day=st.integers(1, 4),
    signature=st.binary(min_size=2, max_size=2),
)
ENTRIES = st.lists(
    st.builds(Entry, REQUESTS, st.sampled_from(["", "fields"]), st.integers(1, 4)), min_size=2, max_size=25
)
GUARDS = st.builds(Guard, interval=st.integers(1, 9))
NEW = Entry(Request("tax", "invented", "population", 9, frozenset({"religion"}), 9, 9), "", 9)
every_log = settings(max_examples=60)


def a_place(data: st.DataObject, count: int, first: int = 1) -> int:
    return data.draw(st.integers(first, count), label="place")


# -- signatures: RFC 8032, section 7.1, tests 1 to 3: secret, public, message, signature
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("secret", "public", "message", "signature"), RFC_8032)
def test_signatures_are_those_of_the_standard(
    secret: str, public: str, message: str, signature: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))
    monkeypatch.setattr(exchange, "_private", lambda name: key)
    said = bytes.fromhex(message)
    assert exchange.public_key.__wrapped__("anybody").hex() == public
    assert exchange.sign.__wrapped__("anybody", said).hex() == signature
    assert exchange.verify(bytes.fromhex(public), bytes.fromhex(signature), said)
    assert not exchange.verify(bytes.fromhex(public), bytes.fromhex(signature), said + b"\0")
    for bit in range(0, 512, 37):
        flipped = bytearray.fromhex(signature)
        flipped[bit // 8] ^= 1 << bit % 8
        assert not exchange.verify(bytes.fromhex(public), bytes(flipped), said)


def test_keys_come_from_names_and_are_the_same_every_time() -> None:
    assert exchange.public_key("commune") == exchange.public_key.__wrapped__("commune")
    assert len({exchange.public_key(name) for name in ("commune", "tax", ledger.KEEPER)}) == 3
    assert exchange.sign("commune", b"x") == exchange.sign.__wrapped__("commune", b"x")


# -- the honest log


@every_log
@given(ENTRIES, GUARDS)
def test_the_chain_is_what_it_is_defined_to_be_and_an_honest_log_is_sound(entries: list[Entry], guard: Guard) -> None:
    log = ledger.kept(entries, guard)
    before = bytes(32)
    for entry, kept in zip(entries, log.entries, strict=True):
        assert (kept.request, kept.reason, kept.previous) == (entry.request, entry.reason, before)
        before = hashlib.sha256(before + kept.content).digest()
        assert kept.hash == before
    assert [checkpoint.count for checkpoint in log.checkpoints] == [
        count for count in range(1, len(entries) + 1) if count % guard.interval == 0
    ]
    assert all(checkpoint.is_signed for checkpoint in log.checkpoints) and log.copies == log.checkpoints
    assert ledger.chain_fault(log.entries) is None
    assert ledger.checkpoint_fault(log.entries, log.checkpoints, guard.interval) is None
    assert ledger.unguarded(log) == len(entries) % guard.interval


def test_switches_of_the_guard_leave_out_what_they_name() -> None:
    entries = [NEW] * 6
    assert all(entry.hash == b"" for entry in ledger.kept(entries, Guard(chain=False)).entries)
    assert ledger.kept(entries, Guard(checkpoints=False)).copies == ()
    alone = ledger.kept(entries, Guard(second=False))
    assert alone.checkpoints and alone.copies == () and ledger.unguarded(alone) == 6
    with pytest.raises(ValueError, match="interval"):
        Guard(interval=0)


# -- one change by somebody who does not compute the chain anew: found at its place

Edit = Callable[[Entry], Entry]
EDITS: list[Edit] = [
    lambda entry: replace(entry, reason="" if entry.reason else "purpose"),
    lambda entry: replace(entry, day=entry.day + 1),
    lambda entry: replace(entry, request=replace(entry.request, subject=entry.request.subject + 1)),
    lambda entry: replace(entry, request=replace(entry.request, caller=entry.request.caller + "x")),
    lambda entry: replace(entry, request=replace(entry.request, fields=entry.request.fields ^ {"children"})),
    lambda entry: replace(entry, request=replace(entry.request, signature=b"\xff" + entry.request.signature)),
    lambda entry: replace(entry, hash=hashlib.sha256(entry.hash).digest()),
]


@every_log
@given(ENTRIES, st.sampled_from(EDITS), st.data())
def test_any_edit_is_found_at_its_place(
    entries: list[Entry], edit: Callable[[Entry], Entry], data: st.DataObject
) -> None:
    chain = list(ledger.linked(entries))
    place = a_place(data, len(chain))
    chain[place - 1] = edit(chain[place - 1])
    assert ledger.chain_fault(chain) == Fault("edited", place, place)


@every_log
@given(ENTRIES, st.data())
def test_any_dropped_entry_is_found_at_its_place_except_at_the_tail(entries: list[Entry], data: st.DataObject) -> None:
    chain = list(ledger.linked(entries))
    place = a_place(data, len(chain))
    del chain[place - 1]
    tail = place == len(entries)
    assert ledger.chain_fault(chain) == (None if tail else Fault("missing", place, place))


@every_log
@given(ENTRIES, st.data())
def test_any_swap_is_found_at_its_first_place(entries: list[Entry], data: st.DataObject) -> None:
    chain = list(ledger.linked(entries))
    first = a_place(data, len(chain) - 1)
    second = a_place(data, len(chain), first + 1)
    chain[first - 1], chain[second - 1] = chain[second - 1], chain[first - 1]
    assert ledger.chain_fault(chain) == Fault("moved", first, first)


@every_log
@given(ENTRIES, st.data())
def test_any_entry_put_in_is_found_at_its_place_except_at_the_end(entries: list[Entry], data: st.DataObject) -> None:
    chain = list(ledger.linked(entries))
    place = a_place(data, len(chain) + 1)
    before = chain[place - 2].hash if place > 1 else ledger.START
    new = replace(NEW, previous=before, hash=ledger.chain_hash(before, NEW.content))  # as good as it can be made
    appended = place == len(chain) + 1
    chain.insert(place - 1, new)
    assert ledger.chain_fault(chain) == (None if appended else Fault("inserted", place, place))


@every_log
@given(ENTRIES, st.data())
def test_a_copy_of_an_entry_is_found_where_it_was_put(entries: list[Entry], data: st.DataObject) -> None:
    chain = list(ledger.linked(entries))
    copied, place = a_place(data, len(chain)), a_place(data, len(chain) + 1)
    chain.insert(place - 1, chain[copied - 1])
    found = place + (place == copied)  # before its original or after it: the same log
    assert ledger.chain_fault(chain) == Fault("inserted", found, found)


# -- a change by somebody who does: only what is signed, or held elsewhere, can show it


@every_log
@given(ENTRIES, GUARDS, st.data())
def test_a_chain_computed_anew_is_found_by_the_checkpoint_after_the_change(
    entries: list[Entry], guard: Guard, data: st.DataObject
) -> None:
    log = ledger.kept(entries, guard)
    place = a_place(data, len(entries))
    changed = [*entries]
    changed[place - 1] = replace(entries[place - 1], day=77)
    anew = ledger.linked(changed)
    assert ledger.chain_fault(anew) is None
    end = -(-place // guard.interval) * guard.interval  # the first checkpoint at or after the place
    expected = Fault("checkpoint", end - guard.interval + 1, end) if end <= len(entries) else None
    assert ledger.checkpoint_fault(anew, log.checkpoints, guard.interval) == expected
    # Left out or signed by another hand, the checkpoint is as wrong as before.
    ending = b"checkpoint %d %b" % (end, ledger._heads(anew)[end]) if expected else b""
    forged = tuple(
        Checkpoint(c.count, ledger._heads(anew)[c.count], exchange.sign("outsider", ending)) for c in log.checkpoints
    )
    for checkpoints in ((), forged):
        found = ledger.checkpoint_fault(anew, checkpoints, guard.interval)
        assert (found is None) == (not log.checkpoints)


@every_log
@given(ENTRIES, GUARDS, st.data())
def test_a_tail_cut_off_with_its_checkpoints_shows_only_at_the_second_keeper(
    entries: list[Entry], guard: Guard, data: st.DataObject
) -> None:
    log = ledger.kept(entries, guard)
    place = a_place(data, len(entries))
    left = log.entries[: place - 1]
    own = tuple(checkpoint for checkpoint in log.checkpoints if checkpoint.count < place)
    assert ledger.chain_fault(left) is None
    assert ledger.checkpoint_fault(left, own, guard.interval) is None
    held = [copy.count for copy in log.copies if copy.count >= place]
    found = ledger.checkpoint_fault(left, log.copies, guard.interval)
    assert found == (Fault("shorter", held[0] - guard.interval + 1, held[0]) if held else None)
    assert not found or found.first <= place <= found.last


@every_log
@given(ENTRIES, GUARDS, st.data())
def test_a_keeper_who_signs_again_is_found_by_the_second_keeper_alone(
    entries: list[Entry], guard: Guard, data: st.DataObject
) -> None:
    log = ledger.kept(entries, guard)
    place = a_place(data, len(entries))
    changed = [*entries]
    changed[place - 1] = replace(entries[place - 1], day=77)
    anew = ledger.kept(changed, guard)
    colluding: Log = replace(anew, copies=log.copies)
    assert ledger.chain_fault(colluding.entries) is None
    assert ledger.checkpoint_fault(colluding.entries, colluding.checkpoints, guard.interval) is None
    found = ledger.checkpoint_fault(colluding.entries, colluding.copies, guard.interval)
    guarded = place <= len(entries) - ledger.unguarded(log)
    assert (found is not None) == guarded
    assert not found or found.first <= place <= found.last
    assert ledger.checkpoint_fault(anew.entries, anew.copies, guard.interval) is None  # both keepers collude
