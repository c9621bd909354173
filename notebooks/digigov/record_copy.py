"""What a record holds, and its copy in JSON that a learner takes elsewhere."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from digigov.errors import CourseError
from digigov.language import LANGUAGES, say
from digigov.record_file import MIGRATIONS

SURENESS = (1, 2, 3)  # a guess, fairly sure, very sure


@dataclass(frozen=True)
class Answer:
    """One try: the item's id, what was given, its score (None: no verdict), the language, and when (UTC, ISO 8601).

    `confidence` is how sure the learner was, of SURENESS; None where it was not asked or not said.
    """

    item: str
    given: Any
    score: float | None
    language: str
    at: str
    confidence: int | None = None


@dataclass(frozen=True)
class Assessment:
    """One self-assessment of an agency: its content as text, and when it was kept."""

    agency: str
    content: str
    at: str


def written(answers: Sequence[Answer], assessments: Sequence[Assessment]) -> str:
    """The whole record as JSON."""
    content = {
        "course": "digigov",
        "version": len(MIGRATIONS),
        "answers": [asdict(one) for one in answers],
        "assessments": [asdict(one) for one in assessments],
    }
    # A browser may send half of a character; a file takes only whole ones.
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf8", "replace").decode("utf8")


def read(text: str) -> tuple[list[Answer], list[Assessment]]:
    """The answers and assessments of a copy, of this version or an older one (which lacks what came later).

    Raises CourseError when the text is no such copy or comes from a newer version.
    """
    try:
        content = json.loads(text)
        if content["course"] != "digigov":
            raise ValueError
        if content["version"] > len(MIGRATIONS):
            raise CourseError(say("record.import_newer"))
        answers = [
            Answer(*(one[name] for name in Answer.__match_args__[:-1]), one.get("confidence"))
            for one in content["answers"]
        ]
        assessments = [
            Assessment(*(one[name] for name in Assessment.__match_args__)) for one in content.get("assessments", [])
        ]
        if not (all(map(_is_answer, answers)) and all(map(_is_assessment, assessments))):
            raise ValueError
    except CourseError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise CourseError(say("record.import_foreign")) from None
    return answers, assessments


def moment(at: str) -> datetime | None:
    """A record's time as a moment in UTC; None where it is none."""
    try:
        return datetime.strptime(at, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except (ValueError, TypeError):
        return None


def _is_answer(one: Answer) -> bool:
    return (
        isinstance(one.item, str)
        and re.fullmatch(r"\d{2}(-[a-z0-9]+)+", one.item) is not None
        and _is_time(one.at)
        and isinstance(one.language, str)
        and one.language in LANGUAGES
        and (one.score is None or (type(one.score) in (int, float) and 0 <= one.score <= 1))
        and (one.confidence is None or (type(one.confidence) is int and one.confidence in SURENESS))
    )


def _is_assessment(one: Assessment) -> bool:
    return all(isinstance(text, str) and _is_whole(text) for text in (one.agency, one.content)) and _is_time(one.at)


def _is_time(at: Any) -> bool:
    # The form decides as well as the sense: times are compared as text.
    return (
        isinstance(at, str)
        and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", at) is not None
        and moment(at) is not None
    )


def _is_whole(text: str) -> bool:
    """Whether the text has no half of a character, which no file could hold."""
    return text.isascii() or not re.search("[\ud800-\udfff]", text)
