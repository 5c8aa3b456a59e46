"""Numbers that are said to be known before they could be: marked for a person, never moved to another day silently.

Who looks at an earlier day sees what was known then; a number that stands there too early rewrites history. A number
may be told before its period ends (an enrollment of the fall stands for its school year), so a steward may say yes;
nobody doubts that a file that is brought in as known today is there today, unless its period has yet to begin. Pure.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from indicators.importing.refusals import marked as _
from indicators.periods import Period

BEFORE_IT_BEGINS = _(
    "The number is said to be known before its period begins. "
    "Is it a forecast, or is the period or “known since” wrong?"
)
BEFORE_IT_ENDS = _("The number is said to be known before its period ends. Is “known since” the right day?")


def suspect_days(
    changes: Iterable[Any], periods: Mapping[tuple[int, int], Period], known_on: date, brought_on: date
) -> None:
    """Write a reason on each change that is said to be known too early, where it has no other.

    `periods` are those of the changes, by indicator and number; `brought_on` is the day on which the file came.
    """
    for change in changes:
        period = periods.get((change.entry.key[0], change.entry.period))
        if period is None or change.suspicion or change.kind == "unchanged":
            continue
        if known_on < period.start:
            change.suspicion = BEFORE_IT_BEGINS
        elif known_on < period.end and known_on < brought_on:
            change.suspicion = BEFORE_IT_ENDS
