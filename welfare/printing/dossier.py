"""The file of a matter, or of a list, as data of a template: chapters of plain blocks.

All words are composed here, in the language that is active; the template only sets them.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils.text import capfirst, get_text_list
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from items import staff
from items.numerals import numeral
from items.photos import storage
from items.public import (
    Arithmetic,
    Carried,
    Holder,
    Part,
    ReleasedWords,
    Review,
    VerdictRound,
    announcements,
)
from items.public.sentences import deadline, marks, progress
from items.staff.dossier import (
    Chapter,
    Dossier,
    FiledEntry,
    FiledPhoto,
    FiledSuggestion,
    ItemDossier,
)
from items.words import day
from welfare.printing.wall import said

Block = dict[str, Any]
# What stands above the ledger's other columns, as published and as it stands
PROMISED = {"category", "term", "start_by", "first_due", "due"}
SIDES = ("before", "after", "later", "during")


def dossier(shown: Dossier) -> tuple[dict[str, Any], dict[str, Path]]:
    """Return the data of a file's document, and its photos by the names that stand in the data."""
    book = Book()
    of_list = shown.arithmetic is not None
    items = [book.item(item, shown) for item in shown.items]
    title = str(_("File of the list") if of_list else _("File of a matter"))
    named = said(shown.head.name) if of_list else items[0]["title"]
    data = {
        "lang": "zh" if _chinese() else "en",
        "title": _fact(title, named),
        "kind": title,
        "named": named,
        "list": said(shown.head.name),
        "house": f"{said(shown.head.organisation)} · {said(shown.head.committee)}",
        "of_list": of_list,
        "as_of": _as_of(shown),
        "ledger": _ledger(shown),
        "head": shown.ledger_hash,
        "scope": _scope(shown),
        "volume": _volume(shown),
        "demonstration": _("The company is invented; this is no real plant’s record.")
        if shown.head.demonstration
        else "",
        "equation": _equation(shown.arithmetic),
        "own": [_entries(shown.entries)] if shown.entries else [],
        "register": [_register(shown.entries)] if shown.entries else [],
        "items": items,
        "words": {
            "page": _("Page"),
            "of": pgettext("page 1 of 2", "of"),
            "contents": _("Contents"),
            "head": _("The ledger’s head"),
            "digest": _("SHA-256 of what stands here"),
            "own": _("The list’s own ledger"),
            "nothing": _("nothing is recorded"),
            "register": str(Chapter.REGISTER.label),
        },
    }
    written = json.dumps(data, sort_keys=True, ensure_ascii=False).encode()
    return data | {"digest": hashlib.sha256(written).hexdigest()}, book.files


