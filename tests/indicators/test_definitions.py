"""What an import created is shown only after a steward read its definition, and only by a steward of its numbers."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from indicators.models import Indicator, Publication
from indicators.publishing import publishable
from tests.factories import make_indicator, make_observation, make_series, make_user
from tests.indicators.cast import make_steward

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates_without_sql")]
DAY = date(2020, 2, 6)


@pytest.fixture
def world(world):
    world.created = make_indicator(code="mobility", name="Mobility rate", is_public=False)
    world.series = make_series(world.created, world.jeffco)
    make_observation(world.series, 2019, "12.5", n=40)
    return world


def address(world):
    return reverse("indicator-define", args=[world.created.code])


def definition(**changes):
    return {
        "name": "Student mobility", "question": "How many students move?", "description": "", "unit": "percent",
        "decimals": "1", "direction": "lower", "counts": "students", "minimum_n": "16", "source": "CDE", "method": "",
        "steward": "", "act": "show",
    } | changes  # fmt: skip


def test_a_steward_completes_and_shows_it(client, world):
    client.force_login(make_steward(world.jeffco))
    quality = client.get(reverse("data-quality"))
    assert address(world) in quality.text
    assert publishable([world.series.pk], DAY) == {}
    assert client.post(address(world), definition()).status_code == 302
    world.created.refresh_from_db()
    assert (world.created.is_public, world.created.name, world.created.direction) == (True, "Student mobility", "lower")
    assert publishable([world.series.pk], DAY)[world.series.pk][0].low == Decimal("12.5")
    assert client.get(address(world)).status_code == 404, "once it is shown, the administration keeps it"


def test_a_larger_smallest_group_is_obeyed_at_once(client, world):
    client.force_login(make_steward(world.jeffco))
    client.post(address(world), definition(minimum_n="50"))
    assert Publication.objects.get().reason == "small_group"


def test_it_may_be_kept_for_staff_and_a_mistake_keeps_what_was_typed(client, world):
    client.force_login(make_steward(world.jeffco))
    client.post(address(world), definition(act="keep"))
    assert Indicator.objects.get(code="mobility").is_public is False
    wrong = client.post(address(world), definition(name="", question="Kept?", minimum_n="5"))
    assert wrong.status_code == 422 and "Kept?" in wrong.text
    assert "the smallest publishable group is never under 10" in wrong.text


def test_nobody_shows_numbers_of_another_district(client, world):
    client.force_login(make_steward(world.jcps))
    assert client.get(address(world)).status_code == 404
    make_series(world.created, world.jcps)
    for steward in (make_steward(world.jeffco), make_steward(world.jcps), make_user()):
        client.force_login(steward)
        assert client.get(address(world)).status_code == 404, "numbers of two districts are the administration's"
