"""How a team learns, in a real browser: declare before looking, begin a phase, and take a test from plan to act."""

import re

import pytest

from strategy.models import LeadingIndicator, PdsaCycle
from tests.browser.visiting import PHONE, fits, sign_in
from tests.factories import make_goal, make_person, make_plan, make_strategy, make_tactic, make_user
from tests.strategy.learning import MONTHLY, make_readings, make_test, monthly_series, yearly_series

RESULTS = [80, 81, "80.5", 83, "83.5", 82, 85, "85.5"]
YEARS_AGO = [62, 64, 63, 66, 67, 65, 69, 68]


@pytest.fixture
def tactic(live_server):
    """Led by Ana, with a goal of eight results and a monthly measure of eight years that nobody has declared."""
    ana = make_user(make_person("Ana"), "ana@example.org")
    tactic = make_tactic(make_strategy(make_plan()), leader=ana.person)
    make_goal(tactic, yearly_series(tactic, 2010, RESULTS, "Graduation"))
    series = monthly_series(tactic, MONTHLY)
    for year, value in enumerate(YEARS_AGO, 2008):
        make_readings(series, year * 12 + 8, [value, value])
    return tactic


def declare(page):
    page.get_by_role("link", name="Declare a leading indicator").click()
    assert "pairs" not in page.inner_text("main").lower()
    page.get_by_label("Measure").select_option(label="Core courses passed")
    page.get_by_label("Goal", exact=True).select_option(label="Graduation")
    page.get_by_label("The same way").check()
    page.locator("[name=lag]").fill("12")
    page.get_by_label("Reason").fill("Who passes every course seldom leaves.")
    page.get_by_label("How sure are you?").select_option(label="Medium")
    page.get_by_label("Look at it again on").fill("2020-09-01")
    page.get_by_label("I declare this before looking").check()
    page.get_by_role("button", name="Declare").click()
    page.wait_for_url(re.compile(r"/work/leading/\d+/$"))


def begin_a_phase(page):
    page.get_by_text("Begin a new phase").click()
    page.get_by_label("First reading of the new phase").select_option(label="June 2019")
    page.get_by_label("What changed?").fill("Counted by another office.")
    page.get_by_role("button", name="Begin the new phase").click()
    page.wait_for_load_state()


def plan_a_test(page):
    page.get_by_role("link", name="Plan a test of change").click()
    page.get_by_label("What is tried, and what do you want to find out?").fill("Does a call on Friday help?")
    page.get_by_label("How large is the test?").fill("1 school")
    page.get_by_label("What do you expect to happen?").fill("Half of them come back.")
    page.get_by_label("When will you study it?").fill("2020-02-28")
    page.get_by_label("Leading indicator it should move").select_option(label="Core courses passed")
    page.get_by_role("button", name="Save the plan").click()
    page.wait_for_url(re.compile(r"/work/cycles/\d+/$"))


def test_a_leader_declares_then_looks_and_takes_a_test_from_plan_to_act(page, axe, tactic):
    sign_in(page, f"/work/tactics/{tactic.pk}/leading/")
    assert "Nothing is declared yet." in page.inner_text("main")
    axe(page)
    page.get_by_role("link", name="Declare a leading indicator").click()
    axe(page)
    page.go_back()
    declare(page)
    assert "The two moved the same way in 6 of 7 pairs, with a lead of 1 year." in page.inner_text("#evidence")
    assert "before looking, Ana" in page.inner_text("#declared")
    page.get_by_text("The pairs as a table").click()
    assert page.locator("#evidence tbody tr").count() == 8
    axe(page)
    assert "14 in a row above the median" in page.inner_text("h1")
    begin_a_phase(page)
    assert "14 in a row above the median" not in page.inner_text("h1")
    assert "Counted by another office." in page.inner_text("#phases")
    axe(page)
    page.goto(f"/work/tactics/{tactic.pk}/cycles/")
    plan_a_test(page)
    axe(page)
    page.get_by_role("button", name="Begin the test").click()
    page.wait_for_load_state()
    assert "Locked since February 6, 2020" in page.inner_text("main")
    page.get_by_label("What happened, and what did you learn?").fill("Six of ten came back.")
    page.get_by_role("button", name="Save the study").click()
    page.wait_for_load_state()
    page.get_by_role("radio", name="Adopt").check()
    axe(page)
    page.get_by_role("button", name="Close the cycle").click()
    page.wait_for_load_state()
    axe(page)
    assert PdsaCycle.objects.get().outcome == "adopt"
    plan = tactic.strategy.plan
    page.goto(f"/plans/{plan.slug}/strategies/{tactic.strategy.slug}/{tactic.slug}/")
    public = page.inner_text("#leading")
    assert "The two moved the same way in 6 of 7 pairs" in public and "Test of change" in public
    axe(page)


