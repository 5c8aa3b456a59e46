"""The rules of the methods once more, as plainly as they can be written, and cases to hold the modules against them.

Nothing of the judging modules is used here but their small dataclasses: two readings of one paper, made apart.
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import log2, sqrt

from indicators.calendars import period_of
from indicators.readings import Reading, Window
from indicators.trajectory import Path, TrajectoryError, Waypoint

CALENDARS = (
    ("school_year", "year"), ("class_of", "year"), ("october", "year"), ("calendar_year", "year"),
    ("school_year", "semester"), ("calendar_year", "quarter"), ("school_year", "month"), ("calendar_year", "week"),
    ("school_year", "day"),
)  # fmt: skip


# Status, paper 3.1


def rational(value):
    return Fraction(str(value)) if isinstance(value, float) else Fraction(value)


def comes_after(one, other):
    if (one.calendar, one.kind) == (other.calendar, other.kind):
        return one.number > other.number
    return one.end > other.end


def planned(path, period):
    points = [path.baseline, *path.waypoints, path.target]
    is_one_calendar = len({(p.calendar, p.kind) for p in [period, *(point.period for point in points)]}) == 1
    place = (lambda p: p.number) if is_one_calendar else (lambda p: p.end.toordinal())
    xs, ys = [place(point.period) for point in points], [rational(point.value) for point in points]
    now = place(period)
    if now >= xs[-1]:
        return ys[-1]
    start = max(at for at, x in enumerate(xs) if x <= now)
    if path.interpolation == "step":
        return ys[start]
    return ys[start] + (ys[start + 1] - ys[start]) * Fraction(now - xs[start], xs[start + 1] - xs[start])


def outside(value, low, high):
    return low - value if value < low else value - high if value > high else Fraction(0)


def terms(path, period, value):
    """b, g, d, P and a of the methods; for a range the distances, d = -1 and g = 0."""
    b, g, p, a = rational(path.baseline.value), rational(path.target.value), planned(path, period), rational(value)
    if path.direction != "range":
        return b, g, (1 if path.direction == "higher" else -1), p, a
    low, high = rational(path.low), rational(path.high)
    return outside(b, low, high), Fraction(0), -1, outside(p, low, high), outside(a, low, high)


def word_of(path, period, value):
    (b, g, d, p, a), tolerance = terms(path, period, value), rational(path.tolerance)
    if not comes_after(path.target.period, period):
        return "target_met" if d * (a - g) >= 0 else "target_missed"
    if d * (g - b) > tolerance and d * (a - g) >= 0:
        return "target_met"
    if d * (a - p) >= -tolerance:
        return "on_track"
    if d * (a - b) < -tolerance and d * (g - b) >= 0:
        return "moving_away"
    if d * (p - b) <= tolerance:
        return "off_track"
    q = (a - b) / (p - b)
    return "on_track" if q >= Fraction("0.95") else "slightly_behind" if q >= Fraction("0.60") else "off_track"


def edges(path, period):
    """Values at which a word may change, and a hair on either side of each."""
    b, g, p, tolerance = (
        rational(n) for n in (path.baseline.value, path.target.value, planned(path, period), path.tolerance)
    )
    found = [b, g, p, p - tolerance, p + tolerance, b - tolerance, b + tolerance]
    found += [b + (p - b) * share for share in (Fraction("0.95"), Fraction("0.60"))]
    if path.direction == "range":
        found += [rational(path.low), rational(path.high)]
    return [value + hair for value in found for hair in (0, Fraction(1, 1000), Fraction(-1, 1000))]


def words_within(path, reading):
    """Every word that a value of the band could get: its ends, many values between, and all edges between."""
    low, high = sorted((rational(reading.low), rational(reading.high)))
    values = [low + (high - low) * Fraction(step, 20) for step in range(21)]
    values += [value for value in edges(path, reading.period) if low <= value <= high]
    return {word_of(path, reading.period, value) for value in values}


def judged(path, readings, day, windows, breaks, state):
    if state == "withdrawn":
        return "withdrawn"
    if path is None or state == "awaiting_baseline":
        return "awaiting_baseline"
    begins, ends = path.baseline.period, path.target.period
    last = None
    for reading in readings:
        if reading.known_on > day or not comes_after(reading.period, begins):
            continue
        is_same = last is not None and not comes_after(last.period, reading.period) and not comes_after(
            reading.period, last.period)  # fmt: skip
        if last is None or comes_after(reading.period, last.period) or is_same and reading.known_on >= last.known_on:
            last = reading
    if last and any(begins.end < cut <= last.period.end for cut in breaks):
        return "not_comparable"
    is_over = last is not None and not comes_after(ends, last.period)
    for window in windows:
        is_awaited = not window.not_collected and comes_after(window.period, last.period if last else begins)
        if not is_over and is_awaited and (day - window.expected_on).days > window.grace_days:
            return "data_overdue"
    if last is None:
        return "not_due_yet"
    if last.low is None or last.high is None:
        return "withheld"
    words = words_within(path, last)
    return words.pop() if len(words) == 1 else "withheld"


# Run charts, paper 3.3


@cache
def quantile_of_tosses(share, throws):
    row = [Fraction(1)]
    for _ in range(throws):
        row = [(a + b) / 2 for a, b in zip([0, *row], [*row, 0], strict=True)]
    total = Fraction(0)
    for heads, chance in enumerate(row):
        total += chance
        if total >= share:
            return heads
    return throws


def signals(values):
    """Median, useful readings, longest run, crossings, and the rules that fired."""
    known = [rational(value) for value in values if value is not None]
    if len(known) < 5:
        return None, 0, 0, 0, ()
    ordered, half = sorted(known), len(known) // 2
    middle = ordered[half] if len(known) % 2 else (ordered[half - 1] + ordered[half]) / 2
    sides = "".join("a" if value > middle else "b" for value in known if value != middle)
    crossings = sides.count("ab") + sides.count("ba")
    longest = max((len(run) for run in sides.replace("ab", "a b").replace("ba", "b a").split()), default=0)
    fired = []
    if len(known) >= 10 and sides:
        fired += ["long_run"] if longest > round(log2(len(sides))) + 3 else []
        fired += ["few_crossings"] if crossings < quantile_of_tosses(Fraction(5, 100), len(sides) - 1) else []
    return middle, len(sides), longest, crossings, tuple(fired)


def limits(values):
    """Lower limit, mean, upper limit and the places outside; None under twelve readings."""
    known = [(place, rational(value)) for place, value in enumerate(values) if value is not None]
    if len(known) < 12:
        return None
    base = [value for _, value in known[:12]]
    moves = [abs(base[at + 1] - base[at]) for at in range(11)]
    bound = Fraction("3.267") * sum(moves) / 11
    kept = [move for move in moves if not move >= bound] if any(moves) else moves
    mean, reach = sum(base) / 12, Fraction("2.66") * sum(kept) / len(kept)
    return mean - reach, mean, mean + reach, [place for place, v in known if v < mean - reach or v > mean + reach]


# Forecast, paper 3.2


def landing(readings, ahead, cuts, low, high, t):
    """(x, low, middle, high) for the places of which the rule lets speak; `t` gives the quantile by freedom."""
    phase = [(x, y) for x, y in sorted(readings) if all(x >= cut for cut in cuts)]
    if len(phase) < 5 or any(y is None for _, y in phase):
        return []
    n, xs, ys = len(phase), [float(x) for x, _ in phase], [float(y) for _, y in phase]
    end = xs[-1] + (2 if n < 10 else (xs[-1] - xs[0]) / 2)
    mean_x, mean_y = sum(xs) / n, sum(ys) / n
    sxx = sum((x - mean_x) ** 2 for x in xs)
    b = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True)) / sxx
    s = sqrt(sum((y - mean_y - b * (x - mean_x)) ** 2 for x, y in zip(xs, ys, strict=True)) / (n - 2))
    told = []
    for x in sorted(set(ahead)):
        if xs[-1] < x <= end:
            middle, reach = mean_y + b * (x - mean_x), t(n - 2) * s * sqrt(1 + 1 / n + (x - mean_x) ** 2 / sxx)
            told.append((x, *(min(max(value, low), high) for value in (middle - reach, middle, middle + reach))))
    return told


# Leading indicators, paper 3.4


def moves(leading, goal, lag, length, rule, leading_cuts, goal_cuts):
    """The pairs of changes, and how many were left out across a break and for a withheld value."""
    results, pairs, left_out = dict(goal), [], {"break": 0, "withheld": 0}

    def seen(period):
        end = period.end - timedelta(days=lag)
        inside = sorted((p.end, value) for p, value in leading if 0 <= (end - p.end).days < length)
        return inside if rule == "mean" else inside[-1:]

    for period in sorted(results, key=lambda p: p.number):
        before = period.next(-1)
        if before not in results or not seen(before) or not seen(period):
            continue
        days, values = zip(*seen(before), *seen(period), strict=True)
        is_cut = any(min(days) < cut <= max(days) for cut in leading_cuts)
        if is_cut or any(before.end < cut <= period.end for cut in goal_cuts):
            left_out["break"] += 1
        elif None in (*values, results[before], results[period]):
            left_out["withheld"] += 1
        else:
            means = [Fraction(sum(v for _, v in seen(p)), len(seen(p))) for p in (before, period)]
            pairs.append((means[1] - means[0], results[period] - results[before]))
    return pairs, {reason: count for reason, count in left_out.items() if count}


# Cases, drawn from a seeded `random.Random`


def any_value(random):
    """A number as somebody might give it: whole, with a decimal, as a decimal, a text, a fraction or a float."""
    tenths = random.choice([random.randint(0, 1000), 50 * random.randint(0, 20)])
    return random.choice([
        tenths // 10, tenths / 10, Decimal(tenths) / 10, f"{tenths / 10}", Fraction(tenths, 10),
    ])  # fmt: skip


def any_period(random, calendars, first=2012, last=2020):
    calendar, kind = random.choice(calendars)
    day = date(
        random.randint(first, last), 10 if calendar == "october" else random.randint(1, 12), random.randint(1, 28)
    )
    return period_of(day, calendar, kind)


def any_path(random, calendars):
    """A path that rises, falls, keeps a level, bends, steps or aims at a range; None where the points allow none."""
    periods = {any_period(random, calendars) for _ in range(random.randint(2, 6))}
    points = [Waypoint(p, any_value(random)) for p in sorted(periods, key=lambda p: (p.end, p.number))]
    direction, edges_of = random.choice(["higher", "lower", "range"]), {}
    if len(points) < 2:
        return None
    if direction == "range":
        low, high = sorted([any_value(random), any_value(random)], key=rational)
        points[-1] = Waypoint(points[-1].period, random.choice([low, high, (rational(low) + rational(high)) / 2]))
        edges_of = {"low": low, "high": high}
    elif random.random() < 0.15:
        points[-1] = Waypoint(points[-1].period, points[0].value)
    rules = {
        "interpolation": random.choice(["linear", "step"]),
        "tolerance": random.choice([0, "0.05", 0.5, Decimal(2), Fraction(1, 3), 10]),
    }
    try:
        return Path(points[0], points[-1], tuple(points[1:-1]), direction=direction, **rules, **edges_of)
    except TrajectoryError:
        return None  # two periods of different calendars end on one day


def any_reading(random, path, calendars, day):
    period = any_period(random, calendars, 2012, 2022)
    low = high = any_value(random)
    kind = random.random()
    if kind < 0.3:
        low, high = sorted([any_value(random), any_value(random)], key=rational)
    elif kind < 0.7 and comes_after(period, path.baseline.period):
        low = high = random.choice(edges(path, period))
    elif kind > 0.93:
        low = high = None
    known_on = random.choice([date.min, *(day + timedelta(days=days) for days in (-400, -30, -1, 0, 1, 30))])
    return Reading(period, low, high, "small_group" if low is None else "", known_on)


def any_case(random):
    """A path, and all that `judge` asks: readings, day, windows, breaks and state."""
    path = None
    while path is None:
        calendars = random.sample(CALENDARS, random.choice([1, 1, 1, 2, 3]))
        path = any_path(random, calendars)
    day = date(random.randint(2012, 2022), random.randint(1, 12), random.randint(1, 28))
    readings = [any_reading(random, path, calendars, day) for _ in range(random.choice([0, 1, 1, 1, 2, 3, 4]))]
    windows = [
        Window(any_period(random, calendars, 2012, 2022),
               day + timedelta(days=random.choice([-100, -91, -90, -31, -30, -29, -1, 0, 1, 30])),
               random.choice([0, 30, 90]), random.random() < 0.3)
        for _ in range(random.choice([0, 0, 1, 2, 4]))
    ]  # fmt: skip
    ends = [path.baseline.period.end, *(reading.period.end for reading in readings)]
    breaks = [
        random.choice(ends) + timedelta(days=random.choice([-1, 0, 1])) for _ in range(random.choice([0, 0, 0, 1, 2]))
    ]
    state = random.choice(["adopted"] * 20 + ["withdrawn", "awaiting_baseline"])
    return path, readings, {"day": day, "windows": windows, "breaks": breaks, "state": state}
