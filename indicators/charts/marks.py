"""The shapes of the words: every status and every state of a milestone has its own, so that none needs its color."""

from typing import NamedTuple

from .svg import PAPER, Markup, element, join

MET, ON, BEHIND, OFF = "#0f5f3c", "#0f6e77", "#865c00", "#b03a14"
AWAY, OVERDUE, QUIET = "#8a1750", "#54478c", "#586562"


class Mark(NamedTuple):
    """The class that gives a word its color, that color in light, and its shape: filled paths, strokes and holes."""

    css: str
    color: str
    filled: tuple[str, ...] = ()
    stroked: tuple[str, ...] = ()
    holes: tuple[str, ...] = ()
    dash: str | None = None


def _disc(radius: float) -> str:
    return f"M{8 - radius} 8a{radius} {radius} 0 1 0 {2 * radius} 0a{radius} {radius} 0 1 0 {-2 * radius} 0z"


_CHECK = "M4.4 8.4l2.5 2.5 4.8-5.4"

MARKS = {
    "moving_away": Mark("is-away", AWAY, filled=("M8.5.5L.5 8l8 7.5V11H15.5V5H8.5z",)),
    "target_missed": Mark("is-missed", OFF, filled=("M1 1h14v14H1z",), holes=("M4.8 4.8l6.4 6.4M11.2 4.8l-6.4 6.4",)),
    "off_track": Mark("is-off", OFF, filled=("M8 0l8 8-8 8-8-8z",)),
    "data_overdue": Mark("is-overdue", OVERDUE, stroked=(_disc(6.5), "M8 4v4.3l2.8 2")),
    "slightly_behind": Mark("is-behind", BEHIND, filled=("M8 1l7.5 13.5H.5z",)),
    "on_track": Mark("is-on", ON, filled=(_disc(6.5),)),
    "target_met": Mark("is-met", MET, filled=(_disc(7.5),), holes=(_CHECK,)),
    "not_comparable": Mark("is-notcomp", QUIET, stroked=("M2 5.8h12M2 10.2h12M11 1.8L5 14.2",)),
    "withheld": Mark("is-withheld", QUIET, stroked=("M2 2h12v12H2zM5 8h6",)),
    "awaiting_baseline": Mark("is-await", QUIET, stroked=(_disc(6),), dash="2 2.7"),
    "not_due_yet": Mark("is-notdue", QUIET, stroked=(_disc(6),)),
    "withdrawn": Mark("is-withdrawn", QUIET, stroked=(_disc(6), "M3.8 12.2l8.4-8.4")),
}

MILESTONE_MARKS = {
    "done": Mark("is-met", MET, filled=(_disc(7.5),), holes=(_CHECK,)),
    "done_late": Mark("is-met", MET, stroked=(_disc(6.5), "M4.8 8.3l2.3 2.4 4.2-4.9")),
    "on_time": Mark("is-notdue", QUIET, stroked=(_disc(6),)),
    "due_soon": Mark("is-behind", BEHIND, filled=("M8 2a6 6 0 0 1 0 12z",), stroked=(_disc(6),)),
    "overdue": Mark("is-off", OFF, filled=("M2 .8h12L8.9 8 14 15.2H2L7.1 8z",)),
    "blocked": Mark("is-off", OFF, filled=("M4.9.5h6.2l4.4 4.4v6.2l-4.4 4.4H4.9L.5 11.1V4.9z",), holes=("M4 8h8",)),
    "not_started": Mark("is-notdue", QUIET, stroked=("M8 4.6L11.4 8 8 11.4 4.6 8z",)),
}


def mark_of(word: str) -> Mark:
    """The mark of a status or milestone word; a KeyError names a word that has none."""
    return MARKS[word] if word in MARKS else MILESTONE_MARKS[word]


def status_class(word: str) -> str:
    """The class that gives everything inside it the color of the word."""
    return mark_of(word).css


def color_of(word: str) -> str:
    """The color of the word on light paper."""
    return mark_of(word).color


def shape(word: str) -> Markup:
    """The bare shape in its field of 16 by 16."""
    mark = mark_of(word)
    line = {"class": "g-markl", "fill": "none", "stroke": mark.color, "stroke-width": 2, "stroke-dasharray": mark.dash}
    hole = {"class": "g-hole", "fill": "none", "stroke": PAPER, "stroke-width": 2}
    return join(
        [element("path", {"class": "g-mark", "fill": mark.color, "d": d}) for d in mark.filled]
        + [element("path", line | {"d": d}) for d in mark.stroked]
        + [element("path", hole | {"d": d}) for d in mark.holes]
    )


def status_mark(word: str) -> Markup:
    """The shape as a small picture to stand before its word, inside an element that has the word's class."""
    return element("svg", {"viewBox": "0 0 16 16", "aria-hidden": "true", "focusable": "false"}, shape(word))


def placed(word: str, x: float, y: float, size: float = 17) -> Markup:
    """The shape in a drawing, centered on a point."""
    move = f"translate({x - size / 2:.1f} {y - size / 2:.1f}) scale({size / 16:.3f})"
    return element("g", {"class": status_class(word), "transform": move}, shape(word))
