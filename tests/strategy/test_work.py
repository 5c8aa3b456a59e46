"""My work: what a leader owes, in order of date, and the step from one to the next."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from strategy.models import LeadingIndicator, MilestoneUpdate, PdsaCycle, TeamMember
from strategy.timelines import milestone_cards
from tests.factories import (
    DAY,
    START,
    make_cycle,
    make_district,
    make_goal,
    make_indicator,
    make_milestone,
    make_observation,
    make_series,
    make_stocktake,
    make_update,
    make_user,
    make_window,
)
from tests.strategy.reporting import address, answer

pytestmark = pytest.mark.django_db


def test_the_list_stands_in_order_of_date_with_the_first_report_open(client, ana, tactic, milestone):
    make_milestone(tactic, due_on=date(2020, 1, 31), known_on=date(2019, 12, 2), title="Late already")
    client.force_login(ana)
    text = client.get(reverse("my-work")).content.decode()
    assert "Two things due, one overdue" in text
    assert text.index("Late already") < text.index("Teams at all high schools")
    assert text.count('<form class="task__form') == 1 and 'value="70"' not in text
    assert "Overdue 6 days" in text and "Monday, February 10" in text  # a month after the last report
    assert "First due January 31, 2020" in text


def test_the_page_is_drawn_from_finished_values(client, ana, milestone, templates_without_sql):
    client.force_login(ana)
    assert client.get(reverse("my-work")).status_code == 200
    assert client.get(address(milestone)).status_code == 200


def test_every_kind_of_duty_is_listed(client, ana, plan, tactic, milestone):
    series = make_series(make_indicator(name="Readiness"), plan.district)
    goal = make_goal(tactic, series)
    make_window(series.indicator, 2019, date(2019, 11, 15))
    monthly = make_indicator(name="Ninth graders passing", calendar="calendar_year", kind="month")
    weekly = make_series(monthly, plan.district)
    make_observation(weekly, 2019 * 12 + 11, 80)
    LeadingIndicator.objects.create(
        tactic=tactic, goal=goal, series=weekly, expected_sign=1, lag_days=0, reason="x", confidence="high",
        declared_on=START,
    )  # fmt: skip
    PdsaCycle.objects.create(
        tactic=tactic, number=4, scale="1 school", question="Does it hold?", prediction="Yes",
        started_on=date(2020, 1, 6), study_due_on=date(2020, 2, 28),
    )  # fmt: skip
    make_stocktake(make_cycle(plan), tactic, planned_on=date(2020, 6, 11))
    client.force_login(ana)
    text = client.get(reverse("my-work")).content.decode()
    places = [
        text.index(words)
        for words in (
            "Reading for the class of 2019: Readiness", "Teams at all", "Leading indicator for January 2020",
            "Study note, cycle 4", "Stocktake of June 11, 2020, first draft",
        )
    ]  # fmt: skip
    assert places == sorted(places)
    assert "Overdue 83 days" in text and "Due in 16 weeks" in text
    assert "Already filled with one goal, one milestone and no commitments" in text


def test_a_member_does_not_owe_the_stocktake(client, plan, tactic, milestone):
    dan = make_user()
    TeamMember.objects.create(tactic=tactic, person=dan.person, role="member", since=START)
    make_stocktake(make_cycle(plan), tactic, planned_on=date(2020, 6, 11))
    client.force_login(dan)
    text = client.get(reverse("my-work")).content.decode()
    assert "first draft" not in text and "Teams at all" in text


def test_what_was_reported_this_month_and_is_far_off_is_not_owed(client, ana, milestone):
    client.force_login(ana)
    text = client.post(address(milestone), answer(milestone), follow=True).content.decode()
    assert "Nothing is due" in text and "Saved: Teams at all high schools." in text


def add_goal(tactic):
    """A goal with an overdue reading."""
    series = make_series(organization=tactic.strategy.plan.district)
    make_goal(tactic, series)
    make_window(series.indicator, 2019, date(2019, 11, 15))


def test_it_does_not_grow_with_what_is_owed(client, ana, tactic, milestone):
    client.force_login(ana)
    counts = []
    add_goal(tactic)
    for _more in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("my-work")).status_code == 200
        counts.append(len(queries))
        for _each in range(2):
            make_milestone(tactic, due_on=date(2020, 3, 6))
            add_goal(tactic)
    assert counts[0] == counts[1], [query["sql"][:200] for query in queries.captured_queries]


def test_saving_opens_the_next_and_skipping_too(client, ana, tactic, milestone):
    other = make_milestone(tactic, due_on=date(2020, 3, 6), known_on=date(2020, 1, 20), title="The second")
    client.force_login(ana)
    first = client.get(reverse("my-work"))
    assert f'name="next" value="milestone-{other.pk}"' in first.content.decode()
    response = client.post(address(milestone), answer(milestone, next=f"milestone-{other.pk}"))
    assert response.url == f"{reverse('my-work')}?open=milestone-{other.pk}"
    assert address(other) in client.get(response.url).content.decode()


def test_an_htmx_answer_redraws_the_list_and_says_so(client, ana, tactic, milestone):
    make_milestone(tactic, due_on=date(2020, 3, 6), known_on=date(2020, 1, 20), title="The second")
    client.force_login(ana)
    headers = {"HX-Request": "true"}
    response = client.post(address(milestone), answer(milestone), headers=headers, follow=True)
    response = client.get(reverse("my-work") + "?open=first", headers=headers)
    text = response.content.decode()
    assert response["HX-Retarget"] == "#work" and "<html" not in text and "autofocus" in text
    assert "HX-Request" in response["Vary"]


def test_slippage_is_seen(client, ana, milestone):
    make_update(milestone, "late", date(2020, 8, 14), date(2020, 1, 9), reason="Posts were frozen.")
    client.force_login(ana)
    text = client.get(reverse("my-work")).content.decode()
    assert "Moved once, now due August 14, 2020, 70 days later" in text and "Posts were frozen." in text


def test_a_report_on_an_earlier_day_is_not_shown_before(milestone):
    cards = milestone_cards(type(milestone).objects.all(), date(2019, 12, 1))
    assert [update.number for update in cards[0].updates] == [1]
    assert MilestoneUpdate.objects.count() == 2


@pytest.mark.parametrize(("others", "name"), [(0, "leading-values"), (1, "leading-detail")])
def test_a_team_is_led_to_the_grid_only_for_numbers_that_it_types_itself(client, ana, plan, tactic, others, name):
    """A measure with series of others is the data stewards' to bring in: the grid would refuse the team."""
    monthly = make_indicator(name="Ninth graders passing", calendar="calendar_year", kind="month")
    series = make_series(monthly, plan.district)
    for _place in range(others):
        make_series(monthly, make_district())
    make_observation(series, 2019 * 12 + 11, 80)
    leading = LeadingIndicator.objects.create(
        tactic=tactic, goal=make_goal(tactic), series=series, expected_sign=1, lag_days=0, reason="x",
        confidence="high", declared_on=START,
    )  # fmt: skip
    client.force_login(ana)
    address = reverse(name, args=[leading.pk])
    assert f'href="{address}"' in client.get(reverse("my-work")).text
    assert client.get(address).status_code == 200


def test_a_window_that_was_called_off_awaits_no_value(client, ana, plan, tactic):
    series = make_series(make_indicator(name="Survey", calendar="calendar_year", kind="month"), plan.district)
    period = 2020 * 12
    make_observation(series, period - 1, 80)
    LeadingIndicator.objects.create(
        tactic=tactic, goal=make_goal(tactic), series=series, expected_sign=1, lag_days=0, reason="x",
        confidence="high", declared_on=START,
    )  # fmt: skip
    make_window(series.indicator, period, date(2020, 2, 5))
    client.force_login(ana)
    assert "Leading indicator for January 2020" in client.get(reverse("my-work")).text
    make_window(series.indicator, period, date(2020, 2, 5), not_collected=True, reason="No survey", known_on=DAY)
    assert "Leading indicator for January 2020" not in client.get(reverse("my-work")).text
