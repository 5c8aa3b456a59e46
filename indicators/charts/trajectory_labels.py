"""The words on a trajectory chart, each placed where it hides nothing, the weightiest first."""

from dataclasses import dataclass

from .marks import color_of, status_class
from .plot import Frame, Point, balanced, label, wrapped
from .scale import Box, Line, Sheet, Spot, around, block_size, field_spots
from .svg import Markup, element, path, polyline
from .ties import Tie, elbow, leader, upright
from .trajectory_parts import PlannedPath, TrajectoryChart, height_of_verdict

NOTE_ROOM = 190
SIDES = (("end", 5), ("start", -5), ("middle", 0))
# Between the plot's edge and the words beside it, and between them and the drawing's edge.
ASIDE = 16


@dataclass(frozen=True)
class Caption:
    """Words at their place; `word` is the status whose color they take, `tie` a thin line to what they speak of."""

    lines: tuple[Line, ...]
    spot: Spot
    word: str = ""
    tie: Tie = ()
    tie_look: str = "g-lead"


def write_labels(chart: TrajectoryChart, frame: Frame, sheet: Sheet) -> list[Markup]:
    """All labels of the chart, drawn."""
    return [part for caption in captions(chart, frame, sheet) for part in _drawn(caption)]


def _drawn(caption: Caption) -> list[Markup]:
    tie = [path(caption.tie_look, polyline(caption.tie))] if caption.tie else []
    if not caption.word:
        return [*tie, label(caption.lines, *caption.spot)]
    words = label(caption.lines, *caption.spot, color_of(caption.word))
    return [*tie, element("g", {"class": status_class(caption.word)}, words)]


def captions(chart: TrajectoryChart, frame: Frame, sheet: Sheet) -> list[Caption]:
    """All labels of the chart in the order in which they may claim a place."""
    found = _milestones(chart, frame, sheet) + _plan(chart, frame, sheet) + _weighty_values(chart, frame, sheet)
    found += _verdict(chart, frame, sheet) + _forecast(chart, frame, sheet) + _first_path(chart, frame, sheet)
    found += _benchmarks(chart, frame, sheet) + _name(chart, frame, sheet)
    if not frame.size.narrow:
        found += _annotations(chart, frame, sheet)
    if frame.size.css == "c-w":
        found += _other_values(chart, frame, sheet)
    return found


def plan_lines(plan: PlannedPath, css: str, room: float) -> list[Line]:
    """The plan's name, and on a wide drawing since when it is in force, in lines no wider than the room beside it."""
    found = balanced(plan.caption, room, "t-p")
    return found + (balanced(plan.detail, room, "t-q") if css == "c-w" else [])


def _plan(chart: TrajectoryChart, frame: Frame, sheet: Sheet) -> list[Caption]:
    """The name of the plan at its end: beside the plot, or above the last point on a phone."""
    last = _last(chart.plan)
    if not chart.plan or not last:
        return []
    x, y = frame.at(last.x, last.value)
    if frame.size.narrow:
        lines = [Line(chart.plan.short or chart.plan.caption, "t-p")]
        edge = min(x + 10, frame.size.width)
        spots = [Spot(edge, y + gap, "end") for gap in (-16, 20, -30, 32, -44)] + [Spot(x - 12, y - 4, "end")]
    else:
        lines = plan_lines(chart.plan, frame.size.css, frame.size.width - frame.right - ASIDE)
        middle = y + (block_size(lines)[1] - 17) / 2 if lines else y
        # Where the target lies behind the day shown, its name stands beyond that day's line.
        x = frame.right if chart.day and chart.day.x >= last.x else x
        spots = [Spot(x + ASIDE - 1, place) for place in (middle, y, y - 20, y + 30)]
    return _placed(sheet, lines, spots)


def _weighty_values(chart: TrajectoryChart, frame: Frame, sheet: Sheet) -> list[Caption]:
    parts = []
    for point in _weighty(chart):
        spots = around(*_top(point, frame), 17, prefer=_free_side(chart, point))
        parts += _placed(sheet, [Line(point.text, "t-b")], spots)
    return parts


def _weighty(chart: TrajectoryChart) -> list[Point]:
    """The last reading, the baseline (the reading where the plan begins) and the first reading."""
    known = [point for point in chart.actuals if point.value is not None or point.low is not None]
    start = chart.plan.points[0].x if chart.plan and chart.plan.points else None
    chosen = known[-1:] + [point for point in known[:-1] if point.x == start] + known[:1]
    return list({point.x: point for point in chosen}.values())


