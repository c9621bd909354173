"""From one journey to another: digitise it as it is, or redesign it by rules that are switched on one at a time.

Every rule is a pure function from journey to journey. The rules commute: any order of the same rules gives the
same journey. What a rule claims to lower, it never raises (`Rule.lowers`).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from math import inf

from digigov.models.journey import (
    APPLICATION,
    ASKING,
    CITIZEN,
    COLLECT,
    CONFIRM,
    FILE,
    FORM,
    NOTICE,
    RECEIVE,
    SYSTEM,
    WORK,
    Journey,
    Measures,
    Step,
)

EVENT = "event"  # the procedure to which joined steps belong
CONFIRM_MINUTES = 5.0  # reading one page that is filled in already
Names = frozenset[str]


def digitise(journey: Journey) -> Journey:
    """The same graph with its counter online: nobody travels or waits at it, documents are scanned, all else stays."""
    steps = tuple(
        replace(step, visit=False, minutes=0.0, waiting=0.0) if step.visit else step for step in journey.steps
    )
    return replace(journey, steps=steps, online=True)


def once_only(journey: Journey) -> Journey:
    """Ask for nothing that a register holds, that this event itself produces, or that was given before."""
    given: set[str] = set()
    steps = []
    for step in journey.steps:
        asked = [_missing(journey, names) - given for names in (step.fields, step.documents)]
        given |= asked[0] | asked[1]
        steps.append(replace(step, fields=asked[0], documents=asked[1]))
    return replace(journey, steps=tuple(steps), looked_up=journey.looked_up | _held(journey))


def joined(journey: Journey) -> Journey:
    """One application and one handing out of results for all procedures; results pass inside the state."""
    steps, stands_for = _merged(journey, ASKING, {FILE}, {RECEIVE}, {COLLECT})
    # The state no longer waits until a citizen holds one result before it works on the next.
    handed_out = {step.name for step in steps if step.kind == COLLECT}
    steps = [replace(step, after=step.after - handed_out) if step.kind == WORK else step for step in steps]
    produced = {document: next(iter(stands_for.get(name, {name}))) for document, name in journey.produced.items()}
    return replace(journey, steps=tuple(steps), produced=produced)


def automated(journey: Journey) -> Journey:
    """Every step of the state that leaves nothing to judge is the system's: no queue, no officer."""
    routine = {
        step.name for step in journey.steps if step.actor != CITIZEN and step.kind != NOTICE and not step.discretion
    }
    steps = tuple(
        replace(step, actor=SYSTEM, minutes=0.0, waiting=0.0) if step.name in routine else step
        for step in journey.steps
    )
    reads = _union(step.reads for step in journey.steps if step.name in routine)
    return replace(journey, steps=steps, looked_up=journey.looked_up | reads)


def parallel(journey: Journey) -> Journey:
    """Nothing waits because of habit."""
    return replace(journey, steps=tuple(replace(step, after=frozenset()) for step in journey.steps))


def proactive(journey: Journey) -> Journey:
    """The event's own notice starts the work: no application, only one confirmation of what nobody holds.

    An event that gives no notice cannot start itself: its journey comes back as it was.
    """
    notices = frozenset(step.name for step in journey.steps if step.kind == NOTICE)
    if not notices:
        return journey
    steps, _ = _merged(journey, ASKING)
    applying = [step for step in steps if step.kind in APPLICATION]
    notices &= _union(step.needs for step in applying)
    confirmations = [
        _confirmation(journey, step, notices)
        for step in applying
        if step.kind in ASKING and _missing(journey, step.fields | step.documents)
    ]
    confirmed = {step.name: step for step in confirmations}
    # Without a confirmation the work starts with the notice, and no habit is left to wait for.
    needed = {step.name: frozenset(confirmed) or notices for step in applying}
    usual = {step.name: frozenset(confirmed) for step in applying}
    steps = [confirmed.get(step.name, step) for step in steps if step.name in confirmed or step not in applying]
    return replace(
        journey,
        steps=tuple(_renamed(step, needed, usual) for step in steps),
        looked_up=journey.looked_up | _held(journey),
    )


@dataclass(frozen=True)
class Rule:
    """A rule and the measures that it never raises."""

    apply: Callable[[Journey], Journey]
    lowers: tuple[str, ...]


