"""What is found on a board: by words, group, theme, category, unit, place and lateness.

The board reads its whole list anyway, for the equation and the strip; so a search reads the
same rows and compares in memory, where Chinese and full-width letters fold alike on every database.
"""

import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from items import public, shown
from items.models import Item, Place
from items.queries.board import page
from items.queries.places import Places
from items.queries.rows import items_of, lists, read
from items.states import Group
from items.words import Words

FIELDS = ("group", "theme", "category", "unit", "place", "late")
LATE = {
    "1": lambda: _("overdue or done late"),
    "overdue": lambda: _("overdue now"),
    "done": lambda: _("done late"),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item with all that it can be found by, folded; only public words are among it."""

    row: public.Row
    text: str
    keys: dict[str, tuple[str, ...]]  # by field

    def matches(self, wanted: public.Wanted) -> bool:
        return all(self.says(word) for word in fold(wanted.q).split()) and all(
            not getattr(wanted, field) or getattr(wanted, field) in self.keys[field]
            for field in FIELDS
        )

    def says(self, word: str) -> bool:
        return word in self.text or word == str(self.row.number)


def find(slug: str, today: date, wanted: public.Wanted) -> public.Found | None:
    """Return what is found on a published list's board; None when there is no such list."""
    item_list = lists().filter(slug=slug).first()
    if item_list is None:
        return None
    items = items_of(item_list).select_related("category").prefetch_related("measures")
    items = read(items.prefetch_related("unit_shares__unit"))
    places = Places(Place.objects.filter(committee=item_list.committee_id))
    candidates = [_candidate(item, shown.row(item, today), places) for item in items]
    names = _names(items, places)
    known = _known(wanted, names)
    strip = tuple(candidate.row for candidate in candidates)
    rows = tuple(candidate.row for candidate in candidates if candidate.matches(known))
    return public.Found(
        board=page(item_list, items, strip, rows, today, known.group),
        wanted=known,
        choices={f: _choices(f, names[f], candidates, known, places) for f in FIELDS},
        wishes=tuple(_wishes(known, names, candidates)),
        unknown=known != wanted,
    )


def fold(text: str) -> str:
    """Return the text as it is compared: case and full width make no difference."""
    return unicodedata.normalize("NFKC", text).casefold()


def _candidate(item: Item, row: public.Row, places: Places) -> Candidate:
    around = places.path(item.place_id)
    shares = list(item.unit_shares.all())
    words = [
        row.title,
        Words(item.problem, item.problem_en),
        Words(item.effect, item.effect_en),
        row.owner.post,
        row.supervisor.post,
        *(measure.words for measure in item.measures.all()),
        *(share.unit.words for share in shares),
        *(place.words for place in around),
        *([item.category.words] if item.category else []),
        *([item.theme.words] if item.theme else []),
    ]
    names = [row.owner.name, row.supervisor.name]  # "" where they don’t show
    return Candidate(
        row=row,
        text=fold("\n".join([*names, *(text for each in words for text in (each.zh, each.en))])),
        keys={
            "group": (row.group,),
            "theme": (str(item.theme_id),),
            "category": (str(item.category_id),),
            "unit": tuple(str(share.unit_id) for share in shares),
            "place": tuple(str(place.pk) for place in around),
            "late": _late(row),
        },
    )


def _late(row):
    overdue = ("1", "overdue") if row.overdue_days else ()
    return ("1", "done") if row.done_late_days else overdue


def _names(items, places):
    """Return the names of all that the list can be filtered by, in the order of the choices."""
    shares = [share for item in items for share in item.unit_shares.all()]
    used = {place.pk for item in items for place in places.path(item.place_id)}
    return {
        "group": {group.value: both(group.label) for group in Group},
        "theme": {str(i.theme_id): i.theme.words for i in items if i.theme},
        "category": {str(i.category_id): i.category.words for i in items if i.category},
        "unit": {str(share.unit_id): share.unit.words for share in shares},
        "place": {str(p.pk): p.words for p in places.in_order() if p.pk in used},
        "late": {key: both(label()) for key, label in LATE.items()},
    }


def both(label) -> Words:
    """Return a label that gettext has put into the reader's language already."""
    return Words(str(label), str(label))


def _known(wanted, names):
    """Return the wishes without those for something that the list doesn't know."""
    unknown = {f: "" for f in FIELDS if getattr(wanted, f) not in ("", *names[f])}
    return replace(wanted, **unknown)


def _choices(field, names, candidates, wanted, places):
    """Return what can be chosen beside the other wishes, and what is chosen already."""
    if len(names) < (1 if field == "theme" else 2):
        return ()  # nothing to choose from; of themes, being one or none is a choice already
    others = replace(wanted, **{field: ""})
    left = Counter(
        key
        for candidate in candidates
        if candidate.matches(others)
        for key in candidate.keys[field]
    )
    return tuple(
        public.Choice(key, name, left[key], places.depth(key) if field == "place" else 0)
        for key, name in names.items()
        if left[key] or key == getattr(wanted, field)
    )


def _wishes(wanted, names, candidates):
    """Yield each wish in force with what is found without it."""
    for field in ("q", *FIELDS):
        value = getattr(wanted, field)
        if value:
            name = both(value) if field == "q" else names[field][value]
            without = replace(wanted, **{field: ""})
            count = sum(1 for candidate in candidates if candidate.matches(without))
            yield public.Wish(field, name, without, count)
