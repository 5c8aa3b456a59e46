"""Who was signed out while writing loses no words to the sign-in form."""

import pytest
from django.urls import reverse

from strategy.models import TeamMember
from tests.factories import START, make_milestone, make_person, make_plan, make_strategy, make_tactic, make_user

pytestmark = pytest.mark.django_db
NOTE = "Thirteen of <seventeen> schools."
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/es/work/?open=milestone-1"}


@pytest.fixture
def update():
    tactic = make_tactic(make_strategy(make_plan()))
    ana = make_user(make_person("Ana"), "ana@example.org")
    TeamMember.objects.create(tactic=tactic, person=ana.person, role="member", since=START)
    return reverse("milestone-update", args=[make_milestone(tactic).pk])


def test_a_form_sent_as_a_whole_comes_back_as_a_page_with_what_was_written(client, update):
    response = client.post(update, {"note": NOTE, "percent": "75", "csrfmiddlewaretoken": "a b"})
    text = response.text
    assert response.status_code == 401 and "You have been signed out" in text
    assert "Thirteen of &lt;seventeen&gt; schools." in text, "to be copied, and only as text"
    assert f"{reverse('account_login')}?next={update}" in text
    assert ">75<" not in text, "a number is typed again more quickly than copied"


def test_a_page_that_asks_by_htmx_stays_and_says_it_above(client, update):
    response = client.post(update, {"note": NOTE}, headers=HTMX)
    assert response.status_code == 401 and "<html" not in response.text
    assert response["HX-Retarget"] == "#signed-out"
    assert f"{reverse('account_login')}?next=/es/work/%3Fopen%3Dmilestone-1" in response.text
    assert client.get(reverse("my-work"), headers=HTMX)["HX-Retarget"] == "#signed-out"


def test_who_only_opens_a_page_is_asked_to_sign_in_as_ever(client, update):
    response = client.get(update)
    assert response.status_code == 302 and response["Location"].startswith(reverse("account_login"))


def test_in_spanish_too(client, update):
    response = client.post(f"/es{update}", {"note": NOTE})
    assert response.status_code == 401 and "/es/accounts/login/?next=/es/work/" in response.text
