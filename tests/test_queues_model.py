"""Waiting lines against closed forms, published figures and each other; pooling against what must always hold."""

from dataclasses import fields, replace
from heapq import heapify, heapreplace
from math import factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digigov.models import pooling, queues
from digigov.models.pooling import Case
from digigov.models.pooling_day import IDLE, Trace, day

OWN_WAYS = Case(local=0.4)
LOSES = Case(staff=6, arrivals=14, local=0.4, together=1)
every_line = settings(max_examples=60)


def between(low: float, high: float) -> st.SearchStrategy[float]:
    """A thousand steps from `low` to `high`."""
    return st.integers(0, 1000).map(lambda step: low + (high - low) * step / 1000)


CASES = st.builds(
    Case,
    offices=st.integers(1, 20),
    staff=st.integers(1, 6),
    arrivals=between(0.5, 15),
    minutes=between(5, 60),
    local=st.just(0.0) | between(0, 1),
    learning=between(0, 60),
    imbalance=st.just(0.0) | between(0, 0.9),
    target=between(1, 60),
    peak=between(1, 10),
    together=st.sampled_from([0.0, 1.0]) | between(0, 1),
)


# -- formulas


@given(between(0.01, 0.99), between(1, 60))
def test_one_and_two_servers_have_the_closed_forms(busy: float, minutes: float) -> None:
    assert queues.erlang_c(1, busy) == pytest.approx(busy)
    assert queues.erlang_c(2, 2 * busy) == pytest.approx(2 * busy**2 / (1 + busy))
    one, two = (queues.mean_wait(servers, servers * 60 * busy / minutes, minutes) for servers in (1, 2))
    assert one == pytest.approx(minutes * busy / (1 - busy))
    assert two == pytest.approx(minutes * busy**2 / (1 - busy**2))


@given(st.integers(1, 40), between(0.01, 0.99))
def test_both_formulas_are_erlangs_own_sums(servers: int, busy: float) -> None:
    load = servers * busy
    terms = [load**count / factorial(count) for count in range(servers + 1)]
    assert queues.erlang_b(servers, load) == pytest.approx(terms[-1] / sum(terms))
    queued = terms[-1] / (1 - busy)
    assert queues.erlang_c(servers, load) == pytest.approx(queued / (sum(terms[:-1]) + queued))


def test_published_tables_are_reproduced() -> None:
    """J. Dunlop and others, Digital Mobile Communications and the TETRA System (1999), Erlang C table A.4: with 8
    channels 3.87 erlangs queue 5 %, with 10 channels 4.08 erlangs 1 %. Erlang B: 15 lines, 8.108 erlangs block 1 %
    (manual of the calculator at erlang.com)."""
    assert round(float(queues.erlang_c(8, 3.87)), 3) == 0.05
    assert round(float(queues.erlang_c(10, 4.08)), 3) == 0.01
    assert round(float(queues.erlang_b(15, 8.108)), 5) == 0.01


def test_published_examples_are_reproduced() -> None:
    """R package ErlangC 0.1.0: 100 calls of 180 s in 30 minutes, 14 agents. R. Bronson, Operations Research (1982),
    problem 24.6: 300 repairs a year, 2 days each, 3 crews: 0.352 wait, for 0.43 days on average."""
    assert queues.erlang_c(14, 10) == pytest.approx(0.1741319, abs=5e-8)
    assert 60 * queues.mean_wait(14, 200, 3) == pytest.approx(7.83593701177724)
    days = float(queues.mean_wait(3, 60 * 300 / 365, 2))
    assert round(days, 2) == 0.43 and round(days * 300 / 365, 3) == 0.352


@given(between(0.01, 0.95), between(0, 1), between(0, 60))
def test_one_server_with_any_service_time_is_pollaczek_khinchine(busy: float, share: float, extra: float) -> None:
    average, per_minute = 20 + share * extra, busy / (20 + share * extra)
    second = 2 * 20**2 + share * (2 * 20 * extra + extra**2)
    variation = queues.squared_variation(20, share, extra)
    wait = queues.mean_wait(1, 60 * per_minute, average, variation)
    assert wait == pytest.approx(per_minute * second / (2 * (1 - busy)))


def test_a_load_that_servers_cannot_carry_has_no_steady_state() -> None:
    assert queues.erlang_c(3, [3, 7]).tolist() == [1, 1]
    assert queues.mean_wait(2, [6, 9], 20).tolist() == [np.inf, np.inf]
    with pytest.raises(ValueError, match="load"):
        queues.simulated_wait(2, 6, 20)
    with pytest.raises(ValueError, match="load"):
        queues.simulated_wait(2, [3, 6], 20)


