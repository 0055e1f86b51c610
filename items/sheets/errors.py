"""What the import says when it cannot read something."""

from items.errors import Refused


class BadTable(Refused):
    """Refuse a whole file: it is no table, or none that can be read safely."""


class BadCell(Refused):
    """Refuse one value; who calls adds the address of its cell."""
