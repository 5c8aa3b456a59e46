"""What a data steward types and chooses."""

from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.translations import Reader, in_order
from indicators.actions import KEEP, LEAVE_OUT
from indicators.models import HeldRelease, Indicator, Organization

SETTLING = (HeldRelease.Outcome.RELEASED, HeldRelease.Outcome.KEPT)


class PublishedForm(forms.Form):
    """Since when numbers are known, and who published them."""

    known_on = forms.DateField(
        label=gettext_lazy("Known since"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        max_length=300,
        error_messages={"required": gettext_lazy("Write who published these numbers, and where.")},
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("known_on", today)
        self.fields["known_on"].widget.attrs["max"] = today.isoformat()

    def clean_known_on(self):
        day = self.cleaned_data["known_on"]
        if day > self.today:
            raise forms.ValidationError(
                _("Numbers cannot be known before they are published: choose today or an earlier day.")
            )
        return day


class DistrictForm(PublishedForm):
    """The same, and for which of a steward's districts."""

    district = forms.ModelChoiceField(Organization.objects.none(), label=gettext_lazy("District"), empty_label=None)

    def __init__(self, *args, districts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = districts
        if len(districts) == 1:
            self.fields["district"].widget = forms.HiddenInput()
            self.fields["district"].initial = districts[0].pk
            self.fields["district"].required = False
        else:
            self.fields["district"].choices = [(district.pk, district.name) for district in districts]

    def clean_district(self):
        return self.cleaned_data["district"] or self.fields["district"].queryset[0]


class TypedForm(DistrictForm):
    """Of what numbers are typed, since when they are known, and who says so."""

    indicator = forms.ModelChoiceField(
        Indicator.objects.order_by("name"),
        label=gettext_lazy("Indicator"),
        to_field_name="code",
        error_messages={"required": gettext_lazy("Choose what was measured.")},
    )
    field_order = ["indicator", "district", "known_on", "source"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        read = Reader()
        catalog = in_order((code, read(name)) for code, name in Indicator.objects.values_list("code", "name"))
        self.fields["indicator"].choices = [("", _("Choose an indicator")), *catalog]


class ImportForm(DistrictForm):
    """A file, and since when its numbers are known."""

    file = forms.FileField(
        label=gettext_lazy("Workbook or CSV file"),
        allow_empty_file=True,
        error_messages={"required": gettext_lazy("Choose a file.")},
    )
    field_order = ["file", "known_on", "source", "district"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s. Split it, or leave out sheets that hold no figures.")
                % {"limit": filesizeformat(settings.UPLOAD_LIMIT)}
            )
        return file


class ApplyForm(forms.Form):
    """The hash of the difference that was looked at, and what to do with refused and suspicious rows."""

    difference_hash = forms.CharField(max_length=64, widget=forms.HiddenInput)
    skip_refused = forms.BooleanField(required=False)
    suspicious = forms.ChoiceField(choices=[(KEEP, KEEP), (LEAVE_OUT, LEAVE_OUT)], required=False)


DIFFERENCES = [
    ("suspicious", gettext_lazy("Suspicious")),
    ("changed", gettext_lazy("Changed")),
    ("new", gettext_lazy("New")),
]
FINDINGS = [
    ("suspicious", gettext_lazy("Suspicious")),
    ("refused", gettext_lazy("Refused")),
    ("note", gettext_lazy("Note")),
]


class LookFor(forms.Form):
    """Which of many differences or findings are shown; what makes no sense is as if it were not asked."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    sheet = forms.TypedChoiceField(label=gettext_lazy("Sheet"), coerce=int, empty_value=0, required=False)
    text = forms.CharField(label=gettext_lazy("Holds the text"), max_length=100, required=False)

    def __init__(self, data, *, kinds, sheets):
        super().__init__(data)
        self.fields["kind"].choices = [("", gettext_lazy("All")), *kinds]
        if len(sheets) > 1:
            self.fields["sheet"].choices = [("", gettext_lazy("All")), *sheets]
        else:
            del self.fields["sheet"]

    def asked(self):
        """What is asked for, by name."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def query(self):
        """The same as part of an address, for the links to other pages."""
        return urlencode(self.asked())


class SettleForm(forms.Form):
    """What a steward says of numbers that were held, and why."""

    outcome = forms.ChoiceField(choices=[(one.value, one.label) for one in SETTLING])
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why.")},
    )


class DefinitionForm(forms.ModelForm):
    """What the public reads of an indicator that an import created, before it is shown."""

    class Meta:
        model = Indicator
        fields = [
            "name", "question", "description", "unit", "decimals", "direction", "counts", "minimum_n",
            "masked_by_publisher", "source", "method", "steward",
        ]  # fmt: skip
        labels = {
            "name": gettext_lazy("Name"),
            "question": gettext_lazy("The question it answers"),
            "description": gettext_lazy("Description"),
            "unit": gettext_lazy("Unit"),
            "decimals": gettext_lazy("Decimals shown"),
            "direction": gettext_lazy("Which way is better"),
            "counts": gettext_lazy("What the group size counts"),
            "minimum_n": gettext_lazy("Smallest group shown"),
            "masked_by_publisher": gettext_lazy("The publisher hides small groups itself"),
            "source": gettext_lazy("Source"),
            "method": gettext_lazy("Method"),
            "steward": gettext_lazy("Steward"),
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 3}), "method": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "question": "",
            "masked_by_publisher": gettext_lazy(
                "Only where its files are public as they stand: no other number is then withheld to protect what they "
                "hide."
            ),
        }
