"""The trajectory editor: shapes and points, what they would mean, wrong answers in plain words, two at once."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from strategy.models import GoalRevision
from tests.factories import (
    make_goal,
    make_observation,
    make_person,
    make_revision,
    make_series,
    make_window,
)
from tests.strategy.proposing import answer, last, page_of, revise, shown, values_of

pytestmark = pytest.mark.django_db


def test_the_leader_opens_it_with_the_promise_that_stands(client, ana, goal, templates_without_sql):
    client.force_login(ana)
    text = client.get(revise(goal)).content.decode()
    assert "At least 90% of students graduate in four years" in text and 'value="83.5"' in text
    assert "Every result so far keeps its status" in text and "planned 86.1%, gap −0.8" in text


def test_the_leader_finds_it_on_the_goals_public_page_and_nobody_else_does(client, ana, goal, templates_without_sql):
    tactic = goal.tactic
    public = f"/plans/{tactic.strategy.plan.slug}/strategies/{tactic.strategy.slug}/{tactic.slug}/"
    assert revise(goal) not in client.get(public).text
    client.force_login(ana)
    assert revise(goal) in client.get(public).text and f"/work/goals/{goal.pk}/judge/" in client.get(public).text


def test_a_slower_path_shows_at_once_how_results_would_have_been_judged(client, ana, goal, templates_without_sql):
    client.force_login(ana)
    text = shown(client, goal, target_period="2026")
    assert "Results that would read better: 1 of 2" in text and "The goal’s status today would change" in text
    assert "planned 86.1%, gap −0.8" in text and "planned 84.9%, gap +0.4" in text
    assert goal.revisions.count() == 1, "looking saves nothing"


SHAPES = [
    ("straight", [], "linear"),
    ("slow_start", ["83.6", "84.0", "84.7", "85.6", "86.8", "88.3"], "linear"),
    ("fast_start", ["85.2", "86.7", "87.9", "88.8", "89.5", "89.9"], "linear"),
    ("compounding", ["84.4", "85.3", "86.2", "87.2", "88.1", "89.0"], "linear"),
    ("steps", ["86.8"], "step"),
]


@pytest.mark.parametrize(("shape", "values", "rule"), SHAPES)
def test_a_shape_draws_its_points(client, ana, goal, shape, values, rule):
    client.force_login(ana)
    assert values_of(shown(client, goal, shape=shape)) == values
    client.post(revise(goal), answer(goal, shape=shape))
    assert [value for _period, value in last(goal).waypoints] == values
    assert last(goal).interpolation == rule


def test_a_point_changed_by_hand_stays_and_the_shape_is_ones_own(client, ana, goal):
    client.force_login(ana)
    drawn = shown(client, goal, shape="slow_start").split('name="drawn" value="')[1].split('"')[0]
    rows = [("2018", "84.0"), *((str(year), "85.0") for year in range(2019, 2024))]
    sent = answer(goal, action="show", rows=rows, shape="slow_start", drawn=drawn)
    text = client.post(revise(goal), sent).content.decode()
    assert values_of(text) == ["84.0"] + ["85.0"] * 5
    assert "checked" in text.split('value="by_hand"')[1].split(">")[0]


def test_another_shape_draws_anew(client, ana, goal):
    client.force_login(ana)
    drawn = shown(client, goal, shape="slow_start").split('name="drawn" value="')[1].split('"')[0]
    assert len(values_of(shown(client, goal, shape="steps", drawn=drawn))) == 1


def test_growth_of_so_many_percent_sets_the_target(client, ana, goal):
    client.force_login(ana)
    text = shown(client, goal, shape="compounding", growth="1", target_period="2020", target_value="")
    assert 'name="target_value" value="86.0"' in text and values_of(text) == ["84.3", "85.2"]


def test_points_are_added_in_the_widest_gap_and_removed_without_javascript(client, ana, goal):
    client.force_login(ana)
    sent = answer(goal, action="add", rows=[("2018", "84.5")], target_period="2022")
    text = client.post(revise(goal), sent).content.decode()
    assert values_of(text) == ["84.5", "87.3"], "2020, in the middle of the way from 84.5 to 90"
    sent = answer(goal, action="remove-0", rows=[("2018", "84.5"), ("2020", "87.3")])
    assert values_of(client.post(revise(goal), sent).content.decode()) == ["87.3"]


def test_an_empty_baseline_is_taken_from_the_results(client, ana, goal):
    client.force_login(ana)
    assert 'name="baseline_value" value="85.3"' in shown(client, goal, baseline_period="2018", baseline_value="")
    sent = answer(goal, action="baseline", baseline_value="12")
    assert 'name="baseline_value" value="83.5"' in client.post(revise(goal), sent).content.decode()


def test_a_withheld_result_is_no_baseline(client, ana, goal):
    make_observation(goal.revisions.get().measure, 2016, "77.7", date(2017, 1, 16), n=5)
    client.force_login(ana)
    text = client.post(revise(goal), answer(goal, baseline_period="2016", baseline_value="")).content.decode()
    assert "Write the value at the baseline: no result is known for that period." in text and "77.7" not in text


WRONG = [
    ({"baseline_period": "2019", "target_period": "2018"}, "The target has to come after the baseline."),
    ({"target_value": "most"}, "Write a number, such as 86.1."),
    ({"target_value": "104"}, "Write a value from 0% to 100%."),
    ({"target_value": ""}, "Write the value to reach."),
    ({"baseline_period": ""}, "Choose where the path begins."),
    ({"rows": [("2030", "85")]}, "A point lies between baseline and target."),
    ({"rows": [("2019", "85"), ("2019", "86")]}, "Two points stand at the same period."),
    ({"rows": [("2019", "lots")]}, "Write a number, such as 86.1."),
    ({"rows": [("", "86")]}, "Choose the period of this point."),
    ({"rows": [("2019", "186")]}, "Write a value from 0% to 100%."),
    ({"shape": "compounding", "baseline_value": "0"}, "Compounding needs a baseline and a target above zero."),
    ({"tolerance": "-1"}, "A tolerance cannot be negative."),
    ({"rows": [("99999999", "86")]}, "Choose the period of this point."),
    ({"target_period": "99999999"}, "Choose by when."),
    ({"statement": ""}, "Write the goal in one sentence."),
    ({"reason_code": ""}, "Choose the reason."),
    ({"reason_code": "first"}, "not one of the available choices"),
    ({"reason": ""}, "Write the reason in a sentence."),
    ({"number": "9"}, "This page is out of date."),
    ({"kind": "awaiting"}, "Choose the day by which the baseline is expected."),
    ({"kind": "awaiting", "awaiting_until": "2020-02-06"}, "The day has to lie ahead."),
    ({"indicator": ""}, "A path needs a measure."),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "words"), WRONG)
def test_a_wrong_answer_comes_back_in_plain_words_with_what_was_typed(client, ana, goal, changes, words):
    client.force_login(ana)
    response = client.post(revise(goal), answer(goal, **{"reason": "Typed with care."} | changes))
    text = response.content.decode()
    assert response.status_code == 422 and goal.revisions.count() == 1
    assert words in text and "<title>Error: " in text and ("Typed with care." in text or changes.get("reason") == "")


def test_words_still_missing_are_not_complained_about_while_looking(client, ana, goal):
    client.force_login(ana)
    text = shown(client, goal, statement="", reason="", reason_code="")
    assert "Error" not in text and "that would read better" in text


def test_numbers_are_read_as_people_write_them(client, ana, goal):
    client.force_login(ana)
    client.post(revise(goal), answer(goal, baseline_value="83.5%", target_value=" 90 % ", rows=[("2019", "85,0")]))
    assert (last(goal).baseline_value, last(goal).target_value) == (Decimal("83.5"), Decimal(90))


def test_a_proposal_is_kept_and_changes_nothing_yet(client, ana, goal):
    client.force_login(ana)
    response = client.post(revise(goal), answer(goal, rows=[("2019", "84.5"), ("2022", "87")]))
    proposal = last(goal)
    assert response.url == page_of(proposal)
    assert (proposal.number, proposal.outcome, proposal.settled_on, proposal.forecast) == (2, None, None, None)
    assert (proposal.proposed_by, proposal.known_on) == (ana.person, date(2020, 2, 6))
    assert proposal.waypoints == [[2019, "84.5"], [2022, "87"]]
    assert proposal.is_illustration, "a proposal typed into a demonstration is not the district's own"
    assert client.get(revise(goal)).url == page_of(proposal), "one open proposal a goal"


def test_a_goal_may_wait_for_its_baseline(client, ana, goal):
    client.force_login(ana)
    client.post(revise(goal), answer(goal, kind="awaiting", awaiting_until="2020-09-30", reason_code="measure"))
    proposal = last(goal)
    assert (proposal.kind, proposal.awaiting_until) == ("awaiting", date(2020, 9, 30))
    assert (proposal.baseline_period, proposal.waypoints, proposal.target_value) == (None, [], Decimal(90))


def test_a_withdrawal_needs_only_its_reason(client, ana, goal):
    client.force_login(ana)
    sent = answer(goal, kind="withdrawn", reason_code="closed", statement="", baseline_value="x", target_value="")
    client.post(revise(goal), sent)
    proposal = last(goal)
    assert (proposal.kind, proposal.target_value, proposal.baseline_value) == ("withdrawn", None, None)
    assert proposal.statement == "At least 90% of students graduate in four years"


def test_a_withdrawn_goal_shows_what_was_promised_until_then(client, ana, goal):
    make_revision(goal, goal.revisions.get().measure, adopted_on=date(2020, 1, 20), kind="withdrawn")
    client.force_login(ana)
    text = client.get(revise(goal)).content.decode()
    assert "What was promised until it was withdrawn" in text and "What is promised now" not in text


def test_the_first_promise_of_a_goal_is_proposed_too(client, ana, tactic, plan):
    series = make_series(organization=plan.district)
    make_observation(series, 2017, "83.5")
    goal = make_goal(tactic, series)
    promised = goal.revisions.get()
    other = type(goal).objects.create(tactic=tactic, slug="new", short_name="New")
    client.force_login(ana)
    assert client.get(revise(other)).status_code == 200
    sent = answer(goal, reason_code="first", reason="") | {"number": "1"}
    assert client.post(revise(other), sent).status_code == 302
    assert (last(other).measure, last(other).reason_code) == (promised.measure, "first")


def test_the_second_who_proposes_sees_the_open_one_and_loses_nothing(client, ana, tactic, goal):
    client.force_login(ana)
    sent = answer(goal, reason="Ana's words")
    theirs = make_revision(
        goal, goal.revisions.get().measure, adopted_on=None, known_on=date(2020, 2, 6), reason="Other words"
    )
    response = client.post(revise(goal), sent)
    text = response.content.decode()
    assert response.status_code == 409 and goal.revisions.count() == 2
    assert "Somebody else has just proposed another path" in text and "Other words" in text and page_of(theirs) in text
    assert text.count("Ana&#x27;s words") == 2 and 'name="number" value="3"' in text
    GoalRevision.objects.filter(pk=theirs.pk).update(
        outcome="declined", settled_by=make_person(), settled_on=date(2020, 2, 6)
    )
    assert client.post(revise(goal), sent | {"number": "3"}).status_code == 302
    assert last(goal).reason == "Ana's words"


def test_who_sends_again_while_the_other_is_still_open_sees_it_again(client, ana, goal):
    theirs = make_revision(goal, goal.revisions.get().measure, adopted_on=None, known_on=date(2020, 2, 6))
    client.force_login(ana)
    response = client.post(revise(goal), answer(goal))
    assert response.status_code == 409 and page_of(theirs) in response.content.decode()


def test_a_path_that_is_not_complete_is_not_said_to_change_nothing(client, ana, goal):
    client.force_login(ana)
    text = shown(client, goal, target_value="")
    assert '<a href="#g-target_value">Write the value to reach.</a>' in text, "said where the answer would stand"
    assert "Not complete yet" in text and "keeps its status" not in text
    assert "Error" not in text and "g-target_value_error" not in text, "nobody is scolded for a field not reached yet"


def test_a_wrong_point_is_named_at_once_where_the_answer_would_stand(client, ana, goal):
    client.force_login(ana)
    text = shown(client, goal, shape="by_hand", point_period=["2019", "2019"], point_value=["85", "86"])
    effect = text.split('id="effect"')[1].split("</fieldset>")[0]
    assert '<a href="#g-point-1">Two points stand at the same period. Remove one.</a>' in effect


def test_wrong_answers_are_listed_in_the_order_of_the_page(client, ana, goal):
    client.force_login(ana)
    wrong = answer(goal, target_value="most", rows=[("2019", "lots")], tolerance="-1", statement="", reason="")
    text = client.post(revise(goal), wrong).content.decode()
    listed = [part.split('"')[0] for part in text.split('<ul class="errs">')[1].split("</ul>")[0].split('href="#')[1:]]
    assert listed == ["g-target_value", "g-point-0", "g-tolerance", "g-statement", "g-reason"]


def test_a_sentence_that_still_names_the_old_target_is_pointed_out(client, ana, goal):
    client.force_login(ana)
    old = goal.revisions.get().statement
    assert "Reword the sentence" in shown(client, goal, statement=old)
    assert "Reword the sentence" not in shown(client, goal)
    assert "Reword the sentence" not in shown(client, goal, statement=old, target_period="2022"), "the target stays"
    assert "Reword the sentence" not in shown(client, goal, statement=old, kind="withdrawn")


def test_who_waits_for_a_baseline_or_withdraws_is_not_shown_a_path(client, ana, goal):
    client.force_login(ana)
    heading = "The path, and what it would mean"
    assert heading in shown(client, goal)
    assert heading not in shown(client, goal, kind="awaiting") and heading not in shown(client, goal, kind="withdrawn")
    assert "Choose the day by which the baseline is expected." in shown(client, goal, kind="awaiting")


def test_a_goal_that_waits_for_its_baseline_opens_with_what_its_path_still_lacks(client, ana, goal):
    measure = goal.revisions.get().measure
    make_revision(goal, measure, adopted_on=date(2020, 1, 20), kind="awaiting", awaiting_until=date(2020, 6, 30),
                  baseline_period=None, baseline_value=None)  # fmt: skip
    client.force_login(ana)
    text = client.get(revise(goal)).content.decode()
    assert "Not complete yet" in text and "With this proposal" not in text
    lacking = shown(client, goal, baseline_period="", baseline_value="")
    assert "Choose where the path begins." in lacking and "no result is known for that period" not in lacking


def test_who_writes_while_the_promise_changes_is_told(client, ana, goal):
    client.force_login(ana)
    sent = answer(goal)
    make_revision(goal, goal.revisions.get().measure, adopted_on=date(2020, 2, 5))
    response = client.post(revise(goal), sent)
    assert response.status_code == 409
    assert "The promise has changed while you were writing" in response.content.decode()


def test_an_htmx_answer_is_only_the_path_and_what_it_means(client, ana, goal):
    client.force_login(ana)
    sent = answer(goal, action="show", shape="slow_start")
    text = client.post(revise(goal), sent, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in text and 'id="path"' in text and 'id="effect"' in text and len(values_of(text)) == 6
    assert '<p id="heard" hx-swap-oob="innerHTML">Results that would read better: 1 of 2.' in text, "it is also heard"
    assert '<span id="measured" hx-swap-oob="innerHTML">' in text, "and says which measure it is drawn for"


def test_it_asks_the_same_number_of_queries_for_few_results_and_many(client, ana, goal):
    client.force_login(ana)
    counts = []
    for more in ((2010, 2011), range(2000, 2009)):
        for period in more:
            make_observation(goal.revisions.get().measure, period, "80.0", date(period + 1, 1, 16))
            make_window(goal.revisions.get().measure.indicator, period, date(period + 1, 1, 16))
        with CaptureQueriesContext(connection) as queries:
            shown(client, goal)
        counts.append(len(queries))
    assert counts == [QUERIES, QUERIES], [query["sql"][:120] for query in queries.captured_queries]


QUERIES = 30
