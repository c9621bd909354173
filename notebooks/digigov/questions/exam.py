"""The final test: drawn by outcome, first from what the learner has worked on, and kept as a log in the record.

The log is a row of events under one id: a test is drawn, a question answered, the test handed in. No event says what
is right, and nobody marks before the last one; the test that is open is found again by reading them in order.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from digigov.questions.bank import Item
from digigov.record_copy import SURENESS, Answer

LOG = "15-final-test"  # no question of the bank
LEFT_OUT = ("00", "15")  # how the course works; and the test's own notebook, whose questions stand beside it
OUTCOMES = tuple(f"L{number}" for number in range(1, 14))
PER_OUTCOME = 2
PARTS = ("check", "apply", "activity")  # in this order: an activity needs a lab at hand


@dataclass(frozen=True)
class Drawn:
    """Questions in bank order, the outcomes that had to take some seen before, and those the bank has too few of."""

    items: tuple[str, ...]
    repeated: tuple[str, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True)
class Test:
    """One test as the log tells it; `given` holds the latest answer to each question, not yet marked."""

    __test__ = False  # for pytest, which takes the name for its own

    key: str
    drawn: Drawn
    at: str
    given: Mapping[str, Answer] = field(default_factory=dict)
    handed_in: str | None = None


def may_be_drawn(item: Item) -> bool:
    """Whether a question may be in the test: one that is marked, of a notebook that teaches."""
    return item.part in PARTS and item.kind not in ("opinion", "predict") and item.notebook not in LEFT_OUT


def seen(answers: Iterable[Answer], tests: Iterable[Test]) -> dict[str, str]:
    """Questions that were answered or stood in a test, by id, with the time of the latest."""
    times = [(answer.item, answer.at) for answer in answers]
    times += [(item, test.at) for test in tests for item in test.drawn.items]
    latest: dict[str, str] = {}
    for item, at in times:
        latest[item] = max(at, latest.get(item, ""))
    return latest


def worked_on(answers: Iterable[Answer], tests: Iterable[Test], bank: Mapping[str, Item]) -> set[str]:
    """Notebooks of which the learner has answered a question of themselves: not since a test had put it to them."""
    asked: dict[str, str] = {}
    for test in tests:
        for item in test.drawn.items:
            asked[item] = min(test.at, asked.get(item, test.at))
    own = (one.item for one in answers if one.item not in asked or one.at < asked[one.item])
    return {bank[item].notebook for item in own if item in bank}


def draw(bank: Mapping[str, Item], known: Mapping[str, str], seed: str, opened: Container[str] = ()) -> Drawn:
    """Draw so that each outcome has PER_OUTCOME questions; one question may serve several outcomes.

    Questions of the notebooks in `opened` come first; those of others only fill an outcome that has too few of them.
    Among both, unseen ones come first, by chance from `seed`; where they run out, those seen longest ago (`known`: id
    to time).
    """
    pool = [item for item in bank.values() if may_be_drawn(item)]
    chance = Random(seed)
    luck = {item: chance.random() for item in sorted(item.id for item in pool)}
    fitting = {outcome: [item for item in pool if outcome in item.get("outcomes", ())] for outcome in OUTCOMES}
    chosen: dict[str, Item] = {}
    repeated: set[str] = set()

    def take(some: Callable[[Item], bool]) -> None:
        able = {outcome: list(filter(some, items)) for outcome, items in fitting.items()}
        # Outcomes with little choice go first; what they take may serve the others too.
        for outcome in sorted(OUTCOMES, key=lambda outcome: sum(item.id not in known for item in able[outcome])):
            for item in sorted(
                able[outcome], key=lambda item: (known.get(item.id, ""), PARTS.index(item.part), luck[item.id])
            ):
                if sum(outcome in one.get("outcomes", ()) for one in chosen.values()) >= PER_OUTCOME:
                    break
                if item.id in known and item.id not in chosen:
                    repeated.add(outcome)
                chosen[item.id] = item

    # All outcomes once from what was studied, before any is filled up: what fills one would serve another as well.
    take(lambda item: item.notebook in opened)
    take(lambda item: item.notebook not in opened)
    lacking = {outcome for outcome in OUTCOMES if len(fitting[outcome]) < PER_OUTCOME}

    def in_order(found: set[str]) -> tuple[str, ...]:
        return tuple(outcome for outcome in OUTCOMES if outcome in found)

    return Drawn(tuple(item for item in bank if item in chosen), in_order(repeated), in_order(lacking))


# -- the log


def drawing(key: str, drawn: Drawn) -> dict[str, Any]:
    """The event that begins a test."""
    return {"test": key, "items": drawn.items, "repeated": drawn.repeated, "lacking": drawn.lacking}


def answering(key: str, item: str, given: Any, confidence: int | None) -> dict[str, Any]:
    """The event of one answer; a later one to the same question takes its place."""
    return {"test": key, "item": item, "given": given, "confidence": confidence}


def handing_in(key: str) -> dict[str, Any]:
    """The event that ends a test."""
    return {"test": key, "done": True}


def tests(answers: Iterable[Answer]) -> list[Test]:
    """All tests of a record, in the order in which they were drawn. Events that make no sense are passed over."""
    found: dict[str, Test] = {}
    for one in answers:
        event = one.given
        if one.item != LOG or not isinstance(event, dict) or not isinstance(key := event.get("test"), str):
            continue
        test = found.get(key)
        if test is None:
            if _names(event.get("items")):
                drawn = Drawn(*(tuple(_names(event.get(name))) for name in ("items", "repeated", "lacking")))
                found[key] = Test(key, drawn, one.at)
        elif test.handed_in:
            continue
        elif event.get("done") is True:
            found[key] = replace(test, handed_in=one.at)
        elif (item := event.get("item")) in test.drawn.items:
            sure = event.get("confidence")
            answer = Answer(item, event.get("given"), None, one.language, one.at, sure if sure in SURENESS else None)
            found[key] = replace(test, given={**test.given, item: answer})
    return list(found.values())


def with_blanks(answers: Iterable[Answer]) -> list[Answer]:
    """Answers, and for each question left open in a test that was handed in a try with the score 0 at that moment.

    For whoever asks what the learner cannot do yet. The record itself holds only what was answered.
    """
    found = list(answers)
    blanks = [
        Answer(item, None, 0.0, "", test.handed_in)
        for test in tests(found)
        if test.handed_in
        for item in test.drawn.items
        if item not in test.given
    ]
    return found + blanks


def _names(value: Any) -> Sequence[str]:
    return value if isinstance(value, list) and all(isinstance(name, str) for name in value) else ()
