"""Signed out while writing: an answer that keeps what was sent, where the redirect to the sign-in form would drop it.

A page that asks by htmx stays as it stands and says above it what happened; a form sent as a whole comes back as a page
with the texts that were written, to be copied.
"""

from http import HTTPStatus

from django.conf import settings
from django.shortcuts import render, resolve_url

from accounts.htmx import page

FOUND = {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}


def keep_what_was_written(get_response):
    """Middleware, inside the session, language and htmx middlewares."""

    def answer(request):
        response = get_response(request)
        if not _asks_to_sign_in(response) or not (request.htmx or request.method == "POST"):
            return response
        return _above_the_page(request) if request.htmx else _as_a_page(request)

    return answer


def _asks_to_sign_in(response):
    return response.status_code in FOUND and response["Location"].split("?")[0] == resolve_url(settings.LOGIN_URL)


def _above_the_page(request):
    context = {"back": request.htmx.current_url_abs_path or "/"}
    response = page(request, "account/signed_out.html", context, "note", status=HTTPStatus.UNAUTHORIZED)
    response["HX-Retarget"], response["HX-Reswap"] = "#signed-out", "innerHTML show:window:top"
    return response


def _as_a_page(request):
    context = {"back": request.get_full_path(), "written": _texts(request.POST)}
    return render(request, "account/signed_out.html", context, status=HTTPStatus.UNAUTHORIZED)


def _texts(sent):
    """What a person wrote: every answer of more than one word."""
    return [text for _name, texts in sent.lists() for text in texts if len(text.split()) > 1]
