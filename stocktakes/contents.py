"""What a stocktake shows on a day, as a dictionary: only what may be shown to everyone, in words and numbers.

The same content is frozen when it is held, and laid before those who may read the draft until then.
"""

from stocktakes.frozen_goals import goal_content
from stocktakes.models import Commitment, CommitmentReview, RequestDecision, StocktakeStep
from stocktakes.snapshots import FORMAT
from strategy.models import Goal, Milestone, TeamMember
from strategy.scorecards import goal_cards
from strategy.timelines import milestone_cards


def content_of(stocktake, moment, day):
    """Everything of a stocktake that was known by the day: texts, goals, milestones, promises, requests, answers."""
    tactic = stocktake.tactic
    return {
        "format": FORMAT,
        "moment": moment,
        "day": day,
        **_head(stocktake, day),
        "goals": [
            goal_content(card) for card in goal_cards(Goal.objects.filter(tactic=tactic), day, with_staff_only=True)
        ],
        "milestones": [_milestone(card) for card in milestone_cards(Milestone.objects.filter(tactic=tactic), day)],
        "reviews": reviews_of(stocktake, day),
        "commitments": [_commitment(promise) for promise in stocktake.commitments.order_by("number")],
        "requests": _requests(stocktake, day),
        "acts": [_act(act) for act in _known(stocktake.board_acts, day).select_related("meeting")],
        "questions": _questions(stocktake, day),
        "slides": [
            {"title": slide.title, "content_type": slide.content_type, "size": slide.size, "sha256": slide.sha256}
            for slide in stocktake.slides.order_by("pk")
        ],
    }


def _head(stocktake, day):
    tactic, cycle = stocktake.tactic, stocktake.cycle
    leader = tactic.team.current(day).filter(role=TeamMember.Role.LEADER).select_related("person").first()
    return {
        "plan": {"slug": cycle.plan.slug, "title": cycle.plan.title},
        "cycle": {"slug": cycle.slug, "name": cycle.name},
        "tactic": {
            "slug": tactic.slug,
            "name": tactic.name,
            "strategy": tactic.strategy.name,
            "leader": leader.person.name if leader else "",
        },
        "slug": stocktake.slug,
        "planned_on": stocktake.planned_on,
        "title": stocktake.title,
        "successes": stocktake.successes,
        "challenges": stocktake.challenges,
        "course": stocktake.course,
        "support": stocktake.support,
        "date_is_real": stocktake.date_is_real,
        "is_illustration": stocktake.is_illustration,
    }


def _known(facts, day):
    return facts.filter(known_on__lte=day).order_by("known_on", "number")


def _milestone(card):
    return {
        "title": card.milestone.title,
        "word": card.word.value,
        "first_due_on": card.first_due_on,
        "due_on": card.due_on,
        "done_on": card.done_on,
        "percent": card.last.percent,
        "is_illustration": card.milestone.is_illustration,
    }


def _commitment(promise):
    return {
        "number": promise.number,
        "text": promise.text,
        "due_on": promise.due_on,
        "is_illustration": promise.is_illustration,
    }


def reviews_of(stocktake, day):
    """What was promised at the tactic's stocktake before this one, and what had become of it by the day."""
    promises = list(earlier_commitments(stocktake, day))
    fates = {}
    reviews = CommitmentReview.objects.filter(commitment__in=promises, known_on__lte=day)
    for review in reviews.order_by("known_on", "number"):
        fates[review.commitment_id] = review
    return [_review(promise, fates.get(promise.pk)) for promise in promises]


def earlier_commitments(stocktake, day):
    """The commitments of the last stocktake of the same tactic that was held before this one."""
    held = StocktakeStep.objects.filter(
        state=StocktakeStep.State.HELD, known_on__lte=day, stocktake__tactic=stocktake.tactic_id,
        stocktake__planned_on__lt=stocktake.planned_on,
    )  # fmt: skip
    last = held.order_by("-known_on", "-pk").values("stocktake")[:1]
    return (
        Commitment.objects.filter(stocktake__in=list(last.values_list("stocktake", flat=True)))
        .order_by("number")
        .select_related("stocktake")
    )


def _review(promise, review):
    return {
        **_commitment(promise),
        "promised_on": promise.stocktake.planned_on,
        "fate": review.fate if review else CommitmentReview.Fate.OPEN.value,
        "words": review.words if review else "",
        "reviewed_on": review.known_on if review else None,
    }


def _requests(stocktake, day):
    requests = list(stocktake.requests.filter(asked_on__lte=day).order_by("number"))
    decided = {}
    for decision in _known(RequestDecision.objects.filter(request__in=requests), day):
        decided.setdefault(decision.request_id, []).append(
            {
                "decision": decision.decision,
                "words": decision.words,
                "effect": decision.effect,
                "decided_on": decision.known_on,
            }
        )
    return [
        {
            "number": request.number,
            "text": request.text,
            "asked_on": request.asked_on,
            "decisions": decided.get(request.pk, []),
            "is_illustration": request.is_illustration,
        }
        for request in requests
    ]


def _act(act):
    return {
        "meeting_on": act.meeting.held_on,
        "accepted": act.accepted,
        "votes_for": act.votes_for,
        "votes_against": act.votes_against,
        "abstentions": act.abstentions,
        "words": act.words,
        "is_illustration": act.is_illustration,
    }


def _questions(stocktake, day):
    """Question and answer become public together: one without an answer is not in the record."""
    return [
        {
            "text": question.text,
            "asked_on": question.asked_on,
            "answer": question.answer,
            "answered_on": question.answered_on,
            "is_illustration": question.is_illustration,
        }
        for question in stocktake.questions.filter(answered_on__lte=day).order_by("asked_on", "pk")
    ]
