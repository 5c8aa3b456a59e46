"""The names in a file as the mapping page shows them: what each means here, or what would be created for it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from indicators.importing.mapping import CREATE, LEAVE_OUT
from indicators.mapping_forms import FIELDS, shown_details
from indicators.mapping_panels import MANY, is_open, told
from indicators.models import Indicator

KINDS = {
    "indicators": gettext_lazy("Indicators"),
    "groups": gettext_lazy("Student groups"),
    "organizations": gettext_lazy("Schools and districts"),
}
LABELS = {
    "name": gettext_lazy("Name"),
    "unit": gettext_lazy("Unit"),
    "decimals": gettext_lazy("Decimals shown"),
    "direction": gettext_lazy("Direction"),
    "calendar": gettext_lazy("What a year means"),
    "counts": gettext_lazy("What n counts"),
    "masked_by_publisher": gettext_lazy("The publisher hides small groups itself"),
    "authority": gettext_lazy("Who gave the code"),
    "code": gettext_lazy("Code"),
}
CHOICES = {
    "unit": Indicator.Unit.choices,
    "direction": Indicator.Direction.choices,
    "calendar": Indicator.Calendar.choices,
    "counts": Indicator.Counts.choices,
    "masked_by_publisher": [("True", gettext_lazy("yes")), ("False", gettext_lazy("no"))],
}


@dataclass
class Detail:
    """A field of what would be created."""

    name: str
    label: str
    value: str
    choices: list | None
    reason: str = ""


@dataclass
class NamePanel:
    """A name in the file and what is done with it."""

    field: str
    kind: str
    printed: str
    choice: object
    reason: str
    said: str
    details: list
    error: str = ""

    @property
    def is_open(self):
        return is_open(self.choice)

    @property
    def is_doubtful(self):
        return self.is_open or not self.choice.because.is_sure or bool(self.error)


@dataclass
class NamesPanel:
    """All names of one kind: those to be looked at, those that are known, those left out."""

    kind: str
    label: str
    known: list
    all: list
    all_label: str = ""

    @property
    def is_bulk(self):
        """Are so many to be created that one yes for all of them is asked first?"""
        return self.to_create > MANY

    @property
    def open(self):
        """Names to look at one by one; where many are to be created, those stand apart."""
        bulk = self.is_bulk
        return [p for p in self.all if p.is_doubtful and not (bulk and p.choice.act == CREATE and not p.error)]

    @property
    def created(self):
        return [p for p in self.all if self.is_bulk and p.choice.act == CREATE and not p.error]

    @property
    def sure(self):
        return [panel for panel in self.all if not panel.is_doubtful and panel.choice.act != LEAVE_OUT]

    @property
    def left_out(self):
        return [panel for panel in self.all if not panel.is_doubtful and panel.choice.act == LEAVE_OUT]

    @property
    def to_create(self):
        return sum(panel.choice.act == CREATE for panel in self.all)

    @property
    def summary(self):
        return _("%(known)d known, %(new)d to create, %(out)d left out") % {
            "known": sum(panel.choice.act != LEAVE_OUT and not panel.is_open for panel in self.all),
            "new": self.to_create,
            "out": sum(panel.choice.act == LEAVE_OUT for panel in self.all),
        }


def names_panels(mapping, known, errors):
    """The names of each kind, those in most readings first."""
    return [_names(mapping, kind, known[kind], errors) for kind in KINDS]


def _names(mapping, kind, known, errors):
    panels = [
        _name(kind, f"{kind}-{place}", printed, choice, known, errors)
        for place, (printed, choice) in enumerate(getattr(mapping, kind).items())
        if printed
    ]
    panels.sort(key=lambda panel: (not panel.error, -panel.choice.rows, panel.printed))
    found = NamesPanel(kind, KINDS[kind], sorted(known.items(), key=lambda pair: pair[1]), panels)
    found.all_label = ngettext("%(number)d is not known here", "%(number)d are not known here", found.to_create) % {
        "number": found.to_create
    }
    return found


def _why(name, choice):
    """Why a field is proposed as it is, where the file says more of it than the name does."""
    if name != "masked_by_publisher":
        return ""
    if mark := choice.details.get("mask"):
        text = _("Its cells hold marks such as “%(mark)s”. Say yes if the file is public as it stands.")
        return text % {"mark": mark}
    return _("No marks that hide small groups were found in its cells.") if choice.act == CREATE else ""


def _name(kind, field, printed, choice, known, errors):
    given = shown_details(kind, printed, choice)
    details = [
        Detail(name, LABELS[name], given.get(name, ""), CHOICES.get(name), _why(name, choice)) for name in FIELDS[kind]
    ]
    said = known.get(choice.to) or choice.details.get("name", "")
    said = "" if said == printed or choice.act == LEAVE_OUT and not said else said
    return NamePanel(field, kind, printed, choice, told(choice.because), said, details, errors.get(f"{field}-to", ""))
