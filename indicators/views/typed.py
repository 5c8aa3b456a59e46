"""Numbers typed or pasted by hand, a few at a time, with the checks of every import."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts import clock
from accounts.permissions import rights_of
from indicators import actions, entry_grids, typed_series
from indicators.entry_grids import Subject
from indicators.forms import TypedForm
from indicators.importing.refusals import FileRefused
from indicators.models import Indicator, StudentGroup
from indicators.permissions import districts_to_import


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_typed(request):
    """The steward's grid: any indicator of the catalog, for any school and group of the district."""
    districts = districts_to_import(rights_of(request, clock.today()))
    if not districts:
        raise PermissionDenied
    data = submitted(request)
    form = TypedForm(data, districts=districts, today=clock.today(), initial=(request.POST or request.GET).dict())
    subject = _subject(form, districts)
    if subject is None:
        return _page(request, form, None)
    answer = answer_grid(request, subject, form, district=subject.organization)
    if answer.batch:
        return redirect("import-detail", answer.batch.pk)
    return _page(request, form, answer.grid, answer.status)


def _subject(form, districts):
    """What the grid is about, once an indicator is chosen: for the district unless a row says otherwise."""
    given = form.data or form.initial
    indicator = Indicator.objects.filter(code=given.get("indicator", "")).first()
    chosen = [district for district in districts if str(district.pk) == str(given.get("district"))]
    if indicator is None:
        return None
    return Subject(indicator, (chosen or districts)[0], StudentGroup.objects.get(code=StudentGroup.ALL))


def _page(request, form, grid, status=200):
    context = {"section": "imports", "form": form, "grid": grid}
    if grid:
        context |= {"example": typed_series.current_period(grid.subject, clock.today()), "action": request.path}
    return render(request, "indicators/import_typed.html", context, status=status)


def submitted(request):
    """What was sent to be judged; a grid that only grows is not, so nothing on it is called wrong yet."""
    return request.POST if request.POST.get("act") in ("check", "save") else None


class Answer:
    """What became of one request on a grid: the grid to show, or the batch that was written."""

    def __init__(self, grid, batch=None, status=200):
        self.grid, self.batch, self.status = grid, batch, status


def answer_grid(request, subject, form, *, district):
    """One step: an empty grid, more rows, pasted rows, a check, or the saving of what was checked."""
    if request.method != "POST":
        return Answer(entry_grids.blank(subject, form.today))
    grid, act = entry_grids.typed(subject, request.POST), request.POST.get("act", "check")
    if act == "more":
        return Answer(entry_grids.longer(grid))
    if act == "paste":
        return Answer(entry_grids.with_pasted(grid, request.POST.get("pasted", "")[:200_000]))
    if not form.is_valid():
        return Answer(grid, status=422)
    about = {
        "known_on": form.cleaned_data["known_on"],
        "source": form.cleaned_data["source"],
        "by": request.user.person,
        "district": district,
    }
    if act == "save" and (batch := _saved(request, grid, about)):
        return Answer(grid, batch)
    entry_grids.check(grid, **about)
    return Answer(grid, status=422 if grid.has_errors else 200)


def _saved(request, grid, about):
    """The applied batch, or None with the reason told; the grid is checked again and nothing typed is lost."""
    try:
        batch = entry_grids.save(
            grid, **about, expected_hash=request.POST.get("hash", ""), suspicious=request.POST.get("suspicious", "")
        )
    except (actions.NotApplied, FileRefused) as error:
        messages.warning(request, str(error))
        return None
    count = batch.new + batch.changed
    messages.success(request, ngettext("%(count)d number saved.", "%(count)d numbers saved.", count) % {"count": count})
    return batch
