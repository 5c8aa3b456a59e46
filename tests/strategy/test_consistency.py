"""Rules that no single table can hold are looked for by `manage.py check_data`."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from strategy.consistency import problems
from strategy.models import TeamMember
from tests.factories import DAY, make_goal, make_milestone, make_person, make_tactic

pytestmark = pytest.mark.django_db


@pytest.fixture
def tactic():
    return make_tactic(leader=make_person("Ana"))


def wrongs():
    return [wrong for _thing, wrong in problems(DAY)]


def test_a_sound_plan_has_no_problems(tactic, capsys):
    make_goal(tactic, waypoints=[[2019, "86.1"], [2020, "87.4"]])
    make_milestone(tactic)
    assert wrongs() == []
    call_command("check_data")
    assert "Everything fits" in capsys.readouterr().out


def test_a_milestone_does_not_serve_another_tactics_goal(tactic):
    make_milestone(tactic, goal=make_goal(make_tactic(leader=make_person())))
    assert wrongs() == ["belongs to a goal of another tactic"]
    with pytest.raises(CommandError, match="Problems found: 1"):
        call_command("check_data")


def test_two_people_do_not_lead_on_the_same_day(tactic):
    TeamMember.objects.update(until=date(2019, 9, 1))
    newcomer = TeamMember.objects.create(tactic=tactic, person=make_person(), role="leader", since=date(2019, 9, 1))
    assert wrongs() == ["leads from a day on which another person still led"]
    TeamMember.objects.filter(pk=newcomer.pk).update(since=date(2019, 9, 2))
    assert wrongs() == []


def test_somebody_leads_every_active_tactic(tactic):
    TeamMember.objects.update(until=date(2020, 2, 5))
    assert wrongs() == ["is active and nobody leads it"]


@pytest.mark.parametrize("waypoints", [[[2017, "84"]], [[2022, "84"]], [[2020, "84"], [2019, "85"]]])
def test_waypoints_lie_between_baseline_and_target_in_order(tactic, waypoints):
    make_goal(tactic, waypoints=waypoints)
    assert wrongs() == ["has waypoints that are not between baseline and target, in order"]
