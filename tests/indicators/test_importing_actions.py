"""Bringing a file in: looked at as a difference, applied whole or not at all, facts only appended."""

from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from indicators import actions
from indicators.importing.refusals import FileRefused
from indicators.models import Citation, ImportBatch, Observation, Organization, Publication, Series
from tests.indicators.cast import DAY, HEADER, bring_in, check, long_form, row
from tests.indicators.test_importing_tables import workbook_of

pytestmark = pytest.mark.django_db
LATER, EARLIER = date(2020, 2, 1), date(2019, 1, 17)


def told(batch):
    return [(finding.kind, finding.row, finding.column_name, finding.message) for finding in batch.findings.all()]


def current(period=2019):
    return Observation.objects.current().get(period=period)


def counts(batch):
    return batch.new, batch.changed, batch.unchanged, batch.refused, batch.suspicious


def test_a_check_writes_no_number(world):
    batch = check(row("85.3"), by=None, source="CDE")
    assert counts(batch) == (1, 0, 0, 0, 0)
    assert batch.state == "checked" and batch.size and len(batch.sha256) == 64
    assert not Observation.objects.exists() and not Series.objects.exists() and not Citation.objects.exists()


def test_applying_writes_the_reading_with_its_place_source_and_verdict(world):
    batch = bring_in(row("85.3", group="F"))
    observation = Observation.objects.select_related("series", "citation", "publication").get()
    assert observation.series.group == world.female and observation.series.organization == world.jeffco
    assert (observation.period, observation.value, observation.n) == (2019, Decimal("85.3"), 6500)
    assert (observation.batch_id, observation.sheet, observation.row, observation.column) == (batch.pk, 1, 2, 5)
    assert (observation.known_on, observation.citation.text) == (DAY, "CDE")
    assert observation.publication.low == Decimal("85.3")
    assert batch.state == "applied" and batch.applied_at


def test_a_workbook_and_a_csv_file_of_the_same_rows_are_the_same(world):
    content = workbook_of(
        ["Graduation"], [], HEADER.split(","),
        ["graduation-4yr", "Class of 2019", 1420, "All students", 85.3, 6500, "CDE", None],
        ["Graduation in four years", 2018, "Jeffco Public Schools", None, "- -", "", "", None],
    )  # fmt: skip
    batch = actions.check_file(content, "book.xlsx", known_on=DAY, source="State file")
    actions.apply_batch(batch, None, batch.difference_hash)
    assert batch.layout["kind"] == "xlsx" and batch.layout["header_rows"] == [3]
    assert current(2019).value == Decimal("85.3") and current(2019).row == 4
    assert current(2018).mark == "suppressed" and current(2018).value is None
    assert current(2018).citation.text == "State file"
    again = actions.check_file(
        long_form(row("85.3"), row("*", "2018", n="")), "same.csv", known_on=DAY, source="State file"
    )
    assert counts(again) == (0, 0, 2, 0, 0)


def test_the_organization_is_known_by_full_code_by_code_and_by_name(world):
    batch = check(
        row("1", organization="CO:0108"),
        row("2", organization="0108", period="2018"),
        row("3", organization="alameda international", period="2017"),
        row("4", organization="CO:STATE", period="2016"),
    )
    assert batch.new == 4 and not batch.findings.exists()


def test_a_file_of_one_district_goes_to_its_stewards(world):
    assert check(row("85")).district == world.jeffco
    assert check(row("85"), row("84", organization="KY:275")).district is None


def test_every_unreadable_cell_is_named_with_its_row_and_column(world):
    batch = check(
        row("85.3"),
        row("x", "Class of 2018", organization="CO:9999"),
        row("85", "Whenever"),
        row("101", "Class of 2016"),
        row("85", "Class of 2015", indicator="unheard-of", n="few"),
        row("85", "Class of 2014", group="Left-handed"),
    )
    assert counts(batch) == (1, 0, 0, 5, 0)
    places = {(kind, at, column) for kind, at, column, _message in told(batch)}
    assert places == {
        ("refused", 3, "organization"), ("refused", 3, "value"), ("refused", 4, "period"), ("refused", 5, "value"),
        ("refused", 6, "indicator"), ("refused", 6, "n"), ("refused", 7, "group"),
    }  # fmt: skip
    assert batch.layout["missing"] == {
        "indicators": ["unheard-of"], "organizations": ["CO:9999"], "groups": ["Left-handed"],
    }  # fmt: skip


