"""Words of status as chips: word, shape, color, in that order."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from indicators.charts.marks import status_class as css_class
from indicators.charts.marks import status_mark
from indicators.explanations import word_label
from indicators.words import roll_up

register = template.Library()


@register.simple_tag
def status_chip(word, label=None, size=""):
    """One chip; `label` replaces the word where the sentence needs another, never the shape."""
    return format_html(
        '<span class="st {}{}">{}{}</span>',
        css_class(word),
        " st--big" if size == "big" else "",
        mark_safe(status_mark(word)),  # noqa: S308 our own drawing
        label or word_label(word),
    )


@register.simple_tag
def status_class(word):
    return css_class(word)


@register.simple_tag
def status_tally(words):
    """How many in each word, worst first: never an average."""
    counts = roll_up(words).counts
    chips = ((status_chip(word, f"{count} {word_label(word).lower()}"),) for word, count in counts.items())
    return format_html('<p class="tally">{}</p>', format_html_join("", "{}", chips))
