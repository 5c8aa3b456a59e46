"""A stocktake as a district knows it: a tactic with a goal, its team, and a board that answers."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Person, Role
from stocktakes.actions import freeze_snapshot
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
    StocktakeStep,
)
from strategy.models import Goal, Plan, Tactic
from tests.factories import (
    DAY,
    grant,
    make_cycle,
    make_district,
    make_goal,
    make_milestone,
    make_observation,
    make_person,
    make_plan,
    make_series,
    make_stocktake,
    make_strategy,
    make_tactic,
    make_user,
)

HELD = date(2019, 12, 12)
STATES = ["planned", "preparation", "submitted", "signed_off", "held"]
DAYS = [date(2019, 8, 1), date(2019, 10, 1), date(2019, 11, 14), date(2019, 11, 28), HELD]


@dataclass
class Scene:
    plan: Plan
    cycle: Cycle
    tactic: Tactic
    goal: Goal
    series: object
    leader: Person
    stocktake: Stocktake


def make_scene(state="held", plan=None, cycle=None, **overrides):
    """A tactic with one goal read in January 2019, and its stocktake in a state; a held one is frozen."""
    plan = plan or make_plan(make_district())
    cycle = cycle or make_cycle(plan)
    leader = make_person("Director of Student Success")
    tactic = make_tactic(make_strategy(plan), leader=leader)
    series = make_series(organization=plan.district)
    goal = make_goal(tactic, series)
    for period, value in ((2017, "83.5"), (2018, "85.3")):
        make_observation(series, period, value, date(period + 1, 1, 16))
    make_milestone(tactic)
    values = {"title": "Teams work", "successes": "Six teams", "challenges": "The list was late"} | overrides
    scene = Scene(plan, cycle, tactic, goal, series, leader, make_stocktake(cycle, tactic, **values))
    walk(scene, state)
    Commitment.objects.create(
        stocktake=scene.stocktake, number=1, text="Teams at all schools", due_on=date(2020, 1, 31)
    )
    Request.objects.create(stocktake=scene.stocktake, number=1, text="Coach time", asked_on=date(2019, 11, 14))
    if state == "held":
        freeze_snapshot(scene.stocktake, "held", day=HELD)
    return scene


def walk(scene, state):
    """The steps up to a state, each on its day."""
    sponsor = make_person("Chief Officer")
    for number, name in enumerate(STATES[: STATES.index(state) + 1], 1):
        is_signing = name == "signed_off"
        StocktakeStep.objects.create(
            stocktake=scene.stocktake,
            number=number,
            state=name,
            known_on=DAYS[number - 1],
            by=sponsor if is_signing else scene.leader,
            submitted_by=scene.leader if is_signing else None,
        )


def answer(scene, day=HELD):
    """The board accepts the stocktake at a meeting."""
    meeting, _ = BoardMeeting.objects.get_or_create(district=scene.plan.district, held_on=day, title="Session")
    return BoardAct.objects.create(
        meeting=meeting, stocktake=scene.stocktake, number=1, known_on=day, accepted=True, votes_for=5,
        words="We accept it", entered_by=make_person(),
    )  # fmt: skip


def decide(scene, decision="granted", day=date(2020, 1, 9), number=1, **overrides):
    request = scene.stocktake.requests.get(number=1)
    return RequestDecision.objects.create(
        request=request, number=number, known_on=day, decision=decision, by=make_person(), **overrides
    )


def review(scene, fate="kept", day=date(2020, 1, 31), **overrides):
    promise = scene.stocktake.commitments.get(number=1)
    return CommitmentReview.objects.create(
        commitment=promise, number=1, known_on=day, fate=fate, author=scene.leader, **overrides
    )


def ask(scene, text="Which schools?", **overrides):
    return BoardQuestion.objects.create(
        stocktake=scene.stocktake, asked_by=make_person("Second Seat"), asked_on=HELD, text=text, **overrides
    )


def sign_in(client, person=None, role=None, scope=None):
    """A signed-in person, with a role where one is named."""
    person = person or make_person()
    if role:
        grant(person, Role(role), scope)
    client.force_login(getattr(person, "user", None) or make_user(person))
    return person


__all__ = ["DAY", "HELD", "Scene", "answer", "ask", "decide", "make_scene", "review", "sign_in", "walk"]
