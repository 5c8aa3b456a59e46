"""Does the leading indicator lead? The changes of two series paired at a lag declared before looking (version 1).

A claim says: this series moves first, the goal follows so many days later, the same way (or the other way). The
readings of the indicator are put on the goal's periods by the declared window; changes from one period to the next
are paired; nothing is searched for. From six pairs on Kendall's tau, with its exact one-sided p in the declared
direction, chooses between words, none of which means cause.

    >>> pairs = [(2, 1), (-1, -2), (3, 2), (1, "0.5"), (-2, -1), (4, 3), (1, -1)]
    >>> found = evidence(pairs, sign=1)
    >>> f"moved the same way in {found.as_declared} of {found.n} pairs", found.word.value
    ('moved the same way in 6 of 7 pairs', 'consistent')
    >>> evidence(pairs[:5]).word.value, evidence(pairs, sign=-1).word.value
    ('not_enough', 'against')
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from operator import itemgetter

from indicators.amounts import Amount, exact
from indicators.calendars import Period
from indicators.kendall import Kendall, kendall

VERSION = "1"

FEWEST_PAIRS = 6
NO_LINK_ABOVE = Fraction(1, 10)

MEAN, LAST = "mean", "last"
WITHHELD, BREAK, TOO_FEW = "withheld", "break", "too_few"

Entry = tuple[Period, Amount | None]


class Finding(StrEnum):
    """The four wordings."""

    NOT_ENOUGH = "not_enough"
    AGAINST = "against"
    NO_LINK = "no_link"
    CONSISTENT = "consistent"


# What a page says, for files and logs; pages translate it.
WORDS = {
    Finding.NOT_ENOUGH: "not enough pairs yet",
    Finding.AGAINST: "moved against what was declared",
    Finding.NO_LINK: "no visible link",
    Finding.CONSISTENT: "consistent so far, not proof",
}


@dataclass(frozen=True)
class Pair:
    """A change of the indicator and the change of the goal that was to follow, each in its unit; of one school or
    of the whole. `period` is the goal's period in which its change arrived."""

    leading: Fraction
    goal: Fraction
    period: Period | None = None
    place: str = ""


