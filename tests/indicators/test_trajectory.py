"""The planned path: exact between its waypoints, and drawn in the shapes people ask for."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from indicators.periods import CLASS_OF, DAY, MONTH, OCTOBER, SCHOOL_YEAR, YEAR, Period, period_of
from indicators.trajectory import (
    Path,
    Shape,
    TrajectoryError,
    Waypoint,
    compounded,
    coordinate,
    distance_outside,
    draw,
    planned_at,
)


def at(year, value, calendar=SCHOOL_YEAR):
    return Waypoint(Period(calendar, YEAR, year), Decimal(value))


def test_a_five_year_path_moves_in_exact_fifths():
    path = Path(at(2017, "83.5", CLASS_OF), at(2022, "90", CLASS_OF))
    planned = [planned_at(path, Period(CLASS_OF, YEAR, year)) for year in range(2017, 2023)]
    assert planned == [Fraction(835, 10) + Fraction(13, 10) * fifth for fifth in range(6)]


def test_a_path_bends_at_its_waypoints():
    path = Path(at(2017, 40), at(2021, 60), (at(2020, 45),))
    assert [planned_at(path, Period(SCHOOL_YEAR, YEAR, year)) for year in (2018, 2020, 2021)] == [
        Fraction(125, 3),
        45,
        60,
    ]


def test_a_step_has_the_new_value_from_its_own_period_on():
    path = Path(at(2017, 40), at(2021, 60), (at(2019, 50),), interpolation="step")
    assert [planned_at(path, Period(SCHOOL_YEAR, YEAR, year)) for year in range(2017, 2022)] == [40, 40, 50, 50, 60]


def test_nothing_was_planned_before_the_baseline_and_the_target_holds_after_its_year():
    path = Path(at(2017, 40), at(2021, 60))
    assert planned_at(path, Period(SCHOOL_YEAR, YEAR, 2016)) is None
    assert planned_at(path, Period(SCHOOL_YEAR, YEAR, 2024)) == 60


def test_a_reading_on_another_calendar_counts_by_its_last_day():
    path = Path(at(2018, 40), at(2020, 60))
    between = Period(OCTOBER, YEAR, 2019)  # October 1, 2018: 93 days after June 30, 2018
    assert planned_at(path, between) == 40 + Fraction(20 * 93, 731)


def test_the_axis_counts_periods_when_it_can_and_days_when_it_must():
    february = period_of(date(2020, 2, 6), SCHOOL_YEAR, MONTH)
    assert coordinate(february, by_number=True) == 2020 * 12 + 1
    assert coordinate(february, by_number=False) == date(2020, 2, 29).toordinal()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"target": at(2016, 60)}, "follow one another"),
        ({"waypoints": (at(2021, 50),)}, "follow one another"),
        ({"waypoints": (at(2019, 50), at(2018, 45))}, "follow one another"),
        ({"interpolation": "spline"}, "linear or a step"),
        ({"direction": "sideways"}, "higher, lower or at a range"),
        ({"tolerance": Decimal(-1)}, "negative"),
        ({"direction": "range"}, "lowest and a highest"),
        ({"direction": "range", "low": Decimal(70), "high": Decimal(80)}, "lies within its range"),
    ],
)
def test_a_path_that_cannot_be_is_refused(arguments, message):
    with pytest.raises(TrajectoryError, match=message):
        Path(**{"baseline": at(2017, 40), "target": at(2021, 60)} | arguments)


@pytest.mark.parametrize("value", [None, "n/a", float("nan"), Decimal("Infinity")])
def test_a_path_is_refused_where_a_value_is_no_number(value):
    for arguments in (
        {"baseline": Waypoint(at(2017, 1).period, value)},
        {"target": Waypoint(at(2021, 1).period, value)},
        {"waypoints": (Waypoint(at(2019, 1).period, value),)},
        {"tolerance": value},
    ):
        with pytest.raises(ValueError, match="not a finite number"):
            Path(**{"baseline": at(2017, 40), "target": at(2021, 60)} | arguments)


@pytest.mark.parametrize(
    ("value", "distance"), [(92, 3), (95, 0), (96, 0), (98, 0), (Fraction(197, 2), Fraction(1, 2))]
)
def test_distance_is_counted_outside_the_range_only(value, distance):
    assert distance_outside(Fraction(value), Decimal(95), Decimal(98)) == distance


SHAPES = [
    # shape, the values drawn for the three years between 40 and 60, the rule between them
    (Shape.STRAIGHT, [], "linear"),
    (Shape.BY_HAND, [], "linear"),
    (Shape.STEPS, ["50.0"], "step"),
    (Shape.SLOW_START, ["41.3", "45.0", "51.3"], "linear"),
    (Shape.FAST_START, ["48.8", "55.0", "58.8"], "linear"),
    (Shape.COMPOUNDING, ["44.3", "49.0", "54.2"], "linear"),
]


@pytest.mark.parametrize(("shape", "values", "rule"), SHAPES)
def test_shapes_are_drawn_as_waypoints(shape, values, rule):
    points, interpolation = draw(shape, at(2018, 40), at(2022, 60))
    assert ([str(point.value) for point in points], interpolation) == (values, rule)
    assert Path(at(2018, 40), at(2022, 60), points, interpolation)


@pytest.mark.parametrize(
    ("years", "risers", "drawn"),
    [
        (4, 2, [(2, "50.0")]),
        (5, 2, [(2, "50.0")]),  # in the middle of the way, though not of the time
        (5, 3, [(2, "46.7"), (3, "53.3")]),
        (4, 4, [(1, "45.0"), (2, "50.0"), (3, "55.0")]),
        (2, 9, [(1, "50.0")]),  # no more steps than years
        (1, 2, []),
        (4, 1, []),
        (4, 0, []),
    ],
)
def test_all_steps_are_equally_high(years, risers, drawn):
    points, _ = draw(Shape.STEPS, at(2018, 40), at(2018 + years, 60), risers=risers)
    assert [(point.period.number - 2018, str(point.value)) for point in points] == drawn


def test_a_shape_can_fall_as_well_as_rise():
    points, _ = draw(Shape.SLOW_START, at(2018, 60), at(2022, 40))
    assert [str(point.value) for point in points] == ["58.8", "55.0", "48.8"]


def test_ten_percent_a_year_compounds():
    assert compounded(at(2018, 100), 3, Decimal(10)) == at(2021, "133.1")


def test_a_long_path_by_the_day_is_drawn_through_a_few_points():
    first = period_of(date(2019, 7, 1), SCHOOL_YEAR, DAY)
    points, _ = draw(Shape.FAST_START, Waypoint(first, Decimal(40)), Waypoint(first.next(365), Decimal(60)))
    assert 20 <= len(points) <= 24


def test_what_cannot_be_drawn_says_so():
    with pytest.raises(TrajectoryError, match="above zero"):
        draw(Shape.COMPOUNDING, at(2018, 0), at(2022, 60))
    with pytest.raises(TrajectoryError, match="no shape “zigzag”"):
        draw("zigzag", at(2018, 10), at(2022, 60))
    with pytest.raises(TrajectoryError, match="by hand"):
        draw(Shape.STEPS, at(2018, 10), at(2022, 60, CLASS_OF))
    with pytest.raises(TrajectoryError, match="after the baseline"):
        draw(Shape.STEPS, at(2022, 10), at(2022, 60))
