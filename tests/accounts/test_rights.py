"""Roles are granted for a place and a term; a place holds all within it."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.db import IntegrityError

from accounts.models import Role
from accounts.permissions import Rights
from tests.factories import grant, make_district, make_person, make_plan, make_strategy, make_tactic, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2020, 2, 6)


@pytest.fixture
def place():
    district = make_district()
    plan = make_plan(district)
    return SimpleNamespace(district=district, plan=plan, tactic=make_tactic(make_strategy(plan)))


def rights(person, day=TODAY):
    return Rights(make_user(person) if not hasattr(person, "user") else person.user, day)


def test_a_grant_for_the_district_holds_in_its_plans_and_tactics(place):
    ana = make_person()
    grant(ana, Role.STEWARD, place.district.scope)
    assert rights(ana).holds(place.tactic.scope_id, Role.STEWARD)


def test_a_grant_for_a_plan_does_not_hold_for_the_district(place):
    ana = make_person()
    grant(ana, Role.BOARD, place.plan.scope)
    assert rights(ana).holds(place.tactic.scope_id, Role.BOARD)
    assert not rights(ana).holds(place.district.scope_id, Role.BOARD)


def test_somebody_from_another_district_is_a_stranger(place):
    cleo = make_person()
    grant(cleo, Role.ADMINISTRATOR, make_district().scope)
    assert not rights(cleo).holds(place.tactic.scope_id, *Role)


@pytest.mark.parametrize(("since", "until", "holds"), [
    (date(2019, 1, 1), None, True),
    (date(2019, 1, 1), date(2020, 2, 6), True),
    (date(2019, 1, 1), date(2020, 2, 5), False),
    (date(2020, 2, 7), None, False),
])  # fmt: skip
def test_a_grant_holds_for_its_term(place, since, until, holds):
    ana = make_person()
    grant(ana, Role.BOARD, place.plan.scope, since=since, until=until)
    assert rights(ana).holds(place.plan.scope_id, Role.BOARD) is holds


def test_the_same_role_is_not_granted_twice(place):
    ana = make_person()
    grant(ana, Role.BOARD, place.plan.scope)
    with pytest.raises(IntegrityError):
        grant(ana, Role.BOARD, place.plan.scope)


def test_rights_cost_two_queries_however_often_they_are_asked(place, django_assert_num_queries):
    ana = make_person()
    grant(ana, Role.BOARD, place.plan.scope)
    held = rights(ana)
    with django_assert_num_queries(2):
        for _ in range(3):
            assert held.holds(place.tactic.scope_id, Role.BOARD)
            assert not held.holds(place.tactic.scope_id, Role.CLERK)
