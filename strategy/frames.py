"""The frame of every page of a plan: which plan, which day, and whether the day is today."""

from dataclasses import dataclass, field
from datetime import date

from django.shortcuts import get_object_or_404

from accounts import clock
from strategy.models import Plan


@dataclass
class Frame:
    """A plan seen on a day. `problem` says why an asked-for day was not taken."""

    plan: Plan
    day: date
    today: date
    problem: str = ""
    successors: list[Plan] = field(default_factory=list)

    @property
    def is_as_of(self):
        return self.day != self.today

    @property
    def is_standing(self):
        """A demonstration plan stands on a day of its own: every page says so."""
        return self.plan.standing_day is not None

    @property
    def is_closed(self):
        return self.day > self.plan.ends_on

    @property
    def is_noindex(self):
        return self.is_as_of or self.plan.is_demonstration

    @property
    def query(self):
        """What links carry on, so that a reader stays on the chosen day."""
        return f"?as_of={self.day.isoformat()}" if self.is_as_of else ""


def open_plan(request, slug, *, is_as_of=True):
    """The published plan under this slug, on the day that the address asks for; 404 where there is none."""
    plan = get_object_or_404(
        Plan.objects.published().select_related("district", "predecessor").prefetch_related("vocabulary"), slug=slug
    )
    today = plan.today(clock.today())
    day, problem = (_asked_day(request.GET.get("as_of"), plan, today)) if is_as_of else (today, "")
    frame = Frame(plan, day, today, problem)
    if frame.is_closed:
        frame.successors = list(Plan.objects.published().filter(predecessor=plan))
    return frame


def _asked_day(text, plan, today):
    """A whole day between the plan's start and its today; anything else is today, with the reason."""
    if not text:
        return today, ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return today, "unreadable"
    if day < plan.starts_on:
        return min(plan.starts_on, today), "early"
    if day > today:
        return today, "late"
    return day, ""
