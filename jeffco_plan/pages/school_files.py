"""The numbers of the schools' pages to take away: one indicator over all schools, or one school's indicators."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.translations import reader_of
from jeffco_plan.pages.exports import file_response
from jeffco_plan.pages.indicator_files import long_table
from jeffco_plan.pages.school_series import address, profile_or_404, roll_or_404
from strategy.frames import open_plan


@require_safe
def school_list_file(request, plan, code, kind):
    """Every school and period of the chosen group, as a table in long form."""
    frame, read, group = open_plan(request, plan), reader_of(request), request.GET.get("group", "")
    roll = roll_or_404(frame, code, group)
    roll.name_sheets()
    home = reverse("indicator-schools", args=[plan, code]) + address(frame, {"group": group})
    stem = [code, "schools", *([roll.group.code] if group and roll.group else [])]
    shown = [roll.district, *(roll.histories[school.pk] for school in roll.schools if school.pk in roll.histories)]
    about = [(_("Indicator"), read(roll.indicator.name)), (_("Source"), read(roll.indicator.source))]
    table = lambda: long_table(request, frame, read, home, about, shown)  # noqa: E731
    return file_response(kind, frame, stem, table=table)


@require_safe
def school_file(request, plan, code, kind):
    """Every publishable number of the school's page, over all periods."""
    frame, read, group = open_plan(request, plan), reader_of(request), request.GET.get("group", "")
    profile = profile_or_404(frame, code, group)
    profile.name_sheets()
    home = reverse("school-detail", args=[plan, code]) + address(frame, {"group": group})
    shown = [history for pair in profile.pairs for history in pair]
    about = [(_("School"), profile.school.name)]
    table = lambda: long_table(request, frame, read, home, about, shown)  # noqa: E731
    return file_response(kind, frame, ["school", code], table=table)
