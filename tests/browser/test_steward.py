"""The data steward's journey in a real browser: a workbook is looked at, decided on and applied; also without JavaScript."""

from datetime import date
from decimal import Decimal

import pytest

from indicators.models import ImportBatch, Observation
from tests.browser.visiting import PHONE, fits, sign_in
from tests.indicators.cast import HEADER, bring_in, make_steward, make_world, row
from tests.workbooks import workbook_of


@pytest.fixture
def steward(live_server):
    """Ana, in a district where two classes are known."""
    world = make_world()
    bring_in(row("85.3"), row("84.1", "2018"), known_on=date(2020, 1, 16))
    return make_steward(world.jeffco)


@pytest.fixture
def book(tmp_path):
    """A changed value, a new one, one a hundred times too small, and a school that nobody knows."""
    rows = [("2019", 1420, 85.9), ("2017", 1420, "83%"), ("2018", 1420, 0.841), ("2019", "CO:9998", 80)]
    file = tmp_path / "Graduation 2019.xlsx"
    file.write_bytes(
        workbook_of(
            ["State report"],
            HEADER.split(","),
            *[["graduation-4yr", period, place, None, value, 6500, None, None] for period, place, value in rows],
        )
    )
    return file


def drop(page, book, leads_to="**/imports/*/"):
    page.get_by_role("link", name="Bring in a file").first.click()
    page.get_by_label("Workbook or CSV file").set_input_files(book)
    page.get_by_label("Known since").fill("2020-02-01")
    page.get_by_label("Source").fill("State open data file")
    page.get_by_role("button", name="Check the file").click()
    page.wait_for_url(leads_to)


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 900}, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("javascript", [True, False], ids=["js", "nojs"])
def test_a_workbook_becomes_numbers_after_a_look_and_two_decisions(steward, book, new_context, viewport, javascript):
    page = new_context(java_script_enabled=javascript).new_page()
    page.set_viewport_size(viewport)
    sign_in(page, "/imports/", steward.email)
    drop(page, book)
    assert page.get_by_role("heading", level=1).inner_text() == "The file would change 1 number and add 1 number"
    assert (
        "hundred times" in page.locator("#findings").inner_text()
        and "CO:9998" in page.locator("#findings").inner_text()
    )
    page.locator("input[name=suspicious][value=leave_out]").check()
    page.locator("input[name=skip_refused][value='1']").check()
    page.get_by_role("button", name="Apply 2 changes").click()
    page.get_by_role("heading", name="2 numbers were written").wait_for()
    values = Observation.objects.current().values_list("period", "value")
    assert dict(values) == {2019: Decimal("85.9"), 2018: Decimal("84.1"), 2017: Decimal(83)}
    is_wider = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not javascript or not page.evaluate(is_wider)


def test_the_pages_are_accessible_and_fit_a_phone(steward, book, page, axe):
    sign_in(page, "/imports/", steward.email)
    drop(page, book)
    preview = page.url
    for address in ("/imports/", "/imports/new/", "/imports/quality/", preview, f"{preview}differences/"):
        page.goto(address)
        axe(page)
        page.set_viewport_size(PHONE)
        assert fits(page), address
        page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(preview)
    page.get_by_role("button", name="Discard").click()
    page.get_by_text("was discarded").wait_for()
    assert ImportBatch.objects.get(file_name="Graduation 2019.xlsx").state == "discarded"
