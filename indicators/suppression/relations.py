"""The sums that tie the numbers of a block together, as a reader with a pencil knows them.

A line says that the parts of a whole, and what is missing from them, add up to it.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

from indicators.suppression.cells import COUNT, GROUPS, PERCENT, Cell, Partition
from indicators.suppression.unknowns import SHARE, Bounds, Need, Unknowns

ROUNDED = 0.005  # half of a whole percent


@dataclass(frozen=True)
class Line:
    """`parts` and `rest` add up to `total` (a distribution has none: its levels add up to `constant`).

    `rest` is what is missing from the parts: an unknown of its own where it could be a small group, else a number.
    An unsized line joins numbers whose group sizes nobody tells us: known to hold, but not to be computed.
    """

    parts: tuple[int, ...]
    total: int | None
    constant: float = 0.0
    kind: str = GROUPS
    is_sized: bool = True


class Relations(Unknowns):
    """The unknowns of a block, and all the sums in which they stand."""

    def lines(self, *, only_current: bool) -> list[Line]:
        """All the sums: of today's numbers, or of the numbers of every day; each once."""
        chosen = [i for i, cell in enumerate(self.cells) if cell.is_current or not only_current]
        vintages: dict[Hashable, list[int]] = defaultdict(list)
        for i in sorted(chosen, key=lambda i: (self.cells[i].order, self.cells[i].is_current)):
            vintages[self.cells[i].place].append(i)
        parts: dict[Partition, list[Hashable]] = defaultdict(list)
        levels: dict[Hashable, list[Hashable]] = defaultdict(list)
        for place, line in vintages.items():
            for partition in self.cells[line[0]].partitions:
                parts[partition].append(place)
            if (distribution := self.cells[line[0]].distribution) is not None:
                levels[distribution].append(place)
        found: dict[tuple[object, ...], Line] = {}
        sums = [
            (total, tuple(i for i in members if i is not None), partition)
            for partition, places in parts.items()
            if partition.total in vintages
            for total, *members in self._snapshots([partition.total, *places], vintages)
        ]
        sums = [(total, members, partition) for total, members, partition in sums if total is not None and members]
        for total, members, partition in sorted(sums, key=lambda one: one[2].kind != GROUPS):
            self._derive_sizes(total, members, partition)
        for total, members, partition in sums:
            found.setdefault((total, members), self._line(total, members, partition))
        expected = max((len(places) for places in levels.values()), default=0)
        for places in levels.values():
            if len(places) == expected > 1:
                for members in self._snapshots(places, vintages):
                    if line := self._levels_line(members):
                        found.setdefault((None, line.parts), line)
        return list(found.values())

    def _snapshots(self, places: Sequence[Hashable], vintages: dict[Hashable, list[int]]) -> Iterator[list[int | None]]:
        """The vintages of some places that stood together, after each act of publishing one of them.

        What became known only later stands in earlier sums as well: a reader who saved them has it now.
        """
        if all(len(vintages[place]) == 1 for place in places):
            yield [self._present(vintages[place][0]) for place in places]
            return
        for act in sorted({self.cells[i].act for place in places for i in vintages[place]}):
            standing = ([i for i in vintages[place] if self.cells[i].act <= act] for place in places)
            yield [
                self._present(known[-1] if known else vintages[place][0])
                for place, known in zip(places, standing, strict=True)
            ]

    def _present(self, index: int) -> int | None:
        return None if self.cells[index].is_absent else index

    def _line(self, total: int, parts: tuple[int, ...], partition: Partition) -> Line:
        if self.rule.unit == COUNT:
            return self._line_of_counts(total, parts, partition)
        whole = self.sizes[total]
        sizes = [size for i in parts if (size := self.sizes[i]) is not None]
        if whole is None or len(sizes) < len(parts):
            return Line(parts, total, kind=partition.kind, is_sized=False)
        missing = whole - sum(sizes)
        if 0 < missing < self.rule.minimum_n and self.guessed.isdisjoint(parts):
            scale = self.unit_of(missing)
            bounds = (self.bottom * scale, self.top * scale)
            need = Need(SHARE * (bounds[1] - bounds[0]), self.rule.unit == PERCENT)
            return Line((*parts, self._unprinted(bounds, need)), total, kind=partition.kind)
        return self._line_with_rest(total, parts, partition, missing)

    def _line_with_rest(self, total: int, parts: tuple[int, ...], partition: Partition, missing: float) -> Line:
        """A reader knows what is missing (a school that does not report, students counted twice) almost as we do."""
        if not missing or (partition.kind == GROUPS and not self.guessed.isdisjoint(parts)):
            return Line(parts, total, kind=partition.kind)  # what nobody tells of the sizes, those share
        whole, values = self.truth(total), [self.truth(i) for i in parts]
        if whole is not None and all(value is not None for value in values):
            return self._missing(parts, total, whole - sum(value or 0.0 for value in values), missing, partition)
        value = self.cells[total].value
        average = float(value) if value is not None else (self.bottom + self.top) / 2
        return self._missing(parts, total, self.unit_of(missing) * average, missing, partition)

    def _missing(self, parts: tuple[int, ...], total: int, middle: float, size: float, partition: Partition) -> Line:
        """A line whose missing part a reader knows as well as rounded figures tell: to a whole percent of it."""
        slack = abs(self.unit_of(size)) * (self.top - self.bottom if self.rule.unit != COUNT else 1.0) * ROUNDED
        return Line((*parts, self._rest((middle - slack, middle + slack), None)), total, kind=partition.kind)

    def _line_of_counts(self, total: int, parts: tuple[int, ...], partition: Partition) -> Line:
        whole, values = self.truth(total), [self.truth(i) for i in parts]
        if whole is None or any(value is None for value in values):
            return Line(parts, total, kind=partition.kind)
        missing = whole - sum(value or 0.0 for value in values)
        if partition.kind == GROUPS and 0 < missing < self.rule.minimum_n:
            need = Need(float(self.rule.minimum_n), True)
            return Line((*parts, self._unprinted((0.0, need.width), need)), total, kind=partition.kind)
        if not missing:
            return Line(parts, total, kind=partition.kind)
        return self._missing(parts, total, missing, missing, partition)

    def _levels_line(self, members: Sequence[int | None]) -> Line | None:
        """The levels of a distribution add up to everybody, where they do."""
        parts = tuple(i for i in members if i is not None)
        if len(parts) < len(members) or self.rule.unit != PERCENT:
            return None
        sizes = {self.sizes[i] for i in parts}
        values = [value for i in parts if (value := self.cells[i].value) is not None]
        slack = len(parts) / 10**self.rule.decimals
        together = float(sum(values))
        adds_up = abs(together - 100) <= slack if len(values) == len(parts) else together <= 100 + slack
        if not adds_up:
            return None
        if len(sizes) > 1 or None in sizes:
            return Line(parts, None, is_sized=False)
        return Line(parts, None, float(sizes.pop() or 0))

    def _unprinted(self, bounds: Bounds, need: Need) -> int:
        """A small group that a whole counts and no part tells; left out by a publisher who masks, it is masked."""
        return self._rest(bounds, None if self.rule.is_masked_by_publisher else need)

    def _rest(self, bounds: Bounds, need: Need | None) -> int:
        self.rests.append((bounds, need))
        return self.count - 1

    def _derive_sizes(self, total: int, parts: tuple[int, ...], partition: Partition) -> None:
        """Sizes that nobody printed but anybody can work out, or bound; a reader is taken to know them."""
        unknown = [i for i in parts if self.sizes[i] is None]
        known = sum(self.sizes[i] or 0 for i in parts)
        whole = self.sizes[total]
        if whole is None and not unknown:
            self.sizes[total] = known
            return
        left = (whole or 0) - known
        for i in unknown:
            cell = self.cells[i]
            if whole is not None and partition.kind == GROUPS and left > 0 and len(unknown) == 1:
                self.sizes[i] = left
            elif cell.value is None or not self.rule.is_masked_by_publisher:
                self.sizes[i] = self._guess(cell, left if partition.kind == GROUPS else 0, len(unknown))
                self.guessed.add(i)

    def _guess(self, cell: Cell, left: float, among: int) -> float:
        """The size of a hidden group that nobody tells: what its mark allows, or what a small one beside it leaves.

        Two groups of 54 together: if one of them is small, with 15 at most, the other has 39 at least.
        """
        most = self.most(cell)
        if left <= 0:
            return most
        beside = max((left - most) / (among - 1), left / among)
        return max(1.0, beside if cell.n_high is None else min(beside, cell.n_high))
