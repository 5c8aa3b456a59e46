"""What changed: a dated list in plain words, from the facts themselves."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from indicators.labels import period_phrase
from indicators.units import value_text
from stocktakes.models import BoardAct


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
    return sorted((change for change in changes if change.on <= frame.day), key=lambda change: (change.on, change.order), reverse=True)


def _tactic_url(frame, tactic, anchor=""):
    return reverse("tactic-detail", args=[frame.plan.slug, tactic.strategy.slug, tactic.slug]) + frame.query + anchor


def _reading(frame, card, point, read):
    words = {"value": value_text(point.reading.low, card.unit), "period": period_phrase(point.reading.period)}
    text = _("New result: %(value)s for %(period)s.") % words
    return Change(point.reading.known_on, text, read(card.goal.short_name), _tactic_url(frame, card.goal.tactic, f"#goal-{card.goal.slug}"),
                  card.is_results_illustration, point.reading.period.number)  # fmt: skip


def _revision(frame, card, revision, read):
    if revision.kind == "withdrawn":
        text = _("The goal was withdrawn.")
    else:
        text = _("The goal was revised: %(statement)s") % {"statement": read(revision.statement)}
    return Change(revision.settled_on, text, read(card.goal.short_name), _tactic_url(frame, card.goal.tactic, f"#goal-{card.goal.slug}"),
                  revision.is_illustration)  # fmt: skip


def _milestone(frame, card, read):
    text = _("Milestone done: %(title)s.") % {"title": read(card.milestone.title)}
    tactic = card.milestone.tactic
    return Change(card.last.known_on, text, read(tactic.short_name or tactic.name),
                  _tactic_url(frame, tactic, f"#milestone-{card.milestone.slug}"), card.milestone.is_illustration)  # fmt: skip


def _acts(frame):
    return BoardAct.objects.filter(stocktake__cycle__plan=frame.plan, known_on__lte=frame.day).select_related(
        "stocktake__tactic__strategy", "stocktake__cycle"
    )


def _act(frame, act, read):
    text = _("The board accepted the stocktake.") if act.accepted else _("The board did not accept the stocktake.")
    place = [frame.plan.slug, act.stocktake.cycle.slug, act.stocktake.slug]
    url = reverse("stocktake-detail", args=place) + frame.query
    return Change(act.known_on, text, read(act.stocktake.tactic.name), url, act.is_illustration)
