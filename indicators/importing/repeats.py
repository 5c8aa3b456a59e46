"""Readings that a file gives more than once: taken once where they say alike, none of them where they do not."""

from collections import defaultdict


def settled(readings):
    """The readings without repeats, the sets of those that contradict each other, and the sets that say alike."""
    first, repeated = {}, defaultdict(list)
    for entry in readings:
        if first.setdefault(entry.cell, entry) is not entry:
            repeated[entry.cell].append(entry)
    if not repeated:
        return readings, [], []
    sets = {cell: [first[cell], *others] for cell, others in repeated.items()}
    stands = {cell: _agreed(alike) for cell, alike in sets.items()}
    kept = [entry for cell, one in first.items() if (entry := stands.get(cell, one)) is not None]
    contradictions = [alike for cell, alike in sets.items() if stands[cell] is None]
    return kept, contradictions, [alike for cell, alike in sets.items() if stands[cell] is not None]


def _agreed(alike):
    """The entry for which alike ones stand, the one that says most; None where they contradict each other.

    Silence about the size of a group contradicts nothing.
    """
    said = {entry.said for entry in alike}
    sizes = {(e.n, e.n_low, e.n_high) for e in alike if e.n is not None or e.n_printed}
    numerators = {entry.numerator for entry in alike if entry.numerator is not None}
    if len(said) > 1 or len(sizes) > 1 or len(numerators) > 1:
        return None
    return max(alike, key=lambda e: (e.numerator is not None, e.n is not None or bool(e.n_printed)))
