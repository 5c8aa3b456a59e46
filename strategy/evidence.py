"""Files behind a report: known by their content, stored under a random name, kept while a form comes back."""

import hashlib
import re
import secrets
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import PurePath

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

PDF, PNG, JPEG, TEXT, CSV = "application/pdf", "image/png", "image/jpeg", "text/plain", "text/csv"
OFFICE = "application/vnd.openxmlformats-officedocument."
SIGNATURES = [(b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG)]
OFFICE_PARTS = {
    "word/document.xml": OFFICE + "wordprocessingml.document",
    "xl/workbook.xml": OFFICE + "spreadsheetml.sheet",
    "ppt/presentation.xml": OFFICE + "presentationml.presentation",
}
SUFFIXES = {
    PDF: (".pdf",), PNG: (".png",), JPEG: (".jpg", ".jpeg"), TEXT: (".txt",), CSV: (".csv",),
    OFFICE_PARTS["word/document.xml"]: (".docx",),
    OFFICE_PARTS["xl/workbook.xml"]: (".xlsx",),
    OFFICE_PARTS["ppt/presentation.xml"]: (".pptx",),
}  # fmt: skip
ACCEPT = ",".join(suffix for suffixes in SUFFIXES.values() for suffix in suffixes)
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f]")
PENDING, KEPT_FOR = "evidence-pending", timedelta(days=1)
SALT = "strategy.evidence"


@dataclass(frozen=True)
class KeptFile:
    """An upload that waits in the storage until its form is right; `token` travels in the form in its place."""

    name: str
    title: str
    content_type: str
    size: int
    sha256: str
    token: str

    @contextmanager
    def opened(self):
        """The columns of a row of evidence, with the file open, to be copied under its own random name."""
        with default_storage.open(self.name) as file:
            yield {
                "title": self.title,
                "file": file,
                "content_type": self.content_type,
                "size": self.size,
                "sha256": self.sha256,
            }


def content_type_of(upload):
    """What the bytes say the file is; raises ValidationError with what to do where that is none of the known kinds."""
    upload.seek(0)
    head = upload.read(8192)
    upload.seek(0)
    for signature, content_type in SIGNATURES:
        if head.startswith(signature):
            return content_type
    if head.startswith(b"PK\x03\x04"):
        return _office_type(upload)
    if head and not any(CONTROL.search(chunk) for chunk in upload.chunks()):
        return CSV if upload.name.lower().endswith(".csv") else TEXT
    raise _unknown()


def _unknown():
    kinds = "PDF, PNG, JPEG, DOCX, XLSX, PPTX, TXT, CSV"
    return ValidationError(
        _("This kind of file cannot be kept. Save it as one of these: %(kinds)s.") % {"kinds": kinds}
    )


def _office_type(upload):
    try:
        names = set(zipfile.ZipFile(upload).namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _unknown() from error
    finally:
        upload.seek(0)
    if any(name.endswith("vbaProject.bin") for name in names):
        raise ValidationError(_("This file holds macros. Save it without them and choose it again."))
    for part, content_type in OFFICE_PARTS.items():
        if part in names:
            return content_type
    raise _unknown()


def keep(upload, person):
    """Check an upload and store it for a day, so that no mistake elsewhere in the form loses it."""
    if upload.size > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // (1024 * 1024)
        raise ValidationError(_("The file is larger than %(limit)d MB. Choose a smaller one.") % {"limit": limit})
    content_type = content_type_of(upload)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    _sweep()
    name = default_storage.save(f"{PENDING}/{secrets.token_hex(16)}", upload)
    facts = [name, _title(upload.name, content_type), content_type, upload.size, digest.hexdigest()]
    return KeptFile(*facts, signing.dumps([*facts, person.pk], salt=SALT, compress=True))


def kept(token, person):
    """The file that a token stands for, if this person put it there and it still waits; otherwise None."""
    try:
        *facts, owner = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return None
    if owner != person.pk or not default_storage.exists(facts[0]):
        return None
    return KeptFile(*facts, token)


def forget(file):
    """The file has its own place now."""
    default_storage.delete(file.name)


def _title(name, content_type):
    """The name its owner gave, harmless, and ending in what it is."""
    clean = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]', "_", PurePath(name).name).strip(". ")[-180:] or _("evidence")
    suffixes = SUFFIXES[content_type]
    return clean if clean.lower().endswith(suffixes) else clean + suffixes[0]


def _sweep():
    """Waiting files of forms that never came back."""
    if not default_storage.exists(PENDING):
        return
    for name in default_storage.listdir(PENDING)[1]:
        path = f"{PENDING}/{name}"
        if default_storage.get_modified_time(path) < timezone.now() - KEPT_FOR:
            default_storage.delete(path)
