"""Who may declare, end, review and begin a phase, and who does not even find the page."""

import pytest
from django.urls import reverse

from indicators.models import Annotation
from strategy.models import LeadingIndicator
from tests.factories import make_plan, make_strategy, make_tactic, make_user
from tests.strategy.leading.pages import at, claim, declaring, listed, text_of
from tests.strategy.learning import monthly_series

pytestmark = pytest.mark.django_db


WRITING = ["declare", "end", "review", "rebase"]


def writing(leading, verb):
    url = declaring(leading.tactic) if verb == "declare" else at(leading, verb)
    sent = {"end_reason": "x", "number": "1", "words": "x", "next_on": "2021-01-01", "text": "x"}
    sent |= {"period": str(leading.series.observations.latest("period").period)}
    return url, claim(leading.goal, monthly_series(leading.tactic)) | sent


def test_the_leader_does_all_of_it(client, ana, leading):
    client.force_login(ana)
    for verb in ("declare", "review", "rebase", "end"):
        url, sent = writing(leading, verb)
        assert client.post(url, sent).status_code == 302, verb


@pytest.mark.parametrize("verb", WRITING)
def test_a_member_reads_and_changes_nothing(client, dan, leading, verb):
    client.force_login(dan)
    assert "Declare another in its place" not in text_of(client, at(leading))
    assert client.get(listed(leading.tactic)).status_code == 200
    url, sent = writing(leading, verb)
    assert client.post(url, sent).status_code == 403
    assert LeadingIndicator.objects.filter(ended_on__isnull=True).count() == 1 and not Annotation.objects.exists()


def test_a_data_steward_begins_phases_and_declares_nothing(client, eva, leading):
    client.force_login(eva)
    for verb, status in (("declare", 403), ("end", 403), ("review", 403), ("rebase", 302)):
        url, sent = writing(leading, verb)
        assert client.post(url, sent).status_code == status, verb


@pytest.mark.parametrize("verb", WRITING)
def test_a_colleague_reads_the_public_page_instead(client, ben, leading, verb):
    client.force_login(ben)
    assert client.get(listed(leading.tactic)).status_code == 403
    assert client.get(at(leading)).status_code == 403
    url, sent = writing(leading, verb)
    assert client.post(url, sent).status_code == 403


@pytest.mark.parametrize("verb", WRITING)
def test_a_stranger_finds_nothing(client, cleo, leading, verb):
    client.force_login(cleo)
    for url in (listed(leading.tactic), at(leading), declaring(leading.tactic)):
        response = client.get(url)
        assert response.status_code == 404 and "Attendance rate" not in response.content.decode()
    url, sent = writing(leading, verb)
    assert client.post(url, sent).status_code == 404


def test_who_is_not_signed_in_is_asked_to(client, leading):
    assert client.get(at(leading)).url.startswith(reverse("account_login"))


def test_a_closed_plan_is_read_and_changed_no_more(client, ana, plan, leading):
    plan.state = "closed"
    plan.save()
    client.force_login(ana)
    assert client.get(at(leading)).status_code == 200
    for verb in WRITING:
        url, sent = writing(leading, verb)
        assert client.post(url, sent).status_code == 403, verb


def test_a_staff_only_measure_is_the_teams_and_not_the_publics(client, ana, tactic, leading):
    leading.series.indicator.is_public = False
    leading.series.indicator.save()
    public = f"/plans/{tactic.strategy.plan.slug}/strategies/{tactic.strategy.slug}/{tactic.slug}/"
    assert "Attendance rate" not in text_of(client, public)
    client.force_login(ana)
    assert "6 of 7" in text_of(client, at(leading))


def test_another_tactics_leader_of_the_district_may_not(client, plan, leading):
    gil = make_user()
    make_tactic(make_strategy(plan), leader=gil.person)
    client.force_login(gil)
    assert client.get(at(leading)).status_code == 403


def test_a_draft_tactic_of_another_district_is_nobodys_business(client, ana):
    other = make_tactic(make_strategy(make_plan()), state="draft")
    client.force_login(ana)
    assert client.get(listed(other)).status_code == 404
