"""The outbreak model against closed forms, another integrator, simulation and properties that must always hold."""

from dataclasses import replace
from itertools import pairwise
from math import inf, isfinite

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from digigov.models import outbreak as epidemic
from digigov.models import outbreak_case as model
from digigov.models.outbreak import Outbreak
from digigov.models.outbreak_case import Case
from outbreaks import CASES, OUTBREAKS, between, every_one

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
