"""The learner's record: what they answered and predicted, in one SQLite file on their own computer.

Nothing here may stop a lesson. When the file cannot be used, answers live in memory and `notice` says so in one
sentence.
"""

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from platformdirs import user_data_path

from digigov import record_copy
from digigov.errors import CourseError
from digigov.language import current, say
from digigov.record_copy import Answer, Assessment
from digigov.record_file import IN_MEMORY, copied_to_memory, free_name, open_record, stamp

T = TypeVar("T")
SELECT = "SELECT item, given, score, language, at, confidence FROM answers"
INSERT = "INSERT INTO answers (item, given, score, language, at, confidence) VALUES (?, ?, ?, ?, ?, ?)"
SELECT_ASSESSMENTS = "SELECT agency, content, at FROM assessments ORDER BY at, id"
INSERT_ASSESSMENT = "INSERT INTO assessments (agency, content, at) VALUES (?, ?, ?)"


class Record:
    """Answers in a SQLite file; several notebooks may write to one at once."""

    def __init__(self, path: Path | str) -> None:
        self.path = path
        self._listeners: list[Callable[[str], None]] = []
        self._database, self.notice = open_record(path)

    def __del__(self) -> None:
        with suppress(AttributeError):  # it was never opened
            self._database.close()

    # -- reading and writing

    def add(self, item: str, given: Any, score: float | None, confidence: int | None = None) -> None:
        """Keep a try. On a full or read-only disk it is kept in memory and `notice` says so."""
        self.add_all([(item, given, score, confidence)])

    def add_all(self, tries: Iterable[tuple[str, Any, float | None, int | None]]) -> None:
        """Keep several tries, as `add` takes them, all of them or none."""
        answers = [Answer(item, given, score, current(), now(), sure) for item, given, score, sure in tries]
        self.change([(INSERT, _rows(answers))])
        for one in answers:
            self.tell(one.item)

    def last(self, item: str) -> Answer | None:
        """The latest try at an item, or None."""
        found = self._read("WHERE item = ? ORDER BY at DESC, id DESC LIMIT 1", item)
        return found[0] if found else None

    def answers(self) -> list[Answer]:
        """Every try, oldest first."""
        return self._read("ORDER BY at, id")

    def seed(self) -> str:
        """A random text of this learner's own, from which options are shuffled; starting again does not change it."""

        def kept(database: sqlite3.Connection) -> str:
            with database:
                database.execute("INSERT OR IGNORE INTO settings VALUES ('seed', ?)", (os.urandom(8).hex(),))
            return database.execute("SELECT value FROM settings WHERE name = 'seed'").fetchone()[0]

        return self._with_database(kept)

    def listen(self, listener: Callable[[str], None]) -> None:
        """Call `listener` with the item's id after every answer, and with "" when all has changed."""
        self._listeners.append(listener)

    # -- taking it elsewhere

    def export(self) -> str:
        """The whole record as JSON."""
        return record_copy.written(self.answers(), self.assessments())

    def load(self, text: str) -> int:
        """Add the answers and assessments of an exported record that are not here yet; returns how many.

        Raises CourseError when the text is not such a record or comes from a newer version; nothing is changed then.
        """
        answers, assessments = record_copy.read(text)
        tries = {(one.item, one.at): one for one in answers}
        for known in self.answers():
            tries.pop((known.item, known.at), None)
        held = {(one.agency, one.at) for one in self.assessments()}
        rows = {(one.agency, one.at): (one.agency, one.content, one.at) for one in assessments}
        fresh = [row for key, row in rows.items() if key not in held]
        self.change([(INSERT, _rows(tries.values())), (INSERT_ASSESSMENT, fresh)])
        self.tell("")
        return len(tries) + len(fresh)

    def start_again(self) -> Path | None:
        """Empty the record and return the path of a copy beside it, in JSON (None: there was nothing to keep).

        Raises CourseError, with the record untouched, when that file cannot be written.
        """
        # Not more than the copy holds: another notebook may be answering meanwhile.
        newest = {table: self._newest(table) for table in ("answers", "assessments")}
        kept = None
        if any(newest.values()) and self.path != IN_MEMORY:
            path = Path(self.path)
            kept = free_name(path.with_name(f"{path.stem}-{stamp()}.json"))
            try:
                kept.write_text(self.export(), encoding="utf8")
            except OSError:
                raise CourseError(say("record.cannot_keep_copy", file=kept.name)) from None
        self.change([(f"DELETE FROM {table} WHERE id <= ?", [(last,)]) for table, last in newest.items()])
        self.tell("")
        return kept

    # -- inside

    def change(self, statements: Sequence[tuple[str, Iterable[Sequence[Any]]]]) -> None:
        """Run each statement over its rows, all in one transaction."""
        once = [(statement, list(rows)) for statement, rows in statements]  # they may have to be written twice

        def change(database: sqlite3.Connection) -> None:
            with database:
                for statement, rows in once:
                    database.executemany(statement, rows)

        self._with_database(change)

    def _newest(self, table: str) -> int | None:
        return self._with_database(lambda database: database.execute(f"SELECT max(id) FROM {table}").fetchone()[0])

    def assessments(self) -> list[Assessment]:
        """Every row of a self-assessment, oldest first; `record_assessments` reads what they hold."""
        rows = self._with_database(lambda database: database.execute(SELECT_ASSESSMENTS).fetchall())
        return [Assessment(*row) for row in rows]

    def _read(self, clause: str, *values: str) -> list[Answer]:
        rows = self._with_database(lambda database: database.execute(f"{SELECT} {clause}", values).fetchall())
        found = []
        for item, given, *rest in rows:
            with suppress(ValueError):  # a row that somebody else wrote stays where it is, and says nothing
                found.append(Answer(item, json.loads(given), *rest))
        return found

    def _with_database(self, action: Callable[[sqlite3.Connection], T]) -> T:
        """Do it with the file; if that fails, go on in memory with what can still be read, and say so."""
        try:
            return action(self._database)
        except sqlite3.Error:
            self._database = copied_to_memory(self._database)
            self.notice = say("record.not_kept", file=Path(self.path).name)
            return action(self._database)

    def tell(self, item: str) -> None:
        """Tell every listener of a change, as `listen` says."""
        for listener in list(self._listeners):
            listener(item)


def _rows(answers: Iterable[Answer]) -> list[tuple[Any, ...]]:
    return [(one.item, json.dumps(one.given), one.score, one.language, one.at, one.confidence) for one in answers]


def now() -> str:
    """This moment as the record writes it: UTC, ISO 8601, to the microsecond."""
    seconds, fraction = divmod(time.time_ns(), 10**9)
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{fraction // 1000:06d}Z"


def place() -> Path | str:
    """Where the record lives: DIGIGOV_RECORD, else the user's own data folder."""
    asked = os.environ.get("DIGIGOV_RECORD")
    if asked == IN_MEMORY:
        return IN_MEMORY
    return Path(asked).expanduser() if asked else user_data_path("digigov", appauthor=False) / "record.sqlite"


@cache
def _opened(where: Path | str) -> Record:
    return Record(where)


def record() -> Record:
    """The one record of this kernel."""
    return _opened(place())
