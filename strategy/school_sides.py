"""The schools that have both measures of a claim: which they are, and what is known of them on a day."""

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from indicators.labels import folded
from indicators.models import Annotation, Organization, Series
from indicators.publishing import publishable
from strategy.claims import Claim
from strategy.leading import is_taken_back
from strategy.measures import Point, points_of


class School(NamedTuple):
    """A school with both measures: the ids of its two series."""

    pk: int
    name: str
    code: str
    leading: int
    goal: int

    @property
    def key(self) -> str:
        return str(self.pk)


class Sides(NamedTuple):
    """What is known of a school on the day: readings of both measures, and what began a new phase there alone."""

    school: School
    leading: list[Point]
    goal: list[Point]
    notes: list[Annotation]


def sides_of(claims: list[Claim], day: date, *, with_staff_only: bool = False) -> list[list[Sides]]:
    """For each claim its schools by name; one query where there are none, three where there are some.

    A school without a reading known on the day is not one yet.
    """
    schools = _schools_of(claims, day, with_staff_only)
    wanted = [school for found in schools for school in found]
    if not wanted:
        return schools
    series = {pk for school in wanted for pk in (school.leading, school.goal)}
    readings = publishable(series, day, with_staff_only=with_staff_only, with_origins=False)
    notes = _notes_of(claims, {school.pk for school in wanted}, day)
    return [
        [_side(claim, school, readings, notes) for school in found if {school.leading, school.goal} <= readings.keys()]
        for claim, found in zip(claims, schools, strict=True)
    ]


def _side(claim, school, readings, notes) -> Sides:
    leading = points_of(claim.card.indicator, readings[school.leading], None)
    return Sides(school, leading, points_of(claim.measure, readings[school.goal], None), notes[school.pk])


def _schools_of(claims, day, with_staff_only) -> list[list[School]]:
    """For each claim the schools under its district that have a series of both measures, by name; one query."""
    able = [claim for claim in claims if _is_of_one_district(claim)]
    if not able:
        return [[] for _claim in claims]
    sides = [side for claim in able for side in (claim.leading.series, claim.promise.measure)]
    opened = Q(opened_on__isnull=True) | Q(opened_on__lte=day)
    schools = Organization.objects.filter(
        opened, kind=Organization.Kind.SCHOOL, parent__in={side.organization_id for side in sides}
    )
    found = Series.objects.filter(  # by all three parts of a series: one look-up for each school, never a scan
        Q() if with_staff_only else Q(indicator__is_public=True),
        organization__in=schools,
        indicator__in={side.indicator_id for side in sides},
        group__in={side.group_id for side in sides},
    )
    known = defaultdict(dict)
    columns = ("organization__parent_id", "indicator_id", "group_id", "pk", "organization_id", "organization__name",
               "organization__code")  # fmt: skip
    rows = sorted(found.values_list(*columns), key=lambda row: (folded(row[5]), row[4]))
    for district, indicator, group, pk, *school in rows:
        known[district, indicator, group][tuple(school)] = pk
    return [_with_both(claim, known) if _is_of_one_district(claim) else [] for claim in claims]


def _is_of_one_district(claim) -> bool:
    return claim.measure is not None and claim.leading.series.organization_id == claim.promise.measure.organization_id


def _with_both(claim, known) -> list[School]:
    leading, goal = (
        known[side.organization_id, side.indicator_id, side.group_id]
        for side in (claim.leading.series, claim.promise.measure)
    )
    return [School(*school, pk, goal[school]) for school, pk in leading.items() if school in goal]


def _notes_of(claims, schools, day) -> dict[int, list[Annotation]]:
    """Breaks and new phases of single schools, by school; one query."""
    indicators = {pk for claim in claims if claim.measure for pk in (claim.card.indicator.pk, claim.measure.pk)}
    rows = Annotation.objects.filter(indicator__in=indicators, organization__in=schools, known_on__lte=day)
    notes = defaultdict(list)
    for note in rows.exclude(kind=Annotation.Kind.EVENT).select_related("withdrawal"):
        if not is_taken_back(note, day):
            notes[note.organization_id].append(note)
    return notes
