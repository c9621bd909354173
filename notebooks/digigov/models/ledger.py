"""The log of an exchange: every request, answered or refused, in a chain of hashes, with signed checkpoints.

Each entry carries the SHA-256 of its own content and its predecessor's hash. Every `interval` entries the keeper signs
how long the log is and its last hash; a second keeper may hold copies of these checkpoints. Places count from 1.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from digigov.models.exchange import Key, Request, public_key, sign, verify

KEEPER = "log keeper"
START = bytes(32)  # what the first entry has for its predecessor's hash


@dataclass(frozen=True)
class Entry:
    """One request in the log, and why it was refused; empty: it was answered. Without a chain the hashes are empty."""

    request: Request
    reason: str
    day: int
    previous: bytes = b""
    hash: bytes = b""

    @cached_property
    def content(self) -> bytes:
        """The bytes that the chain protects."""
        return b"%b %b %d %b" % (self.request.message, self.request.signature, self.day, self.reason.encode())


@dataclass(frozen=True)
class Checkpoint:
    """The keeper's word that the first `count` entries end in the hash `head`."""

    count: int
    head: bytes
    signature: bytes

    @property
    def is_signed(self) -> bool:
        return verify(public_key(KEEPER), self.signature, _statement(self.count, self.head))


@dataclass(frozen=True)
class Guard:
    """How a log is kept."""

    chain: bool = True
    checkpoints: bool = True
    second: bool = True
    interval: int = 5

    def __post_init__(self) -> None:
        """Raise ValueError("interval") for checkpoints that never come."""
        if self.interval < 1:
            raise ValueError("interval")


@dataclass(frozen=True)
class Log:
    """What lies in the keeper's hands, entries and checkpoints, and what lies in a second keeper's: `copies`."""

    guard: Guard
    entries: tuple[Entry, ...]
    checkpoints: tuple[Checkpoint, ...] = ()
    copies: tuple[Checkpoint, ...] = ()


@dataclass(frozen=True)
class Fault:
    """What an audit found, between the places `first` and `last`, both included.

    Kinds: edited, missing (before `first`), inserted, moved; unsigned: no signature of the caller; checkpoint: the log
    does not agree with the one at `last`; shorter: the log ends before the checkpoint at `last`.
    """

    kind: str
    first: int
    last: int


def linked(entries: Iterable[Entry], chain: bool = True) -> tuple[Entry, ...]:
    """The entries with their hashes computed anew from the first, or without any hash."""
    done, previous = [], START
    for entry in entries:
        if chain:
            now = chain_hash(previous, entry.content)
            same = entry.hash == now and entry.previous == previous
            done.append(entry if same else replace(entry, previous=previous, hash=now))
            previous = now
        else:
            done.append(replace(entry, previous=b"", hash=b""))
    return tuple(done)


@lru_cache(maxsize=50_000)
def chain_hash(previous: bytes, content: bytes) -> bytes:
    """SHA-256 over the predecessor's hash and the content."""
    return hashlib.sha256(previous + content).digest()


def checkpointed(entries: Sequence[Entry], interval: int) -> tuple[Checkpoint, ...]:
    """A checkpoint, signed by the keeper, after every `interval` entries."""
    heads = _heads(entries)
    counts = range(interval, len(entries) + 1, interval)
    return tuple(Checkpoint(count, heads[count], sign(KEEPER, _statement(count, heads[count]))) for count in counts)


def kept(entries: Iterable[Entry], guard: Guard) -> Log:
    """The honest log. A second keeper without checkpoints has nothing to hold."""
    chained = linked(entries, guard.chain)
    checkpoints = checkpointed(chained, guard.interval) if guard.checkpoints else ()
    return Log(guard, chained, checkpoints, checkpoints if guard.second else ())


# -- audits: each returns the first fault, or None


def chain_fault(entries: Sequence[Entry]) -> Fault | None:
    """The first place where the chain breaks, and what one change would explain it.

    An entry added at the end or a tail cut off leaves the chain whole: no chain can show that.
    """
    places: dict[bytes, list[int]] = {START: [0]}
    for place, entry in enumerate(entries, start=1):
        places.setdefault(entry.hash, []).append(place)
    before = START
    for place, entry in enumerate(entries, start=1):
        if entry.previous != before:
            if len(places[entry.hash]) > 1:
                return Fault("inserted", place, place)
            found = places.get(entry.previous, [])
            if not found:
                return Fault("missing", place, place)
            if found[0] < place - 1:
                return Fault("inserted", found[0] + 1, place - 1)
            return Fault("moved", place, place)
        if entry.hash != chain_hash(entry.previous, entry.content):
            return Fault("edited", place, place)
        before = entry.hash
    return None


def signature_fault(entries: Sequence[Entry], keys: dict[str, Key]) -> Fault | None:
    """The first entry that claims an answer to a request which its caller did not sign."""
    for place, entry in enumerate(entries, start=1):
        request = entry.request
        key = keys.get(request.caller)
        if not entry.reason and (key is None or not verify(key.public, request.signature, request.message)):
            return Fault("unsigned", place, place)
    return None


def checkpoint_fault(entries: Sequence[Entry], checkpoints: Sequence[Checkpoint], interval: int) -> Fault | None:
    """The first stretch between two checkpoints that does not agree with the one at its end, or lacks it."""
    by_count = {checkpoint.count: checkpoint for checkpoint in checkpoints}
    due = {*by_count, *range(interval, len(entries) + 1, interval)}
    heads = _heads(entries)
    for count in sorted(due):
        checkpoint = by_count.get(count)
        if count > len(entries):
            return Fault("shorter", count - interval + 1, count)
        if checkpoint is None or checkpoint.head != heads[count] or not checkpoint.is_signed:
            return Fault("checkpoint", count - interval + 1, count)
    return None


def unguarded(log: Log) -> int:
    """Entries at the end that no checkpoint in a second keeper's hands covers: the log's own keeper could rewrite
    them unseen."""
    return len(log.entries) - max((copy.count for copy in log.copies), default=0)


def _statement(count: int, head: bytes) -> bytes:
    return b"checkpoint %d %b" % (count, head)


def _heads(entries: Sequence[Entry]) -> list[bytes]:
    """The chain's hash after 0, 1, 2, ... entries, from their content alone: stored hashes are not trusted."""
    heads = [START]
    for entry in entries:
        heads.append(chain_hash(heads[-1], entry.content))
    return heads
