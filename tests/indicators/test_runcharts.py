"""Runs, crossings and process limits: published examples to the printed digit, and the rules as tables."""

from decimal import Decimal
from fractions import Fraction
from functools import partial
from math import comb, log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators import runcharts
from indicators.runcharts import binomial_quantile, individuals, least_crossings, longest_allowed, phase, split, xmr

# Readings off the median: longest run, fewest crossings. J. Anhøj, qicharts2 (2017), Appendix 2, "Critical values for
# longest run and number of crossings", after Anhøj and Olesen 2014.
ANHOEJ = """
10 6 2   11 6 2   12 7 3   13 7 3   14 7 4   15 7 4   16 7 4   17 7 5   18 7 5   19 7 6   20 7 6   21 7 6   22 7 7
23 8 7   24 8 8   25 8 8   26 8 8   27 8 9   28 8 9   29 8 10  30 8 10  31 8 11  32 8 11  33 8 11  34 8 12  35 8 12
36 8 13  37 8 13  38 8 14  39 8 14  40 8 14  41 8 15  42 8 15  43 8 16  44 8 16  45 8 17  46 9 17  47 9 17  48 9 18
49 9 18  50 9 19  60 9 23  70 9 28  80 9 32  90 9 37  91 10 37 95 10 39 96 10 39 100 10 41
"""
FLOWS = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
COSTS = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306, 294, 299, 297, 299, 314, 295, 293, 306, 301, 304]
TIRES = [
    "24.05", "23.99", "23.95", "23.93", "23.97", "24.02", "24.06", "24.10", "23.98", "24.03", "23.91", "24.06", "24.06", "23.96", "23.98",
    "24.06", "24.01", "24.00", "23.93", "23.92", "24.09", "24.11", "24.05", "23.98", "23.98", "24.06", "24.02", "24.06", "23.97", "23.96",
]  # fmt: skip
VISCOSITIES = "33.75 33.05 34.00 33.81 33.46 34.02 33.68 33.27 33.49 33.20 33.62 33.00 33.54 33.12 33.84".split()
# d2 as the sources carry it: the handbook prints 1.128, SAS computes with more digits.
HANDBOOK, SAS = 3 / Fraction("1.128"), 3 / Fraction("1.1283792")


def printed(limits, digits):
    return tuple(f"{float(n):.{digits}f}" for n in (limits.lower, limits.mean, limits.upper))


# Published examples


def test_the_published_table_of_runs_and_crossings():
    numbers = [int(number) for number in ANHOEJ.split()]
    for useful, longest, least in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        assert (longest_allowed(useful), least_crossings(useful)) == (longest, least), useful


def test_the_handbook_of_nist_6_3_2_2_flow_rates():
    limits = individuals(FLOWS, factor=HANDBOOK)
    assert printed(limits, 4) == ("45.8159", "50.8100", "55.8041")
    assert f"{float(limits.mean_range):.4f}" == "1.8778"
    assert (limits.ranges, limits.outside) == (9, ())


def test_our_rounded_factor_moves_the_limits_of_the_handbook_by_less_than_a_thousandth():
    assert printed(individuals(FLOWS), 4) == ("45.8151", "50.8100", "55.8049")


def test_the_loan_costs_of_montgomery_6_4():
    limits = individuals(COSTS)
    assert printed(limits, 2) == ("279.78", "300.50", "321.22")
    assert f"{float(limits.mean_range):.2f}" == "7.79"


def test_the_primer_paint_of_montgomery():
    """Introduction to Statistical Quality Control, viscosity of aircraft primer paint: 33.52, moving range 0.48, limits
    32.24 and 34.80."""
    limits = individuals([Decimal(value) for value in VISCOSITIES])
    assert printed(limits, 2) == ("32.24", "33.52", "34.80")
    assert (f"{float(limits.mean_range):.2f}", limits.outside) == ("0.48", ())


def test_the_tire_belts_of_sas_qc_example_9_4():
    limits = individuals([Decimal(value) for value in TIRES], factor=SAS)
    assert printed(limits, 4) == ("23.8571", "24.0083", "24.1596")
    assert f"{float(limits.mean_range):.6f}" == "0.056897"


