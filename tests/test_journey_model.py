"""The journey against brute force over all its paths, and against a journey counted by hand."""

from dataclasses import asdict, replace
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digigov.models import journey as model
from digigov.models.journey import Effort, Journey, Step
from journeys import EFFORTS, JOURNEYS

every_journey = settings(max_examples=150)
NONE = frozenset[str]()


def step(name: str, kind: str = "work", actor: str = "officer", needs: str = "", **more: object) -> Step:
    return Step(name, "p", actor, kind, needs=frozenset(needs.split()), **more)


def paths(journey: Journey) -> list[list[Step]]:
    """Every path from a step that waits for nothing to one that nothing waits for."""
    after = {one.name: [other for other in journey.steps if one.name in journey.before(other)] for one in journey.steps}

    def onwards(one: Step) -> list[list[Step]]:
        return [[one, *rest] for other in after[one.name] for rest in onwards(other)] or [[one]]

    return [path for one in journey.steps if not journey.before(one) for path in onwards(one)]


def length(journey: Journey, path: list[Step], effort: Effort) -> float:
    return sum(one.waiting + model.work_minutes(journey, one, effort) / 480 for one in path)


# -- a journey counted by hand

BY_HAND = Journey(
    (
        step("birth", "notice", "hospital", minutes=10),
        step("form", "form", "citizen", "birth", minutes=20, fields=frozenset("abc"), documents=frozenset({"d"})),
        step("file", "file", "citizen", "form", minutes=30, visit=True),
        step("receive", "receive", "counter", "file", minutes=15),
        step("check", actor="officer", needs="receive", minutes=48, waiting=1),
        step("sign", actor="leader", needs="check", minutes=6, waiting=0.5, discretion=True),
        step("register", actor="officer", needs="check", minutes=24, waiting=2),
        step("collect", "collect", "citizen", "sign", visit=True),
    )
)


def test_a_journey_counted_by_hand() -> None:
    found = model.measure(BY_HAND, Effort(field=2, copy=10, scan=5, trip=60))
    application = 10 + (20 + 3 * 2 + 10) + (30 + 60) + 15  # minutes until the officer has the dossier
    assert found == model.Measures(
        visits=2,
        forms=1,
        documents=1,
        fields=3,
        handoffs=5,  # hospital, citizen, counter, officer, leader, citizen
        days=pytest.approx(application / 480 + 1 + 0.1 + 2 + 24 / 480),  # the register is longer than sign and collect
        first_result=pytest.approx(application / 480 + 1 + 0.1 + 0.5 + 66 / 480),
        officer_minutes=10 + 15 + 48 + 6 + 24,
        citizen_minutes=36 + 90 + 60,
    )


def test_scans_take_the_place_of_copies_when_the_counter_is_online() -> None:
    form = BY_HAND.by_name["form"]
    effort = Effort(field=0, copy=10, scan=3, trip=0)
    assert model.work_minutes(BY_HAND, form, effort) == 30
    assert model.work_minutes(replace(BY_HAND, online=True), form, effort) == 23


def test_a_document_that_the_event_hands_out_is_waited_for() -> None:
    asks = replace(BY_HAND.by_name["form"], name="second", documents=frozenset({"certificate"}), needs=NONE)
    journey = Journey((*BY_HAND.steps, asks), produced={"certificate": "collect"})
    times = model.schedule(journey, Effort())
    assert times["second"][0] == times["collect"][1]


def test_a_journey_without_results_is_done_when_all_is_done() -> None:
    journey = Journey((step("check", waiting=3),))
    assert model.measure(journey, Effort()).first_result == model.measure(journey, Effort()).days == 3
    assert model.measure(Journey(()), Effort()) == model.Measures(0, 0, 0, 0, 0, 0, 0, 0, 0)


# -- every journey


@every_journey
@given(JOURNEYS, EFFORTS)
def test_the_critical_path_is_the_longest_of_all_paths(journey: Journey, effort: Effort) -> None:
    longest = max((length(journey, path, effort) for path in paths(journey)), default=0)
    assert model.measure(journey, effort).days == pytest.approx(longest)


@every_journey
@given(JOURNEYS, EFFORTS)
def test_the_first_result_ends_the_shortest_of_the_longest_paths_to_a_result(journey: Journey, effort: Effort) -> None:
    times = model.schedule(journey, effort)
    for result in (one for one in journey.steps if one.kind == "collect"):
        to_here = [length(journey, path[: path.index(result) + 1], effort) for path in paths(journey) if result in path]
        assert times[result.name][1] == pytest.approx(max(to_here))
        assert model.measure(journey, effort).first_result <= max(to_here) + 1e-9


