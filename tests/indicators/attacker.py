"""A reader with a computer who wants to know about small groups: everything public together, by linear programming.

Written apart from the rules it attacks: it knows only what stands in the rule book (rounding, edges, bands), the
group sizes, the sums, and what was shown on each day. It shares no code with the solver inside.
"""

from collections import defaultdict
from math import ceil, floor

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import lil_array

from indicators.suppression import Shown
from tests.indicators.worlds import DISTRICT, NATURAL, dimension_of

EPSILON = 1e-6


class Attack:
    """All unknown numbers of a world within what is shown of them, and all sums between them."""

    def __init__(self, world, releases, *, file=()):
        """`releases` are (facts that stood, what was shown by their keys); `file` are facts as their publisher prints them."""
        self.world = world
        self.names, self.low, self.high, self.size = {}, [], [], []
        self.rows, self.seen = [], set()
        for facts, shown in releases:
            for fact in facts:
                self._learn(fact, shown[fact.key])
        for fact in file:
            self._learn(fact, Shown(fact.value, fact.value, reason=fact.mark), is_from_file=True)
        for facts, _shown in [*releases, (file, None)]:
            for day in sorted({fact.day for fact in facts}):
                standing = {}
                for fact in sorted((f for f in facts if f.day <= day), key=lambda f: f.day):
                    standing[fact.place] = fact
                self._add_sums(standing)

    def _learn(self, fact, shown, *, is_from_file=False):
        if fact.key not in self.names:
            self.names[fact.key] = len(self.low)
            low, high = self._scale(fact)
            self.low.append(low)
            self.high.append(high)
            self.size.append(fact.people)
        if not shown.reason:
            i, (low, high) = self.names[fact.key], possible(self.world, fact, shown, is_from_file)
            self.low[i], self.high[i] = max(self.low[i], low), min(self.high[i], high)

    def _scale(self, fact):
        if self.world.unit == "count":
            return 0.0, 1e6
        low, high = NATURAL[self.world.unit]
        unit = fact.people / 100 if self.world.unit == "percent" else fact.people
        return float(low) * unit, float(high) * unit

    def _add_sums(self, standing):
        sums = defaultdict(list)
        for place, fact in standing.items():
            level, where, groups = place
            for group in groups:
                whole = (level, where, tuple(g for g in groups if g != group))
                sums[dimension_of(group), whole].append(fact)
            if where != DISTRICT:
                sums["schools", (level, DISTRICT, groups)].append(fact)
        for (_kind, whole), parts in sums.items():
            if whole in standing:
                self._row(parts, standing[whole])
        if self.world.levels != ("",):
            for place, fact in standing.items():
                if place[0] == self.world.levels[0]:
                    self._row([standing[level, *place[1:]] for level in self.world.levels], None, fact.people)

    def _row(self, parts, whole, constant=0.0):
        row = (tuple(sorted(self.names[f.key] for f in parts)), self.names[whole.key] if whole else None, constant)
        if row not in self.seen:
            self.seen.add(row)
            self.rows.append(row)

    def solve(self):
        """The matrix, built once."""
        self.matrix, self.right = lil_array((len(self.rows), len(self.low))), []
        for k, (parts, whole, constant) in enumerate(self.rows):
            for i in parts:
                self.matrix[k, i] = 1
            if whole is not None:
                self.matrix[k, whole] = -1
            self.right.append(constant)
        self.matrix = self.matrix.tocsr()
        return self

    def interval(self, key, *, is_whole=True):
        """All that is possible of one number, in people (or people times points)."""
        i, ends = self.names[key], []
        bounds = np.column_stack([self.low, self.high])
        for sign in (1, -1):
            aim = np.zeros(len(self.low))
            aim[i] = sign
            found = linprog(aim, A_eq=self.matrix, b_eq=self.right, bounds=bounds, method="highs")
            assert found.status == 0, "what is published contradicts itself"
            ends.append(found.x[i])
        if is_whole and self.world.unit != "mean":
            return ceil(ends[0] - EPSILON), floor(ends[1] + EPSILON)
        return ends[0], ends[1]


def possible(world, fact, shown, is_from_file=False):
    """What a shown number can be, by the public rule book alone."""
    low, high, n = float(shown.low), float(shown.high), fact.people
    if world.unit == "count":
        return low, high
    if world.unit == "mean":
        half = 0.5 * 10.0 ** -_places(shown.low)
        return (low - half) * n, (high + half) * n
    if not (is_from_file or n >= 1000 or fact.place[1] == DISTRICT):
        half = 0.55  # rounded by the publisher, and then by us
    else:
        half = 0.5 * 10.0 ** -(_places(shown.low) if low == high else 1)
    low, high = max(low - half, 0.0), min(high + half, 100.0)
    return ceil(low * n / 100 - EPSILON), floor(high * n / 100 + EPSILON)


def _places(value):
    return max(1, -value.normalize().as_tuple().exponent)


def is_small(world, fact):
    return fact.people < world.minimum_n


def leaks(world, releases, *, only=None):
    """(key, interval) of every small hidden number of which too little stays possible."""
    attack = Attack(world, releases).solve()
    facts, shown = releases[-1]
    found = []
    for fact in (fact for fact in facts if only is None or fact.key in only):
        verdict = shown[fact.key]
        if not verdict.reason:
            continue
        low, high = attack.interval(fact.key) if is_small(world, fact) or _is_thin(world, fact) else (0, 1e9)
        if high - low < needed(world, fact) - EPSILON:
            found.append((fact.key, (low, high)))
    return found


def needed(world, fact):
    if world.unit == "count" or not is_small(world, fact):
        return world.minimum_n
    low, high = NATURAL[world.unit]
    return fact.people * (0.5 if world.unit == "percent" else float(high - low) / 2)


def _is_thin(world, fact):
    return world.levels != ("",) and fact.points < 4
