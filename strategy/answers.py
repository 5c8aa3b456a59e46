"""What the forms of a team's own pages share: errors as links to their fields, numbers and days in plain words."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from indicators.labels import day_label
from strategy.due_dates import number_word

WHOLE = gettext_lazy("Write a whole number.")
NO_DAY = gettext_lazy("Choose a day.")
DATE = gettext_lazy("Write the date as year-month-day, such as 2020-06-30.")
OUT_OF_DATE = gettext_lazy("This page is out of date. Open it again; copy what you wrote first.")
TEN_YEARS = 3653  # days


class Answers:
    """Errors as a list of links to their fields, in the order of the page, which is that of the form's fields."""

    @property
    def problems(self):
        return [("", message) for message in self.non_field_errors()] + self.problems_of(self.fields)

    def problems_of(self, names):
        """The first error of each of these fields with the field's id."""
        return [(self._place(name), self.errors[name][0]) for name in names if name in self.errors]

    @property
    def problems_title(self):
        count = len(self.problems)
        title = ngettext("One answer needs another look", "%(number)s answers need another look", count)
        return capfirst(title % {"number": number_word(count)})

    def _place(self, name):
        """The id to which a link leads; none where nobody sees the field."""
        if self[name].is_hidden:
            return ""
        is_radio = isinstance(self.fields[name].widget, forms.RadioSelect)
        return f"{self[name].auto_id}_0" if is_radio else self[name].auto_id


class Numbered(Answers):
    """An answer that is appended under the number that its author was shown; `next_number` is the one after the last.

    The second of two who answer at once brings a number that the first has taken, and is told.
    """

    def clean_number(self):
        """Numbers leave no gap: the next one, or one that another answer has taken meanwhile."""
        number = self.cleaned_data["number"]
        if number > self.next_number:
            raise ValidationError(OUT_OF_DATE)
        return number


def whole_number(required, **options):
    """A count; `required` is what to say where it is empty."""
    messages = {"invalid": WHOLE, "min_value": WHOLE, "required": required}
    widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "w-4", "autocomplete": "off"})
    return forms.IntegerField(widget=widget, error_messages=messages, **options)


def calendar_day(**options):
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w-8"})
    return forms.DateField(widget=widget, error_messages={"invalid": DATE, "required": NO_DAY}, **options)


def day_ahead(chosen, day, farthest=TEN_YEARS):
    """The chosen day, if it lies after `day` and at most `farthest` days ahead."""
    if chosen <= day:
        raise ValidationError(_("Choose a day after today, %(day)s.") % {"day": day_label(day)})
    if (chosen - day).days > farthest:
        raise ValidationError(_("That day lies too far ahead. Check the year."))
    return chosen


def text_area(required, *, rows=2, **options):
    """A text of a sentence or more; `required` is what to say where it is empty."""
    return forms.CharField(
        widget=forms.Textarea(attrs={"rows": rows}), error_messages={"required": required}, **options
    )


def offer(field, rows, label, empty=None):
    """Fill a choice of rows now: a template may not ask the database. `label` names a row in the reader's language."""
    field.queryset = rows
    field.label_from_instance = label
    field.empty_label = empty
    field.choices = list(field.choices)
