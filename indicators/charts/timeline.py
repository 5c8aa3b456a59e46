"""The strip beside each milestone: first due day as a ring, the way to the present one, and its mark there."""

from dataclasses import dataclass

from .marks import placed
from .scale import Scale, text_width
from .svg import Markup, circle, drawing, number, path, words

WIDTH, ROW, AXIS = 336.0, 28.0, 22.0


@dataclass(frozen=True)
class Span:
    """The stretch of time that all rows of one list share; positions are any numbers that grow with time."""

    start: float
    end: float
    ticks: tuple[tuple[float, str], ...]
    today: float | None = None

    def scale(self) -> Scale:
        return Scale(self.start, self.end, 8, WIDTH - 8)


@dataclass(frozen=True)
class MilestoneRow:
    """One milestone: first due day, where its mark stands (day done, or due day now), and its state."""

    first_due: float
    place: float
    state: str


def draw_row(row: MilestoneRow, span: Span) -> Markup:
    """The strip of one milestone; decoration beside the same words."""
    x = span.scale()
    body = [path("g-grid", f"M{number(x(at))} 3V25") for at, _ in span.ticks]
    if span.today is not None:
        body.append(path("g-now", f"M{number(x(span.today))} 0V28"))
    first, place = (min(max(x(at), 8.0), WIDTH - 8) for at in (row.first_due, row.place))
    if abs(first - place) > 5:
        body += [path("g-plan", f"M{number(first)} 14H{number(place)}"), circle("g-ring", first, 14, 4)]
    return drawing((WIDTH, ROW), "", *body, placed(row.state, place, 14, 15))


def draw_axis(span: Span) -> Markup:
    """The names of the ticks, once below the rows; those without room are left out."""
    x, body, edge = span.scale(), [], float("-inf")
    for at, text in span.ticks:
        wide = text_width(text, 12)
        left = min(max(x(at) - wide / 2, 0), WIDTH - wide)
        if left > edge + 8:
            body.append(words(left, 15, text, "t-q t-s"))
            edge = left + wide
    return drawing((WIDTH, AXIS), "", *body)
