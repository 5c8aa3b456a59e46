"""Where goals stand on a day: promises, readings and words for any number of goals in a constant number of queries."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from django.db import models

from indicators.models import Annotation, CollectionWindow, Indicator
from indicators.publishing import PublishedReading, publishable
from indicators.status import Window
from indicators.words import Word, rank
from strategy.cards import TROUBLED, GoalCard
from strategy.measures import period_of
from strategy.models import Goal, GoalRevision, Judgement, Tactic
from strategy.promises import settled_promises
from strategy.standings import Readings

LEAD_IN = 3  # periods before its baseline that the small picture of a goal shows
NEW_PHASES = (Annotation.Kind.BREAK, Annotation.Kind.REBASE)


def goal_cards(goals, day: date, *, with_staff_only: bool = False, in_brief: bool = False) -> list[GoalCard]:
    """Cards of all given goals (a queryset) that were promised by the day, in the order given: six queries, or eight.

    Goals on staff-only indicators are left out, except for the working pages of their own team. Long lists of goals
    ask for them `in_brief`: without the origins of readings and those before the paths began, the people who settled
    a promise, and its places.
    """
    goals = goals if with_staff_only else goals.public()
    goals = _goals(goals, in_brief)
    ids = [goal.pk for goal in goals]
    if in_brief:
        promises, measures = settled_promises(ids, day)
    else:
        promises, measures = GoalRevision.objects.filter(goal__in=ids).adopted_by_day(day).with_people_and_places(), {}
    revisions = rows_by(promises, "goal_id")
    judgements = rows_by(
        Judgement.objects.filter(goal__in=ids, known_on__lte=day)
        .select_related("author")
        .order_by("known_on", "number"),
        "goal_id",
    )
    readers = {}
    cards = [
        GoalCard(goal, day, revisions[goal.pk], judgements=judgements[goal.pk], measures=measures, readers=readers)
        for goal in goals
        if revisions[goal.pk]
    ]
    _fill(cards, day, with_staff_only, in_brief)
    return cards


def _goals(goals, in_brief: bool) -> list[Goal]:
    """Goals with their tactic, strategy and plan, of which a long list has far fewer than goals."""
    if not in_brief:
        return list(goals.select_related("tactic__strategy__plan"))
    goals = list(goals.fetch_mode(models.FETCH_RAISE))
    tactics = Tactic.objects.select_related("strategy__plan")
    return shared(goals, "tactic", tactics.in_bulk({goal.tactic_id for goal in goals}))


def goal_card(goal: Goal, day: date, *, with_staff_only: bool = False) -> GoalCard:
    """The card of one goal, also where nothing has been promised yet."""
    cards = goal_cards(Goal.objects.filter(pk=goal.pk), day, with_staff_only=with_staff_only)
    return cards[0] if cards else GoalCard(goal, day, [])


def _fill(cards: list[GoalCard], day: date, with_staff_only: bool, in_brief: bool = False) -> None:
    """Readings, windows and breaks of every card's measure."""
    measured = [card for card in cards if card.series]
    series = {series for card in measured for series in card.series}
    readings = publishable(
        series,
        day,
        since=_first_drawn(measured) if in_brief else None,
        with_staff_only=with_staff_only,
        with_origins=not in_brief,
    )
    indicators = {card.indicator.pk: card.indicator for card in measured}
    windows = windows_of(indicators, day)
    kinds = NEW_PHASES if in_brief else Annotation.Kind.values  # only a goal's own chart has room for events
    notes = rows_by(
        Annotation.objects.filter(indicator__in=indicators, kind__in=kinds, known_on__lte=day),
        "indicator_id",
    )
    for card in measured:
        indicator, place = card.measure
        card.readings = _readings(card, readings)
        card.windows = windows[indicator.pk]
        own = [note for note in notes[indicator.pk] if note.organization_id in (None, place)]
        card.breaks = [note for note in own if note.kind == Annotation.Kind.BREAK]
        card.rebases = [note for note in own if note.kind == Annotation.Kind.REBASE]
        card.events = [note for note in own if note.kind == Annotation.Kind.EVENT]


def _first_drawn(cards: list[GoalCard]) -> int | None:
    """The number of the first period that small pictures show; a year has the smallest, so none is lost to it."""
    return min((card.drawn.baseline_period - LEAD_IN for card in cards if card.drawn), default=None)


def windows_of(indicators: dict[int, Indicator], day: date) -> dict[int, tuple[Window, ...]]:
    """When results of each indicator (by key) are to come, or why one is not, as announced by the day; one query.

    In order of the days expected.
    """
    found = rows_by(CollectionWindow.objects.filter(indicator__in=indicators).as_known_on(day), "indicator_id")
    return {
        pk: tuple(
            Window(period_of(indicator, w.period), w.expected_on, w.grace_days, w.not_collected, w.reason)
            for w in found[pk]
        )
        for pk, indicator in indicators.items()
    }


def _readings(card: GoalCard, known: dict[int, list[PublishedReading]]) -> tuple[Readings, ...]:
    return tuple(tuple(known.get(series, ())) for series in card.series)


def judged_on(cards: list[GoalCard], known: dict[int, list[PublishedReading]]) -> list[GoalCard]:
    """The same promises on the same day, judged on other readings by series: what an import would say of them."""
    return [replace(card, readings=_readings(card, known)) for card in cards]


def with_promise(card: GoalCard, revision: GoalRevision, *, with_staff_only: bool = False) -> GoalCard:
    """The same goal on the same day, as if this revision were in force; three queries where its measure is another."""
    changed = replace(card, revisions=[*card.revisions, revision])
    if changed.series != card.series:
        changed.readings, changed.windows, changed.breaks, changed.events = (), (), [], []
        if changed.series:
            _fill([changed], card.day, with_staff_only)
    return changed


def worst_first(cards: list[GoalCard]) -> list[GoalCard]:
    """By their words; of the goals in trouble under one word, the smaller share of the planned gain first."""
    return sorted(cards, key=lambda card: (rank(card.word), _share(card)))


def _share(card: GoalCard) -> float:
    share = card.verdict.share if card.word in TROUBLED or card.word == Word.SLIGHTLY_BEHIND else None
    return 0.0 if share is None else float(share)


def shared(rows: list, name: str, found: dict) -> list:
    """The rows, each with its related object among those found by key: read once, however many rows share it."""
    for row in rows:
        setattr(row, name, found[getattr(row, f"{name}_id")])
    return rows


def rows_by(rows, name):
    """Rows in lists by one of their attributes, each list in the order given."""
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
