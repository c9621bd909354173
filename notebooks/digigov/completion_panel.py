"""The completion report in a notebook: shown or downloaded when the learner asks, and never kept in the notebook."""

from collections.abc import Callable
from datetime import datetime
from html import escape
from typing import Any

from digigov.completion import Completion, completed
from digigov.completion_page import report, sections
from digigov.face import HERE, Face, front_end
from digigov.labs.catalogue import outcome_of
from digigov.language import say
from digigov.page import Page
from digigov.questions.sitting import here_and_now
from digigov.record import record

LONGEST_NAME = 200


class CompletionPanel(Face):
    """A field for a name, a button to see the report and one to download it. `now` tells the time."""

    _esm = front_end(HERE / "completion_panel.js")
    catalogue = "completion"

    def __init__(self, now: Callable[[], datetime] = here_and_now) -> None:
        self._now = now
        super().__init__()
        self.notice = record().notice

    def do_show(self) -> None:
        """Send the report as it stands now. As a message: a widget's state would be saved with the notebook."""
        now = self._now()
        self.send({"html": sections(self._completed(now), now, 4)})

    def do_download(self, name: Any = "") -> None:
        """Send the whole document with the name, which goes nowhere else."""
        now = self._now()
        text = report(self._completed(now), " ".join(str(name or "").split())[:LONGEST_NAME], now)
        self.send({"file": f"{say('completion.file')}-{now:%Y-%m-%d}.html", "text": text, "type": "text/html"})

    def page(self) -> Page:
        """The same for everybody: what the report is, not what this learner's says."""
        words = [say(f"completion.{part}") for part in ("title", "about", "is", "is_not", "not_running")]
        head, about, what, not_what, hint = map(escape, words)
        return Page(
            f"<h3>{head}</h3><p>{about}</p><p>{what}</p><p>{not_what}</p><p><em>{hint}</em></p>", "\n".join(words)
        )

    def _completed(self, now: datetime) -> Completion:
        return completed(record().answers(), now, outcome_of)
