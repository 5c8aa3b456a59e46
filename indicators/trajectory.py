"""The planned path from a baseline to a target, and the shapes in which a team may draw it.

What is stored is waypoints and the rule between them; a shape is only a way to draw. Values are in the indicator's
own unit and may be numbers of any kind (a float counts as the decimal it prints); planned values are exact rationals,
because a path over five years moves in fifths and a judgment must not depend on rounding. Version 1.

    >>> from indicators.periods import Period
    >>> start = Waypoint(Period("class_of", "year", 2017), Decimal("83.5"))
    >>> goal = Waypoint(Period("class_of", "year", 2022), Decimal("90"))
    >>> planned_at(Path(start, goal), Period("class_of", "year", 2019))
    Fraction(861, 10)
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from indicators.amounts import Amount, exact
from indicators.periods import SCHOOL_YEAR, Period, year_period

VERSION = "1"

LINEAR, STEP = "linear", "step"
HIGHER, LOWER, RANGE = "higher", "lower", "range"


class TrajectoryError(ValueError):
    """A path that cannot be; the message is plain enough to show to a tactic leader."""


@dataclass(frozen=True)
class Waypoint:
    """A planned value (in the indicator's unit) at a period."""

    period: Period
    value: Amount


@dataclass(frozen=True)
class Path:
    """A promise drawn as a line: where it began, where it goes, and what was planned between.

    `waypoints` stand strictly between baseline and target, in order. `tolerance` is in the unit.
    A range goal (direction "range") names `low` and `high`, both in the unit and inclusive, and its target
    lies within them. Raises TrajectoryError when the points are out of order or the range is not one, ValueError for a
    value that is no number.
    """

    baseline: Waypoint
    target: Waypoint
    waypoints: tuple[Waypoint, ...] = ()
    interpolation: str = LINEAR
    tolerance: Amount = Decimal(0)
    direction: str = HIGHER
    low: Amount | None = None
    high: Amount | None = None

    def __post_init__(self) -> None:
        if self.interpolation not in (LINEAR, STEP):
            raise TrajectoryError(f"Between waypoints a path is linear or a step, not “{self.interpolation}”.")
        if self.direction not in (HIGHER, LOWER, RANGE):
            raise TrajectoryError(f"A goal aims higher, lower or at a range, not “{self.direction}”.")
        for point in self.points:
            exact(point.value)
        if exact(self.tolerance) < 0:
            raise TrajectoryError("A tolerance cannot be negative.")
        if self.direction == RANGE:
            self._check_range()
        by_number = shares_calendar(point.period for point in self.points)
        places = [coordinate(point.period, by_number) for point in self.points]
        if any(later <= earlier for earlier, later in pairwise(places)):
            raise TrajectoryError("Baseline, waypoints and target must follow one another in time.")

    def _check_range(self) -> None:
        if self.low is None or self.high is None or exact(self.low) > exact(self.high):
            raise TrajectoryError("A range goal needs a lowest and a highest value.")
        if distance_outside(self.target.value, self.low, self.high):
            raise TrajectoryError("The target of a range goal lies within its range.")

    @property
    def points(self) -> tuple[Waypoint, ...]:
        """Baseline, waypoints and target, in order."""
        return (self.baseline, *self.waypoints, self.target)


def yearly_path(
    baseline: tuple[int, Amount],
    target: tuple[int, Amount],
    *waypoints: tuple[int, Amount],
    calendar: str = SCHOOL_YEAR,
    **rules,
) -> Path:
    """A path by years, from pairs of year and value; `rules` are those of Path (interpolation, direction and so on).

    >>> planned_at(yearly_path((2017, 30), (2022, 15), direction="lower"), year_period(SCHOOL_YEAR, 2019))
    Fraction(24, 1)
    """
    start, end, *between = (
        Waypoint(year_period(calendar, year), value) for year, value in (baseline, target, *waypoints)
    )
    return Path(start, end, tuple(between), **rules)


def default_tolerance(decimals: int) -> Decimal:
    """Half the reporting unit: what rounding alone can do.

    >>> default_tolerance(1), default_tolerance(0)
    (Decimal('0.05'), Decimal('0.5'))
    """
    return Decimal(5).scaleb(-decimals - 1)


def shares_calendar(periods: Iterable[Period]) -> bool:
    """Do all periods count in one calendar and kind?"""
    return len({(period.calendar, period.kind) for period in periods}) <= 1


def coordinate(period: Period, by_number: bool) -> int:
    """The place of a period on the time axis: its number when all share a calendar and kind, else its last day.

    By number a path over five years moves in exact fifths, whatever the length of months and leap years.
    """
    return period.number if by_number else period.end.toordinal()


def is_after(period: Period, other: Period) -> bool:
    """Does `period` lie after `other` on the axis that the two share?"""
    by_number = shares_calendar((period, other))
    return coordinate(period, by_number) > coordinate(other, by_number)


def planned_at(path: Path, period: Period) -> Fraction | None:
    """The value planned for a period, in the unit, exact; None before the baseline, the target's value after it.

    `linear` runs straight between neighbors; `step` holds a value until the next waypoint's period, which
    already has the new one.

    >>> from indicators.periods import Period
    >>> year = lambda number: Period("school_year", "year", number)
    >>> stairs = Path(Waypoint(year(2018), Decimal(40)), Waypoint(year(2022), Decimal(60)), interpolation="step")
    >>> planned_at(stairs, year(2021)), planned_at(stairs, year(2022)), planned_at(stairs, year(2017))
    (Fraction(40, 1), Fraction(60, 1), None)
    """
    by_number = shares_calendar((period, *(point.period for point in path.points)))
    place = coordinate(period, by_number)
    if place < coordinate(path.baseline.period, by_number):
        return None
    for earlier, later in pairwise(path.points):
        start, end = coordinate(earlier.period, by_number), coordinate(later.period, by_number)
        if place < end:
            rise = exact(later.value) - exact(earlier.value)
            done = Fraction(place - start, end - start) if path.interpolation == LINEAR else 0
            return exact(earlier.value) + rise * done
    return exact(path.target.value)


def distance_outside(value: Amount, low: Amount, high: Amount) -> Fraction:
    """How far a value lies outside [low, high], in the unit; zero inside.

    >>> distance_outside(92, 95, 98)
    Fraction(3, 1)
    """
    return max(exact(low) - exact(value), exact(value) - exact(high), Fraction(0))


def nearest_within(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """The value of [low, high] nearest to a baseline: where the path to a range ends unless the goal says more.

    >>> nearest_within(Decimal(92), Decimal(95), Decimal(98))
    Decimal('95')
    """
    return min(max(value, low), high)


class Shape(StrEnum):
    """The shapes offered when a path is drawn."""

    STRAIGHT = "straight"
    STEPS = "steps"
    SLOW_START = "slow_start"
    FAST_START = "fast_start"
    COMPOUNDING = "compounding"
    BY_HAND = "by_hand"


MOST_WAYPOINTS = 24  # enough for two years of months; a weekly path is drawn through every few weeks


def draw(
    shape: Shape, baseline: Waypoint, target: Waypoint, *, decimals: int = 1, risers: int = 2
) -> tuple[tuple[Waypoint, ...], str]:
    """The waypoints and interpolation of a shape between two points.

    `straight` and `by_hand` need no waypoints: the line between the ends is exact (by hand, points are then
    moved by the team). `steps` spreads the way over `risers` equal steps (no more than there are periods), the last of
    them at the target.
    `slow_start` makes the square of the elapsed share, `fast_start` its mirror. `compounding` grows by the same
    percentage every period. Drawn values are rounded to `decimals`: they are promises people will read.
    Raises TrajectoryError for an unknown shape, when the ends do not share a calendar, or a compounding path touches
    zero.

    >>> from indicators.periods import Period
    >>> year = lambda number: Period("school_year", "year", number)
    >>> points, rule = draw(Shape.SLOW_START, Waypoint(year(2018), Decimal(40)), Waypoint(year(2022), Decimal(60)))
    >>> [str(point.value) for point in points], rule
    (['41.3', '45.0', '51.3'], 'linear')
    """
    if shape not in tuple(Shape):
        raise TrajectoryError(f"There is no shape “{shape}”. Known: {', '.join(Shape)}.")
    if shape in (Shape.STRAIGHT, Shape.BY_HAND):
        return (), LINEAR
    if not shares_calendar((baseline.period, target.period)):
        raise TrajectoryError("Baseline and target count in different calendars: draw this path by hand.")
    count = target.period.number - baseline.period.number
    if count < 1:
        raise TrajectoryError("The target must lie after the baseline.")
    if shape == Shape.STEPS:
        risers = max(min(risers, count), 1)
        shares = {round(Fraction(count * step, risers)): Fraction(step, risers) for step in range(1, risers)}
    else:
        stride = -(-count // (MOST_WAYPOINTS + 1))
        shares = {place: Fraction(place, count) for place in range(stride, count, stride)}
    points = tuple(
        Waypoint(baseline.period.next(place), _drawn(shape, baseline.value, target.value, share, decimals))
        for place, share in shares.items()
    )
    return points, STEP if shape == Shape.STEPS else LINEAR


def _drawn(shape: Shape, start: Amount, goal: Amount, share: Fraction, decimals: int) -> Decimal:
    """The value of a shape after a share (0 to 1) of the time; of steps, of their number."""
    first, last = exact(start), exact(goal)
    if shape == Shape.COMPOUNDING:
        if first <= 0 or last <= 0:
            raise TrajectoryError("A compounding path needs a baseline and a target above zero.")
        return _rounded(_decimal(first) * _decimal(last / first) ** _decimal(share), decimals)
    way = {Shape.STEPS: share, Shape.SLOW_START: share**2, Shape.FAST_START: 1 - (1 - share) ** 2}[shape]
    return _rounded(_decimal(first + (last - first) * way), decimals)


def compounded(baseline: Waypoint, periods: int, percent: Amount, *, decimals: int = 1) -> Waypoint:
    """Where a baseline stands after growing by `percent` each period (negative: shrinking).

    >>> from indicators.periods import Period
    >>> compounded(Waypoint(Period("school_year", "year", 2018), Decimal(100)), 2, Decimal(10)).value
    Decimal('121.0')
    """
    value = exact(baseline.value) * (1 + exact(percent) / 100) ** periods
    return replace(baseline, period=baseline.period.next(periods), value=_rounded(_decimal(value), decimals))


def _decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / number.denominator


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
