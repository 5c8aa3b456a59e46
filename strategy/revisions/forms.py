"""A proposal of another promise, from what a leader types to a revision that could be judged; and its settling."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.trajectory import Shape
from strategy.answers import DATE, Numbered
from strategy.models import GoalRevision
from strategy.revisions import paths
from strategy.revisions.differences import SENTENCES
from strategy.revisions.measures import FIELDS as MEASURE
from strategy.revisions.waypoints import RISERS, amount, rows_in, rows_of, signature, typed

Kind = GoalRevision.Kind
NUMBER = gettext_lazy("Write a number, such as 86.1.")
KINDS = {
    Kind.PATH: gettext_lazy("A path to a target"),
    Kind.AWAITING: gettext_lazy("Wait for a baseline until a set day"),
    Kind.WITHDRAWN: gettext_lazy("Withdraw the goal"),
}
SHAPES = {
    Shape.STRAIGHT: gettext_lazy("Straight, the same amount each period"),
    Shape.STEPS: gettext_lazy("In steps, level between them"),
    Shape.SLOW_START: gettext_lazy("Slow start, faster later"),
    Shape.FAST_START: gettext_lazy("Fast start, slower later"),
    Shape.COMPOUNDING: gettext_lazy("Compounding, the same percentage each period"),
    Shape.BY_HAND: gettext_lazy("By hand, point by point"),
}
WORDS = (*SENTENCES, "reason_code", "reason")
PATH = ("baseline_period", "baseline_value", "target_period", "target_value", "target_low", "target_high", "tolerance")


class AmountField(forms.DecimalField):
    """A number as people write it, with or without its percent or dollar sign and thousands commas."""

    def __init__(self, **options):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "w-8"})
        super().__init__(
            required=False,
            max_digits=20,
            decimal_places=6,
            widget=widget,
            error_messages={"invalid": NUMBER},
            **options,
        )

    def to_python(self, value):
        if value in self.empty_values or not str(value).strip():
            return None
        found = amount(str(value))
        if found is None:
            raise ValidationError(NUMBER, code="invalid")
        return found


class ProposalForm(Numbered, forms.ModelForm):
    """One proposal for `card`'s goal on the measure of `choice`; `measured` is the card with that measure's results,
    `periods` are the choices of its calendar.

    `number` is the number that the revision will have: the second of two who propose at once meets it.
    """

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    drawn = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=list(KINDS.items()), widget=forms.RadioSelect)
    indicator = forms.ChoiceField(required=False)
    group = forms.ChoiceField(required=False)
    minus = forms.ChoiceField(
        required=False,
        help_text=gettext_lazy(
            "The goal is then the difference, and smaller is better: the higher results above, the lower here."
        ),
    )
    baseline_period = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    baseline_value = AmountField()
    target_period = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)
    target_value = AmountField()
    target_low = AmountField()
    target_high = AmountField()
    shape = forms.ChoiceField(choices=list(SHAPES.items()), widget=forms.RadioSelect, required=False)
    risers = forms.TypedChoiceField(choices=[(n, n) for n in RISERS], coerce=int, required=False, empty_value=2)
    growth = AmountField(
        help_text=gettext_lazy("Percent. If you write one, the target follows from it; negative shrinks.")
    )
    tolerance = AmountField(
        help_text=gettext_lazy(
            "How far on the wrong side of the path still counts as on it. Empty: half of the last digit reported."
        )
    )

    class Meta:
        model = GoalRevision
        fields = ["kind", *PATH, "interpolation", "awaiting_until", *WORDS]
        widgets = {
            "awaiting_until": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w-8"}),
            "interpolation": forms.RadioSelect,
            "reason": forms.Textarea(attrs={"rows": 3}),
            "statement": forms.Textarea(attrs={"rows": 2}),
        } | {name: forms.Textarea(attrs={"rows": 2}) for name in SENTENCES}
        help_texts = {"reason": gettext_lazy("Shown in public beside the new path, with your name.")}
        error_messages = {
            "statement": {"required": gettext_lazy("Write the goal in one sentence.")},
            "reason_code": {"required": gettext_lazy("Choose the reason.")},
            "awaiting_until": {"invalid": DATE},
        }

    # The order of the page, in which errors are listed.
    field_order = [
        "kind", "awaiting_until", *MEASURE, *PATH[:-1], "shape", "risers", "growth", "interpolation", "tolerance",
        *WORDS, "number", "drawn",
    ]  # fmt: skip

    def __init__(self, card, measured, choice, periods, data=None, *, base=None, number=1):
        self.card, self.measured, self.choice, self.next_number = card, measured, choice, number
        self.in_the_way = []
        self.decimals = choice.series.indicator.decimals if choice.series else 1
        self.rows = rows_in(data) if data else rows_of(base, self.decimals)
        for row in self.rows:
            row.period = row.period if row.key in {key for key, _label in periods["baseline_period"]} else None
        instance = GoalRevision(goal=card.goal, measure=choice.series, minus=choice.minus)
        super().__init__(data, initial=self._initial(base), instance=instance, auto_id="g-%s")
        for name in MEASURE:
            self.fields[name].choices = getattr(choice, {"group": "groups", "minus": "minuses"}.get(name, "indicators"))
        for name, choices in periods.items():
            self.fields[name].choices = [("", _("Choose")), *choices]
        self.fields["reason_code"].choices = self._reasons()
        self.fields["interpolation"].required = self.fields["statement"].required = False

    def _initial(self, base):
        initial = dict(self.choice.chosen) | {"number": self.next_number, "kind": Kind.PATH, "shape": Shape.STRAIGHT}
        if self.is_first:
            initial["reason_code"] = GoalRevision.Reason.FIRST
        if base is None:
            return initial
        initial |= {name: getattr(base, name) for name in (*SENTENCES, *PATH, "interpolation", "awaiting_until")}
        initial |= {name: typed(initial[name], self.decimals) for name in PATH if not name.endswith("_period")}
        if base.outcome != GoalRevision.Outcome.ADOPTED:
            initial |= {"kind": base.kind, "reason_code": base.reason_code, "reason": base.reason}
        if self.rows or base.interpolation == GoalRevision.Interpolation.STEP:
            initial["shape"] = Shape.BY_HAND
        return initial

    @property
    def is_first(self):
        return not self.card.revisions

    @property
    def signature(self):
        """What the page draws: rows that come back different were changed by hand."""
        return signature(self["shape"].value() or "", self.rows)

    @property
    def chosen_kind(self):
        return self["kind"].value()

    def _reasons(self):
        """The first promise has one reason; every later one any other."""
        reasons = [pair for pair in GoalRevision.Reason.choices if (pair[0] == "first") == self.is_first]
        return reasons if self.is_first else [("", _("Choose"))] + [(key, capfirst(label)) for key, label in reasons]

    def clean(self):
        data = super().clean()
        for name, problem in self.choice.problems.items():
            self.add_error(name, problem)
        kind = data.get("kind")
        if kind == Kind.PATH:
            paths.check(self, data)
        elif kind == Kind.AWAITING:
            self._clean_awaiting(data)
        elif kind == Kind.WITHDRAWN:
            self._clean_withdrawn(data)
        if not self.is_first and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Write the reason in a sentence. It is shown in public."))
        if kind != Kind.WITHDRAWN and not data.get("statement"):
            self.add_error("statement", _("Write the goal in one sentence."))
        data["interpolation"] = data.get("interpolation") or GoalRevision.Interpolation.LINEAR
        return data

    def _clean_awaiting(self, data):
        """No path yet, but a day; a target may stand already."""
        paths.forget(self, data, "baseline_period", "baseline_value", "tolerance")
        until = data.get("awaiting_until")
        if until is None and "awaiting_until" not in self.errors:
            self.add_error("awaiting_until", _("Choose the day by which the baseline is expected."))
        elif until and until <= self.card.day:
            self.add_error("awaiting_until", _("The day has to lie ahead."))

    def _clean_withdrawn(self, data):
        """What was promised stays readable as it stood: a withdrawal brings no other words than its reason."""
        paths.forget(self, data, *PATH, "awaiting_until")
        promise = self.card.promise
        data["statement"] = promise.statement if promise else data.get("statement", "")
        data |= {name: "" for name in SENTENCES if name != "statement"}
        if self.is_first:
            self.add_error("kind", _("Nothing has been promised yet that could be withdrawn."))

    def look(self, is_only_looked_at):
        """Keep what is in the way of a judgment, whatever the words still lack.

        While a proposal is only looked at, what is missing is named there and nowhere else: nobody is scolded for a
        field not reached yet.
        """
        self.in_the_way = [problem for problem in self.problems if problem[0] not in self._ids(WORDS)]
        if is_only_looked_at:
            is_empty = {name for name in self.errors if not (self.data.get(name) or "").strip()}
            for name in is_empty | set(WORDS):
                self._errors.pop(name, None)

    def _ids(self, names):
        return {self[name].auto_id for name in names}

    @property
    def can_be_judged(self):
        """All that a judgment needs is there."""
        return self.is_bound and not self.in_the_way

    @property
    def draft(self):
        """The revision as it would stand if it were adopted on the card's day, to be judged and shown; not saved."""
        draft = self.instance
        draft.outcome, draft.settled_on = GoalRevision.Outcome.ADOPTED, self.card.day
        return draft

    @property
    def proposal(self):
        """The same revision, open."""
        self.instance.outcome = self.instance.settled_on = None
        return self.instance

    @property
    def problems(self):
        """Those of the rows of points come where their table stands: above how the path runs between them."""
        points = [(f"g-point-{place}", row.problem) for place, row in enumerate(self.rows) if row.problem]
        below = self.field_order.index("interpolation")
        general = [("", message) for message in self.non_field_errors()]
        above, after = self.problems_of(self.field_order[:below]), self.problems_of(self.field_order[below:])
        return [*general, *above, *points, *after]


class SettlingForm(forms.Form):
    """Yes or no to a proposal, with words: both stand in public beside the decision."""

    outcome = forms.ChoiceField(
        choices=GoalRevision.Outcome.choices, error_messages={"required": gettext_lazy("Choose.")}
    )
    words = forms.CharField(
        max_length=600, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write a sentence: why yes, or why not.")},
        help_text=gettext_lazy("Why yes, or why not. Shown in public beside the new path if you adopt it."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="s-%s", **kwargs)
        if self.data.get("outcome") == GoalRevision.Outcome.TAKEN_BACK:
            self.fields["words"].required = False