class Book:
    """Composes chapters, and gathers the photos that they show."""

    def __init__(self) -> None:
        self.files: dict[str, Path] = {}

    def item(self, item: ItemDossier, of: Dossier) -> Block:
        """Return an item's heading and its chapters, those that have nothing to say, too."""
        row = item.row
        chapters = []
        for at, (chapter, blocks) in enumerate(self._chapters(item, of), start=1):
            number = f"{numeral(at)}、" if _chinese() else f"{at}. "
            chapters.append({"title": f"{number}{chapter.label}", "blocks": blocks})
        return {
            "number": row.number,
            "title": f"{row.number} {said(row.title)}",
            "status": row.status,
            "late": row.overdue_days > 0,
            "state": row.status_label,
            "marks": [{"late": m.kind == "late", "text": m.text} for m in marks(row)],
            "facts": _facts(item),
            "chapters": chapters,
        }

    def _chapters(self, item: ItemDossier, of: Dossier) -> Iterator[tuple[Chapter, list[Block]]]:
        yield Chapter.PROMISE, _promise(item)
        yield Chapter.CHANGES, _listed(item.of(Chapter.CHANGES))
        yield Chapter.WORK, [*_parts(item), *_listed(item.of(Chapter.WORK))]
        yield Chapter.VISITS, [*_listed(item.of(Chapter.VISITS)), *_site_visits(item)]
        yield Chapter.CHECKS, _listed(item.of(Chapter.CHECKS))
        yield Chapter.PHOTOS, self._photos(item.photos)
        yield Chapter.WORKERS, _workers(item)
        yield Chapter.REVIEWS, _reviews(item)
        yield Chapter.JUDGED, _judgements(item)
        yield Chapter.ANNOUNCED, _announced(item)
        yield Chapter.SUGGESTIONS, _suggestions(item, of)
        yield Chapter.REGISTER, _registered(item, of)

    def _photos(self, photos: tuple[FiledPhoto, ...]) -> list[Block]:
        """Return the photos two by two: those before and after of a spot side by side."""
        by_spot: dict[str, list[FiledPhoto]] = {}
        for photo in sorted(photos, key=lambda photo: SIDES.index(photo.side)):
            by_spot.setdefault(said(photo.spot), []).append(photo)
        named = sorted(by_spot.items(), key=lambda pair: not pair[0])  # those of no spot last
        others = _("At no named spot") if len(named) > 1 else ""
        return [
            {"kind": "photos", "title": spot or others, "photos": list(map(self._photo, found))}
            for spot, found in named
        ]

    def _photo(self, photo: FiledPhoto) -> Block:
        name = f"{photo.stem}.jpg" if photo.stem else ""
        if photo.stem:
            self.files[name] = storage.path(photo.stem, small=True)
        notes = [photo.state_label, _("entry %(seq)s") % {"seq": photo.seq}]
        if not photo.stem:
            notes.append(_("the file is not there any more"))
        elif photo.as_released is not None:
            notes.append(
                _("as released, by the ledger’s digest")
                if photo.as_released
                else _("not the file that was released: the ledger has another digest")
            )
        return {
            "file": name,
            "ratio": photo.small_width / max(1, photo.small_height),
            "side": photo.side_label,
            "day": day(photo.taken_on),
            "words": said(photo.words),
            "note": " · ".join(filter(None, notes)),
            "sha256": photo.sha256,
        }


def _chinese() -> bool:
    return (get_language() or "").startswith("zh")


# What stands above


def _as_of(shown: Dossier) -> str:
    if shown.head.closed_on:
        closed = {"day": day(shown.head.closed_on)}
        return _("Closed on %(day)s: everything is as of that day") % closed
    return _("As of %(day)s") % {"day": day(shown.as_of)}


def _ledger(shown: Dossier) -> str:
    """Say how far the ledger goes: the moment that the file tells of, whoever prints it when."""
    return _("the ledger goes to entry %(seq)s, written down on %(day)s, %(time)s") % {
        "seq": shown.ledger_seq,
        "day": day(shown.written_at.date()),
        "time": f"{shown.written_at:%H:%M}",
    }


def _scope(shown: Dossier) -> str:
    if shown.inside:
        return _("Holds what stays inside. Not to be passed on without the office’s consent.")
    return _("Without what stays inside: it holds what everyone may read, and who wrote it down.")


def _volume(shown: Dossier) -> str:
    if shown.volumes == 1:
        return ""
    return _("Volume %(volume)s of %(volumes)s: no. %(first)s to %(last)s") % {
        "volume": shown.volume,
        "volumes": shown.volumes,
        "first": shown.items[0].row.number,
        "last": shown.items[-1].row.number,
    }


def _equation(of: Arithmetic | None) -> Block | None:
    if of is None:
        return None
    return {
        "total": str(of.total),
        "terms": [
            {"key": term.key, "label": str(term.label), "count": str(term.count)}
            for term in of.groups
        ],
        "words": {"promised": pgettext("the total of a list", "promised")},
    }


def _facts(item: ItemDossier) -> list[list[str]]:
    row = item.row
    facts = [
        [_("Place"), said(row.place)],
        [_("Owner"), _held(row.owner)],
        [_("Supervisor"), _held(row.supervisor)],
        [_("Deadline"), deadline(row)],
        [_("Progress"), progress(row.progress)],
        [_("Done on"), day(row.done_on) if row.done_on else ""],
        [_("Signed off on"), day(row.signed_off_on) if row.signed_off_on else ""],
        [_("Handlers"), " · ".join(item.handlers)],
        *([_("Carried over from"), carried_as(same)] for same in item.earlier),
        *([_("Goes on as"), carried_as(same)] for same in item.later),
    ]
    return [[str(label), value] for label, value in facts if value]


def _held(by: Holder) -> str:
    post = said(by.post)
    return f"{post} · {by.name}" if by.name else post


