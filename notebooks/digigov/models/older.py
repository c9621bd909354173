"""The two older ways for an office to learn what another holds: paper copies, and one database shared by all.

Each is a working object that can be attacked, not a table of answers. Both follow the same load as the exchange.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from digigov.models.exchange import Policy, Request


@dataclass(frozen=True)
class Paper:
    """A document that is copied as a whole: its register and every field on it."""

    register: str
    fields: frozenset[str]


def seal(agency: str) -> bytes:
    """What a seal looks like. It stands on every letter that the agency has sent, for anybody to copy."""
    return f"seal of {agency}".encode()


@dataclass(frozen=True)
class Letter:
    """A letter that asks for copies about one person. Whoever has seen a genuine one can make its seal."""

    caller: str
    register: str
    subject: int
    papers: frozenset[str]
    seal: bytes


@dataclass
class PaperOffice:
    """Hands out copies against letters, at most `a_day` on one day. Nobody writes down who asked: there is no log."""

    papers: Mapping[str, Paper]
    a_day: int
    _given: int = 0

    def answer(self, letter: Letter) -> frozenset[str] | None:
        """All fields on the copies; None if the seal looks wrong or the day is over."""
        if letter.seal != seal(letter.caller) or self._given >= self.a_day:
            return None
        self._given += 1
        return frozenset().union(*(self.papers[name].fields for name in letter.papers))

    def papers_for(self, register: str, fields: frozenset[str]) -> frozenset[str]:
        """The copies that an office attaches for these fields: each time the one that shows most of what is left."""
        left, chosen = set(fields), []
        there = {name: paper for name, paper in self.papers.items() if paper.register == register}
        while there:
            name = max(there, key=lambda name: len(there[name].fields & left))
            if not there[name].fields & left:
                break
            chosen.append(name)
            left -= there.pop(name).fields
        return frozenset(chosen)

    def of_register(self, register: str) -> frozenset[str]:
        return frozenset(name for name, paper in self.papers.items() if paper.register == register)

    def ask(self, request: Request, papers: frozenset[str] | None = None) -> frozenset[str] | None:
        """What the same question brings as a letter; by default with the copies that its fields need."""
        chosen = self.papers_for(request.register, request.fields) if papers is None else papers
        return self.answer(Letter(request.caller, request.register, request.subject, chosen, seal(request.caller)))


@dataclass(frozen=True)
class Line:
    """What the database writes down of a look: no purpose, no fields, no hash."""

    account: str
    subject: int
    day: int


def password(agency: str) -> str:
    """An agency's password, the same each time it is used."""
    return f"password of {agency}"


@dataclass
class SharedDatabase:
    """One table of everybody; each account sees whole rows, and the administrator can change the log."""

    fields: frozenset[str]
    accounts: Mapping[str, bytes]  # account: SHA-256 of its password
    log: list[Line] = field(default_factory=list)

    @classmethod
    def of(cls, policy: Policy) -> "SharedDatabase":
        """All registers in one; accounts stay open when an agency's term has ended."""
        accounts = {agency: hashlib.sha256(password(agency).encode()).digest() for agency in policy.keys}
        return cls(frozenset().union(*policy.registers.values()), accounts)

    def read(self, account: str, secret: str, subject: int, day: int) -> frozenset[str] | None:
        """The whole row, whatever was needed; None for a wrong password."""
        if self.accounts.get(account) != hashlib.sha256(secret.encode()).digest():
            return None
        self.log.append(Line(account, subject, day))
        return self.fields

    def ask(self, request: Request, day: int) -> frozenset[str] | None:
        """The same question by its caller's account."""
        return self.read(request.caller, password(request.caller), request.subject, day)

    def audit(self) -> int | None:
        """The first place with an unknown account or a day before the one above; None if all is in form."""
        day = 0
        for place, line in enumerate(self.log, start=1):
            if line.account not in self.accounts or line.day < day:
                return place
            day = line.day
        return None

    def tampered(self, attack: str, place: int, blamed: str) -> None:
        """The administrator's attack on the log at a place, kept in good form: nothing else would be asked of it."""
        lines, index = self.log, place - 1
        if attack in ("edit", "rebuild"):
            lines[index] = replace(lines[index], account=blamed)
        elif attack in ("drop", "collude", "collude_both"):
            del lines[index]
        elif attack == "reorder":
            other = index + 1 if index + 1 < len(lines) else index - 1
            first, second = lines[index], lines[other]
            lines[index], lines[other] = replace(second, day=first.day), replace(first, day=second.day)
        elif attack == "insert":
            lines.insert(index, replace(lines[min(index, len(lines) - 1)], account=blamed))
        elif attack == "truncate":
            del lines[index:]
        else:
            raise ValueError("attack")


def fields_of(answers: Iterable[frozenset[str] | None]) -> int:
    """Fields that were handed out, summed over all answers."""
    return sum(len(answer) for answer in answers if answer)
