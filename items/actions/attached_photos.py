"""Photos attached to another act: to a report, a claim, a visit or a check."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from items.actions.photo import KeptPicture, has_free_spot, kept, write_photo
from items.errors import Refused
from items.ledger import Act, ActOnBoth
from items.models import Entry, Item, Person, Photo, Spot
from items.photos import picture
from items.photos.picture import Upload
from items.rules import why_not

MOST_AT_ONCE = 3


@contextmanager
def attached_photos(
    verb: str,
    item: Item,
    photos: Sequence[Upload],
    *,
    by: Person,
    now: datetime | None = None,
    about: Entry | None = None,
) -> Iterator[Sequence[KeptPicture]]:
    """Yield the photos made clean and kept on the disk, while `verb` is done; see `add_photos`.

    The hard work comes before the transaction, and only for whoever may do `verb` at all.
    """
    if not photos:
        yield []
        return
    today = timezone.localdate(now or timezone.now())
    if refusal := why_not(verb, by, item, today=today, about=about):
        raise Refused(refusal)
    if len(photos) > MOST_AT_ONCE:
        raise Refused(too_many())
    with kept([picture.read(file) for file in photos]) as pictures:
        yield pictures


def add_photos(
    act: Act | ActOnBoth,
    pictures: Sequence[KeptPicture],
    words: str,
    side: str = Photo.Side.DURING,
    spot: Spot | None = None,
    verb: str = "add_photo",
    about: Entry | None = None,
) -> None:
    """Add photos to an act that is written; they are about its entry and taken on its day.

    Without `words` of their own, those of the act say what they show. The act is public at once; of
    the photos nobody outside learns before the office has released them. Of those from before or
    after the work the first one stands at the item's spot, where that is free: a pair has two; or
    all stand at a `spot` that is named. `about` is another entry that they are about.
    """
    entry = act.entry
    words = words.strip() or entry.words.text[:300]
    for new in pictures:
        photo = Photo(item=act.item, side=side, words=words, added_by=act.by)
        paired = spot is not None or (
            side in (Photo.Side.BEFORE, Photo.Side.AFTER) and has_free_spot(act.item, side)
        )
        row = write_photo(
            act, photo, new, spot, entry.happened_on, about=about or entry, paired=paired, verb=verb
        )
        act.tell_office(row)


def too_many() -> str:
    return _("At most %s photos go along. Add the others afterwards.") % MOST_AT_ONCE
