"""Change against change: every school has its dot, in its own quarter, and no dot covers another."""

import re
from math import dist
from xml.etree import ElementTree

import pytest

from indicators.charts import changes
from indicators.charts.beside import AGREES, DISAGREES, STILL
from indicators.charts.changes import NARROW, RADIUS, WIDE, Changes, Corners, Dot, draw, draw_width

CORNERS = Corners("fell, rose: 0", "both rose: 4", "both fell: 2", "rose, fell: 1")
DOTS = (
    Dot(1, 2, "Ames", AGREES), Dot(1, 2, "Birch", AGREES), Dot(1, 2, "Birch", AGREES), Dot(3, 8, "Cedar", AGREES),
    Dot(-1, -2, "Dale", AGREES), Dot(-4, -9, "Elm", AGREES), Dot(2, -1, "Fir", DISAGREES), Dot(0, 3, "Gale", STILL),
)  # fmt: skip


def chart_of(dots=DOTS, **options):
    return Changes("Title", "Description", "the indicator", "the goal", tuple(dots), CORNERS, **options)


def circles(drawing, look):
    found = re.findall(rf'<circle class="{look}"[^>]* cx="([\d.]+)" cy="([\d.]+)"', drawing)
    return [(float(x), float(y)) for x, y in found]


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_every_school_has_a_dot_and_none_covers_another(size):
    drawing = draw_width(chart_of(), size, "p")
    discs, rings = circles(drawing, "g-disc"), circles(drawing, "g-open")
    assert (len(discs), len(rings), drawing.count("m0 -")) == (6, 1, 1)
    dots = discs + rings
    near = [dist(a, b) for place, a in enumerate(dots) for b in dots[:place]]
    assert min(near) >= 2 * RADIUS[size]


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_dot_moved_aside_stays_in_its_quarter(size):
    """Forty schools a tenth of a point from no change, beside some that moved far: where there is no room they meet."""
    crowd = [Dot(0.4, 1, f"School {place}", AGREES) for place in range(40)] + [Dot(6, 9, "Far", AGREES)]
    drawing = draw_width(chart_of(crowd), size, "p")
    (upright,) = re.findall(r'class="g-axis"[^>]* d="M([\d.]+) [\d.]+V', drawing)
    (level,) = re.findall(r'class="g-axis"[^>]* d="M[\d.]+ ([\d.]+)H', drawing)
    assert all(x > float(upright) and y < float(level) for x, y in circles(drawing, "g-disc"))


@pytest.mark.parametrize(
    ("sign", "quarters"), [(1, {(True, True), (False, False)}), (-1, {(False, True), (True, False)})]
)
def test_the_quarters_in_which_both_move_as_declared_are_tinted(sign, quarters):
    drawing = draw_width(chart_of(sign=sign), WIDE, "p")
    (upright,) = re.findall(r'class="g-axis"[^>]* d="M([\d.]+) [\d.]+V', drawing)
    (level,) = re.findall(r'class="g-axis"[^>]* d="M[\d.]+ ([\d.]+)H', drawing)
    rects = re.findall(r'<rect class="g-sigband"[^>]* x="([\d.]+)" y="([\d.]+)"', drawing)
    assert {(float(x) >= float(upright), float(y) < float(level)) for x, y in rects} == quarters


def test_each_width_is_a_picture_with_a_name_and_says_what_stands_in_each_quarter():
    drawings = draw(chart_of(illustration="illustration"), "p")
    for piece in re.findall(r"<svg.*?</svg>", drawings, re.DOTALL):
        words = " ".join(ElementTree.fromstring(piece).itertext())
        assert all(corner in words for corner in CORNERS), words
        assert "Title" in words and "Description" in words and "illustration" in words
    assert len(set(re.findall(r' id="([^"]+)"', drawings))) == 4


def test_the_schools_that_moved_farthest_are_named_and_no_name_is_markup():
    drawing = draw_width(chart_of([Dot(9, 9, "Oak <b>", AGREES), *DOTS]), WIDE, "p")
    assert "Oak &lt;b&gt;" in drawing and ">Elm<" in drawing
    assert ">Gale<" not in drawing, "where one stood still nothing moved far"


def test_where_nothing_moved_there_is_still_a_chart():
    drawing = draw_width(chart_of([Dot(0, 0, "A", STILL)] * 3), WIDE, "p")
    assert drawing.count("m0 -") == 3 and "nan" not in drawing


def test_a_broken_layout_is_noticed(monkeypatch):
    monkeypatch.setattr(changes, "FARTHEST_ASIDE", 0)
    with pytest.raises(AssertionError):
        test_every_school_has_a_dot_and_none_covers_another(WIDE)
