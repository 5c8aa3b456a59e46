"""Looking back: at a declaration on its day of review; at a finished milestone, whether it moved what it should."""

from django import forms
from django.utils.translation import gettext_lazy

from strategy.answers import OUT_OF_DATE, Numbered, calendar_day, day_ahead, text_area
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

    words = text_area(
        gettext_lazy("Write what you found."),
        max_length=400,
        label=gettext_lazy("What did you find?"),
        help_text=gettext_lazy("One sentence or two. Shown in public."),
    )
    next_on = calendar_day(label=gettext_lazy("Look at it again on"))

    def clean_next_on(self):
        return day_ahead(self.cleaned_data["next_on"], self.day)


class FollowUpForm(LookingBack):
    """After completion: did what it should move, move?"""

    answer = forms.ChoiceField(
        choices=MilestoneFollowUp.Answer.choices,
        widget=forms.RadioSelect,
        label=gettext_lazy("Your answer"),
        error_messages={"required": gettext_lazy("Choose an answer.")},
    )
    words = text_area(
        gettext_lazy("Write what you see, in a sentence."),
        max_length=400,
        label=gettext_lazy("What do you see?"),
        help_text=gettext_lazy("One sentence or two. Shown in public."),
    )
