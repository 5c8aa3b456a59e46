"""The same file again, and what a check has read: nothing is read or written twice without need."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from indicators import actions
from indicators.models import Observation
from tests.indicators.cast import bring_in, check, counts, current, row, told

pytestmark = pytest.mark.django_db
LATER = date(2020, 2, 1)


def test_the_same_file_twice_changes_nothing_and_is_noticed(world):
    first = bring_in(row("85.3"))
    second = bring_in(row("85.3"))
    assert counts(second) == (0, 0, 1, 0, 0)
    assert Observation.objects.count() == 1
    assert told(second) == [("note", 0, "", f"The very same file was applied before, as import {first.pk}.")]


def test_applying_does_not_read_the_file_again(world):
    batch = check(row("85.3"), row("*", "2018", n=""), row("x", "2017"))
    default_storage.delete(batch.file.name)
    actions.apply_batch(batch, None, batch.difference_hash, skip_refused=True)
    assert current().value == Decimal("85.3") and current(2018).mark == "suppressed"


def test_the_file_is_read_again_where_the_rules_moved_since_its_check(world):
    batch = check(row("85.3"), row("84", "2018"))
    world.graduation.natural_high = 85
    world.graduation.save()
    with pytest.raises(actions.DifferenceMoved):
        actions.apply_batch(batch, None, batch.difference_hash)
    batch.refresh_from_db()
    assert counts(batch) == (1, 0, 0, 1, 0) and batch.state == "checked"
    assert not Observation.objects.exists()


def test_kept_readings_that_were_cut_off_are_not_believed(world):
    batch = check(row("85.3"))
    name = batch.readings.name
    with default_storage.open(name) as stored:
        content = stored.read()
    default_storage.delete(name)
    default_storage.save(name, ContentFile(content[: len(content) // 2]))
    actions.apply_batch(batch, None, batch.difference_hash)
    assert current().value == Decimal("85.3")


def test_the_same_file_is_not_read_a_second_time(world, monkeypatch):
    first = bring_in(row("85.3"), row("x", "2018"), skip_refused=True)
    monkeypatch.setattr(actions.reading, "read_workbook", None)  # would fail if it were opened
    again = check(row("85.3"), row("x", "2018"))
    assert counts(again) == (0, 0, 1, 1, 0)
    assert [at for kind, at, _column, _message in told(again) if kind == "refused"] == [3]
    assert again.layout["header_rows"] == first.layout["header_rows"] and again.district == first.district


def test_the_same_file_under_other_rules_or_after_an_undo_is_read(world, monkeypatch):
    batch = bring_in(row("85.3"), row("84", "2018"))
    world.graduation.natural_high = 85
    world.graduation.save()
    assert counts(check(row("85.3"), row("84", "2018"))) == (0, 0, 1, 1, 0)
    world.graduation.natural_high = 100
    world.graduation.save()
    actions.undo_batch(batch, None, actions.undo_preview(batch).hash)
    assert counts(check(row("85.3"), row("84", "2018"))) == (2, 0, 0, 0, 0)


def test_an_import_that_changed_nothing_is_compared_again_where_numbers_moved_since(world):
    bring_in(row("85.3"))
    second = check(row("85.3"), row("85.3", "2018"))
    nothing = check(row("85.3"), known_on=LATER)
    actions.apply_batch(second, None, second.difference_hash)
    wrong = bring_in(row("85.9"), known_on=LATER)
    with pytest.raises(actions.DifferenceMoved):
        actions.apply_batch(nothing, None, nothing.difference_hash)
    nothing.refresh_from_db()
    assert (nothing.state, nothing.changed) == ("checked", 1) and current().batch == wrong


@pytest.mark.parametrize("size", [1, 50])
def test_an_import_that_changes_nothing_takes_few_statements(world, django_assert_num_queries, size):
    rows = [row("40", str(1950 + number)) for number in range(size)]
    bring_in(*rows)
    again = check(*rows)
    with django_assert_num_queries(9):
        actions.apply_batch(again, None, again.difference_hash)
    assert again.state == "applied" and Observation.objects.count() == size
