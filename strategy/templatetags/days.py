"""Days as they are written in sentences."""

from django import template

from indicators.labels import day_label
from strategy.due_dates import short_label

register = template.Library()
register.filter("day", day_label)
register.filter("short_day", short_label)
