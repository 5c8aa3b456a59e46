"""Long work: it says how far it is, can be stopped, and is found again when its process has ended."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from indicators import actions, tasks
from indicators.actions.progress import LEASE, Cancelled, Progress
from indicators.models import ImportBatch, Observation
from tests.factories import make_user
from tests.indicators.cast import DAY, bring_in, check, long_form, make_steward, row

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("templates_without_sql")]


@pytest.fixture(autouse=True)
def background(monkeypatch):
    monkeypatch.setattr(tasks, "AT_ONCE", 0)  # every file counts as a long one


@pytest.fixture
def world(world, steward):
    world.steward = steward
    return world


def start(world, content, **overrides):
    about = {"known_on": DAY, "by": world.steward.person, "district": world.jeffco, "source": "CDE"} | overrides
    return actions.start_reading(content, "file.csv", **about)


def drop(client, world, content):
    given = {"known_on": "2020-01-16", "source": "CDE", "district": world.jeffco.pk}
    return client.post(reverse("import-new"), {"file": SimpleUploadedFile("big.csv", content), **given})


def fresh(batch):
    return ImportBatch.objects.get(pk=batch.pk)


def test_a_long_file_is_read_by_a_task_and_then_previewed(world, client):
    response = drop(client, world, long_form(row("85.3"), row("84", "2018")))
    batch = ImportBatch.objects.get()
    assert response.url == reverse("import-detail", args=[batch.pk])
    assert (batch.state, batch.new, batch.lease_until) == ("checked", 2, None)
    assert "would add 2 numbers" in client.get(response.url).content.decode()


def test_a_long_file_that_is_no_table_says_so_on_its_page(world, client):
    response = drop(client, world, b"%PDF-1.7 and so on")
    page = client.get(response.url).content.decode()
    assert "The file was not taken" in page and "This is not a table" in page
    client.post(reverse("import-discard", args=[ImportBatch.objects.get().pk]))
    assert ImportBatch.objects.get().state == "discarded"


def test_the_page_of_work_under_way_says_how_far_it_is(world, client):
    batch = start(world, long_form(row("85.3")))
    Progress(batch)("checking", 300, 1200)
    page = client.get(reverse("import-detail", args=[batch.pk])).content.decode()
    assert 'value="25"' in page and "300 of 1200 rows" in page and "Comparing it with what is known" in page
    assert '<noscript><meta http-equiv="refresh"' in page and "Cancel" in page


def test_the_bar_is_asked_for_again_until_the_work_is_done(world, client):
    batch = start(world, long_form(row("85.3")))
    address = reverse("import-progress", args=[batch.pk])
    bar = client.get(address, headers={"HX-Request": "true"})
    assert bar.content.decode().startswith('<div class="col" id="bar"') and "every 1s" in bar.content.decode()
    actions.read_batch(fresh(batch))
    assert client.get(address, headers={"HX-Request": "true"})["HX-Redirect"] == reverse(
        "import-detail", args=[batch.pk]
    )
    assert client.get(address).url == reverse("import-detail", args=[batch.pk])


def test_work_that_somebody_stops_writes_nothing_and_forgets_the_file(world, client):
    batch = start(world, long_form(row("85.3")))
    client.post(reverse("import-cancel", args=[batch.pk]))
    actions.read_batch(fresh(batch))
    batch = fresh(batch)
    assert (batch.state, batch.file.name) == ("discarded", "")
    assert not batch.findings.exists() and not Observation.objects.exists()


def test_the_word_to_stop_is_heard_at_the_next_word_of_progress(world):
    batch = start(world, long_form(row("85.3")))
    progress = Progress(batch)
    progress("reading")
    actions.ask_to_stop(batch)
    with pytest.raises(Cancelled):
        progress("checking", 1, 2)


def test_a_word_of_progress_renews_the_lease(world):
    batch = start(world, long_form(row("85.3")))
    ImportBatch.objects.update(lease_until=timezone.now())
    Progress(batch)("checking")
    assert fresh(batch).lease_until > timezone.now() + LEASE / 2


def test_a_batch_whose_process_ended_is_found_and_read_again(world, client):
    batch = start(world, long_form(row("85.3")))
    ImportBatch.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    page = client.get(reverse("import-detail", args=[batch.pk])).content.decode()
    assert "Nobody is at work on it any more" in page and "every 1s" not in page
    client.post(reverse("import-read", args=[batch.pk]))
    assert fresh(batch).state == "checked"


def test_a_batch_that_is_being_read_is_not_taken_up_a_second_time(world, client):
    batch = start(world, long_form(row("85.3")))
    client.post(reverse("import-read", args=[batch.pk]))
    assert (fresh(batch).state, fresh(batch).step) == ("reading", "waiting")


def test_an_accident_while_reading_is_told_and_can_be_tried_again(world, client):
    batch = start(world, long_form(row("85.3")))
    stored = batch.file.name
    batch.file.storage.delete(stored)
    with pytest.raises(FileNotFoundError):
        actions.read_batch(fresh(batch))
    page = client.get(reverse("import-detail", args=[batch.pk])).content.decode()
    assert "Something went wrong" in page and "Read it again" in page


def test_a_long_difference_is_applied_by_a_task(world, client):
    batch = check(row("85.3"), district=world.jeffco)
    response = client.post(reverse("import-apply", args=[batch.pk]), {"difference_hash": batch.difference_hash})
    assert response.status_code == 302 and fresh(batch).state == "applied"
    assert "One number was written" in client.get(response.url).content.decode()


def test_questions_are_asked_before_a_task_begins(world, client):
    batch = check(row("85.3"), row("x", "2018"), district=world.jeffco)
    response = client.post(reverse("import-apply", args=[batch.pk]), {"difference_hash": batch.difference_hash})
    assert response.status_code == 422 and "Choose to leave them out" in response.content.decode()


def test_a_task_that_finds_other_numbers_says_so_on_the_preview(world, client):
    bring_in(row("80"))
    batch = check(row("85.3"), district=world.jeffco)
    bring_in(row("81"))
    before = client.get(reverse("import-detail", args=[batch.pk])).content.decode()
    assert "Numbers were written since this file was compared" in before
    client.post(reverse("import-apply", args=[batch.pk]), {"difference_hash": batch.difference_hash})
    page = client.get(reverse("import-detail", args=[batch.pk])).content.decode()
    assert "The numbers moved since this preview" in page and "81%" in page
    assert fresh(batch).state == "checked"


@pytest.mark.parametrize("verb", ["progress", "cancel", "read", "findings", "workbook"])
def test_only_stewards_of_the_district_see_or_stop_its_work(world, client, verb):
    batch = start(world, long_form(row("85.3")))
    ask = client.post if verb in ("cancel", "read") else client.get
    address = reverse(f"import-{verb}", args=[batch.pk])
    assert ask(address).status_code in (200, 302)  # the owner
    ImportBatch.objects.update(is_cancelled=False)
    client.force_login(make_steward(world.jeffco))
    assert ask(address).status_code in (200, 302)  # a colleague
    for stranger in (make_steward(world.jcps), make_user()):
        client.force_login(stranger)
        ImportBatch.objects.update(is_cancelled=False)
        assert ask(address).status_code == 404
    assert not fresh(batch).is_cancelled
