"""A tactic with a leading indicator and readings, as tests of learning need it."""

from datetime import date

from indicators import publishing
from indicators.models import Annotation, Organization
from indicators.periods import MONTH, SCHOOL_YEAR
from strategy.models import LeadingIndicator, PdsaCycle
from tests.factories import START, make_goal, make_indicator, make_observation, make_series, number

SEPTEMBER_2018 = 2018 * 12 + 8
# A yearly measure and what it should move: in 6 of 7 steps both went the same way.
LEADING = [90, 92, 91, 94, 95, 93, 97, 96]
RESULTS = [80, 81, "80.5", 83, "83.5", 82, 85, "85.5"]
MONTHLY = [71, 70, 72, 70, 71, 70, 72, 71, 70, 75, 76, 75, 77, 76, 75, 77, 76, 75]


def make_readings(series, first, values, known_on=date(2019, 6, 1), **overrides):
    """One reading a period; None leaves a gap."""
    for period, value in enumerate(values, first):
        if value is not None:
            make_observation(series, period, value, known_on=known_on, decide=False, **overrides)
    publishing.decide([series.indicator_id])
    return series


def monthly_series(tactic, values=MONTHLY, **overrides):
    indicator = make_indicator(**{"calendar": SCHOOL_YEAR, "kind": MONTH, "name": "Core courses passed"} | overrides)
    return make_readings(make_series(indicator, tactic.strategy.plan.district), SEPTEMBER_2018, values)


def yearly_series(tactic, first, values, name="Attendance rate", **overrides):
    indicator = make_indicator(**{"calendar": SCHOOL_YEAR, "kind": "year", "name": name} | overrides)
    return make_readings(make_series(indicator, tactic.strategy.plan.district), first, values)


def make_leading(goal, series, **overrides):
    values = {
        "expected_sign": 1,
        "lag_days": 365,
        "reason": "It moves first.",
        "confidence": "medium",
        "declared_on": date(2018, 9, 1),
        "review_on": date(2020, 9, 1),
    } | overrides
    return LeadingIndicator.objects.create(tactic=goal.tactic, goal=goal, series=series, **values)


def yearly_claim(tactic, leading, results, *, first=2010, **overrides):
    """A yearly measure declared as leading a yearly goal, one year ahead: its readings begin a year before."""
    measure = yearly_series(tactic, first, results, "Graduation")
    goal = make_goal(tactic, measure)
    return make_leading(goal, yearly_series(tactic, first - 1, leading), **overrides)


def add_school(leading, name, values, results, *, first=2010, n=1200, known_on=date(2019, 6, 1), **about):
    """A school of the district with readings of both measures, for the same groups and periods as `yearly_claim`."""
    measure = leading.goal.revisions.latest("number").measure
    school = Organization.objects.create(
        **{"kind": "school", "authority": "CO-SCH", "code": f"{number():04d}", "name": name}
        | {"parent": measure.organization} | about
    )  # fmt: skip
    for side, start, readings in ((leading.series, first - 1, values), (measure, first, results)):
        own = make_series(side.indicator, school, side.group)
        make_readings(own, start, readings, known_on, n=n)
    return school


def note(series, period, kind=Annotation.Kind.REBASE, **overrides):
    values = {"text": "Counted anew.", "known_on": date(2019, 6, 1), "organization": series.organization} | overrides
    return Annotation.objects.create(indicator=series.indicator, kind=kind, period=period, **values)


def make_test(tactic, **overrides):
    values = {
        "number": tactic.pdsa_cycles.count() + 1,
        "scale": "1 school",
        "question": "Does a call on Friday help?",
        "prediction": "Half of them come back on Monday.",
        "planned_on": START,
        "study_due_on": date(2020, 2, 28),
    } | overrides
    return PdsaCycle.objects.create(tactic=tactic, **values)
