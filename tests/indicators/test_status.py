"""The rule of status as a table a principal could read, and proof that the table notices a broken rule."""

import types
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path as File

import pytest

from indicators import comparability, readings, status
from indicators.periods import CLASS_OF, SCHOOL_YEAR, YEAR, Period
from indicators.status import JUDGED, NEUTRAL, State, Word, compare, judge, rank, roll_up
from indicators.trajectory import Path, Waypoint, yearly_path

TODAY = date(2020, 2, 6)
KNOWN = date(2020, 1, 16)


def year(number, calendar=SCHOOL_YEAR):
    return Period(calendar, YEAR, number)


def plan(start, goal, begins=2017, ends=2022, waypoints=(), tolerance="0.05", **more):
    """A path by school year; values as texts, waypoints as pairs."""
    points = tuple(Waypoint(year(number), Decimal(value)) for number, value in waypoints)
    ranges = {edge: Decimal(more.pop(edge)) for edge in ("low", "high") if edge in more}
    ends_of = Waypoint(year(begins), Decimal(start)), Waypoint(year(ends), Decimal(goal))
    return Path(*ends_of, points, tolerance=Decimal(tolerance), **ranges, **more)


def read(number, low, high=None, known_on=KNOWN, module=status):
    low, high = (None if value is None else Decimal(value) for value in (low, low if high is None else high))
    return module.Reading(year(number), low, high, "small_group" if low is None else "", known_on)


def window(number, expected_on, grace=0, reason="", module=status):
    return module.Window(year(number), date.fromisoformat(expected_on), grace, bool(reason), reason)


RISE = plan("80", "90", ends=2022)  # two a year: 82, 84, 86, 88, 90
FALL = plan("30", "15", direction="lower")  # three a year: 27, 24, 21, 18, 15
KEEP = plan("95", "95")
LIMIT = plan("86000", "80000", tolerance="50")  # a planned decline of membership, higher is better
BENT = plan("80", "90", waypoints=[(2019, "80")])  # nothing was asked before 2019
STAIRS = plan("80", "90", waypoints=[(2020, "85")], interpolation="step")
BAND = plan("90", "96", direction="range", low="95", high="98")
DIP = plan("80", "90", waypoints=[(2019, "76")])  # the plan itself dips first

LAST_YEAR_OVERDUE = {"windows": [(2019, "2019-11-15", 30)]}

