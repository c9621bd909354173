"""The timeline: what held on the days that matter, for any day at all, and what is told when data or a day is wrong."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from digigov import documents, timeline_view
from digigov.claims import GRADES, sources
from digigov.errors import CourseError
from digigov.language import say
from digigov.paths import DATA
from digigov.timeline import FIRST, KINDS, LAST, changes, day_of, in_force, timeline_entries, year_before
from digigov.timeline_view import DEFAULT, Timeline, span

Language = Callable[[str], None]
DAYS = st.dates(FIRST, LAST)
RAW = yaml.safe_load((DATA / "timeline.yaml").read_text(encoding="utf8"))


def held(day: str, kind: str) -> set[str]:
    return {entry.id for entry in in_force(day)[kind]}


# -- the data


def test_every_entry_has_both_languages_a_grade_and_sources_that_are_listed() -> None:
    assert len({raw["id"] for raw in RAW}) == len(RAW) >= 40
    for raw in RAW:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", raw["id"])
        assert raw["kind"] in KINDS and raw["grade"] in GRADES, raw["id"]
        assert raw["sources"] and set(raw["sources"]) <= sources().keys(), raw["id"]
        for field in ("name", "what", "note", "contrast"):
            assert field not in raw or raw[field].keys() == {"vi", "en"}, raw["id"]
        assert len(raw["name"]["vi"]) <= 46 and len(raw["name"]["en"]) <= 60, raw["id"]


def test_what_is_not_confirmed_or_not_known_to_the_day_says_why() -> None:
    for entry in timeline_entries():
        doubtful = entry.grade == "partly" or entry.ends_grade != entry.grade
        inexact = bool(entry.begins.earliest) and not entry.begins.exact
        assert entry.note or not (doubtful or inexact), entry.id
        read_well = {sources()[source]["read"] for source in entry.sources} - {"seen-secondary"}
        assert read_well or entry.grade == "unconfirmed", entry.id


def test_every_kind_reaches_over_the_years() -> None:
    for day in ("2016-01-01", "2020-01-01", "2022-08-15", "2026-07-01"):
        assert all(held(day, kind) for kind in KINDS if kind != "platform" or day > "2019"), day


# -- the days that matter


def test_levels_give_way_to_two_classes_on_15_august_2022() -> None:
    assert held("2022-08-14", "classes") == {"classes-levels"}
    assert held("2022-08-15", "classes") == {"classes-two"}
    assert "decree-43" in held("2022-08-14", "law") and "decree-42" not in held("2022-08-14", "law")
    assert "decree-42" in held("2022-08-15", "law") and "decree-43" not in held("2022-08-15", "law")


def test_after_30_june_2026_no_class_is_taught() -> None:
    assert held("2026-06-30", "classes") == {"classes-two"}
    assert held("2026-07-01", "classes") == held("2026-12-31", "classes") == {"classes-after"}
    (after,) = in_force("2026-07-01")["classes"]
    assert after.grade == "unconfirmed" and after.sources == ("decree-224-2026",)
    assert {"it-law", "decree-42"} <= held("2026-06-30", "law")
    assert held("2026-07-01", "law") - held("2026-06-30", "law") == {"law-148", "decree-224"}
    assert held("2026-06-30", "law") - held("2026-07-01", "law") == {"it-law", "decree-42"}


def test_provinces_merge_on_1_july_2025() -> None:
    assert held("2025-06-30", "institution") - held("2025-07-01", "institution") == {"tiers-three"}
    assert held("2025-07-01", "institution") - held("2025-06-30", "institution") == {"tiers-two"}
    assert held("2025-07-01", "law") - held("2025-06-30", "law") == {"data-law", "decree-118"}


def test_the_portal_becomes_the_single_gateway_on_27_june_2025() -> None:
    assert held("2025-06-27", "platform") - held("2025-06-26", "platform") == {"single-gateway"}
    assert "portal" in held("2025-06-26", "platform")


def test_a_law_counts_from_the_day_it_takes_effect_not_from_the_day_it_is_passed() -> None:
    assert {"etransactions-2005"} == {name for name in held("2023-06-22", "law") if name.startswith("etrans")}
    assert {"etransactions-law"} == {name for name in held("2024-07-01", "law") if name.startswith("etrans")}
    assert "law-148" not in held("2025-12-11", "law")
    assert "household-book" in held("2022-12-31", "law") and "household-book" not in held("2023-01-01", "law")


def test_targets_overlap_and_the_softer_one_says_so() -> None:
    both = {entry.id: entry for entry in in_force("2025-01-01")["target"]}
    assert {"target-942-2025", "target-942-2030", "target-57"} <= both.keys()
    assert both["target-57"].ends == both["target-942-2030"].ends
    assert "942" in both["target-57"].contrast


def test_before_the_decree_no_class_is_known_and_in_2011_it_is_not_known_from_when() -> None:
    assert held("2011-06-12", "classes") == set()
    (levels,) = in_force("2011-07-01")["classes"]
    assert not levels.surely_holds(date(2011, 7, 1)) and levels.surely_holds(date(2012, 1, 1))


# -- any day


@given(DAYS)
def test_one_way_of_classing_holds_at_a_time(day: date) -> None:
    assert len(in_force(day)["classes"]) == (day >= date(2011, 6, 13))


@given(DAYS)
def test_what_surely_holds_holds_and_every_entry_stands_under_its_kind(day: date) -> None:
    found = in_force(day)
    assert tuple(found) == KINDS
    listed = {entry.id for entries in found.values() for entry in entries}
    for entry in timeline_entries():
        assert (entry.id in listed) == entry.holds(day)
        assert entry.holds(day) or not entry.surely_holds(day)


@given(DAYS.filter(lambda day: day > FIRST))
def test_from_one_day_to_the_next_only_what_began_or_ended_differs(day: date) -> None:
    now, before = ({e.id for es in in_force(when).values() for e in es} for when in (day, day - timedelta(days=1)))
    every = timeline_entries()
    assert now - before == {entry.id for entry in every if entry.begins.earliest == day}
    assert before - now == {entry.id for entry in every if entry.gone == day}
    begun, ended = changes(day)
    assert now - before <= {entry.id for entry in begun} and before - now <= {entry.id for entry in ended}


@given(DAYS.filter(lambda day: day.year > 2011))
def test_a_year_of_changes_leads_from_one_state_to_the_other(day: date) -> None:
    now, before = ({e.id for es in in_force(when).values() for e in es} for when in (day, year_before(day)))
    begun, ended = ({entry.id for entry in part} for part in changes(day))
    assert (before | begun) - ended == now


# -- days that are none


@pytest.mark.parametrize("text", ["2022-08-15", " 2022-08-15 ", "15/8/2022", "15/08/2022", datetime(2022, 8, 15, 9)])
def test_a_day_may_be_written_in_several_ways(text: object) -> None:
    assert day_of(text) == date(2022, 8, 15)


@pytest.mark.parametrize(
    ("code", "first", "last"), [("vi", "1/1/2011", "31/12/2026"), ("en", "1 January", "31 December")]
)
def test_a_day_outside_the_timeline_is_told_with_its_limits(
    language: Language, code: str, first: str, last: str
) -> None:
    language(code)
    for day in ("2010-12-31", "2027-01-01", date(1999, 1, 1)):
        with pytest.raises(CourseError, match=rf"{first}.*{last}"):
            in_force(day)
    assert day_of(FIRST) == FIRST and day_of(LAST) == LAST


@pytest.mark.parametrize(
    "given_day",
    ["", "yesterday", "2022", "2022-08", "2022-02-30", "32/1/2022", "2022-8-15-1", "²022-08-15", 2022, None, True, 1e9],
)
def test_what_is_no_day_is_told_in_both_languages(language: Language, given_day: object) -> None:
    told = []
    for code in ("vi", "en"):
        language(code)
        with pytest.raises(CourseError, match="2022-08-15") as error:
            Timeline(given_day)
        told.append(str(error.value))
    assert told[0] != told[1] and all(str(given_day) in words for words in told)


# -- a broken file

GOOD = {
    "id": "one",
    "kind": "law",
    "name": {"vi": "Một", "en": "One"},
    "what": {"vi": "Một", "en": "One"},
    "from": "2020-01-01",
    "until": None,
    "grade": "confirmed",
    "sources": ["article"],
}
FAULTS = {
    "until before from": {"until": "2019-12-31"},
    "until may lie before from": {"from": "2020", "until": "2020-06"},
    "unknown kind": {"kind": "decree"},
    "unknown grade": {"grade": "sure"},
    "unknown grade of the end": {"until_grade": "sure"},
    "unknown source": {"sources": ["article", "nowhere"]},
    "no source": {"sources": []},
    "sources no list": {"sources": "article"},
    "no such day": {"from": "2020-02-30"},
    "no day": {"until": "soon"},
    "a short year": {"from": "20-01-01"},
    "a stretch backwards": {"from": "2021/2020"},
    "one language": {"name": {"vi": "Một"}},
    "no words": {"what": 3},
}


def planted(folder: Path, monkeypatch: pytest.MonkeyPatch, content: object) -> None:
    (folder / "timeline.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf8")
    monkeypatch.setattr(documents, "DATA", folder)


def test_the_planted_entry_is_good_and_may_be_dated_by_yaml_itself(tmp_path, monkeypatch) -> None:
    planted(tmp_path, monkeypatch, [GOOD | {"from": date(2020, 1, 1), "until": 2021}])
    (entry,) = timeline_entries()
    assert entry.begins.exact and entry.ends.latest == date(2021, 12, 31) and entry.gone == date(2022, 1, 1)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_broken_entry_is_told_with_file_and_entry(tmp_path, monkeypatch, language: Language, fault: str) -> None:
    planted(tmp_path, monkeypatch, [GOOD | {"id": "sound"}, GOOD | FAULTS[fault]])
    told = []
    # One language only is wrong where the missing one is read.
    for code in ("en",) if fault == "one language" else ("vi", "en"):
        language(code)
        with pytest.raises(CourseError, match=r"timeline\.yaml.*\bone\b") as error:
            in_force("2020-01-01")
        told.append(str(error.value))
    assert len(set(told)) == len(told) and not any("{" in words for words in told)


@pytest.mark.parametrize("content", [{}, [GOOD, GOOD], [{key: GOOD[key] for key in GOOD if key != "until"}], ["text"]])
def test_a_file_of_another_form_is_told(tmp_path, monkeypatch, language: Language, content: object) -> None:
    planted(tmp_path, monkeypatch, content)
    for code in ("vi", "en"):
        language(code)
        with pytest.raises(CourseError, match=r"timeline\.yaml"):
            timeline_entries()


# -- the widget and its page


def test_the_page_shows_the_state_of_the_day_and_every_entry(language: Language) -> None:
    for code, day in (("vi", "15/12/2021"), ("en", "15 December 2021")):
        language(code)
        page = Timeline().page()
        assert page.text.startswith(say("timeline.title")) and day in page.text
        assert not re.search(r"\bNone\b|[{}]|timeline\.", page.text)
        for entry in timeline_entries():
            assert page.text.count(entry.name) >= 1 + entry.holds(DEFAULT), entry.id
            assert span(entry) in page.text
        for entries in in_force(DEFAULT).values():
            assert all(entry.what in page.text for entry in entries)
        assert page.html.count("<a href=") > 40


def test_the_page_starts_on_the_day_that_was_asked_for(language: Language) -> None:
    language("en")
    widget = Timeline("2011-02-01")
    assert widget.spec["day"] == "2011-02-01"
    assert say("timeline.no_classes") in widget.page().text
    assert "Levels 1-4" in Timeline(date(2022, 8, 14)).page().text.partition("\n\n")[2].partition("\n")[0]
    assert say("timeline.unsure") in Timeline("2011-07-01").page().text


@given(DAYS)
def test_the_days_that_the_browser_compares_give_what_python_gives(day: date) -> None:
    spec, text = timeline_view._spec(DEFAULT), day.isoformat()
    shown = {entry["id"]: entry["days"] for entry in spec["entries"]}
    for entry in timeline_entries():
        days = shown[entry.id]
        assert all(len(value) == 10 for value in days.values())
        assert (days["begins"] <= text <= days["ends"]) == entry.holds(day)
        assert (days["surely_from"] <= text <= days["surely_until"]) == entry.surely_holds(day)
    before = f"{day.year - 1}{text[4:]}"
    begun, ended = ([e.id for e in part] for part in changes(day))
    assert begun == [name for name, days in shown.items() if before < days["begins"] <= text]
    assert ended == [name for name, days in shown.items() if before < days["gone"] <= text]


def test_the_telling_days_are_the_day_before_and_the_day_of_a_change() -> None:
    telling = timeline_view._spec(DEFAULT)["telling"]
    days = [day for row in telling for day in row["days"]]
    assert days == sorted(days) and len(telling) == sum(bool(raw.get("telling")) for raw in RAW)
    for day in ("2022-08-14", "2022-08-15", "2025-06-26", "2025-06-27", "2025-06-30", "2025-07-01", "2026-07-01"):
        assert day in days


def test_a_last_day_known_less_surely_is_graded_by_itself(language: Language) -> None:
    language("en")
    by_id = {entry.id: entry for entry in timeline_entries()}
    assert span(by_id["classes-two"]).endswith("(last day: ○ Not confirmed)")
    assert span(by_id["mic"]) == "from before 2011, until the end of 28 February 2025"
    assert span(by_id["target-project-06-2026"]).startswith("from some day between 1 January 2026 and 31 December 2026")
    assert by_id["target-57"].grade == by_id["target-57"].ends_grade
