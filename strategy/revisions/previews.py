"""How results that came already would have been judged by another path, beside how they are judged by this one."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from indicators.labels import period_label, period_phrase
from indicators.models import Publication
from indicators.status import Verdict, judge
from indicators.trajectory import RANGE, Path, is_after, planned_at
from indicators.units import Unit, band_text, rounded, signed_text, value_text
from indicators.words import JUDGED, Word, rank
from strategy.cards import GoalCard
from strategy.drawings import target_text
from strategy.measures import Point
from strategy.models import GoalRevision

REASONS = dict(Publication.Reason.choices)


@dataclass(frozen=True)
class Judged:
    """One result against one path: the word, what was planned, and the gap (positive is better)."""

    word: Word
    planned: str
    gap: str


@dataclass(frozen=True)
class Row:
    """One result that came already: as shown, judged by the path now in force and by the one proposed."""

    label: str
    value: str
    now: Judged | None
    then: Judged | None

    @property
    def has_changed(self) -> bool:
        return (self.now and self.now.word) != (self.then and self.then.word)


@dataclass(frozen=True)
class Target:
    """Where a promise leads, in words; empty where it has no path."""

    value: str
    period: str


@dataclass
class Preview:
    """What a proposal would mean for a goal on a day."""

    now: GoalCard
    then: GoalCard
    rows: list[Row]

    @property
    def changed(self) -> list[Row]:
        return [row for row in self.rows if row.has_changed]

    @property
    def is_other_measure(self) -> bool:
        return bool(self.now.path) and self.now.series != self.then.series and bool(self.then.series)

    @property
    def finding(self) -> str:
        """The heading: how many results would get another status, and which way."""
        count = len(self.changed)
        if self.is_other_measure:
            return _("Another measure: its results were not judged before")
        if not self.rows:
            return _("No result has come yet that this path would judge")
        if not count:
            return _("Every result so far keeps its status")
        better = sum(1 for row in self.changed if _is_better(row))
        words = {"count": count, "all": len(self.rows)}
        if better == count:
            return _("Results that would read better: %(count)d of %(all)d") % words
        if not better:
            return _("Results that would read worse or not at all: %(count)d of %(all)d") % words
        return _("Results that would get another status: %(count)d of %(all)d") % words

    @property
    def today(self) -> str:
        """The goal's own word, before and after, in a sentence."""
        if self.now.word == self.then.word:
            return _("The goal’s status today stays as it is.")
        return _("The goal’s status today would change with this proposal.")


def _is_better(row: Row) -> bool:
    """A word of the seven for another of the seven that stands further from trouble."""
    if not (row.now and row.then) or row.now.word not in JUDGED or row.then.word not in JUDGED:
        return False
    return rank(row.then.word) > rank(row.now.word)


def preview_of(now: GoalCard, then: GoalCard) -> Preview:
    """Both cards are of the same goal and day; `then` has the proposal as its last revision."""
    ways = _way_in_force(now) if now.series == then.series else None, _way_in_force(then)
    points = then.points if then.series else now.points
    rows = [_row(point, ways, then if then.series else now) for point in points]
    return Preview(now, then, [row for row in rows if row.now or row.then])


def _way_in_force(card: GoalCard) -> Path | None:
    return card.path if card.current and card.current.kind == GoalRevision.Kind.PATH else None


def _row(point: Point, ways: tuple[Path | None, Path | None], card: GoalCard) -> Row:
    now, then = (_judged(way, point, card) for way in ways)
    return Row(period_label(point.reading.period), _shown(point, card.unit), now, then)


def _judged(way: Path | None, point: Point, card: GoalCard) -> Judged | None:
    """One result alone against a path; None before its baseline."""
    reading = point.reading
    if way is None or not is_after(reading.period, way.baseline.period):
        return None
    verdict = judge(way, [reading], day=card.day, breaks=card.break_days)
    return Judged(verdict.word, planned_text(way, reading.period, card.unit), _gap(verdict, card.unit))


def planned_text(way: Path, period, unit: Unit) -> str:
    planned = planned_at(way, period)
    return "" if planned is None else value_text(planned, unit)


def _gap(verdict: Verdict, unit: Unit) -> str:
    if verdict.gap is None or verdict.path.direction == RANGE:
        return ""
    return signed_text(verdict.gap if rounded(verdict.gap, unit.decimals) else Fraction(0), unit)


def _shown(point: Point, unit: Unit) -> str:
    reading = point.reading
    if reading.is_withheld:
        return str(REASONS.get(reading.withheld, _("Withheld")))
    return value_text(reading.low, unit) if reading.is_exact else band_text(reading.low, reading.high, unit)


def target_of(card: GoalCard) -> Target:
    """Where the promise shown on a card leads."""
    path = _way_in_force(card)
    return Target(target_text(path, card.unit), period_phrase(path.target.period)) if path else Target("", "")
