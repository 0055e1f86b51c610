"""An item as staff work on it: whose turn it is, who may do what, and its whole ledger."""

from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from items import public, staff
from items.columns import STORED, TEXT
from items.compiled_queries import compiled_query
from items.models import Item, Person
from items.queries.item import CLAIMS, FINDINGS
from items.queries.lines import entry, line, with_answers
from items.queries.rows import in_rows, read
from items.rules import why_not_standing
from items.rules.standing import Standing
from items.rules.who import is_for
from items.states import MOVES, Status, Verb
from items.words import Words

ACTS = [verb for verb in MOVES if verb not in ("publish", "bring_in")]  # those are a list's
AT_WORK = {Status.NOT_STARTED, Status.IN_PROGRESS}


def seen_item(slug: str, number: int, person: Person, today: date) -> Item | None:
    """Return an item that `person` may see at the desk; None where there is none for them."""
    return _seen.one(person.pk, today, slug, number) if person.is_active else None


@compiled_query
def _seen(person, today, slug, number):
    items = Item.objects.tied_to(person, today).filter(list__slug=slug, number=number)
    return items.select_related("list__committee", "last_entry").order_by()


def item_desk(item: Item, person: Person, today: date) -> staff.ItemDesk | None:
    """Return a published item as `person` works on it; None for a draft."""
    found = in_rows(Item.objects.filter(pk=item.pk)).select_related("list__committee", "category")
    if not (found := read(found)):
        return None
    item = found[0]
    standing = Standing(person, item, today)
    entries = list(with_answers(item.entries.all()))
    tasks = [each for each in entries if each.verb == Verb.SET_TASK and not each.answered]
    mine = {task.pk for task in tasks if is_for(task, standing)}
    return staff.ItemDesk(
        pk=item.pk,
        version=item.version,
        list_slug=item.list.slug,
        list_name=item.list.words,
        list_status=item.list.status,
        line=line(item, entries, person, mine, today),
        owner_says=entry(_latest(entries, CLAIMS), person),
        supervisor_found=entry(_latest(entries, FINDINGS), person),
        balls=tuple(_balls(item, entries, today)),
        acts={verb: why_not_standing(verb, standing) for verb in ACTS},
        finishable=frozenset(
            task.pk for task in tasks if not why_not_standing("finish_task", standing, task)
        ),
        ledger=tuple(entry(each, person) for each in reversed(entries)),
        photos=tuple(map(_photo, sorted(_photos(item), key=lambda each: each.state != "waiting"))),
        case=None if why_not_standing("read_case", standing) else _documents(item),
        **_deliveries(item),
        occasions=tuple(
            staff.Occasion(each.entry.seq, public.occasion(each, item.status, today))
            for each in item.occasions.select_related("entry", "place", "ending__words")
        ),
        promise=public.promise(
            item,
            item.measures.all(),
            item.unit_shares.select_related("unit"),
            item.parts.select_related("unit"),
        ),
        inside=tuple(_inside(item)),
        recheck_on=item.recheck_on,
        handlers=tuple(item.handlers.order_by("pk").values_list("name", flat=True)),
    )


def _photos(item):
    return item.photos.select_related("entry", "spot", "added_by")


def _photo(photo):
    return staff.Photo(
        seq=photo.entry.seq,
        words=photo.shows,
        side_label=photo.get_side_display(),
        spot=photo.spot.words if photo.spot else Words(),
        taken_on=photo.taken_on,
        state=photo.state,
        state_label=photo.get_state_display(),
        added_by=photo.added_by.name,
        kept=bool(photo.stem),
        small_width=photo.small_width,
        small_height=photo.small_height,
    )


def _documents(item):
    return item.case_files.kept().count()


def _deliveries(item):
    found = list(item.deliveries.with_returns().select_related("entry", "unit", "place"))
    return {
        "deliveries": tuple(map(_delivery, found)),
        "handed_out": public.deliveries(item, found) if found else None,
    }


def _delivery(each):
    return staff.Delivery(each.entry.seq, public.delivery(each), each.received_by)


def _latest(entries, verbs):
    return next((each for each in reversed(entries) if each.verb in verbs), None)


def _balls(item, entries, today):
    """Yield whose turn it is: by the status, and by each request that waits."""
    by_status = _ball_of(item)
    if by_status is None:
        return
    since = _since(item, entries)
    yield _ball(*by_status, since, today, item.hold_review_on)
    for each in entries:
        if not each.answered and each.verb in DECIDED:
            yield _ball("office", DECIDED[each.verb](), each.happened_on, today)


def _ball_of(item):
    if item.status in AT_WORK:
        return "owner", _("does the work and reports")
    if item.status == Status.PENDING_CHECK:
        return "supervisor", _("checks the claim")
    return ("office", _("reviews the hold")) if item.status == Status.ON_HOLD else None


# What the office decides, by the verb of the request
DECIDED = {
    Verb.ASK_EXTENSION: lambda: _("decides on more time"),
    Verb.ENTER_FOR_OWNER: lambda: _("another person of the office releases what was entered"),
}


def _since(item, entries) -> date:
    """Return when the item came to where it is; starting the work passes no ball."""
    same = AT_WORK if item.status in AT_WORK else {item.status}
    moves = [e for e in entries if e.status_to in same and e.status_from not in same]
    return moves[-1].happened_on if moves else item.published_on


def _ball(side, what, since, today, until=None):
    return staff.Ball(side, what, since, public.days_ago(since, today), until)


def _inside(item):
    """Yield what the item says in words to staff alone."""
    for column in STORED:
        if column.shade == "staff" and column.kind in TEXT and getattr(item, column.name):
            label = capfirst(Item._meta.get_field(column.name).verbose_name)
            yield staff.Inside(label, getattr(item, column.name))
