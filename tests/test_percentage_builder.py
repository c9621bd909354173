"""The percentage builder, clicked as the browser does: what it shows is what the tables hold."""

import re
from collections.abc import Callable
from typing import Any

import pytest

import digigov
from digigov.documents import read
from digigov.language import LANGUAGES, percent, say
from digigov.models.percentages import PARTS
from digigov.page import Page
from digigov.paths import DATA
from digigov.percentages import AXES, FILE, published
from digigov.percentages_board import MOST_KEPT, START, PercentageBuilder, equation, shown
from digigov.percentages_lanes import ANCHORS, _band_words, _box, _meet, place

Language = Callable[[str], None]
BOTH_2021 = ("eligible-level4-2021-12", "eligible-online-2021")
FOUR_2022 = (
    "eligible-level4-2022-08",
    "services-with-dossier-2022-08",
    "dossiers-online-2022-08",
    "portal-used-2022",
)


def click(board: PercentageBuilder, action: str, **content: Any) -> dict[str, Any]:
    board._hear(board, {"do": action, **content}, [])
    return board.state


@pytest.fixture
def board() -> PercentageBuilder:
    return PercentageBuilder()


def test_it_starts_with_the_ministrys_96_per_cent(board: PercentageBuilder) -> None:
    assert board.state["id"] == START and board.notice == ""
    assert board.state["sentence"].startswith(
        "96% = dịch vụ công ở mức độ 4 / dịch vụ công đủ điều kiện; 12/2021; theo Bộ"
    )
    assert (
        "online_services.csv" in board.state["figure"]["row"] and "https://mic.gov.vn/" in board.state["figure"]["row"]
    )
    assert board.state["figure"]["axis"] == "Cung cấp"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_figure_can_be_put_together_and_leads_to_its_row_and_source(code: str, language: Language) -> None:
    language(code)
    board = PercentageBuilder()
    for one in published():
        state = click(board, "clear")
        assert state["id"] == "" and state["figure"] is None
        for part in PARTS:
            wanted = getattr(one.figure, part)
            assert [value for value, _, there in state["options"][part] if there and value == wanted], one.figure.id
            state = click(board, "pick", part=part, value=wanted)
        assert state["id"] == one.figure.id and percent(one.figure.value) in state["sentence"]
        lines = (DATA / f"{one.table}.csv").read_text(encoding="utf8").splitlines()
        row = int(re.findall(r"<td[^>]*>(\d+)</td>", state["figure"]["row"])[0])
        assert lines[row - 1].startswith(f"{one.figure.id},")
        assert f"{one.table}.csv" in state["figure"]["row"] and "href=" in state["figure"]["row"]
        assert click(board, "take", id=one.figure.id) == state


def test_lists_narrow_but_what_is_missing_can_be_asked_for(board: PercentageBuilder) -> None:
    state = click(board, "pick", part="denominator", value="services-all")
    assert state["id"] == "" and state["figure"] is None and board.notice == ""
    assert state["sentence"].startswith("Khóa học chưa tìm thấy ai công bố")
    nearest = state["nearest"]
    assert [one["id"] for one in nearest] == ["eligible-level4-2021-12", "level4-2019"]
    assert "mẫu số" in nearest[0]["differs"] and "thời điểm, bên công bố" in nearest[1]["differs"]
    there = {value for value, _, exists in state["options"]["date"] if exists}
    assert there == set()  # the ministry never published that share
    state = click(board, "pick", part="source", value="")
    assert {value for value, _, exists in state["options"]["date"] if exists} == {"2010", "2019"}
    assert "bên công bố" in state["sentence"]
    assert click(board, "take", id="level4-2019")["sentence"].startswith("khoảng 11% =")


def test_too_few_parts_are_no_percentage(board: PercentageBuilder) -> None:
    state = click(board, "clear")
    assert state["sentence"] == say(
        "percentages.incomplete",
        missing="tử số: đếm cái gì, mẫu số: chia cho cái gì, thời điểm, bên công bố",
        count=len(published()),
    )
    click(board, "keep")
    assert board.notice == say("percentages.nothing_to_keep") and board.state["kept"] == []


def verdicts(state: dict[str, Any]) -> dict[str, str]:
    return {name: sign for name, _, _, sign in state["comparison"]["rows"]}


def test_96_and_28_per_cent_are_reconciled() -> None:
    state = PercentageBuilder(BOTH_2021).state
    assert verdicts(state) == {
        "Trục": "giống",
        "Tử số": "khác",
        "Mẫu số": "giống",
        "Thước đo": "khác",
        "Thời điểm": "trùng nhau",
        "Bên công bố": "khác",
    }
    assert state["comparison"]["head"][1:3] == ["96%", "28%"]
    assert state["comparison"]["verdict"].startswith("96% và 28% khác nhau ở: tử số, thước đo. Cả hai có thể cùng đúng")


def test_the_four_figures_of_2022_all_differ_in_what_they_count() -> None:
    board = PercentageBuilder(FOUR_2022)
    for first in FOUR_2022:
        for second in FOUR_2022:
            state = click(board, "compare", first=first, second=second)
            differ = {name for name, sign in verdicts(state).items() if sign == "khác"}
            assert (differ >= {"Tử số", "Mẫu số", "Thước đo"}) == (first != second)
    assert state["comparison"]["verdict"] == say("percentages.verdict.itself")


