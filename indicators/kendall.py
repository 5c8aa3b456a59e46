"""Kendall's tau with its exact one-sided p: how often chance alone would agree as much, in the declared direction.

Every arrangement of one side against the other is taken as equally likely, and those that agree at least as much as
the one seen are counted. Counted, not approximated, in whole numbers: without ties by the generating function of
inversions; with ties on one side by its quotients; with ties on both sides by walking through all arrangements of
the tied groups. Only where that walk would be too long (never up to 13 pairs) 9,999 arrangements are drawn with a
fixed seed, and the answer says so. scipy counts only without ties; tests hold this module against it there.

Sources: M. G. Kendall, Biometrika 30, 1938, and Rank Correlation Methods, 4th edition 1970 (tau-b, exact tables);
B. Phipson and G. K. Smyth, Statistical Applications in Genetics and Molecular Biology 9, 2010 (drawn arrangements).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import combinations
from math import comb, factorial, prod, sqrt

from indicators.amounts import Amount, exact

VERSION = "1"

EXACT, PERMUTATION, SAMPLED = "exact", "permutation", "sampled"
LONGEST_WALK = 2_000_000
DRAWS, SEED = 9_999, 20170701


@dataclass(frozen=True)
class Kendall:
    """How two series of the same length agree in their order.

    `s` is the number of concordant pairs less that of discordant ones, `tau` is tau-b between −1 and 1 (None where
    one side never varies), `p` the probability of at least this much agreement in the declared direction by chance.
    `method` is exact (no ties), permutation (ties, all arrangements counted) or sampled (9,999 drawn).
    """

    n: int
    s: int
    tau: float | None
    p: Fraction
    method: str
    version: str = VERSION


def kendall(xs: Iterable[Amount], ys: Iterable[Amount], *, sign: int = 1) -> Kendall:
    """Tau-b and its one-sided p; `sign` is +1 if the two were declared to move alike, −1 if against each other.

    Raises ValueError for fewer than two pairs, sequences of different lengths, another sign, or what is no number.

    >>> found = kendall([1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5])
    >>> found.s, found.tau, found.p, found.method
    (9, 0.6, Fraction(49, 720), 'exact')
    >>> kendall([1, 1, 2, 3], [1, 2, 2, 3]).p
    Fraction(1, 6)
    """
    xs, ys = list(xs), list(ys)
    if len(xs) != len(ys) or len(xs) < 2:
        raise ValueError("Tau needs two sequences of the same length, of at least two numbers each.")
    if sign not in (1, -1):
        raise ValueError("The declared sign is 1 (alike) or -1 (against each other).")
    left, right = _ranks([exact(x) for x in xs]), _ranks([sign * exact(y) for y in ys])
    s = _score(left, right)
    ties = [sorted(Counter(side).values()) for side in (left, right)]
    p, method = _chance(left, right, s)
    untied = [comb(len(xs), 2) - sum(comb(size, 2) for size in sizes) for sizes in ties]
    tau = sign * s / sqrt(untied[0] * untied[1]) if all(untied) else None
    return Kendall(len(xs), sign * s, tau, p, method)


def tail(n: int, s: int) -> Fraction:
    """P(S ≥ s) for n pairs without ties: the table that books print.

    >>> tail(6, 11), round(float(tail(10, 21)), 4)
    (Fraction(1, 36), 0.0363)
    """
    return _share(_permutations(n), comb(n, 2), s)


@cache
def _permutations(n: int) -> list[int]:
    return _inversions([1] * n)


def _ranks(side: Sequence[Fraction]) -> list[int]:
    """For each reading how many different values lie below it."""
    places = {value: place for place, value in enumerate(sorted(set(side)))}
    return [places[value] for value in side]


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _score(left: Sequence[int], right: Sequence[int]) -> int:
    """Concordant pairs less discordant ones."""
    pairs = combinations(zip(left, right, strict=True), 2)
    return sum(_sign(x2 - x1) * _sign(y2 - y1) for (x1, y1), (x2, y2) in pairs)


def _chance(left: Sequence[int], right: Sequence[int], s: int) -> tuple[Fraction, str]:
    groups = [_sizes(left), _sizes(right)]
    tied = [sizes for sizes in groups if max(sizes) > 1]
    if len(tied) < 2:
        sizes = tied[0] if tied else groups[0]
        untied = comb(len(left), 2) - sum(comb(size, 2) for size in sizes)
        return _share(_inversions(sizes), untied, s), PERMUTATION if tied else EXACT
    placed, walked = min(groups, groups[::-1], key=lambda way: walk_length(*way))
    if walk_length(placed, walked) <= LONGEST_WALK:
        return _walk(placed, walked, s), PERMUTATION
    return _drawn(left, right, s), SAMPLED


def _sizes(side: Sequence[int]) -> list[int]:
    """How many readings share each value, lowest value first."""
    return [size for _value, size in sorted(Counter(side).items())]


def _share(counts: Sequence[int], untied: int, s: int) -> Fraction:
    """The share of arrangements with a score of s or more; counts are by number of discordant pairs."""
    agreeing = sum(count for discordant, count in enumerate(counts) if untied - 2 * discordant >= s)
    return Fraction(agreeing, sum(counts))


def _inversions(sizes: Sequence[int]) -> list[int]:
    """Arrangements of tied groups by their number of inversions: the Gaussian multinomial coefficient.

    Coefficients of ∏(1 − qⁱ) for i up to n, divided by the same product for each group.
    """
    counts, n = [1], sum(sizes)
    divisors = sorted(i for size in sizes for i in range(1, size + 1))
    for i, j in zip(range(1, n + 1), divisors, strict=True):
        counts = _divided(_multiplied(counts, i), j)
    top = comb(n, 2) - sum(comb(size, 2) for size in sizes)
    return counts[: top + 1]


def _multiplied(counts: list[int], i: int) -> list[int]:
    """Times 1 − qⁱ."""
    longer = [*counts, *[0] * i]
    return [count - (longer[place - i] if place >= i else 0) for place, count in enumerate(longer)]


def _divided(counts: list[int], j: int) -> list[int]:
    """Divided by 1 − qʲ, as a series; exact once all factors have gone in."""
    found: list[int] = []
    for place, count in enumerate(counts):
        found.append(count + (found[place - j] if place >= j else 0))
    return found


def walk_length(placed: Sequence[int], walked: Sequence[int]) -> int:
    """An upper bound on the steps of the walk that puts groups of one side among those of the other."""
    states = prod(size + 1 for size in placed)
    return states * max(comb(size + len(placed) - 1, size) for size in walked)


def _walk(placed: Sequence[int], walked: Sequence[int], s: int) -> Fraction:
    """The share of all arrangements with a score of s or more, where both sides have ties.

    Group by group of one side, members of the other side's groups are put in; a state is how many of each have been
    put in so far. What a state holds, the arrangements by score, is one long whole number: so many bits for each
    score, so that adding a score to all of them is one shift.
    """
    n = sum(placed)
    total = factorial(n) // prod(factorial(size) for size in walked)
    bits = total.bit_length() + 1
    states = {(0,) * len(placed): 1}
    for size in walked:
        following: dict[tuple[int, ...], int] = {}
        for used, held in states.items():
            for taken in _takings(placed, used, size):
                ways = prod(comb(whole - done, more) for whole, done, more in zip(placed, used, taken, strict=True))
                reached = tuple(done + more for done, more in zip(used, taken, strict=True))
                following[reached] = following.get(reached, 0) + (held * ways << bits * _gain(used, taken))
        states = following
    return Fraction(_above(states[tuple(placed)], bits, s + _offset(walked)), total)


def _takings(placed: Sequence[int], used: tuple[int, ...], size: int, place: int = 0) -> Iterator[tuple[int, ...]]:
    """All ways to take so many members from what is left of each group."""
    left = placed[place] - used[place]
    if place == len(placed) - 1:
        if size <= left:
            yield (size,)
        return
    for more in range(min(left, size) + 1):
        for rest in _takings(placed, used, size - more, place + 1):
            yield (more, *rest)


def _gain(used: tuple[int, ...], taken: tuple[int, ...]) -> int:
    """What members put in now add to the score: +1 for each lower one before, −1 for each higher, and, so that it is
    never negative, +1 for each one before."""
    gain, below = 0, 0
    for done, more in zip(used, taken, strict=True):
        gain += more * (2 * below + done)
        below += done
    return gain


def _offset(walked: Sequence[int]) -> int:
    """All that was added so that no score is negative: one for each pair in different groups."""
    return comb(sum(walked), 2) - sum(comb(size, 2) for size in walked)


def _above(held: int, bits: int, lowest: int) -> int:
    """The arrangements with this score or a higher one."""
    held >>= bits * max(lowest, 0)
    mask, found = (1 << bits) - 1, 0
    while held:
        found += held & mask
        held >>= bits
    return found


def _drawn(left: Sequence[int], right: Sequence[int], s: int) -> Fraction:
    """The share among arrangements drawn with a fixed seed, the one that was seen counted in.

    Group by tied group of the left side, all arrangements at once: each member of a group adds the earlier members
    below it on the right side and takes off those above.
    """
    import numpy

    ours, theirs = zip(*sorted(zip(left, right, strict=True)), strict=True)
    levels = max(theirs) + 1
    drawn = numpy.tile(numpy.array(theirs, dtype=numpy.int32), (DRAWS, 1))
    drawn = numpy.random.default_rng(SEED).permuted(drawn, axis=1)
    drawn += numpy.arange(0, DRAWS * levels, levels, dtype=numpy.int32)[:, None]  # a shelf of levels for each
    scores, before = numpy.zeros(DRAWS, dtype=numpy.int64), numpy.zeros((DRAWS, levels), dtype=numpy.int32)
    start = 0
    for size in _sizes(ours):
        group = numpy.bincount(drawn[:, start : start + size].ravel(), minlength=DRAWS * levels)
        group = group.reshape(DRAWS, levels).astype(numpy.int32)
        up_to = before.cumsum(axis=1, dtype=numpy.int32)
        scores += (group * (2 * up_to - before - up_to[:, -1:])).sum(axis=1)
        before, start = before + group, start + size
    return Fraction(int((scores >= s).sum()) + 1, DRAWS + 1)
