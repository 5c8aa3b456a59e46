"""What a tactic's people owe, in order of date: a fixed number of queries for any number of tactics and duties.

Stocktakes lie above this app: the page adds what is owed to them (`jeffco_plan/pages/work.py`).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse

from indicators.labels import period_phrase
from indicators.models import CollectionWindow
from indicators.periods import MONTH, QUARTER, SEMESTER, WEEK, YEAR, Period
from indicators.publishing import publishable
from strategy import due_dates
from strategy.cards import GoalCard
from strategy.measures import period_of
from strategy.milestones import MilestoneWord
from strategy.models import (
    Goal,
    LeadingIndicator,
    LeadingReview,
    Milestone,
    MilestoneFollowUp,
    MilestoneUpdate,
    PdsaCycle,
)
from strategy.scorecards import goal_cards, rows_by
from strategy.stewardship import kept_by_stewards
from strategy.timelines import MilestoneCard, milestone_cards

AHEAD = timedelta(days=60)
SOON_DAYS = 5
# Days from the end of a period to its value, where no collection window says so.
DAYS_TO_DECIDE = 14  # from the study of a test to what becomes of it
DAYS_TO_LOOK_BACK = 90  # from a finished milestone, or from "too early to say", to whether it moved what it should
LOOK_BACK_WITHIN = timedelta(days=365)
DAYS_TO_COLLECT = {WEEK: 5, MONTH: 14, QUARTER: 30, SEMESTER: 45, YEAR: 90}


class Kind(StrEnum):
    MILESTONE = "milestone"
    DATA = "data"
    LEADING = "leading"
    PDSA = "pdsa"
    ACT = "act"
    REVIEW = "review"
    FOLLOW_UP = "follow_up"
    STOCKTAKE = "stocktake"
    PROPOSAL = "proposal"


@dataclass(frozen=True)
class Duty:
    """One thing owed by a day: about what, where it is answered, and the object that its words come from."""

    kind: Kind
    pk: int
    day: date
    due_on: date
    tactic: Any
    url: str
    thing: Any
    detail: str = ""

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}"

    @property
    def days(self) -> int:
        return (self.due_on - self.day).days

    @property
    def is_overdue(self) -> bool:
        return self.days < 0

    @property
    def is_answered_here(self) -> bool:
        return self.kind == Kind.MILESTONE

    @property
    def waits(self) -> bool:
        """Answered on this page, and not yet this month."""
        return self.is_answered_here and (self.is_overdue or not is_reported(self.thing))

    @property
    def blocked_since(self) -> date:
        """The day of the first of the milestone's last reports that all say blocked."""
        since = self.thing.last.known_on
        for update in reversed(self.thing.updates):
            if update.state != MilestoneUpdate.State.BLOCKED:
                break
            since = update.known_on
        return since

    @property
    def word(self) -> MilestoneWord:
        """Whose shape and color the date wears."""
        if self.is_overdue:
            return MilestoneWord.OVERDUE
        return MilestoneWord.DUE_SOON if self.days <= SOON_DAYS else MilestoneWord.ON_TIME

    @property
    def distance(self) -> str:
        return due_dates.distance(self.due_on, self.day)

    @property
    def date_label(self) -> str:
        return due_dates.label(self.due_on, self.day)


def duties_of(tactics, day: date) -> list[Duty]:
    """Everything that the teams of these tactics (a list) owe on a day, earliest first."""
    ids = [tactic.pk for tactic in tactics]
    cards = milestone_cards(Milestone.objects.filter(tactic__in=ids), day)
    found = [milestone_duty(card) for card in cards if is_owed(card)]
    found += [
        data_duty(card)
        for card in goal_cards(Goal.objects.filter(tactic__in=ids), day, with_staff_only=True)
        if card.verdict.overdue_since
    ]
    found += leading_duties(ids, day) + pdsa_duties(ids, day) + follow_up_duties(cards, day)
    return in_order(found)


def in_order(duties) -> list[Duty]:
    return sorted(duties, key=lambda duty: (duty.due_on, list(Kind).index(duty.kind), duty.pk))


def next_report_on(last: date) -> date:
    """A month after the last report; a weekend moves it to Monday.

    >>> next_report_on(date(2020, 1, 8))
    datetime.date(2020, 2, 10)
    >>> next_report_on(date(2020, 1, 31))
    datetime.date(2020, 3, 2)
    """
    year, month = divmod(last.year * 12 + last.month, 12)
    day = date(year, month + 1, min(last.day, monthrange(year, month + 1)[1]))
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() >= 5 else 0)


def is_reported(card: MilestoneCard) -> bool:
    """Reported this month."""
    last = card.last.known_on
    return (last.year, last.month) == (card.day.year, card.day.month)


def is_owed(card: MilestoneCard) -> bool:
    """Overdue, not reported this month, or due within sixty days."""
    return not card.is_done and (not is_reported(card) or card.due_on <= card.day + AHEAD)


def milestone_duty(card: MilestoneCard) -> Duty:
    """A report is owed every month and on the due date, whichever comes first; once given, the work itself is."""
    is_work = is_reported(card) or card.is_overdue or card.is_done
    due_on = card.due_on if is_work else min(card.due_on, next_report_on(card.last.known_on))
    url = reverse("milestone-update", args=[card.milestone.pk])
    return Duty(Kind.MILESTONE, card.milestone.pk, card.day, due_on, card.milestone.tactic, url, card)


