"""Where things go: round ticks, straight scales, the width of words, and a place for each label that hides nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log10
from typing import NamedTuple

# Widths of Public Sans in hundredths of its size, measured in a browser; weight 650 is about 2 % wider.
_WIDTHS = {
    24: "’:' ",
    26: "ij|!íI",
    30: "l.,();",
    36: "tf-[]/",
    40: 'rJ"',
    50: "zsv*?",
    55: "acykx–−áeoéó",
    60: "hnuLFbdpqgñúü≥≤+=",
    64: "TEPYZ",
    70: "BKRSVCDU0123456789",
    75: "AGOQXNH&",
    80: "w…",
    88: "mM%",
    97: "W—",
}
_WIDTH_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}


def text_width(text: str, size: float = 13, bold: bool = False) -> float:
    """About how wide these words are drawn, in units of the drawing; a little generous rather than too small."""
    return sum(_WIDTH_OF.get(letter, 64) for letter in text) * size / 100 * (1.03 if bold else 1)


def nice_step(span: float, count: int) -> float:
    """The round step (1, 2 or 5 times a power of ten) that cuts `span` into at most about `count` pieces."""
    if span <= 0:
        return 1.0
    power = 10.0 ** floor(log10(span / count))
    return next(power * step for step in (1, 2, 5, 10) if span / (power * step) <= count + 1e-9)


def ticks(low: float, high: float, count: int = 6) -> list[float]:
    """Round values within low..high."""
    step = nice_step(high - low, count)
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [round(index * step, 10) for index in range(first, last + 1)]


def written(value: float, step: float) -> str:
    """A tick in words, with the decimals its step needs and commas at the thousands."""
    decimals = next((count for count in range(4) if abs(round(step, count) - step) < 1e-9), 4)
    return f"{value:,.{decimals}f}".replace("-", "−")


@dataclass(frozen=True)
class Scale:
    """Maps low..high of the data onto start..end of the drawing."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return self.start + share * (self.end - self.start)