TABLE = [
    # what happened, path, readings (year, value or band), circumstances, word, rule
    ("withdrawn wins over everything", RISE, [(2019, 84)], {"state": "withdrawn"}, "withdrawn", "withdrawn"),
    ("no path yet", None, [(2019, 84)], {}, "awaiting_baseline", "awaiting_baseline"),
    ("awaiting its baseline", RISE, [(2019, 84)], {"state": "awaiting_baseline"}, "awaiting_baseline", None),
    ("the test was replaced", RISE, [(2019, 84)], {"breaks": ["2018-07-01"]}, "not_comparable", "series_break"),
    ("the test was replaced before the baseline", RISE, [(2019, 84)], {"breaks": ["2016-07-01"]}, "on_track", None),
    ("the test was replaced since", RISE, [(2019, 84)], {"breaks": ["2019-07-01"]}, "on_track", None),
    ("a break comes before silence", RISE, [(2018, 84)], {"breaks": ["2017-07-01"], **LAST_YEAR_OVERDUE},
     "not_comparable", None),
    ("last year's reading never came", RISE, [(2018, 82)], LAST_YEAR_OVERDUE, "data_overdue", "overdue"),
    ("the first reading never came", RISE, [], LAST_YEAR_OVERDUE, "data_overdue", "overdue"),
    ("the last day of grace", RISE, [(2018, 82)], {"windows": [(2019, "2020-01-07", 30)]}, "on_track", None),
    ("one day after grace", RISE, [(2018, 82)], {"windows": [(2019, "2020-01-06", 30)]}, "data_overdue", None),
    ("the next reading is not due yet", RISE, [(2019, 84)], {"windows": [(2020, "2020-11-15")]}, "on_track", None),
    ("it was not collected, and that was said", RISE, [(2018, 82)],
     {"windows": [(2019, "2019-11-15", 0, "no test")]}, "on_track", None),
    ("the reading did come", RISE, [(2019, 84)], LAST_YEAR_OVERDUE, "on_track", None),
    ("it came withheld, so it is not overdue", RISE, [(2019, None)], LAST_YEAR_OVERDUE, "withheld", "withheld"),
    ("withheld, although last year's was shown", RISE, [(2018, 82), (2019, None)], {}, "withheld", "withheld"),
    ("silence counts before a withheld reading", RISE, [(2018, None)], LAST_YEAR_OVERDUE, "data_overdue", None),
    ("nothing to judge yet", RISE, [], {}, "not_due_yet", "not_due_yet"),
    ("only the baseline itself", RISE, [(2017, 80)], {}, "not_due_yet", "not_due_yet"),
    ("only readings before the baseline", RISE, [(2016, 70)], {}, "not_due_yet", None),
    ("after the target's year nothing more is awaited", RISE, [(2022, 91)],
     {"windows": [(2023, "2019-11-15")]}, "target_met", "target_met"),
    ("target year untested, and none since", RISE, [(2021, 88)],
     {"windows": [(2022, "2019-10-01", 0, "no test"), (2023, "2019-11-15")]}, "data_overdue", None),
    ("89 against 90 in the target's year", RISE, [(2022, 89)], {}, "target_missed", "target_missed"),
    ("89.99 against 90: no tolerance there", RISE, [(2022, "89.99")], {}, "target_missed", None),
    ("90 against 90", RISE, [(2022, 90)], {}, "target_met", "target_met"),
    ("a later year counts too", RISE, [(2023, 89)], {}, "target_missed", None),
    ("reached early", RISE, [(2019, 90)], {}, "target_met", "target_met_early"),
    ("keeping a level is not met early", KEEP, [(2019, 96)], {}, "on_track", "on_plan"),
    ("limiting a decline is not met early", LIMIT, [(2019, 85000)], {}, "on_track", "on_plan"),
    ("exactly on the line", RISE, [(2019, 84)], {}, "on_track", "on_plan"),
    ("below by the tolerance", RISE, [(2019, "83.95")], {}, "on_track", "on_plan"),
    ("95% of the planned gain", RISE, [(2019, "83.8")], {}, "on_track", "share_on_track"),
    ("just under 95%", RISE, [(2019, "83.79")], {}, "slightly_behind", "share_behind"),
    ("60% of the planned gain", RISE, [(2019, "82.4")], {}, "slightly_behind", "share_behind"),
    ("just under 60%", RISE, [(2019, "82.39")], {}, "off_track", "share_off_track"),
    ("standing still", RISE, [(2019, 80)], {}, "off_track", "share_off_track"),
    ("below the start by the tolerance only", RISE, [(2019, "79.95")], {}, "off_track", "share_off_track"),
    ("the wrong way", RISE, [(2019, "79.9")], {}, "moving_away", "moving_away"),
    ("the wrong way, before any gain was asked", BENT, [(2018, 79)], {}, "moving_away", "moving_away"),
    ("a level that should be kept is lost", KEEP, [(2019, 93)], {}, "moving_away", "moving_away"),
    ("a planned decline, on its line", LIMIT, [(2019, 83600)], {}, "on_track", "on_plan"),
    ("a planned decline that runs ahead of itself", LIMIT, [(2019, 82000)], {}, "off_track", "nothing_required_yet"),
    ("a planned decline, limited in its last year", LIMIT, [(2022, 80001)], {}, "target_met", "target_met"),
    ("in the planned dip, on the line", DIP, [(2019, 76)], {}, "on_track", "on_plan"),
    ("in the planned dip, below it", DIP, [(2019, 75)], {}, "moving_away", "moving_away"),
    ("a step holds", STAIRS, [(2019, 80)], {}, "on_track", "on_plan"),
    ("a step is due in its own year", STAIRS, [(2020, 80)], {}, "off_track", "share_off_track"),
    ("absence on its line", FALL, [(2019, 24)], {}, "on_track", "on_plan"),
    ("absence rises", FALL, [(2019, 31)], {}, "moving_away", "moving_away"),
    ("absence falls by half of what was planned", FALL, [(2019, 27)], {}, "off_track", "share_off_track"),
    ("absence in its last year", FALL, [(2022, 15)], {}, "target_met", "target_met"),
    ("within the range early", BAND, [(2019, 96)], {}, "target_met", "target_met_early"),
    ("on the way to the range", BAND, [(2019, "92.4")], {}, "on_track", "on_plan"),
    ("beyond the range on the other side", BAND, [(2019, 100)], {}, "on_track", "on_plan"),
    ("further from the range than at the start", BAND, [(2019, 104)], {}, "moving_away", "moving_away"),
    ("outside the range in the last year", BAND, [(2022, "98.1")], {}, "target_missed", "target_missed"),
    ("a band wholly behind", RISE, [(2019, 80, 82)], {}, "off_track", "share_off_track"),
    ("a band over two words", RISE, [(2019, 82, 84)], {}, "withheld", "band_straddles"),
    ("a band wholly above", RISE, [(2019, 85, 89)], {}, "on_track", "on_plan"),
    ("a band whose ends miss and whose middle meets", BAND, [(2022, 94, 99)], {}, "withheld", "band_straddles"),
    ("a band on the range's edge", BAND, [(2022, 95, 98)], {}, "target_met", "target_met"),
    ("published tomorrow", RISE, [(2019, 70, 70, "2020-02-07")], {}, "not_due_yet", None),
    ("restated later, the old value stands until then", RISE, [(2019, 84), (2019, 70, 70, "2020-02-07")], {},
     "on_track", None),
    ("restated by now", RISE, [(2019, 84), (2019, 70, 70, "2020-02-06")], {}, "moving_away", None),
    ("an older year loaded later does not displace a newer", RISE, [(2019, 84), (2018, 70, 70, "2020-02-01")], {},
     "on_track", None),
]  # fmt: skip


