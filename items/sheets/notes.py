"""Notes: what the import made of a cell whose words say less, more or something else."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Noted:
    """A parser's result that has to be shown before it is saved: the value, and why.

    `value` is None where the cell is set aside; `sentence` says what was made of the cell. `kept`
    are words that have no column of their own: they go into the item's remark. `choices` are what
    the cell may mean, each as one would write it, the one that was taken first.
    """

    value: Any
    sentence: str
    kept: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A cell that was computed or set aside: where it stands, what it says, what was made of it."""

    row: int
    address: str  # "H7"
    column: str  # the column's name in sheets, such as "due"
    original: str  # the cell's words, shortened
    sentence: str
    choices: tuple[str, ...] = ()  # its readings, each as one would write it; the one taken first
    is_aside: bool = False  # nothing of the cell is saved

    def __str__(self) -> str:
        words = {"row": self.row, "cell": self.address, "sentence": self.sentence}
        return _("Row %(row)s, cell %(cell)s: %(sentence)s") % words
