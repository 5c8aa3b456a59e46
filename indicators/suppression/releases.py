"""What a release gives away, by itself and together with earlier ones, and which of it must wait for a person.

Numbers are compared with earlier releases only for the same indicator, period and cell. A reader keeps everything
that was ever shown. A release is held only where it and an earlier one together uncover a hidden number that the
earlier ones left safe, whatever is withheld beside it; what stood before goes on standing.
"""

from collections.abc import Hashable

from indicators.suppression.cells import HELD, PROTECTS_ANOTHER, RELEASED, VERSION, Cell, Rule, Shown
from indicators.suppression.complementary import Table, Verdicts, protect
from indicators.suppression.intervals import Problem, members, too_narrow
from indicators.suppression.relations import Relations
from indicators.suppression.unknowns import Bounds


def release(cells: list[Cell], rule: Rule, primary: Verdicts, thin: set[Hashable]) -> Verdicts:
    """The verdicts on a block: today's numbers made safe, then judged beside every earlier vintage and release."""
    relations = Relations(cells, rule)
    lines = relations.lines(only_current=True)
    verdicts = _protected(relations, lines, primary, thin)
    is_first = all(cell.standing is None for cell in cells)
    if is_first and all(cell.is_current for cell in cells):
        return verdicts
    everything = relations.lines(only_current=False)
    if is_first:  # nothing was ever shown: vintages of every day are published at once
        return _protected(relations, everything, primary, thin)
    joint = Joint(relations, everything, thin)
    if len(everything) == len(lines) and not joint.is_more_than(verdicts):
        return verdicts
    broken = joint.broken(verdicts)
    if not broken:
        return verdicts
    if _is_settled(cells, primary):
        return {cell.key: cell.standing or primary[cell.key] for cell in cells}
    waiting = {key: Shown(reason=HELD) for key in _still_waiting(cells, verdicts)}
    if waiting and not joint.broken(verdicts | waiting):
        return verdicts | waiting
    as_before = _protected(relations, lines, primary, thin, prefers_standing=True)
    return as_before if not joint.broken(as_before) else joint.held(verdicts, broken)


def _still_waiting(cells: list[Cell], verdicts: Verdicts) -> list[Hashable]:
    """What was held, is not settled, and would be shown."""
    return [
        cell.key
        for cell in cells
        if cell.standing is not None
        and cell.standing.reason == HELD
        and cell.settled != RELEASED
        and not verdicts[cell.key].reason
    ]


def _protected(
    relations: Relations, lines: list, primary: Verdicts, thin: set[Hashable], *, prefers_standing: bool = False
) -> Verdicts:
    table = Table(relations, lines, dict(primary), thin, prefers_standing=prefers_standing)
    protect(table)
    return table.verdicts


def _is_settled(cells: list[Cell], primary: Verdicts) -> bool:
    """Was every number of the block judged before by these rules, and would each by itself be judged the same?

    What stands by the rules of an older version is judged anew: it may be withheld for no reason that still holds.
    """
    for cell in cells:
        standing = cell.standing
        if cell.standing_version != VERSION:
            return False
        if standing is None or (primary[cell.key].reason or standing.reason == "") and standing != primary[cell.key]:
            return False
        if cell.settled == RELEASED and standing.reason == HELD:
            return False
    return True


class Joint:
    """All vintages in all their sums, within everything that was ever shown."""

    def __init__(self, relations: Relations, lines: list, thin: set[Hashable]):
        self.relations, self.lines, self.thin, self.cells = relations, lines, thin, relations.cells
        self.earlier = [[relations.shown(i, s) for s in cell.shown_before] for i, cell in enumerate(self.cells)]

    def before(self, verdicts: Verdicts) -> list[Bounds]:
        """What earlier releases left possible; a number that a steward released counts as told already."""
        now = self.now(verdicts)
        return [
            now[i] if self._is_told_already(i) else narrowed(self.relations.hidden(i, ""), self.earlier[i])
            for i in range(len(self.cells))
        ]

    def _is_told_already(self, index: int) -> bool:
        """Released by a steward, or withheld once, by an older rule, although everybody had it from its publisher."""
        cell = self.cells[index]
        was_taken = cell.standing is not None and cell.standing.reason == PROTECTS_ANOTHER
        return cell.settled == RELEASED or (was_taken and self.relations.is_known_anyway(index))

    def now(self, verdicts: Verdicts) -> list[Bounds]:
        """What earlier releases and these verdicts together leave possible."""
        return [narrowed(self._alone(i, verdicts), told) for i, told in enumerate(self.earlier)]

    def _alone(self, index: int, verdicts: Verdicts) -> Bounds:
        verdict = verdicts[self.cells[index].key]
        if verdict.reason:
            return self.relations.hidden(index, verdict.reason)
        return self.relations.shown(index, verdict)

    def is_more_than(self, verdicts: Verdicts) -> bool:
        """Was anything shown before that is not shown now, or shown more precisely?"""
        return any(
            told and (verdicts[cell.key].reason or narrowed(self._alone(i, verdicts), told) != self._alone(i, verdicts))
            for i, (cell, told) in enumerate(zip(self.cells, self.earlier, strict=True))
        )

    def broken(self, verdicts: Verdicts) -> list[int]:
        """Hidden unknowns that were safe in what was shown before, and are not in that and these verdicts together."""
        needs = Table(self.relations, self.lines, verdicts, self.thin).needs()
        rests = [bounds for bounds, _need in self.relations.rests]
        sized = [line for line in self.lines if line.is_sized]
        narrow = too_narrow(Problem([*self.now(verdicts), *rests], sized), needs)
        if not narrow:
            return []
        asked = {i: needs[i] for i in narrow}
        was = set(too_narrow(Problem([*self.before(verdicts), *rests], sized), asked))
        return [i for i in narrow if i not in was]

    def held(self, verdicts: Verdicts, broken: list[int]) -> Verdicts:
        """The same with what would tell more than is known already withheld; what stood before stands."""
        reached = self._connected(broken)
        before, now = self.before(verdicts), self.now(verdicts)
        found = dict(verdicts)
        for i in sorted(i for i in reached if i < len(self.cells)):
            cell, verdict = self.cells[i], verdicts[self.cells[i].key]
            standing = cell.standing
            if not verdict.reason and now[i] != before[i]:
                stays = standing is not None and standing.reason in ("", PROTECTS_ANOTHER)
                found[cell.key] = standing if standing and stays else Shown(reason=HELD)
            elif verdict.reason == PROTECTS_ANOTHER and standing is not None and not standing.reason:
                found[cell.key] = standing
        return found

    def _connected(self, start: list[int]) -> set[int]:
        """Every unknown that sums join to these."""
        problem = Problem([(0.0, 0.0)] * self.relations.count, [line for line in self.lines if line.is_sized])
        reached, queue = set(start), list(start)
        while queue:
            for number in problem.touching.get(queue.pop(), ()):
                new = [i for i in members(problem.lines[number]) if i not in reached]
                reached.update(new)
                queue += new
        return reached


def narrowed(bounds: Bounds, others: list[Bounds]) -> Bounds:
    """What all of these leave possible together; the middle where they contradict one another."""
    low, high = max([bounds[0], *(o[0] for o in others)]), min([bounds[1], *(o[1] for o in others)])
    return (low, high) if low <= high else ((low + high) / 2, (low + high) / 2)
