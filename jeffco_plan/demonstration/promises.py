"""What is promised: goals with every revision, milestones with every report on them."""

from decimal import Decimal

from django.utils.text import slugify

from indicators.models import StudentGroup
from indicators.periods import parse_period
from jeffco_plan.demonstration.people import people
from jeffco_plan.demonstration.plans import series_of
from strategy.models import Goal, GoalRevision, Milestone, MilestoneFollowUp, MilestoneUpdate, Tactic
from strategy.revisions.actions import settle

SENTENCES = ("statement", "specific", "measurable", "achievable", "relevant", "time_bound")


def leader_on(tactic, day):
    """Who led a tactic on a day."""
    return tactic.team.current(day).select_related("person").get(role="leader").person


def create_goals(plan, text):
    tactics = {tactic.slug: tactic for tactic in Tactic.objects.of_plan(plan)}
    cast = people()
    for position, entry in enumerate(text["goal"], 1):
        goal = Goal.objects.create(
            tactic=tactics[entry["tactic"]], slug=entry["key"], short_name=entry["short_name"], position=position
        )
        for number, revision in enumerate(entry["revision"], 1):
            _revision(plan, goal, number, revision, cast)


def _revision(plan, goal, number, entry, cast):
    """A promise, adopted on the day on which it became known, with the forecast of that day; or one still open."""
    proposed_on = entry.get("proposed_on") or entry["adopted_on"]
    proposal = GoalRevision.objects.create(
        goal=goal,
        number=number,
        kind=entry["kind"],
        known_on=proposed_on,
        reason_code=entry.get("reason", "first"),
        reason=entry.get("reason_words", ""),
        awaiting_until=entry.get("awaiting_until"),
        tolerance=entry.get("tolerance") and Decimal(entry["tolerance"]),
        interpolation=entry.get("interpolation", "linear"),
        proposed_by=cast[entry["proposed_by"]],
        # Of Generations only the aims were published: baseline, path, persons and days are made up around them.
        is_illustration=entry.get("is_illustration", True),
        **{sentence: entry.get(sentence, "") for sentence in SENTENCES},
        **_path(plan, entry),
    )
    if "adopted_on" in entry:
        settle(proposal, outcome="adopted", by=cast[entry["adopted_by"]], day=entry["adopted_on"], words="")


def _path(plan, entry):
    """Measure, baseline, waypoints and target, with periods by the indicator's calendar."""
    if "indicator" not in entry:
        return {}
    series = series_of(entry["indicator"], plan.district, entry.get("group", StudentGroup.ALL))
    path = {
        "measure": series,
        "minus": series_of(entry["indicator"], plan.district, entry["minus"]) if "minus" in entry else None,
        "waypoints": [[_period(series, day), value] for day, value in entry.get("waypoints", [])],
    }
    for name in ("baseline", "target"):
        if name in entry:
            day, value = entry[name]
            path |= {f"{name}_period": _period(series, day), f"{name}_value": Decimal(value)}
    return path


def _period(series, label):
    return parse_period(label, series.indicator.calendar, series.indicator.kind).number


def create_milestones(plan, text):
    tactics = {tactic.slug: tactic for tactic in Tactic.objects.of_plan(plan)}
    goals = {goal.slug: goal for goal in Goal.objects.filter(tactic__strategy__plan=plan)}
    cast = people()
    for position, entry in enumerate(text.get("milestone", []), 1):
        tactic = tactics[entry["tactic"]]
        is_illustration = not entry.get("published", False)
        milestone = Milestone.objects.create(
            tactic=tactic,
            goal=goals.get(entry.get("moves")),
            title=entry["title"],
            slug=slugify(entry["title"])[:80],
            owner=cast[entry["owner"]] if "owner" in entry else leader_on(tactic, entry["updates"][-1]["on"]),
            position=position,
            is_illustration=is_illustration,
            source="" if is_illustration else text["plan"]["source"],
        )
        _updates(milestone, entry, cast, is_illustration)
        _follow_ups(milestone, entry)


def _updates(milestone, entry, cast, is_illustration):
    """The first report sets the date; each later one carries on what it does not name."""
    due = entry["due"]
    reports = [{"on": entry["planned"], "state": "not_started", "percent": 0}, *entry["updates"]]
    for number, report in enumerate(reports, 1):
        due = report.get("due", due)
        MilestoneUpdate.objects.create(
            milestone=milestone,
            number=number,
            known_on=report["on"],
            state=report["state"],
            percent=report["percent"],
            due_on=due,
            completed_on=report["on"] if report["state"] == "done" else None,
            reason=report.get("reason", ""),
            note=report.get("note", ""),
            author=cast[entry["owner"]] if "owner" in entry else leader_on(milestone.tactic, report["on"]),
            is_illustration=is_illustration,
        )


def _follow_ups(milestone, entry):
    """Whether it moved what it should, as its leader saw it."""
    for number, answer in enumerate(entry.get("follow_ups", []), 1):
        MilestoneFollowUp.objects.create(
            milestone=milestone,
            number=number,
            known_on=answer["on"],
            answer=answer["moved"],
            words=answer["words"],
            author=leader_on(milestone.tactic, answer["on"]),
            is_illustration=True,
        )
