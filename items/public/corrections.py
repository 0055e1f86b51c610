"""What a correction is about, in words: the field, and what it said and says."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from items.columns import STORED, names
from items.models import Item, Part, Photo, Spot
from items.models.photo import OF_PHOTO, OF_SPOT
from items.states import Term

ITEM_LABELS = {name: Item._meta.get_field(name).verbose_name for name in names(STORED)}
ITEM_LABELS |= {"measures": _("measures"), "shares": _("units"), "handlers": _("handlers")}
ITEM_LABELS |= {"criteria": _("what done looks like")}
PHOTO_LABELS = {name: Photo._meta.get_field(name).verbose_name for name in OF_PHOTO}
SPOT_LABELS = {name: Spot._meta.get_field(column).verbose_name for name, column in OF_SPOT.items()}
PART_LABELS = {
    name: Part._meta.get_field(name).verbose_name
    for name in ("title", "title_en", "unit", "start_by", "due", "due_words")
}
OF_PART = {f"part_{name}": label for name, label in PART_LABELS.items()}
LABELS = OF_PART | ITEM_LABELS | PHOTO_LABELS | SPOT_LABELS


def label_of(field: str) -> str:
    """Return what a column of an item, of a photo or of a spot is called."""
    return capfirst(str(LABELS.get(field, field)))


def known_word(field: str, stored: str) -> str:
    """Return the word for a choice whose entry holds the column's own value, as older ones do."""
    return str(Term(stored).label) if field == "term" and stored in Term.values else ""
