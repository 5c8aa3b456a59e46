"""Milestone words as chips, with shapes of their own."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from indicators.charts.marks import status_class, status_mark
from strategy.milestones import MilestoneWord

register = template.Library()

LABELS = {
    MilestoneWord.DONE: _("Done"),
    MilestoneWord.DONE_LATE: _("Done late"),
    MilestoneWord.ON_TIME: _("On time"),
    MilestoneWord.DUE_SOON: _("Due soon"),
    MilestoneWord.OVERDUE: _("Overdue"),
    MilestoneWord.BLOCKED: _("Blocked"),
    MilestoneWord.NOT_STARTED: _("Not started"),
}


@register.simple_tag
def milestone_chip(word, label=None):
    word = MilestoneWord(word)
    return format_html(
        '<span class="st {}">{}{}</span>',
        status_class(word),
        mark_safe(status_mark(word)),  # noqa: S308 our own drawing
        label or LABELS[word],
    )
