"""A file is looked at: what would change, what is refused and why, and no number is written."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from indicators import actions
from indicators.importing.refusals import FileRefused
from indicators.models import Citation, Observation, Organization, Series
from tests.indicators.cast import DAY, HEADER, bring_in, check, counts, current, long_form, row, told
from tests.workbooks import workbook_of

pytestmark = pytest.mark.django_db
LATER, EARLIER = date(2020, 2, 1), date(2019, 7, 17)


def test_a_check_writes_no_number(world):
    batch = check(row("85.3"), by=None, source="CDE")
    assert counts(batch) == (1, 0, 0, 0, 0)
    assert batch.state == "checked" and batch.size and len(batch.sha256) == 64
    assert not Observation.objects.exists() and not Series.objects.exists() and not Citation.objects.exists()


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


def test_a_file_is_compared_with_what_was_known_on_its_own_day(world):
    bring_in(row("85.3"), known_on=EARLIER)
    bring_in(row("85.9"), known_on=LATER)
    assert counts(check(row("85.3"), known_on=DAY)) == (0, 0, 1, 0, 0)
    assert counts(check(row("85.9"), known_on=DAY)) == (0, 1, 0, 0, 0)
    assert counts(check(row("85.9"), known_on=LATER)) == (0, 0, 1, 0, 0)


def test_silence_about_the_size_of_a_group_contradicts_nothing(world):
    bring_in(row("85.3"))
    assert check(row("85.3", n="")).unchanged == 1
    assert check(row("85.3", n="6501")).changed == 1


def test_a_stored_files_name_says_nothing(world):
    batch = actions.check_file(long_form(row("85.3")), "../../secret names.csv", known_on=DAY)
    assert "secret" not in batch.file.name and ".." not in batch.file.name


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
