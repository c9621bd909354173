"""The questions that a learner meets in the whole course, and which of their answers belong to none of them."""

from collections.abc import Iterable
from typing import Any

from digigov.course import index, path_of, title_of
from digigov.language import current, number, say
from digigov.questions.bank import Item, everything
from digigov.record_copy import Answer


def pool() -> dict[str, Item]:
    """Every question of the learners' notebooks by id, in bank order. Raises CourseError for a broken bank."""
    for_learners = {entry["id"] for entry in index() if not entry.get("for_authors")}
    return {item.id: item for item in everything() if item.notebook in for_learners}


def gone(answers: Iterable[Answer], own: Iterable[str] = ()) -> str:
    """A sentence about questions that were answered and are no longer in the course; "" when there are none.

    `own` are ids under which the course keeps something else.
    """
    known = {item.id for item in everything()}
    count = len({answer.item for answer in answers} - known - set(own))
    return say("review.gone", count=number(count)) if count else ""


def origin(item: Item, note: str = "") -> dict[str, Any]:
    """Where a question comes from, for a card outside its notebook: title, address of the notebook, a note."""
    path = path_of(item.notebook, current())
    return {"title": title_of(item.notebook), "href": path.name if path else "", "note": note}
