"""The record's file: old, newer, damaged, foreign, out of reach or full; each in one sentence, nothing overwritten."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from digigov import record_file
from digigov.record import Record

ADDED = "ALTER TABLE answers ADD COLUMN minutes REAL"


def told(notice: str, *names: str) -> bool:
    """One sentence that names the files, without words of the machine."""
    plain = (
        "\n" not in notice and notice.endswith(".") and not any(word in notice for word in ("Error", "sqlite3", "None"))
    )
    return plain and all(name in notice for name in names)


@pytest.fixture(params=["vi", "en"])
def spoken(request, language) -> str:
    language(request.param)
    return request.param


@pytest.fixture
def records(record_file) -> Path:
    """A record with one answer, closed."""
    kept = Record(record_file)
    kept.add("01-a", "mine", 1)
    kept._database.close()
    return record_file


def set_aside(path: Path) -> list[Path]:
    return [other for other in path.parent.glob("record-*.sqlite") if other != path]


def works(path: Path, notice: str = "") -> Record:
    """A record at `path` that takes an answer, says `notice` and loses nothing when asked again."""
    kept = Record(path)
    if notice:
        assert kept.notice == notice
    kept.add("02-b", "new", 0)
    assert kept.last("02-b").given == "new"
    return kept


def test_a_new_record_is_made_with_its_folders(record_file):
    assert works(record_file.parent / "a" / "b" / "record.sqlite").notice == ""


def test_an_old_record_is_migrated_with_its_answers(records, monkeypatch):
    monkeypatch.setattr(record_file, "MIGRATIONS", (*record_file.MIGRATIONS, ADDED))
    kept = works(records)
    assert kept.notice == ""
    assert [answer.item for answer in kept.answers()] == ["01-a", "02-b"]
    with closing(sqlite3.connect(records)) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (len(record_file.MIGRATIONS),)
        assert "minutes" in {row[1] for row in database.execute("PRAGMA table_info(answers)")}


# The file as the first version wrote it, word for word.
VERSION_1 = """
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
    INSERT INTO settings VALUES ('seed', '0123456789abcdef');
    INSERT INTO answers (item, given, score, language, at)
        VALUES ('05-check-osi', 'false', 1.0, 'vi', '2026-03-02T01:02:03.000004Z'),
               ('05-predict-share', '12.5', 0.0, 'en', '2026-03-02T01:03:03.000004Z');
    PRAGMA user_version = 1;
    PRAGMA application_id = 1145524054;
