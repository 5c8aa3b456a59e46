"""Aims, framework and strategy pages: what they say, on which day, and in how many questions to the database."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import Organization
from strategy.models import AreaOfWork, Crosswalk, Focus, Initiative, SystemIndicator, TeamMember, Value, Vocabulary
from tests.factories import (
    make_district,
    make_goal,
    make_indicator,
    make_milestone,
    make_observation,
    make_person,
    make_plan,
    make_series,
    make_strategy,
    make_tactic,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates_without_sql")]


@pytest.fixture
def plan():
    state = Organization.objects.create(kind="state", authority="CO", code="STATE", name="Colorado")
    return make_plan(
        make_district(parent=state), headline="Every student", theory_then="students are prepared", slug="generations"
    )


def show(client, name, *place, **query):
    response = client.get(reverse(name, args=place), query)
    assert response.status_code == 200
    return response.content.decode()


def queries_of(client, name, *place):
    client.get(reverse(name, args=place))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse(name, args=place))
    return len(asked)


def add_system_indicator(plan, values=((2018, 84.0), (2019, 85.3))):
    series = make_series(organization=plan.district)
    benchmark = make_series(series.indicator, plan.district.parent)
    for period, value in values:
        make_observation(series, period, value, date(period + 1, 1, 16))
        make_observation(benchmark, period, 81.1, date(period + 1, 1, 16))
    return SystemIndicator.objects.create(plan=plan, series=series, benchmark=benchmark)


def add_part(plan):
    """A strategy with a led tactic that has a goal, a milestone, an initiative and a word of its own."""
    strategy = make_strategy(plan, theory_if="teachers are supported")
    tactic = make_tactic(strategy, leader=make_person("Director of Tasks"))
    make_goal(tactic)
    make_milestone(tactic)
    initiative = Initiative.objects.create(plan=plan, name="Reimagined", school_year="2019-2020")
    initiative.strategies.add(strategy)
    AreaOfWork.objects.create(initiative=initiative, text="Pathways", strategy=strategy)
    return tactic


class TestAims:
    def test_theory_of_action_runs_from_if_to_then(self, client, plan):
        make_strategy(plan, theory_if="the task is authentic")
        make_strategy(plan, theory_if="what works spreads")
        html = show(client, "plan-aims", plan.slug)
        assert html.index("the task is authentic") < html.index("what works spreads") < html.index("are prepared")

    def test_an_unnamed_focus_says_so(self, client, plan):
        Focus.objects.create(plan=plan)
        Value.objects.create(plan=plan, name="Integrity", text="We keep our word.")
        html = show(client, "plan-aims", plan.slug)
        assert "still to be named" in html
        assert "We keep our word." in html

    def test_a_system_indicator_stands_beside_its_benchmark(self, client, plan):
        add_system_indicator(plan)
        html = show(client, "plan-aims", plan.slug)
        assert "85.3% for the class of 2019" in html
        assert "4.2 points above Colorado" in html

    def test_an_earlier_day_knows_only_what_was_published(self, client, plan):
        add_system_indicator(plan)
        html = show(client, "plan-aims", plan.slug, as_of="2019-06-30")
        assert "84.0% for the class of 2018" in html
        assert "85.3" not in html

    def test_an_indicator_that_is_not_public_is_left_out(self, client, plan):
        shown = add_system_indicator(plan)
        type(shown.series.indicator).objects.update(is_public=False)
        assert "85.3" not in show(client, "plan-aims", plan.slug)

    def test_a_draft_is_not_found(self, client):
        assert client.get(reverse("plan-aims", args=[make_plan(state="draft").slug])).status_code == 404

    @pytest.mark.parametrize("count", [1, 3])
    def test_questions_do_not_grow_with_the_plan(self, client, plan, count):
        for _number in range(count):
            add_system_indicator(plan)
            make_strategy(plan, theory_if="so")
            Value.objects.create(plan=plan, name="Integrity")
        assert queries_of(client, "plan-aims", plan.slug) == AIMS_QUERIES


class TestHow:
    def test_tactics_stand_with_leader_and_counts(self, client, plan):
        tactic = add_part(plan)
        html = show(client, "plan-how", plan.slug)
        assert tactic.name in html
        assert "Director of Tasks" in html
        assert "The one milestone: 0 done" in html

    def test_the_leader_is_the_one_of_the_day(self, client, plan):
        tactic = add_part(plan)
        TeamMember.objects.filter(tactic=tactic).update(until=date(2019, 6, 30))
        TeamMember.objects.create(
            tactic=tactic, person=make_person("The next one"), role="leader", since=date(2019, 7, 1)
        )
        assert "The next one" in show(client, "plan-how", plan.slug)
        earlier = show(client, "plan-how", plan.slug, as_of="2019-06-01")
        assert "Director of Tasks" in earlier
        assert "The next one" not in earlier

    def test_the_plan_speaks_its_own_words(self, client, plan):
        add_part(plan)
        Vocabulary.objects.create(plan=plan, level="tactic", language="en", singular="aim", plural="aims")
        assert "1 aim " in show(client, "plan-how", plan.slug)

    def test_an_initiative_is_not_known_before_its_school_year(self, client, plan):
        add_part(plan)
        assert "Pathways" in show(client, "plan-how", plan.slug)
        assert "Pathways" not in show(client, "plan-how", plan.slug, as_of="2019-06-30")

    def test_the_crosswalk_leads_to_the_successor_once_the_plan_has_ended(self, client, plan):
        tactic = add_part(plan)
        after = make_plan(plan.district, predecessor=plan, starts_on=date(2022, 7, 1), ends_on=date(2026, 6, 30))
        to = make_strategy(after, name="Our learners")
        Crosswalk.objects.create(plan=plan, tactic=tactic, to_strategy=to, text="Taken up.")
        assert "Taken up." not in show(client, "plan-how", plan.slug)
        type(plan).objects.filter(pk=plan.pk).update(standing_day=date(2022, 8, 1))
        assert "Our learners" in show(client, "plan-how", plan.slug)
        type(plan).objects.filter(pk=after.pk).update(standing_day=date(2022, 8, 1))
        assert "Taken up." in show(client, "plan-how", after.slug)

    @pytest.mark.parametrize("count", [1, 3])
    def test_questions_do_not_grow_with_the_plan(self, client, plan, count):
        for _number in range(count):
            add_part(plan)
        assert queries_of(client, "plan-how", plan.slug) == HOW_QUERIES


class TestStrategy:
    def test_the_worst_tactic_comes_first(self, client, plan):
        strategy = make_strategy(plan, theory_if="teachers are supported")
        for name, value in (("Fine", 90), ("Poor", 80)):
            series = make_series(make_indicator(), plan.district)
            make_observation(series, 2017, 83.5, date(2018, 1, 16))
            make_observation(series, 2019, value, date(2020, 1, 16))
            make_goal(make_tactic(strategy, name=name), series)
        make_tactic(strategy, name="Quiet")
        html = show(client, "strategy-detail", plan.slug, strategy.slug)
        assert html.index("Poor</a>") < html.index("Fine</a>") < html.index("Quiet</a>")
        assert "teachers are supported" in html

    def test_a_draft_tactic_is_not_shown(self, client, plan):
        strategy = make_strategy(plan)
        make_tactic(strategy, name="Secret", state="draft")
        assert "Secret" not in show(client, "strategy-detail", plan.slug, strategy.slug)

    def test_a_strategy_of_another_plan_is_not_found(self, client, plan):
        other = make_strategy()
        assert client.get(reverse("strategy-detail", args=[plan.slug, other.slug])).status_code == 404

    @pytest.mark.parametrize("count", [1, 3])
    def test_questions_do_not_grow_with_the_strategy(self, client, plan, count):
        strategy = make_strategy(plan)
        for _number in range(count):
            tactic = make_tactic(strategy, leader=make_person())
            make_goal(tactic)
            make_milestone(tactic)
        assert queries_of(client, "strategy-detail", plan.slug, strategy.slug) == STRATEGY_QUERIES


# Of any plan, however large.
AIMS_QUERIES = 11
HOW_QUERIES = 19
STRATEGY_QUERIES = 16
