"""The model of an agency's self-assessment: known answers by hand, and properties over any marks at all."""

import statistics
from collections import defaultdict
from itertools import combinations, combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digigov.models.assessment import (
    LEVELS,
    Blocked,
    Change,
    Mark,
    Move,
    Score,
    Suggestion,
    blocked,
    changes,
    lifted,
    missing,
    score,
    suggested,
    weakest,
)
from digigov.models.class_summary import FEWEST, SAFE, Spread, summary, weakest_of

NAMES = tuple("abcdefgh")
MARKS = st.dictionaries(st.sampled_from(NAMES), st.builds(Mark, st.sampled_from(LEVELS), st.booleans()))
MOVES = st.lists(
    st.builds(
        Move,
        id=st.uuids().map(str),
        raises=st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True).map(tuple),
        at=st.frozensets(st.sampled_from([1, 2, 3]), min_size=1),
        needs=st.dictionaries(st.sampled_from(NAMES), st.sampled_from([2, 3]), max_size=2),
    ),
    max_size=8,
)


def move(name: str, raises: str, at: tuple[int, ...] = (1, 2, 3), **needs: int) -> Move:
    return Move(name, tuple(raises), frozenset(at), needs)


# -- by hand


def test_a_score_counts_claims_and_evidence_apart() -> None:
    marks = {"a": Mark(3, True), "b": Mark(4), "c": Mark(1)}
    assert score(marks, "abcd") == Score(of=4, marked=3, bare=1, claimed=8 / 3, evidenced=5 / 3)
    assert score(marks, "d") == Score(1, 0, 0, None, None)
    assert score({}, "") == Score(0, 0, 0, None, None)


def test_what_is_weakest_comes_first_and_ties_stand_together() -> None:
    marks = {"c": Mark(2), "a": Mark(2), "b": Mark(1), "d": Mark(4)}
    assert weakest(marks, "abcde") == [(1, ("b",)), (2, ("a", "c")), (4, ("d",))]
    assert weakest({}, "abc") == []


def test_changes_tell_up_down_same_and_marked_once() -> None:
    before = {"a": Mark(1), "b": Mark(3), "c": Mark(2), "d": Mark(2)}
    after = {"a": Mark(3), "b": Mark(2), "c": Mark(2), "e": Mark(4)}
    assert changes(before, after, "abcdef") == [
        Change("a", 1, 3),
        Change("b", 3, 2),
        Change("c", 2, 2),
        Change("d", 2, None),
        Change("e", None, 4),
    ]
    assert [change.step for change in changes(before, after, "abcdef")] == [2, -1, 0, 0, 0]


def test_moves_are_suggested_by_what_is_left_to_gain() -> None:
    marks = {"a": Mark(1), "b": Mark(2), "c": Mark(3)}
    moves = [move("third", "c"), move("second", "b"), move("first", "a"), move("both", "bc")]
    # a: 3 levels to gain; b and c together 2 + 1, but from a higher level; then nothing is left uncovered.
    assert suggested(marks, moves) == [Suggestion("first", ("a",), ()), Suggestion("both", ("b", "c"), ())]


def test_a_move_waits_for_what_it_needs_and_the_way_is_shown() -> None:
    marks = {"a": Mark(1), "b": Mark(1)}
    moves = [move("late", "a", b=2), move("plain", "b"), move("early", "b", (1,))]
    assert blocked(marks, moves) == [Blocked("late", ("a",), {"b": 2})]
    assert suggested(marks, moves) == [Suggestion("plain", ("b",), ("late",))]
    # What is not marked counts as not reached.
    assert blocked({"a": Mark(1)}, moves) == [Blocked("late", ("a",), {"b": 2})]
    assert suggested({"a": Mark(1), "b": Mark(2)}, moves)[0] == Suggestion("late", ("a",), ())


def test_a_move_that_opens_two_levels_up_does_not_open_yet() -> None:
    marks = {"a": Mark(1), "b": Mark(1)}
    assert suggested(marks, [move("late", "a", b=3), move("plain", "b")])[0].opens == ()


