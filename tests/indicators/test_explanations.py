"""What people read: findings, sentences, and the sums behind a color."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from indicators.explanations import finding, sentence, share_percent, steps, word_label
from indicators.labels import day_label, period_label, period_phrase
from indicators.periods import CLASS_OF, MONTH, OCTOBER, SCHOOL_YEAR, YEAR, Period, parse_period
from indicators.status import Reading, Window, Word, judge
from indicators.trajectory import Path, Waypoint
from indicators.units import Unit, band_text, difference_text, number, signed_text, value_text

TODAY = date(2020, 2, 6)
PERCENT = Unit("percent")


def classes(year):
    return Period(CLASS_OF, YEAR, year)


def at(year, value):
    return Waypoint(classes(year), Decimal(value))


def read(year, low, high=None, reason="small_group"):
    low, high = (None if value is None else Decimal(value) for value in (low, low if high is None else high))
    return Reading(classes(year), low, high, reason if low is None else "", date(2020, 1, 16))


def verdict_of(path, *readings, **circumstances):
    return judge(path, readings, day=TODAY, **circumstances)


GRADUATION = Path(
    at(2017, "83.5"),
    at(2022, "90"),
    (at(2018, "84.5"), at(2019, "86.1"), at(2020, "87.4"), at(2021, "88.7")),
    tolerance=Decimal("0.05"),
)
ABSENCE = Path(at(2017, 30), at(2022, 15), tolerance=Decimal("0.05"), direction="lower")
IN_RANGE = Path(
    at(2017, 90), at(2022, 96), tolerance=Decimal("0.05"), direction="range", low=Decimal(95), high=Decimal(98)
)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (Path(at(2017, 95), at(2022, 95)), 93,
         "93.0% for the class of 2019. It began at 95.0% for the class of 2017: the result is 2.0 points below that."),
        (Path(at(2017, 5), at(2022, 5), direction="lower"), 7,
         "7.0% for the class of 2019. It began at 5.0% for the class of 2017: the result is 2.0 points above that."),
        (Path(at(2017, 80), at(2022, 90), (at(2019, 76),)), 75,
         "75.0% for the class of 2019. It began at 80.0% for the class of 2017: the result is 5.0 points below that."),
        (Path(at(2017, 80), at(2022, 90)), 75,
         "75.0% for the class of 2019. The plan said 84.0% by then, up from 80.0% for the class of 2017: "
         "the result is 5.0 points below where it began."),
    ],
)  # fmt: skip
def test_no_plan_is_said_to_go_up_that_does_not(path, value, said):
    verdict = verdict_of(path, read(2019, value))
    assert verdict.word == Word.MOVING_AWAY
    assert sentence(verdict, PERCENT) == said


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (Path(at(2017, 80), at(2019, 90)), "89.99", "Target missed: 89.99% against 90%"),
        (Path(at(2017, 80), at(2019, 90)), "89.9999", "Target missed: 89.9999% against 90%"),
        (Path(at(2017, 80), at(2019, 90)), "89.9", "Target missed: 89.9% against 90%"),
        (Path(at(2017, 80), at(2019, 90)), 89, "Target missed: 89.0% against 90%"),
        (Path(at(2017, 20), at(2019, 15), direction="lower"), "15.01", "Target missed: 15.01% against 15%"),
        (Path(at(2017, 90), at(2019, 96), direction="range", low=Decimal(95), high=Decimal(98)), "98.04",
         "Target missed: 98.04% against 95% to 98%"),
    ],
)  # fmt: skip
def test_a_target_just_missed_is_never_written_as_met(path, value, said):
    verdict = verdict_of(path, read(2019, value))
    assert finding(verdict, PERCENT) == said
    written = said.split()[2]
    assert f"{written} for the class of 2019" in sentence(verdict, PERCENT)
    assert steps(verdict, PERCENT)[0] == ("Reading", written)


def test_off_track_by_less_than_is_printed_is_not_as_the_plan_said():
    verdict = verdict_of(Path(at(2017, 80), at(2022, "80.1"), tolerance=Decimal(0)), read(2019, "80.01"))
    assert verdict.word == Word.OFF_TRACK
    assert "0.03 points behind" in sentence(verdict, PERCENT)


def test_the_real_graduation_goal_is_explained_as_the_paper_says():
    verdict = verdict_of(GRADUATION, read(2018, "85.3"), read(2019, "85.3"))
    assert finding(verdict, PERCENT) == "0.8 points behind the plan for the class of 2019"
    assert sentence(verdict, PERCENT) == (
        "85.3% for the class of 2019. The plan said 86.1% by then: 0.8 points behind, 69% of the planned gain so far."
    )
    assert steps(verdict, PERCENT) == [
        ("Gain made", "85.3 − 83.5 = 1.8"),
        ("Gain planned", "86.1 − 83.5 = 2.6"),
        ("Share", "1.8 ÷ 2.6 = 0.69"),
        ("Rule", "0.60 to 0.95 is slightly behind"),
    ]


WORDS = [
    # path, reading (year, value or band), finding, sentence
    (GRADUATION, (2019, "86.5"), "0.4 points ahead of the plan for the class of 2019",
     "86.5% for the class of 2019. The plan said 86.1% by then: 0.4 points ahead."),
    (GRADUATION, (2019, "86.1"), "On the planned line for the class of 2019",
     "86.1% for the class of 2019, as the plan said."),
    (GRADUATION, (2019, "86.0"), "Close to the plan for the class of 2019: 0.1 points behind",
     "86.0% for the class of 2019. The plan said 86.1% by then: 0.1 points behind, 96% of the planned gain so far."),
    (GRADUATION, (2019, "83.3"), "0.2 points below where it began",
     "83.3% for the class of 2019. The plan said 86.1% by then, up from 83.5% for the class of 2017: "
     "the result is 0.2 points below where it began."),
    (GRADUATION, (2019, "83.5"), "2.6 points behind the plan for the class of 2019",
     "83.5% for the class of 2019. The plan said 86.1% by then: 2.6 points behind, none of the planned change so far."),
    (GRADUATION, (2022, "89"), "Target missed: 89.0% against 90%",
     "89.0% for the class of 2022. The target of 90% for the class of 2022 is missed."),
    (GRADUATION, (2022, "90.5"), "Target met: 90.5% against 90%",
     "90.5% for the class of 2022. The target of 90% for the class of 2022 is met."),
    (GRADUATION, (2020, "90.5"), "Target met early: 90.5% against 90%",
     "90.5% for the class of 2020. The target of 90% for the class of 2022 is reached early."),
    (ABSENCE, (2019, "26"), "2.0 points behind the plan for the class of 2019",
     "26.0% for the class of 2019. The plan said 24.0% by then: 2.0 points behind, "
     "66% of the planned reduction so far."),
    (ABSENCE, (2019, "31"), "1.0 points above where it began",
     "31.0% for the class of 2019. The plan said 24.0% by then, down from 30.0% for the class of 2017: "
     "the result is 1.0 points above where it began."),
    (IN_RANGE, (2019, "91"), "91.0% against a planned 92.4% for the class of 2019",
     "91.0% for the class of 2019. The plan said 92.4% by then, on the way to 95% to 98%."),
    (IN_RANGE, (2019, "100"), "On track with 100.0% for the class of 2019",
     "100.0% for the class of 2019. The plan said 92.4% by then, on the way to 95% to 98%."),
    (IN_RANGE, (2022, "99"), "Target missed: 99.0% against 95% to 98%",
     "99.0% for the class of 2022. The target of 95% to 98% for the class of 2022 is missed."),
    (GRADUATION, (2019, 80, 82), "Further from the target than where it began: 80% to 82%",
     "80% to 82% for the class of 2019. The plan said 86.1% by then, on the way to 90%."),
    (GRADUATION, (2019, 80, 89), "Withheld: the published range does not settle the word",
     "The published range for the class of 2019, 80% to 89%, holds values with different words."),
    (GRADUATION, (2019, None), "Withheld: too few students",
     "The group is so small that its result for the class of 2019 is withheld to protect its members."),
]  # fmt: skip


@pytest.mark.parametrize(("path", "reading", "found", "said"), WORDS, ids=[row[2] for row in WORDS])
def test_every_word_is_found_and_said_in_plain_english(path, reading, found, said):
    verdict = verdict_of(path, read(*reading))
    assert finding(verdict, PERCENT) == found
    assert sentence(verdict, PERCENT) == said


def test_silence_is_named_with_its_date():
    windows = [Window(classes(2019), date(2019, 11, 15), 30)]
    verdict = verdict_of(GRADUATION, read(2018, "85.3"), windows=windows)
    assert finding(verdict, PERCENT) == "Reading was due November 15, 2019"
    assert sentence(verdict, PERCENT) == (
        "A reading was due on November 15, 2019, and none has been recorded. The last one, 85.3%, is for the class of "
        "2018. An old reading never stands in for a new one."
    )
    assert steps(verdict, PERCENT)[0] == ("Reading due", "November 15, 2019")


def test_what_was_not_collected_is_named():
    windows = [Window(classes(2019), date(2019, 11, 15), 0, True, "no test was given")]
    said = sentence(verdict_of(GRADUATION, read(2018, "85.3"), windows=windows), PERCENT)
    assert said.endswith("Nothing was collected for the class of 2019: no test was given.")


def test_the_neutral_words_say_why_nothing_is_judged():
    expected = [Window(classes(2018), date(2020, 5, 15))]
    broken = verdict_of(GRADUATION, read(2019, "85.3"), breaks=[date(2018, 7, 1)])
    waiting = verdict_of(GRADUATION, windows=expected)
    assert finding(broken, PERCENT) == "Not comparable: the measure changed on July 1, 2018"
    assert finding(waiting, PERCENT) == "First reading expected May 15, 2020"
    assert finding(verdict_of(GRADUATION), PERCENT) == "No reading yet"
    assert finding(verdict_of(None), PERCENT) == "The baseline is still being measured"
    assert finding(verdict_of(GRADUATION, state="withdrawn"), PERCENT) == "This goal was withdrawn"


@pytest.mark.parametrize(
    "reason", ["small_group", "unknown_size", "protects_another", "publisher", "not_available", "?"]
)
def test_every_reason_to_withhold_has_words(reason):
    verdict = verdict_of(GRADUATION, read(2019, None, reason=reason))
    assert finding(verdict, PERCENT) and "class of 2019" in sentence(verdict, PERCENT) or reason == "?"


def test_a_share_just_under_a_cut_point_does_not_read_as_the_cut_point():
    assert share_percent(Fraction(9499, 10000)) == 94
    path = Path(at(2017, 0), at(2019, 100))
    verdict = verdict_of(path, read(2018, "47.49"))
    assert verdict.word == Word.SLIGHTLY_BEHIND
    assert dict(steps(verdict, Unit("percent", 2)))["Share"] == "47.49 ÷ 50.00 = 0.94"


def test_a_sum_that_was_rounded_says_so():
    path = Path(at(2017, 40), at(2020, 50))
    made, planned, *_ = steps(verdict_of(path, read(2018, 42)), PERCENT)
    assert made[1] == "42.0 − 40.0 = 2.0"
    assert planned[1] == "43.333 − 40.0 ≈ 3.333"


NUMBERS = [
    (Unit("percent"), "85.25", "85.3%", "85.3 points"),
    (Unit("mean", 2), "3.42", "3.42", "3.42 points"),
    (Unit("count", 0), "12400", "12,400", "12,400 students"),
    (Unit("count", 0, noun="seats"), "1", "1", "1 seat"),
    (Unit("count", 0, counts="schools"), "17", "17", "17 schools"),
    (Unit("ratio", 1, noun="applicants"), "2.4", "2.4", "2.4 applicants"),
    (Unit("ratio", 1), "2.4", "2.4", "2.4"),
    (Unit("dollars", 0), "-25779", "−$25,779", "$25,779"),
    (Unit("days", 0), "1", "1 day", "1 day"),
    (Unit("days", 0), "12", "12 days", "12 days"),
    (Unit("count", 0, noun="tablets"), "3", "3", "3 tablets"),
]


@pytest.mark.parametrize(("unit", "amount", "value", "difference"), NUMBERS)
def test_numbers_are_written_by_their_unit(unit, amount, value, difference):
    assert (value_text(Decimal(amount), unit), difference_text(Decimal(amount), unit)) == (value, difference)


def test_a_difference_is_never_written_as_zero():
    assert difference_text(Fraction(-3, 100), PERCENT) == "0.03 points"


def test_signs_and_bands_are_written_as_people_write_them():
    assert [signed_text(Fraction(gap, 10), PERCENT) for gap in (8, -8, 0)] == ["+0.8", "−0.8", "0.0"]
    assert band_text(0, 10, PERCENT) == "10% or less"
    assert band_text(95, 100, PERCENT) == "95% or more"
    assert band_text(Decimal(80), Decimal(89), PERCENT) == "80% to 89%"
    assert number(Fraction(-1, 100), 1) == "0.0"


PERIODS = [
    (Period(SCHOOL_YEAR, YEAR, 2012), "2011–12", "2011–12"),
    (classes(2019), "Class of 2019", "the class of 2019"),
    (Period(OCTOBER, YEAR, 2015), "October 2014", "October 2014"),
    (parse_period("2020-01", SCHOOL_YEAR, MONTH), "January 2020", "January 2020"),
    (parse_period("2020-W02", SCHOOL_YEAR, "week"), "Week of January 6, 2020", "the week of January 6, 2020"),
    (parse_period("Fall 2019", SCHOOL_YEAR, "semester"), "fall 2019", "fall 2019"),
    (parse_period("2020-Q1", "calendar_year", "quarter"), "quarter 1 of 2020", "quarter 1 of 2020"),
    (parse_period("Q3 2019-20", SCHOOL_YEAR, "quarter"), "quarter 3 of 2019–20", "quarter 3 of 2019–20"),
    (parse_period("2020-02-06", SCHOOL_YEAR, "day"), "February 6, 2020", "February 6, 2020"),
    (parse_period("2014", "calendar_year"), "2014", "2014"),
    (parse_period("2014 H2", "calendar_year", "semester"), "half 2 of 2014", "half 2 of 2014"),
]


@pytest.mark.parametrize(("period", "alone", "within"), PERIODS)
def test_periods_are_named_alone_and_within_a_sentence(period, alone, within):
    assert (period_label(period), period_phrase(period)) == (alone, within)


def test_numbers_keep_their_point_and_months_are_spanish_in_spanish():
    with translation.override("es"):
        assert value_text(Decimal("1085.3"), PERCENT) == "1,085.3%"
        assert "noviembre" in day_label(date(2019, 11, 15))


def test_every_word_has_a_label():
    assert [word_label(word) for word in Word][:3] == ["Moving away", "Target missed", "Off track"]
    assert len({word_label(word) for word in Word}) == 12


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_placeholder_is_left_in_any_language(language):
    verdicts = [verdict_of(path, read(*reading)) for path, reading, *_ in WORDS]
    with translation.override(language):
        for verdict in verdicts:
            texts = [finding(verdict, PERCENT), sentence(verdict, PERCENT), *map(" ".join, steps(verdict, PERCENT))]
            assert not any(re.search(r"%\(|\{", text) for text in texts)
