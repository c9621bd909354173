"""The climb lab: points and places. What holds for every lab is in test_every_lab."""

from collections.abc import Callable
from time import perf_counter

import numpy as np
import pytest

from digigov.labs.climb import ClimbLab, leading
from digigov.labs.climb_picture import FULL, GAP, PLACE_LIMITS, POINT_LIMITS, _spread, signed
from digigov.labs.climb_result import fell_though_it_rose
from digigov.labs.nations import EDITIONS
from digigov.labs.view import LabView
from digigov.nations_data import nations
from digigov.record import record
from talk import told

SHARE, HELD = ClimbLab.predictions

Language = Callable[[str], None]


@pytest.fixture
def view() -> LabView:
    return LabView(ClimbLab())


def column(view: LabView, at: int) -> list[str]:
    return [row[at] for row in view.frame["rows"]]


# -- 86 to 71


def test_points_and_places_of_the_climb(view: LabView) -> None:
    assert column(view, 2) == ["+0,0199 (21,6%)", "+0,0121 (13,1%)", "+0,0602 (65,3%)", "+0,0922"]
    assert column(view, 3) == [
        "hạng 71, không đổi (điểm 0,7042)",
        "hạng 77, kém 6 bậc (điểm 0,6149)",
        "hạng 71, không đổi (điểm 0,8652)",
        "hạng 79, kém 8 bậc (điểm 0,7281)",
    ]
    assert column(view, 4) == ["+0,020", "−0,051", "+0,114", "+0,028"]
    sentence = view.frame["sentence"]
    assert "từ 86 lên 71" in sentence
    assert "nhiều nhất nhờ TII, còn hạng dựa nhiều nhất vào HCI" in sentence


def test_the_answer_hangs_on_what_staying_means(view: LabView) -> None:
    told(view, "set", values={"held": "score"})
    assert [cell.split(",")[0] for cell in column(view, 3)] == ["hạng 75", "hạng 74", "hạng 83", "hạng 91"]
    assert "cùng chỉ ra một phần: TII" in view.frame["sentence"]


@pytest.mark.parametrize(
    ("preset", "osi"), [({"start": "2018"}, "(−5,2%)"), ({"start": "2018", "end": "2020"}, "(−37,7%)")]
)
def test_online_services_can_take_points_away(view: LabView, preset: dict[str, str], osi: str) -> None:
    told(view, "set", values=preset)
    assert osi in column(view, 2)[0] and "kéo điểm xuống" in view.frame["sentence"]


def test_a_score_can_rise_and_the_rank_fall(view: LabView) -> None:
    told(view, "preset", name="fell")
    data = nations()
    start, end, country = data.edition(2022), data.edition(2024), data.country(view.values["country"])
    lost = data.rank[end] - data.rank[start]
    assert view.values["country"] == "ROU" and lost[country] == lost[data.egdi[end] > data.egdi[start]].max() == 15
    assert "Điểm tăng mà hạng tụt" in view.frame["sentence"]
    assert "triệt tiêu nhau" in view.frame["sentence"] and "%" not in "".join(column(view, 2))


def test_what_parts_give_adds_up_to_the_change_of_the_published_score() -> None:
    lab, data = ClimbLab(), nations()
    for iso3 in data.countries[::9]:
        for start, end in (("2012", "2014"), ("2010", "2012"), ("2018", "2024")):
            values = {**lab.defaults(), "country": iso3, "start": start, "end": end}
            country = data.country(iso3)
            if not all(data.egdi[data.edition(year), country] for year in (start, end)):
                continue
            published = data.egdi[data.edition(end), country] - data.egdi[data.edition(start), country]
            assert lab.run(values).change == pytest.approx(published, abs=2e-4)


# -- what makes no sense


def test_editions_the_other_way_round_are_put_in_order_and_it_is_said(view: LabView) -> None:
    right = told(view, "set", values={"start": "2018", "end": "2022"})
    turned = told(view, "set", values={"start": "2022", "end": "2018"})
    assert turned["marks"] == right["marks"] and turned["rows"] == right["rows"]
    assert turned["sentence"].startswith("Hai kỳ đã được xếp lại") and turned["sentence"].endswith(right["sentence"])


@pytest.mark.parametrize(("code", "words"), [("vi", "hai kỳ khác nhau"), ("en", "two different ones")])
def test_one_edition_twice_is_told(view: LabView, language: Language, code: str, words: str) -> None:
    language(code)
    before = view.frame["rows"]
    told(view, "set", values={"start": 2024})
    assert words in view.notice and view.frame["rows"] == before


@pytest.mark.parametrize(("code", "words"), [("vi", "chưa được chấm điểm"), ("en", "was not scored")])
def test_a_country_that_was_not_scored_is_told(view: LabView, language: Language, code: str, words: str) -> None:
    language(code)
    told(view, "set", values={"country": "IRQ", "start": "2003"})
    assert "Iraq" in view.notice and words in view.notice and "2003" in view.notice


