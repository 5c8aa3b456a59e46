"""`{{ text|authored }}`: a text of the plan in the reader's language, or marked with the one it is in."""

from django import template
from django.utils.html import conditional_escape, format_html

from accounts.translations import Reader

register = template.Library()


@register.simple_tag(takes_context=True)
def authored(context, text):
    """A translated text is plain; one without a translation carries the language it was written in."""
    words, is_translated = reader_of(context).read(str(text or ""))
    return conditional_escape(words) if is_translated else format_html('<span lang="en">{}</span>', words)


@register.simple_tag(takes_context=True)
def authored_plain(context, text):
    """The same for attributes and titles, where no mark-up can stand."""
    return reader_of(context)(str(text or ""))


def reader_of(context):
    """The request's reader; its translations are read when the first text is asked for."""
    request = context.get("request")
    if request is None:
        return context.render_context.setdefault("authored_reader", Reader())
    if not hasattr(request, "authored_reader"):
        request.authored_reader = Reader()
    return request.authored_reader
