"""What is known of one indicator in a plan's district: its series, benchmarks and groups, and who took part."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.http import Http404

from indicators.models import Series, StudentGroup
from indicators.readings import Window
from strategy.comparability import CohortTable, cohort_codes, cohort_table, participation_code, turnout_changes
from strategy.happened import missing_of
from strategy.histories import History, histories, name_sheets
from strategy.scorecards import windows_of


@dataclass
class Subject:
    """Everything known of one indicator in the plan's district on a day."""

    indicator: object
    everyone: History | None
    benchmarks: list[History]
    groups: list[History]
    turnouts: dict[int, History] = field(default_factory=dict)  # who took part, by student group
    cohorts: CohortTable | None = None
    windows: tuple[Window, ...] = ()

    @property
    def turnout(self):
        return self.turnouts.get(self.everyone.series.group_id) if self.everyone else None

    @property
    def turnout_changes(self):
        return turnout_changes(self.everyone, self.turnout) if self.everyone else []

    @property
    def shown(self):
        """Every history whose numbers stand on the page: own, benchmarks, groups, and who took part."""
        own = [self.everyone, *self.benchmarks, *self.groups, *self.turnouts.values()]
        return [history for history in own if history]


def subject_or_404(frame, code):
    """The public indicator with what the page draws and names; six queries."""
    series = list(
        Series.objects.filter(indicator__is_public=True)
        .filter(_of_district(frame, code) | _beside(frame, code))
        .select_related("indicator", "organization", "group")
        .order_by("group__position", "group__name", "pk")
    )
    own = [one for one in series if _is_own(one, frame, code)]
    if not own:
        raise Http404
    known = histories(series, frame.day)
    subject = Subject(
        own[0].indicator,
        next((known[one.pk] for one in own if _is_everyone(one)), None),
        [known[one.pk] for one in _benchmarks(series, frame, code) if known[one.pk].points and known[one.pk].is_level],
        [known[one.pk] for one in own if not _is_everyone(one) and known[one.pk].points],
        {one.group_id: known[one.pk] for one in series if one.indicator.code == participation_code(code)},
        cohort_table(known[one.pk] for one in _cohorts(series, frame, code)),
    )
    name_sheets(subject.shown)
    subject.windows = windows_of({subject.indicator.pk: subject.indicator}, frame.day)[subject.indicator.pk]
    for history in (subject.everyone, *subject.groups):
        if history:
            history.missing = missing_of(subject.windows, history.points, frame.day)
    return subject


def _of_district(frame, code):
    """The district's series: of every group, of who took part, and of the same classes after more years."""
    everyone = Q(group__code=StudentGroup.ALL)
    subjects = Q(indicator__code__in=[code, participation_code(code)])
    return Q(organization=frame.plan.district_id) & (subjects | everyone & Q(indicator__code__in=cohort_codes(code)))


def _beside(frame, code):
    """The state's series, and those that the plan holds its system indicators against."""
    chosen = frame.plan.system_indicators.filter(series__indicator__code=code).values("benchmark")
    state = Q(organization=frame.plan.district.parent_id, group__code=StudentGroup.ALL)
    return Q(indicator__code=code) & (state | Q(pk__in=chosen))


def _is_everyone(series):
    return series.group.code == StudentGroup.ALL


def _is_mine(series, frame):
    return series.organization_id == frame.plan.district_id


def _is_own(series, frame, code):
    return _is_mine(series, frame) and series.indicator.code == code


def _cohorts(series, frame, code):
    """All students' series of the same classes after three, four, five years and more."""
    codes = cohort_codes(code)
    return [one for one in series if one.indicator.code in codes and _is_mine(one, frame) and _is_everyone(one)]


def _benchmarks(series, frame, code):
    """Other organizations' series of the indicator, the state's first."""
    others = [one for one in series if one.indicator.code == code and not _is_mine(one, frame)]
    return sorted(others, key=lambda one: one.organization_id != frame.plan.district.parent_id)
