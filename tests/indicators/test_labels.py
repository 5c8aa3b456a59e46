"""Names of periods in the reader's language: what a page prints can be typed back, and a refusal is read as well."""

from datetime import date

import pytest
from django.utils.translation import gettext, override

from indicators.labels import period_label, period_phrase
from indicators.periods import CALENDARS, CLASS_OF, KINDS, OCTOBER, YEAR, PeriodError, parse_period, period_of

DAYS = [date(2019, 10, 1), date(2019, 10, 31)]
CALENDARS_AND_KINDS = [(c, k) for c in CALENDARS for k in KINDS if k == YEAR or c not in (CLASS_OF, OCTOBER)]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("calendar", "kind"), CALENDARS_AND_KINDS)
def test_a_period_is_read_back_as_the_page_prints_it(language, calendar, kind):
    for day in DAYS:
        period = period_of(day, calendar, kind)
        with override(language):
            assert parse_period(period_label(period), calendar, kind) == period


def test_months_are_small_and_quarters_need_no_article_in_spanish():
    with override("es"):
        assert period_label(period_of(date(2019, 10, 1), "school_year", "month")) == "octubre de 2019"
        assert period_phrase(period_of(date(2019, 10, 1), "school_year", "quarter")) == "2019–20 (trimestre 2)"
        assert period_phrase(period_of(date(2019, 10, 1), CLASS_OF)) == "la generación de 2020"


@pytest.mark.parametrize(
    ("text", "calendar", "kind", "said"),
    [
        ("", "school_year", "year", "El período está vacío."),
        ("2020-Q5", "calendar_year", "quarter", "no es un período (trimestre) que conozca el calendario"),
        ("SY 2014", OCTOBER, "year", "Escriba 2013-14 u octubre de 2014."),
        ("noviembre de 2014", OCTOBER, "year", "2014-11-01 no está en octubre"),
        ("2013-2015", "school_year", "year", "el segundo año debe seguir al primero"),
    ],
)
def test_a_label_is_refused_in_the_readers_language(text, calendar, kind, said):
    with override("es"), pytest.raises(PeriodError) as refused:
        parse_period(text, calendar, kind)
    with override("es"):
        assert said in refused.value.told(gettext)
