"""A leading indicator beside its goal: two small lines over the goal's periods, and for each step whether they agreed.

Each line has a scale of its own: what is compared is the way they move. Values stand at the points.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .plot import Point, Tick, Width, centered, illustration_word, label, stretches, thinned, wrapped
from .scale import Box, Line, Scale, Sheet, around
from .svg import Markup, circle, drawing, join, number, path, polyline, words

WIDE = Width("c-mw", 704, 0, 32, 32, 0, 0)
NARROW = Width("c-n", 328, 0, 16, 16, 0, 0)
PANEL, GAP, AXIS = 76.0, 44.0, 30.0

AGREES, DISAGREES, STILL, LEFT_OUT = "agrees", "disagrees", "still", "left_out"


@dataclass(frozen=True)
class Step:
    """What one step from a period to the next says: it agrees with the claim or not, one side stood still, or the
    step was left out."""

    start: float
    end: float
    state: str


@dataclass(frozen=True)
class Beside:
    """Both lines, by the goal's periods: the indicator's value in its window, and the goal's reading."""

    title: str
    description: str
    leading_title: str
    goal_title: str
    leading: tuple[Point, ...]
    goal: tuple[Point, ...]
    steps: tuple[Step, ...]
    ticks: tuple[Tick, ...]
    illustration: str = ""


def draw(chart: Beside, prefix: str) -> Markup:
    """The drawing in its two widths, of which the style sheet shows one."""
    return join(draw_width(chart, size, f"{prefix}-{size.css[-1]}") for size in (WIDE, NARROW))


def draw_width(chart: Beside, size: Width, prefix: str) -> Markup:
    """One width: the indicator above, the steps between, the goal below."""
    places = [point.x for point in (*chart.leading, *chart.goal)]
    x = Scale(min(places), max(places), size.left, size.width - size.right)
    above, below = (wrapped(title, size.width, "t-b") for title in (chart.leading_title, chart.goal_title))
    first = 17 * len(above) + 26
    second = first + PANEL + GAP + 17 * len(below) + 26
    height = second + PANEL + AXIS + (16 if chart.illustration else 0)
    body = [_heading(above, 0), _heading(below, first + PANEL + GAP)]
    body += _grid(chart, size, x, (first, second))
    body += _line(chart.leading, x, first, size) + _line(chart.goal, x, second, size)
    body += [_step(step, x, first + PANEL + GAP / 2 + 4) for step in chart.steps]
    size = size._replace(height=height)
    body.append(illustration_word(chart.illustration, size))
    naming = {"title": chart.title, "description": chart.description, "prefix": prefix}
    return drawing((size.width, height), f"{size.css} halo", *body, **naming)


def _heading(lines: Sequence[Line], top: float) -> Markup:
    return join(words(0, top + 14 + 17 * row, line.text, line.look) for row, line in enumerate(lines))


def _grid(chart: Beside, size: Width, x: Scale, tops: tuple[float, float]) -> Iterator[Markup]:
    """An upright for each period through both lines, and its name below."""
    bottom = tops[1] + PANEL
    for tick in chart.ticks:
        at = number(x(tick.x))
        yield path("g-grid", f"M{at} {number(tops[0] - 8)}V{number(tops[0] + PANEL + 4)}")
        yield path("g-grid", f"M{at} {number(tops[1] - 8)}V{number(bottom + 4)}")
    for place, text in thinned(chart.ticks, x, size.narrow, size.width):
        yield words(centered(x(place), text, size.width, 12), bottom + 22, text, "t-q t-s", "middle")


def _line(points: Sequence[Point], x: Scale, top: float, size: Width) -> list[Markup]:
    """A line through the values that are there; each value stands at its point where it has room."""
    known = [point for point in points if point.value is not None]
    levels = [point.value for point in known] or [0.0]
    y = Scale(min(levels), max(levels), top + PANEL, top)
    sheet = Sheet(Box(0, top - 20, size.width, top + PANEL + 9))  # below stand the names of the periods
    parts = []
    for part in stretches(points):
        spots = [(x(point.x), y(point.value)) for point in part]
        sheet.stroke(spots)
        parts.append(path("g-act", polyline(spots)))
    for point in known:
        sheet.mark(x(point.x), y(point.value), 4)
        parts.append(circle("g-pt", x(point.x), y(point.value), 3.6))
    ends = known[-1:] + known[:1] + known[1:-1]
    for point in ends:
        lines = [Line(point.text, "t-s t-b")]
        at = (x(point.x), y(point.value))
        spot = sheet.place(lines, around(*at, 13), required=False)
        parts += [label(lines, *spot)] if spot else []
    return parts


def _step(step: Step, x: Scale, y: float) -> Markup:
    """A filled disc where the two moved as declared, a ring where not, a dash where one stood still or is left out."""
    middle = (x(step.start) + x(step.end)) / 2
    if step.state == AGREES:
        return circle("g-disc", middle, y, 5.5)
    if step.state == DISAGREES:
        return circle("g-open", middle, y, 5)
    dash = "g-axis" if step.state == STILL else "g-tick"
    return path(
        dash, f"M{number(middle - 5)} {number(y)}h10", **({} if step.state == STILL else {"stroke-dasharray": "2 2"})
    )
