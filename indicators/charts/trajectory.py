"""The trajectory of one goal: what was planned, what came, and the distance between them, drawn and named.

Everything comes in finished: positions as numbers, every sentence in the reader's language.
"""

from dataclasses import dataclass

from .marks import color_of, placed, status_class
from .plot import (
    DayLine,
    Frame,
    Point,
    Tick,
    Width,
    axes,
    axis_heading,
    day_line,
    heading,
    illustration_word,
    label_room,
    stretches,
    thinned,
    value_labels,
    wrapped,
)
from .scale import Box, Scale, Sheet, extent, text_width
from .svg import Markup, circle, drawing, element, join, number, path, polyline
from .trajectory_labels import write_labels

WIDE = Width("c-w", 1216, 500, 40, 250, 434, 7)
MEDIUM = Width("c-m", 704, 440, 40, 150, 376, 7)
NARROW = Width("c-n", 328, 380, 34, 14, 334, 6)


@dataclass(frozen=True)
class PlannedPath:
    """A path from baseline to target. `short` is its name on a phone; `stepped` holds each value until the next."""

    points: tuple[Point, ...]
    caption: str = ""
    detail: str = ""
    short: str = ""
    stepped: bool = False

    def corners(self) -> list[tuple[float, float]]:
        """The path as corners to draw through."""
        known = [(point.x, point.value) for point in self.points if point.value is not None]
        if not self.stepped:
            return known
        held = [(after[0], before[1]) for before, after in zip(known, known[1:], strict=False)]
        return known[:1] + [corner for pair in zip(held, known[1:], strict=True) for corner in pair]


@dataclass(frozen=True)
class Comparison:
    """Another series beside the goal's own, such as the state's."""

    points: tuple[Point, ...]
    label: str


@dataclass(frozen=True)
class Annotation:
    """Something that happened, at its place in time. As a break it also stops the line."""

    x: float
    caption: str
    detail: str = ""
    is_break: bool = False


@dataclass(frozen=True)
class MilestoneTick:
    """A milestone on the time axis."""

    x: float
    is_done: bool


@dataclass(frozen=True)
class Verdict:
    """The status at the last reading (value and planned value there) or, without a value, at the day one was due."""

    word: str
    x: float
    value: float | None = None
    planned: float | None = None
    caption: str = ""
    detail: str = ""
    short: str = ""


@dataclass(frozen=True)
class TrajectoryChart:
    """All that one trajectory chart shows. `starts_at` has {} for the value: "axis starts at {}"."""

    title: str
    description: str
    axis_title: str
    ticks: tuple[Tick, ...]
    actuals: tuple[Point, ...] = ()
    plan: PlannedPath | None = None
    first_path: PlannedPath | None = None
    revisions: tuple[PlannedPath, ...] = ()
    benchmarks: tuple[Comparison, ...] = ()
    day: DayLine | None = None
    annotations: tuple[Annotation, ...] = ()
    milestones: tuple[MilestoneTick, ...] = ()
    verdict: Verdict | None = None
    actual_label: str = ""
    milestones_label: str = ""
    time_title: str = ""
    axis_title_short: str = ""
    starts_at: str = ""
    unit_suffix: str = ""
    floor: float | None = 0
    ceiling: float | None = None
    illustration: str = ""

    def paths(self) -> list[PlannedPath]:
        """Every path, the first one first and the one in force last."""
        return [way for way in (self.first_path, *self.revisions, self.plan) if way]

    def levels(self) -> list[float]:
        """Every number on the value axis."""
        series = [self.actuals, *(way.points for way in self.paths()), *(other.points for other in self.benchmarks)]
        return [level for points in series for point in points for level in point.levels()]

    def places(self) -> list[float]:
        """Every place on the time axis."""
        series = [self.actuals, *(way.points for way in self.paths()), *(other.points for other in self.benchmarks)]
        return [point.x for points in series for point in points] + [tick.x for tick in self.ticks]

    def cuts(self) -> list[float]:
        return [note.x for note in self.annotations if note.is_break]


def draw(chart: TrajectoryChart, prefix: str) -> Markup:
    """The chart in its three widths, of which the style sheet shows one; `prefix` makes the ids unique on the page."""
    return join(draw_width(chart, size, f"{prefix}-{size.css[-1]}") for size in (WIDE, MEDIUM, NARROW))


def draw_width(chart: TrajectoryChart, size: Width, prefix: str) -> Markup:
    """The chart in one width."""
    frame, body = _frame(chart, size)
    sheet = Sheet(Box(0, 0, size.width, frame.bottom - 2), labels=[Box(0, frame.top, frame.left - 5, frame.bottom)])
    if chart.day:
        body += day_line(frame, chart.day, sheet)
    body += _paths(chart, frame, sheet) + _benchmarks(chart, frame, sheet) + _actuals(chart, frame, sheet)
    body += _milestones(chart, frame, sheet) + _verdict(chart, frame, sheet)
    body += write_labels(chart, frame, sheet)
    body.append(illustration_word(chart.illustration, size))
    return drawing(
        (size.width, size.height),
        f"{size.css} halo",
        *body,
        title=chart.title,
        description=chart.description,
        prefix=prefix,
    )


