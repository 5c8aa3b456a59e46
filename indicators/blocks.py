"""Numbers that are judged together: every vintage of an indicator, or of all levels of a distribution, in a period.

Here rows of the database become the cells of the pure rules; how many queries that takes does not grow with them.
"""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, Q

from indicators.models import GroupCategory, HeldRelease, Indicator, Observation, PastVerdict, StudentGroup
from indicators.suppression import GROUPS, KEPT, RELEASED, SCHOOLS, Cell, Partition, Rule, Shown, decide_block

SETTLED = {HeldRelease.Outcome.RELEASED: RELEASED, HeldRelease.Outcome.KEPT: KEPT}


@dataclass(frozen=True)
class Surroundings:
    """What it takes to judge rows: the rules of their indicators, the divisions of students, what was shown before."""

    indicators: dict[int, Indicator]
    divisions: dict[int, list[tuple[int, int]]]
    past: dict[int, tuple[Shown, ...]]
    settled: dict[int, str]

    def block_of(self, row):
        return self.block(row["series__indicator"], row["period"])

    def block(self, indicator_id, period):
        """The name of a block: the levels of a distribution stand in one."""
        indicator = self.indicators[indicator_id]
        return indicator.family or indicator_id, period

    def rule_of(self, block):
        """The rule of a block; where its levels differ, the strictest."""
        rules = [rule_of(one) for one in self.indicators.values() if (one.family or one.pk) == block[0]]
        return max(rules, key=lambda rule: rule.minimum_n)


def together_with(indicator_ids):
    """These indicators and all other levels of their distributions, by id; one query."""
    families = Indicator.objects.filter(pk__in=indicator_ids).exclude(family="").values("family")
    found = Indicator.objects.filter(Q(pk__in=indicator_ids) | Q(family__in=families))
    return {indicator.pk: indicator for indicator in found}


def surroundings_of(indicators, periods=None):
    """Everything beside the rows themselves; four queries."""
    return Surroundings(
        indicators, divisions_of_groups(), past_of(indicators, periods), settled_of(indicators, periods)
    )


def rule_of(indicator):
    return Rule(
        counts=indicator.counts,
        unit=indicator.unit,
        minimum_n=max(indicator.minimum_n, settings.MINIMUM_GROUP_SIZE),
        is_masked_by_publisher=indicator.masked_by_publisher,
        natural_low=indicator.natural_low,
        natural_high=indicator.natural_high,
        decimals=indicator.decimals,
    )


def vintages_of(indicator_ids, periods):
    """Every vintage of these numbers as a row that `cell_of` reads, beside the verdict that it has."""
    return (
        Observation.objects.filter(_scope("", indicator_ids, periods))
        .order_by()
        .values(
            "pk", "period", "value", "n", "n_low", "n_high", "mark", "bound_low", "bound_high", "series_id",
            "series__indicator", "series__organization", "series__organization__kind", "series__organization__parent",
            "series__group_id", "closed_at", "known_on", "batch_id",
            "publication__low", "publication__high", "publication__n_low", "publication__n_high",
            "publication__reason", "publication__rule_version", "publication__release",
            group_code=F("series__group__code"),
        )
    )  # fmt: skip


def _scope(prefix, indicator_ids, periods):
    scope = Q((f"{prefix}series__indicator__in", set(indicator_ids)))
    return scope if periods is None else scope & Q((f"{prefix}period__in", set(periods)))


def past_of(indicator_ids, periods):
    """What was shown of observations before their standing verdict, by observation."""
    found = defaultdict(list)
    rows = PastVerdict.objects.filter(_scope("observation__", indicator_ids, periods)).order_by("pk")
    for observation, *shown in rows.values_list("observation_id", "low", "high", "n_low", "n_high"):
        found[observation].append(Shown(*shown))
    return {observation: tuple(shown) for observation, shown in found.items()}


def settled_of(indicator_ids, periods):
    """What a steward said of observations that were held, by observation; the last word counts."""
    held = HeldRelease.objects.filter(indicator__in=set(indicator_ids), outcome__in=SETTLED)
    if periods is not None:
        held = held.filter(period__in=set(periods))
    return {pk: SETTLED[outcome] for pk, outcome in held.order_by("pk").values_list("observations", "outcome")}


def divisions_of_groups():
    """For each student group the dimensions whose categories make up a larger group: (dimension, that group)."""
    categories, adding_up = defaultdict(dict), set()
    for group, dimension, category, adds_up in GroupCategory.objects.values_list(
        "group", "dimension", "category", "dimension__adds_up"
    ):
        categories[group][dimension] = category
        if adds_up:
            adding_up.add(dimension)
    everyone = StudentGroup.objects.filter(code=StudentGroup.ALL).values_list("pk", flat=True)
    by_categories = {frozenset(): pk for pk in everyone}
    by_categories |= {frozenset(found.values()): group for group, found in categories.items()}
    divisions = {}
    for group, found in categories.items():
        wholes = [(d, by_categories.get(frozenset(found.values()) - {c})) for d, c in found.items() if d in adding_up]
        divisions[group] = [(dimension, whole) for dimension, whole in wholes if whole is not None]
    return divisions


def verdicts_of(rows, surroundings):
    """By row, what may be shown of it; rows are those of whole blocks."""
    blocks = defaultdict(list)
    for row in rows:
        blocks[surroundings.block_of(row)].append(cell_of(row, surroundings))
    verdicts = {}
    for block, cells in blocks.items():
        verdicts.update(decide_block(cells, surroundings.rule_of(block)))
    return verdicts


def cell_of(row, surroundings):
    indicator, organization, group = row["series__indicator"], row["series__organization"], row["series__group_id"]
    partitions = [
        Partition(GROUPS, dimension, (indicator, organization, whole))
        for dimension, whole in surroundings.divisions.get(group, ())
    ]
    if row["series__organization__parent"] and row["series__organization__kind"] == "school":
        partitions.append(Partition(SCHOOLS, group, (indicator, row["series__organization__parent"], group)))
    is_level = bool(surroundings.indicators[indicator].family)
    return Cell(
        key=row["pk"],
        place=(indicator, organization, group),
        value=row["value"],
        n=row["n"],
        mark=row["mark"],
        low=row["bound_low"],
        high=row["bound_high"],
        is_district_or_state=row["series__organization__kind"] in ("state", "district"),
        is_all_students=row["group_code"] == StudentGroup.ALL,
        partitions=tuple(partitions),
        is_current=row["closed_at"] is None,
        n_low=row["n_low"],
        n_high=row["n_high"],
        distribution=(organization, group) if is_level else None,
        order=(row["known_on"], (isinstance(row["pk"], str), row["batch_id"]), row["pk"]),
        standing=standing_of(row),
        standing_version=row.get("publication__rule_version") or "",
        past=surroundings.past.get(row["pk"], ()),
        settled=surroundings.settled.get(row["pk"], ""),
    )


def standing_of(row: dict[str, Any]) -> Shown | None:
    """The stored verdict on a row; None where there is none yet."""
    if row.get("publication__rule_version") is None:
        return None
    return Shown(
        row["publication__low"], row["publication__high"], row["publication__n_low"], row["publication__n_high"],
        row["publication__reason"],
    )  # fmt: skip