def _other_values(chart: TrajectoryChart, frame: Frame, sheet: Sheet) -> list[Caption]:
    """Further readings and waypoints, where there is clean room."""
    parts = []
    before, done = "", {point.x for point in _weighty(chart)}
    for point in chart.actuals:
        if point.levels() and point.x not in done and point.text != before:
            parts += _placed(sheet, [Line(point.text)], around(*_top(point, frame), 16)[:6], required=False)
        before = point.text
    judged = chart.verdict.x if chart.verdict else float("-inf")
    for point in chart.plan.points[1:-1] if chart.plan else ():
        if point.x > judged and point.value is not None:
            x, y = frame.at(point.x, point.value)
            spots = [Spot(x + 10, y + 12), Spot(x + 10, y - 12), Spot(x, y + 18, "middle"), Spot(x - 10, y - 12, "end")]
            parts += _placed(sheet, [Line(point.text, "t-q")], spots, required=False)
    return parts


def _verdict(chart: TrajectoryChart, frame: Frame, sheet: Sheet) -> list[Caption]:
    """The gap in words, with a thin line to the place it speaks of."""
    verdict = chart.verdict
    if not verdict or not verdict.caption:
        return []
    x = frame.x(verdict.x)
    y = frame.y(verdict.value) if verdict.value is not None else height_of_verdict(chart, frame)
    if frame.size.narrow:
        lines = wrapped(verdict.short or verdict.caption, 96, "t-c")
    else:
        lines = [Line(verdict.caption, "t-big"), *wrapped(verdict.detail, 300, "t-q")]
    field = Box(frame.left + 6, frame.top + 14, frame.size.width, frame.bottom - 18)
    below = verdict.planned is None or verdict.value is None or verdict.planned >= verdict.value
    spots = field_spots(x + 24, y + (44 if below else -44), field, block_size(lines), prefer_below=below)
    spot = sheet.place(lines, spots)
    tie = leader(lines, spot, (x, y), 13, sheet)
    return [Caption(tuple(lines), spot, verdict.word, tie)]


def _forecast(chart: TrajectoryChart, frame: Frame, sheet: Sheet) -> list[Caption]:
    """What the area ahead is, beside its last place or under the end that leaves more room."""
    known = [point for point in chart.forecast.points if point.low is not None] if chart.forecast else []
    if not known:
        return []
    name = Line(chart.forecast.caption, "t-b t-s" if frame.size.narrow else "t-b")
    more = wrapped(chart.forecast.detail, 240 if frame.size.css == "c-w" else 130, "t-q t-s")
    spots = [spot for spot in _beside(chart, known, frame) if frame.top + 20 < spot.y < frame.bottom - 20]
    whole = [] if frame.size.narrow else _placed(sheet, [name, *more], spots, required=False)
    return whole or _placed(sheet, [name], spots, required=False)


def _beside(chart: TrajectoryChart, known: list[Point], frame: Frame) -> list[Spot]:
    """Places for the name of the area ahead: right of its end that is further from the plan, then under and over."""
    last = known[-1]
    planned = _last(chart.plan)
    ends = sorted((last.low, last.high), key=lambda level: -abs(level - planned.value) if planned else level)
    spots = [Spot(frame.x(last.x) + 13, frame.y(level) + shift) for level in ends for shift in (0, 14, -14)]
    for point in known[::-1]:
        x, low, high = frame.x(point.x), frame.y(point.low), frame.y(point.high)
        heights = (low + 24, high - 24, low + 40, high - 40, low + 60)
        spots += [
            Spot(x + aside, y, side) for y in heights for side, aside in (("end", 6), ("middle", 0), ("start", 0))
        ]
    return spots


def _first_path(chart: TrajectoryChart, frame: Frame, sheet: Sheet) -> list[Caption]:
    """The first path's name, tied to the end of its dotted line."""
    last = _last(chart.first_path)
    if not chart.first_path or not last:
        return []
    x, y = frame.at(last.x, last.value)
    corners = [frame.at(*corner) for corner in chart.first_path.corners()]
    before = corners[-2] if len(corners) > 1 else (x, y)
    if frame.size.narrow:
        lines = wrapped(chart.first_path.short or chart.first_path.caption, 150, "t-q t-s")
    else:
        lines = [Line(chart.first_path.caption, "t-q")]
        lines += wrapped(chart.first_path.detail, 330, "t-q t-s") if chart.first_path.detail else []
    size = block_size(lines)
    field = Box(frame.left + 6, frame.top + 14, min(x, frame.right), frame.bottom - 18)
    falls = last.value < chart.first_path.points[0].value
    spots = field_spots(x - size[0] - 60, y + (12 if falls else -12), field, size, prefer_below=falls)
    rights = [Spot(spot.x + size[0], spot.y, "end") for spot in spots]
    spot = sheet.place(lines, rights)
    ends = [(x - (x - before[0]) * share, y - (y - before[1]) * share) for share in (0, 0.12, 0.24, 0.4, 0.5)]
    return [Caption(tuple(lines), spot, tie=elbow(lines, spot, ends, sheet))]


