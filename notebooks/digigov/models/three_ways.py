"""The same load and attacks on three ways to share data: paper copies, one shared database, signed exchange."""

from functools import lru_cache

from digigov.models.attacks import (
    ATTACKS,
    FOUND,
    NO_LOG,
    ON_THE_LOG,
    REGISTER,
    STOPPED,
    UNNOTICED,
    VICTIM,
    Door,
    Outcome,
    Scene,
    attacker_request,
    entries,
    trial,
)
from digigov.models.exchange import Request, handed_out
from digigov.models.ledger import Guard
from digigov.models.older import Letter, PaperOffice, SharedDatabase, fields_of, password, seal

WAYS = ("paper", "shared", "exchange")


@lru_cache(maxsize=512)
def on_paper(scene: Scene, attack: str, reach: int, a_day: int) -> Outcome:
    """The same attack where copies travel: whoever asks tries for one day, and no log is there to be attacked."""
    office = PaperOffice(scene.papers, a_day)
    everything = office.of_register(REGISTER)
    if attack in ON_THE_LOG:
        looks = [] if attack == "insert" else [office.ask(_look(scene, attack, VICTIM))]
        return _summed(NO_LOG, looks)
    answers = []
    for subject in range(1 if attack == "replay" else reach):
        request = _look(scene, attack, subject)
        # A seal once seen can be made, also that of an office which is no more; a letter once sent can be sent again.
        papers = office.papers_for(REGISTER, request.fields) if attack == "replay" else everything
        answer = office.answer(Letter(request.caller, REGISTER, subject, papers, seal(request.caller)))
        if answer is None:
            break
        answers.append(answer)
    return _summed(UNNOTICED if answers else STOPPED, answers)


def on_shared(scene: Scene, attack: str, place: int, reach: int) -> Outcome:
    """The same attack on one shared database: its door is a password, its log an ordinary table."""
    return _log_of_shared(scene, attack, place) if attack in ON_THE_LOG else _door_of_shared(scene, attack, reach)


@lru_cache(maxsize=512)
def _log_of_shared(scene: Scene, attack: str, place: int) -> Outcome:
    database = SharedDatabase.of(scene.policy)
    requests = list(scene.ordinary)
    if attack != "insert":
        requests.insert(place - 1, _look(scene, attack, VICTIM))
    for now, request in enumerate(requests, start=1):
        database.ask(request, scene.day(now))
    database.tampered(attack, place, scene.office)
    return _summed(FOUND if database.audit() else UNNOTICED, [] if attack == "insert" else [database.fields])


@lru_cache(maxsize=512)
def _door_of_shared(scene: Scene, attack: str, reach: int) -> Outcome:
    database, answers = SharedDatabase.of(scene.policy), []
    for subject in range(reach):
        request = _look(scene, attack, subject)
        # A forger has to guess the password; who has overheard one request knows it, and can ask about anybody.
        secret = "a guess" if attack == "forge" else password(request.caller)
        answer = database.read(request.caller, secret, subject, scene.day(scene.places))
        if answer is None:
            break
        answers.append(answer)
    noticed = FOUND if database.audit() else UNNOTICED
    return _summed(noticed, answers) if answers else Outcome(STOPPED, "password")


@lru_cache(maxsize=512)
def everywhere(
    scene: Scene, door: Door, guard: Guard, place: int, reach: int, a_day: int
) -> dict[tuple[str, str], Outcome]:
    """Every attack on every way, by (attack, way)."""
    found = {}
    for attack in ATTACKS:
        found[attack, "paper"] = on_paper(scene, attack, reach, a_day)
        found[attack, "shared"] = on_shared(scene, attack, place, reach)
        found[attack, "exchange"] = trial(scene, attack, door, guard, place, reach).outcome
    return found


@lru_cache(maxsize=64)
def ordinary_fields(scene: Scene, door: Door) -> dict[str, int]:
    """Fields that the ordinary requests bring out of the registers, by way."""
    office, database = PaperOffice(scene.papers, len(scene.ordinary)), SharedDatabase.of(scene.policy)
    return {
        "paper": fields_of(office.ask(request) for request in scene.ordinary),
        "shared": fields_of(database.ask(request, request.day) for request in scene.ordinary),
        "exchange": handed_out((entry.request, entry.reason) for entry in entries(scene, door, "", 1)),
    }


def _look(scene: Scene, attack: str, subject: int) -> Request:
    return attacker_request(scene, attack, Door(), subject, scene.places)


def _summed(state: str, answers: list[frozenset[str] | None]) -> Outcome:
    given = [answer for answer in answers if answer]
    return Outcome(state, people=len(given), fields=len(given[0]) if given else 0)
