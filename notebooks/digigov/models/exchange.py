"""Agencies ask registers about people over a signed exchange: keys, requests, and the gateway that answers or refuses.

Days are proleptic ordinals (`date.toordinal`): the model has a calendar and no clock. Keys are derived from names, so
that every run gives the same bytes; a real key is random. Signatures are Ed25519 (RFC 8032) by `cryptography`.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import Any

FRESH_DAYS = 1  # how old a request may be when it arrives
REASONS = ("caller", "expired", "signature", "replay", "stale", "purpose", "fields")  # why a gateway refuses


@cache
def _private(name: str) -> Any:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"digigov exchange {name}".encode()).digest())


@cache
def public_key(name: str) -> bytes:
    """The 32 bytes by which everybody can check what `name` has signed."""
    return _private(name).public_key().public_bytes_raw()


@lru_cache(maxsize=20_000)
def sign(name: str, message: bytes) -> bytes:
    """The 64 bytes that only `name` can make for this message."""
    return _private(name).sign(message)


@lru_cache(maxsize=20_000)
def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the holder of this key signed exactly this message."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


@dataclass(frozen=True)
class Request:
    """One question about one person: who asks, for what, whom, which fields of which register, when."""

    caller: str
    purpose: str
    register: str
    subject: int
    fields: frozenset[str]
    nonce: int  # a number that a caller uses once
    day: int
    signature: bytes = b""

    @cached_property
    def message(self) -> bytes:
        """The bytes that are signed: everything but the signature, in one fixed form."""
        parts = [self.caller, self.purpose, self.register, self.subject, sorted(self.fields), self.nonce, self.day]
        return json.dumps(parts, separators=(",", ":")).encode()

    def signed_by(self, name: str) -> "Request":
        """The same request with the signature of `name`, who need not be the caller."""
        values = {key: value for key, value in vars(self).items() if key != "message"}
        return Request(**{**values, "signature": sign(name, self.message)})


@dataclass(frozen=True)
class Key:
    """An agency's public key and the last day on which it counts."""

    public: bytes
    until: int


@dataclass(frozen=True)
class Purpose:
    """Who may ask for this purpose, and the fewest fields that it needs, by register."""

    callers: frozenset[str]
    needs: Mapping[str, frozenset[str]]


@dataclass(frozen=True, eq=False)
class Policy:
    """What every gateway knows: the registers' fields, the purposes, the agencies' keys."""

    registers: Mapping[str, frozenset[str]]
    purposes: Mapping[str, Purpose]
    keys: Mapping[str, Key]

    def __post_init__(self) -> None:
        """Raise ValueError: "agency" for a purpose open to an agency without a key, "register" or "fields" for
        needs that no register can meet."""
        for purpose in self.purposes.values():
            if not purpose.callers <= self.keys.keys():
                raise ValueError("agency")
            for register, fields in purpose.needs.items():
                if register not in self.registers:
                    raise ValueError("register")
                if not fields <= self.registers[register]:
                    raise ValueError("fields")

    def least(self, purpose: str, register: str) -> frozenset[str]:
        """The minimum fields of a purpose in a register; none if it needs nothing there."""
        found = self.purposes.get(purpose)
        return found.needs.get(register, frozenset()) if found else frozenset()

    def request(
        self,
        caller: str,
        purpose: str,
        register: str,
        subject: int,
        nonce: int,
        day: int,
        fields: Collection[str] | None = None,
        signer: str | None = None,
    ) -> Request:
        """A signed request; without `fields` for the minimum, without `signer` signed by its caller.

        Raises ValueError naming what no register or agency knows: "caller", "purpose", "register", "fields".
        """
        for name, value, known in (
            ("caller", caller, self.keys),
            ("purpose", purpose, self.purposes),
            ("register", register, self.registers),
        ):
            if value not in known:
                raise ValueError(name)
        asked = self.least(purpose, register) if fields is None else frozenset(fields)
        if not asked or not asked <= self.registers[register]:
            raise ValueError("fields")
        return Request(caller, purpose, register, subject, asked, nonce, day).signed_by(signer or caller)


@dataclass
class Gateway:
    """The door of the registers: what it checks depends on what is switched on. It remembers used nonces."""

    policy: Policy
    signature: bool = True
    fresh: bool = True
    purpose: bool = True
    _used: set[tuple[str, int]] = field(default_factory=set)

    def refusal(self, request: Request, day: int) -> str:
        """Why the request is refused on this day, one of REASONS; empty if it is answered."""
        key = self.policy.keys.get(request.caller)
        if self.signature:
            if key is None:
                return "caller"
            if day > key.until:
                return "expired"
            if not verify(key.public, request.signature, request.message):
                return "signature"
        if self.fresh:
            number = (request.caller, request.nonce)
            if number in self._used:
                return "replay"
            if not 0 <= day - request.day <= FRESH_DAYS:
                return "stale"
            self._used.add(number)
        if self.purpose:
            allowed = self.policy.purposes.get(request.purpose)
            if allowed is None or request.caller not in allowed.callers:
                return "purpose"
            if not request.fields <= self.policy.least(request.purpose, request.register):
                return "fields"
        known = self.policy.registers.get(request.register, frozenset())
        return "" if request.fields <= known else "fields"


Dealings = Mapping[int, frozenset[tuple[str, str]]]  # by person: (agency, purpose) of the matters they know of


def is_strange(policy: Policy, dealings: Dealings, request: Request) -> bool:
    """Whether the person asked about can see that something is wrong: a matter they know nothing of, or more fields
    than its published minimum."""
    known = (request.caller, request.purpose) in dealings.get(request.subject, frozenset())
    return not known or not request.fields <= policy.least(request.purpose, request.register)


def handed_out(requests: Iterable[tuple[Request, str]]) -> int:
    """Fields that left the registers: the sum over all answered requests."""
    return sum(len(request.fields) for request, reason in requests if not reason)