def test_a_country_without_a_place_is_told(view: LabView) -> None:
    told(view, "set", values={"country": "MNE", "start": "2003"})
    assert "Montenegro" in view.notice and "2008" in view.notice


def test_where_nobody_fell_though_it_rose_it_is_told(view: LabView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digigov.labs.climb.fell_though_it_rose", lambda start, end: None)
    told(view, "preset", name="fell")
    assert "không nước nào" in view.notice


# -- every country, every step


def test_every_step_of_every_country_is_drawn_and_said() -> None:
    lab, data = ClimbLab(), nations()
    for number, iso3 in enumerate(data.countries):
        start, end = number % 11, 11
        if not data.egdi[start, number] or not data.rank[start, number]:
            continue
        values = {
            "country": iso3,
            "start": EDITIONS[start],
            "end": EDITIONS[end],
            "held": ("place", "score")[number % 2],
        }
        result = lab.run(values)
        lab.draw(result, {"osi_share": 30, "rank_if_hci_held": 90})
        assert all(cell for measure in lab.measures(result) for cell in measure.cells)
        assert "{" not in lab.sentence(result)


def test_all_changes_fit_on_the_scales() -> None:
    data = nations()
    scored = np.where(data.egdi > 0, data.egdi, np.nan)
    assert (np.nanmax(scored, axis=0) - np.nanmin(scored, axis=0)).max() < POINT_LIMITS[-1]
    assert PLACE_LIMITS[-1] > 192 and FULL < 0.5
    for step in range(11):
        country = fell_though_it_rose(step, step + 1)
        assert country is None or country in data.countries


def test_labels_of_the_slopes_stand_apart_and_near_their_places() -> None:
    for places in ([74, 75, 76, 75], [1, 1, 1, 1], [193, 193, 193, 193], [5, 80, 81, 190]):
        heights = _spread(places)
        assert np.diff(np.sort(heights)).min() >= GAP - 1e-9
        assert max(abs(height - place) for height, place in zip(heights, places, strict=True)) <= 3 * GAP
        assert max(heights) <= 193 + 1e-9
    assert _spread([10, 60, 110, 160]) == [10, 60, 110, 160]


def test_the_leading_part_is_one_that_stands_alone() -> None:
    assert leading([1, 3, 2]) == 1
    assert leading([2, 2, 1]) is None and leading([0, 0, -1]) is None


def test_signs_are_those_of_what_is_shown() -> None:
    assert [signed(value, 2) for value in (0.014, -0.014, 0.001, -0.001)] == ["+0,01", "−0,01", "0,00", "0,00"]


# -- predictions, and where the numbers come from


def test_predictions_stand_where_they_were_made_and_only_there(view: LabView) -> None:
    def stars() -> list[bool]:
        return [not panel["guess"]["hidden"] for panel in view.frame["marks"][:2]]

    record().add(SHARE, 60, 0.0)
    assert stars() == [True, False]
    record().add(HELD, 90, 0.0)
    assert stars() == [True, True]
    assert [words for _, words, _ in view.frame["verdicts"]] != [] and "77" in view.frame["verdicts"][1][1]
    told(view, "set", values={"start": "2018"})
    assert stars() == [False, False]


def test_the_rows_behind_the_sums_are_named(view: LabView) -> None:
    used = view.lab.used(view.lab.run(view.values))
    assert [(one.key["edition"], one.key["iso3"]) for one in used[:2]] == [(2022, "VNM"), (2024, "VNM")]
    data = nations()
    lent = {one.columns[0]: data.parts[data.edition(2024), data.country(one.key["iso3"])] for one in used[2:]}
    assert round(float(lent["hci"][1]), 4) == 0.6149
    told(view, "set", values={"held": "score"})
    assert len(view.lab.used(view.lab.run(view.values))) == 2


def test_a_change_is_computed_and_drawn_within_a_frame() -> None:
    lab = ClimbLab()
    times = []
    for place in range(11):
        start = perf_counter()
        lab.draw(lab.run({**lab.defaults(), "start": EDITIONS[place]}), {})
        times.append(perf_counter() - start)
    assert min(times) < 0.016


def test_who_was_no_state_yet_is_not_in_the_mean_of_the_world(view: LabView) -> None:
    told(view, "set", values={"start": "2003", "end": "2012"})
    data = nations()
    start, end = data.edition(2003), data.edition(2012)
    ranked = data.rank[start] > 0
    assert ranked.sum() == 191
    expected = data.egdi[end].mean() - data.egdi[start][ranked].mean()
    assert column(view, 4)[-1] == signed(expected, 3)
