"""Frozen records: one text for one content, and a chain that a single edit breaks."""

import doctest
import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from indicators.models import Indicator
from stocktakes import snapshots
from stocktakes.actions import freeze_snapshot
from stocktakes.models import Snapshot
from stocktakes.snapshots import NotPublishable, broken_at, canonical, check_publishable, fingerprint
from tests.factories import make_observation
from tests.stocktakes.scene import HELD, make_scene


@dataclass(frozen=True)
class Link:
    number: int
    content: str
    sha256: str
    previous_sha256: str


def make_chain(*contents):
    chain, previous = [], ""
    for number, content in enumerate(contents, 1):
        chain.append(Link(number, content, fingerprint(previous, content), previous))
        previous = chain[-1].sha256
    return chain


def test_one_content_has_one_text():
    one = {"b": [Decimal("85.300000"), None], "a": {"y": date(2019, 12, 12), "x": "Español"}}
    other = {"a": {"x": "Español", "y": date(2019, 12, 12)}, "b": (Decimal("85.3"), None)}
    assert canonical(one) == canonical(other) == '{"a":{"x":"Español","y":"2019-12-12"},"b":["85.3",null]}'


def test_a_float_has_many_spellings_and_is_refused():
    with pytest.raises(TypeError, match="float"):
        canonical({"value": 85.3})


def test_a_sound_chain_has_no_break():
    assert broken_at([]) is None
    assert broken_at(make_chain("{}", '{"a":1}', '{"b":2}')) is None


@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_changed_letter_breaks_the_chain_at_its_place(place):
    chain = make_chain("{}", '{"a":1}', '{"b":2}')
    chain[place] = replace(chain[place], content=chain[place].content + " ")
    assert broken_at(chain) == place + 1


def test_a_record_that_is_sealed_again_breaks_the_next_one():
    chain = make_chain("{}", '{"a":1}', '{"b":2}')
    chain[1] = replace(chain[1], content='{"a":9}', sha256=fingerprint(chain[0].sha256, '{"a":9}'))
    assert broken_at(chain) == 3


def test_a_record_taken_out_is_missed():
    chain = make_chain("{}", '{"a":1}', '{"b":2}')
    assert broken_at([chain[0], chain[2]]) == 2


def goal_with(reading, is_public=True):
    return {"goals": [{"statement": "Nine in ten", "measure": {"is_public": is_public}, "readings": [reading]}]}


def test_what_may_not_be_shown_is_not_frozen():
    withheld = {"low": None, "high": None, "n": None, "reason": "small_group"}
    check_publishable(goal_with(withheld))
    check_publishable(goal_with({"low": "85.3", "high": "85.3", "n": 5000, "reason": ""}))
    with pytest.raises(NotPublishable, match="withheld"):
        check_publishable(goal_with(withheld | {"n": 9}))
    with pytest.raises(NotPublishable, match="withheld"):
        check_publishable(goal_with(withheld | {"low": "44.4", "high": "44.4"}))
    with pytest.raises(NotPublishable, match="not public"):
        check_publishable(goal_with(withheld, is_public=False))


def test_a_stocktake_on_a_staff_only_indicator_is_refused_and_leaves_nothing(db):
    scene = make_scene("signed_off")
    scene.series.indicator.is_public = False
    scene.series.indicator.save()
    with pytest.raises(NotPublishable):
        freeze_snapshot(scene.stocktake, "held", day=HELD)
    assert not Snapshot.objects.exists()


def test_a_record_hides_what_is_no_longer_public(db, client):
    scene = make_scene()
    place = f"/plans/{scene.plan.slug}/stocktakes/{scene.cycle.slug}/{scene.stocktake.slug}/"
    assert "85.3" in client.get(place).content.decode()
    Indicator.objects.filter(pk=scene.series.indicator_id).update(is_public=False)
    assert "85.3" not in client.get(place).content.decode()
    assert client.get(f"{place}record.json").status_code == 410


def test_records_follow_each_other_and_anyone_can_compute_the_fingerprint(db):
    first, second = make_scene(), make_scene()
    one, two = Snapshot.objects.order_by("number")
    assert (one.stocktake, two.stocktake) == (first.stocktake, second.stocktake)
    assert one.sha256 == hashlib.sha256(one.content.encode()).hexdigest()
    assert two.sha256 == hashlib.sha256((one.sha256 + two.content).encode()).hexdigest()
    assert broken_at(Snapshot.objects.order_by("number")) is None


def test_the_record_holds_the_numbers_as_they_were_known_that_day(db):
    scene = make_scene("signed_off")
    make_observation(scene.series, 2019, "85.3", date(2020, 1, 16))
    content = json.loads(freeze_snapshot(scene.stocktake, "held", day=HELD).content)
    goal = content["goals"][0]
    assert [(r["period"], r["low"]) for r in goal["readings"]] == [(2017, "83.5"), (2018, "85.3")]
    assert goal["word"] == "on_track"
    assert set(goal["finding"]) == {"en", "es"}
    assert content["day"] == "2019-12-12"


def test_a_number_of_a_small_group_is_not_in_the_record(db):
    scene = make_scene("signed_off")
    make_observation(scene.series, 2019, "44.4", date(2019, 12, 1), n=9)
    text = freeze_snapshot(scene.stocktake, "held", day=HELD).content
    assert "44.4" not in text
    assert '"reason":"small_group"' in text


def test_the_database_refuses_to_change_or_drop_a_record(db):
    make_scene()
    for rewrite in (lambda rows: rows.update(content="{}"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rewrite(Snapshot.objects.all())
    assert Snapshot.objects.get().content != "{}"


def test_what_the_module_teaches_is_true():
    assert doctest.testmod(snapshots).failed == 0