def carried_as(same: Carried) -> str:
    """Return the list and number under which an item of another year's list stands."""
    numbered = _("no. %(number)s") % {"number": same.number}
    return f"{said(same.list_name)} {numbered}"


# Chapters


def _note(text: str) -> Block:
    return {"kind": "note", "text": text}


def _listed(rows: Iterable[FiledEntry]) -> list[Block]:
    rows = list(rows)
    return [_entries(rows)] if rows else []


def _entries(rows: Iterable[FiledEntry]) -> Block:
    return {"kind": "entries", "rows": [_entry(row) for row in rows]}


def _entry(row: FiledEntry) -> Block:
    marked = []
    if not row.public:
        marked.append(_("inside"))
    if row.status_label:
        marked.append(_("Since then: %(status)s") % {"status": row.status_label})
    if row.overturned_on:
        values = {"day": day(row.overturned_on)}
        marked.append(_("No longer holds: it was reopened on %(day)s.") % values)
    text = row.text
    if row.erased_on:
        values = {"day": day(row.erased_on)}
        text = _(
            "These words were erased on %(day)s to protect somebody’s privacy; the entry stands."
        )
        text %= values
    return {
        "no": str(row.seq),
        "day": day(row.happened_on),
        "label": str(row.label),
        "marks": marked,
        "text": text,
        "facts": [_fact(label, value) for label, value in row.facts],
        "by": " · ".join(filter(None, [str(row.role), row.post, row.by, _written(row)])),
    }


def _written(row: FiledEntry) -> str:
    values = {"day": day(row.written_at.date()), "time": f"{row.written_at:%H:%M}"}
    return " ".join((_("written down on %(day)s, %(time)s") % values).split())


def _fact(label: str, value: str) -> str:
    return _("%(label)s: %(value)s") % {"label": label, "value": value}


def _promise(item: ItemDossier) -> list[Block]:
    same = _("as published")
    rows = [
        {
            "cells": [
                capfirst(str(line.label)),
                line.first or "—",
                line.now if line.changed else same,
            ],
            "quiet": not line.changed,
        }
        for line in item.promised
    ]
    heads = ["", _("As first published"), _("As it stands")]
    blocks: list[Block] = [{"kind": "promise", "head": heads, "rows": rows}]
    ticked = [row for row in item.promise.measures if row.done_on]
    if ticked:
        lines = [
            [said(row.words), day(row.done_on) if row.done_on else _open()]
            for row in item.promise.measures
        ]
        blocks.append(_table([_("Measure"), _("Done on")], lines, widths=[1, 0]))
    if any(row.claimed or row.checked for row in item.promise.criteria):
        lines = [[said(row.words), row.claimed, row.checked] for row in item.promise.criteria]
        heads = [_("What done looks like"), _("The claim says"), _("The check says")]
        blocks.append(_table(heads, lines, widths=[1, 1, 1]))
    others = [cell for cell in item.cells if cell.column.name not in PROMISED]
    if others:
        lines = [[_cell_label(cell), _value(cell.value)] for cell in others]
        blocks.append(_table([_("What else the ledger says"), ""], lines, widths=[1, 2]))
    return blocks


def _cell_label(cell: staff.LedgerCell) -> str:
    label = capfirst(str(cell.column.label))
    return _inside(label) if cell.column.inside else label


def _open() -> str:
    return pgettext("dossier", "open")


def _inside(label: str) -> str:
    return _("%(label)s (inside)") % {"label": label}


def _value(value) -> str:
    if hasattr(value, "isoformat"):
        return day(value)
    if hasattr(value, "numerator") and not isinstance(value, int):  # a share of one
        return f"{float(value * 100):g}%"
    return str(value)


def _table(
    heads: list[str], rows: list[list[str]], *, widths: list[int], figures: bool = False
) -> Block:
    """Return a table; a width of 0 is as wide as its words, others share what is left."""
    heads, rows = [str(head) for head in heads], [[str(cell) for cell in row] for row in rows]
    return {"kind": "table", "head": heads, "rows": rows, "widths": widths, "figures": figures}


