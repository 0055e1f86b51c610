"""Photos that come along with another act: a report, a claim, a visit or a check."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items import rules
from items.actions.door import move, refuse_if
from items.actions.photo import kept, write_photo
from items.models import Entry, Item, Person, Photo
from items.photos import picture

MOST_AT_ONCE = 3


def move_with_photos(
    verb: str, item: Item, *, by: Person, text: str, photos=(), photo_words="", now=None, **said
) -> Entry:
    """Do `verb` through the door together with photos: all of it is written, or nothing.

    Return the entry of the act. Without `photo_words` its own words say what the photos show. The
    act is public at once; of the photos nobody outside learns before the office has released them.
    """
    if not photos:
        return move(verb, item, by=by, text=text, now=now, **said)
    now = now or timezone.now()
    refuse_if(rules.why_not(verb, by, item, today=timezone.localdate(now)))  # before the hard work
    refuse_if(too_many() if len(photos) > MOST_AT_ONCE else "")
    with kept([picture.read(file) for file in photos]) as pictures, transaction.atomic():
        entry = move(verb, item, by=by, text=text, now=now, **said)
        words = photo_words.strip() or text[:300]
        for new in pictures:
            photo = Photo(item=item, side=Photo.Side.DURING, words=words, added_by=by)
            write_photo(photo, new, taken_on=entry.happened_on, now=now, about=entry)
    return entry


def too_many() -> str:
    return _("At most %s photos go along. Add the others afterwards.") % MOST_AT_ONCE
