"""Where goals stand on a day: promises, readings and words for any number of goals in a constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from indicators import explanations
from indicators.forecast import Forecast
from indicators.models import Annotation, CollectionWindow, Indicator
from indicators.publishing import PublishedReading, publishable
from indicators.status import State, Verdict, Window, judge
from indicators.trajectory import Path, Waypoint, default_tolerance, nearest_within
from indicators.units import PERCENT, POINTS, Unit
from indicators.words import Word, rank
from strategy.gaps import caution_of
from strategy.measures import Point, period_of, points_of, unit_of
from strategy.models import Goal, GoalRevision, Judgement
from strategy.outlooks import forecast_of

Readings = dict[int, list[PublishedReading]]  # by series

# Words of a leader's likelihood that speak against a word of the numbers, for the list of disagreements.
CONFIDENT = {Judgement.Likelihood.HIGHLY_LIKELY, Judgement.Likelihood.LIKELY}
TROUBLED = {Word.MOVING_AWAY, Word.TARGET_MISSED, Word.OFF_TRACK}


@dataclass
class GoalCard:
    """One goal on a day: what was promised first and now, what is known, and the word."""

    goal: Goal
    day: date
    revisions: list[GoalRevision]
    points: list[Point] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    breaks: list[Annotation] = field(default_factory=list)
    rebases: list[Annotation] = field(default_factory=list)
    events: list[Annotation] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)

    @property
    def current(self) -> GoalRevision | None:
        return self.revisions[-1] if self.revisions else None

    @cached_property
    def promise(self) -> GoalRevision | None:
        """The revision whose words and measure are shown: the last that was not a withdrawal."""
        kept = [revision for revision in self.revisions if revision.kind != GoalRevision.Kind.WITHDRAWN]
        return kept[-1] if kept else self.current

    @cached_property
    def drawn(self) -> GoalRevision | None:
        """The revision whose path is drawn: the last one with a path."""
        paths = [revision for revision in self.revisions if revision.kind == GoalRevision.Kind.PATH]
        return paths[-1] if paths else None

    @cached_property
    def first(self) -> GoalRevision | None:
        """The first promise of a path for the same measure, where it has been replaced."""
        paths = [revision for revision in self.revisions if revision.kind == GoalRevision.Kind.PATH]
        same = [
            r
            for r in paths
            if self.drawn and (r.measure_id, r.minus_id) == (self.drawn.measure_id, self.drawn.minus_id)
        ]
        return same[0] if same and same[0] is not self.drawn else None

    @property
    def series(self) -> list[int]:
        """The series that the shown promise rests on: its measure and, for a gap, what is taken off."""
        if not self.promise or not self.promise.measure_id:
            return []
        return [pk for pk in (self.promise.measure_id, self.promise.minus_id) if pk]

    @property
    def indicator(self) -> Indicator | None:
        return self.promise.measure.indicator if self.promise and self.promise.measure else None

    @cached_property
    def unit(self) -> Unit:
        if self.indicator is None:
            return Unit("percent", 1)
        unit = unit_of(self.indicator)
        return replace(unit, key=POINTS) if self.promise.minus_id and unit.key == PERCENT else unit

    @cached_property
    def path(self) -> Path | None:
        return path_of(self.drawn) if self.drawn else None

    @property
    def asks_for_gain(self) -> bool:
        """The path leads to something better than its baseline: not a level to keep, nor a planned decline."""
        path = self.path
        if path is None or path.direction == Indicator.Direction.RANGE:
            return path is not None
        difference = path.target.value - path.baseline.value
        return difference > 0 if path.direction == Indicator.Direction.HIGHER else difference < 0

    @cached_property
    def first_path(self) -> Path | None:
        return path_of(self.first) if self.first else None

    @cached_property
    def verdict(self) -> Verdict:
        is_judged = self.current is not None and self.current.kind == GoalRevision.Kind.PATH
        return judge(
            self.path if is_judged else None,
            [point.reading for point in self.points],
            day=self.day,
            windows=self.windows,
            breaks=self.break_days,
            state=STATES[self.current.kind] if self.current else State.AWAITING_BASELINE,
        )

    @property
    def break_days(self) -> list[date]:
        """The first days of new phases of the measure."""
        return [period_of(self.indicator, note.period).start for note in self.breaks] if self.indicator else []

    @cached_property
    def forecast(self) -> Forecast | None:
        """Where the next results would land if nothing changes; only a goal's own page asks for it."""
        return forecast_of(self)

    @property
    def word(self) -> Word:
        return self.verdict.word

    @cached_property
    def finding(self) -> str:
        return caution_of(self) or explanations.finding(self.verdict, self.unit)

    @cached_property
    def sentence(self) -> str:
        return explanations.sentence(self.verdict, self.unit)

    @cached_property
    def steps(self):
        return explanations.steps(self.verdict, self.unit)

    @property
    def judgement(self) -> Judgement | None:
        return self.judgements[-1] if self.judgements else None

    @property
    def disagrees(self) -> bool:
        """The leader's word and the numbers point different ways."""
        return self.leader_is_surer or self.numbers_look_better

    @property
    def leader_is_surer(self) -> bool:
        """The leader is confident of a goal that the numbers see in trouble."""
        if not self.judgement:
            return False
        if self.judgement.likelihood == Judgement.Likelihood.HIGHLY_LIKELY and self.word == Word.SLIGHTLY_BEHIND:
            return True
        return self.judgement.likelihood in CONFIDENT and self.word in TROUBLED

    @property
    def numbers_look_better(self) -> bool:
        """The leader has given up on a goal that the numbers see on its way."""
        return bool(self.judgement) and (
            self.judgement.likelihood == Judgement.Likelihood.UNLIKELY and self.word in {Word.ON_TRACK, Word.TARGET_MET}
        )

    @property
    def is_judged_before_last_reading(self) -> bool:
        """The leader spoke before the reading was known from which the word follows."""
        reading = self.verdict.reading
        return bool(self.judgement and reading) and self.judgement.known_on < reading.known_on

    @property
    def is_results_illustration(self) -> bool:
        return bool(self.indicator and self.indicator.is_illustration)

    @property
    def is_target_illustration(self) -> bool:
        return bool(self.promise and self.promise.is_illustration)

    @property
    def illustration(self) -> str:
        """What of this goal is an illustration: all, target, results or nothing."""
        if self.is_results_illustration:
            return "all"
        if not self.is_target_illustration:
            return ""
        return "target" if self.points else "all"  # without any result nothing of the goal is real


