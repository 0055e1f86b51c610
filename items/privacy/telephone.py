"""Whether a contact is a telephone number that somebody can dial: public numbers, extensions."""

import re

from items.privacy import personal_data
from items.words import fold

SAID = re.compile(r"(?:分机|内线|短号|电话|座机|手机|tel|phone|ext)[^0-9]{0,6}[0-9]{3}")
BARE = re.compile(r"[0-9]{7,8}")  # of a town, without its area code


def is_telephone(contact: str) -> bool:
    """Tell whether a contact, as its suggester wrote it, holds a telephone number."""
    if {"mobile", "landline"} & {kind for kind, _text in personal_data.find(contact)}:
        return True
    folded = fold(contact)
    return bool(SAID.search(folded) or BARE.fullmatch(re.sub(r"[ -]", "", folded)))
