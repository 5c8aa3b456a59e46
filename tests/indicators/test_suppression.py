"""Small numbers: who is protected, and how precisely the rest is told (paper 3.5)."""

from decimal import Decimal

import pytest

from indicators.suppression import Cell, Rule, Shown, band, decide_block, primary

STUDENTS = Rule("students", "percent", 16, natural_low=Decimal(0), natural_high=Decimal(100))
D = Decimal


def cell(key="a", value="50", n=100, **more):
    return Cell(key, more.pop("place", key), None if value is None else D(value), n, **more)


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (cell(n=15), "small_group"),
        (cell(value="0", n=9), "small_group"),
        (cell(n=16), ""),
        (cell(n=None), "unknown_size"),
        (cell(n=None, is_district_or_state=True, is_all_students=True), ""),
        (cell(n=None, is_district_or_state=True), "unknown_size"),
        (cell(value=None, mark="suppressed"), "publisher"),
        (cell(value=None, mark="not_available"), "not_available"),
    ],
)
def test_a_number_about_too_few_people_is_withheld(case, expected):
    shown = primary(case, STUDENTS)
    assert shown.reason == expected
    assert bool(expected) == (shown.low is None and shown.n is None)


def test_a_count_of_people_is_its_own_group():
    rule = Rule("students", "count", 16)
    assert primary(cell(value="9", n=None), rule).reason == "small_group"
    assert primary(cell(value="0", n=None), rule).reason == "small_group"
    assert primary(cell(value="80", n=None), rule).low == 80


def test_schools_and_things_are_not_protected():
    assert primary(cell(value="3", n=3), Rule("schools", "count", 0)).low == 3


def test_a_publisher_that_masks_its_own_small_cells_is_trusted_with_unknown_sizes():
    rule = Rule("students", "percent", 16, is_masked_by_publisher=True)
    assert primary(cell(n=None), rule).reason == ""


@pytest.mark.parametrize(
    ("value", "n", "low", "high"),
    [
        ("47.3", 1000, "47.3", "47.3"), ("99.4", 1000, "99", "100"), ("0.2", 1000, "0", "1"),
        ("47.3", 999, "47", "47"), ("47.3", 300, "47", "47"), ("1.2", 200, "0", "2"), ("98.1", 299, "98", "100"),
        ("4.6", 99, "0", "5"), ("95.0", 40, "95", "100"), ("94.4", 40, "94", "94"),
        ("10", 39, "0", "10"), ("14", 39, "11", "19"), ("20", 20, "20", "29"), ("89.4", 25, "80", "89"), ("90", 20, "90", "100"),
        ("20", 16, "0", "20"), ("25", 16, "21", "29"), ("79.4", 19, "70", "79"), ("80", 17, "80", "100"),
    ],
)  # fmt: skip
def test_the_smaller_the_group_the_wider_the_band(value, n, low, high):
    assert band(D(value), n) == (D(low), D(high))


def test_every_band_holds_its_value_to_within_rounding():
    for n in (10, 17, 25, 60, 150, 500):
        for tenths in range(0, 1001):
            value = D(tenths) / 10
            low, high = band(value, n)
            assert low - D("0.5") <= value <= high + D("0.5"), (value, n)


def test_no_numerator_and_no_small_n_is_told():
    assert primary(cell(n=299), STUDENTS).n is None
    assert primary(cell(n=300), STUDENTS).n == 300


def test_a_single_hidden_part_takes_the_smallest_other_with_it():
    race = ("groups", "district", "race")
    cells = [
        cell("asian", n=9, partitions=(race,)), cell("white", n=900, partitions=(race,)),
        cell("hispanic", n=300, partitions=(race,)), cell("all", n=1209),
    ]  # fmt: skip
    verdicts = decide_block(cells, STUDENTS)
    assert verdicts["asian"].reason == "small_group"
    assert verdicts["hispanic"].reason == "protects_another"
    assert verdicts["white"].reason == "" and verdicts["all"].reason == ""


def test_what_protects_one_line_is_protected_in_the_other():
    """School and group lines cross: hiding along one must not leave a single hole in the other."""

    def at(school, group, n):
        return cell((school, group), n=n, partitions=(("schools", group), ("groups", school)))

    cells = [at(s, g, n) for s, g, n in [("A", "x", 9), ("A", "y", 40), ("B", "x", 50), ("B", "y", 60)]]
    verdicts = decide_block(cells, STUDENTS)
    assert all(verdict.reason for verdict in verdicts.values())


def test_a_hidden_place_is_hidden_in_every_vintage():
    race = ("groups", "district", "race")
    cells = [
        cell("old", place="asian", n=9, partitions=(race,)), cell("new", place="asian", n=40, partitions=(race,)),
        cell("white", n=50, partitions=(race,)), cell("other", n=60, partitions=(race,)),
    ]  # fmt: skip
    verdicts = decide_block(cells, STUDENTS)
    assert verdicts["old"].reason == "small_group"
    assert verdicts["white"].reason == "protects_another"


def test_one_published_bound_stays_a_bound():
    shown = primary(cell(value=None, n=400, mark="bounded", low=D(98)), STUDENTS)
    assert shown == Shown(low=D(98), high=D(100), n=400)
