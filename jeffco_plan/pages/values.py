"""A team types the values of its own leading indicators, with the checks, provenance and undo of every import."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.permissions import Role, rights_of
from indicators import typed_series
from indicators.entry_grids import Subject
from indicators.forms import PublishedForm
from indicators.views.typed import answer_grid, submitted
from strategy.duties import tactic_url
from strategy.models import LeadingIndicator, Plan
from strategy.permissions import can_type_values, is_on_team


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leading_values(request, pk):
    """The grid of one leading indicator: its series is fixed, so a row is a period and a value."""
    leading, is_steward = _leading_or_404(request, pk)
    team = None if is_steward else _team_of(leading)
    plan, series = leading.tactic.strategy.plan, leading.series
    known = {"source": _team_source(leading)} | request.POST.dict()
    form = PublishedForm(submitted(request), today=plan.today(clock.today()), initial=known)
    closed = frozenset() if is_steward else typed_series.given_by_others(series, team)
    subject = Subject(series.indicator, series.organization, series.group, is_one_series=True, closed=closed)
    answer = answer_grid(request, subject, form, district=plan.district)
    if answer.batch:
        return redirect("leading-values", leading.pk)
    context = {
        "section": "work",
        "leading": leading,
        "tactic_url": tactic_url(leading.tactic),
        "form": form,
        "grid": answer.grid,
        "example": typed_series.current_period(subject, form.today),
        "latest": typed_series.latest(series, team=team),
        "action": request.path,
    }
    return render(request, "strategy/leading_values.html", context, status=answer.status)


def _leading_or_404(request, pk):
    """Seen by the team and the district's stewards; 403 where the team may not type, 404 for everyone else.

    Whether the visitor is a steward comes along: a leader may declare any measure of the district as leading, and a
    declaration opens neither what is withheld nor what others brought in.
    """
    every = LeadingIndicator.objects.select_related(
        "tactic__strategy__plan__district", "series__indicator", "series__organization", "series__group"
    )
    leading = get_object_or_404(every, pk=pk)
    plan = leading.tactic.strategy.plan
    rights = rights_of(request, plan.today(clock.today()))
    is_steward = rights.holds(plan.district.scope_id, Role.STEWARD)
    if not (is_steward or is_on_team(rights.person, leading.tactic_id, rights.day)):
        raise Http404
    if plan.state == Plan.State.CLOSED:
        raise PermissionDenied(_("This plan is closed: its numbers are brought in by data stewards alone."))
    if not can_type_values(rights, leading.tactic, leading.series, rights.day):
        raise PermissionDenied(_("Others rest on these public numbers: they are brought in by data stewards alone."))
    return leading, is_steward


def _team_of(leading):
    """Everyone who stands or stood on the team: what they typed is theirs to see and to correct."""
    return set(leading.tactic.team.values_list("person", flat=True))


def _team_source(leading):
    return _("Counted by the team of %(tactic)s") % {"tactic": leading.tactic.name}
