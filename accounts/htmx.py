"""The one function that knows htmx."""

from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def page(request, template, context, fragment=None, status=200):
    """The whole page, or one of its partials where htmx asks for a part (a history restore wants the whole)."""
    is_part = fragment and request.htmx and not request.htmx.history_restore_request
    response = render(request, f"{template}#{fragment}" if is_part else template, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response
