"""The denominators lab: fitted to what was published, and its words, bars and rows agree."""

from collections.abc import Callable
from typing import Any

import pytest

from digigov import tables
from digigov.errors import CourseError
from digigov.labs.denominators import YEARS, DenominatorsLab
from digigov.labs.denominators_picture import MIDDLES, SHARES, Result, published
from digigov.labs.view import LabView
from digigov.language import LANGUAGES, percent, say
from digigov.models.denominators import drawn_by
from talk import told

Language = Callable[[str], None]


@pytest.fixture
def lab() -> DenominatorsLab:
    return DenominatorsLab()


def ran(lab: DenominatorsLab, **values: Any) -> Result:
    return lab.run(lab.checked(values))


def fitted(lab: DenominatorsLab, name: str, **values: Any) -> Result:
    return lab.run(lab.preset(name, lab.checked(values)))


@pytest.mark.parametrize("name", YEARS)
@pytest.mark.parametrize("values", [{}, {"eligible": 0.6}, {"busiest": 0.8, "filers": 0.4}, {"helped": 0}])
def test_one_country_gives_all_published_figures_of_a_year(lab: DenominatorsLab, name: str, values: dict) -> None:
    result = fitted(lab, name, **values)
    for share, (table, key) in YEARS[name].items():
        value = tables.load(table).row(key)["value_pct"]
        assert 100 * getattr(result.egov, share) == pytest.approx(value, abs=0.06), share
        if not values:  # exact to the decimals shown
            digits = SHARES[share][0]
            assert percent(100 * getattr(result.egov, share), digits) == percent(value, digits), share


def test_a_year_that_cannot_be_fitted_is_told_and_changes_nothing(lab: DenominatorsLab, language: Language) -> None:
    for code in LANGUAGES:
        language(code)
        view = LabView(DenominatorsLab(), {"eligible": 0.2})
        before = view.frame["values"]
        frame = told(view, "preset", name="in_2022")
        assert frame["values"] == before and view.notice == say("denominators.no_fit")
    with pytest.raises(CourseError):
        lab.preset("in_2022", lab.checked({"helped": 1}))


def test_100_per_cent_of_eligible_services_leaves_most_applications_at_the_counter(lab: DenominatorsLab) -> None:
    result = ran(lab)
    assert result.egov.eligible_level4 == 1
    assert result.egov.files_online < 0.5 and result.egov.adults_portal < 0.05
    assert result.digital.eligible_level4 < 0.5 < result.digital.files_online  # behind on supply, ahead on use
    assert result.digital.hours > 2 * result.egov.hours


def test_least_used_first_looks_good_and_brings_nothing(lab: DenominatorsLab) -> None:
    easy, random = ran(lab, supply=0.85, easy_first=True), ran(lab, supply=0.85)
    assert easy.egov.eligible_level4 == random.egov.eligible_level4
    assert easy.egov.files_online < 0.1 * random.egov.files_online


def test_digital_government_loses_where_redesign_costs_too_much(lab: DenominatorsLab) -> None:
    result = ran(lab, redesign_cost=40)
    assert result.digital.hours < result.egov.hours and result.digital.files_online < result.egov.files_online
    assert "chính phủ số thua" in lab.sentence(result)
    assert "33,8" in lab.sentence(result)
    assert ran(lab, redesign_cost=33).digital.hours > ran(lab, redesign_cost=33).egov.hours


@pytest.mark.parametrize(
    ("values", "key"),
    [
        ({"sent": 0}, "always"),
        ({"sent": 1, "wholly": 1, "sent_redesigned": 0.5}, "never"),
        ({"supply": 0}, "same"),
    ],
)
def test_the_sentence_knows_the_ends(lab: DenominatorsLab, values: dict[str, Any], key: str) -> None:
    words = lab.sentence(ran(lab, **values))
    assert say(f"denominators.sentence.{key}").split("{")[0] in words
    assert "nan" not in words and "inf" not in words


