"""From a goal's card to its drawings: the words and places that the pure charts need."""

from django.utils.translation import gettext as _

from indicators.charts import spark, trajectory
from indicators.charts.plot import DayLine, Point, Tick
from indicators.charts.trajectory import Comparison, MilestoneTick, PlannedPath, TrajectoryChart
from indicators.charts.trajectory import Verdict as Mark
from indicators.labels import day_label, period_phrase
from indicators.periods import YEAR
from indicators.status import Verdict
from indicators.trajectory import RANGE, Path, planned_at
from indicators.units import PERCENT, Unit, band_text, difference_text, number, rounded, value_text
from strategy.axes import axis_title, place_of_day, span, tick_words, time_title
from strategy.cards import GoalCard
from strategy.happened import missing_of, missing_sentence, notes_on
from strategy.measures import Point as MeasurePoint
from strategy.models import GoalRevision
from strategy.outlooks import natural_limits, range_text, sentence_of
from strategy.scorecards import LEAD_IN
from strategy.standings import Standing, path_of


def chart_of(card: GoalCard, read, *, benchmark=None, milestones=()) -> TrajectoryChart | None:
    """The large chart of a goal; `read` gives authored texts in the reader's language; None where nothing is drawn."""
    indicator = card.indicator
    if indicator is None or not (card.points or card.path):
        return None
    unit, (low, high) = card.unit, natural_limits(card)
    day = place_of_day(card.day, indicator.calendar, indicator.kind)
    missing = missing_of(card.windows, card.points, card.day)
    return TrajectoryChart(
        title=_("%(finding)s: %(name)s") % {"finding": card.finding, "name": read(indicator.name)},
        description=" ".join(said for said in (card.sentence, sentence_of(card), missing_sentence(missing)) if said),
        axis_title=axis_title_of(card, read),
        ticks=ticks_of(card),
        actuals=actual_points(card.points, unit),
        plan=_plan(card) if card.path else None,
        first_path=_first_path(card) if card.first_path else None,
        revisions=tuple(_replaced(r, card) for r in _between(card)),
        benchmarks=(Comparison(actual_points(benchmark.points, unit), read(benchmark.name)),) if benchmark else (),
        day=DayLine(day, _("Known on %(day)s") % {"day": day_label(card.day)}, day_label(card.day)),
        annotations=notes_on(card.points, [*card.breaks, *card.events], missing, read),
        milestones=tuple(
            MilestoneTick(place_of_day(m.done_on or m.due_on, indicator.calendar, indicator.kind), m.is_done)
            for m in milestones
        ),
        verdict=_mark(card),
        forecast=_forecast(card),
        target_range=_target_range(card),
        actual_label=_("Actual"),
        milestones_label=_("Milestones: done, to come") if milestones else "",
        time_title=time_title(indicator),
        axis_title_short=_short_axis_title(card, read),
        starts_at=_("axis starts at {}"),
        unit_suffix="%" if unit.key == PERCENT else "",
        floor=_float(low),
        ceiling=_float(high),
        illustration=_("illustration") if card.illustration == "all" else "",
    )


def axis_title_of(card: GoalCard, read) -> str:
    """The value axis of a goal: its measure, or the gap between two, with the unit."""
    if not card.promise.minus_id:
        return axis_title(card.indicator, read)
    return _gap_title(card.indicator.name, card, read)


def _short_axis_title(card: GoalCard, read) -> str:
    name = card.indicator.short_name or card.indicator.name
    return _gap_title(name, card, read) if card.promise.minus_id else read(name)


def _gap_title(name: str, card: GoalCard, read) -> str:
    words = _("%(name)s, gap in points") if card.indicator.unit == PERCENT else _("%(name)s, gap")
    return words % {"name": read(name)}


