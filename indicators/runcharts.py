"""Signal or ordinary variation: the rules of run charts and of process limits (version 1).

Two questions are asked of one phase, a stretch of readings between two rebases. Do the readings lie around their
median as those of an unchanged process would (the Anhøj rules)? Does one lie outside what the first twelve lead one
to expect (the individuals chart, XmR)? A signal says that something changed; it never says what.

Values come in order of time; None is a reading that is missing or withheld. A gap is neither above nor below: runs,
crossings and moving ranges go over the readings that are there, one after the other, as if the gap were not, and
places in the answers count the gaps, so that they are places in what was given. All judging is in exact rationals;
a float counts as the decimal it prints.

Sources: J. Anhøj and A. V. Olesen, "Run Charts Revisited", PLOS ONE 9(11), 2014, e113825 (longest run after
Schilling 2012, crossings after Chen 2010). NIST/SEMATECH e-Handbook of Statistical Methods 6.3.2.2 and
D. C. Montgomery, Introduction to Statistical Quality Control, 6.4 (individuals chart). L. S. Nelson, Journal of
Quality Technology 14, 1982 (moving ranges beyond their own limit dropped once).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise
from math import comb
from statistics import median

from indicators.amounts import Amount, exact

VERSION = "1"

LEAST_FOR_MEDIAN = 5
LEAST_FOR_SIGNAL = 10
LEAST_FOR_LIMITS = 12
RARE = Fraction(1, 20)
# 3 / d2 with d2 = 1.128, and D4, both for ranges of two, rounded as the tables print them.
LIMIT_FACTOR = Fraction("2.66")
RANGE_FACTOR = Fraction("3.267")

Value = Amount | None


@dataclass(frozen=True)
class Run:
    """Readings in a row on one side of the median: their first and last place, how many, +1 above or −1 below."""

    start: int
    end: int
    length: int
    side: int


@dataclass(frozen=True)
class Phase:
    """One phase judged by its median.

    `n` readings are there, `useful` of them off the median. Under 5 readings there is no median, under 10 none of
    the two allowances, so no signal. `long_runs` are the runs longer than allowed, in order of time.
    """

    n: int
    median: Fraction | None
    useful: int
    longest_run: int
    longest_allowed: int | None
    crossings: int
    least_crossings: int | None
    long_runs: tuple[Run, ...] = ()

    @property
    def is_tested(self) -> bool:
        return self.n >= LEAST_FOR_SIGNAL

    @property
    def has_long_run(self) -> bool:
        return self.longest_allowed is not None and self.longest_run > self.longest_allowed

    @property
    def has_few_crossings(self) -> bool:
        return self.least_crossings is not None and self.crossings < self.least_crossings

    @property
    def signals(self) -> tuple[str, ...]:
        """The rules that fired: long_run, few_crossings, both or none."""
        fired = (("long_run", self.has_long_run), ("few_crossings", self.has_few_crossings))
        return tuple(name for name, is_fired in fired if is_fired)


@dataclass(frozen=True)
class Limits:
    """Mean and limits of an individuals chart, in the unit, as they are tested: not clipped to natural limits.

    `base` readings set them, `mean_range` is the mean of the `ranges` moving ranges kept, `dropped` were too large
    to be ordinary. `outside` are the places strictly beyond a limit, in order.
    """

    mean: Fraction
    lower: Fraction
    upper: Fraction
    mean_range: Fraction
    base: int
    ranges: int
    dropped: int
    outside: tuple[int, ...] = ()

    def drawn(self, natural_low: Amount | None = None, natural_high: Amount | None = None) -> tuple[Fraction, Fraction]:
        """Lower and upper limit as they are drawn: no further than the measure can go.

        >>> xmr([1, 9] * 6).drawn(0, 100)
        (Fraction(0, 1), Fraction(657, 25))
        """
        low = self.lower if natural_low is None else max(self.lower, exact(natural_low))
        high = self.upper if natural_high is None else min(self.upper, exact(natural_high))
        return low, high


def split[Row](rows: Iterable[tuple[int, Row]], starts: Iterable[int]) -> list[list[tuple[int, Row]]]:
    """Rows of place and value, in the order of places, cut into phases; a start is the first place of a new phase.

    A start before the first row or on it begins nothing new. A phase in which nothing was read yet is empty.

    >>> split([(1, "a"), (2, "b"), (3, "c")], [3])
    [[(1, 'a'), (2, 'b')], [(3, 'c')]]
    """
    ordered = sorted(rows, key=lambda row: row[0])
    cuts = sorted({start for start in starts if ordered and start > ordered[0][0]})
    edges = pairwise([float("-inf"), *cuts, float("inf")])
    return [[row for row in ordered if first <= row[0] < following] for first, following in edges]


def phase(values: Iterable[Value]) -> Phase:
    """One phase held against its own median by the Anhøj rules.

    Readings on the median do not count: they neither break a run nor make one longer. From ten readings on, a run
    longer than round(log2 n′) + 3, or fewer crossings than the 5 % quantile of binomial(n′ − 1, ½), is a signal.

    >>> found = phase([3, 2, 3, 1, 2, 3, 7, 8, 9, 7, 8, 9])
    >>> found.useful, found.longest_run, found.longest_allowed, found.crossings, found.least_crossings, found.signals
    (12, 6, 7, 1, 3, ('few_crossings',))
    """
    known = _known(values)
    if len(known) < LEAST_FOR_MEDIAN:
        return Phase(len(known), None, 0, 0, None, 0, None)
    middle = median(value for _place, value in known)
    runs = _runs(known, middle)
    useful, longest = sum(run.length for run in runs), max((run.length for run in runs), default=0)
    is_tested = len(known) >= LEAST_FOR_SIGNAL and useful > 0
    allowed = longest_allowed(useful) if is_tested else None
    return Phase(
        n=len(known),
        median=middle,
        useful=useful,
        longest_run=longest,
        longest_allowed=allowed,
        crossings=max(len(runs) - 1, 0),
        least_crossings=least_crossings(useful) if is_tested else None,
        long_runs=tuple(run for run in runs if allowed is not None and run.length > allowed),
    )


def longest_allowed(useful: int) -> int:
    """The longest run that ordinary variation is allowed: round(log2 n′) + 3, for n′ readings off the median.

    Exact: log2 n′ is never halfway between whole numbers, and n′ squared tells on which side it lies.

    >>> [longest_allowed(n) for n in (10, 11, 12, 22, 23, 45, 46)]
    [6, 6, 7, 7, 8, 8, 9]
    """
    if useful < 1:
        raise ValueError("A run needs readings off the median.")
    return (useful * useful).bit_length() // 2 + 3


def least_crossings(useful: int) -> int:
    """The fewest crossings that ordinary variation is allowed, for n′ readings off the median."""
    return binomial_quantile(RARE, max(useful - 1, 0))


def binomial_quantile(share: Fraction, trials: int) -> int:
    """The smallest k for which at most k heads in so many throws of a fair coin has at least this probability.

    >>> [binomial_quantile(Fraction(1, 20), n) for n in (9, 19, 23)]
    [2, 6, 8]
    """
    wanted, total = share * 2**trials, 0
    for k in range(trials + 1):
        total += comb(trials, k)
        if total >= wanted:
            return k
    return trials


def xmr(values: Iterable[Value]) -> Limits | None:
    """The individuals chart of one phase; None under twelve readings.

    Mean and limits are frozen on the first twelve readings; every reading of the phase is then tested against them,
    and strictly beyond is a signal.
    """
    values = list(values)
    if len(_known(values)) < LEAST_FOR_LIMITS:
        return None
    return individuals(values, base=LEAST_FOR_LIMITS)


def individuals(values: Iterable[Value], *, base: int | None = None, factor: Amount = LIMIT_FACTOR) -> Limits:
    """Limits set by the first `base` readings (all, if not said), held against every reading given.

    Mean ± factor × mean moving range. Moving ranges at or above 3.267 times their mean are dropped, once, before
    the mean is taken anew. `factor` is 2.66; a source that computes with 3 / 1.128 is reproduced by giving that.
    Raises ValueError for fewer than two readings, or a base that is.

    >>> found = individuals([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1], factor=3 / Fraction("1.128"))
    >>> [round(float(number), 4) for number in (found.mean, found.mean_range, found.lower, found.upper)]
    [50.81, 1.8778, 45.8159, 55.8041]
    """
    known = _known(values)
    setting = [value for _place, value in known[:base]]
    if len(setting) < 2 or (base is not None and base < 2):
        raise ValueError("A moving range needs two readings.")
    ranges = [abs(later - earlier) for earlier, later in pairwise(setting)]
    kept = _ordinary(ranges)
    mean, mean_range = _mean(setting), _mean(kept)
    reach = exact(factor) * mean_range
    lower, upper = mean - reach, mean + reach
    outside = tuple(place for place, value in known if value < lower or value > upper)
    return Limits(mean, lower, upper, mean_range, len(setting), len(kept), len(ranges) - len(kept), outside)


def _ordinary(ranges: list[Fraction]) -> list[Fraction]:
    """The moving ranges below 3.267 times their mean; all of them where nothing moved."""
    limit = RANGE_FACTOR * _mean(ranges)
    return [size for size in ranges if size < limit] or ranges


def _mean(numbers: Sequence[Fraction]) -> Fraction:
    return sum(numbers, Fraction(0)) / len(numbers)


def _known(values: Iterable[Value]) -> list[tuple[int, Fraction]]:
    """The readings that are there, each with its place among all."""
    return [(place, exact(value)) for place, value in enumerate(values) if value is not None]


def _runs(known: Iterable[tuple[int, Fraction]], middle: Fraction) -> list[Run]:
    """The stretches on one side of the median, readings on it left out."""
    sides = [(place, 1 if value > middle else -1) for place, value in known if value != middle]
    runs = []
    for side, members in groupby(sides, key=lambda member: member[1]):
        places = [place for place, _side in members]
        runs.append(Run(places[0], places[-1], len(places), side))
    return runs
