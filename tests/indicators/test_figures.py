"""The interactive figure: the drawing's own numbers, words and marks, in the browser's hands."""

import json
import re
from dataclasses import replace
from functools import cache
from itertools import combinations

import plotly.graph_objects as go
import pytest

from indicators.charts import figure_layouts, figure_marks, figures, marks, trajectory
from indicators.charts.scale import Box, text_width
from indicators.charts.trajectory import TrajectoryChart, Verdict
from tests.indicators.drawn import (
    REAL,
    attendance,
    foster,
    grade_three,
    graduation_ahead,
    make_chart,
    parsed,
    ranged,
    years,
)

SIZES = [figures.sized("c-w", 1040), figures.sized("c-w", 1216), figures.sized("c-m", 640), figures.sized("c-m", 940)]


@pytest.mark.parametrize("make", REAL, ids=lambda make: make.__name__)
@pytest.mark.parametrize("size", [trajectory.WIDE, trajectory.MEDIUM], ids=lambda size: size.css)
def test_a_figure_says_what_the_drawing_says(make, size):
    drawing, layout = parsed(trajectory.draw_width(make(), size, "c")), figures.figure(make(), size).layout
    said = [note.text for note in layout.annotations] + [*layout.xaxis.ticktext, *layout.yaxis.ticktext]
    assert sorted(said) == sorted(node.text for node in drawing.iter("text"))


@cache
def layout_of(make, size):
    return figure_layouts.layout(make(), size)


def box_of(note, layout):
    """Where a line of words stands in the figure, in pixels."""
    margin, wide = layout.margin, text_width(note.text, note.font.size, bold=note.font.weight > 500)
    wide *= 0.95 if note.font.size > 20 else 1
    x = margin.l + note.x * (layout.width - margin.l - margin.r) + note.xshift
    y = margin.t + (1 - note.y) * (layout.height - margin.t - margin.b) - note.yshift
    left = x - wide * {"left": 0, "center": 0.5, "right": 1}[note.xanchor]
    return Box(left, y - note.font.size * 0.4, left + wide, y + note.font.size * 0.4)


@pytest.mark.parametrize("make", REAL, ids=lambda make: make.__name__)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.css}-{size.width}")
def test_no_words_of_a_figure_stand_on_others_or_leave_it_at_any_width(make, size):
    layout = layout_of(make, size)
    boxes = [(box_of(note, layout), note.text) for note in layout.annotations]
    for (box, text), (other, words) in combinations(boxes, 2):
        assert box.overlap(other) < 3, f"“{text}” covers “{words}”"
    for box, text in boxes:
        assert box.left > -3 and box.right < size.width + 3 and -2 < box.top and box.bottom < size.height + 2, text


@pytest.mark.parametrize("make", REAL, ids=lambda make: make.__name__)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size.css}-{size.width}")
def test_the_line_of_the_day_shown_runs_through_no_words(make, size):
    chart = make()
    if not chart.day:
        return
    layout, frame = layout_of(make, size), trajectory.frame_of(chart.within(), size)
    upright = ((frame.x(chart.day.x), frame.top), (frame.x(chart.day.x), frame.bottom))
    assert not [note.text for note in layout.annotations if box_of(note, layout).crossed_by(*upright)]


def test_a_figure_is_as_high_to_wide_as_the_drawing_that_it_stands_over():
    for size in SIZES:
        drawn = trajectory.WIDE if size.css == "c-w" else trajectory.MEDIUM
        assert size.height / size.width == pytest.approx(drawn.height / drawn.width)


@pytest.mark.parametrize("width", [-5, 0, 320, 4000, 10**9])
def test_a_figure_is_drawn_for_no_width_that_a_page_cannot_have(width):
    assert 600 <= figures.sized("c-m", width).width <= 1216
    assert figures.sized("nonsense", width).css == "c-m"


def test_a_figure_shows_the_milestones_done_and_to_come():
    shapes = figures.figure(make_chart()).layout.shapes
    found = {shape.name: shape.xanchor for shape in shapes if shape.name in ("done", "to_come")}
    share = lambda year: pytest.approx((year - 2010) / (2022 - 2010), abs=1e-4)  # noqa: E731
    assert found == {"done": share(2018.7), "to_come": share(2020.6)}


