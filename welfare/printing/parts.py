"""What several printed things say in the same words: heads, rows, the equation, the as-of day.

All of it comes from the shapes and sentences of the board: no figure is computed here.
"""

from datetime import date

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from items.public import Arithmetic, Block, Head, Row, sentences
from items.states import Status
from items.words import Words, day


def short_language() -> str:
    """Return the language that is active as templates know it: "zh" or "en"."""
    return "zh" if (get_language() or "").startswith("zh") else "en"


def said(words: Words) -> str:
    """Return a text in the language that is active, or in the one that it has."""
    return words.in_language(get_language() or "")[0]


def house_of(organisation: Words, committee: Words) -> str:
    """Return whose list it is."""
    return f"{said(organisation)} · {said(committee)}"


def as_of_words(head: Head, as_of: date) -> str:
    """Return the day as of which a list is shown, in words."""
    if head.closed_on:
        values = {"day": day(head.closed_on)}
        return _("Closed on %(day)s: everything is as of that day") % values
    return _("As of %(day)s") % {"day": day(as_of)}


def invented(demonstration: bool) -> list[str]:
    """Return what says that a company is invented, where it is."""
    if not demonstration:
        return []
    return [_("Demonstration"), _("The company is invented; this is no real plant’s record.")]


def equation_of(arithmetic: Arithmetic) -> dict:
    """Return the equation as templates take it."""
    return {
        "total": str(arithmetic.total),
        "terms": [
            {"key": term.key, "label": str(term.label), "count": str(term.count)}
            for term in arithmetic.groups
        ],
    }


def equation_in_words(equation: dict) -> str:
    """Return an equation as one line of text."""
    promised = pgettext("the total of a list", "promised")
    terms = " + ".join(f"{term['count']} {term['label'].lower()}" for term in equation["terms"])
    return f"{equation['total']} {promised} = {terms}"


def strip_of(blocks: tuple[Block, ...] | tuple[Row, ...]) -> list[dict]:
    """Return blocks as templates take them."""
    return [
        {"number": block.number, "status": block.status, "late": block.overdue_days > 0}
        for block in blocks
    ]


def row_of(row: Row, year: int) -> dict:
    """Return an item as a row of a sheet."""
    news = "" if row.status == Status.RESOLVED else sentences.brief(row.last_text, 30)
    return {
        "number": row.number,
        "title": said(row.title),
        "below": " · ".join(filter(None, [said(row.place), news])),
        "owner": said(row.owner.post),
        "supervisor": said(row.supervisor.post),
        "due": sentences.deadline(row, year),
        "status": row.status,
        "state": row.status_label,
        "told": told_of(row, year),
        "late": row.overdue_days > 0,
        "resolved": row.status == Status.RESOLVED,
    }


def told_of(row: Row, year: int) -> list[str]:
    """Return what is said of an item beside its state: what presses, else the first mark."""
    marks = sentences.marks(row, year)
    told = [mark.text for mark in marks if mark.kind] or [mark.text for mark in marks[:1]]
    if row.status == Status.RESOLVED and row.last_on:
        told = [sentences.last(row, year), *(mark.text for mark in marks if mark.kind)]
    if row.announced:
        told = list(dict.fromkeys([sentences.announced(row, year), *told]))
    return told


def row_heads() -> dict:
    """Return the heads of a table of rows."""
    return {
        "number": _("No."),
        "matter": _("What was promised, where"),
        "who": _("Who does it, who checks it"),
        "due": _("Deadline"),
        "state": _("Now"),
    }


def page_words() -> dict:
    """Return the words of "page 1 of 2"."""
    return {"page": _("Page"), "of": pgettext("page 1 of 2", "of")}