def test_equal_moves_keep_the_order_of_the_catalogue() -> None:
    marks = {"a": Mark(2), "b": Mark(2)}
    assert [one.move for one in suggested(marks, [move("x", "b"), move("y", "a")])] == ["x", "y"]
    opening = [move("x", "b"), move("y", "a"), move("z", "c", a=3)]
    assert [one.move for one in suggested(marks | {"c": Mark(3)}, opening)] == ["y", "x"]


def test_senseless_values_are_refused() -> None:
    for level in (0, 5, 2.5):
        with pytest.raises(ValueError, match="level"):
            Mark(level)
    with pytest.raises(ValueError, match="count"):
        suggested({}, [], -1)
    with pytest.raises(ValueError, match="assessments"):
        summary([{"a": 1}] * (FEWEST - 1), "a")
    with pytest.raises(ValueError, match="level"):
        summary([{"a": 5}] * FEWEST, "a")


def test_a_class_is_summed_up_by_hand() -> None:
    found = summary([{"a": 1, "b": 4}, {"a": 2, "b": 4}, {"a": 3}, {"a": 4}, {"a": 4}], "abc")
    assert found == {"a": Spread(5, 3.0, 2.0, 4.0), "b": None, "c": None}
    spreads = {"x": Spread(3, 2.0, 1.0, 3.0), "y": None, "z": Spread(3, 1.0, 1.0, 1.0), "w": Spread(4, 2.0, 2.0, 2.0)}
    assert weakest_of(spreads) == [(1.0, ("z",)), (2.0, ("x", "w"))]


# -- any marks at all


@given(MARKS)
def test_evidence_never_shows_more_than_is_claimed(marks: dict[str, Mark]) -> None:
    found = score(marks, NAMES)
    assert found.marked == len(marks) and 0 <= found.bare <= found.marked <= found.of
    if found.claimed is None:
        assert not marks
    else:
        assert 1 <= found.evidenced <= found.claimed <= 4
        assert (found.evidenced == found.claimed) == (found.bare == 0)


@given(MARKS, st.sampled_from(NAMES))
def test_writing_evidence_raises_only_what_is_evidenced(marks: dict[str, Mark], name: str) -> None:
    before = score(marks, NAMES)
    after = score({**marks, name: Mark(marks[name].level, True)} if name in marks else marks, NAMES)
    assert after.claimed == before.claimed and after.bare <= before.bare
    assert (after.evidenced or 0) >= (before.evidenced or 0)


@given(MARKS)
def test_the_whole_is_the_mean_of_its_parts(marks: dict[str, Mark]) -> None:
    halves = [score(marks, NAMES[:4]), score(marks, NAMES[4:])]
    whole = score(marks, NAMES)
    assert whole.marked == sum(half.marked for half in halves) and whole.bare == sum(half.bare for half in halves)
    if whole.claimed is not None:
        weighted = sum((half.claimed or 0) * half.marked for half in halves) / whole.marked
        assert whole.claimed == pytest.approx(weighted)


@given(MARKS)
def test_the_weakest_list_holds_every_mark_once_in_order(marks: dict[str, Mark]) -> None:
    found = weakest(marks, NAMES)
    assert sorted(name for _, names in found for name in names) == sorted(marks)
    assert [level for level, _ in found] == sorted({mark.level for mark in marks.values()})
    assert all(marks[name].level == level for level, names in found for name in names)


@given(MARKS, MARKS)
def test_going_back_undoes_a_change(before: dict[str, Mark], after: dict[str, Mark]) -> None:
    there, back = changes(before, after, NAMES), changes(after, before, NAMES)
    assert [one.indicator for one in there] == [one.indicator for one in back]
    assert [one.step for one in there] == [-one.step for one in back]
    assert all(one.step == 0 for one in changes(before, before, NAMES))


