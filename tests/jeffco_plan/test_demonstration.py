"""The demonstration: complete, honest about what is made up, alive on earlier days, unchanged by a second load."""

import csv
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import transaction

from accounts import translations as accounts_translations
from accounts.models import Person, Translation, User
from indicators.facts import Fact
from indicators.models import Organization
from indicators.publishing import publishable
from jeffco_plan.demonstration import content, loading, observations, translations
from jeffco_plan.demonstration.people import PASSWORD, logins
from stocktakes.frozen import Record
from stocktakes.models import BoardAct, CommitmentReview, Request, RequestDecision, Snapshot, Stocktake, StocktakeStep
from strategy.claims import claims_of
from strategy.gaps import sides_of
from strategy.leading import cards_of
from strategy.milestones import MilestoneWord, milestone_word
from strategy.models import (
    Crosswalk,
    Focus,
    Goal,
    GoalRevision,
    Initiative,
    LeadingIndicator,
    Milestone,
    MilestoneUpdate,
    Plan,
    Tactic,
    TeamMember,
)
from strategy.scorecards import goal_cards

SOURCES = [f"plans/{name}" for names in content.FILES.values() for name in names] + ["plans/people", "indicators"]
DAY = date(2020, 2, 6)
# Baselines that are no reading of their series: a pool of five classes, a pilot, and a count of none.
OWN_BASELINES = {"foster-graduation", "survey-item-four", "devices"}
pytestmark = pytest.mark.django_db


def texts_beside_figures():
    """The sources and notes of all figures, as their files write them."""
    found = set()
    for path in observations.files():
        with path.open(newline="", encoding="utf-8") as file:
            found |= {row.get(column) or "" for row in csv.DictReader(file) for column in ("source", "note")}
    return found - {""}


@pytest.fixture(scope="module", autouse=True)
def demonstration(django_db_setup, django_db_blocker):
    """Loaded once, inside a transaction that is rolled back when this module is done."""
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load(say=lambda line: None)
        yield
        transaction.set_rollback(True)


def words_of(slug, day):
    goals = Goal.objects.filter(tactic__strategy__plan__slug=slug)
    return {card.goal.slug: card.word.value for card in goal_cards(goals, day)}


def milestones_on(day):
    """Each milestone of the day with its word."""
    updates = {}
    for update in MilestoneUpdate.objects.as_known_on(day):
        updates.setdefault(update.milestone_id, []).append(update)
    return {
        pk: milestone_word(
            known[-1].state,
            day=day,
            first_due_on=known[0].due_on,
            due_on=known[-1].due_on,
            done_on=known[-1].completed_on,
        )
        for pk, known in updates.items()
    }


