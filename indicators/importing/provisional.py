"""What a mapping would create, under keys of its own, so that a file can be compared before anything is created.

The keys are negative and follow the order of the mapping; when the batch is applied, the rows are created in the same
transaction and the keys become those of the rows.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.text import slugify

from indicators.importing.lookups import Lookups, Measure
from indicators.importing.mapping import CREATE, Choice, Mapping
from indicators.models import Indicator, StudentGroup

LOCAL = "LOCAL"
ALL_STUDENTS = "All students"


@dataclass
class Made:
    """Something to be created: the name under which it is printed, the code under which rows give it, its fields."""

    key: int
    printed: str
    code: str
    details: dict


def settled(mapping: Mapping) -> Mapping:
    """The same mapping, in which everything to be created has a code by which its rows can name it."""
    for name, choice in mapping.indicators.items():
        if choice.act == CREATE:
            choice.to = choice.details.get("code") or choice.to or slugify(name)[:60] or "indicator"
    for name, choice in mapping.organizations.items():
        if choice.act == CREATE:
            choice.details.setdefault("authority", LOCAL)
            choice.details.setdefault("code", (slugify(name) or name)[:20])
            choice.to = f"{choice.details['authority']}:{choice.details['code']}"
    for name, choice in mapping.groups.items():
        if choice.act == CREATE:
            choice.to = choice.details.get("code") or choice.to or slugify(name)[:200] or name
    may_be_new = any(choice.act == CREATE for choice in (*mapping.indicators.values(), *mapping.organizations.values()))
    if may_be_new and not StudentGroup.objects.filter(code=StudentGroup.ALL).exists():
        mapping.groups.setdefault("", Choice(CREATE, StudentGroup.ALL))
    return mapping


def to_create(mapping: Mapping) -> dict[str, list[Made]]:
    """What a mapping creates, by kind; one thing printed under several names is made once."""
    made, key = {}, 0
    for kind in ("indicators", "organizations", "groups"):
        by_code = {}
        for name, choice in getattr(mapping, kind).items():
            if choice.act == CREATE and choice.to and choice.to not in by_code:
                key -= 1
                by_code[choice.to] = Made(key, name, choice.to, choice.details)
        made[kind] = list(by_code.values())
    return made


def lookups_for(batch):
    """The names of a batch's file as keys: those that are known, and those that applying it would create."""
    lookups = Lookups(batch.district)
    made = to_create(Mapping.from_json(batch.mapping)) if batch.mapping else {}
    for found in made.get("indicators", ()):
        lookups.add_measure(measure_of(found))
    for found in made.get("organizations", ()):
        lookups.add_organization(found.key, found.code, found.details.get("name") or found.printed)
    for found in made.get("groups", ()):
        names = ["", ALL_STUDENTS] if found.code == StudentGroup.ALL else []
        for code in [found.code, *names]:
            lookups.add_group(found.key, code, found.details.get("name") or found.printed or ALL_STUDENTS)
    return lookups


def measure_of(found: Made) -> Measure:
    """What a row needs to know of an indicator that is not there yet."""
    fields = indicator_fields(found)
    return Measure(
        pk=found.key, code=found.code, name=fields["name"], unit=fields["unit"], calendar=fields["calendar"],
        kind=fields["kind"], low=fields["natural_low"], high=fields["natural_high"], decimals=fields["decimals"],
        is_illustration=False,
    )  # fmt: skip


def indicator_fields(found: Made) -> dict:
    """The fields of an indicator to be created; what nobody said is what most files mean."""
    given = found.details
    unit = given.get("unit") or Indicator.Unit.PERCENT
    is_percent = unit == Indicator.Unit.PERCENT
    has_floor = unit != Indicator.Unit.MEAN and unit != Indicator.Unit.RATIO
    return {
        "name": (given.get("name") or found.printed)[:200],
        "unit": unit,
        "decimals": int(given.get("decimals") or (1 if is_percent else 0)),
        "direction": given.get("direction") or Indicator.Direction.HIGHER,
        "calendar": given.get("calendar") or Indicator.Calendar.SCHOOL_YEAR,
        "kind": given.get("kind") or Indicator.Kind.YEAR,
        "counts": given.get("counts") or Indicator.Counts.STUDENTS,
        "masked_by_publisher": given.get("masked_by_publisher") == "True",
        "natural_low": Decimal(0) if has_floor else None,
        "natural_high": Decimal(100) if is_percent else None,
    }


def names_of(batch) -> dict[str, dict]:
    """What the negative keys of a batch are called: measures, organizations and groups."""
    made = to_create(Mapping.from_json(batch.mapping)) if batch.mapping else {}
    return {
        "indicators": {found.key: measure_of(found) for found in made.get("indicators", ())},
        **{
            kind: {found.key: found.details.get("name") or found.printed for found in made.get(kind, ())}
            for kind in ("organizations", "groups")
        },
    }


def with_keys(change, keys):
    """A change whose entry speaks of rows that are there now; `keys` are the new ones by the old."""
    if min(change.entry.key) >= 0:
        return change
    key = tuple(keys.get(part, part) for part in change.entry.key)
    return replace(change, entry=replace(change.entry, key=key))
