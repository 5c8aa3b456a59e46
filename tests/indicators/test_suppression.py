"""Small numbers: who is protected, and how precisely the rest is told (paper 3.5)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.suppression import (
    GROUPS,
    SCHOOLS,
    Cell,
    Partition,
    Rule,
    Shown,
    band,
    decide_block,
    primary,
    size_band,
)

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
    assert bool(expected) == (shown.low is None and shown.n_low is None and shown.n_high is None)


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


@pytest.mark.parametrize(
    ("n", "told"),
    [(16, (16, 39)), (20, (16, 39)), (39, (16, 39)), (40, (40, 99)), (99, (40, 99)), (100, (100, 299)),
     (299, (100, 299)), (300, (300, 300)), (5000, (5000, 5000))],
)  # fmt: skip
def test_a_group_under_three_hundred_is_told_as_a_band_of_sizes(n, told):
    shown = primary(cell(n=n), STUDENTS)
    assert (shown.n_low, shown.n_high) == told


def test_the_band_of_sizes_begins_at_the_smallest_group_shown():
    assert [size_band(n, 45) for n in (45, 99, 120)] == [(45, 99), (45, 99), (100, 299)]


@pytest.mark.parametrize(
    ("marked", "reason", "bounds"),
    [
        (cell(n=None, n_high=15), "small_group", (None, None)),
        (cell(n=None, n_high=15, is_district_or_state=True, is_all_students=True), "small_group", (None, None)),
        (cell(n=None, n_high=50), "unknown_size", (None, None)),
        (cell(n=None, n_low=51), "", (50, 50)),
    ],
)
def test_a_marked_group_size_says_what_it_allows(marked, reason, bounds):
    shown = primary(marked, STUDENTS)
    assert (shown.reason, shown.low, shown.high) == (reason, *bounds)
    assert shown.n_low is None, "a size that its publisher only bounds is not published"


def test_a_masking_publisher_with_a_bounded_size_is_banded_as_the_smallest_group():
    rule = Rule("students", "percent", 16, is_masked_by_publisher=True)
    assert primary(cell(value="55", n=None, n_high=50), rule) == Shown(D(50), D(59))


def test_a_count_that_may_be_small_is_withheld_and_one_that_is_not_keeps_its_bounds():
    rule = Rule("students", "count", 16)
    counted = lambda low, high: primary(cell(value=None, mark="bounded", low=low, high=high, n=None), rule)  # noqa: E731
    assert counted(D(0), D(15)).reason == "small_group"
    assert counted(None, D(50)).reason == "unknown_size"
    assert (counted(D(16), D(50)).low, counted(D(16), D(50)).high) == (16, 50)


WHOLE = "all"
RACE = Partition(GROUPS, "race", WHOLE)


def races(counts, unit="percent", value="50"):
    """All students and the groups of one dimension, as rates of half or as counts."""
    rule = Rule("students", unit, 16)
    number = lambda n: str(n) if unit == "count" else value  # noqa: E731
    cells = [cell(name, number(n), n, partitions=(RACE,), is_current=True) for name, n in counts.items()]
    return [*cells, cell(WHOLE, number(sum(counts.values())), sum(counts.values()), is_current=True)], rule


def reasons(cells, rule):
    return {key: shown.reason for key, shown in decide_block(cells, rule).items() if shown.reason}


def test_a_single_hidden_count_takes_the_smallest_other_with_it():
    assert reasons(*races({"asian": 9, "white": 900, "hispanic": 300}, "count")) == {
        "asian": "small_group",
        "hispanic": "protects_another",
    }


def test_two_hidden_counts_that_are_small_together_take_a_third():
    """ "Two hidden per line" would stop here: 3 + 4 = 7 says that neither is larger than seven."""
    assert reasons(*races({"asian": 3, "black": 4, "white": 900, "hispanic": 300}, "count")) == {
        "asian": "small_group",
        "black": "small_group",
        "hispanic": "protects_another",
    }


def test_rounding_may_protect_a_rate_without_any_other():
    """Five thousand students to a tenth of a percent leave five of them open: enough for a group of nine."""
    assert reasons(*races({"asian": 9, "white": 5000, "hispanic": 300})) == {"asian": "small_group"}
    assert reasons(*races({"asian": 9, "white": 5000, "hispanic": 1200}, value="50.1234")) == {
        "asian": "small_group",
        "hispanic": "protects_another",
    }


def test_a_total_that_does_not_print_one_small_group_gives_it_away():
    cells, rule = races({"asian": 9, "white": 900, "hispanic": 300}, "count")
    assert reasons([one for one in cells if one.key != "asian"], rule) == {"hispanic": "protects_another"}


def test_one_school_of_many_is_not_told_by_the_whole_district():
    """Who misses nearly all the other schools knows them to a whole percent at best, and that is many more than nine."""
    schools = Partition(SCHOOLS, "all", WHOLE)
    cells = [
        cell("elm", "73.5", 9, partitions=(schools,), is_current=True),
        cell(WHOLE, "61.2", 5000, is_current=True, is_district_or_state=True),
    ]
    assert reasons(cells, STUDENTS) == {"elm": "small_group"}


def test_the_figure_of_a_whole_district_is_known_anyway_and_protects_nobody_by_its_absence():
    """Where small groups would be pinned, other groups go: the state prints the district's own figure."""
    cells, rule = races({"a": 9, "b": 12, "c": 30})
    district = [replace(one, is_district_or_state=True, is_all_students=one.place == WHOLE) for one in cells]
    hidden = reasons(district, rule)
    assert WHOLE not in hidden and {"a", "b"} <= hidden.keys()


