"""What a wrong record costs: which results wait for it, and what a case then asks of everybody on average.

A record that is looked up in place of a question may be wrong. The case falls out, is repaired once, and goes on.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import chain, combinations, pairwise
from math import isfinite

from digigov.models.journey import (
    APPLICATION,
    COLLECT,
    NOTICE,
    SYSTEM,
    Effort,
    Journey,
    Measures,
    measure,
    schedule,
)

Names = frozenset[str]


@dataclass(frozen=True)
class Repair:
    """What happens to a case that falls out because a record is wrong: days, minutes and visits more.

    `citizen_minutes` are without the way to the office: a visit costs its trip (`Effort.trip`) besides.
    """

    days: float = 5.0
    citizen_minutes: float = 120.0
    officer_minutes: float = 60.0
    visits: float = 1.0

    def __post_init__(self) -> None:
        """Raise ValueError naming the cost that has no meaning."""
        for parameter in fields(self):
            if not isfinite(getattr(self, parameter.name)) or getattr(self, parameter.name) < 0:
                raise ValueError(parameter.name)


def falls_out(journey: Journey, errors: float) -> float:
    """Chance that at least one of the k records read is wrong, each by itself with chance `errors`: 1 - (1 - e)^k.

    Raises ValueError("errors") for what is no share.
    """
    if not 0 <= errors <= 1:
        raise ValueError("errors")
    return 1 - (1 - errors) ** len(journey.looked_up)


def papers_spared(before: Journey, after: Journey) -> Names:
    """Documents that `after` looks up where `before` asks for them: each is asked again if its record is wrong."""
    spared = _asked(before) - _asked(after)
    documents = frozenset(chain.from_iterable(step.documents for step in before.steps))
    return frozenset(name for name in documents & spared if before.held.get(name) in after.looked_up)


def relied_on(before: Journey, after: Journey) -> dict[str, Names]:
    """For each result that `after` hands out, the looked-up records on which it or what comes before it relies.

    A procedure relies on the records that stand in for what its forms asked in `before`, and on those that a machine
    reads for it; a result relies on the records of all procedures whose work must be done before it.
    """
    spared = _asked(before) - _asked(after)
    records: dict[str, set[str]] = defaultdict(set)  # by procedure
    for step in before.steps:
        asked = (step.fields | step.documents) & spared
        records[step.procedure] |= {before.held[name] for name in asked if name in before.held}
    for step in after.steps:
        if step.actor == SYSTEM:
            records[step.procedure] |= step.reads
    worked: dict[str, set[str]] = {}  # by step: the procedures whose work is done with it
    for step in after.order:
        own = step.covers if step.kind not in APPLICATION | {NOTICE} else ()
        worked[step.name] = {before.by_name[name].procedure for name in own}.union(
            *(worked[name] for name in after.before(step))
        )
    return {
        step.name: after.looked_up & set().union(*(records[procedure] for procedure in worked[step.name]))
        for step in after.steps
        if step.kind == COLLECT
    }


def stuck(finish: Journey, effort: Effort, repair: Repair) -> Measures:
    """The measures of a case that waits for repair before any result and then goes through the steps of `finish`."""
    slow = measure(finish, effort)
    return replace(
        slow,
        visits=slow.visits + repair.visits,
        days=slow.days + repair.days,
        first_result=slow.first_result + repair.days,
        citizen_minutes=slow.citizen_minutes + repair.citizen_minutes + repair.visits * effort.trip,
        officer_minutes=slow.officer_minutes + repair.officer_minutes,
    )


def expected(
    before: Journey, after: Journey, effort: Effort, errors: float, repair: Repair, finish: Journey | None = None
) -> Measures:
    """The mean over cases of the redesigned journey `after`, where each record read is wrong with chance `errors`.

    `before` is the journey from which the rules made `after`: it tells which paper is asked again, and copied, when
    its record is wrong. A repaired case goes on in `finish`: `after` itself if not given (back to the machines), or a
    journey with the same results, none of them earlier, in which people do what machines would have done. The last
    day of a case that falls out is put off in full; a result only when a record on which it relies is wrong.
    """
    chance = falls_out(after, errors)
    right, slow = measure(after, effort), stuck(finish or after, effort, repair)
    names = [parameter.name for parameter in fields(Measures)]
    mean = {name: getattr(right, name) + chance * (getattr(slow, name) - getattr(right, name)) for name in names}
    papers = errors * len(papers_spared(before, after))
    mean["documents"] += papers
    mean["citizen_minutes"] += papers * effort.copy
    if relied := relied_on(before, after):
        early, late = schedule(after, effort), schedule(finish or after, effort)
        results = [(early[name][1], late[name][1] + repair.days, records) for name, records in relied.items()]
        mean["first_result"] = _first(results, errors)
    return Measures(**mean)


# -- inside


def _asked(journey: Journey) -> Names:
    return frozenset(chain.from_iterable(step.fields | step.documents for step in journey.steps))


def _first(results: Sequence[tuple[float, float, Names]], errors: float) -> float:
    """The mean day of the first of `results`: each its day, the day if one of its records is wrong, and its records.

    The mean of a minimum is the sum over time of the chance that nothing has come yet: until the first stuck result
    would be there, all that could have come must be stuck.
    """
    last = min(late for _, late, _ in results)
    days = sorted({min(early, last) for early, _, _ in results} | {last})
    mean = days[0]
    for day, following in pairwise(days):
        due = [records for early, _, records in results if early <= day]
        mean += (following - day) * _all_wrong(due, errors)
    return mean


def _all_wrong(groups: Sequence[Names], errors: float) -> float:
    """Chance that each group of records has a wrong one (inclusion and exclusion over the groups that have none)."""
    return sum(
        (-1) ** size * (1 - errors) ** len(frozenset().union(*chosen))
        for size in range(len(groups) + 1)
        for chosen in combinations(groups, size)
    )
