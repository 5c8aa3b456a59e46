"""How fast a measure has moved, and how fast it must move from now on; no forecast, no probability (version 2).

Both speeds count upward as better and are in the unit per period of the indicator's calendar, so that they can
stand beside each other. The slope is that of Theil and Sen (`indicators.lines`), which one wild reading cannot bend.
Version 2: after a break or a rebase the pace so far is that of the phase in force; it used to end there.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from indicators.amounts import Amount, exact
from indicators.lines import theil_sen
from indicators.periods import Period
from indicators.status import Reading, last_reading
from indicators.trajectory import HIGHER, LOWER, RANGE, Path, distance_outside, is_after, shares_calendar

VERSION = "2"


@dataclass(frozen=True)
class Pace:
    """A speed in the unit per period (better is positive), the periods it spans and the points it rests on."""

    per_period: Fraction
    since: Period
    until: Period
    points: int


def slope(readings: Iterable[tuple[Period | Amount, Amount]], *, direction: str = HIGHER) -> Fraction:
    """The Theil–Sen slope of pairs of place and value, in the unit per period, better counted as positive.

    Places are periods of one calendar, or numbers that count periods. Raises ValueError for fewer than two different
    places, a direction that is neither higher nor lower, or what is no number.

    >>> slope([(2017, 30), (2018, 27), (2019, 24)], direction="lower")
    Fraction(3, 1)
    """
    pairs = list(readings)
    if not shares_calendar(place for place, _ in pairs if isinstance(place, Period)):
        raise ValueError("A pace needs periods of one calendar and kind.")
    numbers = [place.number if isinstance(place, Period) else place for place, _ in pairs]
    return _turn(direction) * theil_sen(numbers, [value for _, value in pairs]).slope


def required(value: Amount, target: Amount, periods_left: Amount, *, direction: str = HIGHER) -> Fraction:
    """d · (g − a) / periods left: what each period must bring from now on, in the unit, better counted as positive.

    Negative where the target allows a loss: a planned decline, or a target that is already passed. Raises ValueError
    unless a period is left.

    >>> required(85.3, 90, 3), required(83600, 80000, 3)
    (Fraction(47, 30), Fraction(-1200, 1))
    """
    left = exact(periods_left)
    if left <= 0:
        raise ValueError("No period is left until the target.")
    return _turn(direction) * (exact(target) - exact(value)) / left


def _turn(direction: str) -> int:
    if direction not in (HIGHER, LOWER):
        raise ValueError(f"A pace counts higher or lower as better, not “{direction}”.")
    return -1 if direction == LOWER else 1


def pace_so_far(path: Path, readings: Iterable[Reading], *, day: date, breaks: Sequence[date] = ()) -> Pace | None:
    """The Theil–Sen slope from the baseline through all readings known on the day.

    `breaks` are first days of new phases, breaks of the series and rebases alike: only what ends since the last of
    them counts, the baseline too. None when that is fewer than two points, or no reading; when a reading of the phase
    is withheld or a band (a trend through hidden values would tell them); when the periods do not share a calendar.
    """
    latest = [reading for reading in _latest_vintages(path, readings, day) if _is_in_phase(reading.period, breaks)]
    if not latest or not all(reading.is_exact for reading in latest):
        return None
    points = [(reading.period, exact(reading.low)) for reading in latest]
    if _is_in_phase(path.baseline.period, breaks):
        points = [(path.baseline.period, exact(path.baseline.value)), *points]
    if len(points) < 2 or not shares_calendar(period for period, _ in points):
        return None
    upward = [(period, _upward(path, value)) for period, value in points]
    return Pace(slope(upward), points[0][0], points[-1][0], len(points))


def _is_in_phase(period: Period, breaks: Sequence[date]) -> bool:
    """Does a period belong to the phase in force? It does if it ends in it."""
    return all(cut <= period.end for cut in breaks)


def pace_required(path: Path, readings: Iterable[Reading], *, day: date) -> Pace | None:
    """What must be gained each period from the last reading to the target; negative where a loss is allowed.

    None when there is no exact reading, or no period is left. For a range goal zero within the range.
    """
    reading = last_reading(path, readings, day)
    if reading is None or not reading.is_exact or not is_after(path.target.period, reading.period):
        return None
    if not shares_calendar((reading.period, path.target.period)):
        return None
    goal = Fraction(0) if path.direction == RANGE else _upward(path, exact(path.target.value))
    left = path.target.period.number - reading.period.number
    per_period = required(_upward(path, exact(reading.low)), goal, left)
    return Pace(per_period, reading.period, path.target.period, left)


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
