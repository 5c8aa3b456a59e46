"""A gap between two groups: whether it closed, and which side moved (version 2).

A gap can close because the group behind improved, or because the group ahead lost ground; only the first is a gain.
Which group is ahead depends on whether higher or lower is better; improving and losing ground are meant in that sense.
Version 2: of two groups that began level, the one that is ahead afterwards counts as the group ahead.

    >>> moved = gap_move((72, 72), (50, 56))
    >>> moved.before, moved.after, moved.course.value, moved.is_gain
    (Fraction(22, 1), Fraction(16, 1), 'behind_improved', True)
    >>> fell = gap_move((72, 66), (50, 50))
    >>> fell.course.value, fell.is_gain
    ('ahead_lost', False)
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from indicators.amounts import Amount, exact
from indicators.trajectory import HIGHER, LOWER

VERSION = "2"


class Course(StrEnum):
    """What the two sides did, seen from the result."""

    BEHIND_IMPROVED = "behind_improved"  # narrower, the group ahead did not lose ground
    BOTH_MOVED_CLOSER = "both_moved_closer"  # narrower: the group behind improved, the group ahead lost ground
    AHEAD_LOST = "ahead_lost"  # narrower only because the group ahead lost ground
    BEHIND_LOST = "behind_lost"  # wider: the group behind lost ground
    AHEAD_IMPROVED = "ahead_improved"  # wider: the group ahead improved, the other less or not at all
    CROSSED = "crossed"  # the group that was behind is now ahead
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Side:
    """One group before and after, in the unit; `gained` counts upward as better."""

    before: Fraction
    after: Fraction
    gained: Fraction


@dataclass(frozen=True)
class GapMove:
    """The gap before and after (its size, in the unit), and the group ahead and the group behind at the start (of two
    that began level, afterwards).

    `is_left_ahead` says which of the two groups given was ahead. A gap that closed is a gain only if the group
    behind improved and the group ahead did not pay for it.
    """

    before: Fraction
    after: Fraction
    ahead: Side
    behind: Side
    course: Course
    is_left_ahead: bool

    @property
    def is_gain(self) -> bool:
        return self.course == Course.BEHIND_IMPROVED


def gap_move(left: tuple[Amount, Amount], right: tuple[Amount, Amount], *, direction: str = HIGHER) -> GapMove:
    """What became of the gap between two groups, each given before and after; `direction` says what is better.

    Raises ValueError for a direction that is neither higher nor lower, or what is no number.
    """
    if direction not in (HIGHER, LOWER):
        raise ValueError(f"A gap counts higher or lower as better, not “{direction}”.")
    turn = -1 if direction == LOWER else 1
    sides = [_side(before, after, turn) for before, after in (left, right)]
    standings = [(turn * side.before, turn * side.after) for side in sides]
    is_left_ahead = standings[0] >= standings[1]  # level at first: by what came of it, for no gap can only open
    ahead, behind = sides if is_left_ahead else sides[::-1]
    before, after = turn * (ahead.before - behind.before), turn * (ahead.after - behind.after)
    return GapMove(before, abs(after), ahead, behind, _course(before, after, ahead, behind), is_left_ahead)


def _side(before: Amount, after: Amount, turn: int) -> Side:
    first, last = exact(before), exact(after)
    return Side(first, last, turn * (last - first))


def _course(before: Fraction, after: Fraction, ahead: Side, behind: Side) -> Course:
    if after < 0:
        return Course.CROSSED
    if after == before:
        return Course.UNCHANGED
    if after < before:
        if behind.gained <= 0:
            return Course.AHEAD_LOST
        return Course.BOTH_MOVED_CLOSER if ahead.gained < 0 else Course.BEHIND_IMPROVED
    return Course.BEHIND_LOST if behind.gained < 0 else Course.AHEAD_IMPROVED
