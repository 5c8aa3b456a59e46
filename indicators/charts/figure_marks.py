"""The shapes of the words as Plotly takes them: pixels about an anchor, absolute, and with curves in place of arcs."""

import re

from .marks import color_of, mark_of
from .svg import PAPER

# How far a curve's handles reach to look like a quarter of a circle.
QUARTER = 0.5523
TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.\d+|\.\d+|\d+)")
COUNT = {"M": 2, "L": 2, "H": 1, "V": 1, "A": 7, "Z": 0}


def mark_shapes(word: str, size: float = 17, **anchor: object) -> list[dict]:
    """The mark of a word as shapes of a layout, its middle at the anchor; `name` says which color each takes."""
    mark, color = mark_of(word), color_of(word)
    dash = "2px,2.7px" if mark.dash else "solid"
    line = {"color": color, "width": 2 * size / 16, "dash": dash}
    filled = {"name": word, "fillcolor": color, "line": {"width": 0}}
    hollow = {"name": word, "line": line}
    hole = {"name": "hole", "line": {"color": PAPER, "width": 2 * size / 16}}
    looks = [(filled, mark.filled), (hollow, mark.stroked), (hole, mark.holes)]
    return [pixel_path(d, size / 16, **look, **anchor) for look, paths in looks for d in paths]


def pixel_path(d: str, scale: float, **look: object) -> dict:
    """A path of the 16 by 16 field of the marks, about its middle."""
    return {"type": "path", "xsizemode": "pixel", "ysizemode": "pixel", "path": curves(d, scale), **look}


def curves(d: str, scale: float = 1.0) -> str:
    """The path with its middle at nought, the y axis upward, in the few commands that Plotly reads.

    >>> curves("M8 0l8 8H0z", 0.5)
    'M0,4L4,0L-4,0Z'
    """
    parts: list[str] = []
    x = y = 0.0
    at = lambda a, b: f"{(a - 8) * scale:.6g},{(8 - b) * scale + 0:.6g}"  # noqa: E731
    for command, numbers in _commands(d):
        name, base = command.upper(), (x, y) if command.islower() else (0.0, 0.0)
        if name == "Z":
            parts.append("Z")
            continue
        if name == "A":
            parts += _half_turn((x, y), numbers, at)
        x = x if name == "V" else base[0] + numbers[-2 if name != "H" else -1]
        y = y if name == "H" else base[1] + numbers[-1]
        if name != "A":
            parts.append(("M" if name == "M" else "L") + at(x, y))
    return "".join(parts)


def _commands(d: str):
    """(letter, numbers) for each step of a path; numbers that go on without a letter draw a further line."""
    tokens = TOKEN.findall(d)
    letter = ""
    while tokens:
        if tokens[0].isalpha():
            letter = tokens.pop(0)
        count = COUNT[letter.upper()]
        yield letter, [float(token) for token in tokens[:count]]
        del tokens[:count]
        letter = {"M": "L", "m": "l"}.get(letter, letter)


def _half_turn(start: tuple[float, float], numbers: list[float], at) -> list[str]:
    """Half a circle to the place beside, as the discs of the marks are drawn: first below, then back above."""
    (x, y), radius, wide = start, numbers[0], numbers[-2]
    down, reach = (radius if wide > 0 else -radius), QUARTER * wide / 2
    middle, end = (x + wide / 2, y + down), (x + wide, y)
    return [
        f"C{at(x, y + QUARTER * down)} {at(middle[0] - reach, middle[1])} {at(*middle)}",
        f"C{at(middle[0] + reach, middle[1])} {at(end[0], end[1] + QUARTER * down)} {at(*end)}",
    ]
