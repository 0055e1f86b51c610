"""Items as lines of the desk, with the entries that have to be known to decide on them."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from items import public, staff
from items.models import Entry, Item, Person
from items.privacy.personal_data import LABELS
from items.queries.rows import in_rows, read
from items.states import Status, Verb

TOLD = [Verb.ASK_EXTENSION, Verb.ENTER_FOR_OWNER, Verb.CLAIM, Verb.SEND_BACK, Verb.REOPEN]
TOLD += [Verb.SET_TASK]


def lines(keys: Iterable[int], person: Person | None, today: date) -> dict[int, staff.Line]:
    """Return the published items with these keys as lines, for `person` to look at."""
    keys = list(keys)
    items = in_rows(Item.objects.filter(pk__in=keys)).select_related("list__committee")
    items = read(items) if keys else []
    entries = with_answers(Entry.objects.filter(item__in=keys, verb__in=TOLD))
    told, mine = {}, _tasks_of(person, keys, today)
    for entry in entries:
        told.setdefault(entry.item_id, []).append(entry)
    return {item.pk: line(item, told.get(item.pk, []), person, mine, today) for item in items}


def with_answers(entries):
    """Return the entries in order with their words, each knowing whether it was `answered`.

    And how many photos came `along`, whether the public sees them or not.
    """
    answers = Entry.objects.filter(about=OuterRef("pk")).order_by()
    photos = answers.filter(verb=Verb.ADD_PHOTO).values("about").annotate(count=Count("pk"))
    entries = entries.annotate(answered=Exists(answers), along=Subquery(photos.values("count")))
    return entries.select_related("words", "about__words").order_by("list_id", "seq")


def _tasks_of(person, keys, today):
    if person is None:
        return set()
    mine = Entry.objects.filter(item__in=keys).tasks_for(person, today)
    return set(mine.order_by().values_list("pk", flat=True))


def line(item: Item, entries: list, person, mine: set[int], today: date) -> staff.Line:
    """Return an item as a line; `mine` are the tasks that fall to `person`."""
    extension = _last(entries, "ask_extension", waiting=True)
    pending = item.status == Status.PENDING_CHECK
    claim = _last(entries, "claim") if pending else None
    return staff.Line(
        pk=item.pk,
        list_slug=item.list.slug,
        list_name=item.list.words,
        row=public.row(item, today, show_names=True),
        extension=entry(extension, person),
        new_due=_day(extension, "new_due"),
        entered=entry(_last(entries, "enter_for_owner", waiting=True), person),
        claim=entry(claim, person),
        claimed_on=item.claimed_on if pending else None,
        claimed_done_on=item.done_on if pending else None,
        returned=entry(_last(entries, "send_back"), person),
        reopened=entry(_last(entries, "reopen"), person),
        tasks=tasks(entries, person, mine, today),
    )


def tasks(entries, person, mine: set[int], today: date) -> tuple[staff.Task, ...]:
    """Return the open tasks among the entries, the nearest day first."""
    open_ones = [e for e in entries if e.verb == Verb.SET_TASK and not e.answered]
    told = [_task(each, person, each.pk in mine, today) for each in open_ones]
    return tuple(sorted(told, key=lambda task: (task.by_when, task.entry.seq)))


def _task(each, person, mine, today):
    by_when = _day(each, "by_when")
    return staff.Task(
        entry=entry(each, person),
        who=each.facts["who"],
        who_label=Entry.Role(each.facts["who"]).label,
        by_when=by_when,
        late_days=max(0, (today - by_when).days),
        mine=mine,
    )


def _last(entries, *verbs, waiting=False):
    found = [e for e in entries if e.verb in verbs and not (waiting and e.answered)]
    return found[-1] if found else None


def _day(each, fact) -> date | None:
    return date.fromisoformat(each.facts[fact]) if each and fact in each.facts else None


def entry(each: Entry | None, person: Person | None) -> staff.Entry | None:
    """Return an entry (see `with_answers`) as staff read it."""
    if each is None:
        return None
    words = each.words
    return staff.Entry(
        pk=each.pk,
        seq=each.seq,
        verb=each.verb,
        label=Verb(each.verb).label,
        text=public.text_of(each, show_names=True),
        evidence=words.evidence if each.verb == Verb.CLAIM else "",
        facts=(*public.facts(each, show_names=True), *_confirmed(each), *_along(each)),
        happened_on=each.happened_on,
        written_at=timezone.localtime(each.written_at),
        by=words.name,
        by_me=person is not None and each.by_id == person.pk,
        post=words.post,
        role=Entry.Role(each.role).label,
        public=each.public,
        erased_on=words.erased_on,
        status_label=Status(each.status_to).label if each.status_to else "",
        about=each.about_id,
        waiting=each.verb in WAITS and not each.answered,
    )


def _confirmed(entry):
    """Yield, for staff alone, which data about a person the writer said a second yes to."""
    if kinds := entry.facts.get("personal"):
        yield (
            _("Confirmed to be public"),
            get_text_list([str(LABELS[kind]) for kind in kinds], _("and")),
        )


def _along(each):
    """Yield how many photos came with an entry: only staff learn it before they are released."""
    if each.along:
        yield _("With it"), ngettext("%d photo", "%d photos", each.along) % each.along


WAITS = {Verb.ASK_EXTENSION, Verb.ENTER_FOR_OWNER, Verb.SET_TASK}


def latest(item: Item, verb: str, person: Person | None) -> staff.Entry | None:
    """Return the latest entry of this verb on an item, as `person` reads it."""
    return entry(with_answers(item.entries.filter(verb=verb)).last(), person)