def data_duty(card: GoalCard) -> Duty:
    """A goal reads "Data overdue" until its reading is in."""
    since = card.verdict.overdue_since
    periods = [period_phrase(window.period) for window in card.windows if window.expected_on == since]
    tactic = card.goal.tactic
    url = reverse("indicator-detail", args=[tactic.strategy.plan.slug, card.indicator.code])
    return Duty(Kind.DATA, card.goal.pk, card.day, since, tactic, url, card, detail=periods[0] if periods else "")


def leading_duties(tactic_ids, day: date) -> list[Duty]:
    """The earliest value still awaited of each leading indicator."""
    leading = list(
        LeadingIndicator.objects.in_force(day)
        .filter(tactic__in=tactic_ids)
        .select_related("tactic__strategy__plan", "series__indicator")
    )
    readings = publishable([item.series_id for item in leading], day, with_staff_only=True)
    expected = CollectionWindow.objects.filter(indicator__in={item.series.indicator_id for item in leading})
    windows = rows_by(expected.as_known_on(day), "indicator_id")
    by_stewards = kept_by_stewards(item.series_id for item in leading)
    found = []
    for item in leading:
        indicator = item.series.indicator
        last = max((reading.period for reading in readings.get(item.series_id, [])), default=None)
        awaited = next_value(indicator, last, windows[indicator.pk])
        if awaited and awaited[1] <= day + AHEAD:
            page = "leading-detail" if item.series_id in by_stewards else "leading-values"
            url = reverse(page, args=[item.pk])
            phrase = period_phrase(awaited[0])
            found.append(Duty(Kind.LEADING, item.pk, day, awaited[1], item.tactic, url, item, detail=phrase))
    return found


def next_value(indicator, last: int | None, windows) -> tuple[Period, date] | None:
    """The period whose value comes next and the day it is due: by its window, or else by the indicator's frequency."""
    following = [window for window in windows if last is None or window.period > last]
    if following:
        due = [window for window in following if not window.not_collected]
        first = min(due, key=lambda window: window.period, default=None)
        return first and (period_of(indicator, first.period), first.expected_on)
    if last is None or indicator.kind not in DAYS_TO_COLLECT:
        return None
    period = period_of(indicator, last).next()
    return period, period.end + timedelta(days=DAYS_TO_COLLECT[indicator.kind])


def pdsa_duties(tactic_ids, day: date) -> list[Duty]:
    """Tests of change that run and have a day on which they are to be studied, and studied ones to be decided on."""
    cycles = PdsaCycle.objects.filter(tactic__in=tactic_ids, started_on__lte=day).select_related(
        "tactic__strategy__plan"
    )
    found = []
    for cycle in cycles.exclude(acted_on__lte=day):
        is_studied = cycle.studied_on is not None and cycle.studied_on <= day
        due_on = cycle.studied_on + timedelta(days=DAYS_TO_DECIDE) if is_studied else cycle.study_due_on
        if due_on and due_on <= day + AHEAD:
            url = reverse("cycle-detail", args=[cycle.pk])
            found.append(Duty(Kind.ACT if is_studied else Kind.PDSA, cycle.pk, day, due_on, cycle.tactic, url, cycle))
    return found


def review_duties(tactic_ids, day: date) -> list[Duty]:
    """Declarations to be looked at again: on the day they name, or that their last review named. Their leaders'."""
    leading = LeadingIndicator.objects.in_force(day).filter(tactic__in=tactic_ids)
    reviews = LeadingReview.objects.filter(known_on__lte=day).order_by("number")
    found = []
    for item in leading.select_related("tactic__strategy__plan", "series__indicator").prefetch_related(
        Prefetch("reviews", reviews, to_attr="known_reviews")
    ):
        due_on = item.known_reviews[-1].next_on if item.known_reviews else item.review_on
        if due_on and due_on <= day + AHEAD:
            url = reverse("leading-detail", args=[item.pk]) + "#reviews"
            found.append(Duty(Kind.REVIEW, item.pk, day, due_on, item.tactic, url, item))
    return found


def follow_up_duties(cards: list[MilestoneCard], day: date) -> list[Duty]:
    """Finished milestones of which nobody has said yet whether they moved what they should; asked for a year."""
    done = [card for card in cards if card.is_done and (card.milestone.goal_id or card.milestone.moves)]
    answers = rows_by(
        MilestoneFollowUp.objects.filter(
            milestone__in=[card.milestone.pk for card in done], known_on__lte=day
        ).order_by("number"),
        "milestone_id",
    )
    found = []
    for card in done:
        last = answers[card.milestone.pk][-1] if answers[card.milestone.pk] else None
        if day - card.done_on > LOOK_BACK_WITHIN or (last and last.answer != MilestoneFollowUp.Answer.TOO_EARLY):
            continue
        due_on = (last.known_on if last else card.done_on) + timedelta(days=DAYS_TO_LOOK_BACK)
        if due_on <= day + AHEAD:
            url = reverse("milestone-follow-up", args=[card.milestone.pk])
            found.append(Duty(Kind.FOLLOW_UP, card.milestone.pk, day, due_on, card.milestone.tactic, url, card))
    return found


def tactic_url(tactic) -> str:
    return reverse("tactic-detail", args=[tactic.strategy.plan.slug, tactic.strategy.slug, tactic.slug])
