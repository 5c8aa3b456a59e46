"""What may be held against what (paper 3.6): who took part, which cohorts, and the distance between two series.

Where fewer or more took part beside a "percent met", the page says so. Rates of one class after four, five or six
years are the same students followed longer; rates printed in one year for several classes are not a trend. A distance
between two series is withheld where either side is.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from indicators.comparability import NOTABLE_CHANGE
from indicators.labels import period_label, period_phrase
from indicators.units import Unit, difference_text, signed_text
from strategy.histories import History, shown_text
from strategy.measures import Point, period_of

PARTICIPATION = "-participation"  # an indicator's code with this tail names the share of its students who took part
_COHORT = re.compile(r"(?P<stem>.+)-(?P<years>[3-9])yr")


# Participation


def participation_code(code: str) -> str:
    """The indicator that says who took part in this one: `ela-grade3-participation` for `ela-grade3`."""
    return f"{code}{PARTICIPATION}"


@dataclass(frozen=True)
class TurnoutChange:
    """Two neighboring readings between which participation changed by more than five points."""

    before: Point
    after: Point
    unit: Unit

    @property
    def sentence(self) -> str:
        """What changed, and that it is part of what the two results show."""
        earlier, later = self.before.reading, self.after.reading
        words = {
            "share": shown_text(self.after, self.unit),
            "period": period_phrase(later.period),
            "before": period_phrase(earlier.period),
            "earlier": shown_text(self.before, self.unit),
        }
        if earlier.is_exact and later.is_exact:
            words["change"] = difference_text(later.low - earlier.low, self.unit)
            more = _("For %(period)s, %(share)s took part, %(change)s more than for %(before)s (%(earlier)s)")
            fewer = _("For %(period)s, %(share)s took part, %(change)s fewer than for %(before)s (%(earlier)s)")
        else:
            more = _("For %(period)s, %(share)s took part, more than for %(before)s (%(earlier)s)")
            fewer = _("For %(period)s, %(share)s took part, fewer than for %(before)s (%(earlier)s)")
        said = (more if later.low > earlier.low else fewer) % words
        return _("%(said)s: the two results speak of different shares of the students.") % {"said": said}


def turnout_changes(results: History, turnout: History | None) -> list[TurnoutChange]:
    """Where participation surely changed by more than five points between two neighboring results, latest first.

    A year without a result is skipped over, as a reader's eye does; a withheld share says nothing.
    """
    if turnout is None:
        return []
    shown = [point.reading.period.number for point in results.points if not point.reading.is_withheld]
    known = [point for number in shown if (point := turnout.at(number)) and not point.reading.is_withheld]
    pairs = zip(known, known[1:], strict=False)
    return [TurnoutChange(*pair, turnout.unit) for pair in pairs if _moved(*pair) > NOTABLE_CHANGE][::-1]


def _moved(before: Point, after: Point) -> Decimal:
    """By how much two published shares differ at least."""
    earlier, later = before.reading, after.reading
    if None in (earlier.low, earlier.high, later.low, later.high):
        return Decimal(0)
    return max(later.low - earlier.high, earlier.low - later.high)


# Cohorts


def cohort_codes(code: str) -> list[str]:
    """The indicators that follow the same classes for more or fewer years: `graduation-5yr` for `graduation-4yr`."""
    match = _COHORT.fullmatch(code)
    return [f"{match['stem']}-{years}yr" for years in range(3, 10)] if match else []


@dataclass(frozen=True)
class CohortTable:
    """One row a class, one column a number of years; a row is read across, a column down, a diagonal never."""

    heads: list
    rows: list[tuple[str, list[str]]]


def cohort_table(followed: Iterable[History]) -> CohortTable | None:
    """The same classes after more years, latest class first; None where nothing can be read across."""
    known = sorted((one for one in followed if one.points), key=lambda one: one.indicator.code)
    if len(known) < 2:
        return None
    numbers = sorted({point.reading.period.number for one in known for point in one.points}, reverse=True)
    rows = []
    for number in numbers:
        points = [one.at(number) for one in known]
        shown = [shown_text(point, one.unit) if point else "" for one, point in zip(known, points, strict=True)]
        rows.append((period_label(period_of(known[0].indicator, number)), shown))
    return CohortTable([one.indicator for one in known], rows)


# Distance between two series


@dataclass(frozen=True)
class Gap:
    """How far one series lies above another for one period: exact, a band, or withheld."""

    low: Decimal | None
    high: Decimal | None
    unit: Unit

    @property
    def is_withheld(self) -> bool:
        return self.low is None

    @property
    def text(self) -> str:
        """For a table: +3.2, a band, or that it is withheld."""
        if self.is_withheld:
            return _("Withheld")
        if self.low == self.high:
            return signed_text(self.low, self.unit)
        return _("%(low)s to %(high)s") % {
            "low": signed_text(self.low, self.unit),
            "high": signed_text(self.high, self.unit),
        }

    def words(self, name: str) -> str:
        """In a few words: 3.2 points above all students."""
        if self.is_withheld:
            return _("Gap withheld")
        if self.low == self.high:
            if not self.low:
                return _("Level with %(name)s") % {"name": name}
            words = {"difference": difference_text(self.low, self.unit), "name": name}
            return (_("%(difference)s above %(name)s") if self.low > 0 else _("%(difference)s below %(name)s")) % words
        if self.low < 0 < self.high:
            return _("Near %(name)s, as far as the published bands tell") % {"name": name}
        near, far = sorted((abs(self.low), abs(self.high)))
        words = {"near": difference_text(near, self.unit), "far": difference_text(far, self.unit), "name": name}
        is_above = self.high > 0
        return (
            _("%(near)s to %(far)s above %(name)s") if is_above else _("%(near)s to %(far)s below %(name)s")
        ) % words


def gap_between(own: History, other: History | None, number: int | None = None) -> Gap | None:
    """The distance for one period (the last by default); None where it means nothing: counts, or no reading beside."""
    point = own.last if number is None else own.at(number)
    if other is None or point is None or not own.is_level:
        return None
    theirs = other.at(point.reading.period.number)
    if theirs is None:
        return None
    ends = [point.reading.low, point.reading.high, theirs.reading.low, theirs.reading.high]
    if None in ends:
        return Gap(None, None, own.unit)
    return Gap(ends[0] - ends[3], ends[1] - ends[2], own.unit)


def gap_course(own: History, other: History | None, name: str, other_name: str) -> str:
    """Since the reading before: whether the gap grew or shrank, and which side moved; no praise for either."""
    before, last = own.before, own.last
    if before is None or other is None or not own.is_level:
        return ""
    points = [other.at(point.reading.period.number) for point in (before, last)]
    if any(point is None or not point.reading.is_exact for point in points):
        return ""
    own_change, other_change = last.reading.low - before.reading.low, points[1].reading.low - points[0].reading.low
    was, now = (abs(p.reading.low - q.reading.low) for p, q in zip((before, last), points, strict=True))
    words = {
        "change": difference_text(now - was, own.unit),
        "period": period_phrase(before.reading.period),
        "name": name,
        "other": other_name,
        "own": signed_text(own_change, own.unit),
        "theirs": signed_text(other_change, own.unit),
    }
    if now == was:
        said = _("Gap as for %(period)s: %(name)s %(own)s, %(other)s %(theirs)s")
    elif now < was:
        said = _("Gap %(change)s smaller than for %(period)s: %(name)s %(own)s, %(other)s %(theirs)s")
    else:
        said = _("Gap %(change)s larger than for %(period)s: %(name)s %(own)s, %(other)s %(theirs)s")
    return said % words
