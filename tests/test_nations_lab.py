"""The nations lab: any country, any edition, any weights. What holds for every lab is in test_every_lab."""

from collections.abc import Callable
from time import perf_counter

import numpy as np
import pytest

from digigov.errors import CourseError
from digigov.labs.nations import EDITIONS, NationsLab
from digigov.labs.nations_result import GRID, extreme_weights
from digigov.labs.view import LabView
from digigov.language import LANGUAGES, number, say
from digigov.models import indices as model
from digigov.nations_data import GROUPS, groups_and_countries, nations, scored
from digigov.record import record
from talk import told

(INDIA,) = NationsLab.predictions
PRESETS = {preset.name: preset.values for preset in NationsLab.presets}

Language = Callable[[str], None]


@pytest.fixture
def view() -> LabView:
    return LabView(NationsLab())


def rows(view: LabView) -> dict[str, list[str]]:
    return {name: cells for name, *cells in view.frame["rows"]}


# -- what is shown


def test_it_opens_with_viet_nam_as_published(view: LabView) -> None:
    shown = rows(view)
    assert shown["Điểm EGDI"][:2] == ["0,7709", "0,7709"]
    assert shown["Hạng thế giới"] == ["71", "71", "trung bình 87,6"]
    assert shown["Thứ tự trong nhóm: Đông Nam Á"][0] == "5/11"
    assert shown["OSI, dịch vụ trực tuyến"][0] == "0,7081 (hạng 75)"
    assert shown["Số nước ở nhóm rất cao (trên 0,75)"][:2] == ["76", "76"]
    assert "hạng 71 trên 193 nước" in view.frame["sentence"] and "cả 193 nước" in view.frame["sentence"]


def test_the_picture_fits_only_where_the_weights_were_those_of_the_edition(view: LabView) -> None:
    missed = {
        EDITIONS[place]: view.frame["marks"][3][f"missed-label-{place}"]["text"] for place in range(len(EDITIONS))
    }
    assert {year: number for year, number in missed.items() if number != "0"} == {"2008": "179", "2010": "176"}
    told(view, "set", values={"osi": 0.34, "hci": 0.33, "tii": 0.33})
    labels = view.frame["marks"][3]
    assert labels["missed-label-4"]["text"] == "0" and int(labels["missed-label-3"]["text"]) == 2


def test_what_the_parts_add_adds_up_to_the_score(view: LabView) -> None:
    lab, data = view.lab, nations()
    for values in (
        {"osi": 2, "tii": 0.5},
        {"edition": "2003", "country": "IRQ"},
        {"edition": "2010", "compare": "g20"},
    ):
        result = lab.run({**lab.defaults(), **values})
        standing = data.standing(result.edition)
        for members, score in (
            ([result.country], result.scores[result.edition, result.country]),
            (np.flatnonzero(result.compared()), result.scores[result.edition][result.compared()].mean()),
        ):
            assert (standing[members].mean(axis=0) * result.weights).sum() == pytest.approx(float(score))


def test_only_proportions_of_the_weights_count(view: LabView) -> None:
    told(view, "set", values={"osi": 0.5, "hci": 0.25, "tii": 0.25})
    half = view.frame["rows"]
    told(view, "set", values={"osi": 2, "hci": 1, "tii": 1})
    assert view.frame["rows"] == half


def test_india_scores_more_in_online_services_and_stands_behind(view: LabView) -> None:
    told(view, "set", values=view.lab.defaults() | PRESETS["india"])
    assert rows(view)["OSI, dịch vụ trực tuyến"][0] == "0,8184 (hạng 44)"
    assert rows(view)["Hạng thế giới"] == ["97", "97", "71"]


@pytest.mark.parametrize(("name", "better"), [("best", True), ("loses", False)])
def test_the_kindest_and_the_harshest_weights_are_computed(view: LabView, name: str, better: bool) -> None:
    told(view, "preset", name=name)
    data = nations()
    edition, country = data.edition(2024), data.country("VNM")
    places = [model.ranks(model.score(data.parts[edition], weights))[country] for weights in GRID[::7]]
    reached = int(rows(view)["Hạng thế giới"][1])
    assert reached == (61 if better else 80)
    assert reached <= min(places) if better else reached >= max(places)
    assert (f"cao hơn {71 - reached} bậc" if better else f"thấp hơn {reached - 71} bậc") in view.frame["sentence"]


def test_extreme_weights_can_be_set_with_the_sliders() -> None:
    for edition in range(0, 12, 5):
        for country in (0, 60, 120, 190):
            for best in (True, False):
                weights = extreme_weights(edition, country, best)
                assert sum(weights.values()) == pytest.approx(1)
                assert all(round(100 * weight) == pytest.approx(100 * weight) for weight in weights.values())


# -- names


@pytest.mark.parametrize(
    ("asked", "found"),
    [("Đan Mạch", "DNK"), ("dan mach", "DNK"), ("Denmark", "DNK"), ("viet nam", "VNM"), ("ind", "IND")],
)
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_country_is_found_by_either_name(
    view: LabView, language: Language, asked: str, found: str, code: str
) -> None:
    language(code)
    told(view, "set", values={"country": asked})
    assert view.notice == "" and view.values["country"] == found