"""


@pytest.fixture
def version_1(record_file) -> Path:
    with closing(sqlite3.connect(record_file)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.executescript(VERSION_1)
    return record_file


def test_a_record_of_version_1_keeps_its_answers_and_its_seed_and_takes_how_sure(version_1):
    kept = Record(version_1)
    assert kept.notice == "" and kept.seed() == "0123456789abcdef"
    assert [(answer.item, answer.given, answer.score, answer.confidence) for answer in kept.answers()] == [
        ("05-check-osi", False, 1.0, None),
        ("05-predict-share", 12.5, 0.0, None),
    ]
    kept.add("05-check-osi", True, 0, 3)
    assert Record(version_1).last("05-check-osi").confidence == 3
    assert Record(version_1).assessments() == []


def test_two_notebooks_that_open_a_record_of_version_1_at_once_both_use_it(version_1):
    gate, records = threading.Barrier(6), []

    def open_it() -> None:
        gate.wait()
        records.append(Record(version_1))

    threads = [threading.Thread(target=open_it) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [kept.notice for kept in records] == [""] * 6
    for number, kept in enumerate(records):
        kept.add("05-check-osi", False, 1, 1 + number % 3)
    assert len(Record(version_1).answers()) == 8
    for kept in records:
        kept._database.close()


def test_a_notebook_of_version_1_that_is_still_open_goes_on_writing(version_1):
    with closing(sqlite3.connect(version_1)) as old:
        kept = Record(version_1)
        with old:
            old.execute(
                "INSERT INTO answers (item, given, score, language, at) VALUES (?, ?, ?, ?, ?)",
                ("05-check-osi", "true", 0.0, "vi", "2026-03-03T00:00:00.000000Z"),
            )
    assert [answer.given for answer in kept.answers()] == [False, 12.5, True]


def test_a_migration_that_fails_halfway_leaves_the_record_as_it_was(records, monkeypatch):
    doubling = f"{ADDED}; INSERT INTO answers SELECT * FROM answers"  # fails where there is an answer
    monkeypatch.setattr(record_file, "MIGRATIONS", (*record_file.MIGRATIONS, doubling))
    assert told(Record(records).notice, "record.sqlite")
    assert not set_aside(records)
    with closing(sqlite3.connect(records)) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (len(record_file.MIGRATIONS) - 1,)
        assert "minutes" not in {row[1] for row in database.execute("PRAGMA table_info(answers)")}


def test_a_record_of_a_newer_course_is_left_alone_and_said(records, spoken):
    with closing(sqlite3.connect(records)) as database:
        database.execute(f"PRAGMA user_version = {len(record_file.MIGRATIONS) + 1}")
        database.commit()
    before = records.read_bytes()
    assert told(works(records).notice, "record.sqlite")
    assert records.read_bytes() == before
    assert not set_aside(records)


def damaged(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x00\xff" * ((len(content) - 4096) // 2)
    path.write_bytes(content)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE invoices (id INTEGER)")
        database.commit()


def without_a_table(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("DROP TABLE settings")
        database.commit()


def without_a_table_of_version_2(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("DROP TABLE assessments")
        database.commit()


def a_text(path: Path) -> None:
    path.write_text("Biên bản họp\n" * 200, encoding="utf8")


def a_short_text(path: Path) -> None:
    path.write_text("x")


@pytest.mark.parametrize(
    "spoil", [damaged, cut, foreign, without_a_table, without_a_table_of_version_2, a_text, a_short_text]
)
def test_what_is_no_record_is_set_aside_whole_and_a_new_one_begun(records, spoken, spoil):
    spoil(records)
    before = records.read_bytes()
    kept = works(records)
    (aside,) = set_aside(records)
    assert told(kept.notice, "record.sqlite", aside.name)
    assert aside.read_bytes() == before
    assert Record(records).last("02-b").given == "new"


def test_two_spoilt_files_in_one_second_are_both_kept(records):
    for text in ("first" * 100, "second" * 100):
        records.write_text(text)
        assert Record(records).notice
    assert sorted(path.read_text()[:5] for path in set_aside(records)) == ["first", "secon"]


def test_what_sqlite_keeps_beside_a_damaged_file_goes_with_it(records):
    a_text(records)
    for tail in ("-wal", "-shm"):
        records.with_name(records.name + tail).write_bytes(b"old")
    kept = works(records)
    (aside,) = set_aside(records)
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"old"
    assert [answer.item for answer in kept.answers()] == ["02-b"]


def test_a_folder_in_the_file_s_place_is_left_alone(record_file, spoken):
    record_file.mkdir()
    assert told(works(record_file).notice, "record.sqlite")
    assert record_file.is_dir()


def test_a_place_that_cannot_be_made_is_said(record_file, spoken):
    record_file.write_text("a file where a folder is needed")
    assert told(works(record_file / "record.sqlite").notice, "record.sqlite")
    assert record_file.read_text() == "a file where a folder is needed"


def test_a_read_only_record_can_be_learned_with_and_stays_untouched(records, spoken, monkeypatch):
    connect = sqlite3.connect

    def read_only(path, **settings):
        return connect(path if path == ":memory:" else f"file:{path}?mode=ro", uri=True, **settings)

    before = records.read_bytes()
    monkeypatch.setattr(sqlite3, "connect", read_only)
    assert told(works(records).notice, "record.sqlite")
    assert records.read_bytes() == before


def test_when_the_disk_fills_up_answers_go_on_in_memory_with_those_before(records, spoken):
    kept = Record(records)
    seed = kept.seed()
    pages = kept._database.execute("PRAGMA page_count").fetchone()[0]
    kept._database.execute(f"PRAGMA max_page_count = {pages}")
    for number in range(20):
        kept.add("01-big", "x" * 1000, number / 20)
    assert told(kept.notice, "record.sqlite")
    assert len(kept.answers()) == 21
    assert kept.seed() == seed
    assert Record(records).last("01-a").given == "mine"


def test_a_file_that_breaks_while_it_is_used_stops_nothing(records):
    kept = Record(records)
    kept._database.execute("DROP TABLE answers")
    kept.notice = ""
    kept._database.commit()
    kept._database.close()
    with pytest.raises(sqlite3.ProgrammingError):
        kept._database.execute("SELECT 1")
    kept.add("02-b", "new", 1)
    assert kept.last("02-b").given == "new"
    assert told(kept.notice, "record.sqlite")


def test_a_file_that_another_program_holds_is_left_to_it(records, monkeypatch, spoken):
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *place, **settings: connect(*place, **{**settings, "timeout": 0.1}))
    with closing(connect(records)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert told(works(records).notice, "record.sqlite")
    assert not set_aside(records)
    assert Record(records).last("01-a").given == "mine"
