"""As known on any day: what is corrected, revised, finished or handed over later changes no page of the earlier day."""

import re
from datetime import date
from difflib import unified_diff

import pytest
from django.urls import reverse

from accounts.models import Role
from indicators.models import Annotation
from stocktakes.models import BoardMeeting
from strategy.models import Judgement, MilestoneUpdate, TeamMember
from tests.crawling import crawl
from tests.factories import (
    make_batch,
    make_goal,
    make_indicator,
    make_milestone,
    make_observation,
    make_person,
    make_revision,
    make_series,
    make_update,
    make_window,
)
from tests.stocktakes.scene import answer, ask, decide, make_scene, review, sign_in

pytestmark = pytest.mark.django_db

OLD = date(2019, 12, 31)
AS_OF = f"?as_of={OLD}"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')


@pytest.fixture
def scene():
    return make_scene()


def then(client, scene):
    """Every public page, chart and file of the plan as known on the earlier day."""
    start = reverse("plan-home", args=[scene.plan.slug]) + AS_OF
    pages = {
        address: TOKEN.sub("", body)
        for address, body in crawl(client, start, start.replace("/plans", "/es/plans", 1))
        if f"as_of={OLD}" in address and scene.plan.slug in address
    }
    kinds = " ".join(pages)
    for needed in ("on-track", "/indicators/", "data.csv", "figure.json", "stocktakes", "/strategies/", "/es/"):
        assert needed in kinds, f"{needed} was not visited"
    return pages


def changed_lines(before, after):
    """The lines that differ, page by page: what a reader of the earlier day would see change."""
    found = [f"{address} is gone or new" for address in before.keys() ^ after.keys()]
    for address in before.keys() & after.keys():
        diff = unified_diff(before[address].splitlines(), after[address].splitlines(), n=0, lineterm="")
        found += [f"{address}: {line}" for line in list(diff)[3:]]
    return found


def correct(scene):
    make_observation(scene.series, 2018, "80.1", date(2020, 1, 15))


def bring_in_a_new_year(scene):
    make_observation(scene.series, 2019, "79.9", date(2020, 1, 16))


def take_back(scene):
    batch = make_batch(known_on=date(2020, 1, 20))
    make_observation(scene.series, 2018, None, date(2020, 1, 20), n=None, mark="tombstone", batch=batch)


def revise(scene):
    make_revision(
        scene.goal, scene.series, adopted_on=date(2020, 1, 9), target_period=2024, reason_code="delay", reason="Slower"
    )


def withdraw(scene):
    make_revision(scene.goal, scene.series, adopted_on=date(2020, 1, 9), kind="withdrawn", reason_code="closed")


def finish(scene):
    make_update(scene.tactic.milestones.get(), "done", known_on=date(2020, 1, 31))


def slip(scene):
    make_update(scene.tactic.milestones.get(), due_on=date(2020, 9, 1), known_on=date(2020, 1, 31), note="Later")


def change_leader(scene):
    TeamMember.objects.filter(tactic=scene.tactic).update(until=date(2020, 1, 15))
    newcomer = make_person("Director of Pathways")
    TeamMember.objects.create(tactic=scene.tactic, person=newcomer, role="leader", since=date(2020, 1, 16))


def judge(scene):
    Judgement.objects.create(
        goal=scene.goal, number=1, known_on=date(2020, 1, 20), likelihood="in_doubt", reason="Too few coaches",
        author=scene.leader,
    )  # fmt: skip


def cancel_the_next(scene):
    make_window(scene.series.indicator, 2020, date(2020, 1, 25), not_collected=True, reason="No test in 2020",
                known_on=date(2020, 1, 22))  # fmt: skip


def break_off(scene):
    Annotation.objects.create(
        indicator=scene.series.indicator, kind="break", period=2018, text="Another test", known_on=date(2020, 1, 21),
        author=scene.leader,
    )  # fmt: skip


def let_the_board_answer(scene):
    answer(scene, date(2020, 1, 9))
    decide(scene)
    review(scene)


def add_a_goal(scene):
    make_goal(scene.tactic, make_series(make_indicator(), scene.plan.district), adopted_on=date(2020, 1, 9))


def add_a_milestone(scene):
    make_milestone(scene.tactic, title="Coaches hired", known_on=date(2020, 1, 10))


LATER = [
    correct, bring_in_a_new_year, revise, slip, finish, change_leader, judge, break_off, let_the_board_answer, add_a_goal,
    add_a_milestone, cancel_the_next, take_back, withdraw,
]  # fmt: skip


