"""The widget of the self-assessment, used as the browser uses it: what is entered is kept, and what it says is true."""

from collections.abc import Callable

from agency_view import FIRST, SECOND, filled, tell
from digigov import assessment, record_assessments
from digigov.agency import scale
from digigov.agency.content import LONGEST
from digigov.language import say
from digigov.record import record

Language = Callable[[str], None]


# -- entering and keeping


def test_a_fresh_assessment_is_not_kept_before_something_is_entered() -> None:
    view = assessment()
    assert view.state["sentence"] == say("assessment.sentence.none", of="16")
    assert not view.state["kept"] and record().assessments() == []
    tell(view, "level", item=FIRST, level=3, turn=7)
    assert view.state["kept"] and view.state["turn"] == 7 and len(record().assessments()) == 1


def test_what_is_half_filled_is_there_again_in_a_new_kernel() -> None:
    view = assessment()
    tell(view, "level", item=FIRST, level=3)
    tell(view, "evidence", item=SECOND, text="Năm vòng ký, tháng 7/2026")
    tell(view, "name", text="  UBND xã A ")
    again = assessment()
    assert again.state["agency"] == "UBND xã A" and again.state["open"] == view.state["open"]
    assert again.state["entries"] == {
        FIRST: {"level": 3, "evidence": ""},
        SECOND: {"level": None, "evidence": "Năm vòng ký, tháng 7/2026"},
    }
    assert len(record().assessments()) == 1  # the rows of earlier states are gone


def test_the_sentence_counts_claims_and_evidence_apart() -> None:
    view = assessment()
    tell(view, "level", item=FIRST, level=3)
    tell(view, "level", item=SECOND, level=2)
    tell(view, "evidence", item=SECOND, text="20 giấy, tháng 7/2026")
    assert "2,50" in view.state["sentence"] and "1,50" in view.state["sentence"]
    assert say("assessment.sentence.bare", bare="1") in view.state["sentence"]
    tell(view, "evidence", item=FIRST, text="412/655")
    assert say("assessment.sentence.backed") in view.state["sentence"]
    tell(view, "level", item=FIRST, level=None)
    assert view.state["entries"][FIRST] == {"level": None, "evidence": "412/655"}
    assert "1 trên 16" in view.state["sentence"]


def test_blank_evidence_shows_nothing_and_the_radar_follows() -> None:
    view = assessment()
    tell(view, "level", item=FIRST, level=4)
    tell(view, "evidence", item=FIRST, text="  \n ")
    claimed, evidenced = (view.state["marks"][0][f"outline-{name}"]["at"][0] for name in ("claimed", "evidenced"))
    assert claimed != evidenced
    tell(view, "evidence", item=FIRST, text="có")
    marks = view.state["marks"][0]
    assert marks["outline-claimed"]["at"] == marks["outline-evidenced"]["at"]


def test_a_senseless_message_changes_nothing_and_is_told(language: Language) -> None:
    view = assessment()
    tell(view, "level", item=FIRST, level=2)
    for code in ("vi", "en"):
        language(code)
        for level in (0, 5, 2.5, "3", True):
            tell(view, "level", item=FIRST, level=level)
            assert view.notice == say("assessment.wrong_level", name=view._indicators[FIRST].title)
        tell(view, "level", item="h9", level=1)
        assert view.notice == say("assessment.unknown_indicator", name="h9")
    assert view.state["entries"] == {FIRST: {"level": 2, "evidence": ""}}


def test_half_a_character_and_a_whole_book_are_kept_as_far_as_they_go() -> None:
    view = assessment()
    tell(view, "evidence", item=FIRST, text="a\ud83d")
    tell(view, "evidence", item=SECOND, text="x" * 9999)
    tell(view, "name", text="b\ud83d")
    kept = assessment().state
    assert kept["entries"][FIRST]["evidence"] == "a?" and kept["agency"] == "b?"
    assert len(kept["entries"][SECOND]["evidence"]) == LONGEST


