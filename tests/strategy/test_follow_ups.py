"""After a milestone is done: did what it should move, move?"""

from datetime import date

import pytest
from django.urls import reverse

from strategy.models import MilestoneFollowUp
from tests.factories import DAY, make_goal, make_milestone, make_update

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(tactic):
    """Done on October 1, 2019; it should move a goal."""
    milestone = make_milestone(tactic, due_on=date(2019, 11, 1), goal=make_goal(tactic), title="Summer bridge")
    make_update(milestone, "done", date(2019, 11, 1), date(2019, 10, 1))
    return milestone


def address(milestone):
    return reverse("milestone-follow-up", args=[milestone.pk])


def answer(**changes):
    return {"number": "1", "answer": "partly", "words": "In four of six schools."} | changes


def work(client):
    return client.get(reverse("my-work")).content.decode()


def test_the_team_says_whether_it_moved_what_it_should_and_everyone_reads_it(client, ana, tactic, done):
    client.force_login(ana)
    text = client.get(address(done)).content.decode()
    assert "Done on October 1, 2019." in text
    assert "The numbers" in text and f"#goal-{done.goal.slug}" in text, "nobody answers from memory"
    response = client.post(address(done), answer())
    found = MilestoneFollowUp.objects.get()
    assert response.status_code == 302
    assert (found.answer, found.author, found.known_on, found.is_illustration) == ("partly", ana.person, DAY, True)
    public = f"/plans/{tactic.strategy.plan.slug}/strategies/{tactic.strategy.slug}/{tactic.slug}/"
    client.logout()
    assert "In four of six schools." in client.get(public).content.decode()
    assert "In four of six schools." not in client.get(public + "?as_of=2020-02-05").content.decode()


def test_it_is_asked_ninety_days_after_and_again_where_it_was_too_early(client, ana, done):
    client.force_login(ana)
    assert "Did it move what it should?" in work(client) and "Overdue 38 days" in work(client)
    client.post(address(done), answer(answer="too_early"))
    assert "Did it move what it should?" not in work(client), "in ninety days again"
    MilestoneFollowUp.objects.create(
        milestone=done, number=2, answer="yes", words="It did.", author=ana.person, known_on=DAY
    )
    assert "Did it move what it should?" not in work(client)


def test_a_milestone_of_long_ago_or_without_an_aim_is_not_asked_about(client, ana, tactic):
    for due_on, goal in ((date(2018, 9, 1), make_goal(tactic)), (date(2019, 10, 1), None)):
        milestone = make_milestone(tactic, due_on=due_on, known_on=date(2018, 1, 8), goal=goal)
        make_update(milestone, "done", due_on, due_on)
    client.force_login(ana)
    assert "Did it move what it should?" not in work(client)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"answer": ""}, "Choose an answer."),
        ({"words": ""}, "Write what you see, in a sentence."),
        ({"number": "7"}, "This page is out of date."),
    ],
)
def test_a_wrong_answer_comes_back_with_what_was_typed(client, ana, done, changes, words):
    client.force_login(ana)
    response = client.post(address(done), answer(**changes))
    text = response.content.decode()
    assert response.status_code == 422 and words in text and "<title>Error: " in text
    assert changes.get("words", "In four of six schools.") in text and not MilestoneFollowUp.objects.exists()


def test_the_second_sees_the_first_and_both_stand(client, ana, done):
    client.force_login(ana)
    sent = answer()
    assert [client.post(address(done), sent).status_code for _again in range(2)] == [302, 302]
    response = client.post(address(done), answer(words="In two of six."))
    text = response.content.decode()
    assert response.status_code == 409 and "Ana has just answered" in text and "In four of six schools." in text
    assert "In two of six." in text and 'name="number" value="2"' in text
    client.post(address(done), answer(words="In two of six.", number="2"))
    assert done.follow_ups.count() == 2


def test_what_is_not_done_has_no_answer(client, ana, milestone):
    client.force_login(ana)
    assert client.get(address(milestone)).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("ana", 200), ("ben", 403), ("cleo", 404)])
def test_owner_colleague_and_stranger(client, request, done, who, status):
    client.force_login(request.getfixturevalue(who))
    assert client.get(address(done)).status_code == status
    assert client.post(address(done), answer()).status_code == (302 if who == "ana" else status)
    assert MilestoneFollowUp.objects.exists() == (who == "ana")
