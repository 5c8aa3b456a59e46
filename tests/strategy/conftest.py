"""The cast of a tactic: Ana leads, Ben of the same district reads, Cleo of another is a stranger."""

from datetime import date

import pytest

from accounts.models import Role
from tests.factories import (
    grant,
    make_district,
    make_goal,
    make_milestone,
    make_observation,
    make_person,
    make_plan,
    make_series,
    make_strategy,
    make_tactic,
    make_update,
    make_user,
)


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def ana():
    """Leads the tactic."""
    return make_user(make_person("Ana"), "ana@example.org")


@pytest.fixture
def ben(plan):
    """Sits on the board of the same district: reads."""
    user = make_user(make_person("Ben"), "ben@example.org")
    grant(user.person, Role.BOARD, plan.district.scope)
    return user


@pytest.fixture
def cleo():
    """Leads a tactic of the other district: a stranger here."""
    user = make_user(make_person("Cleo"), "cleo@example.org")
    make_tactic(make_strategy(make_plan(make_district("D-other"))), leader=user.person)
    return user


@pytest.fixture
def tactic(plan, ana):
    return make_tactic(make_strategy(plan), leader=ana.person)


@pytest.fixture
def milestone(tactic):
    """First due on June 5, 2020; last reported on January 8."""
    milestone = make_milestone(tactic, due_on=date(2020, 6, 5), title="Teams at all high schools")
    make_update(milestone, due_on=date(2020, 6, 5), note="Eleven of seventeen.")
    return milestone


@pytest.fixture
def dora(plan):
    """Sponsors the plan: adopts or declines what its leaders propose."""
    user = make_user(make_person("Dora"), "dora@example.org")
    grant(user.person, Role.SPONSOR, plan.scope)
    return user


@pytest.fixture
def goal(tactic, plan):
    """At least 90% of the class of 2022, from 83.5% of the class of 2017; two classes have come."""
    series = make_series(organization=plan.district)
    for period, value in [(2017, "83.5"), (2018, "85.3"), (2019, "85.3")]:
        make_observation(series, period, value, date(period + 1, 1, 16))
    return make_goal(tactic, series)