def extent(values: Iterable[float], floor_at: float | None, ceiling: float | None) -> tuple[float, float]:
    """Where a value axis begins and ends: with air, from zero when the data come near it, never past natural limits."""
    found = list(values) or [0.0, 1.0]
    low, high = min(found), max(found)
    span = high - low or abs(high) * 0.1 or 1.0
    step = nice_step(span, 12)
    bottom, top = floor((low - span * 0.06) / step) * step, high + span * 0.06
    if low >= 0 and low < span * 0.6:
        bottom = 0.0
    if floor_at is not None:
        bottom = max(bottom, min(floor_at, low))
    if ceiling is not None:
        top = min(top, max(ceiling, high))
    return round(bottom, 10), top


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    def overlap(self, other: "Box") -> float:
        """The area two boxes share."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide * high if wide > 0 and high > 0 else 0.0

    def _span(self, start: tuple[float, float], end: tuple[float, float]) -> tuple[float, float]:
        """Where a straight stroke enters and leaves the box, as shares of its length (Liang and Barsky's clipping)."""
        (x, y), dx, dy = start, end[0] - start[0], end[1] - start[1]
        enter, leave = 0.0, 1.0
        edges = ((-dx, x - self.left), (dx, self.right - x), (-dy, y - self.top), (dy, self.bottom - y))
        for slope, distance in edges:
            if slope == 0:
                if distance < 0:
                    return 0.0, 0.0
            elif slope < 0:
                enter = max(enter, distance / slope)
            else:
                leave = min(leave, distance / slope)
        return (enter, leave) if leave > enter else (0.0, 0.0)

    def crossed_by(self, start: tuple[float, float], end: tuple[float, float]) -> float:
        """How much of a straight stroke lies in the box."""
        enter, leave = self._span(start, end)
        return (leave - enter) * ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5

    def left_at(self, start: tuple[float, float], end: tuple[float, float]) -> float:
        """How far along a stroke it leaves the box; nought if it never enters."""
        leave = self._span(start, end)[1]
        return leave * ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5


class Line(NamedTuple):
    """One line of a label: its words and the classes of its look."""

    text: str
    look: str = ""

    @property
    def size(self) -> float:
        return 22 if "t-big" in self.look else 12 if "t-s" in self.look else 13

    @property
    def width(self) -> float:
        # The serif of t-big runs narrower than the sans the table was measured on.
        if "t-big" in self.look:
            return text_width(self.text, 22) * 0.95
        return text_width(self.text, self.size, bold=any(heavy in self.look for heavy in ("t-b", "t-p", "t-c", "t-a")))


class Spot(NamedTuple):
    """A place tried for a label: the point at its middle height, and which end of the words stands there."""

    x: float
    y: float
    anchor: str = "start"


def block_size(lines: Iterable[Line]) -> tuple[float, float]:
    """Width and height of a label of one or more lines."""
    written_lines = list(lines)
    return max(line.width for line in written_lines), sum(line.size * 1.3 for line in written_lines)


def box_at(spot: Spot, size: tuple[float, float]) -> Box:
    """The box a label of this size fills at a spot."""
    left = spot.x - size[0] * {"start": 0.0, "middle": 0.5, "end": 1.0}[spot.anchor]
    return Box(left, spot.y - size[1] / 2, left + size[0], spot.y + size[1] / 2)


def line_box(lines: Sequence[Line], spot: Spot, toward: float) -> Box:
    """The box of the outer line of a label: its first line for what lies above its middle, else its last."""
    whole = box_at(spot, block_size(lines))
    line = lines[0] if toward < spot.y else lines[-1]
    height = line.size * 1.3
    y = whole.top + height / 2 if toward < spot.y else whole.bottom - height / 2
    return box_at(Spot(spot.x, y, spot.anchor), (line.width, height))


@dataclass
class Sheet:
    """What already stands on a drawing. Labels are placed one by one, the weightiest first."""

    bounds: Box
    boxes: list[Box] = field(default_factory=list)
    strokes: list[tuple[tuple[float, float], tuple[float, float]]] = field(default_factory=list)
    labels: list[Box] = field(default_factory=list)

    def stroke(self, points: Iterable[tuple[float, float]]) -> None:
        """A line that labels keep off."""
        listed = list(points)
        self.strokes.extend(zip(listed, listed[1:], strict=False))

    def mark(self, x: float, y: float, radius: float) -> None:
        """A point or shape that labels keep off."""
        self.boxes.append(Box(x - radius, y - radius, x + radius, y + radius))

    def in_the_way(self, tie: Sequence[tuple[float, float]], target: tuple[float, float]) -> bool:
        """Whether a straight line runs through words, or through another mark than that of the place it speaks of."""
        others = [box for box in self.boxes if abs(box.middle - target[1]) > 1 or not box.left < target[0] < box.right]
        return any(box.crossed_by(*tie) for box in [*self.labels, *others])

    def cost(self, box: Box) -> float:
        """How badly a label would lie here; nought is a clean place."""
        outside = (box.right - box.left) * (box.bottom - box.top) - box.overlap(self.bounds)
        covered = sum(box.overlap(other) for other in self.boxes) + 4 * sum(box.overlap(other) for other in self.labels)
        return 6 * max(0.0, outside - 1e-6) + 3 * covered + 9 * sum(box.crossed_by(*stroke) for stroke in self.strokes)

    def place(self, lines: Iterable[Line], spots: Iterable[Spot], required: bool = True) -> Spot | None:
        """The first clean spot, else the least bad one; None if the label may be left out and no spot is clean."""
        size = block_size(lines)
        best, best_cost = None, float("inf")
        for spot in spots:
            cost = self.cost(box_at(spot, size))
            if cost < best_cost:
                best, best_cost = spot, cost
            if cost == 0:
                break
        if best is None or (best_cost > 0 and not required):
            return None
        self.labels.append(box_at(best, size))
        return best


def around(x: float, y: float, near: float = 16, prefer: str = "above") -> list[Spot]:
    """Spots about a point for a short label, the preferred side first, then farther out."""
    rings = []
    for gap in (near, near + 6, near + 13, near + 22):
        above, below = Spot(x, y - gap, "middle"), Spot(x, y + gap, "middle")
        right, left = Spot(x + gap - 4, y), Spot(x - gap + 4, y, "end")
        corners = [Spot(x - 4, y - gap, "end"), Spot(x + 4, y - gap), Spot(x + 4, y + gap), Spot(x - 4, y + gap, "end")]
        if prefer == "below":
            corners = corners[2:] + corners[:2]
        first = {"above": [above, below], "below": [below, above]}.get(prefer, [right, left])
        rings += first + corners + [spot for spot in (right, left, above, below) if spot not in first]
    return rings


def field_spots(x: float, y: float, bounds: Box, size: tuple[float, float], prefer_below: bool) -> list[Spot]:
    """Spots for a caption somewhere in the free field about a point, the nearest first."""
    room = Box(bounds.left, bounds.top + size[1] / 2, bounds.right - size[0], bounds.bottom - size[1] / 2)
    if room.right < room.left or room.bottom < room.top:
        return [Spot(bounds.left, (bounds.top + bounds.bottom) / 2)]
    spots = [
        Spot(room.left + (room.right - room.left) * column / 14, room.top + (room.bottom - room.top) * row / 12)
        for column in range(15)
        for row in range(13)
    ]

    def distance(spot: Spot) -> float:
        across = max(spot.x - x, x - spot.x - size[0], 0.0)
        wrong_side = 90 if (spot.y < y) == prefer_below else 0
        return across + abs(spot.y - y) * 1.2 + wrong_side + (40 if spot.x < x else 0)

    return sorted(spots, key=distance)
