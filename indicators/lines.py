"""Straight lines through readings: the median slope of Theil and Sen, and least squares with its prediction interval.

Sources: H. Theil, Proceedings of the Royal Netherlands Academy of Sciences 53, 1950; P. K. Sen, Journal of the
American Statistical Association 63, 1968, 1379–1389; the interval is the usual one for a new reading, as in
D. R. Helsel and others, Statistical Methods in Water Resources (USGS Techniques and Methods 4–A3, 2020), chapter 9.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from statistics import median

from indicators.amounts import Amount, exact

VERSION = "1"


@dataclass(frozen=True)
class Line:
    """A straight line, exact: slope in y per x, intercept in y."""

    slope: Fraction
    intercept: Fraction

    def at(self, x: Amount) -> Fraction:
        """The height of the line."""
        return self.intercept + self.slope * exact(x)


@dataclass(frozen=True)
class Fit(Line):
    """A least-squares line and what an interval around it needs.

    `n` readings, `mean_x` and `sxx` (sum of squared distances from it) of their places, `variance` the sum of
    squared residuals over n − 2; all exact. `s` is the standard deviation around the line, in y.
    """

    n: int
    mean_x: Fraction
    sxx: Fraction
    variance: Fraction

    @property
    def s(self) -> float:
        return sqrt(self.variance)


@dataclass(frozen=True)
class Interval:
    """Where a new reading would land: the height of the line and the two ends, in y."""

    middle: float
    low: float
    high: float


def theil_sen(xs: Iterable[Amount], ys: Iterable[Amount]) -> Line:
    """The median of all pairwise slopes, and the median of what it leaves of each point.

    This is `scipy.stats.theilslopes(ys, xs, method="joint")` in exact rationals: a page shows a handful of points,
    for which loading scipy costs more than the pairs. Equal xs make no slope. Raises ValueError for fewer than two
    different xs, sequences of different lengths, or what is no number.

    >>> theil_sen([2017, 2018, 2019], [83.5, 85.3, 85.3]).slope
    Fraction(9, 10)
    """
    points = _points(xs, ys)
    slopes = [
        (y2 - y1) / (x2 - x1)
        for place, (x1, y1) in enumerate(points)
        for x2, y2 in points[place + 1 :]
        if x2 != x1
    ]  # fmt: skip
    if not slopes:
        raise ValueError("A slope needs readings for at least two periods.")
    slope = median(slopes)
    return Line(slope, median(y - slope * x for x, y in points))


def least_squares(xs: Iterable[Amount], ys: Iterable[Amount]) -> Fit:
    """The line with the least sum of squared vertical distances.

    Raises ValueError for fewer than three readings (nothing would be left to tell their spread), for places that
    are all the same, for sequences of different lengths, or what is no number.

    >>> fit = least_squares([1, 2, 3, 4, 5], [2, 4, 5, 4, 5])
    >>> fit.slope, fit.intercept, fit.variance
    (Fraction(3, 5), Fraction(11, 5), Fraction(4, 5))
    """
    points = _points(xs, ys)
    n = len(points)
    if n < 3:
        raise ValueError("A least-squares line with its spread needs at least three readings.")
    mean_x, mean_y = sum(x for x, _ in points) / n, sum(y for _, y in points) / n
    sxx = sum((x - mean_x) ** 2 for x, _ in points)
    if not sxx:
        raise ValueError("A line needs readings for at least two periods.")
    slope = sum((x - mean_x) * (y - mean_y) for x, y in points) / sxx
    intercept = mean_y - slope * mean_x
    variance = sum((y - intercept - slope * x) ** 2 for x, y in points) / (n - 2)
    return Fit(slope, intercept, n, mean_x, sxx, variance)


def prediction_interval(fit: Fit, x: Amount, *, level: Amount = Fraction(80, 100)) -> Interval:
    """Where one new reading at x would land in `level` of all cases, if nothing but chance moved readings off the line.

    a + b·x ± t((1 + level) / 2; n − 2) · s · √(1 + 1/n + (x − x̄)² / Sxx), not clipped. Raises ValueError unless the
    level lies strictly between 0 and 1.

    >>> found = prediction_interval(least_squares([1, 2, 3, 4, 5], [2, 4, 5, 4, 5]), 6)
    >>> round(found.middle, 4), round(found.low, 4), round(found.high, 4)
    (5.8, 3.6772, 7.9228)
    """
    share, place = exact(level), exact(x)
    if not 0 < share < 1:
        raise ValueError("The level of an interval lies between 0 and 1, such as 0.8.")
    middle = fit.at(place)
    spread = fit.variance * (1 + Fraction(1, fit.n) + (place - fit.mean_x) ** 2 / fit.sxx)
    reach = student_quantile((1 + share) / 2, fit.n - 2) * sqrt(spread)
    return Interval(float(middle), float(middle) - reach, float(middle) + reach)


def student_quantile(share: Amount, freedom: int) -> float:
    """The quantile of Student's t with so many degrees of freedom; scipy is loaded here and not before.

    >>> round(student_quantile("0.90", 4), 3), round(student_quantile("0.975", 10), 3)
    (1.533, 2.228)
    """
    from scipy.special import stdtrit

    return float(stdtrit(freedom, float(exact(share))))


def _points(xs: Iterable[Amount], ys: Iterable[Amount]) -> list[tuple[Fraction, Fraction]]:
    xs, ys = list(xs), list(ys)
    if len(xs) != len(ys):
        raise ValueError("A line needs as many values as places.")
    return [(exact(x), exact(y)) for x, y in zip(xs, ys, strict=True)]