def judged(case, module=status):
    """The verdict on a row of the table, by this module or a broken copy of it."""
    _, path, readings, circumstances, _, _ = case
    known = [
        read(number, *values[:2], *map(date.fromisoformat, values[2:]), module=module) for number, *values in readings
    ]
    return module.judge(
        path,
        known,
        day=TODAY,
        windows=[window(*given, module=module) for given in circumstances.get("windows", [])],
        breaks=[date.fromisoformat(day) for day in circumstances.get("breaks", [])],
        state=circumstances.get("state", "adopted"),
    )


@pytest.mark.parametrize("case", TABLE, ids=[case[0] for case in TABLE])
def test_every_row_of_the_table_gets_its_word(case):
    verdict = judged(case)
    *_, word, rule = case
    assert verdict.word == Word(word)
    assert rule is None or verdict.rule == rule
    assert verdict.version == "1"


BROKEN = [
    # how the rule might be wrong, the text in the source, what would stand there instead
    ("silence is failure", '"data_overdue"', None),
    ("the target's year has a tolerance", "direction * (actual - target) >= 0", "gap >= -Fraction(path.tolerance)"),
    ("the target counts only above", "direction * (actual - target) >= 0", "direction * (actual - target) > 0"),
    ("only the target's own year counts", "if not is_after(path.target.period, period):",
     "if path.target.period == period:"),
    ("a kept level is met early", "promised > tolerance and has_reached", "has_reached"),
    ("nothing is met early", "promised > tolerance and has_reached", "False"),
    ("there is no tolerance", "gap >= -tolerance", "gap >= 0"),
    ("the tolerance itself fails", "gap >= -tolerance", "gap > -tolerance"),
    ("standing still moves away", "gained < -tolerance and", "gained <= 0 and"),
    ("moving away without tolerance", "gained < -tolerance and", "gained < 0 and"),
    ("a planned decline moves away", "and promised >= 0", ""),
    ("nothing moves away", "gained < -tolerance and promised >= 0", "False"),
    ("95% is not enough", "share >= ON_TRACK_SHARE", "share > ON_TRACK_SHARE"),
    ("60% is not enough", "share >= BEHIND_SHARE", "share > BEHIND_SHARE"),
    ("the growth ratio instead of the path", "share = gained / required",
     "share = gained / promised"),
    ("lower is higher", "-1 if path.direction == LOWER else 1", "1"),
    ("withheld readings are skipped", "known = [r for r in readings if r.known_on <= day and",
     "known = [r for r in readings if r.known_on <= day and not r.is_withheld and"),
    ("tomorrow is known today", "r.known_on <= day and ", ""),
    ("the baseline is judged", "is_after(r.period, path.baseline.period)",
     "not is_after(path.baseline.period, r.period)"),
    ("the first vintage stands", "reading.known_on))", "-reading.known_on.toordinal()))"),
    ("the latest upload wins over the latest year",
     "(coordinate(reading.period, by_number), reading.known_on)", "reading.known_on"),
    ("grace is forgotten", "timedelta(days=self.grace_days)", "timedelta(0)"),
    ("the last day of grace is late", "return day > self.expected_on", "return day >= self.expected_on"),
    ("what was not collected is overdue", "if not window.not_collected]", "]"),
    ("a closed goal still waits", "if reading and not is_after(path.target.period, reading.period):", "if False:"),
    ("breaks before the baseline count", "earlier.end < day <= later.end", "day <= later.end"),
    ("breaks after the reading count", "earlier.end < day <= later.end", "earlier.end < day"),
    ("breaks are ignored", "    if break_on:\n", "    if False:\n"),
    ("a band is judged by its better end", "if worst.word != best.word:", "worst = best\n    if False:"),
    ("a range looks at the ends only", "{low, high, *(edge for edge in turning if low < edge < high)}", "{low, high}"),
    ("a range has one side", "for number in (baseline, planned, value)]",
     "for number in (baseline, planned, min(value, exact(path.low)))]"),
    ("a withdrawn goal is judged", "if state == State.WITHDRAWN:", "if False:"),
    ("an awaited baseline is judged", "if path is None or state == State.AWAITING_BASELINE:", "if path is None:"),
]  # fmt: skip


