"""A report on a milestone, from what a leader types to clean values, with errors in plain words."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.labels import day_label
from strategy import evidence
from strategy.answers import DATE, OUT_OF_DATE, Numbered
from strategy.models import MilestoneUpdate
from strategy.models.plans import check_https

State = MilestoneUpdate.State
PERCENT = gettext_lazy("Write a whole number from 0 to 100.")
SHOWN = gettext_lazy("One sentence. It is shown in public beside the date.")
FARTHEST = timedelta(days=3653)  # a report is never taken back: a slip of the pen must not stand on the page for good
PRESELECTED = {State.ON_TIME, State.BLOCKED}


class MilestoneReportForm(Numbered, forms.ModelForm):
    """One report on `card`'s milestone by a person, on the day that the card shows.

    `number` is the number this report will have, `seen` the number of the last report that its author had before
    them: a date that moves is held against that one, so that saving "mine as well" asks nothing new.
    """

    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    next = forms.RegexField(r"^[a-z]+-\d+$|^first$", required=False, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    state = forms.ChoiceField(
        choices=[(s.value, s.label) for s in (State.DONE, State.ON_TIME, State.LATE, State.BLOCKED)],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose where it stands.")},
    )
    percent = forms.IntegerField(
        min_value=0, max_value=100, required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-4", "autocomplete": "off"}),
        error_messages={"invalid": PERCENT, "min_value": PERCENT, "max_value": PERCENT},
    )  # fmt: skip
    blocked_by = forms.CharField(required=False, max_length=300, help_text=SHOWN)
    evidence_file = forms.FileField(
        required=False, allow_empty_file=True, widget=forms.FileInput(attrs={"accept": evidence.ACCEPT}),
        help_text=gettext_lazy("A PDF, picture, document, sheet or text. Only your team sees it."),
    )  # fmt: skip
    evidence_link = forms.URLField(
        required=False, max_length=200, assume_scheme="https", validators=[check_https],
        error_messages={"invalid": gettext_lazy("Write the whole address of the page, such as https://example.org/report.")},
    )  # fmt: skip
    is_public = forms.BooleanField(required=False)
    no_student_recognizable = forms.BooleanField(required=False)

    class Meta:
        model = MilestoneUpdate
        fields = ["state", "percent", "due_on", "completed_on", "reason", "note", "confidence"]
        widgets = {
            "due_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w-8"}),
            "completed_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "w-8"}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "due_on": "",
            "reason": SHOWN,
            "note": gettext_lazy("What moved, what is next. Shown in public."),
        }
        error_messages = {"due_on": {"invalid": DATE}, "completed_on": {"invalid": DATE}}

    # The order of the page, in which errors are listed.
    field_order = [
        "state", "completed_on", "percent", "due_on", "reason", "blocked_by", "note", "evidence_file", "evidence_link",
        "is_public", "no_student_recognizable", "confidence", "number", "seen", "next", "kept",
    ]  # fmt: skip

    def __init__(self, card, person, *args, following="", **kwargs):
        self.card, self.person, self.next_number = card, person, card.last.number + 1
        self.kept_file = None
        state = card.last.state
        initial = {
            "number": self.next_number,
            "seen": card.last.number,
            "next": following,
            "state": state if state in PRESELECTED and not (card.is_overdue and state == State.ON_TIME) else None,
            "percent": card.last.percent,
            "completed_on": card.day,
            "blocked_by": card.last.reason if state == State.BLOCKED else "",
        }
        super().__init__(*args, initial=initial, auto_id=f"m{card.milestone.pk}-%s", **kwargs)
        for name in ("due_on", "completed_on"):
            self.fields[name].required = False
        self.fields["confidence"].choices = [("", _("No answer"))] + MilestoneUpdate.Confidence.choices
        if self.is_bound:
            self._keep_file()

    @property
    def has_more(self):
        """Something stands in the part that is folded away."""
        names = ("evidence_link", "is_public", "no_student_recognizable", "confidence")
        return any(self[name].errors or self[name].value() for name in names) if self.is_bound else False

    def report(self):
        """The columns of the update."""
        names = ("state", "percent", "due_on", "completed_on", "reason", "note", "confidence")
        return {name: self.cleaned_data[name] for name in names}

    @property
    def written(self):
        """The update as it would stand, to be read beside another's."""
        return MilestoneUpdate(**self.report())

    def evidence(self):
        """The columns of each piece of evidence; public only where its author ticked both boxes."""
        data = self.cleaned_data
        flags = {name: data[name] for name in ("is_public", "no_student_recognizable")}
        if self.kept_file:
            with self.kept_file.opened() as columns:
                yield columns | flags
        if data["evidence_link"]:
            yield {"title": data["evidence_link"], "link": data["evidence_link"]} | flags

    def renumbered(self, number, card):
        """The same answers under the next number, after another report took theirs."""
        data = self.data.copy()
        data["number"] = str(number)
        data["kept"] = self.kept_file.token if self.kept_file else ""
        return MilestoneReportForm(card, self.person, data)

    def _keep_file(self):
        """Store a chosen file before anything else is judged: a form that comes back cannot hold it."""
        self.file_problem = None
        upload = self.files.get("evidence_file")
        try:
            if upload:
                self.kept_file = evidence.keep(upload, self.person)
            elif self.data.get("kept"):
                self.kept_file = evidence.kept(self.data["kept"], self.person)
        except ValidationError as problem:
            self.file_problem = problem

    def _get_validation_exclusions(self):
        """Late or blocked says why: said here beside the field that asks, kept by the constraint."""
        return super()._get_validation_exclusions() | {"reason"}

    def clean_evidence_file(self):
        if self.file_problem:
            raise self.file_problem
        return None

    def clean_seen(self):
        """A number that no report has cannot have been seen."""
        seen = self.cleaned_data["seen"]
        if seen not in {update.number for update in self.card.updates}:
            raise ValidationError(OUT_OF_DATE)
        return seen

    def clean(self):
        data = super().clean()
        rule = {
            State.DONE: self._clean_done,
            State.ON_TIME: self._clean_on_time,
            State.LATE: self._clean_late,
            State.BLOCKED: self._clean_blocked,
        }.get(data.get("state"))
        if rule:
            rule(data)
        if data.get("state") != State.DONE:
            data["completed_on"] = None
            self._errors.pop("completed_on", None)
            if data.get("percent") is None and "percent" not in self.errors:
                self.add_error("percent", PERCENT)
        if data.get("is_public") and not data.get("no_student_recognizable"):
            self.add_error(
                "no_student_recognizable",
                _("Confirm that no student can be recognized, or leave the evidence to the team."),
            )
        return data

    def _clean_done(self, data):
        for name in ("percent", "due_on"):
            self._errors.pop(name, None)
        data |= {"percent": 100, "due_on": self.card.due_on, "reason": ""}
        done_on = data.get("completed_on")
        if done_on is None:
            if "completed_on" not in self.errors:
                self.add_error("completed_on", _("Choose the day on which it was done."))
        elif done_on > self.card.day:
            problem = _("The day must not be after today, %(day)s.") % {"day": day_label(self.card.day)}
            self.add_error("completed_on", problem)
        elif done_on < self.plan.starts_on:
            problem = _("The day must not be before the plan began, %(day)s.") % {"day": day_label(self.plan.starts_on)}
            self.add_error("completed_on", problem)

    def _clean_on_time(self, data):
        self._errors.pop("due_on", None)
        data |= {"due_on": self.card.due_on, "reason": ""}
        if self.card.due_on < self.card.day:
            problem = _("The due date, %(day)s, has passed. Choose “Will be late” and a new date, or “Done”.")
            self.add_error("state", problem % {"day": day_label(self.card.due_on)})

    def _clean_late(self, data):
        if data.get("due_on") is None and "due_on" not in self.errors:
            self.add_error("due_on", _("Choose the new due date."))
        self._check_move(data)
        if not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Write the reason for the new date."))

    def _clean_blocked(self, data):
        self._check_move(data)
        if "due_on" not in self.errors:
            data["due_on"] = data.get("due_on") or self.card.due_on
        if not data.get("blocked_by") and "blocked_by" not in self.errors:
            self.add_error("blocked_by", _("Write what blocks it."))
        data["reason"] = data.get("blocked_by", "")

    def _check_move(self, data):
        """A new date lies after the one its author saw, and not in the past."""
        due_on, before = data.get("due_on"), self._seen_due_on()
        if due_on is None:
            return
        if before >= self.card.day and due_on <= before:
            problem = _("The new date must be after %(day)s, or choose “On time”.") % {"day": day_label(before)}
            self.add_error("due_on", problem)
        elif due_on < self.card.day:
            problem = _("The new date has passed already. Choose today, %(day)s, or later.")
            self.add_error("due_on", problem % {"day": day_label(self.card.day)})
        elif due_on > self.card.day + FARTHEST:
            self.add_error("due_on", _("The new date lies more than ten years ahead. Check the year."))

    def _seen_due_on(self):
        seen = self.cleaned_data.get("seen")
        return next((update.due_on for update in self.card.updates if update.number == seen), self.card.due_on)

    @property
    def plan(self):
        return self.card.milestone.tactic.strategy.plan
