"""Stored files leave as attachments, never as pages of ours."""

from django.http import FileResponse, Http404


def attachment_or_404(file, name, content_type="application/octet-stream"):
    """A stored file to save under a name; 404 where there is none, or where its content is gone from the disk."""
    if not file:
        raise Http404
    try:
        content = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(content, as_attachment=True, filename=name, content_type=content_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
