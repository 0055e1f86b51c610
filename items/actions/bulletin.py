"""Bulletins: prepared by the office as a draft, asked for, and issued once by a second person."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.validation import checked, need
from items.errors import Conflict, Refused
from items.ledger import acting_on_list, not_in_future
from items.models import Bulletin, BulletinErratum, BulletinPrint, Entry, ItemList, Person
from items.models.bulletin import WRITTEN, ZH, Article, Section
from items.models.versioned import lock
from items.rules import why_not
from items.rules.issuing import why_not_issue_bulletin
from items.words import visible

# What renders a bulletin as it stands; the domain's actions know no page.
Composes = Callable[[Bulletin, date], Article]
APPROVED = ["signed_post", "signed_name", "signed_on"]


@transaction.atomic
def write_bulletin(
    item_list: ItemList,
    *,
    by: Person,
    bulletin: Bulletin | None = None,
    now: datetime | None = None,
    **columns: Any,
) -> Bulletin:
    """Prepare a list's next bulletin, or change what the office writes in the draft.

    `columns` are its kind, the two paragraphs, and the post, name and day that approved it on
    paper. A list has one draft at most: raise `Conflict` for a second one, unless it says the same.
    """
    today = timezone.localdate(now or timezone.now())
    ItemList._base_manager.select_for_update(no_key=True).get(pk=item_list.pk)
    if refusal := why_not("write_bulletin", by, item_list, today=today):
        raise Refused(refusal)
    if bulletin is None:
        if (draft := item_list.bulletins.drafts().first()) is not None:
            return _same_or_conflict(draft, columns)
        bulletin = Bulletin(list=item_list, number=_next_number(item_list))
    else:
        lock(bulletin)
        _refuse_issued(bulletin)
    for name, value in columns.items():
        setattr(bulletin, name, visible(value).strip() if name in WRITTEN else value)
    bulletin.prepared_by, bulletin.asked_on = by, None
    _refuse_half_approved(bulletin, today)
    checked(bulletin)
    bulletin.save()
    return bulletin


def _same_or_conflict(draft: Bulletin, columns: Mapping[str, Any]) -> Bulletin:
    """Return the draft where it says the same: a button that was pressed again."""
    if all(getattr(draft, name) == value for name, value in columns.items()):
        return draft
    raise Conflict(
        _("Meanwhile somebody else began bulletin no. %s. Yours was not saved.") % draft.number,
        _("Look at theirs, and write in that one what is missing."),
    )


def _next_number(item_list: ItemList) -> int:
    last = item_list.bulletins.aggregate(last=Max("number"))["last"]
    return int(last or 0) + 1


def _refuse_issued(bulletin: Bulletin) -> None:
    if bulletin.is_issued:
        raise Conflict(
            _("It is issued already, and stays as it is. A mistake in it gets an erratum.")
        )


def _refuse_half_approved(bulletin: Bulletin, today: date) -> None:
    """Refuse a day or a name without the post that approved it, and a post without its day."""
    post, day = bulletin.signed_post, bulletin.signed_on
    if (post is None and (day or bulletin.signed_name)) or (post is not None and day is None):
        raise Refused(_("Write both: which post approved it, and on which day."))
    if post is not None and post.committee_id != bulletin.list.committee_id:
        names = {"committee": bulletin.list.committee, "post": post}
        raise Refused(_("“%(post)s” is no post of “%(committee)s”.") % names)
    if day is not None:
        not_in_future(day, today)


@transaction.atomic
def ask_for_bulletin(bulletin: Bulletin, *, by: Person, now: datetime | None = None) -> Bulletin:
    """Put a draft on the desks of those who may issue it."""
    today = timezone.localdate(now or timezone.now())
    lock(bulletin)
    if refusal := why_not("write_bulletin", by, bulletin.list, today=today):
        raise Refused(refusal)
    _refuse_issued(bulletin)
    bulletin.asked_on = today
    bulletin.save()
    return bulletin


@transaction.atomic
def correct_bulletin(
    bulletin: Bulletin,
    *,
    by: Person,
    of: Bulletin,
    section: str,
    text: str,
    now: datetime | None = None,
) -> BulletinErratum:
    """Write into a draft what is wrong in an earlier bulletin; it stands there once it is issued.

    The same one sent twice is one erratum.
    """
    text = need(text, _("Write what is wrong, and what is right; everyone will read it."))
    today = timezone.localdate(now or timezone.now())
    lock(bulletin)
    if refusal := why_not("write_bulletin", by, bulletin.list, today=today):
        raise Refused(refusal)
    _refuse_issued(bulletin)
    if of.list_id != bulletin.list_id or not of.is_issued:
        raise Refused(_("Choose a bulletin of this list that is issued."))
    if section not in Section.values:
        raise Refused(_("Choose the paragraph that is corrected."))
    said: dict[str, Any] = {"of": of, "section": section, "text": text}
    if (same := bulletin.errata.filter(**said).first()) is not None:
        return same
    erratum = BulletinErratum(bulletin=bulletin, **said)
    checked(erratum)
    bulletin.prepared_by, bulletin.asked_on = by, None
    bulletin.save()
    erratum.save()
    return erratum


@transaction.atomic
def drop_erratum(
    bulletin: Bulletin, number: int, *, by: Person, now: datetime | None = None
) -> None:
    """Take an erratum out of a draft, by its key; what is gone already is no fault."""
    today = timezone.localdate(now or timezone.now())
    lock(bulletin)
    if refusal := why_not("write_bulletin", by, bulletin.list, today=today):
        raise Refused(refusal)
    _refuse_issued(bulletin)
    if bulletin.errata.filter(pk=number).delete()[0]:
        bulletin.prepared_by, bulletin.asked_on = by, None
        bulletin.save()


def issue_bulletin(
    bulletin: Bulletin,
    *,
    by: Person,
    seen: str,
    compose: Composes,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Issue a draft that somebody else prepared: its article is stored, and stays for ever.

    `seen` is the digest of the article that `by` read; raise `Conflict` where it would say
    something else now. Nothing of the list moves while it is composed. Whoever holds the post
    for releases approves it here, where nobody has approved it on paper.
    """
    whole: dict[str, Any] = {"by": by, "now": now, "yes": yes}
    with acting_on_list("issue_bulletin", bulletin.list_id, **whole) as act:
        lock(bulletin)
        bulletin.list = act.thing
        _refuse_issued(bulletin)
        if refusal := why_not_issue_bulletin(bulletin, by, act.today):
            raise Refused(refusal)
        act.thing.items.published().locked()
        approved_here(bulletin, by, act.today)
        if bulletin.signed_post is None:
            raise Refused(
                _(
                    "Nobody has approved it yet. Write in the draft which post approved it on"
                    " paper, and when; or whoever holds the post for releases issues it here."
                )
            )
        article = compose(bulletin, act.today)
        if article.seen != seen:
            raise Conflict(
                _("Meanwhile something moved, so that it says something else now."),
                _("Read it again, then issue it."),
            )
        bulletin.freeze(article)
        bulletin.as_of = act.today
        written = [getattr(bulletin, name) for name in WRITTEN]
        errata = bulletin.errata.values_list("text", flat=True)
        facts = {name: getattr(bulletin, name) for name in ("sha256", "sha256_en")}
        facts |= {"bulletin": bulletin.number, "digest": bulletin.digest()}
        entry = act.write(facts=facts | act.ask(*written, bulletin.signed_name, *errata))
        bulletin.entry, bulletin.ledger_head = entry, entry.hash
        bulletin.save()
    return entry


@transaction.atomic
def keep_print(
    bulletin: Bulletin, language: str, *, of: str, file: bytes, today: date | None = None
) -> bool:
    """Keep the PDF that was made of a bulletin's article; tell whether it was the first of it.

    `of` is the SHA-256 of the article that it shows.
    """
    row = Bulletin.objects.select_for_update(no_key=True).get(pk=bulletin.pk)
    if of != (row.sha256 if language == ZH else row.sha256_en) or row.print_in(language):
        return False  # words were erased meanwhile, or somebody else made it
    BulletinPrint.objects.create(
        bulletin=row,
        language=language,
        of=of,
        file=file,
        sha256=hashlib.sha256(file).hexdigest(),
        made_on=today or timezone.localdate(),
    )
    return True


def approved_here(bulletin: Bulletin, by: Person, today: date) -> None:
    """Let a bulletin that nobody approved on paper be approved by the one who would issue it.

    That is whoever holds the post that the committee names for releases.
    """
    post = bulletin.list.committee.releasing_post
    if bulletin.signed_post is None and post is not None and post.holder(today) == by:
        bulletin.signed_post, bulletin.signed_name, bulletin.signed_on = post, by.name, today
