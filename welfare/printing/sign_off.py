"""The sheet of a sign-off (销号单): one page with lines for signatures, day and seal, as data.

Of an item that waits for its check it is filled in by the ledger as far as the claim, and the
finding is left to be written by hand.
"""

from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from items.public.sentences import deadline, progress
from items.staff.dossier import Dossier, FiledEntry, ItemDossier
from items.states import How, Status, Verb
from items.words import day
from welfare.printing.dossier import carried_as
from welfare.printing.wall import said

SIGNED = (Verb.SIGN_OFF, Verb.BRING_IN)


def sign_off(shown: Dossier) -> dict[str, Any]:
    """Return the data of the sheet of the only item of a file."""
    item = shown.items[0]
    claim, finding = _claim(item), _finding(item)
    proof = [
        _("entry %(seq)s: %(hash)s") % {"seq": entry.seq, "hash": entry.hash}
        for entry in (claim, finding)
        if entry
    ]
    as_of = shown.head.closed_on or shown.as_of
    signed, returned = pgettext("dossier", "signed off"), pgettext("dossier", "sent back")
    return {
        "lang": "zh" if (get_language() or "").startswith("zh") else "en",
        "title": _("Sign-off sheet"),
        "house": f"{said(shown.head.organisation)} · {said(shown.head.committee)}",
        "list": said(shown.head.name),
        "status": item.row.status,
        "late": item.row.overdue_days > 0,
        "state": item.row.status_label,
        "rows": _rows(item),
        "claim": claim and _said(claim),
        "finding": finding and _said(finding),
        "to_write": finding is None and item.row.status == Status.PENDING_CHECK,
        "workers": _workers(item),
        "signatures": [
            [_("Owner, signature"), _held(item.row.owner)],
            [_("Supervisor, signature"), _held(item.row.supervisor)],
            [_("Activity office, seal"), said(shown.head.committee)],
        ],
        "as_of": _("As of %(day)s") % {"day": day(as_of)},
        "proof": proof,
        "demonstration": shown.head.demonstration and _("Demonstration"),
        "words": {
            "claim": _("What the owner claims"),
            "finding": _("What the supervisor found"),
            "workers": pgettext("dossier", "What the workers say"),
            "how": _("How it was checked"),
            "colon": "：" if get_language() == "zh-hans" else ": ",
            "ways": [f"□ {how.label}" for how in How],
            "result": pgettext("dossier", "Conclusion"),
            "results": [f"□ {signed}", f"□ {returned}"],
            "done_on": _("Done on, as confirmed"),
            "date": _("Date"),
            "page": _("Page"),
            "of": pgettext("page 1 of 2", "of"),
            "proof": _("SHA-256 in the ledger"),
        },
    }


def _claim(item: ItemDossier) -> FiledEntry | None:
    return _latest(item, (Verb.CLAIM,))


def _finding(item: ItemDossier) -> FiledEntry | None:
    """Return the entry that signed it off, or put that up for objections; None before."""
    if item.row.announced == Verb.SIGN_OFF:
        return _latest(item, (Verb.PUT_UP,))
    return _latest(item, SIGNED) if item.row.status == Status.RESOLVED else None


def _latest(item: ItemDossier, verbs: tuple[str, ...]) -> FiledEntry | None:
    return next((entry for entry in reversed(item.entries) if entry.verb in verbs), None)


def _rows(item: ItemDossier) -> list[list[str]]:
    row, claimed, whole = item.row, _claim(item), _whole(item)
    measures = [
        _with(said(one.words), day(one.done_on)) if one.done_on else said(one.words)
        for one in item.promise.measures
    ]
    units = [_with(said(unit.name), str(unit.role_label)) for unit in item.promise.units]
    rows = [
        [_("Number"), _("no. %(number)s") % {"number": row.number}],
        [_("Matter"), said(row.title)],
        [_("Place"), said(row.place)],
        *([_("Carried over from"), carried_as(same)] for same in item.earlier[:1]),
        [_("Measures"), _numbered(measures)],
        [_("What done looks like"), _numbered([said(one.words) for one in item.promise.criteria])],
        [_("Owner"), _held(row.owner)],
        [_("Units"), " · ".join(units)],
        [_("Supervisor"), _held(row.supervisor)],
        [_("Deadline"), deadline(row)],
        [_("Progress"), progress(row.progress)],
        [_("Result"), "" if claimed and claimed.text == whole else whole],
        [_("Done on"), day(row.done_on) if row.done_on else ""],
        [_("Signed off on"), day(row.signed_off_on) if row.signed_off_on else ""],
    ]
    return [[str(label), value] for label, value in rows if value]


def _whole(item: ItemDossier) -> str:
    """Return what came of it, whole: the ledger's own column, which boards cut short."""
    return next((str(cell.value) for cell in item.cells if cell.column.name == "result"), "")


def _with(text: str, more: str) -> str:
    return pgettext("dossier", "%(text)s (%(more)s)") % {"text": text, "more": more}


def _numbered(texts: list[str]) -> str:
    if len(texts) < 2:
        return "".join(texts)
    return "\n".join(f"{at}. {text}" for at, text in enumerate(texts, start=1))


def _held(by: Any) -> str:
    return " · ".join(filter(None, [said(by.post), by.name]))


def _said(entry: FiledEntry) -> dict[str, Any]:
    by = " · ".join(filter(None, [entry.post, entry.by, day(entry.happened_on)]))
    facts = [
        _("%(label)s: %(value)s") % {"label": key, "value": value} for key, value in entry.facts
    ]
    text = "" if entry.erased_on else entry.text
    return {"text": text, "facts": facts, "by": by}


def _workers(item: ItemDossier) -> str:
    """Return what workers answered in the latest round, in raw counts; "" where none was asked."""
    if item.hardship or not item.rounds:
        return ""
    latest = item.rounds[-1]
    counts = " · ".join(f"{count.label} {count.number}" for count in latest.counts)
    return _("%(label)s: %(value)s") % {"label": latest.when, "value": counts}