def test_a_group_is_found_by_its_name(view: LabView) -> None:
    told(view, "set", values={"compare": "liên minh châu âu"})
    assert view.values["compare"] == "eu" and "Thứ tự trong nhóm: Liên minh châu Âu" not in rows(view)


def test_all_countries_and_groups_can_be_chosen() -> None:
    assert len(scored()) == 193 and len(groups_and_countries()) == 193 + len(GROUPS)


@pytest.mark.parametrize(("code", "words"), [("vi", "Atlantis"), ("en", "Atlantis")])
def test_a_country_that_does_not_exist_is_told(view: LabView, language: Language, code: str, words: str) -> None:
    language(code)
    told(view, "set", values={"country": "Atlantis"})
    assert words in view.notice and view.notice.count(".") <= 1 and view.values["country"] == "VNM"


# -- what makes no sense


@pytest.mark.parametrize(("code", "words"), [("vi", "Cả ba trọng số đều bằng 0"), ("en", "All three weights are 0")])
def test_weights_that_sum_to_zero_are_told(view: LabView, language: Language, code: str, words: str) -> None:
    language(code)
    before = view.frame["rows"]
    told(view, "set", values={"osi": 0, "hci": 0, "tii": 0})
    assert view.notice.startswith(words) and view.frame["rows"] == before


@pytest.mark.parametrize(("code", "words"), [("vi", "Nam Sudan"), ("en", "South Sudan")])
@pytest.mark.parametrize("control", ["country", "compare"])
def test_a_country_before_it_was_a_state_is_told(
    view: LabView, language: Language, code: str, words: str, control: str
) -> None:
    language(code)
    told(view, "set", values={control: "SSD", "edition": "2008"})
    assert words in view.notice and "2008" in view.notice and "2012" in view.notice
    with pytest.raises(CourseError):
        view.lab.run({**view.lab.defaults(), control: "SSD", "edition": "2003"})


def test_a_zero_is_explained_and_stays(view: LabView) -> None:
    told(view, "set", values={"country": "IRQ", "edition": "2003"})
    assert "không phải là thiếu số liệu" in view.frame["sentence"]
    told(view, "set", values={"hci": 2, "osi": 0})
    assert rows(view)["Điểm EGDI"][:2] == ["0,0000", "0,0000"]
    told(view, "set", values={"country": "SMR", "edition": "2010"})
    assert "HCI cũng là 0" in view.frame["sentence"]


def test_an_edition_may_be_given_as_a_number() -> None:
    assert LabView(NationsLab(), {"edition": 2010}).values["edition"] == "2010"
    assert LabView(NationsLab(), {"edition": 2011}).notice


# -- every country, every edition


def test_every_country_in_every_edition_is_drawn_and_said() -> None:
    lab, data = NationsLab(), nations()
    for place, iso3 in enumerate(data.countries):
        for year in EDITIONS[place % 4 :: 4]:
            values = {**lab.defaults(), "country": iso3, "edition": year, "compare": [*GROUPS, "FRA"][place % 6]}
            if data.rank[data.edition(year), place]:
                result = lab.run(values)
                lab.draw(result, {"india_rank": 100})
                assert all(cell for measure in lab.measures(result) for cell in measure.cells)
                assert "{" not in lab.sentence(result)


# -- predictions, and where the numbers come from


def test_a_prediction_of_india_stands_in_the_strip(view: LabView) -> None:
    record().add(INDIA, 30, 0.0)
    mark = view.frame["marks"][4]["guess-india"]
    assert not mark["hidden"] and "97" in view.frame["verdicts"][0][1]
    told(view, "set", values={"edition": "2010"})
    assert view.frame["marks"][4]["guess-india"]["hidden"], "it was asked about 2024"


def test_the_rows_behind_the_picture_are_named(view: LabView) -> None:
    used = view.lab.used(view.lab.run(view.values))
    assert [one.key["iso3"] for one in used][:2] == ["VNM", "DNK"] and len(used) == 12
    assert "egdi.csv" in view.frame["used"] and "0,77092" in view.frame["used"]


def test_a_change_is_computed_and_drawn_within_a_frame() -> None:
    lab = NationsLab()
    times = []
    for place in range(12):
        start = perf_counter()
        lab.draw(lab.run({**lab.defaults(), "edition": EDITIONS[place]}), {})
        times.append(perf_counter() - start)
    assert min(times) < 0.016


def test_a_rank_that_only_rounding_moves_is_not_laid_to_the_weights(view: LabView) -> None:
    told(view, "set", values={"country": "ISL", "edition": "2022"})
    sentence = view.frame["sentence"]
    assert "hạng 5 trên 193" in sentence and "là 6" in sentence and "làm tròn" in sentence
    assert "thấp hơn 1 bậc" not in sentence
    told(view, "set", values={"osi": 0.5})
    assert "làm tròn" not in view.frame["sentence"]


def test_that_groups_are_those_of_today_is_said(view: LabView) -> None:
    assert "thành viên hiện nay" in say("nations.reading")


def test_rows_that_are_not_shown_are_named(view: LabView) -> None:
    words = view.lab.used_note(view.lab.run(view.values))
    first, last = (number(place) for place in (2125, 2317))
    assert first in words and last in words and "egdi.csv" in words and words in view.frame["used"]
