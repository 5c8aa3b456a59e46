"""Where goals stand on a day."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.models import Annotation
from indicators.words import Word
from strategy.models import Goal, Judgement
from strategy.scorecards import goal_cards, worst_first
from tests.factories import (
    DAY,
    make_goal,
    make_indicator,
    make_observation,
    make_person,
    make_revision,
    make_series,
    make_tactic,
    make_window,
)

pytestmark = pytest.mark.django_db


def card_of(goal, day=DAY):
    return goal_cards(Goal.objects.filter(pk=goal.pk), day)[0]


def make_graduation(**overrides):
    series = make_series()
    waypoints = [[2018, "84.5"], [2019, "86.1"], [2020, "87.4"], [2021, "88.7"]]
    goal = make_goal(series=series, waypoints=waypoints, **overrides)
    make_observation(series, 2018, "85.3", known_on=date(2019, 1, 17))
    make_observation(series, 2019, "85.3", known_on=date(2020, 1, 16))
    return goal, series


def test_the_class_of_2019_is_slightly_behind():
    goal, _series = make_graduation()
    card = card_of(goal)
    assert card.word == Word.SLIGHTLY_BEHIND
    assert card.finding == "0.8 points behind the plan for the class of 2019"


def test_the_day_before_the_result_the_goal_was_on_track():
    goal, _series = make_graduation()
    assert card_of(goal, date(2020, 1, 15)).word == Word.ON_TRACK
    assert card_of(goal, date(2019, 1, 16)).word == Word.NOT_DUE_YET


def test_a_goal_does_not_exist_before_it_was_adopted():
    goal, _series = make_graduation()
    assert goal_cards(Goal.objects.filter(pk=goal.pk), date(2018, 2, 7)) == []


def test_a_revision_counts_from_its_adoption_and_the_first_path_stays():
    goal, series = make_graduation()
    make_revision(goal, series=series, adopted_on=date(2019, 1, 24), target_period=2023, reason_code="delay")
    before, after = card_of(goal, date(2019, 1, 23)), card_of(goal)
    assert (before.path.target.period.number, before.first_path) == (2022, None)
    assert (after.path.target.period.number, after.first_path.target.period.number) == (2023, 2022)


def test_a_value_corrected_later_leaves_the_earlier_day_as_it_was():
    goal, series = make_graduation()
    make_observation(series, 2019, "86.5", known_on=date(2020, 1, 30))
    assert card_of(goal, date(2020, 1, 29)).word == Word.SLIGHTLY_BEHIND
    assert card_of(goal).word == Word.ON_TRACK


def test_a_withdrawn_goal_stays_readable_and_is_not_judged():
    goal, _series = make_graduation()
    make_revision(goal, adopted_on=date(2020, 1, 24), kind="withdrawn", measure=None, baseline_period=None,
                  baseline_value=None, target_period=None, target_value=None, reason_code="closed", statement="Withdrawn")  # fmt: skip
    card = card_of(goal)
    assert card.word == Word.WITHDRAWN
    assert card.promise.statement.startswith("At least 90%")
    assert card.path is not None


def test_an_awaited_baseline_is_no_failure():
    tactic = make_tactic()
    goal = Goal.objects.create(tactic=tactic, slug="g", short_name="G")
    make_revision(goal, kind="awaiting", measure=None, baseline_period=None, baseline_value=None, target_period=None,
                  target_value=None, awaiting_until=date(2020, 9, 1))  # fmt: skip
    assert card_of(goal).word == Word.AWAITING_BASELINE


def test_silence_is_not_failure_but_it_is_named():
    goal, series = make_graduation()
    make_window(series.indicator, 2020, date(2020, 1, 31), grace_days=5)
    assert card_of(goal, date(2020, 2, 5)).word == Word.SLIGHTLY_BEHIND
    card = card_of(goal)
    assert card.word == Word.DATA_OVERDUE
    assert "January 31, 2020" in card.finding


def test_a_break_after_the_baseline_stops_the_judgment():
    goal, series = make_graduation()
    Annotation.objects.create(
        indicator=series.indicator, kind="break", period=2019, text="Redefined", known_on=date(2019, 9, 1)
    )
    assert card_of(goal).word == Word.NOT_COMPARABLE


def test_a_small_group_withholds_the_word_with_the_value():
    series = make_series()
    goal = make_goal(series=series)
    make_observation(series, 2019, "87.6", n=9)
    card = card_of(goal)
    assert card.word == Word.WITHHELD
    assert "87.6" not in card.sentence + card.finding + str(card.steps) + str(card.verdict.inputs)


def test_a_gap_between_groups_is_better_the_smaller_it_is():
    indicator = make_indicator()
    high, low = make_series(indicator), make_series(indicator)
    goal = make_goal(series=high, minus=low, baseline_value=Decimal(20), target_value=Decimal(10))
    for period, upper, lower in [(2018, "85", "67"), (2019, "85", "71")]:
        make_observation(high, period, upper)
        make_observation(low, period, lower)
    card = card_of(goal)
    assert (card.word, card.verdict.reading.low) == (Word.ON_TRACK, Decimal(14))


def test_a_gap_is_withheld_if_either_side_is():
    indicator = make_indicator()
    high, low = make_series(indicator), make_series(indicator)
    goal = make_goal(series=high, minus=low, baseline_value=Decimal(20), target_value=Decimal(10))
    make_observation(high, 2019, "85")
    make_observation(low, 2019, "71", n=9)
    assert card_of(goal).word == Word.WITHHELD


@pytest.mark.parametrize(
    ("likelihood", "disagrees"), [("highly_likely", True), ("likely", False), ("in_doubt", False), ("unlikely", False)]
)
def test_a_confident_leader_of_a_goal_behind_is_listed(likelihood, disagrees):
    goal, _series = make_graduation()
    Judgement.objects.create(
        goal=goal, number=1, likelihood=likelihood, reason="x", author=make_person(), known_on=date(2020, 1, 20)
    )
    assert card_of(goal).disagrees is disagrees


def test_many_goals_cost_as_many_queries_as_one(django_assert_num_queries):
    tactic = make_tactic()
    for count in (1, 3):
        while tactic.goals.count() < count:
            series = make_series()
            make_goal(tactic, series)
            make_observation(series, 2019, "85.3")
        with django_assert_num_queries(6):
            cards = goal_cards(tactic.goals.all(), DAY)
            assert [card.word for card in cards] == [Word.SLIGHTLY_BEHIND] * count
            assert all(card.sentence and card.steps for card in cards)


def test_under_one_word_the_goal_that_made_less_of_its_gain_comes_first():
    """Off track with 10 % of the planned gain before off track with 50 %; goals on their way stay in the plan's order."""
    tactic = make_tactic()
    values = {"half": "84.0", "ahead": "92.0", "hardly": "83.6", "fine": "86.0"}
    for name, value in values.items():
        series = make_series()
        goal = make_goal(tactic, series, waypoints=[[2018, "84.5"]])
        Goal.objects.filter(pk=goal.pk).update(short_name=name)
        make_observation(series, 2018, value, known_on=date(2019, 1, 17))
    cards = worst_first(goal_cards(Goal.objects.order_by("position"), date(2019, 2, 1)))
    found = [(card.goal.short_name, card.word) for card in cards]
    assert found == [
        ("hardly", Word.OFF_TRACK), ("half", Word.OFF_TRACK), ("fine", Word.ON_TRACK), ("ahead", Word.TARGET_MET)
    ]  # fmt: skip
