"""Lines through readings: certified and published examples to the printed digits."""

from decimal import Decimal
from fractions import Fraction
from statistics import mean

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indicators import lines
from indicators.lines import least_squares, prediction_interval, student_quantile, theil_sen

# NIST Statistical Reference Datasets, linear regression, "Norris" (calibration of ozone monitors): y and x.
NORRIS = """
0.1 0.2  338.8 337.4  118.1 118.2  888.0 884.6  9.2 10.1  228.1 226.5  668.5 666.3  998.5 996.3  449.1 448.6
778.9 777.0  559.2 558.2  0.3 0.4  0.1 0.6  778.1 775.5  668.8 666.9  339.3 338.0  448.9 447.5  10.8 11.6
557.7 556.0  228.3 228.1  998.0 995.8  888.8 887.6  119.6 120.2  0.3 0.3  0.6 0.3  557.6 556.8  339.3 339.1
888.0 887.2  998.5 999.0  778.9 779.0  10.2 11.1  117.6 118.3  228.9 229.2  668.4 669.1  449.2 448.9  0.2 0.5
""".split()
# M. Ezekiel, Methods of Correlation Analysis (1930), as the data set "cars" of R: speed and stopping distance.
SPEEDS = "4 4 7 7 8 9 10 10 10 11 11 12 12 12 12 13 13 13 13 14 14 14 14 15 15 15 16 16 17 17 17 18 18 18 18 19 19 19 20 20 20 20 20 22 23 24 24 24 24 25"
STOPS = "2 10 4 22 16 10 18 26 34 17 28 14 20 24 28 26 34 34 46 26 36 60 80 20 26 54 32 40 32 40 50 42 56 76 84 36 46 68 32 48 52 56 64 66 54 70 92 93 120 85"


def test_the_certified_line_of_nist():
    """NIST StRD, Norris: certified estimates and residual standard deviation."""
    fit = least_squares(NORRIS[1::2], NORRIS[::2])
    assert f"{float(fit.intercept):.15f}" == "-0.262323073774029"
    assert f"{float(fit.slope):.14f}" == "1.00211681802045"
    assert f"{fit.s:.15f}" == "0.884796396144373"
    assert fit.n == 36


def test_the_intervals_that_r_prints_for_its_cars():
    """STHDA, "Predict in R: Model Predictions and Confidence Intervals": 95% prediction intervals, three digits."""
    fit = least_squares(SPEEDS.split(), STOPS.split())
    assert (f"{float(fit.intercept):.3f}", f"{float(fit.slope):.3f}") == ("-17.579", "3.932")
    printed = {12: ("29.6", "-1.75", "61.0"), 19: ("57.1", "25.76", "88.5"), 24: ("76.8", "44.75", "108.8")}
    for speed, (middle, low, high) in printed.items():
        found = prediction_interval(fit, speed, level=Fraction(95, 100))
        assert (f"{found.middle:.1f}", f"{found.low:.2f}", f"{found.high:.1f}") == (middle, low, high)


def test_the_interval_for_rocket_propellant_to_the_roundings_of_its_source():
    """Montgomery, Peck and Vining, Introduction to Linear Regression Analysis, example 2.7: 2048.32 to 2464.32 at ten
    weeks, which the book computes from rounded sums (residual mean square 9244.59; unrounded it is 9236.38)."""
    ages = "15.50 23.75 8.00 17.00 5.50 19.00 24.00 2.50 7.50 11.00 13.00 3.75 25.00 9.75 22.00 18.00 6.00 12.50 2.00 21.50"
    strengths = "2158.70 1678.15 2316.00 2061.30 2207.50 1708.30 1784.70 2575.00 2357.90 2256.70 2165.20 2399.55 1779.80 2336.75 1765.30 2053.50 2414.40 2200.50 2654.20 1753.70"
    fit = least_squares(ages.split(), strengths.split())
    assert (f"{float(fit.slope):.2f}", f"{float(fit.mean_x):.4f}", f"{float(fit.sxx):.2f}") == (
        "-37.15",
        "13.3625",
        "1106.56",
    )
    found = prediction_interval(fit, 10, level="0.95")
    assert (found.low, found.high) == pytest.approx((2048.32, 2464.32), abs=0.2)


