"""The rules: what each may change, and that their order does not matter."""

from dataclasses import fields, replace
from itertools import permutations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digigov.models import redesign as model
from digigov.models.journey import APPLICATION, ASKING, Effort, Journey, Measures, Step, measure, schedule
from digigov.models.redesign import RULES
from journeys import EFFORTS, JOURNEYS

every_journey = settings(max_examples=150)
ORDERS = st.lists(st.sampled_from(sorted(RULES)), unique=True)


def asked(journey: Journey, part: str) -> frozenset[str]:
    return frozenset().union(*(getattr(step, part) for step in journey.steps))


# -- digitising


@every_journey
@given(JOURNEYS, EFFORTS)
def test_digitising_keeps_the_procedure_and_ends_the_travelling(journey: Journey, effort: Effort) -> None:
    online = model.digitise(journey)
    before, after = measure(journey, effort), measure(online, effort)
    for kept in ("forms", "fields", "documents", "handoffs", "officer_minutes"):
        assert getattr(after, kept) == getattr(before, kept), kept
    assert after.visits == 0
    assert [step.name for step in online.steps] == [step.name for step in journey.steps]
    for old, new in zip(journey.steps, online.steps, strict=True):
        assert online.before(new) == journey.before(old)
        assert old.visit or new == old
    assert model.digitise(online) == online


# -- every rule, in every order


@every_journey
@given(JOURNEYS, ORDERS, EFFORTS)
def test_a_rule_never_raises_what_it_claims_to_lower(journey: Journey, order: list[str], effort: Effort) -> None:
    journey = model.digitise(journey)
    for name in order:
        after = model.redesign(journey, [name])
        before_it, after_it = measure(journey, effort), measure(after, effort)
        for claimed in RULES[name].lowers:
            assert getattr(after_it, claimed) <= getattr(before_it, claimed) + 1e-9, (name, claimed)
        journey = after


@every_journey
@given(JOURNEYS, ORDERS, st.randoms(use_true_random=False))
def test_the_order_of_the_rules_does_not_matter(journey: Journey, order: list[str], random: Random) -> None:
    other = list(order)
    random.shuffle(other)
    assert model.redesign(journey, order) == model.redesign(journey, other)


@every_journey
@given(JOURNEYS, ORDERS)
def test_a_rule_has_nothing_left_to_do_the_second_time(journey: Journey, order: list[str]) -> None:
    once = model.redesign(journey, order)
    assert model.redesign(once, order) == once


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(ValueError, match=r"^hope$"):
        model.redesign(Journey(()), ["once_only", "hope"])


def test_what_a_rule_claims_is_a_measure() -> None:
    names = {one.name for one in fields(Measures)}
    assert all(rule.lowers and set(rule.lowers) <= names for rule in RULES.values())


# -- rule by rule


@every_journey
@given(JOURNEYS)
def test_once_only_asks_each_thing_that_nobody_holds_exactly_once(journey: Journey) -> None:
    """The number of things asked is that of the set difference, whatever the forms repeat."""
    after = model.redesign(journey, ["once_only"])
    known = journey.held.keys() | journey.produced.keys()
    for part, measured in (("fields", "fields"), ("documents", "documents")):
        left = asked(journey, part) - known
        assert asked(after, part) == left
        assert getattr(measure(after, Effort()), measured) == len(left)
    everything = asked(journey, "fields") | asked(journey, "documents")
    assert after.looked_up == {
        journey.held[name] for name in (everything & journey.held.keys()) - journey.produced.keys()
    }


@every_journey
@given(JOURNEYS)
def test_joining_leaves_one_application_and_one_handing_out(journey: Journey) -> None:
    after = model.redesign(journey, ["joined"])
    for kinds in (ASKING, {"file"}, {"receive"}, {"collect"}):
        before = [step for step in journey.steps if step.kind in kinds]
        assert len([step for step in after.steps if step.kind in kinds]) == min(len(before), 1)
    for part in ("fields", "documents"):
        assert asked(after, part) == asked(journey, part) - journey.produced.keys()
    assert [step.name for step in after.steps if step.kind == "work"] == [
        step.name for step in journey.steps if step.kind == "work"
    ]


@every_journey
@given(JOURNEYS, ORDERS)
def test_what_was_merged_still_stands_for_its_steps(journey: Journey, order: list[str]) -> None:
    """No step is lost unless the state starts by itself; none is counted twice."""
    covered = [name for step in model.redesign(journey, order).steps for name in step.covers]
    assert len(covered) == len(set(covered))
    vanished = journey.by_name.keys() - set(covered)
    assert all(journey.by_name[name].kind in APPLICATION for name in vanished)
    assert "proactive" in order or not vanished


@every_journey
@given(JOURNEYS)
def test_automating_leaves_what_has_to_be_judged_to_people(journey: Journey) -> None:
    after = model.redesign(journey, ["automated"])
    for old, new in zip(journey.steps, after.steps, strict=True):
        if new != old:
            assert not old.discretion and old.actor != "citizen" and old.kind != "notice"
            assert (new.actor, new.minutes, new.waiting) == ("system", 0, 0)
            assert old.reads <= after.looked_up
    judged = {step.name for step in journey.steps if step.discretion}
    assert judged <= {step.name for step in after.steps if step.actor != "system"}


