"""Numbers as callers have them, made exact: whole numbers, decimals, fractions and floats side by side.

>>> exact(0.1) + exact("0.2"), exact(3)
(Fraction(3, 10), Fraction(3, 1))
"""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from numbers import Rational, Real

Amount = int | float | Decimal | Fraction | str


def exact(amount: Amount) -> Fraction:
    """The rational number that was meant: a float counts as the decimal it prints, so 0.1 is a tenth.

    Numbers out of a numpy array or a pandas column are taken as the plain ones they print as. Raises ValueError for
    what is no finite number (NaN, infinity, None, words).
    """
    if type(amount) is Fraction:
        return amount
    try:
        return _exact(amount)
    except (ValueError, TypeError, OverflowError, ZeroDivisionError) as error:
        raise ValueError(f"{amount!r} is not a finite number.") from error


# A page asks for the same few values of a path many times. By type, because the float 0.1 and the binary fraction
# that it stands for are equal and mean different numbers.
@lru_cache(maxsize=8192, typed=True)
def _exact(amount: Amount) -> Fraction:
    if isinstance(amount, Rational):  # whole numbers of numpy would keep their 64 bits, and overflow in silence
        return Fraction(int(amount.numerator), int(amount.denominator))
    return Fraction(str(amount)) if isinstance(amount, Real | str) else Fraction(amount)


def plain(number: Fraction) -> int | Fraction:
    """A whole number as an int, another rational as it is.

    >>> plain(Fraction(2021)), plain(Fraction(5, 2))
    (2021, Fraction(5, 2))
    """
    return number.numerator if number.denominator == 1 else number