def broken_copy(old, new):
    """The module of status, its readings and its breaks, with one text replaced by another."""
    texts = {part: File(part.__file__).read_text(encoding="utf-8") for part in (status, readings, comparability)}
    if new is None:  # silence turned into zero: the missing reading is invented
        old = '        return _plain(Word.DATA_OVERDUE, "overdue", path, day, overdue_since=min(overdue), **facts)\n'
        new = '        return _plain(Word.OFF_TRACK, "overdue", path, day, overdue_since=min(overdue), **facts)\n'
    assert any(old in text for text in texts.values()), f"no source says {old!r} any more: bring this list up to date"
    copies = {part: types.ModuleType(f"broken_{part.__name__}") for part in texts}
    for part, text in texts.items():
        exec(compile(text.replace(old, new), f"broken_{part.__name__}", "exec"), copies[part].__dict__)
    module = copies[status]
    module.Reading, module.Window = copies[readings].Reading, copies[readings].Window
    module.break_between = copies[comparability].break_between
    return module


@pytest.mark.parametrize(("name", "old", "new"), BROKEN, ids=[name for name, *_ in BROKEN])
def test_the_table_notices_a_broken_rule(name, old, new):
    module = broken_copy(old, new)

    def is_noticed(case):
        try:
            verdict = judged(case, module)
        except (ZeroDivisionError, ValueError):
            return True
        return verdict.word != case[-2] or (case[-1] is not None and verdict.rule != case[-1])

    assert any(is_noticed(case) for case in TABLE)


