"""Mentioning: a worker says that a released suggestion is theirs, too."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from items.errors import Refused
from items.models import Mention, Mentioned, Suggestion

SALT = "items.mention"  # of the digests: another one would let each browser mention it again


@transaction.atomic
def mention_suggestion(
    suggestion: Suggestion, *, browser: str, counts: bool = True, today: date | None = None
) -> bool:
    """Count a browser's mention of a released suggestion, once; tell whether it was the first.

    `browser` is its random bits. One that doesn't count, because too many came from where it did,
    isn't taken again either.
    """
    if not suggestion.shown_on:
        raise Refused(_("This suggestion isn’t for everyone to read any more."))
    said = f"{browser}\0{suggestion.pk}"
    digest = salted_hmac(SALT, said, algorithm="sha256").hexdigest()
    _row, is_new = Mentioned.objects.get_or_create(digest=digest)
    if is_new and counts:
        day = today or timezone.localdate()
        row, _is_new = Mention.objects.get_or_create(suggestion=suggestion, day=day)
        Mention.objects.filter(pk=row.pk).update(count=F("count") + 1)
    return is_new
