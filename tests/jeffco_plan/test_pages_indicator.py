"""The indicator page: its finding, its groups, its sources, and what it must never show."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import Annotation, Indicator, Organization, StudentGroup
from strategy.models import LeadingIndicator
from tests.factories import (
    make_district,
    make_goal,
    make_indicator,
    make_observation,
    make_plan,
    make_series,
    make_strategy,
    make_tactic,
    make_window,
    number,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates_without_sql")]

QUERIES = 13


@pytest.fixture
def plan():
    state = Organization.objects.create(kind="state", authority="CO", code="STATE", name="Colorado")
    return make_plan(make_district(parent=state))


@pytest.fixture
def series(plan):
    """Graduation of the classes of 2017 and 2019, with the state's of 2019."""
    series = make_series(make_indicator(question="How many graduate in four years?"), plan.district)
    make_observation(series, 2017, 83.5, date(2018, 1, 18))
    make_observation(series, 2019, 85.3, date(2020, 1, 16))
    make_observation(make_series(series.indicator, plan.district.parent), 2019, 81.1, date(2020, 1, 16))
    return series


def show(client, plan, indicator, **query):
    response = client.get(reverse("indicator-detail", args=[plan.slug, indicator.code]), query)
    assert response.status_code == 200
    return response.content.decode()


def add_group(series, name, value, n=5000, period=2019):
    group = StudentGroup.objects.create(code=f"group-{number()}", name=name)
    one = make_series(series.indicator, series.organization, group)
    make_observation(one, period, value, date(2020, 1, 16), n=n)
    return one


def test_the_heading_is_the_finding(client, plan, series):
    html = show(client, plan, series.indicator)
    heading = html.split("<h1", 1)[1].split("</h1>")[0]
    assert "85.3% for the class of 2019" in heading
    assert "1.8 points" in heading
    assert "the class of 2017" in heading
    assert "How many graduate in four years?" in html
    assert "4.2 points above Colorado" in html


def test_an_earlier_day_knows_only_what_was_published(client, plan, series):
    html = show(client, plan, series.indicator, as_of="2019-12-31")
    assert "83.5% for the class of 2017" in html
    assert "85.3" not in html


def test_numbers_on_two_sides_of_a_break_are_not_compared(client, plan, series):
    Annotation.objects.create(
        indicator=series.indicator, kind="break", period=2018, text="A new test", known_on=date(2018, 8, 1)
    )
    html = show(client, plan, series.indicator)
    heading = html.split("<h1", 1)[1].split("</h1>")[0]
    assert "85.3% for the class of 2019" in heading
    assert "2017" not in heading
    assert "A new test" in html


def test_groups_stand_on_one_scale_and_withheld_ones_say_why(client, plan, series):
    add_group(series, "Female", 88.2)
    add_group(series, "Homeless", 61.7, n=9)
    html = show(client, plan, series.indicator)
    assert "88.2" in html
    assert "61.7" not in html
    assert "Withheld: too few people" in html


def test_every_number_says_where_it_came_from(client, plan, series):
    html = show(client, plan, series.indicator)
    assert "numbers.csv, row 2, column 5" in html
    assert "January 16, 2020" in html


def test_the_next_date_is_named_and_an_overdue_one_too(client, plan, series):
    make_window(series.indicator, 2020, date(2021, 1, 15))
    make_window(series.indicator, 2018, date(2019, 1, 15))
    html = show(client, plan, series.indicator)
    assert "January 15, 2021" in html
    assert "January 15, 2019" in html


def test_goals_and_teams_of_this_plan_that_rest_on_it(client, plan, series):
    tactic = make_tactic(make_strategy(plan), name="Commitment")
    goal = make_goal(tactic, series)
    make_goal(series=series)
    LeadingIndicator.objects.create(
        tactic=tactic, goal=goal, series=series, expected_sign=1, lag_days=30, reason="It moves first",
        confidence="high", declared_on=date(2018, 2, 8),
    )  # fmt: skip
    html = show(client, plan, series.indicator)
    assert html.count(f"#goal-{goal.slug}") == 1
    assert "Watched early" in html


@pytest.mark.parametrize("name", ["indicator-detail", "indicator-data", "indicator-figure"])
def test_what_is_not_public_or_of_another_district_is_not_found(client, plan, series, name):
    other = make_series()
    assert client.get(reverse(name, args=[plan.slug, other.indicator.code])).status_code == 404
    Indicator.objects.filter(pk=series.indicator_id).update(is_public=False)
    assert client.get(reverse(name, args=[plan.slug, series.indicator.code])).status_code == 404


def test_the_file_holds_numbers_reasons_and_sources(client, plan, series):
    Indicator.objects.filter(pk=series.indicator_id).update(is_illustration=True)
    add_group(series, "Homeless", 61.7, n=9)
    text = client.get(reverse("indicator-data", args=[plan.slug, series.indicator.code])).content.decode("utf-8-sig")
    assert "85.3" in text
    assert "61.7" not in text
    assert "Withheld: too few people" in text
    assert '"numbers.csv, row 2, column 5",all' in text


def test_the_figure_says_the_same(client, plan, series):
    response = client.get(reverse("indicator-figure", args=[plan.slug, series.indicator.code]))
    assert response["Content-Type"] == "application/json"
    assert "85.3" in response.content.decode()


def test_without_a_number_the_page_says_what_will_stand_there(client, plan):
    empty = make_series(organization=plan.district)
    assert "No result" in show(client, plan, empty.indicator)


@pytest.mark.parametrize("count", [1, 3])
def test_questions_do_not_grow_with_groups_and_goals(client, plan, series, count):
    strategy = make_strategy(plan)
    for _number in range(count):
        add_group(series, f"Group {number()}", 80)
        make_goal(make_tactic(strategy), series)
        Annotation.objects.create(
            indicator=series.indicator, kind="event", period=2018, text="A note", known_on=date(2018, 8, 1)
        )
    show(client, plan, series.indicator)
    with CaptureQueriesContext(connection) as asked:
        show(client, plan, series.indicator)
    assert len(asked) == QUERIES
