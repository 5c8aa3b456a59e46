"""The plan administrator's pages: a stocktake begins with the step that plans it, and facts stay as they are."""

from datetime import date

import pytest
from django.urls import reverse

from stocktakes.models import Snapshot, Stocktake
from tests.factories import DAY, make_person, make_user
from tests.stocktakes.scene import make_scene

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def planner(client):
    person = make_person()
    client.force_login(make_user(person, is_staff=True, is_superuser=True))
    return person


def test_a_new_stocktake_is_planned_by_who_entered_it(client, planner):
    scene = make_scene("planned")
    empty = {
        f"{name}-{part}": 0
        for name in ("commitments", "requests", "slides")
        for part in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    form = {"cycle": scene.cycle.pk, "tactic": scene.tactic.pk, "slug": "second", "planned_on": "2020-06-11"} | empty
    response = client.post(reverse("admin:stocktakes_stocktake_add"), form)
    assert response.status_code == 302, response.context and response.context["errors"]
    step = Stocktake.objects.get(slug="second").steps.get()
    assert (step.state, step.by, step.known_on) == ("planned", planner, DAY)
    assert Stocktake.objects.get(slug="second").planned_on == date(2020, 6, 11)


def test_facts_can_be_read_and_not_edited(client, planner):
    make_scene()
    frozen = Snapshot.objects.get()
    assert client.get(reverse("admin:stocktakes_snapshot_changelist")).status_code == 200
    assert client.get(reverse("admin:stocktakes_snapshot_add")).status_code == 403
    assert (
        client.post(reverse("admin:stocktakes_snapshot_change", args=[frozen.pk]), {"content": "{}"}).status_code == 403
    )
    assert (
        client.post(reverse("admin:stocktakes_snapshot_delete", args=[frozen.pk]), {"post": "yes"}).status_code == 403
    )
