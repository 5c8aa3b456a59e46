"""The axes of a chart: where a day stands among periods, and what is written along them."""

from datetime import date

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from indicators.labels import period_label
from indicators.models import Indicator
from indicators.periods import DAY, MONTH, QUARTER, WEEK, YEAR, Period, period_of
from indicators.units import PERCENT


def place_of_day(day: date, calendar: str, kind: str) -> float:
    """Where a day stands among period numbers: a period's number is the place of its last day."""
    # The October count is one day: most days lie in none of its periods, so the walk begins at a year's number.
    period = (
        Period(calendar, kind, day.year) if calendar == Indicator.Calendar.OCTOBER else period_of(day, calendar, kind)
    )
    while period.end < day:
        period = period.next()
    before = period.next(-1)
    return before.number + (day - before.end).days / ((period.end - before.end).days or 1)


def time_title(indicator: Indicator) -> str:
    """What the time axis counts, where its ticks do not say it themselves."""
    names = {Indicator.Calendar.CLASS_OF: _("Graduating class"), Indicator.Calendar.OCTOBER: _("October of the year")}
    return names.get(indicator.calendar, "") if indicator.kind == YEAR else ""


def axis_title(indicator: Indicator, read) -> str:
    """What the value axis shows, with its unit."""
    name = read(indicator.name)
    if indicator.unit == PERCENT:
        return _("%(name)s, percent") % {"name": name}
    return name


def span(first: Period, last: Period, step: int = 1):
    return [first.next(n) for n in range(0, last.number - first.number + 1, step)]


def tick_words(period: Period) -> tuple[str, str]:
    """A period on the axis, and shorter for a phone."""
    if period.kind == YEAR and period.calendar == Indicator.Calendar.CLASS_OF:
        return str(period.number), f"’{period.number % 100:02d}"
    if period.kind == YEAR and period.calendar == Indicator.Calendar.SCHOOL_YEAR:
        return period_label(period), f"’{period.number % 100:02d}"
    if period.kind == YEAR and period.calendar == Indicator.Calendar.OCTOBER:
        return str(period.start.year), f"’{period.start.year % 100:02d}"
    name = _short_name(period)
    return name, name


def _short_name(period: Period) -> str:
    """A part of a year on the axis: Q3 2018, Jan 2020."""
    if period.kind == QUARTER:
        _key, (place, first, *following) = period.label_parts()
        year = f"{first}–{following[0] % 100:02d}" if following else first
        # Translators: a quarter of a year on the axis of a chart, e.g. T3 2018
        return _("Q%(place)d %(year)s") % {"place": place, "year": year}
    if period.kind in (MONTH, WEEK, DAY):
        month = str(MONTHS_3[period.start.month]).capitalize()
        return _("%(month)s %(year)s") % {"month": month, "year": f"{period.start.year}"}
    return period_label(period)
