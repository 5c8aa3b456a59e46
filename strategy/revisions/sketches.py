"""The drawing in which a path is drawn: results, the paths that stand, and the new one with points that can be moved.

Drawn in two widths from the same numbers. Without JavaScript it is a picture; `trajectory_editor.js` reads the scales
from its attributes and lets every point be moved by mouse, touch and arrow keys, in step with the table beside it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.charts.marks import placed
from indicators.charts.plot import (
    Frame,
    Tick,
    Width,
    axes,
    axis_heading,
    heading,
    label_room,
    stretches,
    thinned,
    value_labels,
)
from indicators.charts.plot import Point as Spot
from indicators.charts.scale import Scale, extent
from indicators.charts.svg import Markup, circle, drawing, element, join, number, path, polyline
from indicators.charts.trajectory import PlannedPath
from indicators.labels import period_label
from indicators.trajectory import STEP, Path
from indicators.units import PERCENT
from strategy.cards import GoalCard
from strategy.drawings import actual_points, axis_title_of, path_points, span, tick_words
from strategy.measures import period_of
from strategy.revisions.waypoints import amount

WIDE = Width("c-mw", 704, 380, 40, 34, 326, 7)
NARROW = Width("c-n", 328, 330, 34, 16, 276, 6)
ROOM = 0.15  # of the span, above and below: so far a point can be pulled before the page is drawn anew


@dataclass
class Sketch:
    """What is drawn: the card with the measure's results, the path as far as it is typed, the ones that stand."""

    card: GoalCard
    points: list[tuple[int, float]]
    is_stepped: bool
    first: Path | None
    current: Path | None
    read: Callable[[str], str]

    @property
    def numbers(self) -> list[int]:
        """Every period from the first result or baseline to the last point."""
        found = [p.reading.period.number for p in self.card.points] + [place for place, _value in self.points]
        found += [p.period.number for way in (self.first, self.current) if way for p in way.points]
        return list(range(min(found), max(found) + 1)) if found else []

    @property
    def levels(self) -> list[float]:
        found = [level for point in actual_points(self.card.points, self.card.unit) for level in point.levels()]
        found += [value for _place, value in self.points]
        return found + [float(p.value) for way in (self.first, self.current) if way for p in way.points]


def sketch_of(measured: GoalCard, form, standing: GoalCard, read) -> Markup:
    """The drawing for a form's path; empty where nothing can be drawn yet. Ghosts stand only for the same measure."""
    if measured.indicator is None:
        return Markup("")
    is_same = measured.series == standing.series
    sketch = Sketch(
        measured, _points(form), form["interpolation"].value() == STEP,
        standing.first_path if is_same else None, standing.path if is_same else None, read,
    )  # fmt: skip
    if not sketch.numbers or len(sketch.numbers) < 2:
        return Markup("")
    return join(_draw(sketch, size) for size in (WIDE, NARROW))


def _points(form) -> list[tuple[int, float]]:
    """Baseline, points and target as far as they can be read, in order of time."""
    ends = [
        (form[f"{end}_period"].value(), amount(str(form[f"{end}_value"].value() or "")))
        for end in ("baseline", "target")
    ]
    found = [
        (int(period), value)
        for period, value in ends
        if str(period or "").lstrip("-").isdecimal() and value is not None
    ]
    found += [(row.period, row.value) for row in form.rows if row.period is not None and row.value is not None]
    places = {place: float(value) for place, value in found}
    return sorted(places.items())


