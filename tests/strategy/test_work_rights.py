"""Who reports on a milestone, who sees the page, and who finds nothing."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Role
from strategy.models import TeamMember
from tests.factories import DAY, START, grant, make_user
from tests.strategy.reporting import address, answer, last

pytestmark = pytest.mark.django_db


def test_the_leader_reports(client, ana, milestone):
    client.force_login(ana)
    response = client.post(address(milestone), answer(milestone))
    assert response.status_code == 302 and response.url.startswith(reverse("my-work"))
    update = last(milestone)
    assert (update.number, update.state, update.percent, update.note) == (3, "on_time", 70, "Twelve.")
    assert (update.author, update.known_on, update.due_on) == (ana.person, DAY, date(2020, 6, 5))
    assert update.is_illustration, "a report typed into a demonstration is not the district's own"


def test_a_member_of_the_team_reports(client, tactic, milestone):
    dan = make_user()
    TeamMember.objects.create(tactic=tactic, person=dan.person, role="member", since=START)
    client.force_login(dan)
    assert client.post(address(milestone), answer(milestone)).status_code == 302


def test_a_data_steward_reports_and_lands_on_the_tactic(client, plan, milestone):
    eva = make_user()
    grant(eva.person, Role.STEWARD, plan.district.scope)
    client.force_login(eva)
    response = client.post(address(milestone), answer(milestone))
    assert response.status_code == 302 and milestone.tactic.slug in response.url


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_colleague_may_not(client, ben, milestone, method):
    client.force_login(ben)
    assert getattr(client, method)(address(milestone), answer(milestone)).status_code == 403
    assert milestone.updates.count() == 2


def test_whose_term_has_ended_may_not(client, tactic, milestone):
    eve = make_user()
    until = date(2020, 2, 5)
    TeamMember.objects.create(tactic=tactic, person=eve.person, role="member", since=START, until=until)
    client.force_login(eve)
    assert client.get(address(milestone)).status_code == 403


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_finds_nothing(client, cleo, milestone, method):
    client.force_login(cleo)
    assert getattr(client, method)(address(milestone), answer(milestone)).status_code == 404
    assert "Teams at all high schools" not in client.get(reverse("my-work")).content.decode()


def test_who_is_not_signed_in_is_asked_to(client, milestone):
    assert client.get(address(milestone)).status_code == 302
    assert client.get(reverse("my-work")).url.startswith(reverse("account_login"))


def test_a_closed_plan_is_reported_on_no_more(client, ana, plan, milestone):
    plan.state = "closed"
    plan.save()
    client.force_login(ana)
    assert client.post(address(milestone), answer(milestone)).status_code == 403