def test_another_districts_numbers_are_refused(world):
    batch = check(row("85"), row("84", organization="KY:275"), district=world.jeffco)
    assert counts(batch) == (1, 0, 0, 1, 0)
    assert "another district" in told(batch)[0][3]


def test_a_district_does_not_write_the_figures_of_another_state(world):
    kentucky = Organization.objects.create(kind="state", authority="KY", code="STATE", name="Kentucky")
    rows = long_form(row("1", organization="CO:STATE"), row("2", organization="KY:STATE"))
    world.jcps.parent = kentucky
    world.jcps.save()
    batch = actions.check_file(rows, "a.csv", known_on=DAY, district=world.jcps)
    assert counts(batch) == (1, 0, 0, 1, 0)
    assert told(batch)[0][:3] == ("refused", 2, "organization")


def test_a_reading_given_twice_alike_is_taken_once_and_one_given_differently_is_refused_and_named(world):
    batch = check(row("81.4"), row("81.406"), row("80", "2018"), row("80", "2018"), row("79", "2017"))
    assert counts(batch) == (2, 0, 0, 2, 0)
    messages = {at: message for _kind, at, _column, message in told(batch)}
    assert messages[2] == messages[3] == "Rows 2, 3 contradict each other: one reading, different values."
    assert messages[5].endswith("is taken once: 1 here, such as 4, 5.") and 4 not in messages


def test_of_two_alike_the_one_that_tells_the_size_of_the_group_is_taken(world):
    batch = check(row("80", n=""), row("80", n="6500"))
    difference, _lookups = actions.difference_of(batch)
    assert [(change.entry.row, change.entry.n) for change in difference.changes] == [(3, 6500)]


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


def test_a_file_is_compared_with_what_was_known_on_its_own_day(world):
    bring_in(row("85.3"), known_on=EARLIER)
    bring_in(row("85.9"), known_on=LATER)
    assert counts(check(row("85.3"), known_on=DAY)) == (0, 0, 1, 0, 0)
    assert counts(check(row("85.9"), known_on=DAY)) == (0, 1, 0, 0, 0)
    assert counts(check(row("85.9"), known_on=LATER)) == (0, 0, 1, 0, 0)


def test_the_same_file_twice_changes_nothing_and_is_noticed(world):
    first = bring_in(row("85.3"))
    second = bring_in(row("85.3"))
    assert counts(second) == (0, 0, 1, 0, 0)
    assert Observation.objects.count() == 1
    assert told(second) == [("note", 0, "", f"The very same file was applied before, as import {first.pk}.")]


def test_silence_about_the_size_of_a_group_contradicts_nothing(world):
    bring_in(row("85.3"))
    assert check(row("85.3", n="")).unchanged == 1
    assert check(row("85.3", n="6501")).changed == 1


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


def test_a_stored_files_name_says_nothing(world):
    batch = actions.check_file(long_form(row("85.3")), "../../secret names.csv", known_on=DAY)
    assert "secret" not in batch.file.name and ".." not in batch.file.name


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


def test_a_file_of_fractions_is_suspicious_where_nothing_is_known(world):
    batch = check(*[row(f"0.8{number}", f"{2010 + number}") for number in range(4)])
    assert batch.suspicious == 4


def test_ordinary_changes_and_counts_are_not_suspicious(world):
    bring_in(row("2.1"), row("1.9", "2018"), row("120", "2018", indicator="seats"))
    batch = check(row("0.9"), row("0.4", "2017"), row("150", "2018", indicator="seats"), known_on=LATER)
    assert batch.suspicious == 0


def test_a_number_cannot_be_known_before_it_was_published(world):
    with pytest.raises(FileRefused, match="before they are published"):
        check(row("85.3"), known_on=date(timezone.localdate().year + 1, 1, 1))


def test_a_table_without_rows_is_refused(world):
    with pytest.raises(FileRefused, match="no rows below"):
        check()


def test_a_file_over_the_limit_is_refused(world, settings):
    settings.UPLOAD_LIMIT = 20
    with pytest.raises(FileRefused, match="larger than"):
        check(row("85.3"))


@pytest.mark.parametrize("size", [1, 3, 50])
def test_the_statements_of_a_check_do_not_grow_with_the_file(world, django_assert_num_queries, size):
    bring_in(row("1", "1990"), known_on=EARLIER)
    rows = [row(str(number), str(1950 + number)) for number in range(size)]
    with django_assert_num_queries(27):
        check(*rows)


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
