"""Files that everybody has, whose publisher hides small groups itself: what we may reprint of them, and what not.

Who wants to know more than such a file tells has the file. Withholding a number of it protects nobody, so long as
nothing that we show is more precise; but a number about too few people is not repeated here, whoever prints it.
"""

import doctest
from dataclasses import replace
from decimal import Decimal

import pytest

from indicators.suppression import GROUPS, SCHOOLS, Cell, Partition, Rule, Shown, decide_block, sizes
from tests.indicators.attacker import Attack, leaks
from tests.indicators.test_suppression import STUDENTS
from tests.indicators.worlds import make_world

MASKED = replace(STUDENTS, is_masked_by_publisher=True)
D = Decimal
DISTRICT, ELM = "district", "elm"


def rate(place, value, n=None, **more):
    """A rate of one vintage; a place is an organization and a group."""
    where, group = place
    lines = [Partition(GROUPS, "race", (where, "all"))] if group != "all" else []
    lines += [Partition(SCHOOLS, group, (DISTRICT, group))] if where != DISTRICT else []
    return Cell(
        place, place, None if value is None else D(value), n, partitions=tuple(lines), is_current=True,
        is_district_or_state=where == DISTRICT, is_all_students=group == "all", **more,
    )  # fmt: skip


def as_a_state_prints_it():
    """A school of 140: the sizes of three of its groups are printed as "50 or less", one rate only as 98% or more."""
    return [
        rate((DISTRICT, "all"), "84.6", 6017),
        rate((ELM, "all"), "81.4", 140),
        rate((ELM, "white"), "83.3", 60),
        rate((ELM, "asian"), None, n_high=50, mark="bounded", low=D(98)),
        rate((ELM, "black"), "66.7", n_high=50),
        rate((ELM, "hispanic"), "76.5", n_high=50),
    ]


def reasons(cells, rule):
    return {key: shown.reason for key, shown in decide_block(cells, rule).items() if shown.reason}


def test_a_school_keeps_its_own_rate_beside_groups_whose_sizes_its_publisher_hides():
    shown = decide_block(as_a_state_prints_it(), MASKED)
    assert not [one for one in shown.values() if one.reason]
    assert shown[ELM, "all"] == Shown(D(81), D(81), 100, 299)
    assert shown[ELM, "black"] == Shown(D(60), D(69)), "as coarse as the smallest group, and no size is told"
    assert shown[ELM, "asian"] == Shown(D(80), D(100))


def test_the_same_file_is_not_trusted_where_nobody_says_that_its_publisher_masks():
    cells = [replace(one, n_high=20) if one.n_high else one for one in as_a_state_prints_it()]
    assert reasons(cells, STUDENTS) == {
        **{(ELM, group): "unknown_size" for group in ("asian", "black", "hispanic")},
        (ELM, "all"): "protects_another",
        (ELM, "white"): "protects_another",
    }
    assert not reasons(cells, MASKED)


def test_a_group_that_the_others_leave_fifteen_students_is_small_whatever_is_printed_of_it():
    cells = [replace(one, n=125) if one.key == (ELM, "white") else one for one in as_a_state_prints_it()]
    assert reasons(cells, MASKED) == {(ELM, group): "small_group" for group in ("asian", "black", "hispanic")}
    cells = [replace(one, n=124) if one.key == (ELM, "white") else one for one in as_a_state_prints_it()]
    assert not reasons(cells, MASKED)


def test_what_fractions_tell_of_the_sizes_of_other_groups_is_known_as_well():
    """Two groups share fifty students. 74.4% cannot be said of fewer than 39 (29 of them), so the other is eleven."""
    cells = [
        rate((DISTRICT, "all"), "84.6", 6017),
        rate((DISTRICT, "white"), "89.0", 5967),
        rate((DISTRICT, "american-indian"), "74.4", n_high=50),
        rate((DISTRICT, "pacific-islander"), "45.5", n_high=50),
    ]
    assert reasons(cells, MASKED) == {(DISTRICT, "pacific-islander"): "small_group"}
    assert decide_block(cells, MASKED)[DISTRICT, "american-indian"].low == D("74.4")
    cells[2] = rate((DISTRICT, "american-indian"), "75.0", n_high=50)  # of four, or of many more
    assert not reasons(cells, MASKED)


def test_a_whole_that_counts_fewer_than_its_parts_says_nothing_of_sizes():
    """Students in two groups, or a whole of another day."""
    cells = [replace(one, n=150) if one.key == (ELM, "white") else one for one in as_a_state_prints_it()]
    assert not reasons(cells, MASKED)


