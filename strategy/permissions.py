"""Who may do what in a tactic: querysets of what one may see (else 404), predicates of what one may do (else 403)."""

from django.db.models import Q

from accounts.permissions import Role
from strategy.models import (
    Goal,
    GoalRevision,
    Milestone,
    Plan,
    Strategy,
    Tactic,
    TeamMember,
)
from strategy.stewardship import kept_by_stewards

# Roles that read what a team keeps to itself.
CLOSE = (Role.SPONSOR, Role.SUPERINTENDENT, Role.STEWARD, Role.ADMINISTRATOR)
# Roles that adopt or decline what a leader proposes.
SETTLING = (Role.SPONSOR, Role.SUPERINTENDENT)


def is_on_team(person, tactic_id, day):
    """Leader or member, within the term."""
    return person is not None and TeamMember.objects.current(day).filter(tactic=tactic_id, person=person).exists()


def is_leader(person, tactic_id, day):
    current = TeamMember.objects.current(day).filter(role=TeamMember.Role.LEADER)
    return person is not None and current.filter(tactic=tactic_id, person=person).exists()


def visible_tactics(rights):
    """Tactics whose working pages a person may open: everyone's of the own district; a stranger sees none.

    A person belongs to a district by a role held in it or by having stood on one of its teams, ended terms included:
    who has left a team still sees the page, and is told that the work is now others'.
    """
    if rights.is_superuser:
        return Tactic.objects.all()
    if rights.person is None:
        return Tactic.objects.none()
    own = Tactic.objects.filter(team__person=rights.person)
    districts = Strategy.objects.filter(tactics__in=own).values("plan__district")
    published = Q(pk__in=Tactic.objects.published())
    return Tactic.objects.filter(
        Q(pk__in=own)
        | Q(scope__in=rights.scopes(*CLOSE))
        | published & (Q(strategy__plan__district__in=districts) | Q(scope__in=rights.scopes(*Role)))
    )


def visible_milestones(rights):
    """Milestones whose working page a person may open."""
    return Milestone.objects.filter(tactic__in=visible_tactics(rights))


def visible_goals(rights):
    """Goals whose working pages a person may open."""
    return Goal.objects.filter(tactic__in=visible_tactics(rights))


def visible_proposals(rights):
    """Proposals of promises, open or settled: for the team, those who settle them, who run the plan, and the board."""
    tactics = visible_tactics(rights)
    if not rights.is_superuser:
        team = TeamMember.objects.current(rights.day).filter(person=rights.person).values("tactic")
        tactics = tactics.filter(Q(pk__in=team) | Q(scope__in=rights.scopes(*CLOSE, Role.BOARD)))
    return GoalRevision.objects.filter(goal__tactic__in=tactics)


def can_settle(rights, proposal):
    """A sponsor or the superintendent, and never its author, who may only take it back."""
    tactic = proposal.goal.tactic
    if rights.person is None or rights.person.pk == proposal.proposed_by_id:
        return False
    return tactic.strategy.plan.state != Plan.State.CLOSED and rights.holds(tactic.scope_id, *SETTLING)


def can_work_on(rights, tactic, day):
    """Reports, tests of change, values: the tactic's leader and members of the day, and data stewards.

    Nobody once the plan is closed.
    """
    if rights.person is None or tactic.strategy.plan.state == Plan.State.CLOSED:
        return False
    return is_on_team(rights.person, tactic.pk, day) or rights.holds(tactic.scope_id, Role.STEWARD)


def can_type_values(rights, tactic, series, day):
    """A team types the numbers of what it counts itself; those that others rest on are the data stewards' to bring in.

    A leader may declare any measure of the district as leading, so a declaration alone opens no public series.
    """
    if not can_work_on(rights, tactic, day):
        return False
    return rights.holds(tactic.scope_id, Role.STEWARD) or not kept_by_stewards([series.pk])


def can_update_milestone(rights, milestone, day):
    return can_work_on(rights, milestone.tactic, day)


def can_read_work(rights, tactic, day):
    """The team's own pages, staff-only indicators included: the team, its sponsor, and who runs plan and data."""
    return is_on_team(rights.person, tactic.pk, day) or rights.holds(tactic.scope_id, *CLOSE)


def can_lead(rights, tactic, day):
    """What the tactic's leader alone does, until the plan is closed: propose a revision, declare what leads, judge."""
    is_open = tactic.strategy.plan.state != Plan.State.CLOSED
    return is_open and is_leader(rights.person, tactic.pk, day)


def can_rebase(rights, tactic, day):
    """A new phase of a run chart is a judgment: the leader's, or a data steward's."""
    if rights.person is None or tactic.strategy.plan.state == Plan.State.CLOSED:
        return False
    return is_leader(rights.person, tactic.pk, day) or rights.holds(tactic.scope_id, Role.STEWARD)


def can_see_evidence(rights, evidence, day):
    """Public evidence of a published tactic: everyone. Any other: the team, its sponsor, and who runs plan and data."""
    tactic = evidence.update.milestone.tactic
    if evidence.is_public and Tactic.objects.published().filter(pk=tactic.pk).exists():
        return True
    return is_on_team(rights.person, tactic.pk, day) or rights.holds(tactic.scope_id, *CLOSE)
