"""The data steward's pages: bring a file in, look before it counts, apply or discard, see what it did."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import clock
from accounts.permissions import rights_of
from indicators import actions, import_panels
from indicators.forms import ApplyForm, ImportForm
from indicators.importing.refusals import FileRefused
from indicators.models import ImportBatch
from indicators.permissions import can_import, districts_to_import, visible_batches

PAGE = 200
STATE = ImportBatch.State


@login_required
@require_safe
def import_list(request):
    """The imports of the steward's districts, newest first; discarded ones are not listed."""
    districts = _districts_or_403(request)
    batches = visible_batches(rights_of(request, clock.today())).exclude(state=STATE.DISCARDED)
    page = Paginator(batches.select_related("by", "district"), 50).get_page(request.GET.get("page"))
    page.object_list = list(page.object_list)
    context = {"section": "imports", "has_several_districts": len(districts) > 1, "page": page}
    return render(request, "indicators/import_list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request):
    """Drop a file; a file that can be read becomes a checked batch and leads to its preview."""
    districts = _districts_or_403(request)
    form = ImportForm(request.POST or None, request.FILES or None, districts=districts, today=clock.today())
    if request.method == "POST" and form.is_valid():
        batch = _checked(request, form)
        if batch:
            return redirect("import-detail", batch.pk)
    status = 422 if form.is_bound else 200
    return render(request, "indicators/import_new.html", {"section": "imports", "form": form}, status=status)


def _checked(request, form):
    """The checked batch, or None with the refusal on the form."""
    given = form.cleaned_data
    try:
        return actions.check_file(
            given["file"].read(), given["file"].name, known_on=given["known_on"],
            by=request.user.person, district=given["district"], source=given["source"],
        )  # fmt: skip
    except FileRefused as error:
        form.add_error("file", error.told(_))
        return None


@login_required
@require_safe
def import_detail(request, pk, panels=None):
    """A checked batch as a preview, an applied one as its result.

    `panels(batch, difference)` lets a page that knows the plans add what would change there.
    """
    batch = _batch_or_404(request, pk)
    if batch.state == STATE.CHECKED:
        return _preview(request, batch, panels=panels)
    if batch.state == STATE.DISCARDED:
        raise Http404
    page = Paginator(import_panels.applied_cells(batch), PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "imports",
        "batch": batch,
        "groups": import_panels.finding_groups(batch.findings.all()),
        "page": page,
        "rows": import_panels.applied_rows(page.object_list),
        **(panels(batch, None) if panels else {}),
    }
    return render(request, "indicators/import_result.html", context)


@login_required
@require_safe
def import_differences(request, pk):
    """Every difference of a checked batch, page by page."""
    batch = _batch_or_404(request, pk)
    if batch.state != STATE.CHECKED:
        return redirect("import-detail", batch.pk)
    difference, lookups = actions.difference_of(batch)
    page = Paginator(import_panels.changed_rows(difference), PAGE).get_page(request.GET.get("page"))
    rows = import_panels.preview_rows(batch, page.object_list, lookups)
    context = {"section": "imports", "batch": batch, "page": page, "rows": rows}
    return render(request, "indicators/import_differences.html", context)


@login_required
@require_POST
def import_apply(request, pk, panels=None):
    """Apply the difference that was previewed; on any doubt nothing is written and the preview comes back."""
    batch = _batch_or_404(request, pk)
    form = ApplyForm(request.POST)
    if not form.is_valid():
        problem = _("The form was incomplete. Look at the preview again.")
        return _preview(request, batch, problem=problem, status=422, panels=panels)
    choices = {name: form.cleaned_data[name] for name in ("skip_refused", "suspicious")}
    try:
        actions.apply_batch(batch, request.user.person, form.cleaned_data["difference_hash"], **choices)
    except actions.NotOpen as error:
        messages.warning(request, str(error))
        return redirect("import-list")
    except actions.NotApplied as error:
        status = 409 if isinstance(error, actions.DifferenceMoved) else 422
        return _preview(request, batch, problem=str(error), status=status, panels=panels)
    return redirect("import-detail", batch.pk)


@login_required
@require_POST
def import_discard(request, pk):
    """Put a checked batch aside; its file is forgotten."""
    batch = _batch_or_404(request, pk)
    try:
        actions.discard_batch(batch)
        messages.success(request, _("The file was discarded. Nothing was written."))
    except actions.NotOpen as error:
        messages.warning(request, str(error))
    return redirect("import-list")


def _preview(request, batch, *, problem="", status=200, panels=None):
    difference, lookups = actions.difference_of(batch)
    changes = import_panels.changed_rows(difference)
    counts = difference.counts
    context = {
        "section": "imports",
        "batch": batch,
        "counts": counts,
        "hash": difference.hash,
        "title": import_panels.preview_title(counts),
        "groups": import_panels.finding_groups(actions.findings_of(batch, difference)),
        "rows": import_panels.preview_rows(batch, changes[: import_panels.FIRST_DIFFERENCES], lookups),
        "differences": len(changes),
        "to_apply": counts["new"] + counts["changed"],
        "is_empty": not changes,
        "problem": problem,
        "chosen": request.POST,
        **(panels(batch, difference) if panels else {}),
    }
    return render(request, "indicators/import_detail.html", context, status=status)


def _districts_or_403(request):
    districts = districts_to_import(rights_of(request, clock.today()))
    if not districts:
        raise PermissionDenied
    return districts


def _batch_or_404(request, pk):
    """A batch the visitor may see; seeing is for the district's stewards, who may also act."""
    rights = rights_of(request, clock.today())
    batch = get_object_or_404(visible_batches(rights).select_related("by", "district"), pk=pk)
    if batch.district and not can_import(rights, batch.district):
        raise PermissionDenied
    return batch