def test_figures_of_one_kind_may_be_subtracted(board: PercentageBuilder) -> None:
    for name in ("eligible-online-2021", "eligible-online-2024-08"):
        click(board, "take", id=name)
        click(board, "keep")
    assert verdicts(board.state)["Thước đo"] == "nguồn không nói"
    verdict = board.state["comparison"]["verdict"]
    assert "nguồn không nói thước đo" in verdict and "chênh nhau 23,5 điểm phần trăm" in verdict
    state = click(board, "drop", id="eligible-online-2021")
    assert state["comparison"] is None and [name for name, _ in state["kept"]] == ["eligible-online-2024-08"]


def test_the_tray_has_an_end_and_holds_nothing_twice(board: PercentageBuilder) -> None:
    for one in published()[: MOST_KEPT + 1]:
        click(board, "take", id=one.figure.id)
        click(board, "keep")
        if len(board.kept) < MOST_KEPT:
            assert board.notice == ""
    assert len(board.kept) == MOST_KEPT and board.notice == say("percentages.tray_full", count=MOST_KEPT)
    click(board, "take", id=board.kept[0])
    click(board, "keep")
    assert len(set(board.kept)) == MOST_KEPT and board.notice == ""


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(
    ("action", "content"),
    [
        ("pick", {"part": "numerator", "value": "unicorns"}),
        ("pick", {"part": "colour", "value": "red"}),
        ("take", {"id": "level5-2030"}),
        ("compare", {"first": START, "second": "level5-2030"}),
    ],
)
def test_what_is_not_there_is_told_and_changes_nothing(
    action: str, content: dict[str, Any], code: str, language: Language
) -> None:
    language(code)
    board = PercentageBuilder([START])
    before = board.state
    assert click(board, action, **content) == before
    assert board.notice.endswith(".") and "{" not in board.notice


def test_the_call_keeps_figures_and_names_one_that_is_not_there() -> None:
    board = digigov.percentage_builder(*BOTH_2021)
    assert [name for name, _ in board.state["kept"]] == list(BOTH_2021)
    told = digigov.percentage_builder("level5-2030")
    assert isinstance(told, Page) and "level5-2030" in told.text


def test_what_the_source_tells_may_be_subtracted_without_an_if() -> None:
    state = PercentageBuilder(("eligible-level4-2021-12", "eligible-level4-2022-08")).state
    assert verdicts(state)["Thước đo"] == "giống"
    assert "chênh nhau 1,3 điểm phần trăm" in state["comparison"]["verdict"]
    assert "nguồn không nói" not in state["comparison"]["verdict"]


def test_a_figure_held_beside_itself_is_the_same_in_all() -> None:
    board = PercentageBuilder(BOTH_2021)
    state = click(board, "compare", first="eligible-online-2021", second="eligible-online-2021")
    assert set(verdicts(state).values()) == {"giống"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_lanes_hold_every_figure_once_and_say_what_is_missing(code: str, language: Language) -> None:
    language(code)
    lanes = PercentageBuilder().spec["lanes"]
    assert [lane["axis"] for lane in lanes] == list(AXES)
    assert sorted(point["id"] for lane in lanes for point in lane["points"]) == sorted(
        one.figure.id for one in published()
    )
    for lane in lanes:
        assert all(0 <= point["x"] <= 1 and 0 <= point["y"] <= 1 and point["name"] for point in lane["points"])
    assert any("2018-2020" in words for _, _, words in lanes[0]["gaps"])
    assert {point["status"] for point in lanes[2]["points"]} == {"reported", "target"}
    assert all(x1 < x2 for lane in lanes for x1, _, x2, _ in lane["lines"])
    assert not any(x1 < place(2020) and x2 > place(2018) for x1, _, x2, _ in lanes[0]["lines"])
    assert [place(year) for year, _ in ANCHORS] == [at for _, at in ANCHORS]


@pytest.mark.parametrize("code", LANGUAGES)
def test_labels_leave_the_words_of_the_bands_free(code: str, language: Language) -> None:
    language(code)
    for lane in PercentageBuilder().spec["lanes"]:
        bands = [_band_words(*gap) for gap in lane["gaps"]]
        for point in lane["points"]:
            boxes = [_box(point["x"], point["y"], "", "mark")]
            if point["side"] != "none":
                boxes.append(_box(point["x"], point["y"], point["label"], point["side"]))
            assert not any(_meet(box, band) for box in boxes for band in bands), point["id"]
    sides = {point["id"]: point["side"] for lane in PercentageBuilder().spec["lanes"] for point in lane["points"]}
    assert "none" not in sides.values()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_page_without_a_kernel_holds_every_figure(code: str, language: Language) -> None:
    language(code)
    page = PercentageBuilder().page()
    for one in published():
        assert f"{percent(one.figure.value)} = " in page.text
    assert equation(published()[0]).split(" = ")[1].split(";")[0] in page.text
    assert shown("date", "2021-12") in page.text and "None" not in page.text


def test_every_part_of_the_file_is_used() -> None:
    content = read(DATA / FILE)
    for section, part in (("numerators", "numerator"), ("denominators", "denominator"), ("yardsticks", "yardstick")):
        assert set(content[section]) == {getattr(one.figure, part) for one in published()}
