"""Renaming what published lists show: openly, with a reason, by an entry in each list's ledger."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from items.actions.validation import need
from items.errors import Conflict, Refused
from items.ledger import acting_on_row
from items.models import ClosingName, Committee, Entry, ItemList, Organisation, Person
from items.models.closing_name import Shown, announced_showing, lists_showing
from items.models.list import thing
from items.states import ListStatus
from items.words import Words, one_line


def rename(
    row: Shown,
    name: Words,
    *,
    committee: Committee,
    reason: str,
    by: Person,
    seen: Words | None = None,
    programme: bool = False,
    yes: bool = False,
    now: datetime | None = None,
) -> list[Entry]:
    """Give another name to a post, a unit, a place … that a published list of `committee` shows.

    Each running list that shows it gets an entry; return them. A closed list goes on showing the
    name of its closing day. `programme` renames a list's parent programme instead of the list.
    `seen` is the name that whoever renames saw; raise `Conflict` when it is no longer so.
    """
    zh = need(one_line(name.zh), _("Write the new name in Chinese."))
    name, reason = Words(zh, one_line(name.en)), need(reason, _("Write why it is renamed."))
    with acting_on_row("rename", committee, row, by=by, now=now, yes=yes) as act:
        row, lists = act.locked, list(lists_showing(act.locked).select_for_update(no_key=True))
        if refusal := _why_not_renamed(row, committee, lists):
            raise Refused(refusal)
        old = _called(row, programme)
        _refuse_stale(old, name, seen)
        _keep_for_closed(row, old, lists)
        _call(row, name, programme)
        name = _called(row, programme)  # an organisation without a short name shows its long one
        facts = {"renamed": f"programme:{row.pk}" if programme else thing(row)}
        facts |= act.ask(name.zh, name.en)  # also where every list that shows it is closed
        words = {"old": old.zh, "old_en": old.en, "new": name.zh, "new_en": name.en}
        for item_list in lists:
            if item_list.status == ListStatus.PUBLISHED:
                act.write_in(item_list, reason, facts=facts, **words)
        row.save()
    return act.entries


def _why_not_renamed(row: Shown, committee: Committee, lists: list[ItemList]) -> str:
    """Say why the office of `committee` doesn't rename this row, which `lists` show; or ""."""
    words = {"committee": committee, "name": row}
    if isinstance(row, ItemList) and row.status == ListStatus.CLOSED:
        return _("This list is closed. It stays as it was on its closing day.")
    if not lists:
        return _("No published list shows “%(name)s”. An administrator renames it.") % words
    if committee.pk not in {item_list.committee_id for item_list in lists}:
        return _("No published list of “%(committee)s” shows “%(name)s”.") % words
    if up := announced_showing(row).first():
        sentence = _(
            "“%(name)s” stands on “%(list)s”, which is up for objections and stays as it is"
            " meanwhile. Rename it afterwards."
        )
        return sentence % {"name": row, "list": up}
    if isinstance(row, Organisation) and _has_one_above(committee):
        return _("The committee above “%(committee)s” renames the organisation.") % words
    return ""


def _has_one_above(committee: Committee) -> bool:
    above = committee.parent
    return above is not None and above.organisation_id == committee.organisation_id


def _called(row: Shown, programme: bool) -> Words:
    return row.programme_words if programme and isinstance(row, ItemList) else row.shown_words


def _refuse_stale(old: Words, name: Words, seen: Words | None) -> None:
    if seen is not None and seen != old:
        raise Conflict(
            _("Meanwhile “%(seen)s” was renamed “%(now)s”. Yours was not saved.")
            % {"seen": seen.zh, "now": old.zh},
            _("If it should be otherwise, send it again."),
        )
    if name == old:
        raise Refused(_("That is what it is called already."))


def _keep_for_closed(row: Shown, old: Words, lists: list[ItemList]) -> None:
    """Write down for each closed list what it goes on showing."""
    closed = [item_list for item_list in lists if item_list.status == ListStatus.CLOSED]
    of = {"kind": row._meta.model_name, "key": row.pk}
    kept = ClosingName.objects.filter(list__in=closed, **of).values_list("list", flat=True)
    for item_list in closed:
        if item_list.pk not in kept:
            ClosingName(list=item_list, name=old.zh, name_en=old.en, **of).save()


def _call(row: Shown, name: Words, programme: bool) -> None:
    """Write the name into the columns that the public reads; raise `Refused` when it can't be."""
    columns = "programme" if programme else "name"
    if isinstance(row, Organisation):
        columns = "short_name"  # stands for the long one everywhere
    values = {columns: name.zh}
    if not isinstance(row, Person):
        values[f"{columns}_en"] = name.en
    elif name.en:
        raise Refused(_("A person’s name is written once, for both languages."))
    for column, text in values.items():
        setattr(row, column, text)
    lengths = {field.name: field.max_length for field in row._meta.fields}
    for column, text in values.items():
        longest = lengths[column]
        if longest and len(text) > longest:
            sentence = _("“%(start)s…” has %(n)d letters, at most %(most)d fit. Write it shorter.")
            raise Refused(sentence % {"start": text[:20], "n": len(text), "most": longest})
    try:
        row.validate_unique()
        row.validate_constraints()
    except ValidationError as error:
        sentence = _("Something else of this kind is called “%(name)s”. Choose another name.")
        raise Refused(sentence % {"name": name.zh}) from error
