"""The home page's strip: how much of the gain planned by now each goal has made, in three widths."""

from collections.abc import Sequence
from dataclasses import dataclass

from .marks import color_of, placed, status_class
from .scale import Box, Scale, text_width
from .svg import Markup, drawing, element, join, number, path, rect, words

ZONES = (0, 60, 95)
LOW, HIGH = -62.0, 162.0
SEVERE = ("moving_away", "target_missed", "off_track", "slightly_behind")


@dataclass(frozen=True)
class StripGoal:
    """A goal's short name, its word, and its share of the planned gain in percent (below nought: lost ground)."""

    name: str
    word: str
    share: float


@dataclass(frozen=True)
class Strip:
    """The strip's goals and its words: the four zones (word of the color, heading), and the marks below the axis."""

    goals: tuple[StripGoal, ...]
    zones: tuple[str, str, str, str] = ("", "", "", "")
    start_label: str = ""
    path_label: str = ""

    def ordered(self) -> list[StripGoal]:
        """Worst share first, as everywhere."""
        return sorted(self.goals, key=lambda goal: (goal.share, goal.name))

    def reach(self) -> tuple[float, float]:
        """From where to where the strip runs; a share beyond is drawn at the edge with an arrow."""
        shares = [goal.share for goal in self.goals]
        return max(-100.0, min([LOW, *(share - 8 for share in shares)])), min(
            200.0, max([HIGH, *(share + 8 for share in shares)])
        )


def draw(strip: Strip) -> Markup:
    """The three widths; decoration beside a list that says the same, hence hidden from screen readers."""
    return join([_wide(strip), _stacked(strip, 704, "c-m", 236), _stacked(strip, 328, "c-n", 152)])


def _wide(strip: Strip) -> Markup:
    """Names beside the marks, on as many rows as keep them apart."""
    low, high = strip.reach()
    x = Scale(low, high, 8, 1208)
    placed_names, rows = _rows(strip, x)
    base = 34 + 27 * rows
    body = _zone_fields(x, 28, base, 1216) + _zone_words(strip, x)
    body += [path("g-tick", f"M{number(x(edge))} {number(base)}v5") for edge in ZONES]
    body += [_planned_path(x, 28, base), path("g-axis", "M0 28H1216")]
    body += [join([_goal_mark(goal, x, y, 14), name]) for goal, y, name in placed_names]
    foot = base + 19
    body += [
        words(x(0), foot, strip.start_label, "t-q t-s", "middle"),
        words(x(60), foot, "60%", "t-q t-s", "middle"),
        words(x(95) + 4, foot, "95%", "t-q t-s", "end"),
        words(x(100) - 2, foot, strip.path_label, "t-p t-s"),
    ]
    return drawing((1216, foot + 5), "c-w", *body)


def _rows(strip: Strip, x: Scale) -> tuple[list[tuple[StripGoal, float, Markup]], int]:
    """Each goal on the first row where its name, right or left of its mark, covers nothing."""
    taken: list[Box] = []
    found, most = [], 0
    for goal in strip.ordered():
        look = "t-b" if goal.word in SEVERE else ""
        center = _clamped(goal, x)
        wide = text_width(goal.name, 13, bold=bool(look))
        for row in range(len(strip.goals)):
            y = 47 + 27 * row
            sides = _sides(center, wide, x(100))
            free = [
                (left, anchor)
                for left, anchor in sides
                if not any(_field(left, wide, center, y).overlap(box) for box in taken)
            ]
            if free:
                left, anchor = free[0]
                taken.append(_field(left, wide, center, y))
                name = words(left if anchor == "start" else left + wide, y + 4.5, goal.name, look, anchor)
                found.append((goal, y, name))
                most = max(most, row + 1)
                break
    return found, max(most, 5)


