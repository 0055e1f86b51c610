"""Pictures for chat groups: an item, a place, a week or a bulletin, as data of one template.

They say what their pages say, in the same sentences. A bulletin's is made of its stored article
alone, so that it stays what it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from items.models.bulletin import Section
from items.public import (
    BulletinPage,
    ChangesPage,
    Head,
    ItemPage,
    Move,
    PlacePage,
    Row,
    Share,
    answer,
    in_short,
    sentences,
)
from items.public.sentences import brief
from items.states import Status
from items.words import Words, day
from welfare.printing.parts import (
    as_of_words,
    equation_in_words,
    equation_of,
    house_of,
    invented,
    said,
    short_language,
    strip_of,
)
from welfare.printing.pdf import png_of
from welfare.printing.place import title_of
from welfare.printing.qr import page_address, qr, qr_of, short_address

LINES = 8  # rows of a picture; the page says the others
MOST_BLOCKS, MOST_NUMBER = 54, 999  # in its strip
ROOM = 34  # Chinese characters of what is told in a row
TITLE = 44  # of a title in a row
QR = 88  # mm: 249 pixels
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture before it is drawn: what it shows, all that it says, and lines to copy."""

    data: Data
    day: date
    title: str
    lines: tuple[str, ...]  # to be sent beside it; the last is the address
    head: Head

    @property
    def says(self) -> str:
        """Return all that it says, line by line, for whoever doesn't see it."""
        return "\n".join(_said_in(self.data))

    def png(self) -> bytes:
        """Draw it; raise `CannotPrint`."""
        return png_of("picture", self.data, self.day, says=self.says)


def _said_in(data: Data) -> Iterable[str]:
    yield from (data["house"], data["about"])
    if data["block"]:
        yield f"{data['block']['number']} {data['headline']}"
    elif data["headline"]:
        yield data["headline"]
    yield from filter(None, [data["title"], *data["told"]])
    if data["equation_first"]:
        yield data["sum"]
    if data["rows_head"]:
        yield data["rows_head"]
    for row in data["rows"]:
        yield " ".join(filter(None, [row["label"], row["title"], row["told"]]))
    yield from filter(None, [data["more"], *data["facts"]])
    if not data["equation_first"]:
        yield data["sum"]
    yield from filter(None, [data["as_of"], data["door"], data["scan"], data["address"]])
    yield from filter(None, [data["invented"]])


def _data(head: Head, as_of: str, address: str, equation: Data, /, **more: Any) -> Data:
    """Return the data of a picture; a part that isn't named is left out of it."""
    return {
        "lang": short_language(),
        "house": house_of(head.organisation, head.committee),
        "about": said(head.name),
        "block": None,
        "headline": "",
        "tone": "",
        "title": "",
        "told": [],
        "equation": equation,
        "equation_first": True,
        "sum": equation_in_words(equation),
        "strip": [],
        "rows_head": "",
        "rows": [],
        "more": "",
        "facts": [],
        "as_of": as_of,
        "door": _("Look closer, and say a word"),
        "scan": _("Press the code long, or scan it. No login."),
        "address": address,
        "qr": qr_of(address, level="m", size=QR),
        "invented": " · ".join(invented(head.demonstration)),
    } | more


def of_item(page: ItemPage) -> Picture:
    """Return the picture of an item as it stands: its answer, and how the whole list stands."""
    row, told, address = page.row, answer(page), short_address(page.row.code)
    title = said(row.title)
    values = {"list": said(page.head.name), "n": row.number}
    data = _data(
        page.head,
        as_of_words(page.head, page.as_of),
        address,
        equation_of(page.arithmetic),
        about=_("%(list)s, no. %(n)d") % values,
        block={"number": row.number, "status": row.status, "late": row.overdue_days > 0},
        headline=row.status_label,
        tone=row.status,
        title=title,
        told=[
            told.headline,
            *([_("“%(words)s”") % {"words": told.quote}] if told.quote else []),
            *(mark.text for mark in told.marks),
        ],
        equation_first=False,
        strip=_strip(strip_of(page.strip)),
        door=page.question,
        qr=qr(page.row.code, level="m", size=QR),
    )
    lines = (
        _("%(state)s: %(title)s") % {"state": _state(row), "title": title},
        _("%(question)s (%(as_of)s)") % {"question": page.question, "as_of": data["as_of"]},
        address,
    )
    return Picture(data, page.as_of, title, lines, page.head)


def _state(row: Row) -> str:
    if row.status == Status.RESOLVED:
        return _("Done and checked")
    state = in_short(row.status, row.announced)
    return state[:1].upper() + state[1:]


def of_place(page: PlacePage) -> Picture:
    """Return the picture of a place: how many items, and how each of the first stands."""
    address = page_address("board:place", page.place.number)
    rows = [_row(row, here.head.year) for here in page.lists for row in here.rows]
    as_of = _("As of %(day)s") % {"day": day(page.as_of)}
    data = _data(
        page.head,
        as_of,
        address,
        equation_of(page.arithmetic),
        about=" › ".join(said(place.name) for place in page.path),
        headline=title_of(page),
        rows=rows[:LINES],
        more=_more_items(page.arithmetic.total - len(rows[:LINES])),
    )
    lines = (title_of(page), _counted(data), address)
    return Picture(data, page.as_of, title_of(page), lines, page.head)


