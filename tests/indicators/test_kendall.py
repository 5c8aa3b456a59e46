"""Kendall's tau and its exact chance: printed tables, and every arrangement counted by hand."""

from decimal import Decimal
from fractions import Fraction
from itertools import permutations
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import kendall as module
from indicators.kendall import kendall, tail

# W. W. Daniel, Applied Nonparametric Statistics, table of critical values of S for Kendall's tau: for n from the first
# on, the least S that chance reaches in no more than 0.005, 0.010, 0.025, 0.050 and 0.100 of all arrangements.
DANIEL = {
    4: ["8 12 15 19 22 26 29", "8 10 13 17 20 24 27", "8 10 13 15 18 20 23", "6 8 11 13 16 18 21", "6 8 9 11 12 14 17"],
    11: ["33 38 44 47 53", "31 36 40 43 49", "27 30 34 37 41", "23 26 28 33 35", "19 20 24 25 29"],
    16: ["58 64 69 75 80", "52 58 63 67 72", "46 50 53 57 62", "38 42 45 49 52", "30 34 37 39 42"],
    21: ["86 91 99 104 110", "78 83 89 94 100", "66 71 75 80 86", "56 61 65 68 72", "44 47 51 54 58"],
    26: ["117 125 130 138 145", "107 113 118 126 131", "91 95 100 106 111", "77 81 86 90 95", "61 63 68 70 75"],
    31: ["151 160 166 175 181", "137 144 152 157 165", "117 122 128 133 139", "99 104 108 113 117", "77 82 86 89 93"],
    36: ["190 198 205 213 222", "172 178 185 193 200", "146 152 157 163 170", "122 128 133 139 144", "96 100 105 109 112"],
}  # fmt: skip
LEVELS = [Fraction(share, 1000) for share in (5, 10, 25, 50, 100)]
# R. O. Gilbert, Statistical Methods for Environmental Pollution Monitoring (1987), table A18, "Probabilities for the
# Mann-Kendall Nonparametric Test for Trend", after Kendall: the chance of S or more, for S from 0 or 1 on by twos.
GILBERT = {
    4: "0.625 0.375 0.167 0.042",
    5: "0.592 0.408 0.242 0.117 0.042 0.0083",
    6: "0.500 0.360 0.235 0.136 0.068 0.028 0.0083 0.0014",
    7: "0.500 0.386 0.281 0.191 0.119 0.068 0.035 0.015 0.0054 0.0014 0.00020",
    8: "0.548 0.452 0.360 0.274 0.199 0.138 0.089 0.054 0.031 0.016 0.0071 0.0028 0.00087 0.00020 0.000025",
    9: "0.540 0.460 0.381 0.306 0.238 0.179 0.130 0.090 0.060 0.038 0.022 0.012 0.0063 0.0029 0.0012 0.00043 0.00012"
       " 0.000025 0.0000028",
    10: "0.500 0.431 0.364 0.300 0.242 0.190 0.146 0.108 0.078 0.054 0.036 0.023 0.014 0.0083 0.0046 0.0023 0.0011"
        " 0.00047 0.00018 0.000058 0.000015 0.0000028 0.00000028",
}  # fmt: skip
# Hunter L values and panel scores of canned tuna, M. Hollander and D. A. Wolfe, Nonparametric Statistical Methods
# (1973), 185–194, as in the examples of R's cor.test.
LIGHTNESS = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1]
PANEL = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8]


@pytest.mark.parametrize("first", DANIEL)
def test_the_published_table_of_critical_values(first):
    for level, row in zip(LEVELS, DANIEL[first], strict=True):
        for n, printed in enumerate(map(int, row.split()), start=first):
            scores = range(comb(n, 2) % 2, comb(n, 2) + 4, 2)
            assert next(s for s in scores if tail(n, s) <= level) == printed, (n, level)


@pytest.mark.parametrize("n", GILBERT)
def test_the_published_table_of_chances(n):
    for s, printed in zip(range(comb(n, 2) % 2, comb(n, 2) + 1, 2), GILBERT[n].split(), strict=True):
        last_digit = Decimal(1).scaleb(Decimal(printed).as_tuple().exponent)
        assert abs(tail(n, s) - Fraction(printed)) <= Fraction(last_digit) / 2, (s, printed)


