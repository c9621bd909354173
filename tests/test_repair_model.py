"""What a wrong record costs: against a simulation, against cases counted by hand, and in every journey."""

from dataclasses import asdict, fields
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digigov.models import repair as model
from digigov.models.journey import Effort, Journey, Step, measure, schedule
from digigov.models.redesign import RULES, digitise, redesign
from digigov.models.repair import Repair
from journeys import EFFORTS, JOURNEYS

every_journey = settings(max_examples=150)
ORDERS = st.lists(st.sampled_from(sorted(RULES)), unique=True)
SHARES = st.integers(0, 100).map(lambda percent: percent / 100)
FREE = Effort(0, 0, 0, 0)


def names(*one: str) -> frozenset[str]:
    return frozenset(one)


def two() -> Journey:
    """Two procedures, the second after the first. Each asks for a paper that a register of its own holds."""

    def of(procedure: str, paper: str, starts: str) -> list[Step]:
        def step(name: str, kind: str, actor: str, before: str, **more: object) -> Step:
            return Step(f"{procedure}.{name}", procedure, actor, kind, needs=names(f"{procedure}.{before}"), **more)

        form = Step(f"{procedure}.form", procedure, "citizen", "form", needs=names("born"), documents=names(paper))
        return [
            form,
            step("file", "file", "citizen", "form"),
            Step(
                f"{procedure}.check", procedure, "officer", "work", 48, 1,
                needs=names(f"{procedure}.file", starts), reads=names(f"{procedure}.read"),
            ),
            step("decide", "work", "officer", "check", minutes=48, waiting=1, discretion=True),
            step("collect", "collect", "citizen", "decide"),
        ]  # fmt: skip

    steps = [Step("born", "event", "hospital", "notice"), *of("one", "note", "born"), *of("two", "proof", "one.decide")]
    return Journey(tuple(steps), held={"note": "one.paper", "proof": "two.paper"})


# -- the chance


@given(st.integers(0, 12), SHARES)
def test_a_case_falls_out_when_not_all_records_are_right(records: int, errors: float) -> None:
    journey = Journey((), looked_up=frozenset(map(str, range(records))))
    assert model.falls_out(journey, errors) == pytest.approx(1 - np.prod(np.full(records, 1 - errors)))


def test_the_chance_is_what_a_simulation_finds() -> None:
    journey = Journey((), looked_up=frozenset("abcde"))
    wrong = np.random.default_rng(7).random((200_000, 5)) < 0.03
    assert model.falls_out(journey, 0.03) == pytest.approx(wrong.any(axis=1).mean(), abs=0.002)


# -- counted by hand


def test_a_result_relies_on_the_records_of_the_procedures_before_it_only() -> None:
    before = two()
    automated, asked_once = (redesign(before, [rule]) for rule in ("automated", "once_only"))
    assert model.relied_on(before, automated) == {
        "one.collect": names("one.read"),
        "two.collect": names("one.read", "two.read"),
    }
    assert model.relied_on(before, asked_once)["one.collect"] == names("one.paper")
    assert model.relied_on(before, redesign(before, RULES)) == {
        "event.collect": names("one.paper", "one.read", "two.paper", "two.read")
    }
    assert model.relied_on(before, before) == {"one.collect": names(), "two.collect": names()}


def test_a_wrong_record_of_one_procedure_does_not_delay_the_result_of_another() -> None:
    before = two()
    steps = [
        Step(**{one.name: getattr(step, one.name) for one in fields(Step)} | {"reads": names()})
        if step.procedure == "one"
        else step
        for step in before.steps
    ]
    before = Journey(tuple(steps))
    after = redesign(before, ["automated"])
    right = measure(after, FREE)
    mean = model.expected(before, after, FREE, 1.0, Repair(days=5))
    assert (right.first_result, right.days) == pytest.approx((1.1, 2.2))
    assert (mean.first_result, mean.days) == pytest.approx((1.1, 7.2))


def test_the_first_result_comes_early_unless_its_own_record_is_wrong() -> None:
    before = two()
    after = redesign(before, ["automated"])
    mean = model.expected(before, after, FREE, 0.1, Repair(days=5))
    # The second result relies on the first one's record as well: with that wrong, the first comes on day 6.1.
    assert mean.first_result == pytest.approx(0.9 * 1.1 + 0.1 * 6.1)
    assert mean.days == pytest.approx(2.2 + 0.19 * 5)
    # Quick repair of the first beats the second; repair in a day leaves the first at 2.1, before 2.2.
    assert model.expected(before, after, FREE, 1, Repair(days=1)).first_result == pytest.approx(2.1)


