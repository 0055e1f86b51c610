"""The room, telephone and hours of a committee's activity office, which the office itself sets."""

import re
from datetime import datetime

from django.utils.translation import gettext as _

from items.errors import Conflict, Refused
from items.ledger import acting_on_row
from items.models import Committee, Person
from items.privacy import personal_data
from items.words import OfficeContact, Words, fold, one_line

PHONE = re.compile(r"\+?[0-9][0-9 ()\-]*[0-9]")
DIGITS = range(7, 16)  # of a number that any telephone can dial (E.164 has 15 at most)


def set_office_contact(
    committee: Committee,
    contact: OfficeContact,
    *,
    by: Person,
    seen: str | None = None,
    yes: bool = False,
    now: datetime | None = None,
) -> Committee:
    """Say where the office is found; what is empty is shown nowhere.

    It is no name, and no promise: the committee's history keeps who changed it and what it was,
    and no list's ledger says so. `seen` is what whoever writes saw, in one line; raise `Conflict`
    when it is no longer so.
    """
    contact = _cleaned(contact)
    with acting_on_row("set_office_contact", committee, committee, by=by, now=now, yes=yes) as act:
        row, old = act.locked, act.locked.office_contact
        if seen is not None and seen != old.in_one_line and contact != old:
            raise Conflict(
                _("Meanwhile somebody else changed it. Yours was not saved."),
                _("If it should be otherwise, send it again."),
            )
        phone = "" if personal_data.is_landline(contact.phone) else contact.phone
        act.ask(contact.room.zh, contact.room.en, phone, contact.hours.zh, contact.hours.en)
        row.office_room, row.office_room_en = contact.room.zh, contact.room.en
        row.office_phone = contact.phone
        row.office_hours, row.office_hours_en = contact.hours.zh, contact.hours.en
        _refuse_long(row)
        if contact != old:
            row._history_user = by
            row.save()
    return row


def _cleaned(contact: OfficeContact) -> OfficeContact:
    """Return the contact on one line each; raise `Refused` for a number that nobody can dial."""
    phone = one_line(fold(contact.phone)).replace("–", "-").replace("—", "-")
    if phone:
        digits = re.sub("[^0-9]", "", phone)
        if not PHONE.fullmatch(phone) or len(digits) not in DIGITS:
            raise Refused(
                _(
                    "“%(phone)s” can’t be dialled. Write the whole number in digits, with its area"
                    " code, such as 0790-6291234."
                )
                % {"phone": contact.phone}
            )
    return OfficeContact(room=_lines(contact.room), phone=phone, hours=_lines(contact.hours))


def _lines(words: Words) -> Words:
    return Words(one_line(words.zh), one_line(words.en))


def _refuse_long(row: Committee) -> None:
    for field in row._meta.fields:
        most = field.max_length if field.name.startswith("office_") else None
        text = getattr(row, field.attname)
        if most and len(text) > most:
            sentence = _("“%(start)s…” has %(n)d letters, at most %(most)d fit. Write it shorter.")
            raise Refused(sentence % {"start": text[:20], "n": len(text), "most": most})
