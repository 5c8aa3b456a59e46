"""A looked-at file is applied whole or not at all, by one person, and facts are only appended."""

from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from indicators import actions
from indicators.models import ImportBatch, Observation, Publication
from tests.indicators.cast import DAY, bring_in, check, counts, current, row, told

pytestmark = pytest.mark.django_db
LATER, EARLIER = date(2020, 2, 1), date(2019, 7, 17)


def test_applying_writes_the_reading_with_its_place_source_and_verdict(world):
    batch = bring_in(row("85.3", group="F"))
    observation = Observation.objects.select_related("series", "citation", "publication").get()
    assert observation.series.group == world.female and observation.series.organization == world.jeffco
    assert (observation.period, observation.value, observation.n) == (2019, Decimal("85.3"), 6500)
    assert (observation.batch_id, observation.sheet, observation.row, observation.column) == (batch.pk, 1, 2, 5)
    assert (observation.known_on, observation.citation.text) == (DAY, "CDE")
    assert observation.publication.low == Decimal("85.3")
    assert batch.state == "applied" and batch.applied_at


def test_refused_rows_are_left_out_only_by_explicit_choice(world):
    batch = check(row("85.3"), row("x", "2018"))
    with pytest.raises(actions.NeedsChoice):
        actions.apply_batch(batch, None, batch.difference_hash)
    assert not Observation.objects.exists() and ImportBatch.objects.get().state == "checked"
    actions.apply_batch(batch, None, batch.difference_hash, skip_refused=True)
    assert current().value == Decimal("85.3")
    assert batch.refused == 1 and batch.findings.count() == 1


def test_a_changed_value_closes_the_earlier_row_and_keeps_it(world):
    bring_in(row("85.3"))
    batch = bring_in(row("85.9"), known_on=LATER)
    assert counts(batch) == (0, 1, 0, 0, 0)
    first, second = Observation.objects.order_by("pk")
    assert (first.value, second.value) == (Decimal("85.3"), Decimal("85.9"))
    assert first.closed_at and second.closed_at is None
    assert Publication.objects.count() == 2


def test_an_older_vintage_loaded_later_never_displaces_a_newer_one(world):
    bring_in(row("85.9"), known_on=LATER)
    batch = bring_in(row("85.3"), known_on=EARLIER)
    assert counts(batch) == (1, 0, 0, 0, 0)
    assert current().value == Decimal("85.9")
    assert Observation.objects.get(batch=batch).closed_at is not None
    known = Observation.objects.as_known_on(DAY)
    assert [observation.value for observation in known] == [Decimal("85.3")]


def test_a_taken_back_reading_counts_as_none(world):
    bring_in(row("85.3"))
    standing = current()
    Observation.objects.filter(pk=standing.pk).update(closed_at=timezone.now())
    Observation.objects.create(
        series=standing.series, period=2019, mark="tombstone", known_on=DAY, batch=standing.batch
    )
    batch = bring_in(row("85.3"), known_on=LATER)
    assert counts(batch) == (1, 0, 0, 0, 0)
    assert current().value == Decimal("85.3")


def test_when_the_data_moved_since_the_preview_nothing_is_written_and_the_new_difference_is_kept(world):
    batch = check(row("85.3"), row("84", "2018"))
    previewed = batch.difference_hash
    other = bring_in(row("85.0"))
    with pytest.raises(actions.DifferenceMoved):
        actions.apply_batch(batch, None, previewed)
    batch = ImportBatch.objects.get(pk=batch.pk)
    assert batch.state == "checked" and counts(batch) == (1, 1, 0, 0, 0)
    assert batch.difference_hash != previewed
    assert list(Observation.objects.values_list("batch", flat=True)) == [other.pk]
    actions.apply_batch(batch, None, batch.difference_hash)
    assert current().value == Decimal("85.3")


def test_a_batch_that_another_applies_while_its_new_difference_is_made_stays_applied(world):
    batch = check(row("85.3"))
    slow = ImportBatch.objects.get(pk=batch.pk)
    difference, _lookups = actions.difference_of(slow)
    actions.apply_batch(batch, None, batch.difference_hash)
    with pytest.raises(actions.NotOpen):
        actions.checking.keep_check(slow, difference)
    assert ImportBatch.objects.get(pk=batch.pk).state == "applied"


