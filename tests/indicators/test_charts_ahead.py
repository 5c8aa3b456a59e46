"""What lies ahead in a chart: the forecast as an area, a range over its years, and both in the figure."""

import re

import pytest

from indicators.charts import trajectory
from tests.indicators.drawn import (
    WIDTHS,
    attendance,
    attendance_ahead,
    graduation_ahead,
    membership_ahead,
    parsed,
    ranged,
)


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
