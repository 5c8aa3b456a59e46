"""Home, on track and tactic: what they say at a glance, on any day, at a cost that does not grow."""

import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from strategy.models import TeamMember
from strategy.promises import forget
from tests.factories import (
    make_cycle,
    make_goal,
    make_milestone,
    make_observation,
    make_person,
    make_plan,
    make_revision,
    make_series,
    make_stocktake,
    make_strategy,
    make_tactic,
    make_update,
    make_window,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates_without_sql")]
HOME, STATUS, TACTIC = "/plans/p/", "/plans/p/on-track/", "/plans/p/strategies/s/t/"


@pytest.fixture
def tactic():
    plan = make_plan(slug="p", headline="Every student ready")
    return make_tactic(make_strategy(plan, slug="s"), leader=make_person("Director of Equity"), slug="t")


def add_goal(tactic, value="85.3", **promise):
    series = make_series(organization=tactic.strategy.plan.district)
    goal = make_goal(tactic, series, **{"waypoints": [[2018, "84.5"], [2019, "86.1"]]} | promise)
    make_observation(series, 2018, "85.3", known_on=date(2019, 1, 17))
    make_observation(series, 2019, value, known_on=date(2020, 1, 16))
    return goal


def text_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_the_tactic_says_where_its_goal_stands_and_why(client, tactic):
    add_goal(tactic)
    page = text_of(client, TACTIC)
    for words in ("0.8 points behind the plan for the class of 2019", "Slightly behind", "Why this color",
                  "1.8 ÷ 2.6 = 0.69", "Director of Equity", "trajectory.csv"):  # fmt: skip
        assert words in page
    assert page.count('role="img"') >= 3, "the drawing stands in the page itself, in three widths"
    assert "<caption>Four-year graduation rate, All students</caption>" in page


def test_an_earlier_day_knows_only_what_was_known(client, tactic):
    add_goal(tactic)
    earlier = text_of(client, f"{TACTIC}?as_of=2019-06-12")
    assert "ahead of the plan for the class of 2018" in earlier
    assert "class of 2019:" not in earlier
    assert 'name="robots" content="noindex"' in earlier
    assert "/plans/p/on-track/?as_of=2019-06-12" in earlier, "links keep the day"


@pytest.mark.parametrize(
    ("asked", "says"),
    [("nonsense", "could not be read"), ("1999-01-01", "did not exist before"), ("2999-01-01", "not known yet")],
)
def test_a_day_that_cannot_be_shown_says_why(client, tactic, asked, says):
    assert says in text_of(client, f"{STATUS}?as_of={asked}")


def test_the_first_path_stays_on_the_chart_when_the_target_moves(client, tactic):
    goal = add_goal(tactic)
    series = goal.revisions.get().measure
    make_revision(
        goal, series, adopted_on=date(2019, 1, 24), target_period=2023, reason_code="delay", reason="Too soon"
    )
    page = text_of(client, TACTIC)
    assert "First path: 90% by the class of 2022" in page
    assert "g-ghost" in page
    assert "Too soon" in page


def test_a_leader_who_left_still_led_on_the_earlier_day(client, tactic):
    TeamMember.objects.update(until=date(2019, 8, 31))
    newcomer = make_person("Director of Success")
    TeamMember.objects.create(tactic=tactic, person=newcomer, role="leader", since=date(2019, 9, 1))
    assert "Director of Success" in text_of(client, TACTIC)
    assert "Director of Equity" in text_of(client, f"{TACTIC}?as_of=2019-06-12")


def test_the_worst_come_first_on_track_and_home_names_them(client, tactic):
    add_goal(tactic, "90.5")
    add_goal(tactic, "80.0")
    page = text_of(client, STATUS)
    assert page.index("Moving away") < page.index("On track or met")
    assert "1 of 2 goals on track or met; moving away: Graduation" in page
    assert "Moving away: Graduation" in text_of(client, HOME)


def test_home_names_the_goals_that_its_picture_has_no_place_for(client, tactic):
    for value in ("90.5", "86.0", "85.3"):
        add_goal(tactic, value)
    assert "without a place here" not in text_of(client, HOME)
    kept = add_goal(tactic, "83.0", target_value="80", waypoints=[])
    type(kept).objects.filter(pk=kept.pk).update(short_name="A planned decline")
    assert "Judged, without a place here: A planned decline." in text_of(client, HOME)


def test_home_says_how_many_more_goals_move_away_than_it_names(client, tactic):
    for _number in range(4):
        add_goal(tactic, "80.0")
    assert "Moving away: Graduation, Graduation, Graduation and 1 more." in text_of(client, HOME)


def test_the_list_can_be_filtered_by_status_and_part(client, tactic):
    add_goal(tactic, "80.0")
    assert "No goal matches this choice" in text_of(client, f"{STATUS}?status=on_track")
    assert "No goal matches this choice" in text_of(client, f"{STATUS}?strategy=elsewhere")
    assert "No goal matches this choice" not in text_of(client, f"{STATUS}?status=moving_away&strategy=s")


def test_home_answers_the_four_questions(client, tactic):
    add_goal(tactic)
    make_update(make_milestone(tactic), "done", known_on=date(2020, 1, 20))
    page = text_of(client, HOME)
    for words in (
        "Every student ready",
        "The one milestone: 1 done",
        "The one goal: 1 slightly behind",
        "no stocktakes",
    ):
        assert words in page


def test_the_figure_and_the_file_say_what_the_page_says(client, tactic):
    goal = add_goal(tactic)
    figure = json.loads(text_of(client, f"{TACTIC}goals/{goal.slug}/figure.json"))
    actual = next(trace for trace in figure["data"] if trace["meta"]["role"] == "actual")
    assert actual["y"][-1] == 85.3
    rows = text_of(client, f"{TACTIC}goals/{goal.slug}/data.csv").splitlines()
    assert any("Class of 2019,85.3,86.1,-0.8," in row for row in rows), "a gap to count with, not a typographer's minus"


def test_a_window_not_collected_is_named_and_does_not_fail_the_goal(client, tactic):
    goal = add_goal(tactic)
    indicator = goal.revisions.get().measure.indicator
    make_window(indicator, 2020, date(2020, 1, 31), not_collected=True, reason="No test in 2020")
    page = text_of(client, TACTIC)
    assert "No test in 2020" in page
    assert "Slightly behind" in page


@pytest.mark.parametrize("address", [HOME, STATUS, TACTIC, f"/es{TACTIC}", f"{STATUS}?as_of=2019-06-12"])
def test_pages_cost_the_same_with_one_goal_and_with_three(client, tactic, address):
    def grow():
        add_goal(tactic)
        make_milestone(tactic)
        make_stocktake(make_cycle(tactic.strategy.plan), tactic)

    grow()
    client.get(address)
    forget()
    with CaptureQueriesContext(connection) as one:
        text_of(client, address)
    grow()
    grow()
    forget()
    with CaptureQueriesContext(connection) as three:
        text_of(client, address)
    assert len(one) == len(three)
    assert len(three) <= 30


def test_what_is_not_published_is_not_there(client, tactic):
    tactic.state = "draft"
    tactic.save()
    assert client.get(TACTIC).status_code == 404
    assert client.get("/plans/p/strategies/s/elsewhere/").status_code == 404
    assert client.get("/plans/elsewhere/").status_code == 404


def test_every_chip_of_a_goal_leads_to_its_reason(client, tactic):
    goal = add_goal(tactic)
    for address in (STATUS, f"{STATUS}?as_of=2019-06-12"):
        link = re.search(r'class="st-why" href="([^"]+)"', text_of(client, address)).group(1)
        page, anchor = link.split("#")
        assert ("as_of=2019-06-12" in page) == ("as_of" in address), "the link keeps the day"
        assert anchor == f"why-{goal.slug}"
        assert f'<div class="why" id="{anchor}">' in text_of(client, page)
