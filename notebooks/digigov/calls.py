"""What a learner's code cell calls. Each call shows something, or one sentence saying what is wrong."""

from typing import Any

from digigov import claims as evidence
from digigov import course
from digigov.board import Board, comparison_board, definition_board
from digigov.errors import told_to_the_learner
from digigov.labs.catalogue import outcome_of
from digigov.labs.rollout import RolloutLab
from digigov.labs.view import LabView
from digigov.language import say
from digigov.page import Page
from digigov.questions.bank import items
from digigov.questions.card import Quiz
from digigov.record_panel import RecordPanel


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
def rollout(**values: Any) -> LabView:
    """The lab of notebook 05. Settings may be given, as its line to share does."""
    return LabView(RolloutLab(), values)


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