def _parts(item: ItemDossier) -> list[Block]:
    lines = [
        [
            said(part.title),
            said(part.unit),
            _due(part),
            day(part.done_on) if part.done_on else _open(),
        ]
        for part in item.promise.parts
    ]
    heads = [_("Part"), _("Unit"), _("Deadline"), _("Done on")]
    return [_table(heads, lines, widths=[2, 1, 1, 0])] if lines else []


def _due(part: Part) -> str:
    if part.due is None:
        return part.due_words
    if part.first_due is None:
        return day(part.due)
    values = {"day": day(part.due), "first": day(part.first_due)}
    return pgettext("dossier", "%(day)s (first %(first)s)") % values


def _site_visits(item: ItemDossier) -> list[Block]:
    lines = [
        [
            day(visit.went_on),
            " · ".join(filter(None, [said(visit.post), visit.name])),
            " · ".join(map(said, visit.where)),
            _("Withdrawn on %(day)s: %(why)s")
            % {"day": day(visit.withdrawn_on), "why": visit.withdrawn_why}
            if visit.withdrawn_on
            else visit.heard or _("(words erased)"),
        ]
        for visit in item.visits
    ]
    heads = [
        _("Leaders’ visits to the place"),
        pgettext("dossier", "Who"),
        _("Where"),
        _("What was heard"),
    ]
    return [_table(heads, lines, widths=[0, 1, 1, 2])] if lines else []


def _workers(item: ItemDossier) -> list[Block]:
    if item.hardship:
        return [_note(_("Help for families in difficulty isn’t judged in public."))]
    blocks = _listed(item.of(Chapter.WORKERS))
    for at, asked in enumerate(item.rounds, start=1):
        blocks += _round(at, asked)
    if item.words:
        blocks.append(
            _table([_("Day"), _("Said"), _("Words")], _worded(item.words), widths=[0, 0, 1])
        )
    return blocks


def _round(at: int, asked: VerdictRound) -> Iterator[Block]:
    named = _("Round %(number)s") % {"number": at}
    ended = f" ({asked.ended_why})" if asked.ended_why else ""
    yield {"kind": "lead", "text": _fact(named, f"{asked.when}{ended}")}
    heads = [_("Day"), *(str(count.label) for count in asked.counts)]
    lines = [[day(row.day), *map(str, row.numbers)] for row in asked.days]
    total = [_("Together"), *(str(count.number) for count in asked.counts)]
    widths = [1] * len(heads)
    yield _table(heads, [*lines, total], widths=widths, figures=True)
    apart = []
    if asked.from_wall:
        apart.append(
            ngettext(
                "%(n)s of them came with the code from the wall",
                "%(n)s of them came with the code from the wall",
                asked.from_wall,
            )
            % {"n": asked.from_wall}
        )
    if asked.unverified:
        counted = [f"{count.label} {count.number}" for count in asked.unverified]
        values = {"counts": get_text_list(counted, _("and"))}
        apart.append(_("Not verified, and not counted: %(counts)s") % values)
    if apart:
        yield _note("; ".join(apart) if not _chinese() else "；".join(apart))


def _worded(words: Iterable[ReleasedWords]) -> list[list[str]]:
    return [[day(row.shown_on), str(row.said), row.words] for row in words]


def _reviews(item: ItemDossier) -> list[Block]:
    """Return what was asked, and by whom it is due; the answers are entries below it."""
    asked = [_review(row) for row in item.reviews]
    asked += [
        [
            _("Look back, by lot") if look.by_lot else _("Look back"),
            said(look.post) if look.post else _("nobody could be drawn"),
            day(look.by_when),
            f"{day(look.looked_on)} {look.found}" if look.looked_on else _open(),
        ]
        for look in item.looks
    ]
    heads = [_("What for"), _("By whom"), _("Due"), _("Outcome")]
    blocks = [_table(heads, asked, widths=[2, 1, 0, 1])] if asked else []
    return [*blocks, *_listed(item.of(Chapter.REVIEWS))]


def _review(row: Review) -> list[str]:
    values = {"cause": row.cause, "day": day(row.opened_on)}
    answer = f"{day(row.answer.happened_on)} {row.answer.label}" if row.answer else _open()
    return [
        _("Review since %(day)s: %(cause)s") % values,
        said(row.post) if row.post else "—",
        day(row.due),
        answer,
    ]


