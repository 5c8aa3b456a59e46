"""The drawings: well-formed, named, escaped, honest about gaps, and with no label over another."""

import re
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import pytest

from indicators.charts import framework, marks, runs, spark, strip, svg, timeline, trajectory
from indicators.charts.occasions import Occasion
from indicators.charts.plot import DayLine, Point, Tick, balanced, stretches, wrapped
from indicators.charts.scale import Box, Line, block_size, box_at, extent, nice_step, ticks, written
from indicators.charts.trajectory import PlannedPath, TrajectoryChart, Verdict
from indicators.charts.trajectory_labels import captions
from indicators.charts.trajectory_parts import height_of_verdict

WIDTHS = (trajectory.WIDE, trajectory.MEDIUM, trajectory.NARROW)


def series(pairs, pattern="{:.1f}"):
    return tuple(Point(x, value, "" if value is None else pattern.format(value)) for x, value in pairs)


def years(first, last):
    return tuple(Tick(year, str(year), f"’{year % 100:02d}") for year in range(first, last + 1))


def make_chart(**overrides):
    graduated = [78.1, 79.1, 81.4, 81.5, 82.9, 82.9, 82.8, 83.5, 85.3, 85.3]
    path = [(2017, 83.5), (2018, 84.5), (2019, 86.1), (2020, 87.4), (2021, 88.7), (2022, 90.0)]
    chart = TrajectoryChart(
        title="Four-year graduation rate against the planned path",
        description="The rate rose from 78.1% to 85.3%; the plan said 86.1%.",
        axis_title="Students graduating in four years, percent",
        axis_title_short="Percent graduating",
        starts_at="axis starts at {}",
        unit_suffix="%",
        ceiling=100,
        ticks=years(2010, 2022),
        time_title="Graduating class",
        actuals=series(zip(range(2010, 2020), graduated, strict=True)),
        actual_label="Actual, Jeffco",
        plan=PlannedPath(
            series(path), "Planned: 90% by the class of 2022", "Path in force since January 24, 2019", "Plan: 90%"
        ),
        first_path=PlannedPath(
            series([(2017, 83.5), (2021, 90.0)]),
            "First path: 90% by the class of 2021",
            "drawn February 8, 2018, replaced January 24, 2019",
            "First path: 90% by 2021",
        ),
        benchmarks=(trajectory.Comparison(series([(2018, 80.7), (2019, 81.1)]), "Colorado 81.1"),),
        day=DayLine(2019.55, "Known on February 6, 2020", "Feb 6, 2020"),
        annotations=(trajectory.Annotation(2017.1, "Goal of 90% stated", "January 2018"),),
        milestones=(trajectory.MilestoneTick(2018.7, True), trajectory.MilestoneTick(2020.6, False)),
        milestones_label="Milestones: done, to come",
        verdict=Verdict(
            "slightly_behind",
            2019,
            85.3,
            86.1,
            "0.8 points behind",
            "85.3 against 86.1 planned for 2019",
        ),
    )
    return replace(chart, **overrides)


def attendance():
    return make_chart(
        ticks=years(2014, 2022),
        actuals=series(zip(range(2014, 2020), [93.3, 93.0, 93.2, 92.9, 92.6, 92.7], strict=True)),
        plan=PlannedPath(series([(2017, 92.9), (2022, 94.0)]), "Planned: 94% by 2021–22", "", "Plan: 94%"),
        first_path=None,
        benchmarks=(),
        annotations=(),
        verdict=Verdict("moving_away", 2019, 92.7, 93.3, "0.2 points below the start", "92.7; began at 92.9"),
    )


def membership():
    counts = [86547, 86708, 86347, 86112, 84623, 84048, 80088, 78473, 77078, 76172, 75495]
    return make_chart(
        ticks=years(2014, 2024),
        actuals=series(zip(range(2014, 2025), counts, strict=True), "{:,.0f}"),
        plan=PlannedPath(series([(2019, 84048), (2024, 82000)], "{:,.0f}"), "Planned: 82,000", "", "Plan: 82,000"),
        first_path=None,
        benchmarks=(),
        annotations=(),
        day=DayLine(2023.8, "Known on February 3, 2025", "Feb 3, 2025"),
        verdict=Verdict("target_missed", 2024, 75495, 82000, "6,505 students short", "75,495 against 82,000"),
        unit_suffix="",
        ceiling=None,
    )


