"""A final test taken in a test: opened, answered, handed in."""

from digigov.questions.card import encoded
from digigov.questions.final import FinalTest
from learner import NOW, tell
from test_final_draw import BANK
from test_question_content import right_answer, wrong_answer


def shown() -> FinalTest:
    return FinalTest(lambda: NOW)


def started() -> FinalTest:
    widget = shown()
    tell(widget, do="start")
    return widget


def answer(widget: FinalTest, name: str, right: bool, **more) -> None:
    item = BANK[name]
    given_ = right_answer(item, "vi") if right else wrong_answer(item)
    tell(widget, do="answer", item=name, given=encoded(item, given_), **more)


def names(widget: FinalTest) -> list[str]:
    return [question["id"] for question in widget.questions]


def handed_in(wrong: int = 2, left: int = 1) -> FinalTest:
    widget = started()
    for place, name in enumerate(names(widget)[left:]):
        answer(widget, name, right=place >= wrong, confidence=2)
    tell(widget, do="hand_in")
    return widget
