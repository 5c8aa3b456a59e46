"""What holds for every plan: a better reading never gets a worse word, and 100 − x never changes the word."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, Phase, assume, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from indicators import status
from indicators.periods import CLASS_OF, MONTH, OCTOBER, SCHOOL_YEAR, YEAR, Period, period_of
from indicators.trajectory import Path, Waypoint, is_after
from indicators.words import Word, rank
from tests.indicators.by_hand import edges
from tests.indicators.test_status import broken_copy

DAY = date(2040, 1, 1)
VALUES = st.decimals(0, 100, places=1).map(Fraction)
TOLERANCES = st.sampled_from([Decimal(0), Decimal("0.05"), Decimal("0.5"), Decimal(2), Decimal(10)])
BETTER = {"higher": "lower", "lower": "higher", "range": "range"}


@st.composite
def periods(draw, of):
    calendar, kind = draw(st.sampled_from(of))
    number = draw(st.integers(2017, 2026))
    if kind == YEAR:
        return Period(calendar, YEAR, number)
    return period_of(date(number, draw(st.integers(1, 12)), 15), calendar, kind)


CALENDARS = st.sampled_from(
    [[(SCHOOL_YEAR, YEAR)], [(SCHOOL_YEAR, MONTH)], [(SCHOOL_YEAR, YEAR), (OCTOBER, YEAR), (SCHOOL_YEAR, MONTH)],
     [(CLASS_OF, YEAR), (SCHOOL_YEAR, YEAR)]]
)  # fmt: skip


@st.composite
def plans(draw):
    """Any plan between 0 and 100: rising, falling, keeping, bent, with gaps, in steps, to a range, across calendars."""
    of = draw(CALENDARS)
    places = draw(st.lists(periods(of), min_size=2, max_size=6, unique_by=lambda period: period.end))
    points = [Waypoint(place, draw(VALUES)) for place in sorted(places, key=lambda period: period.end)]
    direction, ends = draw(st.sampled_from([*BETTER])), {}
    if direction == "range":
        low, high = sorted([draw(VALUES), draw(VALUES)])
        points[-1] = replace(points[-1], value=min(max(points[-1].value, low), high))
        ends = {"low": low, "high": high}
    elif draw(st.booleans()) and draw(st.booleans()):
        points[-1] = replace(points[-1], value=points[0].value)  # a level to keep
    rule = draw(st.sampled_from(["linear", "step"]))
    return Path(points[0], points[-1], tuple(points[1:-1]), rule, draw(TOLERANCES), direction, **ends), of


@st.composite
def readings(draw):
    """A plan, a period after its baseline, and two values for it: any, or such at which a word may change."""
    path, of = draw(plans())
    period = draw(periods(of))
    assume(is_after(period, path.baseline.period))
    value = st.one_of(VALUES, st.sampled_from(edges(path, period)))
    return path, period, draw(value), draw(value)


def badness(path, value):
    """How bad a value is, in the sense of the goal."""
    if path.direction == "range":
        return max(path.low - value, value - path.high, 0)
    return value if path.direction == "lower" else -value


def mirrored(path):
    """The same plan told as 100 − x."""

    def flip(point):
        return replace(point, value=100 - point.value)

    return replace(
        path,
        baseline=flip(path.baseline),
        target=flip(path.target),
        waypoints=tuple(map(flip, path.waypoints)),
        direction=BETTER[path.direction],
        low=None if path.high is None else 100 - path.high,
        high=None if path.low is None else 100 - path.low,
    )


def is_worse_for_the_better(case, module=status):
    path, period, *values = case
    worse, better = sorted(values, key=lambda value: badness(path, value), reverse=True)
    words = [module.compare(path, period, value).word for value in (worse, better)]
    return rank(words[0]) > rank(words[1])


def is_changed_by_the_mirror(case, module=status):
    path, period, *values = case
    low, high = sorted(values)
    verdict = module.judge(path, [module.Reading(period, low, high)], day=DAY)
    flipped = module.judge(mirrored(path), [module.Reading(period, 100 - high, 100 - low)], day=DAY)
    return (verdict.word, verdict.rule) != (flipped.word, flipped.rule)


@given(readings())
@settings(max_examples=300)
def test_a_better_reading_never_gets_a_worse_word(case):
    assert not is_worse_for_the_better(case)


@given(readings())
@settings(max_examples=300)
def test_counting_the_other_way_round_never_changes_the_word(case):
    assert not is_changed_by_the_mirror(case)


@given(readings(), st.fractions(0, 1))
@settings(max_examples=300)
def test_a_band_has_a_word_only_when_every_value_in_it_has_that_word(case, place):
    path, period, *values = case
    low, high = sorted(values)
    word = status.judge(path, [status.Reading(period, low, high)], day=DAY).word
    assume(word != Word.WITHHELD)
    assert status.compare(path, period, low + (high - low) * place).word == word


# Rules that would break a property, each with the words in the source and what would stand there instead.
UNFAIR = [
    ("a distance either way counts as a gap", "gap = direction * (actual - plan)", "gap = -abs(actual - plan)"),
    ("the better is met late", "direction * (actual - target) >= 0", "direction * (actual - target) <= 0"),
    ("a range has one side", "for number in (baseline, planned, value)]",
     "for number in (baseline, planned, min(value, exact(path.low)))]"),
    ("only on the line is on the plan", "gap >= -tolerance", "abs(gap) <= tolerance"),
    ("behind is behind from below", "if share >= BEHIND_SHARE else", "if share < BEHIND_SHARE else"),
]  # fmt: skip
FRAMED = [
    ("the growth ratio instead of the path", "share = gained / required if required > tolerance else None",
     "share = actual / plan if plan and required > tolerance else None"),
    ("the tolerance is a share of the value", "planned_at(path, period), exact(path.tolerance), exact(value)",
     "planned_at(path, period), exact(path.tolerance) * exact(value) / 50, exact(value)"),
    ("lower is higher", "-1 if path.direction == LOWER else 1", "1"),
    ("a range counts above only", "for number in (baseline, planned, value)]",
     "for number in (baseline, planned, max(value, exact(path.low)))]"),
    ("a gain is what grows", "gained = direction * (actual - baseline)", "gained = actual - baseline"),
    ("a band is judged by its lower end", "worst, best = compared[0], compared[-1]",
     "worst = best = min(compared, key=lambda c: c.value)"),
]  # fmt: skip
EAGER = settings(max_examples=3000, database=None, derandomize=True, phases=[Phase.generate],
                 suppress_health_check=list(HealthCheck))  # fmt: skip


@pytest.mark.parametrize(
    ("is_broken", "name", "old", "new"),
    [(is_worse_for_the_better, *rule) for rule in UNFAIR] + [(is_changed_by_the_mirror, *rule) for rule in FRAMED],
    ids=[name for name, *_ in UNFAIR + FRAMED],
)
def test_the_plans_are_broad_enough_to_notice_an_unfair_rule(is_broken, name, old, new):
    module = broken_copy(old, new)
    try:
        find(readings(), lambda case: is_broken(case, module), settings=EAGER)
    except NoSuchExample:
        pytest.fail(f"No plan among 3,000 notices that {name}.")


FEATURES = {
    "steps": lambda path, period: path.interpolation == "step" and path.waypoints,
    "across calendars": lambda path, period: len({p.period.calendar for p in path.points}) > 1,
    "by month": lambda path, period: {p.period.kind for p in path.points} == {MONTH},
    "a planned decline": lambda path, period: path.direction == "higher" and path.target.value < path.baseline.value,
    "a level to keep": lambda path, period: path.target.value == path.baseline.value,
    "a range from within": lambda path, period: path.direction == "range" and not badness(path, path.baseline.value),
    "a range of one value": lambda path, period: path.direction == "range" and path.low == path.high,
    "a bent path to a range": lambda path, period: path.direction == "range" and len(path.waypoints) > 2,
    "after the target": lambda path, period: is_after(period, path.target.period),
    "a reading in a gap": lambda path, period: period not in {p.period for p in path.points},
}


@pytest.mark.parametrize("feature", FEATURES)
def test_the_plans_are_of_every_kind(feature):
    find(readings(), lambda case: bool(FEATURES[feature](*case[:2])), settings=EAGER)
