"""What changed since the last run: digests of the public rows of lists, committees and the rest.

The database's triggers say that something public changed (`items.guards.revision`); which pages
tell of it follows from whose row it is. A list's pages tell of its items, and its items' pages show
its figures, so a list is written anew as one. What a row of a committee's names, posts or places
says may stand anywhere: then everything is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Any

from django.db.models import Count, Max, Model, Q

from items.guards import revision
from items.models import Call, Committee, Entry, EntryWords, Item, ItemList, Place

SITE = "site"
# Rows of a committee of which its own lists and pages tell alone
OF_COMMITTEE = {"ItemList", "Suggestion", "Mention", "Call", "SiteVisit", "LookBackDraw"}
# The ledger is only added to, words are only erased (items.guards.ledger): counts tell all of it
COUNTED: dict[type[Model], tuple[str, dict[str, Any]]] = {
    Entry: ("list", {"n": Count("pk"), "last": Max("pk")}),
    EntryWords: ("entry__list", {"n": Count("pk"), "erased": Count("erased_on")}),
}
CHUNK = 2_000  # rows that are in memory at once


def digests() -> dict[str, str]:
    """Return a digest of the public rows of each list, "list:7", each committee, and the rest."""
    found: dict[str, Any] = defaultdict(lambda: blake2b(digest_size=12))
    for model in revision.models():
        for whose, row in _rows(model):
            found[whose].update(f"{model.__name__}{row!r}\n".encode())
    return {whose: digest.hexdigest() for whose, digest in found.items()}


def _rows(model: type[Model]) -> Iterator[tuple[str, tuple]]:
    """Yield the public columns of a model's rows, each with whose it is."""
    kind, path = whose(model)
    if model in COUNTED:
        path, counts = COUNTED[model]
        rows: Any = model._base_manager.order_by(path).values_list(path)
        rows = rows.annotate(**counts).values_list(path, *counts)
    else:
        names = [field.attname for field in model._meta.concrete_fields if _is_seen(model, field)]
        rows = model._base_manager.order_by("pk").values_list(*([path] if path else []), *names)
    for row in rows.iterator(CHUNK):
        yield (f"{kind}:{row[0]}" if path and row[0] else SITE), row


def _is_seen(model: type[Model], field: Any) -> bool:
    return field.primary_key or field.column in revision.columns(model)


def whose(model: type[Model]) -> tuple[str, str]:
    """Return of what a model's rows tell, "list" or "committee", and the way there; else "site"."""
    if model.__name__ not in OF_COMMITTEE and (path := _way(model, ItemList)):
        return "list", path
    if model.__name__ in OF_COMMITTEE and (path := _way(model, Committee)):
        return "committee", path
    return SITE, ""


def _way(model: type[Model], to: type[Model]) -> str:
    """Return the shortest way by foreign keys that lead somewhere always; "" when there is none."""
    waiting, known = [("", model)], {model}
    while waiting:
        path, here = waiting.pop(0)
        for field in here._meta.concrete_fields:
            after: Any = field.related_model
            if after is None or field.null or after in known:
                continue
            step = f"{path}__{field.name}" if path else field.name
            if after is to:
                return step
            known.add(after)
            waiting.append((step, after))
    return ""


def dirty(before: dict[str, str], now: dict[str, str]) -> set[str] | None:
    """Return the scopes of pages that tell of what changed; None when any may."""
    changed = {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}
    if SITE in changed:
        return None
    lists = _keys(changed, "list")
    committees = _keys(changed, "committee")
    committees |= set(ItemList.objects.filter(pk__in=lists).values_list("committee", flat=True))
    above = _with_those_above(committees)
    return {SITE, *_of_lists(lists, committees, changed), *_of_committees(above)}


def _keys(changed: Iterable[str], kind: str) -> set[int]:
    pairs = (key.partition(":") for key in changed)
    return {int(key) for which, _colon, key in pairs if which == kind}


def _of_lists(lists: set[int], committees: set[int], changed: set[str]) -> Iterator[str]:
    """Yield the lists that changed or were carried from or into one; boards show their siblings.

    Which lists there are is also seen on the boards of the committees above.
    """
    itself = _keys(changed, "committee")
    carried = Item.objects.filter(carried_from__isnull=False)
    whole = Q(pk__in=lists) | Q(committee__in=itself)
    whole |= Q(pk__in=carried.filter(list__in=lists).values("carried_from__list"))
    whole |= Q(pk__in=carried.filter(carried_from__list__in=lists).values("list"))
    boards = whole | Q(committee__in=committees | _with_those_above(itself))
    for kind, which in (("list", whole), ("board", boards)):
        slugs = ItemList.objects.filter(which).values_list("slug", flat=True)
        yield from (f"{kind}:{slug}" for slug in slugs)


def _with_those_above(committees: set[int]) -> set[int]:
    parents = dict(Committee.objects.without_tree_fields().values_list("pk", "parent"))
    found: set[int] = set()
    for key in committees:
        above: int | None = key
        while above and above not in found:
            found.add(above)
            above = parents.get(above)
    return found


def _of_committees(committees: set[int]) -> Iterator[str]:
    """Yield the committees' own pages, their places and calls."""
    known = Committee.objects.without_tree_fields().filter(pk__in=committees)
    yield from (f"committee:{slug}" for slug in known.values_list("slug", flat=True))
    for kind, model in (("place", Place), ("call", Call)):
        keys = model._base_manager.filter(committee__in=committees).values_list("pk", flat=True)
        yield from (f"{kind}:{key}" for key in keys)
