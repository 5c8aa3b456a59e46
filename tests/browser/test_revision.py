"""A promise is revised in a real browser: the leader draws on a phone, the sponsor adopts, the public sees it all."""

from datetime import date

import pytest
from playwright.sync_api import expect

from accounts.models import Role
from tests.browser.visiting import PHONE, fits, sign_in
from tests.factories import (
    grant,
    make_goal,
    make_indicator,
    make_observation,
    make_person,
    make_plan,
    make_series,
    make_strategy,
    make_tactic,
    make_user,
)


@pytest.fixture(autouse=True)
def overtaken(complaints):
    """A newer change aborts the question asked for an older one, which htmx logs as an error."""
    complaints.expect("htmx:(afterRequest|sendAbort)")


@pytest.fixture
def goal(live_server):
    """Led by Ana, sponsored by Dora: 90% by the class of 2022, two classes known."""
    plan = make_plan()
    ana = make_user(make_person("Ana"), "ana@example.org")
    dora = make_user(make_person("Dora"), "dora@example.org")
    grant(dora.person, Role.SPONSOR, plan.scope)
    series = make_series(make_indicator(natural_low=0, natural_high=100), plan.district)
    for period, value in [(2017, "83.5"), (2018, "85.3"), (2019, "85.3")]:
        make_observation(series, period, value, date(period + 1, 1, 16))
    return make_goal(make_tactic(make_strategy(plan), leader=ana.person), series)


def points(page):
    return [field.input_value() for field in page.locator("[name=point_value]").all()]


def drawn(page, count):
    """The path has been drawn anew, with so many points between."""
    expect(page.locator("[name=point_value]")).to_have_count(count)


def handle(page, name):
    return page.locator("[data-sketch] svg:visible").get_by_role("slider", name=name)


def per_pixel(spot):
    """How much of the unit lies in one pixel of the drawing that a point stands on."""
    return spot.evaluate(
        """mark => {
          const svg = mark.ownerSVGElement, n = name => Number(svg.dataset[name]);
          return (n("high") - n("low")) / (n("bottom") - n("top")) / svg.getScreenCTM().d;
        }"""
    )


def effect(page, words):
    page.locator("#effect", has_text=words).wait_for()


def public(goal):
    tactic = goal.tactic
    return f"/plans/{tactic.strategy.plan.slug}/strategies/{tactic.strategy.slug}/{tactic.slug}/"


def test_from_the_leaders_phone_to_the_public_page(page, new_context, axe, goal):
    page.set_viewport_size(PHONE)
    sign_in(page)
    axe(page)
    page.get_by_role("link", name="Revise Graduation").click()
    page.locator("[name=target_period]").select_option("2024")
    effect(page, "Results that would read better: 1 of 2")
    page.get_by_label("Slow start").check()
    drawn(page, 6)
    assert points(page) == ["83.6", "84.0", "84.7", "85.6", "86.8", "88.3"]
    axe(page)
    assert fits(page)
    page.get_by_label("The goal in one sentence").fill("By the class of 2024, at least 90% graduate in four years")
    page.get_by_label("Why does the promise change?").select_option("delay")
    page.get_by_label("The reason in your words").fill("The teams began a year late.")
    page.get_by_role("button", name="Propose this").click()
    page.get_by_text("Waits for Dora.").wait_for()
    axe(page)
    assert fits(page)

    sponsor = new_context().new_page()
    sign_in(sponsor, email="dora@example.org")
    sponsor.get_by_role("link", name="waits for your decision").click()
    axe(sponsor)
    assert "90%, Class of 2024" in sponsor.locator(".changes").first.inner_text()
    sponsor.get_by_label("In your words").fill("Granted once.")
    sponsor.get_by_role("button", name="Adopt").click()
    sponsor.get_by_text("Adopted. The new path is in force and public.").wait_for()

    anyone = new_context().new_page()
    anyone.goto(public(goal))
    article = anyone.locator("article.goal").first
    assert "On track" in article.inner_text()
    article.get_by_role("link", name="Revised once").click()
    anyone.locator("details[id^=revisions] > summary").click()
    record = anyone.locator("details[id^=revisions]").inner_text()
    for words in (
        "More time needed: The teams began a year late.",
        "90%, Class of 2022 → 90%, Class of 2024",
        "“Granted once.”",
    ):
        assert words in record
    assert article.locator("svg .g-ghost").count() >= 1, "the first path stays in sight"
    axe(anyone)


def test_a_point_is_moved_by_keys_and_by_mouse_in_step_with_the_table(page, goal):
    sign_in(page)
    page.goto(f"/work/goals/{goal.pk}/revise/")
    page.get_by_label("Slow start").check()
    drawn(page, 4)
    assert points(page)[1] == "84.5"
    handle(page, "Class of 2019").focus()
    for key in ("PageUp", "ArrowUp", "ArrowUp", "ArrowDown"):
        page.keyboard.press(key)
    assert points(page)[1] == "85.6"
    assert handle(page, "Class of 2019").get_attribute("aria-valuetext") == "85.6%"
    assert page.get_by_label("By hand").is_checked(), "a point moved by hand makes the shape one's own"
    effect(page, "planned 85.6%")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Class of 2019"
    spot = handle(page, "Class of 2020")
    spot.scroll_into_view_if_needed()
    box = spot.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 30, steps=3)
    page.mouse.up()
    assert float(points(page)[2]) == pytest.approx(85.8 + 30 * per_pixel(spot), abs=0.15)
    line = page.locator("[data-sketch] svg:visible [data-line]")
    before = line.get_attribute("d")
    page.locator("[name=point_value]").first.fill("84.9")
    assert line.get_attribute("d") != before, "what is typed moves the point"
    page.keyboard.press("Tab")
    effect(page, "planned 84.9%")


