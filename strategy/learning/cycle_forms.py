"""A test of change, step by step: each form writes the columns of its step, and carries the version it was shown."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.labels import day_label
from strategy.answers import OUT_OF_DATE, Answers, calendar_day, day_ahead, offer, text_area
from strategy.models import LeadingIndicator, PdsaCycle

ACTS = [
    (PdsaCycle.Outcome.ADOPT.value, gettext_lazy("Adopt: it becomes the way we work")),
    (PdsaCycle.Outcome.ADAPT.value, gettext_lazy("Adapt: change it and test again")),
    (PdsaCycle.Outcome.ABANDON.value, gettext_lazy("Abandon: leave it, and keep what was learned")),
]


class Step(Answers, forms.Form):
    """One step of a cycle on a day; `version` is that of the cycle when its author opened the page."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput, error_messages={"required": OUT_OF_DATE})
    columns: tuple[str, ...] = ()

    def __init__(self, cycle, day, *args, **kwargs):
        self.cycle, self.day = cycle, day
        super().__init__(*args, initial=self.first_answers(), auto_id=f"{self.name}-%s", **kwargs)

    def first_answers(self):
        return {"version": self.cycle.version}

    def written(self):
        """The columns as they would stand."""
        return {name: self.cleaned_data[name] for name in self.columns}

    def shown(self):
        """What was typed, to be read beside another's: name and text of each answer."""
        for name in self.columns:
            if name in self.fields:
                value = self.cleaned_data[name]
                yield self.fields[name].label, day_label(value) if hasattr(value, "isoformat") else value

    def again(self, version, **more):
        """The same answers on top of a later version."""
        data = self.data.copy()
        data["version"] = str(version)
        return type(self)(self.cycle, self.day, data, **more)

    def past_day(self, name, *, after, words):
        """A day that is not after today and not before another."""
        day = self.cleaned_data[name]
        if day > self.day:
            problem = _("The day must not be after today, %(day)s.") % {"day": day_label(self.day)}
            raise ValidationError(problem)
        if after and day < after:
            raise ValidationError(words % {"day": day_label(after)})
        return day


class PlanForm(Step):
    """The question, what is tried at which scale, and what is expected, before it begins."""

    name = "plan"
    columns = ("leading_indicator", "question", "scale", "prediction", "study_due_on")

    leading_indicator = forms.ModelChoiceField(
        LeadingIndicator.objects.none(),
        required=False,
        label=gettext_lazy("Leading indicator it should move"),
    )
    question = text_area(
        gettext_lazy("Write what you want to find out."),
        max_length=300,
        label=gettext_lazy("What is tried, and what do you want to find out?"),
    )
    scale = forms.CharField(
        max_length=60,
        label=gettext_lazy("How large is the test?"),
        help_text=gettext_lazy("Such as: one school, two weeks."),
        error_messages={"required": gettext_lazy("Write how large the test is.")},
    )
    prediction = text_area(
        gettext_lazy("Write what you expect. A test without a prediction teaches little."),
        max_length=400,
        label=gettext_lazy("What do you expect to happen?"),
        help_text=gettext_lazy("It is locked when the test begins."),
    )
    study_due_on = calendar_day(label=gettext_lazy("When will you study it?"))

    def __init__(self, cycle, day, *args, read=str, **kwargs):
        self.read = read
        super().__init__(cycle, day, *args, **kwargs)
        declared = cycle.tactic.leading_indicators.in_force(day).select_related("series__indicator")
        named = lambda leading: read(leading.series.indicator.name)  # noqa: E731
        offer(self.fields["leading_indicator"], declared, named, _("None of them"))

    def first_answers(self):
        if self.cycle.pk is None:
            return super().first_answers() | {"leading_indicator": self.cycle.leading_indicator_id}
        return super().first_answers() | {name: getattr(self.cycle, name) for name in self.columns}

    def clean_study_due_on(self):
        return day_ahead(self.cleaned_data["study_due_on"], self.day)

    def written(self):
        return super().written() | {"planned_on": self.day}

    def again(self, version):
        return super().again(version, read=self.read)


class StartForm(Step):
    """The day on which the test began; not before its prediction was worded."""

    name = "start"
    columns = ("started_on",)

    started_on = calendar_day(label=gettext_lazy("When did it begin?"))

    def first_answers(self):
        return super().first_answers() | {"started_on": self.day}

    def clean_started_on(self):
        words = _("The prediction was last worded on %(day)s: the test cannot have begun before.")
        return self.past_day("started_on", after=self.cycle.planned_on, words=words)


class StudyForm(Step):
    """What happened, held against what was predicted."""

    name = "study"
    columns = ("study", "studied_on")

    study = text_area(
        gettext_lazy("Write what you learned before you decide."),
        rows=5,
        label=gettext_lazy("What happened, and what did you learn?"),
        help_text=gettext_lazy("Hold it against the prediction. Shown in public; no student can be recognized in it."),
    )
    studied_on = calendar_day(label=gettext_lazy("When was it studied?"))

    def first_answers(self):
        study = {"study": self.cycle.study, "studied_on": self.cycle.studied_on or self.day}
        return super().first_answers() | study

    def clean_studied_on(self):
        words = _("The test began on %(day)s: the study cannot come before.")
        return self.past_day("studied_on", after=self.cycle.started_on, words=words)


class ActForm(Step):
    """What becomes of it."""

    name = "act"
    columns = ("outcome",)

    outcome = forms.ChoiceField(
        choices=ACTS,
        widget=forms.RadioSelect,
        label=gettext_lazy("What becomes of it?"),
        error_messages={"required": gettext_lazy("Choose what becomes of it.")},
    )

    def written(self):
        return super().written() | {"acted_on": self.day}


class StopForm(Step):
    """Why a test stopped before anything could be learned."""

    name = "stop"
    columns = ("study",)

    study = text_area(gettext_lazy("Write why it stopped."), rows=3, label=gettext_lazy("Why did it stop?"))

    def written(self):
        return super().written() | {"outcome": PdsaCycle.Outcome.STOPPED, "acted_on": self.day}


FORMS = {form.name: form for form in (PlanForm, StartForm, StudyForm, ActForm, StopForm)}
