"""The sequence model against closed forms, an independent solver and properties that must hold for every programme."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from digigov.models import sequence as model
from digigov.models.sequence import Programme
from sequence_programmes import OPENINGS, ORDERS, PROGRAMMES, SINGAPORE, between, every_programme, plain, total

RATES = np.linspace(0, 1, 41)


# -- the course's truth test


@every_programme
@given(PROGRAMMES)
def test_without_rework_and_with_separable_capacity_all_orders_finish_together(plan: Programme) -> None:
    """Separable: the specialists are enough at any pace of the developers, so that nobody waits for them."""
    plan = plain(plan)
    plan = replace(plan, specialists=plan.developers * plan.design_work / plan.build_work + 1)
    done = plan.services * (plan.online_work + plan.build_work) / plan.developers
    for order in ORDERS:
        assert order(plan).all_redesigned == pytest.approx(done)


@every_programme
@given(PROGRAMMES)
def test_with_scarce_specialists_two_tracks_that_lose_nothing_are_never_later(plan: Programme) -> None:
    """They start on the scarcest work at once: it is not scarcity that makes the ladder win."""
    plan = replace(plain(plan), sharing=1, rework=plan.rework, paper=0)
    assert model.two_tracks(plan).all_redesigned <= model.ladder(plan).all_redesigned * (1 + 1e-9)


# -- closed forms


@every_programme
@given(PROGRAMMES)
def test_the_ladder_takes_two_divisions(plan: Programme) -> None:
    """N·a/D or the law, then N·max((b·f + r·a)/D, c·f/S) with f = (1 - learning)·(1 + legacy)."""
    plan = replace(plan, paper=0)
    order, f = model.ladder(plan), (1 - plan.learning) * (1 + plan.legacy)
    online = plan.services * plan.online_work / plan.developers
    by_developers = (plan.build_work * f + plan.rework * plan.online_work) / plan.developers
    by_specialists = plan.design_work * f / plan.specialists
    assert order.all_online == pytest.approx(online)
    start = max(online, plan.law)
    assert order.all_redesigned == pytest.approx(start + plan.services * max(by_developers, by_specialists))
    assert order.thrown_away == pytest.approx(plan.services * plan.rework * plan.online_work)


def test_two_tracks_with_specialists_enough_share_the_developers() -> None:
    plan = Programme(learning=0, overhead=0.2)
    opening = model.open_two_tracks(plan)
    redesigning, onlining = 0.8 * 20 / (8 + 4), 0.8 * 20 / 8  # services a month
    done = 200 / (redesigning + onlining)
    assert opening.months[-1] == pytest.approx(done)
    assert opening.redesigned[-1] == pytest.approx(redesigning * done)
    assert opening.online[-1] == pytest.approx(onlining * done)
    left = onlining * done
    assert model.two_tracks(plan).all_redesigned == pytest.approx(done + left * (4 + 0.6 * 8) / 40)


@pytest.mark.parametrize(("sharing", "helping"), [(0.0, 0.0), (0.5, 7.0), (1.0, 14.0)])
def test_developers_who_wait_for_specialists_help_as_far_as_they_share(sharing: float, helping: float) -> None:
    plan = Programme(specialists=2, learning=0, overhead=0, sharing=sharing)
    opening = model.open_two_tracks(plan)
    redesigning, onlining = 2 / 4, (20 + helping) / 8  # of 20 developers 6 are busy with half a service a month
    assert opening.months[-1] == pytest.approx(200 / (redesigning + onlining))
    assert opening.waiting == pytest.approx((14 - helping) * opening.months[-1])


def test_learning_with_scarce_specialists_follows_the_logarithm() -> None:
    """All services go online in T = N·a/(D - b·S/c) whatever is learnt; S·T/c·ln(1/(1 - l))/l of them redesigned."""
    plan = Programme(specialists=3, learning=0.6, overhead=0, sharing=1)
    opening, done = model.open_two_tracks(plan), 200 * 8 / (40 - 4 * 3 / 4)
    assert opening.months[-1] == pytest.approx(done)
    assert opening.redesigned[-1] == pytest.approx(3 * done / 4 * np.log(1 / 0.4) / 0.6, rel=1e-5)


@pytest.mark.parametrize(
    "plan",
    [
        Programme(),
        SINGAPORE,
        Programme(learning=0.8, specialists=8, design_work=6),  # specialists bind first, developers later
        Programme(learning=0.9, specialists=3, sharing=0.3, overhead=0.4),
    ],
)
def test_the_opening_of_two_tracks_equals_the_differential_equation_solved_in_time(plan: Programme) -> None:
    present = 1 - plan.overhead

    def flow(_: float, state: np.ndarray) -> list[float]:
        f = 1 - plan.learning * state.sum() / plan.services
        own = plan.split * present * plan.developers
        pace = min(own / (plan.online_work + plan.build_work * f), present * plan.specialists / plan.design_work / f)
        spare = own - pace * (plan.online_work + plan.build_work * f)
        others = present * plan.developers - own
        return [(others + plan.sharing * spare) / plan.online_work, pace]

    def all_online(_: float, state: np.ndarray) -> float:
        return float(np.sum(state)) - plan.services

    all_online.terminal = True
    solved = solve_ivp(flow, (0, 1000), np.zeros(2), events=all_online, rtol=1e-9, atol=1e-9, max_step=0.5)
    opening = model.open_two_tracks(plan)
    assert opening.months[-1] == pytest.approx(solved.t[-1], rel=1e-4)
    assert (opening.online[-1], opening.redesigned[-1]) == pytest.approx(tuple(solved.y[:, -1]), rel=1e-4)


@every_programme
@given(PROGRAMMES)
def test_break_even_is_where_the_straight_line_crosses(plan: Programme) -> None:
    """Developers bind and the horizon is far: (v - u)·a·(N² - E²)/2D hours for each unit of rework, E put online."""
    plan = replace(plan, specialists=plan.developers * 100, design_work=0.1, horizon=1e5, law=0)
    put_online = model.open_two_tracks(plan).online[-1]
    step = plan.redesign_benefit - plan.online_benefit
    slope = step * plan.online_work * (plan.services**2 - put_online**2) / 2 / plan.developers
    start = float(model.advantage(plan, 0.0))
    noise = 1e-7 * total(plan, model.open_ladder(plan))
    if abs(start) < noise or abs(start + slope) < noise:
        return
    expected = 0.0 if start >= 0 else -start / slope if -start <= slope else np.inf
    assert model.break_even(plan) == pytest.approx(expected, rel=1e-4, abs=1e-4)


# -- what must be kept


@every_programme
@given(PROGRAMMES)
def test_every_person_month_is_work_or_rework_or_lost_or_waiting(plan: Programme) -> None:
    for order in (order(plan) for order in ORDERS):
        paid = (plan.developers + plan.specialists) * order.all_redesigned
        assert order.work + order.thrown_away + order.switching + order.waiting == pytest.approx(paid)
        for part in (order.work, order.thrown_away, order.switching, order.waiting):
            assert part >= -1e-9 * paid


@every_programme
@given(PROGRAMMES)
def test_without_learning_and_legacy_the_work_is_the_same_in_either_order(plan: Programme) -> None:
    plan = replace(plan, learning=0, legacy=0)
    each = plan.online_work + plan.build_work + plan.design_work
    for order in ORDERS:
        assert order(plan).work == pytest.approx(plan.services * each)
    ladder, tracks = model.ladder(plan), model.two_tracks(plan)
    assert tracks.thrown_away <= ladder.thrown_away * (1 + 1e-9)


@every_programme
@given(PROGRAMMES)
def test_no_service_is_lost_and_none_falls_back(plan: Programme) -> None:
    for order in (order(plan) for order in ORDERS):
        anyhow = order.online + order.redesigned
        for rising in (order.months, anyhow, order.redesigned):
            assert np.diff(rising).min() >= -1e-9 * plan.services
        assert order.online.min() >= 0 and anyhow.max() <= plan.services * (1 + 1e-9)
        assert order.redesigned[-1] == pytest.approx(plan.services) and order.online[-1] == 0
        assert np.interp(order.all_online, order.months, anyhow) == pytest.approx(plan.services)
        assert order.all_online <= order.all_redesigned


@every_programme
@given(PROGRAMMES)
def test_total_benefit_is_the_area_under_the_curve(plan: Programme) -> None:
    for order, opening in zip(ORDERS, OPENINGS, strict=True):
        path = order(plan)
        months = np.unique(np.clip([*path.months, plan.horizon, 0], 0, plan.horizon))
        area = np.trapezoid(model.benefit(plan, path, months), months)
        assert total(plan, opening(plan)) == pytest.approx(float(area), rel=1e-9, abs=1e-6)


# -- what more, or less, of something does


@every_programme
@given(PROGRAMMES, st.integers(2, 5))
def test_times_as_many_people_do_the_same_in_that_part_of_the_time(plan: Programme, times: int) -> None:
    plan = replace(plan, law=0)  # more people do not hurry the law
    more = replace(plan, developers=times * plan.developers, specialists=times * plan.specialists)
    months = np.linspace(0, 300, 61)
    for order, opening in zip(ORDERS, OPENINGS, strict=True):
        few, many = order(plan), order(more)
        assert many.all_redesigned * times == pytest.approx(few.all_redesigned)
        assert np.all(model.benefit(more, many, months) >= model.benefit(plan, few, months) - 1e-6)
        assert total(more, opening(more)) >= total(plan, opening(plan)) * (1 - 1e-9)


@every_programme
@given(PROGRAMMES, st.sampled_from(["developers", "specialists"]), between(0.1, 50))
def test_more_people_of_one_kind_never_lower_the_benefit_of_the_ladder(plan: Programme, kind: str, more: float) -> None:
    larger = replace(plan, **{kind: getattr(plan, kind) + more})
    assert total(larger, model.open_ladder(larger)) >= total(plan, model.open_ladder(plan)) * (1 - 1e-9)


@every_programme
@given(PROGRAMMES, between(0, 0.09))
def test_overhead_only_harms_two_tracks(plan: Programme, more: float) -> None:
    plan = replace(plan, paper=0)  # who runs late may draw more meanwhile
    worse = replace(plan, overhead=plan.overhead + more)
    assert total(worse, model.open_ladder(worse)) == total(plan, model.open_ladder(plan))
    assert total(worse, model.open_two_tracks(worse)) <= total(plan, model.open_two_tracks(plan)) * (1 + 1e-9)


@every_programme
@given(PROGRAMMES)
def test_rework_harms_both_orders_and_the_ladder_more(plan: Programme) -> None:
    plan = replace(plan, paper=0)
    for opening in OPENINGS:
        totals = model.total_benefit(plan, opening(plan), RATES)
        assert np.diff(totals).max() <= 1e-9 * totals[0]
    scale = total(plan, model.open_ladder(plan))
    assert np.diff(model.advantage(plan, RATES)).min() >= -1e-9 * scale - 1e-9


@every_programme
@given(PROGRAMMES)
def test_two_tracks_are_behind_below_the_break_even_and_not_above(plan: Programme) -> None:
    plan = replace(plan, paper=0)
    even = model.break_even(plan)
    ahead, noise = model.advantage(plan, RATES), 1e-6 * total(plan, model.open_ladder(plan)) + 1e-6
    assert np.all(ahead[even - 1e-9 > RATES] <= noise)
    assert np.all(ahead[even + 1e-9 < RATES] >= -noise)
    if 0 < even < np.inf:
        assert float(model.advantage(plan, even)) == pytest.approx(0, abs=noise)


@every_programme
@given(PROGRAMMES)
def test_two_tracks_of_which_one_does_nothing_are_the_ladder(plan: Programme) -> None:
    """The redesign track has next to nobody and nothing is lost by it."""
    plan = replace(plan, overhead=0, split=1e-9, sharing=1)
    ladder, tracks = model.ladder(plan), model.two_tracks(plan)
    assert tracks.all_redesigned == pytest.approx(ladder.all_redesigned)
    assert total(plan, model.open_two_tracks(plan)) == pytest.approx(
        total(plan, model.open_ladder(plan)), rel=1e-6, abs=1
    )


# -- programmes without meaning


@pytest.mark.parametrize("name", [field.name for field in fields(Programme)])
@pytest.mark.parametrize("value", [-0.1, float("nan"), float("inf")])
def test_a_programme_without_meaning_names_its_parameter(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"^{name}$"):
        Programme(**{name: value})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *((name, 0) for name in ("services", "developers", "specialists", "online_work", "build_work", "horizon")),
        ("split", 0),
        *((name, 1.01) for name in ("rework", "split", "sharing", "paper")),
        *((name, 1) for name in ("learning", "overhead")),
        ("redesign_benefit", 99),  # less than a service that is merely online
    ],
)
def test_a_limit_that_is_crossed_names_its_parameter(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"^{name}$"):
        Programme(**{name: value})
