"""What the numbers say is worked out once for the same numbers, and never for others."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import translation

from accounts.models import Translation
from accounts.translations import text_hash, texts_in
from indicators.models import Indicator
from indicators.trajectory import planned_at
from indicators.words import Word
from strategy import promises
from strategy.drawings import spark_of
from strategy.models import Goal
from strategy.promises import forget
from strategy.scorecards import goal_cards, judged_on
from strategy.standings import Terms, path_by
from tests.factories import (
    DAY,
    make_goal,
    make_indicator,
    make_observation,
    make_revision,
    make_series,
    make_tactic,
    make_window,
)

pytestmark = pytest.mark.django_db


def cards_of(*goals, **asked):
    return goal_cards(Goal.objects.filter(pk__in=[goal.pk for goal in goals]).order_by("pk"), DAY, **asked)


def make_measured(value="85.3", **promised):
    series = make_series()
    make_observation(series, 2019, value, known_on=date(2020, 1, 16))
    return make_goal(make_tactic(), series, **promised)


def test_the_same_goal_asked_for_twice_is_judged_once():
    goal = make_measured()
    first, second = cards_of(goal)[0], cards_of(goal)[0]
    assert first.standing is second.standing and first.verdict is second.verdict


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda goal: make_observation(goal.revisions.get().measure, 2019, "90", known_on=DAY), Word.TARGET_MET),
        (lambda goal: make_window(goal.revisions.get().measure.indicator, 2020, date(2020, 1, 20)), Word.DATA_OVERDUE),
    ],
    ids=["another reading", "a reading that is overdue"],
)
def test_whatever_the_word_rests_on_is_judged_anew(change, word):
    goal = make_measured()
    assert cards_of(goal)[0].word == Word.SLIGHTLY_BEHIND
    change(goal)
    assert cards_of(goal)[0].word == word


def test_two_goals_with_the_same_numbers_and_other_tolerances_get_their_own_words():
    strict, lenient = make_measured(), make_measured(tolerance=Decimal("1.5"))
    assert [card.word for card in cards_of(strict, lenient)] == [Word.SLIGHTLY_BEHIND, Word.ON_TRACK]


def test_what_was_said_in_one_language_is_not_said_in_the_other():
    card = cards_of(make_measured())[0]
    assert "behind the plan" in card.finding
    with translation.override("es"):
        again = cards_of(card.goal)[0]
        assert again.standing is card.standing
        assert again.finding in spark_of(again, "x") and card.finding not in spark_of(again, "x")
        assert "behind" not in again.finding + again.sentence


def test_a_reason_that_people_wrote_is_read_anew_and_once_for_all_goals(django_assert_num_queries):
    cache.clear()  # of the texts of other tests, whose rows had the same keys
    goals = [make_measured() for _place in range(3)]
    for goal in goals:
        indicator = goal.revisions.get().measure.indicator
        make_window(indicator, 2020, date(2020, 1, 20), not_collected=True, reason="No test that spring")
    with translation.override("es"):
        cards = cards_of(*goals)
        texts_in("es")  # in memory from here on
        with django_assert_num_queries(1):  # has anything been translated anew?
            assert all("No test that spring" in card.sentence for card in cards)
        Translation.objects.create(
            language="es", original_hash=text_hash("No test that spring"), text="Ese año no hubo prueba"
        )
        assert "Ese año no hubo prueba" in cards_of(goals[0])[0].sentence


def test_an_import_that_would_change_a_number_is_told_its_own_word():
    card = cards_of(make_measured())[0]
    (series,) = card.series
    (reading,) = card.readings[0]
    better = reading._replace(low=Decimal(91), high=Decimal(91))
    assert [one.word for one in (card, *judged_on([card], {series: [better]}))] == [
        Word.SLIGHTLY_BEHIND, Word.TARGET_MET,
    ]  # fmt: skip


def test_a_list_in_brief_says_the_same_as_the_goals_own_page():
    series = make_series(make_indicator(natural_high=100))
    for year in range(2005, 2020):
        make_observation(series, year, 80 + year % 7, known_on=date(2020, 1, 16))
    goal = make_goal(make_tactic(), series)
    whole, brief = cards_of(goal)[0], cards_of(goal, in_brief=True)[0]
    assert (brief.word, brief.finding, brief.sentence) == (whole.word, whole.finding, whole.sentence)
    assert spark_of(brief, "s") == spark_of(whole, "s") and "<svg" in spark_of(brief, "s")
    assert len(brief.points) < len(whole.points)


def test_a_monthly_goal_loses_no_reading_beside_a_yearly_one():
    monthly = make_series(make_indicator(calendar="school_year", kind="month"))
    start = 2019 * 12
    for month in range(start - 2, start + 6):
        make_observation(monthly, month, 80, known_on=date(2020, 1, 16))
    goal = make_goal(make_tactic(), monthly, baseline_period=start, target_period=start + 24, waypoints=[])
    yearly = make_measured()
    brief = {card.goal.pk: card for card in cards_of(yearly, goal, in_brief=True)}
    assert len(brief[goal.pk].points) == 8


def test_paths_of_equal_numbers_are_printed_alike():
    terms = Terms(
        "class_of", "year", "higher", 1, "linear", None, (2017, Decimal("83.500000")), (2022, Decimal("90.000000")),
        ((2019, "86.10"),), None, None,
    )  # fmt: skip
    path = path_by(terms)
    assert [str(point.value) for point in path.points] == ["83.5", "86.1", "90"]
    assert planned_at(path, path.points[1].period) == Decimal("86.1")


def test_a_settled_promise_is_read_once_and_what_follows_it_is_seen(django_assert_num_queries):
    goal = make_measured()
    forget()
    with django_assert_num_queries(9):
        cards_of(goal, in_brief=True)
    with django_assert_num_queries(8):
        assert cards_of(goal, in_brief=True)[0].word == Word.SLIGHTLY_BEHIND
    make_revision(goal, goal.revisions.get().measure, kind="withdrawn", reason_code="closed", adopted_on=DAY)
    assert cards_of(goal, in_brief=True)[0].word == Word.WITHDRAWN


def test_an_indicator_that_changes_is_read_anew_with_its_remembered_promise():
    goal = make_measured()
    assert cards_of(goal, in_brief=True)[0].word == Word.SLIGHTLY_BEHIND
    Indicator.objects.update(direction="lower")
    assert cards_of(goal, in_brief=True)[0].word == Word.ON_TRACK


def test_more_promises_than_are_remembered_are_all_told(monkeypatch):
    monkeypatch.setattr(promises, "REMEMBERED", 1)
    first, *others = [make_measured() for _place in range(4)]
    cards_of(first, in_brief=True), cards_of(first, others[0], in_brief=True)
    assert len(cards_of(first, *others, in_brief=True)) == 4
