"""Pages of stocktakes: the year's list, one record, its canonical text, and the board's dashboard."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.permissions import rights_of
from accounts.translations import reader_of
from stocktakes.contents import content_of, reviews_of
from stocktakes.dashboard import dashboard_of
from stocktakes.frozen import Record, in_words, with_later_knowledge
from stocktakes.ledgers import promises_of, requests_of
from stocktakes.models import Cycle, Snapshot
from stocktakes.permissions import can_govern, can_read, teams_of
from stocktakes.records import stocktake_cards, stocktakes_of
from stocktakes.sequels import sequels_of
from strategy.drawings import spark_of
from strategy.frames import open_plan


@require_safe
def stocktake_list(request, plan):
    frame = open_plan(request, plan)
    cards = _cards(request, frame, stocktakes_of(frame.plan))
    held = [card for card in cards if card.is_held]
    cycles = Cycle.objects.filter(plan=frame.plan, starts_on__lte=frame.day)
    context = {
        "frame": frame,
        "section": "stocktakes",
        "held": held,
        "cycles": [(cycle, [card for card in held if card.stocktake.cycle_id == cycle.pk]) for cycle in cycles],
        "coming": [card for card in cards if not card.is_held],
        "promises": promises_of(cards, frame.day),
        "requests": requests_of(cards, frame.day),
    }
    return render(request, "stocktakes/stocktake_list.html", context)


@require_safe
def stocktake_detail(request, plan, cycle, slug):
    frame = open_plan(request, plan)
    card = _card_or_404(request, frame, cycle, slug)
    record = _record(card, frame.day) if card.can_read else None
    context = {
        "frame": frame,
        "section": "stocktakes",
        "card": card,
        "record": record,
        "goals": _drawn(record.goals) if record else [],
        "promised": [] if record else in_words(reviews_of(card.stocktake, frame.day)),
        "sequels": sequels_of(card.stocktake, record.day, frame.day) if card.frozen else [],
        "check": _check(request, card, frame.plan) if card.frozen else None,
    }
    return render(request, "stocktakes/stocktake_detail.html", context)


@require_safe
def stocktake_record(request, plan, cycle, slug):
    """The canonical text of a held record, byte for byte, so that anyone can compute its fingerprint."""
    frame = open_plan(request, plan, is_as_of=False)
    card = _card_or_404(request, frame, cycle, slug)
    if not card.frozen:
        raise Http404
    text = Snapshot.objects.values_list("content", flat=True).get(pk=card.frozen.pk)
    if with_later_knowledge(Record.read(text), frame.day).is_hidden:
        why = _("Under today’s privacy rules a figure of this record is withheld. Its fingerprint still stands.")
        return HttpResponse(why, status=410, content_type="text/plain; charset=utf-8")
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@login_required
def board_dashboard(request, plan):
    frame = open_plan(request, plan)
    rights = rights_of(request, frame.today)
    if not can_govern(rights, frame.plan):
        raise Http404
    board = dashboard_of(frame.plan, frame.day, rights, teams_of(rights), reader_of(request))
    context = {
        "frame": frame,
        "section": f"board-{frame.plan.slug}",
        "board": board,
        "trouble": _drawn(board.trouble, "x"),
        "goals": _drawn(board.goals, "g", size="small"),
    }
    return render(request, "stocktakes/board_dashboard.html", context)


def _cards(request, frame, stocktakes):
    """Where stocktakes stand on the day, each with whether this visitor may read it."""
    rights = rights_of(request, frame.today)
    teams = teams_of(rights)
    cards = stocktake_cards(stocktakes, frame.day)
    for card in cards:
        card.can_read = can_read(rights, card.stocktake, card.state, teams)
    return cards


def _card_or_404(request, frame, cycle, slug):
    cards = _cards(request, frame, stocktakes_of(frame.plan).filter(cycle__slug=cycle, slug=slug))
    if not cards:
        raise Http404
    return cards[0]


def _record(card, day):
    """The frozen record with what later days say of it; before it is held, what a draft would show."""
    if card.frozen:
        text = Snapshot.objects.values_list("content", flat=True).get(pk=card.frozen.pk)
        return with_later_knowledge(Record.read(text), day)
    return Record.of(content_of(card.stocktake, Snapshot.Moment.SUBMITTED, day))


def _drawn(goals, prefix="c", size="large"):
    """Each goal with its sparkline."""
    return [(goal, spark_of(goal, f"{prefix}{place}", size)) for place, goal in enumerate(goals, 1)]


def _check(request, card, plan):
    """How anyone computes the fingerprint: one command."""
    address = reverse("stocktake-record", args=[plan.slug, card.stocktake.cycle.slug, card.stocktake.slug])
    fetch = f"curl -s '{request.build_absolute_uri(address)}'"
    before = card.frozen.previous_sha256
    command = f"(printf %s {before}; {fetch})" if before else fetch
    return {"address": address, "command": f"{command} | openssl dgst -sha256"}