def test_a_small_group_told_with_its_size_was_not_masked_and_is_protected_like_any_other():
    """Somebody brought numbers of another origin into the indicator: the nine must not follow from the rest."""
    cells = [
        rate((ELM, "all"), "50.1234", 1309),
        rate((ELM, "asian"), "44.4", 9),
        rate((ELM, "white"), "50.1234", 1000),
        rate((ELM, "hispanic"), "50.1234", 300),
    ]
    assert reasons(cells, MASKED) == {(ELM, "asian"): "small_group", (ELM, "hispanic"): "protects_another"}


def test_where_no_sizes_are_told_such_a_group_does_not_stand_alone():
    cells = [
        rate((ELM, "asian"), "44.4", 9),
        rate((ELM, "black"), "30"),
        rate((ELM, "white"), "40"),
        rate((ELM, "all"), "50"),
    ]
    assert reasons(cells, MASKED) == {(ELM, "asian"): "small_group", (ELM, "black"): "protects_another"}
    cells[0] = rate((ELM, "asian"), None, mark="suppressed")
    assert reasons(cells, MASKED) == {(ELM, "asian"): "publisher"}


def test_a_masked_count_takes_no_other_with_it_and_one_in_the_clear_does():
    rule = Rule("students", "count", 16, is_masked_by_publisher=True)
    cells = [rate((ELM, group), n) for group, n in {"all": 1209, "white": 900, "hispanic": 300}.items()]
    assert reasons([*cells, rate((ELM, "asian"), None, mark="suppressed")], rule) == {(ELM, "asian"): "publisher"}
    assert not reasons(cells, rule), "nine whom the publisher does not print at all"
    assert reasons([*cells, rate((ELM, "asian"), "9")], rule) == {
        (ELM, "asian"): "small_group",
        (ELM, "hispanic"): "protects_another",
    }


def test_the_examples_of_sizes_are_true():
    outcome = doctest.testmod(sizes)
    assert outcome.attempted == 2 and not outcome.failed


WORLDS = [
    {"schools": 4},
    {"schools": 3, "largest": 400},
    {"schools": 3, "crossed": True},
    {"schools": 4, "silent": 1.0},
]


@pytest.mark.parametrize("kind", WORLDS)
@pytest.mark.parametrize("number", range(2))
def test_beside_the_publishers_file_our_pages_tell_nothing_new(kind, number):
    """The attacker has the file; what stays possible of each number it hides is the same with and without us."""
    world = replace(make_world(400 + number, marks=1.0, **kind), is_masked=True)
    verdicts = decide_block(world.cells(), world.rule)
    alone, both = Attack(world, [], file=world.facts), Attack(world, [(world.facts, verdicts)], file=world.facts)
    hidden = [fact.key for fact in world.facts if fact.mark]
    assert hidden and {verdicts[key].reason for key in hidden} == {"publisher"}
    alone.solve(), both.solve()
    assert [both.interval(key) for key in hidden] == [alone.interval(key) for key in hidden]
    shown = [fact for fact in world.facts if not verdicts[fact.key].reason]
    assert len(shown) == len([fact for fact in world.facts if not fact.mark]), "and nothing else is lost"


@pytest.mark.parametrize("kind", WORLDS[:3])
@pytest.mark.parametrize("number", range(2))
def test_what_is_not_masked_stays_safe_among_what_is(kind, number):
    """Half of the small groups are told with their sizes; for these the ordinary rule holds."""
    world = replace(make_world(500 + number, marks=0.5, **kind), is_masked=True)
    verdicts = decide_block(world.cells(), world.rule)
    clear = {fact.key for fact in world.facts if fact.people < 16 and not fact.mark}
    assert clear
    assert leaks(world, [(world.facts, verdicts)], only=clear) == []


def test_the_attacker_finds_them_where_nothing_is_withheld_for_them():
    found = 0
    for number in range(6):
        world = replace(make_world(500 + number, marks=0.5, schools=3, largest=400), is_masked=True)
        verdicts = decide_block(world.cells(), world.rule)
        taken = {fact.key: fact.value for fact in world.facts if verdicts[fact.key].reason == "protects_another"}
        careless = verdicts | {key: Shown(value, value) for key, value in taken.items()}
        clear = {fact.key for fact in world.facts if fact.people < 16 and not fact.mark}
        found += len(leaks(world, [(world.facts, careless)], only=clear))
    assert found, "an attacker who finds nothing here proves nothing above"
