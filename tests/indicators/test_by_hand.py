"""The modules against a second reading of the same paper, over thousands of drawn cases."""

from collections import Counter
from datetime import date, timedelta
from itertools import islice
from random import Random

import pytest

from indicators import runcharts
from indicators.association import pair_up
from indicators.calendars import Period, period_of
from indicators.forecast import forecast
from indicators.lines import student_quantile
from indicators.status import judge
from indicators.trajectory import planned_at
from indicators.words import Word
from tests.indicators import by_hand
from tests.indicators.test_status import BROKEN, broken_copy

CASES = 5000


def cases(seed, draw):
    random = Random(seed)
    while True:
        yield draw(random)


def test_every_status_is_that_of_the_paper():
    told = Counter()
    for path, readings, asked in islice(cases(31, by_hand.any_case), CASES):
        word = by_hand.judged(path, readings, **asked)
        assert judge(path, readings, **asked).word == word, (path, readings, asked)
        told[word] += 1
    assert all(told[word] > 9 for word in Word), told  # the cases know every word


def test_every_planned_value_is_that_of_the_paper():
    kinds = Counter()
    for path, readings, _asked in islice(cases(32, by_hand.any_case), CASES):
        for reading in readings:
            if by_hand.comes_after(reading.period, path.baseline.period):
                assert planned_at(path, reading.period) == by_hand.planned(path, reading.period)
                calendars = {point.period.calendar for point in path.points}
                kinds[path.interpolation, len(calendars) > 1, len(path.points) > 2] += 1
    assert len(kinds) == 8  # lines and steps, in one calendar and across, with waypoints and without
    assert min(kinds.values()) > 50


@pytest.mark.parametrize(("name", "old", "new"), BROKEN, ids=[name for name, *_ in BROKEN])
def test_the_drawn_cases_notice_a_broken_rule(name, old, new):
    module = broken_copy(old, new)

    def copied(reading):
        return module.Reading(reading.period, reading.low, reading.high, reading.withheld, reading.known_on)

    def is_noticed(case):
        path, readings, asked = case
        windows = [
            module.Window(w.period, w.expected_on, w.grace_days, w.not_collected, w.reason) for w in asked["windows"]
        ]
        try:
            found = module.judge(path, [copied(reading) for reading in readings], **asked | {"windows": windows})
        except (ValueError, TypeError, ZeroDivisionError):
            return True
        return found.word != by_hand.judged(path, readings, **asked)

    assert any(is_noticed(case) for case in islice(cases(31, by_hand.any_case), CASES))


def any_values(random):
    """Readings that jump, drift or hardly move, some of them missing, many on the median."""
    most, slope = random.choice([1, 2, 5, 100]), random.choice([0, 0, 1, 5])
    values = [random.randint(0, 10 * most) + slope * place for place in range(random.randint(0, 40))]
    values = [round(value / 10, random.choice([0, 1])) for value in values]
    return [None if random.random() < 0.08 else value for value in values]


def test_every_signal_is_that_of_the_paper():
    fired = Counter()
    for values in islice(cases(33, any_values), 2000):
        found = runcharts.phase(values)
        expected = by_hand.signals(values)
        assert (found.median, found.useful, found.longest_run, found.crossings, found.signals) == expected, values
        fired[found.signals] += 1
    assert len(fired) == 4, fired


def test_all_limits_are_those_of_the_paper():
    seen = Counter()
    for values in islice(cases(34, any_values), 2000):
        found, expected = runcharts.xmr(values), by_hand.limits(values)
        told = found and (found.lower, found.mean, found.upper, list(found.outside))
        assert told == expected, values
        seen["none" if found is None else ("outside" if found.outside else "inside")] += 1
        seen["dropped"] += bool(found and found.dropped)
    assert all(seen[kind] > 20 for kind in ("none", "outside", "inside", "dropped")), seen


def any_results(random):
    years = sorted(random.sample(range(2000, 2030), random.randint(0, 16)))
    readings = [(year, None if random.random() < 0.03 else random.randint(0, 1000) / 10) for year in years]
    cuts = [random.randint(1998, 2031) for _ in range(random.choice([0, 0, 1, 2]))]
    random.shuffle(readings)
    return readings, random.sample(range(1995, 2045), random.randint(0, 12)), cuts


def test_every_forecast_is_that_of_the_paper():
    quantiles = {freedom: student_quantile("0.9", freedom) for freedom in range(1, 20)}
    told = 0
    for readings, ahead, cuts in islice(cases(35, any_results), 1500):
        expected = by_hand.landing(readings, ahead, cuts, 0, 100, quantiles.get)
        found = forecast(readings, ahead, natural_low=0, natural_high=100, breaks=cuts)
        points = [(p.x, p.low, p.middle, p.high) for p in found.points] if found else []
        assert [point[0] for point in points] == [point[0] for point in expected], (readings, ahead, cuts)
        for point, other in zip(points, expected, strict=True):
            assert point == pytest.approx(other, abs=1e-6)
        told += bool(points)
    assert told > 200


def any_claim(random):
    """A leading indicator by year, month or week, and a goal by years of any calendar; some withheld, some missing."""
    kind, count = random.choice([("year", 8), ("month", 90), ("week", 380)])
    first, density = period_of(date(2010, 8, 1), "school_year", kind), random.choice([1, 0.7, 0.2])
    leading = [
        (first.next(place), None if random.random() < 0.02 else random.randint(0, 30))
        for place in range(count) if random.random() < density
    ]  # fmt: skip
    calendar = random.choice(["school_year", "class_of", "calendar_year", "october"])
    goal = [
        (Period(calendar, "year", year), None if random.random() < 0.05 else random.randint(0, 50))
        for year in range(2011, 2019) if random.random() < 0.9
    ]  # fmt: skip
    random.shuffle(leading)
    random.shuffle(goal)
    lag, length = random.choice([0, 30, 61, 182, 365, 366, 730]), random.choice([1, 30, 90, 365])
    cuts = [
        [date(2010, 1, 1) + timedelta(days=random.randint(0, 3000)) for _ in range(random.choice(many))]
        for many in ([0, 0, 1, 2], [0, 0, 1])
    ]
    return leading, goal, lag, length, random.choice(["mean", "last"]), *cuts


def test_every_pair_of_changes_is_that_of_the_paper():
    told = Counter()
    for leading, goal, lag, length, rule, leading_cuts, goal_cuts in islice(cases(36, any_claim), 500):
        found = pair_up(leading, goal, lag_days=lag, window_days=length, rule=rule,
                        leading_breaks=leading_cuts, goal_breaks=goal_cuts)  # fmt: skip
        pairs, left_out = by_hand.moves(leading, goal, lag, length, rule, leading_cuts, goal_cuts)
        assert [(pair.leading, pair.goal) for pair in found.pairs] == pairs
        assert dict(found.left_out) == left_out
        told.update(pairs=len(pairs), **left_out)
    assert min(told["pairs"], told["break"], told["withheld"]) > 100
