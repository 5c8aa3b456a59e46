"""What a goal's page says of the time ahead: a forecast where it may, a pace where results are few, which side moved."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings
from django.utils import translation

from indicators.models import Annotation, StudentGroup
from indicators.publishing import PublishedReading
from indicators.words import Word
from jeffco_plan.pages.tactic import facts_of
from strategy.drawings import chart_of
from strategy.gaps import move_of, sides_of
from strategy.measures import points_of
from strategy.models import Goal
from strategy.outlooks import sentence_of
from strategy.scorecards import goal_cards
from strategy.tables import rows_of
from tests.factories import (
    DAY,
    make_district,
    make_goal,
    make_indicator,
    make_observation,
    make_person,
    make_plan,
    make_revision,
    make_series,
    make_strategy,
    make_tactic,
)

pytestmark = pytest.mark.django_db

# Classes of 2012 to 2019 of the district, as the state publishes them.
CLASSES = {
    2012: "81.4",
    2013: "81.5",
    2014: "82.9",
    2015: "82.9",
    2016: "82.8",
    2017: "83.5",
    2018: "85.3",
    2019: "85.3",
}


def card_of(goal, day=DAY):
    return goal_cards(Goal.objects.filter(pk=goal.pk), day)[0]


def make_graduation(values=CLASSES, series=None, **overrides):
    series = series or make_series()
    goal = make_goal(series=series, **overrides)
    for period, value in values.items():
        make_observation(series, period, value, known_on=date(period + 1, 1, 16))
    return goal, series


def plain(text):
    return text


def test_the_pattern_of_eight_results_tells_two_years_and_no_more():
    goal, _series = make_graduation()
    card = card_of(goal)
    assert [point.x for point in card.forecast.points] == [2020, 2021]
    assert sentence_of(card) == (
        "If the pattern of the last eight results continues, the class of 2021 would land between 85.3% and 87.4% "
        "about 8 times in 10. The plan needs 88.7%."
    )


def test_no_word_of_certainty_or_chance_of_meeting():
    goal, _series = make_graduation()
    said = sentence_of(card_of(goal))
    assert not any(word in said.lower() for word in (" will ", "predict", "significan", "probab", "likely", "chance"))


def test_a_day_in_the_past_knows_only_what_was_known():
    goal, _series = make_graduation()
    card = card_of(goal, date(2018, 6, 1))
    assert (card.forecast.n, card.forecast.last) == (6, 2017)


def test_few_results_give_a_pace_in_place_of_a_forecast():
    goal, _series = make_graduation({2017: "83.5", 2018: "85.3", 2019: "85.3"})
    card = card_of(goal)
    assert card.forecast is None
    assert sentence_of(card) == (
        "Fewer than five results allow no forecast. Pace so far: 0.9 points a year. Pace required: 1.6 points a year."
    )


def test_after_a_rebase_the_pace_is_that_of_the_phase_in_force():
    goal, series = make_graduation({2017: "83.5", 2018: "84.3", 2019: "85.3"})
    Annotation.objects.create(
        indicator=series.indicator, kind=Annotation.Kind.REBASE, period=2018, text="New", known_on=date(2018, 1, 1)
    )
    card = card_of(goal)
    assert "Pace so far: 1.0 points a year." in sentence_of(card)
    assert facts_of(card)[2] == ("Pace so far", "1.0 points a year", "Since the class of 2018")


def test_a_withheld_result_withholds_the_forecast():
    goal, series = make_graduation()
    make_observation(series, 2014, "82.9", known_on=date(2015, 2, 1), n=9)
    card = card_of(goal)
    assert card.forecast is None
    assert sentence_of(card).startswith("There is no forecast: a result that it would rest on is withheld")
    assert chart_of(card, plain).forecast is None


@pytest.mark.parametrize("kind", [Annotation.Kind.BREAK, Annotation.Kind.REBASE])
def test_only_the_phase_in_force_counts(kind):
    goal, series = make_graduation()
    Annotation.objects.create(
        indicator=series.indicator, kind=kind, period=2015, text="A new phase", known_on=date(2015, 1, 1)
    )
    assert (card_of(goal).forecast.n, card_of(goal).forecast.first) == (5, 2015)
    Annotation.objects.create(
        indicator=series.indicator, kind=kind, period=2016, text="Another", known_on=date(2016, 1, 1)
    )
    assert card_of(goal).forecast is None


def test_a_rebase_is_no_break():
    goal, series = make_graduation()
    Annotation.objects.create(
        indicator=series.indicator, kind=Annotation.Kind.REBASE, period=2018, text="New", known_on=date(2018, 1, 1)
    )
    assert card_of(goal).word == Word.SLIGHTLY_BEHIND


def test_results_across_a_break_from_the_baseline_are_not_held_against_the_plan():
    goal, series = make_graduation(CLASSES | {2020: "86", 2021: "87", 2022: "88"}, target_period=2025)
    Annotation.objects.create(
        indicator=series.indicator, kind=Annotation.Kind.BREAK, period=2018, text="New", known_on=date(2018, 1, 1)
    )
    card = card_of(goal, date(2023, 6, 1))
    assert (card.word, card.forecast, sentence_of(card)) == (Word.NOT_COMPARABLE, None, "")
    assert [name for name, *_ in facts_of(card)] == ["Baseline", "Target now"]  # and no pace


def test_after_the_target_s_year_nothing_is_told():
    goal, _series = make_graduation(target_period=2019)
    assert (card_of(goal).forecast, sentence_of(card_of(goal))) == (None, "")


def test_a_withdrawn_goal_has_no_outlook():
    goal, _series = make_graduation()
    make_revision(goal, adopted_on=date(2020, 1, 24), kind="withdrawn", measure=None, baseline_period=None,
                  baseline_value=None, target_period=None, target_value=None, reason_code="closed", statement="Withdrawn")  # fmt: skip
    assert (card_of(goal).forecast, sentence_of(card_of(goal))) == (None, "")
    assert not any("Pace" in name for name, *_ in facts_of(card_of(goal)))


def test_a_planned_decline_is_told_what_the_plan_says():
    series = make_series(make_indicator(unit="count", counts="nothing", decimals=0, natural_high=None, noun="seats"))
    goal, _series = make_graduation(
        {2012: 900, 2013: 880, 2014: 870, 2015: 850, 2016: 830, 2017: 820, 2018: 800, 2019: 790},
        series=series, baseline_value=Decimal(820), target_value=Decimal(720), waypoints=[],
    )  # fmt: skip
    assert sentence_of(card_of(goal)).endswith("The plan says 740.")


def test_chart_table_and_description_tell_the_same_range():
    goal, _series = make_graduation()
    card = card_of(goal)
    chart = chart_of(card, plain)
    assert [point.text for point in chart.forecast.points] == [row.outlook for row in rows_of(card) if row.outlook][
        ::-1
    ]
    assert chart.forecast.detail == "85.3% to 87.4%, 8 times in 10"
    assert sentence_of(card) in chart.description


def test_the_page_and_the_file_of_a_goal_carry_the_outlook(client):
    plan = make_plan(slug="p")
    tactic = make_tactic(make_strategy(plan, slug="s"), leader=make_person(), slug="t")
    goal, _series = make_graduation(series=make_series(organization=plan.district), tactic=tactic)
    page = client.get("/plans/p/strategies/s/t/").content.decode()
    assert sentence_of(card_of(goal)) in page
    assert "85.3% to 87.4% if nothing changes" in page
    rows = client.get(f"/plans/p/strategies/s/t/goals/{goal.slug}/data.csv").content.decode("utf-8-sig").splitlines()
    assert any("If nothing changes" in row for row in rows)
    assert any("Class of 2021" in row and "85.3% to 87.4%" in row for row in rows)


def test_the_outlook_in_spanish_keeps_its_numbers():
    goal, _series = make_graduation()
    with translation.override("es"):
        said = sentence_of(card_of(goal))
    assert "85.3%" in said
    assert "87.4%" in said


def test_a_range_goal_is_drawn_as_its_range():
    series = make_series(make_indicator(direction="range"))
    goal = make_goal(series=series, target_value=None, target_low=Decimal(88), target_high=Decimal(92), waypoints=[])
    make_observation(series, 2018, "85")
    assert chart_of(card_of(goal), plain).target_range == (88, 92)


# Gaps


def make_gap(before, after, n=5000, **overrides):
    """A gap between two groups, from the class of 2017 to that of 2019; values of the higher and the lower group."""
    indicator, district = make_indicator(**overrides), make_district()
    groups = [StudentGroup.objects.create(code=name.lower(), name=name, position=5) for name in ("Female", "Male")]
    sides = [make_series(indicator, district, group) for group in groups]
    goal = make_goal(series=sides[0], minus=sides[1], baseline_value=Decimal(before[0]) - Decimal(before[1]),
                     target_value=Decimal(10), waypoints=[])  # fmt: skip
    for period, values in ((2017, before), (2019, after)):
        for side, value in zip(sides, values, strict=True):
            make_observation(side, period, value, known_on=date(period + 1, 1, 16), n=n)
    return goal


def test_a_gap_says_which_side_moved():
    card = card_of(make_gap(("72", "50"), ("73", "60")))
    assert sides_of(card, plain) == (
        "From the class of 2017 to the class of 2019 the gap went from 22.0 points to 13.0 points: Male from 50.0% to "
        "60.0%, Female from 72.0% to 73.0%. It is narrower because Male improved."
    )
    assert card.finding == "4.2 points ahead of the plan for the class of 2019"


def test_a_gap_that_closed_by_a_loss_is_not_celebrated():
    card = card_of(make_gap(("72", "50"), ("62", "49")))
    assert card.word == Word.ON_TRACK
    assert card.finding == "The gap is narrower only because the group ahead lost ground"
    assert sides_of(card, plain).endswith("It is narrower only because Female lost ground: that is no gain.")


def test_a_gap_is_drawn_in_points_and_its_forecast_names_the_unit_once():
    goal = make_gap(("72", "50"), ("73", "60"))
    measure, minus = goal.revisions.get().measure, goal.revisions.get().minus
    for period, upper, lower in [(2014, 70, 49), (2015, 71, 50), (2016, 71, 49), (2018, 72, 55)]:
        make_observation(measure, period, upper, known_on=date(2019, 1, 16))
        make_observation(minus, period, lower, known_on=date(2019, 1, 16))
    card = card_of(goal)
    chart = chart_of(card, plain)
    assert (chart.axis_title, chart.floor, chart.ceiling) == ("Four-year graduation rate, gap in points", -100, 100)
    assert chart.verdict.caption == "4.2 points narrower than planned"
    assert "would land between 6.6 and 18.7 points about 8 times in 10. The plan needs 12.4 points." in sentence_of(
        card
    )


def test_a_gap_of_absence_counts_the_other_way():
    card = card_of(make_gap(("72", "50"), ("62", "49"), direction="lower"))
    assert sides_of(card, plain).endswith("It is narrower because Female improved.")


def test_a_gap_with_a_withheld_side_says_nothing():
    card = card_of(make_gap(("72", "50"), ("62", "49"), n=9))
    assert (card.word, move_of(card), sides_of(card, plain)) == (Word.WITHHELD, None, "")
    assert "62" not in card.finding + card.sentence


def published(period, low, high, reason=""):
    low, high = (None if end is None else Decimal(end) for end in (low, high))
    return PublishedReading(
        period, low, high, None, None, reason, date(2020, 1, 16), file_name="numbers.csv", sheet=1, row=2, column=5
    )


def test_a_gap_known_only_as_a_range_names_no_side():
    card = card_of(make_gap(("72", "50"), ("62", "49")))
    ranged = (
        (published(2017, 72, 72), published(2019, 60, 69)),
        (published(2017, 50, 50), published(2019, 49, 49)),
    )
    assert move_of(replace(card, readings=ranged)) is None


@pytest.mark.parametrize(
    ("left", "right", "gap"),
    [
        ((95, None), (80, 80), (15, 20)),  # 95% or more reaches to 100%
        ((80, 80), (None, 10), (70, 80)),  # 10% or less reaches to 0%
        ((60, 69), (40, 49), (11, 29)),
        ((72, 72), (50, 50), (22, 22)),
    ],
)
def test_a_gap_of_ranges_is_as_wide_as_they_allow(left, right, gap):
    (point,) = points_of(make_indicator(), [published(2019, *left)], [published(2019, *right)])
    assert (point.reading.low, point.reading.high) == gap


def test_a_gap_exists_where_both_sides_do_and_is_withheld_if_either_is():
    found = points_of(
        make_indicator(),
        [published(2018, 72, 72), published(2019, None, None, "small_group")],
        [published(2019, 50, 50), published(2020, 50, 50)],
    )
    assert [(point.reading.period.number, point.reading.withheld) for point in found] == [(2019, "small_group")]


def test_a_goal_that_is_no_gap_names_no_sides():
    goal, _series = make_graduation()
    assert sides_of(card_of(goal), plain) == ""


# Where scipy may not be


LISTS = ("/", "/plans/p/", "/plans/p/on-track/", "/plans/p/strategies/s/", "/plans/p/aims/", "/plans/p/how/")


def test_only_a_goal_s_own_page_asks_for_scipy(client, monkeypatch):
    """Where scipy cannot be imported the lists still stand; the page of a goal with a forecast does not."""
    plan = make_plan(slug="p")
    tactic = make_tactic(make_strategy(plan, slug="s"), leader=make_person(), slug="t")
    make_graduation(series=make_series(organization=plan.district), tactic=tactic)
    for name in ("scipy", "scipy.special", "scipy.stats"):
        monkeypatch.setitem(sys.modules, name, None)
    assert [client.get(address).status_code for address in LISTS] == [200] * len(LISTS)
    with pytest.raises(ImportError):
        client.get("/plans/p/strategies/s/t/")


def test_the_site_starts_without_scipy():
    code = "import django; django.setup(); import sys, jeffco_plan.urls; print('scipy' in sys.modules)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=settings.BASE_DIR, env=environment
    )
    assert (done.stdout.strip(), done.returncode) == ("False", 0), done.stderr[-2000:]
