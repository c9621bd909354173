"""The learner's record: what they answered and predicted, in one SQLite file on their own computer.

Nothing here may stop a lesson. When the file cannot be used, answers live in memory and `notice` says
so in one sentence; a damaged or foreign file is set aside under a new name, never overwritten.
"""

import json
import os
import sqlite3
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from digigov.errors import CourseError
from digigov.language import current, say

APPLICATION = 0x44474F56  # "DGOV" in the file's header: this is ours
IN_MEMORY = ":memory:"

# One script a version; PRAGMA user_version counts those that ran. Never change one that was released.
MIGRATIONS = (
    """
    CREATE TABLE answers (
        id INTEGER PRIMARY KEY,
        item TEXT NOT NULL,
        given TEXT NOT NULL,
        score REAL,
        language TEXT NOT NULL,
        at TEXT NOT NULL
    );
    CREATE INDEX answers_by_item ON answers (item, id);
    CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
    """,
)


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
        self.notice = ""
        self._listeners: list[Callable[[str], None]] = []
        self._database = self._open()

    # -- reading and writing

    def add(self, item: str, given: Any, score: float | None) -> None:
        """Keep a try. On a full or read-only disk it is kept in memory and `notice` says so."""
        self._write(
            "INSERT INTO answers (item, given, score, language, at) VALUES (?, ?, ?, ?, ?)",
            (item, json.dumps(given, ensure_ascii=False), score, current(), _now()),
        )
        for listener in list(self._listeners):
            listener(item)

    def last(self, item: str) -> Answer | None:
        """The latest try at an item, or None."""
        found = self._read("WHERE item = ? ORDER BY id DESC LIMIT 1", (item,))
        return found[0] if found else None

    def answers(self) -> list[Answer]:
        """Every try, oldest first."""
        return self._read("ORDER BY id", ())

    def seed(self) -> str:
        """A random text of this learner's own, from which options are shuffled; the same as long as the record lives."""
        row = self._database.execute("SELECT value FROM settings WHERE name = 'seed'").fetchone()
        if row:
            return row[0]
        self._write("INSERT OR IGNORE INTO settings VALUES ('seed', ?)", (os.urandom(8).hex(),))
        return self._database.execute("SELECT value FROM settings WHERE name = 'seed'").fetchone()[0]

    def listen(self, listener: Callable[[str], None]) -> None:
        """Call `listener` with the item's id after every answer, and with "" when all has changed."""
        self._listeners.append(listener)

    # -- taking it elsewhere

    def export(self) -> str:
        """The whole record as JSON."""
        content = {"course": "digigov", "version": len(MIGRATIONS), "answers": [asdict(one) for one in self.answers()]}
        return json.dumps(content, ensure_ascii=False, indent=1)

    def load(self, text: str) -> int:
        """Add the answers of an exported record that are not here yet; returns how many.

        Raises CourseError when the text is not such a record or comes from a newer version; nothing is changed then.
        """
        try:
            content = json.loads(text)
            if content["course"] != "digigov":
                raise ValueError
            if content["version"] > len(MIGRATIONS):
                raise CourseError(say("record.import_newer"))
            incoming = [Answer(**{name: one[name] for name in Answer.__match_args__}) for one in content["answers"]]
            if not all(_is_answer(one) for one in incoming):
                raise ValueError
        except (ValueError, KeyError, TypeError) as error:
            if isinstance(error, CourseError):
                raise
            raise CourseError(say("record.import_foreign")) from None
        known = {(one.item, one.at) for one in self.answers()}
        fresh = [one for one in incoming if (one.item, one.at) not in known]
        self._write_many(
            "INSERT INTO answers (item, given, score, language, at) VALUES (?, ?, ?, ?, ?)",
            [
                (one.item, json.dumps(one.given, ensure_ascii=False), one.score, one.language, one.at)
                for one in sorted(fresh, key=lambda one: one.at)
            ],
        )
        self._tell_all()
        return len(fresh)

    def start_again(self) -> Path | None:
        """Empty the record; what was in it goes to a JSON file beside it, whose path is returned (None: nothing to keep).

        Raises CourseError, with the record untouched, when that file cannot be written.
        """
        kept = None
        if self.answers() and self.path != IN_MEMORY:
            kept = Path(self.path).with_name(f"{Path(self.path).stem}-{_stamp()}.json")
            try:
                kept.write_text(self.export(), encoding="utf8")
            except OSError:
                raise CourseError(say("record.cannot_keep_copy", file=kept.name)) from None
        self._write("DELETE FROM answers", ())
        self._tell_all()
        return kept

    # -- the file

    def _open(self) -> sqlite3.Connection:
        if self.path == IN_MEMORY:
            return _migrated(sqlite3.connect(IN_MEMORY, check_same_thread=False))
        path = Path(self.path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return self._connect(path)
        except (sqlite3.DatabaseError, OSError) as error:
            if isinstance(error, sqlite3.OperationalError | OSError):
                self.notice = say("record.not_kept", file=path.name)
                return _migrated(sqlite3.connect(IN_MEMORY, check_same_thread=False))
        # Not a database, a damaged one, or somebody else's: out of the way, under a name the learner is told.
        aside = path.with_name(f"{path.name}.{_stamp()}")
        try:
            path.rename(aside)
            self.notice = say("record.set_aside", file=path.name, aside=aside.name)
            return self._connect(path)
        except (sqlite3.Error, OSError):
            self.notice = say("record.not_kept", file=path.name)
            return _migrated(sqlite3.connect(IN_MEMORY, check_same_thread=False))

    def _connect(self, path: Path) -> sqlite3.Connection:
        fresh = not path.exists() or path.stat().st_size == 0
        database = sqlite3.connect(path, timeout=10, check_same_thread=False)
        try:
            if not fresh:
                if database.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                    raise sqlite3.DatabaseError("damaged")
                # A file that another notebook is creating right now has no mark yet and no tables either.
                empty = database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
                if not empty and database.execute("PRAGMA application_id").fetchone()[0] != APPLICATION:
                    raise sqlite3.DatabaseError("foreign")
                if database.execute("PRAGMA user_version").fetchone()[0] > len(MIGRATIONS):
                    database.close()
                    self.notice = say("record.newer", file=path.name)
                    return _migrated(sqlite3.connect(IN_MEMORY, check_same_thread=False))
            database.execute("PRAGMA journal_mode = WAL")
            return _migrated(database)
        except sqlite3.Error:
            database.close()
            raise

    def _write(self, statement: str, values: tuple[Any, ...]) -> None:
        self._write_many(statement, [values])

    def _write_many(self, statement: str, rows: list[tuple[Any, ...]]) -> None:
        try:
            with self._database:
                self._database.executemany(statement, rows)
        except sqlite3.Error:
            self._move_to_memory()
            with self._database:
                self._database.executemany(statement, rows)

    def _move_to_memory(self) -> None:
        """Go on without the file: copy what can still be read, and say that answers are not kept."""
        memory = sqlite3.connect(IN_MEMORY, check_same_thread=False)
        try:
            self._database.backup(memory)
        except sqlite3.Error:
            memory = sqlite3.connect(IN_MEMORY, check_same_thread=False)
        self._database = _migrated(memory)
        self.notice = say("record.not_kept", file=Path(self.path).name)

    def _read(self, clause: str, values: tuple[Any, ...]) -> list[Answer]:
        rows = self._database.execute(f"SELECT item, given, score, language, at FROM answers {clause}", values)
        return [Answer(item, json.loads(given), score, language, at) for item, given, score, language, at in rows]

    def _tell_all(self) -> None:
        for listener in list(self._listeners):
            listener("")


def _migrated(database: sqlite3.Connection) -> sqlite3.Connection:
    """Bring a database to the newest version, each step in one transaction that only one writer can hold."""
    database.isolation_level = None
    database.execute("BEGIN IMMEDIATE")
    try:
        done = database.execute("PRAGMA user_version").fetchone()[0]
        for version, script in enumerate(MIGRATIONS[done:], start=done + 1):
            for statement in filter(str.strip, script.split(";")):
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {version}")
        database.execute(f"PRAGMA application_id = {APPLICATION}")
        database.execute("COMMIT")
    except sqlite3.Error:
        database.execute("ROLLBACK")
        raise
    database.isolation_level = ""
    return database


def _is_answer(one: Answer) -> bool:
    texts = (one.item, one.language, one.at)
    return all(isinstance(text, str) for text in texts) and (
        one.score is None or (isinstance(one.score, int | float) and not isinstance(one.score, bool))
    )


def _now() -> str:
    seconds, fraction = divmod(time.time_ns(), 10**9)
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds)) + f".{fraction // 1000:06d}Z"


def _stamp() -> str:
    return time.strftime("%Y%m%d-%H%M%S")


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
