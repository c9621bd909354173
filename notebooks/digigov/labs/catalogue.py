"""Every lab by name. Each is loaded when it is first asked for: labs bring matplotlib and their models' libraries."""

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from digigov.errors import CourseError
from digigov.language import current, say
from digigov.questions.bank import Item

if TYPE_CHECKING:
    from digigov.labs.frame import Lab

# Lab `rollout` is the class RolloutLab of labs/rollout.py.
NAMES = (
    "birth",
    "cleaning",
    "climb",
    "denominators",
    "exchange",
    "inspection",
    "maturity",
    "merger",
    "nations",
    "outbreak",
    "pooling",
    "portfolio",
    "rescaling",
    "rollout",
    "sequence",
    "service",
    "years_saved",
)


def lab_class(name: str) -> "type[Lab]":
    """The lab called `name`. Raises KeyError when there is none."""
    if name not in NAMES:
        raise KeyError(name)
    return getattr(import_module(f"digigov.labs.{name}"), f"{name.title().replace('_', '')}Lab")


def labs() -> "dict[str, type[Lab]]":
    """Every lab by name."""
    return {name: lab_class(name) for name in NAMES}


def outcome_of(item: Item) -> float:
    """The lab's own result, at its default settings, for a predict item.

    Raises CourseError for an unknown lab or outcome.
    """
    outcomes = _outcomes(item["lab"], current())
    if item["outcome"] not in outcomes:
        raise CourseError(
            say("bank.wrong_value", file=f"{item.notebook}.yaml", item=item.id, field="outcome", value=item["outcome"])
        )
    return outcomes[item["outcome"]]


@cache
def _outcomes(name: str, language: str) -> dict[str, float]:
    if name not in NAMES:
        return {}
    lab = lab_class(name)()
    return lab.outcomes(lab.run(lab.defaults()))
