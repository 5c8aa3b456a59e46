"""The tactic: the heart of the public plan."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.htmx import page
from accounts.permissions import rights_of
from accounts.translations import reader_of
from indicators.charts import trajectory
from indicators.labels import day_label, period_label, period_phrase
from indicators.models import Series
from indicators.publishing import publishable
from indicators.units import value_text
from jeffco_plan.pages.exports import Files, figure_response, files_of
from stocktakes.records import public_stocktakes
from strategy.cards import GoalCard
from strategy.cycles import CycleCard
from strategy.drawings import chart_of, target_text
from strategy.frames import open_plan
from strategy.gaps import sides_of
from strategy.leading_panels import leading_panels
from strategy.measures import points_of
from strategy.models import Adoption, Tactic
from strategy.outlooks import pace_text, paces_of, required_text, sentence_of
from strategy.permissions import can_lead, can_read_work
from strategy.revisions.chronicles import Chronicle, chronicle_of
from strategy.scorecards import goal_cards, worst_first
from strategy.tables import rows_of
from strategy.timelines import milestone_cards, with_follow_ups
from strategy.timestrips import strips_of


@dataclass
class Benchmark:
    """The state's series beside a goal's own."""

    name: str
    points: list


@dataclass
class GoalPanel:
    """A goal as its article shows it."""

    card: GoalCard
    chart: str
    figure_url: str
    files: Files
    rows: list
    facts: list
    chronicle: Chronicle
    outlook: str
    sides: str


def tactic_or_404(frame, strategy, tactic):
    return get_object_or_404(
        Tactic.objects.published().select_related("strategy"),
        strategy__plan=frame.plan,
        strategy__slug=strategy,
        slug=tactic,
    )


@require_safe
def tactic_detail(request, plan, strategy, tactic):
    """Everything about one tactic, as known on the day."""
    frame = open_plan(request, plan)
    tactic = tactic_or_404(frame, strategy, tactic)
    read = reader_of(request)
    cards = goal_cards(tactic.goals.order_by("position"), frame.day)
    milestones = with_follow_ups(milestone_cards(tactic.milestones.order_by("position"), frame.day), frame.day)
    cycles = list(tactic.pdsa_cycles.filter(started_on__lte=frame.day).order_by("number"))
    theories = [theory for theory in tactic.theories.all() if theory.since <= frame.day] or list(
        tactic.theories.all()[:1]
    )
    team = list(tactic.team.current(frame.day).select_related("person"))
    benchmarks = benchmarks_of(cards, frame)
    context = {
        "frame": frame,
        "section": "how",
        "tactic": tactic,
        "strategy_word": (frame.plan.word("strategy", read.language) or _("Strategy")).capitalize(),
        "theory": theories[-1] if theories else None,
        "earlier_theories": theories[:-1],
        "leader": next((member.person for member in team if member.role == "leader"), None),
        "team": [member.person for member in team if member.role != "leader"],
        "words": [card.word for card in cards],
        "judgement": next((card for card in worst_first(cards) if card.judgement), None),
        "goals": [_panel(card, frame, read, benchmarks.get(card.goal.pk), milestones) for card in worst_first(cards)],
        "milestones": strips_of(milestones, frame),
        "done_count": sum(card.is_done for card in milestones),
        "leading": with_files(
            leading_panels(
                tactic.leading_indicators.in_force(frame.day), cycles, frame.day, read, milestones=milestones
            ),
            tactic,
            frame,
        ),
        "ended": list(public_ended(tactic, frame.day)),
        "cycles": [CycleCard(cycle, frame.day) for cycle in cycles],
        "stocktakes": _stocktakes(tactic, frame),
        "practices": list(
            tactic.practices.filter(written_on__lte=frame.day).prefetch_related(
                Prefetch("adoptions", adoptions_of(frame))
            )
        ),
        "can_report": _can_report(request, tactic, frame),
        "can_read_work": can_read_work(rights_of(request, frame.today), tactic, frame.today),
        "can_lead": can_lead(rights_of(request, frame.today), tactic, frame.today),
    }
    return page(request, "pages/tactic.html", context)


def with_files(panels, tactic, frame):
    """The same leading indicators, each with the files of its run chart and of its pairs."""
    place = [frame.plan.slug, tactic.strategy.slug, tactic.slug]
    for panel in panels:
        card = panel.card
        card.files = files_of(
            "leading-file", [*place, card.leading.pk], frame.query, card.finding, has_picture=bool(panel.chart)
        )
        panel.files = pair_files(panel, [*place, card.leading.pk], frame)
    return panels


def pair_files(panel, place, frame):
    """The files of the district's pairs and of its schools', where there are some."""
    drawn = {"pairs": (panel.claim, panel.evidence_chart), "schools": (panel.schools, panel.schools_chart)}
    return {
        part: files_of(f"leading-{part}", place, frame.query, told.finding, has_picture=bool(chart))
        for part, (told, chart) in drawn.items()
        if told and told.rows
    }


def public_ended(tactic, day):
    """Declarations that stand no more, with who ended them and why."""
    ended = tactic.leading_indicators.ended_by_day(day).filter(series__indicator__is_public=True)
    return ended.select_related("series__indicator", "goal", "ended_by")


def adoptions_of(frame):
    """Who took up a practice by the day: published tactics of the plan."""
    taken_up = Adoption.objects.filter(
        tactic__in=Tactic.objects.published().of_plan(frame.plan), adopted_on__lte=frame.day
    )
    return taken_up.select_related("tactic__strategy")


def _can_report(request, tactic, frame):
    rights = rights_of(request, frame.today)
    return bool(rights.person and any(m.person_id == rights.person.pk for m in tactic.team.current(frame.today)))


def _panel(card, frame, read, benchmark, milestones):
    place = [frame.plan.slug, card.goal.tactic.strategy.slug, card.goal.tactic.slug, card.goal.slug]
    chart = chart_of(
        card, read, benchmark=benchmark, milestones=[m for m in milestones if m.milestone.goal_id == card.goal.pk]
    )
    return GoalPanel(
        card=card,
        chart=trajectory.draw(chart, f"g{card.goal.pk}") if chart else "",
        figure_url=reverse("goal-figure", args=place) + frame.query if chart else "",
        files=files_of("goal-file", place, frame.query, card.finding, has_picture=bool(chart)),
        rows=rows_of(card),
        facts=facts_of(card),
        chronicle=chronicle_of(card, read),
        outlook=sentence_of(card),
        sides=sides_of(card, read),
    )


def facts_of(card):
    """Baseline, target now, first target, pace: (name, value, detail)."""
    path = card.path
    if path is None:
        return []
    adopted = lambda revision: _("Adopted %(day)s") % {"day": day_label(revision.settled_on)}  # noqa: E731
    facts = [
        (_("Baseline"), value_text(path.baseline.value, card.unit), period_label(path.baseline.period)),
        (_("Target now"), _by(path, card), adopted(card.drawn)),
    ]
    if card.first_path:
        facts.append((_("First target"), _by(card.first_path, card), adopted(card.first)))
    return facts + (_paces(card, path) if card.asks_for_gain else [])


def _paces(card, path):
    """How fast it went, and how fast it must go from now; a level to keep or a planned decline has neither."""
    facts = []
    so_far, required = paces_of(card)
    if so_far:
        since = _("Since %(period)s") % {"period": period_phrase(so_far.since)}
        facts.append((_("Pace so far"), pace_text(so_far, card), since))
    if required:
        until = _("Until %(period)s") % {"period": period_phrase(path.target.period)}
        facts.append((_("Pace required"), required_text(required, card), until))
    return facts


def _by(path, card):
    return _("%(target)s by %(period)s") % {
        "target": target_text(path, card.unit),
        "period": period_phrase(path.target.period),
    }


def benchmarks_of(cards, frame):
    """The state's series for the goals' indicators and groups, by goal; two queries."""
    wanted = {(c.indicator.pk, c.promise.measure.group_id): c for c in cards if c.indicator and not c.promise.minus_id}
    series = {
        (s.indicator_id, s.group_id): s
        for s in Series.objects.filter(
            organization=frame.plan.district.parent_id, indicator__in={indicator for indicator, _group in wanted}
        ).select_related("organization")
    }
    readings = publishable([s.pk for s in series.values()], frame.day)
    found = {}
    for card in cards:
        key = (card.indicator.pk, card.promise.measure.group_id) if card.indicator else None
        if key in series and readings.get(series[key].pk):
            organization = series[key].organization
            points = points_of(card.indicator, readings[series[key].pk], None)
            found[card.goal.pk] = Benchmark(organization.short_name or organization.name, points)
    return found


def _stocktakes(tactic, frame):
    """Its stocktakes, the latest first, as everyone may read them."""
    return public_stocktakes(tactic.stocktakes.all(), frame.day)[::-1]


def card_or_404(request, plan, strategy, tactic, goal):
    frame = open_plan(request, plan)
    tactic = tactic_or_404(frame, strategy, tactic)
    cards = goal_cards(tactic.goals.filter(slug=goal), frame.day)
    if not cards:
        raise Http404
    return frame, cards[0]


def whole_chart_of(card, frame, read):
    """One goal's chart with its milestones, as the tactic's page draws it; None where there is nothing to draw."""
    milestones = milestone_cards(card.goal.milestones.order_by("position"), frame.day)
    return chart_of(card, read, benchmark=benchmarks_of([card], frame).get(card.goal.pk), milestones=milestones)


@require_safe
def goal_figure(request, plan, strategy, tactic, goal):
    """The interactive figure, from the same numbers as the drawing on the page."""
    frame, card = card_or_404(request, plan, strategy, tactic, goal)
    chart = whole_chart_of(card, frame, reader_of(request))
    if chart is None:
        raise Http404
    return figure_response(request, chart)
