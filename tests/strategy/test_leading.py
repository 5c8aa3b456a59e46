"""Leading indicators on a day: what their readings say, and how the run chart shows it."""

from datetime import date

import pytest
from django.utils import translation

from indicators import publishing
from indicators.models import Annotation
from indicators.periods import MONTH, SCHOOL_YEAR, WEEK, period_of
from strategy.leading import _ticks, leading_cards
from strategy.models import LeadingIndicator, PdsaCycle
from tests.factories import (
    DAY,
    make_district,
    make_goal,
    make_indicator,
    make_observation,
    make_plan,
    make_series,
    make_strategy,
    make_tactic,
)

pytestmark = pytest.mark.django_db

FIRST = 2018 * 12 + 8  # September 2018
NINE_ABOVE = [71, 70, 72, 70, 71, 70, 72, 71, 70] + [75, 76, 75, 77, 76, 75, 77, 76, 75]
ORDINARY = [50, 52, 49, 51, 53, 48, 51, 50, 52, 49, 50, 51, 52, 49]


def make_leading(values, *, kind=MONTH, first=FIRST, tactic=None, **overrides):
    """A declared leading indicator with one reading a period; None leaves a gap."""
    tactic = tactic or make_tactic(make_strategy(make_plan(make_district())))
    indicator = make_indicator(**{"calendar": SCHOOL_YEAR, "kind": kind, "name": "Core courses passed"} | overrides)
    series = make_series(indicator, tactic.strategy.plan.district)
    for period, value in enumerate(values, first):
        if value is not None:
            make_observation(series, period, value, known_on=date(2019, 6, 1), decide=False)
    publishing.decide([indicator.pk])
    return LeadingIndicator.objects.create(
        tactic=tactic, goal=make_goal(tactic), series=series, expected_sign=1, lag_days=365,
        reason="It moves first.", confidence="medium", declared_on=date(2018, 9, 1),
    )  # fmt: skip


def rebase(leading, period, known_on=date(2019, 6, 1), **overrides):
    values = {"kind": Annotation.Kind.REBASE, "text": "Counted anew."} | overrides
    return Annotation.objects.create(indicator=leading.series.indicator, period=period, known_on=known_on, **values)


def card_of(leading, day=DAY):
    cycles = list(PdsaCycle.objects.filter(leading_indicator=leading))
    (card,) = leading_cards(LeadingIndicator.objects.filter(pk=leading.pk), cycles, day)
    return card


def drawn(card):
    return str(card.draw(str, "c"))


# The finding in words


@pytest.mark.parametrize(
    ("values", "finding"),
    [
        ([], "No reading yet"),
        ([71, 72, 70, 73], "73.0%, December 2018: too few points for a median"),
        ([71, 72, 70, 73, 74], "74.0%, January 2019, median 72.0%: too few points for a signal"),
        ([71] * 4 + [75] * 5, "75.0%, May 2019, median 75.0%: too few points for a signal"),
        (NINE_ABOVE, "Nine in a row above the median of 73.5%: a signal"),
        (NINE_ABOVE[::-1], "Nine in a row below the median of 73.5%: a signal"),
        (ORDINARY, "No signal: ordinary variation around the median of 50.5%"),
        (ORDINARY + [60, 41], "Two points outside the limits, the latest for December 2019: a signal"),
        (ORDINARY + [60], "One point outside the limits, for November 2019: a signal"),
        ([50] * 5 + [52] * 5, "Only one crossing of the median of 51.0%: a signal"),
        ([50] * 4 + [52] * 6 + [50] * 2, "Only two crossings of the median of 51.0%: a signal"),
    ],
)  # fmt: skip
def test_what_the_readings_say(values, finding):
    assert card_of(make_leading(values)).finding == finding


def test_a_run_that_has_ended_says_when():
    values = [76] * 9 + [70] * 5 + [76] + [70] * 5
    finding = card_of(make_leading(values)).finding
    assert finding == "Nine in a row above the median of 73.0%, up to May 2019: a signal"


def test_no_word_claims_significance_or_cause():
    for values in (NINE_ABOVE, ORDINARY, [*ORDINARY, 60]):
        card = card_of(make_leading(values))
        text = f"{card.finding} {card.method} {drawn(card)}".lower()
        assert not any(word in text for word in ("significant", "because", "caused", "due to", "proves"))


