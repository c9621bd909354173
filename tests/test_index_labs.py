"""What is special to the labs rescaling, merger, maturity and cleaning of notebook 13. The rest: test_every_lab."""

import csv
from collections.abc import Callable

import pytest

import digigov
from digigov.labs.cleaning import CleaningLab
from digigov.labs.maturity import MaturityLab
from digigov.labs.merger import MergerLab
from digigov.labs.rescaling import RescalingLab
from digigov.labs.view import LabView
from digigov.language import catalogue, say
from digigov.models.cleaning import FAULTS, RIGHT
from talk import told

Language = Callable[[str], None]


def cells(frame: dict, start: str) -> list[str]:
    """The row of the table of measures whose name begins so."""
    return next(row[1:] for row in frame["rows"] if row[0].startswith(start))


# -- rescaling


def test_the_published_index_falls_although_the_raw_score_doubles() -> None:
    frame = LabView(RescalingLab()).frame
    assert cells(frame, "Điểm thô của nước đang xét") == ["30,0", "60,0", "+30,0"]
    assert cells(frame, "Chỉ số được công bố") == ["0,556", "0,333", "−0,222"]
    assert "giảm từ 0,556 xuống 0,333" in frame["sentence"] and "nhân với 3,00" in frame["sentence"]


@pytest.mark.parametrize("code", ["vi", "en"])
def test_countries_that_are_all_alike_are_told_in_a_sentence(code: str, language: Language) -> None:
    language(code)
    view = LabView(RescalingLab())
    before = told(view, "set", values={})
    told(view, "set", values={"own": 5, "best": 5, "worst": 5})
    assert view.notice == say("rescaling.no_ruler") and view.frame["rows"] == before["rows"]


def test_the_rows_of_evidence_are_the_two_ends_of_the_ruler() -> None:
    used = LabView(RescalingLab()).frame["used"]
    assert used.count("egdi.csv") == 2


# -- merger


def test_both_scores_jump_and_no_office_does_anything_else() -> None:
    frame = LabView(MergerLab()).frame
    assert cells(frame, say("merger.measure.first"))[1:] == ["0,7069", "−0,1266"]
    assert cells(frame, say("merger.measure.second"))[1:] == ["0,7069", "+0,1266"]
    assert cells(frame, "Các cơ quan Đà Nẵng")[2] == cells(frame, "Các cơ quan Quảng Nam")[2] == "0,0000"
    assert "hạng 17 trên 34" in cells(frame, "Thứ hạng") and frame["used"].count("dti.csv") == 3


def test_places_are_shown_of_the_published_scores_only() -> None:
    view = LabView(MergerLab())
    frame = told(view, "set", values={"weight": 0.3})
    assert not any(row[0].startswith("Thứ hạng") for row in frame["rows"])
    assert all(mark["hidden"] for name, mark in frame["marks"][0].items() if name.startswith("place"))


# -- maturity


def test_the_preset_lifts_the_weakest_part_just_enough() -> None:
    view = LabView(MaturityLab())
    frame = told(view, "preset", name="needed")
    assert (frame["values"]["part"], frame["values"]["lift"]) == ("dcei", 0.0556)
    assert cells(frame, "Nhóm") == ["B", "B", "A"] and "lên nhóm A" in frame["sentence"]


@pytest.mark.parametrize("country", ["Singapore", "SGP", "singapore"])
def test_a_country_is_found_by_any_of_its_names_and_has_no_group_above(country: str) -> None:
    view = LabView(MaturityLab())
    frame = told(view, "set", values={"country": country})
    assert frame["values"]["country"] == "SGP" and "Nhóm A là nhóm cao nhất" in frame["sentence"]
    told(view, "preset", name="needed")
    assert "đã ở nhóm A" in view.notice


@pytest.mark.parametrize(("code", "words"), [("vi", "ít nhất hai phần"), ("en", "at least two parts")])
def test_a_country_that_no_single_part_lifts_is_computed(code: str, words: str, language: Language) -> None:
    language(code)
    view = LabView(MaturityLab())
    frame = told(view, "preset", name="no_single")
    assert frame["values"]["country"] == "GTM" and frame["values"]["lift"] == 1
    assert words in frame["sentence"]
    told(view, "preset", name="needed")
    assert "Guatemala" in view.notice and view.frame["values"] == frame["values"]


@pytest.mark.parametrize("code", ["vi", "en"])
def test_what_is_not_in_the_table_is_told(code: str, language: Language) -> None:
    language(code)
    view = LabView(MaturityLab())
    told(view, "set", values={"country": "NIC"})  # Nicaragua is in the first two editions only
    assert "Nicaragua" in view.notice and "2025" in view.notice
    told(view, "set", values={"country": "Atlantis"})
    assert "Atlantis" in view.notice
    told(view, "set", values={"country": "NIC", "year": 2020})
    assert view.notice == "" and view.values["year"] == "2020"


