"""The page of a held stocktake, from its frozen record alone; and what later days say about that record.

Two things stand over a record, in three queries: today's privacy verdict, which may hide a figure and never alters
one, and the corrections published since, which are listed below it.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Q

from indicators.labels import period_label
from indicators.models import Series
from indicators.publishing import publishable
from indicators.units import band_text
from stocktakes.frozen_goals import FrozenGoal, series_name
from stocktakes.models import CommitmentReview, RequestDecision
from stocktakes.snapshots import canonical
from strategy.measures import points_of

Fate = CommitmentReview.Fate
DATES = {"day", "planned_on", "due_on", "first_due_on", "done_on", "promised_on", "reviewed_on", "asked_on",
         "decided_on", "answered_on", "meeting_on"}  # fmt: skip


@dataclass
class Correction:
    """A figure of a record that has been published otherwise since."""

    goal: str
    period: str
    shown: str
    now: str
    known_on: date


@dataclass
class Record:
    """A stocktake's content read back, with its days as days and its keys in words."""

    content: dict
    goals: list[FrozenGoal] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)

    @classmethod
    def read(cls, text):
        content = json.loads(text, object_hook=_with_days)
        return cls(content, [FrozenGoal(goal) for goal in content["goals"]])

    @classmethod
    def of(cls, content):
        """The same from a content that was never frozen: what a draft would show."""
        return cls.read(canonical(content))

    @property
    def day(self):
        return self.content["day"]

    @cached_property
    def reviews(self):
        return in_words(self.content["reviews"])

    @property
    def reviewed(self):
        return sum(1 for review in self.content["reviews"] if review["fate"] != Fate.OPEN)

    @property
    def kept(self):
        return sum(1 for review in self.content["reviews"] if review["fate"] == Fate.KEPT)

    @property
    def promised_on(self):
        return self.content["reviews"][0]["promised_on"] if self.content["reviews"] else None

    @cached_property
    def requests(self):
        return [_with_decision(request) for request in self.content["requests"]]

    @property
    def act(self):
        return self.content["acts"][-1] if self.content["acts"] else None

    @property
    def is_hidden(self):
        """Does today's privacy verdict take anything from view?"""
        return any(goal.hidden for goal in self.goals)


def in_words(reviews):
    """Fates as words in the reader's language."""
    return [review | {"label": Fate(review["fate"]).label} for review in reviews]


def _with_days(row):
    return {key: date.fromisoformat(value) if key in DATES and value else value for key, value in row.items()}


def _with_decision(request):
    """The last decision, in words; a later row may only add what followed."""
    last = request["decisions"][-1] if request["decisions"] else None
    label = RequestDecision.Decision(last["decision"]).label if last else ""
    return request | {"label": label, "words": last["words"] if last else "", "decided_on": last and last["decided_on"]}


def with_later_knowledge(record, day):
    """The record with figures hidden that may no longer be shown, and the corrections known by the day."""
    measured = [goal for goal in record.goals if goal.measure]
    series = _series_of(measured)
    then, now = (publishable([one.pk for one in series.values()], known) for known in (record.day, day))
    for goal in measured:
        before, after = (_readings(goal, series, readings) for readings in (then, now))
        goal.hidden = {row["period"] for row in goal.content["readings"] if _is_hidden(row, before.get(row["period"]))}
        record.corrections += _corrections(goal, after)
    record.corrections.sort(key=lambda correction: correction.known_on)
    return record


def _series_of(goals):
    """Every series that the goals name, by its name; one query."""
    names = [goal.measure for goal in goals] + [goal.measure["minus"] for goal in goals if goal.measure["minus"]]
    wanted = Q(pk__in=[])
    for name in names:
        authority, code = name["organization"].split(":", 1)
        wanted |= Q(
            indicator__code=name["indicator"],
            indicator__is_public=True,
            organization__authority=authority,
            organization__code=code,
            group__code=name["group"],
        )
    found = Series.objects.filter(wanted).select_related("indicator", "organization", "group")
    return {tuple(series_name(one).values()): one for one in found}


def _readings(goal, series, published):
    """The goal's readings by period as they may be shown now."""
    main, minus = _find(series, goal.measure), goal.measure["minus"] and _find(series, goal.measure["minus"])
    if main is None:
        return {}
    other = published.get(minus.pk, []) if minus else None
    points = points_of(main.indicator, published.get(main.pk, []), other)
    return {point.reading.period.number: point.reading for point in points}


def _find(series, name):
    return series.get((name["indicator"], name["organization"], name["group"]))


def _is_hidden(row, reading):
    """Is a figure that was frozen today withheld, or shown only as a wider band?"""
    if row["low"] is None:
        return False
    if reading is None or reading.is_withheld:
        return True
    return reading.high - reading.low > Decimal(row["high"]) - Decimal(row["low"])


def _corrections(goal, readings):
    """Figures shown in the record that were published otherwise later."""
    found = []
    for point in goal.points:
        shown, now = point.reading, readings.get(point.reading.period.number)
        if shown.is_withheld or now is None or now.is_withheld or (now.low, now.high) == (shown.low, shown.high):
            continue
        found.append(
            Correction(
                goal.statement,
                period_label(shown.period),
                band_text(shown.low, shown.high, goal.unit),
                band_text(now.low, now.high, goal.unit),
                now.known_on,
            )
        )
    return found
