"""Anyone can rebuild every public status from the open data, with the published rule and nothing else."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from django.urls import reverse
from pytest_django.asserts import assertNumQueries

from indicators.periods import Period
from indicators.status import Reading, State, Window, judge
from indicators.trajectory import Path, Waypoint
from indicators.words import Word
from jeffco_plan.demonstration import loading
from strategy.models import Plan
from tests.factories import make_goal, make_observation, make_plan, make_series, make_strategy, make_tactic

pytestmark = pytest.mark.django_db
STATES = {"path": State.ADOPTED, "awaiting": State.AWAITING_BASELINE, "withdrawn": State.WITHDRAWN}


def rebuilt(goal, day):
    """The word that the rule gives to one goal of the file."""

    def period(number):
        return Period(goal["calendar"], goal["kind"], number)

    def amount(text):
        return None if text is None else Decimal(text)

    path = None
    if goal["promise"] == "path":
        told = goal["path"]
        first, *between, last = (Waypoint(period(p["period"]), Decimal(p["value"])) for p in told["points"])
        low, high = map(Decimal, told["range"]) if told["range"] else (None, None)
        path = Path(
            first, last, tuple(between), told["interpolation"], Decimal(told["tolerance"]), told["direction"], low, high
        )
    readings = [
        Reading(period(r["period"]), amount(r["low"]), amount(r["high"]), r["withheld"],
                date.fromisoformat(r["known_on"]))
        for r in goal["readings"]
    ]  # fmt: skip
    windows = [
        Window(period(w["period"]), date.fromisoformat(w["expected_on"]), w["grace_days"], w["not_collected"])
        for w in goal["windows"]
    ]
    breaks = [date.fromisoformat(text) for text in goal["breaks"]]
    return judge(path, readings, day=day, windows=windows, breaks=breaks, state=STATES[goal["promise"]]).word


def told(client, plan, query=""):
    return json.loads(client.get(reverse("plan-goals-json", args=[plan]) + query).content)


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """The real plans, loaded once for this module and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load(say=lambda line: None)
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("day", ["", "?as_of=2019-12-01", "?as_of=2019-06-12"])
def test_every_status_of_the_real_plans_is_rebuilt_from_the_file(client, demonstration, day):
    words = set()
    for plan in Plan.objects.published():
        page = client.get(reverse("plan-status", args=[plan.slug]) + day).text
        file = told(client, plan.slug, day)
        for goal in file["goals"]:
            word = rebuilt(goal, date.fromisoformat(file["as_of"]))
            assert word == goal["status"], goal["goal"]
            assert f"#goal-{goal['goal']}" in page
            words.add(word)
        chips = re.findall(r'class="st is-[a-z]+ ?[^"]*"', page)
        assert len(chips) >= len(file["goals"])
    assert len(words - {Word.AWAITING_BASELINE}) >= 4, "the plans show many words, or the test shows little"


def test_a_changed_number_would_change_the_word(client, tactic):
    """The file is what is judged: with another reading in it the rebuilt word is another."""
    goal = told(client, "p")["goals"][0]
    assert rebuilt(goal, date(2020, 2, 6)) == Word.SLIGHTLY_BEHIND
    goal["readings"][-1] |= {"low": "80", "high": "80"}
    assert rebuilt(goal, date(2020, 2, 6)) == Word.MOVING_AWAY


@pytest.fixture
def tactic():
    tactic = make_tactic(make_strategy(make_plan(slug="p")))
    add_goal(tactic)
    return tactic


def add_goal(tactic):
    series = make_series(organization=tactic.strategy.plan.district)
    make_goal(tactic, series, waypoints=[[2018, "84.5"], [2019, "86.1"]])
    make_observation(series, 2018, "85.3", known_on=date(2019, 1, 17))
    make_observation(series, 2019, "85.3", known_on=date(2020, 1, 16))


def test_the_files_carry_the_day_and_ask_not_to_be_indexed(client, tactic):
    assert told(client, "p", "?as_of=2019-06-12")["as_of"] == "2019-06-12"
    response = client.get(reverse("plan-goals-csv", args=["p"]) + "?as_of=2019-06-12")
    assert response["X-Robots-Tag"] == "noindex"
    assert "2019-06-12" in response.text and "85.3" in response.text


@pytest.mark.parametrize("name", ["plan-goals-json", "plan-goals-csv"])
@pytest.mark.parametrize("goals", [1, 3])
def test_the_files_cost_the_same_for_one_goal_and_for_three(client, tactic, name, goals):
    for _more in range(goals - 1):
        add_goal(tactic)
    with assertNumQueries(11):
        client.get(reverse(name, args=["p"]))