def test_bars_end_at_the_shares_and_published_points_stand_at_their_values(lab: DenominatorsLab) -> None:
    result = fitted(lab, "in_2021")
    lab.draw(result, {})
    panel = lab.panels[0][1]
    for name, place in zip(SHARES, range(5, -1, -1), strict=True):
        for side, counted in (("egov", result.egov), ("digital", result.digital)):
            corners = panel._moving[f"{name}-{side}"].get_xy()
            assert corners[:, 0].max() == pytest.approx(max(100 * getattr(counted, name), 0.01))
            assert corners[:, 1].mean() == pytest.approx(place + MIDDLES[side], abs=0.1)
            assert (
                percent(100 * getattr(counted, name), SHARES[name][0])
                == panel._moving[f"{name}-{side}-label"].get_text()
            )
    drawn = {line.get_xdata()[0] for line in panel.axes.lines if line.get_marker() == "D" and len(line.get_xdata())}
    assert drawn == {value for name in SHARES for value, _ in published(name)}


def test_each_published_figure_can_be_followed_to_its_row(lab: DenominatorsLab) -> None:
    keys = {used.key["id"] for used in lab.used(ran(lab))}
    assert keys == {key for _, found in SHARES.values() for _, key in found} | {"all-2022-05"}
    assert len(keys) <= 12


def test_cells_hold_numerator_and_denominator(lab: DenominatorsLab) -> None:
    cells = {measure.name: measure.cells for measure in lab.measures(ran(lab))}
    assert cells[say("denominators.measure.all_level4")][0] == "80,0% (5.438 / 6.798)"
    assert cells[say("denominators.measure.files_online")] == (
        "44,4% (20,0 / 45,0 triệu)",
        "52,5% (23,6 / 45,0 triệu)",
        "30% (2021); 43,2% (2022)",
    )


@pytest.mark.parametrize(
    "values", [{"supply": 0}, {"files": 500, "minutes": 240}, {"busiest": 0.1, "redesign_cost": 1}, {"busiest": 0.98}]
)
def test_extremes_are_drawn(lab: DenominatorsLab, values: dict[str, Any]) -> None:
    result = ran(lab, **values)
    lab.draw(result, {"files_online": 0, "adults_portal": 100})
    assert all(panel.marks() for _, panel in lab.panels)
    assert lab.measures(result) and lab.sentence(result)


# -- what the fit is worth, and what an order is worth


@pytest.mark.parametrize("name", YEARS)
def test_a_fit_says_that_it_was_made_to_fit(lab: DenominatorsLab, name: str, language: Language) -> None:
    for code in LANGUAGES:
        language(code)
        year = name.removeprefix("in_")
        words = say("denominators.sentence.fitted", year=year)
        assert words in lab.sentence(fitted(lab, name))
        assert words in lab.sentence(fitted(lab, name, helped=0))
        assert words not in lab.sentence(ran(lab))


def test_the_four_figures_of_a_year_do_not_tell_the_hours() -> None:
    lab = DenominatorsLab()
    alone, typed_in = (fitted(lab, "in_2022", helped=share).egov.hours for share in (0, 0.6))
    assert alone == pytest.approx(11.2, abs=0.05) and typed_in == pytest.approx(4.5, abs=0.05)


def test_with_little_work_the_busiest_first_are_better_left_as_they_are(lab: DenominatorsLab) -> None:
    little, enough = ran(lab, supply=0.2, busy_first=True), ran(lab, supply=0.4, busy_first=True)
    assert little.egov.hours == pytest.approx(7.77, abs=0.01) and little.digital.hours == pytest.approx(5.85, abs=0.01)
    assert enough.egov.hours < enough.digital.hours
    assert ran(lab, busy_first=True).egov == ran(lab).egov  # all of them: no order is left
    assert "chính phủ số thua" in lab.sentence(little)
    lab.draw(little, {})
    hours = lab.panels[2][1]._moving["egov-hours"].get_ydata()
    assert hours[20] / hours[100] == pytest.approx(float(drawn_by(0.2, 0.82)))


def test_services_cannot_come_in_two_orders(language: Language) -> None:
    for code in LANGUAGES:
        language(code)
        view = LabView(DenominatorsLab(), {"easy_first": True})
        before = view.frame["rows"]
        told(view, "set", values={"busy_first": True})
        assert view.notice == say("denominators.two_orders") and view.frame["rows"] == before