class TestTheGoalsOfGenerations:
    def test_on_february_6_2020_every_word_is_there_but_two(self):
        assert Counter(words_of("jeffco-generations", DAY).values()) == {
            "moving_away": 1, "off_track": 2, "data_overdue": 1, "slightly_behind": 2, "on_track": 7, "target_met": 1,
            "not_due_yet": 1, "awaiting_baseline": 1, "withheld": 1, "withdrawn": 1,
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("goal", "word"),
        [
            ("attendance", "moving_away"),
            ("graduation", "slightly_behind"),
            ("reading-grade-three", "off_track"),
            ("applicants", "off_track"),
            ("social-readiness", "data_overdue"),
            ("underserved-graduation", "withdrawn"),
            ("foster-graduation", "withheld"),
            ("devices", "target_met"),
        ],
    )
    def test_a_goal_wears_its_word(self, goal, word):
        assert words_of("jeffco-generations", DAY)[goal] == word

    def test_a_month_before_graduation_was_on_track_and_the_equity_goal_awaited_its_baseline(self):
        earlier = words_of("jeffco-generations", date(2020, 1, 10))
        assert earlier["graduation"] == "on_track"
        assert earlier["underserved-graduation"] == "awaiting_baseline"

    def test_no_goal_is_there_before_it_was_promised(self):
        assert words_of("jeffco-generations", date(2018, 1, 31)) == {}

    def test_revised_goals_keep_their_first_promise(self):
        revised = {goal.slug for goal in Goal.objects.all() if goal.revisions.filter(outcome="adopted").count() > 1}
        assert revised == {
            "graduation", "underserved-graduation", "kindergarten-readiness", "preschool-seats", "families-engaged", "readiness",
        }  # fmt: skip

    def test_a_path_begins_at_the_figure_known_when_it_was_adopted(self):
        for revision in GoalRevision.objects.filter(kind="path", outcome="adopted").select_related("goal"):
            if revision.goal.slug in OWN_BASELINES:
                continue
            sides = [pk for pk in (revision.measure_id, revision.minus_id) if pk]
            known = publishable(sides, revision.settled_on)
            values = [{one.period: one.value for one in known[pk]}.get(revision.baseline_period) for pk in sides]
            begun = values[0] - values[1] if revision.minus_id else values[0]
            assert begun == revision.baseline_value, revision.goal.slug

    def test_one_proposal_waits_for_a_sponsor_and_changes_nothing_yet(self):
        waiting = GoalRevision.objects.open_proposals().get()
        assert (waiting.goal.slug, waiting.is_illustration) == ("reading-grade-three", True)
        assert words_of("jeffco-generations", DAY)["reading-grade-three"] == "off_track"

    def test_every_path_carries_the_forecast_of_its_day_or_why_there_was_none(self):
        frozen = {r.goal.slug: r.forecast for r in GoalRevision.objects.filter(kind="path", outcome="adopted")}
        assert all(frozen.values())
        assert frozen["reading-grade-three"]["obstacle"] == "too_few"
        assert (frozen["graduation"]["n"], frozen["graduation"]["last"]) == (9, "2018")

    def test_the_baseline_of_a_small_group_is_not_the_figure_that_is_withheld(self):
        revision = GoalRevision.objects.get(goal__slug="foster-graduation")
        observed = revision.measure.observations.values_list("value", flat=True)
        assert revision.baseline_value not in observed


class TestTheOtherPlans:
    def test_each_stands_on_its_own_day(self):
        assert dict(Plan.objects.values_list("slug", "standing_day")) == {
            "jeffco-generations": DAY,
            "jeffco-thrives-2025": date(2025, 2, 3),
            "vision-2020": date(2020, 12, 15),
            "goals-and-guardrails": date(2025, 2, 3),
        }

    def test_the_six_focuses_of_thrives_are_still_to_be_named(self):
        assert list(Focus.objects.values_list("plan__slug", "name")) == [("jeffco-thrives-2025", "")] * 6

    def test_two_initiatives_of_thrives_have_their_areas_of_work(self):
        areas = [i.areas.count() for i in Initiative.objects.filter(school_year="2023-2024")]
        assert areas == [5, 5]

    def test_vision_2020_missed_its_target_and_names_ten_values(self):
        plan = Plan.objects.get(slug="vision-2020")
        assert plan.values.count() == 10
        assert words_of("vision-2020", plan.standing_day)["graduation"] == "target_missed"

    def test_a_gap_that_closed_in_part_by_a_loss_is_not_praised_for_it(self):
        plan = Plan.objects.get(slug="vision-2020")
        (card,) = goal_cards(Goal.objects.filter(slug="kindergarten-gap"), plan.standing_day)
        assert (card.word, card.finding) == ("target_met", "Target met early: 18.3 points against 25 points")
        assert "in part because Not economically disadvantaged lost ground" in sides_of(card, str)

    def test_goal_4_rises_by_its_yearly_targets_and_three_goals_await_their_baseline(self):
        revision = GoalRevision.objects.get(goal__slug="literacy-grade-3")
        assert [value for _, value in revision.waypoints] == ["68", "70", "72", "75", "78"]
        assert (revision.baseline_value, revision.target_value) == (Decimal(66), Decimal(81))
        assert Counter(words_of("goals-and-guardrails", date(2025, 2, 3)).values())["awaiting_baseline"] == 3

    def test_every_tactic_of_generations_finds_its_way_into_thrives(self):
        learning = Tactic.objects.filter(strategy__plan__slug="jeffco-generations", strategy__kind="learning")
        assert learning.count() == Crosswalk.objects.filter(tactic__in=learning).count() == 7