@every_journey
@given(JOURNEYS, EFFORTS)
def test_in_parallel_a_step_waits_only_for_what_it_needs(journey: Journey, effort: Effort) -> None:
    after = model.redesign(journey, ["parallel"])
    assert [(step.name, step.needs) for step in after.steps] == [(step.name, step.needs) for step in journey.steps]
    assert not any(step.after for step in after.steps)
    now, then = schedule(after, effort), schedule(journey, effort)
    assert all(now[name][1] <= then[name][1] for name in now)


@every_journey
@given(JOURNEYS)
def test_acting_before_being_asked_leaves_one_confirmation_of_what_nobody_holds(journey: Journey) -> None:
    after = model.redesign(journey, ["proactive"])
    if not any(step.kind == "notice" for step in journey.steps):
        assert after == journey
        return
    known = journey.held.keys() | journey.produced.keys()
    missing = [asked(journey, part) - known for part in ("fields", "documents")]
    left = [step for step in after.steps if step.kind in APPLICATION]
    assert [(step.kind, step.fields, step.documents) for step in left] == (
        [("confirm", *missing)] if any(missing) else []
    )
    assert {step.name for step in after.steps if step.kind not in APPLICATION} == {
        step.name for step in journey.steps if step.kind not in APPLICATION
    }


def birth() -> Journey:
    """Two procedures, one after the other: the second asks for what the first hands out."""

    def of(procedure: str, document: str, **habit: frozenset[str]) -> list[Step]:
        def need(name: str) -> frozenset[str]:
            return frozenset({f"{procedure}.{name}"})

        asks = {"fields": frozenset({"name", "number"}), "documents": frozenset({document})}
        return [
            Step(f"{procedure}.form", procedure, "citizen", "form", 20, needs=frozenset({"born"}), **asks, **habit),
            Step(f"{procedure}.file", procedure, "citizen", "file", 30, needs=need("form"), visit=True),
            Step(f"{procedure}.decide", procedure, "officer", "work", 48, 2, needs=need("file"), discretion=True),
            Step(f"{procedure}.print", procedure, "officer", "work", 48, 1, needs=need("decide")),
            Step(f"{procedure}.collect", procedure, "citizen", "collect", needs=need("print"), visit=True),
        ]

    steps = [Step("born", "event", "hospital", "notice"), *of("one", "note")]
    steps += of("two", "certificate", after=frozenset({"one.collect"}))
    held = {"number": "population.mother", "note": "hospital.child"}
    return Journey(tuple(steps), held=held, produced={"certificate": "one.collect"})


def test_each_rule_on_a_journey_counted_by_hand() -> None:
    free = Effort(0, 0, 0, 0)
    online = model.digitise(birth())

    def shown(*rules: str) -> tuple[float, ...]:
        found = measure(model.redesign(online, rules), free)
        return found.forms, found.documents, found.fields, round(found.days, 4), round(found.first_result, 4)

    form = 20 / 480
    assert shown() == (2, 2, 4, round(2 * (form + 3.2), 4), round(form + 3.2, 4))
    assert shown("once_only") == (2, 0, 1, round(2 * (form + 3.2), 4), round(form + 3.2, 4))
    assert shown("parallel") == shown()  # the second form still asks for the paper that the first hands out
    assert shown("once_only", "parallel") == (2, 0, 1, round(form + 3.2, 4), round(form + 3.2, 4))
    assert shown("joined") == (1, 1, 2, round(form + 3.2, 4), round(form + 3.2, 4))
    assert shown("automated") == (2, 2, 4, round(2 * (form + 2.1), 4), round(form + 2.1, 4))
    assert shown("proactive") == (1, 0, 1, round(5 / 480 + 3.2, 4), round(5 / 480 + 3.2, 4))
    assert shown(*RULES) == (1, 0, 1, round(5 / 480 + 2.1, 4), round(5 / 480 + 2.1, 4))
    assert all(model.redesign(online, order) == model.redesign(online, RULES) for order in permutations(RULES))


# -- money


def test_the_break_even_wins_back_exactly_what_was_paid() -> None:
    before = Measures(0, 0, 0, 0, 0, 0, 0, officer_minutes=120, citizen_minutes=300)
    after = replace(before, officer_minutes=60, citizen_minutes=60)
    saved = model.saved_a_case(before, after, citizen_hour=40, officer_hour=90)
    assert saved == 4 * 40 + 1 * 90
    cases = model.break_even_cases(once=10_000, years=5, saved=saved)
    assert cases * 5 * saved == pytest.approx(10_000)
    assert model.break_even_cases(0, 5, saved) == 0
    assert model.break_even_cases(10_000, 5, 0) == model.break_even_cases(10_000, 5, -saved) == np.inf
