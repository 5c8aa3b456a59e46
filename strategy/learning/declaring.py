"""Declaring a leading indicator, and ending it: from what a leader types to clean values, in plain words."""

from django import forms
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.translations import in_order
from indicators.models import Indicator, Organization, StudentGroup
from strategy.answers import Answers, calendar_day, day_ahead, offer, whole_number
from strategy.models import LeadingIndicator
from strategy.windows import DAYS, MONTHS, WEEKS, YEARS, days_of, largest_unit

UNITS = [
    (DAYS, gettext_lazy("days")),
    (WEEKS, gettext_lazy("weeks")),
    (MONTHS, gettext_lazy("months")),
    (YEARS, gettext_lazy("years")),
]
FARTHEST = 365 * 12


def unit_choice():
    return forms.ChoiceField(choices=UNITS)


class DeclarationForm(Answers, forms.ModelForm):
    """A claim about two series, made before anyone looks at them together.

    `tactic` and `day` are given; `replaces` is the declaration in whose place this one comes.
    """

    indicator = forms.ModelChoiceField(Indicator.objects.none())
    organization = forms.ModelChoiceField(Organization.objects.none())
    group = forms.ModelChoiceField(StudentGroup.objects.none())
    expected_sign = forms.TypedChoiceField(
        choices=[(1, gettext_lazy("The same way")), (-1, gettext_lazy("The other way"))],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose which way the goal should follow.")},
    )
    lag = whole_number(
        gettext_lazy("Write how long before, as a whole number."),
        min_value=0,
        help_text=gettext_lazy("Such as 42 months, from the fall of grade 9 to graduation."),
    )
    lag_unit = unit_choice()
    length = whole_number(
        gettext_lazy("Write how much time to look at, as a whole number."),
        min_value=1,
        help_text=gettext_lazy("The readings of this time stand for one result of the goal."),
    )
    length_unit = unit_choice()
    review_on = calendar_day()
    end_reason = forms.CharField(max_length=400, widget=forms.Textarea(attrs={"rows": 2}), required=False)
    before_looking = forms.BooleanField(
        error_messages={"required": gettext_lazy("Confirm that you declare this before looking.")}
    )

    class Meta:
        model = LeadingIndicator
        fields = ["goal", "expected_sign", "window", "reason", "confidence", "review_on"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    field_order = [
        "indicator", "organization", "group", "goal", "expected_sign", "lag", "lag_unit", "window", "length",
        "length_unit", "reason", "confidence", "review_on", "end_reason", "before_looking",
    ]  # fmt: skip

    def __init__(self, tactic, day, read, *args, replaces=None, **kwargs):
        self.tactic, self.day, self.replaces = tactic, day, replaces
        super().__init__(*args, initial=self._first_answers(), **kwargs)
        named = lambda thing: capfirst(read(getattr(thing, "short_name", "") or thing.name))  # noqa: E731
        measured, goals = lambda indicator: read(indicator.name), lambda goal: read(goal.short_name)
        offer(self.fields["indicator"], self._indicators(), measured, _("Choose a measure"))
        choose, *measures = self.fields["indicator"].choices
        self.fields["indicator"].choices = [choose, *in_order(measures)]
        offer(self.fields["organization"], self._organizations(), named)
        offer(self.fields["group"], StudentGroup.objects.all(), named)
        offer(self.fields["goal"], tactic.goals.order_by("position"), goals, _("Choose a goal"))
        self.fields["expected_sign"].choices = [(1, _("The same way")), (-1, _("The other way"))]
        self.fields["window"].choices = [(v, capfirst(label)) for v, label in LeadingIndicator.Window.choices]
        named_choices = [(v, capfirst(label)) for v, label in LeadingIndicator.Confidence.choices]
        self.fields["confidence"].choices = [("", _("Choose one")), *named_choices]
        asked = {
            "indicator": _("Choose a measure."),
            "goal": _("Choose a goal."),
            "reason": _("Write why it should move first."),
            "confidence": _("Choose how sure you are."),
            "end_reason": _("Write why the earlier one is replaced."),
        }
        for name, words in asked.items():
            self.fields[name].error_messages["required"] = words
        if replaces is None:
            del self.fields["end_reason"]
        else:
            self.fields["end_reason"].required = True

    def _first_answers(self):
        """An empty form stands at the whole district; a replacement at what it replaces."""
        plan = self.tactic.strategy.plan
        first = {"organization": plan.district_id, "lag_unit": MONTHS, "length": 1, "length_unit": YEARS}
        everyone = StudentGroup.objects.filter(code=StudentGroup.ALL).values_list("pk", flat=True).first()
        first |= {"group": everyone, "window": LeadingIndicator.Window.MEAN}
        if self.replaces is None:
            return first
        old = self.replaces
        for name, days in (("lag", old.lag_days), ("length", old.window_days)):
            first[name], first[f"{name}_unit"] = largest_unit(days)
        first |= {name: getattr(old.series, f"{name}_id") for name in ("indicator", "organization", "group")}
        same = ("expected_sign", "window", "reason", "confidence")
        return first | {"goal": old.goal_id} | {name: getattr(old, name) for name in same}

    def _indicators(self):
        """Measures of this district, and those that are set up and have no number yet."""
        district = self.tactic.strategy.plan.district
        own = Q(series__organization=district) | Q(series__organization__parent=district)
        return Indicator.objects.filter(own | Q(series__isnull=True)).distinct().order_by("name")

    def _organizations(self):
        """The district first, then its schools."""
        district = self.tactic.strategy.plan.district
        rows = Organization.objects.filter(Q(pk=district.pk) | Q(parent=district, kind=Organization.Kind.SCHOOL))
        return rows.order_by("kind", "name")

    def clean_review_on(self):
        return day_ahead(self.cleaned_data["review_on"], self.day, FARTHEST)

    def clean(self):
        data = super().clean()
        for name in ("lag", "length"):
            if data.get(name) is not None and data.get(f"{name}_unit"):
                data[f"{name}_days"] = days_of(data[name], data[f"{name}_unit"])
                if data[f"{name}_days"] > FARTHEST:
                    self.add_error(name, _("That is more than twelve years. Check the unit."))
        goal, indicator = data.get("goal"), data.get("indicator")
        if goal and indicator and _measures(goal, indicator, self.day):
            self.add_error("indicator", _("This is what the goal itself is measured by. Choose what moves before it."))
        return data

    def claim(self):
        """The columns of the declaration but its series."""
        data = self.cleaned_data
        same = ("goal", "expected_sign", "window", "reason", "confidence", "review_on")
        days = {"lag_days": data["lag_days"], "window_days": data["length_days"]}
        return {name: data[name] for name in same} | days

    def place(self):
        """What and whose the series is."""
        return {name: self.cleaned_data[name] for name in ("indicator", "organization", "group")}


def _measures(goal, indicator, day):
    """Whether the promise in force rests on this indicator."""
    promise = goal.revisions.adopted_by_day(day).select_related("measure", "minus").last()
    sides = [promise.measure, promise.minus] if promise else []
    return any(side and side.indicator_id == indicator.pk for side in sides)


class EndForm(Answers, forms.Form):
    """Why a declaration ends."""

    end_reason = forms.CharField(
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write why it ends. It stays readable.")},
    )
