"""The outbreak model against closed forms, another integrator, simulation and properties that must always hold."""

from dataclasses import replace
from itertools import pairwise
from math import inf, isfinite

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.optimize import brentq
from scipy.stats import poisson

from digigov.models import outbreak as epidemic
from digigov.models import outbreak_alarm as alarm
from digigov.models import outbreak_case as model
from digigov.models.outbreak import Outbreak
from digigov.models.outbreak_alarm import Reporting
from digigov.models.outbreak_case import Case


def between(low: float, high: float) -> st.SearchStrategy[float]:
    """A hundred steps from `low` to `high`: as fine as any control, and quick to shrink."""
    return st.integers(0, 100).map(lambda step: low + (high - low) * step / 100)


OUTBREAKS = st.builds(
    Outbreak,
    people=st.sampled_from([5_000.0, 50_000.0, 1_000_000.0]),
    first=st.integers(1, 1000).map(float),
    spread=between(0.2, 6),
    latent_days=between(2, 20),
    infectious_days=between(2, 20),
    effect=st.sampled_from([0.0, 1.0]) | between(0, 1),
)
REPORTING = st.builds(
    Reporting,
    every=st.sampled_from([1, 7]),
    window=st.sampled_from([7, 14]),
    delay=st.integers(0, 28),
    complete=between(0.1, 1),
    threshold=between(0.5, 5),
)
CASES = st.builds(
    Case,
    digital_delay=st.integers(0, 21).map(float),
    digital_complete=between(0.1, 1),
    digital_threshold=between(0.5, 5),
    reaction_days=st.integers(0, 90).map(float),
    spread=between(0.5, 6),
    background=between(1, 200),
    window_days=st.integers(1, 28).map(float),
    fatigue=between(0, 10),
    effect=between(0, 1),
)
every_one = settings(max_examples=25, deadline=None)


# -- the outbreak


@pytest.mark.parametrize("spread", [1.1, 1.5, 2.5, 4, 12])
def test_with_nothing_done_the_final_size_solves_its_equation(spread: float) -> None:
    """Kermack & McKendrick: z = 1 - exp(-R z), when few are infected at first."""
    outbreak = Outbreak(people=1e9, first=1, spread=spread)
    share = brentq(lambda z: z - 1 + np.exp(-spread * z), 1e-6, 1)
    assert float(epidemic.final_infected(outbreak, inf)) / 1e9 == pytest.approx(share, rel=1e-5)


def test_the_final_size_has_its_known_values() -> None:
    """The solutions of z = 1 - exp(-R z): 58.3% at R = 1.5, 79.7% at 2, 94.0% at 3."""
    outbreaks = [Outbreak(people=1e9, first=1, spread=spread) for spread in (1.5, 2, 3)]
    shares = [float(epidemic.final_infected(outbreak, inf)) / 1e9 for outbreak in outbreaks]
    assert shares == pytest.approx([0.5828, 0.7968, 0.9405], abs=1e-4)


def test_steps_of_a_day_agree_with_scipys_integrator() -> None:
    outbreak = Outbreak()

    def slope(_: float, state: np.ndarray) -> list[float]:
        s, e, i = state
        new = outbreak.spread / outbreak.infectious_days * s * i / outbreak.people
        return [-new, new - e / outbreak.latent_days, e / outbreak.latent_days - i / outbreak.infectious_days]

    start = [outbreak.people - outbreak.first, outbreak.first, 0.0]
    days = np.arange(301.0)
    exact = solve_ivp(slope, (0, 300), start, method="DOP853", t_eval=days, rtol=1e-10, atol=1e-8).y
    path = epidemic.free_path(outbreak)
    ours = np.array([path.susceptible, path.exposed, path.infectious])[:, :301]
    assert ours == pytest.approx(exact, abs=1e-4 * outbreak.people / 10)


@every_one
@given(OUTBREAKS, st.integers(0, 200))
def test_nobody_is_lost_and_nobody_is_added(outbreak: Outbreak, start: int) -> None:
    path = epidemic.held_path(outbreak, float(start))
    states = np.array([path.susceptible, path.exposed, path.infectious])
    recovered = outbreak.people - states.sum(axis=0)
    assert states.min() >= -1e-6 and recovered.min() >= -1e-6
    assert np.diff(recovered).min() >= -1e-6 and np.diff(path.susceptible).max() <= 1e-6


@every_one
@given(OUTBREAKS, st.integers(0, 150))
def test_the_path_ends_where_the_closed_form_says(outbreak: Outbreak, start: int) -> None:
    path = epidemic.held_path(outbreak, float(start))
    if isfinite(path.over) and path.over > start:
        ending = outbreak.people - path.susceptible[-1]
        final = float(epidemic.final_infected(outbreak, start))
        # When it is called over, fewer than one is ill; these may still infect some where measures hardly hold.
        left = outbreak.spread * (1 - outbreak.effect) * path.susceptible[-1] / outbreak.people
        assert ending <= final + 1e-3 * outbreak.people
        if left < 0.9:
            assert final - ending <= 1 / (1 - left) + 1e-3 * outbreak.people


@every_one
@given(OUTBREAKS)
def test_measures_later_never_mean_fewer_infections(outbreak: Outbreak) -> None:
    by_start = epidemic.final_infected(outbreak, np.arange(0, epidemic.DAYS + 1))
    assert np.diff(by_start).min() >= -1e-6 * outbreak.people
    assert float(epidemic.final_infected(outbreak, inf)) >= by_start[-1] - 1e-6 * outbreak.people


