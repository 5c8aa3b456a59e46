"""What the plan is for and how it is meant to work: aims, framework, one strategy."""

from dataclasses import dataclass

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from accounts.downloads import attachment_or_404
from accounts.htmx import page
from accounts.models import Person
from accounts.translations import reader_of
from indicators.words import Word, rank
from jeffco_plan.pages.home import TacticLine, milestone_answer, picture_of, status_answer, tactic_lines
from jeffco_plan.pages.statuses import plan_cards
from strategy.cards import GoalCard
from strategy.drawings import spark_of
from strategy.frames import open_plan
from strategy.histories import History, histories
from strategy.models import Alignment, Crosswalk, Milestone, Plan, PlanDocument, Strategy, Tactic, TeamMember
from strategy.scorecards import worst_first
from strategy.series_drawings import ground_of, multiple_of
from strategy.timelines import milestone_cards

FIRST_MONTH = 7  # a school year begins in July


@dataclass
class SystemLine:
    """A system indicator: where it stands, and beside what."""

    history: History
    benchmark: History | None
    beside: str
    drawing: str


@dataclass
class TacticPanel:
    """A tactic in a list: who leads it, the words of its goals, and the worst of these goals."""

    line: TacticLine
    leader: Person | None
    worst: GoalCard | None
    spark: str = ""

    @property
    def tactic(self):
        return self.line.tactic


@require_safe
def plan_aims(request, plan):
    """What we are trying to do: vision, values, theory of action, and the whole system beside its benchmarks."""
    frame = open_plan(request, plan)
    system = system_lines(frame, reader_of(request))
    context = {
        "frame": frame,
        "section": "aims",
        "system": system,
        "system_finding": system_finding(system),
        "values": list(frame.plan.values.order_by("position")),
        "outcomes": list(frame.plan.outcomes.order_by("position")),
        "focuses": list(frame.plan.focuss.order_by("position")),
        "conditions": [text for text in frame.plan.strategies.values_list("theory_if", flat=True) if text],
        "documents": list(frame.plan.documents.all()),
        "predecessor": predecessor_of(frame.plan),
        "alignments": list(Alignment.objects.filter(plan=frame.plan).select_related("strategy")),
        "words": words_of(frame, reader_of(request), "value", "focus", "outcome", "strategy"),
    }
    return page(request, "pages/aims.html", context)


def predecessor_of(plan):
    """The plan before this one, where the public may see it."""
    before = plan.predecessor
    return before if before and before.state != Plan.State.DRAFT else None


def system_lines(frame, read):
    """The system indicators in the plan's order; each drawing has its own scale, shared with its benchmark."""
    rows = list(
        frame.plan.system_indicators.filter(series__indicator__is_public=True)
        .select_related(
            *(f"{side}__{part}" for side in ("series", "benchmark") for part in ("indicator", "organization", "group"))
        )
        .order_by("position")
    )
    known = histories([one for row in rows for one in (row.series, row.benchmark) if one], frame.day)
    return [
        _system_line(known[row.series_id], known.get(row.benchmark_id), number, read) for number, row in enumerate(rows)
    ]


def _system_line(history, benchmark, number, read):
    shown = [history, benchmark] if benchmark else [history]
    organization = benchmark.series.organization if benchmark else None
    name = read(organization.short_name or organization.name) if organization else ""
    drawing = multiple_of(history, ground_of(shown), f"y{number}", benchmark, read(history.indicator.name))
    return SystemLine(history, benchmark, history.gap_words(benchmark, name), drawing)


def system_finding(lines):
    """How many of the system's indicators last moved the right way."""
    moved = [line.history.improved() for line in lines]
    judged = [better for better in moved if better is not None]
    if not judged:
        return _("The whole system in a few numbers")
    return ngettext(
        "%(better)d of %(all)d system indicator improved with its last result",
        "%(better)d of %(all)d system indicators improved with their last result",
        len(judged),
    ) % {"better": sum(judged), "all": len(judged)}


DEFAULT_WORDS = {
    "strategy": lambda plural: _("strategies") if plural else _("strategy"),
    "tactic": lambda plural: _("tactics") if plural else _("tactic"),
    "goal": lambda plural: _("goals") if plural else _("goal"),
    "value": lambda plural: _("values") if plural else _("value"),
    "focus": lambda plural: _("focuses") if plural else _("focus"),
    "initiative": lambda plural: _("initiatives") if plural else _("initiative"),
    "outcome": lambda plural: _("learner outcomes") if plural else _("learner outcome"),
}


def word_of(frame, read, level, plural=False):
    """What this plan calls a level in the reader's language."""
    return frame.plan.word(level, read.language, plural) or DEFAULT_WORDS[level](plural)


def words_of(frame, read, *levels):
    """For templates: each level's word, and under `<level>_plural` its plural."""
    return {level: word_of(frame, read, level) for level in levels} | {
        f"{level}_plural": word_of(frame, read, level, plural=True) for level in levels
    }


def counted(frame, read, level, count):
    return f"{count} {word_of(frame, read, level, plural=count != 1)}"


