"""Exceptions of the import: a file, or a cell, that cannot be read."""

from items.errors import Refused


class BadTable(Refused):
    """A whole file is refused: it is no table, or none that can be read safely."""


class BadCell(Refused):
    """A value is refused; the caller adds the address of its cell.

    `choices` are what it may mean, each written so that it can be read: the preview offers them.
    """

    def __init__(self, *sentences: str, choices: tuple[str, ...] = ()):
        self.choices = choices
        super().__init__(*sentences)
