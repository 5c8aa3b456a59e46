"""What was promised and what was asked for, each with what became of it by a day; two queries a ledger."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from stocktakes.models import BoardQuestion, Commitment, CommitmentReview, Request, RequestDecision
from stocktakes.records import StocktakeCard

Fate = CommitmentReview.Fate
Decision = RequestDecision.Decision


@dataclass
class PromiseRow:
    """A commitment with the last thing said of it."""

    commitment: Commitment
    card: StocktakeCard
    review: CommitmentReview | None

    @property
    def fate(self):
        return Fate(self.review.fate) if self.review else Fate.OPEN

    @property
    def words(self):
        return self.review.words if self.review else ""

    @property
    def is_overdue(self):
        due_on = self.commitment.due_on
        return self.fate == Fate.OPEN and due_on is not None and due_on < self.card.day


@dataclass
class Promises:
    """A ledger of commitments, and the rate at which they were kept: of those that were reviewed, never of all."""

    rows: list[PromiseRow]

    @cached_property
    def counts(self):
        return Counter(row.fate for row in self.rows)

    @property
    def is_illustration(self):
        return all(row.commitment.is_illustration for row in self.rows)

    @property
    def reviewed(self):
        return [row for row in self.rows if row.fate != Fate.OPEN]

    @property
    def open(self):
        return [row for row in self.rows if row.fate == Fate.OPEN]

    @property
    def exceptions(self):
        """What was not kept as it was promised."""
        return [row for row in self.rows if row.fate in (Fate.CHANGED, Fate.DROPPED)]

    @property
    def overdue(self):
        """Promises whose day has passed; what became of them is said at the next stocktake."""
        return [row for row in self.rows if row.is_overdue]

    @property
    def kept(self):
        return self.counts[Fate.KEPT]

    @property
    def changed(self):
        return self.counts[Fate.CHANGED]

    @property
    def dropped(self):
        return self.counts[Fate.DROPPED]


@dataclass
class RequestRow:
    """A request with its decisions so far; deferred is not decided."""

    request: Request
    card: StocktakeCard
    decisions: list[RequestDecision]

    @property
    def last(self):
        return self.decisions[-1] if self.decisions else None

    @property
    def is_open(self):
        return self.last is None or self.last.decision == Decision.DEFERRED

    @property
    def is_deferred(self):
        return self.last is not None and self.last.decision == Decision.DEFERRED

    @property
    def days_open(self):
        return (self.card.day - self.request.asked_on).days

    @property
    def decided_on(self) -> date | None:
        """When the decision that stands was first made; later rows may only add what followed."""
        same = [row for row in self.decisions if row.decision == self.last.decision] if self.last else []
        return same[0].known_on if same else None

    @property
    def effect(self):
        return next((row.effect for row in reversed(self.decisions) if row.effect), "")


@dataclass
class Requests:
    """A ledger of requests, in order of asking."""

    rows: list[RequestRow]

    @property
    def open(self):
        return [row for row in self.rows if row.is_open]

    @property
    def decided(self):
        return [row for row in self.rows if not row.is_open]

    @property
    def is_illustration(self):
        return all(row.request.is_illustration for row in self.rows)


def promises_of(cards, day):
    """The commitments made at the given stocktakes that were held, as they stood on a day."""
    held = {card.stocktake.pk: card for card in cards if card.is_held}
    commitments = list(Commitment.objects.filter(stocktake__in=held))
    last = {}
    reviews = CommitmentReview.objects.filter(commitment__stocktake__in=held, known_on__lte=day)
    for review in reviews.order_by("known_on", "number"):
        last[review.commitment_id] = review
    rows = [PromiseRow(promise, held[promise.stocktake_id], last.get(promise.pk)) for promise in commitments]
    return Promises(
        sorted(rows, key=lambda row: (row.card.held_on, row.commitment.stocktake_id, row.commitment.number))
    )


def requests_of(cards, day):
    """What was asked for at the given stocktakes, of those that the visitor may read, in order of asking."""
    readable = {card.stocktake.pk: card for card in cards if card.can_read and not card.is_draft}
    requests = list(Request.objects.filter(stocktake__in=readable, asked_on__lte=day))
    decisions = {}
    known = RequestDecision.objects.filter(request__stocktake__in=readable, known_on__lte=day)
    for decision in known.order_by("known_on", "number"):
        decisions.setdefault(decision.request_id, []).append(decision)
    rows = [RequestRow(one, readable[one.stocktake_id], decisions.get(one.pk, [])) for one in requests]
    return Requests(sorted(rows, key=lambda row: (row.request.asked_on, row.request.stocktake_id, row.request.number)))


def open_questions(cards, day):
    """Questions that staff have not answered by the day, for those who govern."""
    known = {card.stocktake.pk: card for card in cards}
    questions = BoardQuestion.objects.filter(stocktake__in=known, asked_on__lte=day).select_related("asked_by")
    waiting = [one for one in questions if one.answered_on is None or one.answered_on > day]
    return [(question, known[question.stocktake_id]) for question in waiting]
