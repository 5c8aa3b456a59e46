"""What happened to a series stands on its chart, in its table and in its file."""

from datetime import date

import pytest

from indicators.models import Annotation
from strategy.drawings import chart_of
from strategy.happened import caption_of
from strategy.models import Goal
from strategy.scorecards import goal_cards
from strategy.tables import rows_of
from tests.factories import DAY, make_goal, make_observation, make_series, make_window


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        (
            "School buildings closed in March 2020; remote days are counted otherwise.",
            "School buildings closed in March 2020",
        ),
        ("The same 85.3% is printed for both classes.", "The same 85.3% is printed for both classes"),
        ("Fewer took part (81.1% against 98.0%).", "Fewer took part"),
        ("A statement of so many words that no chart has the room for it without hiding its own line", "See the notes"),
        (
            "Only part of the grades was tested in the spring of 2021, and far fewer took part",
            "Only part of the grades was tested in the spring of 2021",
        ),
        ("", "See the notes"),
    ],
)
def test_a_note_stands_on_a_chart_with_its_first_statement(text, caption):
    assert caption_of(text) == caption


@pytest.fixture
def reading(db):
    """Grade 3 reading with a year in which nobody was tested."""
    series = make_series()
    goal = make_goal(series=series)
    for year in (2017, 2018, 2020):
        make_observation(series, year, "84.0", known_on=date(2018, 8, 1))
    make_window(series.indicator, 2019, date(2019, 8, 15), not_collected=True, reason="The tests were canceled.")
    return goal, series


def card_of(goal, day=DAY):
    return goal_cards(Goal.objects.filter(pk=goal.pk), day)[0]


def drawn(card):
    return chart_of(card, lambda text: text)


def test_a_year_without_a_test_is_named_in_its_gap_and_in_the_table(reading):
    card = card_of(reading[0])
    chart = drawn(card)
    assert [(note.x, note.caption, note.detail) for note in chart.annotations] == [
        (2019, "No result", "The tests were canceled")
    ]
    assert chart.description.endswith("No result for the class of 2019.")
    (row,) = [row for row in rows_of(card) if row.actual == "No result"]
    assert (row.label, row.note, row.source) == ("Class of 2019", "The tests were canceled.", "")


def test_neighboring_years_without_a_result_share_their_reason(reading):
    goal, series = reading
    make_observation(series, 2022, "85.0", known_on=date(2020, 1, 15))
    make_window(series.indicator, 2021, date(2020, 1, 10), not_collected=True, reason="The tests were canceled.")
    make_observation(series, 2025, "85.0", known_on=date(2020, 1, 15))
    for year in (2023, 2024):
        make_window(series.indicator, year, date(2020, 1, 10), not_collected=True, reason="Not in our sources.")
    found = [(note.x, note.detail) for note in drawn(card_of(goal)).annotations]
    assert found == [
        (2019, "The tests were canceled"), (2021, "The tests were canceled"), (2023.5, "Not in our sources")
    ]  # fmt: skip


def test_before_its_result_was_to_come_nobody_knew_that_there_would_be_none(reading):
    card = card_of(reading[0], date(2019, 8, 14))
    assert drawn(card).annotations == () and "No result" not in drawn(card).description
    assert "No result" not in [row.actual for row in rows_of(card)]


def test_what_happened_is_written_on_the_goals_chart_from_the_day_it_was_known(reading):
    goal, series = reading
    Annotation.objects.create(
        indicator=series.indicator,
        kind="event",
        period=2018,
        text="A new law; it changed much.",
        known_on=date(2019, 3, 1),
    )
    assert "A new law" in [note.caption for note in drawn(card_of(goal)).annotations]
    assert "A new law" not in [note.caption for note in drawn(card_of(goal, date(2019, 2, 28))).annotations]
