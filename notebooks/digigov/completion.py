"""What a learner has done in the course, computed from their record when they ask for it."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from digigov.course import index, path_of
from digigov.errors import CourseError
from digigov.language import current
from digigov.questions import exam
from digigov.questions.bank import Item
from digigov.questions.calibration import calibration
from digigov.questions.exam import LOG, OUTCOMES, Test
from digigov.questions.marking import mark, quantity, read_number
from digigov.questions.pool import gone, pool
from digigov.questions.schedule import forecast, states
from digigov.record_copy import Answer


@dataclass(frozen=True)
class Share:
    """Of `all` questions `answered` were answered; of those, `marked` have a verdict and `right` were wholly right.

    The latest try counts. A prediction has no verdict here: it is near or off, and has a table of its own.
    """

    answered: int
    all: int
    marked: int
    right: int


@dataclass(frozen=True)
class Prediction:
    """A learner's first prediction and what the lab gives at its default setting, both with their unit."""

    notebook: str
    question: Item
    guess: str
    outcome: str
    near: bool
    above: bool


@dataclass(frozen=True)
class Completion:
    """Everything that the report shows. Shares are by notebook and by outcome; the test is the latest handed in."""

    notebooks: dict[str, Share]
    outcomes: dict[str, Share]
    predictions: tuple[Prediction, ...]
    calibration: dict[int, tuple[int, int]]
    forecast: dict[str, int]
    test: Test | None
    bank: Mapping[str, Item]
    gone: str  # what the record holds and the course no longer knows, as a sentence


def completed(answers: list[Answer], now: datetime, outcome_of: Callable[[Item], float]) -> Completion:
    """Put the report together at the moment `now`; `outcome_of` asks a lab for the result that was to be predicted.

    Only labs of which the learner predicted something are run. Raises CourseError for a broken bank.
    """
    bank = pool()
    latest = {answer.item: answer for answer in answers if answer.item in bank}
    known = states(exam.with_blanks(answers), bank)
    there = [entry["id"] for entry in index() if path_of(entry["id"], current())]
    by_notebook = {name: [item for item in bank.values() if item.notebook == name] for name in there}
    marked = [item for item in bank.values() if exam.may_be_drawn(item)]
    handed_in = [test for test in exam.tests(answers) if test.handed_in]
    return Completion(
        notebooks={name: _share(items, latest) for name, items in by_notebook.items() if items},
        outcomes={
            outcome: _share([item for item in marked if outcome in item.get("outcomes", ())], latest)
            for outcome in OUTCOMES
        },
        predictions=tuple(_predictions(answers, bank, outcome_of)),
        calibration=calibration(known.values()),
        forecast=forecast(known, now),
        test=handed_in[-1] if handed_in else None,
        bank=bank,
        gone=gone(answers, [LOG]),
    )


def _share(items: list[Item], latest: Mapping[str, Answer]) -> Share:
    answered = [item for item in items if item.id in latest]
    scores = [latest[item.id].score for item in answered if item.kind != "predict"]
    marked = [score for score in scores if score is not None]
    return Share(len(answered), len(items), len(marked), sum(score >= 1 for score in marked))


def _predictions(
    answers: list[Answer], bank: Mapping[str, Item], outcome_of: Callable[[Item], float]
) -> Iterable[Prediction]:
    first: dict[str, Answer] = {}
    for one in answers:
        first.setdefault(one.item, one)
    for item in bank.values():
        if item.kind == "predict" and item.id in first:
            # What is no number, as an imported record may hold, is no prediction.
            with suppress(CourseError):
                guess = read_number(first[item.id].given)
                outcome = outcome_of(item)
                near = mark(item, guess, outcome).right is True
                shown = quantity(guess, item), quantity(round(outcome, 2), item)
                yield Prediction(item.notebook, item, *shown, near, guess > outcome)
