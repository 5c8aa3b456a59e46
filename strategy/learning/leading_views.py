"""A tactic's leading indicators: the list, the declaration, and one of them with its evidence, phases and end."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.translations import reader_of
from indicators.labels import period_label
from indicators.models import Annotation
from strategy.leading import is_taken_back
from strategy.leading_panels import leading_panels
from strategy.learning import actions
from strategy.learning.declaring import DeclarationForm, EndForm
from strategy.learning.looking_back import ReviewForm
from strategy.learning.pages import desk_or_404
from strategy.learning.rebasing import RebaseForm, TakeBackForm
from strategy.measures import period_of
from strategy.models import LeadingIndicator
from strategy.permissions import can_lead, can_rebase, can_type_values
from strategy.timelines import milestone_cards


def leader_only():
    return _("Only the leader of this tactic declares what leads, and ends a declaration.")


@login_required
@require_safe
def leading_list(request, pk):
    """What the team declared, in force and ended."""
    desk = desk_or_404(request, pk)
    panels = panels_of(desk, request, desk.tactic.leading_indicators.all())
    context = {
        "section": "work",
        "desk": desk,
        "may": desk.may(),
        "panels": [panel for panel in panels if panel.leading.ended_on is None],
        "ended": [panel for panel in panels if panel.leading.ended_on],
    }
    return render(request, "work/leading_list.html", context)


def panels_of(desk, request, leading):
    """Panels of declarations (a queryset) as the team sees them: staff-only ones too."""
    milestones = milestone_cards(desk.tactic.milestones.order_by("position"), desk.day)
    cycles = list(desk.tactic.pdsa_cycles.order_by("number"))
    leading = leading.select_related("ended_by", "replaces", "replaced_by")
    return leading_panels(
        leading, cycles, desk.day, reader_of(request), milestones=milestones, with_staff_only=True
    )  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leading_declare(request, pk):
    """Declare before looking; with `?replaces=` in the place of another."""
    desk = desk_or_404(request, pk)
    desk.require(can_lead(desk.rights, desk.tactic, desk.day), leader_only())
    replaces = None
    if asked := request.GET.get("replaces"):
        rows = desk.tactic.leading_indicators.filter(ended_on__isnull=True).select_related(
            "series", "series__indicator"
        )
        replaces = get_object_or_404(rows, pk=asked if asked.isdecimal() else 0)
    form = DeclarationForm(
        desk.tactic, desk.day, reader_of(request), data=request.POST if request.method == "POST" else None,
        replaces=replaces,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        leading = _declare(desk, form)
        if leading:
            messages.success(request, _("Declared. From now on it is locked, and its evidence is shown."))
            return redirect("leading-detail", pk=leading.pk)
    context = {"section": "work", "desk": desk, "form": form, "replaces": replaces}
    return render(request, "work/leading_declare.html", context, status=422 if form.errors else 200)


def _declare(desk, form):
    """The declaration, or nothing where the form now says what stands in its way."""
    claim, place = form.claim(), form.place()
    reason = form.cleaned_data.get("end_reason", "")
    try:
        return actions.declare(
            desk.tactic,
            author=desk.person,
            day=desk.day,
            place=place,
            replaces=form.replaces,
            end_reason=reason,
            **claim,
        )
    except actions.EndedMeanwhile:
        form.add_error(None, _("Somebody has just ended the declaration that this one was to replace."))
    except actions.AlreadyDeclared:
        standing = LeadingIndicator.objects.get(
            goal=claim["goal"], ended_on__isnull=True, **{f"series__{name}": thing for name, thing in place.items()}
        )
        if standing.declared_by_id == desk.person.pk and all(getattr(standing, n) == v for n, v in claim.items()):
            return standing  # the same button pressed twice
        form.add_error("indicator", _("This measure is already declared for this goal. End or replace that one first."))
    return None


@login_required
@require_safe
def leading_detail(request, pk):
    """One declaration: what was claimed, what the pairs say, its run chart and its phases."""
    return _detail(request, *_leading_or_404(request, pk))


def _leading_or_404(request, pk):
    leading = get_object_or_404(LeadingIndicator, pk=pk)
    return desk_or_404(request, leading.tactic_id), leading


def _detail(request, desk, leading, *, rebase_form=None, end_form=None, back_form=None, review_form=None):
    (panel,) = panels_of(desk, request, LeadingIndicator.objects.filter(pk=leading.pk))
    types = can_type_values(desk.rights, desk.tactic, panel.leading.series, desk.day)
    may = desk.may() | {"change": leading.ended_on is None, "work": types}
    bound = next((form for form in (rebase_form, end_form, back_form, review_form) if form), None)
    reviews = list(leading.reviews.select_related("author"))
    context = {
        "section": "work",
        "desk": desk,
        "may": may,
        "panel": panel,
        "rebase_form": rebase_form or RebaseForm(panel.card),
        "end_form": end_form or EndForm(auto_id="end-%s"),
        "reviews": reviews,
        "review_form": review_form or ReviewForm(len(reviews), desk.day, auto_id="review-%s"),
        "phases": _phases(panel, desk.day, back_form),
        "problems": bound,
    }
    return render(request, "work/leading_detail.html", context, status=422 if bound else 200)


def _phases(panel, day, back_form):
    """Every rebase and break, latest first: its period, the note, and the form to take it back."""
    notes = [note for note in panel.card.notes if note.kind != Annotation.Kind.EVENT]
    return [
        {
            "label": period_label(period_of(panel.card.indicator, note.period)),
            "note": note,
            "taken_back": note.withdrawal if is_taken_back(note, day) else None,
            "form": back_form if back_form and back_form.note.pk == note.pk else TakeBackForm(note),
            "is_ours": note.kind == Annotation.Kind.REBASE
            and note.organization_id == panel.leading.series.organization_id,
        }
        for note in sorted(notes, key=lambda note: (note.period, note.pk), reverse=True)
    ]


@login_required
@require_POST
def leading_end(request, pk):
    """End a declaration with a reason."""
    desk, leading = _leading_or_404(request, pk)
    desk.require(can_lead(desk.rights, desk.tactic, desk.day), leader_only())
    form = EndForm(request.POST, auto_id="end-%s")
    if not form.is_valid():
        return _detail(request, desk, leading, end_form=form)
    try:
        actions.end(leading, author=desk.person, day=desk.day, reason=form.cleaned_data["end_reason"])
        messages.success(request, _("Ended. What was declared and why it ended stay readable."))
    except actions.EndedMeanwhile:
        messages.info(request, _("It had ended already; the first reason stands."))
    return redirect("leading-detail", pk=leading.pk)


@login_required
@require_POST
def leading_review(request, pk):
    """Keep a declaration on its day of review, with what was found."""
    desk, leading = _leading_or_404(request, pk)
    desk.require(can_lead(desk.rights, desk.tactic, desk.day) and leading.ended_on is None, leader_only())
    form = ReviewForm(leading.reviews.count(), desk.day, request.POST, auto_id="review-%s")
    if form.is_valid():
        try:
            actions.review(leading, author=desk.person, day=desk.day, **form.cleaned_data)
            messages.success(request, _("Reviewed. It stays as it was declared."))
            return redirect("leading-detail", pk=leading.pk)
        except actions.AnsweredMeanwhile as found:
            form.last = leading.reviews.count()
            form = form.again()
            form.full_clean()
            form.add_error(None, _("Somebody has just reviewed it: %(words)s") % {"words": found.args[0].words})
    return _detail(request, desk, leading, review_form=form)


@login_required
@require_POST
def leading_rebase(request, pk):
    """Begin a new phase of the run chart."""
    desk, leading = _leading_or_404(request, pk)
    desk.require(
        can_rebase(desk.rights, desk.tactic, desk.day), _("A new phase is for the leader and the data steward.")
    )
    (panel,) = panels_of(desk, request, LeadingIndicator.objects.filter(pk=leading.pk))
    form = RebaseForm(panel.card, request.POST)
    if form.is_valid():
        period, reason = form.cleaned_data["period"], form.cleaned_data["text"]
        try:
            actions.rebase(leading, author=desk.person, day=desk.day, period=period, reason=reason)
            messages.success(request, _("A new phase begins. The earlier one keeps its median and its limits."))
            return redirect("leading-detail", pk=leading.pk)
        except actions.RebasedMeanwhile as standing:
            words = {"reason": standing.args[0].text}
            form.add_error("period", _("A new phase begins there already: %(reason)s") % words)
    return _detail(request, desk, leading, rebase_form=form)


@login_required
@require_POST
def rebase_take_back(request, pk, note_pk):
    """Take a rebase back: both reasons stay readable."""
    desk, leading = _leading_or_404(request, pk)
    desk.require(
        can_rebase(desk.rights, desk.tactic, desk.day), _("A new phase is for the leader and the data steward.")
    )
    series = leading.series
    notes = Annotation.objects.filter(
        indicator=series.indicator_id, organization=series.organization_id, kind=Annotation.Kind.REBASE
    )
    note = get_object_or_404(notes, pk=note_pk)
    form = TakeBackForm(note, request.POST)
    if not form.is_valid():
        return _detail(request, desk, leading, back_form=form)
    if actions.take_back(note, author=desk.person, day=desk.day, reason=form.cleaned_data["reason"]):
        messages.success(request, _("Taken back. Both reasons stay readable."))
    else:
        messages.info(request, _("It had been taken back already; the first reason stands."))
    return redirect("leading-detail", pk=leading.pk)
