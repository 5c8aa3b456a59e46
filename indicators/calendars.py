"""Calendars and their periods: one key for a stretch of days, whatever it is called.

A period is (calendar, kind, number). The calendar decides what a bare "2014" means, because publishers
disagree; the number is all that the database stores. Printed labels are read in `periods`.

    >>> graduates = Period("class_of", YEAR, 2012)
    >>> graduates.start, graduates.end
    (datetime.date(2011, 7, 1), datetime.date(2012, 6, 30))
    >>> Period("october", YEAR, 2015).label()
    'October 2014'
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from indicators.refusals import Refused
from indicators.refusals import marked as _

SCHOOL_YEAR, CLASS_OF, OCTOBER, CALENDAR_YEAR = "school_year", "class_of", "october", "calendar_year"
CALENDARS = (SCHOOL_YEAR, CLASS_OF, OCTOBER, CALENDAR_YEAR)

YEAR, SEMESTER, QUARTER, MONTH, WEEK, DAY = "year", "semester", "quarter", "month", "week", "day"
KINDS = (YEAR, SEMESTER, QUARTER, MONTH, WEEK, DAY)

PARTS_OF_A_YEAR = {YEAR: 1, SEMESTER: 2, QUARTER: 4, MONTH: 12}
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class PeriodError(Refused):
    """A label or number that names no period; the sentence is plain enough to show to a data steward."""


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of days with a name.

    Numbers: a year is the year it ends in (school year 2011-12, class of 2012 and October 2011 are all 2012);
    a semester is year * 2 and a quarter year * 4 plus its place within that year; a month is year * 12 + month - 1
    of the calendar year; a week is the count of Mondays since January 1 of year 1; a day is its ordinal.
    The order is that of numbers, so it means time only within one calendar and kind (see `trajectory.coordinate`).
    Raises PeriodError for an unknown calendar or kind, or for a part of a year on a calendar that has only years.
    """

    calendar: str
    kind: str
    number: int

    def __post_init__(self) -> None:
        if self.calendar not in CALENDARS:
            raise PeriodError(f"There is no calendar “{self.calendar}”. Known: {', '.join(CALENDARS)}.")
        if self.kind not in KINDS:
            raise PeriodError(f"There is no kind of period “{self.kind}”. Known: {', '.join(KINDS)}.")
        if self.calendar in (CLASS_OF, OCTOBER) and self.kind != YEAR:
            raise PeriodError(f"The calendar “{self.calendar}” has years only, no {self.kind}.")

    @property
    def start(self) -> date:
        """The first day.

        >>> Period("school_year", SEMESTER, 2020 * 2 + 1).start
        datetime.date(2020, 1, 1)
        """
        if self.kind == DAY:
            return date.fromordinal(self.number)
        if self.kind == WEEK:
            return date.fromordinal(self.number * 7 + 1)
        if self.calendar == OCTOBER:
            return date(self.number - 1, 10, 1)
        return _first_of_month(_period_first_month(self))

    @property
    def end(self) -> date:
        """The last day; a count taken in October starts and ends on October 1."""
        if self.kind == DAY or self.calendar == OCTOBER:
            return self.start
        if self.kind == WEEK:
            return self.start + timedelta(days=6)
        return _first_of_month(_period_first_month(self) + 12 // PARTS_OF_A_YEAR[self.kind]) - timedelta(days=1)

    def next(self, n: int = 1) -> "Period":
        """The period n places later (earlier when n is negative).

        >>> Period("class_of", YEAR, 2012).next(3).label()
        'Class of 2015'
        """
        return replace(self, number=self.number + n)

    def label_parts(self) -> tuple[str, tuple[int, ...]]:
        """What a label needs in any language: (key, whole numbers).

        >>> Period("school_year", YEAR, 2012).label_parts()
        ('school_year', (2011, 2012))
        >>> Period("school_year", QUARTER, 2012 * 4 + 2).label_parts()
        ('school_quarter', (3, 2011, 2012))
        """
        first = self.start
        if self.kind in (WEEK, DAY):
            return self.kind, (first.year, first.month, first.day)
        if self.kind == MONTH:
            return MONTH, (first.year, first.month)
        if self.kind == YEAR:
            years = {SCHOOL_YEAR: (self.number - 1, self.number), OCTOBER: (self.number - 1,)}
            return self.calendar, years.get(self.calendar, (self.number,))
        year, place = divmod(self.number, PARTS_OF_A_YEAR[self.kind])
        if self.calendar == CALENDAR_YEAR:
            return self.kind, (place + 1, year)
        if self.kind == SEMESTER:
            return ("spring", (year,)) if place else ("fall", (year - 1,))
        return "school_quarter", (place + 1, year - 1, year)

    def label(self) -> str:
        """The neutral English label, for files, logs and error messages; pages use `labels.period_label`.

        >>> Period("school_year", WEEK, date(2020, 1, 8).toordinal() // 7).label()
        'Week of Jan 6, 2020'
        """
        key, parts = self.label_parts()
        return _ENGLISH[key](*parts)


def _school_years(first: int, last: int) -> str:
    return f"{first}–{last % 100:02d}"


_ENGLISH = {
    SCHOOL_YEAR: _school_years,
    CLASS_OF: lambda year: f"Class of {year}",
    OCTOBER: lambda year: f"October {year}",
    CALENDAR_YEAR: lambda year: f"{year}",
    "fall": lambda year: f"Fall {year}",
    "spring": lambda year: f"Spring {year}",
    SEMESTER: lambda place, year: f"Half {place} of {year}",
    "school_quarter": lambda place, first, last: f"Quarter {place} of {_school_years(first, last)}",
    QUARTER: lambda place, year: f"Quarter {place} of {year}",
    MONTH: lambda year, month: f"{MONTH_NAMES[month - 1][:3]} {year}",
    WEEK: lambda year, month, day: f"Week of {MONTH_NAMES[month - 1][:3]} {day}, {year}",
    DAY: lambda year, month, day: f"{MONTH_NAMES[month - 1][:3]} {day}, {year}",
}


def _first_of_month(number: int) -> date:
    """The first day of a month given as year * 12 + month - 1."""
    return date(number // 12, number % 12 + 1, 1)


def _first_month_of_year(calendar: str, year: int) -> int:
    return year * 12 if calendar == CALENDAR_YEAR else (year - 1) * 12 + 6


def _period_first_month(period: Period) -> int:
    if period.kind == MONTH:
        return period.number
    parts = PARTS_OF_A_YEAR[period.kind]
    year, place = divmod(period.number, parts)
    return _first_month_of_year(period.calendar, year) + place * (12 // parts)


def year_period(calendar: str, year: int) -> Period:
    """The year of a calendar that ends in `year`."""
    return Period(calendar, YEAR, year)


def period_of(day: date, calendar: str, kind: str = YEAR) -> Period:
    """The period of a calendar into which a day falls.

    Raises PeriodError on the October calendar for a day outside October: a count of students belongs to no other.

    >>> period_of(date(2020, 2, 6), "school_year").label()
    '2019–20'
    >>> period_of(date(2020, 2, 6), "school_year", WEEK).label()
    'Week of Feb 3, 2020'
    """
    if kind == DAY:
        return Period(calendar, DAY, day.toordinal())
    if kind == WEEK:
        # January 1 of year 1 is a Monday with ordinal 1: hence the one day taken off.
        return Period(calendar, WEEK, (day.toordinal() - 1) // 7)
    if calendar == OCTOBER and day.month != 10:
        raise PeriodError(_("%(day)s is not in October, when students are counted."), day=day)
    if kind == MONTH:
        return Period(calendar, MONTH, day.year * 12 + day.month - 1)
    ends_next_year = calendar != CALENDAR_YEAR and day.month >= 7
    year = day.year + ends_next_year
    if kind not in PARTS_OF_A_YEAR:
        raise PeriodError(f"There is no kind of period “{kind}”. Known: {', '.join(KINDS)}.")
    parts = PARTS_OF_A_YEAR[kind]
    month_of_year = day.year * 12 + day.month - 1 - _first_month_of_year(calendar, year)
    return Period(calendar, kind, year * parts + month_of_year // (12 // parts))
