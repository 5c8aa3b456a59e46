"""The run chart of a leading indicator. Which points are a signal is decided elsewhere; here they are only drawn."""

from dataclasses import dataclass
from statistics import median

from indicators.runcharts import LEAST_FOR_MEDIAN

from .occasions import LANE, Occasion, draw_occasions, lanes_of, room
from .plot import (
    Frame,
    Point,
    Tick,
    Width,
    axes,
    axis_heading,
    heading,
    illustration_word,
    label,
    label_room,
    stretches,
    thinned,
    value_labels,
    wrapped,
)
from .scale import Box, Line, Scale, Sheet, Spot, around, extent, text_width
from .svg import Markup, circle, drawing, join, number, path, polyline, rect

WIDE = Width("c-w", 1216, 360, 34, 176, 314, 6)
MEDIUM = Width("c-m", 704, 340, 34, 112, 294, 6)
NARROW = Width("c-n", 328, 320, 30, 16, 274, 5)


@dataclass(frozen=True)
class Phase:
    """A stretch judged by its own median; a new one begins where a person rebased. Limits only where they are known."""

    start: float
    median: float | None = None
    lower: float | None = None
    upper: float | None = None
    label: str = ""
    lower_label: str = ""
    upper_label: str = ""
    note: str = ""


@dataclass(frozen=True)
class Signal:
    """A stretch that chance seldom gives, its points and its name."""

    start: float
    end: float
    caption: str = ""
    short: str = ""


@dataclass(frozen=True)
class RunChart:
    """All that one run chart shows. `starts_at` has {} for the value."""

    title: str
    description: str
    axis_title: str
    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    phases: tuple[Phase, ...] = ()
    signals: tuple[Signal, ...] = ()
    outside: tuple[float, ...] = ()
    occasions: tuple[Occasion, ...] = ()
    last_label: str = ""
    starts_at: str = ""
    unit_suffix: str = ""
    floor: float | None = 0
    ceiling: float | None = None
    illustration: str = ""

    def stretch(self, index: int) -> tuple[float, float]:
        """Where a phase begins and ends."""
        later = self.phases[index + 1].start if index + 1 < len(self.phases) else float("inf")
        inside = [point.x for point in self.points if self.phases[index].start <= point.x < later]
        return (inside[0], inside[-1]) if inside else (self.phases[index].start, self.phases[index].start)

    def median_of(self, index: int) -> float | None:
        """The median of a phase: as given, else of its own points where they are enough for one."""
        if self.phases[index].median is not None:
            return self.phases[index].median
        start, end = self.stretch(index)
        values = [point.value for point in self.points if point.value is not None and start <= point.x <= end]
        return median(values) if len(values) >= LEAST_FOR_MEDIAN else None


def draw(chart: RunChart, prefix: str) -> Markup:
    """The chart in its three widths, of which the style sheet shows one."""
    return join(draw_width(chart, size, f"{prefix}-{size.css[-1]}") for size in (WIDE, MEDIUM, NARROW))


def draw_width(chart: RunChart, size: Width, prefix: str) -> Markup:
    """The chart in one width."""
    frame, furniture = _frame(chart, size)
    sheet = Sheet(Box(0, 0, size.width, frame.bottom), labels=[Box(0, frame.top, frame.left - 5, frame.bottom)])
    body = _bands(chart, frame) + furniture + _phases(chart, frame, sheet) + _points(chart, frame, sheet)
    body += draw_occasions(chart.occasions, frame, sheet)
    body += _signal_words(chart, frame, sheet) + _words(chart, frame, sheet)
    body.append(illustration_word(chart.illustration, frame.size))
    naming = {"title": chart.title, "description": chart.description, "prefix": prefix}
    # No halo: it would eat the numbers in the discs.
    return drawing((frame.size.width, frame.size.height), size.css, *body, **naming)


