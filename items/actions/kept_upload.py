"""Keep photos for an hour while their form comes back, and hand them to the act that takes them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from items.errors import Conflict
from items.models import KeptUpload, Person
from items.models.kept_upload import KeptUploadQuerySet
from items.models.suggestion import random_key
from items.photos.picture import Picture
from items.photos.uploads import CleanUpload

# A clean picture has about 500 kB: all together take at most some 300 MB of the database.
OF_ACCOUNT, OF_FORM = 12, 6  # pictures of one keeper
OF_ACCOUNTS, OF_FORMS, OF_BROWSERS = 200, 200, 200  # of all keepers of a kind
LOCK = 0x7E1FA4F  # PostgreSQL's advisory lock: who counts and keeps does so alone
SALT = "items.kept_uploads"


@dataclass(frozen=True)
class Keeper:
    """Whose uploads are kept: an account's, a form's by its random number, or neither's.

    Those of neither belong to a page that came back without a login: whoever has their keys.
    """

    person: Person | None = None
    form: str = ""

    @property
    def form_hash(self) -> str:
        hashed = salted_hmac(f"{SALT}.form", self.form, algorithm="sha256")
        return hashed.hexdigest() if self.form else ""

    def key_of(self, content: bytes) -> int:
        """Return a new key; of a form the same for the same bytes, so that it is taken once."""
        if not self.form:
            return random_key()
        said = self.form.encode() + b"\0" + content
        digest = salted_hmac(f"{SALT}.key", said, algorithm="sha256").hexdigest()
        return int(digest[:16], 16) // 2 or 1

    def own(self) -> KeptUploadQuerySet:
        return KeptUpload.objects.filter(person=self.person, form=self.form_hash)

    def kind(self) -> KeptUploadQuerySet:
        """Return those of all keepers of this kind."""
        if self.form:
            return KeptUpload.objects.exclude(form="")
        return KeptUpload.objects.filter(form="", person__isnull=self.person is None)

    def most(self) -> tuple[int, int]:
        """Return how many of its own and of its kind are kept at most."""
        if self.form:
            return OF_FORM, OF_FORMS
        return (OF_ACCOUNT, OF_ACCOUNTS) if self.person else (OF_BROWSERS, OF_BROWSERS)

    def may_take(self) -> Q:
        """Return which uploads it may take: its own, and with a login those kept without one."""
        mine = Q(person=self.person, form=self.form_hash)
        return mine | Q(person=None, form="") if self.person else mine


def room(keeper: Keeper, now: datetime | None = None) -> int:
    """Return how many more pictures are kept for a keeper."""
    now = now or timezone.now()
    own, kind = keeper.most()
    left_of_kind = kind - keeper.kind().standing(now).count()
    return max(0, min(left_of_kind, own - keeper.own().standing(now).count()))


def keep(
    pictures: Sequence[tuple[int, Picture]], keeper: Keeper, now: datetime | None = None
) -> list[CleanUpload]:
    """Keep pictures under their keys, as many as there is room for; return those."""
    now = now or timezone.now()
    with transaction.atomic():
        _alone()
        KeptUpload.objects.over(now).delete()
        left, kept = room(keeper, now), []
        there = set(keeper.own().filter(pk__in=dict(pictures)).values_list("pk", flat=True))
        for key, picture in pictures:
            if key not in there:
                if not left:
                    continue
                left -= 1
                _write(key, picture, keeper, now)
                there.add(key)
            kept.append(_upload(key, picture))
    return kept


def _alone() -> None:
    """Let no other process count meanwhile; SQLite's transactions write one at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _write(key: int, picture: Picture, keeper: Keeper, now: datetime) -> None:
    width, height = picture.size
    small_width, small_height = picture.small_size
    KeptUpload.objects.create(
        id=key,
        person=keeper.person,
        form=keeper.form_hash,
        kept_on=timezone.localdate(now),
        kept_at=None if keeper.form else now,
        large=picture.large,
        small=picture.small,
        width=width,
        height=height,
        small_width=small_width,
        small_height=small_height,
    )


def find(keys: Iterable[int], keeper: Keeper, now: datetime | None = None) -> list[CleanUpload]:
    """Return the uploads of these keys that are kept and that the keeper may take."""
    rows = KeptUpload.objects.standing(now or timezone.now()).filter(keeper.may_take())
    return [_upload(row.pk, _picture(row)) for row in rows.filter(pk__in=list(keys))]


def stand(keys: Iterable[int], now: datetime | None = None) -> set[int]:
    """Return which of these keys are those of kept uploads, whosever they are."""
    rows = KeptUpload.objects.standing(now or timezone.now()).filter(pk__in=list(keys))
    return set(rows.values_list("pk", flat=True))


def _picture(row: KeptUpload) -> Picture:
    sizes = (row.width, row.height), (row.small_width, row.small_height)
    return Picture(bytes(row.large), bytes(row.small), *sizes)


def _upload(key: int, picture: Picture) -> CleanUpload:
    return CleanUpload(key, replace(picture, kept_as=key))


def take(picture: Picture) -> None:
    """Delete the kept upload that a picture was, in the transaction of the act that files it.

    Raise `Conflict` where another act has just taken it.
    """
    if picture.kept_as is None:
        return
    deleted, _kinds = KeptUpload.objects.filter(pk=picture.kept_as).delete()
    if not deleted:
        raise Conflict(_("This photo was sent already. Look at what is there, then choose again."))


def forget_uploads(now: datetime | None = None) -> int:
    """Delete the uploads whose hour is over, and those of closed accounts; return how many."""
    over = KeptUpload.objects.over(now or timezone.now())
    closed = KeptUpload.objects.filter(person__is_active=False)
    return over.delete()[0] + closed.delete()[0]
