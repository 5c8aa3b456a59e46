"""The administrator's tables go in and out of spreadsheets; facts are only looked at."""

import csv
import io

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from indicators.models import Indicator, Observation, Organization, Publication
from tests.factories import make_observation, make_series, make_user
from tests.indicators.cast import bring_in, row

pytestmark = pytest.mark.django_db
TABLES = ["organization", "studentgroup", "indicator", "series", "observation"]


@pytest.fixture
def world(client, world):
    user = make_user(is_staff=True, is_superuser=True)
    client.force_login(user)
    bring_in(row("85.3"))
    return world


def address(table, verb):
    return reverse(f"admin:indicators_{table}_{verb}")


@pytest.mark.parametrize("table", [*TABLES, "annotation", "dimension", "category", "importbatch"])
def test_every_list_opens_without_inline_style_or_script(world, client, table):
    page = client.get(address(table, "changelist")).content.decode()
    assert "onclick" not in page and "onchange" not in page and "<style" not in page


@pytest.mark.parametrize("table", TABLES)
def test_every_main_table_is_exported_at_once(world, client, table):
    response = client.get(address(table, "export"))
    assert response.status_code == 200 and response["Content-Type"] == "text/csv"
    assert len(list(csv.DictReader(io.StringIO(response.content.decode())))) >= 1


@pytest.mark.parametrize("table", ["organization", "studentgroup", "indicator", "series"])
def test_what_was_exported_comes_back_in(world, client, table):
    content = client.get(address(table, "export")).content
    file = SimpleUploadedFile("table.csv", content)
    response = client.post(address(table, "import"), {"import_file": file, "format": 0, "resource": 0})
    page = response.content.decode()
    assert response.status_code == 200 and 'name="import_file_name"' in page, page[-3000:]
    assert "style=" not in page.split("<main")[-1]
    confirmed = {name: value for name, value in response.context["confirm_form"].initial.items() if value is not None}
    assert client.post(address(table, "process_import"), confirmed).status_code == 302


def test_an_edited_name_comes_in_through_the_spreadsheet(world, client):
    content = client.get(address("organization", "export")).content.replace(b"Alameda International", b"Alameda Jr/Sr")
    file = SimpleUploadedFile("table.csv", content)
    response = client.post(address("organization", "import"), {"import_file": file, "format": 0, "resource": 0})
    confirmed = {name: value for name, value in response.context["confirm_form"].initial.items() if value is not None}
    client.post(address("organization", "process_import"), confirmed)
    alameda = Organization.objects.get(code="0108")
    assert alameda.name == "Alameda Jr/Sr" and alameda.parent == world.jeffco
    assert alameda.history.count() == 2


def test_exported_texts_are_no_formulas(world, client):
    Indicator.objects.filter(code="seats").update(name="=1+1")
    assert b",'=1+1," in client.get(address("indicator", "export")).content


def test_observations_come_in_by_the_import_page_only(world, client):
    assert client.get(address("observation", "import")).url == reverse("import-new")
    observation = Observation.objects.get()
    assert client.get(address("observation", "add")).status_code == 403
    assert client.post(reverse("admin:indicators_observation_delete", args=[observation.pk])).status_code == 403
    page = client.get(reverse("admin:indicators_observation_change", args=[observation.pk])).content.decode()
    assert 'name="_save"' not in page
    assert client.post(address("observation", "process_import")).url == reverse("import-new")


@pytest.mark.parametrize("table", TABLES)
def test_a_spreadsheet_opens_no_door_that_the_page_keeps_shut(world, client, table):
    """Who may enter the administration but holds no right there neither reads a table out nor writes it over."""
    user = make_user(is_staff=True)
    client.force_login(user)
    assert client.get(address(table, "export")).status_code == 403
    if table != "observation":
        assert client.get(address(table, "import")).status_code == 403
        assert client.post(address(table, "process_import"), {}).status_code == 403
    user.user_permissions.add(Permission.objects.get(codename=f"view_{table}"))
    assert client.get(address(table, "export")).status_code == 200


def test_a_larger_smallest_group_hides_what_was_shown_before(world, client):
    """Through the spreadsheet, and through the page."""
    series = make_series(world.graduation, world.alameda)
    make_observation(series, 2019, "85.3", n=18)
    reason = lambda: Publication.objects.get(observation__series=series).reason  # noqa: E731
    assert reason() == ""
    content = client.get(address("indicator", "export")).content.replace(b",16,", b",20,")
    response = client.post(
        address("indicator", "import"),
        {"import_file": SimpleUploadedFile("t.csv", content), "format": 0, "resource": 0},
    )
    confirmed = {name: value for name, value in response.context["confirm_form"].initial.items() if value is not None}
    client.post(address("indicator", "process_import"), confirmed)
    assert reason() == "small_group"
    page = reverse("admin:indicators_indicator_change", args=[world.graduation.pk])
    typed = {k: v for k, v in client.get(page).context["adminform"].form.initial.items() if v is not None}
    inline = {"windows-TOTAL_FORMS": 0, "windows-INITIAL_FORMS": 0}
    assert client.post(page, typed | inline | {"minimum_n": 17}).status_code == 302
    assert reason() == ""


def test_the_administration_is_entered_through_the_one_door(client):
    response = client.get(reverse("admin:login"), {"next": "/admin/"})
    assert response.status_code == 302 and response.url.startswith(reverse("account_login"))
    client.force_login(make_user())
    assert client.get(reverse("admin:login")).status_code == 403
