"""How fast a measure has moved, and how fast it must move from now on; no forecast, no probability.

Both speeds count upward as better and are in the unit per period of the indicator's calendar, so that they can
stand beside each other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from statistics import median

from indicators.periods import Period
from indicators.status import Reading, last_reading
from indicators.trajectory import LOWER, RANGE, Path, distance_outside, is_after, shares_calendar

FEWEST_FOR_FORECAST = 5


@dataclass(frozen=True)
class Line:
    """A straight line: slope in y per x, intercept in y."""

    slope: Fraction
    intercept: Fraction


@dataclass(frozen=True)
class Pace:
    """A speed in the unit per period (better is positive), the periods it spans and the points it rests on."""

    per_period: Fraction
    since: Period
    until: Period
    points: int


def theil_sen(xs: Sequence[Fraction | int], ys: Sequence[Fraction]) -> Line:
    """The median of all pairwise slopes, and the median of what each point leaves (Theil 1950, Sen 1968).

    This is `scipy.stats.theilslopes(ys, xs, method="joint")` in exact rationals: a page shows a handful of points,
    for which loading scipy costs more than the pairs. Equal xs make no slope. Raises ValueError for fewer than two
    different xs or sequences of different lengths.

    >>> theil_sen([2017, 2018, 2019], [Fraction("83.5"), Fraction("85.3"), Fraction("85.3")]).slope
    Fraction(9, 10)
    """
    points = list(zip(xs, ys, strict=True))
    slopes = [
        (Fraction(y2) - Fraction(y1)) / (x2 - x1)
        for place, (x1, y1) in enumerate(points)
        for x2, y2 in points[place + 1 :]
        if x2 != x1
    ]
    if not slopes:
        raise ValueError("A slope needs readings for at least two periods.")
    slope = median(slopes)
    return Line(slope, median(Fraction(y) - slope * x for x, y in points))


def pace_so_far(path: Path, readings: Iterable[Reading], *, day: date, breaks: Sequence[date] = ()) -> Pace | None:
    """The Theil–Sen slope from the baseline through all readings known on the day.

    None when nothing follows the baseline, when a reading is withheld or a band (a trend through hidden values
    would tell them), when a break lies between, or when the periods do not share a calendar.
    """
    latest = _latest_vintages(path, readings, day)
    if not latest or not all(reading.is_exact for reading in latest):
        return None
    periods = [path.baseline.period, *(reading.period for reading in latest)]
    if not shares_calendar(periods) or any(periods[0].end < cut <= periods[-1].end for cut in breaks):
        return None
    values = [_upward(path, Fraction(value)) for value in (path.baseline.value, *(r.low for r in latest))]
    slope = theil_sen([period.number for period in periods], values).slope
    return Pace(slope, periods[0], periods[-1], len(periods))


def pace_required(path: Path, readings: Iterable[Reading], *, day: date) -> Pace | None:
    """What must be gained each period from the last reading to the target; zero when the target is reached.

    None when there is no exact reading, or no period is left.
    """
    reading = last_reading(path, readings, day)
    if reading is None or not reading.is_exact or not is_after(path.target.period, reading.period):
        return None
    if not shares_calendar((reading.period, path.target.period)):
        return None
    goal = Fraction(0) if path.direction == RANGE else _upward(path, Fraction(path.target.value))
    left = path.target.period.number - reading.period.number
    missing = max(goal - _upward(path, Fraction(reading.low)), Fraction(0))
    return Pace(missing / left, reading.period, path.target.period, left)


def _upward(path: Path, value: Fraction) -> Fraction:
    """A value turned so that more is better; for a range goal the distance outside, counted down to zero."""
    if path.direction == RANGE:
        return -distance_outside(value, path.low, path.high)
    return -value if path.direction == LOWER else value


def _latest_vintages(path: Path, readings: Iterable[Reading], day: date) -> list[Reading]:
    """For each period after the baseline the reading known last, in the order of time."""
    latest: dict[Period, Reading] = {}
    for reading in readings:
        known = reading.known_on <= day and is_after(reading.period, path.baseline.period)
        if known and (reading.period not in latest or latest[reading.period].known_on <= reading.known_on):
            latest[reading.period] = reading
    return sorted(latest.values(), key=lambda reading: reading.period.end)
