"""Reports and alarms of the outbreak model: Poisson's formula, simulation, and what must always hold."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from digigov.models import outbreak as epidemic
from digigov.models import outbreak_alarm as alarm
from digigov.models.outbreak import Outbreak
from digigov.models.outbreak_alarm import Reporting
from outbreaks import REPORTING, between, every_one

# -- reports and alarms


@pytest.mark.parametrize(("every", "window"), [(7, 7), (1, 1)])
def test_false_alarms_of_separate_looks_follow_the_poisson_formula(every: int, window: int) -> None:
    reporting = Reporting(every, window, 5, 0.8, 2)
    above = poisson.sf(alarm.limit(40 * 0.8 * window, 2) - 1, 40 * 0.8 * window)
    assert alarm.false_alarms(40, reporting) == pytest.approx(365 / every * above * (1 - above))


@pytest.mark.parametrize(("every", "window", "threshold"), [(1, 7, 1), (1, 7, 2), (1, 14, 1.5), (7, 14, 1), (7, 7, 1)])
def test_false_alarms_are_those_of_a_simulation_within_its_interval(every: int, window: int, threshold: float) -> None:
    reporting = Reporting(every, window, 1, 0.84, threshold)
    years, days = 300, 365 - 365 % every
    daily = np.random.default_rng(1).poisson(40 * 0.84, (years, window + every + days))
    sums = np.cumsum(daily, axis=1)
    sums = (sums[:, window:] - sums[:, :-window])[:, ::every]
    reached = sums >= alarm.limit(40 * 0.84 * window, threshold)
    risen = (reached[:, 1:] & ~reached[:, :-1]).sum(axis=1) * (365 / every) / (reached.shape[1] - 1)
    interval = 4 * risen.std() / np.sqrt(years)
    assert alarm.false_alarms(40, reporting) == pytest.approx(risen.mean(), abs=interval)


def test_the_numbers_of_reports_are_poisson_numbers() -> None:
    rates = np.array([0.0, 3.0, 40.0, 700.0])
    drawn = np.concatenate([alarm.counts(np.full(300, rate))[:, :, None] for rate in rates], axis=2).reshape(-1, 4)
    few = 5 * np.sqrt(rates / len(drawn)) + 1e-9
    assert np.all(np.abs(drawn.mean(axis=0) - rates) <= few)
    assert drawn.var(axis=0) == pytest.approx(rates, rel=0.03)
    assert np.mean(drawn[:, 2] >= 50) == pytest.approx(poisson.sf(49, 40), abs=0.005)


@every_one
@given(st.lists(between(0, 300), min_size=5, max_size=5), st.integers(0, alarm.RUNS - 1))
def test_one_run_alone_has_the_numbers_it_has_among_all(rates: list[float], run: int) -> None:
    together = alarm.counts(np.array(rates))
    assert alarm.counts(np.array(rates), run).tolist() == together[:, run].tolist()
    assert np.all(alarm.counts(np.array(rates) + 1) >= together)  # more patients, the same luck


def seen(reporting: Reporting) -> alarm.Watch:
    ill = 0.1 * np.diff(epidemic.free_path(Outbreak()).fallen_ill)[: alarm.WATCHED]
    return alarm.watch(alarm.Signal(ill, 40, 5), reporting)


@every_one
@given(REPORTING, st.integers(0, 14), between(0, 3))
def test_less_delay_and_a_lower_threshold_never_raise_the_alarm_later(
    reporting: Reporting, later: int, higher: float
) -> None:
    now = seen(reporting)
    assert now.early <= now.alarm <= now.late
    assert seen(replace(reporting, delay=reporting.delay + later)).alarm == now.alarm + later
    assert seen(replace(reporting, threshold=reporting.threshold + higher)).alarm >= now.alarm


@every_one
@given(REPORTING)
def test_the_typical_run_shows_its_alarm_on_the_median_day(reporting: Reporting) -> None:
    watched = seen(reporting)
    ill = 0.1 * np.diff(epidemic.free_path(Outbreak()).fallen_ill)[: alarm.WATCHED]
    days, sums = alarm.typical_reports(watched, reporting, ill, 40)
    real = np.convolve(ill, np.ones(reporting.window))[: len(ill)] * reporting.complete
    true = real[(days - reporting.delay).astype(int) - 1] >= 5
    assert days[(sums >= watched.limit) & true][0] == watched.alarm
    assert alarm.alarm_by_threshold(watched, reporting, np.array([reporting.threshold])) == [watched.alarm]


def test_the_median_over_runs_is_that_of_looking_run_by_run() -> None:
    reporting = Reporting(7, 7, 5, 0.95, 3)
    ill = 0.1 * np.diff(epidemic.free_path(Outbreak()).fallen_ill)[:200]
    rates = alarm.expected(ill, 40, 0.95)
    daily = alarm.counts(rates)
    days = []
    for run in range(alarm.RUNS):
        for day in range(1, 201):
            end = alarm.BEFORE + day
            real = 0.95 * ill[max(day - 7, 0) : day].sum()
            if day % 7 == run % 7 and real >= 5 and daily[end - 7 : end, run].sum() >= alarm.limit(266, 3):
                days.append(day + 5)
                break
    assert sorted(days)[alarm.RUNS // 2 - 1] == seen(reporting).alarm == 87


def test_daily_looks_find_more_false_alarms_under_the_same_rule() -> None:
    weekly, daily = Reporting(7, 7, 1, 0.9, 3), Reporting(1, 7, 1, 0.9, 3)
    assert alarm.false_alarms(40, daily) > 2 * alarm.false_alarms(40, weekly)
    assert seen(daily).alarm <= seen(weekly).alarm


def test_half_of_the_entries_missing_cost_the_days_that_the_signal_must_grow() -> None:
    """The excess that stands out goes as 1/sqrt(p): half of p costs about ln(2)/2 of a growth time."""
    daily = Reporting(1, 7, 0, 0.84, 3)
    lost = seen(replace(daily, complete=0.42)).alarm - seen(daily).alarm
    assert lost == pytest.approx(np.log(2) / 2 / Outbreak().growth, abs=2)
