"""Steps of a stocktake, and the freezing of its record."""

from django.db import transaction

from stocktakes.contents import content_of
from stocktakes.models import Snapshot, StocktakeStep
from stocktakes.snapshots import canonical, check_publishable, fingerprint

State = StocktakeStep.State

# From each state, where a stocktake may go next; from none only to planned.
NEXT = {
    None: {State.PLANNED},
    State.PLANNED: {State.PREPARATION},
    State.PREPARATION: {State.SUBMITTED},
    State.SUBMITTED: {State.RETURNED, State.SIGNED_OFF},
    State.RETURNED: {State.SUBMITTED},
    State.SIGNED_OFF: {State.HELD},
    State.HELD: {State.CLOSED},
    State.CLOSED: set(),
}
FREEZING = {State.SUBMITTED: Snapshot.Moment.SUBMITTED, State.HELD: Snapshot.Moment.HELD}


class StepRefused(ValueError):
    """A stocktake does not go from this state to that one."""


@transaction.atomic
def take_step(stocktake, state, *, by, day, words=""):
    """Take a stocktake to its next state; freeze what it shows when it is submitted and when it is held.

    Of two who take a step at once the second meets the number; who signs off or returns what the same person
    submitted meets the constraint: both are IntegrityError, and nothing is written.
    """
    steps = list(stocktake.steps.order_by("number"))
    last, state = (steps[-1] if steps else None), State(state)
    if state not in NEXT[State(last.state) if last else None]:
        raise StepRefused(f"A stocktake that is {last.state if last else 'new'} cannot become {state.value}.")
    submitted = [step for step in steps if step.state == State.SUBMITTED]
    step = StocktakeStep.objects.create(
        stocktake=stocktake,
        number=last.number + 1 if last else 1,
        state=state,
        known_on=day,
        by=by,
        submitted_by=submitted[-1].by if submitted and state in {State.RETURNED, State.SIGNED_OFF} else None,
        words=words,
        is_illustration=stocktake.is_illustration,
    )
    if state in FREEZING:
        freeze_snapshot(stocktake, FREEZING[state], day=day)
    return step


@transaction.atomic
def freeze_snapshot(stocktake, moment, *, day):
    """Freeze what may be shown of a stocktake on a day, and seal it together with the record frozen before.

    Raises NotPublishable when anything in it is not for everyone. Of two that freeze at once the second meets
    the number, which is unique in the chain.
    """
    content = content_of(stocktake, moment, day)
    check_publishable(content)
    last = Snapshot.objects.order_by("-number").first()
    text = canonical(content)
    previous = last.sha256 if last else ""
    return Snapshot.objects.create(
        stocktake=stocktake,
        number=(last.number if last else 0) + 1,
        moment=moment,
        content=text,
        sha256=fingerprint(previous, text),
        previous_sha256=previous,
        known_on=day,
    )
