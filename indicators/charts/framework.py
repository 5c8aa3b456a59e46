"""The plan as nested half circles, each tactic with its number and the mark of its worst goal."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import acos, asin, cos, pi, radians, sin

from .marks import placed
from .plot import wrapped
from .scale import text_width
from .svg import Markup, drawing, join, number, path, words

MOST_RINGS = 4


@dataclass(frozen=True)
class TacticMark:
    """A tactic's number in the list beside the picture, and the worst word among its goals."""

    number: str
    word: str
    name: str = ""


@dataclass(frozen=True)
class Ring:
    """A strategy as a ring; the innermost comes first."""

    title: str
    tactics: tuple[TacticMark, ...]


def draw(rings: Sequence[Ring], ground: Sequence[TacticMark] = (), ground_title: str = "") -> Markup | None:
    """The picture in two widths; None for a plan that has too few or too many strategies to stand as circles.

    `ground` are tactics below the circles, on which these rest. Decoration beside the list that says the same.
    """
    if not 2 <= len(rings) <= MOST_RINGS or any(len(ring.tactics) > 8 for ring in rings):
        return None
    return join([_picture(480, "c-mw", rings, ground, ground_title), _picture(328, "c-n", rings, ground, ground_title)])


def _picture(width: float, css: str, rings: Sequence[Ring], ground: Sequence[TacticMark], ground_title: str) -> Markup:
    center, outer = width / 2, width / 2 - 10 * width / 480
    base = outer + 20
    inner = outer * (0.374 if len(rings) == 3 else 0.42 if len(rings) == 2 else 0.3)
    step = (outer - inner) / (len(rings) - 1)
    radii = [inner + step * index for index in range(len(rings))]
    body = [path("g-circf", f"{_arc(center, base, radius)}Z") for radius in radii[::-1]]
    body += [path("g-circ", _arc(center, base, radius)) for radius in radii[::-1]]
    body.append(path("g-axis", f"M0 {number(base)}H{number(width)}"))
    for index, ring in enumerate(rings):
        body += _ring(ring, center, base, radii[index - 1] if index else 0, radii[index], narrow=css == "c-n")
    foot, below = _ground(ground, ground_title, base + 28, width)
    return drawing((width, below), css, *body, *foot)


def _arc(center: float, base: float, radius: float) -> str:
    left, right, r = number(center - radius), number(center + radius), number(radius)
    return f"M{left} {number(base)}A{r} {r} 0 0 1 {right} {number(base)}"


def _ring(ring: Ring, center: float, base: float, inside: float, radius: float, narrow: bool) -> list[Markup]:
    """The title near the top of the ring, its tactics along the middle of the ring on both sides of the title."""
    look = "t-p t-s" if narrow else "t-p"
    lines, wide = _title(ring.title, base, inside, radius, 12 if narrow else 13)
    parts = [words(center, y, line, look, "middle") for line, y in lines]
    if not inside:
        spots = _level(len(ring.tactics), center, base - (15 if narrow else 33), radius)
    else:
        middle = (inside + radius) / 2 - (2 if narrow else 0)
        spots = [
            (center + middle * cos(angle), base - middle * sin(angle))
            for angle in _angles(len(ring.tactics), middle, wide)
        ]
    for tactic, (x, y) in zip(ring.tactics, spots, strict=True):
        parts.append(placed(tactic.word, x - 9, y, 14 if narrow else 17))
        parts.append(words(x + (4 if narrow else 5), y + 4.5, tactic.number, "t-b"))
    return parts


def _title(title: str, base: float, inside: float, radius: float, size: int) -> tuple[list[tuple[str, float]], float]:
    """The title as high as the arc leaves room for it; on two lines where one would sink into the ring below."""
    split = title.rfind(" ", 0, len(title) // 2 + 3)
    choices = [[title]] if split < 0 else [[title], [title[:split], title[split + 1 :]]]
    for lines in choices:
        wide = max(text_width(line, size, bold=True) for line in lines)
        half = min(text_width(lines[0], size, bold=True) / 2 + (12 if inside else 4), radius * 0.95)
        top = base - (radius**2 - half**2) ** 0.5 + size + (0 if size == 12 else 1)
        placed_lines = [(line, top + (size + 2) * index) for index, line in enumerate(lines)]
        if not inside or placed_lines[-1][1] < base - inside - 3:
            break
    return placed_lines, wide


def _level(count: int, center: float, y: float, radius: float) -> list[tuple[float, float]]:
    """Places on one line across the innermost half circle."""
    step = min(radius * 0.86, 1.5 * radius / max(count, 1))
    return [(center + step * (index - (count - 1) / 2), y) for index in range(count)]


def _angles(count: int, middle: float, title: float) -> list[float]:
    """Angles along a ring, left to right, apart from the arc that the title takes at its top."""
    low = asin(min(26 / middle, 0.6))
    high = min(acos(min((title / 2 + 34) / middle, 0.94)), radians(70))
    high = max(high, low)
    left, right = (count + 1) // 2, count // 2
    return [pi - angle for angle in _between(left, low, high)] + _between(right, low, high)[::-1]


def _between(count: int, low: float, high: float) -> list[float]:
    """Angles spread over low..high, a single one in the middle."""
    if count <= 1:
        return [(low + high) / 2] * count
    return [low + (high - low) * index / (count - 1) for index in range(count)]


def _ground(tactics: Sequence[TacticMark], title: str, top: float, width: float) -> tuple[list[Markup], float]:
    """The tactics on which the circles stand, and the height where the picture ends."""
    parts: list[Markup] = []
    y = top
    for tactic in tactics:
        parts += [
            placed(tactic.word, 9, y, 17),
            words(23, y + 4.5, tactic.number, "t-b"),
            words(48, y + 4.5, tactic.name),
        ]
        y += 26
    for line in wrapped(title, width - 8, "t-q"):
        parts.append(words(0, y + 4.5, line.text, "t-q"))
        y += 18
    return parts, y if parts else top - 20
