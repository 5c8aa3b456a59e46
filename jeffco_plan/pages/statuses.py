"""Are we on track: every goal of a plan by exception, as known on any day."""

from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.htmx import page
from accounts.translations import reader_of
from indicators.explanations import word_label
from indicators.words import JUDGED, NEUTRAL, Word
from jeffco_plan.pages.meanings import meaning_of
from strategy.drawings import gap_words, spark_of
from strategy.frames import open_plan
from strategy.models import Goal, Tactic
from strategy.scorecards import goal_cards, worst_first

FINE = (Word.ON_TRACK, Word.TARGET_MET)


def plan_cards(frame):
    """The cards of every goal of published tactics, worst first; goals withdrawn to nothing come last."""
    tactics = Tactic.objects.published().of_plan(frame.plan)
    goals = Goal.objects.filter(tactic__in=tactics).order_by(
        "tactic__strategy__position", "tactic__position", "position"
    )
    return worst_first(goal_cards(goals, frame.day, in_brief=True))


@require_safe
def plan_status(request, plan):
    frame = open_plan(request, plan)
    read = reader_of(request)
    every = plan_cards(frame)
    strategy, word = request.GET.get("strategy", ""), request.GET.get("status", "")
    cards = [card for card in every if _matches(card, strategy, word)]
    words = [card.word for card in every]
    context = {
        "frame": frame,
        "section": "status",
        "heading": heading_of(every, read),
        "words": words,
        "groups": groups_of(cards),
        "fine": [
            (card, gap_words(card), spark_of(card, f"s{card.goal.pk}", "small")) for card in cards if card.word in FINE
        ],
        "neutral": [card for card in cards if card.word in NEUTRAL],
        "fine_meaning": meaning_of(Word.ON_TRACK),
        "strategies": list(frame.plan.strategies.order_by("position")),
        "statuses": [(w.value, word_label(w)) for w in Word if w in words],
        "chosen": {"strategy": strategy, "status": word},
        "is_empty": not cards,
    }
    return page(request, "pages/status.html", context)


def _matches(card, strategy, word):
    return strategy in ("", card.goal.tactic.strategy.slug) and word in ("", card.word.value)


def groups_of(cards):
    """The words that need attention, each with its goals, worst first."""
    troubled = [(word, list(found)) for word, found in groupby(cards, key=lambda card: card.word)]
    return [
        (
            word,
            word_label(word),
            meaning_of(word),
            [(card, card.finding, spark_of(card, f"s{card.goal.pk}")) for card in found],
        )
        for word, found in troubled
        if word in JUDGED and word not in FINE
    ]


def heading_of(cards, read):
    """The finding that heads the page."""
    if not cards:
        return _("No goal was published by this day")
    fine = sum(card.word in FINE for card in cards)
    said = ngettext(
        "%(fine)d of %(all)d goal on track or met", "%(fine)d of %(all)d goals on track or met", len(cards)
    ) % {"fine": fine, "all": len(cards)}
    worst = cards[0]
    if worst.word in (*FINE, *NEUTRAL):
        return said
    alike = [card for card in cards if card.word == worst.word]
    if len(alike) == 1:
        return _("%(said)s; %(word)s: %(name)s") % {
            "said": said, "word": word_label(worst.word).lower(), "name": read(worst.goal.short_name),
        }  # fmt: skip
    return _("%(said)s; %(count)d %(word)s") % {
        "said": said, "count": len(alike), "word": word_label(worst.word).lower(),
    }  # fmt: skip
