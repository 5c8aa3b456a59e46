"""Who may do what in a tactic: querysets of what one may see (else 404), predicates of what one may do (else 403)."""

from django.db.models import Q

from accounts.permissions import Role
from strategy.models import Milestone, Plan, Strategy, Tactic, TeamMember

# Roles that read what a team keeps to itself.
CLOSE = (Role.SPONSOR, Role.SUPERINTENDENT, Role.STEWARD, Role.ADMINISTRATOR)


def is_on_team(person, tactic_id, day):
    """Leader or member, within the term."""
    return person is not None and TeamMember.objects.current(day).filter(tactic=tactic_id, person=person).exists()


def visible_milestones(rights):
    """Milestones whose working page a person may open: everyone's of the own district; a stranger sees none.

    A person belongs to a district by a role held in it or by having stood on one of its teams, ended terms included:
    who has left a team still sees the page, and is told that the work is now others'.
    """
    if rights.is_superuser:
        return Milestone.objects.all()
    if rights.person is None:
        return Milestone.objects.none()
    own = Tactic.objects.filter(team__person=rights.person)
    districts = Strategy.objects.filter(tactics__in=own).values("plan__district")
    published = Q(tactic__in=Tactic.objects.published())
    return Milestone.objects.filter(
        Q(tactic__in=own)
        | Q(tactic__scope__in=rights.scopes(*CLOSE))
        | published & (Q(tactic__strategy__plan__district__in=districts) | Q(tactic__scope__in=rights.scopes(*Role)))
    )


def can_update_milestone(rights, milestone, day):
    """The tactic's leader and members of the day, and data stewards; nobody once the plan is closed."""
    if rights.person is None or milestone.tactic.strategy.plan.state == Plan.State.CLOSED:
        return False
    return is_on_team(rights.person, milestone.tactic_id, day) or rights.holds(milestone.tactic.scope_id, Role.STEWARD)


def can_see_evidence(rights, evidence, day):
    """Public evidence of a published tactic: everyone. Any other: the team, its sponsor, and who runs plan and data."""
    tactic = evidence.update.milestone.tactic
    if evidence.is_public and Tactic.objects.published().filter(pk=tactic.pk).exists():
        return True
    return is_on_team(rights.person, tactic.pk, day) or rights.holds(tactic.scope_id, *CLOSE)
