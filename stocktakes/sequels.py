"""Since then: what later days added to a held stocktake. It stands below the frozen record and is no part of it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from stocktakes.models import BoardAct, BoardQuestion, CommitmentReview, RequestDecision


@dataclass
class Sequel:
    """One thing that became known after a record was frozen; `text` is authored, `label` says what happened."""

    known_on: date
    label: str
    subject: str
    text: str = ""
    is_illustration: bool = False


def sequels_of(stocktake, frozen_on, day):
    """Answers, decisions, fates and votes that became known after the freezing, up to a day, oldest first."""
    since = {"known_on__gt": frozen_on, "known_on__lte": day}
    found = [
        *(_answered(one) for one in BoardQuestion.objects.filter(
            stocktake=stocktake, answered_on__gt=frozen_on, answered_on__lte=day)),
        *(_decided(one) for one in RequestDecision.objects.filter(
            request__stocktake=stocktake, **since).select_related("request")),
        *(_reviewed(one) for one in CommitmentReview.objects.filter(
            commitment__stocktake=stocktake, **since).select_related("commitment")),
        *(_voted(one) for one in BoardAct.objects.filter(stocktake=stocktake, **since)),
    ]  # fmt: skip
    return sorted(found, key=lambda sequel: sequel.known_on)


def _answered(question):
    return Sequel(
        question.answered_on, _("Question answered"), question.text, question.answer, question.is_illustration
    )


def _decided(decision):
    if decision.effect:
        label, text = _("What followed"), decision.effect
    else:
        label, text = decision.get_decision_display(), decision.words
    return Sequel(decision.known_on, label, decision.request.text, text, decision.is_illustration)


def _reviewed(review):
    return Sequel(
        review.known_on, review.get_fate_display(), review.commitment.text, review.words, review.is_illustration
    )


def _voted(act):
    label = _("Accepted by the board") if act.accepted else _("Not accepted by the board")
    return Sequel(act.known_on, label, "", act.words, act.is_illustration)
