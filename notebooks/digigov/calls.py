"""What a learner's code cell calls. Each call shows something, or one sentence saying what is wrong."""

from typing import TYPE_CHECKING, Any

from digigov import claim_pages, course, figure_origins, timeline_view
from digigov import claims as evidence
from digigov.board import Board, comparison_board, definition_board
from digigov.errors import told_to_the_learner
from digigov.labs.catalogue import lab_class, outcome_of
from digigov.language import say
from digigov.page import Page
from digigov.questions.bank import items
from digigov.questions.card import Quiz
from digigov.record_panel import RecordPanel

if TYPE_CHECKING:
    from digigov.agency.picture import Picture
    from digigov.agency.view import AssessmentView
    from digigov.completion_panel import CompletionPanel
    from digigov.labs.view import LabView
    from digigov.percentages_board import PercentageBuilder
    from digigov.projector import Projector
    from digigov.questions.final import FinalTest
    from digigov.questions.review import Review


@told_to_the_learner
def quiz(notebook: str, part: str = "check") -> Quiz:
    """The questions of a notebook: part is pretest, predict, activity, check or apply."""
    found = items(notebook, part)  # before the title: a part that is not there has none
    return Quiz(say(f"quiz.title.{part}"), found, outcome_of)


@told_to_the_learner
def claims(*ids: str) -> Page:
    """Claims of the article with evidence grade and sources; the page of all twelve when none is named."""
    return claim_pages.claim_cards(ids) if ids else claim_pages.all_claims()


@told_to_the_learner
def sources(notebook: str) -> Page:
    """What a notebook rests on, each source with how it was read; its figures, with where they come from."""
    listed = evidence.source_list(course.entry(notebook).get("sources", []))
    parts = [figure_origins.origins(notebook), *([] if notebook == claim_pages.HOME else [claim_pages.link_to_all()])]
    return sum((part for part in parts if part.html), start=listed)


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
def percentage_builder(*keep: str) -> "PercentageBuilder":
    """A percentage put together of numerator, denominator, date and publisher; `keep` are ids of figures to compare."""
    from digigov.percentages_board import PercentageBuilder

    return PercentageBuilder(keep)


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


@told_to_the_learner
def review() -> "Review":
    """The learner's own questions that are worth seeing again now."""
    from digigov.questions.review import Review

    return Review()


@told_to_the_learner
def final_test() -> "FinalTest":
    """A test over the whole course, of questions that the learner has not seen."""
    from digigov.questions.final import FinalTest

    return FinalTest()


@told_to_the_learner
def completion_report() -> "CompletionPanel":
    """What the learner has done, to see or to print."""
    from digigov.completion_panel import CompletionPanel

    return CompletionPanel()


# -- the own agency; these bring matplotlib, for which a notebook without a figure need not wait


@told_to_the_learner
def assessment() -> "AssessmentView":
    """The learner's own agency on the scale of the four haves, with moves for 90 days and a report."""
    from digigov.agency.view import AssessmentView

    return AssessmentView()


@told_to_the_learner
def assessment_example() -> "Picture":
    """The self-assessment of a made-up commune, in two rounds."""
    from digigov.agency.example import example_page

    return example_page()


@told_to_the_learner
def class_picture(folder: str | None = None) -> "Picture":
    """The assessments of a class, from the files in a folder, as one anonymous picture; without one a made-up class."""
    from digigov.agency import class_picture as merged

    return merged.class_picture(folder)


@told_to_the_learner
def workshop(name: str = "half") -> Page:
    """A plan for a room, minute by minute: half or full."""
    from digigov import workshops

    return workshops.plan_page(name)


@told_to_the_learner
def debates() -> Page:
    """Questions that split a room, and how to lead the talk."""
    from digigov import workshops

    return workshops.debates_page()


@told_to_the_learner
def projector() -> "Projector":
    """The switch between the usual type and type for a projector."""
    from digigov.projector import Projector

    return Projector()


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


@told_to_the_learner
def denominators(**values: Any) -> "LabView":
    """A lab of notebook 12: one country, six percentages, and what people get."""
    return _lab("denominators", values)


@told_to_the_learner
def years_saved(**values: Any) -> "LabView":
    """A lab of notebook 12: the years of work that an exchange is said to save."""
    return _lab("years_saved", values)


@told_to_the_learner
def nations(**values: Any) -> "LabView":
    """The lab of notebook 13: the UN's index by hand, any country, any weights."""
    return _lab("nations", values)


@told_to_the_learner
def climb(**values: Any) -> "LabView":
    """The lab of notebook 13: why a rank rose or fell, in points and in places."""
    return _lab("climb", values)


@told_to_the_learner
def rescaling(**values: Any) -> "LabView":
    """A lab of notebook 13: raw scores rise, and an index between the worst and the best falls."""
    return _lab("rescaling", values)


@told_to_the_learner
def merger(**values: Any) -> "LabView":
    """A lab of notebook 13: two provinces become one, and their scores jump."""
    return _lab("merger", values)


@told_to_the_learner
def maturity(**values: Any) -> "LabView":
    """A lab of notebook 13: the World Bank's maturity index and its groups."""
    return _lab("maturity", values)


@told_to_the_learner
def cleaning(**values: Any) -> "LabView":
    """A lab of notebook 13: the learner cleans two files and keeps a log."""
    return _lab("cleaning", values)


def _lab(name: str, values: dict[str, Any]) -> "LabView":
    from digigov.labs.view import LabView  # brings matplotlib, for which a notebook without a lab need not wait

    return LabView(lab_class(name)(), values)
