"""What the learner is told when something is wrong: one sentence, in their language, and the rest goes on."""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from digigov.page import Page

P = ParamSpec("P")
R = TypeVar("R")


class CourseError(ValueError):
    """Its message is one clear sentence in the learner's language: what is wrong and what to do."""


def told_to_the_learner(call: Callable[P, R]) -> Callable[P, R | Page]:
    """Make `call` return a page with the sentence instead of raising CourseError, so that later cells still run."""

    @functools.wraps(call)
    def told(*args: P.args, **kwargs: P.kwargs) -> R | Page:
        try:
            return call(*args, **kwargs)
        except CourseError as error:
            return Page.sentence(str(error))

    return told