def test_without_a_total_nothing_can_be_worked_out():
    cells, rule = races({"asian": 9, "white": 900}, "count")
    assert reasons([one for one in cells if one.key != WHOLE], rule) == {"asian": "small_group"}


def test_what_protects_one_line_is_protected_in_the_other():
    """School and group lines cross: hiding along one must not leave a single hole in the other."""
    sizes = {("A", "x"): 9, ("A", "y"): 40, ("B", "x"): 50, ("B", "y"): 60, ("C", "x"): 300, ("C", "y"): 400}

    def at(school, group, n):
        lines = [Partition(SCHOOLS, group, ("all", group))] if school != "all" else []
        lines += [Partition(GROUPS, "sex", (school, "all"))] if group != "all" else []
        return cell((school, group), str(n), None, partitions=tuple(lines), is_current=True)

    total = lambda *names: sum(n for place, n in sizes.items() if set(names) <= {*place, "all"})  # noqa: E731
    cells = [at(school, group, n) for (school, group), n in sizes.items()]
    cells += [at(school, "all", total(school)) for school in "ABC"]
    cells += [at("all", group, total(group)) for group in "xy"] + [at("all", "all", total())]
    hidden = reasons(cells, Rule("students", "count", 16))
    assert hidden[("A", "x")] == "small_group"
    assert {place for place in hidden if "all" not in place} == {("A", "x"), ("A", "y"), ("B", "x"), ("B", "y")}
    assert not [place for place in hidden if "all" in place]


def test_a_hidden_place_is_hidden_in_every_vintage():
    cells, rule = races({"asian": 9, "white": 50, "other": 60}, "count")
    old = cell("old", "55", None, place="white", partitions=(RACE,), order=(1,))
    verdicts = decide_block([old, *(one for one in cells)], rule)
    assert verdicts["white"].reason == verdicts["old"].reason == "protects_another"


def test_one_published_bound_stays_a_bound():
    shown = primary(cell(value=None, n=400, mark="bounded", low=D(98)), STUDENTS)
    assert (shown.low, shown.high, shown.n) == (98, 100, 400)


def test_what_its_publisher_bounds_is_not_found_more_precisely_beside_it():
    """The publisher says at most 2%; all students and the others to four places would say how many exactly."""
    counts = {"asian": 400, "white": 5000}
    cells, rule = races(counts, value="50.000000")
    bounded = cell("asian", None, 400, mark="bounded", high=D(40), partitions=(RACE,), is_current=True)
    white = replace(cells[1], value=D("50.0002"))
    total = cell(WHOLE, "48.148148", 5400, is_current=True)
    assert reasons([bounded, white, total], rule) == {"white": "protects_another"}