def test_a_withheld_or_missing_reading_is_a_gap():
    card = card_of(make_leading([*NINE_ABOVE[:3], None, None, *NINE_ABOVE[3:]]))
    assert card.finding == "Nine in a row above the median of 73.5%: a signal"
    assert "18 readings, 18 of them off the median." in card.method


def test_the_finding_is_spanish_for_spanish_readers():
    card = card_of(make_leading(NINE_ABOVE))
    with translation.override("es"):
        assert card.finding == "Nueve seguidas por encima de la mediana de 73.5%: una señal"
        assert "más de 7 es una señal" in card.method


# How it was found


def test_the_method_names_its_numbers():
    method = card_of(make_leading(NINE_ABOVE)).method
    assert "18 readings, 18 of them off the median." in method
    assert "Longest run on one side: 9; more than 7 is a signal." in method
    assert "Crossings of the median: 1; fewer than 5 is a signal." in method
    assert "set from the first twelve readings" in method


def test_limits_wait_for_the_twelfth_reading():
    assert "Limits need twelve readings." in card_of(make_leading(ORDINARY[:11])).method
    assert "g-lim" not in drawn(card_of(make_leading(ORDINARY[:11])))
    assert "No point lies outside them." in card_of(make_leading(ORDINARY[:12])).method


def test_a_yearly_measure_says_why_it_has_no_signal():
    card = card_of(make_leading([60, 62, 61, 63, 65, 66], kind="year", first=2013))
    assert card.finding == "66.0%, 2017–18, median 62.5%: too few points for a signal"
    assert card.method.startswith("Yearly and quarterly readings come too seldom for a signal")


def test_a_weekly_measure_with_few_readings_says_how_many_it_takes():
    first = period_of(date(2019, 9, 2), SCHOOL_YEAR, WEEK).number
    card = card_of(make_leading([60, 62, 61], kind=WEEK, first=first))
    assert card.method == "It takes five readings in one phase for a median and ten for a signal; here are 3."
    assert card.draw(str, "c") == ""


# Phases


def test_a_rebase_begins_a_phase_judged_by_itself():
    leading = make_leading(NINE_ABOVE)
    rebase(leading, FIRST + 9)
    card = card_of(leading)
    assert [stretch.phase.n for stretch in card.stretches] == [9, 9]
    assert card.finding == "75.0%, February 2020, median 76.0%: too few points for a signal"
    assert card.phase_note.text == "Counted anew."


def test_a_rebase_counts_from_the_day_it_was_known():
    leading = make_leading(NINE_ABOVE)
    rebase(leading, FIRST + 9, known_on=date(2020, 1, 20))
    assert card_of(leading, date(2020, 1, 19)).finding.startswith("Nine in a row")
    assert not card_of(leading, date(2020, 1, 20)).finding.startswith("Nine in a row")


def test_a_new_phase_without_a_reading_says_so_and_is_still_drawn():
    leading = make_leading(ORDINARY)
    rebase(leading, FIRST + len(ORDINARY))
    card = card_of(leading)
    assert card.finding == "49.0%, October 2019: no reading in the new phase yet"
    assert "Median 50.5%" in drawn(card)
    assert card.method.endswith("here are 0.")


def test_a_break_of_the_series_parts_it_too_and_says_so():
    leading = make_leading(NINE_ABOVE)
    rebase(leading, FIRST + 9, kind=Annotation.Kind.BREAK)
    card = card_of(leading)
    assert len(card.stretches) == 2
    assert "Series break" in drawn(card)


def test_a_rebase_of_another_organization_changes_nothing():
    leading = make_leading(NINE_ABOVE)
    rebase(leading, FIRST + 9, organization=make_district())
    assert card_of(leading).finding.startswith("Nine in a row")


def test_every_phase_keeps_the_note_that_began_it():
    leading = make_leading(NINE_ABOVE)
    for period in (FIRST - 3, FIRST, FIRST + 4, FIRST + 9, FIRST + 40):
        rebase(leading, period, text=f"From {period - FIRST} on.")
    begun = [stretch.note.text if stretch.note else "" for stretch in card_of(leading).stretches]
    assert begun == ["", "From 4 on.", "From 9 on.", "From 40 on."]
    assert [len(stretch.points) for stretch in card_of(leading).stretches] == [4, 5, 9, 0]


