"""How much of each hidden unknown stays possible to a reader who uses every sum and every rounding at once.

The feasible interval of a hidden number is found by linear programming, as in the literature on statistical
disclosure control (Fischetti and Salazar, "Models and algorithms for optimizing cell suppression in tabular data with
linear constraints"; Hundepool and others, "Statistical Disclosure Control"). What is possible is convex, so any two
feasible points prove that everything between them is possible: a few programs prove most unknowns safe together, and
only what they leave is asked one by one. numpy and scipy are loaded only here and only when asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from typing import Any

from indicators.suppression.relations import Line
from indicators.suppression.unknowns import TINY, Bounds, Need

DIRECTIONS = 6  # random directions tried before unknowns are asked one by one
FEW = 10  # so few are asked one by one at once
MOST_AT_ONCE = 4000  # unknowns in one exact program; larger components are asked around each unknown
AROUND = 600  # unknowns that may move in such a neighborhood


def is_met(need: Need, bounds: Bounds) -> bool:
    """Is the interval at least as wide as needed, counting whole people where they are whole?

    >>> is_met(Need(4.5, True), (0.4, 5.9)), is_met(Need(4.5, False), (0.4, 5.9))
    (False, True)
    """
    low, high = bounds
    if need.from_bottom is not None and low > need.from_bottom + TINY:
        return False
    if need.is_whole:
        low, high = ceil(low - TINY), floor(high + TINY)
    return high - low >= need.width - TINY


@dataclass
class Problem:
    """Bounds of every unknown, and the sized lines that tie them together."""

    bounds: list[Bounds]
    lines: Sequence[Line]
    touching: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for number, line in enumerate(self.lines):
            for i in members(line):
                self.touching[i].append(number)
        self._sums = [self._sum(line) for line in self.lines]

    def _sum(self, line: Line) -> Bounds:
        return sum(self.bounds[i][0] for i in line.parts), sum(self.bounds[i][1] for i in line.parts)

    def set(self, index: int, bounds: Bounds) -> None:
        """Give an unknown other bounds."""
        self.bounds[index] = bounds
        for number in self.touching.get(index, ()):
            self._sums[number] = self._sum(self.lines[number])

    def alone(self, index: int, number: int) -> Bounds:
        """What one line by itself leaves possible of an unknown: the cheap bound, from sums alone."""
        line, (low, high), (bottom, top) = self.lines[number], self._sums[number], self.bounds[index]
        whole = (line.constant, line.constant) if line.total is None else self.bounds[line.total]
        constant = 0.0 if line.total is None else line.constant
        if index == line.total:
            return max(bottom, low + constant), min(top, high + constant)
        return max(bottom, whole[0] - constant - (high - top)), min(top, whole[1] - constant - (low - bottom))

    def is_fixed(self, index: int) -> bool:
        low, high = self.bounds[index]
        return high - low < TINY


def members(line: Line) -> tuple[int, ...]:
    return line.parts if line.total is None else (*line.parts, line.total)


@dataclass
class Ranges:
    """What was found possible of each unknown so far; it stays true while bounds only widen."""

    seen: dict[int, Bounds] = field(default_factory=dict)

    def note(self, points: Iterable[tuple[int, float]]) -> None:
        for i, value in points:
            low, high = self.seen.get(i, (value, value))
            self.seen[i] = (min(low, value), max(high, value))

    def is_met(self, index: int, need: Need) -> bool:
        return index in self.seen and is_met(need, self.seen[index])


def too_narrow(problem: Problem, needs: dict[int, Need], ranges: Ranges | None = None) -> dict[int, set[int]]:
    """The unknowns of which less stays possible than is needed, all sums and roundings used at once.

    With each stand the unknowns whose bounds hold it fast, where a program was needed to find out.
    """
    ranges = ranges if ranges is not None else Ranges()
    pinned = {i for i, need in needs.items() if not is_met(need, problem.bounds[i]) or is_pinned(problem, i, need)}
    left = [
        i for i, need in needs.items() if i not in pinned and problem.touching.get(i) and not ranges.is_met(i, need)
    ]
    narrow: dict[int, set[int]] = {i: set() for i in pinned}
    for component in _components(problem, left):
        narrow |= _narrow_in(problem, component, {i: needs[i] for i in component.wanted}, ranges)
    return dict(sorted(narrow.items()))


def is_pinned(problem: Problem, index: int, need: Need) -> bool:
    """Does one line by itself give the unknown away?"""
    return any(not is_met(need, problem.alone(index, number)) for number in problem.touching.get(index, ()))


@dataclass
class Component:
    """Unknowns that move together, and the lines between them."""

    unknowns: list[int]
    lines: list[int]
    wanted: list[int]


def _components(problem: Problem, wanted: Iterable[int]) -> list[Component]:
    """The connected parts of the block in which something is asked; what is known exactly connects nothing."""
    seen: set[int] = set()
    found = []
    wanted = list(wanted)
    asked = set(wanted)
    for start in wanted:
        if start in seen:
            continue
        unknowns, lines, queue = [], set(), [start]
        seen.add(start)
        while queue:
            i = queue.pop()
            unknowns.append(i)
            for number in problem.touching[i]:
                if number not in lines:
                    lines.add(number)
                    new = [j for j in members(problem.lines[number]) if j not in seen and not problem.is_fixed(j)]
                    seen.update(new)
                    queue += new
        found.append(Component(sorted(unknowns), sorted(lines), sorted(asked & set(unknowns))))
    return found


def _narrow_in(problem: Problem, component: Component, needs: dict[int, Need], ranges: Ranges) -> dict[int, set[int]]:
    """The asked unknowns of a component that are not proved wide enough, each with what holds it fast."""
    program = _Program(problem, component.unknowns, component.lines)
    if program.settle() is None:
        return {i: set() for i in needs}  # the printed figures contradict one another: nothing can be proved
    ranges.note(program.last)
    _try_directions(program, needs, ranges)
    is_large = len(component.unknowns) > MOST_AT_ONCE
    narrow: dict[int, set[int]] = {}
    for i, need in needs.items():
        if ranges.is_met(i, need):
            continue
        asked, holding = program.around(problem, i) if is_large else program, set()
        for sign in (1.0, -1.0):
            if not ranges.is_met(i, need) and asked.solve({i: sign}) is not None:
                ranges.note(asked.last)
                holding |= asked.holding(problem)
        if not ranges.is_met(i, need):
            narrow[i] = holding - {i}
    return narrow


def _try_directions(program: "_Program", needs: dict[int, Need], ranges: Ranges) -> None:
    """Push all unproved unknowns at once, each up or down by chance: most are proved by few programs."""
    import numpy as np

    chance = np.random.default_rng(1)
    for _round in range(DIRECTIONS):
        left = [i for i in needs if not ranges.is_met(i, needs[i])]
        if len(left) < FEW:
            return
        signs = chance.choice([-1.0, 1.0], size=len(left))
        weights = {i: sign / max(needs[i].width, TINY) for i, sign in zip(left, signs, strict=True)}
        for sense in (1.0, -1.0):
            if program.solve({i: sense * weight for i, weight in weights.items()}) is not None:
                ranges.note(program.last)


class _Program:
    """The linear program of a component: unknowns within bounds, each line an equation."""

    def __init__(self, problem: Problem, unknowns: list[int], lines: list[int], fixed: dict[int, float] | None = None):
        import numpy as np
        from scipy.sparse import csr_array

        self.unknowns, self.lines = unknowns, lines
        self.column = {i: k for k, i in enumerate(unknowns)}
        self.bounds = np.array([problem.bounds[i] for i in unknowns], dtype=float)
        rows, columns, signs, right = [], [], [], []
        for row, number in enumerate(lines):
            line = problem.lines[number]
            equals = line.constant if line.total is None else -line.constant
            for i in members(line):
                sign = -1.0 if i == line.total else 1.0
                if i in self.column:
                    rows.append(row)
                    columns.append(self.column[i])
                    signs.append(sign)
                else:
                    known = fixed[i] if fixed and i in fixed else sum(problem.bounds[i]) / 2
                    equals -= sign * known
            right.append(equals)
        shape = (len(lines), len(unknowns))
        self.matrix = csr_array((signs, (rows, columns)), shape=shape)
        self.right = np.array(right, dtype=float)
        self.point: Any = None
        self.result: Any = None

    @property
    def last(self) -> Iterable[tuple[int, float]]:
        return zip(self.unknowns, self.point.tolist(), strict=True)

    def settle(self) -> Any:
        """A first feasible point. Where the printed figures contradict one another, they do so as little as can be."""
        if self.solve({}) is None:
            self._give_way()
        return self.solve({})

    def solve(self, weights: dict[int, float]) -> Any:
        """The point that makes a weighted sum as large as can be, or None."""
        import numpy as np
        from scipy.optimize import linprog

        aim = np.zeros(len(self.unknowns))
        for i, weight in weights.items():
            aim[self.column[i]] = -weight
        result = linprog(aim, A_eq=self.matrix, b_eq=self.right, bounds=self.bounds, method="highs")
        if result.status != 0:
            return None
        self.point, self.result = np.clip(result.x, self.bounds[:, 0], self.bounds[:, 1]), result
        return self.point

    def holding(self, problem: Problem) -> set[int]:
        """The unknowns whose bounds keep the last sum from growing: at a price, or fixed in a line that has one."""
        import numpy as np

        prices = np.abs(self.result.lower.marginals) + np.abs(self.result.upper.marginals)
        found = {self.unknowns[k] for k in np.flatnonzero(prices > TINY)}
        for row in np.flatnonzero(np.abs(self.result.eqlin.marginals) > TINY):
            found.update(j for j in members(problem.lines[self.lines[row]]) if j not in self.column)
        return found

    def _give_way(self) -> None:
        """Move the right-hand sides by the least that lets all lines hold together."""
        import numpy as np
        from scipy.optimize import linprog
        from scipy.sparse import eye_array, hstack

        count = len(self.lines)
        aim = np.concatenate([np.zeros(len(self.unknowns)), np.ones(2 * count)])
        matrix = hstack([self.matrix, eye_array(count), -eye_array(count)], format="csr")
        bounds = np.vstack([self.bounds, np.tile([0.0, np.inf], (2 * count, 1))])
        result = linprog(aim, A_eq=matrix, b_eq=self.right, bounds=bounds, method="highs")
        if result.status == 0:
            slack = result.x[len(self.unknowns) :]
            self.right = self.right - slack[:count] + slack[count:]

    def around(self, problem: Problem, index: int) -> "_Program":
        """The same program with everything far from one unknown left where the last point has it.

        What is possible there is possible, so it proves an unknown safe; that it is unsafe it does not prove.
        """
        near, queue = {index}, [index]
        while queue and len(near) < AROUND:
            i = queue.pop(0)
            for number in problem.touching[i]:
                new = [j for j in members(problem.lines[number]) if j in self.column and j not in near]
                room = sorted(new, key=lambda j: problem.bounds[j][0] - problem.bounds[j][1])[: AROUND // 4]
                near.update(room)
                queue += room
        lines = sorted({number for i in near for number in problem.touching[i]})
        fixed = {i: float(self.point[k]) for i, k in self.column.items() if i not in near}
        return _Program(problem, sorted(near), lines, fixed)
