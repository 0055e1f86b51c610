"""A text to copy into a chat group: who owes what by when, as the board says it to everyone."""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from items.public.lists import Head, Holder, Row
from items.public.sentences import days_left, deadline, overdue
from items.states import Status
from items.words import Words, day


def chat_text(
    lists: Iterable[tuple[Head, Iterable[Row]]],
    as_of: date,
    address_of: Callable[[str], str],
    left_out: int = 0,
) -> str:
    """Return the text about open items, a paragraph for each list.

    The rows are a visitor's, so that persons are named only where the committee shows them.
    `address_of` makes a board's address of a list's slug. `left_out` is how many open items more
    there are, which the board names.
    """
    paragraphs = [
        "\n".join([_heading(head, as_of), *map(_line, rows), _board(address_of(head.slug))])
        for head, rows in lists
    ]
    if left_out:
        more = ngettext(
            "%(n)d more item stands on the board.", "%(n)d more items stand on the board.", left_out
        )
        paragraphs.append(more % {"n": left_out})
    return "\n\n".join(paragraphs)


def _heading(head: Head, as_of: date) -> str:
    said = {"list": _said(head.name), "day": day(as_of)}
    return _("%(list)s, what waits as of %(day)s:") % said


def _line(row: Row) -> str:
    pending = row.status == Status.PENDING_CHECK
    said = {
        "number": row.number,
        "title": _said(row.title),
        "who": _called(row.supervisor if pending else row.owner),
        "when": _when(row),
    }
    if pending:
        return _("%(number)s. %(title)s: %(who)s checks; %(when)s") % said
    return _("%(number)s. %(title)s: %(who)s; %(when)s") % said


def _when(row: Row) -> str:
    known = [deadline(row), overdue(row)]
    if not row.overdue_days and row.due_in_days is not None:
        known.append(days_left(row.due_in_days))
    return pgettext("between clauses", ", ").join(filter(None, known))


def _board(address: str) -> str:
    return _("See the board: %(address)s") % {"address": address}


def _called(holder: Holder) -> str:
    return " ".join(filter(None, [_said(holder.post), holder.name]))


def _said(words: Words) -> str:
    return words.in_language(get_language() or "")[0]