STATES = {
    GoalRevision.Kind.PATH: State.ADOPTED,
    GoalRevision.Kind.AWAITING: State.AWAITING_BASELINE,
    GoalRevision.Kind.WITHDRAWN: State.WITHDRAWN,
}


def path_of(revision: GoalRevision) -> Path:
    """The planned path of an adopted revision, with the indicator's own direction and default tolerance."""
    indicator = revision.measure.indicator
    at = lambda number, value: Waypoint(period_of(indicator, int(number)), Decimal(value))  # noqa: E731
    is_range = indicator.direction == Indicator.Direction.RANGE
    target = revision.target_value
    if target is None:
        target = nearest_within(revision.baseline_value, revision.target_low, revision.target_high)
    return Path(
        baseline=at(revision.baseline_period, revision.baseline_value),
        target=at(revision.target_period, target),
        waypoints=tuple(at(number, value) for number, value in revision.waypoints),
        interpolation=revision.interpolation,
        tolerance=revision.tolerance if revision.tolerance is not None else default_tolerance(indicator.decimals),
        direction=direction_of(revision),
        low=revision.target_low if is_range else None,
        high=revision.target_high if is_range else None,
    )


def direction_of(revision: GoalRevision) -> str:
    """Higher or lower is better; a gap between two series is better the smaller it is."""
    return Indicator.Direction.LOWER if revision.minus_id else revision.measure.indicator.direction


