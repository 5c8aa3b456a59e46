"""The word a goal wears, and everything needed to say why (the whole rule is told in `judge`).

The cut points 0.95 and 0.60 are those of Eurostat's and Statistics Canada's monitoring of the SDGs (the progress
method of Open SDG), applied to the planned path instead of a growth rate: a growth rate of a percentage depends
on whether one counts presence or absence. All judging is in exact rationals, before any rounding (version 1).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from indicators.amounts import Amount, exact
from indicators.comparability import break_between
from indicators.periods import Period
from indicators.readings import Reading, Window
from indicators.trajectory import (
    LOWER,
    RANGE,
    Path,
    coordinate,
    distance_outside,
    is_after,
    planned_at,
    shares_calendar,
)
from indicators.words import JUDGED, NEUTRAL, RollUp, Word, rank, roll_up

__all__ = [
    "JUDGED", "NEUTRAL", "VERSION", "Comparison", "Reading", "RollUp", "State", "Verdict", "Window", "Word",
    "compare", "judge", "last_reading", "rank", "roll_up",
]  # fmt: skip

VERSION = "1"
ON_TRACK_SHARE = Fraction(95, 100)
BEHIND_SHARE = Fraction(60, 100)


class State(StrEnum):
    """How the promise itself stands."""

    ADOPTED = "adopted"
    AWAITING_BASELINE = "awaiting_baseline"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Comparison:
    """One value held against the path, in the unit; gap, gained and required count upward as better."""

    word: Word
    rule: str
    value: Fraction
    planned: Fraction
    gap: Fraction
    gained: Fraction
    required: Fraction
    share: Fraction | None


@dataclass(frozen=True)
class Verdict:
    """A word with everything that *why this color* needs.

    `rule` is the key of the rule that fired. `planned`, `gap`, `gained`, `required` (in the unit; for a range goal
    the last three are changes of the distance outside it) and `share` stand for an exact reading; for a band they
    are None and `ends` holds the worst and the best comparison within it. `skipped` names windows not collected
    since the reading. `inputs` are the plain texts from which the word can be rebuilt.
    """

    word: Word
    rule: str
    version: str
    path: Path | None = None
    reading: Reading | None = None
    planned: Fraction | None = None
    gap: Fraction | None = None
    gained: Fraction | None = None
    required: Fraction | None = None
    share: Fraction | None = None
    ends: tuple[Comparison, Comparison] | None = None
    overdue_since: date | None = None
    expected_on: date | None = None
    break_on: date | None = None
    skipped: tuple[Window, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)


def compare(path: Path, period: Period, value: Amount) -> Comparison:
    """One value (in the unit) for a period after the baseline's, held against the path: rules 2 to 4 of `judge`.

    Raises ValueError for a period that is not after the baseline's, or what is no number.

    >>> from indicators.periods import year_period
    >>> from indicators.trajectory import yearly_path
    >>> absence = yearly_path((2017, 30), (2022, 15), direction="lower")
    >>> attendance = yearly_path((2017, 70), (2022, 85))
    >>> spring = year_period("school_year", 2019)
    >>> compare(absence, spring, 24).word.value, compare(attendance, spring, 76).word.value
    ('on_track', 'on_track')
    """
    if not is_after(period, path.baseline.period):
        raise ValueError("Only periods after the baseline's are judged.")
    planned, tolerance, value = planned_at(path, period), exact(path.tolerance), exact(value)
    baseline, target, plan, actual, direction = _measured(path, planned, value)
    gap = direction * (actual - plan)
    gained = direction * (actual - baseline)
    required = direction * (plan - baseline)
    promised = direction * (target - baseline)
    has_reached = direction * (actual - target) >= 0
    share = gained / required if required > tolerance else None
    if not is_after(path.target.period, period):
        rule = "target_met" if has_reached else "target_missed"
    else:
        rule = _rule_before_target(tolerance, gap, gained, promised, has_reached, share)
    return Comparison(_WORDS[rule], rule, value, planned, gap, gained, required, share)


def _measured(path: Path, planned: Fraction, value: Fraction) -> tuple[Fraction, Fraction, Fraction, Fraction, int]:
    """Baseline, target, plan, actual and direction (+1 or −1); a range goal is turned into its distance outside."""
    baseline, target = exact(path.baseline.value), exact(path.target.value)
    if path.direction != RANGE:
        return baseline, target, planned, value, -1 if path.direction == LOWER else 1
    outside = [distance_outside(number, path.low, path.high) for number in (baseline, planned, value)]
    return outside[0], Fraction(0), outside[1], outside[2], -1


def _rule_before_target(
    tolerance: Fraction, gap: Fraction, gained: Fraction, promised: Fraction, has_reached: bool, share: Fraction | None
) -> str:
    """The key of the rule for a reading before the target's period."""
    if promised > tolerance and has_reached:
        return "target_met_early"
    if gap >= -tolerance:
        return "on_plan"
    if gained < -tolerance and promised >= 0:
        return "moving_away"
    if share is None:
        return "nothing_required_yet"
    if share >= ON_TRACK_SHARE:
        return "share_on_track"
    return "share_behind" if share >= BEHIND_SHARE else "share_off_track"


