"""Undoing an import: what stood before is appended, what is newer is left and named, and an undo can be undone."""

import json
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from indicators import actions, publishing
from indicators.models import ImportBatch, Observation, Publication
from tests.factories import make_person
from tests.indicators.cast import DAY, bring_in, check, make_steward, row

pytestmark = pytest.mark.django_db
EARLIER, LATER, UNDONE_ON = date(2019, 8, 17), date(2020, 2, 1), date(2020, 3, 1)


def undo(batch, day=UNDONE_ON, person=None):
    return actions.undo_batch(batch, person, actions.undo_preview(batch, day).hash, day)


def values(day=None):
    """What is known of each period on a day, or current."""
    rows = Observation.objects.as_known_on(day) if day else Observation.objects.current()
    return {row.period: row.mark or row.value for row in rows}


def test_what_stood_before_stands_again_with_the_place_where_its_file_printed_it(world):
    first = bring_in(row("85.3"), row("84", "2018"), known_on=EARLIER)
    second = bring_in(row("85.9"), row("80", "2017"), known_on=DAY)
    taken_back = undo(second)
    assert values() == {2019: Decimal("85.3"), 2018: Decimal("84"), 2017: "tombstone"}
    again = Observation.objects.current().get(period=2019)
    fact = Observation.objects.get(batch=first, period=2019)
    assert (again.batch, again.restores) == (taken_back, fact)
    assert (again.sheet, again.row, again.column, again.citation_id) == (1, 2, 5, fact.citation_id)
    assert Observation.objects.count() == 6
    assert [batch.state for batch in ImportBatch.objects.order_by("pk")] == ["applied", "undone", "applied"]


def test_readers_are_told_the_file_from_which_a_restored_number_came(world):
    first = bring_in(row("85.3"), known_on=EARLIER)
    undo(bring_in(row("85.9"), row("80", "2018"), known_on=DAY))
    series = Observation.objects.first().series_id
    (reading,) = publishing.publishable([series], UNDONE_ON)[series]
    assert (reading.low, reading.batch_id, reading.row, reading.known_on) == (Decimal("85.3"), first.pk, 2, EARLIER)


def test_the_days_before_the_undoing_show_what_was_known_on_them(world):
    bring_in(row("85.3"), known_on=EARLIER)
    undo(bring_in(row("85.9"), known_on=DAY))
    assert values(EARLIER) == {2019: Decimal("85.3")}
    assert values(LATER) == {2019: Decimal("85.9")}
    assert values(UNDONE_ON) == {2019: Decimal("85.3")}


def test_a_cell_where_a_newer_import_stands_is_left_and_listed_with_that_import(world):
    wrong = bring_in(row("85.9"), row("80", "2018"), known_on=DAY)
    newer = bring_in(row("86.2"), known_on=LATER)
    plan = actions.undo_preview(wrong, UNDONE_ON)
    assert plan.counts == {"restored": 0, "taken_back": 1, "left": 1}
    assert plan.left_by == [(newer.pk, 1)]
    taken_back = actions.undo_batch(wrong, None, plan.hash, UNDONE_ON)
    assert values()[2019] == Decimal("86.2")
    (note,) = taken_back.findings.all()
    assert (note.kind, note.sheet, note.row, note.column) == ("note", 1, 2, 5)
    assert f"import {newer.pk}" in note.message


def test_undoing_the_newer_import_too_skips_the_one_undone_before(world):
    bring_in(row("85.0"), known_on=EARLIER)
    wrong = bring_in(row("85.9"), known_on=DAY)
    newer = bring_in(row("86.2"), known_on=LATER)
    undo(wrong)
    undo(newer)
    assert values() == {2019: Decimal("85.0")}


def test_an_undo_can_be_undone_at_any_depth(world):
    bring_in(row("85.0"), known_on=EARLIER)
    batch = step = bring_in(row("85.9"), known_on=DAY)
    for shown in ("85.0", "85.9", "85.0", "85.9"):
        step = undo(step)
        assert values() == {2019: Decimal(shown)}
    states = ["applied", "applied", "undone", "applied", "undone", "applied"]
    assert [found.state for found in ImportBatch.objects.order_by("pk")] == states
    again = undo(ImportBatch.objects.get(pk=batch.pk))
    assert again.undoes == step, "an import that was brought back goes by undoing the last undoing"
    assert values() == {2019: Decimal("85.0")}


def test_the_mended_file_of_the_same_day_stands_after_the_wrong_one_was_undone(world):
    wrong = bring_in(row("85.9"), row("84", "2018"), known_on=DAY)
    undo(wrong)
    mended = bring_in(row("85.3"), row("84", "2018"), known_on=DAY)
    assert (mended.new, mended.changed, mended.unchanged) == (2, 0, 0)
    assert values() == {2019: Decimal("85.3"), 2018: Decimal("84")}
    assert values(UNDONE_ON) == values()
    again = check(row("85.3"), row("84", "2018"))
    assert (again.new, again.changed, again.unchanged) == (0, 0, 2)