def actual_points(points: list[MeasurePoint], unit: Unit) -> tuple[Point, ...]:
    """Readings in order of time; where a year between two readings has none, the line stops."""
    drawn: list[Point] = []
    for point in points:
        reading = point.reading
        place = reading.period.number
        if drawn and place - drawn[-1].x > 1:
            drawn.append(Point(drawn[-1].x + 1))
        if reading.is_withheld:
            drawn.append(Point(place, withheld=True))
        elif reading.is_exact:
            drawn.append(Point(place, float(reading.low), plain(reading.low, unit)))
        else:
            text = band_text(reading.low, reading.high, unit)
            drawn.append(Point(place, None, text, low=float(reading.low), high=float(reading.high)))
    return tuple(drawn)


def plain(amount, unit: Unit) -> str:
    """A value as it stands beside a point: the axis names the unit."""
    return number(amount, unit.decimals)


def ticks_of(card: GoalCard) -> tuple[Tick, ...]:
    """A tick for every period from the first reading or the baseline to the target or the last reading."""
    periods = [point.reading.period for point in card.points] + (
        [p.period for p in card.path.points] if card.path else []
    )
    first, last = min(periods, key=lambda p: p.number), max(periods, key=lambda p: p.number)
    step = 1 if last.kind == YEAR else max(1, (last.number - first.number) // 8)
    return tuple(Tick(period.number, *tick_words(period)) for period in span(first, last, step))


def _plan(card: GoalCard) -> PlannedPath:
    revision = card.drawn
    since = _("Path in force since %(day)s") if revision is card.current else _("Path adopted %(day)s")
    return PlannedPath(
        path_points(card.path, card.unit),
        caption=_("Planned: %(target)s by %(period)s") % _target_words(card.path, card.unit),
        detail=since % {"day": day_label(revision.settled_on)},
        short=target_text(card.path, card.unit),
        stepped=card.path.interpolation == "step",
    )


def _first_path(card: GoalCard) -> PlannedPath:
    following = card.revisions[card.revisions.index(card.first) + 1]
    words = {"drawn": day_label(card.first.settled_on), "replaced": day_label(following.settled_on)}
    return PlannedPath(
        path_points(card.first_path, card.unit),
        caption=_("First path: %(target)s by %(period)s") % _target_words(card.first_path, card.unit),
        detail=_("drawn %(drawn)s, replaced %(replaced)s") % words,
        short=_("First path"),
        stepped=card.first_path.interpolation == "step",
    )


def _forecast(card: GoalCard) -> trajectory.Forecast | None:
    """Where the next readings would land if nothing changes."""
    if not card.forecast:
        return None
    points = tuple(
        Point(float(p.x), text=range_text(card, p), low=p.low, high=p.high) for p in card.forecast.points
    )  # fmt: skip
    detail = _("%(range)s, 8 times in 10") % {"range": points[-1].text}
    return trajectory.Forecast(points, _("If nothing changes"), detail)


def _target_range(card: GoalCard) -> tuple[float, float] | None:
    path = card.path
    return (float(path.low), float(path.high)) if path and path.direction == RANGE else None


def _between(card: GoalCard) -> list[GoalRevision]:
    """Paths that came after the first and before the one in force, for the same measure."""
    if not card.first:
        return []
    paths = [r for r in card.revisions if r.kind == GoalRevision.Kind.PATH and r.measure_id == card.drawn.measure_id]
    return [revision for revision in paths if revision not in (card.first, card.drawn)]


def _replaced(revision: GoalRevision, card: GoalCard) -> PlannedPath:
    return PlannedPath(path_points(path_of(revision), card.unit), stepped=revision.interpolation == "step")


def path_points(path: Path, unit: Unit) -> tuple[Point, ...]:
    return tuple(Point(p.period.number, float(p.value), plain(p.value, unit)) for p in path.points)


def target_text(path: Path, unit: Unit) -> str:
    if path.direction == RANGE:
        return band_text(path.low, path.high, unit)
    return value_text(path.target.value, unit, trim=True)


def _target_words(path: Path, unit: Unit) -> dict[str, str]:
    return {"target": target_text(path, unit), "period": period_phrase(path.target.period)}


def _mark(card: GoalCard) -> Mark | None:
    """The status at the last reading, with the gap in words; or the day on which a reading was due."""
    verdict = card.verdict
    if verdict.overdue_since:
        place = place_of_day(verdict.overdue_since, card.indicator.calendar, card.indicator.kind)
        return Mark(card.word, place, caption=card.finding, short=card.finding)
    if verdict.gap is None or verdict.planned is None or verdict.reading is None:
        return None
    reading, planned = verdict.reading, planned_at(card.path, verdict.reading.period)
    words = {"value": plain(reading.low, card.unit), "planned": plain(planned, card.unit)}
    words["period"] = period_phrase(reading.period)
    return Mark(
        card.word,
        reading.period.number,
        float(reading.low),
        float(planned),
        caption=gap_words(card),
        detail=_("%(value)s against %(planned)s planned for %(period)s") % words,
        short=gap_words(card),
    )


def gap_words(card: GoalCard) -> str:
    """The gap to plan in two or three words: 0.8 points behind."""
    if card.verdict.gap is None or card.path.direction == RANGE:
        return card.finding
    return card.standing.said(_gap_of_a_gap if card.promise.minus_id else _gap, card.unit)


def _gap(verdict: Verdict, unit: Unit) -> str:
    return _distance(verdict, unit, _("%(difference)s ahead"), _("%(difference)s behind"))


def _gap_of_a_gap(verdict: Verdict, unit: Unit) -> str:
    """A gap between two groups is narrower or wider than planned."""
    return _distance(
        verdict, unit, _("%(difference)s narrower than planned"), _("%(difference)s wider than planned")
    )  # fmt: skip


def _distance(verdict: Verdict, unit: Unit, better: str, worse: str) -> str:
    if not rounded(verdict.gap, unit.decimals):
        return _("On the planned line")
    return (better if verdict.gap > 0 else worse) % {"difference": difference_text(verdict.gap, unit)}


def spark_of(card: GoalCard, prefix: str, size: str = "large") -> str:
    """The goal's sparkline, or nothing where there is neither a reading nor a path."""
    if card.indicator is None or not (card.points or card.path):
        return ""
    given = card.unit, card.finding, card.sentence, prefix, spark.LARGE if size == "large" else spark.SMALL
    return card.standing.once(given, lambda: _spark(card.standing, *given))


def _spark(
    standing: Standing, unit: Unit, finding: str, sentence: str, prefix: str, size: spark.SparkSize
) -> spark.Markup:
    verdict, path = standing.verdict, standing.path
    start = path.baseline.period.number - LEAD_IN if path else float("-inf")
    shown = [point for point in standing.points if point.reading.period.number >= start]
    periods = [point.reading.period for point in shown]
    periods += [point.period for point in path.points] if path else []
    last = verdict.reading if verdict.reading and not verdict.reading.is_withheld else None
    drawing = spark.Sparkline(
        title=finding,
        description=sentence,
        word=verdict.word,
        actuals=actual_points(shown, unit),
        plan=path_points(path, unit) if path else (),
        planned=float(planned_at(path, last.period)) if last and path and last.is_exact else None,
        target_text=target_text(path, unit) if path else "",
        first_label=tick_words(min(periods, key=lambda p: p.number))[0],
        last_label=tick_words(max(periods, key=lambda p: p.number))[0],
        due_x=_due_place(standing),
        stepped=bool(path and path.interpolation == "step"),
    )
    return spark.draw(drawing, prefix, size)


def _due_place(standing: Standing) -> float | None:
    """Where a reading was due that is not here: at its period, not at its day."""
    overdue = standing.verdict.overdue_since
    if not overdue:
        return None
    due = [w.period.number for w in standing.windows if w.expected_on == overdue]
    return due[0] if due else None


def _float(value) -> float | None:
    return None if value is None else float(value)
