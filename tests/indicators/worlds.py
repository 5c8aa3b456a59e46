"""Small invented districts of whole students, for attacks on what is published of them."""

import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from indicators.suppression import GROUPS, SCHOOLS, Cell, Partition, Rule

RACES, SEXES = ("asian", "black", "hispanic", "white", "other"), ("female", "male")
DISTRICT = "district"
FIRST, LATER = date(2019, 1, 16), date(2019, 6, 1)
NATURAL = {"percent": (Decimal(0), Decimal(100)), "count": (Decimal(0), None), "mean": (Decimal(1), Decimal(5))}
LEVELS = ("low", "middle", "high")
UNSAID = 50  # "50 or less"


@dataclass(frozen=True)
class Fact:
    """One true number: `people` in the group, and how many points (met, enrolled, or sum of scores) they make."""

    place: tuple  # level, school or district, groups as a sorted tuple
    people: int
    points: float
    value: Decimal | None
    mark: str = ""
    n: int | None = None
    n_high: int | None = None
    day: date = FIRST
    is_current: bool = True

    @property
    def key(self):
        return (*self.place, self.day)


@dataclass
class World:
    unit: str
    facts: list[Fact] = field(default_factory=list)
    levels: tuple = ("",)
    crossed: bool = False
    minimum_n: int = 16
    is_masked: bool = False

    @property
    def rule(self):
        low, high = NATURAL[self.unit]
        return Rule("students", self.unit, self.minimum_n, self.is_masked, natural_low=low, natural_high=high)

    def cells(self):
        return [cell_of(self, fact) for fact in self.facts]


def dimension_of(group):
    return "race" if group in RACES else "sex"


def cell_of(world, fact):
    level, where, groups = fact.place
    wholes = [(dimension_of(g), (level, where, tuple(x for x in groups if x != g))) for g in groups]
    partitions = [Partition(GROUPS, dimension, whole) for dimension, whole in wholes]
    if where != DISTRICT:
        partitions.append(Partition(SCHOOLS, groups, (level, DISTRICT, groups)))
    return Cell(
        fact.key, fact.place, fact.value, fact.n, fact.mark,
        is_district_or_state=where == DISTRICT, is_all_students=not groups, partitions=tuple(partitions),
        is_current=fact.is_current, n_high=fact.n_high, order=(fact.day,),
        distribution=(where, groups) if world.levels != ("",) else None,
    )  # fmt: skip


def make_world(
    seed, unit="percent", *, schools=5, crossed=False, levels=("",), largest=60, marks=0.0, silent=0.0, decimals=1
):
    """A district in which every student stands in one school, one race, one sex and, at the bottom, one level.

    `marks` and `silent` are the shares of the small groups whose value the publisher hides, and of the groups up to
    fifty whose size it hides.
    """
    chance = random.Random(seed)
    world = World(unit, levels=levels, crossed=crossed)
    people, points = defaultdict(int), defaultdict(float)
    for school in range(schools):
        for race in RACES:
            for sex in SEXES:
                count = chance.choice([0, 1, 2, 4, 7, 11, 20, largest]) + chance.randrange(4)
                rate = chance.choice([0, 0.1, 0.5, 0.8, 1])
                for name in [f"s{school}", DISTRICT]:
                    for groups in {(), (race,), (sex,), (race, sex)}:
                        people[name, groups] += count
                for _student in range(count):
                    level, point = _student_of(chance, unit, rate, levels)
                    for name in [f"s{school}", DISTRICT]:
                        for groups in {(), (race,), (sex,), (race, sex)}:
                            points[level, name, groups] += point
    for (where, groups), n in sorted(people.items()):
        if n and (crossed or len(groups) < 2):
            mark = "suppressed" if n < world.minimum_n and chance.random() < marks else ""
            is_silent = bool(silent and groups and n <= UNSAID and chance.random() < silent)
            for level in levels:
                fact = _fact(world, (level, where, groups), n, points[level, where, groups], mark, decimals)
                world.facts.append(replace(fact, n=None, n_high=UNSAID) if is_silent else fact)
    return world


def _student_of(chance, unit, rate, levels):
    if unit == "count":
        return "", 1
    if unit == "mean":
        return "", chance.choice([1, 2, 3, 4, 5, 5 if rate > 0.5 else 1])
    if levels != ("",):
        return chance.choice(levels), 1
    return "", int(chance.random() < rate)


def value_of(unit, n, points, decimals):
    if unit == "count":
        return Decimal(n)
    exact = Decimal(points) * (100 if unit == "percent" else 1) / n
    return exact.quantize(Decimal(1).scaleb(-decimals))


def _fact(world, place, n, points, mark="", decimals=1):
    value = None if mark else value_of(world.unit, n, points, decimals)
    if world.unit == "count":
        return Fact(place, n, n, value, mark)
    return Fact(place, n, points, value, mark, n=n)


def correct(world, seed, times=3, decimals=1):
    """A later release: a few students were counted wrongly, and every sum in which they stand is corrected."""
    chance = random.Random(seed)
    facts = {fact.place: fact for fact in world.facts}
    steps = defaultdict(int)
    large = [fact.place for fact in world.facts if fact.place[1] != DISTRICT and fact.people >= 20]
    for _time in range(times):
        level, school, groups = chance.choice([place for place in large if place[2]])
        race = groups[0] if groups[0] in RACES else chance.choice(RACES)
        sex = groups[-1] if groups[-1] in SEXES else chance.choice(SEXES)
        step = chance.choice([-1, 1])
        places = [(level, where, g) for where in (school, DISTRICT) for g in ((), (race,), (sex,), (race, sex))]
        held = [facts[place] for place in places if place in facts]
        least, most = (1, 5) if world.unit == "mean" else (0, 1)
        after = [(f.people, f.points + steps[f.place] + step) for f in held]
        if len(held) >= 6 and all(least * n <= points <= most * n for n, points in after):
            for fact in held:
                steps[fact.place] += step
    return replace(world, facts=[new for fact in world.facts for new in _corrected(world, fact, steps, decimals)])


def _corrected(world, fact, steps, decimals):
    if not steps[fact.place]:
        return [fact]
    points = fact.points + steps[fact.place]
    value = None if fact.mark else value_of(world.unit, fact.people, points, decimals)
    return [replace(fact, is_current=False), replace(fact, points=points, value=value, day=LATER)]
