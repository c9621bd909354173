"""Spaced review: a few of the learner's own questions, those first that they got wrong while very sure."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from digigov import language
from digigov.language import number, say
from digigov.questions.bank import Item
from digigov.questions.calibration import calibration, calibration_words
from digigov.questions.exam import LOG, with_blanks
from digigov.questions.marking import Mark
from digigov.questions.pool import gone, pool
from digigov.questions.schedule import SESSION, WHY, State, queue, states
from digigov.questions.sitting import Sitting, here_and_now
from digigov.record import record

FEW = 10  # with fewer questions to review there is little to see


class Review(Sitting):
    """Sessions of at most ten cards. `now` tells the time, with a time zone."""

    about = "review"

    def __init__(self, now: Callable[[], datetime] = here_and_now) -> None:
        self._now = now
        self._done: set[str] = set()  # answered in this session: earlier answers are what is to be remembered
        super().__init__()
        self._begin()

    def do_next(self) -> None:
        """Deal the next session."""
        self._begin()

    # -- inside

    def _begin(self) -> None:
        bank, now = pool(), self._now()
        asked = queue(_known(bank), now)
        self._asked = dict(asked[:SESSION])
        self._done.clear()
        with self.hold_sync():
            notes = {item: say(f"review.why.{why}") for item, why in self._asked.items()}
            self.deal([bank[item] for item in self._asked], notes)
            self._tell(len(asked) - len(self._asked))

    def _keep(self, item: Item, given: Any, marked: Mark, confidence: int | None) -> None:
        self._done.add(item.id)
        super()._keep(item, given, marked, confidence)

    def _restored(self, items: Iterable[Item]) -> dict[str, dict[str, Any]]:
        marks = super()._restored(item for item in items if item.id in self._done)
        known = _known({name: self._items[name] for name in marks})
        return {
            name: {**mark, "later": say("review.later", when=self._when(known[name]))} if name in known else mark
            for name, mark in marks.items()
        }

    def _answered(self, item: str) -> None:
        if item == "":
            self._begin()
            return
        super()._answered(item)
        if item in self._items and self._done >= set(self._items):
            left = queue(_known(pool()), self._now())
            with self.hold_sync():
                self._tell(len(left))

    def _tell(self, left: int) -> None:
        """What this session holds or that it is over, what waits after it, and how well the learner judges."""
        answers = record().answers()
        known = _known(pool())
        lines = [self._session(known, left)]
        if self._items and left:
            lines.append(say("review.waiting", count=number(left)))
        if len(known) < FEW:
            lines.append(say("review.few", count=number(len(known))))
        if known:
            lines.append(calibration_words(calibration(known.values())))
        self.lines = [*lines, *filter(None, [gone(answers, [LOG])])]
        over = self._done >= set(self._items)
        self.buttons = [{"name": "next", "label": say("review.next")}] if over and left else []

    def _session(self, known: dict[str, State], left: int) -> str:
        if self._items and not self._done >= set(self._items):
            counts = Counter(self._asked.values())
            parts = ", ".join(say(f"review.part.{why}", count=number(counts[why])) for why in WHY if counts[why])
            return say("review.session", count=number(len(self._items)), parts=parts)
        if self._items:
            return say("review.over")
        coming = [state for state in known.values()]
        if not coming:
            return say("review.empty")
        return say("review.none", when=self._when(min(coming, key=lambda state: state.due(self._now()))))

    def _when(self, state: State) -> str:
        """The day of the next review in words."""
        now = self._now()
        return day_words(state.due(now), now.date())


def _known(bank: Mapping[str, Item]) -> dict[str, State]:
    """Where the questions of `bank` stand, among them those left open in a test."""
    return states(with_blanks(record().answers()), bank)


def day_words(day: date, today: date) -> str:
    """A day that comes, in words and as a date."""
    ahead, shown = (day - today).days, language.date(day)
    if ahead <= 0:
        return say("review.when.today")
    return say("review.when.tomorrow", date=shown) if ahead == 1 else say("review.when.days", days=ahead, date=shown)
