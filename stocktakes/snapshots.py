"""Frozen records: one canonical text for one content, and a chain of fingerprints that a single edit would break.

Pure: dictionaries and text in, text and fingerprints out.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Protocol

FORMAT = "jeffco-plan stocktake 1"


class NotPublishable(ValueError):
    """What was to be frozen for everyone holds something that may not be shown to everyone."""


class Link(Protocol):
    """One frozen record in the chain of all."""

    number: int
    content: str
    sha256: str
    previous_sha256: str


def canonical(content: Mapping) -> str:
    """The one text of a content: sorted keys, no spaces, decimals and days as text.

    A float has many spellings and is refused.

    >>> canonical({"b": Decimal("85.30"), "a": date(2019, 12, 12)})
    '{"a":"2019-12-12","b":"85.3"}'
    """
    return json.dumps(_plain(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def fingerprint(previous: str, text: str) -> str:
    """SHA-256, in hexadecimal, over the fingerprint before (nothing for the first) followed by the text in UTF-8.

    >>> fingerprint("", "{}")
    '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
    """
    return hashlib.sha256((previous + text).encode()).hexdigest()


def broken_at(chain: Iterable[Link]) -> int | None:
    """The number of the first record that is not what was sealed, or does not follow the one before; None if sound."""
    previous = ""
    for place, link in enumerate(chain, 1):
        is_sound = link.previous_sha256 == previous and link.sha256 == fingerprint(previous, link.content)
        if link.number != place or not is_sound:
            return place
        previous = link.sha256
    return None


def check_publishable(content: Mapping) -> None:
    """Refuses a content in which a withheld reading carries a number, or a goal rests on a staff-only indicator."""
    for goal in content["goals"]:
        if not goal["measure"]:
            continue
        if not goal["measure"]["is_public"]:
            raise NotPublishable(f"“{goal['statement']}” rests on an indicator that is not public.")
        for reading in goal["readings"]:
            if reading["reason"] and any(reading[name] is not None for name in ("low", "high", "n")):
                raise NotPublishable(f"“{goal['statement']}” would show a number that is withheld.")


def _plain(value):
    """The same content in the few kinds that JSON spells in one way."""
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal):
        return written(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"A frozen record cannot hold {type(value).__name__}.")


def written(amount: Decimal) -> str:
    """A decimal as text, the same for 85.3 and 85.300000.

    >>> written(Decimal("85.300000")), written(Decimal("1E+2"))
    ('85.3', '100')
    """
    text = f"{amount:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
