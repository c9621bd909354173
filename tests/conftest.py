"""What every test starts from: an empty record of its own, Vietnamese, no pictures."""

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from traitlets.log import get_logger

# The same examples every time, on a slow machine too, and nothing written into the project.
settings.register_profile("course", derandomize=True, deadline=None, database=None)
settings.load_profile("course")

# Read by the kernels that nbval starts: they keep nothing, and take their language from the notebook's folder.
os.environ["DIGIGOV_RECORD"] = ":memory:"
for name in ("DIGIGOV_LANG", "DIGIGOV_PICTURES", "JPY_SESSION_NAME"):
    os.environ.pop(name, None)


@pytest.fixture(autouse=True)
def record_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of this test's record, not yet written. The language is Vietnamese wherever the project lies."""
    from digigov import record

    path = tmp_path / "record.sqlite"
    monkeypatch.setenv("DIGIGOV_RECORD", str(path))
    monkeypatch.setenv("DIGIGOV_LANG", "vi")
    record._opened.cache_clear()
    yield path
    record._opened.cache_clear()


@pytest.fixture
def language(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Switch the language: `language("en")`."""
    return lambda code: monkeypatch.setenv("DIGIGOV_LANG", code)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The record's clock stands at NOW."""
    from learner import NOW, at

    monkeypatch.setattr("digigov.record.now", lambda: at(NOW))


class _Raise(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        raise AssertionError(record.getMessage()) from (record.exc_info[1] if record.exc_info else None)


@pytest.fixture(autouse=True)
def callbacks_do_not_raise() -> Iterator[None]:
    """A widget only logs what goes wrong in a callback, where no learner would see it; here it fails the test."""
    handler = _Raise(logging.WARNING)
    get_logger().addHandler(handler)
    yield
    get_logger().removeHandler(handler)