def grade_three():
    met = [(2016, 42.3), (2017, 45.4), (2018, 46.8), (2019, 46.3), (2020, None), (2021, 44.8), (2022, 47.9)]
    return make_chart(
        ticks=years(2016, 2026),
        actuals=series(met),
        plan=PlannedPath(series([(2021, 44.8), (2026, 55.0)]), "Planned: 55% in spring 2026", "", "Plan: 55%"),
        first_path=None,
        benchmarks=(),
        annotations=(trajectory.Annotation(2020, "No test in 2020"),),
        day=DayLine(2022.6, "Known on October 1, 2022", "Oct 1, 2022"),
        verdict=Verdict("on_track", 2022, 47.9, 46.8, "1.1 points ahead", "47.9 against 46.8 planned"),
    )


def two_readings():
    return make_chart(
        ticks=years(2018, 2022),
        actuals=series([(2018, 1240), (2019, 1402)], "{:,.0f}"),
        plan=PlannedPath(series([(2018, 1240), (2022, 1815)], "{:,.0f}"), "Planned: 1,815 seats", "", "Plan: 1,815"),
        first_path=None,
        benchmarks=(),
        annotations=(),
        verdict=Verdict("on_track", 2019, 1402, 1384, "18 seats ahead", "1,402 against 1,384"),
    )


def foster():
    bands = (Point(2014, None, "30–39", 30, 39), Point(2015, None, "20–29", 20, 29))
    return make_chart(
        ticks=years(2014, 2024),
        actuals=(*bands, Point(2016, withheld=True), Point(2017, withheld=True)),
        plan=PlannedPath(series([(2015, 24.5), (2024, 60.0)]), "Planned: 60% by 2024", "", "Plan: 60%"),
        first_path=None,
        benchmarks=(),
        annotations=(),
        verdict=Verdict("withheld", 2017, caption="Withheld", detail="fewer than 16 students"),
    )


def ahead(*rows):
    """What would come if nothing changed: place, low and high."""
    points = tuple(Point(x, None, f"{low} to {high}", low, high) for x, low, high in rows)
    return trajectory.Forecast(points, "If nothing changes", f"{points[-1].text}, 8 times in 10")


def graduation_ahead():
    return make_chart(forecast=ahead((2020, 85.1, 87.7), (2021, 85.8, 88.4), (2022, 86.5, 89.2)))


def attendance_ahead():
    return replace(attendance(), forecast=ahead((2020, 92.2, 92.8), (2021, 92.0, 92.7)))


def membership_ahead():
    return replace(
        membership(),
        ticks=years(2014, 2025),
        plan=PlannedPath(series([(2022, 77078), (2025, 74600)], "{:,.0f}"), "Planned: 74,600", "", "74,600"),
        forecast=ahead((2025, 73456, 80253)),
        verdict=Verdict("on_track", 2024, 75495, 75426, "69 students ahead", "75,495 against 75,426"),
    )


def ranged():
    return replace(
        two_readings(),
        plan=PlannedPath(
            series([(2018, 1240), (2022, 1600)], "{:,.0f}"), "Planned: 1,550 to 1,700", "", "1,550 to 1,700"
        ),
        target_range=(1550, 1700),
    )


def met_and_looked_back_on():
    """The target's period is over: the day shown lies behind it, as do a milestone and what was noted long before."""
    path = PlannedPath(
        series([(2015, 79.0), (2019, 85.3)]), "Planned: 85.3% by the class of 2019", "Path in force", "85.3%"
    )
    chart = make_chart(plan=path, first_path=None, ticks=years(2010, 2019))
    return replace(
        chart,
        milestones=(*chart.milestones, trajectory.MilestoneTick(2019.3, True), trajectory.MilestoneTick(2009.7, True)),
        annotations=(trajectory.Annotation(2004.5, "Another test", is_break=True),),
    )


def in_long_words():
    """Spanish names run longer than the room beside the plot."""
    words = ("Previsto: 90% para la generación de 2022", "Trayectoria vigente desde el 24 de septiembre de 2019")
    chart = graduation_ahead()
    return replace(chart, plan=replace(chart.plan, caption=words[0], detail=words[1]))


REAL = [
    make_chart, attendance, membership, grade_three, two_readings, foster,
    graduation_ahead, attendance_ahead, membership_ahead, ranged, in_long_words, met_and_looked_back_on,
]  # fmt: skip


def parsed(markup):
    return ElementTree.fromstring(f"<all>{markup}</all>")


def label_boxes(drawing):
    """The box of each line of text, by the width the module measures, from the finished drawing."""
    boxes = []
    for node in drawing.iter("text"):
        line = Line(node.text, node.get("class", ""))
        left = float(node.get("x")) - line.width * {"middle": 0.5, "end": 1}.get(node.get("text-anchor"), 0)
        y = float(node.get("y"))
        boxes.append((Box(left, y - line.size * 0.72, left + line.width, y + line.size * 0.1), node.text))
    return boxes