def test_an_older_vintage_brought_in_after_an_undo_stands_if_nothing_newer_does(world):
    undo(bring_in(row("85.9"), known_on=LATER))
    bring_in(row("84.9"), known_on=EARLIER)
    assert values() == {2019: Decimal("84.9")}
    bring_in(row("84.5"), known_on=date(2019, 7, 1))
    assert values() == {2019: Decimal("84.9")}


def test_after_an_undo_later_files_are_ranked_by_their_own_days_not_by_that_of_the_undo(world):
    undo(bring_in(row("85.9"), known_on=EARLIER))
    bring_in(row("84.9"), known_on=EARLIER)
    newer = bring_in(row("85.1"), known_on=DAY)
    assert values() == {2019: Decimal("85.1")}
    undo(newer)
    assert values() == {2019: Decimal("84.9")}


def test_verdicts_are_decided_for_what_an_undo_brings(world):
    bring_in(row("85.3"), known_on=EARLIER)
    undo(bring_in(row("85.9"), known_on=DAY))
    assert Publication.objects.count() == 3
    assert Observation.objects.current().get().publication.low == Decimal("85.3")


def test_when_numbers_moved_since_the_preview_nothing_is_undone(world):
    bring_in(row("85.0"), known_on=EARLIER)
    wrong = bring_in(row("85.9"), row("80", "2018"), known_on=DAY)
    plan = actions.undo_preview(wrong, UNDONE_ON)
    bring_in(row("86.2"), known_on=LATER)
    before = Observation.objects.count()
    with pytest.raises(actions.DifferenceMoved):
        actions.undo_batch(wrong, None, plan.hash, UNDONE_ON)
    wrong.refresh_from_db()
    assert wrong.state == "applied" and Observation.objects.count() == before
    assert not ImportBatch.objects.filter(kind="undo").exists()


def test_what_was_never_applied_or_is_undone_already_is_not_undone(world):
    open_batch = check(row("85"))
    with pytest.raises(actions.NotOpen, match="never applied"):
        actions.undo_preview(open_batch)
    batch = bring_in(row("85.9"))
    hash_of_preview = actions.undo_preview(batch, UNDONE_ON).hash
    undo(batch)
    with pytest.raises(actions.NotOpen, match="already"):
        actions.undo_batch(batch, None, hash_of_preview, UNDONE_ON)


def test_what_cannot_be_undone_is_named(world):
    batch = bring_in(row("85.9"), row("84", group="F"))
    batch.layout["created"] = {"organizations": ["CO-SCH:0042"]}
    batch.save()
    said = " ".join(actions.what_stays(actions.undo_preview(batch)))
    assert "recorded in stocktakes" in said and "created for this import stay" in said
    assert "2 series that this import began stay" in said


def test_an_undo_says_who_did_it_and_when_it_was_known(world):
    ana = make_person()
    taken_back = undo(bring_in(row("85.9"), known_on=DAY), person=ana)
    assert (taken_back.by, taken_back.known_on, taken_back.kind) == (ana, UNDONE_ON, "undo")
    assert taken_back.district == world.jeffco and taken_back.layout["undo"]["taken_back"] == 1


@pytest.mark.parametrize("size", [1, 3, 50])
def test_the_statements_of_undoing_do_not_grow_with_the_import(world, django_assert_num_queries, size):
    bring_in(*[row("40", str(1950 + number)) for number in range(size)], known_on=EARLIER)
    wrong = bring_in(*[row("41", str(1950 + number)) for number in range(size)], row("42", "2019"), known_on=DAY)
    bring_in(row("43", "2019"), known_on=LATER)
    with django_assert_num_queries(3):
        plan = actions.undo_preview(wrong, UNDONE_ON)
    with django_assert_num_queries(23):
        actions.undo_batch(wrong, None, plan.hash, UNDONE_ON)


def run(*arguments, **options):
    out = StringIO()
    call_command("undo_import", *arguments, stdout=out, stderr=out, **options)
    return out.getvalue()


def test_the_command_says_what_it_undid_and_what_it_left(world):
    steward = make_steward(world.jeffco)
    wrong = bring_in(row("85.9"), row("80", "2018"))
    newer = bring_in(row("86.2"), known_on=LATER)
    told = json.loads(run(str(wrong.pk), "--json", by=steward.email))
    assert (told["batch"], told["state"], told["taken_back"], told["left"]) == (wrong.pk, "undone", 1, 1)
    assert told["left_because_of"] == [{"batch": newer.pk, "cells": 1}]
    assert told["left_cells"] == [{"sheet": 1, "cell": "E2", "batch": newer.pk}]
    assert ImportBatch.objects.get(pk=told["undo"]).by == steward.person
    assert "applied" in run(str(told["undo"]))
    assert values()[2018] == Decimal("80")


def test_the_command_previews_without_writing_and_refuses_what_is_not_applied(world):
    wrong = bring_in(row("85.9"))
    assert json.loads(run(str(wrong.pk), "--json", "--preview"))["undo"] is None
    assert values() == {2019: Decimal("85.9")}
    run(str(wrong.pk))
    with pytest.raises(SystemExit) as left:
        run(str(wrong.pk))
    assert left.value.code == 3
    with pytest.raises(CommandError):
        run("999999")
