"""Whose numbers they are: those that others rest on are brought in by data stewards, the rest a team types itself."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from indicators.models import Series
from strategy.models import GoalRevision, LeadingIndicator, SystemIndicator


def kept_by_stewards(series: Iterable[int]) -> set[int]:
    """Of these series the public ones that data stewards bring in, whoever declares them as leading; one query.

    Those on which a promise or a plan's picture of the system rests, or that are one of several of their indicator.
    Others that teams declared as leading do not count: two teams may count the same thing at two places.
    """
    this = OuterRef("pk")
    declared = LeadingIndicator.objects.values("series")
    beside = Series.objects.filter(indicator=OuterRef("indicator")).exclude(pk=this).exclude(pk__in=declared)
    rests = (
        Exists(GoalRevision.objects.filter(Q(measure=this) | Q(minus=this)))
        | Exists(SystemIndicator.objects.filter(Q(series=this) | Q(benchmark=this)))
        | Exists(beside)
    )
    found = Series.objects.filter(rests, pk__in=list(series), indicator__is_public=True)
    return set(found.values_list("pk", flat=True))
