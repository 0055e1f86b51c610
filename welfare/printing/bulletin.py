"""A bulletin as PDF: made of its stored article, so that no word of it can differ, and kept.

It is made once, after the bulletin was issued or an erasure changed its article, and from then on
handed out as it is, whatever templates, fonts and versions come later.
"""

import re
from collections.abc import Container
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from items import actions, queries
from items.models import Bulletin
from items.models.bulletin import EN, ZH
from items.photos import storage
from items.words import day
from welfare.printing.pdf import CannotPrint, pdf_of
from welfare.printing.qr import qr, short_address

QR = 25  # mm
BLOCKS = {"article", "header", "section", "footer", "ul", "table", "thead", "tbody", "tr"}
BLOCKS |= {"div", "figure"}
PHOTO = re.compile(r'<img [^>]*src="/photos/([\w-]+\.jpg)"')


def print_due() -> int:
    """Make and keep the PDFs that issued bulletins lack; return of how many bulletins.

    Where none can be made just now, the next call tries again.
    """
    made = set()
    for language in (ZH, EN):
        for row in Bulletin.objects.issued().exclude(prints__language=language).order_by("pk"):
            try:
                print_bulletin(row, language)
            except CannotPrint:
                return len(made)
            made.add(row.pk)
    return len(made)


def print_bulletin(row: Bulletin, language: str) -> bool:
    """Make the PDF of an issued bulletin in a language, and keep it; raise `CannotPrint`.

    Tell whether it is the one that is kept: somebody else may have made it meanwhile.
    """
    with translation.override(language):
        page = queries.bulletin_page(row.list.slug, row.number)
        photos = photos_in(page.article)
        file = pdf_of("bulletin", data_of(page), page.as_of, keep=False, photos=photos)
    return actions.keep_print(row, language, of=page.sha256, file=file)


def data_of(page) -> dict[str, Any]:
    """Return the data of a bulletin's document: its article as a tree, and its foot."""
    short = "zh" if translation.get_language().startswith("zh") else "en"
    return {
        "lang": short,
        "title": page.title,
        "as_of": _("As of %(day)s") % {"day": day(page.as_of)},
        "article": tree_of(page.article),
        "sha256": page.sha256,
        "head": page.ledger_head,
        "address": short_address(page.head.code),
        "qr": qr(page.head.code, level="q", size=QR),
        "words": {
            "sha256": _("SHA-256 of the article"),
            "head": _("The ledger’s head when it was issued"),
            "scan": _("The list as it stands today"),
            "page": _("Page"),
            "of": pgettext("page 1 of 2", "of"),
            "qr": _("QR code of the list’s page"),
        },
    }


def photos_in(article: str) -> dict[str, Path]:
    """Return the photos that an article shows and that are there, by the names of their files."""
    paths = {name: storage.folder() / name for name in PHOTO.findall(article)}
    return {name: path for name, path in paths.items() if path.is_file()}


def tree_of(article: str) -> list[Any]:
    """Return an article's elements as {"tag", "class", "in"}, and its texts as strings.

    A photo whose file isn't there has no name.
    """
    parser = _Tree(photos_in(article))
    parser.feed(article)
    parser.close()
    return parser.top


class _Tree(HTMLParser):
    """Builds nested lists out of the plain HTML that articles are made of.

    A drawing is one element, {"tag": "svg", "source", "alt", "width"}, as Typst draws it itself,
    and so is a photo, {"tag": "img", "file", "alt"}.
    """

    def __init__(self, photos: Container[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.photos = photos
        self.top: list[Any] = []
        self.open: list[tuple[str, list[Any]]] = [("", self.top)]
        self.drawing: list[str] | None = None

    def handle_startendtag(self, tag: str, attrs: list) -> None:
        if self.drawing is not None:
            self.drawing.append(self.get_starttag_text() or "")

    def handle_starttag(self, tag: str, attrs: list) -> None:
        if tag == "svg":
            said = dict(attrs)
            self.open[-1][1].append(
                {"tag": tag, "alt": said["aria-label"], "width": int(said["width"])}
            )
            self.drawing = []
        if self.drawing is not None:
            self.drawing.append(self.get_starttag_text() or "")
            return
        if tag == "img":
            said = dict(attrs)
            name = said["src"].rpartition("/")[2]
            file = name if name in self.photos else ""
            self.open[-1][1].append({"tag": tag, "file": file, "alt": said["alt"]})
            return
        inside: list[Any] = []
        self.open[-1][1].append({"tag": tag, "class": dict(attrs).get("class", ""), "in": inside})
        if tag != "br":
            self.open.append((tag, inside))

    def handle_endtag(self, tag: str) -> None:
        if self.drawing is None:
            self.open.pop()
            return
        self.drawing.append(f"</{tag}>")
        if tag == "svg":
            self.open[-1][1][-1]["source"] = "".join(self.drawing)
            self.drawing = None

    def handle_data(self, data: str) -> None:
        if self.drawing is not None:
            self.drawing.append(escape(data))
            return
        within, inside = self.open[-1]
        if data.strip() or within not in BLOCKS | {""}:  # else it only breaks the source's lines
            inside.append(data)
