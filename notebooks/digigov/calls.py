"""What a learner's code cell calls. Each call shows something, or one sentence saying what is wrong."""

from typing import TYPE_CHECKING, Any

from digigov import claims as evidence
from digigov import course, timeline_view
from digigov.board import Board, comparison_board, definition_board
from digigov.errors import told_to_the_learner
from digigov.labs.catalogue import lab_class, outcome_of
from digigov.language import say
from digigov.page import Page
from digigov.questions.bank import items
from digigov.questions.card import Quiz
from digigov.record_panel import RecordPanel

if TYPE_CHECKING:
    from digigov.labs.view import LabView


@told_to_the_learner
def quiz(notebook: str, part: str = "check") -> Quiz:
    """The questions of a notebook: part is pretest, predict, activity, check or apply."""
    found = items(notebook, part)  # before the title: a part that is not there has none
    return Quiz(say(f"quiz.title.{part}"), found, outcome_of)


@told_to_the_learner
def claims(*ids: str) -> Page:
    """Claims of the article with evidence grade and sources; all twelve when none is named."""
    return evidence.claim_cards(ids)


@told_to_the_learner
def sources(notebook: str) -> Page:
    """What a notebook rests on: links, each with how it was read."""
    return evidence.source_list(course.entry(notebook).get("sources", []))


@told_to_the_learner
def table(name: str) -> Page:
    """An evidence table with its credits."""
    return evidence.table_page(name)


@told_to_the_learner
def definition() -> Board:
    """The legal definition taken apart."""
    return definition_board()


@told_to_the_learner
def comparison() -> Board:
    """E-government and digital government side by side."""
    return comparison_board()


@told_to_the_learner
def timeline(day: Any = timeline_view.DEFAULT) -> timeline_view.Timeline:
    """Which laws, classes, targets, institutions and platforms there were on a day of 2011 to 2026."""
    return timeline_view.Timeline(day)


@told_to_the_learner
def course_map() -> Page:
    """All notebooks, those that are there as links."""
    return course.map_page()


@told_to_the_learner
def check_setup() -> Page:
    """Whether this computer has what the course needs."""
    return course.setup_page()


@told_to_the_learner
def my_record() -> RecordPanel:
    """The learner's own answers: how many, export, import, start again."""
    return RecordPanel()


# -- labs: settings may be given, as a lab's line to share does


@told_to_the_learner
def birth(**values: Any) -> "LabView":
    """The lab of notebook 03: three procedures of a life event, digitised or redesigned."""
    return _lab("birth", values)


@told_to_the_learner
def portfolio(**values: Any) -> "LabView":
    """The lab of notebook 04: one budget, forty procedures, and what is counted."""
    return _lab("portfolio", values)


@told_to_the_learner
def rollout(**values: Any) -> "LabView":
    """The lab of notebook 05: one project at a time, or a platform first."""
    return _lab("rollout", values)


@told_to_the_learner
def sequence(**values: Any) -> "LabView":
    """The lab of notebook 06: a ladder or two tracks."""
    return _lab("sequence", values)


@told_to_the_learner
def exchange(**values: Any) -> "LabView":
    """The lab of notebook 07: registers that answer each other, and who attacks them."""
    return _lab("exchange", values)


@told_to_the_learner
def service(**values: Any) -> "LabView":
    """The lab of notebook 08: relief after a storm, on paper lists or put together of blocks."""
    return _lab("service", values)


@told_to_the_learner
def pooling(**values: Any) -> "LabView":
    """The lab of notebook 09: staff and servers split or pooled."""
    return _lab("pooling", values)


@told_to_the_learner
def outbreak(**values: Any) -> "LabView":
    """The lab of notebook 10: an epidemic, and reports that come late or at once."""
    return _lab("outbreak", values)


@told_to_the_learner
def inspection(**values: Any) -> "LabView":
    """The lab of notebook 11: whom to inspect."""
    return _lab("inspection", values)


def _lab(name: str, values: dict[str, Any]) -> "LabView":
    from digigov.labs.view import LabView  # brings matplotlib, for which a notebook without a lab need not wait

    return LabView(lab_class(name)(), values)
