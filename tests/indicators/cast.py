"""A small district with its people and measures, for the tests of bringing numbers in."""

from datetime import date
from types import SimpleNamespace

from accounts.models import Grant, Person, Role, Scope, User
from indicators import actions
from indicators.models import Category, CategoryName, Dimension, GroupCategory, Indicator, Organization, StudentGroup

HEADER = "indicator,period,organization,group,value,n,source,note"
DAY = date(2020, 1, 16)


def make_world():
    """Two districts of two states, one school, three measures, three groups."""
    colorado = make_organization(kind="state", code="STATE", name="Colorado")
    jeffco = make_organization(kind="district", code="1420", name="Jeffco Public Schools", parent=colorado)
    alameda = make_organization(kind="school", code="0108", name="Alameda International", parent=jeffco)
    jcps = make_organization(kind="district", authority="KY", code="275", name="Jefferson County Public Schools")
    StudentGroup.objects.create(code="all", name="All students")
    female = StudentGroup.objects.create(code="female", name="Female", position=1)
    sex = Dimension.objects.create(code="sex", name="Sex", adds_up=True)
    category = Category.objects.create(dimension=sex, code="female", name="Female")
    CategoryName.objects.create(category=category, name="F")
    GroupCategory.objects.create(group=female, category=category, dimension=sex)
    return SimpleNamespace(
        colorado=colorado, jeffco=jeffco, alameda=alameda, jcps=jcps, female=female,
        graduation=make_indicator(), seats=make_indicator(code="seats", name="Seats", unit="count", calendar="school_year"),
    )  # fmt: skip


def make_organization(**overrides):
    given = {"kind": "district", "authority": "CO", "code": "1420", "name": "Jeffco", **overrides}
    if given["kind"] == "district":
        given["scope"] = Scope.objects.create(kind="district", name=given["name"])
    return Organization.objects.create(**given)


def make_indicator(**overrides):
    given = {
        "code": "graduation-4yr", "name": "Graduation in four years", "unit": "percent", "direction": "higher",
        "calendar": "class_of", "source": "Colorado Department of Education", **overrides,
    }  # fmt: skip
    if given["unit"] == "percent":
        given.setdefault("natural_low", 0)
        given.setdefault("natural_high", 100)
    return Indicator.objects.create(**given)


def make_person(name, scope=None, role=Role.STEWARD):
    """Somebody with a log-in, and a role where a scope is given."""
    person = Person.objects.create(name=name)
    User.objects.create_user(f"{name.lower()}@example.org", "correct horse battery", person=person)
    if scope:
        Grant.objects.create(person=person, role=role, scope=scope, since=date(2017, 7, 1))
    return person


def long_form(*rows, header=HEADER):
    """A CSV file of such rows."""
    return "\n".join([header, *rows]).encode()


def row(
    value,
    period="Class of 2019",
    *,
    indicator="graduation-4yr",
    organization="CO:1420",
    group="",
    n="6500",
    source="CDE",
):
    return f"{indicator},{period},{organization},{group},{value},{n},{source},"


def bring_in(*rows, known_on=DAY, header=HEADER, **choices):
    """Check and apply a file in one go; the batch."""
    batch = actions.check_file(long_form(*rows, header=header), "file.csv", known_on=known_on)
    return actions.apply_batch(batch, None, batch.difference_hash, **choices)
