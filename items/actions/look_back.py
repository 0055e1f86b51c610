"""Looking back (回头看): the office's rounds, and what whoever looks finds.

What has slipped back is opened again; of a closed year it goes on in the list that runs now, and
the closed one stays as it is.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from items.actions.attached_photos import add_photos, attached_photos
from items.actions.check import known_way, not_before_sign_off, write_reopened
from items.actions.photo import KeptPicture
from items.actions.planned_look import plan_look_back
from items.actions.validation import need
from items.actions.year import running_list, write_brought_back
from items.errors import Refused
from items.ledger import (
    Act,
    ActOnBoth,
    acting,
    acting_on_both,
    acting_on_list,
    not_in_future,
)
from items.models import Entry, Item, ItemList, LookBack, Person, Photo, Post, Spot
from items.photos.picture import Upload
from items.rules.looking import signed_off, why_not_looking
from items.states import Kept, ListStatus, Status

# A round


def open_look_back(
    item_list: ItemList,
    *,
    by: Person,
    numbers: Collection[int],
    post: Post,
    by_when: date,
    note: str = "",
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Ask the holder of a post to look back at resolved items of a list, until a day.

    Refuse, by number, where whoever holds it signed the item off, or is on its owner's side.
    """
    with acting_on_list("open_look_back", item_list, by=by, now=now, yes=yes) as act:
        chosen = set(numbers)
        if not chosen:
            raise Refused(_("Tick the items that are to be looked at again."))
        if by_when <= act.today:
            raise Refused(_("The day by which it is looked at has to lie ahead."))
        if post.committee_id != item_list.committee_id:
            raise Refused(_("“%s” belongs to another committee.") % post)
        items = list(
            item_list.items.filter(number__in=chosen, status=Status.RESOLVED).order_by("number")
        )
        if gone := sorted(chosen - {item.number for item in items}):
            numbers_gone = ", ".join(map(str, gone))
            raise Refused(_("Not resolved any more, take the tick away: no. %s.") % numbers_gone)
        if refusals := _refusals(item_list, items, post, act.today):
            raise Refused(*refusals)
        facts = {
            "numbers": [item.number for item in items],
            "post": f"post:{post.pk}",
            "by_when": by_when.isoformat(),
        }
        entry = act.write(note.strip(), facts=facts, new=post.name, new_en=post.name_en)
        signed = signed_off(items)
        for item in items:
            LookBack.objects.create(
                item=item, sign_off=signed[item.pk], post=post, by_when=by_when, round=entry
            )
    return entry


def _refusals(item_list: ItemList, items: list[Item], post: Post, today: date) -> list[str]:
    """Return by number why the holder of a post may not look back at items."""
    waiting = LookBack.objects.waiting().filter(item__in=items, post=post)
    asked = set(waiting.values_list("item", flat=True))
    found = []
    for item in items:
        item.list = item_list
        refusal = why_not_looking(post, item, today)
        if not refusal and item.pk in asked:
            refusal = _("“%s” is to look back at it already.") % post
        if refusal:
            found.append(_("No. %(number)s: %(gap)s") % {"number": item.number, "gap": refusal})
    return found


# A look


def look_back(
    item: Item,
    *,
    by: Person,
    kept: str,
    found: str,
    how: str,
    put_right_by: date | None = None,
    recheck_on: date | None = None,
    happened_on: date | None = None,
    photos: Sequence[Upload] = (),
    photo_words: str = "",
    spot: Spot | None = None,
    yes: bool = False,
    now: datetime | None = None,
) -> Entry:
    """Say whether what was signed off is still good, and what was found; return the entry.

    What has slipped back is opened again, to be put right by a day, or goes on in the list that
    runs. `recheck_on` plans another look at what is still good. `photos` stand at `spot`, beside
    those from before and after the work.
    """
    found = need(found, _("Write what you found."))
    if kept not in Kept.values:
        raise Refused(_("Say whether it is still good or has slipped back."))
    slipped = kept == Kept.SLIPPED
    if slipped and put_right_by is None:
        raise Refused(_("Set the day by which it is to be put right."))
    if photos and item.hardship:
        raise Refused(_("Help for families has no photos. Write what you found."))
    who: dict[str, Any] = {"by": by, "now": now}
    facts = {"kept": kept, "how": known_way(how)}
    with attached_photos("look_back", item, photos, **who) as pictures:
        if slipped and put_right_by and item.list.status == ListStatus.CLOSED:
            into = running_list(item)
            if into is None:
                raise Refused(_("No list of the committee runs now. Publish the next one first."))
            with acting_on_both("look_back", item, into, **who, yes=yes) as both:
                plan_look_back(both, None)
                _write_look(both, found, facts, happened_on, pictures, photo_words, spot)
                write_brought_back(both, into, found, put_right_by)
            return both.entry
        with acting("look_back", item, **who, happened_on=happened_on, yes=yes) as act:
            facts |= plan_look_back(act, None if slipped else recheck_on)
            _write_look(act, found, facts, happened_on, pictures, photo_words, spot)
            if slipped and put_right_by:
                act.settle()
                write_reopened(act, found, put_right_by, verb="slip_back")
            act.tell(item.owner_post, item.supervisor_post)
    return act.entry


def _write_look(
    act: Act | ActOnBoth,
    found: str,
    facts: dict[str, str],
    happened_on: date | None,
    pictures: Sequence[KeptPicture],
    photo_words: str,
    spot: Spot | None,
) -> None:
    """Write what was found, in the name of the post that was to look, with its photos."""
    item, day = act.item, not_in_future(happened_on or act.today, act.today)
    not_before_sign_off(item, day)
    looks = list(
        LookBack.objects.waiting()
        .filter(item=item)
        .of(act.by, act.today)
        .select_related("post", "draw")
    )
    post = looks[0].post  # the rules have found one that they hold
    assert post is not None
    if drawn := next((look.draw for look in looks if look.draw), None):
        facts = facts | {"drawn": drawn.quarter.isoformat()}
    entry = act.write(found, facts=facts, happened_on=day, post=post.name, post_en=post.name_en)
    for look in looks:
        look.entry = entry
        look.save()
    side = Photo.Side.LATER
    add_photos(act, pictures, photo_words, side, spot=spot, verb="photograph_back")