@pytest.mark.parametrize("word", marks.MARKS)
def test_every_word_keeps_its_own_shape_in_a_figure(word):
    own = [shape["path"] for shape in figure_marks.mark_shapes(word)]
    others = [[s["path"] for s in figure_marks.mark_shapes(w)] for w in marks.MARKS if w != word]
    same = [shapes for shapes in others if shapes == own]
    dashed = {w: mark.dash for w, mark in marks.MARKS.items()}
    assert not same or word in ("awaiting_baseline", "not_due_yet") and dashed["awaiting_baseline"]
    go.Layout(shapes=figure_marks.mark_shapes(word, xanchor=2020, yanchor=1.5))


def test_a_disc_is_round_and_in_the_middle():
    numbers = [float(n) for n in re.findall(r"-?[\d.]+", figure_marks.curves(marks.MARKS["on_track"].filled[0]))]
    ends = list(zip(numbers[0::2], numbers[1::2], strict=True))
    assert {(-6.5, 0), (0, -6.5), (6.5, 0), (0, 6.5)} <= set(ends)


def test_a_reading_that_is_late_is_marked_by_its_clock_though_it_has_no_value():
    late = replace(attendance(), verdict=Verdict("data_overdue", 2019.9, None, None, "Reading was due November 15"))
    built = figures.figure(late)
    assert [shape.yref for shape in built.layout.shapes if shape.name == "data_overdue"] == ["paper"] * 2
    assert "Reading was due November 15" in [note.text for note in built.layout.annotations]


def test_withheld_readings_stand_on_the_time_axis():
    shapes = figures.figure(foster()).layout.shapes
    frame = trajectory.frame_of(foster(), trajectory.WIDE)
    places = {
        (frame.x(point.x) - frame.left) / (frame.right - frame.left) for point in foster().actuals if point.withheld
    }
    assert sorted({shape.xanchor for shape in shapes if shape.name == "withheld"}) == pytest.approx(
        sorted(places), abs=1e-4
    )


def test_nothing_of_the_layout_is_tied_to_an_axis_that_would_cut_it_off():
    """Plotly clips a shape to the axis it is tied to: a mark on the plot's edge would be half a mark."""
    for make in REAL:
        shapes = [shape for shape in figures.figure(make()).layout.shapes if shape.name != "range"]
        assert {(shape.xref, shape.yref) for shape in shapes} <= {("paper", "paper")}


def test_a_missing_year_is_a_gap_in_the_figure_too():
    actual = next(trace for trace in figures.figure(grade_three()).data if trace.meta["role"] == "actual")
    assert actual.y[4] is None and not actual.connectgaps


def test_a_figure_that_has_nothing_yet_is_still_a_figure():
    empty = TrajectoryChart(title="Nothing yet", description="", axis_title="Percent", ticks=years(2020, 2024))
    assert figures.figure(empty).data


def test_the_figure_has_the_forecast_between_two_edges_and_tells_it_once():
    low, high = [trace for trace in figures.figure(graduation_ahead()).data if trace.meta["role"] == "forecast"]
    assert (low.x, low.y, high.y) == ((2020, 2021, 2022), (85.1, 85.8, 86.5), (87.7, 88.4, 89.2))
    assert (low.hoverinfo, low.fill, high.fill, high.text[0]) == ("skip", None, "tonexty", "85.1 to 87.7")


def test_the_figure_shows_a_range_under_everything():
    (band,) = [shape for shape in figures.figure(ranged()).layout.shapes if shape.name == "range"]
    assert (band.name, band.y0, band.y1, band.layer) == ("range", 1550, 1700, "below")


@pytest.mark.parametrize("make", REAL, ids=lambda make: make.__name__)
def test_plotly_accepts_every_figure(make):
    written_out = json.loads(figures.figure_json(make()))
    assert "template" not in written_out["layout"]
    go.Figure(written_out)
    assert {trace["meta"]["role"] for trace in written_out["data"]} >= {"actual", "plan"}


def test_a_figure_carries_no_tag_that_would_need_an_inline_style():
    chart = make_chart(actual_label="<b>Actual</b>", axis_title="<i>Percent</i>")
    text = figures.figure_json(chart).replace("\\u003c", "<").replace("\\u003e", ">")
    assert not any(tag in text for tag in ("<b>", "<i>", "<em>", "<sub>", "<a "))
