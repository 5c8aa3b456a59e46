"""`{{ text|authored }}`: a text of the plan in the reader's language, or marked with the one it is in."""

from django import template
from django.utils.html import conditional_escape, format_html

from accounts.translations import Reader, reader_of

register = template.Library()


@register.simple_tag(takes_context=True)
def authored(context, text):
    """A translated text is plain; one without a translation carries the language it was written in."""
    words, is_translated = reader_for(context).read(str(text or ""))
    return conditional_escape(words) if is_translated else format_html('<span lang="en">{}</span>', words)


@register.simple_tag(takes_context=True)
def authored_plain(context, text):
    """The same for attributes and titles, where no mark-up can stand."""
    return reader_for(context)(str(text or ""))


def reader_for(context):
    """The request's reader, or one of the template's own where there is no request."""
    request = context.get("request")
    return reader_of(request) if request else context.render_context.setdefault("authored_reader", Reader())