def test_a_rebase_before_the_first_reading_begins_nothing_new():
    leading = make_leading(ORDINARY)
    rebase(leading, FIRST)
    assert len(card_of(leading).stretches) == 1


# The drawing


def test_a_long_run_is_a_band_and_its_points_are_marked():
    drawing = drawn(card_of(make_leading(NINE_ABOVE)))
    assert "Nine in a row above the median: a signal" in drawing
    assert drawing.count("g-sigband") == 3 * 2  # below, then above, in three widths
    assert "Upper limit" in drawing


def test_a_point_outside_the_limits_wears_a_ring():
    drawing = drawn(card_of(make_leading([*ORDINARY, 60])))
    assert drawing.count("g-circ") == 3
    assert "g-sigband" not in drawing


def test_ordinary_variation_has_neither_band_nor_ring():
    drawing = drawn(card_of(make_leading(ORDINARY)))
    assert "g-sigband" not in drawing
    assert "g-circ" not in drawing
    assert drawing.count("g-lim") == 3 * 2


def test_the_text_alternative_says_what_was_found_and_how():
    drawing = drawn(card_of(make_leading(NINE_ABOVE)))
    assert "Nine in a row above the median of 73.5%: a signal. Core courses passed" in drawing
    assert "18 readings from September 2018 to February 2020. 18 readings, 18 of them off the median." in drawing


def test_a_level_between_two_readings_is_not_written_like_one_of_them():
    card = card_of(make_leading(ORDINARY, unit="count", decimals=0, natural_high=None))
    assert card.finding == "No signal: ordinary variation around the median of 50.5"
    assert "Limits 44.5 and 56.5, set" in card.method


def test_limits_are_named_as_far_as_the_measure_can_go_and_tested_beyond():
    values = [95, 85] * 6 + [98]
    card = card_of(make_leading(values))
    assert card.stretches[0].limits.upper > 100
    assert "100.0%" in card.method
    assert "No point lies outside them." in card.method


def test_where_the_first_twelve_hardly_move_there_are_no_limits():
    card = card_of(make_leading([50] * 6 + [52] * 7))
    assert "The first twelve readings move too seldom for limits." in card.method
    assert "g-circ" not in drawn(card)
    assert card_of(make_leading([50] * 12 + [52])).finding.startswith("One point outside the limits")


def test_five_to_nine_readings_have_a_median_and_no_limits():
    drawing = drawn(card_of(make_leading(ORDINARY[:8])))
    assert "g-med" in drawing
    assert "g-lim" not in drawing


def test_a_phase_of_four_readings_has_no_median():
    leading = make_leading(ORDINARY)
    rebase(leading, FIRST + 10)
    card = card_of(leading)
    assert card.finding.endswith("too few points for a median")
    assert drawn(card).count("g-med") == 3


# Reading them


def test_the_cards_of_one_and_of_three_indicators_take_the_same_queries(django_assert_num_queries):
    tactic = make_tactic(make_strategy(make_plan(make_district())))
    for count in (1, 3):
        while LeadingIndicator.objects.count() < count:
            make_leading(NINE_ABOVE, tactic=tactic)
        with django_assert_num_queries(4):
            cards = leading_cards(LeadingIndicator.objects.order_by("pk"), [], DAY)
            assert [card.finding[:4] for card in cards] == ["Nine"] * count


def test_the_tactic_page_says_what_was_found_and_how(client):
    leading = make_leading(NINE_ABOVE)
    tactic = leading.tactic
    plan = tactic.strategy.plan
    page = client.get(f"/plans/{plan.slug}/strategies/{tactic.strategy.slug}/{tactic.slug}/").content.decode()
    assert "Nine in a row above the median of 73.5%: a signal" in page
    assert "Longest run on one side: 9; more than 7 is a signal." in page
    assert 'href="/about-the-data/#signals"' in page


def test_the_about_page_explains_the_rules(client):
    page = client.get("/about-the-data/").content.decode()
    assert 'id="signals"' in page
    assert "Anhøj and Olesen" in page


def test_weeks_of_one_month_are_named_once_on_the_axis():
    leading = make_leading([90 + n % 3 for n in range(12)], kind=WEEK, first=104_620, calendar="calendar_year")
    (card,) = leading_cards(LeadingIndicator.objects.filter(pk=leading.pk), [], DAY)
    names = [tick.label for tick in _ticks(card.shown)]
    assert names == ["Feb 2006", "Mar 2006", "Apr 2006"]
