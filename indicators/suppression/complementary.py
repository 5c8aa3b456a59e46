"""What else must be withheld so that no hidden number can be worked out from what is shown beside it.

While a hidden number is not safe, the smallest shown part of its row (the groups of its place) is withheld, then of
its column (the same group at other schools); where none is left, the totals. Whether it is safe is asked of
`intervals`, so the order in which parts are taken decides only how much is lost, never whether something leaks.
"""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Iterator

from indicators.suppression.cells import COUNT, GROUPS, PROTECTS_ANOTHER, Shown
from indicators.suppression.intervals import Problem, Ranges, is_met, members, too_narrow
from indicators.suppression.relations import Line, Relations
from indicators.suppression.unknowns import Bounds, Need

Verdicts = dict[Hashable, Shown]


class Table:
    """The cells of a block in their lines, and what has been withheld of them so far."""

    def __init__(
        self,
        relations: Relations,
        lines: list[Line],
        verdicts: Verdicts,
        thin: set[Hashable],
        *,
        prefers_standing: bool = False,
    ):
        self.relations, self.verdicts, self.thin, self.prefers_standing = relations, verdicts, thin, prefers_standing
        self.cells = relations.cells
        self.sized = [line for line in lines if line.is_sized]
        self.unsized = [line for line in lines if not line.is_sized]
        self.problem = Problem(self._bounds(), self.sized)
        self.ranges = Ranges()
        self.at_place: dict[Hashable, list[int]] = defaultdict(list)
        self.in_distribution: dict[Hashable, set[Hashable]] = defaultdict(set)
        self._lines_of: dict[int, list[int]] = {}
        self.spent: set[int] = set()  # lines from which, and from all that hidden numbers tie to them, nothing is left
        for i, cell in enumerate(self.cells):
            self.at_place[cell.place].append(i)
            if cell.distribution is not None:
                self.in_distribution[cell.distribution].add(cell.place)

    def _bounds(self) -> list[Bounds]:
        shown = [self._bounds_of(i) for i in range(len(self.cells))]
        return [*shown, *(bounds for bounds, _need in self.relations.rests)]

    def _bounds_of(self, index: int) -> Bounds:
        verdict = self.verdicts[self.cells[index].key]
        if verdict.reason:
            return self.relations.hidden(index, verdict.reason)
        return self.relations.shown(index, verdict)

    def needs(self) -> dict[int, Need]:
        """Every hidden unknown that must stay uncertain, and how much."""
        found: dict[int, Need] = {}
        for i, cell in enumerate(self.cells):
            verdict = self.verdicts[cell.key]
            need = self.relations.need(i, verdict.reason, cell.key in self.thin) if verdict.reason else None
            need = need or self.relations.bounded_need(i)
            if need is not None and is_met(need, self.problem.bounds[i]):
                found[i] = need
        for number, (_bounds, need) in enumerate(self.relations.rests, len(self.cells)):
            if need is not None and self.problem.touching.get(number):
                found[number] = need
        return found

    def is_shown(self, index: int) -> bool:
        return index < len(self.cells) and not self.verdicts[self.cells[index].key].reason

    def withhold(self, index: int) -> None:
        """Take a number's place from view, in all its vintages, and the whole distribution of which it is a level."""
        cell = self.cells[index]
        places = {cell.place} | (self.in_distribution[cell.distribution] if cell.distribution is not None else set())
        for i in (i for place in places for i in self.at_place[place] if self.is_shown(i)):
            self.verdicts[self.cells[i].key] = Shown(reason=PROTECTS_ANOTHER)
            self.problem.set(i, self._bounds_of(i))

    def smallest(self, parts: Iterable[int], *, but: int | None = None) -> int | None:
        """The shown part about the fewest people; where asked for, one withheld in the release before goes first."""
        return min((i for i in parts if self.may_be_taken(i) and i != but), key=self._rank, default=None)

    def may_be_taken(self, index: int) -> bool:
        """A shown number whose absence would protect somebody."""
        return self.is_shown(index) and not self.relations.is_known_anyway(index)

    def _rank(self, index: int) -> tuple[bool, float, str]:
        cell = self.cells[index]
        was_withheld = self.prefers_standing and cell.standing is not None and bool(cell.standing.reason)
        size = float(cell.value or 0) if self.relations.rule.unit == COUNT else (self.relations.sizes[index] or 0)
        return not was_withheld, size, str(cell.place)

    def is_loose(self, index: int) -> bool:
        """Has every sum of this number another unknown that is not known exactly?"""
        return all(
            any(j != index and not self.problem.is_fixed(j) for j in members(self.sized[number]))
            for number in self.problem.touching.get(index, ())
        )

    def rows_then_columns(self, index: int) -> list[int]:
        """The sized lines of an unknown: those of which it is a part first, and of these the groups of its place."""
        if index not in self._lines_of:
            lines = self.problem.touching.get(index, ())
            ranked = sorted(lines, key=lambda n: (self.sized[n].total == index, self.sized[n].kind != GROUPS))
            self._lines_of[index] = ranked
        return self._lines_of[index]


