"""Charts of real measures, and how a test reads a drawing."""

from dataclasses import replace
from xml.etree import ElementTree

from indicators.charts import trajectory
from indicators.charts.plot import DayLine, Point, Tick
from indicators.charts.scale import Box, Line
from indicators.charts.trajectory import PlannedPath, TrajectoryChart, Verdict
from indicators.charts.trajectory_labels import captions

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