def test_the_real_graduation_goal_is_slightly_behind_for_the_class_of_2019():
    def classes(number):
        return Period(CLASS_OF, YEAR, number)

    points = [
        Waypoint(classes(n), Decimal(v)) for n, v in [(2018, "84.5"), (2019, "86.1"), (2020, "87.4"), (2021, "88.7")]
    ]
    path = Path(
        Waypoint(classes(2017), Decimal("83.5")),
        Waypoint(classes(2022), Decimal(90)),
        tuple(points),
        tolerance=Decimal("0.05"),
    )
    value = Decimal("85.3")
    readings = [
        status.Reading(classes(2018), value, value, "", date(2019, 1, 16)),
        status.Reading(classes(2019), value, value, "", KNOWN),
    ]
    verdict = judge(path, readings, day=TODAY)
    assert (verdict.word, verdict.rule) == (Word.SLIGHTLY_BEHIND, "share_behind")
    assert (verdict.gap, verdict.planned) == (Fraction(-8, 10), Fraction(861, 10))
    assert (verdict.gained, verdict.required, round(float(verdict.share), 2)) == (
        Fraction(18, 10),
        Fraction(26, 10),
        0.69,
    )
    assert judge(path, readings, day=date(2019, 6, 12)).word == Word.ON_TRACK


def test_absence_and_attendance_are_one_measure_with_one_word():
    attendance = plan("70", "85")
    for absent in ("24", "24.1", "25", "27", "30", "31", "15"):
        present = Decimal(100) - Decimal(absent)
        assert (
            compare(FALL, year(2019), Fraction(absent)).word == compare(attendance, year(2019), Fraction(present)).word
        )
    assert judge(FALL, [read(2019, 24)], day=TODAY).word == Word.ON_TRACK


def test_the_growth_ratio_of_sdg_monitoring_would_give_one_measure_two_words():
    """Open SDG's progress method: the actual over the required yearly growth, cut at 0.95 and 0.60."""

    def growth_ratio(start, now, goal, years=2, length=5):
        return ((now / start) ** (1 / years) - 1) / ((goal / start) ** (1 / length) - 1)

    assert (round(growth_ratio(30, 24, 15), 2), round(growth_ratio(70, 76, 85), 2)) == (0.82, 1.06)
    assert growth_ratio(30, 24, 15) < status.ON_TRACK_SHARE <= growth_ratio(70, 76, 85)
    shares = [
        compare(path, year(2019), now).share for path, now in [(FALL, 24), (plan("70", "85"), 76)]
    ]  # fmt: skip
    assert shares == [1, 1]


def test_a_band_keeps_its_sums_to_its_ends():
    verdict = judge(RISE, [read(2019, 80, 82)], day=TODAY)
    assert (verdict.gap, verdict.share, verdict.planned) == (None, None, None)
    assert [end.value for end in verdict.ends] == [80, 82]


def test_an_overdue_verdict_says_since_when_and_names_what_was_skipped():
    windows = [window(2019, "2019-05-01", 0, "no test that spring"), window(2020, "2019-11-15", 30)]
    verdict = judge(RISE, [read(2018, 82)], day=TODAY, windows=windows)
    assert (verdict.word, verdict.overdue_since) == (Word.DATA_OVERDUE, date(2019, 11, 15))
    assert [skipped.reason for skipped in verdict.skipped] == ["no test that spring"]
    assert verdict.reading.low == 82


