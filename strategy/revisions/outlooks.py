"""If nothing changes: the forecast that is frozen when a path is adopted, and what is said of it later."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from indicators.forecast import FEWEST, TOO_FEW, VERSION, Forecast, Projection
from indicators.labels import day_label, period_phrase
from indicators.trajectory import planned_at
from indicators.units import value_text
from strategy.cards import GoalCard
from strategy.due_dates import number_word
from strategy.measures import period_of
from strategy.models import GoalRevision
from strategy.outlooks import forecast_of, obstacle_of, readings_in_force
from strategy.standings import path_of


def outlook_of(card: GoalCard) -> dict | None:
    """What the readings known on the card's day point to, up to the target of the path in force; for the column.

    Plain values: the forecast itself, or `obstacle`, the reason why there is none, with the `readings` of the phase in
    force and, where earlier phases had more, how many were `known` in all. None where no path is in force. The rule is
    that of the forecast beside the goal (`strategy.outlooks`), so what was frozen can be held against it.
    """
    if card.current is None or card.current.kind != GoalRevision.Kind.PATH:
        return None
    found = forecast_of(card)
    if found:
        return found.to_json()
    told = {"version": VERSION, "readings": readings_in_force(card), "obstacle": obstacle_of(card)}
    return told if told["readings"] == len(card.points) else told | {"known": len(card.points)}


@dataclass(frozen=True)
class Outlook:
    """What was foreseen for one period when a path was adopted, and what came; every part in words."""

    sentence: str
    period: str = ""
    foreseen: str = ""
    planned: str = ""
    came: str = ""


def outlook_words(card: GoalCard, revision: GoalRevision | None) -> Outlook | None:
    """The frozen forecast of a revision in words; None where nothing may be said.

    What was public then may be withheld today: a forecast that rests on a reading withheld by today's verdict is
    not shown. A forecast for another measure than the one shown is left to the record.
    """
    if revision is None or not revision.forecast or not _is_of_shown_measure(card, revision):
        return None
    if "obstacle" in revision.forecast:
        return _why_none(revision)
    found = Forecast.from_json(revision.forecast)
    if _rests_on_withheld(card, found):
        return None
    return _said(card, revision, found, found.points[-1])


def _said(card: GoalCard, revision: GoalRevision, found: Forecast, point: Projection) -> Outlook:
    period = period_of(card.indicator, int(point.x))
    shown = lambda amount: value_text(Decimal(str(amount)), card.unit)  # noqa: E731
    came = next((p.reading for p in card.points if p.reading.period == period and p.reading.is_exact), None)
    words = {
        "day": day_label(revision.settled_on), "count": number_word(found.n), "period": period_phrase(period),
        "low": shown(point.low), "high": shown(point.high),
        "planned": value_text(planned_at(path_of(revision), period), card.unit),
    }  # fmt: skip
    sentence = _(
        "When this path was adopted on %(day)s, the pattern of the last %(count)s results pointed to between %(low)s "
        "and %(high)s for %(period)s, about 8 times in 10. The path asked for %(planned)s."
    )
    said = sentence % words
    if came:
        said += " " + _("%(value)s came.") % {"value": value_text(came.low, card.unit)}
    return Outlook(
        said,
        words["period"],
        _("%(low)s to %(high)s") % words,
        words["planned"],
        value_text(came.low, card.unit) if came else "",
    )


def _why_none(revision: GoalRevision) -> Outlook | None:
    """Too few results is worth saying; the other obstacles concern the rule, not the reader."""
    if revision.forecast["obstacle"] != TOO_FEW:
        return None
    count = int(revision.forecast["readings"])
    if "known" in revision.forecast:
        said = ngettext(
            "When this path was adopted on %(day)s, the phase in force had %(count)d result; "
            "a forecast needs %(fewest)d.",
            "When this path was adopted on %(day)s, the phase in force had %(count)d results; "
            "a forecast needs %(fewest)d.",
            count,
        )
    else:
        said = ngettext(
            "When this path was adopted on %(day)s, %(count)d result was known; a forecast needs %(fewest)d.",
            "When this path was adopted on %(day)s, %(count)d results were known; a forecast needs %(fewest)d.",
            count,
        )
    return Outlook(said % {"day": day_label(revision.settled_on), "count": count, "fewest": FEWEST})


def _is_of_shown_measure(card: GoalCard, revision: GoalRevision) -> bool:
    shown = card.promise
    return bool(shown) and (revision.measure_id, revision.minus_id) == (shown.measure_id, shown.minus_id)


def _rests_on_withheld(card: GoalCard, found: Forecast) -> bool:
    readings = {point.reading.period.number: point.reading for point in card.points}
    used = [reading for number, reading in readings.items() if found.first <= number <= found.last]
    return any(not reading.is_exact for reading in used) or len(used) < found.n
