"""The inspection model against known coefficients, scikit-learn, counting, and properties that hold for every case."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from digigov.models import inspection as model
from digigov.models import inspection_score as score
from digigov.models.inspection import KNOWN, REMOTE, Case

LOSES = Case(blank_is_clean=True, past_lean=0.9, signal=0.1, remote_risk=2)
BLAMES = Case(blank_is_clean=True, past_lean=0.9)


def between(low: float, high: float) -> st.SearchStrategy[float]:
    return st.integers(0, 20).map(lambda step: low + (high - low) * step / 20)


CASES = st.builds(
    Case,
    inspections=st.integers(1, 1500),
    signal=between(0, 1),
    past_lean=between(0, 1),
    blank_is_clean=st.booleans(),
    base_rate=between(0.02, 0.45),
    remote_share=between(0.1, 0.9),
    remote_risk=between(0.4, 2),
    remote_complaints=between(0.1, 1),
    hidden=between(0, 1),
    memory=st.integers(1, 8),
    years=st.integers(1, 4),
    seed=st.integers(1, 99),
)
every_case = settings(max_examples=25)


def everyone(case: Case) -> list[model.Outcome]:
    return [model.by_rotation(case), model.by_complaints(case), model.by_score(case)]


# -- the score


def test_large_counts_give_back_the_coefficients_that_made_them() -> None:
    random = np.random.default_rng(3)
    true = random.normal(0, 0.7, (4, score.DESIGN.shape[1]))
    visits = np.full((4, score.CELLS), 200_000)
    found = random.binomial(visits, score.probability(true))
    assert score.fit(visits, found) == pytest.approx(true, abs=0.01)


@pytest.mark.parametrize("strength", [0.1, 1.0, 10.0])
def test_scores_are_those_of_scikit_learn(strength: float) -> None:
    """One row a visit there, counts by class here; the same penalty, the intercept free in both."""
    random = np.random.default_rng(5)
    classes = random.integers(0, score.CELLS, 3000)
    rows = score.DESIGN[classes, 1:]
    found = random.random(3000) < 1 / (1 + np.exp(1 - rows @ random.normal(0, 1, rows.shape[1])))
    theirs = LogisticRegression(C=strength, solver="newton-cholesky", tol=1e-10).fit(rows, found)
    ours = score.fit(
        np.bincount(classes, minlength=score.CELLS)[np.newaxis],
        np.bincount(classes, weights=found, minlength=score.CELLS)[np.newaxis],
        strength=strength,
    )
    assert ours[0] == pytest.approx([*theirs.intercept_, *theirs.coef_[0]], abs=1e-6)


def test_where_it_begins_does_not_matter_and_separated_classes_are_no_trouble() -> None:
    visits = np.zeros((2, score.CELLS))
    visits[:, :40] = 50
    found = np.where(np.arange(score.CELLS) % 3 == 2, visits, 0)  # a record tells everything
    far = np.full((2, score.DESIGN.shape[1]), 8.0)
    assert score.fit(visits, found, far) == pytest.approx(score.fit(visits, found), abs=1e-6)
    nothing = score.fit(visits, np.zeros_like(visits))
    assert score.probability(nothing).max() < 1e-3


def test_a_score_expects_as_many_violations_as_were_found() -> None:
    """The intercept is free, so the sum of expected violations over the visits is the sum of those found."""
    random = np.random.default_rng(8)
    visits = random.integers(0, 30, (3, score.CELLS))
    found = random.binomial(visits, 0.3)
    expected = (visits * score.probability(score.fit(visits, found))).sum(axis=1)
    assert expected == pytest.approx(found.sum(axis=1))


def test_nothing_is_learned_where_nobody_went() -> None:
    with pytest.raises(ValueError, match="visits"):
        score.fit(np.zeros((1, score.CELLS)), np.zeros((1, score.CELLS)))


def test_classes_with_one_score_share_a_place_and_a_worse_one_stands_higher() -> None:
    coefficients = np.zeros((2, score.DESIGN.shape[1]))
    coefficients[1, 1] = 1  # the area alone counts
    places = score.ranks(coefficients)
    assert set(places[0]) == {0} and set(places[1]) == {0, 1}
    assert np.all(places[1] == score.DESIGN[:, 1])


def test_one_more_violation_on_record_is_the_next_class() -> None:
    number = score.cell(1, 2, 0, 1, 0)
    assert score.cell(1, 2, 0, 1, 1) == number + 1
    every = np.unravel_index(np.arange(score.CELLS), (score.AREAS, *[score.LEVELS] * 4))
    assert np.array_equal(score.cell(*every), np.arange(score.CELLS))


# -- the province


@every_case
@given(CASES)
def test_areas_violate_at_the_rates_that_the_case_names(case: Case) -> None:
    place = model.province(case)
    assert place.risk.mean() == pytest.approx(case.base_rate, abs=1e-3)
    for area in (KNOWN, REMOTE):
        assert place.risk[place.area == area].mean() == pytest.approx(case.rates[area], abs=1e-6)
    assert (place.area == REMOTE).mean() == pytest.approx(case.remote_share, abs=1e-3)


def test_where_less_is_complained_of_there_are_fewer_complaints() -> None:
    place = model.province(Case(remote_complaints=0.25))
    assert place.complaints[place.area == REMOTE].mean() < 0.5 * place.complaints[place.area == KNOWN].mean()


# -- ways of choosing


@every_case
@given(CASES)
def test_every_visit_is_made_once_and_finds_a_violation_or_none(case: Case) -> None:
    """Violations found and visits without one add up to the number of visits, for every way and random share."""
    place = model.province(case)
    without = np.array([(1 - place.risk)[place.area == area].sum() for area in (KNOWN, REMOTE)])
    for outcome in everyone(case):
        visits = case.inspections * outcome.found.mean(axis=0) + outcome.innocent @ without
        assert visits == pytest.approx(case.inspections)


@every_case
@given(CASES)
def test_nobody_finds_more_than_who_knows_every_risk(case: Case) -> None:
    for outcome in everyone(case):
        assert outcome.found.max() <= model.upper_bound(case) + 1e-12
        assert outcome.found.min() >= 0 and outcome.innocent.min() >= 0 and outcome.innocent.max() <= 1 + 1e-12


@pytest.mark.parametrize("seed", range(1, 6))
def test_drawn_visits_find_the_base_rate_within_its_interval(seed: int) -> None:
    case = Case(seed=seed)
    visits = model.HISTORIES * case.years * case.inspections
    interval = 4 * model.province(case).risk.std() / np.sqrt(visits)
    assert model.by_rotation(case).found.mean() == pytest.approx(0.2, abs=interval)
    assert model.by_score(case).found[:, -1].mean() == pytest.approx(0.2, abs=interval)


def test_in_turn_means_nobody_twice_before_everybody_once() -> None:
    case = Case(inspections=500, years=8)
    outcome = model.by_rotation(case)
    assert outcome.found.mean() == pytest.approx(model.province(case).risk.mean())
    assert outcome.innocent == pytest.approx([1 / 8, 1 / 8])


@pytest.mark.parametrize("blank_is_clean", [False, True])
def test_a_score_without_signal_gives_no_lift(blank_is_clean: bool) -> None:
    case = Case(signal=0, blank_is_clean=blank_is_clean)
    assert model.by_score(case).found == pytest.approx(np.full((8, len(model.RANDOM_SHARES)), 0.2))
    assert model.by_complaints(case).found == pytest.approx(np.full(8, 0.2))
    assert np.isnan(model.best_share(case))


def test_with_everything_in_the_files_and_much_to_learn_from_the_score_reaches_the_bound() -> None:
    case = Case(signal=1, hidden=0, past_lean=0, memory=8, inspections=1000)
    assert model.by_score(case).found[-1, 0] > 0.98 * model.upper_bound(case)
    assert model.by_score(replace(case, hidden=0.6)).found[-1, 0] < 0.85 * model.upper_bound(case)


@pytest.mark.parametrize("case", [Case(), BLAMES, LOSES])
def test_one_random_share_alone_is_the_same_as_among_others(case: Case) -> None:
    together = model.by_score(case)
    for column in (0, 3):
        alone = model.by_score(case, (model.RANDOM_SHARES[column],))
        assert alone.found[:, 0] == pytest.approx(together.found[:, column])
        assert alone.innocent[0] == pytest.approx(together.innocent[column])
        assert alone.belief[0] == pytest.approx(together.belief[column])


def test_the_same_case_has_the_same_outcome_again() -> None:
    before = model.by_score(Case())
    model.by_score.cache_clear()
    assert np.array_equal(model.by_score(Case()).found, before.found)


# -- what is learned where one looks


@pytest.mark.parametrize("blank_is_clean", [False, True])
def test_a_past_that_leans_more_never_makes_the_neglected_area_better_known(blank_is_clean: bool) -> None:
    """Over five seeds, no lot: the error about the neglected area with a leaning past is not below that without."""

    def error(lean: float) -> float:
        cases = [
            Case(past_lean=lean, blank_is_clean=blank_is_clean, memory=8, years=2, seed=seed) for seed in range(1, 6)
        ]
        return float(np.mean([abs(model.by_score(case).belief[0, REMOTE] - 0.2) for case in cases]))

    even, leaning = error(0), error(1)
    assert leaning >= even
    if blank_is_clean:
        assert leaning > 0.19  # of 0.2: the score expects next to nothing there


@pytest.mark.parametrize("seed", range(1, 6))
def test_taking_a_blank_for_clean_keeps_inspectors_where_they_were(seed: int) -> None:
    """Both areas violate alike; the past went to one of them."""
    wrong, right = (model.by_score(replace(BLAMES, blank_is_clean=blank, seed=seed)) for blank in (True, False))
    assert wrong.innocent[0, KNOWN] > 10 * wrong.innocent[0, REMOTE]
    assert wrong.belief[0, REMOTE] < 0.02
    assert 0.5 < right.innocent[0, KNOWN] / right.innocent[0, REMOTE] < 2
    lots = wrong.innocent[:, REMOTE]
    assert np.all(np.diff(lots) > 0)  # each larger random share reaches more of them


@pytest.mark.parametrize("seed", range(1, 6))
def test_a_little_lot_finds_more_when_memory_is_short_and_only_costs_when_it_is_long(seed: int) -> None:
    short, long = Case(seed=seed), Case(seed=seed, memory=8)
    assert 0 < model.best_share(short) <= 0.1
    assert model.best_share(long) == 0


@pytest.mark.parametrize("seed", range(1, 6))
def test_the_losing_case_finds_fewer_than_everybody_in_turn_and_the_lot_mends_it(seed: int) -> None:
    case = replace(LOSES, seed=seed)
    found, plan = model.by_score(case).found.mean(axis=0), model.by_rotation(case).found.mean()
    assert found[0] < plan - 0.01
    assert model.best_share(case) >= 0.2
    assert found.max() > plan


def test_the_default_score_beats_both_ways_of_today() -> None:
    rotation, complaints, learned = (outcome.found.mean(axis=0) for outcome in everyone(Case()))
    assert learned[2] > complaints + 0.1 > rotation + 0.2


# -- nonsense


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("inspections", 0),
        ("inspections", 4001),
        ("signal", 1.1),
        ("past_lean", -0.1),
        ("base_rate", 0),
        ("base_rate", 1),
        ("remote_share", 0),
        ("remote_share", 1),
        ("remote_risk", 0),
        ("remote_complaints", float("nan")),
        ("hidden", 2),
        ("memory", 0),
        ("years", 0),
        ("seed", float("inf")),
    ],
)
def test_values_without_meaning_are_named(name: str, value: Any) -> None:
    with pytest.raises(ValueError, match=name):
        Case(**{name: value})


def test_an_area_where_more_than_everybody_violates_is_no_case() -> None:
    with pytest.raises(ValueError, match="remote_risk"):
        Case(base_rate=0.4, remote_share=0.2, remote_risk=10)


def test_a_random_share_is_a_share() -> None:
    with pytest.raises(ValueError, match="random_share"):
        model.by_score(Case(), (1.2,))
