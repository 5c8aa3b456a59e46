"""What a steward corrects on the mapping page: one table at a time, and what the names in the file mean.

A plain reader of the posted fields instead of a form class: a file has hundreds of names and dozens of columns, each
with a few small fields, and what was typed is kept in the mapping itself.
"""

import re
from copy import deepcopy

from django.utils.translation import gettext as _

from indicators.importing import mapping as parts
from indicators.importing.mapping import CREATE, LEAVE_OUT, USE, Because, Mapping
from indicators.importing.provisional import Made, indicator_fields, settled
from indicators.mapping_panels import SAID as SAID_SO
from indicators.models import Indicator

KINDS = ("indicators", "organizations", "groups")
FIELDS = {
    "indicators": ("name", "unit", "decimals", "direction", "calendar", "counts", "masked_by_publisher"),
    "organizations": ("name", "authority", "code"),
    "groups": ("name",),
}
FIXED = ("measure", "period", "organization", "group")
SAID = Because(SAID_SO)


class Corrections:
    """A mapping with what was posted put into it; `errors` by the name of the field, in words."""

    def __init__(self, mapping: Mapping, place: int, posted, known):
        self.before = mapping
        self.mapping = deepcopy(mapping)
        self.place, self.posted, self.known = place, posted, known
        self.errors: dict[str, str] = {}
        self._read_tables()
        if 0 <= place < len(self.mapping.tables):
            self._read_rows(self.mapping.tables[place])
            self._read_columns(self.mapping.tables[place])
            self._read_fixed(self.mapping.tables[place])
            self._copy_to_others(self.mapping.tables[place])
        for kind in KINDS:
            self._read_names(kind)
        settled(self.mapping)

    @property
    def reads_differently(self):
        """Must the names be collected anew from the whole file?"""
        return list(_bare(self.mapping)) != list(_bare(self.before))

    def complete(self):
        """Look also for what only matters when the mapping is confirmed; true if it can be."""
        read = [table for table in self.mapping.tables if table.is_read]
        if not read:
            self.errors["tables"] = _("Choose at least one table to read.")
        for table in read:
            if not table.of_role(parts.VALUE):
                self.errors["columns"] = _("Say which column holds the numbers to bring in.")
        for kind in KINDS:
            for place, (printed, choice) in enumerate(getattr(self.mapping, kind).items()):
                if printed and choice.act == USE and not choice.to:
                    text = _("Choose what “%(name)s” means.") % {"name": printed}
                    self.errors.setdefault(f"{kind}-{place}-to", text)
        return not self.errors

    def _read_tables(self):
        if "tables" not in self.posted:
            return
        chosen = set(self.posted.getlist("read"))
        for place, table in enumerate(self.mapping.tables):
            table.is_read = str(place) in chosen

    def _read_rows(self, table):
        rows = self._numbers("header_rows", table.header_rows)
        last = self._numbers("last_row", [table.last_row])
        if rows == table.header_rows and last == [table.last_row]:
            return
        if rows and last and max(rows) < last[0]:
            moved = rows != table.header_rows
            table.header_rows, table.last_row = rows, last[0]
            if moved:
                table.first_row = max(rows) + 1
            table.because = SAID
        else:
            self.errors["header_rows"] = _("The header stands above the last row, such as header 3, last row 180.")

    def _numbers(self, name, otherwise):
        text = self.posted.get(name, "").strip()
        if not text:
            return otherwise
        if not re.fullmatch(r"\d{1,6}(?:[\s,;]+\d{1,6})*", text):
            self.errors[name] = _("Write row numbers, such as 3 or 3, 4.")
            return otherwise
        return sorted({int(number) for number in re.findall(r"\d+", text)} - {0}) or otherwise

    def _read_columns(self, table):
        for use in table.columns:
            name = f"c{use.column}"
            role = self.posted.get(f"{name}-role", use.role)
            changed = {}
            if role in parts.ROLES and role != use.role:
                changed["role"] = role
            for part in ("measure", "group", "period", "scale"):
                given = self.posted.get(f"{name}-{part}")
                if given is not None and given.strip() != getattr(use, part):
                    changed[part] = given.strip()[:200]
            if changed.get("scale") not in (None, *parts.SCALES):
                changed.pop("scale")
            number = self.posted.get(f"{name}-n", "")
            if number.isdecimal() and len(number) < 6 and int(number) != use.n_column:
                changed["n_column"] = int(number)
            for part, value in changed.items():
                setattr(use, part, value)
            if changed or self.posted.get(f"{name}-yes"):
                use.because = SAID

    def _read_fixed(self, table):
        for part in FIXED:
            given = self.posted.get(f"fixed-{part}")
            if given is None:
                continue
            if given.strip() != getattr(table, part):
                setattr(table, part, given.strip()[:200])
                table.fixed[part] = SAID
            elif self.posted.get(f"fixed-{part}-yes"):
                table.fixed[part] = SAID
        if self.posted.get("table-yes"):
            table.because = SAID

    def _copy_to_others(self, table):
        """Other tables with the same headers are read alike where the steward says so."""
        if not self.posted.get("alike"):
            return
        uses = {use.header: use for use in table.columns}
        for other in self.mapping.tables:
            if other is table or [u.header for u in other.columns] != [u.header for u in table.columns]:
                continue
            for use in other.columns:
                mine = uses[use.header]
                use.role, use.scale, use.because = mine.role, mine.scale, mine.because
                use.n_column = mine.n_column

    def _read_names(self, kind):
        choices, before = getattr(self.mapping, kind), getattr(self.before, kind)
        every = self.posted.get(f"{kind}-all", "")
        if every in (CREATE, LEAVE_OUT):
            for choice in choices.values():
                if choice.act == CREATE:
                    choice.act, choice.because = every, SAID
        for place, (printed, choice) in enumerate(choices.items()):
            name = f"{kind}-{place}"
            if self.posted.get(f"{name}-key") == printed:
                self._read_name(kind, name, choice, before[printed])

    def _read_name(self, kind, name, choice, before):
        """What is said of one name goes before what is said of all."""
        act = self.posted.get(f"{name}-act", before.act)
        shown = before.to if before.act == USE else ""
        to = self._code(kind, self.posted.get(f"{name}-to", shown))
        if act == USE and to is None:
            self.errors[f"{name}-to"] = _("Nothing of this name is known here. Choose one from the list.")
            to = ""
        changed = act != before.act or (act == USE and to != shown)
        if changed and act in (USE, CREATE, LEAVE_OUT):
            choice.act = act
            choice.to = (to or "") if act == USE else choice.to
        for field in FIELDS[kind]:
            given = self.posted.get(f"{name}-{field}")
            if given is not None and not _may_be(field, given.strip()):
                self.errors[name] = _("Choose what is to be created from the lists.")
            elif given is not None and given.strip() != self._stood(kind, name, field, before):
                choice.details[field] = given.strip()[:200]
                changed = True
        if changed or self.posted.get(f"{name}-yes"):
            choice.because = SAID

    def _stood(self, kind, name, field, choice):
        """What stood in a field when the page was shown."""
        return shown_details(kind, self.posted.get(f"{name}-key"), choice).get(field, "")

    def _code(self, kind, given):
        """The code that a choice or a typed name means; None where it means nothing known."""
        given = (given or "").strip()
        if not given:
            return ""
        known = self.known[kind]
        if given in known:
            return given
        named = [code for code, name in known.items() if name.casefold() == given.casefold()]
        return named[0] if len(named) == 1 else None


LISTS = {
    "unit": Indicator.Unit, "direction": Indicator.Direction, "calendar": Indicator.Calendar,
    "counts": Indicator.Counts,
}  # fmt: skip
YES_OR_NO = ("True", "False")


def _may_be(field, text):
    """Could an indicator, organization or group have this in that field? Nothing typed means what is usual."""
    if not text or field in ("name", "authority", "code"):
        return True
    if field == "masked_by_publisher":
        return text in YES_OR_NO
    return text in LISTS[field].values if field in LISTS else text in tuple("0123456")


def shown_details(kind, printed, choice):
    """The fields of what would be created for a name, as the page shows them."""
    given = dict(choice.details)
    if kind == "indicators":
        usual = indicator_fields(Made(0, printed, choice.to, choice.details))
        given = {name: str(value) for name, value in usual.items()} | given
    return given


def _bare(mapping):
    """What of each table decides which names it holds."""
    for table in mapping.tables:
        columns = [(use.column, use.role, use.measure, use.group) for use in table.columns]
        yield table.is_read, table.header_rows, table.first_row, table.last_row, columns, table.measure, table.group
