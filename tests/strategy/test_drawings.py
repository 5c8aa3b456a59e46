"""From a goal or a series to its drawing: the names on the axes and what is marked."""

import pytest
from django.utils.translation import override

from indicators.models import StudentGroup
from indicators.periods import Period
from strategy.axes import tick_words
from strategy.drawings import chart_of
from strategy.models import Goal
from strategy.scorecards import goal_cards
from tests.factories import DAY, make_goal, make_observation, make_series


@pytest.mark.parametrize(
    ("period", "name", "on_a_phone"),
    [
        (Period("class_of", "year", 2019), "2019", "’19"),
        (Period("school_year", "year", 2019), "2018–19", "’19"),
        (Period("october", "year", 2019), "2018", "’18"),
        (Period("calendar_year", "quarter", 8072), "Q1 2018", "Q1 2018"),
        (Period("school_year", "quarter", 8072), "Q1 2017–18", "Q1 2017–18"),
        (Period("calendar_year", "month", 2018 * 12), "Jan 2018", "Jan 2018"),
    ],
)
def test_a_period_on_an_axis_is_named_as_short_as_it_can_be(period, name, on_a_phone):
    assert tick_words(period) == (name, on_a_phone)


@pytest.mark.django_db
def test_the_axis_of_a_gap_says_so_on_a_phone_too():
    everyone = make_series()
    group = StudentGroup.objects.create(code="el", name="English learners", position=2)
    learners = make_series(everyone.indicator, everyone.organization, group)
    for year, rate, theirs in ((2017, 83.5, 64.2), (2019, 84.0, 65.5)):
        make_observation(everyone, year, rate, DAY)
        make_observation(learners, year, theirs, DAY)
    make_goal(series=everyone, minus=learners, baseline_value="19.3", target_value="10")
    chart = chart_of(goal_cards(Goal.objects.all(), DAY)[0], lambda text: text)
    assert chart.axis_title.endswith(", gap in points") and chart.axis_title_short.endswith(", gap in points")


def test_a_month_on_an_axis_speaks_the_readers_language():
    with override("es"):
        assert tick_words(Period("calendar_year", "month", 2018 * 12))[0] == "Ene 2018"