def test_the_cloud_seeding_of_hollander_and_wolfe():
    """Nonparametric Statistical Methods, example 9.1: five years over the Snowy Mountains, K -6 and chance 0.117."""
    found = kendall([1, 2, 3, 4, 5], [1.26, 1.27, 1.12, 1.16, 1.03], sign=-1)
    assert (found.s, f"{float(found.p):.3f}", found.method) == (-6, "0.117", "exact")


def test_the_tuna_of_hollander_and_wolfe():
    """R prints T = 26 concordant pairs of 36, tau 0.4444444 and p-value 0.05972, one-sided."""
    found = kendall(LIGHTNESS, PANEL)
    assert (found.s, f"{found.tau:.7f}", f"{float(found.p):.5f}", found.method) == (
        26 - 10,
        "0.4444444",
        "0.05972",
        "exact",
    )


def test_the_livers_of_the_scipy_tutorial_with_ties_on_both_sides():
    """scipy, "Kendall's tau test", collagen and proline: tau-b 0.55; the chance is counted here over all 5,040."""
    collagen, proline = [7.1, 7.1, 7.2, 8.3, 9.4, 10.5, 11.4], [2.8, 2.9, 2.8, 2.6, 3.5, 4.6, 5.0]
    found = kendall(collagen, proline)
    assert (f"{found.tau:.2f}", found.method) == ("0.55", "permutation")
    assert found.p == counted_by_hand(collagen, proline)


@pytest.mark.parametrize(
    ("xs", "ys", "tau", "two_sided"),
    [
        ([5, 2, 1, 3, 6, 4, 7], [5, 2, 6, 3, 1, 7, 4], -0.14285714286, 0.77261904762),
        ([5, 2, 1, 3, 6, 4, 7, 8], [5, 2, 6, 3, 1, 8, 7, 4], 0.0, 1.0),
        (range(10), range(10), 1.0, 5.511463844797e-07),
        (range(10), [0, 2, 1, 3, 4, 5, 6, 7, 8, 9], 0.9555555555556, 5.511463844797e-06),
        (range(10), [0, 2, 1, 3, 4, 6, 5, 7, 8, 9], 0.9111111111111, 2.976190476190e-05),
        (range(10), range(9, -1, -1), -1.0, 5.511463844797e-07),
    ],
)
def test_the_cases_that_scipy_checks_against_r(xs, ys, tau, two_sided):
    """scipy's own tests of kendalltau, computed with R's cor.test(exact = 1); theirs is two-sided, ours one-sided."""
    found = [kendall(xs, ys, sign=sign) for sign in (1, -1)]
    assert [told.tau for told in found] == pytest.approx([tau, tau])
    assert min(2 * min(float(told.p) for told in found), 1) == pytest.approx(two_sided, rel=1e-9)


def counted_by_hand(xs, ys, sign=1):
    """The share of all n! arrangements that agree as much in the declared direction: nothing of the module."""

    def score(right):
        pairs = [(a, b) for a in range(len(xs)) for b in range(a)]
        order = [
            ((xs[a] > xs[b]) - (xs[a] < xs[b])) * ((right[a] > right[b]) - (right[a] < right[b])) for a, b in pairs
        ]
        return sign * sum(order)

    seen, all_ways = score(ys), [score(way) for way in permutations(ys)]
    return Fraction(sum(way >= seen for way in all_ways), len(all_ways))


FEW = st.integers(2, 6).flatmap(
    lambda n: st.tuples(*[st.lists(st.integers(0, 3), min_size=n, max_size=n) for _ in range(2)])
)


@given(FEW, st.sampled_from([1, -1]))
@settings(max_examples=60, deadline=None)
def test_the_chance_is_that_of_all_arrangements_whatever_the_ties(sides, sign):
    assert kendall(*sides, sign=sign).p == counted_by_hand(*sides, sign=sign)


@pytest.mark.parametrize("n", [6, 7, 12, 20])
def test_the_chance_without_ties_is_that_of_scipy(n):
    from scipy import stats

    ys = [(place * 7) % n if n % 7 else (place * 3) % n for place in range(n)]
    theirs = stats.kendalltau(range(n), ys, method="exact", alternative="greater")
    found = kendall(range(n), ys)
    assert (found.tau, float(found.p)) == pytest.approx((theirs.statistic, theirs.pvalue))


NUMBERS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=9)


