"""A proposal beside the promise that stands, and its settling: by another person, with words, once."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role
from strategy.models import GoalRevision
from strategy.revisions.actions import ProposedMeanwhile, SettledMeanwhile, propose, settle
from strategy.scorecards import goal_card
from tests.factories import DAY, grant, make_goal, make_person, make_revision, make_series, make_user
from tests.strategy.proposing import answer, last, page_of, revise

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(client, ana, goal):
    """Ana proposes two years more."""
    client.force_login(ana)
    client.post(revise(goal), answer(goal, rows=[("2019", "84.5")]))
    return last(goal)


def decide(outcome, words="The teams need the time."):
    return {"outcome": outcome, "words": words}


def test_the_sponsor_reads_both_sides_field_by_field(client, dora, proposal, templates_without_sql):
    client.force_login(dora)
    text = client.get(page_of(proposal)).content.decode()
    assert "A proposal for “Graduation” waits for you" in text and "The teams began a year late." in text
    assert '<span class="was">90%, Class of 2022</span>' in text and "<strong>90%, Class of 2024</strong>" in text
    assert "84.5%, Class of 2019" in text and "Results that would read better: 1 of 2" in text
    assert "Slightly behind" in text and "Too few results for a forecast." in text
    assert "<svg" in text and "Proposed February 6, 2020" in text and "In force: 90% by the class of 2022" in text


def test_the_sponsor_adopts_with_words_and_the_path_is_in_force(client, dora, goal, proposal):
    client.force_login(dora)
    assert client.post(page_of(proposal), decide("adopted")).status_code == 302
    adopted = last(goal)
    assert (adopted.outcome, adopted.settled_by, adopted.settled_on) == ("adopted", dora.person, DAY)
    assert adopted.settled_words == "The teams need the time."
    card = goal_card(goal, DAY)
    assert (card.word.value, card.path.target.period.number, card.first_path.target.period.number) == (
        "on_track",
        2024,
        2022,
    )
    text = client.get(page_of(proposal)).content.decode()
    assert "Proposal for “Graduation”: adopted" in text and "The teams need the time." in text
    assert (
        "What changed" in text
        and "Before: 90% by the class of 2022" in text
        and "would mean" not in text.split("<main")[1]
    ), "it has been decided"


def test_the_sponsor_declines_with_words_and_the_promise_stays(client, dora, goal, proposal):
    client.force_login(dora)
    client.post(page_of(proposal), decide("declined", "Not yet."))
    assert (last(goal).outcome, last(goal).settled_words, last(goal).forecast) == ("declined", "Not yet.", None)
    assert goal_card(goal, DAY).path.target.period.number == 2022
    client.force_login(proposal.proposed_by.user)
    assert client.get(revise(goal)).status_code == 200, "the next proposal may follow"


@pytest.mark.parametrize("sent", [decide("adopted", " "), decide("", "Fine."), decide("perhaps", "Fine.")])
def test_a_decision_needs_yes_or_no_and_words(client, dora, proposal, sent):
    client.force_login(dora)
    response = client.post(page_of(proposal), sent)
    assert response.status_code == 422 and last(proposal.goal).settled_on is None
    text = response.content.decode()
    assert sent["words"].strip() in text and "<title>Error: " in text and "Nothing is decided yet" in text


def test_its_author_sees_whom_it_waits_for_and_may_take_it_back(client, ana, dora, plan, goal, proposal):
    chief = make_user(make_person("Chief Elena"))
    grant(chief.person, Role.SUPERINTENDENT, plan.district.scope)
    client.force_login(ana)
    text = client.get(page_of(proposal)).content.decode()
    assert "Waits for one of Dora, Chief Elena." in text and 'value="adopted"' not in text
    response = client.post(page_of(proposal), decide("taken_back", ""))
    assert (last(goal).outcome, last(goal).settled_by) == ("taken_back", ana.person)
    again = client.get(response.url).content.decode()
    assert 'name="number" value="3"' in again and "The teams began a year late." in again and 'value="84.5"' in again


def test_nobody_else_takes_it_back(client, dora, proposal):
    client.force_login(dora)
    assert client.post(page_of(proposal), decide("taken_back")).status_code == 403


def test_of_two_who_decide_at_once_the_second_reads_the_first_and_loses_no_words(client, dora, goal, proposal):
    settle(proposal, outcome="declined", by=make_person("Chief Elena"), day=DAY, words="Another year will do.")
    client.force_login(dora)
    response = client.post(page_of(proposal), decide("adopted", "Dora's words"))
    text = response.content.decode()
    assert response.status_code == 409 and "Somebody else has just decided" in text
    assert "Another year will do." in text and "Dora&#x27;s words" in text
    assert last(goal).outcome == "declined"


class TestRights:
    def test_its_author_never_adopts_it_not_even_as_a_sponsor(self, client, ana, plan, proposal):
        grant(ana.person, Role.SPONSOR, plan.scope)
        client.force_login(ana)
        refused = client.post(page_of(proposal), decide("adopted"))
        assert refused.status_code == 403 and "never the author of the proposal" in refused.content.decode()
        assert last(proposal.goal).settled_on is None

    def test_the_superintendent_may(self, client, plan, proposal):
        chief = make_user()
        grant(chief.person, Role.SUPERINTENDENT, plan.district.scope)
        client.force_login(chief)
        assert client.post(page_of(proposal), decide("adopted")).status_code == 302

    def test_a_board_member_reads_and_does_not_decide(self, client, ben, proposal):
        client.force_login(ben)
        assert client.get(page_of(proposal)).status_code == 200
        assert client.post(page_of(proposal), decide("adopted")).status_code == 403

    def test_a_colleague_who_leads_another_tactic_does_not_see_it(self, client, plan, proposal):
        from tests.factories import make_strategy, make_tactic

        other = make_user()
        make_tactic(make_strategy(plan), leader=other.person)
        client.force_login(other)
        assert client.get(page_of(proposal)).status_code == 404

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_a_stranger_finds_nothing(self, client, cleo, proposal, method):
        client.force_login(cleo)
        assert getattr(client, method)(page_of(proposal), decide("adopted")).status_code == 404

    def test_a_sponsor_of_another_plan_is_a_stranger_to_it(self, client, proposal):
        from tests.factories import make_plan

        other = make_plan()
        sponsor = make_user()
        grant(sponsor.person, Role.SPONSOR, other.scope)
        client.force_login(sponsor)
        assert client.get(page_of(proposal)).status_code == 404

    def test_who_is_not_signed_in_is_asked_to(self, client, proposal):
        client.logout()
        assert reverse("account_login") in client.get(page_of(proposal)).url


class TestWhatTheDatabaseDecides:
    def test_two_proposals_under_one_number_or_two_open_ones_cannot_be(self, goal):
        measure = goal.revisions.get().measure
        fresh = lambda: GoalRevision(  # noqa: E731
            goal=goal, kind="path", statement="x", measure=measure, baseline_period=2017, baseline_value=Decimal("83.5"),
            target_period=2024, target_value=Decimal(90), reason_code="delay",
        )  # fmt: skip
        propose(fresh(), number=2, by=make_person(), day=DAY)
        for number in (2, 3):
            with pytest.raises(ProposedMeanwhile):
                propose(fresh(), number=number, by=make_person(), day=DAY)
        assert goal.revisions.count() == 2

    def test_another_broken_rule_is_not_taken_for_a_race(self, goal):
        broken = GoalRevision(goal=goal, kind="path", statement="x", reason_code="delay")
        with pytest.raises(IntegrityError):
            propose(broken, number=2, by=make_person(), day=DAY)

    def test_a_proposal_is_settled_once(self, goal):
        proposal = make_revision(goal, goal.revisions.get().measure, adopted_on=None, known_on=DAY)
        settle(proposal, outcome="adopted", by=make_person(), day=DAY, words="Yes.")
        with pytest.raises(SettledMeanwhile):
            settle(proposal, outcome="declined", by=make_person(), day=DAY, words="No.")

    def test_only_its_author_takes_it_back_and_only_another_adopts_it(self, goal):
        proposal = make_revision(goal, goal.revisions.get().measure, adopted_on=None, known_on=DAY)
        for outcome, by in [
            ("adopted", proposal.proposed_by),
            ("declined", proposal.proposed_by),
            ("taken_back", make_person()),
        ]:
            with pytest.raises(IntegrityError), transaction.atomic():
                settle(proposal, outcome=outcome, by=by, day=DAY, words="x")
        settle(proposal, outcome="taken_back", by=proposal.proposed_by, day=DAY, words="")
        assert proposal.outcome == "taken_back"

    def test_words_and_forecast_close_with_the_decision(self, goal):
        revision = goal.revisions.get()
        for change in ({"settled_words": "Later"}, {"forecast": {"n": 9}}):
            with pytest.raises(Exception, match="append-only"), transaction.atomic():
                GoalRevision.objects.filter(pk=revision.pk).update(**change)


def test_a_proposal_that_was_adopted_stays_readable_beside_what_it_replaced(client, dora, goal, proposal):
    settle(proposal, outcome="adopted", by=dora.person, day=DAY, words="Yes.")
    make_revision(goal, goal.revisions.first().measure, adopted_on=DAY, target_period=2030)
    client.force_login(dora)
    text = client.get(page_of(proposal)).content.decode()
    assert '<span class="was">90%, Class of 2022</span>' in text and "2030" not in text


def test_the_path_it_would_replace_is_the_ghost_that_is_named(client, ana, dora, goal):
    make_revision(goal, goal.revisions.get().measure, adopted_on=date(2020, 1, 20), target_value=Decimal(91))
    client.force_login(ana)
    client.post(revise(goal), answer(goal))
    client.force_login(dora)
    text = client.get(page_of(last(goal))).content.decode()
    assert "In force: 91% by the class of 2022" in text and "First path:" not in text
    drawn = text.split('class="c-w')[1].split("</svg>")[0]
    assert drawn.count("g-ghost") == 2, "the first path stays in sight"


def test_a_withdrawal_is_read_as_one(client, ana, dora, goal):
    client.force_login(ana)
    client.post(revise(goal), answer(goal, kind="withdrawn", reason_code="closed"))
    client.force_login(dora)
    text = client.get(page_of(last(goal))).content.decode()
    assert "<strong>Withdrawn</strong>" in text and "Results that would read worse or not at all: 2 of 2" in text
    client.post(page_of(last(goal)), decide("adopted", "It has ended."))
    assert goal_card(goal, DAY).word.value == "withdrawn" and last(goal).forecast is None


class TestMyWork:
    def test_a_sponsor_finds_what_waits_for_a_decision(self, client, dora, proposal):
        client.force_login(dora)
        text = client.get(reverse("my-work")).content.decode()
        assert "One thing due" in text and "Proposal for “Graduation” waits for your decision" in text
        assert "Thursday, February 20" in text, "two weeks after it was made"

    def test_its_author_finds_whom_it_waits_for(self, client, ana, dora, proposal):
        client.force_login(ana)
        text = client.get(reverse("my-work")).content.decode()
        assert "The proposal of February 6, 2020" in text and "waits for Dora." in " ".join(text.split())
        assert "waits for your decision" not in text

    def test_its_author_reads_why_it_was_declined_until_another_is_adopted(self, client, ana, dora, goal, proposal):
        settle(proposal, outcome="declined", by=dora.person, day=DAY, words="Ask the schools first.")
        client.force_login(ana)
        text = " ".join(client.get(reverse("my-work")).text.split())
        assert "was declined by Dora on February 6, 2020: “Ask the schools first.”" in text
        begun = client.get(f"{revise(goal)}?from={proposal.number}").text
        assert "The teams began a year late." in begun and 'value="84.5"' in begun
        make_revision(goal, proposal.measure, adopted_on=DAY)
        assert "Ask the schools first." not in client.get(reverse("my-work")).text

    def test_a_settled_one_waits_no_more(self, client, dora, proposal):
        settle(proposal, outcome="declined", by=dora.person, day=DAY, words="No.")
        client.force_login(dora)
        assert "Nothing waits for your decision." in client.get(reverse("my-work")).content.decode()

    def test_a_stranger_and_a_board_member_have_none(self, client, ben, cleo, proposal):
        for user in (ben, cleo):
            client.force_login(user)
            assert "Graduation" not in client.get(reverse("my-work")).content.decode()

    def test_many_proposals_cost_as_many_queries_as_one(
        self, client, dora, tactic, goal, proposal, django_assert_num_queries
    ):
        client.force_login(dora)
        for more in (0, 2):
            for _each in range(more):
                other = make_goal(tactic, make_series(organization=tactic.strategy.plan.district))
                make_revision(other, other.revisions.get().measure, adopted_on=None, known_on=DAY)
            with django_assert_num_queries(WORK_QUERIES):
                client.get(reverse("my-work"))


WORK_QUERIES = 22


def test_a_decision_as_of_an_earlier_day_was_not_made_yet(goal, proposal, dora):
    settle(proposal, outcome="adopted", by=dora.person, day=DAY, words="Yes.")
    assert goal_card(goal, date(2020, 2, 5)).path.target.period.number == 2022