def goal_cards(goals, day: date, *, with_staff_only: bool = False, with_origins: bool = True) -> list[GoalCard]:
    """Cards of all given goals (a queryset) that were promised by the day, in the order given; six queries.

    Goals on staff-only indicators are left out, except for the working pages of their own team. Long lists of goals,
    which name no files, do without the origins of the readings.
    """
    goals = goals if with_staff_only else goals.public()
    goals = list(goals.select_related("tactic__strategy__plan"))
    ids = [goal.pk for goal in goals]
    revisions = rows_by(
        GoalRevision.objects.filter(goal__in=ids)
        .adopted_by_day(day)
        .select_related(
            "measure__indicator",
            "measure__organization",
            "measure__group",
            "minus__group",
            "minus__organization",
            "proposed_by",
            "settled_by",
        ),
        "goal_id",
    )
    judgements = rows_by(
        Judgement.objects.filter(goal__in=ids, known_on__lte=day)
        .select_related("author")
        .order_by("known_on", "number"),
        "goal_id",
    )
    cards = [
        GoalCard(goal, day, revisions[goal.pk], judgements=judgements[goal.pk]) for goal in goals if revisions[goal.pk]
    ]
    _fill(cards, day, with_staff_only, with_origins)
    return cards


def goal_card(goal: Goal, day: date, *, with_staff_only: bool = False) -> GoalCard:
    """The card of one goal, also where nothing has been promised yet."""
    cards = goal_cards(Goal.objects.filter(pk=goal.pk), day, with_staff_only=with_staff_only)
    return cards[0] if cards else GoalCard(goal, day, [])


def _fill(cards: list[GoalCard], day: date, with_staff_only: bool, with_origins: bool = True) -> None:
    """Readings, windows and breaks of every card's measure."""
    measured = [card for card in cards if card.series]
    series = {series for card in measured for series in card.series}
    readings = publishable(series, day, with_staff_only=with_staff_only, with_origins=with_origins)
    indicators = {card.indicator.pk: card.indicator for card in measured}
    windows = rows_by(CollectionWindow.objects.filter(indicator__in=indicators), "indicator_id")
    breaks = rows_by(
        Annotation.objects.filter(indicator__in=indicators, known_on__lte=day),
        "indicator_id",
    )
    for card in measured:
        promise, indicator = card.promise, card.indicator
        card.points = _points(card, readings)
        card.windows = [
            Window(period_of(indicator, w.period), w.expected_on, w.grace_days, w.not_collected, w.reason)
            for w in windows[indicator.pk]
        ]
        phases = [
            note for note in breaks[indicator.pk] if note.organization_id in (None, promise.measure.organization_id)
        ]
        card.breaks = [note for note in phases if note.kind == Annotation.Kind.BREAK]
        card.rebases = [note for note in phases if note.kind == Annotation.Kind.REBASE]
        card.events = [note for note in phases if note.kind == Annotation.Kind.EVENT]


def _points(card: GoalCard, readings: Readings) -> list[Point]:
    measure, *minus = card.series
    return points_of(card.indicator, readings.get(measure, []), readings.get(minus[0], []) if minus else None)


def judged_on(cards: list[GoalCard], readings: Readings) -> list[GoalCard]:
    """The same promises on the same day, judged on other readings by series: what an import would say of them."""
    return [replace(card, points=_points(card, readings) if card.series else []) for card in cards]


def with_promise(card: GoalCard, revision: GoalRevision, *, with_staff_only: bool = False) -> GoalCard:
    """The same goal on the same day, as if this revision were in force; three queries where its measure is another."""
    changed = replace(card, revisions=[*card.revisions, revision])
    if changed.series != card.series:
        changed.points, changed.windows, changed.breaks = [], [], []
        if changed.series:
            _fill([changed], card.day, with_staff_only)
    return changed


def worst_first(cards: list[GoalCard]) -> list[GoalCard]:
    """By their words; of the goals in trouble under one word, the smaller share of the planned gain first."""
    return sorted(cards, key=lambda card: (rank(card.word), _share(card)))


def _share(card: GoalCard) -> float:
    share = card.verdict.share if card.word in TROUBLED or card.word == Word.SLIGHTLY_BEHIND else None
    return 0.0 if share is None else float(share)


def rows_by(rows, name):
    """Rows in lists by one of their attributes, each list in the order given."""
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found
