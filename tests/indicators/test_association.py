"""Does the leading indicator lead? Which changes are paired, which are left out, and the four wordings."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators import association as module
from indicators.association import WORDS, Pair, evidence, pair_up, schools_once, windows, without_a_pair
from indicators.kendall import tail
from indicators.periods import CLASS_OF, MONTH, SCHOOL_YEAR, YEAR, Period

RISING = [(1, 1), (2, 2), (3, 3), (4, 4), (5, 5), (6, 6)]


def year(number, calendar=SCHOOL_YEAR):
    return Period(calendar, YEAR, number)


def years(first, *values):
    return [(year(first + place), value) for place, value in enumerate(values) if value != "-"]


def ranked(order):
    """Pairs without ties whose goal changes stand in this order."""
    return list(enumerate(order))


# Which wording


@pytest.mark.parametrize(
    ("why", "pairs", "sign", "word"),
    [
        ("none", [], 1, "not_enough"),
        ("five, all alike", RISING[:5], 1, "not_enough"),
        ("six, all alike: 1 in 720", RISING, 1, "consistent"),
        ("six, declared the other way", RISING, -1, "against"),
        ("six, one against the other, as declared", ranked([6, 5, 4, 3, 2, 1]), -1, "consistent"),
        ("S is 9: p 0.068", ranked([2, 1, 4, 3, 6, 5]), 1, "consistent"),
        ("S is 7: p 0.136", ranked([2, 1, 4, 6, 3, 5]), 1, "no_link"),
        ("S is 1: barely alike", ranked([5, 1, 6, 2, 3, 4]), 1, "no_link"),
        ("S is -1: barely against", ranked([6, 1, 5, 2, 3, 4]), 1, "against"),
        ("the goal never moved", [(place, 0) for place in range(6)], 1, "no_link"),
        ("the order says neither", [(1, 1), (1, 2), (2, 2), (2, 1), (3, 1), (3, 2)], 1, "no_link"),
    ],
)  # fmt: skip
def test_the_four_wordings(why, pairs, sign, word):
    found = evidence(pairs, sign=sign)
    assert found.word == word, (why, found)
    assert (found.tau is None) == (len(pairs) < 6 or why == "the goal never moved")


def test_the_cut_at_a_tenth_counts_a_tenth_itself(monkeypatch):
    assert evidence(ranked([2, 1, 4, 3, 6, 5])).p == tail(6, 9) == Fraction(49, 720)
    monkeypatch.setattr(module, "NO_LINK_ABOVE", Fraction(49, 720))
    assert evidence(ranked([2, 1, 4, 3, 6, 5])).word == "consistent"
    monkeypatch.setattr(module, "NO_LINK_ABOVE", Fraction(48, 720))
    assert evidence(ranked([2, 1, 4, 3, 6, 5])).word == "no_link"


def test_moved_the_same_way_counts_only_what_moved():
    found = evidence([(1, 2), (-1, -3), (1, -1), (0, 2), (0, 0), (2, 0), ("0.5", 1)])
    assert (found.n, found.same_way, found.as_declared) == (7, 3, 3)
    turned = evidence([(1, 2), (-1, -3), (1, -1), (0, 2), (0, 0), (2, 0), ("0.5", 1)], sign=-1)
    assert (turned.same_way, turned.as_declared) == (3, 1)


def test_no_wording_means_cause():
    said = " ".join(WORDS.values())
    assert len(WORDS) == 4
    assert not any(word in said for word in ("cause", "effect", "because", "impact", "leads to", "significant"))


MOVES = st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), max_size=9)


@given(MOVES, st.sampled_from([1, -1]))
@settings(deadline=None)
def test_counting_one_side_the_other_way_round_never_changes_the_word(moves, sign):
    found, turned = evidence(moves, sign=sign), evidence([(-a, b) for a, b in moves], sign=-sign)
    assert (found.word, found.p, found.as_declared) == (turned.word, turned.p, turned.as_declared)


@given(MOVES, st.sampled_from([1, -1]))
@settings(deadline=None)
def test_counting_both_sides_the_other_way_round_changes_nothing(moves, sign):
    assert evidence(moves, sign=sign) == evidence([(-a, -b) for a, b in moves], sign=sign)


# Which pairs


def moved(pairing):
    return [(int(pair.leading), int(pair.goal)) for pair in pairing.pairs]


def test_changes_are_paired_at_the_lag_and_at_no_other():
    leading, goal = years(2010, 1, 3, 2, 6, 5), years(2010, 50, 52, 55, 53, 60)
    assert moved(pair_up(leading, goal, lag_days=0)) == [(2, 2), (-1, 3), (4, -2), (-1, 7)]
    assert moved(pair_up(leading, goal, lag_days=365)) == [(2, 3), (-1, -2), (4, 7)]
    assert moved(pair_up(leading, goal, lag_days=730)) == [(2, -2), (-1, 7)]


@pytest.mark.parametrize(
    ("why", "leading", "goal", "leading_breaks", "goal_breaks", "pairs", "left_out"),
    [
        ("all there", (1, 2, 4), (5, 6, 8), [], [], [(1, 1), (2, 2)], {}),
        ("a goal withheld takes both its changes", (1, 2, 4, 5), (5, None, 8, 9), [], [], [(1, 1)], {"withheld": 2}),
        ("so does the indicator", (1, 2, None, 5), (5, 6, 8, 9), [], [], [(1, 1)], {"withheld": 2}),
        ("a year without a test is no pair, and none left out", (1, 2, 4, 5), (5, "-", 8, 9), [], [], [(1, 1)], {}),
        ("a year in which nobody counted the indicator", (1, "-", 4, 5), (5, 6, 8, 9), [], [], [(1, 1)], {}),
        ("the goal's test was replaced", (1, 2, 4, 5), (5, 6, 8, 9), [], [date(2011, 7, 1)], [(1, 1), (1, 1)], {"break": 1}),
        ("the indicator was rebased at a year's beginning", (1, 2, 4, 5), (5, 6, 8, 9), [date(2011, 7, 1)], [],
         [(1, 1), (1, 1)], {"break": 1}),
        ("a break and a withheld value make one pair less, not two", (1, 2, 4), (5, 6, None), [], [date(2011, 7, 1)],
         [(1, 1)], {"break": 1}),
        ("a break before everything", (1, 2, 4), (5, 6, 8), [date(2009, 7, 1)], [date(2009, 7, 1)], [(1, 1), (2, 2)], {}),
    ],
)  # fmt: skip
def test_which_pairs_are_left_out_and_counted(why, leading, goal, leading_breaks, goal_breaks, pairs, left_out):
    found = pair_up(
        years(2010, *leading), years(2010, *goal), lag_days=0, leading_breaks=leading_breaks, goal_breaks=goal_breaks
    )
    assert (moved(found), dict(found.left_out)) == (pairs, left_out), why


def test_evidence_carries_how_many_were_left_out():
    found = pair_up(years(2010, 1, 2, None, 4), years(2010, 1, 2, 3, 4), lag_days=0)
    assert evidence(found.pairs, left_out=found.left_out).left_out == {"withheld": 2}


def month(number):
    return Period(SCHOOL_YEAR, MONTH, 2019 * 12 + number - 1)


MONTHS = [(month(number), number) for number in range(1, 13)]


@pytest.mark.parametrize(
    ("lag", "length", "rule", "value"),
    [
        (0, 30, "mean", 6),  # June 1 to 30
        (0, 61, "mean", Fraction(11, 2)),  # May 1 to June 30: May ends on the 31st
        (30, 31, "mean", 5),
        (61, 90, "mean", Fraction(1 + 2 + 3 + 4, 4)),  # January 31 to April 30: its first day is January's last
        (61, 89, "mean", 3),  # February 1 to April 30
        (61, 90, "last", 4),
    ],
)
def test_the_window_is_told_by_days_and_a_reading_by_its_last(lag, length, rule, value):
    (found,) = windows(MONTHS, [year(2019)], lag_days=lag, window_days=length, rule=rule)
    assert found.value == value


def test_a_window_without_readings_is_no_window():
    assert windows(MONTHS, [year(2010)], lag_days=0) == []
    assert pair_up(MONTHS, years(2009, 1, 2), lag_days=0).pairs == ()


@pytest.mark.parametrize(("rule", "value"), [("mean", None), ("last", 6)])
def test_a_withheld_reading_withholds_the_mean_but_not_the_last(rule, value):
    readings = [(place, None if place == month(5) else number) for place, number in MONTHS]
    (found,) = windows(readings, [year(2019)], lag_days=0, window_days=90, rule=rule)
    assert (found.value, found.reason) == (value, "" if value else "withheld")


def test_a_phase_that_begins_within_a_window_leaves_it_out():
    readings = [(place, number) for place, number in MONTHS if number <= 6]
    (found,) = windows(readings, [year(2019)], lag_days=0, window_days=90, breaks=[date(2019, 5, 1)])
    assert (found.value, found.reason) == (None, "break")


def test_a_rebase_at_the_years_beginning_costs_one_pair_though_a_leap_year_moves_the_window():
    """365 days before June 30, 2012 lies July 1, 2011: the window ends on the new phase's first day, its reading not."""
    found = pair_up(
        years(2009, 1, 2, 3, 4, 5), years(2010, 1, 2, 3, 4, 5), lag_days=365, leading_breaks=[date(2011, 7, 1)]
    )
    assert [pair.period.number for pair in found.pairs] == [2011, 2012, 2014]
    assert found.left_out == {"break": 1}


