"""One cell of a file as an exact number or a mark; a mark is information and never becomes a zero."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import ROUND_HALF_EVEN, Decimal

from indicators.importing.refusals import CellRefused
from indicators.importing.refusals import marked as _

SUPPRESSED, BOUNDED, NOT_AVAILABLE = "suppressed", "bounded", "not_available"

PLACES = Decimal("0.000001")  # what the database keeps
LARGEST = Decimal(10) ** 14
LARGEST_COUNT = 2_147_483_647

MARKS = {
    **dict.fromkeys(["*", "**", "- -", "--", "s", "suppressed", "suprimido"], SUPPRESSED),
    **dict.fromkeys(
        [
            "n/a", "na", "n.a.", "lne", ".", "(-)", "-", "not available", "no data", "no disponible", "n/d",
            "#div/0!", "#value!", "#n/a", "#ref!", "#name?", "#num!", "#null!",
        ],
        NOT_AVAILABLE,
    ),
}  # fmt: skip

_NUMBER = r"(?=\$?\s?\.?[0-9])\$?\s?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?(?:e[-+]?[0-9]{1,3})?\s?%?"
_PLAIN = re.compile(rf"([-+]?)({_NUMBER})", re.IGNORECASE)
_AT_MOST = re.compile(rf"(?:<=?|less than|at most|under|menos de)\s*({_NUMBER})", re.IGNORECASE)
_AT_LEAST = re.compile(rf"(?:>=?|more than|at least|over|más de)\s*({_NUMBER})", re.IGNORECASE)
_OR_LESS = re.compile(rf"({_NUMBER})\s*(?:or (?:less|fewer|under|below)|o menos)", re.IGNORECASE)
_OR_MORE = re.compile(rf"({_NUMBER})\s*(?:or (?:more|greater|over|above|higher)|o más)", re.IGNORECASE)
_BETWEEN = re.compile(rf"({_NUMBER})\s*(?:-|to|a)\s*({_NUMBER})", re.IGNORECASE)
_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says: a value, or a mark, with the bounds that a mark may give."""

    value: Decimal | None = None
    mark: str = ""
    low: Decimal | None = None
    high: Decimal | None = None


def cell_text(cell: object) -> str:
    """A cell as a person reads it: whole numbers that a spreadsheet kept as 1420.0 lose the tail.

    >>> cell_text(1420.0), cell_text("  Jeffco\\u00a0Public  Schools "), cell_text(None)
    ('1420', 'Jeffco Public Schools', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return _SPACES.sub(" ", str(cell)).strip()


def read_value(cell: object, unit: str = "") -> Reading:
    """The reading that a cell holds; raises CellRefused with a sentence a data steward understands.

    `unit` is that of the indicator: a percent sign is taken only for percentages, a dollar sign only for dollars.
    Bounds are kept as printed, so "< 16" is at most 16. Numbers are rounded to six places, as stored.

    >>> read_value("84.6%", "percent").value, read_value(" 23,496").value
    (Decimal('84.600000'), Decimal('23496.000000'))
    >>> read_value("- -").mark, read_value("16-50")
    ('suppressed', Reading(value=None, mark='bounded', low=Decimal('16.000000'), high=Decimal('50.000000')))
    """
    if isinstance(cell, bool):
        raise CellRefused(_("The cell holds true or false, not a number."))
    if isinstance(cell, (int, float, Decimal)):
        return Reading(_exact(repr(cell) if isinstance(cell, float) else str(cell)))
    if isinstance(cell, (date, time, timedelta)):
        raise CellRefused(_("The cell holds a date or a time. A spreadsheet may have made it of a range such as 6-10."))
    text = _tidy(cell)
    if not text:
        raise CellRefused(_("The value is empty. Write the number, or a mark such as * or N/A."))
    mark = MARKS.get(text.casefold())
    if mark:
        return Reading(mark=mark)
    return _bounded(text, unit) or Reading(_number(text, unit))


def read_count(cell: object) -> int | None:
    """A number of people or things: a whole number, or None for an empty cell or a mark such as "< 16".

    >>> read_count("6,079"), read_count("50 or less"), read_count("")
    (6079, None, None)
    """
    if cell_text(cell) == "":
        return None
    value = read_value(cell).value
    if value is None:
        return None
    if value != value.to_integral_value() or not 0 <= value <= LARGEST_COUNT:
        raise CellRefused(_("A count must be a whole number, not negative."))
    return int(value)


def reading_text(reading: Reading) -> str:
    """The text from which `read_value` makes the very same reading again.

    >>> reading_text(read_value("<= 2%", "percent")), reading_text(read_value("s")), reading_text(read_value("84.60"))
    ('<= 2', '*', '84.6')
    """
    if reading.value is not None:
        return number_text(reading.value)
    if reading.mark != BOUNDED:
        return "*" if reading.mark == SUPPRESSED else "N/A"
    if reading.low is None:
        return f"<= {number_text(reading.high)}"
    if reading.high is None:
        return f">= {number_text(reading.low)}"
    return f"{number_text(reading.low)} to {number_text(reading.high)}"


def number_text(value: Decimal) -> str:
    """A plain number without exponent or a tail of zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _tidy(cell: object) -> str:
    text = cell_text(cell).lstrip("'’")
    return text.replace("−", "-").replace("–", "-").replace("—", "-").replace("≤", "<=").replace("≥", ">=")


def _bounded(text: str, unit: str) -> Reading | None:
    for pattern, end in ((_AT_MOST, "high"), (_OR_LESS, "high"), (_AT_LEAST, "low"), (_OR_MORE, "low")):
        if found := pattern.fullmatch(text):
            return Reading(mark=BOUNDED, **{end: _number(found.group(1), unit)})
    if found := _BETWEEN.fullmatch(text):
        low, high = (_number(part, unit) for part in found.groups())
        if low > high:
            raise CellRefused(_("The range ends before it begins."))
        return Reading(mark=BOUNDED, low=low, high=high)
    return None


def _number(text: str, unit: str) -> Decimal:
    found = _PLAIN.fullmatch(text)
    if not found:
        raise CellRefused(_wrong_number(text))
    sign, body = found.groups()
    digits = body.replace("$", "").replace("%", "").replace(",", "").strip()
    if "%" in body and unit not in ("", "percent"):
        raise CellRefused(_("A percent sign stands here, but the indicator is not a percentage."))
    if "$" in body and unit not in ("", "dollars"):
        raise CellRefused(_("A dollar sign stands here, but the indicator is not in dollars."))
    return _exact(sign + digits)


def _wrong_number(text: str) -> str:
    if re.fullmatch(r"-?\d+,\d+", text):
        return _("The comma does not set off thousands. Write decimals with a point, such as 78.1.")
    if re.fullmatch(r"-?[\d.,]+%?\s?[*†‡^]+", text):
        return _("A footnote mark stands behind the number. Write the number alone, the footnote as a note.")
    return _("This is neither a number nor a mark that is known.")


def _exact(digits: str) -> Decimal:
    value = Decimal(digits)
    if not value.is_finite() or abs(value) >= LARGEST:
        raise CellRefused(_("The number is too large to be a reading."))
    return value.quantize(PLACES, rounding=ROUND_HALF_EVEN) + 0  # plus nothing: -0 becomes 0