def _judgements(item: ItemDossier) -> list[Block]:
    if item.hardship:
        return [_note(_("Help for families in difficulty isn’t judged in public."))]
    lines = [
        [
            day(one.held_on),
            one.body,
            one.row.grade_label,
            ", ".join(
                f"{count.label} {count.number}" for count in (*one.row.votes, *one.row.ballots)
            ),
            one.rule,
        ]
        for one in item.judgements
    ]
    heads = [_("Day"), _("Body"), _("Grade"), _("Counts"), _("Rule")]
    return [_table(heads, lines, widths=[0, 1, 0, 2, 1])] if lines else []


def _announced(item: ItemDossier) -> list[Block]:
    blocks = _listed(item.of(Chapter.ANNOUNCED))
    lines = []
    for up in item.announcements:
        what = f"{up.what} · {_until(up)}"
        objections = [_objection(one) for one in up.objections]
        if up.waiting:
            objections.append(
                ngettext(
                    "%(n)s objection has no answer yet",
                    "%(n)s objections have no answer yet",
                    up.waiting,
                )
                % {"n": up.waiting}
            )
        lines.append([day(up.entry.happened_on), what, "\n".join(objections) or _("no objection")])
    heads = [_("Day"), _("What was put up"), _("Objections and answers")]
    return [*blocks, *([_table(heads, lines, widths=[0, 1, 2])] if lines else [])]


def _objection(row: announcements.Objection) -> str:
    said = {"number": row.number, "words": row.words}
    said |= {"day": day(row.answered_on), "answer": row.answer}
    objected = pgettext("dossier", "Objection %(number)s: %(words)s") % said
    return objected + "\n" + pgettext("dossier", "Answer of %(day)s: %(answer)s") % said


def _until(up) -> str:
    states = {
        announcements.OPEN: _("open to objections"),
        announcements.WAITS: _("waits for answers"),
        announcements.IN_EFFECT: _("took effect"),
        announcements.DROPPED: _("did not take effect"),
    }
    until = _("until %(day)s") % {"day": day(up.until)}
    return f"{until}, {states[up.state]}" if not _chinese() else f"{until}，{states[up.state]}"


def _suggestions(item: ItemDossier, of: Dossier) -> list[Block]:
    if item.hardship:
        return [
            _note(
                _(
                    "What was suggested about help for a family isn’t in this file, as it may say"
                    " whose."
                )
            )
        ]
    lines = [_suggestion(row) for row in item.suggestions]
    heads = [_("Received"), _("What was suggested"), _("Answers")]
    blocks = [_table(heads, lines, widths=[0, 1, 1])] if lines else []
    if not of.inside:
        blocks.append(_note(_("Only what everyone may read; the office’s desk has the others.")))
    return blocks


def _suggestion(row: FiledSuggestion) -> list[str]:
    came = f"{day(row.received_on)}\n{row.channel_label}\n{row.status_label}"
    answers = [f"{day(on)} {what}: {text}" for what, on, text in row.answers]
    return [came, row.words or _("(words erased)"), "\n".join(answers) or _("no answer yet")]


def _registered(item: ItemDossier, of: Dossier) -> list[Block]:
    blocks = [_register(item.entries)]
    digests = [
        [str(photo.seq), day(photo.taken_on), said(photo.words), photo.sha256 or "—"]
        for photo in item.photos
    ]
    if digests:
        heads = [_("Entry"), _("Taken on"), _("Photo"), _("SHA-256 of the file")]
        blocks.append({"kind": "hashes", "head": heads, "rows": digests})
    if not of.inside:
        blocks.append(_note(_("Entries that stay inside are not in this file.")))
    if item.hardship:
        blocks.append(
            _note(
                _(
                    "The family’s own file is kept apart, is no part of this one, and writes down"
                    " whoever opens it."
                )
            )
        )
    return blocks


def _register(rows: Iterable[FiledEntry]) -> Block:
    lines = [
        [
            str(row.seq),
            day(row.happened_on),
            str(row.label) if row.public else _inside(row.label),
            row.hash,
        ]
        for row in rows
    ]
    heads = [_("Entry"), _("Day"), pgettext("dossier", "What was done"), _("SHA-256 of the entry")]
    return {"kind": "hashes", "head": heads, "rows": lines}