class TestTheWork:
    def test_41_of_58_milestones_are_done_six_of_them_late(self):
        words = Counter(milestones_on(DAY).values())
        assert sum(words.values()) == 58
        assert words[MilestoneWord.DONE] + words[MilestoneWord.DONE_LATE] == 41
        assert words[MilestoneWord.DONE_LATE] == 6
        assert words[MilestoneWord.OVERDUE] == 3
        assert words[MilestoneWord.BLOCKED] == 1

    def test_reports_follow_one_another_in_time(self):
        for milestone in Milestone.objects.prefetch_related("updates"):
            days = [update.known_on for update in milestone.updates.all()]
            assert days == sorted(set(days)), milestone.title
            assert days[-1] <= DAY, milestone.title

    def test_a_milestone_of_a_goal_stands_in_the_goal_s_tactic(self):
        for milestone in Milestone.objects.exclude(goal=None).select_related("goal"):
            assert milestone.goal.tactic_id == milestone.tactic_id, milestone.title

    def test_four_frequent_leading_indicators_have_24_points_or_more(self):
        declared = LeadingIndicator.objects.filter(tactic__strategy__plan__slug="jeffco-generations")
        frequent = declared.filter(series__indicator__kind__in=["week", "month"])
        points = [len(publishable([leading.series_id], DAY)[leading.series_id]) for leading in frequent]
        assert declared.count() == 13
        assert sum(count >= 24 for count in points) >= 4

    def test_attendance_that_is_declared_as_leading_has_six_real_pairs(self):
        """The figures are the state's, the declaration is ours and says so; what they say of it is left as it is."""
        declared = LeadingIndicator.objects.filter(tactic__strategy__plan__slug="jeffco-thrives-2025")
        claims = claims_of(cards_of(declared.order_by("goal__slug"), [], date(2025, 2, 3)), date(2025, 2, 3))
        assert [claim.leading.goal.slug for claim in claims] == ["graduation", "reading"]
        assert [claim.evidence.n for claim in claims] == [6, 6]
        assert not any(claim.has_illustration for claim in claims)
        assert all(claim.leading.is_illustration for claim in claims)
        assert all(claim.statistics.startswith("Kendall’s tau") for claim in claims)

    def test_nine_of_twelve_commitments_were_kept(self):
        assert Counter(CommitmentReview.objects.values_list("fate", flat=True)) == {
            "kept": 9,
            "changed": 2,
            "dropped": 1,
        }

    def test_eleven_of_fourteen_requests_have_their_answer(self):
        last = {
            decision.request_id: decision.decision
            for decision in RequestDecision.objects.order_by("known_on", "number")
        }
        answered = [pk for pk, decision in last.items() if decision != "deferred"]
        assert (Request.objects.count(), len(answered)) == (14, 11)

    def test_three_years_of_stocktakes_of_which_the_held_ones_have_the_board_s_word(self):
        held = StocktakeStep.objects.filter(state="held", known_on__lte=DAY).values_list("stocktake", flat=True)
        assert set(Stocktake.objects.values_list("cycle__slug", flat=True)) == {"2017-18", "2018-19", "2019-20"}
        assert set(held) == set(BoardAct.objects.values_list("stocktake", flat=True))
        assert len(held) == 11

    def test_every_held_stocktake_is_frozen_and_sealed_with_the_record_before(self):
        sealed = list(Snapshot.objects.order_by("number"))
        assert [s.known_on for s in sealed] == sorted(s.known_on for s in sealed)
        assert [s.previous_sha256 for s in sealed] == ["", *[s.sha256 for s in sealed[:-1]]]
        assert sum(s.moment == "held" for s in sealed) == 11

    def test_a_frozen_record_shows_what_was_known_on_its_day(self):
        record = Record.read(Snapshot.objects.get(moment="held", stocktake__planned_on=date(2019, 12, 12)).content)
        assert {goal.content["slug"]: goal.word.value for goal in record.goals}["attendance"] == "moving_away"
        assert (record.kept, len(record.reviews)) == (3, 4)
        assert record.act["votes_for"] == 5


