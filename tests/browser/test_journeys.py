"""The four journeys on the demonstration's real data, start to end, as people take them."""

from datetime import date
from pathlib import Path

import pytest

from indicators.charts import trajectory
from jeffco_plan.demonstration import loading
from jeffco_plan.demonstration.people import PASSWORD

TRY = Path(__file__).resolve().parent.parent.parent / "fixtures" / "try"
EQUITY = "/plans/jeffco-generations/strategies/conditions-for-learning/commitment-to-equity/"
PHONE = {"width": 360, "height": 780}


@pytest.fixture
def demonstration(live_server, settings):
    settings.DEMONSTRATION, settings.DEMONSTRATION_DAY = True, date(2020, 2, 6)
    loading.load(lambda line: None)


def sign_in(page, role):
    page.goto("/accounts/login/")
    page.fill("[name=login]", f"{role}@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_load_state("networkidle")


def on_a_phone(page):
    page.set_viewport_size(PHONE)
    return page


def goal(page, slug):
    return page.locator(f"#goal-{slug}")


@pytest.mark.usefixtures("demonstration")
def test_the_four_journeys(page, new_context, axe):
    the_public_reads(page, axe)
    the_leader_reports(on_a_phone(new_context().new_page()), axe)
    the_steward_moves_the_chart(new_context().new_page(), axe)
    the_board_sees_its_dashboard(new_context().new_page(), axe)
    the_stranger_finds_nothing(new_context().new_page())


def the_public_reads(page, axe):
    page.goto("/")
    page.get_by_role("link", name="Jeffco Generations").first.click()
    axe(page)
    page.get_by_role("link", name="Commitment to Equity").first.click()
    graduation = goal(page, "graduation")
    assert "0.8 points behind the plan for the class of 2019" in graduation.inner_text()
    graduation.get_by_text("Why this color").click()
    assert "1.8 ÷ 2.6 = 0.69" in graduation.inner_text()
    axe(page)
    drawn = graduation.locator("figure[data-figure]")
    drawn.scroll_into_view_if_needed()
    page.wait_for_selector("#goal-graduation figure.fig--live .main-svg", state="attached")
    stands = drawn.locator(".fig__live").bounding_box()
    wide = trajectory.WIDE  # the picture's own shape: nothing below it moves when the figure takes its place
    assert stands["height"] == pytest.approx(stands["width"] * wide.height / wide.width, abs=3)
    assert page.eval_on_selector(".fig--live .main-svg", "svg => getComputedStyle(svg).position") == "absolute"
    page.goto(f"{EQUITY}?as_of=2019-06-12")
    assert "ahead of the plan for the class of 2018" in goal(page, "graduation").inner_text()
    page.get_by_role("link", name="Español").click()
    assert page.url.endswith(f"/es{EQUITY}?as_of=2019-06-12")
    assert page.locator("html").get_attribute("lang") == "es"
    axe(page)


def the_leader_reports(page, axe):
    sign_in(page, "leader")
    assert page.url.endswith("/work/")
    axe(page)
    page.get_by_label("Will be late").first.check()
    page.get_by_label("New due date").first.fill("2020-03-20")
    page.get_by_label("Why does it move?").first.fill("The vendor sent the file again.")
    page.get_by_label("Percent done").first.fill("80")
    page.get_by_label("Note").first.fill("The survey file is complete; the report is being written.")
    with page.expect_response(lambda response: "/work/" in response.url and response.status == 200):
        page.get_by_role("button", name="Save and go to the next").first.click()
    page.wait_for_load_state("networkidle")
    page.goto(EQUITY)
    reported = page.locator("#milestones li", has_text="Social readiness survey")
    reported.locator("summary").click()
    assert "The survey file is complete" in reported.inner_text()


def the_steward_moves_the_chart(page, axe):
    page.goto(EQUITY)
    assert "Data overdue" in goal(page, "social-readiness").inner_text()
    sign_in(page, "steward")
    page.goto("/imports/new/")
    axe(page)
    page.set_input_files("input[type=file]", TRY / "social-readiness-2019.csv")
    page.fill("[name=source]", "illustration")
    page.locator("main form button[type=submit], main form .btn").first.click()
    page.wait_for_load_state("networkidle")
    assert "3.58" in page.inner_text("main")
    axe(page)
    page.get_by_role("button", name="Apply").click()
    page.wait_for_load_state("networkidle")
    axe(page)
    page.goto(EQUITY)
    article = goal(page, "social-readiness").inner_text()
    assert "Data overdue" not in article
    assert "3.58" in article


def the_board_sees_its_dashboard(page, axe):
    sign_in(page, "board")
    assert "/board/jeffco-generations/" in page.url
    assert "Moving away" in page.inner_text("main")
    axe(page)
    page.get_by_role("link", name="Social-Emotional Supports").first.click()
    page.goto("/plans/jeffco-generations/stocktakes/")
    page.get_by_role("link", name="Social-Emotional Supports").first.click()
    assert "SHA-256" in page.inner_text("main")
    axe(page)


def the_stranger_finds_nothing(page):
    sign_in(page, "stranger")
    for address in ("/board/jeffco-generations/", "/imports/1/"):
        assert page.request.get(address).status == 404
