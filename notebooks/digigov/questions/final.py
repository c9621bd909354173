"""The final test as a widget: nothing of it is marked, neither here nor in the record, before it is handed in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from html import escape
from typing import Any

from digigov.course import path_of, title_of
from digigov.errors import CourseError
from digigov.language import current, date, number, say
from digigov.page import link, table
from digigov.questions import exam
from digigov.questions.bank import Item
from digigov.questions.card import kept, told
from digigov.questions.exam import LOG, OUTCOMES, Test
from digigov.questions.marking import Mark, mark
from digigov.questions.pool import gone, pool
from digigov.questions.sitting import Sitting, here_and_now
from digigov.record import record
from digigov.record_copy import Answer, moment


class FinalTest(Sitting):
    """A test is drawn, answered, handed in; then each question shows its mark. `now` tells the time."""

    about = "exam"

    def __init__(self, now: Callable[[], datetime] = here_and_now) -> None:
        self._now = now
        self._test: Test | None = None
        super().__init__()
        self.hinting = False
        self.words = {**self.words, "again": say("exam.change")}  # what is kept is mended, not done anew
        self._show()

    # -- what the browser asks for

    def do_start(self) -> None:
        """Draw a test, unless one is open already: perhaps another notebook has drawn it."""
        answers = record().answers()
        known = exam.tests(answers)
        if not known or known[-1].handed_in:
            seed, bank = f"{record().seed()}/{LOG}/{len(known)}", pool()
            drawn = exam.draw(bank, exam.seen(answers, known), seed, exam.worked_on(answers, known, bank))
            key = f"{len(known)}/{self._now().isoformat()}"  # another computer's first test is another one
            record().add(LOG, exam.drawing(key, drawn), None)
        self._show()

    def do_hand_in(self) -> None:
        """Mark the open test: its answers become tries like all others, which review knows."""
        test = _latest()
        if test and not test.handed_in:
            bank = pool()
            marks = [(answer, mark(bank[name], answer.given)) for name, answer in _fitting(test, bank).items()]
            tries = [(one.item, one.given, marked.score, one.confidence) for one, marked in marks]
            record().add_all([*tries, (LOG, exam.handing_in(test.key), None, None)])
        self._show()

    def do_answer(self, item: str, given: Any, confidence: Any = None) -> None:
        if not self.closed:
            super().do_answer(item, given, confidence)

    def do_again(self, item: str) -> None:
        if not self.closed:
            super().do_again(item)

    def do_hint(self, item: str) -> None:
        """There is none in a test."""

    # -- inside

    def _keep(self, item: Item, given: Any, marked: Mark, confidence: int | None) -> None:
        """Keep what was answered and forget the mark."""
        if self._test:
            record().add(LOG, exam.answering(self._test.key, item.id, given, confidence), None)

    def _restored(self, items: Iterable[Item]) -> dict[str, dict[str, Any]]:
        if self._test is None:
            return {}
        given = [(self._items[name], answer) for name, answer in _fitting(self._test, self._items).items()]
        if self._test.handed_in:
            return {item.id: told(item, answer, mark(item, answer.given)) for item, answer in given}
        return {item.id: kept(item, answer, say("exam.kept")) for item, answer in given}

    def _answered(self, item: str) -> None:
        if item in ("", LOG):
            self._show()

    def _show(self) -> None:
        """Show the latest test; while it stays the same its cards are left as they are: the learner is writing."""
        before, self._test = self._test, _latest()
        bank = pool()
        with self.hold_sync():
            self.notice = record().notice
            if self._test is None:
                self.closed, self.lines, self.result = False, [say("exam.intro")], ""
                self.deal([])
                self.buttons = [{"name": "start", "label": say("exam.start")}]
                return
            items = [bank[name] for name in self._test.drawn.items if name in bank]
            self.closed = bool(self._test.handed_in)
            if before is None or (before.key, before.handed_in) != (self._test.key, self._test.handed_in):
                with_lab = {item.id: say("exam.with_lab") for item in items if item.part == "activity"}
                self.deal(items, with_lab)
            else:
                self.marks = self._restored(items)
            self.lines = [*self._told(self._test), *_about(self._test, items)]
            if self.closed:
                self.asks = {item.id: say("exam.unanswered") for item in items if item.id not in self.marks}
                self.result = results(self._test, bank)
                self.buttons = [{"name": "start", "label": say("exam.another")}]
            else:
                self.result = ""
                left = len(items) - len(self.marks)
                sure = say("exam.sure_open", count=number(left)) if left else say("exam.sure")
                self.buttons = [{"name": "hand_in", "label": say("exam.hand_in"), "sure": sure}]

    def _told(self, test: Test) -> list[str]:
        if not test.handed_in:
            return [say("exam.open", count=number(len(self._items)))]
        given = scores(test, self._items).values()
        words = say(
            "exam.result",
            date=day_of(test.handed_in, self._now()),
            right=number(sum(score >= 1 for score in given)),
            all=number(len(given)),
            points=number(round(sum(given), 1)),
        )
        return [words, say("exam.keep_on")]


def scores(test: Test, bank: Mapping[str, Item]) -> dict[str, float]:
    """The score of each question of a test that the course still has, by id; one without an answer has 0."""
    answered = {name: mark(bank[name], one.given).score or 0 for name, one in _fitting(test, bank).items()}
    return {name: answered.get(name, 0) for name in test.drawn.items if name in bank}


def results(test: Test, bank: Mapping[str, Item]) -> str:
    """A table of the outcomes in HTML: wholly right of how many, and which notebooks to read again."""
    given, rows = scores(test, bank), []
    for outcome in OUTCOMES:
        items = [bank[name] for name in given if outcome in bank[name].get("outcomes", ())]
        if items:
            wrong = [item for item in items if given[item.id] < 1]
            count = f"{number(len(items) - len(wrong))}/{number(len(items))}"
            again = dict.fromkeys(item.notebook for item in wrong)
            rows.append([escape(say(f"outcome.{outcome}")), count, "<br>".join(map(notebook_link, again)) or "–"])
    head = [say(f"exam.column.{name}") for name in ("outcome", "right", "again")]
    return table(head, rows, say("exam.by_outcome")).html


def notebook_link(notebook: str) -> str:
    """Title of a notebook as a link beside it, in HTML; without one while it is being written."""
    path = path_of(notebook, current())
    return link(path.name, title_of(notebook)) if path else escape(title_of(notebook))


def day_of(at: str, now: datetime) -> str:
    """The day of a record's time, on the learner's own calendar."""
    found = moment(at)
    return date(found.astimezone(now.tzinfo).date()) if found else at


def _latest() -> Test | None:
    found = exam.tests(record().answers())
    return found[-1] if found else None


def _fitting(test: Test, bank: Mapping[str, Item]) -> dict[str, Answer]:
    """The answers of a test that still fit their question: the course may have changed since."""
    found = {}
    for name, answer in test.given.items():
        with suppress(CourseError):
            if name in bank:
                mark(bank[name], answer.given)
                found[name] = answer
    return found


def _about(test: Test, items: Sequence[Item]) -> list[str]:
    """What is special about a test: notebooks not worked on, questions that come again, outcomes without any, questions
    that are gone.
    """
    lines, answers = [], record().answers()
    opened = exam.worked_on(answers, exam.tests(answers), pool())
    strange = dict.fromkeys(item.notebook for item in items if item.notebook not in opened)
    if strange:
        lines.append(say("exam.strange", notebooks=", ".join(strange)))
    if test.drawn.repeated:
        lines.append(say("exam.repeated", outcomes=", ".join(test.drawn.repeated)))
    if test.drawn.lacking:
        lines.append(say("exam.lacking", outcomes=", ".join(test.drawn.lacking)))
    if len(items) < len(test.drawn.items):
        lines.append(say("exam.dropped", count=number(len(test.drawn.items) - len(items))))
    return [*lines, *filter(None, [gone(answers, [LOG])])]