@given(NUMBERS)
@settings(deadline=None)
def test_counting_either_side_the_other_way_round_turns_tau_and_leaves_its_chance(points):
    xs, ys = zip(*points, strict=True)
    found, turned = kendall(xs, ys), kendall(xs, [100 - y for y in ys], sign=-1)
    assert turned.p == found.p
    assert turned.tau == (None if found.tau is None else pytest.approx(-found.tau))
    assert kendall([100 - x for x in xs], [100 - y for y in ys]) == found


@given(NUMBERS)
@settings(deadline=None)
def test_which_side_comes_first_does_not_matter(points):
    xs, ys = zip(*points, strict=True)
    assert (kendall(xs, ys).s, kendall(xs, ys).p) == (kendall(ys, xs).s, kendall(ys, xs).p)


def test_no_walk_of_thirteen_pairs_is_too_long():
    def partitions(n, largest):
        if n == 0:
            yield []
        for first in range(min(n, largest), 0, -1):
            yield from ([first, *rest] for rest in partitions(n - first, first))

    for n in range(2, 14):
        ways = list(partitions(n, n))
        assert all(
            min(module.walk_length(a, b), module.walk_length(b, a)) <= module.LONGEST_WALK for a in ways for b in ways
        )


def test_numbers_may_come_one_by_one():
    assert kendall(iter(LIGHTNESS), iter(PANEL)) == kendall(LIGHTNESS, PANEL)


def test_many_pairs_with_ties_on_both_sides_are_drawn_the_same_way_each_time():
    xs, ys = [place % 9 for place in range(60)], [place * place % 11 for place in range(60)]
    found = kendall(xs, ys)
    assert found.method == "sampled"
    assert kendall(xs, ys) == found
    assert found.p.denominator <= 10_000


@pytest.mark.parametrize(
    ("xs", "ys"),
    [
        ([1, 1, 2, 3, 4, 5, 6, 7], [2, 1, 1, 4, 3, 6, 5, 7]),
        ([0, 0, 0, 1, 1, 1, 1, 2, 2, -1, -1, 3, 0], [1, 0, 0, 0, 1, -1, 2, 1, 0, 0, -2, 1, 1]),
        ([3, 3, 3, 2, 2, 1, 1, 1, 0, 0], [1, 1, 2, 2, 3, 2, 3, 1, 3, 2]),
    ],
)
def test_drawn_and_counted_agree(monkeypatch, xs, ys):
    counted = float(kendall(xs, ys).p)
    monkeypatch.setattr(module, "LONGEST_WALK", 0)
    drawn = kendall(xs, ys)
    assert drawn.method == "sampled"
    assert float(drawn.p) == pytest.approx(counted, abs=3 * (counted / 9_999) ** 0.5)


def test_where_one_side_never_moves_there_is_no_tau_and_nothing_rare():
    found = kendall([1, 2, 3, 4, 5, 6], [7] * 6)
    assert (found.tau, found.s, found.p) == (None, 0, 1)


@pytest.mark.parametrize(
    ("xs", "ys", "sign", "message"),
    [([1], [1], 1, "at least two"), ([1, 2], [1], 1, "same length"), ([1, 2], [1, 2], 0, "sign"),
     ([1, None], [1, 2], 1, "not a finite number")],
)  # fmt: skip
def test_what_has_no_tau_is_said_plainly(xs, ys, sign, message):
    with pytest.raises(ValueError, match=message):
        kendall(xs, ys, sign=sign)


@pytest.mark.parametrize(
    ("name", "variant", "test"),
    [
        ("_share", lambda counts, untied, s: Fraction(sum(c for d, c in enumerate(counts) if untied - 2 * d > s), sum(counts)),
         test_the_tuna_of_hollander_and_wolfe),
        ("_offset", lambda walked: 0, test_the_livers_of_the_scipy_tutorial_with_ties_on_both_sides),
        ("_gain", lambda used, taken: 0, test_the_livers_of_the_scipy_tutorial_with_ties_on_both_sides),
        ("_inversions", lambda sizes: [1] * (comb(sum(sizes), 2) + 1),
         lambda: test_the_published_table_of_critical_values(4)),
    ],
)  # fmt: skip
def test_a_broken_count_is_noticed(monkeypatch, name, variant, test):
    monkeypatch.setattr(module, name, variant)
    module._permutations.cache_clear()
    with pytest.raises(AssertionError):
        test()
    module._permutations.cache_clear()
