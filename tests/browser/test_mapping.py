"""A state's workbook in a real browser: its columns are named, looked at, applied and taken back; also without JavaScript."""

from decimal import Decimal

import pytest

from indicators.models import ImportBatch, Observation
from tests.browser.test_steward import drop
from tests.browser.visiting import PHONE, fits, sign_in
from tests.indicators.cast import make_steward, make_world
from tests.indicators.mapped import state_workbook


@pytest.fixture
def steward(live_server):
    return make_steward(make_world().jeffco)


@pytest.fixture
def book(tmp_path):
    file = tmp_path / "Attendance 2018-2019.xlsx"
    file.write_bytes(state_workbook())
    return file


def values():
    return dict(Observation.objects.current().values_list("series__organization__code", "value"))


@pytest.mark.parametrize("javascript", [True, False], ids=["js", "nojs"])
def test_a_workbook_is_named_looked_at_applied_and_taken_back(steward, book, new_context, javascript):
    page = new_context(java_script_enabled=javascript).new_page()
    sign_in(page, "/imports/", steward.email)
    drop(page, book, "**/mapping/")
    page.locator("#c3-scale, #columns details.more").first.wait_for()
    for more in page.locator("#columns details.more:not([open]) > summary").all():
        if more.is_visible():
            more.click()
    page.locator("#c3-scale").select_option("1")
    if javascript:
        page.locator("#becomes").get_by_text("0.926", exact=False).first.wait_for()
    page.locator("#c3-scale").select_option("100")
    page.locator("#fixed-period").fill("2018-2019")
    page.locator("#look").click()
    page.locator("#becomes").get_by_text("92.6", exact=False).first.wait_for()
    page.locator("#confirm").click()
    page.get_by_role("heading", name="The file would add 3 numbers").wait_for()
    page.locator("#apply").click()
    page.get_by_role("heading", name="3 numbers were written").wait_for()
    assert values() == {"0108": Decimal("92.6"), "0109": Decimal("93.1"), "1420": Decimal("92.2")}
    page.locator("#undo-link").click()
    page.get_by_role("heading", name="It would take 3 numbers back").wait_for()
    page.locator("#undo").click()
    page.get_by_text("The import was undone.").wait_for()
    assert set(values().values()) == {None}


def test_the_columns_are_named_by_keyboard_alone_on_a_phone(steward, book, page, axe):
    page.set_viewport_size(PHONE)
    sign_in(page, "/imports/", steward.email)
    drop(page, book, "**/mapping/")
    axe(page)
    assert fits(page)
    page.locator("#confirm").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="The file would add").wait_for()
    axe(page)
    batch = ImportBatch.objects.get()
    for address in ("findings", "differences", "undo", "mapping"):
        if address == "undo":
            page.goto(f"/imports/{batch.pk}/")
            page.locator("#apply").click()
            page.locator("#undo-link").wait_for()
        elif address == "mapping":
            continue
        page.goto(f"/imports/{batch.pk}/{address}/")
        axe(page)
        assert fits(page), address
    page.goto("/imports/")
    axe(page)


def test_an_error_stands_beside_its_field_and_what_was_typed_is_kept(steward, book, page, axe, complaints):
    complaints.expect("422")
    sign_in(page, "/imports/", steward.email)
    drop(page, book, "**/mapping/")
    page.locator("#header_rows").fill("the second")
    page.locator("#fixed-group").fill("Female")
    page.locator("#confirm").click()
    page.get_by_role("alert").get_by_text("Write row numbers").wait_for()
    assert page.locator("#fixed-group").input_value() == "Female"
    axe(page)
