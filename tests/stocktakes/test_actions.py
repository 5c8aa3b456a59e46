"""Steps of a stocktake: one after another, two people for a signature, a frozen record when it is held."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from stocktakes.actions import StepRefused, take_step
from stocktakes.models import Snapshot
from tests.factories import make_person
from tests.stocktakes.scene import HELD, make_scene


def test_a_stocktake_walks_from_planned_to_closed_and_is_frozen_twice(db):
    scene = make_scene("planned")
    sponsor, clerk, leader = make_person(), make_person(), scene.leader
    steps = [
        ("preparation", leader),
        ("submitted", leader),
        ("signed_off", sponsor),
        ("held", clerk),
        ("closed", clerk),
    ]
    for state, person in steps:
        step = take_step(scene.stocktake, state, by=person, day=HELD)
    assert step.number == 6
    assert [snapshot.moment for snapshot in Snapshot.objects.all()] == ["submitted", "held"]


@pytest.mark.parametrize(("state", "wanted"), [("planned", "held"), ("submitted", "closed"), ("held", "submitted")])
def test_no_step_is_left_out_and_none_goes_back(db, state, wanted):
    scene = make_scene(state)
    with pytest.raises(StepRefused, match=state):
        take_step(scene.stocktake, wanted, by=scene.leader, day=HELD)


@pytest.mark.parametrize("state", ["signed_off", "returned"])
def test_nobody_signs_off_or_sends_back_what_the_same_person_submitted(db, state):
    scene = make_scene("submitted")
    with pytest.raises(IntegrityError), transaction.atomic():
        take_step(scene.stocktake, state, by=scene.leader, day=HELD)
    assert scene.stocktake.steps.count() == 3
    assert take_step(scene.stocktake, state, by=make_person(), day=HELD).submitted_by == scene.leader


def test_a_stocktake_that_was_sent_back_can_be_submitted_again_by_another_who_is_then_its_author(db):
    scene = make_scene("submitted")
    second, sponsor = make_person(), make_person()
    take_step(scene.stocktake, "returned", by=sponsor, day=HELD, words="Say what did not work.")
    take_step(scene.stocktake, "submitted", by=second, day=HELD)
    with pytest.raises(IntegrityError), transaction.atomic():
        take_step(scene.stocktake, "signed_off", by=second, day=HELD)
    take_step(scene.stocktake, "signed_off", by=sponsor, day=HELD)


def test_a_step_that_cannot_be_frozen_is_not_taken(db):
    scene = make_scene("signed_off")
    scene.series.indicator.is_public = False
    scene.series.indicator.save()
    with pytest.raises(ValueError, match="not public"):
        take_step(scene.stocktake, "held", by=make_person(), day=date(2019, 12, 12))
    assert scene.stocktake.steps.count() == 4