@dataclass(frozen=True)
class Pairing:
    """The pairs of two series, in order of time, and how many were left out for which reason."""

    pairs: tuple[Pair, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Evidence:
    """What the pairs say. `as_declared` of `n` moved the way that was declared (`same_way` both up or both down);
    a pair of which one side did not move did neither. `tau`, `p` and `method` stand from six pairs on (see `Kendall`).
    """

    n: int
    same_way: int
    as_declared: int
    sign: int
    word: Finding
    tau: float | None = None
    p: Fraction | None = None
    method: str = ""
    left_out: Mapping[str, int] = field(default_factory=dict)
    version: str = VERSION

    @property
    def words(self) -> str:
        return WORDS[self.word]


def evidence(
    pairs: Iterable[Pair | tuple[Amount, Amount]], *, sign: int = 1, left_out: Mapping[str, int] | None = None
) -> Evidence:
    """The word for pairs of changes (indicator, goal); `sign` is +1 if they were declared to move alike, −1 if not.

    Under six pairs: not enough yet. Tau of the other sign: against what was declared. p above 0.1: no visible link.
    Else consistent so far. Raises ValueError for another sign, or what is no number.
    """
    if sign not in (1, -1):
        raise ValueError("The declared sign is 1 (alike) or -1 (against each other).")
    moves = [(exact(leading), exact(goal)) for leading, goal in map(_changes, pairs)]
    products = [leading * goal for leading, goal in moves]
    told = kendall(*zip(*moves, strict=True), sign=sign) if len(moves) >= FEWEST_PAIRS else None
    return Evidence(
        n=len(moves),
        same_way=sum(product > 0 for product in products),
        as_declared=sum(sign * product > 0 for product in products),
        sign=sign,
        word=_word(told, sign),
        tau=told.tau if told else None,
        p=told.p if told else None,
        method=told.method if told else "",
        left_out=dict(left_out or {}),
    )


def _changes(pair: Pair | tuple[Amount, Amount]) -> tuple[Amount, Amount]:
    return (pair.leading, pair.goal) if isinstance(pair, Pair) else pair


def _word(told: Kendall | None, sign: int) -> Finding:
    if told is None:
        return Finding.NOT_ENOUGH
    if told.s * sign < 0:
        return Finding.AGAINST
    return Finding.NO_LINK if told.p > NO_LINK_ABOVE else Finding.CONSISTENT


@dataclass(frozen=True)
class Window:
    """The days before a goal's period ends that the declared rule looks at, and what the indicator said there.

    `value` is None where a reading in the window is withheld, or a new phase of the indicator began between its
    readings: `reason` says which. `first` and `last` are the days on which the periods of its first and last reading
    end: a phase is that of the readings, not of the empty days around them.
    """

    period: Period
    start: date
    end: date
    value: Fraction | None
    reason: str = ""
    first: date | None = None
    last: date | None = None


def windows(
    leading: Iterable[Entry],
    periods: Iterable[Period],
    *,
    lag_days: int,
    window_days: int = 365,
    rule: str = MEAN,
    breaks: Sequence[date] = (),
) -> list[Window]:
    """The indicator put on the goal's periods: the `mean` of the readings in the window, or the `last` of them.

    The window of so many days ends `lag_days` before the goal's period does; a reading lies in it by the last day of
    its own period. Periods whose window holds no reading are left out. `breaks` are first days of new phases of the
    indicator, breaks of its series and rebases alike. Raises ValueError for another rule, or days that make no window.

    >>> month = lambda number: Period("school_year", "month", 2019 * 12 + number - 1)
    >>> visits = [(month(number), number) for number in range(1, 7)]
    >>> spring = Period("school_year", "year", 2019)
    >>> (found,) = windows(visits, [spring], lag_days=61, window_days=90)
    >>> found.start, found.end, found.value
    (datetime.date(2019, 1, 31), datetime.date(2019, 4, 30), Fraction(5, 2))
    """
    if rule not in (MEAN, LAST):
        raise ValueError(f"A window is told by its mean or its last value, not by “{rule}”.")
    if lag_days < 0 or window_days < 1:
        raise ValueError("A window lasts at least a day, and ends no later than the goal's period.")
    readings = sorted(((place.end, value) for place, value in leading), key=itemgetter(0))
    found = []
    for period in sorted(periods, key=lambda period: period.end):
        end = period.end - timedelta(days=lag_days)
        start = end - timedelta(days=window_days - 1)
        inside = [(day, value) for day, value in readings if start <= day <= end]
        if inside:
            found.append(_window(period, start, end, inside if rule == MEAN else inside[-1:], breaks))
    return found


def _window(
    period: Period, start: date, end: date, told: Sequence[tuple[date, Amount | None]], breaks: Sequence[date]
) -> Window:
    first, last = told[0][0], told[-1][0]
    if any(first < cut <= last for cut in breaks):
        return Window(period, start, end, None, BREAK, first, last)
    if any(value is None for _day, value in told):
        return Window(period, start, end, None, WITHHELD, first, last)
    values = [exact(value) for _day, value in told if value is not None]
    return Window(period, start, end, sum(values, Fraction(0)) / len(values), "", first, last)


def pair_up(
    leading: Iterable[Entry],
    goal: Iterable[Entry],
    *,
    lag_days: int,
    window_days: int = 365,
    rule: str = MEAN,
    leading_breaks: Sequence[date] = (),
    goal_breaks: Sequence[date] = (),
    place: str = "",
) -> Pairing:
    """Changes of the indicator paired with the goal's changes, from each goal period to the next.

    Both are pairs of period and value, None for a withheld one; the goal's periods share a calendar and kind. A pair
    needs readings of the goal for two neighboring periods and of the indicator in both windows. It is left out, and
    counted, where one of the four is withheld, or a break (or rebase) lies between: by its first day in the new phase.
    Raises ValueError when the goal's periods do not share a calendar.

    >>> year = lambda number: Period("school_year", "year", number)
    >>> attendance = [(year(n), value) for n, value in [(2015, 90), (2016, 91), (2017, 90), (2018, None)]]
    >>> graduation = [(year(n), value) for n, value in [(2016, 80), (2017, 82), (2018, 81), (2019, 83)]]
    >>> found = pair_up(attendance, graduation, lag_days=365)
    >>> [(int(pair.leading), int(pair.goal)) for pair in found.pairs], found.left_out
    ([(1, 2), (-1, -1)], {'withheld': 1})
    """
    results = dict(goal)
    if len({(period.calendar, period.kind) for period in results}) > 1:
        raise ValueError("The goal's periods must share a calendar and kind.")
    told = windows(
        leading, results, lag_days=lag_days, window_days=window_days, rule=rule, breaks=leading_breaks
    )  # fmt: skip
    by_period = {window.period: window for window in told}
    pairs, left_out = [], dict.fromkeys((WITHHELD, BREAK), 0)
    for window in told:
        before = by_period.get(window.period.next(-1))
        if before is None:
            continue
        reason = _why_not(before, window, results, leading_breaks, goal_breaks)
        if reason:
            left_out[reason] += 1
        else:
            pairs.append(_pair(before, window, results, place))
    return Pairing(tuple(pairs), {reason: count for reason, count in left_out.items() if count})


def _pair(before: Window, after: Window, results: Mapping[Period, Amount | None], place: str) -> Pair:
    rise = exact(results[after.period]) - exact(results[before.period])
    return Pair(after.value - before.value, rise, after.period, place)


def _why_not(
    before: Window,
    after: Window,
    results: Mapping[Period, Amount | None],
    leading_breaks: Sequence[date],
    goal_breaks: Sequence[date],
) -> str:
    """Why two neighboring periods make no pair; a break is named before a withheld value."""
    has_break = any(before.first < cut <= after.last for cut in leading_breaks)
    if has_break or any(before.period.end < cut <= after.period.end for cut in goal_breaks):
        return BREAK
    values = (before.value, after.value, results[before.period], results[after.period])
    return WITHHELD if any(value is None for value in values) else ""


def schools_once(pairings: Mapping[str, Pairing]) -> Pairing:
    """One pair of each school, its latest: schools are no repetitions of themselves.

    All have to be paired at the same lag. What was left out is added up; a school without a pair adds none.

    >>> of_school = lambda *moves: Pairing(tuple(Pair(Fraction(a), Fraction(b)) for a, b in moves))
    >>> schools_once({"Arvada": of_school((1, 2), (3, 4)), "Bear Creek": of_school()}).pairs
    (Pair(leading=Fraction(3, 1), goal=Fraction(4, 1), period=None, place='Arvada'),)
    """
    latest, left_out = [], {}
    for school, pairing in pairings.items():
        if pairing.pairs:
            last = pairing.pairs[-1]
            latest.append(Pair(last.leading, last.goal, last.period, school))
        for reason, count in pairing.left_out.items():
            left_out[reason] = left_out.get(reason, 0) + count
    return Pairing(tuple(latest), left_out)


def without_a_pair(pairings: Mapping[str, Pairing]) -> dict[str, str]:
    """Why each school without a pair has none: a withheld value, a break, or too few readings in a row to be paired.

    >>> of_school = lambda left_out: Pairing((), left_out)
    >>> without_a_pair({"Arvada": of_school({"withheld": 1, "break": 1}), "Bear Creek": of_school({})})
    {'Arvada': 'withheld', 'Bear Creek': 'too_few'}
    """
    return {
        school: next((reason for reason in (WITHHELD, BREAK) if pairing.left_out.get(reason)), TOO_FEW)
        for school, pairing in pairings.items()
        if not pairing.pairs
    }
