"""What stands on a leader's desk while a promise is revised, and on a sponsor's while it is decided."""

from dataclasses import dataclass, field, replace

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import Grant, Person
from indicators.charts import trajectory
from indicators.labels import day_label
from strategy.cards import GoalCard
from strategy.drawings import chart_of
from strategy.models import Goal, GoalRevision
from strategy.permissions import SETTLING, can_read_work
from strategy.revisions.differences import Difference, differences, facts_of, measure_text, target_phrase
from strategy.revisions.forms import ProposalForm
from strategy.revisions.measures import MeasureChoice, measure_choice
from strategy.revisions.outlooks import Outlook, outlook_of, outlook_words
from strategy.revisions.periods import period_choices
from strategy.revisions.previews import Preview, preview_of, target_of
from strategy.revisions.sketches import sketch_of
from strategy.revisions.waypoints import prepared
from strategy.scorecards import goal_card, with_promise

Kind = GoalRevision.Kind


@dataclass
class Desk:
    """The trajectory editor of one goal: the form, the drawing, and what it would mean."""

    goal: Goal
    card: GoalCard
    choice: MeasureChoice
    form: ProposalForm
    sketch: str
    preview: Preview | None
    facts: dict[str, str]
    measure: str
    meanwhile: list[GoalRevision] = field(default_factory=list)

    @property
    def is_range(self) -> bool:
        indicator = self.choice.series and self.choice.series.indicator
        return bool(indicator) and indicator.direction == "range"

    @property
    def is_sentence_left(self) -> bool:
        """The path leads elsewhere than the promise in force, and the sentence still says what it said."""
        now, then = self.card.current, self.form.instance
        if self.preview is None or not self.form.is_bound or now is None or {now.kind, then.kind} != {Kind.PATH}:
            return False
        return then.statement.strip() == now.statement.strip() and target_phrase(now) != target_phrase(then)

    @property
    def periods(self) -> list[tuple[str, str]]:
        """What a point between may name: every period of the choices, those not yet in order included."""
        return self.form.fields["baseline_period"].choices[1:]

    @property
    def open_proposal(self) -> GoalRevision | None:
        return next((revision for revision in self.meanwhile if revision.settled_on is None), None)


def open_desk(goal: Goal, day, rights, read, *, data=None, action="show", source=None) -> Desk:
    """The editor as it stands after what was sent (`data`), or as it opens, from the promise or another proposal."""
    inside = can_read_work(rights, goal.tactic, day)
    card = goal_card(goal, day, with_staff_only=inside)
    base = source or card.promise
    choice = measure_choice(goal, base, data, read)
    measured = with_promise(card, choice.stub, with_staff_only=inside)
    choices = period_choices(measured, base)
    if data is not None:
        data = prepared(data, measured, choice.key, choices, action)
    last = goal.revisions.aggregate(last=Max("number"))["last"] or 0
    form = ProposalForm(card, measured, choice, choices, data, base=base, number=last + 1)
    if data is not None:
        form.is_valid()
        form.look(is_only_looked_at=action != "propose")
    preview = _preview(card, measured, form) if form.can_be_judged else None
    if data is None and card.current and card.current.kind == Kind.PATH:
        preview = preview_of(card, card)
    sketch = sketch_of(measured, form, card, read)
    facts = facts_of(card.promise, read) if card.promise else {}
    measure = measure_text(choice.stub, read) if choice.series else ""
    return Desk(goal, card, choice, form, sketch, preview, facts, measure)


def _preview(card: GoalCard, measured: GoalCard, form: ProposalForm) -> Preview:
    """What the form's path would mean, on readings that are already here."""
    return preview_of(card, replace(measured, revisions=[*card.revisions, form.draft]))


@dataclass
class Docket:
    """One proposal with all that a decision needs."""

    proposal: GoalRevision
    before: GoalCard
    preview: Preview
    rows: list[Difference]
    chart: str
    outlook: Outlook | None
    deciders: list[Person]

    @property
    def changed(self) -> list[Difference]:
        return [row for row in self.rows if row.is_changed]

    @property
    def unchanged(self) -> list[Difference]:
        return [row for row in self.rows if not row.is_changed]


def open_docket(proposal: GoalRevision, day, rights, read) -> Docket:
    """A proposal beside the promise that stood when it was made, or stands now."""
    goal = proposal.goal
    inside = can_read_work(rights, goal.tactic, day)
    card = goal_card(goal, day, with_staff_only=inside)
    before = replace(card, revisions=[r for r in card.revisions if r.number < proposal.number])
    then = with_promise(before, _as_if_adopted(proposal, day), with_staff_only=inside)
    if then.current.forecast is None:
        then.current.forecast = outlook_of(then)
    return Docket(
        proposal=proposal,
        before=before,
        preview=preview_of(before, then),
        rows=differences(before.current, proposal, read),
        chart=_chart(before, then, read, was_settled=proposal.settled_on is not None),
        outlook=outlook_words(then, then.current) if proposal.settled_on is None else None,
        deciders=deciders_of([proposal], day)[proposal.pk],
    )


def _as_if_adopted(proposal: GoalRevision, day) -> GoalRevision:
    """An unsaved copy that is in force: the proposal itself stays as it is."""
    names = [column.attname for column in GoalRevision._meta.concrete_fields]
    copied = GoalRevision(**{name: getattr(proposal, name) for name in names})
    copied.measure, copied.minus = proposal.measure, proposal.minus
    copied.outcome, copied.settled_on = GoalRevision.Outcome.ADOPTED, proposal.settled_on or day
    return copied


def _chart(before: GoalCard, then: GoalCard, read, *, was_settled: bool) -> str:
    """The large chart with the proposed path; what stands now and what stood first are ghosts.

    The ghost that is named is the path that the proposal would replace: a decision is held against that one.
    """
    chart = chart_of(then, read)
    if chart is None or then.current.kind != Kind.PATH:
        return ""
    if chart.plan:
        chart = replace(
            chart, plan=replace(chart.plan, detail=_("Proposed %(day)s") % {"day": day_label(then.current.known_on)})
        )
    ghosts = [way for way in (chart.first_path, *chart.revisions) if way]
    target = target_of(before)
    if ghosts and target.value:
        words = _("Before: %(target)s by %(period)s") if was_settled else _("In force: %(target)s by %(period)s")
        words %= {"target": target.value, "period": target.period}
        now = replace(ghosts[-1], caption=words, detail="", short=_("Before") if was_settled else _("In force"))
        chart = replace(chart, first_path=now, revisions=tuple(ghosts[:-1]))
    return trajectory.draw(chart, "proposal")


def deciders_of(proposals: list[GoalRevision], day) -> dict[int, list[Person]]:
    """Who may settle each proposal: sponsors of the place, then superintendents, never its author; one query."""
    places = {proposal.pk: _places(proposal.goal.tactic) for proposal in proposals}
    grants = Grant.objects.in_force(day).filter(
        role__in=SETTLING, scope__in={s for found in places.values() for s in found}
    )
    named = list(grants.select_related("person").order_by("role", "pk"))
    return {
        proposal.pk: list(
            dict.fromkeys(
                g.person for g in named if g.scope_id in places[proposal.pk] and g.person_id != proposal.proposed_by_id
            )
        )
        for proposal in proposals
    }


def _places(tactic) -> set[int]:
    """The tactic's own place for roles, its plan's and its district's."""
    plan = tactic.strategy.plan
    return {tactic.scope_id, plan.scope_id, plan.district.scope_id}
