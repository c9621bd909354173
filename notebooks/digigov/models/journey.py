"""A life event as a graph of steps: who does what, after what, and what it costs citizen and state.

A journey holds all procedures of one event. A step waits for what it needs (data or law), for what mere habit
puts before it, and for the step that hands out what its form asks for. Time is counted in working days of
eight hours; a step takes its queue and then its work.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from math import isfinite

MINUTES_A_DAY = 480
CITIZEN, SYSTEM = "citizen", "system"
NOTICE, FORM, CONFIRM, FILE, RECEIVE, WORK, COLLECT = "notice", "form", "confirm", "file", "receive", "work", "collect"
KINDS = (NOTICE, FORM, CONFIRM, FILE, RECEIVE, WORK, COLLECT)
APPLICATION = frozenset({FORM, CONFIRM, FILE, RECEIVE})
ASKING = frozenset({FORM, CONFIRM})
BY_CITIZEN = ASKING | {FILE, COLLECT}
RANK = {NOTICE: 0, FORM: 1, CONFIRM: 1, FILE: 2, RECEIVE: 3}  # an application goes forwards


@dataclass(frozen=True)
class Step:
    """One thing that one actor does. `kind` is one of KINDS.

    notice: the event itself becomes known (a hospital's notice); form, confirm: the citizen gives fields and
    documents; file: hands the dossier in; receive: the counter takes it; work: the state checks, decides, records,
    issues; collect: the citizen gets the result. `minutes` of work follow `waiting` working days in a queue.
    `needs` are steps that data or law demand before, `after` steps that habit puts before. `reads` are records
    that a machine would rely on here where an officer looks twice. `covers` names the steps of the first journey
    that this one stands for.
    """

    name: str
    procedure: str
    actor: str
    kind: str
    minutes: float = 0.0
    waiting: float = 0.0
    needs: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    discretion: bool = False
    visit: bool = False
    fields: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    reads: frozenset[str] = frozenset()
    covers: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Raise ValueError naming the attribute that has no meaning."""
        for name in ("minutes", "waiting"):
            if not isfinite(getattr(self, name)) or getattr(self, name) < 0:
                raise ValueError(name)
        if not self.actor:
            raise ValueError("actor")
        asks, reads = bool(self.fields or self.documents), bool(self.reads)
        judges_at_the_counter = self.discretion and self.kind != WORK
        if self.kind not in KINDS or judges_at_the_counter or (reads and self.kind != WORK):
            raise ValueError("kind")
        if asks and self.kind not in ASKING:
            raise ValueError("kind")
        if (self.visit or self.kind in BY_CITIZEN) and self.actor != CITIZEN:
            raise ValueError("actor")
        if self.kind == NOTICE and (self.needs or self.after):
            raise ValueError("needs")
        object.__setattr__(self, "covers", self.covers or frozenset({self.name}))


@dataclass(frozen=True)
class Journey:
    """The steps of an event, in the order of the file.

    `held` gives, for a field or document, the record that holds it (register and subject in one word);
    `produced`, for a field or document, the step of this event that hands it out. `online` says that nobody travels and
    documents are scanned. `looked_up` are the records the state reads instead of asking, of which each may be wrong.
    """

    steps: tuple[Step, ...]
    held: Mapping[str, str] = field(default_factory=dict)
    produced: Mapping[str, str] = field(default_factory=dict)
    online: bool = False
    looked_up: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Raise ValueError: "name" for a step that stands twice, "needs" for a need that is unknown or runs
        backwards, "after" for a notice that is called habit, "cycle"."""
        if len(self.by_name) != len(self.steps):
            raise ValueError("name")
        for step in self.steps:
            for name in self.before(step):
                if name not in self.by_name:
                    raise ValueError("needs")
            if any(not may_need(step, self.by_name[name]) for name in step.needs):
                raise ValueError("needs")
            if any(self.by_name[name].kind == NOTICE for name in step.after):
                raise ValueError("after")
        if cycle({step.name: self.before(step) for step in self.steps}):
            raise ValueError("cycle")

    @cached_property
    def by_name(self) -> dict[str, Step]:
        return {step.name: step for step in self.steps}

    def before(self, step: Step) -> frozenset[str]:
        """Names of all steps that must end before `step` begins."""
        handed_out = {self.produced[name] for name in step.fields | step.documents if name in self.produced}
        return step.needs | step.after | handed_out

    @cached_property
    def order(self) -> tuple[Step, ...]:
        """The steps so that each stands after all that come before it."""
        done: dict[str, Step] = {}
        left = list(self.steps)
        while left:
            ready = [step for step in left if self.before(step) <= done.keys()]
            done |= {step.name: step for step in ready}
            left = [step for step in left if step.name not in done]
        return tuple(done.values())


def may_need(step: Step, other: Step) -> bool:
    """Whether a real need of `step` on `other` has a meaning.

    Nothing needs that a citizen was handed a result: it needs the decision. And an application needs only what
    the same application or the event itself gives; what another procedure must give, the state needs, not the form.
    """
    if other.kind == COLLECT:
        return False
    if step.kind in APPLICATION:
        own = other.kind == NOTICE or other.procedure == step.procedure
        return own and RANK.get(other.kind, 4) <= RANK[step.kind]
    return True


def cycle(before: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Steps that wait for each other in a circle, in that order; empty when there are none."""
    finished: set[str] = set()
    for start in before:
        path: list[str] = []
        waiting = [(start, iter(before[start]))] if start not in finished else []
        while waiting:
            name, rest = waiting[-1]
            if len(path) < len(waiting):
                path.append(name)
            following = next((other for other in rest if other not in finished), None)
            if following is None:
                finished.add(name)
                waiting.pop()
                path.pop()
            elif following in path:
                return tuple(path[path.index(following) :])
            else:
                waiting.append((following, iter(before[following])))
    return ()


@dataclass(frozen=True)
class Effort:
    """What asking and travelling cost a citizen, in minutes each."""

    field: float = 1.0
    copy: float = 10.0
    scan: float = 5.0
    trip: float = 60.0

    def __post_init__(self) -> None:
        """Raise ValueError naming the cost that has no meaning."""
        for parameter in fields(self):
            if not isfinite(getattr(self, parameter.name)) or getattr(self, parameter.name) < 0:
                raise ValueError(parameter.name)


@dataclass(frozen=True)
class Measures:
    """What a journey asks of those who take part. Days are working days, minutes are minutes of work.

    `handoffs`: how often, on the chain with most of them, one person passes the case to another; machines have no
    hands. `first_result`: the day on which the citizen first holds something; `days`: when all is done.
    """

    visits: float
    forms: float
    documents: float
    fields: float
    handoffs: float
    days: float
    first_result: float
    officer_minutes: float
    citizen_minutes: float


def work_minutes(journey: Journey, step: Step, effort: Effort) -> float:
    """Minutes of the step's actor: the step's own, and typing, copying or scanning, travelling."""
    document = effort.scan if journey.online else effort.copy
    asked = effort.field * len(step.fields) + document * len(step.documents)
    return step.minutes + asked + effort.trip * step.visit


def schedule(journey: Journey, effort: Effort) -> dict[str, tuple[float, float]]:
    """Start (of the queue) and end of each step in working days since the event, each begun as early as can be."""
    times: dict[str, tuple[float, float]] = {}
    for step in journey.order:
        start = max((times[name][1] for name in journey.before(step)), default=0.0)
        times[step.name] = start, start + step.waiting + work_minutes(journey, step, effort) / MINUTES_A_DAY
    return times


def handoffs(journey: Journey) -> int:
    """The most changes of hands on any path through the graph, steps of the system left out."""
    best: dict[str, dict[str, int]] = {}  # for each step: the last person's hands -> most changes so far
    for step in journey.order:
        arriving: dict[str, int] = {}
        for name in journey.before(step):
            for hands, changes in best[name].items():
                arriving[hands] = max(changes, arriving.get(hands, 0))
        if step.actor != SYSTEM:
            changes = (count + (hands != step.actor) for hands, count in arriving.items())
            arriving = {step.actor: max(changes, default=0)}
        best[step.name] = arriving
    return max((count for found in best.values() for count in found.values()), default=0)


def measure(journey: Journey, effort: Effort) -> Measures:
    """All measures of a journey in which every record is right."""
    steps = journey.steps
    times = schedule(journey, effort)

    def minutes(whose: Callable[[str], bool]) -> float:
        return float(sum(work_minutes(journey, step, effort) for step in steps if whose(step.actor)))

    results = [times[step.name][1] for step in steps if step.kind == COLLECT]
    days = max((end for _, end in times.values()), default=0.0)
    return Measures(
        visits=sum(step.visit for step in steps),
        forms=sum(step.kind in ASKING for step in steps),
        documents=sum(len(step.documents) for step in steps),
        fields=sum(len(step.fields) for step in steps),
        handoffs=handoffs(journey),
        days=days,
        first_result=min(results, default=days),
        officer_minutes=minutes(lambda actor: actor not in (CITIZEN, SYSTEM)),
        citizen_minutes=minutes(lambda actor: actor == CITIZEN),
    )
