"""A plan as it is written: vision, values, strategies, tactics, teams, initiatives, and what it follows."""

from datetime import timedelta

from accounts.models import Scope
from indicators.models import Indicator, Organization, Series, StudentGroup
from jeffco_plan.demonstration.people import people
from strategy.models import (
    Alignment,
    AreaOfWork,
    Crosswalk,
    Focus,
    Initiative,
    Outcome,
    Plan,
    PlanDocument,
    Strategy,
    SystemIndicator,
    Tactic,
    TeamMember,
    TheoryOfAction,
    Value,
    Vocabulary,
)


def district_named(code):
    authority, _, number = code.partition(":")
    return Organization.objects.get(authority=authority, code=number)


def series_of(indicator_code, organization, group=StudentGroup.ALL):
    """The series of all students or of a group; made where no figure has come in yet."""
    series, _ = Series.objects.select_related("indicator").get_or_create(
        indicator=Indicator.objects.get(code=indicator_code),
        organization=organization,
        group=StudentGroup.objects.get(code=group),
    )
    return series


def create_plan(text):
    """The plan and everything in it but its promises."""
    plan = _plan(text["plan"])
    _words(plan, text)
    _system_indicators(plan, text)
    strategies = {entry["slug"]: _strategy(plan, position, entry) for position, entry in enumerate(text["strategy"], 1)}
    for position, entry in enumerate(text["tactic"], 1):
        _tactic(strategies[entry["strategy"]], position, entry)
    _initiatives(plan, strategies, text)
    _alignments(plan, strategies, text)
    if plan.predecessor:
        _crosswalk(plan, text)
    return plan


def _plan(entry):
    district = district_named(entry["district"])
    predecessor = Plan.objects.get(slug=entry["predecessor"]) if "predecessor" in entry else None
    return Plan.objects.create(
        **{name: value for name, value in entry.items() if name not in ("district", "predecessor")},
        district=district,
        predecessor=predecessor,
        scope=Scope.objects.create(kind="plan", name=entry["title"], parent=district.scope),
        is_demonstration=True,
    )


def _words(plan, text):
    for language, levels in text["vocabulary"].items():
        for level, (singular, plural) in levels.items():
            Vocabulary.objects.create(plan=plan, level=level, language=language, singular=singular, plural=plural)
    for model, key in ((Value, "value"), (Outcome, "outcome"), (Focus, "focus")):
        for position, entry in enumerate(text.get(key, []), 1):
            model.objects.create(plan=plan, position=position, **entry)
    for entry in text.get("document", []):
        PlanDocument.objects.create(
            plan=plan,
            title=entry["title"],
            year=entry["year"],
            language=entry["language"],
            accessible_text=entry["text"],
        )


def _system_indicators(plan, text):
    for position, entry in enumerate(text.get("system_indicator", []), 1):
        benchmark = series_of(entry["indicator"], district_named(entry["benchmark"])) if "benchmark" in entry else None
        series = series_of(entry["indicator"], plan.district)
        SystemIndicator.objects.create(plan=plan, series=series, benchmark=benchmark, position=position)


def _strategy(plan, position, entry):
    return Strategy.objects.create(plan=plan, position=position, **entry)


def _tactic(strategy, position, entry):
    tactic = Tactic.objects.create(
        strategy=strategy,
        scope=Scope.objects.create(kind="tactic", name=entry["name"], parent=strategy.plan.scope),
        name=entry["name"],
        short_name=entry.get("short_name", ""),
        slug=entry["slug"],
        lede=entry["lede"],
        state="active",
        position=position,
        is_illustration=entry.get("is_illustration", False),
    )
    for theory in entry.get("theories", []):
        TheoryOfAction.objects.create(tactic=tactic, **theory)
    _team(tactic, entry)


def _team(tactic, entry):
    cast, since = people(), entry["since"]
    leader_since = entry.get("leader_since", since)
    if "former_leader" in entry:
        until = leader_since - timedelta(days=1)
        former = cast[entry["former_leader"]]
        TeamMember.objects.create(tactic=tactic, person=former, role="leader", since=since, until=until)
    TeamMember.objects.create(tactic=tactic, person=cast[entry["leader"]], role="leader", since=leader_since)
    for key in entry.get("team", []):
        TeamMember.objects.create(tactic=tactic, person=cast[key], role="member", since=since)


def _initiatives(plan, strategies, text):
    for position, entry in enumerate(text.get("initiative", []), 1):
        initiative = Initiative.objects.create(
            plan=plan, position=position, name=entry["name"], text=entry["text"], school_year=entry["school_year"]
        )
        initiative.strategies.set(strategies[slug] for slug in entry["strategies"])
        for place, area in enumerate(entry.get("areas", []), 1):
            AreaOfWork.objects.create(
                initiative=initiative, position=place, text=area["text"], strategy=strategies[area["strategy"]]
            )


def _alignments(plan, strategies, text):
    for position, entry in enumerate(text.get("alignment", []), 1):
        Alignment.objects.create(plan=plan, position=position, **(entry | {"strategy": strategies[entry["strategy"]]}))


def _crosswalk(plan, text):
    """What became of the predecessor's elements: kept with the predecessor, written with the successor."""
    here, there = _elements(plan), _elements(plan.predecessor)
    for position, entry in enumerate(text.get("crosswalk", []), 1):
        Crosswalk.objects.create(
            plan=plan.predecessor,
            strategy=there["strategy"].get(entry.get("from_strategy")),
            tactic=there["tactic"].get(entry.get("from_tactic")),
            to_strategy=here["strategy"].get(entry.get("to_strategy")),
            to_tactic=here["tactic"].get(entry.get("to_tactic")),
            text=entry["text"],
            position=position,
            is_illustration=True,
        )


def _elements(plan):
    return {
        "strategy": {strategy.slug: strategy for strategy in plan.strategies.all()},
        "tactic": {tactic.slug: tactic for tactic in Tactic.objects.of_plan(plan)},
    }
