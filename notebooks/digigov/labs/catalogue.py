"""Every lab by name, so that a prediction can be held against its result."""

from functools import cache

from digigov.errors import CourseError
from digigov.labs.frame import Lab
from digigov.labs.rollout import RolloutLab
from digigov.language import current, say
from digigov.questions.bank import Item

LABS: dict[str, type[Lab]] = {lab.name: lab for lab in (RolloutLab,)}


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
    if name not in LABS:
        return {}
    lab = LABS[name]()
    return lab.outcomes(lab.run(lab.defaults()))
