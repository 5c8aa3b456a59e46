"""A team's own pages: reporting on a milestone, and the files behind a report."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts import clock
from accounts.downloads import attachment_or_404
from accounts.htmx import page
from accounts.permissions import rights_of
from accounts.translations import reader_of
from strategy import evidence as files
from strategy.actions import ReportedMeanwhile, report_milestone
from strategy.duties import tactic_url
from strategy.forms import MilestoneReportForm
from strategy.models import Evidence, Milestone
from strategy.permissions import can_see_evidence, can_update_milestone, is_on_team, visible_milestones
from strategy.report_panels import report_panel
from strategy.timelines import milestone_cards

SAME = ("state", "percent", "due_on", "completed_on", "reason", "note", "confidence")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def milestone_update(request, pk):
    milestone = get_object_or_404(Milestone.objects.select_related("tactic__strategy__plan"), pk=pk)
    day = milestone.tactic.strategy.plan.today(clock.today())
    rights = rights_of(request, day)
    if not visible_milestones(rights).filter(pk=pk).exists():
        raise Http404
    if not can_update_milestone(rights, milestone, day):
        raise PermissionDenied(_("Only the team of this tactic reports on its milestones."))
    card = _card_or_404(pk, day)
    if request.method != "POST":
        return _draw(request, report_panel(card, rights.person))
    form = MilestoneReportForm(card, rights.person, request.POST, request.FILES)
    if not form.is_valid():
        return _draw(request, report_panel(card, rights.person, form=form), status=422)
    try:
        _report(card, form)
    except ReportedMeanwhile:
        return _met_another(request, _card_or_404(pk, day), form)
    return _next(request, card, form)


def _card_or_404(pk, day):
    cards = milestone_cards(Milestone.objects.filter(pk=pk), day)
    if not cards:
        raise Http404
    return cards[0]


def _report(card, form):
    report_milestone(
        card.milestone,
        number=form.cleaned_data["number"],
        author=form.person,
        known_on=card.day,
        evidence=form.evidence(),
        **form.report(),
    )
    if form.kept_file:
        files.forget(form.kept_file)


def _met_another(request, card, form):
    """Two people reported at once: both texts side by side, and mine goes in with one more click."""
    number = form.cleaned_data["number"]
    newer = [update for update in card.updates if update.number >= number]
    if newer and newer[0].author_id == form.person.pk and all(getattr(newer[0], n) == form.report()[n] for n in SAME):
        return _next(request, card, form)  # the same button pressed twice
    again = form.renumbered(card.last.number + 1, card)
    return _draw(request, report_panel(card, form.person, form=again, meanwhile=newer), status=409)


def _draw(request, panel, status=200):
    panel.is_in_list = bool(request.htmx)
    return page(request, "work/milestone_update.html", {"panel": panel, "section": "work"}, "answer", status=status)


def _next(request, card, form):
    """Back to the list with the next duty open; who reports for another's team goes to the tactic's page."""
    messages.success(request, _("Saved: %(milestone)s.") % {"milestone": reader_of(request)(card.milestone.title)})
    if not is_on_team(form.person, card.milestone.tactic_id, card.day):
        return redirect(tactic_url(card.milestone.tactic))
    following = form.cleaned_data["next"] or "first"
    return redirect(f"{reverse('my-work')}?open={following}")


@require_safe
def evidence(request, pk):
    """A file behind a report: as an attachment, never as a page of ours."""
    found = get_object_or_404(Evidence.objects.select_related("update__milestone__tactic__strategy__plan"), pk=pk)
    day = found.update.milestone.tactic.strategy.plan.today(clock.today())
    if not can_see_evidence(rights_of(request, day), found, day):
        raise Http404
    return attachment_or_404(found.file, found.title, found.content_type)
