"""Names of periods and days in the reader's language (Django's translations over `periods.label_parts`)."""

import unicodedata
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from indicators.periods import (
    CALENDAR_YEAR,
    CLASS_OF,
    DAY,
    MONTH,
    OCTOBER,
    QUARTER,
    SCHOOL_YEAR,
    SEMESTER,
    WEEK,
    Period,
)


def day_label(day: date) -> str:
    """A day in full: November 15, 2019."""
    # Translators: a date format of Django, e.g. j \d\e F \d\e Y
    return date_format(day, pgettext("date format", "F j, Y"))


def _month_label(year: int, month: int) -> str:
    # Translators: a date format of Django for a month, e.g. F \d\e Y
    return date_format(date(year, month, 1), pgettext("date format", "F Y"))


def _school_years(first: int, last: int) -> str:
    return f"{first}–{last % 100:02d}"


def period_label(period: Period) -> str:
    """The period's name standing alone, as in a table row or on an axis: "Class of 2019"."""
    key, parts = period.label_parts()
    if key == CLASS_OF:
        return _("Class of %(year)d") % {"year": parts[0]}
    if key == WEEK:
        return _("Week of %(day)s") % {"day": day_label(date(*parts))}
    return _shared_label(key, parts)


def period_phrase(period: Period) -> str:
    """The period's name within a sentence, after "for": "the class of 2019"."""
    key, parts = period.label_parts()
    if key == CLASS_OF:
        return _("the class of %(year)d") % {"year": parts[0]}
    if key == WEEK:
        return _("the week of %(day)s") % {"day": day_label(date(*parts))}
    return _shared_label(key, parts)


def _shared_label(key: str, parts: tuple[int, ...]) -> str:
    """Names that read the same alone and within a sentence."""
    if key == SCHOOL_YEAR:
        return _school_years(*parts)
    if key == CALENDAR_YEAR:
        return str(parts[0])
    if key == OCTOBER:
        return _month_label(parts[0], 10)
    if key == MONTH:
        return _month_label(*parts)
    if key == DAY:
        return day_label(date(*parts))
    return _part_label(key, parts)


def _part_label(key: str, parts: tuple[int, ...]) -> str:
    if key == "fall":
        return _("fall %(year)d") % {"year": parts[0]}
    if key == "spring":
        return _("spring %(year)d") % {"year": parts[0]}
    if key == SEMESTER:
        return _("half %(place)d of %(year)s") % {"place": parts[0], "year": parts[1]}
    year = str(parts[1]) if key == QUARTER else _school_years(*parts[1:])
    return _("quarter %(place)d of %(year)s") % {"place": parts[0], "year": year}


def folded(text: str) -> str:
    """A name as people type it and look it up: no case, no accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
