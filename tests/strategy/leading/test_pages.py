"""What the list and the page of a declaration show, and when it is looked at again."""

from datetime import date

import pytest
from django.urls import reverse

from strategy.learning import actions
from strategy.models import LeadingIndicator
from tests.factories import DAY
from tests.strategy.leading.pages import at, begin, declaring, listed, text_of
from tests.strategy.learning import LEADING, RESULTS, make_leading, yearly_claim

pytestmark = pytest.mark.django_db


def test_a_review_keeps_the_declaration_and_names_the_next_day(client, ana, leading):
    client.force_login(ana)
    sent = {"number": "1", "words": "Six of seven; we keep it.", "next_on": "2021-02-01"}
    assert client.post(at(leading, "review"), sent | {"next_on": "2020-02-06"}).status_code == 422
    assert client.post(at(leading, "review"), sent).status_code == 302
    assert client.post(at(leading, "review"), sent).status_code == 302, "the same button twice"
    response = client.post(at(leading, "review"), sent | {"words": "Something else."})
    text = response.content.decode()
    assert response.status_code == 422 and "Somebody has just reviewed it: Six of seven" in text
    assert "Something else." in text and 'name="number" value="2"' in text
    assert [review.words for review in leading.reviews.all()] == ["Six of seven; we keep it."]


def test_a_review_is_public_from_its_day_on(client, ana, tactic, leading):
    public = f"/plans/{tactic.strategy.plan.slug}/strategies/{tactic.strategy.slug}/{tactic.slug}/"
    client.force_login(ana)
    sent = {"number": "1", "words": "Six of seven; we keep it.", "next_on": "2021-02-01"}
    client.post(at(leading, "review"), sent)
    assert "<dd>February 1, 2021</dd>" in text_of(client, at(leading)), "the day to look again has moved"
    client.logout()
    text = text_of(client, public)
    assert "Looked at again" in text and "Six of seven; we keep it." in text and "Next look: February 1, 2021" in text
    assert "Looked at again" not in text_of(client, public + "?as_of=2020-02-05")


def test_a_review_falls_due_for_the_leader_and_is_done_by_reviewing(client, ana, dan, goal, series):
    leading = make_leading(goal, series, review_on=date(2020, 3, 2))
    client.force_login(dan)
    assert "Review: Attendance rate" not in text_of(client, reverse("my-work"))
    client.force_login(ana)
    assert "Review: Attendance rate" in text_of(client, reverse("my-work"))
    client.post(at(leading, "review"), {"number": "1", "words": "Kept.", "next_on": "2021-02-01"})
    assert "Review: Attendance rate" not in text_of(client, reverse("my-work"))


@pytest.mark.usefixtures("templates_without_sql")
def test_the_list_asks_the_same_for_one_and_for_three(client, ana, tactic, django_assert_num_queries):
    client.force_login(ana)
    for count in (1, 3):
        while LeadingIndicator.objects.count() < count:
            yearly_claim(tactic, LEADING, RESULTS)
        with django_assert_num_queries(22):
            assert text_of(client, listed(tactic)).count("6 of 7 pairs") == count


@pytest.mark.usefixtures("templates_without_sql")
def test_no_template_asks_the_database(client, ana, monthly):
    client.force_login(ana)
    begin(client, monthly)
    begin(client, monthly, period="soon")
    client.post(at(monthly, "review"), {"number": "1", "words": "Kept.", "next_on": "2021-02-01"})
    actions.end(monthly, author=ana.person, day=DAY, reason="x")
    assert client.get(at(monthly)).status_code == 200
    assert client.get(listed(monthly.tactic)).status_code == 200
    assert client.get(declaring(monthly.tactic)).status_code == 200