@require_safe
def plan_how(request, plan):
    """How we are trying to do it: the framework as a picture that is also a list."""
    frame = open_plan(request, plan)
    read = reader_of(request)
    cards = plan_cards(frame)
    strategies = list(frame.plan.strategies.order_by("position"))
    panels = tactic_panels(frame, cards)
    context = {
        "frame": frame,
        "section": "how",
        "heading": _("%(strategies)s and %(tactics)s carry this plan")
        % {
            "strategies": counted(frame, read, "strategy", len(strategies)),
            "tactics": counted(frame, read, "tactic", len(panels)),
        },  # fmt: skip
        "milestone_answer": milestones_answer(frame),
        "picture": picture_of(frame, strategies, [panel.line for panel in panels], read),
        "strategies": [(s, [panel for panel in panels if panel.tactic.strategy_id == s.pk]) for s in strategies],
        "has_illustrated_leaders": any(panel.leader and panel.leader.is_illustration for panel in panels),
        "years": initiatives_by_year(frame),
        "crosswalk_to": crosswalk_to(frame),
        "crosswalk_from": crosswalk_from(frame),
        "words": words_of(frame, read, "strategy", "tactic", "initiative"),
    }
    return page(request, "pages/how.html", context)


def milestones_answer(frame, **wanted):
    """How the steps of the plan, or of a part of it, stand."""
    milestones = Milestone.objects.filter(tactic__in=Tactic.objects.published().of_plan(frame.plan), **wanted)
    return milestone_answer(milestone_cards(milestones.order_by("pk"), frame.day))


def tactic_panels(frame, cards, strategy=None, *, has_sparks=False):
    """Tactics in order with leader and worst goal, all of the plan or those of one strategy."""
    leaders = leaders_of(frame)
    worst = {}
    for card in worst_first(cards):
        worst.setdefault(card.goal.tactic_id, card)
    lines = [line for line in tactic_lines(frame, cards) if strategy is None or line.tactic.strategy_id == strategy.pk]
    return [
        TacticPanel(
            line,
            leaders.get(line.tactic.pk),
            (card := worst.get(line.tactic.pk)),
            spark_of(card, f"t{line.tactic.pk}") if card and has_sparks else "",
        )
        for line in lines
    ]


def by_worst(panel):
    """Worst first; what has no goal comes last."""
    return rank(panel.worst.word) if panel.worst else len(Word)


def leaders_of(frame):
    """Who leads each tactic of the plan on the day."""
    team = TeamMember.objects.current(frame.day).filter(tactic__strategy__plan=frame.plan, role=TeamMember.Role.LEADER)
    return {member.tactic_id: member.person for member in team.select_related("person").order_by("since")}


def initiatives_by_year(frame, strategy=None):
    """The initiatives of school years that had begun by the day, the latest year first."""
    year = frame.day.year if frame.day.month >= FIRST_MONTH else frame.day.year - 1
    initiatives = frame.plan.initiatives.prefetch_related("strategies", "areas__strategy").order_by("position")
    if strategy is not None:
        initiatives = initiatives.filter(strategies=strategy)
    years = {}
    for initiative in initiatives:
        if int(initiative.school_year[:4]) <= year:
            years.setdefault(initiative.school_year, []).append(initiative)
    return sorted(years.items(), reverse=True)


PARTS = ("strategy", "tactic__strategy", "to_strategy__plan", "to_tactic__strategy__plan", "plan")


def crosswalks_of(plan):
    """What became of the plan's elements, without tactics that are still drafts."""
    drafts = Q(tactic__state=Tactic.State.DRAFT) | Q(to_tactic__state=Tactic.State.DRAFT)
    return Crosswalk.objects.filter(plan=plan).exclude(drafts).select_related(*PARTS)


def crosswalk_to(frame):
    """What became of each element in the plan that followed; only once this plan has ended."""
    if not frame.is_closed:
        return []
    rows = crosswalks_of(frame.plan)
    published = {plan.pk for plan in frame.successors}
    return [row for row in rows if _plan_led_to(row) is None or _plan_led_to(row).pk in published]


def crosswalk_from(frame):
    """What this plan took over from the one before."""
    if not frame.plan.predecessor_id or frame.plan.predecessor.state == Plan.State.DRAFT:
        return []
    rows = crosswalks_of(frame.plan.predecessor)
    return [row for row in rows if _plan_led_to(row) == frame.plan]


def _plan_led_to(row):
    if row.to_tactic:
        return row.to_tactic.strategy.plan
    return row.to_strategy.plan if row.to_strategy else None


@require_safe
def strategy_detail(request, plan, strategy):
    """One strategy: its theory of action, and its tactics with the worst goal of each."""
    frame = open_plan(request, plan)
    read = reader_of(request)
    strategy = get_object_or_404(Strategy, plan=frame.plan, slug=strategy)
    cards = [card for card in plan_cards(frame) if card.goal.tactic.strategy_id == strategy.pk]
    context = {
        "frame": frame,
        "section": "how",
        "strategy": strategy,
        "answer": status_answer(cards) if cards else "",
        "milestone_answer": milestones_answer(frame, tactic__strategy=strategy),
        "words": [card.word for card in cards],
        "panels": sorted(tactic_panels(frame, cards, strategy, has_sparks=True), key=by_worst),
        "years": initiatives_by_year(frame, strategy),
        "level_words": words_of(frame, read, "strategy", "tactic", "initiative"),
    }
    return page(request, "pages/strategy.html", context)


@require_safe
def plan_document(request, plan, pk):
    """A published document of the plan, as a file to save."""
    frame = open_plan(request, plan)
    document = get_object_or_404(PlanDocument, plan=frame.plan, pk=pk)
    return attachment_or_404(document.file, document.title)
