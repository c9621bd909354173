"""The learner's own view of the record: what is in it, and taking it elsewhere."""

from pathlib import Path
from typing import Any

import traitlets

from digigov.course import title_of
from digigov.face import HERE, Face, front_end
from digigov.language import number, say
from digigov.page import Page
from digigov.questions import bank
from digigov.questions.exam import LOG
from digigov.record import IN_MEMORY, record


class RecordPanel(Face):
    """Counts by notebook, export, import, start again."""

    _esm = front_end(HERE / "record_panel.js")
    catalogue = "record"

    where = traitlets.Unicode().tag(sync=True)
    rows = traitlets.List().tag(sync=True)

    def __init__(self) -> None:
        super().__init__()
        kept = record()
        place = say("record.memory") if kept.path == IN_MEMORY else str(kept.path)
        self.where = say("record.where", file=place)
        self.notice = kept.notice
        self._count("")
        kept.listen(self._count)

    def do_export(self) -> None:
        self.send({"file": "digigov-record.json", "text": record().export()})

    def do_import(self, text: str) -> None:
        self.notice = say("record.imported", count=number(record().load(text)))

    def do_start_again(self) -> None:
        kept: Path | None = record().start_again()
        self.notice = say("record.emptied", file=kept.name) if kept else say("record.emptied_nothing")

    def page(self) -> Page:
        """The same for everybody: what the record is, not what this learner's holds."""
        lines = [say("record.title"), say("record.about"), say("record.not_running")]
        return Page(f"<h3>{lines[0]}</h3><p>{lines[1]}</p><p><em>{lines[2]}</em></p>", "\n".join(lines))

    def _count(self, _item: str) -> None:
        latest: dict[str, Any] = {}
        tries: dict[str, int] = {}
        for answer in record().answers():
            if answer.item == LOG:  # what the final test keeps is no answer
                continue
            latest[answer.item] = answer
            tries[answer.item[:2]] = tries.get(answer.item[:2], 0) + 1
        self.rows = [
            [
                title_of(notebook),
                f"{number(len(mine))}/{number(len(bank.items(notebook)))}",
                number(sum(answer.score is not None and answer.score >= 1 for answer in mine)),
                number(tries[notebook]),
            ]
            for notebook in bank.notebooks()
            if (mine := [answer for item, answer in latest.items() if item[:2] == notebook])
        ]
