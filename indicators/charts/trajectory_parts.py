"""What a trajectory chart is made of: finished positions and words, the same for the drawing and the live figure."""

from dataclasses import dataclass, replace

from .plot import DayLine, Frame, Point, Tick

# How far after the last period a day may lie and still be shown, as a share of the years drawn.
BEYOND = 0.12


@dataclass(frozen=True)
class PlannedPath:
    """A path from baseline to target. `short` is its name on a phone; `stepped` holds each value until the next."""

    points: tuple[Point, ...]
    caption: str = ""
    detail: str = ""
    short: str = ""
    stepped: bool = False

    def corners(self) -> list[tuple[float, float]]:
        """The path as corners to draw through."""
        known = [(point.x, point.value) for point in self.points if point.value is not None]
        if not self.stepped:
            return known
        held = [(after[0], before[1]) for before, after in zip(known, known[1:], strict=False)]
        return known[:1] + [corner for pair in zip(held, known[1:], strict=True) for corner in pair]


@dataclass(frozen=True)
class Comparison:
    """Another series beside the goal's own, such as the state's."""

    points: tuple[Point, ...]
    label: str


@dataclass(frozen=True)
class Annotation:
    """Something that happened, at its place in time. As a break it also stops the line."""

    x: float
    caption: str
    detail: str = ""
    is_break: bool = False


@dataclass(frozen=True)
class MilestoneTick:
    """A milestone on the time axis."""

    x: float
    is_done: bool


@dataclass(frozen=True)
class Verdict:
    """The status at the last reading (value and planned value there) or, without a value, at the day one was due."""

    word: str
    x: float
    value: float | None = None
    planned: float | None = None
    caption: str = ""
    detail: str = ""
    short: str = ""


@dataclass(frozen=True)
class Forecast:
    """Where the next readings would land if nothing changes: points with a low and a high end, in order of time."""

    points: tuple[Point, ...]
    caption: str = ""
    detail: str = ""


@dataclass(frozen=True)
class TrajectoryChart:
    """All that one trajectory chart shows. `starts_at` has {} for the value: "axis starts at {}"."""

    title: str
    description: str
    axis_title: str
    ticks: tuple[Tick, ...]
    actuals: tuple[Point, ...] = ()
    plan: PlannedPath | None = None
    first_path: PlannedPath | None = None
    revisions: tuple[PlannedPath, ...] = ()
    benchmarks: tuple[Comparison, ...] = ()
    day: DayLine | None = None
    annotations: tuple[Annotation, ...] = ()
    milestones: tuple[MilestoneTick, ...] = ()
    verdict: Verdict | None = None
    forecast: Forecast | None = None
    target_range: tuple[float, float] | None = None
    actual_label: str = ""
    milestones_label: str = ""
    time_title: str = ""
    axis_title_short: str = ""
    starts_at: str = ""
    unit_suffix: str = ""
    floor: float | None = 0
    ceiling: float | None = None
    illustration: str = ""

    def paths(self) -> list[PlannedPath]:
        """Every path, the first one first and the one in force last."""
        return [way for way in (self.first_path, *self.revisions, self.plan) if way]

    def series(self) -> list[tuple[Point, ...]]:
        """Every row of points that the chart shows."""
        paths, others = [way.points for way in self.paths()], [other.points for other in self.benchmarks]
        return [self.actuals, *paths, *others, self.forecast.points if self.forecast else ()]

    def levels(self) -> list[float]:
        """Every number on the value axis."""
        found = [level for points in self.series() for point in points for level in point.levels()]
        return found + list(self.target_range or ())

    def places(self) -> list[float]:
        """Every place on the time axis; what lies just beyond the periods widens it a little."""
        own = self._periods()
        return own + [
            x for x in (*([self.day.x] if self.day else []), *(m.x for m in self.milestones)) if _near(x, own)
        ]

    def within(self) -> "TrajectoryChart":
        """The chart without what lies far beyond its periods: an early note, a late milestone, a day years after."""
        own = self._periods()
        if not own:
            return self
        first, last = min(own), max(own)
        return replace(
            self,
            day=self.day if self.day and _near(self.day.x, own) else None,
            milestones=tuple(tick for tick in self.milestones if _near(tick.x, own)),
            annotations=tuple(note for note in self.annotations if first <= note.x <= last),
        )

    def _periods(self) -> list[float]:
        return [point.x for points in self.series() for point in points] + [tick.x for tick in self.ticks]

    def cuts(self) -> list[float]:
        return [note.x for note in self.annotations if note.is_break]


def _near(x: float, places: list[float]) -> bool:
    """Whether a day lies among these periods, or a little beyond their ends."""
    if not places:
        return False
    first, last = min(places), max(places)
    reach = max(0.5, BEYOND * (last - first))
    return first - min(reach, 0.5) <= x <= last + reach


def height_of_verdict(chart: TrajectoryChart, frame: Frame) -> float:
    """Where the mark of a status without a value stands: just over the time axis, and over a milestone of that day."""
    x = frame.x(chart.verdict.x)
    taken = not frame.size.narrow and any(abs(frame.x(tick.x) - x) < 16 for tick in chart.milestones)
    return frame.bottom - (33 if taken else 14)
