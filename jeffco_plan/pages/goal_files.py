"""The charts of a tactic to take away: each goal's trajectory and each leading indicator's run chart."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.translations import reader_of
from indicators.charts import pictures, trajectory
from indicators.labels import period_label
from indicators.trajectory import RANGE
from jeffco_plan.pages.exports import Picture, Table, facts_of, file_response, foot_of
from jeffco_plan.pages.tactic import card_or_404, tactic_or_404, whole_chart_of
from strategy.frames import open_plan
from strategy.leading import leading_cards
from strategy.occasions import by_period
from strategy.outlooks import sentence_of
from strategy.tables import rows_of
from strategy.timelines import milestone_cards


@require_safe
def goal_data(request, plan, strategy, tactic, goal):
    """The goal's numbers as a file that is safe to open."""
    return goal_file(request, plan, strategy, tactic, goal, "csv")


@require_safe
def goal_file(request, plan, strategy, tactic, goal, kind):
    """The goal against its planned path, as a table or a picture."""
    frame, card = card_or_404(request, plan, strategy, tactic, goal)
    read = reader_of(request)
    home = reverse("tactic-detail", args=[plan, strategy, tactic]) + frame.query + f"#goal-{goal}"
    return file_response(
        kind,
        frame,
        [tactic, goal],
        table=lambda: goal_table(request, frame, read, home, card),
        picture=lambda: goal_picture(request, frame, read, home, card),
    )


def goal_table(request, frame, read, home, card):
    header = [_("Goal"), _("Period"), _("Actual"), _("Planned"), _("Gap"), _("If nothing changes"), _("Known since"),
              _("Source"), _("Note"), _("File and cell"), _("Illustration")]  # fmt: skip
    rows = [
        [read(card.promise.statement), row.label, *row.cells, row.outlook, row.known_on,
         read(row.source), read(row.note), row.place, illustration_word(card)]
        for row in rows_of(card)
    ]  # fmt: skip
    indicator = read(card.indicator.name) if card.indicator else ""
    about = [(_("Goal"), read(card.promise.statement)), (_("Finding"), card.sentence), (_("Indicator"), indicator)]
    if sentence_of(card):
        about.append((_("If nothing changes"), sentence_of(card)))
    return Table(header, rows, facts_of(request, frame, read, home, *about))


def illustration_word(card):
    """What of the goal is an illustration, for files."""
    return {"all": _("all"), "target": _("target path")}.get(card.illustration, "")


def goal_picture(request, frame, read, home, card):
    """The trajectory with its milestones, as the tactic's page draws it; None where there is nothing to draw."""
    chart = whole_chart_of(card, frame, read)
    if chart is None:
        return None
    foot = foot_of(
        request, frame, read, home,
        subject=read(card.promise.statement),
        source="; ".join(sources_of(card, read)),
        illustration=illustration_line(card),
    )  # fmt: skip
    part = pictures.parts_of(trajectory.draw_width(chart, trajectory.WIDE, "p"))[0]
    return Picture(part, card.finding, [key_of(card), *foot], card.sentence)


def key_of(card):
    """What the lines and areas of the drawing are."""
    said = [_("Solid line: actual results. Dashed: the plan, circles are its waypoints.")]
    if card.first_path:
        said.append(_("Dotted: the first path."))
    if card.path and card.path.direction == RANGE:
        said.append(_("Tinted: the range that the goal aims at."))
    if card.forecast:
        said.append(_("Gray area: where results would land 8 times in 10 if nothing changes."))
    return " ".join(said)


def sources_of(card, read):
    """The sources of the drawn readings, each once, the latest first."""
    found = (read(source) for point in reversed(card.points) for source in point.sources)
    return list(dict.fromkeys(found))[:3]


def illustration_line(card):
    return {
        "all": _("Illustration: these figures are not real."),
        "target": _("Results are real; the target path is an illustration."),
    }.get(card.illustration, "")


# Leading indicators


@require_safe
def leading_file(request, plan, strategy, tactic, pk, kind):
    """A leading indicator's run chart, as a table or a picture."""
    frame, read = open_plan(request, plan), reader_of(request)
    owner = tactic_or_404(frame, strategy, tactic)
    cycles = list(owner.pdsa_cycles.filter(started_on__lte=frame.day).order_by("number"))
    milestones = milestone_cards(owner.milestones.order_by("position"), frame.day)
    cards = leading_cards(owner.leading_indicators.filter(pk=pk), cycles, frame.day, milestones=milestones)
    if not cards:
        raise Http404
    home = reverse("tactic-detail", args=[plan, strategy, tactic]) + frame.query + "#leading"
    return file_response(
        kind,
        frame,
        [tactic, cards[0].indicator.code],
        table=lambda: leading_table(request, frame, read, home, cards[0]),
        picture=lambda: leading_picture(request, frame, read, home, cards[0]),
    )


def leading_table(request, frame, read, home, card):
    header = [
        _("Indicator"),
        _("Period"),
        _("Value"),
        _("Known since"),
        _("Source"),
        _("What happened"),
        _("Illustration"),
    ]
    inside = by_period(card.happenings(read), card.indicator)
    name, mark = read(card.indicator.name), _("all") if card.indicator.is_illustration else ""
    rows = [
        [name, period_label(point.reading.period), point.reading.low, point.reading.known_on,
         "; ".join(read(source) for source in point.sources),
         "; ".join(one.sentence for one in inside.get(point.reading.period.number, [])), mark]
        for point in reversed(card.shown)
    ]  # fmt: skip
    about = [(_("Indicator"), name), (_("Finding"), card.finding), (_("Method"), card.method)]
    return Table(header, rows, facts_of(request, frame, read, home, *about))


def leading_picture(request, frame, read, home, card):
    parts = pictures.parts_of(card.draw(read, "p"))
    if not parts:
        return None
    foot = foot_of(
        request, frame, read, home,
        subject=read(card.indicator.name),
        source=read(card.indicator.source),
        illustration=_("Illustration: these figures are not real.") if card.indicator.is_illustration else "",
    )  # fmt: skip
    signs = " ".join(one.sentence.rstrip(".") + "." for one in card.happenings(read) if one.is_drawn)
    return Picture(parts[0], card.finding, [*([signs] if signs else []), card.method, *foot])
