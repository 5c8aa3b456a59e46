"""What is held against what: who took part, which classes, and the distance between two series."""

from datetime import date

import pytest

from indicators.models import Annotation, Organization, StudentGroup
from strategy.comparability import cohort_codes, cohort_table, gap_between, gap_course, turnout_changes
from strategy.histories import histories
from tests.factories import make_district, make_indicator, make_observation, make_series, number

pytestmark = pytest.mark.django_db

DAY = date(2025, 2, 6)


@pytest.fixture
def district():
    return make_district()


def make_history(district, values, *, n=5000, group=None, **about):
    """The history of a series with these values by year; a value that is a pair carries its own n."""
    series = make_series(make_indicator(calendar="school_year", **about), district, group)
    for year, value in values.items():
        value, size = value if isinstance(value, tuple) else (value, n)
        make_observation(series, year, value, n=size, known_on=date(2024, 9, 1))
    return histories([series], DAY)[series.pk]


def told(district, results, turnout):
    changes = turnout_changes(make_history(district, results), make_history(district, turnout))
    return [change.sentence for change in changes]


def test_participation_that_changed_by_more_than_five_points_is_told(district):
    said = told(district, {2018: 41.0, 2019: 42.0}, {2018: 94.0, 2019: 82.0})
    assert len(said) == 1
    assert "82.0% took part, 12.0 points fewer than for 2017–18 (94.0%)" in said[0]
    assert "different shares of the students" in said[0]


def test_five_points_are_not_more_than_five(district):
    assert told(district, {2018: 41.0, 2019: 42.0}, {2018: 90.0, 2019: 85.0}) == []
    assert len(told(district, {2018: 41.0, 2019: 42.0}, {2018: 90.0, 2019: 84.9})) == 1
    assert "5.1 points more" in told(district, {2018: 41.0, 2019: 42.0}, {2018: 84.9, 2019: 90.0})[0]


def test_a_year_without_a_test_is_skipped_over(district):
    said = told(district, {2019: 41.0, 2021: 37.0}, {2019: 98.0, 2020: 60.0, 2021: 81.1})
    assert len(said) == 1
    assert "for 2018–19 (98.0%)" in said[0]


def test_the_latest_change_comes_first_and_an_unknown_share_says_nothing(district):
    said = told(district, {2018: 1, 2019: 2, 2021: 3}, {2018: 90.0, 2019: 80.0, 2021: 95.0})
    assert [text.split(",")[0] for text in said] == ["For 2020–21", "For 2018–19"]
    assert turnout_changes(make_history(district, {2018: 1, 2019: 2}), None) == []
    assert told(district, {2018: 1, 2019: 2}, {2018: 90.0, 2019: (60.0, 9)}) == []


@pytest.mark.parametrize(
    ("code", "stem"), [("graduation-4yr", "graduation"), ("ky-graduation-7yr", "ky-graduation"), ("ela-grade3", None)]
)
def test_rates_of_the_same_classes_are_known_by_their_codes(code, stem):
    assert cohort_codes(code) == ([f"{stem}-{years}yr" for years in range(3, 10)] if stem else [])


def test_one_class_is_read_across_and_nothing_joins_the_diagonal(district):
    four = make_history(district, {2019: 84.6, 2020: 84.0}, code="graduation-4yr")
    five = make_history(district, {2019: 87.8}, code="graduation-5yr")
    table = cohort_table([five, four])
    assert [head.code for head in table.heads] == ["graduation-4yr", "graduation-5yr"]
    assert table.rows == [("2019–20", ["84.0%", ""]), ("2018–19", ["84.6%", "87.8%"])]
    assert cohort_table([four]) is None


def beside(district, own, other, **about):
    """Two histories of one indicator: of a group, and of all students."""
    indicator = make_indicator(calendar="school_year", **about)
    group = StudentGroup.objects.create(code=f"group-{number()}", name=f"Group {number()}")
    found = []
    for values, one in ((own, group), (other, None)):
        series = make_series(indicator, district, one)
        for year, value in values.items():
            value, size = value if isinstance(value, tuple) else (value, 5000)
            make_observation(series, year, value, n=size, known_on=date(2024, 9, 1))
        found.append(histories([series], DAY)[series.pk])
    return found


def test_a_gap_is_exact_where_both_sides_are(district):
    gap = gap_between(*beside(district, {2019: 70.2}, {2019: 85.3}))
    assert (gap.text, gap.words("all students")) == ("−15.1", "15.1 points below all students")
    assert gap_between(*beside(district, {2019: 70.2}, {2019: 70.2})).words("all students") == "Level with all students"


@pytest.mark.parametrize(("own", "other"), [((70.2, 9), 85.3), (70.2, (85.3, 9))])
def test_a_gap_is_withheld_if_either_side_is(district, own, other):
    gap = gap_between(*beside(district, {2019: own}, {2019: other}))
    assert gap.is_withheld
    assert (gap.text, gap.words("all students")) == ("Withheld", "Gap withheld")


def test_a_gap_from_a_band_is_a_band(district):
    school = Organization.objects.create(kind="school", authority="CO", code="0042", name="Elm", parent=district)
    history, everyone = beside(school, {2019: (34.0, 25)}, {2019: 85.3})
    low, high = history.last.reading.low, history.last.reading.high
    assert low < high, "a group of 25 is shown as a band"
    gap = gap_between(history, everyone)
    assert (gap.low, gap.high) == (low - everyone.last.reading.low, high - everyone.last.reading.low)
    assert "below all students" in gap.words("all students") and " to " in gap.words("all students")


def test_counts_and_missing_periods_have_no_gap(district):
    assert gap_between(*beside(district, {2019: 70}, {2019: 900}, unit="count", natural_high=None)) is None
    assert gap_between(*beside(district, {2019: 70.2}, {2018: 85.3})) is None


def test_a_gap_that_closed_because_the_higher_side_fell_says_so(district):
    history, everyone = beside(district, {2018: 70.0, 2019: 70.0}, {2018: 86.0, 2019: 84.0})
    said = gap_course(history, everyone, "Group", "all students")
    assert said == "Gap 2.0 points smaller than for 2017–18: Group 0.0, all students −2.0"


def test_no_gap_is_followed_across_a_break(district):
    history, everyone = beside(district, {2018: 70.0, 2019: 75.0}, {2018: 86.0, 2019: 86.0})
    Annotation.objects.create(
        indicator=history.indicator, kind="break", period=2019, text="A new test", known_on=date(2019, 8, 1)
    )
    own, other = (histories([one.series], DAY)[one.series.pk] for one in (history, everyone))
    assert own.before is None
    assert gap_course(own, other, "Group", "all students") == ""