class TestHonesty:
    def test_every_person_is_a_role_and_marked_so(self):
        assert not Person.objects.filter(is_illustration=False).exists()

    def test_only_what_was_published_goes_unmarked(self):
        real = Milestone.objects.filter(is_illustration=False)
        assert {milestone.tactic.slug for milestone in real} == {"technology"}
        assert real.count() == 3
        unmarked = GoalRevision.objects.filter(is_illustration=False)
        assert set(unmarked.values_list("goal__tactic__strategy__plan__slug", flat=True)) == {"goals-and-guardrails"}

    @pytest.mark.parametrize("model", [m for m in apps.get_models() if m.__module__.startswith("stocktakes.models")])
    def test_everything_said_in_a_stocktake_is_marked(self, model):
        if "is_illustration" in {field.name for field in model._meta.fields}:
            assert not model.objects.filter(is_illustration=False).exists()

    def test_the_real_days_of_stocktakes_are_told_from_the_others(self):
        real = Stocktake.objects.filter(date_is_real=True).values_list("planned_on", flat=True)
        assert sorted(real) == [
            date(2018, 3, 5), date(2018, 6, 11), date(2018, 9, 6), date(2019, 6, 12), date(2019, 6, 12), date(2019, 12, 12),
            date(2020, 5, 7), date(2020, 5, 15),
        ]  # fmt: skip

    def test_every_demonstration_plan_says_that_it_is_one(self):
        assert set(Plan.objects.values_list("is_demonstration", flat=True)) == {True}


class TestLoading:
    def test_a_second_load_changes_nothing(self):
        assert loading.is_loaded()
        before = counts()
        loading.load(say=lambda line: None)
        assert counts() == before

    def test_an_interrupted_plan_leaves_nothing_behind(self, monkeypatch):
        def interrupted(plan, text):
            raise KeyboardInterrupt

        monkeypatch.setattr(loading, "PARTS", (*loading.PARTS[:-1], interrupted))
        monkeypatch.setattr(content, "read_plan", lambda slug: renamed(content.read("plans/vision2020")))
        before = counts()
        with pytest.raises(KeyboardInterrupt):
            loading.load_plan("vision-2021")
        assert counts() == before

    def test_a_role_signs_in_with_the_printed_password(self):
        for _, email in logins():
            assert User.objects.get(email=email).check_password(PASSWORD)
        assert not User.objects.filter(is_superuser=True).exists()

    def test_every_tactic_has_its_leader(self):
        leaders = TeamMember.objects.filter(role="leader", until=None)
        assert leaders.count() == Tactic.objects.count()

    def test_every_district_has_a_plan(self):
        assert Organization.objects.filter(kind="district", plans=None).count() == 0


class TestSpanish:
    @pytest.mark.parametrize("source", SOURCES)
    def test_every_authored_text_has_its_spanish(self, source):
        known = translations.translated("es")
        assert [text for text in content.authored_texts(content.read(source)) if text not in known] == []

    def test_every_source_and_note_beside_a_figure_has_its_spanish(self):
        known = translations.translated("es")
        assert sorted(texts_beside_figures() - known.keys()) == []

    def test_no_translation_has_lost_its_original(self):
        written = {text for source in SOURCES for text in content.authored_texts(content.read(source))}
        written |= texts_beside_figures()
        assert [text for text in translations.translated("es") if text not in written] == []

    def test_none_claims_to_be_reviewed(self):
        assert Translation.objects.filter(language="es").exists()
        assert not Translation.objects.exclude(reviewed_by=None).exists()

    def test_a_reader_of_spanish_reads_the_plan_in_spanish(self):
        plan = Plan.objects.get(slug="jeffco-generations")
        assert accounts_translations.Reader("es")(plan.headline).startswith("Un aprendizaje auténtico")

    def test_the_log_ins_are_named_in_spanish(self, client, settings, templates_without_sql):
        settings.DEMONSTRATION = True
        text = client.get("/es/accounts/login/").content.decode()
        assert "Responsable de Generations en el gabinete" in text and "Cabinet sponsor of Generations" not in text

    def test_a_goal_names_its_sources_in_spanish_on_the_page_and_in_its_file(self, client):
        place = "/es/plans/jeffco-generations/strategies/conditions-for-learning/commitment-to-equity/"
        for address in (place, f"{place}goals/graduation/data.csv"):
            text = client.get(address).content.decode()
            assert "cifra de prensa; el mismo 85.3 está publicado para la generación de 2018" in text
            assert "press figure" not in text and ">illustration<" not in text


def renamed(text):
    return text | {"plan": text["plan"] | {"slug": "vision-2021"}}


def counts():
    ours = ("accounts", "indicators", "strategy", "stocktakes")
    facts = sum(model.objects.count() for model in apps.get_models() if issubclass(model, Fact))
    return facts, {m.__name__: m.objects.count() for m in apps.get_models() if m._meta.app_label in ours}
