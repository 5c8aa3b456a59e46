"""The sparkline of a goal: the same numbers as its large chart, small enough to stand in a list of a hundred."""

from dataclasses import dataclass
from typing import NamedTuple

from .marks import color_of, placed, status_class
from .plot import Point, stretches
from .scale import Box, Line, Scale, Sheet, Spot, around, text_width
from .svg import Markup, circle, drawing, element, number, path, polyline, words


class SparkSize(NamedTuple):
    width: float
    height: float


# The words that speak of a reading; the others do not stand on one.
JUDGED = ("moving_away", "target_missed", "off_track", "slightly_behind", "on_track", "target_met")
LARGE = SparkSize(328, 112)
SMALL = SparkSize(264, 92)


@dataclass(frozen=True)
class Sparkline:
    """Readings and plan of one goal. `due_x` is where a reading was due that is not here; `planned` its plan there.

    With `stepped` the plan holds each value until the next.
    """

    title: str
    description: str
    word: str
    actuals: tuple[Point, ...] = ()
    plan: tuple[Point, ...] = ()
    planned: float | None = None
    target_text: str = ""
    first_label: str = ""
    last_label: str = ""
    due_x: float | None = None
    stepped: bool = False


def draw(spark: Sparkline, prefix: str, size: SparkSize = LARGE) -> Markup:
    """The sparkline in one of its two sizes, about 2 kB."""
    x, y, base, right = _scales(spark, size)
    sheet = Sheet(Box(0, 0, size.width, base - 1))
    body = [path("g-grid", f"M4 {number(base)}H{number(right + 6)}")]
    body += _plan(spark, x, y, sheet) + _actuals(spark, x, y, sheet) + _status(spark, x, y, base, sheet)
    body += [
        words(4, size.height - 4, spark.first_label, "t-q t-s"),
        words(right + 6, size.height - 4, spark.last_label, "t-q t-s", "end"),
    ]
    size_of = (size.width, size.height)
    return drawing(size_of, "spark halo", *body, title=spark.title, description=spark.description, prefix=prefix)


def _scales(spark: Sparkline, size: SparkSize) -> tuple[Scale, Scale, float, float]:
    """Both scales, the ground line and the right edge; the target's words stand beyond it."""
    base = size.height - 18
    right = size.width - max(50, text_width(spark.target_text, 13, bold=True) + 14)
    series = (*spark.actuals, *spark.plan)
    places = [point.x for point in series] + ([spark.due_x] if spark.due_x is not None else [])
    levels = [level for point in series for level in point.levels()]
    x = Scale(min(places, default=0), max(places, default=1), 10, right)
    y = Scale(min(levels, default=0), max(levels, default=1), base - 10.4, 18.4)
    return x, y, base, right


def _plan(spark: Sparkline, x: Scale, y: Scale, sheet: Sheet) -> list[Markup]:
    known = [(x(point.x), y(point.value)) for point in spark.plan if point.value is not None]
    if not known:
        return []
    corners = known
    if spark.stepped:
        held = [(after[0], before[1]) for before, after in zip(known, known[1:], strict=False)]
        corners = known[:1] + [corner for pair in zip(held, known[1:], strict=True) for corner in pair]
    sheet.stroke(corners)
    end = known[-1]
    sheet.mark(*end, 6)
    sheet.labels.append(
        Box(end[0] + 8, end[1] - 9, end[0] + 12 + text_width(spark.target_text, 13, bold=True), end[1] + 9)
    )
    return [
        path("g-plan", polyline(corners)),
        circle("g-wp", *end, 4),
        words(end[0] + 10, end[1] + 4.5, spark.target_text, "t-p"),
    ]


def _actuals(spark: Sparkline, x: Scale, y: Scale, sheet: Sheet) -> list[Markup]:
    parts = []
    for part in stretches(spark.actuals):
        spots = [(x(point.x), y(point.value)) for point in part]
        sheet.stroke(spots)
        parts.append(path("g-act", polyline(spots)))
        parts += [circle("g-pt", *spot, 3.3) for spot in spots]
    for point in spark.actuals:
        if point.low is not None and point.high is not None:
            low, high, at = y(point.low), y(point.high), number(x(point.x) - 3)
            sheet.stroke([(x(point.x), low), (x(point.x), high)])
            parts.append(path("g-act", f"M{at} {number(high)}h6m-3 0V{number(low)}m-3 0h6"))
    return parts


def _status(spark: Sparkline, x: Scale, y: Scale, base: float, sheet: Sheet) -> list[Markup]:
    """The gap and the shape of the status on the last reading, with its value; or the shape where one is missing."""
    known = [point for point in spark.actuals if point.levels()]
    parts: list[Markup] = []
    if spark.due_x is not None:
        place = x(spark.due_x)
        top = y(spark.planned) if spark.planned is not None else base - 9
        parts += [
            path("g-lead", f"M{number(place)} {number(top)}V{number(base - 9)}"),
            placed(spark.word, place, base, 15),
        ]
        sheet.mark(place, base, 9)
    if not known:
        return parts
    last = known[-1]
    at = (x(last.x), y(last.value if last.value is not None else last.high))
    if spark.due_x is None and last.value is not None:
        if spark.planned is not None and abs(y(spark.planned) - at[1]) > 3:
            stroke = {"stroke": color_of(spark.word), "stroke-width": 2}
            line = path("g-gap", f"M{number(at[0])} {number(y(spark.planned))}V{number(at[1])}", **stroke)
            parts.append(element("g", {"class": status_class(spark.word)}, line))
            sheet.stroke([(at[0], y(spark.planned)), at])
        if spark.word in JUDGED:
            parts.append(placed(spark.word, *at, 13))
    sheet.mark(*at, 7)
    return parts + _value(spark, last, at, sheet)


def _value(spark: Sparkline, last: Point, at: tuple[float, float], sheet: Sheet) -> list[Markup]:
    """The last value, on the side the plan leaves free; not twice where it is the target itself."""
    plan_end = spark.plan[-1] if spark.plan else None
    if plan_end and plan_end.x == last.x and last.text and last.text == spark.target_text:
        return []
    below = spark.planned is None or last.value is None or spark.planned > last.value
    corner = [Spot(at[0] + 10, at[1] + 10), Spot(at[0] + 11, at[1])] if below else []
    spots = corner + around(*at, 15, prefer="below" if below else "above")
    spot = sheet.place([Line(last.text, "t-b")], spots) if last.text else None
    return [words(spot.x, spot.y + 4.5, last.text, "t-b", spot.anchor)] if spot else []