def test_a_repair_costs_its_trip_and_the_papers_that_are_asked_again() -> None:
    before = two()
    after = redesign(before, ["once_only"])
    assert model.papers_spared(before, after) == names("note", "proof")
    effort = Effort(field=0, copy=7, scan=0, trip=90)
    mean = model.expected(before, after, effort, 0.5, Repair(days=1, citizen_minutes=20, visits=2))
    assert mean.visits == pytest.approx(0.75 * 2)
    assert mean.documents == pytest.approx(0 + 0.5 * 2)
    assert mean.citizen_minutes == pytest.approx(0.75 * (20 + 2 * 90) + 0.5 * 2 * 7)
    assert (
        model.papers_spared(before, before) == model.papers_spared(before, redesign(before, ["automated"])) == names()
    )


def test_a_case_that_people_finish_waits_in_their_queues() -> None:
    before = two()
    after = redesign(before, ["automated"])
    mean = model.expected(before, after, FREE, 0.1, Repair(days=5, officer_minutes=30), before)
    people, machines = measure(before, FREE), measure(after, FREE)
    assert mean.days == pytest.approx(0.81 * machines.days + 0.19 * (people.days + 5))
    assert mean.officer_minutes == pytest.approx(0.81 * 2 * 48 + 0.19 * (4 * 48 + 30))
    assert mean.first_result == pytest.approx(0.9 * machines.first_result + 0.1 * (people.first_result + 5))
    assert machines.handoffs <= mean.handoffs <= people.handoffs


# -- every journey


@every_journey
@given(JOURNEYS, ORDERS, EFFORTS, SHARES, st.integers(0, 9))
def test_the_first_result_is_the_mean_over_all_ways_to_be_wrong(
    journey: Journey, order: list[str], effort: Effort, errors: float, days: int
) -> None:
    after = redesign(journey, order)
    finish = redesign(journey, [rule for rule in order if rule != "automated"])
    relied = model.relied_on(journey, after)
    assert all(records <= after.looked_up for records in relied.values())
    early, late = schedule(after, effort), schedule(finish, effort)
    mean = 0.0
    for wrong in product((False, True), repeat=len(after.looked_up)):
        stuck = {name for name, bad in zip(sorted(after.looked_up), wrong, strict=True) if bad}
        ends = [late[name][1] + days if relied[name] & stuck else early[name][1] for name in relied]
        chance = errors ** sum(wrong) * (1 - errors) ** (len(wrong) - sum(wrong))
        mean += chance * min(ends, default=0)
    if relied:
        found = model.expected(journey, after, effort, errors, Repair(days=days), finish)
        assert found.first_result == pytest.approx(mean)


@every_journey
@given(JOURNEYS, ORDERS, EFFORTS, SHARES)
def test_more_wrong_records_never_help(journey: Journey, order: list[str], effort: Effort, errors: float) -> None:
    after = redesign(journey, order)
    right = measure(after, effort)
    finish = redesign(journey, [rule for rule in order if rule != "automated"])
    machines, people = (model.expected(journey, after, effort, errors, Repair(), end) for end in (None, finish))
    for low, high in ((right, machines), (machines, people)):
        for name, value in asdict(low).items():
            assert value <= getattr(high, name) + 1e-9, name
    assert machines.days == pytest.approx(right.days + model.falls_out(after, errors) * 5)
    assert asdict(model.expected(journey, after, effort, 0, Repair(), finish)) == pytest.approx(asdict(right))
    assert not order or after.looked_up >= journey.looked_up


@every_journey
@given(JOURNEYS, ORDERS, EFFORTS)
def test_a_stuck_case_takes_the_steps_it_is_finished_by_and_the_repair(
    journey: Journey, order: list[str], effort: Effort
) -> None:
    """When every record is wrong the mean is the stuck case; only a result that relies on none comes earlier."""
    before, repair = digitise(journey), Repair(days=4)
    after = redesign(before, order)
    finish = redesign(before, [rule for rule in order if rule != "automated"])
    mean, stuck = model.expected(before, after, effort, 1, repair, finish), model.stuck(finish, effort, repair)
    if after.looked_up:
        assert (mean.days, mean.visits, mean.officer_minutes) == pytest.approx(
            (stuck.days, stuck.visits, stuck.officer_minutes)
        )
    assert mean.first_result <= stuck.first_result + 1e-9 or not after.looked_up


# -- what has no meaning


@pytest.mark.parametrize("errors", [-0.01, 1.01, float("nan")])
def test_a_share_without_meaning_is_named(errors: float) -> None:
    with pytest.raises(ValueError, match=r"^errors$"):
        model.falls_out(Journey(()), errors)


@pytest.mark.parametrize("name", [one.name for one in fields(Repair)])
@pytest.mark.parametrize("value", [-1, float("nan"), float("inf")])
def test_a_repair_without_meaning_names_itself(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"^{name}$"):
        Repair(**{name: value})
