"""What the public reads of a promise that was revised: every step, the forecast of the day, and what awaits its baseline."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from indicators.models import Annotation, StudentGroup
from strategy.models import GoalRevision
from strategy.revisions.actions import settle
from strategy.revisions.chronicles import chronicle_of
from strategy.revisions.outlooks import outlook_of, outlook_words
from strategy.scorecards import goal_card, with_promise
from tests.factories import (
    DAY,
    make_goal,
    make_indicator,
    make_observation,
    make_person,
    make_revision,
    make_series,
)

pytestmark = pytest.mark.django_db
VALUES = ["80.0", "81.0", "80.5", "82.0", "82.5", "83.5"]  # classes of 2012 to 2017


@pytest.fixture
def series(plan):
    found = make_series(organization=plan.district)
    for period, value in enumerate(VALUES, 2012):
        make_observation(found, period, value, date(period + 1, 1, 16))
    return found


@pytest.fixture
def promised(tactic, series):
    """A goal whose path was adopted by another person on February 8, 2018, through the act itself."""
    goal = make_goal(tactic, series, adopted_on=None, known_on=date(2018, 2, 1))
    settle(goal.revisions.get(), outcome="adopted", by=make_person("Dora"), day=date(2018, 2, 8), words="Go on.")
    return goal


def begin_phase(series, kind, period):
    Annotation.objects.create(
        indicator=series.indicator, kind=kind, period=period, text="A new phase", known_on=date(period, 1, 1)
    )


def page(client, goal, **query):
    tactic = goal.tactic
    place = [tactic.strategy.plan.slug, tactic.strategy.slug, tactic.slug]
    return client.get(reverse("tactic-detail", args=place), query).content.decode()


class TestTheFrozenForecast:
    def test_it_is_computed_from_what_was_known_on_the_day_of_adoption(self, promised, series):
        frozen = promised.revisions.get().forecast
        assert (frozen["n"], frozen["first"], frozen["last"]) == (6, "2012", "2017")
        assert [point["x"] for point in frozen["points"]] == ["2018", "2019"], "two periods ahead below ten readings"
        make_observation(series, 2017, "99.0", date(2018, 3, 1))
        assert promised.revisions.get().forecast == frozen

    def test_a_result_corrected_or_known_later_does_not_count(self, tactic, series):
        make_observation(series, 2018, "84.0", date(2019, 1, 16))
        goal = make_goal(tactic, series, adopted_on=None, known_on=date(2018, 2, 1))
        settle(goal.revisions.get(), outcome="adopted", by=make_person(), day=date(2018, 2, 8), words="")
        assert goal.revisions.get().forecast["last"] == "2017"

    def test_it_is_told_later_beside_what_came(self, client, promised, series):
        make_observation(series, 2019, "85.3", date(2020, 1, 16))
        text = page(client, promised)
        assert (
            "When this path was adopted on February 8, 2018, the pattern of the last six results pointed to between"
            in text
        )
        assert "for the class of 2019, about 8 times in 10. The path asked for 86.1%. 85.3% came." in text

    def test_before_the_result_is_known_nothing_came(self, client, promised, series):
        make_observation(series, 2019, "85.3", date(2020, 1, 16))
        text = page(client, promised, as_of="2019-06-12")
        assert "The path asked for 86.1%." in text and "came." not in text

    def test_what_is_withheld_today_takes_the_forecast_with_it(self, client, promised, series):
        make_observation(series, 2014, "80.5", date(2018, 5, 1), n=5)
        assert promised.revisions.get().forecast["n"] == 6
        assert "When this path was adopted" not in page(client, promised)

    @pytest.mark.parametrize("kind", [Annotation.Kind.BREAK, Annotation.Kind.REBASE])
    def test_only_the_phase_in_force_counts_as_beside_the_goal(self, tactic, series, kind):
        goal = make_goal(tactic, series, adopted_on=None, known_on=date(2018, 2, 1))
        begin_phase(series, kind, 2013)
        settle(goal.revisions.get(), outcome="adopted", by=make_person(), day=date(2018, 2, 8), words="")
        frozen = goal.revisions.get().forecast
        assert (frozen["n"], frozen["first"]) == (5, "2013")
        assert frozen == goal_card(goal, date(2018, 2, 8)).forecast.to_json()

    def test_a_phase_with_too_few_results_is_told_as_such(self, tactic, series):
        begin_phase(series, Annotation.Kind.REBASE, 2015)
        goal = make_goal(tactic, series, adopted_on=None, known_on=date(2018, 2, 1))
        settle(goal.revisions.get(), outcome="adopted", by=make_person(), day=date(2018, 2, 8), words="")
        frozen = goal.revisions.get().forecast
        assert frozen == {"version": "1", "readings": 3, "known": 6, "obstacle": "too_few"}
        assert outlook_words(goal_card(goal, DAY), goal.revisions.get()).sentence == (
            "When this path was adopted on February 8, 2018, the phase in force had 3 results; a forecast needs 5."
        )

    def test_results_across_a_break_from_the_baseline_freeze_none(self, tactic, series):
        for period, value in enumerate(["84", "85", "86", "87", "88"], 2018):
            make_observation(series, period, value, date(period + 1, 1, 16))
        begin_phase(series, Annotation.Kind.BREAK, 2018)
        goal = make_goal(tactic, series, adopted_on=None, known_on=date(2023, 2, 1), target_period=2026)
        settle(goal.revisions.get(), outcome="adopted", by=make_person(), day=date(2023, 2, 8), words="")
        assert goal.revisions.get().forecast["obstacle"] == "not_comparable"
        assert outlook_words(goal_card(goal, date(2023, 3, 1)), goal.revisions.get()) is None

    def test_a_gap_ends_where_its_two_sides_must(self, tactic, plan):
        indicator = make_indicator()
        groups = [StudentGroup.objects.create(code=code, name=code, position=5) for code in ("ahead", "behind")]
        sides = [make_series(indicator, plan.district, group) for group in groups]
        for period, (upper, lower) in enumerate([(95, 5), (80, 20), (90, 10), (60, 40), (55, 50), (30, 80)], 2012):
            make_observation(sides[0], period, upper, date(2018, 1, 16))
            make_observation(sides[1], period, lower, date(2018, 1, 16))
        goal = make_goal(tactic, sides[0], minus=sides[1], baseline_value=Decimal(-50), target_value=Decimal(-90),
                         waypoints=[], adopted_on=None, known_on=date(2018, 2, 1))  # fmt: skip
        settle(goal.revisions.get(), outcome="adopted", by=make_person(), day=date(2018, 2, 8), words="")
        frozen = goal.revisions.get().forecast
        assert [point["low"] for point in frozen["points"]] == ["-100.0", "-100.0"]
        assert frozen == goal_card(goal, date(2018, 2, 8)).forecast.to_json()

    def test_too_few_results_say_so_and_a_withheld_one_is_only_kept_as_the_reason(self, tactic, plan):
        few = make_series(organization=plan.district)
        make_observation(few, 2017, "83.5", date(2018, 1, 16))
        goal = make_goal(tactic, few)
        card = goal_card(goal, DAY)
        assert outlook_of(card) == {"version": "1", "readings": 1, "obstacle": "too_few"}
        make_observation(few, 2018, "84", date(2019, 1, 16), n=5)
        assert outlook_of(goal_card(goal, DAY))["obstacle"] == "withheld"

    def test_a_forecast_of_another_measure_is_left_to_the_record(self, promised, tactic, plan):
        make_revision(promised, make_series(organization=plan.district), adopted_on=date(2019, 5, 1))
        card = goal_card(promised, DAY)
        assert outlook_words(card, promised.revisions.first()) is None

    def test_a_staff_only_measure_gives_none_away(self, tactic, plan):
        hidden = make_series(make_indicator(is_public=False), plan.district)
        for period, value in enumerate(VALUES, 2012):
            make_observation(hidden, period, value, date(period + 1, 1, 16))
        goal = make_goal(tactic, hidden, adopted_on=None, known_on=DAY)
        settle(goal.revisions.get(), outcome="adopted", by=make_person(), day=DAY, words="")
        assert goal.revisions.get().forecast == {"version": "1", "readings": 0, "obstacle": "too_few"}


class TestTheRecord:
    def test_every_step_says_when_why_by_whom_and_where_the_target_moved(
        self, client, promised, series, templates_without_sql
    ):
        later = make_revision(
            promised, series, adopted_on=None, known_on=date(2019, 1, 10), target_period=2024, reason_code="delay",
            reason="A year late.", proposed_by=make_person("Ana"),
        )  # fmt: skip
        settle(later, outcome="adopted", by=make_person("Elena"), day=date(2019, 1, 24), words="Granted once.")
        text = page(client, promised)
        assert "Revised once" in text and "Every revision of this goal (2)" in text
        assert "More time needed</strong>: A year late." in text
        assert '<span class="was">90%, Class of 2022</span> → <strong>90%, Class of 2024</strong>' in text
        assert "Proposed by Ana on January 10, 2019, adopted by Elena. “Granted once.”" in text
        assert "Dotted: the first path." in text

    def test_on_an_earlier_day_it_was_not_revised_yet(self, client, promised, series):
        make_revision(promised, series, adopted_on=date(2019, 1, 24), target_period=2024)
        assert "Revised once" not in page(client, promised, as_of="2019-01-23")

    def test_an_open_or_declined_proposal_is_nobodys_business_yet(self, client, promised, series):
        proposal = make_revision(promised, series, adopted_on=None, known_on=DAY, reason="A secret wish")
        assert "A secret wish" not in page(client, promised) and "Revised" not in page(client, promised)
        settle(proposal, outcome="declined", by=make_person(), day=DAY, words="No.")
        assert "A secret wish" not in page(client, promised)

    def test_a_measure_that_was_replaced_says_so(self, client, promised, plan):
        other = make_series(make_indicator(name="Six-year rate"), plan.district)
        make_observation(other, 2017, "87")
        make_revision(
            promised,
            other,
            adopted_on=date(2019, 5, 1),
            baseline_value=Decimal(87),
            reason_code="measure",
            reason="New law.",
        )
        text = page(client, promised)
        assert (
            "The measure was replaced on May 1, 2019: Four-year graduation rate, All students before, Six-year rate"
            in text
        )
        assert "Measure replaced:" in text

    def test_a_goal_that_awaits_its_baseline_has_a_date_and_is_not_broken(self, client, promised, series):
        blank = {"baseline_period": None, "baseline_value": None, "target_period": None, "target_value": None}
        make_revision(
            promised, None, adopted_on=date(2019, 5, 1), kind="awaiting", awaiting_until=date(2020, 9, 30),
            statement="By 2024 more families are heard", measure=None, **blank,
        )  # fmt: skip
        text = page(client, promised)
        assert "Awaiting baseline" in text and "The baseline is expected by September 30, 2020." in text
        assert "By 2024 more families are heard" in text

    def test_a_baseline_that_did_not_come_is_said_to_be_late(self, promised, series):
        make_revision(promised, series, adopted_on=date(2019, 5, 1), kind="awaiting", awaiting_until=date(2020, 1, 31))
        standing = chronicle_of(goal_card(promised, DAY), str).standing
        assert (
            standing
            == "The baseline was expected by January 31, 2020 and is not here yet. Until then nothing is judged."
        )

    def test_a_withdrawn_goal_stays_readable_with_its_reason(self, client, promised, series):
        make_revision(
            promised, series, adopted_on=date(2020, 1, 23), kind="withdrawn", statement="Gone", reason="No money."
        )
        text = page(client, promised)
        assert "Withdrawn on January 23, 2020: No money." in text
        assert "At least 90% of students graduate in four years" in text and "Withdrawn" in text


def test_another_promise_on_the_same_measure_asks_no_query(goal, django_assert_num_queries):
    card = goal_card(goal, DAY)
    revision = card.current
    draft = GoalRevision(kind="path", measure=revision.measure, baseline_period=2017, baseline_value=Decimal("83.5"),
                         target_period=2026, target_value=Decimal(90), waypoints=[])  # fmt: skip
    with django_assert_num_queries(0):
        assert with_promise(card, draft).word.value == "on_track"
    assert card.word.value == "slightly_behind"