# How many readings it takes


@pytest.mark.parametrize(
    ("n", "has_median", "is_tested", "has_limits"),
    [(0, False, False, False), (4, False, False, False), (5, True, False, False), (9, True, False, False),
     (10, True, True, False), (11, True, True, False), (12, True, True, True)],
)  # fmt: skip
def test_what_so_many_readings_allow(n, has_median, is_tested, has_limits):
    values = [1, 9] * 6
    found = phase(values[:n])
    assert (found.median is not None, found.is_tested, xmr(values[:n]) is not None) == (
        has_median,
        is_tested,
        has_limits,
    )
    assert (found.longest_allowed is not None) == is_tested
    assert found.n == n


def test_nine_readings_in_two_blocks_are_no_signal_ten_are():
    assert phase([1] * 4 + [9] * 5).signals == ()
    assert phase([1] * 5 + [9] * 5).signals == ("few_crossings",)


def test_gaps_do_not_count_as_readings():
    assert phase([1, None, 9, None, 1, None, 9, None, 1, None]).n == 5
    assert xmr([5, None] * 11) is None


# Runs and crossings


@pytest.mark.parametrize(
    ("values", "useful", "longest", "crossings", "signals"),
    [
        ([1, 9] * 5, 10, 1, 9, ()),
        ([1] * 10 + [9] * 10, 20, 10, 1, ("long_run", "few_crossings")),
        ([1] * 8 + [9, 1, 9, 1] + [9] * 8, 20, 8, 5, ("long_run", "few_crossings")),
        ([1] * 9 + [9, 1] * 4 + [9] * 9, 26, 9, 9, ("long_run",)),
        ([1] * 8 + [9, 9, 9, 9, 1, 9, 9, 9, 1, 9, 9, 9, 9, 1, 9, 1, 1, 9], 26, 8, 9, ()),
        ([1] * 7 + [9, 1] * 3 + [9] * 7, 20, 7, 7, ()),
        ([1, 1, 1, 1, 9, 9, 9, 9, 9, 1, 1, 1, 1, 1, 9, 9, 9, 9, 1, 9], 20, 5, 5, ("few_crossings",)),
        ([5] * 12, 0, 0, 0, ()),
        ([5, 5, 5, 5, 5, 5, 5, 6, 7, 8, 9, 6, 7], 6, 6, 0, ("few_crossings",)),
    ],
)  # fmt: skip
def test_the_rules_on_the_median(values, useful, longest, crossings, signals):
    found = phase(values)
    assert (found.useful, found.longest_run, found.crossings, found.signals) == (useful, longest, crossings, signals)


def test_a_reading_on_the_median_neither_breaks_a_run_nor_makes_it_longer():
    values = [1, 2, 1, 2, 1, 5, 9, 8, 5, 9, 8, 9]
    found = phase(values)
    assert (found.median, found.useful, found.crossings) == (5, 10, 1)
    assert found.longest_run == 5


def test_a_gap_neither_breaks_a_run_nor_counts_and_places_are_those_given():
    values = [None, 1, 1, 1, 1, None, 1, 1, 1, 1, 9, 9, 9, 9, None, None, 9, 9, 9, 9, None]
    (below, above) = phase(values).long_runs
    assert (below.start, below.end, below.length, below.side) == (1, 9, 8, -1)
    assert (above.start, above.end, above.length, above.side) == (10, 19, 8, 1)


def test_turning_the_measure_over_turns_the_sides_and_nothing_else():
    values = [Decimal(v) for v in "3 1 4 1 5 9 2 6 5 3 5 8 9 7 9 3 2 3 8 4 6".split()]
    found, turned = phase(values), phase([100 - value for value in values])
    assert (found.useful, found.longest_run, found.crossings, found.signals) == (
        turned.useful, turned.longest_run, turned.crossings, turned.signals,
    )  # fmt: skip
    assert found.median == 100 - turned.median