_WORDS = {
    "target_met": Word.TARGET_MET,
    "target_missed": Word.TARGET_MISSED,
    "target_met_early": Word.TARGET_MET,
    "on_plan": Word.ON_TRACK,
    "moving_away": Word.MOVING_AWAY,
    "nothing_required_yet": Word.OFF_TRACK,
    "share_on_track": Word.ON_TRACK,
    "share_behind": Word.SLIGHTLY_BEHIND,
    "share_off_track": Word.OFF_TRACK,
}


def judge(
    path: Path | None,
    readings: Iterable[Reading],
    *,
    day: date,
    windows: Sequence[Window] = (),
    breaks: Sequence[date] = (),
    state: State | str = State.ADOPTED,
) -> Verdict:
    """The word for a promise as of a day, from publishable readings only.

    In this order. (1) Withdrawn; no baseline yet; the last reading lies beyond a break (`breaks`: first days of the
    new phase) that follows the baseline; a window after the last reading is past its day plus grace; the last
    reading is withheld, or its band holds values with different words; nothing to judge yet. (2) A reading for the
    target's period or later meets the target or misses it, without tolerance. (3) Before that a goal that asks for
    a change larger than the tolerance is met early when its target is reached. (4) Else the reading is held against
    the value planned for its own period: within tolerance on track; worse than the baseline, unless the plan itself
    ends below it, moving away; nothing gained was asked yet, off track; else by the share of the planned gain.
    Readings not after the baseline, or not known on the day, do not count; missing is never zero and never failure.
    Raises ValueError for a state that is none of the three, or a value that is no number.

    >>> from indicators.periods import year_period
    >>> from indicators.trajectory import yearly_path
    >>> path = yearly_path((2017, 83.5), (2022, 90), calendar="class_of")
    >>> reading = Reading.of(year_period("class_of", 2019), 85.3, known_on=date(2020, 1, 16))
    >>> verdict = judge(path, [reading], day=date(2020, 2, 6))
    >>> verdict.word.value, float(verdict.gap), round(float(verdict.share), 2)
    ('slightly_behind', -0.8, 0.69)
    """
    if state not in tuple(State):
        raise ValueError(f"A promise is {', '.join(State)}, not “{state}”.")
    if state == State.WITHDRAWN:
        return _plain(Word.WITHDRAWN, "withdrawn", path, day)
    if path is None or state == State.AWAITING_BASELINE:
        return _plain(Word.AWAITING_BASELINE, "awaiting_baseline", path, day)
    reading = last_reading(path, readings, day)
    following = [window for window in windows if is_after(window.period, (reading or path.baseline).period)]
    expected = _expected(path, reading, following)
    facts = {
        "reading": reading,
        "expected_on": min((window.expected_on for window in expected), default=None),
        "skipped": tuple(w for w in following if w.not_collected and w.expected_on <= day),
    }
    break_on = break_between(path.baseline.period, reading.period, breaks) if reading else None
    if break_on:
        return _plain(Word.NOT_COMPARABLE, "series_break", path, day, break_on=break_on, **facts)
    overdue = [window.expected_on for window in expected if window.is_past(day)]
    if overdue:
        return _plain(Word.DATA_OVERDUE, "overdue", path, day, overdue_since=min(overdue), **facts)
    if reading is None:
        return _plain(Word.NOT_DUE_YET, "not_due_yet", path, day, **facts)
    if reading.is_withheld:
        return _plain(Word.WITHHELD, "withheld", path, day, **facts)
    return _judged(path, reading, day, facts)