RULES: dict[str, Rule] = {
    "once_only": Rule(once_only, ("fields", "documents", "citizen_minutes", "days", "first_result", "handoffs")),
    "joined": Rule(joined, ("visits", "forms", "fields", "documents", "citizen_minutes", "officer_minutes")),
    "automated": Rule(automated, ("officer_minutes", "days", "first_result", "handoffs")),
    "parallel": Rule(parallel, ("days", "first_result", "handoffs")),
    "proactive": Rule(proactive, ("visits", "forms", "fields", "documents", "citizen_minutes", "officer_minutes")),
}


def redesign(journey: Journey, rules: Iterable[str]) -> Journey:
    """The journey after `rules`, in any order. Raises ValueError with the name of a rule that does not exist."""
    for name in rules:
        if name not in RULES:
            raise ValueError(name)
        journey = RULES[name].apply(journey)
    return journey


# -- money


def saved_a_case(before: Measures, after: Measures, citizen_hour: float, officer_hour: float) -> float:
    """Money that one case saves, in the money of an hour: time of citizen and officer, each at its value."""
    citizen = (before.citizen_minutes - after.citizen_minutes) * citizen_hour
    officer = (before.officer_minutes - after.officer_minutes) * officer_hour
    return (citizen + officer) / 60


def break_even_cases(once: float, years: float, saved: float) -> float:
    """Cases a year from which a cost paid `once` is won back in `years`; inf when a case saves nothing."""
    if once <= 0:
        return 0.0
    return once / (saved * years) if saved * years > 0 else inf


# -- inside


def _union(names: Iterable[Iterable[str]]) -> Names:
    return frozenset(chain.from_iterable(names))


def _missing(journey: Journey, names: Names) -> Names:
    """Those fields or documents that only the citizen can give."""
    return frozenset(name for name in names if name not in journey.held and name not in journey.produced)


def _held(journey: Journey) -> Names:
    """Records that hold what the forms ask for."""
    asked = _union(step.fields | step.documents for step in journey.steps)
    return frozenset(journey.held[name] for name in asked if name in journey.held and name not in journey.produced)


def _renamed(step: Step, needed: Mapping[str, Names], usual: Mapping[str, Names] | None = None) -> Step:
    """The step with other names for what it needs, and for what usually comes before (the same ones if not given)."""

    def now(names: Names, stands_for: Mapping[str, Names]) -> Names:
        return _union(stands_for.get(name, {name}) for name in names) - {step.name}

    needs = now(step.needs, needed)
    return replace(step, needs=needs, after=now(step.after, needed if usual is None else usual) - needs)


def _merged(journey: Journey, *groups: Iterable[str]) -> tuple[list[Step], dict[str, Names]]:
    """One step for all steps of each group of kinds, in place of the first: its cost is that of the dearest one.

    Also returns, for each step that went into another, the name of that one.
    """
    stands_for: dict[str, Names] = {}
    merged: dict[str, Step] = {}
    for kinds in groups:
        members = [step for step in journey.steps if step.kind in kinds]
        if members:
            together = _together(members, members[0].kind)
            own = journey.produced.keys()
            merged[members[0].name] = replace(
                together, fields=together.fields.difference(own), documents=together.documents.difference(own)
            )
            stands_for |= {step.name: frozenset({together.name}) for step in members}
    steps = [
        merged.get(step.name, step) for step in journey.steps if step.name in merged or step.name not in stands_for
    ]
    return [_renamed(step, stands_for) for step in steps], stands_for


def _confirmation(journey: Journey, form: Step, notices: Names) -> Step:
    """The form turned into one page that is filled in already but for what nobody holds."""
    return replace(
        form,
        kind=CONFIRM,
        minutes=min(form.minutes, CONFIRM_MINUTES),
        needs=notices,
        fields=_missing(journey, form.fields),
        documents=_missing(journey, form.documents),
    )


def _together(members: list[Step], kind: str) -> Step:
    def all_of(part: str) -> Names:
        return _union(getattr(step, part) for step in members)

    return replace(
        members[0],
        name=f"{EVENT}.{FORM if kind in ASKING else kind}",
        procedure=EVENT,
        minutes=max(step.minutes for step in members),
        waiting=max(step.waiting for step in members),
        visit=any(step.visit for step in members),
        needs=all_of("needs"),
        after=frozenset() if kind in APPLICATION else all_of("after"),
        fields=all_of("fields"),
        documents=all_of("documents"),
        covers=all_of("covers"),
    )
