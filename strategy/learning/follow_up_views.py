"""After a milestone is done: did what it should move, move?"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.translations import reader_of
from strategy.learning import actions
from strategy.learning.looking_back import FollowUpForm
from strategy.learning.pages import desk_or_404
from strategy.models import Milestone
from strategy.permissions import can_work_on
from strategy.scorecards import goal_card
from strategy.timelines import milestone_cards


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def milestone_follow_up(request, pk):
    milestone = get_object_or_404(Milestone.objects.select_related("tactic__strategy__plan"), pk=pk)
    desk = desk_or_404(request, milestone.tactic_id)
    desk.require(
        can_work_on(desk.rights, desk.tactic, desk.day), _("Only the team of this tactic reports on its milestones.")
    )
    cards = milestone_cards(Milestone.objects.filter(pk=pk), desk.day)
    if not cards or not cards[0].is_done:
        raise Http404
    answers, standing = _answers(milestone), None
    form = FollowUpForm(len(answers), desk.day, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.follow_up(milestone, author=desk.person, day=desk.day, **form.cleaned_data)
            messages.success(request, _("Saved: %(milestone)s.") % {"milestone": reader_of(request)(milestone.title)})
            return redirect(desk.tactic_url + f"#milestone-{milestone.slug}")
        except actions.AnsweredMeanwhile as found:
            answers, standing = _answers(milestone), found.args[0]
            form.last = len(answers)
            form = form.again()
    context = {
        "section": "work",
        "desk": desk,
        "card": cards[0],
        "goal": _goal_card(milestone.goal, desk.day),
        "answers": answers,
        "form": form,
        "standing": standing,
    }
    status = 409 if standing else 422 if form.is_bound else 200
    return render(request, "work/milestone_follow_up.html", context, status=status)


def _goal_card(goal, day):
    """The goal that it should have moved, as its team sees it today; None where it names none."""
    return goal_card(goal, day, with_staff_only=True) if goal else None


def _answers(milestone):
    return list(milestone.follow_ups.select_related("author").order_by("-number"))
