"""Random life events: procedures with an application, work of the state and results, in any acyclic order."""

from random import Random

from hypothesis import strategies as st

from digigov.models.journey import CITIZEN, COLLECT, FILE, FORM, NOTICE, RECEIVE, WORK, Effort, Journey, Step

OFFICES = ("hospital", "counter", "officer", "leader", "police")
FIELDS = [f"field-{number}" for number in range(8)]
DOCUMENTS = [f"document-{number}" for number in range(4)]
RECORDS = [f"register-{number}" for number in range(3)]


def random_journey(seed: int, procedures: int) -> Journey:
    """A journey that is allowed; habit (`after`) may put any step behind any earlier one."""
    random = Random(seed)
    steps: list[Step] = []

    def some(names: list[str]) -> frozenset[str]:
        return frozenset(random.sample(names, random.randint(0, min(len(names), 4))))

    def add(procedure: str, kind: str, needs: list[str], **more: object) -> str:
        habit = [step.name for step in steps if step.kind != NOTICE]
        name = f"{procedure}.{kind}-{len(steps)}"
        usual = some(habit) if kind != NOTICE and random.random() < 0.5 else frozenset()
        needed, minutes, waiting = some(needs), random.randint(0, 300), random.randint(0, 8) / 2
        steps.append(
            Step(name, procedure, kind=kind, minutes=minutes, waiting=waiting, needs=needed, after=usual, **more)
        )
        return name

    def flip() -> bool:
        return random.random() < 0.5

    notices = [add("event", NOTICE, [], actor="hospital")] if flip() else []
    work: list[str] = []
    for number in range(procedures):
        procedure, application = f"p{number}", list(notices)
        for _ in range(random.randint(0, 2)):
            asked = {"fields": some(FIELDS), "documents": some(DOCUMENTS)}
            application.append(add(procedure, FORM, application, actor=CITIZEN, **asked))
        if flip():
            application.append(add(procedure, FILE, application, actor=CITIZEN, visit=flip()))
        if flip():
            application.append(add(procedure, RECEIVE, application, actor=random.choice(OFFICES)))
        for _ in range(random.randint(0, 4)):
            actor = random.choice([*OFFICES, CITIZEN])
            reads = some(RECORDS)
            work.append(add(procedure, WORK, application + work, actor=actor, discretion=flip(), reads=reads))
        for _ in range(random.randint(0, 2)):
            add(procedure, COLLECT, application + work, actor=CITIZEN, visit=flip())
    # A thing that is asked for comes from a step that stands before all who ask for it, or from nowhere in this event.
    produced = {}
    for name in [*DOCUMENTS, *FIELDS[:3]]:
        asking = [place for place, step in enumerate(steps) if name in step.documents | step.fields]
        before = [step.name for step in steps[: min(asking, default=0)] if step.kind in (WORK, COLLECT)]
        if before and flip():
            produced[name] = random.choice(before)
    held = {name: random.choice(RECORDS) for name in [*FIELDS, *DOCUMENTS] if random.random() < random.choice((0.5, 1))}
    return Journey(tuple(steps), held=held, produced=produced)


JOURNEYS = st.builds(random_journey, seed=st.integers(0, 2**32), procedures=st.integers(0, 3))
EFFORTS = st.builds(
    Effort, field=st.integers(0, 5), copy=st.integers(0, 20), scan=st.integers(0, 20), trip=st.integers(0, 120)
)
