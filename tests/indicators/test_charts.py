"""The drawings: well-formed, named, escaped, honest about gaps, and with no label over another."""

from dataclasses import replace
from itertools import combinations

import pytest

from indicators.charts import svg, trajectory
from indicators.charts.plot import DayLine, Tick, balanced, stretches, wrapped
from indicators.charts.scale import Box, block_size, box_at, extent, nice_step, ticks, written
from indicators.charts.trajectory import TrajectoryChart, Verdict
from indicators.charts.trajectory_parts import height_of_verdict
from tests.indicators.drawn import (
    REAL,
    WIDTHS,
    attendance,
    captions_of,
    foster,
    grade_three,
    label_boxes,
    make_chart,
    membership,
    met_and_looked_back_on,
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
        assert box.left > -2 and box.right < size.width + 2 and box.bottom <= size.height, text


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


def test_a_break_of_the_series_stops_the_line():
    points = series([(2013, 70.0), (2014, 71.0), (2015, 40.0)])
    assert len(stretches(points, [2014.5])) == 2
    chart = grade_three()
    broken = replace(chart, annotations=(trajectory.Annotation(2017.5, "New test", is_break=True),))
    drawn = parsed(trajectory.draw_width(broken, trajectory.WIDE, "c"))
    lines = [node for node in drawn.iter("path") if node.get("class") == "g-act"]
    assert len(lines) == 3


@pytest.mark.parametrize("size", WIDTHS[:2], ids=lambda size: size.css)
@pytest.mark.parametrize("year", [2014, 2016, 2018, 2019])
def test_what_happened_is_tied_to_the_line_through_no_words_and_no_waypoint(size, year):
    """At the last reading the plan's waypoint and the gap stand over the line: the note goes below, or is left out."""
    chart = make_chart(annotations=(trajectory.Annotation(year, "Both years print the same"),))
    placed = captions_of(chart, size)
    for note in (caption for caption in placed if caption.lines[0].text.startswith("Both")):
        others = [box_at(c.spot, block_size(c.lines)) for c in placed if c is not note]
        frame = trajectory.frame_of(chart, size)
        spots = [frame.at(point.x, point.value) for point in chart.plan.points[1:]]
        others += [Box(x - 5, y - 5, x + 5, y + 5) for x, y in spots]
        assert note.tie and not any(box.crossed_by(*note.tie) for box in others)


@pytest.mark.parametrize("width", [90, 130, 190, 240])
def test_words_in_several_lines_leave_none_of_them_alone(width):
    text = "Planned: 10 points by the class of 2022"
    lines = balanced(text, width, "t-p")
    assert " ".join(line.text for line in lines) == text
    assert len(lines) == len(wrapped(text, width, "t-p")) and all(line.width <= width for line in lines)
    assert len(lines) == 1 or lines[-1].text != "2022" or width == 90


def test_what_happened_stands_on_the_chart():
    chart = make_chart(annotations=(trajectory.Annotation(2014, "A new law"),))
    assert "A new law" in trajectory.draw_width(chart, trajectory.WIDE, "c")


def test_a_day_without_a_reading_stands_over_the_milestone_of_that_day():
    late = replace(attendance(), verdict=Verdict("data_overdue", 2019.9, None, None, "Reading was due November 15"))
    frame = trajectory.frame_of(late, trajectory.WIDE)
    assert height_of_verdict(late, frame) == frame.bottom - 14
    same_day = replace(late, milestones=(trajectory.MilestoneTick(2019.9, False),))
    assert height_of_verdict(same_day, frame) == frame.bottom - 33


@pytest.mark.parametrize("size", WIDTHS[:2], ids=lambda size: size.css)
def test_the_day_after_the_last_period_stands_within_the_axis_and_runs_through_no_words(size):
    chart = met_and_looked_back_on()
    frame = trajectory.frame_of(chart.within(), size)
    x = frame.x(chart.day.x)
    assert frame.left < x <= frame.right
    upright = ((x, frame.top + 12), (x, frame.bottom))
    boxes = [box_at(caption.spot, block_size(caption.lines)) for caption in captions_of(chart.within(), size)]
    assert not [box for box in boxes if box.crossed_by(*upright)]


def test_what_lies_far_beyond_the_periods_is_left_to_the_lists():
    chart = met_and_looked_back_on()
    assert [tick.x for tick in chart.within().milestones] == [2018.7, 2019.3, 2009.7]
    assert chart.within().annotations == () and chart.within().day
    years_later = replace(chart, day=DayLine(2026.5, "Known on July 1, 2026"))
    assert years_later.within().day is None
    drawing = trajectory.draw(years_later, "c")
    assert "Another test" not in drawing and "Known on" not in drawing


def test_names_under_the_axis_stay_in_the_drawing_and_apart():
    named = tuple(Tick(year, f"Generación de {year}") for year in range(2010, 2023))
    for size in WIDTHS:
        drawing = parsed(trajectory.draw_width(make_chart(ticks=named), size, "c"))
        boxes = [box for box, text in label_boxes(drawing) if text.startswith("Generación de")]
        assert boxes and all(box.left >= -0.1 and box.right <= size.width + 0.1 for box in boxes)
        assert all(box.overlap(other) == 0 for box, other in combinations(boxes, 2))


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
