"""A yearly claim and a monthly one, and who may do what with them: Ana leads, Dan is of the team, Eva a steward."""

import pytest

from accounts.models import Role
from strategy.models import TeamMember
from tests.factories import START, grant, make_goal, make_person, make_user
from tests.strategy.learning import LEADING, RESULTS, make_leading, monthly_series, yearly_series


@pytest.fixture
def goal(tactic):
    return make_goal(tactic, yearly_series(tactic, 2010, RESULTS, "Graduation"))


@pytest.fixture
def series(tactic):
    return yearly_series(tactic, 2009, LEADING)


@pytest.fixture
def leading(goal, series):
    return make_leading(goal, series)


@pytest.fixture
def dan(tactic):
    """A member of the team."""
    user = make_user(make_person("Dan"), "dan@example.org")
    TeamMember.objects.create(tactic=tactic, person=user.person, role="member", since=START)
    return user


@pytest.fixture
def eva(plan):
    """A data steward of the district."""
    user = make_user(make_person("Eva"), "eva@example.org")
    grant(user.person, Role.STEWARD, plan.district.scope)
    return user


@pytest.fixture
def monthly(goal, tactic):
    return make_leading(goal, monthly_series(tactic), lag_days=0)