def _frame(chart: RunChart, size: Width) -> tuple[Frame, list[Markup]]:
    """The plot's edges and scales; room above it for the signs of what happened, which makes the drawing higher."""
    drawn = [level for phase in chart.phases for level in (phase.lower, phase.upper, phase.median) if level is not None]
    limits = [_clipped(level, chart) for level in drawn]
    low, high = extent(
        [level for point in chart.points for level in point.levels()] + limits, chart.floor, chart.ceiling
    )
    labels = value_labels(low, high, size.tick_count, chart.unit_suffix)
    lines = axis_heading(chart.axis_title, chart.starts_at, low, size.width)
    left, right = max(size.left, label_room(labels)), size.width - size.right
    places = [place.x for place in (*chart.points, *chart.occasions)] or [0.0, 1.0]
    x = Scale(min(places), max(places), left + 10, right - 10)
    above = room(lanes_of(chart.occasions, x))
    top = 15 * len(lines) + 12 + above
    size = size._replace(height=size.height + max(0.0, above - LANE), bottom=size.bottom + max(0.0, above - LANE))
    frame = Frame(size, left, right, top, size.bottom, x, Scale(low, high, size.bottom, top + 10))
    ticks = thinned(chart.ticks, frame.x, size.narrow, size.width)
    return frame, [heading(lines), *axes(frame, labels, ticks, "")]


def _clipped(level: float, chart: RunChart) -> float:
    """A limit within what the unit allows; it is tested unclipped, drawn clipped."""
    level = max(level, chart.floor) if chart.floor is not None else level
    return min(level, chart.ceiling) if chart.ceiling is not None else level


def _bands(chart: RunChart, frame: Frame) -> list[Markup]:
    """A tint behind each signal."""
    half = _half_step(chart, frame)
    parts = []
    for signal in chart.signals:
        left, right = frame.x(signal.start) - half, frame.x(signal.end) + half
        parts.append(rect("g-sigband", left, frame.top, min(right, frame.right) - left, frame.bottom - frame.top))
    return parts


def _half_step(chart: RunChart, frame: Frame) -> float:
    return min(8.0, (frame.right - frame.left) / max(2 * len(chart.points), 2))


def _phases(chart: RunChart, frame: Frame, sheet: Sheet) -> list[Markup]:
    """Median and limits of each phase, and an upright line where a person rebased."""
    parts = []
    for index, phase in enumerate(chart.phases):
        start, end = chart.stretch(index)
        left = frame.left if index == 0 else frame.x(start)
        right = frame.right if index == len(chart.phases) - 1 else frame.x(chart.phases[index + 1].start)
        middle = chart.median_of(index)
        for level, look in ((phase.upper, "g-lim"), (phase.lower, "g-lim"), (middle, "g-med")):
            if level is not None:
                y = frame.y(_clipped(level, chart))
                sheet.stroke([(left, y), (right, y)])
                parts.append(path(look, f"M{number(left)} {number(y)}H{number(right)}"))
        if index:
            parts.append(path("g-tick", f"M{number(left)} {number(frame.top)}V{number(frame.bottom)}"))
            sheet.stroke([(left, frame.top), (left, frame.bottom)])
    return parts


def _points(chart: RunChart, frame: Frame, sheet: Sheet) -> list[Markup]:
    """The readings; a line stops at a gap and where a phase ends."""
    cuts = [phase.start for phase in chart.phases[1:]]
    lines, dots = [], []
    for part in stretches(chart.points, cuts):
        spots = [frame.at(point.x, point.value) for point in part]
        sheet.stroke(spots)
        lines.append(path("g-act", polyline(spots)))
        dots += [_dot(chart, point, frame) for point in part]
    return lines + dots


def _dot(chart: RunChart, point: Point, frame: Frame) -> Markup:
    """A signal's points are larger and colored; one outside the limits wears a ring besides."""
    x, y = frame.at(point.x, point.value)
    if point.x in chart.outside:
        return join([circle("g-circ", x, y, 8.5), circle("g-sig", x, y, 5)])
    in_signal = any(signal.start <= point.x <= signal.end for signal in chart.signals)
    return circle("g-sig", x, y, 5) if in_signal else circle("g-pt", x, y, 3.6)


