"""The site's own pages: the list of plans, where signing in leads, the methods in plain words, accessibility."""

from dataclasses import dataclass
from itertools import groupby

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from accounts import clock
from indicators import suppression
from indicators.words import Word
from jeffco_plan.context import THEMES
from jeffco_plan.pages import navigation
from jeffco_plan.pages.meanings import meaning_of
from jeffco_plan.pages.methods import methods
from strategy.frames import Frame
from strategy.models import Goal, Plan, Tactic
from strategy.scorecards import goal_cards

YEAR = 365 * 24 * 60 * 60


@dataclass
class PlanLine:
    """A plan in the list, with the words of its goals on its own today."""

    frame: Frame
    words: list


@require_safe
def plan_list(request):
    """Every published plan, by district; how each stands, in one line."""
    today = clock.today()
    plans = list(Plan.objects.for_list())
    words = words_by_plan(plans, today)
    lines = [PlanLine(Frame(plan, plan.today(today), plan.today(today)), words[plan.pk]) for plan in plans]
    districts = [(name, list(group)) for name, group in groupby(lines, key=lambda line: line.frame.plan.district.name)]
    return render(request, "pages/plan_list.html", {"districts": districts})


def words_by_plan(plans, today):
    """The words of every plan's goals; asked once a day that plans stand on, and there is one but in demonstrations."""
    words = {plan.pk: [] for plan in plans}
    for day in {plan.today(today) for plan in plans}:
        of_day = [plan for plan in plans if plan.today(today) == day]
        tactics = Tactic.objects.published().filter(strategy__plan__in=of_day)
        for card in goal_cards(Goal.objects.filter(tactic__in=tactics).order_by("pk"), day, in_brief=True):
            words[card.goal.tactic.strategy.plan_id].append(card.word)
    return words


@login_required
def start(request):
    """The first page that this person works with."""
    return redirect(navigation.working_links(request)[0].url)


@require_POST
def theme(request):
    """Keep the reader's choice of light or dark in a cookie, and go back to the page."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = reverse("plan-list")
    response = HttpResponseRedirect(target)
    if request.POST.get("theme") in THEMES:
        response.set_cookie(
            "theme", request.POST["theme"], max_age=YEAR, samesite="Lax", secure=not settings.DEVELOPMENT
        )
    else:
        response.delete_cookie("theme")
    return response


@require_safe
def about_data(request):
    """How words are found, what is withheld, what an illustration is: the methods are those of docs/methods.md."""
    context = {
        "methods": methods(),
        "words": [(word, meaning_of(word)) for word in Word],
        "suppression_version": suppression.VERSION,
        "minimum_group": settings.MINIMUM_GROUP_SIZE,
    }
    return render(request, "pages/about_data.html", context)


@require_safe
def accessibility(request):
    return render(request, "pages/accessibility.html")
