"""Who may read and do what with a stocktake: the table of paper 2, row by row."""

import pytest

from accounts.models import Role
from accounts.permissions import Rights
from stocktakes.permissions import can_govern, can_read, can_take_step, teams_of
from strategy.models import TeamMember
from tests.factories import DAY, START, grant, make_person, make_plan, make_user
from tests.stocktakes.scene import make_scene

EVERYONE = {"leader", "member", *Role.values, "stranger", "foreign board"}
TEAM = {"leader", "member", Role.SPONSOR}
BOARD = {Role.SUPERINTENDENT, Role.BOARD, Role.ADMINISTRATOR}


@pytest.fixture
def scene(db):
    return make_scene("planned")


def rights_as(name, scene):
    """The rights of somebody known by part or role."""
    person = scene.leader if name == "leader" else make_person()
    if name == "member":
        TeamMember.objects.create(tactic=scene.tactic, person=person, role="member", since=START)
    elif name == "foreign board":
        grant(person, Role.BOARD, make_plan().scope)
    elif name in Role.values:
        grant(person, name, scene.plan.scope)
    return Rights(make_user(person), DAY)


def allowed(scene, rule):
    return {name for name in EVERYONE if rule(rights_as(name, scene))}


@pytest.mark.parametrize(
    ("state", "readers"),
    [
        ("planned", TEAM),
        ("preparation", TEAM),
        ("returned", TEAM),
        ("submitted", TEAM | BOARD),
        ("signed_off", TEAM | BOARD),
        ("held", EVERYONE),
        ("closed", EVERYONE),
    ],
)
def test_who_may_read_a_stocktake(scene, state, readers):
    assert allowed(scene, lambda rights: can_read(rights, scene.stocktake, state, teams_of(rights))) == readers


@pytest.mark.parametrize(
    ("state", "actors"),
    [
        ("preparation", {"leader"}),
        ("submitted", {"leader"}),
        ("returned", {Role.SPONSOR, Role.SUPERINTENDENT}),
        ("signed_off", {Role.SPONSOR, Role.SUPERINTENDENT}),
        ("planned", {Role.CLERK, Role.ADMINISTRATOR}),
        ("held", {Role.CLERK, Role.ADMINISTRATOR}),
    ],
)
def test_who_may_take_a_step(scene, state, actors):
    def may(rights):
        return can_take_step(rights, scene.stocktake, state, teams_of(rights, TeamMember.Role.LEADER))

    assert allowed(scene, may) == actors


def test_who_may_see_the_boards_page(scene):
    governing = {Role.BOARD, Role.SUPERINTENDENT, Role.SPONSOR, Role.CLERK, Role.ADMINISTRATOR}
    assert allowed(scene, lambda rights: can_govern(rights, scene.plan)) == governing


def test_who_has_left_the_team_no_longer_reads_the_draft(scene):
    TeamMember.objects.filter(person=scene.leader).update(until=START)
    rights = Rights(make_user(scene.leader), DAY)
    assert not can_read(rights, scene.stocktake, "preparation", teams_of(rights))
