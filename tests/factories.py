"""Plain factories: each makes one thing with sensible parts, and takes overrides by name."""

import itertools
from datetime import date, timedelta
from decimal import Decimal

from django.core.cache import cache

from accounts.models import Grant, Person, Scope, Translation, User, text_hash
from indicators import publishing
from indicators.models import (
    CollectionWindow,
    ImportBatch,
    Indicator,
    Observation,
    Organization,
    Series,
    StudentGroup,
)
from stocktakes.models import Cycle, Stocktake
from strategy.models import (
    Goal,
    GoalRevision,
    Milestone,
    MilestoneUpdate,
    Plan,
    Strategy,
    Tactic,
    TeamMember,
)

DAY = date(2020, 2, 6)
START = date(2017, 7, 1)
_numbers = itertools.count(1)


def number():
    return next(_numbers)


def make_translation(original, text, language="es"):
    """A text of the plan in another language; what an earlier test's table held under the same key is forgotten."""
    cache.clear()
    return Translation.objects.create(
        original_hash=text_hash(original), language=language, original=original, text=text, author="A translator"
    )


def make_person(name=None, **overrides):
    return Person.objects.create(name=name or f"Person {number()}", **overrides)


def make_user(person=None, email=None, **overrides):
    person = person or make_person()
    email = email or f"user{number()}@example.org"
    return User.objects.create_user(email, "correct horse battery", person=person, **overrides)


def make_district(code=None, **overrides):
    code = code or f"D{number()}"
    overrides.setdefault("name", f"District {code}")
    scope = Scope.objects.create(kind=Scope.Kind.DISTRICT, name=overrides["name"])
    values = {"kind": "district", "authority": "CO", "code": code, "scope": scope} | overrides
    return Organization.objects.create(**values)


def grant(person, role, scope, since=START, **overrides):
    return Grant.objects.create(person=person, role=role, scope=scope, since=since, **overrides)


def make_plan(district=None, **overrides):
    district = district or make_district()
    slug = overrides.setdefault("slug", f"plan-{number()}")
    values = {
        "title": "Jeffco Generations",
        "subtitle": "Strategic plan",
        "starts_on": START,
        "ends_on": date(2022, 6, 30),
        "state": Plan.State.CURRENT,
        "is_demonstration": True,
        "standing_day": DAY,
        "scope": Scope.objects.create(kind=Scope.Kind.PLAN, name=slug, parent=district.scope),
    } | overrides
    return Plan.objects.create(district=district, **values)


def make_strategy(plan=None, **overrides):
    plan = plan or make_plan()
    values = {"name": "Learning", "slug": f"strategy-{number()}", "position": number()} | overrides
    return Strategy.objects.create(plan=plan, **values)


def make_tactic(strategy=None, leader=None, **overrides):
    strategy = strategy or make_strategy()
    slug = overrides.setdefault("slug", f"tactic-{number()}")
    values = {
        "name": "Commitment to Equity",
        "state": Tactic.State.ACTIVE,
        "position": number(),
        "scope": Scope.objects.create(kind=Scope.Kind.TACTIC, name=slug, parent=strategy.plan.scope),
    } | overrides
    tactic = Tactic.objects.create(strategy=strategy, **values)
    if leader:
        TeamMember.objects.create(tactic=tactic, person=leader, role=TeamMember.Role.LEADER, since=START)
    return tactic


def all_students():
    return StudentGroup.objects.get_or_create(code=StudentGroup.ALL, defaults={"name": "All students"})[0]


def make_indicator(**overrides):
    values = {
        "code": f"indicator-{number()}",
        "name": "Four-year graduation rate",
        "unit": "percent",
        "direction": "higher",
        "calendar": "class_of",
        "kind": "year",
        "natural_low": 0,
        "natural_high": 100,
        "source": "Colorado Department of Education",
    } | overrides
    return Indicator.objects.create(**values)


def make_series(indicator=None, organization=None, group=None):
    return Series.objects.create(
        indicator=indicator or make_indicator(),
        organization=organization or make_district(),
        group=group or all_students(),
    )