def _benchmarks(chart: TrajectoryChart, frame: Frame, sheet: Sheet) -> list[Caption]:
    parts = []
    for other in chart.benchmarks:
        known = [point for point in other.points if point.value is not None]
        spots = [spot for point in known[::-1] for spot in around(*frame.at(point.x, point.value), 16, prefer="below")]
        parts += _placed(sheet, [Line(other.label, "t-q")], sorted(spots, key=lambda spot: spot.anchor != "middle"))
    return parts


def _name(chart: TrajectoryChart, frame: Frame, sheet: Sheet) -> list[Caption]:
    """Whose line the thick one is."""
    known = [point for point in chart.actuals if point.value is not None]
    early = known[: max(1, len(known) * 2 // 3)]
    early = early[len(early) // 2 :] + early[: len(early) // 2]
    at = [frame.at(point.x, point.value) for point in early]
    spots = [Spot(x, y + gap, "middle") for gap in (24, -24, 36, -36) for x, y in at]
    middles = [((x + right) / 2, (y + lower) / 2) for (x, y), (right, lower) in zip(at, at[1:], strict=False)]
    spots += [
        Spot(x + side, y + gap, anchor)
        for x, y in middles or at
        for anchor, side in (("start", 12), ("end", -12))
        for gap in (14, -14, 26)
    ]
    return _placed(sheet, [Line(chart.actual_label, "t-b")], spots, required=False)


def _annotations(chart: TrajectoryChart, frame: Frame, sheet: Sheet) -> list[Caption]:
    """What happened, above its place on the line or below it, tied to it; a break is tied to the time axis."""
    parts = []
    for note in chart.annotations:
        x, level = frame.x(note.x), _level(chart, note.x)
        y = frame.y(level) if level is not None else frame.bottom
        lines = balanced(note.caption, NOTE_ROOM) + balanced(note.detail, NOTE_ROOM, "t-q t-s")
        size = block_size(lines)
        heights = [y - gap for gap in range(46, 240, 14) if y - gap - size[1] / 2 > frame.top + 12]
        heights += [y + gap for gap in range(46, 200, 14) if y + gap + size[1] / 2 < frame.bottom - 18]
        sides = SIDES if level is not None else SIDES[::-1]  # under a gap in its middle, beside a line
        places = [Spot(x + aside, h, side) for h in heights for side, aside in sides]
        ties = {spot: upright((x, y), spot.y, size, frame.bottom if note.is_break else None) for spot in places}
        spots = [spot for spot, tie in ties.items() if note.is_break or not sheet.in_the_way(tie, (x, y))]
        spot = sheet.place(lines, spots, required=note.is_break) if spots else None
        if spot:
            sheet.stroke(ties[spot])
            parts.append(Caption(tuple(lines), spot, tie=ties[spot], tie_look="g-lim" if note.is_break else "g-lead"))
    return parts


def _milestones(chart: TrajectoryChart, frame: Frame, sheet: Sheet) -> list[Caption]:
    if frame.size.narrow or not chart.milestones:
        return []
    lines = wrapped(chart.milestones_label, frame.size.width - frame.right - ASIDE, "t-q t-s")
    room = block_size(lines)[1] if lines else 0
    return _placed(sheet, lines, [Spot(frame.right + ASIDE, frame.bottom - 8 - (room - 16) / 2)])


def _placed(sheet: Sheet, lines: list[Line], spots: list[Spot], required: bool = True) -> list[Caption]:
    lines = [line for line in lines if line.text]
    spot = sheet.place(lines, spots, required) if lines and spots else None
    return [Caption(tuple(lines), spot)] if spot else []


def _last(way: PlannedPath | None) -> Point | None:
    known = [point for point in way.points if point.value is not None] if way else []
    return known[-1] if known else None


def _top(point: Point, frame: Frame) -> tuple[float, float]:
    return frame.at(point.x, point.high if point.high is not None else point.value)


def _free_side(chart: TrajectoryChart, point: Point) -> str:
    """The side of a reading that the plan does not take."""
    if chart.verdict and point.x == chart.verdict.x and chart.verdict.planned is not None and point.value is not None:
        return "below" if chart.verdict.planned >= point.value else "above"
    return "below" if chart.plan and chart.plan.points and point.x == chart.plan.points[0].x else "above"


def _level(chart: TrajectoryChart, x: float) -> float | None:
    """The height of the readings' line at a place in time, between two readings too."""
    for part in _neighbors(chart.actuals):
        if part[0].x <= x <= part[1].x:
            share = (x - part[0].x) / (part[1].x - part[0].x)
            return part[0].value + share * (part[1].value - part[0].value)
    return None


def _neighbors(points: tuple[Point, ...]) -> list[tuple[Point, Point]]:
    pairs = zip(points, points[1:], strict=False)
    return [pair for pair in pairs if pair[0].value is not None and pair[1].value is not None]
