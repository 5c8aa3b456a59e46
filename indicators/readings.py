"""What is judged: a publishable value for a period, and the day on which the next one is expected."""

from dataclasses import dataclass
from datetime import date, timedelta

from indicators.amounts import Amount, exact
from indicators.periods import Period


@dataclass(frozen=True)
class Reading:
    """A publishable value for a period: exact when low equals high, a band otherwise, withheld when neither stands.

    Values are in the indicator's unit; `withheld` is the reason's key, and a reading that has one is withheld whatever
    its values; `known_on` the day it became known. Who builds a reading closes a band that is open to one side with
    the indicator's natural limit.
    """

    period: Period
    low: Amount | None
    high: Amount | None
    withheld: str = ""
    known_on: date = date.min

    @classmethod
    def of(cls, period: Period, value: Amount | None, known_on: date = date.min) -> "Reading":
        """A reading of one value; None is a withheld one."""
        return cls(period, value, value, "" if value is not None else "withheld", known_on)

    @property
    def is_withheld(self) -> bool:
        return bool(self.withheld) or self.low is None or self.high is None

    @property
    def is_exact(self) -> bool:
        return not self.is_withheld and exact(self.low) == exact(self.high)


@dataclass(frozen=True)
class Window:
    """The day a reading is expected, and the days of grace; or the statement that none is collected, and why."""

    period: Period
    expected_on: date
    grace_days: int = 0
    not_collected: bool = False
    reason: str = ""

    def is_past(self, day: date) -> bool:
        """Is the day after the expected day and its grace?"""
        return day > self.expected_on + timedelta(days=self.grace_days)
