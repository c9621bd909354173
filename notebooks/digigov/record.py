"""The learner's record: what they answered and predicted, in one SQLite file on their own computer.

Nothing here may stop a lesson. When the file cannot be used, answers live in memory and `notice` says so in one
sentence.
"""

import json
import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from platformdirs import user_data_path

from digigov.errors import CourseError
from digigov.language import LANGUAGES, current, say
from digigov.record_file import IN_MEMORY, MIGRATIONS, copied_to_memory, free_name, open_record, stamp

T = TypeVar("T")
SELECT = "SELECT item, given, score, language, at FROM answers"
INSERT = "INSERT INTO answers (item, given, score, language, at) VALUES (?, ?, ?, ?, ?)"


@dataclass(frozen=True)
class Answer:
    """One try: the item's id, what was given, its score (None: no verdict), the language, and when (UTC, ISO 8601)."""

    item: str
    given: Any
    score: float | None
    language: str
    at: str


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

    def add(self, item: str, given: Any, score: float | None) -> None:
        """Keep a try. On a full or read-only disk it is kept in memory and `notice` says so."""
        self._insert([Answer(item, given, score, current(), _now())])
        self._tell(item)

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
        content = {"course": "digigov", "version": len(MIGRATIONS), "answers": [asdict(one) for one in self.answers()]}
        # A browser may send half of a character; a file takes only whole ones.
        return json.dumps(content, ensure_ascii=False, indent=1).encode("utf8", "replace").decode("utf8")

    def load(self, text: str) -> int:
        """Add the answers of an exported record that are not here yet; returns how many.

        Raises CourseError when the text is not such a record or comes from a newer version; nothing is changed then.
        """
        known = {(one.item, one.at) for one in self.answers()}
        fresh = {(one.item, one.at): one for one in _imported(text) if (one.item, one.at) not in known}
        self._insert(fresh.values())
        self._tell("")
        return len(fresh)

    def start_again(self) -> Path | None:
        """Empty the record and return the path of a copy beside it, in JSON (None: there was nothing to keep).

        Raises CourseError, with the record untouched, when that file cannot be written.
        """
        # Not more than the copy holds: another notebook may be answering meanwhile.
        newest = self._with_database(lambda database: database.execute("SELECT max(id) FROM answers").fetchone()[0])
        kept = None
        if newest is not None and self.path != IN_MEMORY:
            path = Path(self.path)
            kept = free_name(path.with_name(f"{path.stem}-{stamp()}.json"))
            try:
                kept.write_text(self.export(), encoding="utf8")
            except OSError:
                raise CourseError(say("record.cannot_keep_copy", file=kept.name)) from None
        self._change("DELETE FROM answers WHERE id <= ?", [(newest,)])
        self._tell("")
        return kept

    # -- inside

    def _insert(self, answers: Iterable[Answer]) -> None:
        rows = [(one.item, json.dumps(one.given), one.score, one.language, one.at) for one in answers]
        self._change(INSERT, rows)

    def _change(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        def change(database: sqlite3.Connection) -> None:
            with database:
                database.executemany(statement, rows)

        self._with_database(change)

    def _read(self, clause: str, *values: str) -> list[Answer]:
        rows = self._with_database(lambda database: database.execute(f"{SELECT} {clause}", values).fetchall())
        return [Answer(item, json.loads(given), score, language, at) for item, given, score, language, at in rows]

    def _with_database(self, action: Callable[[sqlite3.Connection], T]) -> T:
        """Do it with the file; if that fails, go on in memory with what can still be read, and say so."""
        try:
            return action(self._database)
        except sqlite3.Error:
            self._database = copied_to_memory(self._database)
            self.notice = say("record.not_kept", file=Path(self.path).name)
            return action(self._database)

    def _tell(self, item: str) -> None:
        for listener in list(self._listeners):
            listener(item)


def _imported(text: str) -> list[Answer]:
    """The answers of an export. Raises CourseError when it is none."""
    try:
        content = json.loads(text)
        if content["course"] != "digigov":
            raise ValueError
        if content["version"] > len(MIGRATIONS):
            raise CourseError(say("record.import_newer"))
        answers = [Answer(**{name: one[name] for name in Answer.__match_args__}) for one in content["answers"]]
        if not all(map(_is_answer, answers)):
            raise ValueError
    except CourseError:
        raise
    except (ValueError, KeyError, TypeError, RecursionError):
        raise CourseError(say("record.import_foreign")) from None
    return answers


def _is_answer(one: Answer) -> bool:
    texts = (one.item, one.language, one.at)
    return (
        all(isinstance(text, str) for text in texts)
        and re.fullmatch(r"\d{2}(-[a-z0-9]+)+", one.item) is not None
        and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", one.at) is not None
        and one.language in LANGUAGES
        and (one.score is None or (type(one.score) in (int, float) and 0 <= one.score <= 1))
    )


def _now() -> str:
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
