"""Words of status as chips: word, shape, color, in that order."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from indicators.charts.marks import status_class as css_class
from indicators.charts.marks import status_mark
from indicators.explanations import word_label
from indicators.words import roll_up

register = template.Library()
SCHOOL_YEAR = re.compile(r"(\d{4}–\d{2})(?!\d)")


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


@register.filter
def unbroken(text):
    """A finding as a heading: a school year such as 2018–19 is never torn at its dash."""
    parts = SCHOOL_YEAR.split(str(text))  # every second part is a year
    spans = (format_html('<span class="nw">{}</span>', part) if place % 2 else part for place, part in enumerate(parts))
    return format_html_join("", "{}", ((span,) for span in spans))


@register.simple_tag
def status_class(word):
    return css_class(word)


@register.simple_tag
def status_tally(words):
    """How many in each word, worst first: never an average."""
    counts = roll_up(words).counts
    chips = ((status_chip(word, f"{count} {word_label(word).lower()}"),) for word, count in counts.items())
    return format_html('<p class="tally">{}</p>', format_html_join("", "{}", chips))
