"""What is measured and of whom: organizations, student groups, indicators, windows and annotations."""

from django.db import transaction

from accounts.models import Scope
from indicators.models import (
    Annotation,
    Category,
    CategoryName,
    CollectionWindow,
    Dimension,
    GroupCategory,
    Indicator,
    IndicatorName,
    Organization,
    OrganizationName,
    StudentGroup,
)
from indicators.periods import parse_period
from jeffco_plan.demonstration import content


@transaction.atomic
def load_indicators():
    """All of fixtures/indicators.toml, or nothing if it is there."""
    if Indicator.objects.exists():
        return
    catalog = content.read("indicators")
    for entry in catalog["organization"]:
        _organization(entry)
    categories = {}
    for entry in catalog["dimension"]:
        categories |= _dimension(entry)
    for position, entry in enumerate(catalog["group"]):
        _group(entry, position, categories)
    for entry in catalog["indicator"]:
        _indicator(entry)


def _organization(entry):
    parent = _organization_of(entry["parent"]) if "parent" in entry else None
    scope = Scope.objects.create(kind="district", name=entry["name"]) if entry["kind"] == "district" else None
    organization = Organization.objects.create(
        parent=parent, scope=scope, **_fields(Organization, entry, leave_out={"parent", "names"})
    )
    names = {name["name"] for name in entry.get("names", [])}
    OrganizationName.objects.bulk_create(
        OrganizationName(organization=organization, name=name) for name in sorted(names)
    )


def _organization_of(code):
    authority, _, number = code.partition(":")
    return Organization.objects.get(authority=authority, code=number)


def _dimension(entry):
    dimension = Dimension.objects.create(**_fields(Dimension, entry))
    made = {}
    for position, part in enumerate(entry["category"]):
        category = Category.objects.create(dimension=dimension, position=position, code=part["code"], name=part["name"])
        made[f"{dimension.code}:{category.code}"] = category
        names = {name["name"] for name in part.get("names", [])}
        CategoryName.objects.bulk_create(
            [CategoryName(category=category, name=name) for name in sorted(names)], ignore_conflicts=True
        )
    return made


def _group(entry, position, categories):
    group = StudentGroup.objects.create(code=entry["code"], name=entry["name"], position=position)
    for name in entry["categories"]:
        category = categories[name]
        GroupCategory.objects.create(group=group, category=category, dimension=category.dimension)


def _indicator(entry):
    indicator = Indicator.objects.create(**_fields(Indicator, entry, leave_out={"names"}))
    IndicatorName.objects.bulk_create(
        IndicatorName(indicator=indicator, name=name["name"]) for name in entry.get("names", [])
    )
    for window in entry.get("window", []):
        CollectionWindow.objects.bulk_create(_windows(indicator, window))
    for annotation in entry.get("annotation", []):
        Annotation.objects.create(indicator=indicator, **_dated(indicator, annotation))


def _windows(indicator, entry):
    """A window is announced as its period begins; that nothing is collected, later: on its own day or the expected."""
    period = parse_period(entry["period"], indicator.calendar, indicator.kind)
    given = {"indicator": indicator, "period": period.number}
    given |= {name: entry[name] for name in ("expected_on", "grace_days") if name in entry}
    yield CollectionWindow(**given, known_on=period.start)
    if entry.get("not_collected"):
        known_on = entry.get("known_on", entry["expected_on"])
        yield CollectionWindow(**given, not_collected=True, reason=entry["reason"], known_on=known_on)


def _dated(indicator, entry):
    return entry | {"period": parse_period(entry["period"], indicator.calendar, indicator.kind).number}


def _fields(model, entry, *, leave_out=frozenset()):
    """What of an entry the model keeps."""
    known = {field.name for field in model._meta.concrete_fields} - leave_out
    return {name: value for name, value in entry.items() if name in known}