def _signal_words(chart: RunChart, frame: Frame, sheet: Sheet) -> list[Markup]:
    parts = []
    for signal in chart.signals:
        middle = (frame.x(signal.start) + frame.x(signal.end)) / 2
        room = frame.x(signal.end) - frame.x(signal.start)
        text = (
            signal.caption
            if text_width(signal.caption, 12, bold=True) <= max(room, 120)
            else signal.short or signal.caption
        )
        half = text_width(text, 12, bold=True) / 2
        middle = min(max(middle, frame.left + half), frame.right - half)
        edges = (frame.x(signal.start) + half, min(frame.x(signal.end) + 4, frame.right) - half)
        places = [middle, *(edges[0] + (edges[1] - edges[0]) * share / 6 for share in range(7))]
        heights = [frame.bottom - 11, frame.top + 12, frame.bottom - 26, frame.bottom - 41]
        spots = [Spot(place, y, "middle") for y in heights for place in places]
        spot = sheet.place([Line(text, "t-s t-b")], spots)
        parts.append(label([Line(text, "t-s t-b")], *spot))
    return parts


def _words(chart: RunChart, frame: Frame, sheet: Sheet) -> list[Markup]:
    """The names of last value, median and limits: beside the plot, or in it on a phone."""
    known = [point for point in chart.points if point.value is not None]
    parts = []
    if known:
        x, y = frame.at(known[-1].x, known[-1].value)
        text = chart.last_label if frame.size.css == "c-w" and chart.last_label else known[-1].text
        beside = [Spot(frame.right + 10, y), Spot(frame.right + 10, y - 12), Spot(frame.right + 10, y + 12)]
        spots = [Spot(min(x + 6, frame.size.width), y - 18, "end"), *around(x, y, 14)] if frame.size.narrow else beside
        parts.append(label([Line(text, "t-b")], *sheet.place([Line(text, "t-b")], spots)))
    for index, phase in enumerate(chart.phases):
        last = index == len(chart.phases) - 1
        named = [(chart.median_of(index), phase.label, "t-p")]
        if last and not frame.size.narrow:
            named += [(phase.upper, phase.upper_label, "t-q t-s"), (phase.lower, phase.lower_label, "t-q t-s")]
        for level, text, look in named:
            if level is not None and text:
                parts += _level_words(frame, sheet, index, chart, frame.y(_clipped(level, chart)), text, look)
        parts += _rebase_words(chart, frame, sheet, index)
    return parts


def _level_words(
    frame: Frame, sheet: Sheet, index: int, chart: RunChart, y: float, text: str, look: str
) -> list[Markup]:
    """The name of a level line: beside the plot for the last phase, over its own line for an earlier one."""
    start = frame.x(chart.stretch(index)[0])
    if index == len(chart.phases) - 1 and not frame.size.narrow:
        lines = wrapped(text, frame.size.right - 12, look)
        spots = [Spot(frame.right + 10, y + shift) for shift in (0, 12, -12, 20, -20, 28, -28)]
    else:
        lines = [Line(text, "t-p t-s")]
        is_last = index == len(chart.phases) - 1
        end = frame.right if is_last else frame.x(chart.phases[index + 1].start)
        steps = [start + max(0.0, end - lines[0].width - start) * share / 8 for share in range(9)]
        spots = [Spot(at, y + gap) for gap in (-10, 11, -24, 25, -38, 39, -52, 53) for at in steps]
    spot = sheet.place(lines, spots)
    return [label(lines, *spot)]


def _rebase_words(chart: RunChart, frame: Frame, sheet: Sheet, index: int) -> list[Markup]:
    """Why a new phase begins, at the head of its line."""
    note = chart.phases[index].note
    if not index or not note or frame.size.narrow:
        return []
    x = frame.x(chart.phases[index].start)
    lines = wrapped(note, 150, "t-s")
    spots = [Spot(x + 6, frame.top + gap) for gap in (12, 26)] + [
        Spot(x - 6, frame.top + 12, "end"),
        Spot(x + 6, frame.bottom - 22),
    ]
    return [label(lines, *sheet.place(lines, spots))]
