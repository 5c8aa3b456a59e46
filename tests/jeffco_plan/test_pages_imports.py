"""What an import would do to the plans: the word of every goal it touches, without and with it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators import actions
from indicators.importing.comparisons import KeptDifference
from indicators.models import Organization, Series, StudentGroup
from indicators.words import Word
from jeffco_plan.pages.imports import changed_statuses
from strategy.scorecards import goal_cards
from tests.factories import (
    DAY,
    make_goal,
    make_indicator,
    make_observation,
    make_plan,
    make_revision,
    make_series,
    make_strategy,
    make_tactic,
    make_window,
)
from tests.indicators.cast import check, make_steward, make_world, row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(settings, templates_without_sql):
    settings.DEMONSTRATION_DAY = DAY


@pytest.fixture
def world(client):
    """Jeffco with a plan of one tactic; its data steward is signed in."""
    world = make_world()
    world.plan = make_plan(world.jeffco, slug="p")
    world.tactic = make_tactic(make_strategy(world.plan, slug="s"), slug="t")
    client.force_login(make_steward(world.jeffco))
    return world


def series_of(world, indicator=None, group=None, organization=None):
    return make_series(indicator or world.graduation, organization or world.jeffco, group)


def goal_on(world, series, first="85.3", **overrides):
    """A goal from 83.5 (2017) over 84.5 and 86.1 to 90 (2022), with a reading for the class of 2018."""
    goal = make_goal(world.tactic, series, waypoints=[[2018, "84.5"], [2019, "86.1"]], **overrides)
    if first:
        make_observation(series, 2018, first, known_on=date(2019, 1, 17), n=6500)
    return goal


def statuses(batch):
    differences = KeptDifference(batch) if batch.state == "checked" else None
    return [(change.before.word, change.after.word) for change in changed_statuses(batch, differences)]


def preview(client, batch):
    response = client.get(reverse("import-detail", args=[batch.pk]))
    assert response.status_code == 200
    return response.content.decode()


def section(page):
    start = page.index('id="statuses"')
    return page[start : page.index("</section>", start)]


def apply(batch, **choices):
    return actions.apply_batch(batch, None, batch.difference_hash, **choices)


def test_an_overdue_goal_gets_its_word_back(world, client):
    goal_on(world, series_of(world))
    make_window(world.graduation, 2019, date(2020, 1, 10))
    batch = check(row("85.3"), district=world.jeffco)
    assert statuses(batch) == [(Word.DATA_OVERDUE, Word.SLIGHTLY_BEHIND)]
    said = section(preview(client, batch))
    assert "What it would do" in said and "One goal changes status." in said
    assert "Data overdue" in said and "becomes" in said and "Slightly behind" in said
    assert "Reading was due" in said and "0.8 points behind the plan for the class of 2019" in said
    assert "/plans/p/strategies/s/t/#goal-" in said


def test_the_preview_foretells_what_applying_brings(world, client):
    goal = goal_on(world, series_of(world))
    make_window(world.graduation, 2019, date(2020, 1, 10))
    batch = check(row("84"), district=world.jeffco)
    foretold = statuses(batch)
    apply(batch)
    cards = goal_cards(type(goal).objects.all(), DAY)
    assert [card.word for card in cards] == [after for _before, after in foretold]
    assert statuses(batch) == foretold, "the result says of the past what the preview said of the future"
    assert "What it did" in section(preview(client, batch))


def test_a_goal_that_keeps_its_word_is_listed_too(world, client):
    series = series_of(world)
    goal_on(world, series)
    make_observation(series, 2019, "85.3", known_on=date(2020, 1, 10), n=6500)
    batch = check(row("85.4"), district=world.jeffco)
    assert statuses(batch) == [(Word.SLIGHTLY_BEHIND, Word.SLIGHTLY_BEHIND)]
    said = section(preview(client, batch))
    assert "No goal changes status." in said and "stays" in said and "becomes" not in said
    assert "0.8 points behind" in said and "0.7 points behind" in said


def test_a_group_that_would_be_small_shows_no_number(world, client):
    goal_on(world, series_of(world, group=world.female))
    batch = check(row("87.77", group="Female", n="9"), district=world.jeffco)
    assert statuses(batch) == [(Word.ON_TRACK, Word.WITHHELD)]
    said = section(preview(client, batch))
    assert "Withheld" in said and "too few students" in said
    assert "87.7" not in said and "87.8" not in said
    apply(batch)
    assert "87.7" not in section(preview(client, batch))


def test_a_number_withheld_to_protect_its_neighbor_is_foreseen(world):
    male = StudentGroup.objects.create(code="male", name="Male")
    dimension = world.female.memberships.get().dimension
    category = dimension.categories.create(code="male", name="Male")
    male.memberships.create(category=category, dimension=dimension)
    series_of(world, group=world.female)
    goal = goal_on(world, series_of(world, group=male))
    rows = [
        row("86.133333", group="Male", n="3000"),
        row("44.444444", group="Female", n="9"),
        row("86.008641", n="3009"),
    ]
    batch = check(*rows, district=world.jeffco)
    assert statuses(batch) == [(Word.ON_TRACK, Word.WITHHELD)], "all students less the male would tell of the nine"
    apply(batch)
    assert [card.word for card in goal_cards(type(goal).objects.all(), DAY)] == [Word.WITHHELD]


def test_either_side_of_a_gap_moves_its_goal(world):
    every, female = series_of(world), series_of(world, group=world.female)
    make_goal(world.tactic, every, minus=female, baseline_value="4", target_value="0")
    make_observation(every, 2019, "86", known_on=date(2020, 1, 10), n=6500)
    batch = check(row("85.9", group="Female", n="3000"), district=world.jeffco)
    assert statuses(batch) == [(Word.NOT_DUE_YET, Word.ON_TRACK)]


def test_a_file_that_touches_no_goal_says_so(world, client):
    goal_on(world, series_of(world))
    batch = check(row("310", "2018-2019", indicator="seats", n=""), district=world.jeffco)
    assert statuses(batch) == []
    assert "No published goal rests on numbers that this file changes." in section(preview(client, batch))


def test_another_organization_or_an_unchanged_number_touches_no_goal(world):
    series = series_of(world)
    goal_on(world, series)
    batch = check(row("85.3", "Class of 2018"), row("80", organization="CO:0108", n="300"), district=world.jeffco)
    assert statuses(batch) == []


def test_goals_that_nobody_may_see_are_not_told(world):
    draft = make_tactic(world.tactic.strategy, state="draft")
    make_goal(draft, series_of(world))
    secret = make_indicator(code="secret", is_public=False)
    make_goal(world.tactic, series_of(world, secret))
    batch = check(row("80"), row("80", indicator="secret"), district=world.jeffco)
    assert statuses(batch) == []


def test_a_withdrawn_goal_and_a_former_measure_are_left_alone(world):
    withdrawn, replaced = goal_on(world, series_of(world)), make_goal(world.tactic, Series.objects.get())
    make_revision(withdrawn, Series.objects.get(), adopted_on=date(2019, 6, 1), kind="withdrawn")
    make_revision(replaced, series_of(world, world.seats), adopted_on=date(2019, 6, 1))
    assert statuses(check(row("80"), district=world.jeffco)) == []


def test_every_plan_is_judged_on_its_own_today(world):
    goal_on(world, series_of(world))
    earlier = make_plan(world.jeffco, slug="earlier", standing_day=date(2019, 6, 1))
    make_goal(make_tactic(make_strategy(earlier)), Series.objects.get())
    batch = check(row("85.3"), district=world.jeffco)
    changes = changed_statuses(batch, KeptDifference(batch))
    assert {change.plan.slug: change.after.day for change in changes} == {"p": DAY, "earlier": date(2019, 6, 1)}
    assert {change.plan.slug: change.has_new_readings for change in changes} == {"p": True, "earlier": False}


def test_a_word_that_rests_on_a_suspicious_value_says_so(world, client):
    goal_on(world, series_of(world))
    batch = check(row("0.859"), district=world.jeffco)
    assert statuses(batch) == [(Word.ON_TRACK, Word.MOVING_AWAY)]
    assert "Only if the values that look wrong are kept." in section(preview(client, batch))
    response = client.post(reverse("import-apply", args=[batch.pk]), {"difference_hash": batch.difference_hash})
    assert response.status_code == 422 and "becomes" in section(response.content.decode())


def test_the_cost_does_not_grow_with_the_goals(world, client):
    def school_with_goal():
        code = str(Organization.objects.count())
        school = Organization.objects.create(kind="school", authority="CO", code=code, name=code, parent=world.jeffco)
        goal_on(world, series_of(world, organization=school))
        return row("85", organization=f"CO:{code}")

    def queries(batch):
        with CaptureQueriesContext(connection) as context:
            preview(client, batch)
        return len(context)

    one = check(school_with_goal(), district=world.jeffco)
    three = check(school_with_goal(), school_with_goal(), school_with_goal(), district=world.jeffco)
    assert queries(one) == queries(three) == 29
    apply(one)
    apply(three)
    assert queries(one) == queries(three) == 28
    assert (len(statuses(one)), len(statuses(three))) == (1, 3)
