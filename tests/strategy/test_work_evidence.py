"""Files behind a report: what may be kept, and who may see it."""

import io
import os
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts.models import Role
from strategy import evidence
from strategy.models import Evidence, TeamMember
from tests.factories import START, grant, make_person, make_user
from tests.strategy.reporting import address, answer, fetch, last, pdf

pytestmark = pytest.mark.django_db


def send(client, user, milestone, **changes):
    client.force_login(user)
    response = client.post(address(milestone), answer(milestone, **changes))
    assert response.status_code == 302
    return last(milestone).evidence.first()


def test_a_file_is_stored_under_a_random_name_and_known_by_its_content(client, ana, milestone):
    piece = send(client, ana, milestone, evidence_file=pdf("../Maria's <grades>.exe"))
    assert piece.content_type == "application/pdf" and piece.size == 14 and len(piece.sha256) == 64
    assert "Maria" not in piece.file.name and piece.title == "Maria's _grades_.exe.pdf"
    response = fetch(client, reverse("evidence", args=[piece.pk]))
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff" and response["Content-Type"] == "application/pdf"
    assert response.body == b"%PDF-1.7 names"


def test_only_who_works_on_it_sees_it(client, ana, ben, cleo, plan, milestone):
    piece = send(client, ana, milestone, evidence_file=pdf())
    sponsor = make_user()
    grant(sponsor.person, Role.SPONSOR, plan.scope)
    url, found = reverse("evidence", args=[piece.pk]), {}
    for name, user in {"ana": ana, "ben": ben, "cleo": cleo, "sponsor": sponsor}.items():
        client.force_login(user)
        found[name] = fetch(client, url).status_code
    client.logout()
    found["anybody"] = fetch(client, url).status_code
    assert found == {"ana": 200, "ben": 404, "cleo": 404, "sponsor": 200, "anybody": 404}


def test_it_is_public_only_if_its_author_ticked_both_boxes(client, ana, milestone):
    both = {"is_public": "on", "no_student_recognizable": "on"}
    piece = send(client, ana, milestone, evidence_file=pdf(), **both)
    client.logout()
    assert fetch(client, reverse("evidence", args=[piece.pk])).status_code == 200


def test_a_file_that_is_gone_from_the_disk_is_not_found(client, ana, milestone):
    piece = send(client, ana, milestone, evidence_file=pdf())
    default_storage.delete(piece.file.name)
    assert fetch(client, reverse("evidence", args=[piece.pk])).status_code == 404


def test_a_link_and_a_file_stand_beside_each_other(client, ana, milestone):
    send(client, ana, milestone, evidence_file=pdf(), evidence_link="https://example.org/list")
    assert last(milestone).evidence.count() == 2
    link = last(milestone).evidence.get(file="")
    assert client.get(reverse("evidence", args=[link.pk])).status_code == 404


REFUSED = [
    (b"MZ\x90\x00\x03\x00", "This kind of file cannot be kept."),
    (b"PK\x03\x04 and nothing", "This kind of file cannot be kept."),
    (b"", "This kind of file cannot be kept."),
    (b"%PDF-" + b"x" * 3000, "The file is larger than"),
]


@pytest.mark.parametrize(("content", "words"), REFUSED)
def test_what_cannot_be_kept_is_refused_with_what_to_do(client, ana, milestone, settings, content, words):
    settings.UPLOAD_LIMIT = 2048
    client.force_login(ana)
    response = client.post(address(milestone), answer(milestone, evidence_file=pdf(content=content)))
    assert response.status_code == 422 and words in response.content.decode()
    assert not Evidence.objects.exists()


def test_a_kept_file_is_its_owners_alone(client, ana, tactic, milestone):
    dan = make_user()
    TeamMember.objects.create(tactic=tactic, person=dan.person, role="member", since=START)
    client.force_login(ana)
    wrong = answer(milestone, percent="x", evidence_file=pdf())
    token = client.post(address(milestone), wrong).content.decode().split('name="kept" value="')[1].split('"')[0]
    client.force_login(dan)
    client.post(address(milestone), answer(milestone, kept=token))
    assert not Evidence.objects.exists()
    client.force_login(ana)
    client.post(address(milestone), answer(milestone, kept=token))
    assert Evidence.objects.get().update.author == ana.person


def office(*parts):
    """A zipped document with these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return file.getvalue()


KEPT = [
    ("photo.jpeg", b"\xff\xd8\xff\xe0 rest", "image/jpeg", "photo.jpeg"),
    ("chart", b"\x89PNG\r\n\x1a\n rest", "image/png", "chart.png"),
    ("plan.docx", office("word/document.xml"), evidence.OFFICE + "wordprocessingml.document", "plan.docx"),
    ("list.xlsx", office("xl/workbook.xml"), evidence.OFFICE + "spreadsheetml.sheet", "list.xlsx"),
    ("talk.pptx", office("ppt/presentation.xml"), evidence.OFFICE + "presentationml.presentation", "talk.pptx"),
    ("list.csv", b"school,teams\nArvada,1\n", "text/csv", "list.csv"),
    ("page.html", b"<script>alert(1)</script>", "text/plain", "page.html.txt"),
]


@pytest.mark.parametrize(("name", "content", "content_type", "title"), KEPT)
def test_a_file_is_what_its_bytes_say(name, content, content_type, title):
    file = evidence.keep(pdf(name, content), make_person())
    assert (file.content_type, file.title) == (content_type, title)


def test_a_file_with_macros_is_refused():
    with pytest.raises(ValidationError, match="macros"):
        evidence.keep(pdf("list.xlsm", office("xl/workbook.xml", "xl/vbaProject.bin")), make_person())


def test_a_file_whose_form_never_came_back_is_swept_away():
    first = evidence.keep(pdf(), make_person())
    os.utime(default_storage.path(first.name), (0, 0))
    evidence.keep(pdf(), make_person())
    assert not default_storage.exists(first.name)
