"""Questions from the whole course put together for one sitting, with words around them and buttons below."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape

import traitlets

from digigov.face import HERE, front_end
from digigov.language import say
from digigov.page import Page
from digigov.questions.bank import Item
from digigov.questions.card import CARDS, Quiz, public
from digigov.questions.pool import origin
from digigov.record import record


class Sitting(Quiz):
    """A quiz whose questions are dealt while it is shown. Subclasses say which, and name their words in `about`."""

    _esm = front_end(*CARDS, HERE / "questions" / "sitting.js")
    about: str = ""  # prefix of the words: title, about

    lines = traitlets.List().tag(sync=True)  # paragraphs above the cards
    result = traitlets.Unicode().tag(sync=True)  # HTML below them, already safe
    buttons = traitlets.List().tag(sync=True)  # name (of a do_*), label, and "sure" for one that asks twice

    def __init__(self) -> None:
        super().__init__(say(f"{self.about}.title"), ())

    def deal(self, items: Iterable[Item], notes: Mapping[str, str] = {}) -> None:
        """Put these questions on the table; `notes` say by id what is told beside where a question comes from."""
        self._items = {item.id: item for item in items}
        seed = record().seed()
        self.questions = [
            {**public(item, seed), "origin": origin(item, notes.get(item.id, ""))} for item in self._items.values()
        ]
        self.hints, self.asks = {}, {}
        self.marks = self._restored(self._items.values())

    def page(self) -> Page:
        """The same for everybody: what it is, not what this learner's holds."""
        words = [self.title, say(f"{self.about}.about"), say("card.not_running")]
        head, about, hint = map(escape, words)
        return Page(f"<h3>{head}</h3><p>{about}</p><p><em>{hint}</em></p>", "\n".join(words))


def here_and_now() -> datetime:
    """The time on the learner's own clock."""
    return datetime.now().astimezone()