def test_a_float_counts_as_the_decimal_it_prints():
    assert phase([0.1, 0.2, 0.3, 0.1 + 0.2, 0.3]).median == Fraction(3, 10)
    assert phase([0.1, 0.1, 0.3, 0.5, 0.5]).useful == 4


def test_the_exact_logarithm_and_quantile_agree_with_their_definitions():
    for useful in range(1, 3000):
        assert longest_allowed(useful) == round(log2(useful)) + 3
    for trials in range(0, 60):
        k = binomial_quantile(Fraction(1, 20), trials)
        below = sum(comb(trials, heads) for heads in range(k))
        assert below * 20 < 2**trials <= (below + comb(trials, k)) * 20


# Limits


def test_limits_stay_those_of_the_first_twelve():
    first = [50, 52, 49, 51, 50, 48, 51, 50, 52, 49, 50, 51]
    later = first + [70, 71, 30]
    assert xmr(later).upper == xmr(first).upper
    assert (xmr(later).base, xmr(later).outside) == (12, (12, 13, 14))
    assert xmr(first).outside == ()


def test_a_point_on_the_limit_is_not_outside_a_hair_beyond_is():
    # Moving ranges of 1 throughout: mean 50.5, limits 47.84 and 53.16.
    first = [50, 51] * 6
    assert xmr([*first, Decimal("53.16"), Decimal("47.84")]).outside == ()
    assert xmr([*first, Decimal("53.1600001"), Decimal("47.8399999")]).outside == (12, 13)


def test_one_wild_range_is_dropped_once_before_the_mean():
    # Ranges 1 × 9 and 12 × 2, mean 3: both 12s are at or above 9.801 and go; the rest have mean 1.
    limits = xmr([50, 51, 50, 51, 50, 62, 50, 51, 50, 51, 50, 51])
    assert (limits.dropped, limits.ranges, limits.mean_range) == (2, 9, 1)
    assert limits.outside == (5,)


def test_dropping_happens_only_once():
    # Mean range 31/11 drops the 20; among the rest a 5 stays, though it is beyond 3.267 times the new mean.
    values = [0, 0, 20, 20, 20, 25, 25, 25, 25, 25, 25, 25]
    limits = xmr(values)
    assert (limits.dropped, limits.ranges, limits.mean_range) == (1, 10, Fraction(1, 2))


def test_moving_ranges_go_over_a_gap():
    assert xmr([50, 51, None, 50, 51] + [50, 51] * 4).mean_range == 1
    assert xmr([50, None, 51] + [50, 51] * 5 + [None, 60]).outside == (14,)


def test_where_nothing_moved_any_other_reading_is_outside():
    limits = xmr([7] * 12 + [7, 8])
    assert (limits.lower, limits.upper, limits.outside) == (7, 7, (13,))


def test_limits_are_not_clipped():
    assert xmr([1, 9] * 6).lower < 0


def test_limits_are_drawn_no_further_than_the_measure_can_go_but_tested_as_computed():
    limits = xmr([96, 100] * 6 + [Decimal("100.1")])
    assert limits.drawn(0, 100) == (limits.lower, 100)
    assert limits.drawn() == (limits.lower, limits.upper)
    assert limits.outside == ()


# Phases


def test_a_rebase_is_the_first_point_of_its_phase_and_each_phase_is_judged_alone():
    readings = [(week, 1 if week < 10 else 9) for week in range(22)]
    whole, parts = split(readings, []), split(readings, [10])
    assert [len(part) for part in (*whole, *parts)] == [22, 10, 12]
    assert phase([value for _, value in whole[0]]).signals == ("long_run", "few_crossings")
    assert [phase([value for _, value in part]).signals for part in parts] == [(), ()]


@pytest.mark.parametrize(
    ("starts", "lengths"),
    [([], [5]), ([3], [2, 3]), ([3, 3], [2, 3]), ([1], [5]), ([0], [5]), ([6], [5, 0]), ([5, 2], [1, 3, 1]), ([2.5], [2, 3])],
)  # fmt: skip
def test_where_phases_begin(starts, lengths):
    rows = [(5, "e"), (1, "a"), (2, "b"), (3, "c"), (4, "d")]
    found = split(rows, starts)
    assert [len(part) for part in found] == lengths
    assert [row for part in found for row in part] == sorted(rows)


