"""What every chart over time shares: points, ticks, the three widths, axes, and how a line stops at a gap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .scale import Box, Line, Scale, Sheet, text_width, ticks, written
from .svg import Markup, circle, join, number, path, words


@dataclass(frozen=True)
class Point:
    """A value at a place in time. No value is a gap: `withheld` says that one exists and is not shown.

    A band (low to high, where only that is publishable) is drawn as an upright bar.
    """

    x: float
    value: float | None = None
    text: str = ""
    low: float | None = None
    high: float | None = None
    withheld: bool = False

    def levels(self) -> list[float]:
        """Every number the point puts on the value axis."""
        return [level for level in (self.value, self.low, self.high) if level is not None]


@dataclass(frozen=True)
class Tick:
    """A name on the time axis, and a shorter one for a phone."""

    x: float
    label: str
    short: str = ""


@dataclass(frozen=True)
class DayLine:
    """The day on which the page stands."""

    x: float
    label: str
    short: str = ""


class Width(NamedTuple):
    """One of the three sizes a large chart is drawn in; `right` is the room kept for the words beside the plot."""

    css: str
    width: float
    height: float
    left: float
    right: float
    bottom: float
    tick_count: int

    @property
    def narrow(self) -> bool:
        return self.css == "c-n"


class Frame(NamedTuple):
    """One chart's plot in one size: its edges and both scales."""

    size: Width
    left: float
    right: float
    top: float
    bottom: float
    x: Scale
    y: Scale

    def at(self, x: float, value: float) -> tuple[float, float]:
        return self.x(x), self.y(value)


def stretches(points: Sequence[Point], cuts: Iterable[float] = ()) -> list[list[Point]]:
    """The parts of a series that a line may join: it stops at a gap and at every break of the series."""
    borders = sorted(cuts)
    parts: list[list[Point]] = [[]]
    previous: Point | None = None
    for point in points:
        crossed = previous is not None and any(previous.x < border <= point.x for border in borders)
        if point.value is None or crossed:
            parts.append([])
        if point.value is not None:
            parts[-1].append(point)
        previous = point
    return [part for part in parts if part]


def wrapped(text: str, width: float, look: str = "") -> list[Line]:
    """The words cut into lines of at most this width."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and Line(longer, look).width <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return [Line(line, look) for line in lines]


def balanced(text: str, width: float, look: str = "") -> list[Line]:
    """The same number of lines, none much longer than another: no word is left alone on the last."""
    lines = wrapped(text, width, look)
    while len(lines) > 1 and len(closer := wrapped(text, max(line.width for line in lines) - 1, look)) == len(lines):
        lines = closer
    return lines


def value_labels(low: float, high: float, count: int, suffix: str) -> list[tuple[float, str]]:
    """The value axis in words; the unit stands on the topmost tick only."""
    found = ticks(low, high, count)
    step = found[1] - found[0] if len(found) > 1 else 1.0
    return [(value, written(value, step) + (suffix if value == found[-1] else "")) for value in found]


def label_room(labels: Iterable[tuple[float, str]]) -> float:
    """The width the value axis needs for its words."""
    return max((text_width(text) for _, text in labels), default=0) + 12


def axis_heading(title: str, starts_at: str, bottom: float, width: float) -> list[Line]:
    """The name of the value axis, with where it starts if not at zero."""
    start = f"{bottom:,.10g}" if bottom != int(bottom) else f"{bottom:,.0f}"
    note = f" ({starts_at.format(start)})" if bottom and starts_at else ""
    return wrapped(title + note, width, "t-q t-s")


def centered(x: float, text: str, width: float, size: float = 13) -> float:
    """Where the middle of a name under an axis stands: at its place, or as near as the drawing's edges let it."""
    half = text_width(text, size) / 2
    return min(max(x, half), width - half)


