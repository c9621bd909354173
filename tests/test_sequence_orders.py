"""Three orders of work: redesign at once, what the law and design on paper do, and which of them wins when."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from digigov.models import sequence as model
from digigov.models.sequence import Programme
from sequence_programmes import DUTCH, LOSES, OPENINGS, ORDERS, PROGRAMMES, SINGAPORE, between, every_programme, total

# -- redesign at once


@every_programme
@given(PROGRAMMES)
def test_redesign_at_once_takes_one_division_and_learns_on_average_half(plan: Programme) -> None:
    """The law, then N·(a + b·(1 - l/2))/D if developers are the scarcer all along."""
    plan = replace(plan, specialists=2 * plan.developers * plan.design_work / plan.online_work + 1)
    order = model.at_once(plan)
    done = plan.services * (plan.online_work + plan.build_work * (1 - plan.learning / 2)) / plan.developers
    assert order.all_online == order.all_redesigned == pytest.approx(plan.law + done)
    assert order.thrown_away == order.switching == 0 == order.online.max()


def test_redesign_at_once_with_few_specialists_goes_at_their_pace() -> None:
    """N·c·(1 - l/2)/S: nobody can put a service online in its old form meanwhile."""
    assert model.at_once(Programme(specialists=6)).all_redesigned == pytest.approx(200 * 4 * 0.9 / 6)


@every_programme
@given(PROGRAMMES)
def test_the_law_moves_redesign_at_once_as_a_whole(plan: Programme) -> None:
    plan = replace(plan, paper=0, horizon=plan.horizon + plan.law)
    free = replace(plan, law=0, horizon=plan.horizon - plan.law)
    assert total(plan, model.open_at_once(plan)) == pytest.approx(total(free, model.open_at_once(free)), abs=1e-6)


@every_programme
@given(PROGRAMMES)
def test_redesign_at_once_with_people_enough_and_nothing_to_learn_or_to_wait_for_is_first(plan: Programme) -> None:
    enough = plan.developers * plan.design_work / plan.build_work + 1
    plan = replace(plan, learning=0, law=0, specialists=enough)
    first = model.at_once(plan).all_redesigned
    for order in ORDERS:
        assert first <= order(plan).all_redesigned * (1 + 1e-9)


# -- the law, and design on paper


@every_programme
@given(PROGRAMMES)
def test_two_tracks_whose_developers_all_help_are_the_ladder_if_the_law_takes_that_long(plan: Programme) -> None:
    plan = replace(plan, sharing=1, law=plan.services * plan.online_work / plan.developers * 1.01)
    assert model.two_tracks(plan).all_redesigned == pytest.approx(model.ladder(plan).all_redesigned)
    ladder = total(plan, model.open_ladder(plan))
    assert total(plan, model.open_two_tracks(plan)) == pytest.approx(ladder)


@every_programme
@given(PROGRAMMES, between(0, 60))
def test_a_law_that_takes_longer_never_helps_the_ladder_or_redesign_at_once(plan: Programme, longer: float) -> None:
    plan = replace(plan, paper=0)
    later = replace(plan, law=plan.law + longer)
    for opening in (model.open_ladder, model.open_at_once):
        assert total(later, opening(later)) <= total(plan, opening(plan)) * (1 + 1e-9) + 1e-6


@every_programme
@given(PROGRAMMES)
def test_specialists_who_may_design_everything_on_paper_and_have_the_time_hold_nobody_up(plan: Programme) -> None:
    """S·N·a/D person-months while everything goes online are enough for N·c: from there on developers set the pace."""
    enough = 1.001 * plan.developers * plan.design_work / plan.online_work + 0.01
    plan, f = replace(plan, law=0, paper=1, specialists=enough), (1 - plan.learning) * (1 + plan.legacy)
    work = plan.online_work + plan.build_work * f + plan.rework * plan.online_work
    assert model.ladder(plan).all_redesigned == pytest.approx(plan.services * work / plan.developers)


def test_ten_specialists_who_design_on_paper_take_nothing_from_the_ladder() -> None:
    """Half of the design, 400 person-months in 40 months; the rest takes 32, the developers 40."""
    assert model.ladder(Programme(specialists=10)).all_redesigned == pytest.approx(104)
    for paper in (0.5, 1.0):
        plan = Programme(specialists=10, paper=paper)
        assert model.ladder(plan).all_redesigned == pytest.approx(80)
        assert model.advantage(plan, 0.6) == pytest.approx(float(model.advantage(Programme(), 0.6)))


@every_programme
@given(PROGRAMMES, between(0, 1))
def test_design_on_paper_never_delays_or_lowers_the_benefit(plan: Programme, more: float) -> None:
    drawn = replace(plan, paper=min(plan.paper + more, 1))
    for order, opening in zip(ORDERS, OPENINGS, strict=True):
        assert order(drawn).all_redesigned <= order(plan).all_redesigned * (1 + 1e-9)
        assert total(drawn, opening(drawn)) >= total(plan, opening(plan)) * (1 - 1e-9) - 1e-6


# -- the course's own settings


def test_the_defaults_give_a_round_ladder_and_a_break_even_at_a_quarter() -> None:
    plan = Programme()
    assert model.ladder(plan).all_online == 200 * 8 / 40
    assert model.ladder(plan).all_redesigned == pytest.approx(40 + 200 * (0.8 * 4 + 0.6 * 8) / 40)
    assert model.break_even(plan) == pytest.approx(0.25, abs=0.005)


@pytest.mark.parametrize(
    ("plan", "tracks_win"), [(Programme(), True), (SINGAPORE, True), (DUTCH, False), (LOSES, False)]
)
def test_of_ladder_and_two_tracks_either_can_win(plan: Programme, tracks_win: bool) -> None:
    assert (model.advantage(plan, plan.rework) > 0) == tracks_win
    assert (model.two_tracks(plan).all_redesigned < model.ladder(plan).all_redesigned) == tracks_win


@pytest.mark.parametrize(
    ("plan", "best"),
    [
        (LOSES, 0),
        (Programme(law=18), 0),
        (Programme(online_benefit=240), 0),
        (Programme(rework=0, learning=0.8, build_work=12), 0),
        (Programme(specialists=4), 1),
        (Programme(), 2),
        (SINGAPORE, 2),
        (DUTCH, 2),
    ],
)
def test_each_of_the_three_orders_can_be_the_best(plan: Programme, best: int) -> None:
    assert np.argmax([total(plan, opening(plan)) for opening in OPENINGS]) == best


def test_scarce_specialists_alone_speak_for_two_tracks_and_a_large_overhead_for_the_ladder() -> None:
    scarce = Programme(rework=0, specialists=10)
    assert model.advantage(scarce, 0) > model.advantage(Programme(), 0)
    assert model.break_even(scarce) == 0
    assert model.break_even(replace(scarce, overhead=0.4)) == np.inf
