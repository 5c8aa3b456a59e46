"""What a check found, kept: differences and findings by kind, sheet and text, and the workbook with comments."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from indicators import actions
from indicators.importing import commented
from indicators.importing.comparisons import FreshDifference, KeptDifference, line_of
from indicators.views import imports
from tests.indicators.cast import DAY, HEADER, bring_in, check, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates_without_sql", "steward")]
EARLIER = date(2019, 7, 17)


def varied(world):
    """A new, a changed, an unchanged and a suspicious reading, a mark, and two refused rows."""
    bring_in(row("85.3"), row("84", "2018"), row("80", "2017"), known_on=EARLIER)
    return check(
        row("85.9", n="6,500"), row("84", "2018"), row("0.81", "2017"), row("*", "2016", organization="CO:0108", n=""),
        row("< 16", "2015", group="Female"), row("x", "2014"), row("70", "2013", organization="CO:9998"),
        district=world.jeffco, source="CDE",
    )  # fmt: skip


def get(client, batch, page, **asked):
    return client.get(reverse(f"import-{page}", args=[batch.pk]), asked).content.decode()


def test_what_is_kept_says_the_same_as_what_was_found(world):
    batch = varied(world)
    difference, _lookups = actions.difference_of(batch)
    kept, found = KeptDifference(batch), FreshDifference(difference)
    assert kept.counts == found.counts and kept.hash == found.hash
    assert (kept.all, kept.indicators, kept.sheets) == (found.all, found.indicators, found.sheets) and kept.all == 4
    lines = [[line_of(change) for change in changes] for changes, _all in (kept.shown(0, 10), found.shown(0, 10))]
    assert lines[0] == lines[1]
    written = [sorted(c.entry.row for c in each.changes_of({world.graduation.pk})) for each in (kept, found)]
    assert written[0] == written[1] and len(written[0]) == 4
    assert not kept.changes_of({world.seats.pk})


def test_a_kept_preview_does_not_read_the_file_again(world, client):
    batch = varied(world)
    batch.file.storage.delete(batch.file.name)
    assert "would change 1 number and add 2 numbers" in get(client, batch, "detail")


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ({}, 4),
        ({"kind": "suspicious"}, 1),
        ({"kind": "new"}, 2),
        ({"kind": "new", "text": "alameda"}, 1),
        ({"text": "female"}, 1),
        ({"text": "graduation"}, 4),
        ({"text": "E2"}, 1),
        ({"text": "nobody"}, 0),
        ({"kind": "nonsense", "sheet": "x"}, 4),
    ],
)
def test_differences_are_looked_through(world, client, asked, rows):
    assert get(client, varied(world), "differences", **asked).count('<tr><td><span class="cell">') == rows


@pytest.mark.parametrize(
    ("asked", "rows"),
    [({}, 3), ({"kind": "refused"}, 2), ({"kind": "suspicious"}, 1), ({"text": "9998"}, 1), ({"text": "%"}, 0)],
)
def test_findings_are_looked_through(world, client, asked, rows):
    assert get(client, varied(world), "findings", **asked).count('<tr><th scope="row">') == rows


@pytest.mark.parametrize(("size", "shown"), [(2, 2), (25, 5)])
def test_many_differences_stand_on_pages_whose_queries_do_not_grow(
    world, client, django_assert_num_queries, monkeypatch, size, shown
):
    monkeypatch.setattr(imports, "PAGE", 10)
    batch = check(*[row(str(40 + number), str(1950 + number)) for number in range(size)], district=world.jeffco)
    address = reverse("import-differences", args=[batch.pk])
    with django_assert_num_queries(11):
        page = client.get(address, {"page": 3, "kind": "new"}).content.decode()
    assert page.count('<tr><td><span class="cell">') == shown
    assert size == 2 or "kind=new&amp;page=2" in page
    assert client.get(address, {"page": "x" * 9}).status_code == 200


def workbook(*rows, formula=None):
    book = Workbook()
    book.active.title = "Notes"
    book.active["A1"] = "State report"
    sheet = book.create_sheet("Data")
    sheet.append(HEADER.split(","))
    sheet.column_dimensions["A"].width = 33
    for line in rows:
        sheet.append(line.split(","))
    if formula:
        sheet["J1"] = formula
    stored = io.BytesIO()
    book.save(stored)
    return stored.getvalue()


def given_back(client, batch):
    response = client.get(reverse("import-workbook", args=[batch.pk]))
    assert response["Cache-Control"] == "private, no-store"
    return response, b"".join(response) if response.streaming else response.content


def test_a_workbook_comes_back_as_it_was_with_comments_in_its_cells(world, client):
    content = workbook(row("x"), row("84", "2018"), formula="=SUM(E2:E3)")
    batch = actions.check_file(content, "Zahlen 2019.xlsx", known_on=DAY, district=world.jeffco)
    response, content = given_back(client, batch)
    book = load_workbook(io.BytesIO(content))
    assert "Zahlen 2019 - with comments.xlsx" in response["Content-Disposition"]
    assert book.sheetnames == ["Notes", "Data"] and book["Data"].column_dimensions["A"].width == 33
    assert "Refused: This is neither a number nor a mark" in book["Data"]["E2"].comment.text
    assert book["Data"]["E3"].comment is None and book["Data"]["J1"].value == "=SUM(E2:E3)"


def test_a_csv_comes_back_as_a_workbook_of_texts_without_formulas(world, client):
    batch = check(row("x", source="=1+1"), district=world.jeffco)
    _response, content = given_back(client, batch)
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet["G2"].value == "=1+1" and sheet["G2"].data_type == "s"
    assert "neither a number" in sheet["E2"].comment.text


@pytest.mark.parametrize("limit", ["MOST_ROWS", "MOST_CELLS"])
def test_of_a_very_long_or_wide_file_the_findings_come_back_alone(world, client, monkeypatch, limit):
    monkeypatch.setattr(commented, limit, 1)
    batch = check(row("=cmd()"), district=world.jeffco)
    response, content = given_back(client, batch)
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert response["Content-Type"].startswith("text/csv")
    assert lines[1][:4] == ["1", "E2", "refused", "'=cmd()"]


def test_a_comment_in_a_merged_block_stands_in_its_first_cell(world, client):
    book = load_workbook(io.BytesIO(workbook(row("x"))))
    book["Data"].merge_cells("D2:E2")
    book["Data"]["D2"] = None
    stored = io.BytesIO()
    book.save(stored)
    batch = actions.check_file(stored.getvalue(), "merged.xlsx", known_on=DAY, district=world.jeffco)
    _response, content = given_back(client, batch)
    assert load_workbook(io.BytesIO(content))["Data"]["D2"].comment.text


def test_a_discarded_import_gives_no_file_back(world, client):
    batch = check(row("x"), district=world.jeffco)
    actions.discard_batch(batch)
    assert client.get(reverse("import-workbook", args=[batch.pk])).status_code == 404
