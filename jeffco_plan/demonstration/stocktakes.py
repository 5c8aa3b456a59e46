"""Three years of stocktakes: answers, promises and what became of them, requests, decisions, and the board's word."""

from datetime import timedelta

from jeffco_plan.demonstration.people import people
from jeffco_plan.demonstration.promises import leader_on
from stocktakes.actions import take_step
from stocktakes.models import (
    BoardAct,
    BoardMeeting,
    BoardQuestion,
    Commitment,
    CommitmentReview,
    Cycle,
    Request,
    RequestDecision,
    Stocktake,
)
from strategy.models import Tactic

# Where content names no day, a step was taken this long before (or after) the day of the stocktake.
STEPS = {"planned": 150, "preparation": 75, "submitted": 28, "signed_off": 14, "held": 0, "closed": -60}


def create_stocktakes(plan, text):
    cycles = {
        entry["slug"]: Cycle.objects.create(plan=plan, is_illustration=True, **entry) for entry in text.get("cycle", [])
    }
    meetings = {entry["on"]: _meeting(plan, entry) for entry in text.get("meeting", [])}
    promised, steps, cast = {}, [], people()
    tactics = {tactic.slug: tactic for tactic in Tactic.objects.of_plan(plan)}
    for entry in sorted(text.get("stocktake", []), key=lambda entry: entry["on"]):
        tactic = tactics[entry["tactic"]]
        stocktake = _stocktake(cycles[entry["cycle"]], tactic, entry)
        leader = leader_on(tactic, min(entry["on"], plan.standing_day))
        steps += _steps(stocktake, entry, leader, cast)
        _reviews(stocktake, entry, promised, leader)
        promised |= _commitments(stocktake, entry, leader)
        _requests(stocktake, entry, meetings, cast)
        _board(stocktake, entry, meetings, leader, cast)
    _take_steps(steps)


def _meeting(plan, entry):
    return BoardMeeting.objects.create(
        district=plan.district,
        held_on=entry["on"],
        title=entry["title"],
        agenda=entry.get("agenda", ""),
        date_is_real=entry.get("date_published", False),
        is_illustration=True,
    )


def _stocktake(cycle, tactic, entry):
    return Stocktake.objects.create(
        cycle=cycle,
        tactic=tactic,
        slug=tactic.slug,
        planned_on=entry["on"],
        title=entry.get("headline", ""),
        successes=entry.get("successes", ""),
        challenges=entry.get("challenges", ""),
        course=entry.get("new_course", ""),
        support=entry.get("support", ""),
        date_is_real=entry.get("date_published", False),
        is_illustration=True,
    )


def _steps(stocktake, entry, leader, cast):
    """Every step up to the state in which the stocktake stands: its day, its place in order, and who takes it."""
    states = list(STEPS)
    actors = {"planned": "plan-administrator", "signed_off": "superintendent", "held": "clerk", "closed": "clerk"}
    named = {"preparation": entry.get("began_on"), "submitted": entry.get("submitted_on")}
    for place, state in enumerate(states[: states.index(entry["state"]) + 1]):
        day = named.get(state) or stocktake.planned_on - timedelta(days=STEPS[state])
        yield day, place, stocktake, state, cast[actors[state]] if state in actors else leader


def _take_steps(steps):
    """All steps in the order of their days: each frozen record is sealed with the one before."""
    for day, _place, stocktake, state, by in sorted(steps, key=lambda step: step[:2]):
        take_step(stocktake, state, by=by, day=day)


def _reviews(stocktake, entry, promised, leader):
    for review in entry.get("reviews", []):
        CommitmentReview.objects.create(
            commitment=promised[review["commitment"]],
            stocktake=stocktake,
            number=1,
            known_on=stocktake.planned_on,
            fate=review["outcome"],
            words=review["words"],
            author=leader,
            is_illustration=True,
        )


def _commitments(stocktake, entry, leader):
    return {
        promise["key"]: Commitment.objects.create(
            stocktake=stocktake,
            number=number,
            text=promise["text"],
            due_on=promise["due"],
            owner=leader,
            is_illustration=True,
        )
        for number, promise in enumerate(entry.get("commitments", []), 1)
    }


def _requests(stocktake, entry, meetings, cast):
    asked_on = entry.get("submitted_on", stocktake.planned_on)
    for number, ask in enumerate(entry.get("requests", []), 1):
        request = Request.objects.create(
            stocktake=stocktake, number=number, text=ask["text"], asked_on=asked_on, is_illustration=True
        )
        rows = [row for decision in ask.get("decisions", []) for row in _decision_rows(decision)]
        for place, row in enumerate(rows, 1):
            meeting = meetings[row.pop("meeting")]
            RequestDecision.objects.create(
                request=request, number=place, meeting=meeting, by=cast["clerk"], is_illustration=True, **row
            )


def _decision_rows(decision):
    """The decision as made; and again, with what followed, once that was known."""
    made = {"meeting": decision["meeting"], "decision": decision["kind"], "words": decision["words"]}
    yield made | {"known_on": decision["meeting"]}
    if "followed" in decision:
        yield made | {"known_on": decision["followed_on"], "effect": decision["followed"]}


def _board(stocktake, entry, meetings, leader, cast):
    if "votes" in entry:
        vote = entry["votes"]
        BoardAct.objects.create(
            meeting=meetings[vote["meeting"]],
            stocktake=stocktake,
            number=1,
            known_on=vote["meeting"],
            accepted=vote["outcome"] == "accepted",
            votes_for=vote["yes"],
            votes_against=vote["no"],
            words=vote["words"],
            entered_by=cast["clerk"],
            is_illustration=True,
        )
    for question in entry.get("questions", []):
        BoardQuestion.objects.create(
            stocktake=stocktake,
            asked_by=cast[question["asked_by"]],
            asked_on=question["asked_on"],
            text=question["text"],
            answer=question.get("answer", ""),
            answered_by=leader if "answer" in question else None,
            answered_on=question.get("answered_on"),
            is_illustration=True,
        )