def test_no_reading_makes_one_empty_phase():
    assert split([], [3]) == [[]]


SERIES = st.lists(st.decimals(0, 100, places=1), min_size=2, max_size=30)


@given(SERIES)
def test_counting_the_other_way_round_never_changes_a_signal(values):
    turned = [100 - value for value in values]
    found, other = phase(values), phase(turned)
    assert (found.signals, found.longest_run, found.crossings) == (other.signals, other.longest_run, other.crossings)
    limits, mirrored = individuals(values), individuals(turned)
    assert (limits.outside, 100 - limits.upper) == (mirrored.outside, mirrored.lower)


def test_one_reading_has_no_moving_range():
    with pytest.raises(ValueError, match="two readings"):
        individuals([5, None])
    for base in (1, 0, -1):
        with pytest.raises(ValueError, match="two readings"):
            individuals([5, 6, 7], base=base)


def test_readings_may_come_one_by_one():
    assert phase(iter(COSTS)) == phase(COSTS)
    assert xmr(iter(COSTS)) == xmr(COSTS)
    assert individuals(iter(COSTS)) == individuals(COSTS)


@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), "n/a"])
def test_what_is_no_number_is_no_gap(wrong):
    for rule in (phase, xmr, individuals):
        with pytest.raises(ValueError, match="not a finite number"):
            rule([5, 6, wrong, *[7] * 12])


# Broken on purpose: each of these variants of the rules must be noticed by the tests above.


@pytest.mark.parametrize(
    ("name", "value", "test"),
    [
        ("individuals", partial(individuals, factor=Fraction(3)), test_a_point_on_the_limit_is_not_outside_a_hair_beyond_is),
        ("individuals", lambda values, base: individuals(values), test_limits_stay_those_of_the_first_twelve),
        ("RANGE_FACTOR", Fraction(100), test_one_wild_range_is_dropped_once_before_the_mean),
        ("LEAST_FOR_LIMITS", 20, test_limits_stay_those_of_the_first_twelve),
        ("LEAST_FOR_SIGNAL", 9, lambda: test_what_so_many_readings_allow(9, True, False, False)),
        ("LEAST_FOR_MEDIAN", 6, lambda: test_what_so_many_readings_allow(5, True, False, False)),
        ("RARE", Fraction(1, 10), test_the_published_table_of_runs_and_crossings),
        ("RARE", Fraction(1, 40), test_the_published_table_of_runs_and_crossings),
        ("_ordinary", lambda ranges: ranges, test_one_wild_range_is_dropped_once_before_the_mean),
        ("_ordinary", lambda ranges: [size for size in ranges if size == 0] or ranges, test_dropping_happens_only_once),
    ],
)  # fmt: skip
def test_a_broken_constant_is_noticed(monkeypatch, name, value, test):
    monkeypatch.setattr(runcharts, name, value)
    with pytest.raises((AssertionError, AttributeError, TypeError)):
        test()


def counting_the_median(known, middle):
    """A broken variant: a reading on the median counts as above."""
    return runcharts_runs([(place, value if value != middle else value + 1) for place, value in known], middle)


def breaking_at_gaps(known, middle):
    """A broken variant: a gap ends a run."""
    return [runcharts.Run(place, place, 1, 1 if value > middle else -1) for place, value in known if value != middle]


runcharts_runs = runcharts._runs


@pytest.mark.parametrize(
    ("variant", "test"),
    [
        (counting_the_median, test_a_reading_on_the_median_neither_breaks_a_run_nor_makes_it_longer),
        (breaking_at_gaps, test_a_gap_neither_breaks_a_run_nor_counts_and_places_are_those_given),
    ],
)
def test_a_broken_way_of_counting_runs_is_noticed(monkeypatch, variant, test):
    monkeypatch.setattr(runcharts, "_runs", variant)
    with pytest.raises((AssertionError, ValueError)):
        test()
