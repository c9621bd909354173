"""When a learner should see a question again: the FSRS scheduler run over their own tries.

Everything here is computed from the record each time; nothing of it is kept, so two notebooks, or a record that was
imported, can never disagree about what is due.

How a try is rated. FSRS wants one of four words for how well a thing was remembered; the score gives it, and how
sure the learner was:

    wrong, or partly right below NEARLY      Again   whatever the confidence
    partly right, from NEARLY on             Hard
    right, and a guess                       Hard    it may have been luck
    right, fairly sure or not asked          Good
    right, very sure                         Easy

A try within REST of the one before follows the reasons on the screen, not the memory, and does not count.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from fsrs import Card, Rating, Scheduler

from digigov.questions.bank import Item
from digigov.record_copy import Answer, moment

GUESS, SURE = 1, 3
NEARLY = 0.8
REST = timedelta(minutes=10)
SESSION = 10  # cards at most

# Whole days: a course is not looked at every ten minutes. Without fuzz: the same record gives the same day.
SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)

OVERSURE, MISSED, DUE = "oversure", "missed", "due"  # why a question is asked, in the order in which they come
WHY = (OVERSURE, MISSED, DUE)


@dataclass(frozen=True)
class Look:
    """One try that counts."""

    at: datetime
    score: float
    confidence: int | None

    @property
    def rating(self) -> Rating:
        return rating(self.score, self.confidence)


@dataclass(frozen=True)
class State:
    """Where a question stands: its looks, oldest first, the moment of its latest try, and FSRS's card after them."""

    item: str
    looks: tuple[Look, ...]
    tried: datetime
    card: Card

    def due(self, today: datetime) -> date:
        """The day of the next review, in the time zone of `today`: of a miss this very day, once it has rested."""
        if self.looks[-1].rating == Rating.Again:
            return today.date()
        return self.card.due.astimezone(today.tzinfo).date()

    def why(self, now: datetime) -> str | None:
        """Why it should be asked now, one of WHY; None when it should not."""
        last = self.looks[-1]
        if now - self.tried < REST:
            return None
        if last.rating == Rating.Again:
            return OVERSURE if last.confidence == SURE else MISSED
        return DUE if self.due(now) <= now.date() else None


def rating(score: float, confidence: int | None) -> Rating:
    """FSRS's word for a try; the table above."""
    if score < 1:
        return Rating.Hard if score >= NEARLY else Rating.Again
    return {GUESS: Rating.Hard, SURE: Rating.Easy}.get(confidence or 0, Rating.Good)


def reviewed(item: Item) -> bool:
    """Whether a question can be reviewed: it has a verdict, and asks for what one knows, not for a prediction.

    Notebook 00 teaches how the course works; only its trial questions are about the course's matter.
    """
    about_the_matter = item.notebook != "00" or item.part == "pretest"
    return about_the_matter and item.kind not in ("opinion", "predict") and item.part != "predict"


def looks(tries: Iterable[Answer]) -> tuple[list[Look], datetime | None]:
    """The tries of one question that count, oldest first, and the moment of the latest of all."""
    found: list[Look] = []
    before: datetime | None = None
    for one in sorted(tries, key=lambda one: one.at):
        at = moment(one.at)
        if at is None or one.score is None:
            continue
        if before is None or at - before >= REST:
            found.append(Look(at, one.score, one.confidence))
        before = at
    return found, before


def states(answers: Iterable[Answer], bank: Mapping[str, Item]) -> dict[str, State]:
    """Every question of `bank` that was answered and can be reviewed, by id."""
    tries: dict[str, list[Answer]] = {}
    for answer in answers:
        if answer.item in bank and reviewed(bank[answer.item]):
            tries.setdefault(answer.item, []).append(answer)
    found = {}
    for item in sorted(tries):
        counted, latest = looks(tries[item])
        if latest is not None:
            seen = tuple((look.at, int(look.rating)) for look in counted)
            found[item] = State(item, tuple(counted), latest, _card(seen))
    return found


def queue(known: Mapping[str, State], now: datetime) -> list[tuple[str, str]]:
    """Questions to ask now with the reason of each: misses that the learner was sure of, other misses, what is due.

    Within each the one least likely to be remembered comes first, then the one not tried for longest.
    """
    asked = [(why, state) for state in known.values() if (why := state.why(now)) is not None]
    asked.sort(
        key=lambda pair: (
            WHY.index(pair[0]),
            SCHEDULER.get_card_retrievability(pair[1].card, now),
            pair[1].tried,
            pair[1].item,
        )
    )
    return [(state.item, why) for why, state in asked]


def forecast(known: Mapping[str, State], now: datetime) -> dict[str, int]:
    """How many questions come back today (misses and what is overdue among them), within a week, a month, and later."""
    days = [0 if state.why(now) else (state.due(now) - now.date()).days for state in known.values()]
    return {
        "today": sum(day <= 0 for day in days),
        "week": sum(0 < day <= 7 for day in days),
        "month": sum(7 < day <= 30 for day in days),
        "later": sum(day > 30 for day in days),
    }


@cache  # the record only grows: an answer changes one of these
def _card(seen: tuple[tuple[datetime, int], ...]) -> Card:
    card = Card(card_id=0, due=seen[0][0])
    for at, rated in seen:
        card, _ = SCHEDULER.review_card(card, Rating(rated), at)
    return card
