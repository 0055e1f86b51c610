"""The pack for a meeting."""

from dataclasses import dataclass
from datetime import date

from items import public
from items.staff.lines import Line
from items.staff.look_backs import LookBack
from items.staff.voices import Voices


@dataclass(frozen=True, slots=True)
class Pack:
    """What a meeting needs: the figures of the board, and what has to be decided, in order."""

    head: public.Head
    arithmetic: public.Arithmetic
    claimed: public.ClaimCounts  # what was claimed, and what was found
    tasks: tuple[Line, ...]  # open tasks of earlier meetings, the earliest day first
    urged: tuple[Line, ...]  # and no news since, the longest first
    overdue: tuple[Line, ...]  # the latest first
    parts: tuple[Line, ...]  # not overdue themselves, with a part that is, the latest first
    extensions: tuple[Line, ...]
    reviews: tuple[Line, ...]  # past their day, the latest first
    claims: tuple[Line, ...]  # waiting for the check, the longest first
    reopened: tuple[Line, ...]  # and not resolved again
    look_backs: tuple[Line, ...]  # to be looked at again, or were lately, the earliest day first
    stale: tuple[Line, ...]  # the most silent first
    gaps: tuple[str, ...]  # of rules 1 and 2, in sentences
    as_of: date
    looks: dict[int, tuple[LookBack, ...]]  # by the key of a line: who looks back, what they found
    voices: dict[int, Voices]  # by the key of a line: what the three sides say of it
