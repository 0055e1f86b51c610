"""The one door: every change of an item's status, date or person is made and written here."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from items import personal, rules
from items.compiled_queries import compiled_query
from items.errors import Refused
from items.models import Chain, Entry, EntryWords, Item, ItemList, Notice, Person
from items.models.post import know_held
from items.models.versioned import lock
from items.states import BEFORE, MOVES, NEWS, UNCHANGED, Verb

AT_MOST = 100  # letters of what a line under an item says


def refuse_if(sentence: str) -> None:
    """Raise `Refused` with the sentence, when there is one."""
    if sentence:
        raise Refused(sentence)


def need(text: str, sentence: str) -> str:
    """Return the text without its margins; raise `Refused` with the sentence when it is empty."""
    refuse_if("" if text.strip() else sentence)
    return text.strip()


def short(text: str) -> str:
    """Return the text; raise `Refused` when it has more than AT_MOST letters."""
    refuse_if(_("“%s…” is too long: write it shorter.") % text[:20] if len(text) > AT_MOST else "")
    return text


def refuse_foreign(item: Item, *rows) -> None:
    """Raise `Refused` for a unit or place that isn't of the item's committee; None is neither."""
    for row in filter(None, rows):
        foreign = row.committee_id != item.list.committee_id
        refuse_if(_("“%s” belongs to another committee.") % row if foreign else "")


def move(
    verb: str,
    item: Item,
    *,
    by: Person,
    change: Callable[[date], dict | None] = lambda today: None,
    happened_on: date | None = None,
    now: datetime | None = None,
    tell: Callable[[date], list] = lambda today: [],
    then: Callable[[], None] = lambda: None,
    about: Entry | None = None,
    **written,
) -> Entry:
    """Do `verb` on an item: lock, ask, change, write the entry, tell; all or nothing.

    `change(today)` changes the locked item's other fields, may refuse, and returns the entry's
    facts. `then()` changes the lines under the item, which only an entry allows (items.triggers).
    `about` is the request that it answers. `written` are the entry's words (see `write_entry`).
    """
    now = now or timezone.now()
    today = timezone.localdate(now)
    happened_on = not_in_future(happened_on or today, today)
    with transaction.atomic():
        lock(item, "list__committee", "owner_post", "supervisor_post")
        know_held([item.owner_post, item.supervisor_post])
        refuse_if(rules.why_not(verb, by, item, today=today, about=about))
        facts = change(today) or {}
        before, item.status = item.status, _target(verb, item)
        entry = write_entry(
            item.list,
            verb,
            item=item,
            by=by,
            role=rules.role_of(verb, by, item, today, about),
            status_from=before,
            status_to=item.status,
            happened_on=happened_on,
            now=now,
            facts=facts,
            about=about,
            **written,
        )
        then()
        if verb in NEWS and entry.public:
            item.last_news = entry
        item.save(reworded=verb == Verb.CORRECT)  # no other act of an item changes its words
        told = dict.fromkeys(person for person in tell(today) if person and person != by)
        Notice.objects.bulk_create([Notice(person=person, entry=entry) for person in told])
        entry.told = tuple(told)
    return entry


def locked(items) -> list[Item]:
    """Lock several items, always in the same order, so that no two acts wait for each other."""
    return list(items.select_for_update(of=("self",), no_key=True).order_by("list_id", "number"))


def _target(verb, item):
    target = MOVES[verb][1]
    if target == UNCHANGED:
        return item.status
    return item.status_before_hold if target == BEFORE else target


def people_for(item: Item, who: str, today: date) -> list[Person | None]:
    """Return those who do what falls to the "owner", the "supervisor" or the "office" today."""
    if who == "office":
        roles = item.list.committee.roles.filter(kind="office").select_related("person")
        return [role.person for role in roles]
    return [getattr(item, f"{who}_post").holder(today)]


def not_in_future(day: date, today: date) -> date:
    refuse_if(
        _("%(day)s is in the future. Enter what has happened.") % {"day": day.isoformat()}
        if day > today
        else ""
    )
    return day


def write_entry(
    item_list: ItemList,
    verb: str,
    *,
    by: Person,
    role: str,
    happened_on: date,
    now: datetime,
    item: Item | None = None,
    status_from: str = "",
    status_to: str = "",
    facts: dict | None = None,
    public: bool = True,
    about: Entry | None = None,
    **words: str,
) -> Entry:
    """Add an entry to the list's ledger. Call it inside the transaction of the change.

    Save the item after it: what is published changes only together with its entry.
    """
    chain = _chains.one(item_list.pk) or Chain.objects.create(list=item_list)
    words = EntryWords(salt=EntryWords.new_salt(), name=by.name, **words)
    confirmed = personal.ask(words.text, words.evidence, words.new) if public else {}
    words.post = words.post or _post_of(role, by, item, timezone.localdate(now))
    entry = Entry(
        list=item_list,
        seq=chain.seq + 1,
        item=item,
        verb=verb,
        status_from=status_from if status_from != status_to else "",
        status_to=status_to if status_from != status_to else "",
        by=by,
        role=role,
        happened_on=happened_on,
        written_at=now,
        public=public,
        facts=(facts or {}) | confirmed,
        about=about,
        words_digest=words.computed_digest(),
        previous_hash=chain.hash,
    )
    entry.hash = entry.computed_hash()
    entry.save()
    words.entry = entry
    words.save()
    chain.seq, chain.hash = entry.seq, entry.hash
    chain.save()
    if item:
        item.last_entry = entry
    return entry


@compiled_query
def _chains(item_list):
    return Chain.objects.select_for_update(no_key=True).filter(list=item_list)


def _post_of(role, by, item, day):
    """Return the name of the post that `by` speaks for; "" for handlers and the office."""
    if item is None or role not in (Entry.Role.OWNER, Entry.Role.SUPERVISOR):
        return ""
    post = item.owner_post if role == Entry.Role.OWNER else item.supervisor_post
    return post.name if post.holder(day) == by else ""
