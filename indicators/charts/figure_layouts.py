"""The layout of an interactive figure: the frame, axes, marks and words of the drawing that it stands over."""

import plotly.graph_objects as go

from .figure_marks import mark_shapes, pixel_path
from .figure_notes import plain, share, words_and_ties
from .plot import Frame, Width, thinned, value_labels
from .svg import EDGE, INK, INK_2, INK_3, LOOK, PAPER, RULE, SANS, SPRUCE, SPRUCE_TINT
from .trajectory import MEDIUM, WIDE, frame_of
from .trajectory_parts import TrajectoryChart, height_of_verdict

NARROWEST = 600
DIAMOND = "M3 8l5-6 5 6-5 6z"


def sized(css: str, width: float) -> Width:
    """A figure of this width, as high to wide as the wide drawing (`c-w`) or the medium one, letters at full size."""
    size = WIDE if css == WIDE.css else MEDIUM
    width = min(max(width, NARROWEST), WIDE.width)
    height = size.height * width / size.width
    return size._replace(width=width, height=height, bottom=height - (size.height - size.bottom))


def layout(chart: TrajectoryChart, size: Width) -> go.Layout:
    """The layout for a figure of this size."""
    chart = chart.within()
    frame = frame_of(chart, size)
    notes, ties = words_and_ties(chart, frame)
    built = go.Layout(
        width=size.width,
        height=size.height,
        margin={
            "l": frame.left, "r": size.width - frame.right, "t": frame.top, "b": size.height - frame.bottom,
            "autoexpand": False, "pad": 0,
        },
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": SANS, "size": 13, "color": INK_2},
        hovermode="x unified",
        hoverlabel={"bgcolor": PAPER, "bordercolor": EDGE, "font": {"color": INK}},
        dragmode=False,
        shapes=[*_under(chart, frame), *ties, *_marks(chart, frame)],
        annotations=notes,
        xaxis=_time_axis(chart, frame),
        yaxis=_value_axis(chart, frame),
    )  # fmt: skip
    return built


def _time_axis(chart: TrajectoryChart, frame: Frame) -> dict:
    names = thinned(chart.ticks, frame.x, short=False, width=frame.size.width)
    return {
        "range": [frame.x.low, frame.x.high],
        "tickvals": [place for place, _ in names],
        "ticktext": [plain(text) for _, text in names],
        "tickfont": {"color": INK_3},
        "ticks": "outside",
        "showgrid": False,
        "zeroline": False,
        "linecolor": INK,
        "tickcolor": INK,
        "fixedrange": True,
        "showspikes": False,
        "spikecolor": EDGE,
        "spikethickness": 1,
        "spikedash": "solid",
    }


def _value_axis(chart: TrajectoryChart, frame: Frame) -> dict:
    """The values, with the room above them that the drawing keeps for the day's words."""
    labels = value_labels(frame.y.low, frame.y.high, frame.size.tick_count, chart.unit_suffix)
    per_pixel = (frame.y.high - frame.y.low) / (frame.bottom - frame.y.end)
    return {
        "range": [frame.y.low, frame.y.low + per_pixel * (frame.bottom - frame.top)],
        "tickvals": [value for value, _ in labels],
        "ticktext": [text for _, text in labels],
        "tickfont": {"color": INK_3},
        "ticklabelstandoff": 5,
        "gridcolor": RULE,
        "zeroline": False,
        "fixedrange": True,
    }


def _under(chart: TrajectoryChart, frame: Frame) -> list[dict]:
    """The range that a goal aims at, under everything; the upright line of the day shown and its gold dot."""
    found = []
    if chart.target_range and chart.plan and chart.plan.points:
        low, high = chart.target_range
        place = {"x0": chart.plan.points[0].x, "x1": chart.plan.points[-1].x, "y0": low, "y1": high}
        look = {"fillcolor": SPRUCE_TINT, "line": {"width": 0}, "layer": "below"}
        found.append({"name": "range", "type": "rect"} | place | look)
    if chart.day:
        across = share(frame.x(chart.day.x), frame.top, frame)[0]
        place = {"x0": across, "x1": across, "xref": "paper", "yref": "paper", "y0": 0, "y1": 1}
        found.append({"name": "day", "type": "line", "line": {"color": INK_2, "width": 1.25}} | place)
        gold = LOOK["g-nowdot"]
        ring = {"x0": -4.5, "x1": 4.5, "y0": -4.5, "y1": 4.5, "xsizemode": "pixel", "ysizemode": "pixel"}
        look = {"fillcolor": gold["fill"], "line": {"color": gold["stroke"], "width": 1}}
        found.append({"name": "gold", "type": "circle"} | ring | look | _anchor(chart.day.x, frame.top, frame))
    return found


def _marks(chart: TrajectoryChart, frame: Frame) -> list[dict]:
    """Milestones and withheld readings on the time axis, and the shape of the status where it was judged."""
    found = []
    for tick in chart.milestones:
        look = {"fillcolor": SPRUCE if tick.is_done else PAPER, "line": {"color": SPRUCE, "width": 1.75}}
        at = _anchor(tick.x, frame.bottom - 9, frame)
        found.append({"name": "done" if tick.is_done else "to_come"} | pixel_path(DIAMOND, 1, **look, **at))
    verdict = chart.verdict
    for point in chart.actuals:
        if point.withheld and not (verdict and verdict.x == point.x):
            found += mark_shapes("withheld", 14, **_anchor(point.x, frame.bottom - 14, frame))
    if verdict:
        y = frame.y(verdict.value) if verdict.value is not None else height_of_verdict(chart, frame)
        found += mark_shapes(verdict.word, **_anchor(verdict.x, y, frame))
    return found


def _anchor(x: float, y: float, frame: Frame) -> dict:
    """Where a mark stands, as shares of the plot: tied to an axis it would be cut off at the plot's edge."""
    across, up = share(frame.x(x), y, frame)
    return {"xref": "paper", "yref": "paper", "xanchor": round(across, 5), "yanchor": round(up, 5)}