def _draw(sketch: Sketch, size: Width) -> Markup:
    frame, labels, lines = _frame(sketch, size)
    indicator, unit = sketch.card.indicator, sketch.card.unit
    step = max(1, len(sketch.numbers) // 12)
    ticks = [
        _tick(period)
        for period in span(period_of(indicator, sketch.numbers[0]), period_of(indicator, sketch.numbers[-1]), step)
    ]
    body = [heading(lines), *axes(frame, labels, thinned(ticks, frame.x, size.narrow), "")]
    for way, look in ((sketch.first, "g-ghost"), (sketch.current, "g-bench")):
        if way:
            spots = PlannedPath(path_points(way, unit), stepped=way.interpolation == STEP).corners()
            body.append(path(look, polyline(frame.at(*spot) for spot in spots)))
    body += _results(sketch, frame)
    body += [_new_path(sketch, frame)]
    svg = drawing(
        (size.width, size.height), f"{size.css} halo sketch", *body,
        title=_("The path being drawn"), description=_description(sketch), prefix=f"sketch-{size.css[-1]}",
    )  # fmt: skip
    return Markup(svg.replace("<svg ", f"<svg {_scales(sketch, frame)} ", 1))


def _frame(sketch: Sketch, size: Width):
    low, high = extent(
        _padded(sketch),
        _float(sketch.card.indicator.natural_low, sketch),
        _float(sketch.card.indicator.natural_high, sketch),
    )
    labels = value_labels(low, high, size.tick_count, "%" if sketch.card.unit.key == PERCENT else "")
    lines = axis_heading(axis_title_of(sketch.card, sketch.read), _("axis starts at {}"), low, size.width)
    top = 28 + 15 * (len(lines) - 1)
    left = max(size.left, label_room(labels))
    right = size.width - size.right
    x = Scale(sketch.numbers[0], sketch.numbers[-1], left + 8, right)
    frame = Frame(size, left, right, top, size.bottom, x, Scale(low, high, size.bottom, top + 12))
    return frame, labels, lines


def _padded(sketch: Sketch) -> list[float]:
    low, high = min(sketch.levels), max(sketch.levels)
    room = (high - low or abs(high) or 1) * ROOM
    return [low - room if low < 0 else max(low - room, 0), high + room]


def _float(limit, sketch: Sketch) -> float | None:
    """A natural limit of the axis; the difference of two series knows none."""
    return None if limit is None or len(sketch.card.series) > 1 else float(limit)


def _tick(period):
    return Tick(period.number, *tick_words(period))


def _results(sketch: Sketch, frame: Frame) -> list[Markup]:
    """The results as everywhere: a line that stops at gaps, bars for bands, a mark where withheld."""
    points, parts = actual_points(sketch.card.points, sketch.card.unit), []
    for part in stretches(points, tuple(note.period - 0.5 for note in sketch.card.breaks)):
        spots = [frame.at(point.x, point.value) for point in part]
        parts.append(path("g-act", polyline(spots)))
        parts += [circle("g-pt", x, y, 4) for x, y in spots]
    return parts + [mark for point in points if (mark := _hidden(point, frame))]


def _hidden(point: Spot, frame: Frame) -> Markup | None:
    x = frame.x(point.x)
    if point.low is not None and point.high is not None:
        low, high = frame.y(point.low), frame.y(point.high)
        return path("g-act", f"M{number(x - 5)} {number(high)}h10m-5 0V{number(low)}m-5 0h10")
    return placed("withheld", x, frame.bottom - 14, 14) if point.withheld else None


def _new_path(sketch: Sketch, frame: Frame) -> Markup:
    spots = PlannedPath(tuple(Spot(x, value) for x, value in sketch.points), stepped=sketch.is_stepped).corners()
    line = path("g-plan", polyline(frame.at(*spot) for spot in spots) if len(spots) > 1 else "", **{"data-line": ""})
    dots = [circle("g-wp", *frame.at(*spot), 5) for spot in sketch.points[1:]]
    return join([line, element("g", {"data-points": ""}, *(dots or [Markup("")]))])


def _scales(sketch: Sketch, frame: Frame) -> str:
    """What the script needs to turn a place of the drawing into a period and a value, and back."""
    values = {
        "first": sketch.numbers[0], "last": sketch.numbers[-1], "left": frame.x.start, "right": frame.x.end,
        "low": frame.y.low, "high": frame.y.high, "bottom": frame.y.start, "top": frame.y.end,
        "decimals": sketch.card.unit.decimals,
    }  # fmt: skip
    suffix = "%" if sketch.card.unit.key == PERCENT else ""
    return " ".join([*(f'data-{name}="{value:g}"' for name, value in values.items()), f'data-suffix="{suffix}"'])


def _description(sketch: Sketch) -> str:
    """The drawing in words: the points of the new path; the table beside it has them all."""
    if len(sketch.points) < 2:
        return _("The new path is not complete yet.")
    steps = [f"{period_label(period_of(sketch.card.indicator, place))}: {value:g}" for place, value in sketch.points]
    return "; ".join(steps)
