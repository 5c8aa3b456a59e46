"""Every revision of a goal in order: when, why, by whom, and where the target moved."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from indicators.labels import day_label
from strategy.cards import GoalCard
from strategy.models import GoalRevision
from strategy.revisions.differences import measure_text, target_phrase
from strategy.revisions.outlooks import Outlook, outlook_words

Kind = GoalRevision.Kind


@dataclass(frozen=True)
class Step:
    """One adopted revision as the public reads it."""

    revision: GoalRevision
    is_first: bool
    target_before: str
    target: str
    measure_before: str
    measure: str
    outlook: Outlook | None

    @property
    def moves_target(self) -> bool:
        """The target moved to another one."""
        return bool(self.target_before and self.target) and self.target_before != self.target

    @property
    def is_measure_replaced(self) -> bool:
        return bool(self.measure_before and self.measure) and self.measure_before != self.measure

    @property
    def was_adopted_later(self) -> bool:
        """The proposal waited at least a day."""
        return self.revision.known_on < self.revision.settled_on


@dataclass
class Chronicle:
    """What the page of a goal says of its revisions, and of a promise that has no path for now."""

    steps: list[Step]
    standing: str = ""

    @property
    def times_revised(self) -> int:
        return max(len(self.steps) - 1, 0)

    @property
    def current(self) -> Step | None:
        return self.steps[-1] if self.steps else None

    @property
    def outlook(self) -> Outlook | None:
        """What was foreseen when the path now in force was adopted."""
        return self.steps[-1].outlook if self.steps else None


def chronicle_of(card: GoalCard, read) -> Chronicle:
    """Every revision by the card's day, oldest first; no query."""
    steps, before = [], None
    for revision in card.revisions:
        steps.append(_step(card, before, revision, read))
        before = revision if revision.kind != Kind.WITHDRAWN else before
    return Chronicle(steps, _standing(card, read))


def _step(card: GoalCard, before: GoalRevision | None, revision: GoalRevision, read) -> Step:
    names = [
        measure_text(r, read) if r and r.measure_id and r.kind != Kind.WITHDRAWN else "" for r in (before, revision)
    ]
    targets = [target_phrase(r) if r and r.kind != Kind.WITHDRAWN else "" for r in (before, revision)]
    return Step(revision, before is None, *targets, *names, outlook_words(card, revision))


def _standing(card: GoalCard, read) -> str:
    """A sentence for a goal that is not judged, and for one whose measure was replaced."""
    current = card.current
    if current is None:
        return ""
    if current.kind == Kind.WITHDRAWN:
        words = {"day": day_label(current.settled_on), "reason": read(current.reason)}
        if not current.reason:
            return _("Withdrawn on %(day)s. What was promised stays readable.") % words
        return _("Withdrawn on %(day)s: %(reason)s") % words
    if current.kind == Kind.AWAITING:
        words = {"day": day_label(current.awaiting_until)}
        if current.awaiting_until < card.day:
            return _("The baseline was expected by %(day)s and is not here yet. Until then nothing is judged.") % words
        return _("The baseline is expected by %(day)s. Until then nothing is judged.") % words
    return _replaced(card, read)


def _replaced(card: GoalCard, read) -> str:
    """The last replacement of the measure, which the first path cannot show."""
    paths = [revision for revision in card.revisions if revision.measure_id and revision.kind != Kind.WITHDRAWN]
    for before, after in zip(reversed(paths[:-1]), reversed(paths[1:]), strict=True):
        if (before.measure_id, before.minus_id) != (after.measure_id, after.minus_id):
            words = {
                "day": day_label(after.settled_on),
                "before": measure_text(before, read),
                "now": measure_text(after, read),
            }
            return _("The measure was replaced on %(day)s: %(before)s before, %(now)s since.") % words
    return ""
