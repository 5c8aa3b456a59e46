"""A gap between two groups: which side moved, and what is no gain."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import gaps
from indicators.gaps import gap_move

TABLE = [
    # what happened, one group (before, after), the other, direction, gap after, course, is a gain
    ("the group behind improved", (72, 72), (50, 56), "higher", 16, "behind_improved", True),
    ("both improved, the group behind more", (72, 74), (50, 58), "higher", 16, "behind_improved", True),
    ("only the group ahead lost", (72, 66), (50, 50), "higher", 16, "ahead_lost", False),
    ("both lost, the group ahead more", (72, 60), (50, 46), "higher", 14, "ahead_lost", False),
    ("both moved closer", (72, 70), (50, 54), "higher", 16, "both_moved_closer", False),
    ("the group behind lost", (72, 72), (50, 46), "higher", 26, "behind_lost", False),
    ("the group ahead improved more", (72, 78), (50, 52), "higher", 26, "ahead_improved", False),
    ("both lost, the group behind more", (72, 70), (50, 44), "higher", 26, "behind_lost", False),
    ("as wide as before, higher up", (72, 75), (50, 53), "higher", 22, "unchanged", False),
    ("overtaken", (72, 70), (50, 73), "higher", 3, "crossed", False),
    ("given the other way round", (50, 56), (72, 72), "higher", 16, "behind_improved", True),
    ("level at first, one side lost", (50, 45), (50, 50), "higher", 5, "behind_lost", False),
    ("level at first, one side improved", (50, 50), (50, 55), "higher", 5, "ahead_improved", False),
    ("level at first, given the other way round", (50, 55), (50, 50), "higher", 5, "ahead_improved", False),
    ("level at first, both lost", (50, 48), (50, 45), "higher", 3, "behind_lost", False),
    ("level at first and last", (50, 55), (50, 55), "higher", 0, "unchanged", False),
    ("closed to nothing", (72, 72), (50, 72), "higher", 0, "behind_improved", True),
    ("level at first, absence rises on one side", (20, 24), (20, 20), "lower", 4, "behind_lost", False),
    ("absence: the group with more of it has less", (30, 24), (20, 20), "lower", 4, "behind_improved", True),
    ("absence: the others have more of it", (30, 30), (20, 26), "lower", 4, "ahead_lost", False),
]  # fmt: skip


@pytest.mark.parametrize(("why", "one", "other", "direction", "after", "course", "is_gain"), TABLE)
def test_which_side_moved(why, one, other, direction, after, course, is_gain):
    found = gap_move(one, other, direction=direction)
    assert (found.after, found.course, found.is_gain) == (after, course, is_gain), why


PERCENT = st.decimals(0, 100, places=1)


@given(PERCENT, PERCENT, PERCENT, PERCENT)
def test_counting_the_other_way_round_never_changes_the_course(a, b, c, d):
    found = gap_move((a, b), (c, d))
    turned = gap_move((100 - a, 100 - b), (100 - c, 100 - d), direction="lower")
    assert (found.course, found.before, found.after) == (turned.course, turned.before, turned.after)


# So few values that the two often begin level, or end so.
FEW = st.tuples(st.integers(0, 4), st.integers(0, 4))
NARROWER = {"behind_improved", "both_moved_closer", "ahead_lost"}
WIDER = {"behind_lost", "ahead_improved"}


@given(FEW, FEW, st.sampled_from(["higher", "lower"]))
def test_the_course_says_whether_the_gap_narrowed_and_does_not_hang_on_which_side_comes_first(one, other, direction):
    found, turned = gap_move(one, other, direction=direction), gap_move(other, one, direction=direction)
    assert (found.course, found.before, found.after) == (turned.course, turned.before, turned.after)
    assert (found.before, found.after) == (abs(one[0] - other[0]), abs(one[1] - other[1]))
    assert found.course not in NARROWER or found.after < found.before
    assert found.course not in WIDER or found.after > found.before
    assert found.course != "unchanged" or found.after == found.before


@given(PERCENT, PERCENT, PERCENT, PERCENT)
def test_no_gain_where_the_group_behind_did_not_improve(a, b, c, d):
    found = gap_move((a, b), (c, d))
    assert not (found.is_gain and found.behind.gained <= 0)
    assert not (found.is_gain and found.ahead.gained < 0)


def test_what_is_no_gap_is_said_plainly():
    with pytest.raises(ValueError, match="higher or lower"):
        gap_move((1, 2), (3, 4), direction="range")


@pytest.mark.parametrize("wrong", ["behind_improved", "both_moved_closer"])
def test_praise_for_a_loss_is_noticed(monkeypatch, wrong):
    monkeypatch.setattr(gaps, "_course", lambda *given: gaps.Course(wrong))
    with pytest.raises(AssertionError):
        test_which_side_moved(*TABLE[2])