def captions_of(chart, size):
    """The labels of a chart as they are placed on an empty sheet."""
    frame = trajectory.frame_of(chart, size)
    sheet = trajectory.sheet_of(frame)
    trajectory.contents(chart, frame, sheet)
    return captions(chart, frame, sheet)


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


def test_each_word_has_a_shape_of_its_own():
    shapes = [(mark.filled, mark.stroked, mark.holes, mark.dash) for mark in marks.MARKS.values()]
    assert len(shapes) == len(set(shapes)) == 12
    milestones = [(mark.filled, mark.stroked, mark.holes) for mark in marks.MILESTONE_MARKS.values()]
    assert len(milestones) == len(set(milestones)) == 7
    for word in (*marks.MARKS, *marks.MILESTONE_MARKS):
        assert parsed(marks.status_mark(word)).find("svg").get("aria-hidden") == "true"


def test_a_chart_that_has_nothing_yet_is_still_a_chart():
    empty = TrajectoryChart(title="Nothing yet", description="", axis_title="Percent", ticks=years(2020, 2024))
    assert len(list(parsed(trajectory.draw(empty, "c")))) == 3


@pytest.mark.parametrize("size", [spark.LARGE, spark.SMALL])
@pytest.mark.parametrize(
    ("actuals", "plan", "word"),
    [
        (series([(2018, 1.0), (2019, 2.0)]), series([(2018, 1.0), (2022, 5.0)]), "off_track"),
        (series([(2018, 1.0), (2019, None), (2020, 2.0)]), (), "awaiting_baseline"),
        ((), series([(2018, 1.0), (2022, 5.0)]), "not_due_yet"),
        ((), (), "awaiting_baseline"),
        ((Point(2014, None, "30–39", 30, 39), Point(2015, withheld=True)), (), "withheld"),
    ],
)
def test_a_sparkline_needs_neither_readings_nor_plan(actuals, plan, word, size):
    drawing = spark.draw(spark.Sparkline("A goal", "Its text", word, actuals, plan, target_text="5"), "s1", size)
    assert parsed(drawing).find("svg/title").text == "A goal"


def strip_of(count):
    words = ["moving_away", "off_track", "slightly_behind", "on_track", "target_met"]
    goals = [
        strip.StripGoal(f"A goal named {n}", words[n % 5], -340 + 40 * n if n < 3 else 90 + n) for n in range(count)
    ]
    return strip.Strip(tuple(goals), ("Moving away", "Off track", "Slightly behind", "On track or met"))


@pytest.mark.parametrize("count", [0, 1, 13, 20])
def test_every_goal_stands_once_on_the_strip_and_no_name_on_another(count):
    drawings = list(parsed(strip.draw(strip_of(count))))
    assert [drawing.get("class") for drawing in drawings] == ["c-w", "c-m", "c-n"]
    for drawing in drawings:
        assert sum((node.text or "").startswith("A goal") for node in drawing.iter("text")) == count
        for (box, text), (other, words) in combinations(label_boxes(drawing), 2):
            assert box.overlap(other) < 3, f"“{text}” covers “{words}”"


def test_zones_part_the_goals_at_0_60_and_95_percent():
    goals = [strip.StripGoal(str(share), "on_track", share) for share in (-0.1, 0, 59.9, 60, 94.9, 95, 130)]
    assert [[goal.share for goal in zone] for zone in strip.by_zone(goals)] == [
        [-0.1],
        [0, 59.9],
        [60, 94.9],
        [95, 130],
    ]


def test_a_moved_milestone_shows_where_it_first_stood():
    span = timeline.Span(2018, 2022, ((2018, "2018"), (2022, "2022")), 2020.1)
    assert "g-ring" in timeline.draw_row(timeline.MilestoneRow(2019.0, 2019.4, "done_late"), span)
    assert "g-ring" not in timeline.draw_row(timeline.MilestoneRow(2019.0, 2019.0, "done"), span)
    assert [node.text for node in parsed(timeline.draw_axis(span)).iter("text")] == ["2018", "2022"]


def run_chart():
    values = [12, 15, 11, 14, 13, None, 12, 11, 15, 14, 22, 25, 21, 24, 23]
    return runs.RunChart(
        "Contacts a week",
        "Two phases.",
        "Contacts a week",
        tuple(Point(at, value, "" if value is None else str(value)) for at, value in enumerate(values)),
        tuple(Tick(at, f"Week {at + 1}", str(at + 1)) for at in range(0, 15, 3)),
        phases=(
            runs.Phase(0, label="Median 13"),
            runs.Phase(10, None, -4, 34, "Median 23", "Lower", "Upper", "Rebased"),
        ),
        occasions=(Occasion(2, "1", "One school"), Occasion(10, "2", "All schools")),
        signals=(runs.Signal(10, 14, "A signal"),),
    )


