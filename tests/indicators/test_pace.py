"""How fast, and how fast from now on."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.lines import theil_sen
from indicators.pace import pace_required, pace_so_far, required, slope
from indicators.periods import CLASS_OF, YEAR, Period
from indicators.status import Reading
from indicators.trajectory import Path, Waypoint

DAY = date(2020, 2, 6)


def at(year, value):
    return Waypoint(Period(CLASS_OF, YEAR, year), Decimal(value))


def read(year, low, high=None, known_on=date(2020, 1, 16)):
    given = [None if value is None else Decimal(value) for value in (low, low if high is None else high)]
    return Reading(Period(CLASS_OF, YEAR, year), *given, "" if low is not None else "small_group", known_on)


GRADUATION = Path(at(2017, "83.5"), at(2022, 90))
REAL = [read(2018, "85.3"), read(2019, "85.3")]


def test_graduation_gained_nine_tenths_of_a_point_a_year_and_needs_more_than_one_and_a_half():
    so_far, required = pace_so_far(GRADUATION, REAL, day=DAY), pace_required(GRADUATION, REAL, day=DAY)
    assert (so_far.per_period, so_far.points) == (Fraction(9, 10), 3)
    assert (required.per_period, required.points) == (Fraction(47, 30), 3)


def test_a_falling_measure_that_should_fall_has_a_positive_pace():
    absence = Path(at(2017, 30), at(2022, 15), direction="lower")
    readings = [read(2018, 27), read(2019, 24)]
    assert pace_so_far(absence, readings, day=DAY).per_period == 3
    assert pace_required(absence, readings, day=DAY).per_period == 3


def test_a_range_goal_is_paced_by_its_distance():
    path = Path(at(2017, 110), at(2022, 100), direction="range", low=Decimal(95), high=Decimal(100))
    assert pace_so_far(path, [read(2018, 108), read(2019, 106)], day=DAY).per_period == 2
    assert pace_required(path, [read(2019, 106)], day=DAY).per_period == 2


def test_one_wild_reading_does_not_bend_the_pace():
    years, values = range(2015, 2020), [Fraction(value) for value in (50, 51, 90, 53, 54)]
    assert theil_sen(years, values).slope == 1


def test_the_line_is_the_joint_one_of_theil_and_sen():
    # y = x with one outlier: pairwise slopes 1, 5, 1, 9, 1, -7; the residual medians give the intercept.
    line = theil_sen([0, 1, 2, 3], [Fraction(v) for v in (0, 1, 10, 3)])
    assert line.slope == 1
    assert line.intercept == 0


@pytest.mark.parametrize(
    ("readings", "why"),
    [
        ([], "nothing follows the baseline"),
        ([read(2018, None), read(2019, "85.3")], "a withheld reading withholds the trend"),
        ([read(2018, 80, 89)], "a band has no slope"),
        ([read(2018, "85.3", known_on=date(2020, 2, 7))], "not yet known on the day"),
    ],
)
def test_there_is_no_pace_without_known_exact_readings(readings, why):
    assert pace_so_far(GRADUATION, readings, day=DAY) is None, why


@pytest.mark.parametrize(
    ("why", "breaks", "pace", "since", "points"),
    [
        ("one phase", [], Fraction(17, 15), 2017, 4),
        ("a break before the baseline", [date(2016, 7, 1)], Fraction(17, 15), 2017, 4),
        ("a break on the day on which the baseline's year ends", [date(2017, 6, 30)], Fraction(17, 15), 2017, 4),
        ("a new phase from the first reading on", [date(2017, 7, 1)], 1, 2018, 3),
        ("the later of two", [date(2018, 7, 1), date(2017, 7, 1)], 2, 2019, 2),
        ("one reading in the phase", [date(2019, 7, 1)], None, None, None),
        ("none yet", [date(2020, 7, 1)], None, None, None),
    ],
)
def test_the_pace_is_that_of_the_phase_in_force(why, breaks, pace, since, points):
    readings = [*REAL, read(2020, "87.3")]
    found = pace_so_far(GRADUATION, readings, day=DAY, breaks=breaks)
    told = found and (found.per_period, found.since.number, found.points)
    assert told == (None if pace is None else (pace, since, points)), why


def test_what_was_withheld_before_the_phase_does_not_withhold_its_pace():
    readings = [read(2018, None), read(2019, "85.3"), read(2020, "87.3")]
    assert pace_so_far(GRADUATION, readings, day=DAY) is None
    assert pace_so_far(GRADUATION, readings, day=DAY, breaks=[date(2018, 7, 1)]).per_period == 2


def test_a_later_vintage_replaces_the_earlier():
    restated = [*REAL, read(2019, "86.3", known_on=date(2020, 2, 1))]
    assert pace_so_far(GRADUATION, restated, day=DAY).per_period == Fraction(14, 10)
    assert pace_so_far(GRADUATION, restated, day=date(2020, 1, 20)).per_period == Fraction(9, 10)


def test_a_passed_target_allows_a_loss_and_nothing_can_be_required_after_its_year():
    assert pace_required(GRADUATION, [read(2019, 91)], day=DAY).per_period == Fraction(-1, 3)
    assert pace_required(GRADUATION, [read(2022, 89)], day=DAY) is None


def test_a_planned_decline_is_paced_by_what_it_may_still_lose():
    membership = Path(at(2017, 86000), at(2022, 80000))
    readings = [read(2018, 85000), read(2019, 83600)]
    assert pace_so_far(membership, readings, day=DAY).per_period == -1200
    assert pace_required(membership, readings, day=DAY).per_period == -1200


VALUES = st.lists(st.decimals(0, 100, places=1), min_size=2, max_size=9)


@given(VALUES, st.decimals(0, 100, places=1), st.integers(1, 9))
def test_counting_the_other_way_round_never_changes_the_pace(values, goal, left):
    turned = [(place, 100 - value) for place, value in enumerate(values)]
    assert slope(enumerate(values)) == slope(turned, direction="lower")
    assert required(values[-1], goal, left) == required(100 - values[-1], 100 - goal, left, direction="lower")


def test_plain_numbers_and_periods_give_the_same_pace():
    periods = [(Period(CLASS_OF, YEAR, number), value) for number, value in [(2017, 83.5), (2018, 85.3), (2019, 85.3)]]
    assert slope(periods) == slope([(2017, "83.5"), (2018, "85.3"), (2019, "85.3")]) == Fraction(9, 10)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: slope([(2017, 1)]), "at least two"),
        (lambda: slope([(1, 1), (2, 2)], direction="range"), "higher or lower"),
        (lambda: slope([(Period(CLASS_OF, YEAR, 1), 1), (Period("october", YEAR, 2), 1)]), "one calendar"),
        (lambda: required(1, 2, 0), "No period is left"),
        (lambda: required(None, 2, 1), "not a finite number"),
    ],
)  # fmt: skip
def test_what_has_no_pace_is_said_plainly(call, message):
    with pytest.raises(ValueError, match=message):
        call()
