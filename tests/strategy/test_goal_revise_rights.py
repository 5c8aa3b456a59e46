"""Who may propose another path, and who may not even see that there is one."""

from datetime import date

import pytest

from strategy.models import TeamMember
from tests.factories import (
    START,
    make_user,
)
from tests.strategy.proposing import answer, revise

pytestmark = pytest.mark.django_db


class TestRights:
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_a_colleague_may_not(self, client, ben, goal, method):
        client.force_login(ben)
        assert getattr(client, method)(revise(goal), answer(goal)).status_code == 403
        assert goal.revisions.count() == 1

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_a_stranger_finds_nothing(self, client, cleo, goal, method):
        client.force_login(cleo)
        assert getattr(client, method)(revise(goal), answer(goal)).status_code == 404

    def test_a_member_and_a_sponsor_do_not_propose(self, client, dora, tactic, goal):
        member = make_user()
        TeamMember.objects.create(tactic=tactic, person=member.person, role="member", since=START)
        for user in (member, dora):
            client.force_login(user)
            assert client.post(revise(goal), answer(goal)).status_code == 403
        assert goal.revisions.count() == 1

    def test_who_led_once_may_not(self, client, ana, tactic, goal):
        tactic.team.update(until=date(2020, 1, 31))
        client.force_login(ana)
        assert client.get(revise(goal)).status_code == 403

    def test_a_closed_plan_is_revised_no_more(self, client, ana, plan, goal):
        plan.state = "closed"
        plan.save()
        client.force_login(ana)
        assert client.get(revise(goal)).status_code == 403

    def test_who_is_not_signed_in_is_asked_to(self, client, goal):
        assert client.get(revise(goal)).status_code == 302