def last_reading(path: Path, readings: Iterable[Reading], day: date) -> Reading | None:
    """The reading that is judged: known by the day, for the latest period after the baseline, in its latest vintage."""
    known = [r for r in readings if r.known_on <= day and is_after(r.period, path.baseline.period)]
    if not known:
        return None
    by_number = shares_calendar(reading.period for reading in known)
    return max(reversed(known), key=lambda reading: (coordinate(reading.period, by_number), reading.known_on))


def _expected(path: Path, reading: Reading | None, following: Sequence[Window]) -> list[Window]:
    """Windows whose reading is still awaited; none once the target's period, or a later one, has a reading."""
    if reading and not is_after(path.target.period, reading.period):
        return []
    return [window for window in following if not window.not_collected]


def _judged(path: Path, reading: Reading, day: date, facts: dict) -> Verdict:
    """The word of a value, or of a band when every value in it gets the same one."""
    compared = sorted((compare(path, reading.period, v) for v in _telling_values(path, reading)), key=lambda c: c.gap)
    worst, best = compared[0], compared[-1]
    if worst.word != best.word:
        return _plain(Word.WITHHELD, "band_straddles", path, day, ends=(worst, best), **facts)
    if not reading.is_exact:
        return _plain(worst.word, worst.rule, path, day, ends=(worst, best), **facts)
    return _plain(
        worst.word, worst.rule, path, day, planned=worst.planned, gap=worst.gap, gained=worst.gained,
        required=worst.required, share=worst.share, ends=(worst, best), **facts,
    )  # fmt: skip


def _telling_values(path: Path, reading: Reading) -> list[Fraction]:
    """The values whose words decide for the whole band.

    A better value never gets a worse word, so for higher and lower the two ends enclose every word between them.
    For a range the word follows the distance outside it, which falls to `low`, rests, and rises from `high`:
    within the band its least and greatest value lie at an end or at one of these turning points.
    """
    low, high = sorted((exact(reading.low), exact(reading.high)))
    turning = (exact(path.low), exact(path.high)) if path.direction == RANGE else ()
    return list({low, high, *(edge for edge in turning if low < edge < high)})


def _plain(word: Word, rule: str, path: Path | None, day: date, **facts) -> Verdict:
    inputs = _inputs(path, facts.get("reading"), day)
    return Verdict(word=word, rule=rule, version=VERSION, path=path, inputs=inputs, **facts)


def _inputs(path: Path | None, reading: Reading | None, day: date) -> dict[str, str]:
    """All that the word was computed from, as plain text for snapshots, the API and open data."""
    inputs = {"day": day.isoformat(), "cut_points": f"{float(ON_TRACK_SHARE):.2f} {float(BEHIND_SHARE):.2f}"}
    if path:
        inputs |= {"direction": path.direction, "interpolation": path.interpolation, "tolerance": str(path.tolerance)}
        inputs["path"] = "; ".join(f"{point.period.label()} {point.value}" for point in path.points)
        if path.direction == RANGE:
            inputs["range"] = f"{path.low} {path.high}"
    if reading:
        inputs["reading_period"] = reading.period.label()
        inputs["reading"] = f"withheld: {reading.withheld}" if reading.is_withheld else f"{reading.low} {reading.high}"
        inputs["known_on"] = reading.known_on.isoformat()
    return inputs
