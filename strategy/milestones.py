"""The word a milestone wears and how far it has slipped; plain dates, no database.

The first due date is the promise: a milestone done after it is done late, however often the date was moved.
"""

from datetime import date, timedelta
from enum import StrEnum

DUE_SOON_DAYS = 30


class MilestoneWord(StrEnum):
    """The seven words, in the order in which the methods name them."""

    DONE = "done"
    DONE_LATE = "done_late"
    ON_TIME = "on_time"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    BLOCKED = "blocked"
    NOT_STARTED = "not_started"


class MilestoneState(StrEnum):
    """What the team last reported."""

    DONE = "done"
    ON_TIME = "on_time"
    LATE = "late"
    BLOCKED = "blocked"
    NOT_STARTED = "not_started"


def milestone_word(
    state: MilestoneState | str,
    *,
    day: date,
    first_due_on: date | None,
    due_on: date | None,
    done_on: date | None = None,
) -> MilestoneWord:
    """The word on a day, from the last report and the first and current due dates.

    Done if and only if dated; a completion dated after `day` has not happened yet. A date that has passed is
    overdue even when blocked or never begun, so that no report can hide it; a milestone is still in time on its
    due day. Blocked comes before due soon, due soon (30 days) before not started. A report that it will be late
    moves the due date: the word follows the new date, and the slippage says the rest.
    Raises ValueError when the state says done and no date does, or the other way round.

    >>> milestone_word("blocked", day=date(2020, 2, 6), first_due_on=date(2020, 1, 31), due_on=date(2020, 3, 1)).value
    'blocked'
    """
    if (state == MilestoneState.DONE) != (done_on is not None):
        raise ValueError("A milestone is done if and only if it has the date on which it was done.")
    if done_on and done_on <= day:
        is_late = first_due_on is not None and done_on > first_due_on
        return MilestoneWord.DONE_LATE if is_late else MilestoneWord.DONE
    if due_on and day > due_on:
        return MilestoneWord.OVERDUE
    if state == MilestoneState.BLOCKED:
        return MilestoneWord.BLOCKED
    if due_on and due_on - day <= timedelta(days=DUE_SOON_DAYS):
        return MilestoneWord.DUE_SOON
    return MilestoneWord.NOT_STARTED if state == MilestoneState.NOT_STARTED else MilestoneWord.ON_TIME


def slippage(first_due_on: date | None, due_on: date | None) -> int:
    """Days by which the due date has moved since it was first promised: due now − first due; negative if earlier.

    >>> slippage(date(2018, 12, 14), date(2019, 2, 22))
    70
    """
    if first_due_on is None or due_on is None:
        return 0
    return (due_on - first_due_on).days
