"""Numbers as callers have them, made exact."""

from decimal import Decimal
from fractions import Fraction

import pytest

from indicators.amounts import exact, plain


@pytest.mark.parametrize("amount", [0.1, "0.1", Decimal("0.1"), Fraction(1, 10), Decimal("0.100"), "1/10", "1e-1"])
def test_a_tenth_is_a_tenth_however_it_is_given(amount):
    assert exact(amount) == Fraction(1, 10)


def test_the_float_and_the_binary_fraction_it_stands_for_are_kept_apart():
    assert exact(0.1) == Fraction(1, 10)
    assert exact(Decimal(0.1)) == Fraction(0.1) != Fraction(1, 10)
    assert exact(0.1) == Fraction(1, 10)


def test_numbers_of_numpy_count_too():
    import numpy

    assert (exact(numpy.float64(85.3)), exact(numpy.int64(3))) == (Fraction("85.3"), 3)
    assert exact(numpy.float32(0.1)) == Fraction(1, 10)


def test_whole_numbers_of_numpy_do_not_overflow():
    import numpy

    for kind in (numpy.int64, numpy.int32, numpy.uint8):
        most = exact(kind(numpy.iinfo(kind).max))
        assert type(most.numerator) is int
        assert most * most == int(numpy.iinfo(kind).max) ** 2


@pytest.mark.parametrize(
    "amount", [None, "", "n/a", "< 16", float("nan"), float("inf"), Decimal("NaN"), Decimal("Infinity"), [1], "1/0"]
)
def test_what_is_no_number_is_refused(amount):
    with pytest.raises(ValueError, match="not a finite number"):
        exact(amount)


def test_a_whole_number_is_plain():
    assert (plain(Fraction(4, 2)), type(plain(Fraction(4, 2)))) == (2, int)
    assert plain(Fraction(5, 2)) == Fraction(5, 2)
