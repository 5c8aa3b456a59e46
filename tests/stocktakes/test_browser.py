"""A board member's way from the dashboard to a frozen record, in a real browser."""

from datetime import date

import pytest

from accounts.models import Role
from tests.factories import grant, make_observation, make_person, make_user
from tests.stocktakes.scene import answer, make_scene

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_board_member_opens_the_record_of_the_worst_tactic(page, live_server, axe):
    scene = make_scene(title="Six teams and one list")
    answer(scene, date(2020, 1, 9))
    make_observation(scene.series, 2019, "80.0", date(2020, 1, 16))
    member = make_person("Board President")
    grant(member, Role.BOARD, scene.plan.district.scope)
    user = make_user(member)
    page.goto(f"/board/{scene.plan.slug}/")
    page.get_by_label("Email").fill(user.email)
    page.get_by_label("Password").fill("correct horse battery")
    page.locator("main").get_by_role("button").click()
    page.get_by_role("heading", name="One goal changed color since January 9").wait_for()
    axe(page)
    page.get_by_role("region", name="Stocktakes of this cycle").get_by_role("link").first.click()
    page.get_by_text("Frozen record, December 12, 2019").wait_for()
    page.get_by_role("link", name="Check it yourself").click()
    page.get_by_text("Figures as shown").first.click()
    axe(page)
    assert page.get_by_role("cell", name="85.3%").is_visible()