def _sides(center: float, wide: float, planned: float) -> list[tuple[float, str]]:
    """Right of the mark, or left where the words would cross the planned path or leave the strip."""
    right, left = (center + 13, "start"), (center - 13 - wide, "end")
    crosses = center < planned < center + 13 + wide + 12
    fits_right, fits_left = center + 13 + wide <= 1216, left[0] >= 0
    ordered = [left] if crosses and fits_left else [right, left]
    return [side for side in ordered if (fits_right if side is right else fits_left)] or [left]


def _field(left: float, wide: float, center: float, y: float) -> Box:
    return Box(min(left, center - 9) - 5, y - 12, max(left + wide, center + 9) + 5, y + 12)


def _stacked(strip: Strip, width: float, css: str, names: float) -> Markup:
    """One row a goal, the name at the left, for narrow screens."""
    low, high = strip.reach()
    x = Scale(low, high, names + 6, width - 8)
    goals = strip.ordered()
    base = 28 + 30 * len(goals)
    edges = [words(x(0), 14, "0%", "t-q t-s", "middle"), words(x(60), 14, "60%", "t-q t-s", "middle")]
    if width > 400:
        edges.append(words(x(95), 14, "95%", "t-q t-s", "end"))
    body = [
        *_zone_fields(x, 24, base, width),
        *edges,
        _planned_path(x, 24, base),
        words(x(100) + 1, 14, "100%", "t-p t-s"),
    ]
    for row, goal in enumerate(goals):
        y = 41 + 30 * row
        look = "t-b" if goal.word in SEVERE else ""
        lines = _two_lines(goal.name, names, look)
        body += [words(0, y + 14 * index - 7 * (len(lines) - 1), line, look) for index, line in enumerate(lines)]
        body.append(_goal_mark(goal, x, y - 4.5, 15))
    return drawing((width, base + 4), css, *body)


def _two_lines(name: str, width: float, look: str) -> list[str]:
    """A name that is too long for its column on two lines."""
    kept: list[str] = []
    for word in name.split():
        longer = f"{kept[-1]} {word}" if kept else word
        if kept and (len(kept) == 2 or text_width(longer, 13, bold=bool(look)) <= width - 4):
            kept[-1] = longer
        else:
            kept.append(word)
    return kept


def _clamped(goal: StripGoal, x: Scale) -> float:
    return min(max(x(goal.share), x.start + 8), x.end - 8)


def _goal_mark(goal: StripGoal, x: Scale, y: float, size: float) -> Markup:
    """The shape at its share; beyond the edge of the strip with an arrow that says so."""
    center = _clamped(goal, x)
    if x.low <= goal.share <= x.high:
        return placed(goal.word, center, y, size)
    side = 1 if goal.share > x.high else -1
    arrow = path("g-lead", f"M{number(center + side * 9)} {number(y - 4)}l{4 * side} 4l{-4 * side} 4")
    return join([placed(goal.word, center, y, size), arrow])


def _zone_fields(x: Scale, top: float, base: float, width: float) -> list[Markup]:
    off = rect("g-zone", x(0), top, x(60) - x(0), base - top)
    return [off, rect("g-zone", x(95), top, width - x(95), base - top)]


def _zone_words(strip: Strip, x: Scale) -> list[Markup]:
    """The heading of each zone in the color of its word."""
    places = zip(
        (0, x(0) + 8, x(60) + 8, x(95) + 8),
        ("moving_away", "off_track", "slightly_behind", "on_track"),
        strip.zones,
        strict=True,
    )
    return [
        element("g", {"class": status_class(word)}, words(left, 14, heading, "t-c", color=color_of(word)))
        for left, word, heading in places
        if heading
    ]


def _planned_path(x: Scale, top: float, base: float) -> Markup:
    return path("g-plan", f"M{number(x(100))} {number(top)}V{number(base)}")


def by_zone(goals: Sequence[StripGoal]) -> list[list[StripGoal]]:
    """The goals below 0, below 60, below 95 and from 95 % on: for the words beside the picture."""
    edges = (float("-inf"), *ZONES, float("inf"))
    return [[goal for goal in goals if low <= goal.share < high] for low, high in zip(edges, edges[1:], strict=False)]
