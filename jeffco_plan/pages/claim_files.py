"""A leading indicator and its goal side by side, to take away: the district's pairs, and those of its schools."""

from decimal import Decimal

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.translations import reader_of
from indicators.charts import pictures
from jeffco_plan.pages.exports import Picture, Table, facts_of, file_response, foot_of
from jeffco_plan.pages.tactic import tactic_or_404
from strategy import claim_words
from strategy.claims import claims_of
from strategy.frames import open_plan
from strategy.leading import leading_cards
from strategy.school_pairs import school_pairs_of


@require_safe
def pairs_file(request, plan, strategy, tactic, pk, kind):
    """The pairs of the whole district, by period of the goal."""
    frame, claim = claim_or_404(request, plan, strategy, tactic, pk)
    if not claim.rows:
        raise Http404
    page = Page(request, frame, claim)
    return file_response(
        kind,
        frame,
        [tactic, claim.card.indicator.code, "pairs"],
        table=lambda: pairs_table(page),
        picture=lambda: page.picture(claim),
    )


@require_safe
def schools_file(request, plan, strategy, tactic, pk, kind):
    """The latest pair of each school, and the schools that have none."""
    frame, claim = claim_or_404(request, plan, strategy, tactic, pk)
    (schools,) = school_pairs_of([claim], frame.day)
    if schools is None or not schools.rows:
        raise Http404
    page = Page(request, frame, claim)
    return file_response(
        kind,
        frame,
        [tactic, claim.card.indicator.code, "schools"],
        table=lambda: schools_table(page, schools),
        picture=lambda: page.picture(schools),
    )


def claim_or_404(request, plan, strategy, tactic, pk):
    """A declaration in force on the day, with its evidence: nothing is told of what is not declared."""
    frame = open_plan(request, plan)
    owner = tactic_or_404(frame, strategy, tactic)
    cards = leading_cards(owner.leading_indicators.filter(pk=pk), [], frame.day)
    if not cards:
        raise Http404
    (claim,) = claims_of(cards, frame.day)
    return frame, claim


class Page:
    """The page that the files belong to: names in the reader's language, and what every file says of itself."""

    def __init__(self, request, frame, claim):
        self.request, self.frame, self.claim = request, frame, claim
        self.read = reader_of(request)
        tactic = claim.leading.tactic
        place = [frame.plan.slug, tactic.strategy.slug, tactic.slug]
        self.home = f"{reverse('tactic-detail', args=place)}{frame.query}#leading-{claim.leading.pk}"
        self.leading = self.read(claim.card.indicator.name)
        self.goal = self.read(claim.leading.goal.short_name)
        self.mark = _("all") if claim.has_illustration else ""

    def table(self, header, rows, *about):
        """A table with the claim as it was declared."""
        declared = [(_("Indicator"), self.leading), (_("Goal"), self.goal), *about, (_("Method"), self.claim.rule)]
        return Table(header, rows, facts_of(self.request, self.frame, self.read, self.home, *declared))

    def picture(self, told):
        """The chart on the page, its finding above; None where there is nothing to draw."""
        parts = pictures.parts_of(told.draw(self.read, "p"))
        if not parts:
            return None
        foot = foot_of(
            self.request, self.frame, self.read, self.home,
            subject=_("%(leading)s beside the goal %(goal)s") % {"leading": self.leading, "goal": self.goal},
            source="; ".join(dict.fromkeys(self.read(one.source) for one in self.indicators)),
            illustration=_("Illustration: these figures are not real.") if self.mark else "",
        )  # fmt: skip
        return Picture(parts[0], told.finding, [told.key, told.left_out, told.statistics, *foot])

    @property
    def indicators(self):
        return (self.claim.card.indicator, self.claim.measure)


def pairs_table(page):
    header = [_("Goal’s period"), _("Leading indicator"), _("Its change"), _("Goal"), _("Its change"), _("Moved"),
              _("Window"), _("Illustration")]  # fmt: skip
    rows = [[row.label, *map(plain, row.values), row.says, row.window, page.mark] for row in page.claim.rows]
    claim = page.claim
    said = " ".join([claim.finding, claim.left_out, claim.statistics])
    return page.table(header, rows, (_("Finding"), said))


def schools_table(page, schools):
    """Every school with both measures; one without a pair says why, and no number."""
    header = [_("School"), _("Code"), _("Goal’s period"), _("Leading indicator before"), _("Leading indicator after"),
              _("Its change"), _("Goal before"), _("Goal after"), _("Its change"), _("Moved"),
              _("Illustration")]  # fmt: skip
    rows = [
        [row.school.name, row.school.code, row.label, *map(plain, row.leading_values), plain(row.pair.leading),
         *map(plain, row.goal_values), plain(row.pair.goal), row.says, page.mark]
        for row in schools.rows
    ]  # fmt: skip
    rows += [
        [side.school.name, side.school.code, *[""] * 7, claim_words.why_left_out(reason), page.mark]
        for side in schools.sides
        if (reason := schools.without.get(side.school.key))
    ]
    said = " ".join([schools.finding, schools.left_out, schools.each_once, schools.statistics])
    return page.table(header, rows, (_("Finding"), said))


def plain(amount):
    """A value as a spreadsheet takes it; a mean of many readings is rounded to six decimals."""
    if amount is None:
        return None
    numerator, denominator = amount.as_integer_ratio()
    return round(Decimal(numerator) / denominator, 6)
