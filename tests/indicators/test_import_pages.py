"""The data steward's pages, without JavaScript: drop a file, look, decide, see what it did."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Role
from indicators import actions
from indicators.models import ImportBatch, Observation
from tests.factories import grant, make_user
from tests.indicators.cast import DAY, bring_in, check, long_form, make_steward, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates_without_sql")]


def sign_in(client, *roles, district=None):
    user = make_user()
    for role in roles:
        grant(user.person, role, district.scope)
    client.force_login(user)
    return user


def dropped(*rows, name="graduation 2019.csv", content=None):
    return SimpleUploadedFile(name, long_form(*rows) if content is None else content)


def form(dropped_file, world, **overrides):
    return {"file": dropped_file, "known_on": "2020-01-16", "source": "CDE", "district": world.jeffco.pk, **overrides}


def preview(world, *rows):
    return check(*rows, district=world.jeffco, source="CDE")


def apply(client, batch, **choices):
    given = {"difference_hash": batch.difference_hash, **choices}
    return client.post(reverse("import-apply", args=[batch.pk]), given)


def test_a_dropped_file_leads_to_its_preview_and_changes_nothing(world, steward, client):
    bring_in(row("85.3"))
    response = client.post(
        reverse("import-new"), form(dropped(row("85.9"), row("84", "2018"), row("x", "2017")), world)
    )
    batch = ImportBatch.objects.first()
    assert response.url == reverse("import-detail", args=[batch.pk])
    assert (batch.by, batch.district, batch.known_on, batch.source) == (steward.person, world.jeffco, DAY, "CDE")
    page = client.get(response.url).content.decode()
    assert "The file would change 1 number and add 1 number" in page
    assert "85.3% (n 6,500)" in page and "85.9% (n 6,500)" in page and "Class of 2019" in page
    assert '<span class="cell">E4</span>' in page and "neither a number nor a mark" in page
    assert "Apply 2 changes" in page and "and the others applied" in page
    assert Observation.objects.count() == 1


def test_the_form_asks_again_and_keeps_what_was_typed(world, steward, client):
    response = client.post(reverse("import-new"), form(dropped(content=b"%PDF-1.7"), world, source="State office"))
    page = response.content.decode()
    assert response.status_code == 422
    assert "This is not a table" in page and 'value="State office"' in page
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    ("overrides", "words"),
    [
        ({"file": ""}, "Choose a file."),
        ({"source": ""}, "Write who published these numbers"),
        ({"known_on": "2999-01-01"}, "before they are published"),
        ({"known_on": "soon"}, "valid date"),
        ({"file": SimpleUploadedFile("empty.csv", b"")}, "The file is empty"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_its_field(world, steward, client, overrides, words):
    response = client.post(reverse("import-new"), form(dropped(row("85")), world, **overrides))
    assert response.status_code == 422 and words in response.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_file_over_the_limit_is_not_even_read(world, steward, client, settings):
    settings.UPLOAD_LIMIT = 30
    response = client.post(reverse("import-new"), form(dropped(row("85")), world))
    assert response.status_code == 422 and "larger than" in response.content.decode()


def test_a_steward_cannot_bring_in_another_districts_numbers(world, steward, client):
    response = client.post(reverse("import-new"), form(dropped(row("85")), world, district=world.jcps.pk))
    assert response.status_code == 422 and not ImportBatch.objects.exists()


def test_applying_writes_and_shows_the_result(world, steward, client):
    bring_in(row("85.3"))
    batch = preview(world, row("85.9"), row("84", "2018"))
    response = apply(client, batch)
    assert response.url == reverse("import-detail", args=[batch.pk])
    page = client.get(response.url).content.decode()
    assert "2 numbers were written" in page and "file.csv" in page and batch.sha256[:12] in page
    assert "85.3% (n 6,500)" in page and "85.9% (n 6,500)" in page
    assert str(steward.person) in page
    assert Observation.objects.current().get(period=2019).value == Decimal("85.9")


def test_nothing_applies_before_somebody_chose_what_becomes_of_refused_rows(world, steward, client):
    batch = preview(world, row("85.9"), row("x", "2018"))
    response = apply(client, batch)
    assert response.status_code == 422 and "Choose to leave them out" in response.content.decode()
    assert not Observation.objects.exists()
    assert apply(client, batch, skip_refused="1").status_code == 302
    page = client.get(reverse("import-detail", args=[batch.pk])).content.decode()
    assert "One number was written" in page and "neither a number nor a mark" in page


def test_nothing_applies_before_somebody_looked_at_suspicious_values(world, steward, client):
    bring_in(row("85.3"))
    batch = preview(world, row("0.859"), row("84", "2018"))
    page = client.get(reverse("import-detail", args=[batch.pk])).content.decode()
    assert "One value looks wrong" in page and "hundred times" in page
    assert apply(client, batch).status_code == 422
    assert apply(client, batch, suspicious="leave_out").status_code == 302
    assert Observation.objects.current().get(period=2019).value == Decimal("85.3")


def test_when_the_numbers_moved_the_new_difference_is_shown_and_nothing_written(world, steward, client):
    batch = preview(world, row("85.9"))
    bring_in(row("85.0"))
    response = apply(client, batch)
    page = response.content.decode()
    assert response.status_code == 409
    assert "The numbers moved since this preview" in page and "85% (n 6,500)" in page
    assert Observation.objects.current().get().value == Decimal("85.0")
    batch.refresh_from_db()
    assert batch.difference_hash in page
    assert apply(client, batch).status_code == 302


def test_the_preview_always_shows_the_difference_of_now(world, steward, client):
    batch = preview(world, row("85.9"))
    bring_in(row("85.9"))
    page = client.get(reverse("import-detail", args=[batch.pk])).content.decode()
    assert "The file would change nothing" in page and 'id="apply"' not in page


def test_discarding_forgets_the_file(world, steward, client):
    batch = preview(world, row("85.9"))
    response = client.post(reverse("import-discard", args=[batch.pk]))
    assert response.url == reverse("import-list")
    assert "was discarded" in client.get(response.url).content.decode()
    assert client.get(reverse("import-detail", args=[batch.pk])).status_code == 404
    assert apply(client, batch).status_code == 302
    assert not Observation.objects.exists()


def test_a_second_click_on_apply_does_no_harm(world, steward, client):
    batch = preview(world, row("85.9"))
    apply(client, batch)
    page = client.get(apply(client, batch).url).content.decode()
    assert "no longer open" in page and Observation.objects.count() == 1


def test_only_the_first_differences_stand_on_the_preview_and_all_on_their_pages(world, steward, client):
    rows = [row("50", str(1900 + year), organization=place) for year in range(110) for place in ("CO:1420", "CO:0108")]
    batch = preview(world, *rows)
    page = client.get(reverse("import-detail", args=[batch.pk])).content.decode()
    assert page.count("<tr><td>") == 200 and "All 220 differences" in page
    address = reverse("import-differences", args=[batch.pk])
    assert client.get(address).content.decode().count("<tr><td>") == 200
    assert client.get(address, {"page": 2}).content.decode().count("<tr><td>") == 20


ADDRESSES = [
    ("get", "import-list"), ("get", "import-new"), ("get", "import-detail"), ("get", "import-differences"),
    ("post", "import-apply"), ("post", "import-discard"),
]  # fmt: skip


def visit(client, method, name, batch):
    arguments = [] if name in ("import-list", "import-new") else [batch.pk]
    return getattr(client, method)(reverse(name, args=arguments))


@pytest.mark.parametrize(("method", "name"), ADDRESSES)
def test_nobody_sees_imports_without_signing_in(world, client, method, name):
    response = visit(client, method, name, preview(world, row("71.717")))
    if method == "get":
        assert response.status_code == 302 and reverse("account_login") in response.url
    else:
        assert response.status_code == 401 and b"71.717" not in response.content
        assert ImportBatch.objects.get().state == "checked"


@pytest.mark.parametrize(("method", "name"), ADDRESSES)
def test_a_colleague_without_the_role_is_refused(world, client, method, name):
    sign_in(client, Role.BOARD, Role.ADMINISTRATOR, district=world.jeffco)
    response = visit(client, method, name, preview(world, row("71.717")))
    assert response.status_code == (403 if name in ("import-list", "import-new") else 404)
    assert b"71.717" not in response.content
    assert ImportBatch.objects.get().state == "checked"


@pytest.mark.parametrize(("method", "name"), ADDRESSES[2:])
def test_a_steward_of_another_district_is_a_stranger(world, client, method, name):
    client.force_login(make_steward(world.jcps))
    response = visit(client, method, name, preview(world, row("71.717")))
    assert response.status_code == 404 and b"71.717" not in response.content
    assert ImportBatch.objects.get().state == "checked"


def test_a_steward_of_two_districts_chooses_one(world, steward, client):
    grant(steward.person, Role.STEWARD, world.jcps.scope)
    page = client.get(reverse("import-new")).content.decode()
    assert page.count("<option") == 2
    client.post(reverse("import-new"), form(dropped(row("85", organization="KY:275")), world, district=world.jcps.pk))
    assert ImportBatch.objects.get().district == world.jcps
    assert world.jcps.name in client.get(reverse("import-list")).content.decode()


def test_a_stranger_does_not_find_the_file_in_the_list(world, client):
    preview(world, row("85"))
    client.force_login(make_steward(world.jcps))
    page = client.get(reverse("import-list")).content.decode()
    assert "file.csv" not in page and "No file has been brought in yet" in page


def test_a_steward_whose_term_ended_is_refused(world, client):
    user = make_user()
    grant(user.person, Role.STEWARD, world.jeffco.scope, until=date(2018, 6, 30))
    client.force_login(user)
    assert client.get(reverse("import-list")).status_code == 403


@pytest.mark.parametrize("name", ["import-list", "import-detail"])
def test_addresses_that_write_accept_only_what_they_should(world, steward, client, name):
    batch = preview(world, row("85"))
    assert visit(client, "post", name, batch).status_code == 405
    assert visit(client, "get", "import-apply", batch).status_code == 405


def statements(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_list_does_not_grow_in_queries(world, steward, client):
    asked = set()
    for size in (1, 3, 50):
        ImportBatch.objects.all().delete()
        ImportBatch.objects.bulk_create(
            ImportBatch(district=world.jeffco, by=steward.person, file_name="x.csv", sha256="0" * 64, known_on=DAY)
            for _ in range(size)
        )
        asked.add(statements(client, reverse("import-list")))
    assert len(asked) == 1 and asked.pop() < 15


def test_the_preview_and_the_result_do_not_grow_in_queries(world, steward, client):
    previews, results = set(), set()
    for size in (1, 3, 50):
        batch = preview(world, *[row(str(size), str(1950 + number), organization="CO:0108") for number in range(size)])
        address = reverse("import-detail", args=[batch.pk])
        previews.add(statements(client, address))
        apply(client, batch)
        results.add(statements(client, address))
    assert len(previews) == 1 and previews.pop() < 22
    assert len(results) == 1 and results.pop() < 15


@pytest.mark.parametrize("fragment", ["indicators/import_list.html#batches", "indicators/import_detail.html#sum"])
def test_each_partial_stands_alone(fragment):
    from django.core.paginator import Paginator
    from django.template.loader import render_to_string

    context = {"counts": dict.fromkeys(("new", "changed", "unchanged", "suspicious", "refused"), 3)}
    assert render_to_string(fragment, {**context, "page": Paginator([], 5).get_page(1)})


def test_the_pages_speak_spanish_dates_and_hold_no_inline_style_or_script(world, steward, client):
    batch = preview(world, row("85.9"), row("x", "2018"))
    with override("es"):
        addresses = [reverse("import-list"), reverse("import-new"), reverse("import-detail", args=[batch.pk])]
    for address in addresses:
        page = client.get(address).content.decode()
        assert 'lang="es"' in page
        assert "style=" not in page and "onclick" not in page and "<style" not in page


def test_an_uploaded_file_is_never_served(world, steward, client):
    batch = preview(world, row("85.9"))
    for address in (f"/media/{batch.file.name}", f"/{batch.file.name}", f"/static/{batch.file.name}"):
        assert client.get(address).status_code == 404


def test_importing_an_applied_file_again_is_noticed_on_the_preview(world, steward, client):
    actions.apply_batch(first := preview(world, row("85.9")), None, first.difference_hash)
    batch = preview(world, row("85.9"))
    assert "applied before" in client.get(reverse("import-detail", args=[batch.pk])).content.decode()
