"""The thin lines that tie words on a chart to what they speak of."""

from collections.abc import Sequence

from .scale import Line, Sheet, Spot, block_size, box_at, line_box

Tie = tuple[tuple[float, float], ...]


def upright(target: tuple[float, float], height: float, size: tuple[float, float], ground: float | None) -> Tie:
    """From a label at this height to a place above or below it; with `ground`, down to the time axis."""
    (x, y), above = target, height < target[1]
    end = ground if ground is not None else y + (-7 if above else 7)
    return (x, height + (size[1] / 2 + 2) * (1 if above else -1)), (x, end)


def leader(lines: Sequence[Line], spot: Spot, target: tuple[float, float], air: float, sheet: Sheet) -> Tie:
    """A straight thin line from a label's nearer line to its place, if they do not touch anyhow."""
    box, own = line_box(lines, spot, target[1]), box_at(spot, block_size(lines))
    x = min(max(target[0], box.left - 4), box.right + 4)
    y = min(max(target[1], box.top + 1), box.bottom + 1)
    length = ((x - target[0]) ** 2 + (y - target[1]) ** 2) ** 0.5
    # A value that stands between the place and its words takes the line's beginning over.
    passed = [box_.left_at(target, (x, y)) for box_ in sheet.labels if box_ != own]
    air = max([air, *(distance + 3 for distance in passed)])
    if length < air + 12:
        return ()
    start = (target[0] + (x - target[0]) * air / length, target[1] + (y - target[1]) * air / length)
    sheet.stroke([start, (x, y)])
    return (start, (x, y))


def elbow(lines: Sequence[Line], spot: Spot, ends: list[tuple[float, float]], sheet: Sheet) -> Tie:
    """A line level from a label, then to the end of a path, or to a place before it where words are between."""
    box = box_at(spot, block_size(lines))
    level = box.top + 8
    for x, y in ends:
        legs = [((box.right + 5, level), (x, level)), ((x, level), (x, y))]
        hidden = any(other != box and other.crossed_by(*leg) for other in sheet.labels for leg in legs)
        beside = any(a[0] == b[0] and abs(a[0] - x) < 8 for a, b in sheet.strokes)
        if box.right + 6 < x and abs(level - y) > 6 and not hidden and not beside:
            sheet.strokes += legs
            return ((box.right + 5, level), (x, level), (x, y + (4 if level > y else -4)))
    return leader(lines, spot, ends[0], 6, sheet)
