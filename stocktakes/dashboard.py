"""The board's page: what changed since its last meeting, and what waits for it, by exception."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.explanations import word_label
from indicators.labels import period_phrase
from indicators.units import band_text
from indicators.words import Word, rank
from stocktakes import ledgers
from stocktakes.models import BoardMeeting
from stocktakes.permissions import can_read
from stocktakes.records import StocktakeCard, stocktake_cards, stocktakes_of
from strategy.cards import GoalCard
from strategy.models import Goal, Milestone
from strategy.revisions.chronicles import Step, chronicle_of
from strategy.scorecards import goal_cards, worst_first
from strategy.timelines import MilestoneCard, milestone_cards

TROUBLE = {Word.MOVING_AWAY, Word.TARGET_MISSED, Word.OFF_TRACK}


@dataclass
class Change:
    """A goal whose word is another than on the day of the last meeting."""

    card: GoalCard
    before: Word

    @property
    def words(self):
        return {
            "goal": self.card.goal.short_name,
            "before": word_label(self.before).lower(),
            "now": word_label(self.card.word).lower(),
        }


@dataclass
class Revised:
    """A promise that became another one since the last meeting."""

    card: GoalCard
    step: Step


@dataclass
class Result:
    """A reading of a goal's measure that became known since the last meeting."""

    card: GoalCard
    period: str
    value: str


@dataclass
class Due:
    """A stocktake of the current cycle, with the worst word among its tactic's goals."""

    card: StocktakeCard
    goals: list[GoalCard]

    @property
    def worst(self):
        return self.goals[0] if self.goals else None


@dataclass
class Dashboard:
    """Everything the page shows, of one plan on one day."""

    day: date
    since: date
    had_meeting: bool
    next_meeting: BoardMeeting | None
    goals: list[GoalCard]
    changes: list[Change]
    revised: list[Revised]
    results: list[Result]
    done: list[MilestoneCard]
    stocktakes: list[Due]
    requests: ledgers.Requests
    promises: ledgers.Promises
    questions: list = field(default_factory=list)

    @property
    def trouble(self):
        return [card for card in self.goals if card.word in TROUBLE]

    @property
    def disagreements(self):
        return [card for card in self.goals if card.disagrees]

    @property
    def done_late(self):
        return [card for card in self.done if card.slipped_days > 0]

    @cached_property
    def heading(self):
        """The finding: how many goals wear another word than at the last meeting."""
        count, words = len(self.changes), {"day": short_day(self.since, self.day)}
        if count == 0:
            return _("No goal changed color since %(day)s") % words
        few = {
            1: _("One goal changed color since %(day)s"),
            2: _("Two goals changed color since %(day)s"),
            3: _("Three goals changed color since %(day)s"),
            4: _("Four goals changed color since %(day)s"),
            5: _("Five goals changed color since %(day)s"),
        }
        return few.get(count, _("%(count)d goals changed color since %(day)s")) % (words | {"count": count})

    @property
    def waiting(self):
        """What waits for the board, in one sentence."""
        count = len(self.requests.open)
        if not count:
            return _("No request waits for the board.")
        return ngettext("%(count)d request waits for the board.", "%(count)d requests wait for the board.", count) % {
            "count": count
        }


def short_day(day, today):
    """A day without its year where that is the reader's own."""
    return date_format(day, "MONTH_DAY_FORMAT" if day.year == today.year else "DATE_FORMAT")


def dashboard_of(plan, day, rights, teams, read):
    """The board's page of a plan on a day; the number of queries does not grow with the plan.

    `read` gives authored texts in the reader's language.
    """
    last, following = _meetings(plan, day)
    since = last.held_on if last else plan.starts_on
    goals = Goal.objects.filter(tactic__strategy__plan=plan).exclude(tactic__state="draft")
    now = worst_first(goal_cards(goals, day, in_brief=True))
    milestones = Milestone.objects.filter(tactic__strategy__plan=plan).exclude(tactic__state="draft")
    cards = stocktake_cards(stocktakes_of(plan), day)
    for card in cards:
        card.can_read = can_read(rights, card.stocktake, card.state, teams)
    return Dashboard(
        day=day,
        since=since,
        had_meeting=last is not None,
        next_meeting=following,
        goals=now,
        changes=_changes(now, goal_cards(goals, since, in_brief=True)),
        revised=_revised(goals, now, since, read),
        results=_results(now, since),
        done=[card for card in milestone_cards(milestones, day) if card.is_done and card.last.known_on > since],
        stocktakes=_of_current_cycle(cards, now, day),
        requests=ledgers.requests_of(cards, day),
        promises=ledgers.promises_of(cards, day),
        questions=ledgers.open_questions(cards, day),
    )


def _meetings(plan, day):
    """The board's last meeting before the day, and the next one on it or after."""
    meetings = list(BoardMeeting.objects.filter(district=plan.district_id).order_by("held_on"))
    before = [meeting for meeting in meetings if meeting.held_on < day]
    after = [meeting for meeting in meetings if meeting.held_on >= day]
    return (before[-1] if before else None), (after[0] if after else None)


def _changes(now, then):
    before = {card.goal.pk: card.word for card in then}
    return [
        Change(card, before[card.goal.pk]) for card in now if before.get(card.goal.pk) not in (None, card.word)
    ]  # fmt: skip


def _revised(goals, cards, since, read):
    """Every revision adopted since, the latest first: nobody moves a target unseen by the board.

    The few goals that have one are asked for again, with people and places.
    """
    moved = [card for card in cards if any(revision.settled_on > since for revision in card.revisions[1:])]
    told = goal_cards(goals.filter(pk__in=[card.goal.pk for card in moved]), moved[0].day) if moved else []
    found = [Revised(card, step) for card in told for step in chronicle_of(card, read).steps[1:]]
    news = [item for item in found if item.step.revision.settled_on > since]
    return sorted(news, key=lambda item: item.step.revision.settled_on, reverse=True)


def _results(cards, since):
    """Each new reading once, though several goals may rest on it."""
    found = {}
    for card in cards:
        for point in card.points:
            reading = point.reading
            if reading.known_on > since and not reading.is_withheld:
                value = band_text(reading.low, reading.high, card.unit)
                result = Result(card, period_phrase(reading.period), value)
                found.setdefault((card.promise.measure_id, card.promise.minus_id, reading.period), result)
    return list(found.values())


def _of_current_cycle(cards, goals, day):
    """Stocktakes of the year, the worst word first; those without a judged goal last."""
    of_tactic = {}
    for goal in goals:
        of_tactic.setdefault(goal.goal.tactic_id, []).append(goal)
    current = [c for c in cards if c.stocktake.cycle.starts_on <= day <= c.stocktake.cycle.ends_on]
    rows = [Due(card, of_tactic.get(card.stocktake.tactic_id, [])) for card in current]
    return sorted(rows, key=lambda row: (rank(row.worst.word) if row.worst else len(Word), row.card.held_on))
