"""A goal on a day: what was promised, what is known of it, the word and the sentences, and what its leader thinks."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from accounts.translations import Reader, language_code
from indicators import explanations
from indicators.forecast import Forecast
from indicators.models import Annotation, Indicator
from indicators.status import State, Verdict, Window
from indicators.trajectory import Path
from indicators.units import PERCENT, POINTS, Unit
from indicators.words import Word
from strategy.gaps import caution_of
from strategy.measures import Point, period_of, unit_of
from strategy.models import Goal, GoalRevision, Judgement
from strategy.outlooks import forecast_of
from strategy.promises import Measure
from strategy.standings import STATES, Readings, Scale, Standing, Terms, path_of, standing_of

# Words of a leader's likelihood that speak against a word of the numbers, for the list of disagreements.
CONFIDENT = {Judgement.Likelihood.HIGHLY_LIKELY, Judgement.Likelihood.LIKELY}
TROUBLED = {Word.MOVING_AWAY, Word.TARGET_MISSED, Word.OFF_TRACK}


@dataclass
class GoalCard:
    """One goal on a day: what was promised first and now, what is known, and the word."""

    goal: Goal
    day: date
    revisions: list[GoalRevision]
    readings: tuple[Readings, ...] = ()  # of each series of the promise
    windows: tuple[Window, ...] = ()
    breaks: list[Annotation] = field(default_factory=list)
    rebases: list[Annotation] = field(default_factory=list)
    events: list[Annotation] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    measures: dict[int, Measure] = field(default_factory=dict)  # by series, where the promises do not hold theirs
    readers: dict[str, Reader] = field(default_factory=dict)  # of authored texts, shared by the cards of a page

    @cached_property
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

    @cached_property
    def series(self) -> list[int]:
        """The series that the shown promise rests on: its measure and, for a gap, what is taken off."""
        if not self.promise or not self.promise.measure_id:
            return []
        return [pk for pk in (self.promise.measure_id, self.promise.minus_id) if pk]

    @cached_property
    def measure(self) -> Measure | None:
        """What is measured for the shown promise, and where."""
        return self.measure_of(self.promise) if self.promise else None

    def measure_of(self, promise: GoalRevision) -> Measure | None:
        if promise.measure_id is None:
            return None
        return self.measures.get(promise.measure_id) or Measure.of(promise.measure)

    @property
    def indicator(self) -> Indicator | None:
        return self.measure.indicator if self.measure else None

    @cached_property
    def unit(self) -> Unit:
        if self.indicator is None:
            return Unit("percent", 1)
        unit = unit_of(self.indicator)
        return replace(unit, key=POINTS) if self.promise.minus_id and unit.key == PERCENT else unit

    @property
    def path(self) -> Path | None:
        return self.standing.path

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
    def standing(self) -> Standing:
        """What the numbers say; everything about them is asked of it."""
        readings, minus = (*self.readings, None, None)[:2]
        return standing_of(
            Scale.of(self.indicator) if self.indicator else None,
            Terms.of(self.drawn, self.measure_of(self.drawn).indicator) if self.drawn else None,
            STATES[self.current.kind] if self.current else State.AWAITING_BASELINE,
            self.day,
            readings or (),
            minus,
            self.windows,
            tuple(self.break_days),
        )

    @property
    def points(self) -> list[Point]:
        return self.standing.points

    @property
    def verdict(self) -> Verdict:
        return self.standing.verdict

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
        return self.standing.verdict.word

    @cached_property
    def finding(self) -> str:
        return caution_of(self) or self.standing.said(explanations.finding, self.unit)

    @cached_property
    def sentence(self) -> str:
        """What a parent reads, and which windows were not collected, for reasons that people wrote."""
        told = self.standing.said(explanations.told, self.unit)
        if not self.verdict.skipped:
            return told
        read = self.readers.setdefault(language_code(), Reader())
        return " ".join([told, *explanations.not_collected(self.verdict, read)])

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
