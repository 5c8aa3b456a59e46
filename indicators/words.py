"""The words of status, their order, and how many goals are told in one line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Word(StrEnum):
    """The twelve words: seven that judge, worst first, then five that say why nothing is judged."""

    MOVING_AWAY = "moving_away"
    TARGET_MISSED = "target_missed"
    OFF_TRACK = "off_track"
    DATA_OVERDUE = "data_overdue"
    SLIGHTLY_BEHIND = "slightly_behind"
    ON_TRACK = "on_track"
    TARGET_MET = "target_met"
    NOT_COMPARABLE = "not_comparable"
    WITHHELD = "withheld"
    AWAITING_BASELINE = "awaiting_baseline"
    NOT_DUE_YET = "not_due_yet"
    WITHDRAWN = "withdrawn"


JUDGED = tuple(Word)[:7]
NEUTRAL = frozenset(tuple(Word)[7:])
_RANKS = {word: place for place, word in enumerate(Word)}


def rank(word: Word | str) -> int:
    """The place of a word in the order worst first; neutral words follow the seven that judge.

    >>> sorted([Word.ON_TRACK, Word.MOVING_AWAY, Word.WITHHELD], key=rank)[0].value
    'moving_away'
    """
    return _RANKS[Word(word)]


@dataclass(frozen=True)
class RollUp:
    """Many goals in one line: how many wear each word (worst first, zeros left out), and the worst that judges."""

    counts: Mapping[Word, int]
    worst: Word | None


def roll_up(words: Iterable[Word | str]) -> RollUp:
    """The count in each word and the worst of the seven that judge; never an average, one red must not vanish.

    >>> summary = roll_up(["on_track"] * 9 + ["off_track", "withheld"])
    >>> summary.worst.value, summary.counts[Word.ON_TRACK]
    ('off_track', 9)
    """
    given = [Word(word) for word in words]
    counts = {word: given.count(word) for word in Word if word in given}
    return RollUp(counts, next((word for word in JUDGED if word in counts), None))
