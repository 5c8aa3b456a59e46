"""Change against change: each dot a school, to the right where the indicator rose, upward where the goal did.

The two quarters in which both moved as declared are tinted, and each quarter says how many stand in it. Changes of
rounded values often coincide: dots that would cover one another stand side by side, each in its own quarter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import dist
from typing import NamedTuple

from .beside import AGREES, DISAGREES
from .plot import Frame, Width, illustration_word, label, label_room, wrapped
from .scale import Box, Line, Scale, Sheet, around, ticks, written
from .svg import Markup, circle, drawing, join, number, path, rect, words

WIDE = Width("c-mw", 704, 340, 0, 12, 0, 8)
NARROW = Width("c-n", 328, 300, 0, 8, 0, 6)
LINE, AIR, LEAST_SIDE = 17.0, 0.07, 0.16
NAMED, RADIUS = {WIDE: 6, NARROW: 3}, {WIDE: 4.25, NARROW: 3.25}
FARTHEST_ASIDE = 5  # dots


class Dot(NamedTuple):
    """One school: the change of the indicator, the change of the goal, its name, and what the pair says."""

    x: float
    y: float
    name: str
    state: str


class Corners(NamedTuple):
    """What stands in each quarter, in words with its number."""

    upper_left: str
    upper_right: str
    lower_left: str
    lower_right: str


@dataclass(frozen=True)
class Changes:
    """The changes of two measures in many schools. `sign` is +1 where both were declared to move alike, else −1."""

    title: str
    description: str
    x_title: str
    y_title: str
    dots: tuple[Dot, ...]
    corners: Corners
    sign: int = 1
    illustration: str = ""


def draw(chart: Changes, prefix: str) -> Markup:
    """The drawing in its two widths, of which the style sheet shows one."""
    return join(draw_width(chart, size, f"{prefix}-{size.css[-1]}") for size in (WIDE, NARROW))


def draw_width(chart: Changes, size: Width, prefix: str) -> Markup:
    """One width: the goal's axis and two corners above, the plot, two corners and the indicator's axis below."""
    heads = wrapped(chart.y_title, size.width, "t-q t-s")
    room = size.width / 2 - 8
    corners = [wrapped(text, room, "t-b t-s") for text in chart.corners]
    y_ticks = _ticks([dot.y for dot in chart.dots], size.tick_count)
    top = LINE * (len(heads) + max(len(corners[0]), len(corners[1]))) + 8
    left = label_room(y_ticks)
    frame = _frame(chart, size, (left, top))
    x_heads = wrapped(chart.x_title, size.width, "t-q t-s")
    under = frame.bottom + 24
    foot = under + LINE * max(len(corners[2]), len(corners[3])) + 6
    height = foot + LINE * len(x_heads) + (20 if chart.illustration else 4)
    body = [
        *_quarters(chart.sign, frame),
        *_axes(frame, y_ticks, _ticks([dot.x for dot in chart.dots], size.tick_count)),
        *_dots(chart, frame),
        _lines(heads, 0, 0),
        *_corner_words(corners, frame, (LINE * len(heads), under)),
        _lines(x_heads, size.width - size.right, foot, "end"),
        illustration_word(chart.illustration, size._replace(height=height)),
    ]
    naming = {"title": chart.title, "description": chart.description, "prefix": prefix}
    return drawing((size.width, height), f"{size.css} halo", *body, **naming)


def _extent(values: Sequence[float]) -> tuple[float, float]:
    """From the lowest to the highest change with air around, nought always well inside."""
    low, high = min(0.0, *values), max(0.0, *values)
    span = (high - low) or 1.0
    return min(low - span * AIR, -span * LEAST_SIDE), max(high + span * AIR, span * LEAST_SIDE)


def _ticks(values: Sequence[float], count: int) -> list[tuple[float, str]]:
    """Round changes with their sign."""
    found = ticks(*_extent(values), count)
    step = found[1] - found[0] if len(found) > 1 else 1.0
    return [(value, ("+" if value > 0 else "") + written(value, step)) for value in found]


def _frame(chart: Changes, size: Width, corner: tuple[float, float]) -> Frame:
    left, top = corner
    right, bottom = size.width - size.right, top + size.height
    x = Scale(*_extent([dot.x for dot in chart.dots]), left, right)
    y = Scale(*_extent([dot.y for dot in chart.dots]), bottom, top)
    return Frame(size, left, right, top, bottom, x, y)


def _quarters(sign: int, frame: Frame) -> list[Markup]:
    """The two quarters in which both moved as declared."""
    x, y = frame.x(0), frame.y(0)
    beyond, short = (x, frame.right - x), (frame.left, x - frame.left)
    above, below = (frame.top, y - frame.top), (y, frame.bottom - y)
    pairs = [(beyond, above), (short, below)] if sign > 0 else [(short, above), (beyond, below)]
    return [rect("g-sigband", across[0], down[0], across[1], down[1]) for across, down in pairs]


def _axes(frame: Frame, y_ticks, x_ticks) -> list[Markup]:
    """Grid, the two lines of no change, and the words at the edges."""
    parts = []
    for value, text in y_ticks:
        y = number(frame.y(value))
        parts.append(path("g-axis" if not value else "g-grid", f"M{number(frame.left)} {y}H{number(frame.right)}"))
        parts.append(words(frame.left - 8, frame.y(value) + 4.5, text, "t-q", "end"))
    for value, text in x_ticks:
        x = number(frame.x(value))
        parts.append(path("g-axis" if not value else "g-grid", f"M{x} {number(frame.top)}V{number(frame.bottom)}"))
        parts.append(words(frame.x(value), frame.bottom + 17, text, "t-q", "middle"))
    return parts


def _dots(chart: Changes, frame: Frame) -> list[Markup]:
    """The dots, and the names of the schools in which both moved farthest."""
    sheet, parts = Sheet(Box(frame.left, frame.top, frame.right, frame.bottom)), []
    radius, places = RADIUS[frame.size], _places(chart.dots, frame)
    for dot, at in places:
        parts.append(_mark(dot.state, *at, radius))
        sheet.mark(*at, radius + 1)
    origin = frame.at(0, 0)
    moved = [(dist(at, origin), dot, at) for dot, at in places if dot.x and dot.y]
    for _far, dot, at in sorted(moved, key=lambda one: -one[0])[: NAMED[frame.size]]:
        lines = [Line(dot.name, "t-s")]
        spot = sheet.place(lines, around(*at, radius + 9)[:8], required=False)
        parts += [label(lines, *spot)] if spot else []
    return parts


def _places(dots: Sequence[Dot], frame: Frame) -> list[tuple[Dot, tuple[float, float]]]:
    """Where each dot stands: at its place, or moved aside so that it covers no other and stays in its quarter."""
    apart, places = 2 * RADIUS[frame.size] + 0.5, []
    steps = [0.0, *(side * apart * step for step in range(1, FARTHEST_ASIDE + 1) for side in (1, -1))]
    for dot in sorted(dots):
        x, y = frame.at(dot.x, dot.y)
        room = abs(x - frame.x(0)) - apart / 2 if dot.x and dot.y else 0.0
        free = (
            (x + aside, y)
            for aside in steps
            if abs(aside) <= room
            and frame.left <= x + aside <= frame.right
            and all(dist((x + aside, y), other) >= apart for _dot, other in places)
        )
        places.append((dot, next(free, (x, y))))
    return places


def _mark(state: str, x: float, y: float, radius: float) -> Markup:
    """A filled disc as declared, a ring against it, a cross where one stood still."""
    if state in (AGREES, DISAGREES):
        return circle("g-disc" if state == AGREES else "g-open", x, y, radius)
    left, up = number(x - radius + 1), number(y - radius + 1)
    size = number(2 * radius - 2)
    return path("g-tick", f"M{left} {up}l{size} {size}m0 -{size}l-{size} {size}", **{"stroke-width": 1.5})


def _corner_words(corners: Sequence[list[Line]], frame: Frame, tops: tuple[float, float]) -> list[Markup]:
    """Each quarter's words outside the plot, beside its corner; those above stand on the plot's edge."""
    tallest = max(len(corners[0]), len(corners[1]))
    parts = []
    for place, lines in enumerate(corners):
        row, at_right = divmod(place, 2)
        top = tops[row] + (LINE * (tallest - len(lines)) if row == 0 else 0)
        edge, anchor = (frame.right, "end") if at_right else (frame.left, "start")
        parts.append(_lines(lines, edge, top, anchor))
    return parts


def _lines(lines: Sequence[Line], x: float, top: float, anchor: str = "start") -> Markup:
    return join(words(x, top + 13 + LINE * row, line.text, line.look, anchor) for row, line in enumerate(lines))