def test_the_target_keeps_the_focus_when_the_path_is_drawn_anew(page, goal):
    sign_in(page)
    page.goto(f"/work/goals/{goal.pk}/revise/")
    page.get_by_label("Fast start").check()
    drawn(page, 4)
    first = points(page)
    handle(page, "Class of 2022").focus()
    page.keyboard.press("PageDown")
    expect(page.locator("[name=point_value]").first).not_to_have_value(first[0])
    assert page.locator("[name=target_value]").input_value() == "89.0"
    assert page.get_by_label("Fast start").is_checked()
    expect(handle(page, "Class of 2022")).to_be_focused()


def test_the_keyboard_keeps_its_place_while_the_path_is_drawn_anew(page, goal):
    sign_in(page)
    page.goto(f"/work/goals/{goal.pk}/revise/")
    page.locator("[name=target_value]").fill("88")
    page.keyboard.press("Enter")
    expect(handle(page, "Class of 2022")).to_have_attribute("aria-valuetext", "88.0%")
    effect(page, "gap")
    expect(page.locator("[name=target_value]")).to_be_focused()
    page.get_by_role("button", name="Add a point").focus()
    page.keyboard.press("Enter")
    drawn(page, 1)
    expect(page.get_by_role("button", name="Add a point")).to_be_focused()
    page.get_by_role("button", name="Remove point 1").focus()
    page.keyboard.press("Enter")
    drawn(page, 0)
    expect(page.get_by_role("button", name="Add a point")).to_be_focused()
    assert "No result" in page.locator("#heard").inner_text() or "Results" in page.locator("#heard").inner_text()


def test_an_answer_that_comes_late_overwrites_nothing_that_is_being_typed(page, goal):
    sign_in(page)
    page.goto(f"/work/goals/{goal.pk}/revise/")
    page.get_by_label("Slow start").check()
    drawn(page, 4)
    waiting = []
    page.route("**/revise/", lambda route: waiting.append(route) if not waiting else route.continue_())
    page.locator("[name=target_value]").fill("89")
    page.keyboard.press("Tab")
    page.wait_for_timeout(200)
    field = page.locator("[name=point_value]").nth(1)
    field.click()
    field.press_sequentially("9")
    with page.expect_response("**/revise/"):
        waiting[0].continue_()
    page.wait_for_timeout(300)
    assert field.input_value() == "84.59", "typed while the answer was on its way"
    expect(field).to_be_focused()


def test_the_same_without_javascript(new_context, complaints, goal):
    complaints.expect("422")
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page)
    page.get_by_role("link", name="Revise Graduation").click()
    page.locator("[name=target_period]").select_option("2024")
    page.get_by_label("Slow start").check()
    page.get_by_role("button", name="Show what this would mean").click()
    assert points(page) == ["83.6", "84.0", "84.7", "85.6", "86.8", "88.3"]
    page.get_by_role("button", name="Remove point 1").click()
    page.get_by_role("button", name="Add a point").click()
    assert len(points(page)) == 6 and page.get_by_label("By hand").is_checked()
    page.get_by_role("button", name="Propose this").click()
    assert page.title().startswith("Error: ")
    page.get_by_label("Why does the promise change?").select_option("delay")
    page.get_by_label("The reason in your words").fill("The teams began a year late.")
    page.get_by_role("button", name="Propose this").click()
    assert "/work/proposals/" in page.url
    sponsor = new_context(java_script_enabled=False).new_page()
    sign_in(sponsor, email="dora@example.org")
    sponsor.get_by_role("link", name="waits for your decision").click()
    sponsor.get_by_label("In your words").fill("Granted once.")
    sponsor.get_by_role("button", name="Adopt").click()
    assert goal.revisions.get(number=2).outcome == "adopted"


def test_a_leader_judges_on_a_phone_and_the_sponsor_reads_both_sides(page, new_context, axe, goal):
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    sign_in(page)
    page.get_by_role("link", name="Judge Graduation").click()
    page.get_by_label("Highly likely").check()
    page.get_by_label("Why do you think so?").fill("Two classes follow.")
    axe(page)
    assert fits(page)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("highly likely").wait_for()
    sponsor = new_context().new_page()
    sign_in(sponsor, email="dora@example.org")
    assert "Two classes follow." in sponsor.locator("#disagreements").inner_text()
    axe(sponsor)


def test_a_finger_moves_the_point_and_not_the_page(new_context, goal):
    context = new_context(has_touch=True)
    page = context.new_page()
    page.set_viewport_size(PHONE)
    sign_in(page)
    page.goto(f"/work/goals/{goal.pk}/revise/")
    page.get_by_label("Slow start").check()
    drawn(page, 4)
    spot = handle(page, "Class of 2020")
    spot.scroll_into_view_if_needed()
    box, top = spot.bounding_box(), page.evaluate("scrollY")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    finger = context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 6):
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y + 8 * step}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert float(points(page)[2]) == pytest.approx(85.8 - 40 * per_pixel(spot), abs=0.15)
    assert page.evaluate("scrollY") == top
