"""The record's file: opened, checked, brought to the newest version; set aside when it is not ours."""

import sqlite3
import time
from contextlib import suppress
from itertools import chain, count
from pathlib import Path

from digigov.language import say

APPLICATION = 0x44474F56  # "DGOV" in the file's header: this is ours
IN_MEMORY = ":memory:"
HEADER = b"SQLite format 3\0"

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
    """
    ALTER TABLE answers ADD COLUMN confidence INTEGER;
    CREATE TABLE assessments (id INTEGER PRIMARY KEY, agency TEXT NOT NULL, content TEXT NOT NULL, at TEXT NOT NULL);
    """,
)


class NewerRecord(Exception):
    """The file belongs to a later version of the course."""


class NoRecord(Exception):
    """The file is damaged, somebody else's, or no database at all."""


def open_record(path: Path | str) -> tuple[sqlite3.Connection, str]:
    """A database with the newest schema, and in a sentence what the learner must know ("" when all is well).

    Where the file cannot serve, the database lives in memory; a damaged or foreign file is first moved out of the
    way, under a name that the sentence tells.
    """
    if path == IN_MEMORY:
        return in_memory(), ""
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _connect(path), ""
        except NoRecord:
            aside = _set_aside(path)
            return _connect(path), say("record.set_aside", file=path.name, aside=aside.name)
    except NewerRecord:
        return in_memory(), say("record.newer", file=path.name)
    except (sqlite3.Error, OSError):
        return in_memory(), say("record.not_kept", file=path.name)


def in_memory() -> sqlite3.Connection:
    """An empty record that nobody keeps."""
    return _migrated(sqlite3.connect(IN_MEMORY, check_same_thread=False))


def copied_to_memory(database: sqlite3.Connection) -> sqlite3.Connection:
    """What can still be read of a database, in memory; the file is let go."""
    memory = sqlite3.connect(IN_MEMORY, check_same_thread=False)
    try:
        database.backup(memory)
        return _migrated(memory)
    except sqlite3.Error:
        memory.close()
        return in_memory()
    finally:
        database.close()


def free_name(path: Path) -> Path:
    """`path`, or the first of path-2, path-3, … that no file has yet."""
    others = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
    return next(name for name in chain([path], others) if not name.exists())


def stamp() -> str:
    """The time as part of a file's name."""
    return time.strftime("%Y%m%d-%H%M%S")


def _connect(path: Path) -> sqlite3.Connection:
    """Open a file that is ours or new. Raises NewerRecord and NoRecord with the file untouched."""
    fresh = not path.exists() or path.stat().st_size == 0
    if not fresh and path.is_file():
        with path.open("rb") as file:
            # SQLite takes a file shorter than its header for an empty one and writes over it.
            if file.read(len(HEADER)) != HEADER:
                raise NoRecord
    database = sqlite3.connect(path, timeout=10, check_same_thread=False)
    try:
        if not fresh:
            _check(database)
        # Another notebook may be doing just this; it stays done.
        with suppress(sqlite3.OperationalError):
            database.execute("PRAGMA journal_mode = WAL")
        return _migrated(database)
    except BaseException:
        database.close()
        raise


def _check(database: sqlite3.Connection) -> None:
    try:
        sound = database.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        ours = database.execute("PRAGMA application_id").fetchone()[0] == APPLICATION
        version = database.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.OperationalError:  # it cannot be reached, which says nothing about what is in it
        raise
    except sqlite3.DatabaseError:
        raise NoRecord from None
    if ours and version > len(MIGRATIONS):
        raise NewerRecord
    # A file that another notebook is creating right now has no mark yet and no tables either.
    needed = {"answers", "settings"} | ({"assessments"} if version > 1 else set())
    if not sound or (tables and not (ours and needed <= tables)):
        raise NoRecord


def _migrated(database: sqlite3.Connection) -> sqlite3.Connection:
    """Bring a database to the newest version, all steps in one transaction that only one writer can hold."""
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


def _set_aside(path: Path) -> Path:
    """Rename a file, and what SQLite keeps beside it, so that nothing of it is lost or mixed with a new one."""
    aside = free_name(path.with_name(f"{path.stem}-{stamp()}{path.suffix}"))
    path.rename(aside)
    for tail in ("-wal", "-shm"):
        beside = path.with_name(path.name + tail)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + tail))
    return aside
