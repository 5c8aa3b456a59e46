"""What may be held against what: breaks of a series, who took part, and who was measured (version 1).

>>> from indicators.calendars import year_period
>>> years = [year_period("school_year", number) for number in (2018, 2019, 2020, 2021)]
>>> [change.later.label() for change in participation_changes(zip(years, [95, 93.2, 88.1, 88.1]))]
['2019–20']
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from indicators.amounts import Amount, exact
from indicators.calendars import Period

VERSION = "1"

NOTABLE_CHANGE = 5  # points of participation; beyond it two results speak of different shares of the students


def break_between(earlier: Period, later: Period, breaks: Iterable[date]) -> date | None:
    """The last break between two periods, if any; `breaks` are the first days of new phases.

    A period belongs to the new phase if it ends in it. Nothing is compared across: no line, status, trend or forecast.

    >>> spring = lambda number: Period("school_year", "year", number)
    >>> break_between(spring(2014), spring(2015), [date(2014, 7, 1)])
    datetime.date(2014, 7, 1)
    >>> break_between(spring(2015), spring(2016), [date(2014, 7, 1)]) is None
    True
    """
    crossed = [day for day in breaks if earlier.end < day <= later.end]
    return max(crossed, default=None)


@dataclass(frozen=True)
class ParticipationChange:
    """Participation in percent that moved by more than 5 points from one reading to the next."""

    earlier: Period
    later: Period
    before: Fraction
    after: Fraction

    @property
    def points(self) -> Fraction:
        return self.after - self.before


def is_notable(before: Amount, after: Amount) -> bool:
    """Did participation change by more than 5 points, up or down? Exactly 5 does not.

    >>> is_notable(95, 90), is_notable(95, 89.9), is_notable(80, 95)
    (False, True, True)
    """
    return abs(exact(after) - exact(before)) > NOTABLE_CHANGE


def participation_changes(readings: Iterable[tuple[Period, Amount | None]]) -> list[ParticipationChange]:
    """Where participation beside "percent met" changed so much that the page must say so, in order of time.

    Each reading is held against the last one known before it; None, a withheld one, is skipped.
    """
    known = sorted(
        ((period, exact(share)) for period, share in readings if share is not None), key=lambda row: row[0].end
    )
    neighbors = zip(known, known[1:], strict=False)
    return [
        ParticipationChange(earlier, later, before, after)
        for (earlier, before), (later, after) in neighbors
        if is_notable(before, after)
    ]


def is_trend(cohorts: Sequence[object], ages: Sequence[object]) -> bool:
    """May the points be joined into a trend? Each is measured on a cohort at an age (or grade).

    Yes if all are of one age (this year's third graders after last year's) or of one cohort (the same children as they
    grow). Different cohorts at different ages are not a trend. Raises ValueError for sequences of different lengths.

    >>> is_trend([2018, 2019, 2020], [8, 8, 8]), is_trend([2018, 2018], [8, 9]), is_trend([2018, 2019], [8, 10])
    (True, True, False)
    """
    if len(cohorts) != len(ages):
        raise ValueError("Every point needs its cohort and its age.")
    return len(set(cohorts)) <= 1 or len(set(ages)) <= 1
