"""What no single table's constraint can hold: links that must stay inside a tactic, terms that must not overlap."""

from itertools import pairwise

from django.db.models import F

from strategy.models import GoalRevision, LeadingIndicator, Milestone, PdsaCycle, Tactic, TeamMember


def problems(day):
    """Every broken rule as (what it concerns, what is wrong); a fixed number of queries."""
    yield from _links_that_leave_their_tactic()
    yield from _overlapping_terms()
    yield from _published_without_leader(day)
    yield from _paths_out_of_order()


def _links_that_leave_their_tactic():
    for model in (Milestone, LeadingIndicator):
        for thing in model.objects.filter(goal__isnull=False).exclude(goal__tactic=F("tactic")):
            yield f"{model.__name__} {thing.pk}", "belongs to a goal of another tactic"
    tested = PdsaCycle.objects.filter(leading_indicator__isnull=False).exclude(leading_indicator__tactic=F("tactic"))
    for cycle in tested:
        yield f"PdsaCycle {cycle.pk}", "tests a leading indicator of another tactic"


def _overlapping_terms():
    terms = TeamMember.objects.filter(role=TeamMember.Role.LEADER).order_by("tactic_id", "since", "pk")
    for before, after in pairwise(terms):
        if before.tactic_id == after.tactic_id and (before.until is None or before.until >= after.since):
            yield f"TeamMember {after.pk}", "leads from a day on which another person still led"
    terms = TeamMember.objects.order_by("tactic_id", "person_id", "since", "pk")
    for before, after in pairwise(terms):
        is_same = (before.tactic_id, before.person_id) == (after.tactic_id, after.person_id)
        if is_same and (before.until is None or before.until >= after.since):
            yield f"TeamMember {after.pk}", "begins before the same person's last term on this team ended"


def _published_without_leader(day):
    """An active tactic of a current plan needs somebody who leads it on the plan's own today."""
    active = Tactic.objects.filter(state=Tactic.State.ACTIVE, strategy__plan__state="current")
    led = {
        (member.tactic_id, member.since, member.until)
        for member in TeamMember.objects.filter(role=TeamMember.Role.LEADER, tactic__in=active)
    }
    for tactic in active.select_related("strategy__plan"):
        today = tactic.strategy.plan.today(day)
        if not any(pk == tactic.pk and since <= today and (not until or until >= today) for pk, since, until in led):
            yield f"Tactic {tactic.pk} ({tactic.slug})", "is active and nobody leads it"


def _paths_out_of_order():
    """Waypoints lie between baseline and target, in order; a constraint cannot look into the list."""
    for revision in GoalRevision.objects.filter(kind=GoalRevision.Kind.PATH):
        periods = [revision.baseline_period, *(int(point[0]) for point in revision.waypoints), revision.target_period]
        if any(before >= after for before, after in pairwise(periods)):
            yield f"GoalRevision {revision.pk}", "has waypoints that are not between baseline and target, in order"