def test_the_goal_may_count_in_another_calendar_than_the_indicator():
    classes = [(year(number, CLASS_OF), value) for number, value in [(2018, 85), (2019, 86)]]
    assert moved(pair_up(years(2017, 3, 5), classes, lag_days=365)) == [(2, 1)]


def test_every_school_counts_once_with_its_latest_pair():
    schools = {
        "Arvada": pair_up(years(2010, 1, 2, 4), years(2010, 5, 6, 8), lag_days=0, place="Arvada"),
        "Bear Creek": pair_up(years(2010, 1, 2, None), years(2010, 5, 4, 8), lag_days=0, place="Bear Creek"),
        "Chatfield": pair_up(years(2010, 1, None), years(2010, 5, 4), lag_days=0, place="Chatfield"),
    }
    found = schools_once(schools)
    assert [(pair.place, int(pair.leading), int(pair.goal), pair.period) for pair in found.pairs] == [
        ("Arvada", 2, 2, year(2012)), ("Bear Creek", 1, -1, year(2011)),
    ]  # fmt: skip
    assert found.left_out == {"withheld": 2}
    assert evidence(found.pairs).as_declared == 1


@pytest.mark.parametrize(
    ("why", "leading", "goal", "leading_breaks", "reason"),
    [
        ("it has a pair", (1, 2), (5, 6), [], None),
        ("its latest year is withheld, an earlier pair stands", (1, 2, None), (5, 6, 7), [], None),
        ("nothing of it may be shown", (None, None), (5, 6), [], "withheld"),
        ("nothing of its goal may be shown", (1, 2), (None, None), [], "withheld"),
        ("a new phase", (1, 2), (5, 6), [date(2010, 7, 1)], "break"),
        ("a new phase, and then a withheld year", (1, 2, None), (5, 6, 7), [date(2010, 7, 1)], "withheld"),
        ("one year alone", (1,), (5,), [], "too_few"),
        ("every other year", (1, "-", 3), (5, "-", 7), [], "too_few"),
        ("nothing at all", (), (), [], "too_few"),
    ],
)
def test_why_a_school_has_no_pair(why, leading, goal, leading_breaks, reason):
    pairing = pair_up(years(2010, *leading), years(2010, *goal), lag_days=0, leading_breaks=leading_breaks)
    assert without_a_pair({"Arvada": pairing}) == ({"Arvada": reason} if reason else {}), why


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: evidence(RISING, sign=2), "sign"),
        (lambda: evidence([(1, None)]), "not a finite number"),
        (lambda: windows(MONTHS, [year(2019)], lag_days=0, rule="best"), "mean or its last"),
        (lambda: windows(MONTHS, [year(2019)], lag_days=-1), "no later"),
        (lambda: windows(MONTHS, [year(2019)], lag_days=0, window_days=0), "at least a day"),
        (lambda: pair_up(MONTHS, [(year(2019), 1), (month(3), 2)], lag_days=0), "share a calendar"),
    ],
)
def test_what_cannot_be_paired_is_said_plainly(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def whole_table():
    for why, pairs, sign, word in test_the_four_wordings.pytestmark[0].args[1]:
        test_the_four_wordings(why, pairs, sign, word)


def all_pairs():
    for case in test_which_pairs_are_left_out_and_counted.pytestmark[0].args[1]:
        test_which_pairs_are_left_out_and_counted(*case)


@pytest.mark.parametrize(
    ("name", "variant", "test"),
    [
        ("FEWEST_PAIRS", 5, whole_table),
        ("FEWEST_PAIRS", 7, whole_table),
        ("NO_LINK_ABOVE", Fraction(5, 100), whole_table),
        ("NO_LINK_ABOVE", Fraction(20, 100), whole_table),
        ("_why_not", lambda *given: "", all_pairs),
    ],
)  # fmt: skip
def test_a_broken_rule_is_noticed(monkeypatch, name, variant, test):
    monkeypatch.setattr(module, name, variant)
    with pytest.raises((AssertionError, ValueError)):
        test()


def test_a_pair_may_be_given_as_a_pair_or_as_two_numbers():
    assert evidence([Pair(Fraction(1), Fraction(2))] * 6) == evidence([(1, 2)] * 6)
