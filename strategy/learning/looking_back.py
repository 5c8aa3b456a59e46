"""Looking back: at a declaration on its day of review; at a finished milestone, whether it moved what it should."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.labels import day_label
from strategy.answers import OUT_OF_DATE, Numbered, calendar_day, text_area
from strategy.models import MilestoneFollowUp


class LookingBack(Numbered, forms.Form):
    """What was found on a day, after the `last` answers of its kind."""

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput, error_messages={"required": OUT_OF_DATE})

    def __init__(self, last, day, *args, **kwargs):
        self.last, self.day, self.next_number = last, day, last + 1
        super().__init__(*args, initial={"number": self.next_number}, **kwargs)

    def again(self):
        """The same answers under the next number."""
        data = self.data.copy()
        data["number"] = str(self.next_number)
        return type(self)(self.last, self.day, data, auto_id=self.auto_id)


class ReviewForm(LookingBack):
    """A declaration is kept: what was found, and when to look again."""

    words = text_area(gettext_lazy("Write what you found."), max_length=400, label=gettext_lazy("What did you find?"))
    next_on = calendar_day(label=gettext_lazy("Look at it again on"))

    def clean_next_on(self):
        next_on = self.cleaned_data["next_on"]
        if next_on <= self.day:
            raise ValidationError(_("Choose a day after today, %(day)s.") % {"day": day_label(self.day)})
        if (next_on - self.day).days > 3653:
            raise ValidationError(_("That day lies too far ahead. Check the year."))
        return next_on


class FollowUpForm(LookingBack):
    """After completion: did what it should move, move?"""

    answer = forms.ChoiceField(
        choices=MilestoneFollowUp.Answer.choices,
        widget=forms.RadioSelect,
        label=gettext_lazy("Did what it should move, move?"),
        error_messages={"required": gettext_lazy("Choose an answer.")},
    )
    words = text_area(
        gettext_lazy("Write what you see, in a sentence."),
        max_length=400,
        label=gettext_lazy("What do you see?"),
        help_text=gettext_lazy("One sentence or two. Shown in public."),
    )
