"""Labels as publishers print them, and the periods they mean."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.periods import (
    CALENDAR_YEAR,
    CALENDARS,
    CLASS_OF,
    DAY,
    KINDS,
    MONTH,
    OCTOBER,
    QUARTER,
    SCHOOL_YEAR,
    SEMESTER,
    WEEK,
    YEAR,
    Period,
    PeriodError,
    parse_period,
    period_of,
)

YEARS = [
    # what is printed, the indicator's calendar, the year it means
    ("2013-2014", SCHOOL_YEAR, 2014),
    ("2013-14", SCHOOL_YEAR, 2014),
    ("2013–2014", SCHOOL_YEAR, 2014),
    ("2013–14", SCHOOL_YEAR, 2014),
    ("2013/14", SCHOOL_YEAR, 2014),
    ("SY 2013-14", SCHOOL_YEAR, 2014),
    ("School year 2013-2014", SCHOOL_YEAR, 2014),
    (" 2013-2014\xa0", SCHOOL_YEAR, 2014),
    ("2014", SCHOOL_YEAR, 2014),
    ("2024.0", SCHOOL_YEAR, 2024),
    (2024, SCHOOL_YEAR, 2024),
    (2024.0, CLASS_OF, 2024),
    ("1999-2000", SCHOOL_YEAR, 2000),
    ("1999-00", SCHOOL_YEAR, 2000),
    ("Spring 2021", SCHOOL_YEAR, 2021),
    ("Fall 2020", SCHOOL_YEAR, 2021),
    ("2020-02-06", SCHOOL_YEAR, 2020),
    ("2012", CLASS_OF, 2012),
    ("Class of 2012", CLASS_OF, 2012),
    ("2011-2012", CLASS_OF, 2012),
    ("2014", OCTOBER, 2015),
    ("October 2014", OCTOBER, 2015),
    ("Oct 2014", OCTOBER, 2015),
    ("2014-10", OCTOBER, 2015),
    ("2014-2015", OCTOBER, 2015),
    ("2014-15", OCTOBER, 2015),
    ("2014-10-01", OCTOBER, 2015),
    ("10/1/2014", OCTOBER, 2015),
    ("2014-10-01 00:00:00", OCTOBER, 2015),
    ("2009-10", OCTOBER, 2010),  # October 2009 and 2009-10 are the same count
    ("2014", CALENDAR_YEAR, 2014),
]


@pytest.mark.parametrize(("text", "calendar", "year"), YEARS)
def test_every_label_seen_in_the_files_is_read(text, calendar, year):
    assert parse_period(text, calendar) == Period(calendar, YEAR, year)


def test_a_bare_2014_means_what_the_indicators_calendar_says():
    meant = {calendar: parse_period("2014", calendar).label() for calendar in CALENDARS}
    assert meant == {
        SCHOOL_YEAR: "2013–14",
        CLASS_OF: "Class of 2014",
        OCTOBER: "October 2014",
        CALENDAR_YEAR: "2014",
    }


PARTS = [
    ("2020-01", SCHOOL_YEAR, MONTH, "Jan 2020"),
    ("January 2020", SCHOOL_YEAR, MONTH, "Jan 2020"),
    ("Sept. 2019", SCHOOL_YEAR, MONTH, "Sep 2019"),
    ("2009-10", SCHOOL_YEAR, MONTH, "Oct 2009"),
    ("2020-01-06", SCHOOL_YEAR, WEEK, "Week of Jan 6, 2020"),
    ("2020-01-12", SCHOOL_YEAR, WEEK, "Week of Jan 6, 2020"),
    ("2020-W05", SCHOOL_YEAR, WEEK, "Week of Jan 27, 2020"),
    ("Week of January 6, 2020", SCHOOL_YEAR, WEEK, "Week of Jan 6, 2020"),
    ("2020-02-06", CALENDAR_YEAR, DAY, "Feb 6, 2020"),
    ("Fall 2019", SCHOOL_YEAR, SEMESTER, "Fall 2019"),
    ("2019-20 S2", SCHOOL_YEAR, SEMESTER, "Spring 2020"),
    ("2020-Q1", CALENDAR_YEAR, QUARTER, "Quarter 1 of 2020"),
    ("Q3 2019-20", SCHOOL_YEAR, QUARTER, "Quarter 3 of 2019–20"),
    ("Half 2 of 2020", CALENDAR_YEAR, SEMESTER, "Half 2 of 2020"),
]


@pytest.mark.parametrize(("text", "calendar", "kind", "label"), PARTS)
def test_parts_of_a_year_are_read(text, calendar, kind, label):
    assert parse_period(text, calendar, kind).label() == label


REFUSED = [
    ("", SCHOOL_YEAR, YEAR, "empty"),
    ("   ", SCHOOL_YEAR, YEAR, "empty"),
    ("2013-2015", SCHOOL_YEAR, YEAR, "the second year must follow"),
    ("2014-10", SCHOOL_YEAR, YEAR, "the second year must follow"),
    ("2013-2014", CALENDAR_YEAR, YEAR, "counts calendar years"),
    ("Class of 2014", OCTOBER, YEAR, "has no meaning"),
    ("SY 2014", OCTOBER, YEAR, "two October counts"),
    ("November 2014", OCTOBER, YEAR, "not in October"),
    ("84.6", SCHOOL_YEAR, YEAR, "not a year"),
    ("1014", SCHOOL_YEAR, YEAR, "outside 1900 to 2100"),
    ("2014-02-30", SCHOOL_YEAR, DAY, "no such day"),
    ("2020-W60", SCHOOL_YEAR, WEEK, "no week 60"),
    ("2020-Q5", CALENDAR_YEAR, QUARTER, "not a quarter"),
    ("Total", SCHOOL_YEAR, YEAR, "such as 2013-14"),
    ("None", SCHOOL_YEAR, MONTH, "not a month"),
    ("NaN", SCHOOL_YEAR, YEAR, "not a year"),
    ("2014", "lunar", YEAR, "no calendar"),
    ("2014", OCTOBER, MONTH, "has years only"),
]


@pytest.mark.parametrize(("text", "calendar", "kind", "message"), REFUSED)
def test_what_names_no_period_is_refused_in_plain_words(text, calendar, kind, message):
    with pytest.raises(PeriodError, match=message):
        parse_period(text, calendar, kind)


def test_an_october_count_is_one_day():
    count = Period(OCTOBER, YEAR, 2015)
    assert count.start == count.end == date(2014, 10, 1)


def test_a_school_year_runs_from_july_to_june():
    year = Period(SCHOOL_YEAR, YEAR, 2012)
    assert (year.start, year.end) == (date(2011, 7, 1), date(2012, 6, 30))


DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
WHOLE = [(calendar, kind) for calendar in (SCHOOL_YEAR, CALENDAR_YEAR) for kind in KINDS]


@given(DAYS, st.sampled_from([*WHOLE, (CLASS_OF, YEAR)]))
def test_every_day_lies_in_exactly_one_period_and_the_next_one_adjoins(day, of):
    period = period_of(day, *of)
    assert period.start <= day <= period.end
    assert (period.next().start - period.end).days == 1
    assert period.next().next(-1) == period


@given(DAYS, st.sampled_from([*WHOLE, (CLASS_OF, YEAR)]))
def test_a_label_we_print_is_a_label_we_read(day, of):
    period = period_of(day, *of)
    assert parse_period(period.label(), *of) == period


def test_every_period_in_the_real_series_is_read():
    source = Path(__file__).resolve().parents[3] / "shared" / "data" / "jeffco_series.csv"
    if not source.exists():
        pytest.skip("the shared data files are not beside this checkout")
    import csv

    with source.open(newline="", encoding="utf-8-sig") as lines:
        for row in csv.DictReader(lines):
            calendar = OCTOBER if "enrol" in row["series"] or "October" in row["series"] else SCHOOL_YEAR
            period = parse_period(row["period"], calendar)
            if row["school_year"]:
                expected = parse_period(row["school_year"], calendar)
                is_count_of_autumn = row["series"].startswith("Students eligible")
                assert period.next(1 if is_count_of_autumn else 0) == expected, row