@every_journey
@given(JOURNEYS)
def test_hand_offs_are_those_of_the_path_with_most_changes_of_hands(journey: Journey) -> None:
    def changes(path: list[Step]) -> int:
        hands = [one.actor for one in path if one.actor != "system"]
        return sum(one != other for one, other in pairwise(hands))

    machines = [
        replace(one, actor="system") if place % 3 == 1 and one.kind == "work" else one
        for place, one in enumerate(journey.steps)
    ]
    for found in (journey, replace(journey, steps=tuple(machines))):
        assert model.handoffs(found) == max(map(changes, paths(found)), default=0)


@every_journey
@given(JOURNEYS, EFFORTS)
def test_no_step_begins_before_those_it_waits_for_have_ended(journey: Journey, effort: Effort) -> None:
    times = model.schedule(journey, effort)
    assert times.keys() == journey.by_name.keys()
    for one in journey.steps:
        ends = [times[name][1] for name in journey.before(one)]
        assert times[one.name][0] == max(ends, default=0)
        assert times[one.name][1] >= times[one.name][0]


@every_journey
@given(JOURNEYS, EFFORTS, st.randoms(use_true_random=False))
def test_the_order_of_the_file_changes_no_measure(journey: Journey, effort: Effort, random: Random) -> None:
    steps = list(journey.steps)
    random.shuffle(steps)
    shuffled = replace(journey, steps=tuple(steps))
    found, again = (asdict(model.measure(one, effort)) for one in (journey, shuffled))
    assert again == pytest.approx(found)


# -- circles


@given(st.dictionaries(st.sampled_from("abcdef"), st.sets(st.sampled_from("abcdef"))))
def test_a_circle_is_found_when_there_is_one_and_is_one(before: dict[str, set[str]]) -> None:
    before = {name: before.get(name, set()) for name in "abcdef"}
    found = model.cycle(before)
    left = dict(before)
    while removable := [name for name, names in left.items() if not names & left.keys()]:
        for name in removable:
            del left[name]
    assert bool(found) == bool(left)
    assert all(other in before[one] for one, other in zip(found, [*found[1:], *found[:1]], strict=True))
    assert len(set(found)) == len(found)


# -- what has no meaning


@pytest.mark.parametrize(
    ("attribute", "values"),
    [
        ("minutes", {"minutes": -1}),
        ("minutes", {"minutes": float("nan")}),
        ("waiting", {"waiting": -0.1}),
        ("waiting", {"waiting": float("inf")}),
        ("actor", {"actor": ""}),
        ("actor", {"visit": True}),
        ("actor", {"kind": "form"}),
        ("actor", {"kind": "collect"}),
        ("kind", {"kind": "dance"}),
        ("kind", {"kind": "receive", "discretion": True}),
        ("kind", {"kind": "receive", "reads": frozenset({"population"})}),
        ("kind", {"fields": frozenset({"name"})}),
        ("needs", {"kind": "notice", "needs": "other"}),
    ],
)
def test_a_step_without_meaning_names_its_attribute(attribute: str, values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=f"^{attribute}$"):
        step("x", **values)


@pytest.mark.parametrize(
    ("reason", "steps"),
    [
        ("name", [step("x"), step("x")]),
        ("needs", [step("x", needs="nobody")]),
        ("needs", [step("x", after=frozenset({"nobody"}))]),
        ("needs", [step("got", "collect", "citizen"), step("x", needs="got")]),
        ("needs", [step("x"), step("form", "form", "citizen", "x")]),
        ("needs", [step("take", "receive"), step("form", "form", "citizen", "take")]),
        ("after", [step("born", "notice"), step("x", after=frozenset({"born"}))]),
        ("cycle", [step("x", needs="y"), step("y", after=frozenset({"x"}))]),
        ("cycle", [step("x", needs="x")]),
    ],
)
def test_a_journey_without_meaning_says_why(reason: str, steps: list[Step]) -> None:
    with pytest.raises(ValueError, match=f"^{reason}$"):
        Journey(tuple(steps))


@pytest.mark.parametrize("name", ["field", "copy", "scan", "trip"])
@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
def test_an_effort_without_meaning_names_itself(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"^{name}$"):
        Effort(**{name: value})