def _frame(chart: TrajectoryChart, size: Width) -> tuple[Frame, list[Markup]]:
    """The plot's edges and scales, with the axes drawn."""
    low, high = extent(chart.levels(), chart.floor, chart.ceiling)
    labels = value_labels(low, high, size.tick_count, chart.unit_suffix)
    name = (chart.axis_title_short or chart.axis_title) if size.narrow else chart.axis_title
    lines = axis_heading(name, chart.starts_at, low, size.width)
    top = 28 + 15 * (len(lines) - 1)
    left = max(size.left, label_room(labels)) if size.narrow else max(size.left, label_room(labels) + 4)
    right = size.width - _right_room(chart, size)
    places = chart.places() or [0.0, 1.0]
    x = Scale(min(places), max(places), left, right)
    y = Scale(low, high, size.bottom, top + (58 if size.css == "c-w" else 48))
    frame = Frame(size, left, right, top, size.bottom, x, y)
    ticks = thinned(chart.ticks, x, short=size.narrow)
    return frame, [heading(lines), *axes(frame, labels, ticks, chart.time_title)]


def _right_room(chart: TrajectoryChart, size: Width) -> float:
    """Room beside the plot for the words of the plan, no more than they need."""
    if size.narrow or not chart.plan:
        return size.right if size.narrow else 40
    lines = [text_width(chart.plan.caption, 13, bold=True), text_width(chart.plan.detail)]
    if size.css == "c-m":
        lines = [line.width for line in wrapped(chart.plan.caption, 130, "t-p")]
    return min(size.right, max(lines, default=0) + 24)


def _paths(chart: TrajectoryChart, frame: Frame, sheet: Sheet) -> list[Markup]:
    """The first path and every later one as ghosts; over them the plan in force with its waypoints."""
    parts: list[Markup] = []
    ghosts = [way for way in (chart.first_path, *chart.revisions) if way]
    for ghost in ghosts:
        corners = [frame.at(*corner) for corner in ghost.corners()]
        sheet.stroke(corners)
        parts.append(path("g-ghost", polyline(corners)))
    if chart.plan:
        corners = [frame.at(*corner) for corner in chart.plan.corners()]
        sheet.stroke(corners)
        known = [point for point in chart.plan.points if point.value is not None]
        for point in known[1:]:
            sheet.mark(*frame.at(point.x, point.value), 6)
        parts += [path("g-plan", polyline(corners))]
        parts += [
            circle("g-wp", *frame.at(point.x, point.value), 6.5 if point is known[-1] else 5) for point in known[1:]
        ]
    return parts


def _benchmarks(chart: TrajectoryChart, frame: Frame, sheet: Sheet) -> list[Markup]:
    """Thin gray lines with crosses."""
    parts: list[Markup] = []
    for other in chart.benchmarks:
        for part in stretches(other.points):
            spots = [frame.at(point.x, point.value) for point in part]
            sheet.stroke(spots)
            parts.append(path("g-bench", polyline(spots)))
            crosses = "".join(f"M{number(x - 4)} {number(y)}h8M{number(x)} {number(y - 4)}v8" for x, y in spots)
            parts.append(path("g-bench", crosses))
    return parts


def _actuals(chart: TrajectoryChart, frame: Frame, sheet: Sheet) -> list[Markup]:
    """The readings: a line that stops at gaps and breaks, points, upright bars for bands, a mark where withheld."""
    lines, points = [], []
    for part in stretches(chart.actuals, chart.cuts()):
        spots = [frame.at(point.x, point.value) for point in part]
        sheet.stroke(spots)
        lines.append(path("g-act", polyline(spots)))
        for x, y in spots:
            sheet.mark(x, y, 5)
            points.append(circle("g-pt", x, y, 4.5))
    for point in chart.actuals:
        x = frame.x(point.x)
        if point.low is not None and point.high is not None:
            low, high = frame.y(point.low), frame.y(point.high)
            sheet.stroke([(x, low), (x, high)])
            lines.append(path("g-act", f"M{number(x - 5)} {number(high)}h10m-5 0V{number(low)}m-5 0h10"))
        elif point.withheld and not (chart.verdict and chart.verdict.x == point.x):
            sheet.mark(x, frame.bottom - 14, 8)
            points.append(placed("withheld", x, frame.bottom - 14, 14))
    return lines + points


def _milestones(chart: TrajectoryChart, frame: Frame, sheet: Sheet) -> list[Markup]:
    """Small diamonds on the time axis, filled when done; a phone has no room for them."""
    if frame.size.narrow:
        return []
    parts = []
    for tick in chart.milestones:
        x, y = frame.x(tick.x), frame.bottom - 9
        sheet.mark(x, y, 6)
        parts.append(path("g-disc" if tick.is_done else "g-wp", f"M{number(x - 5)} {number(y)}l5-6 5 6-5 6z"))
    return parts


def _verdict(chart: TrajectoryChart, frame: Frame, sheet: Sheet) -> list[Markup]:
    """The gap to the plan as an upright stroke; the shape of the status on the last reading or where one was due."""
    verdict = chart.verdict
    if not verdict:
        return []
    x, parts = frame.x(verdict.x), []
    y = frame.y(verdict.value) if verdict.value is not None else frame.bottom - 14
    if verdict.planned is not None:
        planned = frame.y(verdict.planned)
        above = planned < y
        start, end = planned + (6 if above else -6), y - (9 if above else -9)
        sheet.stroke([(x, planned), (x, y)])
        if verdict.value is None:
            parts.append(path("g-lead", f"M{number(x)} {number(start)}V{number(y - 9)}"))
        elif (end - start > 0) == above and abs(end - start) > 1:
            stroke = {"stroke": color_of(verdict.word), "stroke-width": 3, "fill": "none"}
            line = path("g-gap", f"M{number(x)} {number(start)}V{number(end)}", **stroke)
            parts.append(element("g", {"class": status_class(verdict.word)}, line))
    sheet.mark(x, y, 10)
    parts.append(placed(verdict.word, x, y))
    return parts
