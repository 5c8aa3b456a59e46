"""The home of a plan: the vision in one sentence, and the four questions with their live answers."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.htmx import page
from accounts.translations import reader_of
from indicators.charts import framework, strip
from indicators.explanations import word_label
from indicators.words import JUDGED, Word, roll_up
from jeffco_plan.pages.changes import changes_of
from jeffco_plan.pages.statuses import plan_cards
from stocktakes.ledgers import promises_of, requests_of
from stocktakes.records import public_stocktakes, stocktakes_of
from strategy.frames import open_plan
from strategy.milestones import MilestoneWord
from strategy.models import Milestone, Tactic
from strategy.scorecards import worst_first
from strategy.timelines import milestone_cards

CHANGES_SHOWN = 6
NEXT_SHOWN = 2


@dataclass
class TacticLine:
    """A tactic in the framework's list: its number, its goals' words, and the worst of them."""

    number: int
    tactic: Tactic
    words: list
    worst: Word | None


@require_safe
def plan_home(request, plan):
    frame = open_plan(request, plan)
    read = reader_of(request)
    cards = plan_cards(frame)
    strategies = list(frame.plan.strategies.order_by("position"))
    lines = tactic_lines(frame, cards)
    of_tactics = Milestone.objects.filter(tactic__in=Tactic.objects.published().of_plan(frame.plan))
    milestones = milestone_cards(of_tactics.order_by("pk"), frame.day)
    stocktakes = public_stocktakes(stocktakes_of(frame.plan), frame.day)
    context = {
        "frame": frame,
        "section": "home",
        "lede": lede_of(cards, read),
        "words": [card.word for card in cards],
        "strip": strip_of(cards, read),
        "strip_text": strip_text(cards, read),
        "off_strip": off_strip(cards, read),
        "illustrated": any(card.illustration for card in cards),
        "aims": aims_of(frame, len(strategies), len(lines)),
        "milestone_answer": milestone_answer(milestones),
        "last_report": max((m.last.known_on for m in milestones), default=None),
        "status_answer": status_answer(cards),
        "review_answer": review_answer(stocktakes, frame.day),
        "next_stocktakes": next_stocktakes(stocktakes),
        "strategies": [(s, [line for line in lines if line.tactic.strategy_id == s.pk]) for s in strategies],
        "picture": picture_of(frame, strategies, lines, read),
        "changes": changes_of(frame, milestones, cards, read)[:CHANGES_SHOWN],
    }
    return page(request, "pages/home.html", context)


def tactic_lines(frame, cards):
    """Every tactic of the plan in order, with the words of its goals."""
    words = {}
    for card in cards:
        words.setdefault(card.goal.tactic_id, []).append(card.word)
    tactics = (
        Tactic.objects.published()
        .of_plan(frame.plan)
        .select_related("strategy")
        .order_by("strategy__position", "position")
    )
    return [
        TacticLine(number, tactic, words.get(tactic.pk, []), roll_up(words.get(tactic.pk, [])).worst)
        for number, tactic in enumerate(tactics, 1)
    ]


def lede_of(cards, read):
    """The plan in two sentences: how many goals are on track, and what is worst."""
    judged = [card for card in cards if card.word in JUDGED]
    if not judged:
        return _("No goal can be judged on this day yet.")
    fine = sum(card.word in (Word.ON_TRACK, Word.TARGET_MET) for card in judged)
    total = ngettext("%(count)d goal carries this plan.", "%(count)d goals carry this plan.", len(cards)) % {
        "count": len(cards)
    }
    answer = ngettext(
        "Of the %(judged)d that can be judged, %(fine)d is on track or met.",
        "Of the %(judged)d that can be judged, %(fine)d are on track or met.",
        fine,
    ) % {"judged": len(judged), "fine": fine}
    worst = [card for card in worst_first(judged) if card.word == worst_first(judged)[0].word]
    if worst[0].word in (Word.ON_TRACK, Word.TARGET_MET):
        return f"{total} {answer}"
    names = ", ".join(read(card.goal.short_name) for card in worst[:3])
    if len(worst) > 3:
        names = _("%(names)s and %(more)d more") % {"names": names, "more": len(worst) - 3}
    return f"{total} {answer} " + _("%(word)s: %(names)s.") % {"word": word_label(worst[0].word), "names": names}


def strip_of(cards, read):
    """The strip of shares, for goals whose share of the planned gain is one number."""
    goals = tuple(
        strip.StripGoal(read(card.goal.short_name), card.word, share_of(card))
        for card in cards
        if share_of(card) is not None
    )
    if len(goals) < 3:
        return ""
    zones = (
        word_label(Word.MOVING_AWAY),
        word_label(Word.OFF_TRACK),
        word_label(Word.SLIGHTLY_BEHIND),
        _("On track or met"),
    )
    return strip.draw(strip.Strip(goals, zones, _("0%: where it began"), _("100%: the planned path")))


def share_of(card):
    """Percent of the planned gain made; None where the word does not come from a share."""
    is_judged = card.word in JUDGED and card.word != Word.DATA_OVERDUE and card.verdict.gap is not None
    if not is_judged or not card.asks_for_gain or card.verdict.required <= 0:
        return None
    return float(card.verdict.gained / card.verdict.required * 100)


def off_strip(cards, read):
    """The judged goals that have no place on the strip: they plan no gain, or their result is late."""
    names = [
        read(card.goal.short_name) for card in worst_first(cards) if card.word in JUDGED and share_of(card) is None
    ]
    return _("Judged, without a place here: %(names)s.") % {"names": ", ".join(names)} if names else ""


def strip_text(cards, read):
    """The same as the strip, for those who do not see it."""
    groups = {}
    for card in worst_first(cards):
        groups.setdefault(card.word, []).append(read(card.goal.short_name))
    return " ".join(f"{word_label(word)}: {', '.join(names)}." for word, names in groups.items())


def aims_of(frame, strategies, tactics):
    words = frame.plan
    return {
        "strategies": strategies,
        "tactics": tactics,
        "values": words.values.count(),
        "outcomes": words.outcomes.count(),
    }


def milestone_answer(milestones):
    """How the steps stand, in one sentence."""
    if not milestones:
        return _("No milestone has been published by this day.")
    counts = Counter(card.word for card in milestones)
    done = counts[MilestoneWord.DONE] + counts[MilestoneWord.DONE_LATE]
    first = ngettext(
        "The one milestone: %(done)d done, %(late)d late.",
        "%(done)d of %(all)d milestones done, %(late)d of them late.",
        len(milestones),
    ) % {
        "done": done, "all": len(milestones), "late": counts[MilestoneWord.DONE_LATE],
    }  # fmt: skip
    blocked = sum(card.is_blocked for card in milestones)
    return f"{first} " + _("%(overdue)d overdue, %(blocked)d blocked.") % {
        "overdue": counts[MilestoneWord.OVERDUE], "blocked": blocked,
    }  # fmt: skip


def status_answer(cards):
    """The count in each judged word, in one sentence."""
    counts = roll_up(card.word for card in cards).counts
    judged = [f"{count} {word_label(word).lower()}" for word, count in counts.items() if word in JUDGED]
    rest = sum(count for word, count in counts.items() if word not in JUDGED)
    if not judged:
        return _("No goal can be judged on this day yet.")
    said = ngettext("The one goal: %(list)s.", "Of %(all)d goals: %(list)s.", len(cards)) % {
        "all": len(cards), "list": ", ".join(judged),
    }  # fmt: skip
    if rest:
        said += " " + ngettext(
            "%(n)d is not judged, with its reason.", "%(n)d are not judged, each with its reason.", rest
        ) % {"n": rest}
    return said


def review_answer(cards, day):
    """What became of promises and requests, as the public ledgers tell it."""
    promises, requests = promises_of(cards, day), requests_of(cards, day)
    if not promises.rows and not requests.rows:
        return ""
    words = {
        "kept": promises.kept, "reviewed": len(promises.reviewed),
        "decided": len(requests.decided), "asked": len(requests.rows),
    }  # fmt: skip
    return (
        _("%(kept)d of %(reviewed)d reviewed commitments were kept.") % words
        + " "
        + _("The board has decided %(decided)d of %(asked)d requests for support.") % words
    )


def next_stocktakes(cards):
    """The two that come next."""
    coming = [card for card in cards if not card.is_held and card.stocktake.planned_on >= card.day]
    return [card.stocktake for card in coming[:NEXT_SHOWN]]


def picture_of(frame, strategies, lines, read):
    """The nested circles, where the plan is drawn so; operational strategies are the ground below."""
    if frame.plan.picture != "circles":
        return ""
    by_strategy = {
        s.pk: tuple(_mark(line, read) for line in lines if line.tactic.strategy_id == s.pk) for s in strategies
    }
    rings = [framework.Ring(read(s.name), by_strategy[s.pk]) for s in strategies if s.kind == "learning"]
    ground = [m for s in strategies if s.kind == "operational" for m in by_strategy[s.pk] if m.word != Word.NOT_DUE_YET]
    names = [line.tactic for line in lines if line.tactic.strategy.kind == "operational" and not line.words]
    title = ", ".join(read(tactic.short_name or tactic.name) for tactic in names)
    return framework.draw(rings, ground, title) or ""


def _mark(line, read):
    worst = line.worst or (line.words[0] if line.words else Word.NOT_DUE_YET)
    return framework.TacticMark(str(line.number), worst, read(line.tactic.short_name or line.tactic.name))
