"""A leader's own word beside the numbers, and where both point different ways."""

import pytest
from django.urls import reverse

from strategy.judgements.actions import JudgedMeanwhile, judge_goal
from strategy.models import Judgement
from strategy.scorecards import goal_card
from tests.factories import DAY, make_goal, make_observation, make_person, make_revision, make_series

pytestmark = pytest.mark.django_db


def judge(goal):
    return reverse("goal-judge", args=[goal.pk])


def answer(number=1, likelihood="highly_likely", reason="Two classes follow."):
    return {"number": number, "likelihood": likelihood, "reason": reason}


def said(goal, likelihood, number=1):
    return judge_goal(
        goal, number=number, author=make_person("Ana"), day=DAY, likelihood=likelihood, reason="I know them."
    )


def test_the_leader_judges_and_it_stands_beside_the_numbers(client, ana, goal, templates_without_sql):
    client.force_login(ana)
    text = client.get(judge(goal)).content.decode()
    assert "Slightly behind" in text and "85.3% for the class of 2019." in text
    assert client.post(judge(goal), answer()).url == reverse("my-work")
    found = goal.judgements.get()
    assert (found.number, found.likelihood, found.reason) == (1, "highly_likely", "Two classes follow.")
    assert (found.author, found.known_on, found.is_illustration) == (ana.person, DAY, True)
    text = client.get(reverse("my-work")).content.decode()
    assert "judgment of February 6, 2020: highly likely" in text and "Disagrees with the numbers." in text


def test_a_later_judgment_is_appended_and_the_earlier_one_stays(client, ana, goal):
    client.force_login(ana)
    client.post(judge(goal), answer())
    client.post(judge(goal), answer(2, "in_doubt", "A strike."))
    assert list(goal.judgements.values_list("likelihood", flat=True)) == ["highly_likely", "in_doubt"]
    text = client.get(judge(goal)).content.decode()
    assert "All 2 judgments" in text and "A strike." in text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"likelihood": ""}, "Choose how likely it is."),
        ({"reason": " "}, "Write why you think so."),
        ({"number": 7}, "This page is out of date."),
    ],
)
def test_a_wrong_answer_comes_back_with_what_was_typed(client, ana, goal, changes, words):
    client.force_login(ana)
    response = client.post(judge(goal), answer() | changes)
    text = response.content.decode()
    assert response.status_code == 422 and words in text and not goal.judgements.exists()
    assert "Two classes follow." in text or "reason" in changes


def test_the_second_sees_both_words_and_saves_with_one_click(client, ana, goal):
    client.force_login(ana)
    judge_goal(goal, number=1, author=make_person("Eva"), day=DAY, likelihood="unlikely", reason="Eva's words")
    response = client.post(judge(goal), answer(reason="Ana's words"))
    text = response.content.decode()
    assert response.status_code == 409 and goal.judgements.count() == 1
    assert "What Eva just saved" in text and "Eva&#x27;s words" in text and "Ana&#x27;s words" in text
    assert 'name="number" value="2"' in text
    client.post(judge(goal), answer(2, reason="Ana's words"))
    assert goal.judgements.count() == 2


def test_the_same_button_twice_saves_once(client, ana, goal):
    client.force_login(ana)
    assert [client.post(judge(goal), answer()).status_code for _again in range(2)] == [302, 302]
    assert goal.judgements.count() == 1


def test_the_constraint_decides_where_both_were_sent_at_once(goal):
    said(goal, "likely")
    with pytest.raises(JudgedMeanwhile):
        said(goal, "unlikely")
    assert goal.judgements.get().likelihood == "likely"


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_colleague_and_a_sponsor_may_not_and_a_stranger_finds_nothing(client, ben, dora, cleo, goal, method):
    for user, status in [(ben, 403), (dora, 403), (cleo, 404)]:
        client.force_login(user)
        assert getattr(client, method)(judge(goal), answer()).status_code == status
    assert not goal.judgements.exists()


def test_what_was_withdrawn_is_judged_no_more(client, ana, goal):
    make_revision(goal, goal.revisions.get().measure, adopted_on=DAY, kind="withdrawn")
    client.force_login(ana)
    assert client.post(judge(goal), answer()).status_code == 403


SIDES = [
    ("highly_likely", "85.3", "surer"),  # slightly behind
    ("likely", "85.3", ""),
    ("likely", "83.0", "surer"),  # moving away
    ("in_doubt", "83.0", ""),
    ("unlikely", "83.0", ""),
    ("unlikely", "88.0", "better"),  # on track
    ("in_doubt", "88.0", ""),
    ("highly_likely", "88.0", ""),
]


@pytest.mark.parametrize(("likelihood", "value", "side"), SIDES)
def test_word_and_numbers_disagree(tactic, plan, likelihood, value, side):
    series = make_series(organization=plan.district)
    make_observation(series, 2019, value)
    goal = make_goal(tactic, series)
    said(goal, likelihood)
    card = goal_card(goal, DAY)
    assert (card.leader_is_surer, card.numbers_look_better) == (side == "surer", side == "better")
    assert card.disagrees == bool(side)


def test_a_word_given_before_the_last_result_says_so(goal):
    judge_goal(goal, number=1, author=make_person(), day=DAY.replace(year=2019), likelihood="likely", reason="x")
    assert goal_card(goal, DAY).is_judged_before_last_reading
    said(goal, "likely", 2)
    assert not goal_card(goal, DAY).is_judged_before_last_reading


class TestTheList:
    def test_a_sponsor_reads_both_sides(self, client, dora, goal, templates_without_sql):
        said(goal, "highly_likely")
        client.force_login(dora)
        text = client.get(reverse("my-work")).content.decode()
        assert "The numbers say" in text and "69% of the planned gain" in text
        assert "The leader says" in text and "I know them." in text and "The leader is surer than the numbers" in text

    def test_where_they_agree_there_is_none(self, client, dora, goal):
        said(goal, "likely")
        client.force_login(dora)
        assert "No leader’s judgment speaks against the numbers." in client.get(reverse("my-work")).content.decode()

    def test_a_board_member_finds_it_on_the_board_page_with_both_words(self, client, ben, plan, goal):
        said(goal, "highly_likely")
        client.force_login(ben)
        text = client.get(reverse("board-dashboard", args=[plan.slug])).content.decode()
        assert "Judgment against numbers" in text and "The leader says" in text and "69% of the planned gain" in text

    def test_a_stranger_reads_nothing_of_it(self, client, cleo, goal):
        said(goal, "highly_likely")
        client.force_login(cleo)
        assert "I know them." not in client.get(reverse("my-work")).content.decode()

    def test_many_goals_cost_as_many_queries_as_one(self, client, dora, tactic, goal, django_assert_num_queries):
        client.force_login(dora)
        said(goal, "highly_likely")
        for more in (0, 2):
            for _each in range(more):
                series = make_series(organization=tactic.strategy.plan.district)
                make_observation(series, 2019, "85.3")
                said(make_goal(tactic, series), "highly_likely")
            with django_assert_num_queries(WORK_QUERIES):
                text = client.get(reverse("my-work")).content.decode()
        assert text.count("The leader says") == 3 == Judgement.objects.count()


WORK_QUERIES = 22
