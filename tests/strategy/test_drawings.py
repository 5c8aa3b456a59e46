"""From a goal or a series to its drawing: the names on the axes and what is marked."""

import pytest
from django.utils.translation import override

from indicators.periods import Period
from strategy.drawings import tick_words


@pytest.mark.parametrize(
    ("period", "name", "on_a_phone"),
    [
        (Period("class_of", "year", 2019), "2019", "’19"),
        (Period("school_year", "year", 2019), "2018–19", "’19"),
        (Period("october", "year", 2019), "2018", "’18"),
        (Period("calendar_year", "quarter", 8072), "Q1 2018", "Q1 2018"),
        (Period("school_year", "quarter", 8072), "Q1 2017–18", "Q1 2017–18"),
        (Period("calendar_year", "month", 2018 * 12), "Jan 2018", "Jan 2018"),
    ],
)
def test_a_period_on_an_axis_is_named_as_short_as_it_can_be(period, name, on_a_phone):
    assert tick_words(period) == (name, on_a_phone)


def test_a_month_on_an_axis_speaks_the_readers_language():
    with override("es"):
        assert tick_words(Period("calendar_year", "month", 2018 * 12))[0] == "Ene 2018"
