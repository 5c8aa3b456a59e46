"""Why a file or a cell is not taken."""

from indicators.refusals import Refused, marked

__all__ = ["CellRefused", "FileRefused", "Refused", "marked"]


class FileRefused(Refused):
    """The whole file cannot be read; nothing was kept."""


class CellRefused(Refused):
    """One cell cannot be read as asked."""
