"""Attacks on the exchange: each is carried out on real requests and a real log, then everybody checks.

An attacker knows which defences are on and takes as much as they let through. Attacks on requests come through the
door; attacks on the log are made by who can write to it, to hide one look that an insider had at a person's data.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from digigov.models import ledger
from digigov.models.exchange import Dealings, Gateway, Policy, Request, is_strange
from digigov.models.ledger import Entry, Fault, Guard, Log
from digigov.models.older import Paper

ON_REQUESTS = ("forge", "replay", "overread", "expired", "false_purpose")
ON_THE_LOG = ("edit", "drop", "reorder", "insert", "rebuild", "truncate", "collude", "collude_both")
ATTACKS = (*ON_REQUESTS, *ON_THE_LOG)
STOPPED, FOUND, SEEN, UNNOTICED, NO_LOG = "stopped", "found", "seen", "unnoticed", "no_log"
CHECKS = ("signatures", "chain", "checkpoints", "second")  # of the log, after the door and before the citizen
OUTSIDER = "outsider"
REGISTER = "population"  # the one that is attacked
VICTIM = 0


@dataclass(frozen=True, eq=False)
class Scene:
    """A commune's ordinary requests in their order, and who knows of which matters. `insider` is the agency and purpose
    of the look that one officer had no business to have; `office`, `former` ask for the purpose of the first request,
    with a valid key and with one that has ended."""

    policy: Policy
    papers: Mapping[str, Paper]
    ordinary: tuple[Request, ...]
    dealings: Dealings
    first_day: int
    insider: tuple[str, str]
    office: str
    former: str

    @property
    def places(self) -> int:
        """Entries of a log with one look among the ordinary requests."""
        return len(self.ordinary) + 1

    def day(self, place: int) -> int:
        """Two requests a day."""
        return self.first_day + (place - 1) // 2

    @cached_property
    def needed(self) -> int:
        """Fields that the ordinary matters need: the minimum, once for each purpose, register and person."""
        asked = {(request.purpose, request.register, request.subject) for request in self.ordinary}
        return sum(len(self.policy.least(purpose, register)) for purpose, register, _ in asked)


@dataclass(frozen=True)
class Door:
    """What the gateway checks."""

    signature: bool = True
    fresh: bool = True
    purpose: bool = True

    def gateway(self, policy: Policy) -> Gateway:
        return Gateway(policy, self.signature, self.fresh, self.purpose)


@dataclass(frozen=True)
class Outcome:
    """How one attack ended: the state, the check that ended it ("door", one of CHECKS, "citizen" or ""), where, and
    how many people's data went to who had no right to them, how many fields each."""

    state: str
    by: str = ""
    fault: Fault | None = None
    people: int = 0
    fields: int = 0


@dataclass(frozen=True)
class Trial:
    """One attack on the exchange in full. `faults` has a line for each check of the log that is on."""

    outcome: Outcome
    reason: str  # why the door refused the attacker's request
    place: int
    honest: Log
    log: Log
    faults: Mapping[str, Fault | None]
    strange: int  # people who can see in their own view that something is wrong


# -- the attacker's request


@lru_cache(maxsize=20_000)
def attacker_request(scene: Scene, attack: str, door: Door, subject: int, place: int) -> Request:
    """The request that comes through the door at this place."""
    policy, day, nonce = scene.policy, scene.day(place), 1000 + subject
    first = scene.ordinary[0]
    if attack == "replay":
        return first
    wanted = None if door.purpose else policy.registers[REGISTER]
    if attack == "overread":
        wanted = policy.registers[REGISTER]
    caller, purpose, signer = scene.office, first.purpose, None
    if attack == "forge":
        signer = OUTSIDER
    elif attack == "expired":
        caller = scene.former
    elif attack != "overread":  # an insider's look, which the attacks on the log then hide
        caller, purpose = scene.insider
    return policy.request(caller, purpose, REGISTER, subject, nonce, day, wanted, signer)


@lru_cache(maxsize=256)
def harvest(scene: Scene, attack: str, door: Door, reach: int) -> tuple[int, int, int]:
    """People whose data the attacker gets, fields of each, and how many of them can see it.

    They ask about one person after another, and give up when refused; an old request can only be sent again as it was.
    """
    gateway, people, fields, strange = door.gateway(scene.policy), 0, 0, 0
    place = scene.places
    if attack == "replay":
        gateway.refusal(scene.ordinary[0], scene.ordinary[0].day)
        reach = 1
    for subject in range(reach):
        request = attacker_request(scene, attack, door, subject, place)
        if gateway.refusal(request, scene.day(place)):
            break
        people, fields = people + 1, len(request.fields)
        strange += is_strange(scene.policy, scene.dealings, request)
    return people, fields, strange


# -- the exchange


def kind(attack: str) -> str:
    """Which request an attack puts among the ordinary ones: its own, a look that it then hides, or none."""
    if attack in ON_REQUESTS:
        return attack
    return "" if attack == "insert" else "look"


