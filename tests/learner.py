"""A learner for tests: answers at times of the test's own, so that no clock is asked."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from digigov.record import record
from digigov.record_copy import Answer, written

# A working day in Viet Nam; the record keeps UTC.
NOW = datetime.fromisoformat("2026-11-24T15:00:00+07:00")


def at(moment: datetime) -> str:
    """A moment as the record writes it."""
    return moment.astimezone(tz=datetime.fromisoformat("2026-01-01T00:00Z").tzinfo).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def tried(
    item: str, score: float | None, ago: timedelta = timedelta(days=1), sure: int | None = None, given: Any = "x"
) -> Answer:
    """A try `ago` before NOW."""
    return Answer(item, given, score, "vi", at(NOW - ago), sure)


def remembers(tries: Sequence[Answer]) -> None:
    """Put tries into the record of this test, as an import does."""
    assert record().load(written(tries, [])) == len(tries)


def tell(widget: Any, **message: Any) -> None:
    """Send what the browser would send."""
    widget._handle_custom_msg(json.loads(json.dumps(message)), [])


def sent(widget: Any) -> str:
    """All of the widget's state that says something, as the browser gets it."""
    state = {name: value for name, value in widget.get_state().items() if name not in ("_esm", "_css", "words")}
    return json.dumps(state, ensure_ascii=False)


def one_sentence(words: str) -> bool:
    return words.endswith(".") and "\n" not in words and "Error" not in words and "{" not in words
