"""The words of an interactive figure, placed as on the drawing: one annotation a line, at shares of the plot.

A label that is clean in a narrow figure stays clean in a wider one of the same height to width: places move apart,
words do not grow. So the words placed for one width serve a little more as well.
"""

from .marks import color_of
from .plot import Frame, day_words
from .scale import Line, block_size, text_width
from .svg import EDGE, INK, INK_2, INK_3, LOOK, SERIF, SPRUCE, text_look
from .trajectory import contents, heading_lines, sheet_of
from .trajectory_labels import Caption, captions
from .trajectory_parts import TrajectoryChart

# What colors each class of text; the page's script knows the same names.
TONES = {"t-p": ("plan", SPRUCE), "t-b": ("ink", INK), "t-a": ("day", INK_2), "t-q": ("quiet", INK_3)}
ALIGNED = {"start": "left", "middle": "center", "end": "right"}


def plain(text: str) -> str:
    """Plotly reads tags in text; what looks like one is shown as it is written."""
    return text.replace("&", "&amp;").replace("<", "&lt;")


def words_and_ties(chart: TrajectoryChart, frame: Frame) -> tuple[list[dict], list[dict]]:
    """Annotations for all words of the chart, and shapes for the thin lines that tie some to their places."""
    sheet = sheet_of(frame)
    contents(chart, frame, sheet)  # what is drawn there, the words keep off
    placed = captions(chart, frame, sheet)
    notes = _furniture(chart, frame) + [note for caption in placed for note in _lines(caption, frame)]
    ties = [_tie(caption, frame) for caption in placed if caption.tie]
    return notes, ties + _underline(chart, frame)


def share(x: float, y: float, frame: Frame) -> tuple[float, float]:
    """A place of the drawing as shares of the plot, from its lower left corner; beyond it they pass 0 or 1."""
    return (x - frame.left) / (frame.right - frame.left), (frame.bottom - y) / (frame.bottom - frame.top)


def _furniture(chart: TrajectoryChart, frame: Frame) -> list[dict]:
    """The names of both axes, the day shown, and the word that marks illustrations."""
    found = [_note(line, 0, 10 + 15 * row, "start", frame) for row, line in enumerate(heading_lines(chart, frame.size))]
    if chart.time_title:
        found.append(_note(Line(chart.time_title, "t-q t-s"), frame.left, frame.bottom + 33, "start", frame))
    if chart.day:
        x, anchor, text = day_words(frame, chart.day)
        found.append(_note(Line(text, "t-a"), x, frame.top, anchor, frame))
    if chart.illustration:
        place = (frame.size.width, frame.size.height - 8)
        found.append(_note(Line(chart.illustration, "t-s"), *place, "end", frame))
    return found


def _lines(caption: Caption, frame: Frame) -> list[dict]:
    """Each line of a label by itself: they differ in size and color, and a tag for that would need an inline style."""
    spot = caption.spot
    top, found = spot.y - block_size(caption.lines)[1] / 2, []
    for line in caption.lines:
        found.append(_note(line, spot.x, top + line.size * 0.65, spot.anchor, frame, caption.word))
        top += line.size * 1.3
    return found


def _note(line: Line, x: float, y: float, anchor: str, frame: Frame, word: str = "") -> dict:
    """One line of words, its middle height at y; `name` says which color it takes in the theme shown.

    Within the plot words keep their share of it; beside it, over it and under it, their distance in pixels.
    """
    edge_x, edge_y = min(max(x, frame.left), frame.right), min(max(y, frame.top), frame.bottom)
    across, up = share(edge_x, edge_y, frame)
    classes = line.look.split()
    name, color = next((tone for css, tone in TONES.items() if css in classes), TONES["t-a"])
    if word and {"t-c", "t-big"} & set(classes):
        name, color = word, color_of(word)
    look = text_look(line.look)
    font = {"size": line.size, "weight": int(look.get("font-weight") or 400), "color": color}
    if "t-big" in classes:
        font["family"] = SERIF
    return {
        "name": name,
        "text": plain(line.text),
        "xref": "paper",
        "yref": "paper",
        "x": round(across, 4),
        "y": round(up, 4),
        "xshift": round(x - edge_x, 1),
        "yshift": round(edge_y - y, 1),
        "xanchor": ALIGNED[anchor],
        "yanchor": "middle",
        "align": ALIGNED[anchor],
        "showarrow": False,
        "borderpad": 0,
        "borderwidth": 0,
        "font": font,
    }


def _underline(chart: TrajectoryChart, frame: Frame) -> list[dict]:
    """The broken gold line under the word that marks illustrations, as everywhere on the site."""
    if not chart.illustration:
        return []
    right, y = frame.size.width, frame.size.height
    ends = [share(x, y, frame) for x in (right - text_width(chart.illustration, 12) - 2, right)]
    line = {"color": LOOK["g-nowdot"]["fill"], "width": 2, "dash": "5px,3px"}
    return [{"name": "illustration", **_straight(ends), "line": line}]


def _straight(spots: list[tuple[float, float]]) -> dict:
    """A line through shares of the plot."""
    drawn = "M" + "L".join(f"{x:.4f},{y:.4f}" for x, y in spots)
    return {"type": "path", "xref": "paper", "yref": "paper", "path": drawn}


def _tie(caption: Caption, frame: Frame) -> dict:
    """A thin line from words to what they speak of."""
    spots = [share(x, y, frame) for x, y in caption.tie]
    line = {"color": EDGE, "width": 1, "dash": "4px,4px" if caption.tie_look == "g-lim" else "solid"}
    return {"name": "tie", **_straight(spots), "line": line}
