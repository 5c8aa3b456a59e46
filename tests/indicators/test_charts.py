"""The drawings: well-formed, named, escaped, honest about gaps, and with no label over another."""

import json
from dataclasses import replace
from itertools import combinations

import plotly.graph_objects as go
import pytest

from indicators.charts import figures, svg, trajectory
from indicators.charts.plot import stretches
from indicators.charts.scale import extent, nice_step, ticks, written
from indicators.charts.trajectory import TrajectoryChart
from tests.indicators.drawn import (
    REAL,
    WIDTHS,
    foster,
    grade_three,
    label_boxes,
    make_chart,
    membership,
    parsed,
    series,
    years,
)


@pytest.mark.parametrize("make", REAL, ids=lambda make: make.__name__)
@pytest.mark.parametrize("size", WIDTHS, ids=lambda size: size.css)
def test_no_label_stands_on_another_or_leaves_the_drawing(make, size):
    drawing = parsed(trajectory.draw_width(make(), size, "c"))
    boxes = label_boxes(drawing)
    for (box, text), (other, words) in combinations(boxes, 2):
        assert box.overlap(other) < 3, f"“{text}” covers “{words}”"
    for box, text in boxes:
        assert box.left > -2 and box.right < size.width + 12 and box.bottom <= size.height, text


@pytest.mark.parametrize("make", REAL, ids=lambda make: make.__name__)
def test_a_chart_is_drawn_in_three_widths_each_with_a_name_and_a_description(make):
    drawings = list(parsed(trajectory.draw(make(), "goal-7")))
    assert [drawing.get("class").split()[0] for drawing in drawings] == ["c-w", "c-m", "c-n"]
    assert [drawing.get("viewBox").split()[2] for drawing in drawings] == ["1216", "704", "328"]
    ids = [node.get("id") for drawing in drawings for node in drawing.iter() if node.get("id")]
    assert len(ids) == len(set(ids)) == 6
    for drawing in drawings:
        named = drawing.get("aria-labelledby").split()
        assert [drawing.find("title").get("id"), drawing.find("desc").get("id")] == named
        assert drawing.get("role") == "img" and drawing.find("title").text and drawing.find("desc").text


def test_text_cannot_become_markup():
    bad = '<script>alert("&")</script>'
    chart = make_chart(title=bad, description=bad, axis_title=bad, actual_label=bad, illustration=bad)
    drawing = trajectory.draw(replace(chart, verdict=replace(chart.verdict, caption=bad)), "c")
    assert "<script" not in drawing
    assert parsed(drawing).find("svg/title").text == bad
    assert svg.words(0, 0, bad).count("<") == 2
    assert svg.join(["<b>", svg.Markup("<g/>")]) == "&lt;b&gt;<g/>"


def test_a_drawing_carries_no_inline_style_and_no_script():
    assert 'style="' not in trajectory.draw(make_chart(), "c")


def test_a_missing_year_is_a_gap_and_not_a_zero():
    parts = stretches(grade_three().actuals)
    assert [[point.x for point in part] for part in parts] == [[2016, 2017, 2018, 2019], [2021, 2022]]
    drawing = parsed(trajectory.draw_width(grade_three(), trajectory.WIDE, "c"))
    lines = [node.get("d") for node in drawing.iter("path") if node.get("class") == "g-act"]
    assert [line.count("L") for line in lines] == [3, 1]
    actual = next(trace for trace in figures.figure(grade_three()).data if trace.meta["role"] == "actual")
    assert actual.y[4] is None and not actual.connectgaps


def test_a_break_of_the_series_stops_the_line():
    points = series([(2013, 70.0), (2014, 71.0), (2015, 40.0)])
    assert len(stretches(points, [2014.5])) == 2
    chart = grade_three()
    broken = replace(chart, annotations=(trajectory.Annotation(2017.5, "New test", is_break=True),))
    drawn = parsed(trajectory.draw_width(broken, trajectory.WIDE, "c"))
    lines = [node for node in drawn.iter("path") if node.get("class") == "g-act"]
    assert len(lines) == 3


def test_a_withheld_reading_has_a_mark_and_no_height():
    drawing = trajectory.draw_width(foster(), trajectory.WIDE, "c")
    assert drawing.count('class="is-withheld"') == 3  # the earlier reading, the last one's mark and its words
    assert "g-pt" not in drawing


def test_a_band_is_an_upright_bar_from_low_to_high():
    drawing = parsed(trajectory.draw_width(foster(), trajectory.WIDE, "c"))
    bars = [node.get("d") for node in drawing.iter("path") if node.get("class") == "g-act"]
    assert len(bars) == 2 and all("h10m-5 0V" in bar for bar in bars)


def test_the_axis_says_where_it_starts_unless_at_zero():
    assert "(axis starts at 77)" in trajectory.draw(make_chart(), "c")
    assert "(axis starts at 74,000)" in trajectory.draw(membership(), "c")
    assert "axis starts" not in trajectory.draw(foster(), "c")


@pytest.mark.parametrize(
    ("values", "floor", "ceiling", "low", "high"),
    [
        ([78.1, 90.0], 0, 100, 77, 90.7),
        ([2.0, 30.0], 0, 100, 0, 31.7),
        ([95.0, 100.0], 0, 100, 94.5, 100),
        ([1.2, 4.9], 1, 5, 1, 5),
        ([], 0, None, 0, 1.06),
    ],
)
def test_the_value_axis_keeps_within_natural_limits(values, floor, ceiling, low, high):
    assert extent(values, floor, ceiling) == pytest.approx((low, high), abs=0.05)


def test_ticks_are_round():
    assert ticks(77, 90.7, 7) == [78, 80, 82, 84, 86, 88, 90]
    assert nice_step(0.9, 6) == pytest.approx(0.2)
    assert written(86000, 2000) == "86,000" and written(-0.5, 0.5) == "−0.5"


def test_a_chart_that_has_nothing_yet_is_still_a_chart():
    empty = TrajectoryChart(title="Nothing yet", description="", axis_title="Percent", ticks=years(2020, 2024))
    assert len(list(parsed(trajectory.draw(empty, "c")))) == 3
    assert figures.figure(empty).data


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
