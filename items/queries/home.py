"""The home page: the committees by their tree."""

from datetime import date
from itertools import groupby

from items import public, shown
from items.models import Committee, Item, ItemList
from items.queries import voices
from items.queries.find import fold
from items.queries.rows import add_up, arithmetic, last_changes, lists


def home(today: date, wanted: public.Wanted | None = None) -> public.Home:
    """Return each committee's current list with its arithmetic, and the earlier lists.

    Of what is wanted only the words count: they are looked for in the committees' names.
    """
    wanted = public.Wanted(q=wanted.q if wanted else "")
    known = list(lists().order_by("committee__name", "committee_id", "-year", "-published_on"))
    latest = {}
    for item_list in known:
        latest.setdefault(item_list.committee_id, item_list)
    blocks = _blocks([item_list.pk for item_list in latest.values()], today)
    changed = last_changes(blocks)
    current = {pk: _home_list(x, blocks[x.pk], changed, today) for pk, x in latest.items()}
    return public.Home(
        current=tuple(current.values()),
        tree=tuple(_tree(current, fold(wanted.q).split())),
        wanted=wanted,
        earlier=tuple(shown.head(x) for x in known if x is not latest[x.committee_id]),
        demonstration=any(x.committee.organisation.demonstration for x in known),
        as_of=today,
        calls=voices.open_calls(today),
    )


def _blocks(of: list[int], today: date) -> dict[int, tuple[public.Block, ...]]:
    """Return each list's items as blocks of its strip, read at once."""
    columns = ("list_id", "number", "title", "title_en", "status", "due")
    items = Item.objects.published().filter(list__in=of).order_by("list_id", "number")
    read = groupby(items.only(*columns), key=lambda item: item.list_id)
    found = {pk: tuple(shown.block(item, today) for item in group) for pk, group in read}
    return {pk: found.get(pk, ()) for pk in of}


def _home_list(item_list: ItemList, blocks, changed, today):
    changed_on = changed.get(item_list.pk)
    return public.HomeList(
        head=shown.head(item_list),
        arithmetic=arithmetic(blocks),
        strip=blocks,
        overdue_count=sum(1 for block in blocks if block.overdue_days),
        last_change_on=changed_on,
        last_change_days_ago=shown.days_ago(changed_on, today),
    )


def _tree(current, sought):
    """Return the committees that have a list, or have one below them, each after its parent.

    With words that are sought, only those called so, with what stands above and below them.
    """
    committees = list(Committee.objects.select_related("organisation").order_by("name", "pk"))
    below = {}
    for committee in committees:
        below.setdefault(committee.parent_id, []).append(committee)

    def lists_under(committee):
        own = [current[committee.pk]] if committee.pk in current else []
        return own + [x for child in below.get(committee.pk, ()) for x in lists_under(child)]

    def leads_to_sought(committee):
        children = below.get(committee.pk, ())
        return _is_called(committee, sought) or any(map(leads_to_sought, children))

    def walk(parent_id, depth, inside=False):
        for committee in below.get(parent_id, ()):
            under = lists_under(committee)
            if under and (inside or leads_to_sought(committee)):
                # A sum that says what a single one below says already would say it twice.
                parts = [x for x in map(lists_under, below.get(committee.pk, ())) if x]
                summed = under if parts != [under] else []
                yield _branch(committee, depth, current.get(committee.pk), summed)
                found = inside or _is_called(committee, sought)
                yield from walk(committee.pk, depth + 1, found)

    return walk(None, 0)


def _is_called(committee, sought):
    organisation = committee.organisation
    names = [committee.words, organisation.words, organisation.short_words]
    said = fold("\n".join(text for name in names for text in (name.zh, name.en)))
    return all(word in said for word in sought)


def _branch(committee, depth, own, under):
    # Lists of different years are no one promise; their sum would be a number of nothing.
    summed = len(under) > 1 and len({each.head.year for each in under}) == 1
    return public.Branch(
        name=committee.words,
        organisation=committee.organisation.short_words,
        depth=depth,
        shown=own,
        together=add_up([each.arithmetic for each in under]) if summed else None,
        lists_together=len(under) if summed else 0,
    )