def make_batch(**overrides):
    values = {"file_name": "numbers.csv", "sha256": "0" * 64, "known_on": START} | overrides
    return ImportBatch.objects.create(**values)


def make_observation(series, period, value, known_on=date(2019, 1, 16), *, n=5000, decide=True, **overrides):
    """Append a number as an import would: the newest vintage is the current one, and its verdict is stored."""
    batch = overrides.pop("batch", None) or make_batch(known_on=known_on)
    current = Observation.objects.filter(series=series, period=period, closed_at__isnull=True).first()
    is_newest = current is None or (current.known_on, current.pk) <= (known_on, float("inf"))
    if current and is_newest:
        Observation.objects.filter(pk=current.pk).update(closed_at=batch.created_at)
    values = {"value": None if value is None else Decimal(str(value)), "n": n} | overrides
    observation = Observation.objects.create(
        series=series, period=period, known_on=known_on, batch=batch, row=2, column=5,
        closed_at=None if is_newest else batch.created_at, **values,
    )  # fmt: skip
    if decide:
        publishing.decide([series.indicator_id])
    return observation


def make_window(indicator, period, expected_on, **overrides):
    """A window announced a year before; overrides may say another day."""
    given = {"known_on": expected_on - timedelta(days=365)} | overrides
    return CollectionWindow.objects.create(indicator=indicator, period=period, expected_on=expected_on, **given)


def make_goal(tactic=None, series=None, **overrides):
    """A goal with an adopted path from 83.5 (2017) to 90 (2022); overrides go to its revision."""
    tactic = tactic or make_tactic()
    goal = Goal.objects.create(tactic=tactic, slug=f"goal-{number()}", short_name="Graduation", position=number())
    make_revision(goal, series=series, **overrides)
    return goal


def make_revision(goal, series=None, adopted_on=date(2018, 2, 8), **overrides):
    values = {
        "number": goal.revisions.count() + 1,
        "kind": GoalRevision.Kind.PATH,
        "statement": "At least 90% of students graduate in four years",
        "measure": series or make_series(organization=goal.tactic.strategy.plan.district),
        "baseline_period": 2017,
        "baseline_value": Decimal("83.5"),
        "target_period": 2022,
        "target_value": Decimal("90"),
        "reason_code": GoalRevision.Reason.FIRST,
        "proposed_by": make_person(),
        "known_on": adopted_on,
    } | overrides
    if adopted_on:
        values |= {"outcome": "adopted", "settled_by": make_person(), "settled_on": adopted_on}
    return GoalRevision.objects.create(goal=goal, **values)


def make_milestone(tactic=None, due_on=date(2020, 2, 10), known_on=date(2019, 9, 2), **overrides):
    """A milestone with its first report; overrides go to the milestone."""
    tactic = tactic or make_tactic()
    values = {"title": "Teams at all high schools", "slug": f"milestone-{number()}", "position": number()} | overrides
    milestone = Milestone.objects.create(tactic=tactic, **values)
    make_update(milestone, due_on=due_on, known_on=known_on)
    return milestone


def make_update(milestone, state="on_time", due_on=date(2020, 2, 10), known_on=date(2020, 1, 8), **overrides):
    values = {
        "number": milestone.updates.count() + 1,
        "percent": 100 if state == "done" else 50,
        "completed_on": known_on if state == "done" else None,
        "author": make_person(),
    } | overrides
    return MilestoneUpdate.objects.create(milestone=milestone, state=state, due_on=due_on, known_on=known_on, **values)


def make_cycle(plan=None, **overrides):
    values = {
        "name": "2019–20",
        "slug": f"cycle-{number()}",
        "starts_on": date(2019, 7, 1),
        "ends_on": date(2020, 6, 30),
    } | overrides
    return Cycle.objects.create(plan=plan or make_plan(), **values)


def make_stocktake(cycle, tactic, **overrides):
    values = {"slug": f"stocktake-{number()}", "planned_on": date(2019, 12, 12)} | overrides
    return Stocktake.objects.create(cycle=cycle, tactic=tactic, **values)
