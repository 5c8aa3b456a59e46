"""A chart as a file: it says the same without the page, in a program that knows no style sheet."""

import struct
from xml.etree import ElementTree

from indicators.charts import pictures, svg, trajectory
from indicators.charts.trajectory import TrajectoryChart
from tests.indicators.drawn import make_chart, years

NAMES = "{http://www.w3.org/2000/svg}"


def drawn(chart=None):
    return pictures.parts_of(trajectory.draw(chart or make_chart(), "c"))[0]


def texts_of(file):
    return [node.text for node in ElementTree.fromstring(file).iter(f"{NAMES}text")]


def test_the_widest_drawing_is_the_first():
    assert [part.width for part in pictures.parts_of(trajectory.draw(make_chart(), "c"))] == [1216, 704, 328]
    assert pictures.parts_of("") == []


def test_a_picture_carries_its_finding_its_source_and_its_name():
    file = pictures.picture(drawn(), "2.5 points behind the plan", ["Source: the state"], description="In words")
    root = ElementTree.fromstring(file)
    assert root.tag == f"{NAMES}svg"
    assert [root.find(f"{NAMES}{name}").text for name in ("title", "desc")] == [
        "2.5 points behind the plan",
        "In words",
    ]
    assert texts_of(file)[0] == "2.5 points behind the plan"
    assert texts_of(file)[-1] == "Source: the state"


def test_a_picture_needs_no_style_sheet_and_no_names_of_the_page():
    file = pictures.picture(drawn(), "A finding")
    root = ElementTree.fromstring(file)
    assert len(list(root.iter(f"{NAMES}title"))) == 1
    assert "var(--" not in file
    assert 'font-weight="650"' not in file, "readers of pictures know weights in hundreds only"
    for line in root.iter(f"{NAMES}path"):
        assert line.get("fill") or line.get("stroke"), "a path without a look of its own would be drawn black"


def test_a_long_finding_is_cut_into_lines_of_like_length():
    finding = "English learners stood furthest from the rest: 29.9 points below all students for the class of 2012 " * 2
    file = pictures.picture(drawn(), finding.strip())
    head = [node.text for node in ElementTree.fromstring(file).iter(f"{NAMES}text") if node.get("font-size") == "28"]
    assert " ".join(head) == finding.strip()
    assert len(head[-1]) > len(head[0]) / 3
    assert float(ElementTree.fromstring(file).get("height")) > 500


def test_what_is_written_in_a_picture_stays_text():
    file = pictures.picture(drawn(), "<script>", ['<a href="x">'])
    assert "<script" not in file and "<a " not in file


def test_small_drawings_stand_in_rows_under_their_names():
    part = pictures.Part(200, 100, "", svg.Markup("<g/>"))
    whole = pictures.sheet([(f"Group {place}", "1 point below", part) for place in range(5)], columns=4)
    assert whole.width > 4 * 200
    assert 2 * 100 < whole.height < 4 * 100
    assert [text for text in texts_of(pictures.picture(whole, "T")) if text and text.startswith("Group")] == [
        f"Group {place}" for place in range(5)
    ]


def test_a_picture_of_dots_is_twice_its_size_and_has_its_words_on_any_machine():
    """The fonts are ours: a machine without any draws the words all the same."""
    words, blank = (
        pictures.png(pictures.picture(pictures.Part(300, 100, "", svg.Markup("")), text)) for text in ("A finding", " ")
    )
    assert words.startswith(b"\x89PNG")
    assert struct.unpack(">2I", words[16:24])[0] == 2 * (300 + 2 * pictures.MARGIN)
    assert len(words) > len(blank) + 500


def test_bold_words_are_bold_in_dots():
    plain, bold = (
        pictures.png(pictures.picture(pictures.Part(300, 40, "", svg.words(0, 20, "Withheld", look)), "T"))
        for look in ("", "t-b")
    )
    assert plain != bold
    assert len(pictures.FONTS) == 3


def test_a_chart_that_has_nothing_yet_is_still_a_picture():
    empty = TrajectoryChart(title="Nothing yet", description="", axis_title="Percent", ticks=years(2020, 2024))
    assert "Nothing yet" in pictures.picture(drawn(empty), "Nothing yet")
