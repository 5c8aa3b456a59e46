"""Which measure a proposal rests on: an indicator and a group of the district, or the gap between two of them."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.translations import in_order
from indicators.models import Indicator, Series, StudentGroup
from strategy.models import GoalRevision

STATE = "state"
FIELDS = ("indicator", "group", "minus")
Choices = list[tuple[str, str]]


@dataclass
class MeasureChoice:
    """What may be chosen, what is chosen (as the form sends it), and the series that follow.

    Only public indicators may be chosen, beside the one that the goal already rests on: a goal that moved to a
    staff-only indicator would vanish from the public's eyes.
    """

    indicators: Choices
    groups: Choices
    minuses: Choices
    chosen: dict[str, str]
    series: Series | None = None
    minus: Series | None = None
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What the page was drawn for: values of another measure do not belong to it."""
        return "|".join(self.chosen[name] for name in FIELDS)

    @property
    def stub(self) -> GoalRevision:
        """A promise that names the measure and nothing else: what readings of it are there?"""
        return GoalRevision(kind=GoalRevision.Kind.AWAITING, measure=self.series, minus=self.minus)


def measure_choice(goal, base: GoalRevision | None, data, read) -> MeasureChoice:
    """The choice for a goal, from what was sent (`data`, may be None) or else the promise it begins from."""
    plan = goal.tactic.strategy.plan
    keys = keys_of(base, plan)
    chosen = {name: data.get(name, keys[name]) for name in FIELDS} if data else dict(keys)
    shelf = _shelf(plan, base)
    choice = MeasureChoice(
        indicators=[("", _("None yet")), *in_order(_named(Indicator, {key[0] for key in shelf}, read))],
        groups=_named(StudentGroup, {key[2] for key in shelf} | _groups_of(base), read),
        minuses=[],
        chosen=chosen,
    )
    choice.minuses = _minuses(plan, base, keys, choice.groups, read)
    if chosen == keys:
        choice.series, choice.minus = (base.measure, base.minus) if base else (None, None)
    else:
        _resolve(choice, shelf, plan, base)
    return choice


def keys_of(base: GoalRevision | None, plan) -> dict[str, str]:
    """A promise's measure as the form sends it."""
    measure, minus = (base.measure, base.minus) if base else (None, None)
    if measure is None:
        return {"indicator": "", "group": str(_all_students()), "minus": ""}
    return {"indicator": str(measure.indicator_id), "group": str(measure.group_id), "minus": _minus_key(measure, minus)}


def _minus_key(measure: Series, minus: Series | None) -> str:
    if minus is None:
        return ""
    if minus.indicator_id == measure.indicator_id and minus.organization_id == measure.organization_id:
        return f"g{minus.group_id}"
    return f"s{minus.pk}"


def _all_students() -> int | str:
    return StudentGroup.objects.filter(code=StudentGroup.ALL).values_list("pk", flat=True).first() or ""


def _shelf(plan, base) -> dict[tuple[int, int, int], int]:
    """Every series that may be chosen, by indicator, organization and group; one query."""
    own = Q(organization__in=[plan.district_id, plan.district.parent_id], indicator__is_public=True)
    if base and base.measure:
        own |= Q(indicator=base.measure.indicator_id, organization=base.measure.organization_id)
    rows = Series.objects.filter(own).values_list("indicator", "organization", "group", "pk")
    return {(indicator, organization, group): pk for indicator, organization, group, pk in rows}


def _groups_of(base) -> set[int]:
    return {base.measure.group_id} if base and base.measure else set()


def _named(model, wanted: set[int], read) -> Choices:
    found = model.objects.filter(pk__in=wanted).values_list("pk", "name")
    return [(str(pk), read(name)) for pk, name in found]


def _minuses(plan, base, keys, groups: Choices, read) -> Choices:
    """What can be taken off: nothing, another group of the same indicator, the state, or what is taken off now."""
    options = [("", _("Nothing: the measure itself"))]
    options += [(f"g{pk}", _("%(group)s, same indicator") % {"group": name}) for pk, name in groups]
    if plan.district.parent_id:
        options.append((STATE, _("The state, same indicator and group")))
    if keys["minus"].startswith("s"):
        options.append((keys["minus"], read(base.minus.organization.name)))
    return options


def _resolve(choice: MeasureChoice, shelf, plan, base) -> None:
    """From what was sent to series; what does not exist is said beside its field."""
    if not choice.chosen["indicator"]:
        return
    indicator, group = (_whole(choice.chosen[name]) for name in ("indicator", "group"))
    place = _place(shelf, indicator, group, plan, base)
    if place is None:
        choice.problems["group"] = _("No results of this indicator are kept for this group. Choose another group.")
        return
    wanted = [shelf[place], _minus_pk(choice, shelf, place, plan, base)]
    found = {s.pk: s for s in Series.objects.filter(pk__in=wanted).select_related("indicator", "organization", "group")}
    choice.series, choice.minus = found[wanted[0]], found.get(wanted[1])


def _place(shelf, indicator, group, plan, base):
    """The district's own series, or else one where the promise stands now."""
    organizations = [plan.district_id] + ([base.measure.organization_id] if base and base.measure else [])
    return next((key for o in organizations if (key := (indicator, o, group)) in shelf), None)


def _minus_pk(choice: MeasureChoice, shelf, place, plan, base) -> int | None:
    indicator, organization, group = place
    minus = choice.chosen["minus"]
    if not minus:
        return None
    if base and base.minus_id and minus == f"s{base.minus_id}":
        return base.minus_id
    key = (
        (indicator, plan.district.parent_id, group) if minus == STATE else (indicator, organization, _whole(minus[1:]))
    )
    if key not in shelf or key == place:
        choice.problems["minus"] = _("A gap needs two different series. Choose another one to take off.")
        return None
    return shelf[key]


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() else 0