@every_line
@given(st.lists(between(0.1, 100), min_size=1, max_size=4), between(5, 60), between(0.5, 60))
def test_the_servers_needed_are_the_fewest(per_hour: list[float], minutes: float, target: float) -> None:
    for rate, servers in zip(per_hour, queues.servers_needed(per_hour, minutes, target), strict=True):
        assert queues.mean_wait(servers, rate, minutes) <= target
        assert servers == 1 or queues.mean_wait(servers - 1, rate, minutes) > target


def test_no_number_of_servers_is_enough_for_no_wait() -> None:
    for target in (0, -1, float("nan")):
        with pytest.raises(ValueError, match="target"):
            queues.servers_needed([3], 20, target)


# -- simulation


@every_line
@given(st.integers(1, 6), st.integers(1, 40), st.integers(0, 2**32))
def test_a_thousand_lines_at_once_are_the_same_as_one_after_the_other(servers: int, cases: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    gaps, services = draw.exponential(5, (cases, 3)), draw.exponential(12, (cases, 3))
    free = draw.exponential(10, (3, servers))
    waits = queues.serve(gaps, services, free)
    for line in range(3):
        heap, now = free[line].tolist(), 0.0
        heapify(heap)
        for case in range(cases):
            now += gaps[case, line]
            start = max(heap[0], now)
            heapreplace(heap, start + services[case, line])
            assert waits[case, line] == pytest.approx(start - now, abs=1e-9)


@pytest.mark.parametrize(("servers", "per_hour"), [(1, 2.0), (2, 4.6), (6, 14.0), (16, 36.8)])
def test_simulation_from_an_empty_line_agrees_with_erlang_c(servers: int, per_hour: float) -> None:
    draw = np.random.default_rng(5)
    gaps, services = draw.exponential(60 / per_hour, (900, 400)), draw.exponential(20, (900, 400))
    waits = queues.serve(gaps, services, np.zeros((400, servers)))[500:].mean(axis=0)
    error = waits.std(ddof=1) / np.sqrt(waits.size)
    assert abs(waits.mean() - queues.mean_wait(servers, per_hour, 20)) < 3 * error


@pytest.mark.parametrize(
    ("servers", "per_hour", "share", "extra"),
    [(1, 2.0, 0, 0), (2, 4.6, 0, 0), (16, 36.8, 0, 0), (2, 5.8, 0, 0), (16, 36.8, 0.35, 15), (48, 112.0, 0.35, 15)],
)
def test_the_interval_holds_the_formula_in_95_of_100_simulations(
    servers: int, per_hour: float, share: float, extra: float
) -> None:
    variation = queues.squared_variation(20, share, extra)
    exact = float(queues.mean_wait(servers, per_hour, 20 + share * extra, variation))
    found = [queues.simulated_wait(servers, per_hour, 20, share, extra, seed=seed) for seed in range(100)]
    assert sum(one.low <= exact <= one.high for one in found) >= 89  # less with a chance of 0.4 %
    assert np.mean([one.mean for one in found]) == pytest.approx(exact, rel=0.04)


def test_lines_of_different_offices_count_by_their_cases() -> None:
    exact = pooling.split_wait(Case(imbalance=0.2))
    found = [queues.simulated_wait(2, pooling.rates(Case(imbalance=0.2)), 20, seed=seed).mean for seed in range(60)]
    assert np.mean(found) == pytest.approx(float(exact), rel=0.04)


# -- a day, officer by officer


def waiting_time(trace: Trace, until: float) -> float:
    """Minutes that cases are in line, all together, from the number in line at every moment."""
    moments = np.unique(np.concatenate([[0.0, until], trace.arrived, trace.begun]))
    moments = moments[moments <= until]
    return float(trace.waiting((moments[1:] + moments[:-1]) / 2) @ np.diff(moments))


@every_line
@given(CASES, st.integers(0, 1000))
def test_littles_law_holds_on_every_trace(case: Case, seed: int) -> None:
    """L = λ·W: cases in line on average are the cases an hour times the hours that each waits."""
    for trace in day(case, seed):
        until = float(max(trace.begun.max(initial=0), 1))
        waits = trace.begun - trace.arrived
        in_line, per_minute = waiting_time(trace, until) / until, len(waits) / until
        assert in_line == pytest.approx(per_minute * (waits.mean() if len(waits) else 0))


@every_line
@given(CASES, st.integers(0, 1000))
def test_a_line_is_served_in_order_and_nobody_rests_while_cases_wait(case: Case, seed: int) -> None:
    split, pooled = day(case, seed)
    offices, staff = int(case.offices), int(case.staff)
    for trace in (split, pooled):
        assert np.all(trace.begun >= trace.arrived) and np.all(trace.done >= trace.begun)
        order = np.lexsort((trace.begun, trace.officer))
        same = np.diff(trace.officer[order]) == 0
        assert np.all((trace.begun[order][1:] >= trace.done[order][:-1] - 1e-9)[same])
    assert np.array_equal(split.officer // staff, split.office) and not split.learning.any()
    new = [np.sort(trace.arrived[trace.arrived > 0]) for trace in (split, pooled)]
    assert np.array_equal(*new)
    for minute in (0.0, 100.0, 333.0):
        idle = split.officers_at(minute, case.officers).reshape(offices, staff) == IDLE
        assert not np.any(idle.any(axis=1) & (split.waiting_by_office(minute, offices) > 0))
        assert not (pooled.waiting(minute) and (pooled.officers_at(minute, case.officers) == IDLE).any())
        assert split.waiting_by_office(minute, offices).sum() == split.waiting(minute)


def test_the_days_of_the_lab_are_like_others() -> None:
    for case in (Case(), OWN_WAYS, LOSES):
        waits = pooling.split_wait(case), pooling.pooled_wait(case)
        for trace, wait in zip(day(case), waits, strict=True):
            expected = float(wait) * case.arrivals * case.offices / 60
            assert abs(waiting_time(trace, 480) / 480 - expected) < 0.5 * expected + 0.1


# -- pooling


@every_line
@given(CASES)
def test_pooling_never_hurts_where_the_work_is_the_same(case: Case) -> None:
    case = replace(case, local=0.0)
    assert pooling.pooled_wait(case) <= pooling.split_wait(case) * (1 + 1e-9)
    split, pooled = pooling.officers_needed(case, np.arange(1, 21))
    assert np.all(pooled <= split)


@every_line
@given(CASES)
def test_one_office_has_nobody_to_pool_with(case: Case) -> None:
    case = replace(case, offices=1)
    assert pooling.pooled_wait(case) == pytest.approx(pooling.split_wait(case))
    assert pooling.learning_share(case) == 0
    assert pooling.capacities(case) == pytest.approx((case.peak, case.peak))


@every_line
@given(CASES, between(0.01, 0.5), between(1, 30))
def test_more_to_find_out_never_shortens_the_wait(case: Case, local: float, learning: float) -> None:
    more = replace(case, local=min(case.local + local, 1), learning=case.learning + learning)
    assert pooling.pooled_wait(more) >= pooling.pooled_wait(case) * (1 - 1e-9)
    assert pooling.split_wait(more) == pooling.split_wait(case)


def test_pooling_hurts_where_every_office_has_its_own_way() -> None:
    for case in (OWN_WAYS, LOSES):
        assert pooling.pooled_wait(case) > pooling.split_wait(case)
        assert pooling.pooled_wait(replace(case, local=0)) < pooling.split_wait(case)
    (split,), (pooled,) = pooling.officers_needed(LOSES, [8])
    assert (split, pooled) == (48, 49)


def test_the_closed_form_of_the_default_case() -> None:
    busy = 4.6 * 20 / 60 / 2
    assert pooling.split_wait(Case()) == pytest.approx(20 * busy**2 / (1 - busy**2))
    assert pooling.office_waits(Case()) == pytest.approx(np.full(8, 20 * busy**2 / (1 - busy**2)))


@every_line
@given(CASES)
def test_the_peak_of_the_sum_is_at_most_the_sum_of_the_peaks(case: Case) -> None:
    separate, shared = pooling.capacities(case)
    assert separate == pytest.approx(case.offices * case.peak)
    assert shared <= separate * (1 + 1e-9)
    assert shared >= pooling.demand(case).max() and shared >= case.offices * (1 - 1e-9)


@every_line
@given(CASES)
def test_peaks_at_the_same_hour_save_no_server(case: Case) -> None:
    separate, shared = pooling.capacities(replace(case, together=1))
    assert shared == pytest.approx(separate)


def test_a_case_without_sense_names_its_parameter() -> None:
    for parameter in fields(Case):
        for value in (-1, float("nan"), float("inf")):
            with pytest.raises(ValueError, match=f"^{parameter.name}$"):
                Case(**{parameter.name: value})
    for name, value in (
        ("offices", 0),
        ("staff", 1.5),
        ("arrivals", 0),
        ("local", 1.1),
        ("imbalance", 1),
        ("peak", 0.5),
    ):
        with pytest.raises(ValueError, match=f"^{name}$"):
            Case(**{name: value})