def test_each_phase_of_a_run_chart_has_its_own_median():
    chart = run_chart()
    assert [chart.median_of(0), chart.median_of(1)] == [13, 23]
    drawings = list(parsed(runs.draw(chart, "r")))
    assert len(drawings) == 3
    lines = [node.get("d") for node in drawings[0].iter("path") if node.get("class") == "g-act"]
    assert [line.count("L") for line in lines] == [4, 3, 4]  # stopped by the gap and by the rebase


def test_a_limit_is_drawn_within_what_the_unit_allows():
    drawing = parsed(runs.draw_width(run_chart(), runs.WIDE, "r"))
    bottoms = [
        float(node.get("d").split()[1].split("H")[0]) for node in drawing.iter("path") if node.get("class") == "g-lim"
    ]
    assert max(bottoms) <= runs.WIDE.bottom


def test_a_framework_is_drawn_as_circles_only_where_it_fits():
    ring = framework.Ring("Learning", (framework.TacticMark("1", "on_track"),))
    assert framework.draw([ring]) is None
    assert framework.draw([ring] * 5) is None
    drawings = list(parsed(framework.draw([ring] * 3, [framework.TacticMark("8", "target_met", "Technology")])))
    assert [drawing.get("class") for drawing in drawings] == ["c-mw", "c-n"]
    assert all(drawing.get("aria-hidden") == "true" for drawing in drawings)


def area_of(drawing):
    """The corners of the area ahead, as drawn."""
    (area,) = [node for node in drawing.iter("path") if node.get("class") == "g-fan"]
    return [tuple(map(float, pair)) for pair in re.findall(r"(-?[\d.]+) (-?[\d.]+)", area.get("d"))]


@pytest.mark.parametrize("size", WIDTHS, ids=lambda size: size.css)
def test_the_forecast_is_an_area_from_low_to_high_within_the_plot(size):
    chart = graduation_ahead()
    corners = area_of(parsed(trajectory.draw_width(chart, size, "c")))
    frame = trajectory.frame_of(chart, size)
    wanted = [frame.at(p.x, p.high) for p in chart.forecast.points] + [
        frame.at(p.x, p.low) for p in chart.forecast.points[::-1]
    ]
    assert corners == [pytest.approx(corner, abs=0.1) for corner in wanted]
    assert all(frame.top < y < frame.bottom for _, y in corners)


def test_a_forecast_for_one_year_alone_is_as_wide_as_a_finger():
    corners = area_of(parsed(trajectory.draw_width(membership_ahead(), WIDTHS[0], "c")))
    assert len({x for x, _ in corners}) == 2
    assert max(x for x, _ in corners) - min(x for x, _ in corners) == 14


@pytest.mark.parametrize("size", WIDTHS[:2], ids=lambda size: size.css)
@pytest.mark.parametrize("make", [graduation_ahead, attendance_ahead, membership_ahead], ids=lambda make: make.__name__)
def test_the_area_ahead_is_named_where_there_is_room(make, size):
    texts = [node.text for node in parsed(trajectory.draw_width(make(), size, "c")).iter("text")]
    assert "If nothing changes" in texts


def test_without_a_forecast_nothing_gray_is_drawn():
    assert "g-fan" not in trajectory.draw(attendance(), "c")
    assert "g-range" not in trajectory.draw(attendance(), "c")


def test_a_range_is_drawn_over_the_years_of_its_path_at_the_height_of_its_ends():
    chart = ranged()
    for size in WIDTHS:
        frame = trajectory.frame_of(chart, size)
        (band,) = [
            n for n in parsed(trajectory.draw_width(chart, size, "c")).iter("rect") if n.get("class") == "g-range"
        ]
        x, y, wide, tall = (float(band.get(name)) for name in ("x", "y", "width", "height"))
        assert (x, x + wide) == pytest.approx((frame.x(2018), frame.x(2022)), abs=0.2)
        assert (y + tall, y) == pytest.approx((frame.y(1550), frame.y(1700)), abs=0.2)


def test_a_template_prints_a_drawing_as_it_is_and_a_text_escaped():
    from django.template import Context, Engine

    page = Engine().from_string("{{ drawing }}{{ text }}")
    drawing = marks.status_mark("on_track")
    assert page.render(Context({"drawing": drawing, "text": "<b>"})) == f"{drawing}&lt;b&gt;"