def test_what_happens_later_changes_no_page_of_the_earlier_day(client, scene):
    """Page, chart, table, file and status, in both languages; and each thing is seen today, or the test sees nothing."""
    before, seen = then(client, scene), today(client, scene)
    for happens in LATER:
        happens(scene)
        was, seen = seen, today(client, scene)
        assert seen != was, f"{happens.__name__} is not seen today"
    assert changed_lines(before, then(client, scene)) == []


def today(client, scene):
    tactic = [scene.plan.slug, scene.tactic.strategy.slug, scene.tactic.slug]
    addresses = [reverse("tactic-detail", args=tactic), reverse("stocktake-list", args=tactic[:1])]
    return [TOKEN.sub("", client.get(address).text) for address in addresses]


def test_an_older_vintage_loaded_later_is_told_as_entered_later_and_displaces_nothing(client, scene):
    """The steward sets the day of publication: on that day it counts, and the page says when it came."""
    make_observation(scene.series, 2018, "71.94", date(2018, 12, 20))
    make_observation(scene.series, 2016, "82.2", date(2017, 1, 19))
    pages = then(client, scene)
    files = "".join(body for address, body in pages.items() if "data.csv" in address)
    assert "85.3" in files and "71.9" not in files, "the newer vintage stays"
    assert "82.2" in files and "entered later" in "".join(pages.values())
    earlier = reverse("tactic-detail", args=[scene.plan.slug, scene.tactic.strategy.slug, scene.tactic.slug])
    assert '<td class="num">71.9' in client.get(f"{earlier}?as_of=2018-12-31").text


def test_todays_privacy_verdict_rules_the_earlier_day(client, scene):
    """A correction that shows the group to be small withholds the older number as well."""
    make_observation(scene.series, 2018, "85.3", date(2020, 1, 15), n=9)
    pages = then(client, scene)
    assert not [address for address, body in pages.items() if "85.3" in body]


def test_the_boards_page_of_an_earlier_day_knows_only_that_day(client, scene):
    for day in (date(2019, 9, 12), date(2020, 1, 9)):  # the calendar of meetings is known ahead
        BoardMeeting.objects.create(district=scene.plan.district, held_on=day, title="Session")
    sign_in(client, role=Role.BOARD, scope=scene.plan.district.scope)
    address = reverse("board-dashboard", args=[scene.plan.slug]) + AS_OF
    before = TOKEN.sub("", client.get(address).text)
    assert "As known on" in before and "December 31, 2019" in before
    assert f"/on-track/{AS_OF}" in before, "links keep the day"
    for happens in (correct, bring_in_a_new_year, revise, finish, judge, let_the_board_answer, add_a_goal):
        happens(scene)
    assert MilestoneUpdate.objects.filter(known_on__gt=OLD).exists()
    assert changed_lines({address: before}, {address: TOKEN.sub("", client.get(address).text)}) == []


def test_a_filter_on_the_readings_period_would_not_do(client, scene):
    """The class of 2018 is told on both days, with the figure that each day knew."""
    correct(scene)
    address = reverse("tactic-detail", args=[scene.plan.slug, scene.tactic.strategy.slug, scene.tactic.slug])
    words = lambda on: re.sub(r"<[^>]+>", " ", client.get(address + on).text)  # noqa: E731 places in drawings are numbers
    assert "85.3" in words(AS_OF) and "80.1" not in words(AS_OF)
    assert "80.1" in words("")


def test_a_window_expected_later_does_not_judge_the_earlier_day(client, scene):
    make_window(scene.series.indicator, 2019, date(2020, 1, 5), grace_days=10)
    address = reverse("plan-status", args=[scene.plan.slug])
    assert "Data overdue" in client.get(address).text
    assert "Data overdue" not in client.get(address + AS_OF).text


def test_a_test_that_is_canceled_later_stays_overdue_on_the_earlier_day(client, scene):
    """Nobody can talk a silence away afterwards: what was not said then does not excuse it."""
    indicator, due = scene.series.indicator, date(2019, 6, 3)
    make_window(indicator, 2019, due, grace_days=10)
    make_window(indicator, 2019, due, not_collected=True, reason="No test that year", known_on=date(2020, 1, 20))
    address = reverse("plan-status", args=[scene.plan.slug])
    assert "Data overdue" not in client.get(address).text and "No test that year" in client.get(address).text
    assert "Data overdue" in client.get(address + AS_OF).text
    assert "No test that year" not in client.get(address + AS_OF).text


def test_a_question_to_staff_waits_only_from_its_day(client, scene):
    ask(scene)
    sign_in(client, role=Role.BOARD, scope=scene.plan.district.scope)
    address = reverse("board-dashboard", args=[scene.plan.slug])
    assert "Which schools?" in client.get(address + AS_OF).text
    assert "Which schools?" not in client.get(f"{address}?as_of=2019-12-01").text
