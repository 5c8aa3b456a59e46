"""How likely a goal is to be met, in the leader's words."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from strategy.answers import Numbered
from strategy.models import Judgement


class JudgementForm(Numbered, forms.ModelForm):
    """One judgment; `number` is the one that it will have, so that the second of two meets the first's."""

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    likelihood = forms.ChoiceField(
        choices=[(key, capfirst(label)) for key, label in Judgement.Likelihood.choices], widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how likely it is.")},
    )  # fmt: skip

    class Meta:
        model = Judgement
        fields = ["likelihood", "reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"reason": gettext_lazy("One or two sentences. Shown in public beside the numbers.")}
        error_messages = {"reason": {"required": gettext_lazy("Write why you think so.")}}

    def __init__(self, card, *args, number, **kwargs):
        self.card, self.next_number = card, number
        super().__init__(*args, initial={"number": number}, auto_id="j-%s", **kwargs)
