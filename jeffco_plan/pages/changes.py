"""What changed: a dated list in plain words, from the facts themselves."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from indicators.labels import period_phrase
from indicators.units import value_text
from stocktakes.models import BoardAct
from stocktakes.records import stocktakes_of


@dataclass
class Change:
    """One thing that became known on a day."""

    on: date
    text: str
    name: str
    url: str
    is_illustration: bool
    order: int = 0


def changes_of(frame, milestones, cards, read):
    """The latest changes of a plan, newest first."""
    changes = (
        [_reading(frame, card, point, read) for card in cards for point in card.points[-3:] if point.reading.is_exact]
        + [_revision(frame, card, revision, read) for card in cards for revision in card.revisions[1:]]
        + [_milestone(frame, card, read) for card in milestones if card.is_done]
        + [_act(frame, act, read) for act in _acts(frame)]
    )
    known = [change for change in changes if change.on <= frame.day]
    return sorted(known, key=lambda change: (change.on, change.order), reverse=True)


def _tactic_url(frame, tactic, anchor):
    place = [frame.plan.slug, tactic.strategy.slug, tactic.slug]
    return f"{reverse('tactic-detail', args=place)}{frame.query}#{anchor}"


def _of_goal(frame, card, on, text, is_illustration, read, order=0):
    url = _tactic_url(frame, card.goal.tactic, f"goal-{card.goal.slug}")
    return Change(on, text, read(card.goal.short_name), url, is_illustration, order)


def _reading(frame, card, point, read):
    reading = point.reading
    words = {"value": value_text(reading.low, card.unit), "period": period_phrase(reading.period)}
    text = _("New result: %(value)s for %(period)s.") % words
    return _of_goal(frame, card, reading.known_on, text, card.is_results_illustration, read, reading.period.number)


def _revision(frame, card, revision, read):
    if revision.kind == "withdrawn":
        text = _("The goal was withdrawn.")
    else:
        text = _("The goal was revised: %(statement)s") % {"statement": read(revision.statement)}
    return _of_goal(frame, card, revision.settled_on, text, revision.is_illustration, read)


def _milestone(frame, card, read):
    milestone, tactic = card.milestone, card.milestone.tactic
    text = _("Milestone done: %(title)s.") % {"title": read(milestone.title)}
    url = _tactic_url(frame, tactic, f"milestone-{milestone.slug}")
    return Change(card.last.known_on, text, read(tactic.short_name or tactic.name), url, milestone.is_illustration)


def _acts(frame):
    acts = BoardAct.objects.filter(stocktake__in=stocktakes_of(frame.plan), known_on__lte=frame.day)
    return acts.select_related("stocktake__tactic__strategy", "stocktake__cycle")


def _act(frame, act, read):
    text = _("The board accepted the stocktake.") if act.accepted else _("The board did not accept the stocktake.")
    place = [frame.plan.slug, act.stocktake.cycle.slug, act.stocktake.slug]
    url = reverse("stocktake-detail", args=place) + frame.query
    return Change(act.known_on, text, read(act.stocktake.tactic.name), url, act.is_illustration)
