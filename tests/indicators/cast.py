"""A small district with its stewards and measures, for the tests of bringing numbers in."""

from datetime import date
from types import SimpleNamespace

from accounts.models import Role
from indicators import actions
from indicators.models import Category, CategoryName, Dimension, GroupCategory, Observation, Organization, StudentGroup
from tests.factories import all_students, grant, make_district, make_indicator, make_user

HEADER = "indicator,period,organization,group,value,n,source,note"
DAY = date(2020, 1, 16)


def make_world():
    """Two districts of two states, a school, two measures and two groups."""
    colorado = Organization.objects.create(kind="state", authority="CO", code="STATE", name="Colorado")
    jeffco = make_district(code="1420", name="Jeffco Public Schools", parent=colorado)
    alameda = Organization.objects.create(
        kind="school", authority="CO", code="0108", name="Alameda International", parent=jeffco
    )
    all_students()
    return SimpleNamespace(
        colorado=colorado,
        jeffco=jeffco,
        alameda=alameda,
        jcps=make_district(code="275", authority="KY", name="Jefferson County Public Schools"),
        female=make_female(),
        graduation=make_indicator(code="graduation-4yr", name="Graduation in four years"),
        seats=make_indicator(
            code="seats", name="Seats", unit="count", calendar="school_year", counts="nothing", natural_high=None
        ),
    )


def make_female():
    group = StudentGroup.objects.create(code="female", name="Female", position=1)
    sex = Dimension.objects.create(code="sex", name="Sex", adds_up=True)
    category = Category.objects.create(dimension=sex, code="female", name="Female")
    CategoryName.objects.create(category=category, name="F")
    GroupCategory.objects.create(group=group, category=category, dimension=sex)
    return group


def make_steward(district):
    user = make_user()
    grant(user.person, Role.STEWARD, district.scope)
    return user


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


def check(*rows, known_on=DAY, header=HEADER, **about):
    return actions.check_file(long_form(*rows, header=header), "file.csv", known_on=known_on, **about)


def bring_in(*rows, known_on=DAY, header=HEADER, **choices):
    """Check and apply a file in one go; the batch."""
    batch = check(*rows, known_on=known_on, header=header)
    return actions.apply_batch(batch, None, batch.difference_hash, **choices)


def told(batch):
    """What was found, as (kind, row, column, words)."""
    return [(finding.kind, finding.row, finding.column_name, finding.message) for finding in batch.findings.all()]


def current(period=2019):
    """The reading of the period that counts now."""
    return Observation.objects.current().get(period=period)


def counts(batch):
    """New, changed, unchanged, refused, suspicious."""
    return batch.new, batch.changed, batch.unchanged, batch.refused, batch.suspicious
