"""Dated stubs in issued bulletins: what is taken back for privacy goes from their articles, too.

It is the one change of an issued bulletin. The entry of the erasure keeps the new digests, so that
the ledger still proves what stands there; the old ones stay in the entry that issued it.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import override

from items.models import Bulletin, BulletinErratum, Entry, EntryWords
from items.models.bulletin import EN, WRITTEN, ZH, Article, Section
from items.states import Verb
from items.words import day

SHORTEST = 2  # letters of a name that is sought in the whole article
# The frozen elements of an article (items.exports.article): a line, and the office's paragraph
LINE = r'(<li id="line-{}">(?:<a [^>]*>.*?</a> )?).*?(</li>)'
PICTURE = r'(<p>)<img id="photo-{}" [^>]*>(.*?</p>)'
PARAGRAPH = r'(<section id="{}">\n<h3>.*?</h3>\n).*?(\n</section>)'
NAMES = {Verb.CORRECT, Verb.RENAME}  # what they replaced, and by what, may stand in any line


def bulletins_without(words: Collection[EntryWords], today: date) -> list[Bulletin]:
    """Return the locked bulletins in which these words stand, with stubs instead; not saved yet."""
    rows = _issued(next(iter(words)).entry)
    return [row for row in rows if _stub(row, {each.entry.seq for each in words}, words, today)]


def bulletins_without_photo(entry: Entry, today: date) -> list[Bulletin]:
    """Return the locked bulletins that show the photo which came with an entry, with stubs."""
    return [row for row in _issued(entry) if _stub(row, {entry.seq}, (), today)]


def _issued(entry: Entry) -> list[Bulletin]:
    issued = Bulletin.objects.issued().filter(list=entry.list_id).order_by("number")
    return list(issued.select_for_update(no_key=True))


def digests_of(bulletins: Iterable[Bulletin]) -> dict[str, Any]:
    """Return the facts by which the entry of an erasure keeps what the bulletins say since."""
    kept = {
        str(row.number): {
            "sha256": row.sha256,
            "sha256_en": row.sha256_en,
            "digest": row.digest(without_errata=bool(row.forgets)),
        }
        for row in bulletins
    }
    return {"bulletins": kept} if kept else {}


def save_stubs(bulletins: Iterable[Bulletin], erasure: Entry) -> None:
    """Save the bulletins, of which the entry says that words in them are erased."""
    for row in bulletins:
        row.erasure = erasure
        row.save()
        row.prints.all().delete()  # they show what was erased; new ones are made
        if row.forgets:
            BulletinErratum.objects.filter(bulletin=row).update(text="")


def _stub(row: Bulletin, entries: set[int], words: Iterable[EntryWords], today: date) -> bool:
    """Put stubs into a bulletin for what came with entries; tell whether any of it stood there."""
    row.forgets = row.entry is not None and row.entry.seq in entries  # its own paragraphs
    names = set(_names(words))
    if row.forgets:
        names.add(row.signed_name)
    articles = {ZH: row.article, EN: row.article_en}
    for language in articles:
        with override(language):
            stub = _("erased for privacy on %(day)s") % {"day": day(today)}
        says = row.content[language]
        html = _without_lines(articles[language], says, entries, stub, errata=row.forgets)
        html = _without_pictures(html, says, entries, stub)
        if row.forgets:
            html = _without_paragraphs(html, says, stub)
        for name in sorted(names, key=len, reverse=True):
            if len(name) >= SHORTEST:
                html = html.replace(escape(name), escape(stub))
                says = _replaced(says, name, stub)
        articles[language], row.content[language] = html, says
    if (articles[ZH], articles[EN]) == (row.article, row.article_en):
        return False
    if row.forgets:
        row.signed_name = ""
        for name in WRITTEN:
            setattr(row, name, "")
    row.freeze(Article(articles[ZH], articles[EN], row.content))
    return True


def _names(words: Iterable[EntryWords]) -> Iterator[str]:
    for each in words:
        if each.entry.verb in NAMES:
            yield from filter(None, (each.old, each.new, each.old_en, each.new_en))


def _without_lines(html: str, says: dict, entries: set[int], stub: str, *, errata: bool) -> str:
    """Return the article without what these entries say, and the same of its data, in place."""
    number = 0
    for section in says["sections"]:
        for group in section["groups"]:
            for line in group["lines"]:
                number += 1
                own = errata and section["key"] == Section.ERRATA and not line["entry"]
                if line["entry"] in entries or own:
                    line["text"] = stub
                    html = _emptied(LINE.format(number), html, f"<span>{escape(stub)}</span>")
    return html


def _without_pictures(html: str, says: dict, entries: set[int], stub: str) -> str:
    for section in says["sections"]:
        for pair in section.get("pictures", ()):
            for photo in (pair["before"], pair["after"]):
                if photo["entry"] in entries and photo["stem"]:
                    photo |= {"stem": "", "words": {"zh": stub, "en": stub}}
                    html = _emptied(
                        PICTURE.format(photo["entry"]), html, f"<span>{escape(stub)}</span>"
                    )
    return html


def _without_paragraphs(html: str, says: dict, stub: str) -> str:
    for key in (Section.FOREWORD, Section.CLOSING):
        if any(says[key.value].values()):
            says[key.value] = {"zh": stub, "en": stub}
            html = _emptied(PARAGRAPH.format(key.value), html, f"<p>{escape(stub)}</p>")
    return html


def _emptied(pattern: str, html: str, stub: str) -> str:
    return re.sub(pattern, lambda match: match[1] + stub + match[2], html, count=1, flags=re.DOTALL)


def _replaced(says: Any, name: str, stub: str) -> Any:
    """Return the data with the stub wherever the name stands."""
    if isinstance(says, str):
        return says.replace(name, stub)
    if isinstance(says, list):
        return [_replaced(each, name, stub) for each in says]
    if isinstance(says, dict):
        return {key: _replaced(value, name, stub) for key, value in says.items()}
    return says