def test_a_verdict_carries_what_is_needed_to_rebuild_it():
    inputs = judge(BAND, [read(2019, "92.4")], day=TODAY).inputs
    assert inputs == {
        "day": "2020-02-06",
        "cut_points": "0.95 0.60",
        "direction": "range",
        "interpolation": "linear",
        "tolerance": "0.05",
        "path": "2016–17 90; 2021–22 96",
        "range": "95 98",
        "reading_period": "2018–19",
        "reading": "92.4 92.4",
        "known_on": "2020-01-16",
    }


def test_words_stand_worst_first_and_the_neutral_ones_last():
    names = "moving_away target_missed off_track data_overdue slightly_behind on_track target_met"
    assert [word.value for word in JUDGED] == names.split()
    assert len(NEUTRAL) == 5
    assert max(rank(word) for word in JUDGED) < min(rank(word) for word in NEUTRAL)


def test_one_red_does_not_vanish_among_nine_greens():
    summary = roll_up([Word.ON_TRACK] * 9 + [Word.MOVING_AWAY, Word.WITHHELD])
    assert summary.worst == Word.MOVING_AWAY
    assert list(summary.counts.items()) == [(Word.MOVING_AWAY, 1), (Word.ON_TRACK, 9), (Word.WITHHELD, 1)]


def test_neutral_words_alone_have_no_worst():
    assert roll_up([Word.WITHHELD, Word.NOT_DUE_YET]).worst is None
    assert roll_up([]) == status.RollUp({}, None)


def test_numbers_of_every_kind_get_the_same_word():
    """85.3 as a float is 85.3, not the binary fraction next to it: exactly on the line is on the line."""
    for kind in (float, str, Fraction, Decimal):
        path = yearly_path((2017, kind("80.1")), (2022, kind("90.1")), tolerance=kind("0"))
        assert compare(path, year(2019), kind("84.1")).rule == "on_plan"
        band = yearly_path((2017, kind("90")), (2022, kind("96")), direction="range", low=kind("95"), high=kind("98"))
        verdict = judge(band, [status.Reading(year(2022), kind("94"), kind("99"))], day=TODAY)
        assert (verdict.word, [end.word for end in verdict.ends]) == (
            Word.WITHHELD,
            [Word.TARGET_MISSED, Word.TARGET_MET],
        )


def test_a_path_across_calendars_goes_by_last_days():
    """A path from one school year's end to another's, with a waypoint at a count in October: 1096 days in all."""
    path = Path(Waypoint(year(2017), 0), Waypoint(year(2020), 1096), (Waypoint(year(2019, "october"), 500),))
    assert compare(path, year(2018), 390).planned == Fraction(500 * 365, 458)
    assert compare(path, year(2019, "october"), 500).rule == "on_plan"
    assert compare(path, year(2020), 1095).rule == "target_missed"


@pytest.mark.parametrize("number", [2016, 2017])
def test_a_reading_not_after_the_baseline_is_not_judged(number):
    with pytest.raises(ValueError, match="after the baseline"):
        compare(RISE, year(number), 84)


def test_a_reading_with_a_reason_to_withhold_it_is_withheld_whatever_its_values():
    verdict = judge(RISE, [status.Reading(year(2019), 84, 84, "small_group")], day=TODAY)
    assert (verdict.word, verdict.rule) == (Word.WITHHELD, "withheld")
    assert "84" not in verdict.inputs["reading"]


def test_a_band_may_be_given_from_above():
    for number, low, high in [(2019, 80, 82), (2019, 82, 84), (2022, 94, 99)]:
        path = BAND if number == 2022 else RISE
        words = {
            judge(path, [status.Reading(year(number), *ends)], day=TODAY).word for ends in [(low, high), (high, low)]
        }
        assert len(words) == 1


def test_a_state_is_one_of_three():
    with pytest.raises(ValueError, match="adopted, awaiting_baseline, withdrawn, not “Withdrawn”"):
        judge(RISE, [], day=TODAY, state="Withdrawn")
    assert [state.value for state in State] == ["adopted", "awaiting_baseline", "withdrawn"]