def of_week(page: ChangesPage, share: Share) -> Picture:
    """Return the picture of a list's week: what moved, the latest first; the list as it stands."""
    address = page_address("board:week", page.head.slug, page.week.monday)
    moves = _shown(page.moves)
    data = _data(
        page.head,
        as_of_words(page.head, page.as_of),
        address,
        equation_of(share.arithmetic),
        headline=page.title,
        told=[] if page.moves else [_("Nothing was written down in this week.")],
        equation_first=False,
        strip=_strip(strip_of(share.strip)),
        rows=[_move(move) for move in moves],
        more=_more(page.count - len(moves)),
    )
    lines = (page.title, _counted(data), address)
    return Picture(data, page.as_of, page.title, lines, page.head)


def of_bulletin(page: BulletinPage) -> Picture:
    """Return the picture of an issued bulletin, made of its stored article alone.

    It tells what moved; that of a year's report, what came of it.
    """
    stored = page.content
    address = page_address("board:bulletin", page.head.slug, page.number)
    equation = {
        "total": str(stored["arithmetic"]["total"]),
        "terms": [
            {"key": term["key"], "label": term["label"], "count": str(term["count"])}
            for term in stored["arithmetic"]["groups"]
        ],
    }
    sections = {section["key"]: section for section in stored["sections"]}
    told = sections.get(Section.MOVED.value) or sections[Section.RESULTS.value]
    lines = [line for group in told["groups"] for line in group["lines"]]
    by_number = {row["number"]: row for row in stored["rows"]}
    counted = (Section.OVERDUE, Section.DUE, Section.STUCK)
    facts = [_fact(sections[key.value]) for key in counted if key.value in sections]
    data = _data(
        page.head,
        _("As of %(day)s") % {"day": day(page.as_of)},
        address,
        equation,
        house=house_of(_words(stored["head"]["organisation"]), _words(stored["head"]["committee"])),
        about=said(_words(stored["head"]["name"])),
        headline=page.title,
        strip=_strip([_block(row) for row in stored["rows"]]),
        rows_head=told["heading"],
        rows=[_line(line, by_number) for line in lines[:LINES]],
        more=_more(len(lines) - len(lines[:LINES])) if lines else told["nothing"],
        facts=facts,
        door=_("All of it, to read"),
    )
    lines_to_copy = page.title, _counted(data), address
    return Picture(data, page.as_of, page.title, lines_to_copy, page.head)


def _counted(data: Data) -> str:
    """Return the equation and its day as a line to copy."""
    return _("%(sum)s (%(as_of)s)") % {"sum": data["sum"], "as_of": data["as_of"]}


def _strip(blocks: list[Data]) -> list[Data]:
    """Return the strip, none where its numbers would be too small to read on a phone."""
    fits = len(blocks) <= MOST_BLOCKS and all(b["number"] <= MOST_NUMBER for b in blocks)
    return blocks if fits else []


def _more(count: int) -> str:
    """Return how many lines more its page has."""
    if count <= 0:
        return ""
    return ngettext("and %(n)d more", "and %(n)d more", count) % {"n": count}


def _more_items(count: int) -> str:
    if count <= 0:
        return ""
    return npgettext("items", "and %(n)d more", "and %(n)d more", count) % {"n": count}


def _shown(moves: tuple[Move, ...]) -> tuple[Move, ...]:
    """Return the moves that a picture tells: help for families only among other items."""
    shown = moves[:LINES]
    if all(move.hardship for move in shown if move.number):
        shown = tuple(move for move in shown if not move.number)
    return shown


def _row(row: Row, year: int) -> Data:
    told = sentences.overdue(row) or sentences.deadline(row, year)
    if row.status == Status.RESOLVED:
        told = sentences.last(row, year)
    return {
        "label": str(row.number),
        "title": brief(said(row.title), TITLE),
        "told": f"{row.status_label} · {told}",
        "status": row.status,
        "late": row.overdue_days > 0,
    }


def _move(move: Move) -> Data:
    return {
        "label": str(move.number) if move.number else "",
        "title": brief(said(move.title), TITLE) if move.number else _("The list"),
        "told": brief(move.sentence, ROOM * 2),
        "status": move.status,
        "late": move.late,
    }


def _line(line: Data, by_number: dict[int, Data]) -> Data:
    """Return a line of a stored bulletin as a row of its picture."""
    row = by_number.get(line["number"], {"status": "", "overdue": ""})
    return {
        "label": str(line["number"] or ""),
        "title": brief(said(_words(line["title"])), TITLE),
        "told": brief(line["text"], ROOM * 2),
        "status": row["status"],
        "late": bool(row["overdue"]),
    }


def _block(row: Data) -> Data:
    return {"number": row["number"], "status": row["status"], "late": bool(row["overdue"])}


def _fact(section: Data) -> str:
    """Return a paragraph of a stored bulletin as a line: how many items, or that there is none."""
    n = section["count"] or sum(len(group["lines"]) for group in section["groups"])
    words = ngettext("%(n)s item", "%(n)s items", n) % {"n": n} if n else section["nothing"]
    return _("%(short)s: %(words)s") % {"short": section["heading"], "words": words}


def _words(stored: Data) -> Words:
    return Words(stored["zh"], stored["en"])
