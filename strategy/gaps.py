"""A goal that is a gap between two groups: which side moved, in words that praise no gap closed by a loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from indicators.gaps import Course, GapMove, gap_move
from indicators.labels import period_phrase
from indicators.trajectory import RANGE
from indicators.units import difference_text, value_text
from indicators.words import Word
from strategy.measures import Point, unit_of

if TYPE_CHECKING:
    from strategy.cards import GoalCard


def move_of(card: GoalCard) -> GapMove | None:
    """What the two sides did from the path's beginning to the last reading; None where one is withheld or missing."""
    ends = _ends(card)
    if ends is None or card.indicator.direction == RANGE:
        return None
    (left_before, right_before), (left_after, right_after) = (point.published for point in ends)
    return gap_move(
        (left_before.low, left_after.low), (right_before.low, right_after.low), direction=card.indicator.direction
    )


def _ends(card: GoalCard) -> tuple[Point, Point] | None:
    """The first and the last point of which both sides are known exactly, from the baseline's period on."""
    if not card.promise or not card.promise.minus_id or not card.path or card.breaks:
        return None
    start = card.path.baseline.period.number
    points = [point for point in card.points if point.reading.period.number >= start]
    if len(points) < 2 or points[0].reading.period.number != start:
        return None
    first, last = points[0], points[-1]
    is_known = all(side.value is not None for point in (first, last) for side in point.published)
    return (first, last) if is_known else None


def caution_of(card: GoalCard) -> str:
    """The finding of a gap that is narrower only by a loss, in place of one that would praise it."""
    if not card.promise or not card.promise.minus_id or card.word not in (Word.ON_TRACK, Word.TARGET_MET):
        return ""
    move = move_of(card)
    if move is None or move.course != Course.AHEAD_LOST:
        return ""
    return _("The gap is narrower only because the group ahead lost ground")


def sides_of(card: GoalCard, read) -> str:
    """Which side moved, for a goal that is a gap; `read` gives authored names in the reader's language."""
    move = move_of(card)
    if move is None:
        return ""
    first, last = _ends(card)
    ahead, behind = _names(card, read, move)
    unit = unit_of(card.indicator)
    words = {
        "ahead": ahead,
        "behind": behind,
        "start": period_phrase(first.reading.period),
        "end": period_phrase(last.reading.period),
        "before": difference_text(move.before, card.unit),
        "after": difference_text(move.after, card.unit),
        "ahead_before": value_text(move.ahead.before, unit),
        "ahead_after": value_text(move.ahead.after, unit),
        "behind_before": value_text(move.behind.before, unit),
        "behind_after": value_text(move.behind.after, unit),
    }
    figures = _(
        "From %(start)s to %(end)s the gap went from %(before)s to %(after)s: %(behind)s from %(behind_before)s to "
        "%(behind_after)s, %(ahead)s from %(ahead_before)s to %(ahead_after)s."
    )
    return f"{figures % words} {_conclusion(move) % words}"


def _names(card: GoalCard, read, move: GapMove) -> tuple[str, str]:
    """The names of the group ahead and the group behind: of the student groups, or of the organizations."""
    sides = (card.promise.measure, card.promise.minus)
    if sides[0].group_id != sides[1].group_id:
        names = [read(side.group.name) for side in sides]
    else:
        names = [side.organization.short_name or side.organization.name for side in sides]
    return (names[0], names[1]) if move.is_left_ahead else (names[1], names[0])


def _conclusion(move: GapMove) -> str:
    told = {
        Course.BEHIND_IMPROVED: _("It is narrower because %(behind)s improved."),
        Course.BOTH_MOVED_CLOSER: _("It is narrower in part because %(ahead)s lost ground, and that part is no gain."),
        Course.AHEAD_LOST: _("It is narrower only because %(ahead)s lost ground: that is no gain."),
        Course.BEHIND_LOST: _("It is wider because %(behind)s lost ground."),
        Course.AHEAD_IMPROVED: _("It is wider because %(ahead)s improved more."),
        Course.CROSSED: _("%(behind)s are now ahead of %(ahead)s."),
        Course.UNCHANGED: _("It is as wide as it was."),
    }
    return told[move.course]