@pytest.mark.parametrize(
    ("share", "freedom", "printed"),
    [("0.90", 3, "1.638"), ("0.90", 4, "1.533"), ("0.90", 8, "1.397"), ("0.90", 30, "1.310"), ("0.975", 1, "12.706"),
     ("0.975", 10, "2.228"), ("0.995", 5, "4.032"), ("0.95", 120, "1.658")],
)  # fmt: skip
def test_students_t_as_tables_print_it(share, freedom, printed):
    """NIST/SEMATECH e-Handbook 1.3.6.7.2, critical values of Student's t."""
    assert f"{student_quantile(share, freedom):.3f}" == printed


def test_the_slope_of_sen():
    """P. K. Sen, JASA 63 (1968), section 7: slope 4; the intercept by the median of what is left, as printed by the
    R package deming for the same data."""
    assert theil_sen([1, 2, 3, 4, 10, 12, 18], [9, 15, 19, 20, 45, 55, 78]) == lines.Line(Fraction(4), Fraction(6))


def test_the_slope_of_hollander_and_wolfe():
    """Nonparametric Statistical Methods, the estimator of Theil for the cloud seeding of example 9.1: -0.056."""
    assert f"{float(theil_sen([1, 2, 3, 4, 5], [1.26, 1.27, 1.12, 1.16, 1.03]).slope):.3f}" == "-0.056"


# F. J. Anscombe, The American Statistician 27 (1973); the coefficients as R prints them for its data set anscombe.
ANSCOMBE = [
    ("10 8 13 9 11 14 6 4 12 7 5", "8.04 6.95 7.58 8.81 8.33 9.96 7.24 4.26 10.84 4.82 5.68", "3.0000909", "0.5000909", "1.237"),
    ("10 8 13 9 11 14 6 4 12 7 5", "9.14 8.14 8.74 8.77 9.26 8.10 6.13 3.10 9.13 7.26 4.74", "3.000909", "0.500000", "1.237"),
    ("10 8 13 9 11 14 6 4 12 7 5", "7.46 6.77 12.74 7.11 7.81 8.84 6.08 5.39 8.15 6.42 5.73", "3.0024545", "0.4997273", "1.236"),
    ("8 8 8 8 8 8 8 19 8 8 8", "6.58 5.76 7.71 8.84 8.47 7.04 5.25 12.50 5.56 7.91 6.89", "3.0017273", "0.4999091", "1.236"),
]  # fmt: skip


@pytest.mark.parametrize(("xs", "ys", "intercept", "slope", "s"), ANSCOMBE)
def test_the_four_lines_of_anscombe_are_one(xs, ys, intercept, slope, s):
    fit = least_squares(xs.split(), ys.split())
    for number, printed in ((fit.intercept, intercept), (fit.slope, slope), (fit.s, s)):
        assert f"{float(number):.{len(printed.partition('.')[2])}f}" == printed


def test_the_line_that_r_prints_for_its_women():
    """The data set "women" of R (The World Almanac, 1975), height and weight: -87.51667, 3.45000, 1.525 on 13."""
    weights = [115, 117, 120, 123, 126, 129, 132, 135, 139, 142, 146, 150, 154, 159, 164]
    fit = least_squares(range(58, 73), weights)
    assert (f"{float(fit.intercept):.5f}", f"{float(fit.slope):.5f}", f"{fit.s:.3f}") == (
        "-87.51667",
        "3.45000",
        "1.525",
    )


def test_the_steam_of_draper_and_smith():
    """Applied Regression Analysis, appendix A, temperature and steam: 13.623 - 0.0798 X, residual mean square 0.7923."""
    degrees = "35.3 29.7 30.8 58.8 61.4 71.3 74.4 76.7 70.7 57.5 46.4 28.9 28.1 39.1 46.8 48.5 59.3 70.0 70.0 74.5 72.1 58.1 44.6 33.4 28.6"
    pounds = "10.98 11.13 12.51 8.40 9.27 8.73 6.36 8.50 7.82 9.14 8.24 12.19 11.88 9.57 10.94 9.58 10.09 8.11 6.83 8.88 7.68 8.47 8.86 10.36 11.08"
    fit = least_squares(degrees.split(), pounds.split())
    assert (f"{float(fit.intercept):.3f}", f"{float(fit.slope):.4f}") == ("13.623", "-0.0798")
    assert (f"{float(fit.variance):.4f}", f"{float(fit.mean_x):.2f}", f"{float(fit.sxx):.2f}") == (
        "0.7923",
        "52.60",
        "7154.42",
    )