LEVEL = {"low": "10", "middle": "1", "high": "89"}


def levels(values, n=300):
    return [cell((name, "school"), value, n, distribution="school", is_current=True) for name, value in values.items()]


def test_a_distribution_with_fewer_than_four_at_a_level_is_withheld_whole():
    assert (
        set(reasons(levels(LEVEL), STUDENTS).values()) == {"small_group"} and len(reasons(levels(LEVEL), STUDENTS)) == 3
    )
    assert not reasons(levels({"low": "10", "middle": "2", "high": "88"}), STUDENTS)
    assert len(reasons(levels({"low": "10", "middle": "0", "high": "90"}), STUDENTS)) == 3


def test_one_level_that_its_publisher_hides_is_not_what_the_others_leave():
    shown = levels({"low": "10", "high": "60"})
    hidden = cell(("middle", "school"), None, 300, mark="suppressed", distribution="school", is_current=True)
    assert reasons([*shown, hidden], STUDENTS).keys() == {("low", "school"), ("high", "school"), ("middle", "school")}


def shown_of(cells, rule):
    """A second release: what the first one showed stands on its cells."""
    verdicts = decide_block(cells, rule)
    return [replace(one, standing=verdicts[one.key]) for one in cells]


def corrected(cells, key, value, n=None):
    """The cells with a later vintage of one of them."""
    old = next(one for one in cells if one.key == key)
    new = replace(old, key=f"{key} corrected", value=D(value), n=n, order=(2,), standing=None)
    return [*(replace(one, is_current=one.key != key, order=one.order or (1,)) for one in cells), new]


def rounded_first():
    """Nine students hide behind the rounding of the first total; the white students' figure is exact."""
    cells, rule = races({"asian": 9, "white": 5000}, value="50.040000")
    cells = [replace(one, value=D("50.0")) if one.key == WHOLE else one for one in cells]
    return shown_of(cells, rule), rule


def test_a_correction_that_uncovers_a_small_group_waits_for_a_person():
    """Either total is harmless alone; a reader of both days would know how many of the nine met the standard."""
    first, rule = rounded_first()
    assert [one.key for one in first if one.standing.reason] == ["asian"]
    both = corrected(first, WHOLE, "50.030000", 5009)
    later = decide_block(both, rule)
    assert later["all corrected"].reason == "held"
    assert later[WHOLE].low == 50 and later["white"].low, "what was shown before stands"
    again = decide_block([replace(one, standing=later[one.key]) for one in both], rule)
    assert again == later, "and it goes on waiting"


def test_a_correction_that_uncovers_nothing_is_shown():
    cells, rule = races({"asian": 900, "black": 40, "white": 900}, "count")
    later = decide_block(corrected(shown_of(cells, rule), "white", "30"), rule)
    assert later["white corrected"].low == 30


@pytest.mark.parametrize(("word", "reason"), [("released", ""), ("kept", "held"), ("", "held")])
def test_what_a_steward_released_is_shown_and_what_was_kept_is_not(word, reason):
    first, rule = rounded_first()
    both = corrected(first, WHOLE, "50.030000", 5009)
    settled = [replace(one, settled=word) if one.key == "all corrected" else one for one in both]
    later = decide_block(settled, rule)
    assert later["all corrected"].reason == reason
    assert bool(later["white"].reason) == (word == "released"), "then another part hides the nine from new readers"


def test_a_part_that_was_hidden_before_goes_on_hiding():
    """The smallest part is another after a correction; showing what was hidden would uncover the nine."""
    cells, rule = races({"asian": 9, "black": 40, "white": 900}, "count")
    later = decide_block(corrected(shown_of(cells, rule), "white", "30"), rule)
    assert {key for key, shown in later.items() if shown.reason} == {"asian", "black"}
