"""Schools beside the district's pairs, in a real browser: read on any screen, led to each school, taken away, printed."""

import pytest
from django.urls import reverse

from tests.browser.visiting import fits
from tests.factories import make_district, make_person, make_plan, make_strategy, make_tactic, make_user
from tests.strategy.learning import add_school, yearly_claim

LEADING, RESULTS = [90, 92, 91, 94, 95, 93, 97], [80, 81, "80.5", 83, "83.5", 82, 85]
MOVES = {"Ames High": (1, 2), "Birch High": (1, 2), "Évora High": (-3, -6), "Fir High": (4, 7), "Gale High": (5, -1),
         "Holm High with a Very Long Name of Its Own": (2, 0)}  # fmt: skip
PAGE = "/plans/generations/strategies/learning/equity/"
SIZES = [{"width": 1280, "height": 900}, {"width": 768, "height": 900}, {"width": 320, "height": 740}]


@pytest.fixture
def leading(live_server):
    """Attendance leads graduation by a year, in the district and in six schools."""
    plan = make_plan(make_district(name="Jeffco Public Schools"), slug="generations")
    ana = make_user(make_person("Ana"), "ana@example.org")
    tactic = make_tactic(make_strategy(plan, slug="learning"), leader=ana.person, slug="equity")
    leading = yearly_claim(tactic, LEADING, RESULTS)
    for name, (first, second) in MOVES.items():
        add_school(leading, name, (60, 60 + first), (70, 70 + second))
    return leading


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_schools_are_read_on_every_screen(leading, new_context, axe, scheme):
    page = new_context(color_scheme=scheme).new_page()
    page.goto(PAGE)
    page.get_by_text("6 schools as a table").click()
    for size in SIZES:
        page.set_viewport_size(size)
        drawn = [chart for chart in page.locator(".claim").last.locator("svg").all() if chart.is_visible()]
        assert len(drawn) == 1 and drawn[0].get_attribute("role") == "img", "one of the widths, with a name"
        assert fits(page), size
        axe(page)


def test_a_school_is_reached_from_the_table_without_javascript(leading, new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(PAGE)
    page.get_by_text("6 schools as a table").click()
    page.get_by_role("link", name="Évora High").click()
    page.get_by_role("heading", name="Évora High", level=1).wait_for()


def test_the_pairs_of_the_schools_are_saved_under_a_name_that_speaks(leading, page):
    page.goto(PAGE)
    code = leading.series.indicator.code
    for kind in ("CSV", "PNG"):
        with page.expect_download() as waiting:
            page.locator(".claim").last.locator(".files a", has_text=kind).click()
        assert waiting.value.suggested_filename == f"generations-equity-{code}-schools.{kind.lower()}"


def test_the_printed_page_has_both_charts(leading, page):
    page.goto(PAGE)
    for width in (1280, 600):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="print")
        for claim in page.locator(".claim").all():
            assert sum(chart.is_visible() for chart in claim.locator("svg").all()) == 1, width


def test_the_team_sees_its_schools_under_the_locked_declaration(leading, page, axe):
    address = reverse("leading-detail", args=[leading.pk])
    page.goto(f"/accounts/login/?next={address}")
    page.locator("[name=login]").fill("ana@example.org")
    page.locator("[name=password]").fill("correct horse battery")
    page.locator("[name=password]").press("Enter")
    page.wait_for_url(f"**{address}")
    said = page.locator("#evidence").inner_text()
    assert "In 4 of 6 schools the two moved the same way" in said and "In 1 school one of the two stood still." in said
    page.set_viewport_size(SIZES[-1])
    assert fits(page)
    axe(page)