def test_the_first_edition_has_none_before_it() -> None:
    frame = LabView(MaturityLab(), {"year": "2020"}).frame
    assert cells(frame, "GTMI") == ["–", "0,6927", "0,6927"] and "So với" not in frame["sentence"]
    assert frame["used"].count("<tr>") == 2  # the head and one row


def test_what_would_go_beyond_1_is_lost_and_said() -> None:
    frame = LabView(MaturityLab(), {"part": "gtei", "lift": 0.5}).frame
    assert cells(frame, "GTEI")[2] == "1,0000" and "vượt quá 1" in frame["sentence"]


# -- cleaning


def test_as_found_the_mean_is_impossible_and_the_check_names_a_row() -> None:
    frame = LabView(CleaningLab()).frame
    assert cells(frame, "Trung bình GTMI") == ["7,0", "7,0"] and "không thể có" in frame["sentence"]
    assert "Tệp gtmi_raw.csv, dòng 91, cột “country_code”: không có nước nào mang mã “ROM”" in frame["sentence"]


def test_clean_is_what_was_recorded() -> None:
    frame = LabView(CleaningLab(), RIGHT).frame
    assert cells(frame, "Số dòng, gtmi_raw.csv") == ["598", "593"]
    assert cells(frame, "Trung bình GTMI") == ["7,0", "0,589"]
    assert cells(frame, "Tỷ lệ nhóm A") == ["39,6%", "40,6%"]
    assert cells(frame, "Số dòng, EGOV_DATA.csv") == ["3.474", "1.737"]
    assert "Phép kiểm tra" not in frame["sentence"] and "không mất số liệu thật" in frame["sentence"]


def test_each_decision_becomes_a_line_of_the_log_that_goes_with_the_csv() -> None:
    view = LabView(CleaningLab(), {**RIGHT, "floor": 0.1})
    rows = list(csv.reader(view.csv().lstrip("\ufeff").splitlines(), delimiter=";"))
    log = [row for row in rows if row[0].startswith("Nhật ký")]
    assert len(log) == len(FAULTS) + 1
    assert ["Nhật ký · Dòng tổng ở cuối tệp", "5 dòng", "bỏ dòng: 5 dòng"] in log
    assert [f"Nhật ký · {say('cleaning.fault.duplicates')}", "1.737 dòng", "bỏ dòng: 1.737 dòng"] in log


@pytest.mark.parametrize(
    ("decisions", "words"),
    [
        ({"duplicates": "drop", "codes": "correct", "tail": "drop"}, "hci"),
        ({"codes": "correct", "tail": "drop", "above_one": "mark"}, "khóa trùng với dòng 2"),
        ({"renamed": "drop", "duplicates": "drop_both"}, "mất số liệu thật"),
    ],
)
def test_the_check_and_the_verdict_follow_the_decisions(decisions: dict[str, str], words: str) -> None:
    assert words in LabView(CleaningLab(), decisions).frame["sentence"]


def test_with_nothing_left_the_picture_says_so() -> None:
    frame = LabView(CleaningLab(), {"duplicates": "drop_both", "renamed": "drop"}).frame
    assert not frame["marks"][1]["nothing"]["hidden"] and frame["marks"][1]["mine"]["hidden"]
    assert cells(frame, "Trung bình EGDI")[1] == "không còn gì"


def test_the_four_calls_show_their_labs() -> None:
    for name in ("rescaling", "merger", "maturity", "cleaning"):
        assert getattr(digigov, name)().lab.name == name


def test_places_that_are_no_states_are_not_called_so(language: Language) -> None:
    """Taiwan, Hong Kong and Macao can be chosen: in a Vietnamese document they are economies, never “nước”."""
    language("vi")
    view = LabView(MaturityLab(), {"country": "TWN"})
    assert "Đài Loan (Trung Quốc)" in view.frame["sentence"]
    words = " ".join(value for key, value in catalogue("vi").items() if key.startswith("maturity."))
    assert "nước" not in words.replace("trước", "").lower()


def test_the_country_of_the_race_is_not_ours(language: Language) -> None:
    """“Nước ta” means Viet Nam, and the raw scores are made up."""
    words = " ".join(
        value for key, value in catalogue("vi").items() if key.startswith("rescaling.") and "preset" not in key
    )
    assert "nước ta" not in words.lower()


def test_the_rows_of_all_economies_are_named() -> None:
    view = LabView(MaturityLab())
    words = view.lab.used_note(view.lab.run(view.values))
    assert "gtmi.csv" in words and "2025: dòng 398 đến 594" in words and words in view.frame["used"]