def test_the_same_on_a_phone_in_the_dark_without_javascript(new_context, complaints, tactic):
    complaints.expect("422")
    page = new_context(java_script_enabled=False).new_page()
    page.set_viewport_size(PHONE)
    page.emulate_media(color_scheme="dark")
    sign_in(page, f"/work/tactics/{tactic.pk}/leading/")
    page.get_by_role("link", name="Declare a leading indicator").click()
    page.get_by_label("Reason").fill("Who passes every course seldom leaves.")
    page.get_by_role("button", name="Declare").click()
    assert page.title().startswith("Error: ")
    assert page.get_by_label("Reason").input_value() == "Who passes every course seldom leaves."
    assert "Choose a measure." in page.locator(".note--bad").inner_text()
    page.goto(f"/work/tactics/{tactic.pk}/leading/")
    declare(page)
    assert "6 of 7 pairs" in page.inner_text("#evidence")
    begin_a_phase(page)
    assert "Counted by another office." in page.inner_text("#phases")
    page.get_by_text("Take it back").first.click()
    page.get_by_label("Why is it taken back?").fill("It was one odd summer.")
    page.get_by_role("button", name="Take it back").click()
    assert "It was one odd summer." in page.inner_text("#phases")
    assert fits(page)
    assert LeadingIndicator.objects.count() == 1


def test_every_page_fits_a_phone_and_its_signs_do_not_collide(page, axe, tactic):
    for month in range(6):
        make_test(tactic, started_on=f"2019-{5 + month:02d}-06")
    page.set_viewport_size(PHONE)
    sign_in(page, f"/work/tactics/{tactic.pk}/leading/")
    declare(page)
    leading = LeadingIndicator.objects.get()
    PdsaCycle.objects.update(leading_indicator=leading)
    page.reload()
    assert fits(page)
    boxes = page.locator("#run-chart svg.c-n text.t-n").evaluate_all(
        "nodes => nodes.map(node => node.getBoundingClientRect()).map(box => [box.left, box.top])"
    )
    assert len(boxes) == 6
    apart = [abs(a[0] - b[0]) >= 20 or abs(a[1] - b[1]) >= 20 for i, a in enumerate(boxes) for b in boxes[:i]]
    assert all(apart)
    axe(page)
    for path in (f"tactics/{tactic.pk}/leading/", f"tactics/{tactic.pk}/leading/declare/",
                 f"tactics/{tactic.pk}/cycles/", f"tactics/{tactic.pk}/cycles/plan/",
                 f"cycles/{PdsaCycle.objects.first().pk}/"):  # fmt: skip
        page.goto(f"/work/{path}")
        assert fits(page), path
        axe(page)


def test_two_people_study_at_once_and_nothing_is_lost(page, new_context, axe, complaints, tactic):
    complaints.expect("409")
    cycle = make_test(tactic, started_on="2020-01-13")
    sign_in(page, f"/work/cycles/{cycle.pk}/")
    other = new_context().new_page()
    sign_in(other, f"/work/cycles/{cycle.pk}/")
    for one, words in ((page, "Half came back."), (other, "Six of ten came back.")):
        one.get_by_label("What happened, and what did you learn?").fill(words)
        one.get_by_role("button", name="Save the study").click()
        one.wait_for_load_state()
    assert "Six of ten came back." in other.locator(".meanwhile").inner_text()
    assert "Half came back." in other.locator(".stages").inner_text()
    assert other.get_by_label("What happened, and what did you learn?").input_value() == "Six of ten came back."
    axe(other)
    other.get_by_label("What happened, and what did you learn?").fill("Half came back, then six of ten.")
    other.get_by_role("button", name="Save the study").click()
    other.wait_for_load_state()
    cycle.refresh_from_db()
    assert cycle.study == "Half came back, then six of ten."
