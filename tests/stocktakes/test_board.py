"""The board's page: what changed since its last meeting, what waits, and who may look."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from pytest_django.asserts import assertNumQueries

from accounts.models import Role
from stocktakes.models import BoardMeeting
from strategy.models import Judgement
from tests.factories import DAY, make_observation, make_person, make_plan, make_revision, make_update
from tests.stocktakes.scene import answer, ask, decide, make_scene, review, sign_in

QUERIES = 41

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def scene():
    scene = make_scene()
    answer(scene, date(2020, 1, 9))
    BoardMeeting.objects.create(district=scene.plan.district, held_on=date(2020, 2, 13), title="Regular meeting")
    return scene


def board(client, plan):
    return client.get(reverse("board-dashboard", args=[plan.slug]))


def as_board(client, scene):
    return sign_in(client, role=Role.BOARD, scope=scene.plan.district.scope)


def test_nothing_changed_is_said_too(client, scene, templates_without_sql):
    as_board(client, scene)
    page = board(client, scene.plan).text
    assert "No goal changed color since January 9" in page
    assert "for the meeting of February 13, 2020" in page
    assert "No goal is moving away, missed or off track." in page


def test_the_heading_is_the_finding(client, scene, templates_without_sql):
    make_observation(scene.series, 2019, "83.0", date(2020, 1, 16))
    make_update(scene.tactic.milestones.get(), "done", known_on=date(2020, 2, 3))
    as_board(client, scene)
    page = board(client, scene.plan).text
    assert "One goal changed color since January 9" in page
    assert "Graduation went from on track to moving away." in page
    assert "the class of 2019: 83.0%" in page
    assert "milestone done" in page
    assert page.index("Needs the board") < page.index("0.5 points below where it began")


def test_a_promise_that_was_revised_is_told_with_both_targets_and_the_reason(client, scene, templates_without_sql):
    words = {"reason": "Two schools open later.", "reason_code": "delay"}
    goal = scene.tactic.goals.get()
    make_revision(goal, scene.series, adopted_on=date(2020, 1, 8), target_value=Decimal(92))
    make_revision(goal, scene.series, adopted_on=date(2020, 1, 30), target_value=Decimal(88), **words)
    as_board(client, scene)
    page = board(client, scene.plan).text
    revised = page.split("1 promise was revised")[1].split("</ol>")[0]
    assert '<span class="was">92%, Class of 2022</span> → <strong>88%, Class of 2022</strong>' in revised
    assert "More time needed: Two schools open later." in revised and f"#goal-{goal.slug}" in revised
    earlier = client.get(reverse("board-dashboard", args=[scene.plan.slug]), {"as_of": "2020-01-29"}).text
    assert "was revised" not in earlier, "that day nobody knew of it"


def test_a_milestone_done_before_the_meeting_is_no_news(client, scene):
    make_update(scene.tactic.milestones.get(), "done", known_on=date(2020, 1, 8))
    as_board(client, scene)
    assert board(client, scene.plan).context["board"].done == []


def test_the_worst_stocktake_comes_first_and_opens_its_record(client, scene):
    worse = make_scene("submitted", scene.plan, scene.cycle, planned_on=date(2020, 3, 5))
    make_observation(worse.series, 2019, "80.0", date(2020, 1, 16))
    as_board(client, scene)
    response = board(client, scene.plan)
    rows = response.context["board"].stocktakes
    assert [row.card.stocktake for row in rows] == [worse.stocktake, scene.stocktake]
    for row in rows:
        link = reverse("stocktake-detail", args=[scene.plan.slug, scene.cycle.slug, row.card.stocktake.slug])
        assert f'href="{link}"' in response.text


def test_requests_questions_and_promises_wait_in_view(client, scene):
    decide(scene, "deferred", words="To the budget session")
    review(scene, "changed", words="By August")
    ask(scene, "Which schools lost most?")
    as_board(client, scene)
    page = board(client, scene.plan).text
    for words in ("Open, 84 days", "Deferred", "To the budget session", "1 request waits", "By August",
                  "0 of 1 reviewed promise kept, 1 changed with a reason", "Which schools lost most?"):  # fmt: skip
        assert words in page


def test_a_judgment_that_speaks_against_the_numbers_is_listed(client, scene):
    make_observation(scene.series, 2019, "80.0", date(2020, 1, 16))
    Judgement.objects.create(
        goal=scene.goal, number=1, likelihood="highly_likely", reason="Teams", author=scene.leader, known_on=DAY
    )
    as_board(client, scene)
    page = board(client, scene.plan).text
    assert "Disagrees with the numbers." in page and "highly likely" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_does_not_ask_more_for_more(client, scene, count, templates_without_sql):
    for _ in range(count - 1):
        other = make_scene("held", scene.plan, scene.cycle)
        answer(other, date(2020, 1, 9))
        decide(other)
        review(other)
    decide(scene)
    review(scene)
    as_board(client, scene)
    with assertNumQueries(QUERIES):
        board(client, scene.plan)


def test_who_is_not_signed_in_is_asked_to(client, scene):
    response = board(client, scene.plan)
    assert response.status_code == 302 and "login" in response["Location"]


def test_a_team_a_stranger_and_another_districts_board_find_nothing(client, scene):
    sign_in(client, scene.leader)
    assert board(client, scene.plan).status_code == 404
    sign_in(client, make_person())
    assert board(client, scene.plan).status_code == 404
    sign_in(client, role=Role.BOARD, scope=make_plan().district.scope)
    assert board(client, scene.plan).status_code == 404


@pytest.mark.parametrize("role", [Role.BOARD, Role.SUPERINTENDENT, Role.SPONSOR, Role.CLERK, Role.ADMINISTRATOR])
def test_the_board_and_those_around_it_may_look(client, scene, role):
    sign_in(client, role=role, scope=scene.plan.scope)
    assert board(client, scene.plan).status_code == 200


def test_a_plan_that_has_just_begun_has_an_empty_board_page(client, templates_without_sql):
    plan = make_plan()
    sign_in(client, role=Role.BOARD, scope=plan.scope)
    page = board(client, plan).text
    for words in ("No goal changed color since", "Since the plan began", "No stocktake is planned for this cycle yet",
                  "No team has asked", "Nothing has been promised", "No leader’s judgment speaks"):  # fmt: skip
        assert words in page
