"""A goal as frozen: written from its card, and read back for the page without judging anything again.

Only today's privacy verdict stands over the record: it may hide a figure, never alter one.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from indicators import explanations
from indicators.labels import period_label
from indicators.periods import Period
from indicators.status import Reading, Window
from indicators.trajectory import Path, Waypoint
from indicators.units import Unit, band_text
from indicators.words import Word
from strategy.standings import Standing

WITHHELD_SINCE = "withheld_since"


def goal_content(card):
    """What a goal's card says, in every language of the site, with the numbers that it was judged by."""
    verdict, promise = card.verdict, card.promise
    due = [w.period.number for w in card.windows if w.expected_on == verdict.overdue_since]
    return {
        "slug": card.goal.slug,
        "short_name": card.goal.short_name,
        "statement": promise.statement,
        "adopted_on": promise.settled_on,
        "word": verdict.word.value,
        "rule": verdict.rule,
        "rule_version": verdict.version,
        "finding": _in_every_language(explanations.finding, card),
        "sentence": _in_every_language(explanations.sentence, card),
        "illustration": card.illustration,
        "measure": _measure(card),
        "path": _path(card.path),
        "first_path": _path(card.first_path),
        "readings": [_reading(point) for point in card.points],
        "judged_period": verdict.reading.period.number if verdict.reading else None,
        "overdue_since": verdict.overdue_since,
        "overdue_period": due[0] if due else None,
        "judgement": _judgement(card.judgement),
        "disagrees": card.disagrees,
    }


def _in_every_language(say, card):
    texts = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            texts[code] = str(say(card.verdict, card.unit))
    return texts


def _measure(card):
    if card.indicator is None:
        return None
    indicator, minus = card.indicator, card.promise.minus
    described = {
        name: getattr(indicator, name)
        for name in ("name", "unit", "decimals", "noun", "counts", "calendar", "kind", "source", "is_public")
    }
    return described | series_name(card.promise.measure) | {"minus": series_name(minus) if minus else None}


def series_name(series):
    """A series as files name it, so that a record can be read without our database."""
    place = series.organization
    return {
        "indicator": series.indicator.code,
        "organization": f"{place.authority}:{place.code}",
        "group": series.group.code,
    }


def _path(path):
    if path is None:
        return None
    return {
        "points": [[point.period.number, point.value] for point in path.points],
        "interpolation": path.interpolation,
        "tolerance": path.tolerance,
        "direction": path.direction,
        "low": path.low,
        "high": path.high,
    }


def _reading(point):
    reading, single = point.reading, len(point.published) == 1
    return {
        "period": reading.period.number,
        "low": reading.low,
        "high": reading.high,
        "n": point.published[0].size if single else None,
        "reason": reading.withheld,
        "known_on": reading.known_on,
        "source": "; ".join(dict.fromkeys(point.sources)),
    }


def _judgement(judgement):
    if judgement is None:
        return None
    return {
        "likelihood": judgement.likelihood,
        "reason": judgement.reason,
        "known_on": judgement.known_on,
        "is_illustration": judgement.is_illustration,
    }


@dataclass(frozen=True)
class FrozenPoint:
    reading: Reading
    source: str = ""


@dataclass(frozen=True)
class FrozenVerdict:
    """As much of a verdict as a drawing asks for."""

    word: Word
    reading: Reading | None
    overdue_since: date | None


@dataclass
class FrozenGoal:
    """A goal read back from a record; `hidden` names the periods that today's privacy verdict takes from view.

    It has the parts of strategy's GoalCard that a drawing asks for.
    """

    content: dict
    hidden: set[int] = field(default_factory=set)

    @property
    def promise(self):
        return self

    @property
    def statement(self):
        return self.content["statement"]

    @property
    def measure(self):
        return self.content["measure"]

    @property
    def indicator(self):
        return self.measure

    @cached_property
    def unit(self):
        return Unit(*(self.measure[name] for name in ("unit", "decimals", "noun", "counts"))) if self.measure else None

    @property
    def is_judged_hidden(self):
        return self.content["judged_period"] in self.hidden

    @property
    def word(self):
        return Word.WITHHELD if self.is_judged_hidden else Word(self.content["word"])

    @property
    def finding(self):
        return _("Withheld today to protect people") if self.is_judged_hidden else in_language(self.content["finding"])

    @property
    def sentence(self):
        if self.is_judged_hidden:
            return _("The figure was shown when this record was frozen. Under today’s privacy rules it is not.")
        return in_language(self.content["sentence"])

    @property
    def illustration(self):
        return self.content["illustration"]

    @cached_property
    def points(self):
        return [self._point(row) for row in self.content["readings"]]

    def _point(self, row):
        period = self.period(row["period"])
        known_on = date.fromisoformat(row["known_on"])
        if row["period"] in self.hidden:
            return FrozenPoint(Reading(period, None, None, WITHHELD_SINCE, known_on))
        return FrozenPoint(
            Reading(period, _exact(row["low"]), _exact(row["high"]), row["reason"], known_on), row["source"]
        )

    def period(self, number):
        return Period(self.measure["calendar"], self.measure["kind"], number)

    @cached_property
    def path(self):
        if not self.content["path"]:
            return None
        kept = self.content["path"]
        points = [Waypoint(self.period(number), Decimal(value)) for number, value in kept["points"]]
        return Path(
            points[0], points[-1], tuple(points[1:-1]), kept["interpolation"], Decimal(kept["tolerance"]),
            kept["direction"], _exact(kept["low"]), _exact(kept["high"]),
        )  # fmt: skip

    @cached_property
    def verdict(self):
        judged = [p.reading for p in self.points if p.reading.period.number == self.content["judged_period"]]
        overdue = self.content["overdue_since"]
        return FrozenVerdict(self.word, judged[0] if judged else None, date.fromisoformat(overdue) if overdue else None)

    @cached_property
    def standing(self):
        return Standing(self.path, self.points, tuple(self.windows), self.verdict)

    @property
    def windows(self):
        if self.content["overdue_period"] is None:
            return []
        return [Window(self.period(self.content["overdue_period"]), self.verdict.overdue_since)]

    @property
    def rows(self):
        """The figures as a table: period, value, group size, source."""
        return [self._row(point, kept) for point, kept in zip(self.points, self.content["readings"], strict=True)]

    def _row(self, point, kept):
        reading = point.reading
        is_hidden = reading.is_withheld
        return {
            "period": period_label(reading.period),
            "value": "" if is_hidden else band_text(reading.low, reading.high, self.unit),
            "n": "" if is_hidden else _size(kept["n"]),
            "source": point.source,
        }

    @property
    def source(self):
        """Where the figure that was judged was published, else the last one shown."""
        shown = [point for point in self.points if point.source]
        judged = [point for point in shown if point.reading.period.number == self.content["judged_period"]]
        return (judged or shown)[-1].source if shown else ""


def in_language(texts):
    """The text in the reader's language; the first one where it was frozen without."""
    return texts.get(translation.get_language()) or next(iter(texts.values()))


def _size(n):
    """A group size as frozen: a number, a band in words, or nothing."""
    return f"{n:,}" if isinstance(n, int) else n or ""


def _exact(text):
    return None if text is None else Decimal(text)
