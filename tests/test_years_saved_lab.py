"""The years-saved lab and its model: the published sums, closed forms, and what is left of them."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digigov.errors import CourseError
from digigov.labs.years_saved import YearsSavedLab
from digigov.labs.years_saved_picture import Result
from digigov.language import number, say
from digigov.models import years_saved as model
from digigov.models.years_saved import Exchange

EXCHANGES = st.builds(
    Exchange,
    requests=st.floats(0, 3000),
    people=st.floats(0, 1),
    minutes=st.floats(0, 60),
    needed=st.floats(0, 1),
    idle=st.floats(0, 1),
    staff=st.floats(0, 1000),
)


@pytest.fixture
def lab() -> YearsSavedLab:
    return YearsSavedLab()


def ran(lab: YearsSavedLab, **values: Any) -> Result:
    return lab.run(lab.checked(values))


# -- the model


def test_the_default_exchange_is_the_published_one() -> None:
    hours = model.saved(Exchange())
    assert hours.told == hours.gained == hours.net == pytest.approx(9.75)
    assert [round(model.in_years(hours.told, name)) for name in ("calendar", "full_time", "working")] == [
        1113,
        4688,
        5540,
    ]


@given(EXCHANGES)
def test_hours_are_minutes_of_requests_less_what_is_lost(exchange: Exchange) -> None:
    hours = model.saved(exchange)
    assert hours.told == pytest.approx(exchange.requests * exchange.people * exchange.minutes / 60)
    assert hours.gained == pytest.approx(hours.told * exchange.needed * (1 - exchange.idle))
    assert hours.spent == pytest.approx(exchange.staff * 1760 / 1e6)
    assert hours.net <= hours.gained <= hours.told + 1e-12
    assert model.net_by_minutes(exchange, exchange.minutes) == pytest.approx(hours.net, abs=1e-9)


@given(EXCHANGES)
def test_at_the_break_even_nothing_is_left(exchange: Exchange) -> None:
    even = model.break_even_minutes(exchange)
    if np.isfinite(even) and even < 1e9:
        assert model.saved(replace(exchange, minutes=even)).net == pytest.approx(0, abs=1e-9)
    if not exchange.staff:
        assert even == 0


def test_an_exchange_that_saves_nothing_never_breaks_even() -> None:
    assert model.break_even_minutes(Exchange(people=0, staff=10)) == np.inf


@pytest.mark.parametrize("name", ["requests", "people", "minutes", "needed", "idle", "staff"])
def test_a_setting_without_meaning_is_named(name: str) -> None:
    for value in (-1, float("nan"), *([1.5] if name in ("people", "needed", "idle") else [])):
        with pytest.raises(ValueError, match=f"^{name}$"):
            Exchange(**{name: value})


# -- the lab


def test_the_other_page_gives_820_years(lab: YearsSavedLab) -> None:
    values = lab.preset("page_820", lab.defaults())
    assert values["requests"] == 574.7 and values["people"] == 0.05
    assert round(model.in_years(lab.run(values).saved.told, "calendar")) == 820
    half = lab.preset("page_820", {**lab.defaults(), "minutes": 7.5})
    assert half["requests"] == pytest.approx(2 * 574.656, abs=0.1)
    for minutes in (0, 1):
        with pytest.raises(CourseError, match="Mỗi lượt tiết kiệm"):
            lab.preset("page_820", {**lab.defaults(), "minutes": minutes})


def test_the_feedback_of_the_prediction_prints_the_years_as_the_lab_does(lab: YearsSavedLab) -> None:
    found = lab.outcomes(ran(lab))["working_years"]
    assert found == 5540
    assert number(found) == "5.540" and lab.measures(ran(lab))[2].cells[1].startswith("5.540 ")


def test_three_minutes_by_working_years_look_like_fifteen_by_calendar_years(lab: YearsSavedLab) -> None:
    few = ran(lab, minutes=3, divisor="working")
    assert round(few.years(few.saved.told)) == 1108


def test_digital_government_loses_when_running_it_takes_more(lab: YearsSavedLab) -> None:
    (values,) = (preset.values for preset in lab.presets if preset.name == "loses")
    result = ran(lab, **values)
    assert result.saved.net < 0
    assert "Chính phủ số thua 78 năm: công vận hành lớn hơn phần tiết kiệm được" in lab.sentence(result)
    assert model.break_even_minutes(result.exchange) == pytest.approx(4.06, abs=0.01)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, "giả định của bên công bố"),
        ({"needed": 0.5}, "còn 557 năm, tức 50%"),
        ({"minutes": 0, "staff": 100}, "thua"),
        ({"people": 0}, "giả định của bên công bố"),
    ],
)
def test_the_sentence_says_what_is_left(lab: YearsSavedLab, values: dict[str, Any], words: str) -> None:
    assert words in lab.sentence(ran(lab, **values))


def test_what_can_never_break_even_is_said(lab: YearsSavedLab) -> None:
    assert lab.measures(ran(lab, people=0, staff=10))[-1].cells == (say("years_saved.nothing"),) * 2


def test_bars_and_published_points_stand_on_one_scale(lab: YearsSavedLab) -> None:
    result = ran(lab)
    lab.draw(result, {"working_years": 4000})
    panel = lab.panels[0][1]
    ends = {name: panel._moving[f"bar-{name}"].get_xy()[:, 0].max() for name in model.DIVISORS}
    (published,) = panel._moving["xroad-years-2019"].get_xdata()
    assert published / ends["calendar"] == pytest.approx(1100 / 1113.0137, rel=1e-6)
    assert ends["working"] / ends["calendar"] == pytest.approx(8760 / 1760)
    (guess,) = panel._moving["guess"].get_xdata()
    assert guess / ends["working"] == pytest.approx(4000 / 5539.7727, rel=1e-6)
    chosen = [name for name in model.DIVISORS if "▶" in panel._moving[f"bar-{name}-label"].get_text()]
    assert chosen == ["calendar"]


@pytest.mark.parametrize(
    "values", [{"people": 0}, {"requests": 3000, "people": 0.5, "minutes": 30}, {"staff": 1000, "minutes": 0}]
)
def test_extremes_are_drawn(lab: YearsSavedLab, values: dict[str, Any]) -> None:
    for divisor in model.DIVISORS:
        result = ran(lab, **values, divisor=divisor)
        lab.draw(result, {})
        assert all(panel.marks() for _, panel in lab.panels)
        assert "nan" not in lab.sentence(result)


def test_each_published_figure_can_be_followed_to_its_row(lab: YearsSavedLab) -> None:
    assert {used.key["id"] for used in lab.used(ran(lab))} >= {
        "xroad-years-2018",
        "xroad-years-2019",
        "xroad-minutes-2019",
    }