def thinned(given: Sequence[Tick], scale: Scale, short: bool, width: float = float("inf")) -> list[tuple[float, str]]:
    """The ticks that have room in a drawing of this width, counted back from the last: it carries the target."""
    labels = [(tick.x, (tick.short or tick.label) if short else tick.label) for tick in given]
    at = {label: centered(scale(label[0]), label[1], width) for label in labels}
    for stride in range(1, len(labels) + 1):
        kept = labels[::-1][::stride][::-1]
        room = [
            abs(at[right] - at[left]) - (text_width(left[1]) + text_width(right[1])) / 2
            for left, right in zip(kept, kept[1:], strict=False)
        ]
        if all(space >= 10 for space in room):
            return kept
    return labels[-1:]


def axes(
    frame: Frame, y_labels: Iterable[tuple[float, str]], x_ticks: Iterable[tuple[float, str]], time_title: str
) -> list[Markup]:
    """Grid, both axes and their words."""
    parts: list[Markup] = []
    for value, text in y_labels:
        y = frame.y(value)
        if abs(y - frame.bottom) > 1:
            parts.append(path("g-grid", f"M{number(frame.left)} {number(y)}H{number(frame.right)}"))
        parts.append(words(frame.left - 8, y + 4.5, text, "t-q", "end"))
    parts.append(path("g-axis", f"M{number(frame.left)} {number(frame.bottom)}H{number(frame.right)}"))
    for place, text in x_ticks:
        x = frame.x(place)
        parts.append(path("g-axis", f"M{number(x)} {number(frame.bottom)}v5"))
        parts.append(words(centered(x, text, frame.size.width), frame.bottom + 20, text, "t-q", "middle"))
    parts.append(words(frame.left, frame.bottom + 37, time_title, "t-q t-s"))
    return parts


def heading(lines: Sequence[Line]) -> Markup:
    """The lines above the value axis."""
    return join(words(0, 14 + 15 * row, line.text, line.look) for row, line in enumerate(lines))


def illustration_word(word: str, size: Width) -> Markup:
    """The word that marks figures which are not real, underlined as everywhere on the site."""
    if not word:
        return Markup("")
    y = size.height - 4
    start = number(size.width - text_width(word, 12) - 2)
    rule = path(
        "g-illus",
        f"M{start} {number(y + 4)}H{number(size.width)}",
        **{"stroke": "#f2b530", "stroke-width": 2, "stroke-dasharray": "5 3"},
    )
    return join([words(size.width, y, word, "t-s", "end"), rule])


def day_words(frame: Frame, day: DayLine) -> tuple[float, str, str]:
    """The words of the day shown: where they begin or end, which of both, and the words."""
    x, text = frame.x(day.x), (day.short or day.label) if frame.size.narrow else day.label
    after = x + 9 + text_width(text, 13, bold=True) <= frame.size.width
    return (x + 9, "start", text) if after else (x - 9, "end", text)


def day_line(frame: Frame, day: DayLine, sheet: Sheet) -> list[Markup]:
    """The upright line of the day shown, its gold dot and its words, on the side that has room."""
    x, top = frame.x(day.x), frame.top
    edge, anchor, text = day_words(frame, day)
    wide = text_width(text, 13, bold=True)
    left = edge if anchor == "start" else edge - wide
    sheet.stroke([(x, top), (x, frame.bottom)])
    sheet.labels.append(Box(left - 4, top - 9, left + wide + 4, top + 9))
    return [
        path("g-now", f"M{number(x)} {number(top)}V{number(frame.bottom)}"),
        circle("g-nowdot", x, top, 4.5),
        words(edge, top + 4.5, text, "t-a", anchor),
    ]


def label(lines: Sequence[Line], x: float, y: float, anchor: str, color: str | None = None) -> Markup:
    """A label of one or more lines, its middle height at y."""
    height = sum(line.size * 1.3 for line in lines)
    parts, edge = [], y - height / 2
    for line in lines:
        edge += line.size * 1.3
        parts.append(words(x, edge - line.size * 0.32, line.text, line.look, anchor, color))
    return join(parts)
