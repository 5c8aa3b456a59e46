"""The words of milestones, as a team would read them on February 6, 2020."""

from datetime import date

import pytest

from strategy.milestones import MilestoneWord, milestone_word, slippage

DAY = date(2020, 2, 6)

MILESTONES = [
    # reported, first due, due now, done on, word
    ("done", "2018-09-05", "2018-09-05", "2018-09-05", "done"),
    ("done", "2018-12-14", "2019-02-22", "2019-02-22", "done_late"),  # a moved date does not make it early
    ("done", "2020-06-01", "2020-06-01", "2020-01-15", "done"),
    ("on_time", "2020-08-24", "2020-08-24", None, "on_time"),
    ("on_time", "2020-03-07", "2020-03-07", None, "due_soon"),  # 30 days
    ("on_time", "2020-03-08", "2020-03-08", None, "on_time"),  # 31 days
    ("on_time", "2020-02-06", "2020-02-06", None, "due_soon"),  # today is still in time
    ("on_time", "2020-02-05", "2020-02-05", None, "overdue"),
    ("on_time", "2020-01-31", "2020-04-30", None, "on_time"),  # the slippage tells the rest
    ("late", "2020-01-31", "2020-02-20", None, "due_soon"),
    ("blocked", "2020-06-01", "2020-06-01", None, "blocked"),
    ("blocked", "2020-02-20", "2020-02-20", None, "blocked"),
    ("blocked", "2020-01-31", "2020-01-31", None, "overdue"),  # no report hides a date that has passed
    ("not_started", "2020-06-01", "2020-06-01", None, "not_started"),
    ("not_started", "2020-02-20", "2020-02-20", None, "due_soon"),
    ("not_started", "2020-01-31", "2020-01-31", None, "overdue"),
    ("not_started", None, None, None, "not_started"),
    ("on_time", None, None, None, "on_time"),
]


def day(text):
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("state", "first", "now", "done", "word"), MILESTONES)
def test_the_word_of_a_milestone(state, first, now, done, word):
    found = milestone_word(state, day=DAY, first_due_on=day(first), due_on=day(now), done_on=day(done))
    assert found == MilestoneWord(word)


def test_a_milestone_is_done_if_and_only_if_dated():
    with pytest.raises(ValueError, match="if and only if"):
        milestone_word("done", day=DAY, first_due_on=DAY, due_on=DAY)
    with pytest.raises(ValueError, match="if and only if"):
        milestone_word("on_time", day=DAY, first_due_on=DAY, due_on=DAY, done_on=DAY)


def test_slippage_counts_days_from_the_first_promise():
    assert slippage(date(2018, 12, 14), date(2019, 2, 22)) == 70
    assert slippage(date(2019, 3, 1), date(2019, 2, 22)) == -7
    assert slippage(None, date(2019, 2, 22)) == 0
