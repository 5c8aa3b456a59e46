"""What each word of status means, in one plain sentence; the shares are those of the rules."""

from django.utils.translation import gettext as _

from indicators.status import BEHIND_SHARE, ON_TRACK_SHARE
from indicators.words import Word

SHARES = {"on_track": f"{int(ON_TRACK_SHARE * 100)}%", "behind": f"{int(BEHIND_SHARE * 100)}%"}


def meaning_of(word):
    """The meaning in the reader's language."""
    return MEANINGS[word]() % SHARES


MEANINGS = {
    Word.MOVING_AWAY: lambda: _("Worse than where it began."),
    Word.TARGET_MISSED: lambda: _("The target’s own period has come, and the result falls short."),
    Word.OFF_TRACK: lambda: _("Less than %(behind)s of the planned change has been made."),
    Word.DATA_OVERDUE: lambda: _("A result was due and is not here."),
    Word.SLIGHTLY_BEHIND: lambda: _("At least %(behind)s of the planned change has been made, less than %(on_track)s."),
    Word.ON_TRACK: lambda: _("Within tolerance of the plan, or at least %(on_track)s of the planned change."),
    Word.TARGET_MET: lambda: _("The target has been reached."),
    Word.NOT_COMPARABLE: lambda: _("The way of measuring changed between the start and the result."),
    Word.WITHHELD: lambda: _("The group is too small for its result to be shown."),
    Word.AWAITING_BASELINE: lambda: _("Nobody knows yet where the goal begins; it says until when."),
    Word.NOT_DUE_YET: lambda: _("No result after the start has been due so far."),
    Word.WITHDRAWN: lambda: _("The goal is no longer pursued, and stays readable."),
}
