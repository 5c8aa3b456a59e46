"""Periods, and the reading of every label that publishers print into one (the calendars stand in `calendars`)."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from indicators.calendars import (
    CALENDAR_YEAR,
    CALENDARS,
    CLASS_OF,
    DAY,
    KINDS,
    MONTH,
    MONTH_NAMES,
    OCTOBER,
    QUARTER,
    SCHOOL_YEAR,
    SEMESTER,
    WEEK,
    YEAR,
    Period,
    PeriodError,
    period_of,
    year_period,
)
from indicators.refusals import Word
from indicators.refusals import marked as _
from indicators.spanish_periods import in_english

__all__ = [
    "CALENDAR_YEAR", "CALENDARS", "CLASS_OF", "DAY", "KINDS", "MONTH", "OCTOBER", "QUARTER", "SCHOOL_YEAR", "SEMESTER",
    "WEEK", "YEAR", "Period", "PeriodError", "period_of", "year_period", "parse_period",
]  # fmt: skip

FIRST_YEAR, LAST_YEAR = 1900, 2100

_MONTHS = {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}
_PREFIX = re.compile(r"^(school year|class of|graduates of|week of|sy|ay)\s*", re.IGNORECASE)
_SPAN = re.compile(r"^(\d{4})\s*[-/]\s*(\d{4}|\d{2})$")
_YEAR_MONTH = re.compile(r"^(\d{4})\s*[-/]\s*(\d{1,2})$")
_MONTH_YEAR = re.compile(r"^([a-z]{3,9})\.?,?\s+(\d{4})$", re.IGNORECASE)
_ISO_DAY = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00(?:\.0+)?)?)?$")
_US_DAY = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")
_LONG_DAY = re.compile(r"^([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})$", re.IGNORECASE)
_ISO_WEEK = re.compile(r"^(\d{4})-?W(\d{1,2})$", re.IGNORECASE)
_SEASON = re.compile(r"^(fall|autumn|spring)\s+(\d{4})$", re.IGNORECASE)
_PART_BEHIND = re.compile(r"^(.+?)[\s-]+(?:(half|semester|quarter|[shq])\s*(\d))$", re.IGNORECASE)
_PART_BEFORE = re.compile(r"^(?:(half|semester|quarter|[shq])\s*(\d))\s+(?:of\s+)?(.+)$", re.IGNORECASE)


def parse_period(text: object, calendar: str, kind: str = YEAR) -> Period:
    """The period that a publisher's label names, read by the indicator's calendar and kind.

    Two meanings of a bare "2014": on `school_year` it is the year that ends in 2014 (2013-14), on `class_of`
    the class of 2014, on `october` the count of October 2014 (school year 2014-15), on `calendar_year` 2014.
    Raises PeriodError with a sentence a data steward understands.

    >>> parse_period("2014", "school_year").label(), parse_period("2014", "october").label()
    ('2013–14', 'October 2014')
    >>> parse_period("2013-14", "class_of").label(), parse_period("SY 2013-2014", "october").label()
    ('Class of 2014', 'October 2013')
    """
    Period(calendar, kind, 1)  # an unknown calendar or kind is the caller's mistake, said before the label's
    if isinstance(text, date):
        return period_of(date(text.year, text.month, text.day), calendar, kind)
    label = in_english(_clean(text))
    if not label:
        raise PeriodError(_("The period is empty."))
    prefix = _PREFIX.match(label)
    rest = label[prefix.end() :] if prefix else label
    said = prefix.group(1).lower() if prefix else ""
    period = _read_year(rest, said, calendar) if kind == YEAR else None
    period = period or _read_part(rest, calendar, kind) or _read_day(rest, calendar, kind)
    if period is None:
        unknown = _("“%(text)s” is not a %(kind)s that this indicator’s calendar knows (such as %(examples)s).")
        raise PeriodError(unknown, text=text, kind=Word(kind), examples=_EXAMPLES[calendar, kind])
    return period


def _clean(text: object) -> str:
    """One spelling for dashes, spaces and whole numbers that a spreadsheet turned into 2024.0."""
    label = re.sub(r"[\u2010-\u2015\u2212]", "-", str(text).replace("\xa0", " ")).strip().strip("'’")
    label = re.sub(r"\s+", " ", label)
    try:
        number = Decimal(label)
    except InvalidOperation:
        return label
    return str(int(number)) if number.is_finite() and number == number.to_integral_value() else label


def _plausible(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        outside = _("The year %(year)d lies outside %(first)d to %(last)d.")
        raise PeriodError(outside, year=year, first=FIRST_YEAR, last=LAST_YEAR)
    return year


def _read_year(label: str, said: str, calendar: str) -> Period | None:
    if said in ("class of", "graduates of") and calendar not in (CLASS_OF, SCHOOL_YEAR):
        meaningless = _("“Class of %(label)s” has no meaning on this indicator’s calendar (such as %(examples)s).")
        raise PeriodError(meaningless, label=label, examples=_EXAMPLES[calendar, YEAR])
    if re.fullmatch(r"\d{4}", label):
        return _bare_year(_plausible(int(label)), said, calendar)
    if span := _SPAN.match(label):
        ending = _ending_year(*span.groups())
        if ending is not None:
            if calendar == CALENDAR_YEAR:
                raise PeriodError(
                    _("“%(label)s” is a school year; this indicator counts calendar years, such as 2014."), label=label
                )
            return year_period(calendar, ending)
        if calendar != OCTOBER:
            raise PeriodError(
                _("“%(label)s” is not one school year: the second year must follow the first."), label=label
            )
    month = _read_month(label)
    if calendar == OCTOBER and month:
        return period_of(month, OCTOBER)
    season = _SEASON.match(label)
    if season and calendar == OCTOBER and season.group(1).lower() != "spring":
        return year_period(OCTOBER, _plausible(int(season.group(2))) + 1)  # the count of that fall
    if season and calendar in (SCHOOL_YEAR, CLASS_OF):
        return year_period(calendar, _plausible(int(season.group(2))) + (season.group(1).lower() != "spring"))
    return None


def _bare_year(year: int, said: str, calendar: str) -> Period:
    """A lone year: ending year, class, calendar year, or the October in it."""
    if calendar == OCTOBER and said:
        unclear = _("“School year %(year)d” could be two October counts. Write %(span)s or October %(year)d.")
        raise PeriodError(unclear, year=year, span=f"{year - 1}-{year % 100:02d}")
    return year_period(calendar, year + 1 if calendar == OCTOBER else year)


def _ending_year(first: str, last: str) -> int | None:
    """The later year of "2013-14" or "2013-2014"; None when the second does not follow the first."""
    following = _plausible(int(first)) + 1
    return following if last in (str(following), f"{following % 100:02d}") else None


def _read_month(label: str) -> date | None:
    if found := _YEAR_MONTH.match(label):
        return _day(found.group(1), found.group(2), 1)
    if found := _MONTH_YEAR.match(label):
        number = _month_number(found.group(1))
        return _day(found.group(2), number, 1) if number else None
    return None


def _month_number(name: str) -> int | None:
    number = _MONTHS.get(name[:3].lower())
    is_known = number and (MONTH_NAMES[number - 1].lower().startswith(name.lower()) or name.lower() == "sept")
    return number if is_known else None


def _read_part(label: str, calendar: str, kind: str) -> Period | None:
    if kind == MONTH and (first := _read_month(label)):
        return period_of(first, calendar, MONTH)
    if kind == WEEK and (found := _ISO_WEEK.match(label)):
        return period_of(_monday(*map(int, found.groups())), calendar, WEEK)
    if kind == SEMESTER and calendar == SCHOOL_YEAR and (found := _SEASON.match(label)):
        ends, is_spring = _plausible(int(found.group(2))), found.group(1).lower() == "spring"
        return Period(calendar, SEMESTER, (ends if is_spring else ends + 1) * 2 + is_spring)
    if kind in (SEMESTER, QUARTER):
        return _read_place(label, calendar, kind)
    return None


def _read_place(label: str, calendar: str, kind: str) -> Period | None:
    """ "2020-Q1", "Q1 2020", "2019-20 S2", "Quarter 3 of 2011–12"."""
    if found := _PART_BEHIND.match(label):
        year_text, letter, place = found.groups()
    elif found := _PART_BEFORE.match(label):
        letter, place, year_text = found.groups()
    else:
        return None
    parts = 4 if kind == QUARTER else 2
    if (letter[0].lower() == "q") != (kind == QUARTER) or not 1 <= int(place) <= parts:
        return None
    year = _read_year(year_text.strip(), "", calendar)
    return year and Period(calendar, kind, year.number * parts + int(place) - 1)


def _read_day(label: str, calendar: str, kind: str) -> Period | None:
    day = None
    if found := _ISO_DAY.match(label):
        day = _day(*found.groups())
    elif found := _US_DAY.match(label):
        day = _day(found.group(3), found.group(1), found.group(2))
    elif (found := _LONG_DAY.match(label)) and (month := _month_number(found.group(1))):
        day = _day(found.group(3), month, found.group(2))
    return period_of(day, calendar, kind) if day else None


def _day(year: str, month: str | int, day: str | int) -> date:
    try:
        return date(_plausible(int(year)), int(month), int(day))
    except PeriodError:
        raise
    except ValueError as error:
        missing = _("There is no such day: year %(year)s, month %(month)s, day %(day)s.")
        raise PeriodError(missing, year=year, month=month, day=day) from error


def _monday(year: int, week: int) -> date:
    try:
        return date.fromisocalendar(_plausible(year), week, 1)
    except PeriodError:
        raise
    except ValueError as error:
        raise PeriodError(_("The year %(year)d has no week %(week)d."), year=year, week=week) from error


# For messages in any language: nothing in them is a word.
_EXAMPLES = {
    (SCHOOL_YEAR, YEAR): "2013-14, 2014",
    (CLASS_OF, YEAR): "2014",
    (OCTOBER, YEAR): "2014-10, 2014-15",
    (CALENDAR_YEAR, YEAR): "2014",
    (SCHOOL_YEAR, SEMESTER): "2014-15 S1",
    (SCHOOL_YEAR, QUARTER): "2014-15 Q1",
    (CALENDAR_YEAR, SEMESTER): "2014 H1",
    (CALENDAR_YEAR, QUARTER): "2014-Q1",
    (SCHOOL_YEAR, MONTH): "2014-10",
    (CALENDAR_YEAR, MONTH): "2014-10",
    (SCHOOL_YEAR, WEEK): "2014-W40, 2014-09-29",
    (CALENDAR_YEAR, WEEK): "2014-W40, 2014-09-29",
    (SCHOOL_YEAR, DAY): "2014-10-01",
    (CALENDAR_YEAR, DAY): "2014-10-01",
}