@given(MARKS, MOVES, st.integers(0, 5))
def test_a_suggestion_fits_can_be_made_and_lifts_something_new(marks, moves, count) -> None:
    by_id = {one.id: one for one in moves}
    found = suggested(marks, moves, count)
    assert len(found) <= count and len({one.move for one in found}) == len(found)
    covered: set[str] = set()
    for one in found:
        assert one.lifts == lifted(marks, by_id[one.move]) and missing(marks, by_id[one.move]) == {}
        assert set(one.lifts) - covered
        covered |= set(one.lifts)
        assert all(marks[name].level < 4 for name in one.lifts)
    assert suggested(marks, moves, max(count - 1, 0)) == found[: max(count - 1, 0)]
    assert not {one.move for one in found} & {one.move for one in blocked(marks, moves)}


@given(MARKS, MOVES)
def test_the_first_suggestion_has_the_most_to_gain(marks, moves) -> None:
    def gain(one: Move) -> int:
        return sum(4 - marks[name].level for name in lifted(marks, one))

    found = suggested(marks, moves, 1)
    possible = [gain(one) for one in moves if lifted(marks, one) and not missing(marks, one)]
    assert bool(found) == bool(possible)
    if found:
        assert gain(next(one for one in moves if one.id == found[0].move)) == max(possible)


@given(st.lists(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(LEVELS)), min_size=FEWEST, max_size=30))
def test_a_class_has_its_median_and_no_mark_of_few(levels: list[dict[str, int]]) -> None:
    for name, spread in summary(levels, NAMES).items():
        marked = [one[name] for one in levels if name in one]
        assert (spread is None) == (len(marked) < FEWEST)
        if spread:
            assert spread.n == len(marked) and spread.median == statistics.median(marked)
            assert min(marked) <= spread.low <= spread.median <= spread.high <= max(marked)


@given(st.lists(st.sampled_from(LEVELS), min_size=FEWEST, max_size=12))
def test_a_class_does_not_depend_on_the_order_of_its_files(levels: list[int]) -> None:
    files = [{"a": level} for level in levels]
    assert all(
        summary(files, "a") == summary(swapped(files, *pair), "a") for pair in combinations(range(len(files)), 2)
    )


def classes(size: int) -> dict[Spread, list[tuple[int, ...]]]:
    """All classes of a size, by what the picture shows of them."""
    alike = defaultdict(list)
    for marks in combinations_with_replacement(LEVELS, size):
        shown = summary([{"a": mark} for mark in marks], "a")["a"]
        assert shown is not None
        alike[shown].append(marks)
    return alike


def sure_of_all_others(alike: list[tuple[int, ...]], mine: int) -> bool:
    """Whether one who knows the picture and their own mark is sure what every other single person marked."""
    others = [list(marks) for marks in alike if mine in marks]
    for marks in others:
        marks.remove(mine)
    return len({mark for marks in others for mark in marks}) == 1


def test_of_fewer_than_are_shown_every_mark_can_be_worked_out() -> None:
    for size in range(1, FEWEST):
        every = list(combinations_with_replacement(LEVELS, size))
        assert len({tuple(np.percentile(marks, [25, 50, 75])) for marks in every}) == len(every)
    assert sum(len(alike) == 1 for alike in classes(FEWEST).values()) == 4  # of 56 classes of five


@pytest.mark.parametrize("size", range(FEWEST, 13))
def test_from_the_safe_size_on_nobody_is_sure_of_anothers_mark(size: int) -> None:
    """By symmetry one is sure of a certain person's mark only where all others marked the same for sure."""
    found = [alike for alike in classes(size).values() if any(sure_of_all_others(alike, mine) for mine in LEVELS)]
    assert bool(found) == (size < SAFE)


@pytest.mark.parametrize("size", range(FEWEST, SAFE))
def test_below_the_safe_size_three_marks_at_least_are_known(size: int) -> None:
    known = [sum(len(set(place)) == 1 for place in zip(*alike, strict=True)) for alike in classes(size).values()]
    assert min(known) >= 3


def swapped(files: list[dict[str, int]], i: int, j: int) -> list[dict[str, int]]:
    files = list(files)
    files[i], files[j] = files[j], files[i]
    return files