POINTS = st.lists(
    st.tuples(st.integers(0, 12), st.decimals(-50, 50, places=1)), min_size=3, max_size=12, unique_by=lambda p: p[0]
)


@given(POINTS)
@settings(deadline=None)  # the first example loads scipy
def test_the_lines_are_those_of_scipy(points):
    from scipy import stats

    xs, ys = zip(*points, strict=True)
    floats = [float(y) for y in ys]
    sen, fit = theil_sen(xs, ys), least_squares(xs, ys)
    theirs = stats.theilslopes(floats, xs, method="joint")
    assert (float(sen.slope), float(sen.intercept)) == pytest.approx((theirs.slope, theirs.intercept), abs=1e-9)
    theirs = stats.linregress(xs, floats)
    assert (float(fit.slope), float(fit.intercept)) == pytest.approx((theirs.slope, theirs.intercept), abs=1e-9)


@given(POINTS, st.integers(-20, 30))
@settings(deadline=None)  # the first example loads scipy
def test_turning_the_measure_over_turns_the_line_over(points, x):
    assume(len({y for _, y in points}) > 1)
    xs, ys = zip(*points, strict=True)
    turned = [100 - y for y in ys]
    assert theil_sen(xs, turned).at(x) == 100 - theil_sen(xs, ys).at(x)
    assert least_squares(xs, turned).at(x) == 100 - least_squares(xs, ys).at(x)


def test_numbers_of_every_kind_make_the_same_line():
    for kind in (float, Decimal, Fraction, str):
        assert theil_sen([1, 2, 3], [kind("0.1"), kind("0.2"), kind("0.3")]) == lines.Line(Fraction(1, 10), Fraction(0))


def test_places_and_values_may_come_one_by_one():
    xs, ys = [1, 2, 3, 4, 10, 12, 18], [9, 15, 19, 20, 45, 55, 78]
    assert theil_sen(iter(xs), iter(ys)) == theil_sen(xs, ys)
    assert least_squares(iter(xs), iter(ys)) == least_squares(xs, ys)


@pytest.mark.parametrize(
    ("xs", "ys", "message"),
    [
        ([1, 2], [1, 2], "three readings"),
        ([1, 1, 1], [1, 2, 3], "two periods"),
        ([1, 2, 3], [1, 2], "as many values"),
        ([1, 2, 3], [1, 2, None], "not a finite number"),
        ([1, 2, 3], [1, 2, "n/a"], "not a finite number"),
        ([1, 2, 3], [1, 2, float("inf")], "not a finite number"),
    ],
)
def test_what_makes_no_line_is_said_plainly(xs, ys, message):
    with pytest.raises(ValueError, match=message):
        least_squares(xs, ys)


@pytest.mark.parametrize("level", [0, 1, "1.2"])
def test_a_level_lies_between_none_and_all(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        prediction_interval(least_squares([1, 2, 3], [1, 2, 4]), 4, level=level)


@pytest.mark.parametrize(
    ("name", "variant", "test"),
    [
        ("median", lambda numbers: mean(list(numbers)), test_the_slope_of_sen),
        ("student_quantile", lambda share, freedom: 1.96, test_the_intervals_that_r_prints_for_its_cars),
        ("student_quantile", lambda share, freedom: student_quantile(share, freedom + 1),
         test_the_intervals_that_r_prints_for_its_cars),
        ("sqrt", lambda number: float(number), test_the_certified_line_of_nist),
    ],
)  # fmt: skip
def test_a_broken_line_is_noticed(monkeypatch, name, variant, test):
    monkeypatch.setattr(lines, name, variant)
    with pytest.raises((AssertionError, TypeError)):
        test()
