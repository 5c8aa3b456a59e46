"""What happened to a series, for its chart and table: events, breaks, periods for which nothing was collected."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from indicators.charts.trajectory import Annotation as Note
from indicators.labels import period_phrase
from indicators.models import Annotation
from indicators.readings import Window
from strategy.measures import Point

LONGEST = 64  # letters of a note that fit on a chart, in two lines
# Where a sentence's first statement ends; the point in 85.3 is none.
CLAUSE = re.compile(r"[;:(]|\.(?=\s|$)")


def missing_of(windows: Iterable[Window], points: list[Point], day: date) -> list[Window]:
    """Periods after the first reading that will never have one, from the day on which theirs was to come."""
    known = {point.reading.period.number for point in points}
    if not known:
        return []
    return [
        window
        for window in windows
        if window.not_collected and window.expected_on <= day
        and window.period.number not in known and window.period.number > min(known)
    ]  # fmt: skip


def missing_sentence(missing: Iterable[Window]) -> str:
    """Which periods between results have none, for those who hear the chart; else nothing."""
    periods = ", ".join(period_phrase(window.period) for window in missing)
    return _("No result for %(periods)s.") % {"periods": periods} if periods else ""


def notes_on(
    points: list[Point], notes: Iterable[Annotation], missing: Iterable[Window], read: Callable[[str], str]
) -> tuple[Note, ...]:
    """What is written on the chart of these readings; the whole words stand below it."""
    numbers = [point.reading.period.number for point in points]
    if not numbers:
        return ()
    within = [note for note in notes if numbers[0] <= note.period <= numbers[-1]]
    gaps = [window for window in missing if numbers[0] < window.period.number < numbers[-1]]
    breaks = [note for note in within if note.kind == Annotation.Kind.BREAK and note.period > numbers[0]]
    events = [note for note in within if note.kind == Annotation.Kind.EVENT]
    return (
        *(Note(note.period - 0.5, _("Series break"), is_break=True) for note in breaks),
        *_gap_notes(gaps, read),
        *(Note(note.period, caption_of(read(note.text))) for note in events),
    )


def _gap_notes(gaps: list[Window], read: Callable[[str], str]) -> Iterator[Note]:
    """Why there is no result, once for neighboring periods of the same reason, in their middle."""
    ordered = sorted(gaps, key=lambda window: window.period.number)
    for (reason, _shift), group in groupby(
        enumerate(ordered), lambda one: (one[1].reason, one[1].period.number - one[0])
    ):
        numbers = [window.period.number for _place, window in group]
        yield Note((numbers[0] + numbers[-1]) / 2, _("No result"), caption_of(read(reason)))


def caption_of(text: str) -> str:
    """The first statement of a note, where it is short enough to stand on a chart."""
    first = CLAUSE.split(text.strip(), maxsplit=1)[0].strip(" ,")
    if len(first) > LONGEST:
        first = first.split(",")[0]
    return first if 0 < len(first) <= LONGEST else _("See the notes")