def test_a_batch_is_applied_once(world):
    batch = bring_in(row("85.3"))
    with pytest.raises(actions.NotOpen):
        actions.apply_batch(batch, None, batch.difference_hash)
    assert Observation.objects.count() == 1


def test_a_discarded_batch_forgets_its_file_and_cannot_be_applied(world):
    batch = check(row("85.3"))
    name = batch.file.name
    assert default_storage.exists(name)
    actions.discard_batch(batch)
    assert not default_storage.exists(name) and batch.state == "discarded"
    with pytest.raises(actions.NotOpen):
        actions.discard_batch(batch)


def test_a_hundred_times_jump_needs_a_yes_or_a_no(world):
    bring_in(row("85.3"), row("84", "2018"))
    batch = check(row("0.859"), row("0.84", "2017"), row("86", "2016"), known_on=LATER)
    assert counts(batch) == (1, 0, 0, 0, 2)
    assert {(kind, at) for kind, at, _column, _message in told(batch)} == {("suspicious", 2), ("suspicious", 3)}
    with pytest.raises(actions.NeedsChoice):
        actions.apply_batch(batch, None, batch.difference_hash)
    actions.apply_batch(batch, None, batch.difference_hash, suspicious=actions.LEAVE_OUT)
    assert (batch.new, batch.changed) == (1, 0)
    assert current().value == Decimal("85.3")


def test_a_suspicious_value_is_kept_when_somebody_says_so(world):
    bring_in(row("85.3"))
    batch = bring_in(row("0.859"), known_on=LATER, suspicious=actions.KEEP)
    assert current().value == Decimal("0.859") and batch.changed == 1


@pytest.mark.parametrize("size", [1, 3, 50])
def test_the_statements_of_applying_do_not_grow_with_the_file(world, django_assert_num_queries, size):
    bring_in(*[row("40", str(1950 + number)) for number in range(size)])
    organizations = ["CO:1420", "CO:0108"]
    rows = [
        row("41", str(1950 + number), organization=place, source="New")
        for number in range(size)
        for place in organizations
    ]
    batch = check(*rows, known_on=LATER)
    assert (batch.new, batch.changed) == (size, size)
    with django_assert_num_queries(39):
        actions.apply_batch(batch, None, batch.difference_hash)


def test_a_refused_choice_leaves_the_batch_open(world):
    batch = check(row("85.3"), row("x", "2018"))
    with pytest.raises(actions.NeedsChoice):
        actions.apply_batch(batch, None, batch.difference_hash)
    batch.refresh_from_db()
    assert (batch.state, batch.lease_until) == ("checked", None)


def test_a_batch_that_somebody_is_writing_is_not_written_by_another(world):
    batch = check(row("85.3"))
    ImportBatch.objects.filter(pk=batch.pk).update(
        state="applying", lease_until=timezone.now() + timedelta(minutes=1)
    )  # fmt: skip
    with pytest.raises(actions.NotOpen):
        actions.apply_batch(batch, None, batch.difference_hash)
    assert not actions.expired_batches().exists() and actions.release_expired() == 0
    assert not Observation.objects.exists()


def test_a_batch_whose_writer_died_is_found_by_its_expired_lease(world):
    batch = check(row("85.3"))
    ImportBatch.objects.filter(pk=batch.pk).update(
        state="applying", lease_until=timezone.now() - timedelta(seconds=1)
    )  # fmt: skip
    assert actions.expired_batches().get() == batch
    out = StringIO()
    call_command("release_imports", stdout=out)
    assert f"Import {batch.pk}, file.csv" in out.getvalue()
    batch.refresh_from_db()
    assert batch.state == "checked" and "broke off" in batch.problem
    actions.apply_batch(batch, None, batch.difference_hash)
    assert current().value == Decimal("85.3")


def test_an_expired_lease_may_be_taken_over_at_once(world):
    batch = check(row("85.3"))
    ImportBatch.objects.filter(pk=batch.pk).update(
        state="applying", lease_until=timezone.now() - timedelta(seconds=1)
    )  # fmt: skip
    assert actions.apply_batch(batch, None, batch.difference_hash).state == "applied"