@every_one
@given(OUTBREAKS, between(0, 1))
def test_stronger_measures_never_mean_more_infections(outbreak: Outbreak, effect: float) -> None:
    weaker, stronger = sorted([outbreak.effect, effect])
    after = [float(epidemic.final_infected(replace(outbreak, effect=value), 60)) for value in (weaker, stronger)]
    assert after[1] <= after[0] + 1e-6 * outbreak.people


@pytest.mark.parametrize("spread", [0, 0.5, 1])
def test_what_passes_to_one_person_or_fewer_does_not_grow(spread: float) -> None:
    path = epidemic.free_path(Outbreak(spread=spread))
    assert np.diff(path.exposed + path.infectious).max() <= 1e-9
    assert Outbreak(spread=spread).growth <= 0


def test_the_growth_rate_is_that_of_the_path() -> None:
    outbreak = Outbreak(people=1e9, first=1)
    infected = epidemic.free_path(outbreak).infectious
    assert np.log(infected[200] / infected[160]) / 40 == pytest.approx(outbreak.growth, rel=1e-3)
    assert (1 + outbreak.growth * 10) * (1 + outbreak.growth * 8) == pytest.approx(outbreak.spread)


def test_beds_are_the_people_who_fell_ill_within_the_stay() -> None:
    path = epidemic.free_path(Outbreak())
    new = np.diff(path.fallen_ill)
    most = max(new[max(day - 6, 0) : day].sum() for day in range(1, len(new) + 1))
    assert epidemic.peak_beds(path, 0.1, 6) == pytest.approx(0.1 * most)


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


# -- both ways


@every_one
@given(CASES)
def test_nothing_done_is_the_worst_and_costs_add_up(case: Case) -> None:
    both = model.compare(case)
    for side in (both.forms, both.entries):
        assert 0 <= side.infected <= both.nothing * (1 + 1e-9)
        assert side.cost == pytest.approx(sum(side.costs.values()))
        assert side.start >= side.watch.alarm + case.reaction_days - 0.5
        assert side.measure_days >= 0 and side.false_alarms >= 0 and side.beds >= 0
    assert 0 <= both.week_earlier <= 1 + 1e-9


@every_one
@given(CASES)
def test_with_the_same_reporting_both_sides_are_the_same_but_for_looking_daily(case: Case) -> None:
    alike = replace(
        case,
        form_delay=case.digital_delay,
        form_complete=case.digital_complete,
        form_threshold=case.digital_threshold,
        window_days=7,
    )
    both = model.compare(alike)
    # The alarm is never later when the same sums are also looked at in between.
    assert both.entries.watch.alarm <= both.forms.watch.alarm


@every_one
@given(CASES, st.integers(1, 30))
def test_acting_later_on_the_same_alarm_never_means_fewer_infections(case: Case, later: int) -> None:
    now, then = model.compare(case), model.compare(replace(case, reaction_days=case.reaction_days + later))
    assert then.forms.infected >= now.forms.infected - 1e-6 * case.people
    assert then.entries.infected >= now.entries.infected - 1e-6 * case.people


def test_the_curve_by_threshold_goes_through_the_setting() -> None:
    case = Case()
    both = model.compare(case)
    for side in (both.forms, both.entries):
        assert model.infected_by_threshold(case, side, np.array([3.0])) == [side.infected]


def test_a_threshold_can_be_too_low_and_too_high() -> None:
    case = Case()
    by_threshold = model.infected_by_threshold(case, model.compare(case).entries, np.arange(0.5, 5.1, 0.5))
    best = int(by_threshold.argmin())
    assert 0 < best < len(by_threshold) - 1
    untired = replace(case, fatigue=0)
    falls = model.infected_by_threshold(untired, model.compare(untired).entries, np.arange(0.5, 5.1, 0.5))
    assert all(low <= high for low, high in pairwise(falls))  # but for tired teams, lower is earlier


def test_half_of_the_entries_missing_cost_the_days_that_the_signal_must_grow() -> None:
    """The excess that stands out goes as 1/sqrt(p): half of p costs about ln(2)/2 of a growth time."""
    daily = Reporting(1, 7, 0, 0.84, 3)
    lost = seen(replace(daily, complete=0.42)).alarm - seen(daily).alarm
    assert lost == pytest.approx(np.log(2) / 2 / Outbreak().growth, abs=2)


# -- nonsense


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("people", 0),
        ("people", float("nan")),
        ("first", 60_000),
        ("spread", -1),
        ("latent_days", 0),
        ("infectious_days", 0),
        ("effect", 1.1),
        ("digital_complete", 1.01),
        ("seen_share", 2),
        ("hospital_share", -0.1),
        ("window_days", 0),
        ("window_days", 29),
        ("day_cost", inf),
        ("digital_delay", -1),
    ],
)
def test_nonsense_names_its_parameter(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"^{name}$"):
        Case(**{name: value})


def test_settings_without_any_outbreak_or_patient_still_have_an_answer() -> None:
    for odd in ({"spread": 0}, {"seen_share": 0}, {"background": 0}, {"first": 0}, {"digital_complete": 0}):
        both = model.compare(Case(**odd))
        assert isfinite(both.entries.cost) and isfinite(both.forms.cost)
