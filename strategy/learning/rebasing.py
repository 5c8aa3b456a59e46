"""Beginning a new phase of a run chart, and taking it back: by a person, with a reason."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.labels import period_label
from strategy.answers import Answers


class RebaseForm(Answers, forms.Form):
    """The first reading of the new phase, and why what follows is not the old process any more."""

    period = forms.TypedChoiceField(
        coerce=int, error_messages={"required": gettext_lazy("Choose the first reading of the new phase.")}
    )
    text = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write what changed. It stands in public under the chart.")},
    )

    def __init__(self, card, *args, **kwargs):
        super().__init__(*args, auto_id="rebase-%s", **kwargs)
        begun = set() if self.is_bound else {note.period for note in card.rebases}  # a race is told with its reason
        readings = [point.reading.period for point in card.shown[1:] if point.reading.period.number not in begun]
        choices = [(period.number, period_label(period)) for period in reversed(readings)]
        self.fields["period"].choices = [("", _("Choose")), *choices]
        self.can_begin = bool(choices)


class TakeBackForm(Answers, forms.Form):
    """Why a new phase is taken back."""

    reason = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write why it is taken back. Both reasons stay readable.")},
    )

    def __init__(self, note, *args, **kwargs):
        self.note = note
        super().__init__(*args, auto_id=f"back{note.pk}-%s", **kwargs)
