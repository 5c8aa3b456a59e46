"""The interactive figure in a real browser: only near the screen, as wide as its page, and never at a reader's cost."""

from datetime import date

import pytest

from tests.factories import (
    make_district,
    make_goal,
    make_indicator,
    make_observation,
    make_plan,
    make_series,
    make_strategy,
    make_tactic,
)

STANDS = "figure.fig--live .main-svg"


@pytest.fixture
def address(live_server):
    """A tactic with a long theory of action above its one goal."""
    plan = make_plan(make_district(name="Jeffco Public Schools"), slug="generations")
    tactic = make_tactic(make_strategy(plan))
    series = make_series(make_indicator(code="graduation"), plan.district)
    for year, value in ((2017, 83.5), (2018, 85.3), (2019, 85.3)):
        make_observation(series, year, value, date(2020, 1, 16))
    make_goal(tactic, series)
    return f"/plans/generations/strategies/{tactic.strategy.slug}/{tactic.slug}/"


def asked_for(page, word):
    found = []
    page.on("request", lambda request: found.append(request.url) if word in request.url else None)
    return found


def test_a_figure_comes_near_the_screen_and_follows_the_window(page, address):
    library, numbers = asked_for(page, "plotly-basic"), asked_for(page, "figure.json")
    page.set_viewport_size({"width": 1300, "height": 120})
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert not library and not numbers, "nothing is loaded for what is far below"
    page.locator("figure[data-figure]").scroll_into_view_if_needed()
    page.wait_for_selector(STANDS, state="attached")
    assert len(library) == 1 and library[0].startswith(page.url.split("/plans")[0]), "from our own host"
    figure = page.locator("figure[data-figure]")
    assert f"width={figure.bounding_box()['width'] // 4 * 4:.0f}" in numbers[-1] and "size=c-w" in numbers[-1]
    with page.expect_response(lambda response: "size=c-m" in response.url):
        page.set_viewport_size({"width": 900, "height": 700})
    page.set_viewport_size({"width": 360, "height": 700})
    page.wait_for_selector("figure:not(.fig--live) svg.c-n", state="visible")


def test_a_figure_is_an_image_with_the_name_and_the_words_of_its_picture(page, address, axe):
    page.goto(address)
    figure = page.locator("figure[data-figure]")
    title = figure.locator("svg.c-w > title").text_content()
    figure.scroll_into_view_if_needed()
    page.wait_for_selector(STANDS, state="attached")
    assert title and page.get_by_role("img", name=title).count() == 1, "neither silent nor said twice"
    assert "The plan said" in figure.locator(".fig__live").aria_snapshot()
    axe(page)


def test_where_the_readers_palette_replaces_all_colors_the_picture_follows_it(new_context, address):
    page = new_context(forced_colors="active").new_page()
    library = asked_for(page, "plotly-basic")
    page.goto(address)
    page.locator("figure[data-figure]").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    ink = "element => getComputedStyle(element).fill"
    words = page.locator("figure svg.c-w text.t-b").first.evaluate(ink)
    assert words == page.locator("h1").evaluate("element => getComputedStyle(element).color")
    assert not library


def test_if_the_numbers_do_not_come_the_picture_stays(page, address):
    page.route("**/figure.json*", lambda route: route.fulfill(json={"no": "numbers"}))
    page.goto(address)
    page.locator("figure[data-figure]").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert page.locator("figure[data-figure] > svg.c-w").is_visible()
