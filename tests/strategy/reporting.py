"""How a test reports on a milestone, and reads what came of it."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse


def answer(milestone, **changes):
    """What the form sends when nothing is changed but these."""
    number = milestone.updates.order_by("-number").first().number
    return {"number": number + 1, "seen": number, "state": "on_time", "percent": "70", "note": "Twelve."} | changes


def address(milestone):
    return reverse("milestone-update", args=[milestone.pk])


def last(milestone):
    return milestone.updates.order_by("-number").first()


def pdf(name="list.pdf", content=b"%PDF-1.7 names"):
    return SimpleUploadedFile(name, content, "application/pdf")


def fetch(client, url):
    """A download, read to its end."""
    response = client.get(url)
    response.body = b"".join(response.streaming_content) if response.streaming else response.content
    return response
