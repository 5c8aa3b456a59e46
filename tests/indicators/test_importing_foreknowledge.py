"""Numbers that are said to be known before their period ended: asked about, never moved to another day silently."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from indicators import actions
from indicators.importing.foreknowledge import BEFORE_IT_BEGINS, BEFORE_IT_ENDS
from indicators.models import ImportBatch, Observation
from tests.indicators.cast import bring_in, check, make_world, row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return make_world()


def doubts(batch):
    return [found.message for found in batch.findings.filter(kind="suspicious")]


@pytest.mark.parametrize(
    ("known_on", "messages"),
    [
        (date(2018, 6, 30), [BEFORE_IT_BEGINS]),
        (date(2018, 7, 1), [BEFORE_IT_ENDS]),
        (date(2019, 6, 29), [BEFORE_IT_ENDS]),
        (date(2019, 6, 30), []),
        (date(2020, 1, 16), []),
    ],
)
def test_the_class_of_2019_is_not_known_before_the_summer_of_2019(known_on, messages):
    assert doubts(check(row("85.3"), known_on=known_on)) == messages


def test_each_reading_is_held_against_its_own_period():
    batch = check(row("85.3"), row("84", "2018"), row("*", "2020", n=""), known_on=date(2019, 1, 17))
    assert [(found.row, found.message) for found in batch.findings.filter(kind="suspicious")] == [
        (2, BEFORE_IT_ENDS),
        (4, BEFORE_IT_BEGINS),
    ]
    assert batch.findings.get(row=4).cell_text == "*", "a mark is a number's place, too"


def test_it_needs_a_yes_and_then_stands_on_that_day():
    with pytest.raises(actions.NeedsChoice):
        bring_in(row("85.3"), known_on=date(2019, 1, 17))
    assert not Observation.objects.exists()
    bring_in(row("85.3"), known_on=date(2019, 1, 17), suspicious=actions.KEEP)
    assert Observation.objects.get().known_on == date(2019, 1, 17)


def test_what_stands_already_is_not_asked_about_again():
    bring_in(row("85.3"), known_on=date(2019, 1, 17), suspicious=actions.KEEP)
    assert doubts(check(row("85.3"), known_on=date(2019, 1, 17))) == []


def test_a_file_of_the_running_year_brought_in_today_is_there_today():
    """Membership of the fall stands for its year; but next year's is a forecast, or a slip."""
    today = timezone.localdate()
    running = today.year + (today.month > 6)
    batch = check(row("85.3", str(running)), row("84", str(running + 1)), known_on=today)
    assert [(found.row, found.message) for found in batch.findings.filter(kind="suspicious")] == [(3, BEFORE_IT_BEGINS)]


def test_a_night_between_look_and_yes_asks_nothing_new():
    today = timezone.localdate()
    batch = check(row("85.3", str(today.year + (today.month > 6))), known_on=today)
    before = batch.difference_hash
    day = timedelta(days=1)
    ImportBatch.objects.filter(pk=batch.pk).update(created_at=batch.created_at - day, known_on=today - day)
    batch.refresh_from_db()
    difference, _lookups = actions.difference_of(batch)
    assert not difference.suspicious and before
