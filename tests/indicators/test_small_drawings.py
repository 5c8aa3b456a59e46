"""The drawings beside the large chart: sparks, the strip, milestones, run charts, the framework, and their marks."""

from itertools import combinations

import pytest

from indicators.charts import framework, marks, runs, spark, strip, timeline
from indicators.charts.occasions import Occasion
from indicators.charts.plot import Point, Tick
from tests.indicators.drawn import label_boxes, parsed, series


def test_each_word_has_a_shape_of_its_own():
    shapes = [(mark.filled, mark.stroked, mark.holes, mark.dash) for mark in marks.MARKS.values()]
    assert len(shapes) == len(set(shapes)) == 12
    milestones = [(mark.filled, mark.stroked, mark.holes) for mark in marks.MILESTONE_MARKS.values()]
    assert len(milestones) == len(set(milestones)) == 7
    for word in (*marks.MARKS, *marks.MILESTONE_MARKS):
        assert parsed(marks.status_mark(word)).find("svg").get("aria-hidden") == "true"


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


def test_a_template_prints_a_drawing_as_it_is_and_a_text_escaped():
    from django.template import Context, Engine

    page = Engine().from_string("{{ drawing }}{{ text }}")
    drawing = marks.status_mark("on_track")
    assert page.render(Context({"drawing": drawing, "text": "<b>"})) == f"{drawing}&lt;b&gt;"
