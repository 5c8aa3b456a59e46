"""What is foreseen of a batch is what is published after it, and what was published before it."""

from datetime import date

import pytest

from indicators import actions, foresight, publishing
from indicators.importing.comparisons import KeptDifference
from indicators.models import Indicator, Observation, Series
from tests.factories import make_indicator, make_series
from tests.indicators.cast import DAY, bring_in, check, row

pytestmark = pytest.mark.django_db

EARLIER, LATER = date(2019, 7, 1), date(2020, 3, 1)
DAYS = (EARLIER, DAY, LATER)


@pytest.fixture
def world(world):
    bring_in(
        row("84", "2018"), row("85.3"), row("88", group="Female", n="3000"), row("70", organization="CO:0108", n="120")
    )
    return world


def published(readings):
    """What the public sees, without where it came from."""
    return {series: [reading[:7] for reading in line] for series, line in readings.items()}


def standing(series):
    return {day: published(publishing.publishable(series, day)) for day in DAYS}


def seen(found, series):
    return {day: published(found.publishable(series, day)) for day in DAYS}


@pytest.mark.parametrize(
    "rows",
    [
        [row("86")],
        [row("86"), row("85", "2018"), row("83", "2017")],
        [row("90", group="Female", n="9")],
        [row("*", organization="CO:0108", n="")],
        [row("71", organization="CO:0108", n="12"), row("60", organization="CO:0108", group="Female", n="")],
        [row("0.86")],
        [row("85.3")],
    ],
)
@pytest.mark.parametrize("known_on", DAYS, ids=["older", "same day", "newer"])
def test_foreseen_is_what_is_published_after_and_was_before(world, rows, known_on, monkeypatch):
    monkeypatch.setattr(actions.checking.timezone, "localdate", lambda: LATER)
    indicators, series = {world.graduation.pk}, set(Series.objects.values_list("pk", flat=True))
    before = standing(series)
    batch = check(*rows, known_on=known_on)
    changes = actions.difference_of(batch)[0].to_write(with_suspicious=True)
    foreseen = seen(foresight.with_changes(batch, changes, indicators), series)
    actions.apply_batch(batch, None, batch.difference_hash, suspicious=actions.KEEP)
    assert foreseen == standing(series)
    assert seen(foresight.without(batch, indicators), series) == before


def test_looking_writes_nothing(world):
    batch = check(row("86"), row("60", organization="CO:0108", group="Female", n="40"))
    rows = (Observation.objects.count(), Series.objects.count())
    foresight.with_changes(batch, actions.difference_of(batch)[0].to_write(True), {world.graduation.pk})
    assert (Observation.objects.count(), Series.objects.count()) == rows


def test_moved_are_the_series_whose_current_number_is_another(world):
    graduation = {world.graduation.pk}
    current = Series.objects.get(organization=world.jeffco, group__code="all")
    older = check(row("80"), known_on=EARLIER)
    changes = actions.difference_of(older)[0].to_write(with_suspicious=True)
    assert changes and foresight.with_changes(older, changes, graduation).moved == set()
    newer = check(row("86"))
    found = foresight.with_changes(newer, actions.difference_of(newer)[0].to_write(True), graduation)
    assert (found.moved, found.doubtful) == ({current.pk}, set())
    actions.apply_batch(newer, None, newer.difference_hash)
    assert foresight.without(newer, graduation).moved == {current.pk}
    bring_in(row("87"))
    assert foresight.without(newer, graduation).moved == set(), "another import has moved it on"


def test_of_a_staff_only_indicator_nothing_is_foreseen(world):
    secret = make_indicator(code="secret", is_public=False)
    series = make_series(secret, world.jeffco)
    batch = check(row("80", indicator="secret"))
    changes = actions.difference_of(batch)[0].to_write(with_suspicious=True)
    found = foresight.with_changes(batch, changes, set(Indicator.objects.values_list("pk", flat=True)))
    assert found.publishable([series.pk], DAY) == {}


def test_a_mended_file_of_the_same_day_is_foreseen_to_stand_after_the_wrong_one_was_undone(world):
    indicators, series = {world.graduation.pk}, set(Series.objects.values_list("pk", flat=True))
    wrong = bring_in(row("86"), row("83", "2017"), known_on=EARLIER)
    actions.undo_batch(wrong, None, actions.undo_preview(wrong, LATER).hash, LATER)
    mended = check(row("82.5", "2017"), known_on=EARLIER)
    before = standing(series)
    for changes in (
        actions.difference_of(mended)[0].to_write(with_suspicious=True),
        KeptDifference(mended).changes_of(indicators),
    ):
        found = foresight.with_changes(mended, changes, indicators)
        foreseen = seen(found, series)
        assert len(found.moved) == 1
    actions.apply_batch(mended, None, mended.difference_hash)
    assert without_days(foreseen) == without_days(standing(series)) != without_days(before)


def without_days(found):
    """A number that is given again tells the day of its file, which nobody knows before it is written."""
    return {day: {pk: [one[:-1] for one in line] for pk, line in each.items()} for day, each in found.items()}
