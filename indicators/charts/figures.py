"""The interactive figure of a trajectory: the numbers of the drawing as a Plotly figure, checked by Plotly itself.

Text carries no tags but line breaks (others would need inline styles, which the site's policy forbids). Each trace
names its role in `meta`, by which the page's script gives it the colors of the theme. No default template.
"""

import plotly.graph_objects as go

from .figure_layouts import layout, sized
from .figure_notes import plain
from .marks import color_of
from .plot import Point, Width
from .svg import INK, INK_3, PAPER, SPRUCE
from .trajectory import WIDE
from .trajectory_parts import Forecast, PlannedPath, TrajectoryChart

__all__ = ["figure", "figure_json", "sized"]

# No legend: the lines carry their names. A mark on the plot's edge is drawn whole.
SHARED = {"showlegend": False, "cliponaxis": False}


def figure(chart: TrajectoryChart, size: Width = WIDE) -> go.Figure:
    """The figure in light colors; a wrong property or value raises ValueError here, not in the reader's browser."""
    chart = chart.within()
    traces = _forecast(chart.forecast) if chart.forecast else []
    traces += [_ghost(ghost) for ghost in (chart.first_path, *chart.revisions) if ghost]
    traces += [_benchmark(other.points, other.label) for other in chart.benchmarks]
    if chart.plan:
        traces.append(_plan(chart.plan))
    if chart.verdict and chart.verdict.value is not None:
        traces.append(_verdict(chart))
    traces.append(_actuals(chart))
    built = go.Figure(data=traces, layout=layout(chart, size))
    built.layout.template = None
    return built


def figure_json(chart: TrajectoryChart, size: Width = WIDE) -> str:
    """The figure as JSON for its own address."""
    return figure(chart, size).to_json()


def _series(points: tuple[Point, ...]) -> dict:
    return {
        "x": [point.x for point in points],
        "y": [point.value for point in points],
        "text": [plain(point.text) for point in points],
        "connectgaps": False,
    }


def _trace(role: str, name: str, mode: str, **more: object) -> go.Scatter:
    hover = "%{text}<extra>" + plain(name) + "</extra>"
    return go.Scatter(
        name=plain(name),
        mode=mode,
        meta={"role": role},
        hovertemplate=hover,
        showlegend=False,
        cliponaxis=False,
        **more,
    )


def _forecast(ahead: Forecast) -> list[go.Scatter]:
    """The interval ahead as an area between two dotted edges; the upper one tells the range."""
    places = [point.x for point in ahead.points]
    if len(places) == 1:
        places = [places[0] - 0.08, places[0] + 0.08]
    rows = ahead.points if len(ahead.points) > 1 else ahead.points * 2
    edge = {"color": INK_3, "width": 1.5, "dash": "3px,3px"}
    low = _trace("forecast", ahead.caption, "lines", line=edge, x=places, y=[point.low for point in rows])
    told = {"text": [plain(point.text) for point in rows], "fill": "tonexty", "fillcolor": translucent(INK_3)}
    high = _trace("forecast", ahead.caption, "lines", line=edge, x=places, y=[point.high for point in rows], **told)
    return [low.update(hoverinfo="skip", hovertemplate=None), high]


def translucent(color: str) -> str:
    """A color of six hexadecimal digits, thin enough to see the grid through."""
    red, green, blue = (int(color[place : place + 2], 16) for place in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.16)"


def _ghost(way: PlannedPath) -> go.Scatter:
    line = {"color": INK_3, "width": 1.5, "dash": "dot", "shape": "hv" if way.stepped else "linear"}
    return _trace("ghost", way.caption, "lines", line=line, **_series(way.points))


def _plan(way: PlannedPath) -> go.Scatter:
    line = {"color": SPRUCE, "width": 2, "dash": "7px,5px", "shape": "hv" if way.stepped else "linear"}
    marker = {"symbol": "circle", "size": 10, "color": PAPER, "line": {"color": SPRUCE, "width": 1.75}}
    return _trace("plan", way.caption, "lines+markers", line=line, marker=marker, **_series(way.points))


def _benchmark(points: tuple[Point, ...], name: str) -> go.Scatter:
    look = {
        "line": {"color": INK_3, "width": 1.75},
        "marker": {"symbol": "cross-thin", "size": 8, "line": {"color": INK_3, "width": 1.75}},
    }
    return _trace("benchmark", name, "lines+markers", **look, **_series(points))


def _actuals(chart: TrajectoryChart) -> go.Scatter:
    """The readings, bands as error bars about their middle; a break of the series is a gap in the line."""
    points: list[Point] = []
    for point in chart.actuals:
        if points and any(points[-1].x < cut <= point.x for cut in chart.cuts()):
            points.append(Point((points[-1].x + point.x) / 2))
        points.append(point)
    series = _series(tuple(points))
    halves = [
        (point.high - point.low) / 2 if point.low is not None and point.high is not None else 0 for point in points
    ]
    if any(halves):
        pairs = zip(points, halves, strict=True)
        series["y"] = [point.low + half if half else point.value for point, half in pairs]
    bars = {"type": "data", "array": halves, "color": INK, "thickness": 2.75, "width": 5, "visible": any(halves)}
    # A band has no middle that anyone published, hence no dot there.
    sizes = [0 if half else 9 for half in halves]
    marker = {"size": sizes, "opacity": 1, "color": INK, "line": {"color": PAPER, "width": 1.5}}
    if any(halves):
        marker["line"]["width"] = [0 if half else 1.5 for half in halves]
    look = {"line": {"color": INK, "width": 2.75}, "marker": marker}
    # Neighboring bands must not be joined: the line would show a course that nobody published.
    mode = "markers" if any(halves) else "lines+markers"
    return _trace("actual", chart.actual_label, mode, error_y=bars, **look, **series)


def _verdict(chart: TrajectoryChart) -> go.Scatter:
    """The gap as an upright stroke; the shape of the status stands at its end as a shape of the layout."""
    verdict = chart.verdict
    return go.Scatter(
        x=[verdict.x] * 2,
        y=[verdict.value if verdict.planned is None else verdict.planned, verdict.value],
        mode="lines",
        line={"color": color_of(verdict.word), "width": 3},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
        meta={"role": "gap", "word": verdict.word},
    )
