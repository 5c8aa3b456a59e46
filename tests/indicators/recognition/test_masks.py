"""Whether a publisher hides small groups itself: what the marks of a file propose of an indicator that would be made."""

import pytest

from indicators.importing.recognition import Vocabulary, propose
from indicators.importing.tables import read_workbook
from tests.indicators.recognition.layouts import KNOWN, LIMIT, xlsx
from tests.indicators.recognition.test_published_workbooks import WORKBOOKS

HEADERS = ["School Code", "School Name", "Number of Students", "Eager Rate"]


def proposed(*rows):
    """The mark by which a file of one indicator says that small groups are hidden, and what is proposed of it."""
    content = xlsx(HEADERS, *rows, title="2018-2019")
    (choice,) = propose(read_workbook(content, LIMIT, "Eager.xlsx"), KNOWN).indicators.values()
    return choice.details.get("mask", ""), choice.details.get("masked_by_publisher", "")


@pytest.mark.parametrize(
    ("n", "value", "mark"),
    [("< 16", "*", "*"), ("50 or less", "84.6%", "50 or less"), ("120", ">= 98%", ">= 98%"), ("12", "- -", "- -")],
)
def test_marks_for_small_groups_propose_that_the_publisher_hides_them(n, value, mark):
    rows = [["0030", "Aspen Elementary School", 300, "71.2%"], ["0108", "Birch", 80, "66.3%"]]
    assert proposed(*rows, ["1420", "Cedar High School", n, value]) == (mark, "True")


@pytest.mark.parametrize(("n", "value"), [(300, "71.2%"), ("N/A", "N/A"), (300, "71.2%*"), (12, "66.7%")])
def test_without_such_marks_nothing_is_proposed(n, value):
    rows = [["0030", "Aspen Elementary School", 300, "71.2%"], ["0108", "Birch", 80, "66.3%"]]
    assert proposed(*rows, ["1420", "Cedar High School", n, value]) == ("", "")


def test_who_tells_a_group_of_seven_with_its_size_hides_nothing():
    rows = [["0030", "Aspen Elementary School", 300, "71.2%"], ["0108", "Birch", "< 16", "*"]]
    assert proposed(*rows) == ("*", "True")
    assert proposed(*rows, ["1420", "Cedar High School", 7, "57.1%"]) == ("", "")


def test_an_indicator_that_is_known_is_not_changed_by_a_file():
    content = xlsx(["School Code", "School Name", "Attendance Rate"], ["0030", "Aspen", "*"], ["0108", "Birch", "93%"])
    (choice,) = propose(read_workbook(content, LIMIT, "Attendance 2018-2019.xlsx"), KNOWN).indicators.values()
    assert (choice.to, choice.details) == ("attendance", {})


@pytest.mark.skipif(not WORKBOOKS.is_dir(), reason="the shared data files are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "measure", "mark"),
    [
        ("2024_graduation_workbook.xlsx", "Graduation Rate", "50 or less"),
        ("2023-2024 Chronic Absenteeism by School - Suppressed.xlsx", "Chronically Absent", "*"),
        ("2019 CMAS ELA MATH District and School Achievement Results.xlsx", "Percent Met", "- -"),
        ("2016-2017_TruancyData.xlsx", "Truancy Rate", None),
    ],
)
def test_the_states_own_files_say_whether_they_hide_small_groups(name, measure, mark):
    mapping = propose(read_workbook((WORKBOOKS / name).read_bytes(), LIMIT, name), Vocabulary())
    found = {choice.details.get("mask") for key, choice in mapping.indicators.items() if measure in key}
    assert found == {mark}
