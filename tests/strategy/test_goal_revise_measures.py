"""The trajectory editor, what is measured: another indicator, a gap between groups, a range, what staff alone see."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.models import StudentGroup
from tests.factories import (
    DAY,
    make_goal,
    make_indicator,
    make_observation,
    make_series,
)
from tests.strategy.proposing import answer, last, page_of, revise, shown

pytestmark = pytest.mark.django_db


def test_a_measure_is_replaced_and_its_own_results_are_judged(client, ana, goal, plan):
    other = make_series(make_indicator(name="Six-year graduation rate"), plan.district)
    for period, value in [(2017, "87.0"), (2018, "87.5"), (2019, "88.5")]:
        make_observation(other, period, value, date(period + 1, 1, 16))
    client.force_login(ana)
    measured = "|".join(str(answer(goal)[name]) for name in ("indicator", "group", "minus"))
    sent = {"indicator": other.indicator_id, "measured": measured}
    text = shown(client, goal, **sent)
    assert 'name="baseline_value" value="87.0"' in text, "values of the old measure do not belong to the new one"
    client.post(revise(goal), answer(goal, indicator=other.indicator_id, baseline_value="87", reason_code="measure"))
    assert last(goal).measure == other
    assert "Another measure: its results were not judged before" in client.get(page_of(last(goal))).content.decode()


def test_a_staff_only_indicator_cannot_be_chosen(client, ana, goal, plan):
    """A goal on one would vanish from the public's eyes."""
    hidden = make_series(make_indicator(name="Hidden measure", is_public=False), plan.district)
    client.force_login(ana)
    assert "Hidden measure" not in client.get(revise(goal)).content.decode()
    response = client.post(revise(goal), answer(goal, indicator=hidden.indicator_id))
    assert response.status_code == 422 and goal.revisions.count() == 1


def test_a_gap_between_two_groups_is_a_measure(client, ana, goal, plan):
    series = goal.revisions.get().measure
    girls = StudentGroup.objects.create(code="girls", name="Girls")
    minus = make_series(series.indicator, plan.district, girls)
    for period, value in [(2017, "80.0"), (2018, "82.3"), (2019, "82.8")]:
        make_observation(minus, period, value, date(period + 1, 1, 16))
    client.force_login(ana)
    sent = {"minus": f"g{girls.pk}", "baseline_value": "", "target_value": "-1", "target_period": "2021"}
    client.post(revise(goal), answer(goal, **sent))
    proposal = last(goal)
    assert (proposal.minus, proposal.baseline_value, proposal.target_value) == (minus, Decimal("3.5"), Decimal(-1))


@pytest.mark.parametrize(
    ("others", "target", "words"),
    [("95.0", "-2", "Choose the other way round."), ("80.0", "9", "the target lies below the baseline.")],
)
def test_a_gap_is_drawn_so_that_smaller_is_better(client, ana, goal, plan, others, target, words):
    girls = StudentGroup.objects.create(code="girls", name="Girls")
    make_observation(make_series(goal.revisions.get().measure.indicator, plan.district, girls), 2017, others)
    client.force_login(ana)
    sent = answer(goal, minus=f"g{girls.pk}", baseline_value="", target_value=target, measured="")
    sent["measured"] = f"{sent['indicator']}|{sent['group']}|{sent['minus']}"
    response = client.post(revise(goal), sent)
    assert response.status_code == 422 and words in response.text
    assert "gap in points" in response.text, "the axis says what it shows"
    assert "less Girls. Replace the measure" in response.text


def test_a_group_less_itself_is_no_gap(client, ana, goal):
    client.force_login(ana)
    sent = answer(goal, minus=f"g{goal.revisions.get().measure.group_id}")
    assert "A gap needs two different series." in client.post(revise(goal), sent).content.decode()
    text = client.post(revise(goal), sent | {"action": "show"}, headers={"HX-Request": "true"}).content.decode()
    assert (
        '<a href="#g-minus">A gap needs two different series.' in text
        and " less " not in text.split('id="measured"')[1][:200]
    )
    assert 'data-low="0"' not in text, "no line of zeros is drawn for it"


def test_a_range_is_asked_for_where_the_indicator_aims_at_one(client, ana, tactic, plan):
    series = make_series(make_indicator(direction="range"), plan.district)
    make_observation(series, 2017, "83.5")
    goal = make_goal(tactic, series, target_value=None, target_low=Decimal(88), target_high=Decimal(92))
    client.force_login(ana)
    assert 'name="target_low" value="88.0"' in client.get(revise(goal)).content.decode()
    wrong = answer(goal, target_low="93", target_high="90")
    assert "The highest value lies below the lowest." in client.post(revise(goal), wrong).content.decode()
    client.post(revise(goal), answer(goal, target_low="86", target_high="90"))
    assert (last(goal).target_low, last(goal).target_value) == (Decimal(86), Decimal(86)), "the nearest value"


def test_the_axis_of_counts_begins_at_none_and_weeks_fit_on_it(client, ana, tactic, plan):
    series = make_series(make_indicator(calendar="school_year", kind="week", unit="count", decimals=0), plan.district)
    for week in range(2600, 2606):
        make_observation(series, week, str(week - 2600), DAY)
    goal = make_goal(tactic, series, baseline_period=2600, baseline_value=0, target_period=2660, target_value=50)
    client.force_login(ana)
    drawn = client.get(revise(goal)).content.decode().split("data-sketch")[1].split("</figure>")[0]
    labels = [part.split("</text>")[0] for part in drawn.split("<text")[1:]]
    assert 'data-low="0"' in drawn and any("20" in label for label in labels)
    assert not any("Week of" in label for label in labels)


def test_what_a_staff_only_series_holds_is_not_told_by_taking_it_off(client, ana, goal, plan):
    hidden = make_series(make_indicator(is_public=False), plan.district)
    make_observation(hidden, 2019, "12.3")
    client.force_login(ana)
    text = shown(client, goal, minus=f"s{hidden.pk}")
    assert "73.0" not in text and "Select a valid choice" in text
