"""Who may see and do what with a stocktake (each rule has a test with an owner, a colleague and a stranger)."""

from accounts.permissions import Role
from stocktakes.models import StocktakeStep
from strategy.models import TeamMember

State = StocktakeStep.State

PUBLIC = {State.HELD, State.CLOSED}
SUBMITTED = {State.SUBMITTED, State.SIGNED_OFF}
GOVERNING = (Role.BOARD, Role.SUPERINTENDENT, Role.SPONSOR, Role.CLERK, Role.ADMINISTRATOR)


def teams_of(rights, role=None):
    """The ids of tactics on whose team the visitor stands, in one query; none for those who are not signed in."""
    if not rights.person:
        return set()
    terms = TeamMember.objects.current(rights.day).filter(person=rights.person)
    return set((terms.filter(role=role) if role else terms).values_list("tactic", flat=True))


def can_read(rights, stocktake, state, teams):
    """A held record is everyone's; a submitted one also the board's; a draft only its team's and sponsor's."""
    if state in PUBLIC or stocktake.tactic_id in teams:
        return True
    scope = stocktake.tactic.scope_id
    if rights.holds(scope, Role.SPONSOR):
        return True
    return state in SUBMITTED and rights.holds(scope, Role.SUPERINTENDENT, Role.BOARD, Role.ADMINISTRATOR)


def can_govern(rights, plan):
    """The board's page: the board, those who answer to it, and those who keep its records."""
    return rights.holds(plan.scope_id, *GOVERNING)


def can_take_step(rights, stocktake, state, leads):
    """Who may take a stocktake to its next state; `leads` are the tactics that the visitor leads.

    That nobody signs off what was submitted by the same person is the database's rule, not ours.
    """
    scope = stocktake.tactic.scope_id
    if state in {State.PREPARATION, State.SUBMITTED}:
        return rights.is_superuser or stocktake.tactic_id in leads
    if state in {State.RETURNED, State.SIGNED_OFF}:
        return rights.holds(scope, Role.SPONSOR, Role.SUPERINTENDENT)
    return rights.holds(scope, Role.CLERK, Role.ADMINISTRATOR)