@lru_cache(maxsize=512)
def entries(scene: Scene, door: Door, added: str, place: int) -> tuple[Entry, ...]:
    """What the gateway made of the ordinary requests and of one more at `place` (see `kind`)."""
    requests = list(scene.ordinary)
    if added:
        requests.insert(place - 1, attacker_request(scene, added, door, VICTIM, place))
    gateway = door.gateway(scene.policy)
    days = (scene.day(now) for now in range(1, len(requests) + 1))
    return tuple(Entry(r, gateway.refusal(r, day), day) for r, day in zip(requests, days, strict=True))


def tampered(log: Log, attack: str, place: int, invented: Request) -> Log:
    """The log after the attack at `place`. Raises ValueError("attack") for one that is not on the log."""
    before, at, after = log.entries[: place - 1], log.entries[place - 1 : place], log.entries[place:]
    guard = log.guard
    if attack == "edit":  # the least change: "answered" becomes "refused"
        return replace(log, entries=(*before, replace(at[0], reason="fields"), *after))
    if attack == "drop":
        return replace(log, entries=(*before, *after))
    if attack == "reorder":
        if after:
            return replace(log, entries=(*before, after[0], at[0], *after[1:]))
        return replace(log, entries=(*before[:-1], at[0], before[-1]))
    if attack == "insert":
        (new,) = ledger.linked([Entry(invented, "", invented.day)], chain=False)
        if guard.chain:
            previous = before[-1].hash if before else ledger.START
            new = replace(new, previous=previous, hash=ledger.chain_hash(previous, new.content))
        return replace(log, entries=(*before, new, *at, *after))
    if attack == "rebuild":
        changed = (*before, replace(at[0], reason="fields"), *after)
        return replace(log, entries=ledger.linked(changed, guard.chain))
    if attack == "truncate":
        return replace(log, entries=before, checkpoints=tuple(c for c in log.checkpoints if c.count < place))
    if attack in ("collude", "collude_both"):
        anew = ledger.kept((*before, *after), guard)
        return anew if attack == "collude_both" else replace(anew, copies=log.copies)
    raise ValueError("attack")


def audit(log: Log, policy: Policy, door: Door) -> dict[str, Fault | None]:
    """What each check of the log that is on finds: its first fault, or None."""
    guard, found = log.guard, {}
    checks: dict[str, tuple[bool, Callable[[], Fault | None]]] = {
        "signatures": (door.signature, lambda: ledger.signature_fault(log.entries, policy.keys)),
        "chain": (guard.chain, lambda: ledger.chain_fault(log.entries)),
        "checkpoints": (
            guard.checkpoints,
            lambda: ledger.checkpoint_fault(log.entries, log.checkpoints, guard.interval),
        ),
        "second": (
            guard.checkpoints and guard.second,
            lambda: ledger.checkpoint_fault(log.entries, log.copies, guard.interval),
        ),
    }
    for name, (on, check) in checks.items():
        if on:
            found[name] = check()
    return found


def trial(scene: Scene, attack: str, door: Door, guard: Guard, place: int, reach: int) -> Trial:
    """Carry out one attack on the exchange and let everybody check.

    Raises ValueError: "attack" for an unknown one, "place" outside 2 to `scene.places`, "reach" below 1.
    """
    _check(scene, attack, place, reach)
    policy = scene.policy
    honest = ledger.kept(entries(scene, door, kind(attack), place), guard)
    if attack in ON_REQUESTS:
        log, reason = honest, honest.entries[place - 1].reason
        people, fields, strange = harvest(scene, attack, door, reach)
    else:
        invented = replace(attacker_request(scene, attack, door, VICTIM, place), signature=bytes(64))
        log, reason = tampered(honest, attack, place, invented), ""
        looked = 0 if attack == "insert" else len(honest.entries[place - 1].request.fields)
        people, fields = min(looked, 1), looked
        strange = max(_strange(scene, log) - _strange(scene, honest), 0)
    faults = audit(log, policy, door)
    by = next((name for name in CHECKS if faults.get(name)), "")
    if reason:
        state, by = STOPPED, "door"
    elif by:
        state = FOUND
    elif strange:
        state, by = SEEN, "citizen"
    else:
        state, by = UNNOTICED, ""
    outcome = Outcome(state, by, faults.get(by), people, fields)
    return Trial(outcome, reason, place, honest, log, faults, strange)


def _strange(scene: Scene, log: Log) -> int:
    """Answered looks at the victim's data that the victim can see to be wrong."""
    return sum(
        not entry.reason and is_strange(scene.policy, scene.dealings, entry.request)
        for entry in log.entries
        if entry.request.subject == VICTIM
    )


def _check(scene: Scene, attack: str, place: int, reach: int) -> None:
    if attack not in ATTACKS:
        raise ValueError("attack")
    if not 2 <= place <= scene.places:
        raise ValueError("place")
    if reach < 1:
        raise ValueError("reach")
