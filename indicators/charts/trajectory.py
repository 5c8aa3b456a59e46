"""The trajectory of one goal: what was planned, what came, and the distance between them, drawn and named.

Everything comes in finished: positions as numbers, every sentence in the reader's language.
"""

from .marks import color_of, placed, status_class
from .plot import (
    Frame,
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
)
from .scale import Box, Line, Scale, Sheet, extent
from .svg import Markup, circle, drawing, element, join, number, path, polyline, rect
from .trajectory_labels import ASIDE, plan_lines, write_labels
from .trajectory_parts import (
    Annotation,
    Comparison,
    Forecast,
    MilestoneTick,
    PlannedPath,
    TrajectoryChart,
    Verdict,
    height_of_verdict,
)

__all__ = [
    "Annotation", "Comparison", "Forecast", "MilestoneTick", "PlannedPath", "TrajectoryChart", "Verdict",
    "draw", "draw_width",
]  # fmt: skip

WIDE = Width("c-w", 1216, 500, 40, 250, 434, 7)
MEDIUM = Width("c-m", 704, 440, 40, 150, 376, 7)
NARROW = Width("c-n", 328, 380, 34, 14, 334, 6)


def draw(chart: TrajectoryChart, prefix: str) -> Markup:
    """The chart in its three widths, of which the style sheet shows one; `prefix` makes the ids unique on the page."""
    return join(draw_width(chart, size, f"{prefix}-{size.css[-1]}") for size in (WIDE, MEDIUM, NARROW))


def draw_width(chart: TrajectoryChart, size: Width, prefix: str) -> Markup:
    """The chart in one width."""
    chart = chart.within()
    frame = frame_of(chart, size)
    sheet = sheet_of(frame)
    body = _furniture(chart, frame) + contents(chart, frame, sheet) + write_labels(chart, frame, sheet)
    body.append(illustration_word(chart.illustration, size))
    return drawing(
        (size.width, size.height),
        f"{size.css} halo",
        *body,
        title=chart.title,
        description=chart.description,
        prefix=prefix,
    )


def sheet_of(frame: Frame) -> Sheet:
    """An empty sheet: words may stand anywhere but on the names of the values."""
    bounds = Box(0, 0, frame.size.width, frame.bottom - 2)
    return Sheet(bounds, labels=[Box(0, frame.top, frame.left - 5, frame.bottom)])


def contents(chart: TrajectoryChart, frame: Frame, sheet: Sheet) -> list[Markup]:
    """All lines and marks, and on the sheet what of it words must keep off."""
    body = _target_range(chart, frame) + _forecast(chart, frame, sheet)
    if chart.day:
        body += day_line(frame, chart.day, sheet)
    body += _paths(chart, frame, sheet) + _benchmarks(chart, frame, sheet) + _actuals(chart, frame, sheet)
    body += _breaks(chart, frame)
    return body + _milestones(chart, frame, sheet) + _verdict(chart, frame, sheet)


def frame_of(chart: TrajectoryChart, size: Width) -> Frame:
    """The plot's edges and scales."""
    low, high = extent(chart.levels(), chart.floor, chart.ceiling)
    room = label_room(value_labels(low, high, size.tick_count, chart.unit_suffix))
    top = 28 + 15 * (len(heading_lines(chart, size)) - 1)
    left = max(size.left, room if size.narrow else room + 4)
    right = size.width - _right_room(chart, size)
    places = chart.places() or [0.0, 1.0]
    x = Scale(min(places), max(places), left, right)
    y = Scale(low, high, size.bottom, top + (58 if size.css == "c-w" else 48))
    return Frame(size, left, right, top, size.bottom, x, y)


def heading_lines(chart: TrajectoryChart, size: Width) -> list[Line]:
    """The name of the value axis, shorter on a phone, with where it starts."""
    name = (chart.axis_title_short or chart.axis_title) if size.narrow else chart.axis_title
    return axis_heading(name, chart.starts_at, extent(chart.levels(), chart.floor, chart.ceiling)[0], size.width)


def _furniture(chart: TrajectoryChart, frame: Frame) -> list[Markup]:
    """The axes with their names."""
    labels = value_labels(frame.y.low, frame.y.high, frame.size.tick_count, chart.unit_suffix)
    ticks = thinned(chart.ticks, frame.x, frame.size.narrow, frame.size.width)
    return [heading(heading_lines(chart, frame.size)), *axes(frame, labels, ticks, chart.time_title)]


def _right_room(chart: TrajectoryChart, size: Width) -> float:
    """Room beside the plot for the words of the plan, no more than they need and no more than there is."""
    if size.narrow or not chart.plan:
        return size.right if size.narrow else 40
    lines = plan_lines(chart.plan, size.css, size.right - ASIDE - 8)
    if chart.forecast:
        lines.append(Line(chart.forecast.caption, "t-b"))
    return min(size.right, max((line.width for line in lines), default=0) + ASIDE + 8)


def _target_range(chart: TrajectoryChart, frame: Frame) -> list[Markup]:
    """The range that a goal aims at, over the years of its path."""
    if not chart.target_range or not chart.plan or not chart.plan.points:
        return []
    left, right = frame.x(chart.plan.points[0].x), frame.x(chart.plan.points[-1].x)
    low, high = (frame.y(level) for level in chart.target_range)
    return [rect("g-range", left, high, right - left, max(low - high, 2))]


def _forecast(chart: TrajectoryChart, frame: Frame, sheet: Sheet) -> list[Markup]:
    """The interval as an area between two dotted edges; one place alone is as wide as a finger."""
    known = [point for point in chart.forecast.points if point.low is not None] if chart.forecast else []
    if not known:
        return []
    aside = 7 if len(known) == 1 else 0
    highs = [(frame.x(point.x), frame.y(point.high)) for point in known]
    lows = [(frame.x(point.x), frame.y(point.low)) for point in known]
    highs, lows = (
        [(row[0][0] - aside, row[0][1]), *row[1:-1], (row[-1][0] + aside, row[-1][1])] for row in (highs, lows)
    )
    for edge in (highs, lows, *(list(ends) for ends in zip(highs, lows, strict=True))):
        sheet.stroke(edge)
    outline = polyline([*highs, *lows[::-1]]) + "Z"
    ends = "".join(
        f"M{number(x)} {number(top)}V{number(bottom)}" for (x, top), (_, bottom) in zip(highs, lows, strict=True)
    )
    return [path("g-fan", outline), path("g-fanedge", polyline(highs) + polyline(lows) + ends)]


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


def _breaks(chart: TrajectoryChart, frame: Frame) -> list[Markup]:
    """A break as an upright on a phone, where its name has no room."""
    if not frame.size.narrow:
        return []
    uprights = [f"M{number(frame.x(cut))} {number(frame.y.end)}V{number(frame.bottom)}" for cut in chart.cuts()]
    return [path("g-lim", upright) for upright in uprights]


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
    y = frame.y(verdict.value) if verdict.value is not None else height_of_verdict(chart, frame)
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