def protect(table: Table) -> None:
    """Withhold parts until every hidden number is safe."""
    while True:
        leave_no_lone_part(table)
        needs = table.needs()
        narrow = too_narrow(table.problem, needs, table.ranges)
        helped: set[int] = set()
        for index, holding in narrow.items():
            _help(table, index, needs[index], holding, helped)
        if not helped:
            return  # all are safe, or everything that touches them is withheld and nothing is left to solve with


def _help(table: Table, index: int, need: Need, holding: set[int], helped: set[int]) -> None:
    """Withhold something for one unsafe unknown; a line is taken from once in a round."""
    problem, lines = table.problem, table.rows_then_columns(index)
    pinning = [number for number in lines if not is_met(need, problem.alone(index, number))]
    if not helped.isdisjoint(pinning or lines):
        return
    taken = [_take(table, number, index, helped) for number in pinning]  # of all of them, row and column
    if any(taken) or _take_holding(table, index, lines, holding, helped):
        return
    if table.spent.issuperset(lines):
        return
    outward = []
    for number in _lines_outward(table, lines):
        if _take(table, number, index, helped) or _take_total(table, number, index, helped):
            return
        outward.append(number)
    if not table.is_shown(index):  # nothing is left here for any other either, and never will be
        table.spent.update(outward)


def _take_holding(table: Table, index: int, lines: list[int], holding: set[int], helped: set[int]) -> bool:
    """Of the numbers that hold an unknown fast, the smallest in its row, then in its column, then anywhere.

    One that other sums would give away at once helps least, so it comes last.
    """
    parts = {i for i in holding if any(i != table.sized[n].total for n in table.problem.touching.get(i, ()))}
    places = [*(table.sized[number].parts for number in lines), parts, holding]
    loose = {i for i in holding if table.is_loose(i)}
    for among in (*(loose.intersection(place) for place in places), *(holding.intersection(place) for place in places)):
        victim = table.smallest(among, but=index)
        if victim is not None:
            table.withhold(victim)
            helped.update(table.problem.touching.get(victim, ()))
            return True
    return False


def _lines_outward(table: Table, lines: list[int]) -> Iterator[int]:
    """These lines, then those that hidden numbers tie to them, nearest first; no farther than somebody asks."""
    found = set(lines)
    queue = deque(lines)
    yield from lines
    while queue:
        for j in members(table.sized[queue.popleft()]):
            if not table.is_shown(j):
                new = [number for number in table.rows_then_columns(j) if number not in found]
                found.update(new)
                queue += new
                yield from new


def _take(table: Table, number: int, index: int, helped: set[int]) -> bool:
    part = table.smallest(table.sized[number].parts, but=index)
    if part is None:
        return False
    table.withhold(part)
    helped.add(number)
    return True


def _take_total(table: Table, number: int, index: int, helped: set[int]) -> bool:
    total = table.sized[number].total
    if total is None or total == index or not table.may_be_taken(total):
        return False
    table.withhold(total)
    helped.add(number)
    return True


def leave_no_lone_part(table: Table) -> None:
    """Where group sizes are nowhere told, nothing can be computed; no hidden part may then stand alone in its sum."""
    while True:
        taken = False
        for line in table.unsized:
            hidden = [i for i in members(line) if not table.is_shown(i)]
            if len(hidden) != 1 or table.relations.is_publishers(hidden[0]):
                continue
            victim = table.smallest(line.parts)
            victim = line.total if victim is None else victim
            if victim is not None and table.may_be_taken(victim):
                table.withhold(victim)
                taken = True
        if not taken:
            return
