"""Two people at one form of the administration: the second is told what the first has saved, and loses nothing."""

from hashlib import sha256

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import model_to_dict
from django.utils.text import capfirst
from django.utils.translation import gettext as _


class GuardedForm(forms.ModelForm):
    """A form that carries a fingerprint of the row as its author saw it, and refuses to write over another one once.

    Sent again it writes: by then its author has read what the other saved. Rows of inline tables are not looked at.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.standing = self._columns() if self.instance.pk else {}
        self.initial["seen"] = fingerprint(self.standing) if self.standing else ""

    def _columns(self):
        names = {column.name for column in self.instance._meta.concrete_fields}
        return model_to_dict(self.instance, [name for name in self.base_fields if name in names])

    def clean(self):
        data = super().clean()
        seen, stands = self.data.get(self.add_prefix("seen")), self.initial["seen"]
        if seen and seen != stands:
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = stands
            raise ValidationError(self._said(data))
        return data

    def _said(self, data):
        """What stands now where this form says something else."""
        theirs = [
            _("%(label)s: %(value)s") % {"label": capfirst(self.fields[name].label), "value": value}
            for name, value in self.standing.items()
            if name in self.fields and str(getattr(data.get(name), "pk", data.get(name))) != str(value)
        ]
        words = _(
            "Somebody else has saved this since you opened it. What you wrote stands below; save again to keep it."
        )
        return [words, *theirs]


def fingerprint(columns):
    """Of a row's values; other values give another one."""
    return sha256(repr(sorted((name, str(value)) for name, value in columns.items())).encode()).hexdigest()[:32]
