"""Exceptions of the import: a file, or a cell, that cannot be read."""

from items.errors import Refused


class BadTable(Refused):
    """A whole file is refused: it is no table, or none that can be read safely."""


class BadCell(Refused):
    """A value is refused; the caller adds the address of its cell."""