def test_three_moves_and_no_fourth() -> None:
    view = filled(assessment())
    names = list(scale.catalogue())
    for name in names[:3]:
        tell(view, "move", move=name, picked=True)
    tell(view, "move", move=names[3], picked=True)
    assert view.notice == say("assessment.too_many", most="3") and view.state["moves"] == names[:3]
    tell(view, "move", move=names[0], picked=False)
    tell(view, "move", move="no-such-move", picked=True)
    assert view.state["moves"] == names[1:3] and assessment().state["moves"] == names[1:3]


def test_every_move_stands_in_one_group_with_a_reason() -> None:
    for view in (assessment(), filled(assessment(), 1), filled(assessment(), 3), filled(assessment(), 4)):
        groups = view.state["reasons"]
        assert sorted(name for found in groups.values() for name, _ in found) == sorted(scale.catalogue())
        assert all(why for found in groups.values() for _, why in found)
        assert len(groups["suggested"]) == (3 if groups["fitting"] else 0)


# -- several agencies, several rounds


def test_several_agencies_stand_side_by_side_and_each_is_opened_again() -> None:
    view = assessment()
    tell(view, "name", text="Xã A")
    tell(view, "level", item=FIRST, level=1)
    first = view.state["open"]
    tell(view, "another")
    assert view.state["agency"] == "" and view.state["entries"] == {}
    tell(view, "name", text="Xã B")
    tell(view, "open", begun=first)
    assert view.state["agency"] == "Xã A" and view.state["entries"][FIRST]["level"] == 1
    assert [row["label"].partition(",")[0] for row in view.state["rounds"]] == ["Xã A", "Xã B"]
    assert view.state["others"] == []  # of another agency nothing is compared


def test_a_second_round_starts_from_the_first_and_is_compared_with_it() -> None:
    view = filled(assessment())
    tell(view, "name", text="Xã A")
    tell(view, "move", move="own-accounts", picked=True)
    before = view.state["open"]
    tell(view, "again")
    assert view.notice == say("assessment.copied")
    assert view.state["before"] == before and view.state["moves"] == [] and view.state["agency"] == "Xã A"
    assert [row["begun"] for row in view.state["others"]] == [before]
    tell(view, "level", item=FIRST, level=4)
    tell(view, "level", item=SECOND, level=1)
    assert "1 tiêu chí lên mức, 1 xuống mức, 14 giữ nguyên" in view.state["comparison"]
    marks = view.state["marks"][1]
    assert not marks["outline-before"]["hidden"]
    assert marks["outline-before"]["at"][2:16] == marks["outline-after"]["at"][2:16]
    tell(view, "compare", begun="")
    assert view.state["comparison"] == "" and view.state["marks"][1]["outline-before"]["hidden"]


def test_a_new_name_is_that_of_all_rounds_of_the_agency() -> None:
    view = filled(assessment())
    tell(view, "name", text="Xã A")
    tell(view, "again")
    tell(view, "name", text="Phường A")
    assert {one.agency for one in record_assessments.rounds()} == {"Phường A"}
    assert len(record_assessments.rounds()) == 2


def test_rounds_without_a_name_are_not_renamed_together() -> None:
    view = assessment()
    tell(view, "level", item=FIRST, level=1)
    tell(view, "another")
    tell(view, "level", item=FIRST, level=2)
    tell(view, "name", text="Xã B")
    assert [one.agency for one in record_assessments.rounds()] == ["", "Xã B"]


def test_a_round_is_deleted_and_the_latest_of_the_others_is_shown() -> None:
    view = assessment()
    tell(view, "level", item=FIRST, level=1)
    first = view.state["open"]
    tell(view, "another")
    tell(view, "level", item=FIRST, level=2)
    tell(view, "forget")
    assert view.state["open"] == first
    tell(view, "forget")
    assert view.state["entries"] == {} and record().assessments() == []


def test_two_widgets_of_one_kernel_keep_in_step() -> None:
    one, other = assessment(), assessment()
    tell(one, "level", item=FIRST, level=3)
    tell(other, "open", begun=one.state["open"])
    tell(one, "level", item=SECOND, level=2)
    assert other.state["entries"] == one.state["entries"]
