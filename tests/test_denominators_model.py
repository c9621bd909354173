"""One country's percentages against closed forms, and properties that hold for every country."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import exp1

from digigov.models import denominators as model
from digigov.models.denominators import Country, by_digital, by_egov


def share(low: float = 0, high: float = 1) -> st.SearchStrategy[float]:
    return st.integers(0, 1000).map(lambda step: low + (high - low) * step / 1000)


COUNTRIES = st.builds(
    lambda order, **values: Country(easy_first=order == "easy", busy_first=order == "busy", **values),
    order=st.sampled_from(["none", "easy", "busy"]),
    services=st.integers(20, 9000),
    eligible=share(0.05),
    supply=share(),
    wholly=share(),
    sent=share(),
    busiest=st.just(0.1) | share(0.1, 0.98),
    files=share(0.01, 500),
    adults=share(1, 100),
    filers=share(0.05),
    own=share(),
    helped=share(),
    minutes=share(0, 240),
    partial=share(),
    redesign_cost=share(1, 100),
    sent_redesigned=share(),
)
every_country = settings(max_examples=80)


# -- how applications spread


@pytest.mark.parametrize("busiest", [0.1, 0.3, 0.5, 0.82, 0.98])
def test_the_busiest_tenth_draws_what_was_asked_for(busiest: float) -> None:
    assert float(model.drawn_by(0.1, busiest)) == pytest.approx(busiest, abs=1e-9)
    assert model.drawn_by([0, 1], busiest) == pytest.approx([0, 1])


@pytest.mark.parametrize("busiest", [0.2, 0.82, 0.95])
def test_each_service_draws_the_same_fraction_of_what_the_one_before_draws(busiest: float) -> None:
    drawn = np.diff(model.drawn_by(np.linspace(0, 1, 51), busiest))[:25]  # further on rounding shows
    assert drawn[1:] / drawn[:-1] == pytest.approx(np.exp(-model.steepness(busiest) / 50))


def test_services_that_draw_alike_draw_in_proportion() -> None:
    assert model.steepness(0.1) == 0
    assert model.drawn_by([0.2, 0.7], 0.1) == pytest.approx([0.2, 0.7])
    assert model.drawn_by([0.2, 0.7], 0.1000001) == pytest.approx([0.2, 0.7], abs=1e-5)


# -- services with at least one application


def test_alike_services_have_one_application_with_the_probability_of_the_exponential() -> None:
    country = Country(services=1000, busiest=0.1, files=0.001, sent=0.7)  # one application a service on average
    assert model.with_file(country, 0, 1, 0.7) == pytest.approx(1 - np.exp(-0.7))


@pytest.mark.parametrize(("busiest", "files"), [(0.5, 2), (0.82, 45), (0.9, 10)])
def test_uneven_services_against_the_exponential_integral(busiest: float, files: float) -> None:
    # The mean of 1 - exp(-c exp(-k x)) over x is (Ein(c) - Ein(c exp(-k))) / k, with Ein(z) = E1(z) + ln z + gamma.
    country = Country(services=9000, busiest=busiest, files=files)
    k = model.steepness(busiest)
    busy = files * 1e6 * 0.5 / 9000 * k / -np.expm1(-k)

    def whole(z: float) -> float:
        return float(exp1(z)) + np.log(z) + np.euler_gamma

    expected = (whole(busy) - whole(busy * np.exp(-k))) / k
    assert model.with_file(country, 0, 1, 0.5) == pytest.approx(expected, abs=2e-4)


def test_the_exponential_agrees_with_applications_that_pick_their_service_one_by_one() -> None:
    country = Country(services=50, busiest=0.6, files=400 / 1e6)
    drawn = np.diff(model.drawn_by(np.linspace(0, 1, 51), 0.6))
    one_by_one = np.mean(1 - (1 - 0.5 * drawn) ** 400)  # mean of 1 - (1 - p)^n
    assert model.with_file(country, 0, 1, 0.5) == pytest.approx(one_by_one, abs=0.003)
    random = np.random.default_rng(12)
    counts = random.multinomial(400, drawn, size=2000)
    seen = (random.binomial(counts, 0.5) > 0).mean()
    assert model.with_file(country, 0, 1, 0.5) == pytest.approx(seen, abs=0.01)


# -- the shares


def test_in_no_order_applications_online_are_a_plain_product_however_they_spread() -> None:
    for busiest in (0.1, 0.5, 0.95):
        country = Country(eligible=0.8, supply=0.973, sent=0.555, busiest=busiest)
        assert by_egov(country).files_online == pytest.approx(0.8 * 0.973 * 0.555)


def test_adults_on_the_portal_as_people_who_draw_applications_at_random() -> None:
    country = Country(files=10, adults=40, filers=0.5, own=0.5, helped=0.2)
    # 10 m x 0.3 online x 0.8 by themselves x 0.5 through the portal = 1.2 m for 20 m filers
    assert model.adults_on_portal(country, 0.3) == pytest.approx(0.5 * (1 - np.exp(-1.2 / 20)))


def test_hours_at_level_4_and_by_redesign() -> None:
    country = Country(eligible=1, supply=1, wholly=0.25, sent=0.5, files=10, minutes=30, partial=0.2, helped=0.1)
    assert by_egov(country).hours == pytest.approx(10 * 0.5 * 0.9 * 0.5 * (0.25 + 0.75 * 0.2))
    same = replace(country, redesign_cost=1, sent_redesigned=0.5)
    assert by_digital(same).hours == pytest.approx(10 * 0.5 * 0.9 * 0.5)


def test_redesign_at_the_price_of_level_4_reaches_the_same_services() -> None:
    country = Country(redesign_cost=1, sent_redesigned=0.555, wholly=1)
    one, other = by_egov(country), by_digital(country)
    for name in (
        "eligible_level4",
        "all_level4",
        "eligible_wholly",
        "with_file",
        "files_online",
        "adults_portal",
        "hours",
    ):
        assert getattr(one, name) == pytest.approx(getattr(other, name)), name


@every_country
@given(COUNTRIES)
def test_shares_are_shares_and_those_inside_others_are_smaller(country: Country) -> None:
    for counted in (by_egov(country), by_digital(country)):
        for name in ("eligible_level4", "all_level4", "eligible_wholly", "with_file", "files_online", "adults_portal"):
            assert -1e-12 <= getattr(counted, name) <= 1 + 1e-12, name
        assert counted.all_level4 <= counted.eligible_level4 + 1e-12
        assert counted.eligible_wholly <= counted.eligible_level4 + 1e-12
        assert counted.files_online <= country.eligible + 1e-12
        assert counted.adults_portal <= country.filers + 1e-12
        assert counted.hours >= 0 and counted.services <= country.services * country.eligible + 1e-9


@every_country
@given(COUNTRIES, st.sampled_from(["supply", "sent"]), share())
def test_more_on_offer_or_more_sent_never_lowers_use_or_hours(country: Country, name: str, step: float) -> None:
    more = replace(country, **{name: getattr(country, name) + step * (1 - getattr(country, name))})
    before, after = by_egov(country), by_egov(more)
    for measure in ("files_online", "adults_portal", "hours", "all_level4"):
        assert getattr(after, measure) >= getattr(before, measure) - 1e-9, measure


@every_country
@given(COUNTRIES, share(0.1, 0.98))
def test_the_more_applications_crowd_the_more_services_have_none(country: Country, busiest: float) -> None:
    low, high = sorted((country.busiest, busiest))
    even, crowded = (
        by_egov(replace(country, busiest=value, easy_first=False, busy_first=False)) for value in (low, high)
    )
    assert crowded.with_file <= even.with_file + 1e-9


@every_country
@given(COUNTRIES)
def test_least_used_first_never_brings_more_use_at_the_same_supply(country: Country) -> None:
    random, easy = (by_egov(replace(country, easy_first=first, busy_first=False)) for first in (False, True))
    assert easy.files_online <= random.files_online + 1e-9
    assert (easy.eligible_level4, easy.all_level4) == (random.eligible_level4, random.all_level4)


@every_country
@given(COUNTRIES, share())
def test_typing_in_at_the_counter_leaves_the_share_online_and_takes_the_hours(country: Country, helped: float) -> None:
    low, high = sorted((country.helped, helped))
    less, more = (by_egov(replace(country, helped=value)) for value in (low, high))
    assert less.files_online == more.files_online and more.hours <= less.hours + 1e-12


@every_country
@given(COUNTRIES)
def test_the_curves_pass_through_the_country(country: Country) -> None:
    egov, digital = model.hours_by_supply(country, np.array([country.supply]))
    assert egov == pytest.approx(by_egov(country).hours, abs=1e-9)
    assert digital == pytest.approx(by_digital(country).hours, abs=1e-9)


@every_country
@given(COUNTRIES)
def test_at_the_break_even_both_save_the_same_and_beyond_it_redesign_saves_less(country: Country) -> None:
    even = model.break_even_cost(country)
    if not 1 <= even <= 1e6:
        return
    at, beyond = (by_digital(replace(country, redesign_cost=even * times)) for times in (1, 1.5))
    assert at.hours == pytest.approx(by_egov(country).hours, rel=1e-6, abs=1e-9)
    assert beyond.hours <= at.hours + 1e-9


def test_break_even_at_the_ends() -> None:
    assert model.break_even_cost(Country(supply=0)) == 0
    assert model.break_even_cost(Country(sent=0)) == np.inf
    assert model.break_even_cost(Country(sent=1, wholly=1, sent_redesigned=0.5)) == 0
    assert model.break_even_cost(Country(busiest=0.1, wholly=1, sent=0.4, sent_redesigned=0.8)) == pytest.approx(2)


# -- fitting


@every_country
@given(COUNTRIES, share(0.01, 0.6))
def test_what_is_fitted_comes_out(country: Country, wanted: float) -> None:
    sent = model.sent_for(country, wanted)
    fitted = by_egov(replace(country, sent=sent))
    assert sent == 1 or fitted.files_online == pytest.approx(wanted)
    own = model.own_for(country, wanted / 10)
    assert own == 1 or by_egov(replace(country, own=own)).adults_portal == pytest.approx(wanted / 10)


@pytest.mark.parametrize("wanted", [0.3, 0.678, 0.95])
def test_applications_are_fitted_to_the_services_that_have_one(wanted: float) -> None:
    country = Country(supply=0.973)
    files = model.files_for(country, wanted)
    assert by_egov(replace(country, files=files)).with_file == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("services", 0.5),
        ("eligible", 0),
        ("supply", 1.01),
        ("wholly", -0.1),
        ("busiest", 0.05),
        ("busiest", 1),
        ("files", 0),
        ("adults", float("inf")),
        ("filers", 0),
        ("redesign_cost", 0.5),
        ("minutes", float("nan")),
    ],
)
def test_a_setting_without_meaning_is_named(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"^{name}$"):
        Country(**{name: value})
