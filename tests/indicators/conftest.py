"""The world into which numbers are brought, and Ana, its data steward."""

import pytest

from tests.indicators.cast import make_steward, make_world


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def steward(world, client):
    """Ana, data steward of Jeffco, signed in."""
    user = make_steward(world.jeffco)
    client.force_login(user)
    return user
