"""The one layer through which the public reads numbers."""

from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command

from indicators.models import Citation, Observation, Publication
from indicators.publishing import decide, publishable
from tests.factories import make_indicator, make_observation, make_series

pytestmark = pytest.mark.django_db


def test_the_latest_vintage_of_the_day_counts():
    series = make_series()
    make_observation(series, 2012, "81.406", known_on=date(2014, 6, 30))
    make_observation(series, 2012, "81.4", known_on=date(2015, 1, 28))
    on = lambda day: [str(r.value.normalize()) for r in publishable([series.pk], day).get(series.pk, [])]  # noqa: E731
    assert on(date(2014, 6, 29)) == []
    assert on(date(2014, 6, 30)) == ["81.406"]
    assert on(date(2020, 1, 1)) == ["81.4"]


def test_an_older_vintage_loaded_later_never_displaces_a_newer_one():
    series = make_series()
    make_observation(series, 2012, "81.4", known_on=date(2015, 1, 28))
    late = make_observation(series, 2012, "81.406", known_on=date(2014, 6, 30))
    assert late.closed_at is not None
    assert publishable([series.pk], date(2020, 1, 1))[series.pk][0].value == Decimal("81.4")
    assert publishable([series.pk], date(2014, 12, 1))[series.pk][0].value == Decimal("81.406")


def test_a_value_without_a_verdict_is_not_public():
    series = make_series()
    make_observation(series, 2019, "85.3", decide=False)
    assert publishable([series.pk], date(2020, 1, 1)) == {}
    decide([series.indicator_id])
    assert publishable([series.pk], date(2020, 1, 1))[series.pk][0].value == Decimal("85.3")


def test_a_small_group_shows_its_reason_and_nothing_else():
    series = make_series()
    make_observation(series, 2019, "87.654321", n=9)
    reading = publishable([series.pk], date(2020, 1, 1))[series.pk][0]
    assert (reading.reason, reading.low, reading.high, reading.n) == ("small_group", None, None, None)


def test_a_value_taken_back_is_no_value():
    series = make_series()
    make_observation(series, 2019, "85.3")
    make_observation(series, 2019, None, known_on=date(2019, 6, 1), mark="tombstone")
    assert publishable([series.pk], date(2020, 1, 1)).get(series.pk, []) == []
    assert len(publishable([series.pk], date(2019, 2, 1))[series.pk]) == 1


def test_todays_verdict_rules_earlier_days():
    """When the smallest publishable group grows, what was shown before is withheld for every day."""
    indicator = make_indicator()
    series = make_series(indicator)
    make_observation(series, 2019, "85.3", n=18)
    assert publishable([series.pk], date(2019, 2, 1))[series.pk][0].reason == ""
    indicator.minimum_n = 20
    indicator.save()
    assert decide([indicator.pk]) == 1
    assert publishable([series.pk], date(2019, 2, 1))[series.pk][0].reason == "small_group"


def test_deciding_again_changes_nothing():
    series = make_series()
    make_observation(series, 2019, "85.3")
    assert decide([series.indicator_id]) == 0
    assert Publication.objects.count() == Observation.objects.count() == 1


def test_reading_many_series_is_one_query(django_assert_num_queries):
    indicator = make_indicator()
    for count in (1, 3):
        series = [make_series(indicator) for _ in range(count)]
        for one in series:
            make_observation(one, 2019, "85.3")
        with django_assert_num_queries(1):
            assert len(publishable([one.pk for one in series], date(2020, 1, 1))) == count


def test_the_districts_own_smallest_group_holds_for_every_indicator(settings):
    """What the page about the data promises is what is done, once the verdicts are decided anew."""
    series = make_series()
    make_observation(series, 2019, "85.3", n=18)
    settings.MINIMUM_GROUP_SIZE = 20
    call_command("decide_publications", stdout=StringIO())
    assert publishable([series.pk], date(2020, 1, 1))[series.pk][0].reason == "small_group"


def test_a_staff_only_indicator_has_nothing_to_show():
    series = make_series(make_indicator(is_public=False))
    make_observation(series, 2019, "85.3")
    assert publishable([series.pk], date(2020, 1, 1)) == {}
    assert len(publishable([series.pk], date(2020, 1, 1), with_staff_only=True)[series.pk]) == 1


@pytest.mark.parametrize("first_n", [None, 18])
def test_what_is_withheld_today_is_withheld_for_every_earlier_day(first_n):
    """A reading whose group turned out to be nine is not to be had by asking for the day before."""
    series = make_series(make_indicator(masked_by_publisher=True))
    make_observation(series, 2019, "85.3", known_on=date(2019, 1, 16), n=first_n)
    make_observation(series, 2019, "84.4", known_on=date(2019, 6, 1), n=9)
    for day in (date(2019, 2, 1), date(2020, 1, 1)):
        assert publishable([series.pk], day)[series.pk][0].reason == "small_group"


def test_a_later_file_that_leaves_the_size_out_opens_nothing():
    series = make_series(make_indicator(masked_by_publisher=True))
    make_observation(series, 2019, "85.3", known_on=date(2019, 1, 16), n=9)
    make_observation(series, 2019, "84.4", known_on=date(2019, 6, 1), n=None)
    assert publishable([series.pk], date(2020, 1, 1))[series.pk][0].reason == "small_group"


def test_a_size_that_was_mended_shows_the_reading():
    series = make_series()
    make_observation(series, 2019, "85.3", known_on=date(2019, 1, 16), n=9)
    make_observation(series, 2019, "85.3", known_on=date(2019, 6, 1), n=5000)
    assert publishable([series.pk], date(2019, 2, 1))[series.pk][0].reason == "small_group"
    assert publishable([series.pk], date(2020, 1, 1))[series.pk][0].reason == ""


def test_the_note_beside_a_withheld_reading_is_not_shown_either():
    series = make_series()
    note = Citation.objects.create(text="District file", note="Eight of nine students")
    make_observation(series, 2018, "84.4", n=5000, citation=note)
    make_observation(series, 2019, "88.9", n=9, citation=note)
    readings = publishable([series.pk], date(2020, 1, 1))[series.pk]
    assert [(reading.source, reading.note) for reading in readings] == [
        ("District file", "Eight of nine students"),
        ("District file", ""),
    ]
