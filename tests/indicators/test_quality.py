"""The data steward's page of what needs a look: each thing with what to do, for stewards of the district alone."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts import clock
from accounts.models import Role
from indicators.models import ImportFinding, Indicator
from indicators.quality import quality_of
from tests.factories import (
    grant,
    make_batch,
    make_district,
    make_indicator,
    make_observation,
    make_plan,
    make_series,
    make_translation,
    make_user,
    make_window,
)
from tests.indicators.cast import bring_in, check, make_steward, make_world, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates_without_sql")]

DAY = date(2020, 2, 6)
QUERIES = 22


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: DAY)


@pytest.fixture
def district():
    return make_district(name="Jeffco")


def matters(district, key, day=DAY):
    return {
        (matter.what, matter.detail)
        for section in quality_of([district], day)
        if section.key == key
        for matter in section.matters
    }


def own_series(district, name="Graduation", **about):
    return make_series(make_indicator(name=name, **about), district)


def test_a_window_past_its_day_and_grace_is_overdue_until_the_number_is_known(district):
    series = own_series(district, steward="Director of Research")
    make_window(series.indicator, 2019, date(2020, 1, 16), grace_days=20)
    make_window(series.indicator, 2018, date(2019, 1, 16), not_collected=True, reason="No test")
    assert matters(district, "overdue", date(2020, 2, 5)) == set()
    said = "Class of 2019 was due on January 16, 2020, 21 days ago. Steward: Director of Research."
    assert matters(district, "overdue") == {("Graduation", said)}
    make_observation(series, 2019, 85.3, date(2020, 2, 6))
    assert matters(district, "overdue") == set()
    assert matters(district, "overdue", date(2020, 2, 5)) == set()


def test_the_steward_of_a_late_number_is_named_in_the_readers_language(district):
    make_translation("Director of Research", "Director de Investigación")
    series = own_series(district, steward="Director of Research")
    make_window(series.indicator, 2019, date(2020, 1, 16))
    with translation.override("es"):
        ((_, said),) = matters(district, "overdue")
    assert said.endswith("Responsable de datos: Director de Investigación.")


def test_another_districts_number_does_not_make_ours_arrive(district):
    series, other = own_series(district), make_district()
    make_window(series.indicator, 2019, date(2020, 1, 16))
    make_observation(make_series(series.indicator, other), 2019, 80, date(2020, 1, 16))
    assert len(matters(district, "overdue")) == 1
    assert matters(other, "overdue") == set()


def test_a_series_that_stopped_without_a_calendar_is_named(district):
    old, new, awaited = (own_series(district, name) for name in ("Old", "New", "Awaited"))
    make_observation(old, 2016, 80, date(2017, 1, 20))
    make_observation(new, 2019, 80, date(2020, 1, 20))
    make_observation(awaited, 2016, 80, date(2017, 1, 20))
    make_window(awaited.indicator, 2020, date(2021, 1, 20))
    said = "The last number is of Class of 2016, known since January 20, 2017."
    assert matters(district, "forgotten") == {("Old", said)}
    make_window(old.indicator, 2017, date(2018, 1, 20), not_collected=True, reason="Another test took its place")
    assert matters(district, "forgotten") == set()


def test_an_indicator_that_never_had_a_number_is_named(district):
    own_series(district, "Empty")
    make_observation(own_series(district, "Full"), 2019, 80, date(2020, 1, 20))
    make_indicator(name="Of another district")
    assert matters(district, "empty") == {("Empty", "")}


def test_staff_only_indicators_wait_for_a_first_release(district):
    series = own_series(district, "Draft", is_public=False)
    make_observation(series, 2019, 80, date(2020, 1, 20))
    assert {what for what, _detail in matters(district, "staff-only")} == {"Draft"}
    Indicator.objects.filter(pk=series.indicator_id).update(is_public=True)
    assert matters(district, "staff-only") == set()


def test_an_import_left_open_is_named_until_it_is_settled(district):
    batch = make_batch(district=district, file_name="open.xlsx", new=3)
    make_batch(file_name="elsewhere.xlsx", district=make_district())
    (found,) = matters(district, "open")
    assert found[0] == "open.xlsx" and "new: 3" in found[1]
    batch.state = "applying"
    batch.save()
    (found,) = matters(district, "open")
    assert "did not finish" in found[1]
    batch.state, batch.applied_at = "applied", timezone.now()
    batch.save()
    assert matters(district, "open") == set()


def test_suspicious_values_wait_are_kept_or_are_gone():
    """A value a hundred times too small: waiting in an open import, kept as written, or left out."""
    world = make_world()
    rows = [row("84.1", "2017"), row("84.4", "2018")]
    bring_in(*rows, known_on=date(2019, 1, 16))
    batch = check(row("0.853", "2019"), known_on=date(2020, 1, 16))
    (found,) = matters(world.jeffco, "suspicious")
    assert "waits for a decision" in found[1] and found[0].startswith("file.csv")
    batch.delete()
    bring_in(row("0.853", "2019"), suspicious="keep")
    (found,) = matters(world.jeffco, "suspicious")
    assert "was kept" in found[1]
    bring_in(row("85.3", "2019"), known_on=date(2020, 1, 20), suspicious="keep")
    assert not [said for _place, said in matters(world.jeffco, "suspicious") if "0.853" in said], "it was corrected"


def test_a_suspicious_value_that_was_left_out_needs_no_look():
    world = make_world()
    bring_in(row("84.1", "2017"), row("84.4", "2018"), known_on=date(2019, 1, 16))
    bring_in(row("0.853", "2019"), row("84.5", "2016"), suspicious="leave_out")
    assert ImportFinding.objects.filter(kind="suspicious").exists()
    assert matters(world.jeffco, "suspicious") == set()


def test_a_name_that_nobody_knows_is_listed_until_somebody_names_it(district):
    missing = {"organizations": ["Old Mill"], "groups": ["Newcomers"], "indicators": []}
    make_batch(district=district, file_name="new.xlsx", layout={"missing": missing})
    make_batch(district=district, file_name="old.xlsx", layout={"missing": missing})
    assert matters(district, "unknown") == {
        ("Old Mill", "organization, in old.xlsx"),
        ("Newcomers", "student group, in old.xlsx"),
    }
    school = make_district(name="Mill School")
    school.names.create(name="OLD MILL")
    assert {what for what, _detail in matters(district, "unknown")} == {"Newcomers"}


# The page


def show(client):
    return client.get(reverse("data-quality"))


def test_the_page_lists_each_thing_with_what_to_do(client, district):
    series = own_series(district)
    make_window(series.indicator, 2019, date(2020, 1, 16))
    client.force_login(make_steward(district))
    html = show(client).content.decode()
    assert "2 things need a look" in html
    assert "Class of 2019 was due on January 16, 2020" in html
    assert "Ask the steward of the source for the file" in html
    assert f'href="{reverse("data-quality")}"' in client.get(reverse("import-list")).content.decode()


def test_an_orderly_district_reads_that_nothing_waits(client, district):
    client.force_login(make_steward(district))
    assert "Nothing waits for you" in show(client).content.decode()


def test_the_page_is_for_stewards_of_the_district_alone(client, district):
    """A colleague with another role and a stranger do not learn that there is such a page."""
    own_series(district, "Ours")
    client.force_login(make_steward(district))
    assert "Ours" in show(client).content.decode()
    colleague = make_user()
    grant(colleague.person, Role.BOARD, make_plan(district).scope)
    client.force_login(colleague)
    assert show(client).status_code == 404
    client.force_login(make_user())
    assert show(client).status_code == 404
    client.force_login(make_steward(make_district()))
    assert "Ours" not in show(client).content.decode()
    client.logout()
    assert show(client).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_questions_do_not_grow_with_what_there_is_to_do(client, district, count):
    for place in range(count):
        series = own_series(district, f"Indicator {place}")
        make_window(series.indicator, 2019, date(2020, 1, 16))
        make_observation(own_series(district, f"Old {place}", is_public=False), 2012, 80, date(2017, 1, 20))
        batch = make_batch(district=district, layout={"missing": {"groups": [f"Group {place}"]}})
        ImportFinding.objects.create(batch=batch, kind="suspicious", row=place + 2, message="Looks wrong.")
    client.force_login(make_steward(district))
    show(client)
    with CaptureQueriesContext(connection) as asked:
        assert show(client).status_code == 200
    assert len(asked) == QUERIES
